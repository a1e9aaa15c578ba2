# Windows' own commands about shares, the rules of its firewall and networks. machine.json:
#   shares.<name> = {path, security, caching, special}
#   firewall.rules = [{name, group, enabled, profile, remote}], networks = [{alias, category, addresses}]
# A rule may also have direction, action, protocol, port, program, package, service; without, it is as those of Windows are.
# Creating a share switches rules on, as Windows does; what it may do besides, it does here always: the rule that is on for one
# sort of network is widened where it stands, and another one gets a copy of its own.

function Get-SmbShare {
    foreach ($property in (Get-FakePart (Get-Machine) 'shares').PSObject.Properties) {
        $share = $property.Value
        [pscustomobject] @{ Name = $property.Name; Path = $share.path; SecurityDescriptor = $share.security; CachingMode = $share.caching; Special = [bool] (Get-FakeField $share 'special' $false) }
    }
}

function New-SmbShare {
    param([string] $Name, [string] $Path, [string] $SecurityDescriptor, [string] $CachingMode)
    Assert-Elevated
    $machine = Read-Machine
    $shares = Get-FakePart $machine 'shares'
    Assert-FakeName $Name 80 '"/\[]:|<>+=;,*?'
    Assert-FakePath $Path
    if ($null -ne (Get-FakeField $shares $Name)) { throw "share $Name already exists" }
    if ($null -eq (Get-FakeFolder $machine $Path)) { throw "no folder $Path" }
    $null = ConvertFrom-Sddl -Sddl $SecurityDescriptor
    Set-FakeMember $shares $Name ([pscustomobject] @{ path = $Path; security = $SecurityDescriptor; caching = $CachingMode })
    $groups = @($machine.firewall.rules | ForEach-Object { $_.group })
    $group = '@FirewallAPI.dll,-28502'
    if ($groups -ccontains '@FirewallAPI.dll,-28672') { $group = '@FirewallAPI.dll,-28672' }
    foreach ($rule in $machine.firewall.rules) {
        if ($rule.name -ceq 'FPS-SMB-In-TCP' -and $rule.enabled) { $rule.profile = $rule.profile -bor 4; $rule.remote = @($rule.remote) + @('192.0.2.0/255.255.255.0') }
        if ($rule.group -ceq $group) { $rule.enabled = $true }
    }
    $copy = ConvertFrom-Json '{"name": "{5B1F0F38-7E0A-4D0B-9E54-0A1D2C3B4E5F}", "enabled": true, "profile": 4, "remote": ["LocalSubnet"], "port": ["445"]}'
    if (@($machine.firewall.rules | Where-Object { $_.name -ceq $copy.name }).Length -eq 0) {
        Set-FakeMember $copy 'group' $group
        $machine.firewall.rules = @($machine.firewall.rules) + @($copy)
    }
    Write-Machine $machine
    return (Get-SmbShare | Where-Object { $_.Name -eq $Name })
}

function Set-SmbShare {
    param([string] $Name, [string] $SecurityDescriptor, [string] $CachingMode, [switch] $Force)
    Assert-Elevated
    if (-not $Force) { throw 'Windows asks a person' }
    $machine = Read-Machine
    $share = Get-FakeField (Get-FakePart $machine 'shares') $Name
    if ($null -eq $share) { throw "no share $Name" }
    $null = ConvertFrom-Sddl -Sddl $SecurityDescriptor
    $share.security = $SecurityDescriptor
    $share.caching = $CachingMode
    Write-Machine $machine
}

function Remove-SmbShare {
    param([string] $Name, [switch] $Force)
    Assert-Elevated
    if (-not $Force) { throw 'Windows asks a person' }
    $machine = Read-Machine
    if ($null -eq (Get-FakeField (Get-FakePart $machine 'shares') $Name)) { throw "no share $Name" }
    $machine.shares.PSObject.Properties.Remove($Name)
    Write-Machine $machine
}

function Get-NetFirewallRule {
    [CmdletBinding()]
    param([string] $Name, [string] $Group, [string] $Direction, [string] $Action, [string] $Enabled)
    $found = @((Get-Machine).firewall.rules | Where-Object {
            (-not $Name -or $_.name -eq $Name) -and (-not $Group -or $_.group -eq $Group) -and (-not $Enabled -or [string] $_.enabled -eq $Enabled) -and
            (-not $Direction -or (Get-FakeField $_ 'direction' 'Inbound') -eq $Direction) -and (-not $Action -or (Get-FakeField $_ 'action' 'Allow') -eq $Action)
        })
    if ($found.Length -eq 0) { Write-Error 'No MSFT_NetFirewallRule objects found'; return }
    foreach ($rule in $found) {
        [pscustomobject] @{ Name = $rule.name; InstanceID = $rule.name; Group = $rule.group; Enabled = ([string] $rule.enabled); Profile = [int] $rule.profile; rule = $rule }
    }
}

