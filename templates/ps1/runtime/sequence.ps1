# The conversation of a user pass: what is asked one after another, and going back, putting off and breaking off.

function New-Turn {
    # Whose turn it is:
    #   steps     those that are asked about now
    #   asked     whether anything was asked about them
    #   wish      what the person wants besides: b (the question before) or q (no more today)
    #   answered  numbers of the units that were answered, the last on top; what each was put off stands in `later`
    #   later     number of the unit and label of the number that was put off with it → that label
    #   putOff    why steps could not be looked at that the person put off: what waits for the same is not asked again
    #   place     which of the visit's numbers the walk has come to, from 0
    #   restart   place of the first number that needs a restart which a step waits for; none: $null
    #   line      whether the line was found up
    #   warned    labels of numbers of which was said that there is no time for them; kept: units that were put off for that reason
    #             at a start before of this day; heard: whether this start has asked anything
    #   offline   labels of numbers that wait for the line
    #   waiting   the walk has come to it: what is left waits for that restart
    #   screen    title and body of what is asked; whole: what stands behind "?" besides the whole text of the steps
    #   behind    what runs behind the next thing (behind.ps1); hurried: units of it that were waited for once
    #   handing   what is handed over at this question (handing.ps1); guide: its lines in which the PC tells what it sees
    #   mended    id → result of what was set again since it was not as wanted any more (trouble.ps1)
    #   usable    titles of what was said to be usable by now
    #   walk      the unit that the walk has come to; jumped: another one is done meanwhile; back: the step that it came back to
    return [pscustomobject] @{
        steps = @(); asked = $false; wish = ''; answered = (New-Object Collections.Stack); later = @{}; putOff = @{}
        place = 0; restart = $null; waiting = $false; line = $false; offline = @(); warned = @(); kept = @(); heard = $false
        screen = $null; whole = @()
        behind = @(); hurried = @(); handing = $null; guide = $null; mended = @{}; usable = @(); walk = -1; jumped = $false; back = ''
    }
}

$script:Turn = New-Turn

function New-Walk {
    # Where a walk along the visit is: whose turn it is, the units, the results by id, which unit it has come to, and what of what a
    # person does next was said by then; shown: the headline of the page that was opened for the clinic (sign-off.ps1).
    param([object] $Pass, [object[]] $Steps)
    Import-ClinicWork $Pass
    return [pscustomobject] @{ turn = (New-Turn); units = @(Get-Unit $Steps $Pass); results = @{}; at = 0; next = @(); shown = '' }
}

function Invoke-Sequence {
    # Applies the steps of a user pass along the plan; a result each. After breaking off it goes on where it was.
    param([object] $Pass, [object[]] $Steps)
    if ($null -eq $Pass.walk) { $Pass.walk = New-Walk $Pass $Steps }
    $walk = $Pass.walk
    $turn = $walk.turn
    $turn.wish = ''
    $script:Turn = $turn
    $units = $walk.units
    $results = $walk.results
    for ($at = $walk.at; $at -lt $units.Length; $at = Step-Unit $at $units $results) {
        $walk.at = $at
        if ((Test-Settled $units[$at] $turn $at $results) -or (Test-Held $units[$at]) -or (Test-Running $at)) { continue }
        if (Test-MachineWork $Pass $units[$at].steps[0]) { $null = Request-MachineWork $Pass }
        $turn.asked = $false
        Enter-Number $units[$at]
        if (Join-Unit $units $at $Pass) { continue }
        $done = @()
        if ($turn.wish -ceq '') { $done = @(Invoke-Unit $units[$at] $Pass) }
        if ($turn.wish -ceq 'q') { break }
        if ($turn.wish -ceq 'b') {
            $at = (Undo-Answer $units $Pass $results) - 1
            continue
        }
        if (Add-Behind $units[$at] $at $done) { continue }
        foreach ($result in $done) { $results[$result.id] = $result; Write-StepLine $result }
        foreach ($result in @($turn.mended.Values)) { $results[$result.id] = $result }
        $turn.mended.Clear()
        Complete-PersonStep $units[$at] $Pass $results
        Write-Usable $Pass $results
        $turn.heard = $turn.heard -or $turn.asked
        if ($turn.asked -and -not $Pass.person) { Add-Answer $units[$at] $turn $at $done $Pass }
        elseif (-not $turn.answered.Contains($at) -and (Test-DoneElsewhere $units[$at] $Pass)) { $turn.answered.Push($at) }
        if ($turn.asked -or @($done | Where-Object { $_.status -ceq 'changed' }).Length -gt 0) { Add-News }
    }
    Complete-Walk $Pass $Steps
}

