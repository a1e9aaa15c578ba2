# How often a trigger of a task repeats it, in seconds: the shortest of them, 0 where none does.

Register-Kind 'task-repetition' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return [pscustomobject] @{ unknown = "タスク $($Target.name) がまだ登録されていません。" } }
    $seconds = @(foreach ($node in (Read-TaskXml $task.xml).GetElementsByTagName('Repetition')) {
            $text = Get-TaskText $node 'Interval'
            if ($text) { [int] (ConvertTo-TaskLeaf 'Interval' $text) }
        }) | Sort-Object | Select-Object -First 1
    if ($null -eq $seconds) { return [pscustomobject] @{ everySeconds = 0; message = '繰り返し間隔がありません。トリガーを作り直すと消えます。' } }
    return [pscustomobject] @{ everySeconds = $seconds }
}
