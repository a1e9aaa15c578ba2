# The static IPv6 DNS servers of one connection. Its name says which it is; from then on it is known by its interface's GUID.
# The registry holds what was set by hand alone; Windows' commands would mix it with what the router says.

$script:DnsProtocolIPv6 = 'ms_tcpip6'
$script:DnsParameters = @{
    IPv4 = 'SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
    IPv6 = 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'
}
# DisabledComponents: this bit takes IPv6 from every network adapter (learn.microsoft.com, Configure IPv6 in Windows).
$script:DnsIPv6OffBit = 0x10

Register-Kind 'dns' -Format 1 -Sometimes 'off' -Ours ([ordered] @{
        interface = 'ネットワーク接続'; servers = 'IPv6 の DNS サーバー'
    }) -Get {
    param($Target)
    $connections = Read-NetConnection
    $interface = $null
    if (Test-Undoing) { $interface = Get-Field (Get-OpenBefore 'dns' $Target) 'interface' }
    $connection = @(Select-DnsConnection $connections $Target $interface)
    if ($connection.Length -eq 0 -and $null -ne $interface) {
        return [pscustomobject] @{ unknown = "設定したネットワーク接続「$($Target.connection)」のアダプターが、この PC にありません。" }
    }
    if ($connection.Length -eq 0) {
        $names = @($connections | ForEach-Object { "「$($_.name)」" }) -join '、'
        return [pscustomobject] @{
            unknown = "ネットワーク接続「$($Target.connection)」がありません。この PC にあるのは $names です。接続の名前を直すか、この一式を作った人に知らせてください。"
        }
    }
    $connection = $connection[0]
    $state = [ordered] @{
        interface = $connection.interface
        bound = (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)
        servers = (Read-StaticDnsList 'IPv6' $connection.interface)
        serversIPv4 = (Read-StaticDnsList 'IPv4' $connection.interface)
    }
    $disabled = Read-RegistryEntry -Hive 'HKLM' -Key $script:DnsParameters.IPv6 -Name 'DisabledComponents'
    if ($null -ne $disabled -and $disabled.type -ceq 'DWord' -and ($disabled.data -band $script:DnsIPv6OffBit) -ne 0) {
        $state.off = $true
        $state.message = 'この PC は、レジストリの DisabledComponents によって IPv6 がすべて止められています。止めた人に確かめて、値を 0 にして再起動してください。'
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $interface = Get-Field $State 'interface'
    $connections = Read-NetConnection
    $connection = @(Select-DnsConnection $connections $Target $interface)
    if ($connection.Length -eq 0) { throw "ネットワーク接続がありません: $($Target.connection)" }
    $connection = $connection[0]
    $ours = @($State.servers | ForEach-Object { ConvertTo-DnsAddress $_ })
    # Windows takes servers only while the protocol is on.
    $bound = $null -eq $interface -or $State.bound
    $needed = $bound -or -not (Test-Same (Read-StaticDnsList 'IPv6' $connection.interface) $ours)
    if ($needed -and -not (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)) {
        Set-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6 -Enabled $true
    }
    $others = Get-Field $State 'serversIPv4'
    if ($null -eq $others) { $others = Read-StaticDnsList 'IPv4' $connection.interface }
    # Those that become automatic again first: Windows may take both away at once, and the other one is then set anew.
    $lists = @(@('IPv6', $ours), @('IPv4', @($others)))
    foreach ($list in @($lists | Sort-Object { $_[1].Length -gt 0 })) {
        if (Test-Same (Read-StaticDnsList $list[0] $connection.interface) $list[1]) { continue }
        Set-StaticDnsList -Index $connection.index -Family $list[0] -Address $list[1]
    }
    if (-not $bound -and (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)) {
        Set-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6 -Enabled $false
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'interface')) { return (Test-Same $Wanted $Found) }
    if (-not $Found.bound -or $null -ne (Get-Field $Found 'off')) { return $false }
    return (Test-Same @($Wanted.servers | ForEach-Object { ConvertTo-DnsAddress $_ }) @($Found.servers | ForEach-Object { $_ }))
}

function Select-DnsConnection {
    # By its interface where that is known: a name may have gone to another adapter.
    param([object[]] $Connections, [object] $Target, [object] $Interface)
    $Connections | Where-Object { if ($null -ne $Interface) { $_.interface -eq $Interface } else { $_.name -eq $Target.connection } }
}

function ConvertTo-DnsAddress {
    # One way to write an address: no leading zeros, small letters.
    param([string] $Text)
    $address = $null
    if (-not [Net.IPAddress]::TryParse($Text, [ref] $address)) { return $Text }
    return $address.ToString()
}

function Read-StaticDnsList {
    # What was set by hand for an interface, in order; none: automatic.
    param([string] $Family, [string] $Interface)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key "$($script:DnsParameters[$Family])\Interfaces\$Interface" -Name 'NameServer'
    if ($null -eq $entry) { return , @() }
    return , @(([string] $entry.data) -split '[,\s]+' | Where-Object { $_ -cne '' } | ForEach-Object { ConvertTo-DnsAddress $_ })
}
