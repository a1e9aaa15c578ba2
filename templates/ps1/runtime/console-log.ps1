# What is said in the window is also the log.

$script:Log = New-Object Collections.ArrayList

# Why a step was left out that asks a person.
$script:UnansweredText = '画面で答える人がいないため、行っていません。ランチャーをダブルクリックして開いてください。'

# What is never shown: control characters and line ends, what turns letters round or joins them unseen, letters that look like
# nothing, halves of characters, and the tags of Unicode. The variation selectors of Japanese names and 外字 stay.
$script:Unshown = New-Object Text.RegularExpressions.Regex(
    '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\uffa0\ufdd0-\ufdef\ufffe\uffff]' +
    '|\udb40[\udc00-\udc7f]|\ud834[\udd73-\udd7a]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]')
$script:Blanks = New-Object Text.RegularExpressions.Regex('\s{9,}')
$script:Piled = New-Object Text.RegularExpressions.Regex('(\p{Mn}{4})\p{Mn}+')

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

function Get-ModeText {
    # What a run does.
    param([string] $Mode)
    return @{ Apply = '適用'; Verify = '確認'; Rollback = '元に戻す' }[$Mode]
}

function Test-Unanswered {
    # Whether an error is that of a question which nobody could answer (Read-Answer).
    param([object] $ErrorRecord)
    return ($ErrorRecord.Exception -is [OperationCanceledException] -and $ErrorRecord.Exception.Message -ceq $script:UnansweredText)
}

function Test-Left {
    # Whether an error is that of a person who leaves a question (Read-StepAnswer).
    param([object] $ErrorRecord)
    return ($ErrorRecord.Exception -is [OperationCanceledException] -and $ErrorRecord.Exception.Message -ceq $script:LeftText)
}

function Test-PersonStep {
    # A step that only a person does: the checklist on paper has a box for it.
    param([object] $Step)
    return ($script:Kind.ContainsKey([string] $Step.kind) -and $script:Kind[[string] $Step.kind].byPerson)
}

function Write-StepLine {
    # In the log each step; in the window only what is not as wanted or was not done: what is fine is a count, and what a
    # pass that only looks has found stands at its end. Logged: only there.
    param([object] $Result, [switch] $Logged)
    if (Test-PersonStep $Result) { return }
    $line = "［$(Get-StatusText $Result.status)］ $($Result.title)"
    $plain = @('ok', 'changed') -ccontains $Result.status
    if ($Result.message -and (-not $plain -or (Get-Field $Result.found 'warning'))) { $line += " … $($Result.message)" }
    $left = $Result.status -ceq 'skipped' -and $Result.how -ceq 'apply' -and (Get-Field $script:Session 'role') -cne 'staff'
    $mode = Get-Field $script:Pass 'mode'
    if ($Logged -or $mode -ceq 'Verify') { Write-Line $line -Lines 0 }
    elseif ($mode -ceq 'Rollback' -and -not $plain) { Write-Line $line -Lines 3 }
    elseif ($left -or @('drift', 'failed') -ccontains $Result.status) { Write-Line $line -Lines 3 }
    else { Write-Line $line -Lines 0 }
}
