# What `n` leads to: what the PC sees of the same number, in the order of the document, the first that is wrong, and what to do about
# it: the PC sets again what it sets itself; else a person does it, or has it recorded that it cannot be done, and calls somebody.

# Why a person cannot do a step: a closed list, so that no name and no password gets into results.
$script:Cause = [ordered] @{
    '1' = '画面や機器の表示が、説明と違う'; '2' = 'エラーが出る、反応しない'; '3' = '要る物、情報、人がない'; '4' = '原因が分からない'
}
$script:TroubleLabel = 30

function Resolve-Trouble {
    # What is answered about what cannot be done. Empty: once more; "s"; or the number of a cause.
    param([object] $Step, [object] $Pass)
    $mended = @()
    while ($true) {
        $looks = @(Get-TroubleLook $Step $Pass $mended)
        $mend = @($looks | Where-Object { Test-Mendable $_ $Pass })
        $body = @(Format-TroubleBody $Step $Pass $looks $mend)
        $claim = 'もう一度する'
        if ($mend.Length -gt 0) { $claim = '直す' }
        $whole = @(Format-WholeTrouble $Step $Pass $looks $mend)
        do {
            Show-Question (Get-TroubleTitle $Step) $body -Whole $whole
            $answer = Read-StepAnswer -Claim $claim -Typed 'r もう一度調べる  1～4 できなかったこととして残す' -Without 'n'
            $known = $script:Cause.Contains($answer) -or @('', 's', 'r') -contains $answer
            if (-not $known) { Write-Line 'その答えはありません。' }
        } until ($known)
        if ($answer -ceq '' -and $mend.Length -gt 0) { $mended += @(Invoke-Mending $mend $Pass) }
        elseif ($answer -ine 'r') { return $answer }
    }
}

function Get-TroubleTitle {
    # The number, as the sheet has it, and what it is about.
    param([object] $Step)
    $number = Get-StepNumber $Step
    if ($null -eq $number) { return "できない  $($Step.title)" }
    return "できない  $(Get-NumberPlace $number)  $($Step.title)"
}

function Select-TroubleStep {
    # Which of the steps of one question it is about that it cannot be done: the only one; of several of one number whose PC
    # looks at several things in the order of a document, the first. $null: whoever says so is asked which.
    param([object[]] $Steps, [object] $Pass)
    if ($Steps.Length -eq 1) { return $Steps[0] }
    $first = @(Select-GoodPath $Steps)[0]
    if ((Test-ManyNumber $Steps) -or @(Get-CheckList $first $Pass).Length -eq 0) { return $null }
    return $first
}

function Get-TroubleLook {
    # What the PC can look at, in the order in which it is to be looked at. Mended: ids of what was set again.
    #   title, step  its name there, and the plan's step
    #   result       what was found of it (Invoke-VerifyStep)
    #   remedy       what to do, where that is said for this order
    #   mended       it was set again, and is as wanted now
    param([object] $Step, [object] $Pass, [string[]] $Mended = @())
    $items = @(Get-TroubleCheck $Step $Pass)
    $seen = @{}
    foreach ($item in $items) {
        if ($seen.ContainsKey($item.step.id)) { continue }
        $seen[$item.step.id] = $true
        $result = Invoke-VerifyStep (Resolve-OwnValue $item.step) $Pass
        if ($result.status -ceq 'not-applicable') { continue }
        $good = @('ok', 'restart') -ccontains $result.status
        [pscustomobject] @{
            title = $item.title; step = $item.step; result = $result; remedy = $item.remedy
            mended = $good -and $Mended -ccontains $item.step.id
        }
    }
}

