# Servers of the machine below Wine answer: see test_wine.py, which also says on which ports.

$ports = ConvertFrom-Json $env:OQSGEN_PORTS

Test-Native 'Resolve-HostAddress', 'Resolve-HostAddressList', 'Clear-UnresolvedName' {
    Assert-Same $true ((Resolve-HostAddress 'localhost') -contains '127.0.0.1')
    Assert-Same 0 (Resolve-HostAddress 'no-such-name.invalid').Length
    Assert-Same $true ($script:UnresolvedName.ContainsKey('no-such-name.invalid'))
    Clear-UnresolvedName
    Assert-Same 0 $script:UnresolvedName.Count
}

Test-Native 'Test-TcpPort', 'Test-TcpPortList', 'Open-TcpConnection' {
    Assert-Same @($true, $false) @((Test-TcpPort '127.0.0.1' $ports.proxy), (Test-TcpPort '127.0.0.1' $ports.closed))
    $ends = foreach ($port in $ports.closed, $ports.proxy) { [pscustomobject] @{ addresses = @('127.0.0.1'); port = $port } }
    Assert-Same @($false, $true) (Test-TcpPortList $ends)
}

Test-Native 'Test-ProxyTunnel', 'Read-HttpStatus' {
    # The server answers 407 to the first name, 200 to any other.
    Assert-Same @(407, 200) (Test-ProxyTunnel '127.0.0.1' $ports.proxy @('closed.example:443', 'open.example:443'))
    Assert-Same @(0) (Test-ProxyTunnel '127.0.0.1' $ports.closed @('open.example:443'))
}

Test-Native 'Test-DnsAnswer', 'Read-DnsMessage', 'Test-DnsMessage', 'Test-DnsOverTcp', 'Send-DnsOverTcp' {
    Assert-Same @($true, $true) @((Test-DnsAnswer '127.0.0.1' 'a.example' -Port $ports.dns), (Test-DnsAnswer '127.0.0.1' 'a.example' -Port $ports.dns -Tcp))
    Assert-Same $false (Test-DnsAnswer '127.0.0.1' 'a.example' -Port $ports.closed -Timeout 500)
}

Test-Native 'Get-SntpOffset', 'ConvertTo-NtpTime', 'ConvertFrom-NtpTime' {
    # The server's clock is an hour ahead.
    Assert-Same $true ([math]::Abs((Get-SntpOffset '127.0.0.1' $ports.sntp) - 3600000) -lt 5000)
}

Test-Native 'Read-GatewayAddress' {
    # Wine may know of none; what it knows is an address.
    foreach ($address in (Read-GatewayAddress)) { Assert-Same $true ($address -cmatch '^\d+\.\d+\.\d+\.\d+\z') }
}

Test-Native 'Read-NetAddress', 'Read-DnsServer' {
    # As the machine below Wine has them.
    $found = @((Read-NetAddress) | ForEach-Object { $_.address })
    Assert-Same @($ports.addresses) @($ports.addresses | Where-Object { $found -ccontains $_ })
    Assert-Same @($ports.servers) @((Read-DnsServer) | ForEach-Object { $_.servers } | Select-Object -Unique)
}
