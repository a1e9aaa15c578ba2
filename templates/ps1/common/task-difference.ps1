# How two tasks differ, as people read it: what the Task Scheduler's own window calls its tabs, and the values below them.

$script:TaskPart = [ordered] @{ triggers = 'トリガー'; actions = '操作'; principal = '実行するアカウント'; settings = '条件と設定' }

function Get-TaskDifference {
    # Of two states of a task each part that differs.
    param([string] $Name, [object] $Wanted, [object] $Found)
    if ($null -eq $Found -or $null -eq $Wanted) {
        $words = @('なし', 'あり')
        if ($null -ne $Found) { $words = @('あり', 'なし') }
        return New-Difference "タスク「$Name」" $words[0] $words[1]
    }
    $enabled = Get-Field $Wanted 'enabled'
    if ($null -eq $enabled) { $enabled = $true }
    if ($enabled -ne $Found.enabled) {
        $words = @('無効', '有効')
        New-Difference 'タスク' $words[[int] [bool] $Found.enabled] $words[[int] [bool] $enabled]
    }
    $want = ConvertTo-TaskModel $Wanted.xml
    $have = ConvertTo-TaskModel $Found.xml
    foreach ($part in $script:TaskPart.Keys) {
        $lines = @(foreach ($model in $have, $want) { , @(Get-TaskPartLine (Get-Field $model $part)) })
        $here = @($lines[0] | Where-Object { $lines[1] -cnotcontains $_ })
        $asked = @($lines[1] | Where-Object { $lines[0] -cnotcontains $_ })
        if ($here.Length + $asked.Length -gt 0) { New-Difference $script:TaskPart[$part] $here $asked }
    }
}

function Get-TaskPartLine {
    # A part of a task's model (ConvertTo-TaskModel) as lines of name and value; accounts by name.
    param([object] $Part)
    foreach ($item in @($Part)) {
        if ($null -eq $item) { continue }
        foreach ($name in @(Get-FieldName $item)) {
            foreach ($value in @(Get-Field $item $name | ForEach-Object { $_ })) {
                if ($null -eq $value -or [string] $value -ceq '') { continue }
                $text = [string] $value
                if ($text -cmatch '^S-1-\d+(-\d+)+$') { $text = Get-AccountName $text }
                if ($name -ceq 'lines') { $text.TrimStart('/') } else { "$name=$text" }
            }
        }
    }
}
