# Whether now is a time at which Windows Update is recommended: weekdays from 19:00, Saturday from noon, Sunday.

Register-Kind 'update-window' -Format 1 -Get {
    param($Target)
    $now = Get-LocalTime
    $from = 19
    if ($now.DayOfWeek -eq [DayOfWeek]::Saturday) { $from = 12 }
    if ($now.DayOfWeek -eq [DayOfWeek]::Sunday) { $from = 0 }
    return [pscustomobject] @{ recommended = ($now.Hour -ge $from) }
}
