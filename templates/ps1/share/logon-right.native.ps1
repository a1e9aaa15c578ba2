# Rights to sign in, by SID. https://learn.microsoft.com/windows/win32/secauthz/account-rights-constants

function Import-LogonRightType {
    if ('OqsGen.LogonRight' -as [type]) { return }
    Add-Type -TypeDefinition @'
{{ logon-right.cs }}
'@
}

function Get-LogonRightHolder {
    # The SIDs that hold a right.
    param([string] $Right)
    Import-LogonRightType
    return , @([OqsGen.LogonRight]::Holders($Right))
}

function Grant-LogonRight {
    param([string] $Sid, [string] $Right)
    Import-LogonRightType
    [OqsGen.LogonRight]::Grant($Sid, $Right)
}

function Revoke-LogonRight {
    # Nothing happens where the SID does not hold it.
    param([string] $Sid, [string] $Right)
    Import-LogonRightType
    [OqsGen.LogonRight]::Revoke($Sid, $Right)
}
