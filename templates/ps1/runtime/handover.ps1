# One elevated process a start. It begins with the start's one question of Windows, when the machine first has something to do,
# stays until the start ends, and is told only "go" and "end" (start-event.native.ps1). What it answers is its result. Of its
# pass (New-Pass): stay; round, how often it has answered; said, step id → what a person does next by the last result of that step.

# So long the elevated process stays at most; and so long once nobody holds the events of its start any more: from one launcher
# to the next it takes a while.
$script:StayTime = 4 * 60 * 60 * 1000
$script:GoneTime = 120 * 1000
$script:LookTime = 2000
# A "go" that nobody has taken after this was said to nobody.
$script:TakeTime = 15 * 1000
$script:StayText = 'この画面は最後にもう一度使います。閉じないでください'

# How the elevated process of this start is doing (New-Start).
$script:Start = $null

function New-Start {
    # What the user pass knows of it:
    #   process   its id; 0 where there is none
    #   events    whether it can be told anything
    #   news      whether the person has done something since it last looked
    #   last      what is known of the machine from starts before (Get-LastResult); '' where it was not looked for yet
    #   order     all steps, the machine's too, in the order of the visit
    #   same      ids of machine steps of which this pass has seen the same as an administrator did
    return [pscustomobject] @{ process = 0; events = $false; news = $true; last = ''; order = $null; same = @{} }
}

# The elevated side

function Wait-Go {
    # Whether there is another round. In between other starts may work.
    param([object] $Pass)
    # There is none where another start held it in the round before.
    if ($null -ne $Pass.lock) { $Pass.lock.Dispose() }
    $Pass.lock = $null
    Write-Line ''
    Write-Line $script:StayText
    Show-ConsoleWindow $false
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $gone = 0
    while ($watch.ElapsedMilliseconds -lt $script:StayTime -and $gone -lt $script:GoneTime) {
        $said = Wait-StartEvent $Pass.id $script:LookTime
        if ($said -ceq 'end') { return $false }
        if ($said -ceq 'go') { Show-ConsoleWindow $true; return $true }
        if ($said -ceq 'gone') { $gone += $script:LookTime } else { $gone = 0 }
    }
    return $false
}

function Test-LookedAtOnce {
    # Whether a step needs no other look in this start: it is done, or a person has decided about it.
    param([object] $Result)
    return (@('ok', 'changed', 'not-applicable', 'skipped') -ccontains $Result.status)
}

function Test-SetBack {
    # Whether a setting that was as wanted in a round before is not any more.
    param([object] $Result, [object] $Pass)
    if ($Result.how -cne 'apply' -or @('ok', 'changed') -cnotcontains $Result.status) { return $false }
    $step = Get-PlanStep $Pass $Result.id
    return ($null -ne $step -and (Invoke-VerifyStep (Resolve-OwnValue $step) $Pass).status -ceq 'drift')
}

function Join-Round {
    # The results of two rounds, in the order of the first; of each step the last one counts.
    param([object[]] $First, [object[]] $Later)
    $last = @{}
    foreach ($result in @($First) + @($Later)) { $last[$result.id] = $result }
    foreach ($id in @(@($First) + @($Later) | ForEach-Object { $_.id } | Select-Object -Unique)) { $last[$id] }
}

function Resume-Round {
    # Where the elevated process of this very start has worked before and its window was closed, what it came to.
    param([object] $Pass)
    if (-not $Pass.stay) { return }
    $before = Read-RunResult $Pass
    if ($null -eq $before) { return }
    $Pass.steps = @($before.steps)
    $Pass.round = [int] (Get-Field $before 'round')
    $Pass.said[''] = @($before.next | Where-Object { @('password', 'left') -ccontains $_ })
}

# The side of the person

function Open-Start {
    # The user pass holds the events of its start. Without them each work for the machine has a question of its own.
    param([object] $Pass)
    $script:Start = New-Start
    if ($Pass.mode -cne 'Apply' -or $Pass.reportOnly) { return }
    try { Open-StartEvent $Pass.id $Pass.session.sid; $script:Start.events = $true } catch { $script:Start.events = $false }
    $machine = Read-RunResult $Pass
    if ($null -eq $machine) { return }
    $script:Start.process = [int] (Get-Field $machine 'process')
    $script:Start.news = $false
}

function Close-Start {
    # The start is over.
    if ($null -eq $script:Start -or -not $script:Start.events) { return }
    $script:Start.events = $false
    try { Send-StartEvent 'end'; Close-StartEvent } catch { return }
}

function Add-News {
    # The person has done something: the machine's work may have become possible.
    if ($null -ne $script:Start) { $script:Start.news = $true }
}