function Get-TroubleCheck {
    # What is looked at of a step's number: title, step, remedy. First what a kind names in the order of the document, then the rest
    # of what the PC sees of it.
    param([object] $Step, [object] $Pass)
    $lists = @(Get-CheckList $Step $Pass)
    foreach ($list in $lists) {
        foreach ($check in @(& (Get-Kind $list.kind).checks $list.target)) {
            $checked = Get-PlanStep $Pass $check.step
            if ($null -ne $checked) { [pscustomobject] @{ title = $check.title; step = $checked; remedy = $check.remedy } }
        }
    }
    foreach ($other in @(Get-SeenStep $Step $Pass | Where-Object { $lists -notcontains $_ })) {
        [pscustomobject] @{ title = $other.title; step = $other; remedy = '' }
    }
}

function Get-SeenStep {
    # The steps of a step's number that this person's PC sees by itself.
    param([object] $Step, [object] $Pass)
    $number = Get-StepNumber $Step
    if ($null -eq $number) { return }
    $Pass.plan.steps | Where-Object { $_.scope -ceq 'user' -and @($number.steps) -ccontains $_.id } |
        Where-Object { (Test-Checkable $_) -and $null -eq (Get-Kind $_.kind).conversation }
}

function Get-CheckList {
    # Those of them whose kind looks at several things in the order of a document (-Checks).
    param([object] $Step, [object] $Pass)
    Get-SeenStep $Step $Pass | Where-Object { $null -ne (Get-Kind $_.kind).checks }
}

function Test-Wrong {
    param([object] $Look)
    return (@('drift', 'failed') -ccontains $Look.result.status)
}

function Test-Fine {
    param([object] $Look)
    return (@('ok', 'restart') -ccontains $Look.result.status)
}

function Test-Mendable {
    # Whether the PC sets it again by itself: what it sets without asking, and what nothing overrules; for the machine, with a process
    # that may.
    param([object] $Look, [object] $Pass)
    $step = $Look.step
    $kind = Get-Kind $step.kind
    if ($Look.result.status -cne 'drift' -or $step.how -cne 'apply' -or $kind.waitsForPerson) { return $false }
    if ($null -ne $kind.secret -or $null -ne $kind.confirmText -or @($step.secrets).Length -gt 0) { return $false }
    if ($Pass.mode -cne 'Apply' -or (Get-LeftReason $step $Pass)) { return $false }
    if (@(Find-Overrule $step | Where-Object { -not $_.risk }).Length -gt 0) { return $false }
    if ($step.scope -cne 'machine') { return $true }
    return (-not $Pass.uacDeclined -and ($null -ne (Read-RunResult $Pass) -or (Test-InCopy $Pass)))
}

function Invoke-Mending {
    # Sets again what is not as wanted; ids of it.
    param([object[]] $Looks, [object] $Pass)
    foreach ($look in @($Looks | Where-Object { $_.step.scope -cne 'machine' })) {
        $result = Invoke-ApplyStep (Resolve-OwnValue $look.step) $Pass
        Write-StepLine $result
        $script:Turn.mended[$result.id] = $result
        if (@('ok', 'changed') -ccontains $result.status) { Add-AwaitedEntry $look.step $Pass }
    }
    if (@($Looks | Where-Object { $_.step.scope -ceq 'machine' }).Length -gt 0) { $null = Request-MachineWork $Pass }
    foreach ($look in $Looks) { $look.step.id }
}

function Format-TroubleBody {
    # What was looked at, a line each; the first that is wrong with its cause and its remedy; how not being able is recorded, and
    # whom to call.
    param([object] $Step, [object] $Pass, [object[]] $Looks, [object[]] $Mend)
    $end = @('', '  直らないときの番号') + @(Format-Cause) + @(Split-Text (Get-CallText $Pass))
    $more = @(Format-TroubleStep $Step $Pass)
    $found = @(Limit-Line @(Format-Remedy $Step $Pass $Looks $Mend) (9 - $more.Length)) + $more
    $room = (Get-ScreenRoom) - $end.Length - $found.Length - 2
    $rows = @(Format-Look $Looks ([math]::Max(1, $room)))
    $source = @(Get-CheckList $Step $Pass | ForEach-Object { Get-Field $_ 'source' } | ForEach-Object { $_ })
    $head = '  PC が調べました'
    if ($source.Length -gt 0) { $head = Limit-Text "$head（$($source[0]) の順）" ($script:ScreenWidth - 4) }
    if ($rows.Length -gt 0) { $rows = @($head) + $rows + '' }
    return $rows + $found + $end
}

