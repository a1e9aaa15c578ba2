# machine.json: updates = {pending, drivers, restart, searched: yyyy-MM-dd HH:mm}.

function Read-PendingUpdate {
    $updates = Get-FakeField (Get-Machine) 'updates'
    if ($null -eq $updates) { return $null }
    $searched = Get-FakeField $updates 'searched'
    if ($null -ne $searched) { $searched = [DateTime]::ParseExact($searched, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture) }
    return [pscustomobject] @{ pending = [int] (Get-FakeField $updates 'pending' 0); drivers = [int] (Get-FakeField $updates 'drivers' 0); restart = [bool] (Get-FakeField $updates 'restart' $false); searched = $searched }
}
