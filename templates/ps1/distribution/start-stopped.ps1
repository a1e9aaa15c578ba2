# Whether the task through which Windows starts an application is switched off. Only that tells something: an application whose
# task is on may have been stopped in another way, and one without a task may never have been set up.

Register-Kind 'start-stopped' -Format 1 -PersonSees -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -ne $task) {
        if (-not $task.enabled) { return [pscustomobject] @{ enabled = $false } }
        return [pscustomobject] @{ unknown = "タスク $($Target.name) が有効です。補2のとおりに止まっているかは、この PC からは分かりません。" }
    }
    if ($null -eq (Find-VendorTaskFile $Target.file)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.file)" } }
    return [pscustomobject] @{
        unknown = "タスク $($Target.name) が登録されていません。補2のために外したのでなければ、登録が済んでいません。"
    }
}
