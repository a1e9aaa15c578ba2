# What Windows' firewall does with what leaves the PC, local rules and group policies together.

function Read-OutboundFirewall {
    # default: Block where a profile that is on lets nothing out by itself, else Allow; ports: the remote ports (Any, 443,
    # 400-500) of the rules that block TCP or UDP for every program, service and address.
    $default = 'Allow'
    foreach ($policy in @(Get-NetFirewallProfile -PolicyStore 'ActiveStore')) {
        if ([string] $policy.Enabled -ceq 'True' -and [string] $policy.DefaultOutboundAction -ceq 'Block') { $default = 'Block' }
    }
    $store = 'ActiveStore'
    $rules = @(Get-NetFirewallRule -PolicyStore $store -Direction Outbound -Action Block -Enabled True -ErrorAction SilentlyContinue)
    $ports = foreach ($rule in $rules) {
        if ([string] (Get-NetFirewallApplicationFilter -AssociatedNetFirewallRule $rule).Program -cne 'Any') { continue }
        if ([string] (Get-NetFirewallServiceFilter -AssociatedNetFirewallRule $rule).Service -cne 'Any') { continue }
        if (@((Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule).RemoteAddress) -cnotcontains 'Any') { continue }
        $filter = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule
        if (@('TCP', 'UDP', 'Any') -cnotcontains [string] $filter.Protocol) { continue }
        foreach ($port in @($filter.RemotePort)) { [string] $port }
    }
    return [pscustomobject] @{ default = $default; ports = @($ports | Where-Object { $_ } | Select-Object -Unique) }
}