function Complete-Walk {
    # The results of a walk that came to its end, or was broken off; of each step one.
    param([object] $Pass, [object[]] $Steps)
    $broken = $script:Turn.wish -ceq 'q'
    if (-not $broken -and (Test-MachineWork $Pass)) { $null = Request-MachineWork $Pass }
    $results = $Pass.walk.results.Clone()
    $Pass.walk.next = @($Pass.next)
    if ($broken) { Complete-Broken $Pass $Steps $results }
    elseif ($Pass.person) { $null = $Pass.next.Add('person') }
    elseif (@($Steps | Where-Object { Test-Later $_ $results[$_.id] $Pass }).Length -gt 0) { $null = $Pass.next.Add('later') }
    $script:Turn = New-Turn
    foreach ($step in $Steps) { $results[$step.id] }
}

function Undo-Answer {
    # Takes back what was answered last; the number of its unit, which is asked about again.
    param([object[]] $Units, [object] $Pass, [hashtable] $Results)
    $turn = $script:Turn
    $turn.wish = ''
    $turn.jumped = $false
    $at = [int] $turn.answered.Pop()
    $turn.steps = $Units[$at].steps
    Write-Line "1 つ前に戻ります: $(Get-NumberTitle $Units[$at].steps)"
    if (-not (Undo-Offer $Units[$at].number)) { Remove-Answer $Units[$at] $at $Pass $Results }
    return $at
}

function Remove-Answer {
    # Nothing of what was said of a unit stays. At: its number among the units.
    param([object] $Unit, [int] $At, [object] $Pass, [hashtable] $Results)
    $turn = $script:Turn
    foreach ($step in $Unit.steps) {
        $label = [string] (Get-Field (Get-NumberIn $Unit $step) 'label')
        $turn.later.Remove("$At $label")
        $turn.later.Remove("time $label")
        foreach ($of in (Get-TimeMark), (Get-TimeMark -Later)) { Remove-Confirmation -Step "time $label" -Of $of }
        $turn.warned = @($turn.warned | Where-Object { $_ -cne $label })
        if (Get-Field (Get-StepConfirmation $step $Pass) 'seen') { continue }
        Remove-StepConfirmation $step $Pass
        $Results.Remove($step.id)
        $Results.Remove((Get-ResultKey $step $Unit.number))
    }
}

