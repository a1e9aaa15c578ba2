# What became of a task's last run: its result, and whether Windows was started after it.

# ERROR_SHUTDOWN_USERS_LOGGED_ON (1191), plain and as an HRESULT: shutdown.exe without /f while somebody else is signed in,
# at the screen or not (learn.microsoft.com, InitiateShutdownW). Why there is no /f: decision b-50.
$script:OthersSignedIn = @(1191, -2147023705, 2147943591)

Register-Kind 'task-history' -Format 1 -AnyoneSees -Get {
    param($Target)
    $run = Read-LastRun $Target
    # That it is not there is said of the step that makes it, or looks at its time.
    if ($null -eq $run) { return [pscustomobject] @{ unknown = "タスク $($Target.name) がまだ登録されていません。" } }
    if ($null -eq $run.at) { return [pscustomobject] @{ unknown = 'このタスクは、まだ一度も実行されていません。' } }
    if ($run.over) { return [pscustomobject] @{ unknown = 'このタスクは、登録し直した後、まだ実行されていません。' } }
    # A minute to spare: the run is noted to the second, and the clock may be set right in between.
    $since = ((Get-LocalTime) - $run.at).TotalMinutes
    $state = [pscustomobject] @{ lastResult = $run.result; rebooted = ((Get-UptimeMinute) -le $since + 1); message = '' }
    $refusal = Get-TaskRefusal $Target $run
    if ($null -ne $refusal) { $state.message = $refusal.text } else { $state.message = Get-TaskHistoryText $Target.name $state }
    return $state
}

function Get-TaskHistoryText {
    # Why the task did not restart the PC, and what to do; empty where it did.
    param([string] $Name, [object] $State)
    if ($script:OthersSignedIn -contains $State.lastResult) {
        return "ほかの人がサインインしたままのため、「$Name」が再起動できませんでした（1191）。" +
            '帰る前に、全員のサインアウトが必要です（画面のロックやユーザーの切り替えでは、サインインしたままです）。'
    }
    if ($State.lastResult -ne 0) { return "「$Name」の前回の実行は失敗しました（$('0x{0:X}' -f $State.lastResult)）。" }
    if (-not $State.rebooted) { return "「$Name」の前回の実行の後に、Windows が起動していません。" }
    return ''
}
