# Windows' own commands about shares, the rules of its firewall and networks. machine.json:
#   shares.<name> = {path, security, caching, special}
#   firewall.rules = [{name, group, enabled, profile, remote}], networks = [{alias, category}]
# Creating a share switches rules on, as Windows does.

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
    foreach ($rule in $machine.firewall.rules) { if ($rule.group -ceq $group) { $rule.enabled = $true } }
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
    param([string] $Name, [string] $Group)
    $found = @((Get-Machine).firewall.rules | Where-Object { ($Name -and $_.name -eq $Name) -or ($Group -and $_.group -eq $Group) })
    if ($found.Length -eq 0) { Write-Error 'No MSFT_NetFirewallRule objects found'; return }
    foreach ($rule in $found) { [pscustomobject] @{ Name = $rule.name; Enabled = ([string] $rule.enabled); Profile = [int] $rule.profile; remote = @($rule.remote) } }
}

function Get-NetFirewallAddressFilter {
    param([object] $AssociatedNetFirewallRule)
    return [pscustomobject] @{ RemoteAddress = @($AssociatedNetFirewallRule.remote) }
}

function Set-NetFirewallRule {
    param([string] $Name, [string] $Enabled, [string] $Profile, [string[]] $RemoteAddress)
    Assert-Elevated
    $machine = Read-Machine
    $rule = @($machine.firewall.rules | Where-Object { $_.name -eq $Name })
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
    if ($PSBoundParameters.ContainsKey('RemoteAddress')) { $rule[0].remote = @($RemoteAddress) }
    Write-Machine $machine
}

function Get-NetConnectionProfile {
    [CmdletBinding()]
    param()
    $networks = @(Get-FakeField (Get-Machine) 'networks' @() | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    if ($networks.Length -eq 0) { Write-Error 'No MSFT_NetConnectionProfile objects found'; return }
    foreach ($network in $networks) { [pscustomobject] @{ InterfaceAlias = $network.alias; NetworkCategory = $network.category } }
}

function Get-LocalGroup {
    foreach ($sid in 'S-1-5-32-544', 'S-1-5-32-545') { [pscustomobject] @{ SID = $sid } }
}
