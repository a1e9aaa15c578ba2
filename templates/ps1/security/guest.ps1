# Windows' account for guests, whatever it is called: its SID ends in 501 (MS-DTYP 2.4.2.4).

Register-Kind 'guest' -Format 1 -Get {
    param($Target)
    $guests = @(Get-LocalUser | Where-Object { [string] $_.SID -cmatch '-501$' })
    $enabled = @($guests | Where-Object { $_.Enabled }).Length -gt 0
    $state = [ordered] @{ enabled = $enabled }
    if ($enabled) { $state.message = "ゲスト用のアカウント（$($guests[0].Name)）が有効です。無効にしてください。" }
    return [pscustomobject] $state
}