function Get-NetFirewallAddressFilter {
    param([object] $AssociatedNetFirewallRule)
    return [pscustomobject] @{ RemoteAddress = @($AssociatedNetFirewallRule.rule.remote) }
}

function Get-NetFirewallPortFilter {
    foreach ($rule in (Get-Machine).firewall.rules) {
        $port = @('445')
        $protocol = 'TCP'
        if ($rule.name -clike '*NB_Session*') { $port = @('139') }
        if ($rule.name -clike '*ICMP*') { $port = @('RPC'); $protocol = 'ICMPv4' }
        [pscustomobject] @{ InstanceID = $rule.name; Protocol = (Get-FakeField $rule 'protocol' $protocol); LocalPort = @(Get-FakeField $rule 'port' $port | ForEach-Object { $_ }) }
    }
}

function Get-NetFirewallApplicationFilter {
    foreach ($rule in (Get-Machine).firewall.rules) {
        [pscustomobject] @{ InstanceID = $rule.name; Program = (Get-FakeField $rule 'program' 'System'); Package = (Get-FakeField $rule 'package') }
    }
}

function Get-NetFirewallServiceFilter {
    param([object] $AssociatedNetFirewallRule)
    return [pscustomobject] @{ Service = (Get-FakeField $AssociatedNetFirewallRule.rule 'service' 'Any') }
}

function ConvertTo-FakeAddress {
    # As Windows answers: the mask of an IPv4 network written out.
    param([string] $Text)
    $parts = $Text.Split('/')
    if ($parts.Length -ne 2 -or $parts[0].Contains(':') -or $parts[1].Contains('.')) { return $Text }
    $mask = foreach ($byte in 0..3) { 256 - (1 -shl (8 - [math]::Min(8, [math]::Max(0, [int] $parts[1] - 8 * $byte)))) }
    return "$($parts[0])/$($mask -join '.')"
}

function Set-NetFirewallRule {
    param([string] $Name, [object] $InputObject, [string] $Enabled, [string] $Profile, [string[]] $RemoteAddress)
    Assert-Elevated
    $machine = Read-Machine
    $wanted = $Name
    if ($null -ne $InputObject) { $wanted = $InputObject.Name }
    $rule = @($machine.firewall.rules | Where-Object { $_.name -eq $wanted })
    if ($rule.Length -eq 0) { throw 'No MSFT_NetFirewallRule objects found' }
    if ($PSBoundParameters.ContainsKey('Enabled')) {
        if (@('True', 'False') -cnotcontains $Enabled) { throw "no such value: $Enabled" }
        $rule[0].enabled = $Enabled -ceq 'True'
    }
    if ($PSBoundParameters.ContainsKey('Profile')) {
        $bits = 0
        foreach ($part in $Profile.Split(',')) { $bits = $bits -bor @{ Any = 0; Domain = 1; Private = 2; Public = 4 }[$part.Trim()] }
        $rule[0].profile = $bits
    }
    if ($PSBoundParameters.ContainsKey('RemoteAddress')) { $rule[0].remote = @($RemoteAddress | ForEach-Object { ConvertTo-FakeAddress $_ }) }
    Write-Machine $machine
}

function Remove-NetFirewallRule {
    param([object] $InputObject)
    Assert-Elevated
    $machine = Read-Machine
    $machine.firewall.rules = @($machine.firewall.rules | Where-Object { $_.name -ne $InputObject.Name })
    Write-Machine $machine
}

function Get-NetConnectionProfile {
    [CmdletBinding()]
    param()
    $networks = @(Get-FakeField (Get-Machine) 'networks' @() | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    if ($networks.Length -eq 0) { Write-Error 'No MSFT_NetConnectionProfile objects found'; return }
    for ($i = 0; $i -lt $networks.Length; $i++) {
        [pscustomobject] @{ InterfaceAlias = $networks[$i].alias; InterfaceIndex = 10 + $i; NetworkCategory = $networks[$i].category }
    }
}

function Get-NetIPAddress {
    # Of a network without addresses: one of a facility, and that of the link.
    [CmdletBinding()]
    param()
    $networks = @(Get-FakeField (Get-Machine) 'networks' @() | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    [pscustomobject] @{ InterfaceIndex = 1; IPAddress = '127.0.0.1' }
    for ($i = 0; $i -lt $networks.Length; $i++) {
        $addresses = @(Get-FakeField $networks[$i] 'addresses' @('192.168.1.10', 'fe80::1%1') | ForEach-Object { $_ })
        foreach ($address in $addresses) { [pscustomobject] @{ InterfaceIndex = 10 + $i; IPAddress = $address } }
    }
}