function Test-MachineWork {
    # Whether the machine has something to do that has become possible. Step: what stands next in the visit; without one, all is
    # done, and what is only looked at counts as well.
    param([object] $Pass, [object] $Step = $null)
    # Once OqsComApp signs out for one of the staff, it waits until it is back.
    if ($Pass.uacDeclined -or $Pass.person -or $Pass.session.role -ceq 'staff' -or -not (Get-Field $script:Start 'news')) { return $false }
    $own = Read-RunResult $Pass
    # In a start whose machine pass did not run there is nobody to hand over to, but from the copy.
    if ($null -eq $own -and -not (Test-InCopy $Pass)) { return $false }
    if ($null -eq $Step) { Update-SeenResult $Pass }
    $known = @{}
    $results = @(Read-MachineStep $Pass)
    foreach ($result in $results) { $known[$result.id] = $result }
    $itself = @(Get-NextDayStep $Pass)
    if ($null -eq $script:Start.order) { $script:Start.order = @(Select-VisitOrder @($Pass.plan.steps) $Pass) }
    foreach ($one in $script:Start.order) {
        if ($null -ne $Step -and $one.id -ceq $Step.id -and $one.scope -ceq $Step.scope) { return $false }
        if ($one.scope -cne 'machine' -or (Test-StepKnown $known[$one.id] ($null -ne $own))) { continue }
        if ($null -eq $Step -and $script:Start.same.ContainsKey($one.id)) { continue }
        if ($null -ne $Step -and ($one.how -cne 'apply' -or (Get-Kind $one.kind).waitsForPerson)) { continue }
        # Nobody can see it today.
        if ($itself -ccontains $one.id -and (Get-Field $known[$one.id] 'status') -ceq 'unknown') { continue }
        if (Test-Possible $one $Pass) { return $true }
    }
    return $false
}

function Update-SeenResult {
    # In a start without an elevated process: what only looks and needs no administrator is seen by this pass itself. What it finds
    # neither as wanted nor as an administrator did, one has to look at.
    param([object] $Pass)
    $last = Get-LastResult $Pass
    if ($null -eq $last -or $null -ne (Read-RunResult $Pass)) { return }
    $seen = @(foreach ($step in $Pass.plan.steps) {
            if ($step.scope -cne 'machine' -or $step.how -cne 'verify' -or -not (Get-Kind $step.kind).anyoneSees) { continue }
            $result = @($last.steps | Where-Object { $_.id -ceq $step.id })[0]
            if ($null -eq $result -or (Test-StepKnown $result $false)) { continue }
            $found = Invoke-VerifyStep (Resolve-OwnValue $step) $Pass
            if (@('ok', 'not-applicable') -ccontains $found.status) { Write-StepLine $found; $found }
            elseif ($found.status -cne 'failed' -and $found.status -ceq $result.status) { $script:Start.same[$step.id] = $true }
        })
    if ($seen.Length -eq 0) { return }
    $last.steps = @(Join-Round $last.steps $seen)
    Complete-LastResult $last
}

function Test-StepKnown {
    # Whether a machine step needs no look now. Own: its result is one of this start.
    param([object] $Result, [bool] $Own)
    if ($null -eq $Result) { return $false }
    if (-not $Own -and $Result.status -ceq 'skipped') { return $false }
    return ($Result.status -ceq 'restart' -or (Test-LookedAtOnce $Result))
}

function Test-Possible {
    # Whether a machine step waits for nothing that the person has still to do.
    param([object] $Step, [object] $Pass)
    $after = @(Get-Field $Step 'after' | ForEach-Object { $_ } | Where-Object { $_ })
    foreach ($id in $after) {
        $other = Get-PlanStep $Pass $id
        if ($null -eq $other -or -not (Test-DoneOrSaid $other $Pass)) { return $false }
    }
    $number = Get-StepNumber $Step
    return ($null -eq $number -or @(Get-PutOffLabel) -cnotcontains $number.label)
}

function Request-MachineWork {
    # Hands over to the elevated process, and waits for its answer: the machine's steps of this run; $null where the person goes on
    # without them.
    param([object] $Pass)
    $start = $script:Start
    $before = Get-Round $Pass
    Write-Line ''
    Write-Line 'PC 全体の設定を続けています。別の画面に質問が出たら、そちらで答えてください。'
    $told = Send-Go
    while ($true) {
        $why = '管理者の許可が得られませんでした。'
        if (-not $told) {
            $start.process = 0
            try { $start.process = Start-ElevatedPass ([IO.Path]::Combine($Pass.root, 'terminal.ps1')) $Pass.id }
            catch { $why = "管理者の画面を開けませんでした: $(Get-ErrorText $_)" }
        }
        if ($start.process -ne 0 -and (Wait-Answer $Pass $before)) {
            $start.news = $false
            $answer = Read-RunResult $Pass
            if ($answer.message) { Write-Line $answer.message }
            return @($answer.steps)
        }
        $told = $false
        if ($start.process -ne 0) { $why = '別の画面が、途中で閉じられました。' }
        if (-not (Read-OnceMore $why)) { $Pass.uacDeclined = $true; return $null }
    }
}

