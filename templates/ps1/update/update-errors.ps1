# Errors that Windows Update reported in the last seven days, counted by level: their texts are localized.

Register-Kind 'update-errors' -Format 1 -Get {
    param($Target)
    $filter = @{
        LogName = 'System'
        ProviderName = 'Microsoft-Windows-WindowsUpdateClient'
        Level = 2
        StartTime = (Get-LocalTime).AddDays(-7)
    }
    try { $events = @(Get-WinEvent -FilterHashtable $filter) }
    catch {
        # No such event is an error of this command.
        if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound,*') { throw }
        $events = @()
    }
    return [pscustomobject] @{ recentErrors = $events.Length }
}
