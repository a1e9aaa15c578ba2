# What is left behind: result.json for tools, result.html for the clinic, log.txt for the engineer.

function Write-MachineResult {
    # For the user pass of the same run, and for the launcher: the code of this pass counts.
    # Message: why this round did nothing.
    param([object] $Pass, [int] $Code, [string] $Message = '')
    if ($null -ne $Pass.refusal) { $Message = $Pass.refusal.message }
    $value = [ordered] @{
        format = 1; run = $Pass.id; bundle = $Pass.plan.bundle; computer = (Get-ComputerText); account = (Get-TokenName)
        mode = $Pass.mode; started = $Pass.started; finished = (Get-TimeText); exit = $Code; message = $Message
        round = $Pass.round; process = 0; boot = $Pass.boot
        next = @($Pass.next | Select-Object -Unique); steps = @($Pass.steps); log = @($script:Log); remnants = @()
        continues = $Pass.continues
    }
    if ($Pass.stay) { $value.process = Get-OwnProcessId }
    if ($Pass.mode -ceq 'Rollback') { $value.remnants = @(Get-MachineRemnant $Pass) }
    Write-TrustedJson "$($Pass.id).json" $value
    Remove-OldResult
}

function Read-MachineResult {
    # What is known of the machine: the machine pass of this run; in a start from the copy in which there was none, its last
    # result (handover.ps1). $null where nothing is known.
    param([object] $Pass)
    $value = Read-RunResult $Pass
    if ($null -ne $value) { return $value }
    return (Get-LastResult $Pass)
}

function Read-MachineStep {
    # The results of the machine's steps, as far as they are known.
    param([object] $Pass)
    Get-Field (Read-MachineResult $Pass) 'steps' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }
}

function Read-RunResult {
    # The machine pass of this very run, or $null.
    param([object] $Pass)
    if (Get-Field $Pass 'morning') { return Get-MorningMachine $Pass }
    $value = Read-TrustedJson "$($Pass.id).json"
    if ((Get-Field $value 'run') -cne $Pass.id -or (Get-Field (Get-Field $value 'bundle') 'id') -cne $Pass.bundle) { return $null }
    if ((Get-Field $value 'mode') -cne $Pass.mode) { return $null }
    return $value
}

function Join-Code {
    # One code for a run: the first that occurred of 3, 1, 2, 6, 5, and else 0; 4 only where both said so.
    param([int[]] $Codes)
    foreach ($code in 3, 1, 2, 6, 5) { if ($Codes -contains $code) { return $code } }
    if (@($Codes | Where-Object { $_ -ne 4 }).Count -eq 0) { return 4 }
    return 0
}

function Get-MachineStep {
    # The machine steps of this run, whatever became of its machine pass.
    param([object] $Pass, [object] $Machine)
    if ($null -ne $Machine -and @($Machine.steps).Count -gt 0) { return @($Machine.steps) }
    $status = 'unknown'
    $message = 'PC 全体の設定は、この回には調べられませんでした。'
    if ($Pass.uacDeclined) { $status = 'skipped'; $message = '「はい」が押されなかったため、PC 全体の設定は行いませんでした。' }
    elseif ($null -ne $Machine -and $Machine.message) { $message = [string] $Machine.message }
    elseif ($null -ne $Machine) { return }
    # What a rollback would have undone stands in a journal that only administrators can read.
    if ($Pass.mode -ceq 'Rollback' -and -not $Pass.reportOnly) { return }
    foreach ($step in @($Pass.plan.steps)) {
        if ($step.scope -ceq 'machine' -and ($Pass.mode -cne 'Rollback' -or $step.how -ceq 'apply')) {
            New-StepResult $step -Status $status -Found $null -Message $message
        }
    }
}