function Get-Unit {
    # What is done at a time, in the order of the visit: one step; or, asked about together, those of a number that only a
    # person sees, up to the next one that the PC does or sees, and those of numbers that share its screen (Get-AskedWith). They
    # stand where the first of them stands that shows something, else at the last. What leaves a sign is watched alone.
    param([object[]] $Steps, [object] $Pass)
    $open = @{}
    $units = New-Object Collections.ArrayList
    foreach ($step in @(Select-VisitOrder $Steps $Pass)) {
        $persons = @(Get-PersonUnit $step $Pass)
        if ($persons.Length -gt 0) { $units.AddRange($persons); continue }
        $number = $null
        if ($Pass.session.role -ceq 'account') { $number = Get-StepNumber $step }
        $alone = (Test-Checkable $step) -or $null -ne (Get-Kind $step.kind).conversation -or (Get-Field $step 'leftOut')
        $asks = -not $alone -and @('guided', 'manual') -ccontains $step.how
        $with = Get-AskedWith $number
        $signs = $null -ne (Get-Field $step 'sign')
        if ($asks -and $with -and -not $signs -and $open.ContainsKey($with)) {
            $unit = $open[$with]
            $unit.steps = @($unit.steps) + $step
            if ($unit.shows) { continue }
            $units.Remove($unit)
            $unit.number = $number
        }
        else { $unit = [pscustomobject] @{ steps = @($step); asks = $asks; number = $number; shows = $false } }
        $unit.shows = $unit.shows -or $step.how -ceq 'guided'
        if ($asks -and -not $signs) { $open[$with] = $unit } elseif (-not $asks -and $step.how -cne 'verify') { $open.Remove($with) }
        $null = $units.Add($unit)
    }
    return $units.ToArray()
}

function Get-AskedWith {
    # What is the same of numbers that share a screen: parts of one number, and one that is asked along with another.
    param([object] $Number)
    $along = [string] (Get-Field $Number 'along')
    if ($along) { return $along }
    if (Get-Field $Number 'partOf') { return Get-WholeLabel $Number }
    return [string] (Get-Field $Number 'label')
}

function Get-NumberIn {
    # The number of one of a unit's steps; $null where it has none.
    param([object] $Unit, [object] $Step)
    if ($null -eq $Unit.number -or $null -ne (Get-Field $Step 'whole')) { return $Unit.number }
    return Get-StepNumber $Step
}

function Join-Unit {
    # Whether a unit is asked about together with a later one of its number, and so no more alone: what the PC may not see yet and a
    # person's word tells goes along with what only a person sees.
    param([object[]] $Units, [int] $At, [object] $Pass)
    $unit = $Units[$At]
    if ($null -eq $unit.number -or $script:Turn.waiting -or $script:Turn.answered.Contains($At)) { return $false }
    if ($unit.asks -or (Test-TypedStep $unit.steps[0])) { Join-Typed $Units $At $Pass; return $false }
    if ($unit.steps[0].how -cne 'guided' -or -not (Get-Kind $unit.steps[0].kind).personSees) { return $false }
    for ($next = $At + 1; $next -lt $Units.Length; $next++) {
        # It may be asked along with another number.
        $labels = @($Units[$next].steps | ForEach-Object { Get-Field (Get-NumberIn $Units[$next] $_) 'label' })
        if (-not $Units[$next].asks -or $labels -cnotcontains $unit.number.label) { continue }
        if ((Invoke-VerifyStep $unit.steps[0] $Pass).status -cne 'unknown') { return $false }
        $Units[$next].steps = @(Select-VisitOrder (@($unit.steps) + @($Units[$next].steps)) $Pass)
        $unit.steps = @()
        return $true
    }
    return $false
}

function Select-VisitOrder {
    # The steps in the order of the visit's numbers, and of each number's own. One without a number stays behind the step that
    # it stands behind in the plan. A member of staff has one number for all of it.
    param([object[]] $Steps, [object] $Pass)
    if ($Pass.session.role -ceq 'staff') { return $Steps }
    $place = @{}
    foreach ($number in @(Get-VisitNumber)) { foreach ($id in @($number.steps)) { $place[$id] = $place.Count } }
    $at = 0
    $groups = New-Object 'Collections.Generic.SortedDictionary[int,Collections.ArrayList]'
    foreach ($step in $Steps) {
        if ($place.ContainsKey($step.id)) { $at = $place[$step.id] }
        if (-not $groups.ContainsKey($at)) { $groups[$at] = New-Object Collections.ArrayList }
        $null = $groups[$at].Add($step)
    }
    foreach ($group in $groups.Values) { $group.ToArray() }
}

