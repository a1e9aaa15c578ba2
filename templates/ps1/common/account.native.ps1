# Local accounts beyond the LocalAccounts module: Get-LocalGroupMember fails on a group with an orphaned SID
# (github.com/PowerShell/PowerShell/issues/2996).

function Get-GroupMember {
    # The SIDs of the members of a local group, itself named by its SID.
    param([string] $Sid)
    Import-NativeType
    return , @([OqsGen.Account]::Members($Sid))
}

function Get-AccountFlag {
    # Of a local account: neverExpires, whether its password never expires; since, when its password was set, as text, empty
    # where that was never or it has to be changed. PasswordExpires of Get-LocalUser is also empty where it has to be changed,
    # and where the PC lets passwords last for ever.
    param([string] $Name)
    Import-NativeType
    $since = ''
    foreach ($user in @(Get-LocalUser | Where-Object { $_.Name -eq $Name })) {
        if ($null -ne $user.PasswordLastSet) { $since = [string] ([DateTime] $user.PasswordLastSet).ToUniversalTime().Ticks }
    }
    $neverExpires = 0x10000
    return [pscustomobject] @{ neverExpires = (([OqsGen.Account]::Flags($Name) -band $neverExpires) -ne 0); since = $since }
}

function Set-PasswordRequired {
    # The account may not be given an empty password any more.
    param([string] $Name)
    Import-NativeType
    $notRequired = 0x20
    [OqsGen.Account]::SetFlags($Name, ([OqsGen.Account]::Flags($Name) -band -bnot $notRequired))
}
