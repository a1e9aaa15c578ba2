# The one rule of Windows' firewall that lets other computers reach the shares, for private networks and their own subnet.
# `wide`: its successor of Windows 11 24H2 is on, which also opens public networks to every address.

$script:SmbRule = 'FPS-SMB-In-TCP'
$script:SmbRuleWide = 'FPS-SMB-In-TCP-V2'

Register-Kind 'smb-firewall' -Format 1 -Get {
    param($Target)
    $rule = Get-NetFirewallRule -Name $script:SmbRule -ErrorAction SilentlyContinue
    if ($null -eq $rule) { throw "ファイアウォールの規則がありません: $($script:SmbRule)" }
    $addresses = Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule
    return [pscustomobject] @{
        enabled = ([string] $rule.Enabled -ceq 'True')
        # 1 domain, 2 private, 4 public; 0 = any (NET_FW_PROFILE_TYPE2).
        profile = [int] $rule.Profile
        remote = @($addresses.RemoteAddress | ForEach-Object { [string] $_ } | Sort-Object)
        wide = (Test-WideRule)
    }
} -Set {
    param($Target, $State)
    $enabled = ConvertTo-RuleSwitch $State.enabled
    $networks = ConvertTo-RuleProfile $State.profile
    [string[]] $remote = @($State.remote)
    Set-NetFirewallRule -Name $script:SmbRule -Enabled $enabled -Profile $networks -RemoteAddress $remote
    if ($State.wide -ne (Test-WideRule)) { Set-NetFirewallRule -Name $script:SmbRuleWide -Enabled (ConvertTo-RuleSwitch $State.wide) }
}

function Test-WideRule {
    $rule = Get-NetFirewallRule -Name $script:SmbRuleWide -ErrorAction SilentlyContinue
    return ($null -ne $rule -and [string] $rule.Enabled -ceq 'True')
}

function ConvertTo-RuleSwitch {
    param([bool] $On)
    if ($On) { return 'True' }
    return 'False'
}

function ConvertTo-RuleProfile {
    param([int] $Bits)
    if (($Bits -band 7) -eq 0) { return 'Any' }
    $names = @{ 1 = 'Domain'; 2 = 'Private'; 4 = 'Public' }
    return (@(foreach ($bit in 1, 2, 4) { if ($Bits -band $bit) { $names[$bit] } }) -join ', ')
}