function Test-Settled {
    # Whether nothing is to be done about a unit any more, after going back before it.
    param([object] $Unit, [object] $Turn, [int] $At, [hashtable] $Results)
    if ($Turn.answered.Contains($At)) { return $true }
    return (@($Unit.steps | Where-Object {
                -not $Results.ContainsKey($_.id) -or @('ok', 'changed', 'not-applicable') -cnotcontains $Results[$_.id].status
            }).Length -eq 0)
}

function Invoke-Unit {
    param([object] $Unit, [object] $Pass)
    $away = @($Unit.steps | ForEach-Object { Get-AwayResult $_ $Pass } | Where-Object { $null -ne $_ })
    if ($away.Length -gt 0) { return $away }
    if (-not $Unit.asks) { return Invoke-UserStep $Unit $Pass }
    $why = @{}
    foreach ($step in $Unit.steps) {
        if ($script:Turn.waiting) { $why[$step.id] = Get-WaitingText $Pass }
        else { $why[$step.id] = Get-PutOffText (Get-NumberIn $Unit $step) }
    }
    $now = @($Unit.steps | Where-Object { -not $why[$_.id] })
    if ($now.Length -gt 0) {
        try {
            if (@($now | Where-Object { Test-TypedStep $_ }).Length -gt 0) { Invoke-TypedUnit $now $Pass }
            else { Invoke-Question $now $Pass }
        }
        catch { $problem = $_; $now | ForEach-Object { Get-ErrorResult $_ $Pass $problem } }
    }
    foreach ($step in @($Unit.steps | Where-Object { $why[$_.id] })) {
        $confirmed = Get-StepConfirmation $step $Pass
        if ($null -ne $confirmed) { New-StepResult $step -Status 'manual' -Message (Get-ConfirmedText $confirmed) }
        elseif ($script:Turn.waiting -and $step.how -ceq 'guided') { New-StepResult $step -Status 'unknown' -Message $why[$step.id] }
        else { New-StepResult $step -Status 'manual' -Message $why[$step.id] }
    }
}

function Invoke-UserStep {
    # One step that the PC does or sees.
    param([object] $Unit, [object] $Pass)
    $step = $Unit.steps[0]
    $kind = Get-Kind $step.kind
    if ($script:Turn.waiting) { return New-StepResult $step -Status 'unknown' -Message (Get-WaitingText $Pass) }
    $why = Get-PutOffText $Unit.number
    $secret = $null -ne $kind.secret -or @($step.secrets).Length -gt 0
    if ($why -and ($step.how -ceq 'guided' -or ($step.how -ceq 'apply' -and $secret))) {
        $found = Invoke-VerifyStep $step $Pass
        if (@('ok', 'not-applicable') -ccontains $found.status) { return $found }
        return New-StepResult $step -Status 'manual' -Found $found.found -Message $why
    }
    if ($step.how -ceq 'guided') {
        # What a kind asks in its own way can fail too: the other steps go on.
        try { $result = Invoke-GuidedStep $step $Pass } catch { $result = Get-ErrorResult $step $Pass $_ }
    }
    else {
        $script:Turn.steps = @($step)
        $later = ''
        try { $later = Read-StepSecret $step } catch { if (-not (Test-Left $_)) { Write-Line (Get-ErrorText $_) } }
        # Nothing was changed by then.
        if ($script:Turn.wish) { return }
        if ($later) { return Get-LaterResult $step $later }
        $result = Get-HeldResult $step (Invoke-ApplyStep $step $Pass) $Pass
    }
    # Set, and in force after a restart: done too. A kind that waits is not as wanted before.
    $done = @('ok', 'changed') -ccontains $result.status -or ($result.status -ceq 'restart' -and -not $kind.waitsForPerson)
    if ($done) { Add-AwaitedEntry $step $Pass }
    $script:Turn.back = ''
    # What comes after a restart in the manual waits for it.
    if ($result.status -ceq 'restart' -and ($kind.waitsForPerson -or $null -ne $kind.conversation)) { Add-AwaitedRestart $Unit }
    return $result
}

