# machine.json: hosts.<name> = addresses; ports = ["address port"]; sntp.<address> = milliseconds that the clock is behind;
# tunnels."<address> <port>"."host:port" = what the proxy answers; dnsServers = of each connection the addresses that it asks, dnsAnswers =
# ["udp address", "tcp address"] that answer; addresses = [{address, temporary}] of the PC; gateways = addresses of the default ones.

function Resolve-HostAddress {
    param([string] $HostName, [int] $Timeout = 3000)
    return , @(Get-FakeField (Get-FakeField (Get-Machine) 'hosts') $HostName @() | ForEach-Object { $_ })
}

function Resolve-HostAddressList {
    param([string[]] $HostName, [int] $Timeout = 3000)
    return , @(foreach ($name in $HostName) { [pscustomobject] @{ host = $name; addresses = (Resolve-HostAddress -HostName $name) } })
}

function Test-TcpPort {
    param([string[]] $Address, [int] $Port, [int] $Timeout = 3000)
    $open = @(Get-FakeField (Get-Machine) 'ports' @() | ForEach-Object { $_ })
    return (@($Address | Where-Object { $open -contains "$_ $Port" }).Count -gt 0)
}

function Test-TcpPortList {
    param([object[]] $Endpoint, [int] $Timeout = 3000)
    return , @(foreach ($one in $Endpoint) { Test-TcpPort -Address $one.addresses -Port $one.port })
}

function Test-ProxyTunnel {
    param([string[]] $Address, [int] $Port, [string[]] $Goal, [int] $Timeout = 4000)
    $tunnels = Get-FakeField (Get-Machine) 'tunnels'
    return , @(foreach ($one in $Goal) {
            $status = 0
            foreach ($server in $Address) { $status = [math]::Max($status, [int] (Get-FakeField (Get-FakeField $tunnels "$server $Port") $one 0)) }
            $status
        })
}

function Test-DnsAnswer {
    param([string[]] $Address, [string] $HostName, [int] $Port = 53, [switch] $Tcp, [int] $Timeout = 2000)
    $answers = @(Get-FakeField (Get-Machine) 'dnsAnswers' @() | ForEach-Object { $_ })
    $way = 'udp'
    if ($Tcp) { $way = 'tcp' }
    return (@($Address | Where-Object { $answers -contains "$way $_" }).Count -gt 0)
}

function Read-DnsServer {
    $connections = @(Get-FakeField (Get-Machine) 'dnsServers' @() | ForEach-Object { $_ })
    return , @(foreach ($servers in $connections) { [pscustomobject] @{ servers = @($servers) } })
}

function Read-NetAddress { return , @(Get-FakeField (Get-Machine) 'addresses' @() | ForEach-Object { $_ }) }

function Read-GatewayAddress { return , @(Get-FakeField (Get-Machine) 'gateways' @() | ForEach-Object { $_ }) }

function Get-SntpOffset {
    param([string[]] $Address, [int] $Port = 123, [int] $Timeout = 3000)
    foreach ($one in $Address) {
        $offset = Get-FakeField (Get-FakeField (Get-Machine) 'sntp') $one
        if ($null -ne $offset) { return [long] $offset }
    }
    return $null
}