function Join-Step {
    # All steps of the run: in the order of the plan, or in the order in which they were undone.
    param([object] $Pass, [object[]] $MachineSteps)
    if ($Pass.mode -ceq 'Rollback') { return (@($Pass.steps) + @($MachineSteps)) }
    $byId = @{}
    foreach ($step in @($Pass.steps) + @($MachineSteps)) { $byId["$($step.scope) $($step.id)"] = $step }
    foreach ($step in @($Pass.plan.steps)) {
        $key = "$($step.scope) $($step.id)"
        if ($byId.ContainsKey($key)) { $byId[$key] }
    }
}

function Write-Report {
    # Joins both passes, says what comes next, and leaves the results in the profile and beside the bundle.
    param([object] $Pass, [int] $Code)
    $machine = Read-MachineResult $Pass
    $steps = @(Join-Step $Pass @(Get-MachineStep $Pass $machine))
    $codes = @($Code)
    $next = @($Pass.next)
    if ($null -ne $machine) { $codes += [int] $machine.exit; $next += @($machine.next) }
    # No result of the machine pass and no refusal of our own: it did not run.
    elseif ($Pass.reportOnly -and -not $Pass.uacDeclined -and $null -eq $Pass.refusal) { $codes += 1 }
    $report = [pscustomobject] @{
        exit = (Join-Code $codes); next = @($next | Select-Object -Unique); steps = @($steps); finished = (Get-TimeText)
        message = ''; remnants = @(); open = @($steps | Where-Object { Test-OpenStep $Pass $_ })
    }
    if ($null -ne $Pass.refusal) { $report.message = $Pass.refusal.message }
    elseif ($null -ne $machine) { $report.message = [string] $machine.message }
    if ($Pass.mode -ceq 'Rollback') { $report.remnants = @(Join-RunRemnant $Pass $machine) }
    Update-Icon $Pass (Test-WorkLeft $Pass $report)
    Enable-Morning $Pass $report
    Enable-MorningAgain $Pass $report
    # While a rollback still has its machine pass before it, there is nothing to sum up in the window.
    if ($Pass.mode -cne 'Rollback') { Show-Summary $Pass -Report $report -Machine $machine }
    elseif ($Pass.reportOnly -or $Pass.uacDeclined) { Write-Summary $Pass -Report $report -Machine $machine }
    $log = @()
    if ($null -ne $machine) { $log += @($machine.log | ForEach-Object { ConvertTo-ShownText $_ }) + @('') }
    $log += @($script:Log)
    $files = [ordered] @{
        'log.txt' = (@($log) -join "`r`n") + "`r`n"
        'result.html' = Get-ResultPage $Pass $report
        'result.json' = (ConvertTo-JsonText (Get-ResultJson $Pass $report) -Indent '  ') + "`n"
    }
    Write-ResultFile $Pass $report -Files $files
}

function Write-ResultFile {
    # Into the person's profile, and where the bundle was brought (stick.ps1): the pass's own, and the page of the day (day.ps1).
    param([object] $Pass, [object] $Report, [object] $Files)
    $stick = Get-StickFolder $Pass
    $sent = Send-Result $Pass $Files $stick
    $copied = Test-InCopy $Pass
    if ($copied -and -not $sent) { $Files['result.html'] = Add-AwayLine $Files['result.html'] }
    $folder = Get-ResultFolder $Pass
    $text = '結果を書けませんでした'
    if (Write-ResultTo $folder $Files) { $text = '結果' }
    $there = ''
    if ($sent) { $there = $stick }
    $page = Write-DayPage $Pass $Report -Page $Files['result.html'] -Stick $there
    $shown = @($page, $folder | Where-Object { $_ })[0]
    $icon = Update-PageIcon $Pass $Report $page
    # What is opened and has an icon needs no place.
    if ($text -cne '結果' -or -not $icon -or -not (Test-PageShown $Pass)) { Write-ResultLine "${text}: $(Get-ShownFolder $shown)" }
    if ($sent) { Write-ResultLine "結果: $([IO.Path]::Combine($stick, [IO.Path]::GetFileName($shown)))" }
    elseif ($copied) { Write-ResultLine '結果を USB に書けませんでした（抜かれたか、書き込めません）。この PC には残っています。' }
    elseif ($stick) { Write-ResultLine "結果を書けませんでした: $stick" }
    Request-End $Pass $Report -Files $Files -Sent $sent
    if ($page -and -not $Pass.goesBack -and (Test-PageShown $Pass)) { Show-ResultPage $Pass $Report $page $icon }
}

