# Whether a profile of the person's Edge is signed in to a Microsoft account: account_info lists the accounts of a profile
# (Chromium, account_tracker_service.cc). Which account that is, is nobody's business here.

Register-Kind 'edge-account' -Format 1 -Get {
    $edge = Get-EdgeFolder
    $in = @(foreach ($name in (Get-EdgeProfileName $edge)) {
            $accounts = Get-EdgeSetting @(Read-EdgeSetting $edge $name) @('account_info')
            if (@($accounts | Where-Object { $null -ne $_ }).Length -gt 0) { $name }
        })
    $message = 'Edge はどのアカウントにもサインインしていません。'
    if ($in.Length -gt 0) { $message = "Edge のプロファイル $($in -join '、') が、Microsoft アカウントにサインインしています。" }
    return [pscustomobject] @{ signedIn = ($in.Length -gt 0); profiles = $in; message = $message }
}
