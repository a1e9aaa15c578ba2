# Generic credentials of the signed-in person (credential manager), and data protected for that person alone.
# https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw and .../wincred/nf-wincred-credwritew

function Read-Credential {
    # userName, persist, blob (bytes, for the caller to clear); $null where there is none.
    param([string] $Name)
    Import-NativeType
    $found = [OqsGen.Credential]::Read($Name)
    if ($null -eq $found) { return $null }
    return [pscustomobject] @{ userName = [string] $found[0]; persist = [int] $found[1]; blob = [byte[]] $found[2] }
}

function Set-Credential {
    param([string] $Name, [string] $UserName, [int] $Persist, [byte[]] $Blob)
    Import-NativeType
    [OqsGen.Credential]::Write($Name, $UserName, $Persist, $Blob)
}

function Remove-Credential {
    # Nothing happens where there is none.
    param([string] $Name)
    Import-NativeType
    [OqsGen.Credential]::Delete($Name)
}

function Import-ProtectionType {
    if ('System.Security.Cryptography.ProtectedData' -as [type]) { return }
    Add-Type -AssemblyName System.Security
}

function Protect-OwnByte {
    # Bytes that only this person can read again (DPAPI).
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Protect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::CurrentUser)
}

function Unprotect-OwnByte {
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Unprotect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::CurrentUser)
}

function Protect-MachineByte {
    # Bytes that only this PC can read again (DPAPI); which of its people may, the file's access says.
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Protect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::LocalMachine)
}

function Unprotect-MachineByte {
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Unprotect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::LocalMachine)
}
