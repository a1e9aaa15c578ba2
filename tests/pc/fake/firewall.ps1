# machine.json: firewall = {default, ports}.

function Read-OutboundFirewall {
    $firewall = Get-FakeField (Read-Machine) 'firewall'
    return [pscustomobject] @{ default = [string] (Get-FakeField $firewall 'default' 'Allow'); ports = @(Get-FakeField $firewall 'ports' @() | ForEach-Object { $_ }) }
}