function Format-WholeTrouble {
    # Of what was looked at and of the remedy all that a screen has no room for.
    param([object] $Step, [object] $Pass, [object[]] $Looks, [object[]] $Mend)
    foreach ($look in $Looks) { Split-Text "$($look.title)  $(Get-LookText $look)" '  ' '      ' }
    Format-Remedy $Step $Pass $Looks $Mend
    ''
}

function Format-Cause {
    # Two on a line.
    $texts = @(foreach ($number in $script:Cause.Keys) { "$number  $($script:Cause[$number])" })
    for ($at = 0; $at -lt $texts.Length; $at += 2) {
        $gap = ' ' * [math]::Max(2, 38 - (Get-TextWidth $texts[$at]))
        "    $($texts[$at])$gap$($texts[$at + 1])"
    }
}

function Format-Look {
    # Those that are wrong are there in any case, and of the others as many as there is room for.
    param([object[]] $Looks, [int] $Room)
    if ($Looks.Length -eq 0) { return }
    $shown = $Looks
    if ($Looks.Length -gt $Room) {
        # After those what is not there yet.
        $first = @(@($Looks | Where-Object { Test-Wrong $_ }) + @($Looks | Where-Object { -not (Test-Wrong $_) -and -not (Test-Fine $_) }) +
            @($Looks | Where-Object { Test-Fine $_ }) | Select-Object -First ([math]::Max(1, $Room - 1)))
        $shown = @($Looks | Where-Object { $first -contains $_ })
    }
    $widths = @($Looks | ForEach-Object { Get-TextWidth (ConvertTo-ScreenText $_.title) })
    $wide = [math]::Min($script:TroubleLabel, ($widths | Measure-Object -Maximum).Maximum)
    foreach ($look in $shown) {
        $title = Limit-Text (ConvertTo-ScreenText $look.title) $wide
        $gap = ' ' * ($wide - (Get-TextWidth $title) + 2)
        Limit-Text "    $title$gap$(ConvertTo-ScreenText (Get-LookText $look))" ($script:ScreenWidth - 4)
    }
    $more = $Looks.Length - $shown.Length
    if ($more -gt 0) { "    ほか $more 件（全文は ?）" }
}

function Get-LookText {
    # How it was found, in one line.
    param([object] $Look)
    $result = $Look.result
    if ($Look.mended) { return '○ 直しました' }
    switch ($result.status) {
        'ok' { return '○ 決められたとおり' }
        'restart' { return '△ 再起動すると有効になります' }
        'unknown' { return (Get-UnseenText $Look) }
        'manual' { return "－ $($result.message)" }
        'skipped' { return "－ $($result.message)" }
    }
    $differences = @(Get-ShownDifference $Look.step $result)
    if ($differences.Length -eq 0) { return "× $($result.message)" }
    return "× $(@($differences | ForEach-Object { "$($_.label): $($_.found)" }) -join '、')"
}

function Get-UnseenText {
    # What the PC cannot see: what a person looks for, where its kind leaves it to a person; else why.
    param([object] $Look)
    $values = @(Get-Field $Look.step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ -and $_.label -ceq $Look.title })
    if ((Get-Kind $Look.step.kind).personSees -and $values.Length -gt 0) { return "－ 人が見る: $($values[0].value)" }
    return "－ まだ調べられません: $($Look.result.message)"
}

function Get-FaultText {
    # The differences and what the kind says; the message where there are none.
    param([object] $Look)
    $differences = @(Get-ShownDifference $Look.step $Look.result)
    if ($differences.Length -eq 0) { return [string] $Look.result.message }
    $own = [string] (Get-Field $Look.result.found 'message')
    return (-join @($differences | ForEach-Object { "$($_.label): $($_.found)（あるべき値: $($_.wanted)）。" })) + $own
}

