# machine.json: now = yyyy-MM-dd HH:mm, uptime = minutes since Windows was started, updateErrors = events of the last week.

function Get-LocalTime {
    $now = [string] (Get-FakeField (Get-Machine) 'now' '2026-11-21 12:00')
    return [DateTime]::ParseExact($now, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
}

function Get-UptimeMinute { return [long] (Get-FakeField (Get-Machine) 'uptime' 60) }

function Get-WinEvent {
    param([hashtable] $FilterHashtable)
    $count = [int] (Get-FakeField (Get-Machine) 'updateErrors' 0)
    if ($count -eq 0) {
        $problem = New-Object Exception('この条件に一致するイベントはありません。')
        throw (New-Object Management.Automation.ErrorRecord($problem, 'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand', 'ObjectNotFound', $null))
    }
    return @(for ($i = 0; $i -lt $count; $i++) { [pscustomobject] @{ Id = 20; Level = $FilterHashtable.Level } })
}
