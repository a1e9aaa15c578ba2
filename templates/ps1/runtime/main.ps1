# One pass: the checks, the steps, the results, the exit code.

# The pass that runs (New-Pass); $null before it.
$script:Pass = $null

function New-Pass {
    # One run of the script for one scope, handed to everything that is done in it:
    #   id           of the run: both passes of one double click have the same
    #   plan         what the bundle asks for
    #   bundle       its id
    #   root         its folder
    #   from         where it was brought, while it runs from the copy on this PC (Add-PassSource); else empty
    #   beside       the folder in which it was brought: installers are looked for and results are written there, too
    #   mode, scope  Apply, Verify or Rollback; machine or user
    #   reportOnly   nothing is looked at or done: the results of what was are put together
    #   uacDeclined  the person did not let the machine pass begin
    #   stay, round, said  of an elevated process that stays until its start ends (handover.ps1)
    #   started      when, as text (Get-TimeText)
    #   lock         the open lock file; with it the pass has its folders and may write results
    #   session      who is at work (Get-Session)
    #   boot         which start of Windows this is (Get-BootMark)
    #   journal      what was changed before (Read-Journal)
    #   others       journals of other people that were read (Read-PersonJournal)
    #   left, elsewhere  step id → why a person wants it left as it is, in an update; what of it another terminal has done
    #   kept         keys of what undoing leaves, since a person wants to keep it
    #   did, brief   what breaking off did besides; what the screen that offers the restart says of what is not over yet
    #   steps, next  the results, one a step (New-StepResult); what a person does next, in the words of Get-NextText
    #   refusal      why the pass did not begin or was ended (New-Refusal); else $null
    #   walk, goesBack  where the conversation is (New-Walk); the person who broke it off wants to go on after all
    #   leave, person  how Windows is left at its end (leave.ps1): restart, sign-out; for whom of the staff (person-turn.ps1); else empty
    #   continued, continues, morning  it was not opened by a person; after OqsComApp's first sign-in it will be
    #                (continuation.ps1); nor is anybody asked anything (morning.ps1)
    param([string] $Id, [object] $Plan, [string] $Root, [string] $Mode, [string] $Scope, [bool] $ReportOnly, [bool] $UacDeclined)
    return [pscustomobject] @{
        id = $Id; plan = $Plan; bundle = [string] $Plan.bundle.id
        root = $Root; from = ''; beside = ''
        mode = @('Apply', 'Verify', 'Rollback' | Where-Object { $_ -ieq $Mode })[0]
        scope = $Scope.ToLowerInvariant(); reportOnly = $ReportOnly; uacDeclined = $UacDeclined
        stay = $false; round = 0; said = @{}
        started = Get-TimeText; lock = $null; session = $null; journal = $null; boot = ''
        others = @{}; left = @{}; elsewhere = @{}; kept = @(); did = @(); brief = @(); steps = @()
        next = New-Object Collections.ArrayList
        refusal = $null; walk = $null; goesBack = $false; leave = ''; person = ''; continued = $false; continues = $false; morning = $false
    }
}

# The steps of the plan that was asked about last, by their ids, and the ids that others come after.
$script:PlanIndex = @{ steps = $null; byId = @{}; awaited = @{} }

function Get-PlanIndex {
    # Steps are asked for by their ids far more often than there are steps.
    param([object] $Pass)
    if ([object]::ReferenceEquals($script:PlanIndex.steps, $Pass.plan.steps)) { return $script:PlanIndex }
    $index = @{ steps = $Pass.plan.steps; byId = @{}; awaited = @{} }
    foreach ($step in $Pass.plan.steps) {
        if (-not $index.byId.ContainsKey($step.id)) { $index.byId[$step.id] = $step }
        foreach ($id in (Get-Field $step 'after')) { if ($null -ne $id) { $index.awaited[$id] = $true } }
    }
    $script:PlanIndex = $index
    return $index
}

function Get-PlanStep {
    # The step of that id; $null where the plan has none.
    param([object] $Pass, [string] $Id)
    return (Get-PlanIndex $Pass).byId[$Id]
}

