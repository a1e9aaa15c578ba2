# The time of day at which a task starts.

Register-Kind 'task-time' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ time = (Get-TaskDailyTime $task.xml) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found -or $null -eq $Found.time) { return $false }
    foreach ($interval in @(Get-Field $Wanted 'outside' | ForEach-Object { $_ })) {
        if ($null -ne $interval -and (Test-TaskTimeInside $Found.time $interval)) { return $false }
    }
    $digit = [int] $Found.time.Substring(4, 1)
    return (@(Get-Field $Wanted 'minuteDigitsNot' | ForEach-Object { $_ }) -notcontains $digit)
}

function Test-TaskTimeInside {
    # Whether HH:MM lies in the closed interval HH:MM-HH:MM, which may go past midnight. As text, since all are five characters.
    param([string] $Time, [string] $Interval)
    $from, $to = $Interval.Split('-')
    $after = [string]::CompareOrdinal($Time, $from) -ge 0
    $before = [string]::CompareOrdinal($Time, $to) -le 0
    if ([string]::CompareOrdinal($from, $to) -le 0) { return ($after -and $before) }
    return ($after -or $before)
}
