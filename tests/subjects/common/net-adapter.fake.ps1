# machine.json: adapters = [{name, interface, index, device, description, bindings: {component: bool}, keywords: {keyword: value}}].
# DNS servers stand in the registry, where Windows keeps them. A reset takes both families, as Windows' own command does;
# machine.dnsResets false: the one that was asked for, as netsh does.

function Get-FakeAdapter {
    param([object] $Machine, [string] $Name)
    foreach ($adapter in @(Get-FakeField $Machine 'adapters' @() | ForEach-Object { $_ })) { if ($adapter.name -eq $Name) { return $adapter } }
    throw "no adapter $Name"
}

function Read-NetConnection {
    return , @(Get-FakeField (Get-Machine) 'adapters' @() | ForEach-Object { $_ } | Select-Object -Property name, interface, index, device, description)
}

function Test-NetBinding {
    param([string] $Name, [string] $Component)
    return [bool] (Get-FakeField (Get-FakeAdapter (Get-Machine) $Name).bindings $Component $false)
}

function Set-NetBinding {
    param([string] $Name, [string] $Component, [bool] $Enabled)
    Assert-Elevated
    $machine = Read-Machine
    $adapter = Get-FakeAdapter $machine $Name
    if ($null -eq (Get-FakeField $adapter.bindings $Component)) { throw "no $Component at $Name" }
    Set-FakeField $adapter.bindings $Component $Enabled
    Write-Machine $machine
}

function Set-StaticDnsList {
    param([int] $Index, [string] $Family, [string[]] $Address)
    Assert-Elevated
    $machine = Read-Machine
    $adapter = @($machine.adapters | Where-Object { $_.index -eq $Index })[0]
    if ($null -eq $adapter) { throw 'no MSFT_DNSClientServerAddress found' }
    if ($Family -ceq 'IPv6' -and -not $adapter.bindings.ms_tcpip6) { throw 'no MSFT_DNSClientServerAddress found' }
    foreach ($one in @($Address)) { if (([Net.IPAddress] $one).AddressFamily -ne @{ IPv4 = 'InterNetwork'; IPv6 = 'InterNetworkV6' }[$Family]) { throw "not ${Family}: $one" } }
    $families = @($Family)
    if (@($Address).Length -eq 0 -and (Get-FakeField $machine 'dnsResets' $true)) { $families = @('IPv4', 'IPv6') }
    foreach ($one in $families) {
        $key = "HKLM\SYSTEM\CurrentControlSet\Services\$(@{ IPv4 = 'Tcpip'; IPv6 = 'Tcpip6' }[$one])\Parameters\Interfaces\$($adapter.interface)"
        Set-FakeMember $machine.registry.$key 'NameServer' ([pscustomobject] @{ type = 'String'; data = (@($Address) -join ',') })
    }
    Write-Machine $machine
}

function Read-AdapterKeyword {
    param([string] $Keyword)
    return , @(foreach ($adapter in @(Get-FakeField (Get-Machine) 'adapters' @() | ForEach-Object { $_ })) {
            $value = Get-FakeField $adapter.keywords $Keyword
            if ($null -ne $value) { [pscustomobject] @{ name = $adapter.name; value = $value } }
        })
}

function Set-AdapterKeyword {
    param([string] $Name, [string] $Keyword, [string] $Value)
    Assert-Elevated
    $machine = Read-Machine
    $keywords = (Get-FakeAdapter $machine $Name).keywords
    if ($null -eq (Get-FakeField $keywords $Keyword)) { throw "no MSFT_NetAdapterAdvancedPropertySettingData found: $Keyword" }
    Set-FakeField $keywords $Keyword $Value
    Write-Machine $machine
}
