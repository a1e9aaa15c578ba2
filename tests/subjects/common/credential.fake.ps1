# machine.json: credentials.<account>.<target> = {userName, persist, blob (base64), comment}. What one account has
# protected no other one can read.

function Get-FakeCredential {
    param([object] $Machine)
    $all = Get-FakeField $Machine 'credentials'
    if ($null -eq $all) { $all = [pscustomobject] @{}; Set-FakeField $Machine 'credentials' $all }
    $own = Get-FakeField $all $script:FakeSession.as
    if ($null -eq $own) { $own = [pscustomobject] @{}; Set-FakeField $all $script:FakeSession.as $own }
    return $own
}

function Read-Credential {
    param([string] $Name)
    $entry = Get-FakeField (Get-FakeCredential (Get-Machine)) $Name
    if ($null -eq $entry) { return $null }
    return [pscustomobject] @{ userName = $entry.userName; persist = [int] $entry.persist; blob = [Convert]::FromBase64String($entry.blob) }
}

function Set-Credential {
    param([string] $Name, [string] $UserName, [int] $Persist, [byte[]] $Blob)
    if ($Name -ceq '' -or $Name.Length -gt 32767 -or $UserName.Length -gt 513 -or $Blob.Length -gt 2560 -or @(1, 2, 3) -notcontains $Persist) { throw 'the parameter is incorrect' }
    $machine = Read-Machine
    $own = Get-FakeCredential $machine
    $entry = [pscustomobject] @{ userName = $UserName; persist = $Persist; blob = [Convert]::ToBase64String($Blob); comment = (Get-FakeField (Get-FakeField $own $Name) 'comment') }
    Set-FakeField $own $Name $entry
    Write-Machine $machine
}

function Remove-Credential {
    param([string] $Name)
    $machine = Read-Machine
    $own = Get-FakeCredential $machine
    if ($null -eq (Get-FakeField $own $Name)) { return }
    $own.PSObject.Properties.Remove($Name)
    # Without any there is no trace.
    if (@($own.PSObject.Properties).Count -eq 0) { $machine.credentials.PSObject.Properties.Remove($script:FakeSession.as) }
    if (@($machine.credentials.PSObject.Properties).Count -eq 0) { $machine.PSObject.Properties.Remove('credentials') }
    Write-Machine $machine
}

function Protect-OwnByte {
    param([byte[]] $Bytes)
    $head = [Text.Encoding]::UTF8.GetBytes($script:FakeSession.as + "`0")
    return , [byte[]] ($head + @($Bytes | ForEach-Object { $_ -bxor 0xa5 }))
}

function Unprotect-OwnByte {
    param([byte[]] $Bytes)
    $head = [Text.Encoding]::UTF8.GetBytes($script:FakeSession.as + "`0")
    if ($Bytes.Length -lt $head.Length -or [BitConverter]::ToString($Bytes, 0, $head.Length) -cne [BitConverter]::ToString($head)) { throw (New-Object Security.Cryptography.CryptographicException('key not valid for use in specified state')) }
    return , [byte[]] @($Bytes | Select-Object -Skip $head.Length | ForEach-Object { $_ -bxor 0xa5 })
}

function Protect-MachineByte {
    param([byte[]] $Bytes)
    return , [byte[]] @($Bytes | ForEach-Object { $_ -bxor 0x5a })
}

function Unprotect-MachineByte {
    param([byte[]] $Bytes)
    if ($Bytes.Length -ne 32) { throw (New-Object Security.Cryptography.CryptographicException('key not valid for use in specified state')) }
    return , [byte[]] @($Bytes | ForEach-Object { $_ -bxor 0x5a })
}
