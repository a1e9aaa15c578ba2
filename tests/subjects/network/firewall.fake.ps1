# machine.json: outbound = {default, ports} of the firewall.

function Read-OutboundFirewall {
    $outbound = Get-FakeField (Get-Machine) 'outbound'
    return [pscustomobject] @{ default = [string] (Get-FakeField $outbound 'default' 'Allow'); ports = @(Get-FakeField $outbound 'ports' @() | ForEach-Object { $_ }) }
}
