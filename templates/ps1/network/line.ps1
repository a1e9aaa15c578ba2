# What the line gives: a connection, an IPv6 address where the plan asks for one, and the names that the plan has a person see to;
# without those, all that it asks for.

Register-LineLook {
    param($Plan)
    $names = @($Plan.steps | Where-Object { $_.kind -ceq 'names' })
    $byHand = @($names | Where-Object { $_.how -ceq 'guided' })
    if ($byHand.Length -gt 0) { $names = $byHand }
    $hosts = @($names | ForEach-Object { $_.target.hosts } | Select-Object -Unique)
    $found = @()
    if ($hosts.Length -gt 0) { $found = @((Resolve-HostAddressList -HostName $hosts) | Where-Object { @($_.addresses).Length -gt 0 }) }
    $addresses = Read-NetAddress
    $address = $null
    if (@($Plan.steps | Where-Object { $_.kind -ceq 'ipv6' }).Length -gt 0) {
        $address = @($addresses | Where-Object { -not $_.temporary -and (Test-GlobalIPv6 $_.address) }).Length -gt 0
    }
    return [pscustomobject] @{
        cable = ($addresses.Length -gt 0); address = $address; found = $found.Length; of = $hosts.Length
        steps = @($byHand | ForEach-Object { $_.id })
    }
}
