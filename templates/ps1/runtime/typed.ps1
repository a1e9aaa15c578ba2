# What a person reads from paper or from another screen and types here: of one number, all of it in one line, which says what only
# a person sees of it, too. How it is asked for and taken, each kind says (Register-Kind -Typed).

function Test-TypedStep {
    # Whether a guided step is typed.
    param([object] $Step)
    return ($Step.how -ceq 'guided' -and (Get-Kind $Step.kind).typed.Count -gt 0)
}

function Test-StepOpen {
    # Whether something is still asked of a step: nobody said so, or, of what is typed, it is not as wanted.
    param([object] $Step, [object] $Pass)
    if (Test-TypedStep $Step) { return -not (Test-SeenDone $Step) }
    return ($null -eq (Get-StepConfirmation $Step $Pass))
}

function Test-SeenDone {
    # Whether the PC sees that nothing is to be asked of a step.
    param([object] $Step)
    if ($null -eq $Step -or -not (Test-Checkable $Step)) { return $false }
    return (@('ok', 'not-applicable') -ccontains (Invoke-VerifyStep $Step $script:Pass).status)
}

function Join-Typed {
    # Takes into a unit what is typed later in its number, and what only a person sees of it, up to the next thing that the PC
    # does or leads; nothing where nothing is typed. Of what is done it takes none.
    param([object[]] $Units, [int] $At, [object] $Pass)
    $unit = $Units[$At]
    $with = @(Find-TypedUnit $Units $At $Pass)
    $steps = @($with | ForEach-Object { $Units[$_].steps })
    if ($with.Length -lt 2 -or $with[0] -ne $At -or @($steps | Where-Object { Test-TypedStep $_ }).Length -eq 0) { return }
    foreach ($other in $with) { $Units[$other].steps = @() }
    $Units[$At] = [pscustomobject] @{ steps = $steps; asks = $true; number = $unit.number; shows = $true }
}

function Find-TypedUnit {
    # The numbers of the units that can be answered by one line with this one, itself among them.
    param([object[]] $Units, [int] $At, [object] $Pass)
    for ($next = $At; $next -lt $Units.Length; $next++) {
        $one = $Units[$next]
        if ((Get-Field $one.number 'label') -cne $Units[$At].number.label) { return }
        $steps = @($one.steps)
        if ($steps.Length -eq 0) { continue }
        if ($one.asks) { if ($null -ne (Get-Field $steps[0] 'sign') -or (Test-ManyNumber $steps)) { return } }
        elseif (-not (Test-TypedStep $steps[0])) {
            if ($steps[0].how -cne 'verify' -and -not (Test-SeenDone $steps[0])) { return }
            continue
        }
        if (@($steps | Where-Object { Test-StepOpen $_ $Pass }).Length -gt 0) { $next }
    }
}

function Invoke-TypedUnit {
    # Steps of which some are typed: a result each.
    param([object[]] $Steps, [object] $Pass)
    $answer = ''
    $open = @($Steps | Where-Object { Test-StepOpen $_ $Pass })
    for ($try = 1; $try -le $script:GuidanceTries -and @($open | Where-Object { Test-TypedStep $_ }).Length -gt 0; $try++) {
        if ($try -gt 1) { Write-StillOpen $open $Pass }
        $answer = Request-QuestionAnswer $open $Pass
        if ($answer -ceq 'n') { return Invoke-TypedApart $Steps $Pass }
        if ($answer -cne '') { break }
        $open = @($open | Where-Object { -not (Test-TypedStep $_) -or (Test-StepOpen $_ $Pass) })
    }
    $typed = @($open | Where-Object { Test-TypedStep $_ })
    # Nothing was typed now: the rest is not said by that.
    if ($typed.Length -eq 0 -and $try -eq 1) { return Invoke-TypedApart $Steps $Pass }
    foreach ($step in $Steps) {
        if ($open -cnotcontains $step) { Complete-TypedStep $step $Pass; continue }
        if ($script:Cause.Contains($answer)) { Complete-UnableStep $step $Pass $answer; continue }
        if ($typed.Length -gt 0) { Get-TypedLater $step $Pass ($answer -ceq 's'); continue }
        Add-StepConfirmation $step $Pass
        Complete-TypedStep $step $Pass
    }
}