function Invoke-Terminal {
    # The exit code of a pass: 0 as wanted, 2 refused, 3 bundle changed, 4 not this session, 5 to be continued, 6 drift or failed.
    param(
        [object] $Plan, [string] $Mode, [string] $Scope, [string] $Run, [string] $Root, [string] $From = '', [switch] $ReportOnly,
        [switch] $UacDeclined, [switch] $Continued, [switch] $Stay, [switch] $Morning
    )
    # No region's calendar or digits may show in what is written.
    [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::InvariantCulture
    if ($Run -ceq '') { $Run = [guid]::NewGuid().ToString() }
    if ($Morning) { $Mode = 'Verify' }
    $pass = New-Pass $Run $Plan $Root $Mode $Scope $ReportOnly $UacDeclined
    $pass.continued = [bool] $Continued; $pass.morning = [bool] $Morning
    Add-PassSource $pass $From
    $pass.stay = $Stay -and $pass.scope -ceq 'machine' -and $pass.mode -ceq 'Apply'
    $script:Pass = $pass
    $code = $null
    try {
        if (-not $Continued) { Write-Banner $pass }
        if ($pass.scope -ceq 'machine') { $code = Invoke-MachinePass $pass } else { $code = Invoke-UserPass $pass }
    }
    catch {
        Write-Line "思わぬ問題で中止しました: $(Get-ErrorText $_)"
        foreach ($line in ([string] $_.ScriptStackTrace -split "`r?`n")) { Write-Line $line }
        $code = 2
        if ($null -ne $pass.journal) { $code = 6 }
        $pass.refusal = New-Refusal $code "思わぬ問題で中止しました: $(Get-ErrorText $_)"
        try {
            if ($pass.scope -ceq 'machine' -and $null -ne $pass.lock) { Write-MachineResult $pass $code }
        }
        catch {
            Write-Line (Get-ErrorText $_)
        }
        if ($pass.scope -ceq 'machine') { $null = Read-ConsoleLine 'Enter キーを押すと閉じます' }
    }
    finally { Close-Pass $pass $code }
    if ($pass.leave) { Invoke-Leave $pass $pass.leave }
    return [int] $code
}

function Close-Pass {
    # Without a code the pass was broken off: Ctrl+C comes here, and nowhere else, and powershell.exe -File would end with 0
    # (https://github.com/PowerShell/PowerShell/issues/13523).
    param([object] $Pass, [object] $Code)
    Clear-Secret
    Restore-QuickEdit
    Close-Start
    $brokenOff = $null -eq $Code
    if ($brokenOff) { $Code = 1 }
    Write-PassEvent $Pass $Code
    if ($null -ne $Pass.lock) { $Pass.lock.Dispose() }
    if ($brokenOff) { Exit-OwnProcess 1 }
}

function Get-PassTitle {
    # What is done, and for whom.
    param([object] $Pass)
    $part = @{ machine = 'この PC 全体の設定'; user = 'サインインしている人の設定' }[$Pass.scope]
    if ($Pass.reportOnly) { $part = '結果のまとめ' }
    return "$(Get-ModeText $Pass.mode)（$part）"
}

function Write-Banner {
    param([object] $Pass)
    $facility = $Pass.plan.bundle.facility
    Write-Line "■ $(Get-PassTitle $Pass)  $($facility.name)  $($Pass.plan.bundle.terminal)"
    Write-Line "  一式の番号: $(Format-BundleId $Pass.bundle)（チェックリストと同じか見てください）"
}

function Invoke-MachinePass {
    param([object] $Pass)
    $refusal = Enter-MachinePass $Pass
    if ($null -eq $refusal) { $refusal = Confirm-Work $Pass }
    if ($null -ne $refusal) {
        $Pass.refusal = $refusal
        Write-Line ''
        Write-Line $refusal.message
        # Only where the folders were made and checked can a result be left for the other pass.
        if ($null -ne $Pass.lock) { Write-MachineResult $Pass $refusal.code }
        $null = Read-ConsoleLine 'Enter キーを押すと閉じます'
        return $refusal.code
    }
    if (-not $Pass.reportOnly) {
        # Before anything is asked: who has to phone about the line does so now.
        if ($Pass.mode -ceq 'Apply') { Write-LineState $Pass }
        Confirm-FirstSignIn $Pass
    }
    Resume-Round $Pass
    $code = Invoke-Round $Pass
    while ($Pass.stay -and (Wait-Go $Pass)) {
        $refusal = Enter-Round $Pass
        if ($null -eq $refusal) { $code = Invoke-Round $Pass; continue }
        Write-Line $refusal.message
        $Pass.round++
        $code = 5
        Write-MachineResult $Pass $code $refusal.message
    }
    return $code
}

function Invoke-Round {
    # The machine's work; its code. A later round of a start does what was left open before, and what is not as it was left.
    param([object] $Pass)
    $steps = @($Pass.plan.steps | Where-Object { $_.scope -ceq 'machine' })
    if ($Pass.reportOnly) { $Pass.steps = @(Get-LeftOutResult $Pass $steps) }
    elseif ($Pass.mode -ceq 'Rollback') { $Pass.steps = @(Invoke-Rollback $Pass) }
    else {
        $settled = @($Pass.steps | Where-Object { (Test-LookedAtOnce $_) -and -not (Test-SetBack $_ $Pass) } | ForEach-Object { $_.id })
        $Pass.steps = @(Join-Round $Pass.steps @(Invoke-StepList $Pass @($steps | Where-Object { $settled -cnotcontains $_.id })))
        $Pass.next.Clear()
        foreach ($text in @($Pass.said.Values | ForEach-Object { $_ })) { $null = $Pass.next.Add($text) }
    }
    $Pass.round++
    $code = Complete-Pass $Pass
    $undoes = $Pass.mode -ceq 'Rollback' -and -not $Pass.reportOnly
    if ($undoes -and -not (Test-InCopy $Pass)) { Remove-Copy $Pass }
    if (-not $Pass.reportOnly) { $Pass.continues = Register-FirstSignIn $Pass; Remove-OldCopy $Pass }
    Write-MachineResult $Pass $code
    # Whoever waits for that result goes on, to its end.
    if ($undoes -and (Test-InCopy $Pass)) { Remove-Copy $Pass }
    return $code
}

function Enter-Round {
    # Another round of the elevated process: as Enter-MachinePass, but for what is known by now.
    param([object] $Pass)
    $folder = Get-MachineFolder
    $Pass.lock = Open-LockFile ([IO.Path]::Combine($folder.journal, 'lock'))
    if ($null -eq $Pass.lock) { return New-Refusal 2 'oqsgen が別のところで動いているため、PC 全体の設定を続けられません。終わってから、もう一度開いてください。' }
    $journal = Read-Journal (Get-JournalPath 'Machine')
    Repair-Journal $journal
    $refusal = Get-JournalRefusal $journal $Pass.mode
    if ($null -ne $refusal) { return $refusal }
    $Pass.journal = $journal
    $Pass.session = Get-Session $Pass.plan
    $script:Session = $Pass.session
    $Pass.others = @{}
    return $null
}

function Confirm-Work {
    # What a person agrees to before anything is changed; a refusal, or $null where the pass may begin.
    param([object] $Pass)
    if ($Pass.reportOnly) { return $null }
    if ($Pass.mode -ceq 'Rollback') { return Confirm-Rollback $Pass }
    if ($Pass.mode -cne 'Apply' -or [string] (Get-Field $Pass.plan.bundle 'mode') -cne 'update') { return $null }
    return Confirm-Change $Pass @($Pass.plan.steps | Where-Object { $_.scope -ceq $Pass.scope })
}

function Enter-MachinePass {
    # Takes the lock, makes the folders and opens the journal; a refusal, or $null where the pass may begin.
    param([object] $Pass)
    $refusal = Get-PlaceRefusal $Pass.plan
    # A copy gets its siblings later: the wrong PC is told first, and nothing of it stays then.
    if ($null -eq $refusal -and $Pass.from -ceq '') { $refusal = Get-SiblingRefusal $Pass.plan $Pass.root }
    if ($null -eq $refusal) { $refusal = Get-CopyPlaceRefusal $Pass }
    if ($null -ne $refusal) { return $refusal }
    if (-not (Test-Elevated)) { return New-Refusal 2 '管理者として開かれていません。ランチャー（.cmd）をダブルクリックして開き、「はい」を押してください。' }
    $problem = Initialize-MachineFolder $true
    if ($problem) { return New-Refusal 2 $problem }
    $folder = Get-MachineFolder
    $path = [IO.Path]::Combine($folder.journal, 'lock')
    $sddl = $script:PrivateSddl.Replace('OICI', '')
    Initialize-File $path $sddl
    $lock = Open-LockFile $path
    if ($null -eq $lock) { return New-Refusal 2 'oqsgen が既に動いています。終わってから、もう一度開いてください。' }
    $Pass.lock = $lock
    Clear-Folder $folder.temp
    Initialize-Temp $folder.temp
    Disable-QuickEdit
    $refusal = Confirm-ComputerName $Pass
    if ($null -eq $refusal -and $Pass.from) { $refusal = Complete-Copy $Pass }
    if ($null -ne $refusal) { return $refusal }
    if ($Pass.from) { Save-Source $Pass }
    Update-Entry $Pass
    $path = Get-JournalPath 'Machine'
    $changes = $Pass.mode -cne 'Verify' -and -not $Pass.reportOnly
    if ($changes) { Initialize-File $path $sddl }
    $journal = Read-Journal $path
    if ($changes) { Repair-Journal $journal }
    $refusal = Get-JournalRefusal $journal $Pass.mode
    if ($null -ne $refusal) { return $refusal }
    $Pass.session = Get-Session $Pass.plan
    $script:Session = $Pass.session
    $Pass.boot = Get-BootMark
    $Pass.journal = $journal
    if ($changes) { Disable-Continuation $Pass }
    return $null
}

function Invoke-UserPass {
    param([object] $Pass)
    if ($Pass.continued -and -not (Enter-Continued $Pass)) { return 4 }
    $Pass.session = Get-Session $Pass.plan
    $script:Session = $Pass.session
    $refusal = Enter-UserPass $Pass
    if ($null -eq $refusal -and $Pass.continued) {
        # Whoever leaves the first screen finds the way back.
        Update-Icon $Pass $true
        if (-not (Confirm-Continued $Pass)) { return 4 }
    }
    if ($null -eq $refusal) { $refusal = Confirm-Work $Pass }
    if ($null -ne $refusal) {
        $Pass.refusal = $refusal
        Write-Line ''
        Write-Line $refusal.message
        # No report in the profile of somebody whose session this is not.
        if ($Pass.session.owner -cne $Pass.session.sid) { return $refusal.code }
        $steps = @($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' })
        $Pass.steps = @($steps | ForEach-Object { New-StepResult $_ -Status 'unknown' -Message $refusal.message })
        $code = $refusal.code
        if ($Pass.mode -ceq 'Rollback' -and $null -ne $Pass.lock) { Write-LastPass $Pass $code }
        Write-Report $Pass $code
        return $code
    }
    if ($Pass.mode -ceq 'Rollback') { return Invoke-UserRollback $Pass }
    if (-not $Pass.reportOnly) { Update-Icon $Pass $true }
    do { $code = Invoke-UserWork $Pass } while (Test-GoingBack $Pass)
    $way = Get-LeaveWay $Pass
    if ($way -and (Confirm-Leave $Pass $way)) { $Pass.leave = $way }
    return (Join-LastCode $Pass $code)
}

function Invoke-UserWork {
    # The person's steps and their results; the code.
    param([object] $Pass)
    $Pass.steps = @(Invoke-StepList $Pass @($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' }))
    $code = Complete-Pass $Pass
    if ($Pass.mode -ceq 'Apply' -and -not $Pass.reportOnly -and $Pass.session.role -ceq 'account' -and (Test-Through $Pass)) {
        Add-JournalEntry $Pass.journal ([ordered] @{ event = 'completed'; bundle = $Pass.bundle })
        Clear-SavedSecret
    }
    Write-Report $Pass $code
    return $code
}

function Test-GoingBack {
    # Whether a person who broke off goes on after all: nothing of that stays said.
    param([object] $Pass)
    if (-not $Pass.goesBack) { return $false }
    $Pass.goesBack = $false
    $Pass.did = @()
    $Pass.next.Clear()
    foreach ($text in $Pass.walk.next) { $null = $Pass.next.Add($text) }
    return $true
}

function Get-UserTemp {
    # What a person's own pass works in: emptied at each start.
    return [IO.Path]::Combine((Get-UserFolder), 'temp')
}

function Enter-UserPass {
    # As Enter-MachinePass, for the person whose session it is.
    param([object] $Pass)
    $refusal = Get-PersonRefusal $Pass.session
    if ($null -ne $refusal) { return $refusal }
    $refusal = Get-PlaceRefusal $Pass.plan
    if ($null -eq $refusal) { $refusal = Get-SiblingRefusal $Pass.plan $Pass.root }
    if ($null -ne $refusal) { return $refusal }
    $temp = Get-UserTemp
    Initialize-Folder $temp
    Initialize-Temp $temp
    Disable-QuickEdit
    $refusal = Confirm-ComputerName $Pass
    if ($null -ne $refusal) { return $refusal }
    $lock = Open-LockFile ([IO.Path]::Combine((Get-UserFolder), 'lock'))
    if ($null -eq $lock) { return New-Refusal 2 'oqsgen が既に動いています。終わってから、もう一度開いてください。' }
    $Pass.lock = $lock
    Clear-Folder $temp
    $journal = Read-Journal (Get-JournalPath 'User')
    $changes = $Pass.continued -or $Pass.morning -or ($Pass.mode -cne 'Verify' -and -not $Pass.reportOnly)
    if ($changes) { Repair-Journal $journal }
    $refusal = Get-JournalRefusal $journal $Pass.mode
    if ($null -ne $refusal) { return $refusal }
    $Pass.boot = Get-BootMark
    $Pass.journal = $journal
    if ($changes) { Disable-Continuation $Pass }
    if ($changes -and $Pass.mode -ceq 'Apply') { Import-SavedSecret }
    Open-Start $Pass
    return $null
}

function Invoke-UserRollback {
    # The first user pass undoes and remembers its results; the report after the machine pass shows both.
    param([object] $Pass)
    if ($Pass.reportOnly) {
        $last = Read-LastPass $Pass
        if ($null -eq $last) {
            $Pass.steps = @(Get-LeftOutResult $Pass @())
            # Nothing came of the pass before this one.
            $code = 1
        }
        else {
            $Pass.steps = @($last.steps)
            $Pass.started = [string] $last.started
            foreach ($text in @($last.next)) { $null = $Pass.next.Add($text) }
            $code = [int] $last.exit
            if ($last.message) { $Pass.refusal = New-Refusal $code ([string] $last.message) }
        }
        if ($Pass.uacDeclined -and $Pass.session.role -cne 'staff') {
            $null = $Pass.next.Add('uac')
            if (@(0, 4) -contains $code) { $code = 5 }
        }
        Write-Report $Pass $code
        return $code
    }
    Remove-PersonDoor
    $Pass.steps = @(Invoke-Rollback $Pass)
    Clear-SavedSecret
    $code = Complete-Pass $Pass
    Write-LastPass $Pass $code
    Write-Report $Pass $code
    return $code
}

function Get-LastPassPath { return [IO.Path]::Combine((Get-UserFolder), 'last-pass.json') }

function Write-LastPass {
    # What this pass came to, for the report after the machine pass.
    param([object] $Pass, [int] $Code)
    $message = ''
    if ($null -ne $Pass.refusal) { $message = $Pass.refusal.message }
    $value = [ordered] @{
        format = 1; run = $Pass.id; bundle = $Pass.bundle; started = $Pass.started; exit = $Code; message = $message
        next = @($Pass.next); steps = $Pass.steps
    }
    Write-FileText (Get-LastPassPath) ((ConvertTo-JsonText $value -Indent '  ') + "`n")
}

function Read-LastPass {
    param([object] $Pass)
    try { $last = ConvertFrom-Json (Read-PlainText (Get-LastPassPath) 32MB) } catch { return $null }
    if ((Get-Field $last 'run') -cne $Pass.id -or (Get-Field $last 'bundle') -cne $Pass.bundle) { return $null }
    return $last
}

function Invoke-StepList {
    # Verify or apply: one result a step.
    param([object] $Pass, [object[]] $Steps)
    $applies = $Pass.mode -ceq 'Apply' -and -not $Pass.reportOnly
    $machine = $Pass.scope -ceq 'machine'
    $Steps = @($Steps | ForEach-Object { Resolve-OwnValue $_ })
    # Not once more where the person goes on after all.
    $begins = $applies -and -not $machine -and $null -eq $Pass.walk
    if ($begins -and $null -eq (Read-MachineResult $Pass)) { Write-LineState $Pass }
    if ($applies -and -not $machine) { return Invoke-Sequence $Pass $Steps }
    $done = @{}
    if ($applies) {
        $Steps = @(Select-WorkingOrder $Steps)
        foreach ($result in @(Invoke-SecretStep $Pass $Steps)) { $done[$result.id] = $result }
    }
    Write-Line "  $($Steps.Length) 件を調べています。"
    $open = @($Steps | Where-Object { -not $done.ContainsKey($_.id) })
    foreach ($step in $open) { $done[$step.id] = Invoke-ListedStep $step $Pass $applies }
    foreach ($step in $Steps) { $done[$step.id] }
}

function Invoke-SecretStep {
    # What needs a password is done before everything else, as soon as that one is typed: if the power goes, it is not typed again.
    param([object] $Pass, [object[]] $Steps)
    $asked = @{}
    foreach ($step in $Steps) {
        $secrets = @(Find-ApplySecret @($step))
        if ($secrets.Length -eq 0) { continue }
        # One that was not typed for another step is not asked for again.
        Read-Secret @($secrets | Where-Object { -not $asked.ContainsKey((Get-SecretName $_)) })
        foreach ($secret in $secrets) { $asked[(Get-SecretName $secret)] = $true }
        Invoke-ListedStep $step $Pass $true
    }
}

function Invoke-ListedStep {
    # One of the steps that are gone through without a conversation.
    param([object] $Step, [object] $Pass, [bool] $Applies)
    $result = $null
    if ($Pass.scope -cne 'machine') { $result = Get-AwayResult $Step $Pass }
    $said = $Pass.next.Count
    if ($null -eq $result -and $Applies) { $result = Invoke-ApplyStep $Step $Pass }
    elseif ($null -eq $result) { $result = Get-StillLeft $Step (Get-HeldResult $Step (Invoke-VerifyStep $Step $Pass) $Pass) $Pass }
    $Pass.said[$Step.id] = @($Pass.next | Select-Object -Skip $said)
    Write-StepLine $result
    $result
}

function Add-AwaitedEntry {
    # Tells the machine pass that what one of its steps comes after is done, whoever has done it.
    param([object] $Step, [object] $Pass)
    $awaited = (Get-PlanIndex $Pass).awaited.ContainsKey($Step.id)
    if ($awaited -and -not (Test-DoneOrSaid $Step $Pass)) { Add-Confirmation -Step $Step.id -Of (Get-SeenMark $Step $Pass) }
}

function Select-WorkingOrder {
    # The machine's work: changes in the order of the plan, those that drop the line last, then everything that only looks.
    param([object[]] $Steps)
    $change = { $_.how -ceq 'apply' -and -not (Get-Kind $_.kind).waitsForPerson }
    $Steps | Where-Object { (& $change) -and -not (Get-Field $_ 'dropsNetwork') }
    $Steps | Where-Object { (& $change) -and (Get-Field $_ 'dropsNetwork') }
    $Steps | Where-Object { -not (& $change) }
}

function Invoke-Rollback {
    # Undoes what the journal says that we did, newest first, whichever bundle did it.
    param([object] $Pass)
    $items = @(Get-OpenTarget $Pass.journal)
    [array]::Reverse($items)
    Write-Line ''
    if ($items.Length -eq 0) { Write-Line '元に戻すものはありません。'; return }
    Read-Secret @(Find-UndoSecret $items $Pass.scope)
    foreach ($item in $items) {
        if (@(Get-Field $Pass 'kept' | ForEach-Object { $_ }) -ccontains $item.key) { $result = Get-KeptResult $item $Pass }
        else { $result = Invoke-UndoStep $item $Pass }
        Write-StepLine $result
        $result
    }
}

function Get-KeptResult {
    # Of what a person wants to keep.
    param([object] $Item, [object] $Pass)
    $null = $Pass.next.Add('again')
    return New-StepResult (ConvertTo-UndoStep $Item $Pass.scope) -Status 'manual' -Message '残すと答えたため、元に戻していません。'
}

function Get-LeftOutResult {
    # What a pass would have been about that only reports.
    param([object] $Pass, [object[]] $Steps)
    $message = '前の段階が行われなかったため、行いませんでした。'
    if ($Pass.mode -ceq 'Rollback') {
        foreach ($item in @(Get-OpenTarget $Pass.journal)) {
            New-StepResult (ConvertTo-UndoStep $item $Pass.scope) -Status 'skipped' -Found $null -Message $message
        }
    }
    else { foreach ($step in $Steps) { New-StepResult $step -Status 'skipped' -Found $null -Message $message } }
}

function Complete-Pass {
    # The code of a pass that ran; what a person does next is put into the pass.
    param([object] $Pass)
    $next = $Pass.next
    $status = @($Pass.steps | ForEach-Object { $_.status })
    $rollback = $Pass.mode -ceq 'Rollback'
    if ($Pass.scope -ceq 'user' -and $Pass.session.role -ceq 'elsewhere' -and -not ($rollback -and $Pass.steps.Count -gt 0)) {
        if ($Pass.uacDeclined) { $null = $next.Add('uac'); return 5 }
        # Apply: the machine pass has said whether steps of OqsComApp remain. Verify: the user steps were not looked at.
        if ($Pass.mode -ceq 'Verify') { $null = $next.Add('sign-in') }
        return 4
    }
    if ($Pass.uacDeclined -and $Pass.session.role -cne 'staff') { $null = $next.Add('uac') }
    if (-not $Pass.reportOnly) {
        if (Test-RestartPending $Pass.journal $Pass.boot) { $null = $next.Add('restart') }
        $signsOut = Test-FirstSignIn $Pass
        foreach ($result in $Pass.steps) {
            $kind = Get-Kind $result.kind
            if ($result.status -ceq 'restart' -and -not ($signsOut -and $kind.waitsForPerson)) { $null = $next.Add($kind.next) }
            if ($result.status -ceq 'restart') { continue }
            # Work that is left: what cannot even be looked at yet is not done yet.
            if ($result.status -ceq 'unknown' -and ($rollback -or $result.how -ceq 'apply')) { $null = $next.Add('again') }
        }
        if ($Pass.scope -ceq 'machine' -and $Pass.mode -ceq 'Apply' -and (Test-UserPassMissing $Pass)) { $null = $next.Add('sign-in') }
    }
    if ($status -ccontains 'drift' -or $status -ccontains 'failed') { return 6 }
    if ($next.Count -gt 0) { return 5 }
    return 0
}

function Test-Through {
    # Nothing is left for this person but what a restart or the machine pass will bring.
    param([object] $Pass)
    $open = @(Find-WrongResult $Pass)
    $left = @($Pass.next | Where-Object { @('again', 'password', 'later', 'broken-off') -ccontains $_ })
    return ($open.Length -eq 0 -and $left.Length -eq 0)
}

function Test-FirstSignIn {
    # Whether OqsComApp has yet to begin: a sign-out leads there, and nothing but what needs it asks for a restart before.
    param([object] $Pass)
    if ($Pass.scope -cne 'machine' -or $Pass.mode -cne 'Apply' -or -not (Test-UserPassMissing $Pass)) { return $false }
    $journal = Get-AccountJournal $Pass.session
    return ($null -eq $journal -or $journal.whole -eq 0)
}

function Test-UserPassMissing {
    # In OqsComApp's own session its pass follows at once; elsewhere it must have been there before.
    param([object] $Pass)
    if ($Pass.session.role -ceq 'account') { return $false }
    if (@($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' }).Count -eq 0) { return $false }
    return -not (Test-Completed (Get-Session $Pass.plan) $Pass.bundle)
}
