# Windows' own command about its logs. machine.json: updateErrors = events of the last week.

function Get-WinEvent {
    param([hashtable] $FilterHashtable)
    $count = [int] (Get-FakeField (Get-Machine) 'updateErrors' 0)
    if ($count -eq 0) {
        $problem = New-Object Exception('この条件に一致するイベントはありません。')
        throw (New-Object Management.Automation.ErrorRecord($problem, 'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand', 'ObjectNotFound', $null))
    }
    return @(for ($i = 0; $i -lt $count; $i++) { [pscustomobject] @{ Id = 20; Level = $FilterHashtable.Level } })
}