function Test-PageShown {
    # Whether the page opens for a person who reads it now. It lies there in any case.
    param([object] $Pass)
    if ($Pass.mode -ceq 'Rollback' -or $Pass.morning -or $null -ne $Pass.refusal -or (Get-LeaveWay $Pass)) { return $false }
    return (@('account', 'staff') -ccontains $Pass.session.role)
}

function Show-ResultPage {
    # Icon: whether that leads there on another day. What was opened for the clinic's signature says the same still.
    param([object] $Pass, [object] $Report, [string] $Page, [bool] $Icon)
    $said = '結果の 1 枚を開きました。'
    $shown = [string] (Get-Field $Pass.walk 'shown')
    if ($shown -and $shown -ceq (Get-Headline (Join-DayReport $Pass $Report))) { $said = '結果の 1 枚は、' }
    else { try { Open-Page $Page } catch { $said = '結果の 1 枚は、' } }
    if ($Icon) { Write-ResultLine "${said}デスクトップの「$script:PageName」です。" }
}

function Write-ResultLine {
    # Not for the log, which is one of the results.
    param([string] $Text)
    $shown = ConvertTo-ShownText $Text
    $lines = @($shown)
    if ((Get-TextWidth $shown) -gt $script:ScreenWidth) { $lines = @(Split-Text $shown '' '      ') }
    foreach ($line in $lines) { Write-ScreenLine $line }
}

function Get-ShownFolder {
    # A folder of results as a person finds it, short: what Explorer takes as well.
    param([string] $Folder)
    $own = [IO.Path]::GetDirectoryName((Get-UserFolder))
    if ($Folder.StartsWith($own, [StringComparison]::Ordinal)) { return '%LocalAppData%' + $Folder.Substring($own.Length) }
    return $Folder
}

function Write-ResultTo {
    # Whether the results could be written into a folder.
    param([string] $Folder, [object] $Files)
    try {
        Initialize-Folder $Folder
        foreach ($name in $Files.Keys) { Write-WholeText ([IO.Path]::Combine($Folder, $name)) $Files[$name] -Bom:($name -ceq 'log.txt') }
        return $true
    }
    catch { return $false }
}

function Write-WholeText {
    # A file as it was, or as it is to be, whenever this is ended.
    param([string] $Path, [string] $Text, [switch] $Bom)
    $new = "$Path.new"
    Write-FileText $new $Text -Bom:$Bom
    # A stick's file system may know no replacing: there the new one is whole before the old one goes.
    try { if ([IO.File]::Exists($Path)) { [IO.File]::Replace($new, $Path, [NullString]::Value, $true) } }
    catch { [IO.File]::Delete($Path) }
    if ([IO.File]::Exists($new)) { [IO.File]::Move($new, $Path) }
}