function Invoke-TypedApart {
    # What is typed step by step, what only a person sees together.
    param([object[]] $Steps, [object] $Pass)
    $seen = @($Steps | Where-Object { -not (Test-TypedStep $_) })
    if ($seen.Length -gt 0) { Invoke-Question $seen $Pass }
    foreach ($step in @($Steps | Where-Object { Test-TypedStep $_ })) { Invoke-GuidedStep $step $Pass }
}

function Complete-TypedStep {
    # The result of a step that is done; the machine's work may wait for it.
    param([object] $Step, [object] $Pass)
    if (Test-TypedStep $Step) { Add-AwaitedEntry $Step $Pass; return Invoke-VerifyStep $Step $Pass }
    return New-StepResult $Step -Status 'manual' -Message (Get-ConfirmedText (Get-StepConfirmation $Step $Pass))
}

function Get-TypedLater {
    # Of a step that is left open. Said: by a person, so that what waits for the same is not asked.
    param([object] $Step, [object] $Pass, [bool] $Said)
    if (-not (Test-TypedStep $Step)) { return Get-LaterResult $Step }
    $found = Invoke-VerifyStep $Step $Pass
    if ($Said -and $found.status -ceq 'unknown') { $script:Turn.putOff[$found.message] = $true }
    return Get-LaterResult $Step $found.message $found.found
}

function Write-StillOpen {
    # What the PC still cannot take for done.
    param([object[]] $Steps, [object] $Pass)
    foreach ($step in @($Steps | Where-Object { Test-TypedStep $_ })) {
        foreach ($line in @(Split-Text "まだ確かめられません: $((Invoke-VerifyStep $step $Pass).message)")) { Write-Line $line }
    }
}

function Format-TypedLine {
    # What is typed, and in which order, where that is more than one thing.
    param([object[]] $Steps)
    if ($Steps.Length -lt 2) { return }
    '  次の順に、続けて入力します（間は空けても、空けなくてもかまいません）。'
    for ($i = 0; $i -lt $Steps.Length; $i++) { Split-Text "$($i + 1)  $(Get-TypedText $Steps[$i])" '    ' '       ' }
}

function Get-TypedText {
    # What is typed for a step.
    param([object] $Step)
    return [string] (& (Get-Kind $Step.kind).typed.asks $Step.target)
}

function Read-TypedLine {
    # Asks for it, and gives each kind its own: n, s, or empty.
    param([object[]] $Steps)
    $digits = @(foreach ($step in $Steps) { [int] (& (Get-Kind $step.kind).typed.digits $step.wanted) })
    $sum = 0
    foreach ($count in $digits) { $sum += $count }
    $asked = "続けて $sum 桁"
    if ($Steps.Length -eq 1) { $asked = Get-TypedText $Steps[0] }
    $answer = Read-StepAnswer -Claim '' -Typed $asked
    if (@('n', 's', '') -ccontains $answer) { return $answer }
    if ($Steps.Length -gt 1) {
        $answer = $answer -creplace '[^0-9]', ''
        if ($answer.Length -ne $sum) { Write-Line "合わせて $sum 桁です（入力は $($answer.Length) 桁）。"; return '' }
    }
    $from = 0
    for ($i = 0; $i -lt $Steps.Length; $i++) {
        $own = $answer
        if ($Steps.Length -gt 1) { $own = $answer.Substring($from, $digits[$i]) }
        & (Get-Kind $Steps[$i].kind).typed.take $Steps[$i].target $Steps[$i].wanted $own
        $from += $digits[$i]
    }
    return ''
}
