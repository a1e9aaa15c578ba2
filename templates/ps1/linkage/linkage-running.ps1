# Whether the linkage application runs: a program of its folder, or the task that starts it and goes on as long as it does.

Register-Kind 'linkage-running' -Format 1 -AnyoneSees -Get {
    param($Target)
    $run = Read-LastRun @{ path = '\'; name = $Target.start }
    if ($null -eq $run) { return [pscustomobject] @{ unknown = "タスク $($Target.start) がまだ登録されていません。" } }
    if ($run.over -or -not (Test-TaskRunSinceBoot $run)) { return [pscustomobject] @{ unknown = '再起動した後に確かめられます。' } }
    $ready = @($Target.tasks | Where-Object { $task = Read-Task -Path '\' -Name $_; $null -eq $task -or -not $task.enabled }).Length -eq 0
    $running = $run.result -eq $script:TaskStillRuns -or @(Get-RunningProgram -Folder $Target.folder).Length -gt 0
    $message = ''
    if (-not $running) { $message = '連携アプリケーションが動いていません。端末を再起動しても動かないときは、別紙トラブルシューティングの補16 を見てください。' }
    elseif (-not $ready) { $message = '連携アプリケーションのタスクが、登録されていないか無効です。' }
    $warning = ''
    foreach ($name in @($Target.tasks)) {
        $typo = $name -replace 'delfile', 'delfine'
        if ($typo -cne $name -and $null -ne (Read-Task -Path '\' -Name $typo)) {
            $warning = "手順書の誤記による名前のタスク $typo もあります。$name と二重に動くため、削除してください。"
        }
    }
    return [pscustomobject] @{ running = $running; ready = $ready; message = $message; warning = $warning }
}
