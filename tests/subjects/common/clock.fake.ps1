# machine.json: now = yyyy-MM-dd HH:mm, uptime = minutes since Windows was started.

function Get-LocalTime {
    $now = [string] (Get-FakeField (Get-Machine) 'now' '2026-11-21 12:00')
    return [DateTime]::ParseExact($now, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
}

function Get-UptimeMinute { return [long] (Get-FakeField (Get-Machine) 'uptime' 60) }