function Read-OnceMore {
    # Whether Windows is to ask again. Where nobody answers it does not.
    param([string] $Why)
    Write-Line $Why
    Write-Line '許可を求める画面が出たら「はい」を選びます（2 分たつと「いいえ」と同じになります）。'
    try {
        while ($true) {
            $key = ConvertTo-Key (Read-Answer 'Enter もう一度  s PC 全体の設定をせずに続ける: ')
            if ($key -ceq '') { return $true }
            if ($key -ceq 's') { return $false }
            Write-Line 'その答えはありません。'
        }
    }
    catch { if (Test-Unanswered $_) { return $false }; throw }
}

function Get-Round {
    # How often the elevated process of this start has answered.
    param([object] $Pass)
    return [int] (Get-Field (Read-RunResult $Pass) 'round')
}

function Send-Go {
    # Whether somebody has heard it.
    $start = $script:Start
    if ($start.process -eq 0 -or -not $start.events -or (Wait-ProcessEnd $start.process 0)) { return $false }
    for ($waited = 0; $waited -lt $script:TakeTime; $waited += 1000) {
        Send-StartEvent 'go'
        if (Wait-ProcessEnd $start.process 1000) { return $false }
        if (-not (Undo-StartEvent 'go')) { return $true }
    }
    return $false
}

function Wait-Answer {
    # Whether an answer has come before the process ended. One that was refused shows why until its window is closed.
    param([object] $Pass, [int] $Before)
    while (-not (Wait-ProcessEnd $script:Start.process 500)) {
        $result = Read-RunResult $Pass
        if ([int] (Get-Field $result 'round') -gt $Before -and @(1, 2, 3) -notcontains $result.exit) { return $true }
    }
    return ((Get-Round $Pass) -gt $Before)
}

function Get-LastResult {
    # In a start from the copy: what the machine's last result said, with what a restart has brought since; $null where there is
    # none, or where it was undone.
    param([object] $Pass)
    if ($Pass.scope -cne 'user' -or $Pass.mode -cne 'Apply' -or $Pass.reportOnly) { return $null }
    if ($null -eq $script:Start -or -not (Test-InCopy $Pass)) { return $null }
    if ($script:Start.last -is [string]) {
        $script:Start.last = Find-MachineResult $Pass
        if ($null -ne $script:Start.last) { Update-LastResult $Pass $script:Start.last }
    }
    return $script:Start.last
}

function Update-LastResult {
    # Says of a result what it would say now.
    param([object] $Pass, [object] $Result)
    $boot = [string] (Get-Field $Result 'boot')
    $Result.next = @($Result.next | Where-Object { $_ -cne 'sign-in' -or $Pass.session.role -cne 'account' })
    foreach ($step in @($Result.steps)) {
        if ($step.status -ceq 'changed') { $step.status = 'ok' }
        if ($step.status -ceq 'restart' -and $boot -and $boot -cne $Pass.boot) {
            $step.status = 'ok'
            $step.message = '設定した後に、Windows を再起動しました。'
        }
    }
    Complete-LastResult $Result
}

function Complete-LastResult {
    # What follows from the steps of a result: what comes next, and the code.
    param([object] $Result)
    $next = @($Result.next | Where-Object { $_ -ceq 'sign-in' })
    foreach ($step in @($Result.steps)) {
        if ($step.status -ceq 'restart') { $next += (Get-Kind $step.kind).next }
        elseif ($step.status -ceq 'skipped') { $next += @($Result.next | Where-Object { @('password', 'left') -ccontains $_ }) }
        elseif (@('unknown', 'manual') -ccontains $step.status -and $step.how -ceq 'apply') { $next += 'again' }
    }
    $Result.next = @($next | Select-Object -Unique)
    $Result.log = @()
    $Result.exit = 0
    if ($Result.next.Length -gt 0) { $Result.exit = 5 }
    if (@(Find-WrongResult $Result).Length -gt 0) { $Result.exit = 6 }
}

function Join-LastCode {
    # The code of a user pass that is all that ran: with what is known of the machine.
    param([object] $Pass, [int] $Code)
    if ($null -ne (Read-RunResult $Pass)) { return $Code }
    $last = Get-LastResult $Pass
    if ($null -eq $last) { return $Code }
    return (Join-Code @($Code, [int] $last.exit))
}
