# The person at the PC is signed in as the account. Only a person can do that: the step waits.
Register-Kind 'sign-in' -Format 1 -Next 'sign-in' -WaitsForPerson 'サインアウトし、指定のユーザーでサインインして、同じファイルをもう一度開いてください。' -Get {
    param($Target)
    $sid = Get-AccountSid $Target.account
    return [pscustomobject] @{ signedIn = ($null -ne $sid -and $script:Session.owner -ceq $sid) }
}
