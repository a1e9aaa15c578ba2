# The stores' keys of the registry; the certificate comes from another library (test_wine.py). Private keys are beyond Wine,
# which also keeps in the registry what is removed from a store.

$der = [Convert]::FromBase64String($env:OQSGEN_DER)
$certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2(, $der)
$thumbprint = $certificate.Thumbprint

function Get-StoreKey { param([string] $Name) return "HKCU\Software\Microsoft\SystemCertificates\$Name\Certificates\$thumbprint" }

Test-Native 'Add-Certificate', 'Open-CertificateStore' {
    foreach ($name in 'My', 'CA') {
        Assert-Refused { Invoke-Reg "query $(Get-StoreKey $name)" }
        Assert-Same $true (Add-Certificate $name $der)
        $blob = (Invoke-Reg "query $(Get-StoreKey $name) /v Blob").TrimEnd()
        Assert-Same $true $blob.EndsWith([BitConverter]::ToString($der).Replace('-', ''))
        $null = Invoke-Reg "delete $(Get-StoreKey $name) /f"
    }
}

Test-Native 'Read-CertificateStore', 'ConvertTo-CertificateData', 'Export-CertificateCopy', 'Find-CertificateIn', 'Read-CertificateKey' {
    Assert-Same @() @(Read-CertificateStore 'My' | Where-Object { $_.thumbprint -ceq $thumbprint })
    $store = New-Object Security.Cryptography.X509Certificates.X509Store('My', 'CurrentUser')
    $store.Open('ReadWrite')
    $store.Add($certificate)
    $store.Close()
    $found = @(Read-CertificateStore 'My' | Where-Object { $_.thumbprint -ceq $thumbprint })
    Assert-Same @("$thumbprint 1319999012 False False") @($found | ForEach-Object { "$($_.thumbprint) $($_.name) $($_.authority) $($_.key)" })
    Assert-Same ([BitConverter]::ToString($der)) ([BitConverter]::ToString($found[0].bytes))
    Assert-Same ([ordered] @{ exportable = $null; strong = $null; lost = $false }) (Read-CertificateKey $thumbprint)
    # Its last element is the certificate itself; what stands before it Wine does not read again.
    Assert-Same $true ([BitConverter]::ToString((Export-CertificateCopy $thumbprint)).EndsWith([BitConverter]::ToString($der)))
    $null = Invoke-Reg "delete $(Get-StoreKey 'My') /f"
}

Test-Native 'Get-CertificateError' {
    # A wrong password, as PowerShell brings it from a method: ERROR_INVALID_PASSWORD as an HRESULT.
    $inner = New-Object Security.Cryptography.CryptographicException(-2147024810)
    Assert-Same (-2147024810) (Get-CertificateError (New-Object Exception('outer', $inner)))
}
