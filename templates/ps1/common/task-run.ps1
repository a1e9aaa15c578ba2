# Whether a task that Windows starts ran at the last start of Windows.

# SCHED_S_TASK_RUNNING: a task that goes on for as long as its program.
$script:TaskStillRuns = 0x41301
# Until then a task that waits for a delay may not have begun.
$script:TaskPatience = 10

Register-Kind 'task-run' -Format 1 -AnyoneSees -Get {
    param($Target)
    $run = Read-LastRun $Target
    if ($null -eq $run) { return [pscustomobject] @{ unknown = "タスク $($Target.name) がまだ登録されていません。" } }
    $since = Test-TaskRunSinceBoot $run
    if ($run.over -or (-not $since -and ($null -eq $run.at -or (Get-UptimeMinute) -lt $script:TaskPatience))) {
        return [pscustomobject] @{ unknown = '再起動した後に確かめられます。' }
    }
    $state = [ordered] @{ sinceBoot = $since; succeeded = (@(0, $script:TaskStillRuns) -contains $run.result); result = $run.result }
    $refusal = Get-TaskRefusal $Target $run
    if ($null -ne $refusal) { $state.message = $refusal.text }
    return [pscustomobject] $state
}

function Test-TaskRunSinceBoot {
    # A minute to spare: the run is noted to the second, and the clock may be set right in between.
    param([object] $Run)
    if ($null -eq $Run.at) { return $false }
    return (((Get-LocalTime) - $Run.at).TotalMinutes -le (Get-UptimeMinute) + 1)
}
