# Network connections: their adapters, DNS servers, protocols and drivers' keywords. Windows' own commands read "*" and "["
# in names as wildcards, and "*" begins the standardized keywords: so they are asked for everything, and we pick.

function Read-NetConnection {
    # Every connection: name as the person sees it, interface (its GUID), index, device (PnP id) and description of its adapter.
    return , @(foreach ($adapter in @(Get-NetAdapter)) {
            [pscustomobject] @{
                name = [string] $adapter.Name
                interface = ([string] $adapter.InterfaceGuid).ToUpperInvariant()
                index = [int] $adapter.InterfaceIndex
                device = [string] $adapter.PnPDeviceID
                description = [string] $adapter.InterfaceDescription
            }
        })
}

function Test-NetBinding {
    # Whether a protocol or service (ms_tcpip6 …) is ticked for a connection.
    param([string] $Name, [string] $Component)
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID $Component)) {
        if ($binding.Name -eq $Name) { return [bool] $binding.Enabled }
    }
    return $false
}

function Set-NetBinding {
    param([string] $Name, [string] $Component, [bool] $Enabled)
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID $Component)) {
        if ($binding.Name -ne $Name) { continue }
        if ($Enabled) { Enable-NetAdapterBinding -InputObject $binding } else { Disable-NetAdapterBinding -InputObject $binding }
        return
    }
    throw "この接続には $Component がありません: $Name"
}

function Set-StaticDnsList {
    # The static DNS servers of one family (IPv4, IPv6) of a connection; without an address they are automatic again.
    param([int] $Index, [string] $Family, [string[]] $Address)
    # A protocol that was ticked just now takes a moment.
    for ($try = 1; $try -le 20; $try++) {
        $found = Get-DnsClientServerAddress -InterfaceIndex $Index -AddressFamily $Family -ErrorAction SilentlyContinue
        if ($null -ne $found) { break }
        Start-Sleep -Milliseconds 500
    }
    if (@($Address).Length -gt 0) { Set-DnsClientServerAddress -InterfaceIndex $Index -ServerAddresses $Address }
    # Windows' own command resets both families, whatever object it is given: it is for where netsh refuses.
    elseif ((Clear-StaticDnsList $Index $Family) -ne 0) { Set-DnsClientServerAddress -InputObject $found -ResetServerAddresses }
    Clear-DnsClientCache
    Clear-UnresolvedName
}

function Clear-StaticDnsList {
    # Makes the DNS servers of one family automatic; the exit code.
    param([int] $Index, [string] $Family)
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'netsh.exe')
    $null = & $program 'interface' $Family.ToLowerInvariant() 'set' 'dnsservers' "name=$Index" 'source=dhcp'
    return $LASTEXITCODE
}

function Find-AdapterKeyword {
    param([string] $Keyword)
    return , @(Get-NetAdapterAdvancedProperty -Name '*' -AllProperties | Where-Object { $_.RegistryKeyword -eq $Keyword })
}

function Read-AdapterKeyword {
    # The connections whose driver has a keyword: name, value.
    param([string] $Keyword)
    return , @(foreach ($property in (Find-AdapterKeyword $Keyword)) {
            [pscustomobject] @{ name = [string] $property.Name; value = [string] @($property.RegistryValue)[0] }
        })
}

function Set-AdapterKeyword {
    # The adapter starts anew by this; returns when it can be asked again.
    param([string] $Name, [string] $Keyword, [string] $Value)
    foreach ($property in (Find-AdapterKeyword $Keyword)) {
        if ($property.Name -eq $Name) { Set-NetAdapterAdvancedProperty -InputObject $property -RegistryValue $Value }
    }
    for ($try = 1; $try -le 40; $try++) {
        if (@((Find-AdapterKeyword $Keyword) | Where-Object { $_.Name -eq $Name }).Length -gt 0) { return }
        Start-Sleep -Milliseconds 500
    }
}
