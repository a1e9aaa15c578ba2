# What an update is about to change is shown before anything is changed: a person agrees, or leaves single values as they are.

function Confirm-Change {
    # A refusal, or $null where the pass may begin. What is to stay as it is, is put into the pass, with the reason.
    param([object] $Pass, [object[]] $Steps)
    $changes = @(Get-ComingChange $Pass $Steps)
    if ($changes.Length -eq 0) { return $null }
    $kept = @(Get-KeptLine $Steps)
    try {
        while ($true) {
            $lines = @(Format-Change $Pass $changes)
            $body = @('  直すもの（決められた値と違う）') + @(Limit-Line $lines ([math]::Max(6, $script:ScreenBody - 5 - $kept.Length)))
            if ($kept.Length -gt 0) { $body += @('', '  そのままにするもの（決まりに合う）') + $kept }
            Show-Question "変える前に  $(Get-PassTitle $Pass)" ($body + @('', '  ほかの設定は変えません。'))
            $answer = Read-Answer 'Enter 直して進む  番号 それは直さない  ? 全部  q やめる: '
            if ($answer -ceq '' -or (Test-Agreement $answer)) { break }
            if ($answer -ieq 'q') { return New-Refusal 2 'やめると答えたため、何も変更していません。' }
            if ($answer -ceq '?') { Show-Aside '直すもの' $lines }
            elseif ($answer -match '^\d{1,3}$' -and [int] $answer -ge 1 -and [int] $answer -le $changes.Length) {
                Switch-Change $Pass $changes[[int] $answer - 1].step
            }
            else { Write-Line 'その答えはありません。' }
        }
    }
    catch {
        if (-not (Test-Unanswered $_)) { throw }
        return New-Refusal 2 '画面で答える人がいないため、何も変更していません。ランチャーをダブルクリックして開いてください。'
    }
    foreach ($change in @($changes | Where-Object { $Pass.left.ContainsKey($_.step.id) })) {
        Add-JournalEntry $Pass.journal ([ordered] @{
                event = 'unable'; bundle = $Pass.bundle; step = $change.step.id; of = (Get-Claim $change.step $Pass)
                who = (Get-PassPerson); cause = $Pass.left[$change.step.id]
            })
    }
    return $null
}

function Get-ComingChange {
    # The steps that this pass will set: step, and in words what is there and what it should be.
    param([object] $Pass, [object[]] $Steps)
    foreach ($step in $Steps) {
        if ($step.how -cne 'apply' -or (Get-Kind $step.kind).waitsForPerson) { continue }
        if ($Pass.scope -ceq 'user' -and $null -ne (Get-AwayResult $step $Pass)) { continue }
        $step = Resolve-OwnValue $step
        try {
            $found = Get-State $step.kind $step.target
            if ($null -ne (Get-Marker $step $found) -or (Test-State $step.kind -Wanted $step.wanted -Found $found)) { continue }
            if ($null -ne (Get-EarlyResult $step -Pass $Pass -Found $found)) { continue }
        }
        # Setting it says why it cannot be read.
        catch { continue }
        $text = ''
        $declared = Get-Field (Get-Field $Pass.plan 'kinds') $step.kind
        try { $differences = @(Get-Difference $step $declared $found) } catch { $differences = @() }
        foreach ($one in $differences) { $text += " $($one.label): $($one.found) → $($one.wanted)" }
        [pscustomobject] @{ step = $step; text = $text }
    }
}

function Format-Change {
    param([object] $Pass, [object[]] $Changes)
    for ($i = 0; $i -lt $Changes.Length; $i++) {
        $step = $Changes[$i].step
        $text = $Changes[$i].text
        if ($Pass.left.ContainsKey($step.id)) { $text = " 直さない（$($Pass.left[$step.id])）" }
        Split-Text "$($i + 1)  $($step.title)$text" '    ' '       '
    }
}

function Get-KeptLine {
    # The PC's own values that stay in the place of proposed ones.
    param([object[]] $Steps)
    foreach ($step in $Steps) {
        if ($null -eq (Get-Field $step 'own')) { continue }
        $own = Resolve-OwnValue $step
        if (-not (Test-Same $own.wanted $step.wanted)) { Split-Text "$($step.title) $(Get-OwnText $step)" '       ' }
    }
}

function Switch-Change {
    # Leaves a value as it is, for a reason; or mends it after all.
    param([object] $Pass, [object] $Step)
    if ($Pass.left.ContainsKey($Step.id)) { $Pass.left.Remove($Step.id); return }
    $reason = Read-Answer "「$($Step.title)」を直さない理由を 1 行で（Enter だけなら、直します）: " -Raw
    if ($reason) { $Pass.left[$Step.id] = ConvertTo-ShownText $reason -Limit 60 }
}

function Get-LeftReason {
    # Why a person wants a step left as it is; empty where not.
    param([object] $Step, [object] $Pass)
    return [string] (Get-Field (Get-Field $Pass 'left') $Step.id)
}
