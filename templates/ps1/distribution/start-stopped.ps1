# Whether Windows starts an application through its task. Where the task is on, other ways to stop it cannot be seen.

Register-Kind 'start-stopped' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) {
        if ($null -eq (Find-VendorTaskFile $Target.file)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.file)" } }
        return [pscustomobject] @{ enabled = $false }
    }
    if ($task.enabled) { return [pscustomobject] @{ unknown = "タスク $($Target.name) が有効です。補2 のとおりに止まっているかは、この PC からは分かりません。" } }
    return [pscustomobject] @{ enabled = $false }
}
