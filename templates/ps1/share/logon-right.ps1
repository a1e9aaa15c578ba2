# A right to sign in, or its denial, of one account. An account that is gone has none: what Windows keeps for its SID, which
# is never given again, does no harm.

Register-Kind 'logon-right' -Format 1 -Ours @{ granted = 'サインインの権利、または拒否' } -Get {
    param($Target)
    $sid = Get-ShareAccountSid $Target.account
    if ($null -eq $sid) { return [pscustomobject] @{ granted = $false } }
    $granted = (Get-LogonRightHolder -Right $Target.right) -ccontains $sid
    if (-not $granted -and -not (Test-Undoing) -and $Target.right -cmatch '^SeDeny' -and (Test-LocalAccountProfile $sid)) {
        return [pscustomobject] @{ 'not-applicable' = "$($Target.account) でこの PC にサインインしている人がいるため、サインインを禁じません。" }
    }
    return [pscustomobject] @{ granted = $granted }
} -Set {
    param($Target, $State)
    $sid = Get-ShareAccountSid $Target.account
    if ($null -eq $sid) {
        if ($State.granted) { throw "アカウント $($Target.account) がありません。$(Get-GroupNameText $Target.account)" }
        return
    }
    $granted = (Get-LogonRightHolder -Right $Target.right) -ccontains $sid
    if ($State.granted -and -not $granted) { Grant-LogonRight -Sid $sid -Right $Target.right }
    if (-not $State.granted -and $granted) { Revoke-LogonRight -Sid $sid -Right $Target.right }
} -Secret {
    # The account must be there first.
    param($Target, $State, $Found)
    $account = $Target.account
    if ($State.granted -and $null -eq (Get-ShareAccountSid $account) -and -not (Get-GroupNameText $account)) { return $account }
}