function Read-StepSecret {
    # Asks for what setting a step needs. Where none of the tries was right, a person says whether to try once more: why it is left for
    # later where not, else empty.
    param([object] $Step)
    while ($true) {
        $needed = @(Find-ApplySecret @($Step))
        Read-Secret $needed
        $wrong = @($needed | Where-Object { $script:SecretRefusal.ContainsKey((Get-SecretName $_)) -and -not (Get-Field $_ 'refusal') })
        if ($wrong.Length -eq 0) { return '' }
        $why = Get-NoSecretText @($wrong | ForEach-Object { Get-SecretName $_ })
        Show-Question (Get-NumberTitle @($Step)) (@(Split-Text "× $why") + @(Split-Text "――― $($Step.title) ―――" '' '    '))
        try { if ((Read-StepAnswer -Claim 'もう一度' -Without 'n') -ceq 's') { return $why } }
        catch { if (Test-Unanswered $_) { return '' }; throw }
    }
}

function Enter-Number {
    # The walk comes to a unit's number. What waits for a restart and what comes after that waits from here on.
    param([object] $Unit)
    $turn = $script:Turn
    if ($null -ne $Unit.number) {
        $place = [array]::IndexOf(@(Get-VisitNumber | ForEach-Object { $_.label }), $Unit.number.label)
        $first = $place -gt $turn.place
        $turn.place = $place
        if ($first -and (Get-Field $Unit.number 'line') -and -not $turn.line) { Find-Line $Unit.number }
        if ($Unit.asks -or $Unit.steps[0].how -ceq 'guided') { Confirm-Time $Unit }
        if ($first -and $turn.wish -ceq '') { Confirm-Offer $Unit }
    }
    $turn.waiting = $null -ne $turn.restart -and $turn.place -ge $turn.restart
}

# Minutes from which on work is long.
$script:LongWork = 5

function Confirm-Time {
    # Before long work that will not end before the clinic uses the PC, and may wait: asks whether to begin it all the same, once a day.
    param([object] $Unit)
    $turn = $script:Turn
    $number = $Unit.number
    if (-not (Test-TimeShort $Unit)) { return }
    $asked = "time $($number.label)"
    # Whoever has begun it all the same is not asked again after a restart; nor is who has put it off.
    $said = @(Find-Confirmation $asked)
    if ($said -ccontains (Get-TimeMark)) { return }
    $before = @(Get-PutOffLabel)
    $keeps = $said -ccontains (Get-TimeMark -Later)
    $answer = 's'
    if (-not $keeps) {
        $left = Get-MinuteLeft $script:Pass.plan
        $turn.steps = $Unit.steps
        Show-Question (Get-NumberTitle $Unit.steps) @(Format-TimeBody $number $left (Get-NumberMinute $number))
        try { $answer = Read-StepAnswer -Claim 'いま始める' -Without 'n' }
        catch {
            if ((Test-Left $_) -or (Test-Unanswered $_)) { return }
            throw
        }
    }
    $turn.warned += $number.label
    if ($answer -cne 's') { Add-Confirmation -Step $asked -Of (Get-TimeMark); return }
    $turn.later[$asked] = [string] $number.label
    if ($keeps) {
        # One can go back to it.
        $turn.kept += $script:Pass.walk.at
        $turn.answered.Push($script:Pass.walk.at)
        Write-Waiting 'きょうは後日にしています（いま行うときは、次の質問で b）' $before
        return
    }
    Add-Confirmation -Step $asked -Of (Get-TimeMark -Later)
    Write-Waiting 'いっしょに後日にします' ($before + $number.label)
}

