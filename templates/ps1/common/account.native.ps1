# Local accounts beyond the LocalAccounts module: Get-LocalGroupMember fails on a group with an orphaned SID
# (github.com/PowerShell/PowerShell/issues/2996).

function Import-AccountType {
    if ('OqsGen.Account' -as [type]) { return }
    Add-Type -TypeDefinition @'
{{ account.cs }}
'@
}

function Get-GroupMember {
    # The SIDs of the members of a local group, itself named by its SID.
    param([string] $Sid)
    Import-AccountType
    return , @([OqsGen.Account]::Members($Sid))
}
