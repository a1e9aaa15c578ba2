# What only takes time runs behind the next thing that can be done. A conversation says so (New-BehindResult); the walk goes on with
# what does not need it, every question has a line of it, and the walk comes back once it has ended, or should have.

# Seconds between two looks, where nothing else is left to do.
$script:BehindEvery = 5
# What should end within so many minutes is waited for, where what comes next would hold up what follows it by so many more.
$script:BehindSoon = 2
$script:BehindCost = 4

function Add-Behind {
    # Whether a unit began something that runs by itself, or still does: the walk goes on then.
    #   at       the unit's number among the units
    #   result   of its step (New-BehindResult)
    param([object] $Unit, [int] $At, [object[]] $Results)
    $begun = @($Results | Where-Object { $_.status -ceq 'behind' })
    if ($begun.Length -eq 0) { return $false }
    $others = @($script:Turn.behind | Where-Object { $_.at -ne $At })
    $script:Turn.behind = $others + [pscustomobject] @{ at = $At; unit = $Unit; result = $begun[0] }
    return $true
}

function Test-Beginning {
    # Whether Enter says of a guided step that it was begun, and not that it is done.
    param([object] $Step)
    if (-not (Get-Kind $Step.kind).runs -or (Test-ComeBack $Step)) { return $false }
    $number = Get-StepNumber $Step
    return ($null -ne $number -and $number.wait -gt 0)
}

function New-StepBehind {
    # Of a guided step that somebody has begun: it is looked at again when it should have ended.
    param([object] $Step)
    return New-BehindResult $Step (Get-Kind $Step.kind).runs -Since (Get-LocalTime) -Minutes (Get-StepNumber $Step).wait -Look { }
}

function Test-Held {
    # Whether a unit needs what runs behind: its turn comes after that. Nobody signs out while anything runs.
    param([object] $Unit)
    $labels = @($script:Turn.behind | ForEach-Object { Get-Field $_.unit.number 'label' } | Where-Object { $_ })
    if ($labels.Length -eq 0 -or $null -eq $Unit.number) { return $false }
    if ($null -ne (Get-Field $Unit.steps[0] 'whole')) { return $true }
    $persons = @($script:Pass.walk.units | Where-Object { $null -ne (Get-Field $_.steps[0] 'whole') -and -not (Test-UnitDone $_) })
    $needs = @(Get-Follower ($labels + @($persons | ForEach-Object { $_.number.label })))
    return (@($Unit.steps | Where-Object { $needs -ccontains (Get-NumberIn $Unit $_).label }).Length -gt 0)
}

function Get-Follower {
    # The labels of the numbers that need one of these, directly or not.
    param([string[]] $Labels)
    $all = @($Labels)
    # What is needed stands before what needs it.
    foreach ($number in @(Get-VisitNumber)) {
        if (@($number.needs | Where-Object { $all -ccontains $_ }).Length -gt 0 -and $all -cnotcontains $number.label) {
            $all += $number.label
            $number.label
        }
    }
}

function Step-Unit {
    # The number of the unit whose turn it is after this one: what ran behind and has ended; else what needed it and was passed over;
    # else the next along the visit; and what still runs, once nothing else is left. One beyond the last where nothing is.
    param([int] $At, [object[]] $Units, [hashtable] $Results)
    $turn = $script:Turn
    # From elsewhere the walk goes on where it was.
    if (-not $turn.jumped) { $turn.walk = $At }
    $turn.jumped = $false
    $ended = @(Find-Ended)
    if ($ended.Length -gt 0) { return Select-Behind $ended[0] }
    $passed = @(Find-Passed $Units $Results)
    if ($passed.Length -gt 0) { $turn.jumped = $true; return $passed[0] }
    if ($turn.walk + 1 -lt $Units.Length) {
        $soon = Find-Soon $Units[$turn.walk + 1] $Results
        if ($null -ne $soon) { return Wait-Soon $soon $Units }
        $turn.walk++
        return $turn.walk
    }
    if (@($turn.behind).Length -eq 0) {
        if ($turn.heard -or $turn.kept.Length -eq 0) { return $Units.Length }
        return (Undo-Kept $Units $script:Pass $Results)
    }
    if (Test-MachineWork $script:Pass) { $null = Request-MachineWork $script:Pass }
    try { return Select-Behind (Wait-Behind) } catch { if (Test-Left $_) { $turn.jumped = $true; return $Units.Length }; throw }
}

function Find-Passed {
    # The numbers of the units that the walk has passed, and that can be done now: nothing has come of them yet.
    param([object[]] $Units, [hashtable] $Results)
    $turn = $script:Turn
    for ($at = 0; $at -le $turn.walk -and $at -lt $Units.Length; $at++) {
        $open = @($Units[$at].steps | Where-Object { -not $Results.ContainsKey((Get-ResultKey $_ $Units[$at].number)) })
        if ($open.Length -eq 0 -or (Test-Running $at) -or (Test-Held $Units[$at])) { continue }
        if (-not (Test-Settled $Units[$at] $turn $at $Results)) { $at }
    }
}

