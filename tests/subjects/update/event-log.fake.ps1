# Windows' own command about its logs. machine.json: events.<log> = [{id, level, time: yyyy-MM-dd HH:mm}] of Windows Update, in the
# log where Windows has them: 19, 20 in System, 25, 26, 31 in Microsoft-Windows-WindowsUpdateClient/Operational.

function Get-WinEvent {
    param([hashtable] $FilterHashtable)
    $invariant = [Globalization.CultureInfo]::InvariantCulture
    $logs = Get-FakeField (Get-Machine) 'events'
    $found = @(foreach ($log in @($FilterHashtable.LogName)) {
            foreach ($event in (Get-FakeField $logs $log @())) {
                $time = [DateTime]::ParseExact($event.time, 'yyyy-MM-dd HH:mm', $invariant)
                if ($time -lt $FilterHashtable.StartTime) { continue }
                if ($FilterHashtable.ContainsKey('Level') -and $event.level -ne $FilterHashtable.Level) { continue }
                if ($FilterHashtable.ContainsKey('Id') -and @($FilterHashtable.Id) -notcontains $event.id) { continue }
                [pscustomobject] @{ Id = [int] $event.id; Level = [int] $event.level; TimeCreated = $time }
            }
        })
    if ($found.Length -eq 0) {
        $problem = New-Object Exception('この条件に一致するイベントはありません。')
        throw (New-Object Management.Automation.ErrorRecord($problem, 'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand', 'ObjectNotFound', $null))
    }
    return $found
}