function Test-TimeShort {
    # Whether a unit has still to be begun, and is long work that may wait and would not end in time.
    param([object] $Unit)
    $turn = $script:Turn
    $number = $Unit.number
    $left = Get-MinuteLeft $script:Pass.plan
    $takes = Get-NumberMinute $number
    if ($null -eq $left -or $takes -le $left -or $takes -lt $script:LongWork) { return $false }
    if (-not (Get-Field $number 'later') -or $turn.warned -ccontains $number.label) { return $false }
    if ((Get-PutOffText $number) -or $turn.waiting -or (Test-Begun $Unit) -or (Test-UnitDone $Unit)) { return $false }
    # Once it is over, only what takes long.
    return ($left -gt 0 -or [int] (Get-Field $number 'wait') -ge 10)
}

function Test-Begun {
    # Whether what takes the time of a unit was begun: in this start, or in one before that its kind knows of.
    param([object] $Unit)
    foreach ($step in $Unit.steps) {
        $begun = (Get-Kind $step.kind).begun
        if ((Test-ComeBack $step) -or ($null -ne $begun -and (& $begun $step.target $script:Pass))) { return $true }
    }
    return $false
}

function Undo-Kept {
    # Takes back what was put off at a start before, where this one has asked nothing: whoever begins it has come for that. The first
    # unit of it.
    param([object[]] $Units, [object] $Pass, [hashtable] $Results)
    $turn = $script:Turn
    $kept = $turn.kept
    $turn.kept = @()
    $others = @($turn.answered.ToArray() | Where-Object { $kept -notcontains $_ })
    [array]::Reverse($others)
    $turn.answered = New-Object Collections.Stack (, $others)
    foreach ($at in $kept) { Remove-Answer $Units[$at] $at $Pass $Results }
    return $kept[0]
}

function Get-TimeMark {
    # What is said about the time counts for this bundle's numbers on this day.
    param([switch] $Later)
    $mark = "$(Get-DayText) $($script:Pass.bundle)"
    if ($Later) { $mark += ' later' }
    return $mark
}

function Get-DayText { return (Get-LocalTime).ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture) }

function Test-UnitDone {
    # Whether nothing of a unit would be asked: a person said so, or the PC sees it.
    param([object] $Unit)
    foreach ($step in $Unit.steps) {
        if (Test-Checkable $step) {
            if (@('ok', 'not-applicable') -cnotcontains (Invoke-VerifyStep $step $script:Pass).status) { return $false }
        }
        elseif ($null -eq (Get-StepConfirmation $step $script:Pass) -and -not (Test-PersonDone $step)) { return $false }
    }
    return $true
}

function Format-TimeBody {
    # What is said before something that takes longer than there is time.
    param([object] $Number, [int] $Left, [int] $Takes)
    $until = ([string] $script:Pass.plan.visit.until).Split(' ')[-1]
    if ($Left -gt 0) {
        "  使い始める $until まで $Left 分です。この作業は約 $Takes 分かかります。"
        "  いま始めると、$until に間に合いません。"
    }
    else { "  使い始める $until を過ぎています。この作業は約 $Takes 分かかります。" }
    ''
    Format-PutOff $Number
    '    Enter  いま始める'
    "       $until を過ぎても、作業の途中で電源を切らないでください。"
    $follow = @(Get-Follower @($Number.label))
    $fits = @(Get-VisitNumber | Where-Object { (Get-NumberMinute $_) -le $Left -and $follow -cnotcontains $_.label } |
        Where-Object { Test-NumberAhead $_ } | ForEach-Object { "$($_.label)（$(Get-NumberMinute $_) 分）" })
    if ($fits.Length -gt 0) { ''; Split-Text "先にできる番号（s の後に、順に出ます）   $($fits -join ' ')" }
}

function Get-NumberMinute {
    # How long a number takes, from its beginning to its end.
    param([object] $Number)
    return [int] (Get-Field $Number 'minutes') + [int] (Get-Field $Number 'wait')
}

