# Whether now is a time at which Windows Update is recommended: weekdays from 19:00, Saturday from noon, Sunday.

Register-Kind 'update-window' -Format 1 -Get {
    param($Target)
    $now = Get-LocalTime
    $from = 19
    if ($now.DayOfWeek -eq [DayOfWeek]::Saturday) { $from = 12 }
    if ($now.DayOfWeek -eq [DayOfWeek]::Sunday) { $from = 0 }
    # By day nothing is wrong yet: whether the update will be run at a good time is not known.
    if ($now.Hour -lt $from) { return [pscustomobject] @{ unknown = '今は推奨する時間帯ではありません。平日は 19 時以降、土曜は午後、日曜は終日に行ってください。' } }
    return [pscustomobject] @{ recommended = $true }
}
