# The drive of Windows as BitLocker knows it. https://learn.microsoft.com/windows/win32/secprov/win32-encryptablevolume

function Read-SystemVolume {
    # conversion (0 not encrypted, 1 encrypted, 2 to 5 on the way), protection (0 off or with its key beside it, 1 on, 2 not
    # known), protectors (type of each; no key is read). $null where this Windows has no BitLocker.
    $drive = [Environment]::SystemDirectory.Substring(0, 2)
    $namespace = 'root\cimv2\Security\MicrosoftVolumeEncryption'
    try { $volume = Get-CimInstance -Namespace $namespace -ClassName Win32_EncryptableVolume -Filter "DriveLetter = '$drive'" }
    catch [Microsoft.Management.Infrastructure.CimException] {
        # InvalidNamespace, InvalidClass
        if (@(3, 5) -notcontains [int] $_.Exception.NativeErrorCode) { throw }
        return $null
    }
    if ($null -eq $volume) { return $null }
    $conversion = Invoke-CimMethod -InputObject $volume -MethodName GetConversionStatus -Arguments @{ PrecisionFactor = [uint32] 0 }
    $protection = Invoke-CimMethod -InputObject $volume -MethodName GetProtectionStatus
    $list = Invoke-CimMethod -InputObject $volume -MethodName GetKeyProtectors -Arguments @{ KeyProtectorType = [uint32] 0 }
    $protectors = @(foreach ($id in @($list.VolumeKeyProtectorID | Where-Object { $_ })) {
            $type = Invoke-CimMethod -InputObject $volume -MethodName GetKeyProtectorType -Arguments @{ VolumeKeyProtectorID = $id }
            [int] $type.KeyProtectorType
        })
    return [pscustomobject] @{
        conversion = [int] $conversion.ConversionStatus; protection = [int] $protection.ProtectionStatus; protectors = $protectors
    }
}