function Format-PutOff {
    # What putting off means: who comes for it, or how it is done without anybody.
    param([object] $Number)
    $texts = @(Get-Field $Number 'putOff' | ForEach-Object { $_ } | Where-Object { $_ })
    if ($texts.Length -eq 0) { $texts = @("$($Number.later)が、別の日に行います") }
    "    s  後日にする（$($texts[0])）"
    $texts | Select-Object -Skip 1 | ForEach-Object { "       $_" }
}

function Test-NumberAhead {
    # Whether the walk has still to come to a number, and something of it is to be done then.
    param([object] $Number)
    if ([array]::IndexOf(@(Get-VisitNumber | ForEach-Object { $_.label }), $Number.label) -le $script:Turn.place) { return $false }
    $walk = $script:Pass.walk
    if ($null -eq $walk) { return $true }
    for ($at = 0; $at -lt $walk.units.Length; $at++) {
        $unit = $walk.units[$at]
        if ([string] (Get-Field $unit.number 'label') -cne $Number.label -or (Test-Settled $unit $walk.turn $at $walk.results)) { continue }
        if (@($unit.steps | Where-Object { $null -eq (Get-StepConfirmation $_ $script:Pass) }).Length -gt 0) { return $true }
    }
    return $false
}

function Find-Line {
    # A number needs the line: where nothing resolves it waits with all that need it, and the rest goes on.
    param([object] $Number)
    $turn = $script:Turn
    $turn.line = Test-LineUp (Get-LineState $script:Pass.plan)
    if ($turn.line) { $turn.offline = @(); return }
    $before = @(Get-PutOffLabel)
    $turn.offline += $Number.label
    Write-Waiting '回線がまだつながりません。つながってから行う番号' $before
}

function Write-Waiting {
    # Tells once which numbers wait besides those that did before.
    param([string] $Why, [string[]] $Before)
    $more = @(Get-PutOffLabel | Where-Object { $Before -cnotcontains $_ })
    $names = @(Get-VisitNumber | Where-Object { $more -ccontains $_.label } | ForEach-Object { "$($_.label) $($_.title)" })
    if ($names.Length -gt 0) { foreach ($line in @(Split-Text "${Why}: $($names -join '、')")) { Write-Line $line } }
}

function Add-AwaitedRestart {
    # A step waits for a restart: what needs its number comes after that, unless it is said to come before; without a number,
    # everything.
    param([object] $Unit)
    $turn = $script:Turn
    $first = 0
    if ($null -ne $Unit.number) {
        $numbers = @(Get-VisitNumber)
        $label = $Unit.number.label
        while ($first -lt $numbers.Length) {
            if (@($numbers[$first].needs) -ccontains $label -and -not (Get-Field $numbers[$first] 'beforeRestart')) { break }
            $first++
        }
    }
    if ($null -eq $turn.restart -or $first -lt $turn.restart) { $turn.restart = $first }
}

function Add-Answer {
    # Remembers what was answered, to go back to it; and tells once what is put off along with it.
    param([object] $Unit, [object] $Turn, [int] $At, [object[]] $Results, [object] $Pass)
    # What the PC has seen itself is nobody's answer.
    $left = @($Results | Where-Object { @('manual', 'failed', 'skipped') -ccontains $_.status -and -not (Test-SeenItself $_ $Pass) })
    if ($left.Length -eq 0) { return }
    $Turn.answered.Push($At)
    $failed = @($left | Where-Object { $_.status -cne 'manual' } | ForEach-Object { $_.id })
    $labels = @{}
    foreach ($step in $Unit.steps) {
        $label = [string] (Get-Field (Get-NumberIn $Unit $step) 'label')
        $begun = $null -ne (Get-StepConfirmation $step $Pass) -or $failed -ccontains $step.id
        $labels[$label] = $labels[$label] -or $begun
    }
    $before = @(Get-PutOffLabel)
    foreach ($label in @($labels.Keys | Where-Object { $_ -and -not $labels[$_] -and $before -cnotcontains $_ } | Sort-Object)) {
        $Turn.later["$At $label"] = $label
        $before += $label
    }
    Write-Waiting 'いっしょに後日にします' $before
}

