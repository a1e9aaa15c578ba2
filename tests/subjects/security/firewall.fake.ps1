# Windows' own command about the profiles of its firewall. machine.json: firewall = {Private, Public}.

function Get-NetFirewallProfile {
    param([string] $PolicyStore)
    if ($PolicyStore -cne 'ActiveStore') { throw 'only what is in force counts' }
    $firewall = (Get-Machine).firewall
    foreach ($name in 'Domain', 'Private', 'Public') { [pscustomobject] @{ Name = $name; Enabled = [string] (Get-FakeField $firewall $name $true) } }
}