function Test-Running {
    # Whether a unit is one that runs behind: nobody begins it again.
    param([int] $At)
    return (@($script:Turn.behind | Where-Object { $_.at -eq $At }).Length -gt 0)
}

function Wait-Soon {
    # The number of the unit whose turn it is after what should end now: that one, or the next along the visit where it does not end
    # when it should, or where the person does not want to wait.
    param([object] $First, [object[]] $Units)
    $turn = $script:Turn
    $turn.hurried += $First.at
    $turn.steps = @($First.unit.steps)
    $body = @('  まもなく終わる見込みです。次の作業は長いので、終わってから始めます。')
    Show-Question "$($First.result.what)" $body -Right 'PC が見ています（自分で進む）'
    $look = { @(Find-Ended).Length -gt 0 -or (Get-BehindMinute $First) -ge $First.result.minutes }
    try { $null = Read-WatchedAnswer -Look $look -Every $script:BehindEvery -Claim '待たずに次へ' -Without 'n', 's', 'b' }
    catch { if (Test-Left $_) { $turn.jumped = $true; return $Units.Length }; throw }
    $ended = @(Find-Ended)
    if ($ended.Length -gt 0) { return Select-Behind $ended[0] }
    $turn.walk++
    return $turn.walk
}

function Find-Soon {
    # What should end before the next unit would, by far; $null where nothing does, or where that unit will not be asked about. Once.
    param([object] $Next, [hashtable] $Results)
    if (-not $Next.asks -or $null -eq $Next.number -or (Test-Held $Next) -or (Test-Settled $Next $script:Turn -1 $Results)) { return $null }
    if (@($Next.steps | Where-Object { $null -eq (Get-StepConfirmation $_ $script:Pass) }).Length -eq 0) { return $null }
    if ($script:Turn.waiting -or (Get-PutOffText $Next.number)) { return $null }
    foreach ($item in @($script:Turn.behind | Where-Object { $script:Turn.hurried -notcontains $_.at })) {
        $left = $item.result.minutes - (Get-BehindMinute $item)
        $cost = [int] (Get-Field $Next.number 'minutes') - $left
        if ($left -ge 0 -and $left -le $script:BehindSoon -and $cost -ge $script:BehindCost) { return $item }
    }
    return $null
}

function Find-Ended {
    # What ran behind and has ended.
    $script:Turn.behind | Where-Object { (Get-BehindState $_) -ceq 'ended' }
}

function Select-Behind {
    # Comes back to what ran behind; its conversation knows that (Test-ComeBack).
    param([object] $Item)
    $turn = $script:Turn
    $turn.behind = @($turn.behind | Where-Object { $_.at -ne $Item.at })
    $turn.back = [string] $Item.result.id
    $turn.jumped = $true
    return $Item.at
}

function Get-BehindState {
    # ended, or running. What the PC cannot see has ended once it should have.
    param([object] $Item)
    $seen = ''
    try { $seen = [string] (& $Item.result.look $Item.unit.steps[0]) } catch { $seen = '' }
    if ($seen) { return $seen }
    if ((Get-BehindMinute $Item) -ge $Item.result.minutes) { return 'ended' }
    return 'running'
}

function Get-BehindMinute {
    # For how many minutes it has been running.
    param([object] $Item)
    return [int] [math]::Floor(((Get-LocalTime) - $Item.result.since).TotalMinutes)
}

function Format-BehindLine {
    # A line for each that runs behind.
    foreach ($item in @($script:Turn.behind)) {
        $result = $item.result
        $since = Get-ClockText $result.since
        Limit-Text (ConvertTo-ScreenText "  待ち  $($result.what)  $since から $(Get-BehindMinute $item) 分（目安 $($result.minutes) 分）") 76
    }
}

function Get-ScreenRoom {
    # How many lines a question has for itself: below a few words that a person has not read yet, so that they stay.
    $room = $script:ScreenBody - @($script:Turn.behind).Length - @(Format-HandingLine).Length
    if ($script:Stands -ge 3 -and $script:Stands -le 7) { $room -= $script:Stands + 1 }
    return $room
}

function Wait-Behind {
    # Nothing else is left: the PC looks until something has ended, or somebody says so. Gives what it is.
    $turn = $script:Turn
    $first = $turn.behind[0]
    $turn.steps = @($first.unit.steps)
    $body = @('  ほかに、いまできることはありません。', '  終わると、この画面が自分で進みます。')
    Show-Question "$($first.result.what)" $body -Right 'PC が見ています（自分で進む）'
    $look = { @(Find-Ended).Length -gt 0 }
    $answer = Read-WatchedAnswer -Look $look -Every $script:BehindEvery -Claim '終わった' -Without 'n', 's', 'b'
    if ($answer -ceq 'seen') { $first = @(Find-Ended)[0] }
    return $first
}
