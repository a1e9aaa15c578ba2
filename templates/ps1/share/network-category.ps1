# Whether Windows takes the networks that this PC is on for private ones. On a public one the rule for shares does not work.

Register-Kind 'network-category' -Format 1 -Get {
    param($Target)
    $networks = @(Get-NetConnectionProfile -ErrorAction SilentlyContinue)
    if ($networks.Length -eq 0) { return [pscustomobject] @{ unknown = 'ネットワークにつながっていないため、確かめられません。' } }
    $public = @($networks | Where-Object { [string] $_.NetworkCategory -ceq 'Public' } | ForEach-Object { [string] $_.InterfaceAlias })
    $state = [ordered] @{ public = $public.Length }
    if ($public.Length -gt 0) {
        $state.message = "「パブリック ネットワーク」のため、レセプトコンピューター等から共有フォルダーを開けません: $($public -join '、')。" +
            '設定→ネットワークとインターネットのプロパティで「プライベート ネットワーク」を選んでください。'
    }
    return [pscustomobject] $state
}
