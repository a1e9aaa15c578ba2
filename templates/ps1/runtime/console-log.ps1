# What is said in the window is also the log.

$script:Log = New-Object Collections.ArrayList

function Get-StatusText {
    param([string] $Status)
    switch ($Status) {
        'ok' { return '問題なし' }
        'changed' { return '変更した' }
        'drift' { return '相違あり' }
        'failed' { return '失敗' }
        'manual' { return '人が行う' }
        'skipped' { return '行わない' }
        'unknown' { return 'まだ不明' }
        'not-applicable' { return '対象外' }
        'restart' { return '続きあり' }
        default { return $Status }
    }
}

function Test-PersonStep {
    # A step that only a person does: the checklist on paper has a box for it.
    param([object] $Step)
    return ($script:Kind.ContainsKey([string] $Step.kind) -and $script:Kind[[string] $Step.kind].byPerson)
}

function Write-StepLine {
    param([object] $Result)
    if (Test-PersonStep $Result) { return }
    $line = "［$(Get-StatusText $Result.status)］ $($Result.title)"
    $plain = @('ok', 'changed') -ccontains $Result.status
    if ($Result.message -and (-not $plain -or (Get-Field $Result.found 'warning'))) { $line += " … $($Result.message)" }
    Write-Line $line
}