function Test-SeenItself {
    # Whether of a result's step the PC has seen that it is done, and no person said so.
    param([object] $Result, [object] $Pass)
    $step = Get-PlanStep $Pass $Result.id
    return ($null -ne $step -and [bool] (Get-Field (Get-StepConfirmation $step $Pass) 'seen'))
}

function Test-DoneElsewhere {
    # Whether nothing was asked of a unit because another terminal has done it: one can go back to it.
    param([object] $Unit, [object] $Pass)
    foreach ($step in $Unit.steps) {
        $said = Get-StepConfirmation $step $Pass
        if ($Unit.asks -and (Get-Field $said 'terminal')) { return $true }
    }
    return $false
}

function Test-Later {
    # Whether a person of this session has something left to do about a step.
    param([object] $Step, [object] $Result, [object] $Pass)
    return ($Result.status -ceq 'manual' -and $null -eq (Get-AwayResult $Step $Pass) -and $null -eq (Get-StepConfirmation $Step $Pass))
}

function Get-PutOffLabel {
    # The numbers that were put off or wait for the line, and all that need one of them.
    $labels = @(@($script:Turn.later.Values) + $script:Turn.offline | Select-Object -Unique)
    if ($labels.Length -eq 0) { return }
    # What is needed stands before what needs it.
    foreach ($number in @(Get-VisitNumber)) {
        $follows = @($number.needs | Where-Object { $labels -ccontains $_ }).Length -gt 0
        if ($follows -and $labels -cnotcontains $number.label) { $labels += $number.label }
    }
    return $labels
}

function Get-PutOffText {
    # Why a number is not asked about: it was put off, or one that it needs; empty where it is asked.
    param([object] $Number)
    if ($null -eq $Number -or @(Get-PutOffLabel) -cnotcontains $Number.label) { return '' }
    if ($script:Turn.later.Values -ccontains $Number.label) { return "後で行うことになっています（$($Number.label) $($Number.title)）。" }
    if ($script:Turn.offline -ccontains $Number.label) { return '回線がつながってから行います。' }
    $needs = @(Get-PutOffLabel | Where-Object { $Number.needs -ccontains $_ }) -join '、'
    return "後で行うことになっています（番号 $needs の後）。"
}

function Complete-Broken {
    # The person broke off: what is left is looked at, as far as the PC can see it.
    param([object] $Pass, [object[]] $Steps, [hashtable] $Results)
    $null = $Pass.next.Add('broken-off')
    try { Clear-ClipboardText; $Pass.did += 'クリップボードを空にしました。' }
    catch { $Pass.did += 'クリップボードを空にできませんでした。' }
    foreach ($step in $Steps) {
        if (-not $Results.ContainsKey($step.id)) { $Results[$step.id] = Get-UnreachedResult $step $Pass '中断したため、まだ行っていません。' }
    }
}

function Get-UnreachedResult {
    # What can be said of a step that is not asked about. Why: what is said of one that is not done.
    param([object] $Step, [object] $Pass, [string] $Why = '')
    $away = Get-AwayResult $Step $Pass
    if ($null -ne $away) { return $away }
    $confirmed = Get-StepConfirmation $Step $Pass
    if (-not (Test-Checkable $Step) -and $null -ne $confirmed) {
        return New-StepResult $Step -Status 'manual' -Message (Get-ConfirmedText $confirmed)
    }
    $found = Invoke-VerifyStep $Step $Pass
    if (@('ok', 'not-applicable', 'restart') -ccontains $found.status) { return $found }
    $status = 'unknown'
    if (@('guided', 'manual') -ccontains $Step.how) { $status = 'manual' }
    return New-StepResult $Step -Status $status -Found $found.found -Message $Why
}