function Format-Remedy {
    # Of the first that is wrong; where none is, what the step itself says.
    param([object] $Step, [object] $Pass, [object[]] $Looks, [object[]] $Mend)
    $wrong = @($Looks | Where-Object { Test-Wrong $_ })
    $declared = Get-Field $Pass.plan 'kinds'
    if ($wrong.Length -eq 0) {
        foreach ($pair in @('見るもの', $Step.check), @('直し方', (Get-Field (Get-Field $declared $Step.kind) 'remedy')), @('', $Step.what)) {
            if ($pair[1]) { Split-Text "$($pair[0])  $($pair[1])".TrimStart() '  ' '    ' }
        }
        return
    }
    $first = $wrong[0]
    if ($Mend -contains $first) { $remedy = Get-MendText $first $Pass }
    elseif ($first.remedy) { $remedy = $first.remedy }
    else { $remedy = Get-RemedyText $first.step $Pass.plan (Get-Field $declared $first.step.kind) }
    Split-Text "原因    $($first.title): $(Get-FaultText $first)$(Get-SinceText $first $Pass)" '  ' '          '
    Split-Text "直し方  $remedy" '  ' '          '
}

function Get-TroubleStep {
    # What is for trouble of the numbers of some steps only, besides those steps.
    param([object[]] $Steps, [object] $Pass)
    $ids = @($Steps | ForEach-Object { Get-Field (Get-StepNumber $_) 'trouble' } | ForEach-Object { $_ } | Select-Object -Unique)
    foreach ($id in $ids) {
        $step = Get-PlanStep $Pass $id
        if ($null -ne $step -and @($Steps | ForEach-Object { Get-Field $_ 'id' }) -cnotcontains $id) { $step }
    }
}

function Format-TroubleStep {
    # A line each; the whole text stands behind another key.
    param([object] $Step, [object] $Pass)
    foreach ($more in @(Get-TroubleStep @($Step) $Pass)) {
        Limit-Text (ConvertTo-ScreenText "  $($more.title)（全文は ?）  $($more.what)") ($script:ScreenWidth - 4)
    }
}

function Get-MendText {
    param([object] $Look, [object] $Pass)
    $asks = ''
    if ($Look.step.scope -ceq 'machine' -and (Get-Field $script:Start 'process') -eq 0) { $asks = '（許可を求める画面が 1 回出ます）' }
    return "この画面が入れ直します$asks。その後、もう一度行ってください。"
}

function Get-SinceText {
    # When the PC saw it as wanted before: somebody or something has changed it since.
    param([object] $Look, [object] $Pass)
    if ($Look.step.scope -cne 'machine') { return '' }
    $machine = Read-MachineResult $Pass
    $before = @(Get-Field $machine 'steps' | ForEach-Object { $_ } | Where-Object { $null -ne $_ -and $_.id -ceq $Look.step.id })
    if ($before.Length -eq 0 -or @('ok', 'changed', 'restart') -cnotcontains $before[0].status) { return '' }
    $at = ConvertTo-DateText ([string] (Get-Field $machine 'finished'))
    if (-not $at) { return '' }
    return "（$at には決められたとおりでした）"
}

function Complete-UnableStep {
    # Of a step that a person says cannot be done; it is asked again at the next start.
    param([object] $Step, [object] $Pass, [string] $Number)
    $cause = $script:Cause[$Number]
    Add-JournalEntry $Pass.journal ([ordered] @{
            event = 'unable'; bundle = $Pass.bundle; step = $Step.id; of = (Get-Claim $Step $Pass); who = (Get-PassPerson); cause = $cause
        })
    return New-StepResult $Step -Status 'failed' -Message "作業した人が、できないと答えました（$cause）。"
}
