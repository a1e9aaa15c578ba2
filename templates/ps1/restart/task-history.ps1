# What became of a task's last run: its result, and whether Windows was started after it.

Register-Kind 'task-history' -Format 1 -Get {
    param($Target)
    $run = Read-TaskRun -Path $Target.path -Name $Target.name
    if ($null -eq $run) { return $null }
    if ($null -eq $run.at) { return [pscustomobject] @{ unknown = 'このタスクは、まだ一度も実行されていません。' } }
    # A minute to spare: the run is noted to the second, and the clock may be set right in between.
    $since = ((Get-LocalTime) - $run.at).TotalMinutes
    return [pscustomobject] @{ lastResult = $run.result; rebooted = ((Get-UptimeMinute) -le $since + 1) }
}
