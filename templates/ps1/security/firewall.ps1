# Whether Windows' firewall is on, as it is in force, group policies included.

Register-Kind 'firewall' -Format 1 -Get {
    param($Target)
    $state = [ordered] @{}
    $off = @()
    foreach ($found in @(Get-NetFirewallProfile -PolicyStore 'ActiveStore')) {
        $name = ([string] $found.Name).ToLowerInvariant()
        if (@('private', 'public') -cnotcontains $name) { continue }
        $state[$name] = ([string] $found.Enabled -ceq 'True')
        if (-not $state[$name]) { $off += @{ private = 'プライベート ネットワーク'; public = 'パブリック ネットワーク' }[$name] }
    }
    if ($off.Length -gt 0) { $state.message = "ファイアウォールが無効です: $($off -join '、')。別の製品のファイアウォールを使っている場合は、施設の責任者に確かめてください。" }
    return [pscustomobject] $state
}