function Join-RunRemnant {
    # What stays on the PC, as both passes see it. Without a machine pass, what can be seen without being an administrator.
    param([object] $Pass, [object] $Machine)
    $steps = @(@($Pass.steps) + @(Get-Field $Machine 'steps' | ForEach-Object { $_ }) | Where-Object { $null -ne $_ })
    Get-StepRemnant $steps
    Get-PersonRemnant $Pass
    $found = @(Get-Field $Machine 'remnants' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    if ($found.Length -gt 0) { $found } else { Get-MachineRemnant $Pass }
}

function Get-ResultName {
    # Of the folder with the results of this pass.
    param([object] $Pass)
    return "$($Pass.started -replace '[-:]', '' -replace ' ', '-')_$($Pass.mode)_$($Pass.session.name -replace '[^0-9A-Za-z._-]', '_')"
}

function Get-ResultHome {
    # Of all results in the person's profile.
    return [IO.Path]::Combine((Get-UserFolder), 'results')
}

function Get-ResultFolder {
    # Of this pass.
    param([object] $Pass)
    return [IO.Path]::Combine((Get-ResultHome), (Get-ResultName $Pass))
}

function Get-ResultJson {
    param([object] $Pass, [object] $Report)
    $steps = @(foreach ($step in $Report.steps) {
            $entry = [ordered] @{
                id = $step.id
                kind = $step.kind
                scope = $step.scope
                status = $step.status
                wanted = $step.wanted
                found = $step.found
                message = $step.message
            }
            $done = Get-DoneMark $step $Pass
            if ($null -ne $done) { $entry['done'] = $done }
            $persons = @(Get-PersonMark $step $Pass)
            if ($persons.Length -gt 0) { $entry['persons'] = $persons }
            $entry
        })
    return [ordered] @{
        format = 1; run = $Pass.id; bundle = $Pass.plan.bundle; computer = (Get-ComputerText); account = $Pass.session.name
        mode = $Pass.mode; started = $Pass.started; finished = $Report.finished; exit = $Report.exit; steps = $steps
        numbers = @(Get-NumberJson $Pass $Report)
    }
}

function Get-NextText {
    # What to do now, one sentence each.
    param([object] $Pass, [object] $Report)
    $account = [string] $Pass.plan.account
    $door = Get-AgainDoor $Pass
    if ($Report.message) { $Report.message }
    if (Test-Refused $Report) {
        if (-not $Report.message) { 'PC 全体の設定が行われませんでした。画面の説明を読んで、もう一度開いてください。' }
        return
    }
    if ($Report.next -ccontains 'restart') { Get-LeaveNext $Pass 'restart' }
    if ($Report.next -ccontains 'person') { Get-LeaveNext $Pass 'sign-out' }
    if ($Report.next -ccontains 'uac') { '同じファイルをもう一度開き、「このアプリがデバイスに変更を加えることを許可しますか？」に「はい」と答えてください。' }
    if ($Report.next -ccontains 'sign-in') {
        if ($Pass.mode -ceq 'Verify') { "$account でサインインして開くと、残りも確かめられます。" }
        elseif ($null -ne (Get-AccountSid $account)) { Get-LeaveNext $Pass 'sign-out' }
    }
    if ($Report.next -ccontains 'morning') {
        "翌日の $(Get-LeftCount $Report) 件は、定刻に再起動した後のサインインで、この PC が自分で確かめます。" +
        '帰る前に、サインアウトします（画面のロックでは、再起動できないことがあります）。電源を切らないよう、施設の方に伝えてください。'
    }
    if ($Report.next -ccontains 'broken-off') { "中断しました。${door}をもう一度開くと、残りから進みます。済んだものは聞かれません。" }
    elseif ($Report.next -ccontains 'later') { "後日に残した作業があります。できるようになったら、${door}をもう一度開いてください。済んだものは聞かれません。" }
    if ($Report.next -ccontains 'later' -or $Report.next -ccontains 'broken-off') { Get-PersonText $Pass }
    if ($Report.next -ccontains 'left') { "直さないことにした項目があります。直すときは、${door}をもう一度開いてください。" }
    if ($Report.next -ccontains 'password') { "パスワードが要る項目が残っています。${door}をもう一度開き、パスワードを入力してください。" }
    if ($Report.next -ccontains 'again') { "まだ調べられない項目があります。必要なソフトの導入などを済ませてから、${door}をもう一度開いてください。" }
    if ($Report.exit -eq 6) { "要確認の項目があります。$(Get-CallText $Pass)" }
}

function Get-AgainDoor {
    # What is opened once more: in the copy the one way that the account has.
    param([object] $Pass)
    if (Test-InCopy $Pass) { return (Get-DoorText $Pass).TrimEnd() }
    return '同じファイル'
}

function Get-CallText {
    # Whom to call.
    param([object] $Pass)
    $vendor = Get-Field $Pass.plan.bundle 'vendor'
    if ($null -eq $vendor) { return '設定を担当した業者に連絡してください。' }
    $parts = @($vendor.company, $vendor.engineer, $vendor.phone | Where-Object { $_ })
    return "連絡先: $($parts -join '　')"
}

function Test-OpenStep {
    # Whether something is left about a step: it is neither as wanted nor said by a person to be done.
    param([object] $Pass, [object] $Result)
    if (@('ok', 'changed', 'not-applicable') -ccontains $Result.status) { return $false }
    if ($Result.status -cne 'manual' -or $Pass.mode -ceq 'Rollback' -or $null -eq $Pass.journal) { return $true }
    $step = Get-PlanStep $Pass $Result.id
    if ($null -eq $step -or $step.scope -cne $Result.scope) { return $true }
    return ($null -eq (Get-StepConfirmation $step $Pass))
}

function Find-WrongResult {
    # What is not as wanted, of a report or a pass.
    param([object] $Report)
    foreach ($result in $Report.steps) { if ($null -ne $result -and @('drift', 'failed') -ccontains $result.status) { $result } }
}

function Test-Refused {
    # Whether a run was refused or broken off before it saw anything.
    param([object] $Report)
    return (@(1, 2, 3) -contains $Report.exit)
}

function Get-Outcome {
    # What a run came to, in the one word that window, page and launcher have for it. The first that is true counts.
    param([object] $Report)
    $wrong = @(Find-WrongResult $Report)
    if (@(1, 2, 3, 6) -contains $Report.exit -or $wrong.Length -gt 0) { return '要確認' }
    if ($Report.exit -ne 0 -or @($Report.open).Length -gt 0) { return '残り' }
    return '問題なし'
}

function Get-Headline {
    # The outcome, and how much of it: steps that are not as wanted; or numbers of the visit, and what belongs to none.
    param([object] $Report)
    $outcome = Get-Outcome $Report
    $wrong = @(Find-WrongResult $Report).Length
    if ($outcome -ceq '要確認' -and $wrong -gt 0) { return "要確認 $wrong 件" }
    if ($outcome -cne '残り') { return $outcome }
    $count = Get-LeftCount $Report
    if ($count -eq 0) { return '残りがあります' }
    return "残り $count 件"
}

function Write-Summary {
    # Of an undoing, on one screen: what came of it and what stays. Every step, and where things are, stands in the log.
    param([object] $Pass, [object] $Report, [object] $Machine)
    if ($Pass.scope -ceq 'user' -and $null -ne $Machine -and @($Machine.steps).Count -gt 0) {
        Write-Line 'PC 全体の設定:' -Lines 0
        foreach ($step in @($Machine.steps)) { Write-StepLine $step -Logged }
    }
    Write-Remnant @($Report.remnants)
    $counts = @($Report.steps | Group-Object status | ForEach-Object { "$(Get-StatusText $_.Name) $($_.Count) 件" })
    $body = @("■ $(Get-Headline $Report)") + @(Split-Text ($counts -join '　'))
    $next = @(Limit-Line @(Format-Next @(Get-NextText $Pass $Report)) 4 $script:SummaryMore)
    $stays = @(Format-Remnant @($Report.remnants))
    # Of an undoing the launcher says more.
    $below = $script:SummaryBelow + 1
    $room = $script:ScreenBody + $script:ScreenBelow - $below - $body.Length - $next.Length - $stays.Length
    Show-Screen '元に戻した結果' ($body + @(Format-Wrong $Report $room) + $next + $stays) -Below $below
}
