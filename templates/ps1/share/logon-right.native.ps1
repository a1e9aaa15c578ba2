# Rights to sign in, by SID. https://learn.microsoft.com/windows/win32/secauthz/account-rights-constants

function Get-LogonRightHolder {
    # The SIDs that hold a right.
    param([string] $Right)
    Import-NativeType
    return , @([OqsGen.LogonRight]::Holders($Right))
}

function Grant-LogonRight {
    param([string] $Sid, [string] $Right)
    Import-NativeType
    [OqsGen.LogonRight]::Grant($Sid, $Right)
}

function Revoke-LogonRight {
    # Nothing happens where the SID does not hold it.
    param([string] $Sid, [string] $Right)
    Import-NativeType
    [OqsGen.LogonRight]::Revoke($Sid, $Right)
}
