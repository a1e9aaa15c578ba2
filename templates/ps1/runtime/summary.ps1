# What the end of a pass shows, on one screen: what it came to, what is left and whose it is, what can be used by now, and what
# comes next. Every step stands in the log.

# What stands below it: two or three lines of places of results, and the launcher's words between blank lines; or the screen that
# offers to sign out.
$script:SummaryBelow = 7
$script:SummaryBody = $script:ScreenBody + $script:ScreenBelow - $script:SummaryBelow
$script:SummaryLeave = 12
$script:SummaryMore = '結果の 1 枚'
$script:HeardText = '（△ 人が答えた。PC は見ていません）'

function Show-Summary {
    param([object] $Pass, [object] $Report, [object] $Machine)
    if (Test-StaffEnd $Pass) { Show-StaffEnd $Pass $Report; return }
    $Report = Join-DayReport $Pass $Report
    $situation = Get-Situation $Pass -Report $Report -Machine $Machine
    $leaves = Get-LeaveWay $Pass
    # The screen that offers the restart comes at once, and says it; for one of the staff it has been there.
    if ($Pass.person) { foreach ($line in @(Format-Brief $Pass $Report)) { Write-Line $line -Lines 0 }; return }
    if ($leaves -ceq 'restart' -and @('restart', 'wrong') -ccontains $situation) {
        $Pass.brief = @(Format-Brief $Pass $Report)
        foreach ($line in $Pass.brief) { Write-Line $line -Lines 0 }
        return
    }
    $below = $script:SummaryBelow
    if ($leaves) { $below = $script:SummaryLeave }
    Show-Screen (Get-SummaryTitle $Pass $situation) @(Format-Summary $Pass -Report $Report -Situation $situation) -Below $below
}

function Get-Situation {
    # What the screen is about; the first that is true:
    #   refused  the pass did not begin, or was broken by something else than the person
    #   wrong    something is not as wanted
    #   machine  the settings of the machine are made, and OqsComApp has still to sign in
    #   done     nothing is left for a person
    #   restart  Windows has to be restarted before the rest
    #   left     something is left for another time
    param([object] $Pass, [object] $Report, [object] $Machine)
    if (Test-Refused $Report) { return 'refused' }
    if ((Get-Outcome $Report) -ceq '要確認') { return 'wrong' }
    $made = @(Get-Field $Machine 'steps' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }).Length -gt 0
    if ($Pass.mode -ceq 'Apply' -and $Pass.session.role -ceq 'elsewhere' -and $made) { return 'machine' }
    if (-not (Test-WorkLeft $Pass $Report)) { return 'done' }
    if ($Report.next -ccontains 'restart' -and $Report.next -cnotcontains 'broken-off') { return 'restart' }
    return 'left'
}

function Get-SummaryTitle {
    param([object] $Pass, [string] $Situation)
    $verify = $Pass.mode -ceq 'Verify'
    switch ($Situation) {
        'refused' { return 'この回は、行えませんでした' }
        'wrong' { return '要確認の項目があります' }
        'machine' {
            if (Test-MachineLeft $Report) { return 'PC 全体の設定に、残りがあります' }
            return 'PC 全体の設定が終わりました'
        }
        'done' { if ($verify) { return '確認が終わりました' } else { return 'きょうの作業は終わりました' } }
        'restart' { return '再起動の後に続けます' }
        default { if ($verify) { return '確認が終わりました' } else { return '今日はここまで（残りがあります）' } }
    }
}

function Test-MachineLeft {
    # Whether the machine's work was left out in part.
    param([object] $Report)
    return (@($Report.steps | Where-Object { $_.scope -ceq 'machine' -and $_.status -ceq 'skipped' }).Length -gt 0)
}

function Format-Summary {
    # The body: what is wrong and what comes next are there in any case, and as much else as there is room for.
    param([object] $Pass, [object] $Report, [string] $Situation)
    $next = @(Format-Next @(Get-NextText $Pass $Report))
    if ($Report.next -ccontains 'broken-off') { return Format-BrokenOff $Pass $Report }
    $body = @("■ $(Get-Headline $Report)")
    if ($Situation -ceq 'refused') { return @($body + '' + (Limit-Line $next 8 $script:SummaryMore)) }
    $counts = @(Format-Count $Pass $Report)
    $body += $counts
    if ($Situation -ceq 'machine') {
        $body += @(Format-LineState $Pass.plan (Get-LineState $Pass.plan)) + @(Format-ShareReady $Report)
        # The screen that offers to sign out says the rest.
        if ((Get-LeaveWay $Pass) -and -not (Test-MachineLeft $Report)) { return $body }
        return @($body + @(Limit-Line $next 6 $script:SummaryMore))
    }
    $next = @(Limit-Line $next 4 $script:SummaryMore)
    $rest = @()
    if ($Situation -ceq 'done') { $rest = @(Format-Usable $Pass $Report) + @(Format-NextDay $Pass $Report) + @(Format-Ended $Pass) }
    $room = $script:SummaryBody - $body.Length - $next.Length - 1
    $body += @(Format-Warning $Report ([math]::Max(1, [math]::Min(4, $room - $rest.Length))))
    $room = $script:SummaryBody - $body.Length - $next.Length - 1
    # The numbers that are left say more than how many there are of them.
    if ($Situation -ceq 'left' -and @(Format-Left $Pass $Report 99).Length -gt $room) {
        $body = @($body | Where-Object { $counts -cnotcontains $_ })
        $room += $counts.Length
    }
    $wrong = @(Format-Wrong $Report $room)
    if ($wrong.Length -gt 0) { $body += $wrong }
    elseif ($Situation -cne 'done') { $body += @(Format-Left $Pass $Report $room) }
    else { $body += $rest }
    if ($Situation -ceq 'done') { $body += @(Format-Fact $Report ($script:SummaryBody - $body.Length - $next.Length - 1)) }
    return @($body + '' + $next)
}

function Format-Ended {
    # What opens by itself from now on, once the work of the day is done.
    param([object] $Pass)
    if ($Pass.mode -cne 'Apply' -or $Pass.session.role -cne 'account') { return }
    if (Test-ContinuationArmed $Pass) { return '  次のサインインで開くのは、翌日の確認だけです。' }
    return '  サインインしても、続きはもう自動では開きません。'
}

function Format-BrokenOff {
    # Of a person who wants no more today: what is left and whose it is, what can be used, and what was done so that nothing goes on.
    param([object] $Pass, [object] $Report)
    $wrong = (Get-Outcome $Report) -ceq '要確認'
    if ($wrong -or -not (Test-Door (Get-IconPath))) { $texts = @(Get-NextText $Pass $Report) }
    else { $texts = @("続きは、デスクトップの「$script:IconName」から。済んだものは聞かれません。") }
    $texts += "$(-join $Pass.did)次のサインインで続きは開きません。"
    $end = @(Limit-Line @(Format-Next $texts) 5 $script:SummaryMore)
    $room = $script:SummaryBody - 1 - $end.Length
    $left = @(Format-Wrong $Report $room)
    if (-not $wrong) { $left = @(Format-Left $Pass $Report $room) }
    return @("■ $(Get-Headline $Report)") + $left + $end
}

function Format-Fact {
    # Where there is room for all of it.
    param([object] $Report, [int] $Room)
    $lines = @(Get-FactText $Report | ForEach-Object { Split-Text $_ '  ' '      ' })
    if ($lines.Length -le $Room) { return $lines }
}

function Get-FactText {
    # What the kinds tell of what was found as wanted.
    param([object] $Report)
    foreach ($step in @($Report.steps | Where-Object { @('ok', 'changed') -ccontains $_.status -and $null -ne $_.found })) {
        $block = (Get-Kind $step.kind).fact
        if ($null -ne $block) { [string] (& $block $step.found) }
    }
}

function Format-Wrong {
    # What is not as wanted, in so many lines: of each the beginning.
    param([object] $Report, [int] $Room)
    $wrong = @(Find-WrongResult $Report)
    $lines = @()
    for ($at = 0; $at -lt $wrong.Length; $at++) {
        $more = @(Split-Short "× $($wrong[$at].title): $($wrong[$at].message)" '  ' '     ')
        $rest = $wrong.Length - $at - 1
        if ($lines.Length + $more.Length + [int] ($rest -gt 0) -gt $Room) { return $lines + "  × ほか $($rest + 1) 件（$script:SummaryMore）" }
        $lines += $more
    }
    return $lines
}

function Format-Brief {
    # Of what is not over yet.
    param([object] $Pass, [object] $Report)
    "■ $(Get-Headline $Report)"
    Format-Usable $Pass $Report
    Format-Wrong $Report 4
}

function Format-Warning {
    # What is as wanted and has to be taken care of all the same.
    param([object] $Report, [int] $Room)
    $found = @($Report.steps | Where-Object { $_.status -ceq 'ok' -and (Get-Field $_.found 'warning') })
    Limit-Line @($found | ForEach-Object { Split-Short "△ $($_.title): $($_.message)" '  ' '     ' }) $Room $script:SummaryMore
}

function Format-Count {
    # Settings, checks, and the numbers of the visit: how many, and what of them is done.
    param([object] $Pass, [object] $Report)
    $labels = [ordered] @{ apply = '設定'; verify = '確認' }
    $done = @{ apply = 'すべて決められた値です'; verify = '問題なし' }
    foreach ($how in $labels.Keys) {
        $steps = @($Report.steps | Where-Object { $_.how -ceq $how })
        if ($steps.Length -eq 0) { continue }
        $good = @($steps | Where-Object { @('ok', 'changed', 'not-applicable') -ccontains $_.status }).Length
        $wrong = @($steps | Where-Object { @('drift', 'failed') -ccontains $_.status }).Length
        $text = "$($done[$how])"
        if ($how -ceq 'verify' -or $good -lt $steps.Length) { $text = "問題なし $good" }
        $changed = @($steps | Where-Object { $_.status -ceq 'changed' }).Length
        if ($how -ceq 'apply' -and $Pass.mode -ceq 'Apply') { $text += "（変えた $changed）" }
        if ($wrong -gt 0) { $text += "、要確認 $wrong" }
        if ($good + $wrong -lt $steps.Length) { $text += "、残り $($steps.Length - $good - $wrong)" }
        "  $($labels[$how]) $($steps.Length) 件　$text"
    }
    $numbers = @(Get-VisitNumber)
    if ($numbers.Length -eq 0) { return }
    $left = @(Find-OpenNumber (Get-OpenId $Report) | ForEach-Object { Get-WholeLabel $_ })
    $done = @(Group-Number @($numbers | Where-Object { $left -cnotcontains (Get-WholeLabel $_) }))
    $by = ''
    if ($done.Length -gt 0 -and $Pass.session.role -ceq 'account') {
        $said = @($done | Where-Object { @($_.numbers | Where-Object { Test-SaidNumber $_ $Pass }).Length -gt 0 }).Length
        $by = "（PC が確かめた $($done.Length - $said)、人が答えた $said）"
    }
    "  作業 $(Get-VisitCount) 件　済み $($done.Length)$by"
}

function Test-SaidNumber {
    # Whether anything of a number that is done was said by a person, and not seen by the PC.
    param([object] $Number, [object] $Pass)
    foreach ($id in @(Get-NumberStepId $Number)) {
        $step = Get-PlanStep $Pass $id
        if ($null -eq $step -or $step.scope -cne 'user') { continue }
        $said = Get-StepConfirmation $step $Pass
        if ($null -eq $said -and (Get-Field $Number 'person')) { $said = Get-StepConfirmation (ConvertTo-PersonStep $step $Number) $Pass }
        if ($null -ne $said -and -not (Get-Field $said 'seen')) { return $true }
    }
    return $false
}

function Get-LeftNumber {
    # The numbers of the visit that have something open.
    param([object] $Report)
    return @(Find-OpenNumber (Get-OpenId $Report))
}

function Get-OpenId {
    # The steps that are left or wrong.
    param([object] $Report)
    @($Report.open) + @(Find-WrongResult $Report) | ForEach-Object { $_.id }
}

function Get-LooseStep {
    # What is left and belongs to no number of the visit.
    param([object] $Report)
    $of = @(Get-VisitNumber | ForEach-Object { $_.steps })
    # What is one of the staff's is told by their number, where that is open.
    $of += @(Find-OpenNumber (Get-OpenId $Report) | Where-Object { Get-Field $_ 'person' } | ForEach-Object { "person $($_.person)" })
    $Report.open | Where-Object { $null -ne $_ -and $of -cnotcontains $_.id }
}

function Format-ShareReady {
    # That other PCs may use the shared folders from now on, for whoever sets those up meanwhile.
    param([object] $Report)
    $shares = @($script:Pass.plan.steps | Where-Object { (Get-Field $_.target 'shares') -and (Get-Field $_.target 'account') })
    $ready = @($Report.steps | Where-Object { @('ok', 'changed') -ccontains $_.status } | ForEach-Object { $_.id })
    if ($shares.Length -eq 0 -or @($shares | Where-Object { $ready -cnotcontains $_.id }).Length -gt 0) { return }
    Split-Text '共有フォルダーはもう使えます。レセコンのベンダーに伝える値は、続きの画面の i です。'
}

function Get-LeftCount {
    # How much is left, as people count it: numbers of the visit, and what belongs to none.
    param([object] $Report)
    return @(Group-Number @(Get-LeftNumber $Report)).Length + @(Get-LooseStep $Report).Length
}

function Format-Left {
    # What is left, by number, and whose it is then; what reception can use by now; and what the next visit needs.
    param([object] $Pass, [object] $Report, [int] $Room)
    $numbers = @(Get-LeftNumber $Report)
    if ($numbers.Length -eq 0) { return }
    $usable = @(Format-Usable $Pass $Report)
    $bring = @(Format-Bring $Pass @($numbers | Where-Object { -not (Test-SaidAll $_ $Pass $Report) }))
    $lines = @(Group-Number $numbers | ForEach-Object { Format-LeftNumber $_ $Pass $Report })
    $lines += @(Get-LooseStep $Report | ForEach-Object {
            Split-Short "$($_.title): $($_.message)" '    ' '      '
        })
    $room = $Room - $usable.Length - $bring.Length - 1
    if ($lines.Length -gt $room) {
        $held = @($numbers | ForEach-Object { Get-HeldText $_ $Report } | ForEach-Object { Split-Short "△ $_" '  ' '     ' })
        $owners = @(Limit-Line @(Format-Owner $numbers $Pass $Report) ([math]::Max(1, $room - $held.Length)) $script:SummaryMore)
        $lines = $owners + @(Limit-Line $held ([math]::Max(0, $room - $owners.Length)) $script:SummaryMore)
    }
    "  次回 $(Get-MinuteText $numbers)"
    $lines
    $usable
    $bring
}

function Get-MinuteText {
    # How long numbers take.
    param([object[]] $Numbers)
    $hands = $wait = 0
    foreach ($number in $Numbers) {
        $hands += [int] (Get-Field $number 'minutes')
        $wait += [int] (Get-Field $number 'wait')
    }
    return "人 約 $hands 分、待ち 約 $wait 分"
}

function Format-LeftNumber {
    # With the reason, where all that a person does is done and the PC still sees something else.
    param([object] $Group, [object] $Pass, [object] $Report)
    $text = Limit-Text (ConvertTo-ScreenText "$($Group.label)  $($Group.title)") 44
    $owner = Join-Owner @($Group.numbers | ForEach-Object { Get-LeftOwner $_ $Pass $Report })
    "    $text$(' ' * (46 - (Get-TextWidth $text)))$owner"
    $why = @($Group.numbers | ForEach-Object { Get-LeftWhy $_ $Pass $Report } | Where-Object { $_ })[0]
    if ($why) { Split-Short $why '        ' '        ' }
}

function Format-Owner {
    # Whose they are, where there are many: the labels alone.
    param([object[]] $Numbers, [object] $Pass, [object] $Report)
    $labels = [ordered] @{}
    foreach ($number in $Numbers) { $labels[(Get-LeftOwner $number $Pass $Report)] += " $($number.label)" }
    foreach ($owner in $labels.Keys) { Split-Text "${owner}: 番号$($labels[$owner])" '    ' '      ' }
}

function Get-NumberOpen {
    # The results of a number's steps that are open or wrong.
    param([object] $Number, [object] $Report)
    $ids = @(Get-NumberStepId $Number)
    foreach ($result in @($Report.open) + @(Find-WrongResult $Report)) {
        if ($null -ne $result -and $ids -ccontains $result.id) { $result }
    }
}

function Test-SaidAll {
    # Whether what is open of a number is nothing but what the PC has to look at.
    param([object] $Number, [object] $Pass, [object] $Report)
    $open = @(Get-NumberOpen $Number $Report)
    foreach ($result in $open) { if ($result.how -cne 'verify') { return $false } }
    return ($open.Length -gt 0)
}

function Get-HeldText {
    # What of a number stays on purpose until somebody of the staff is done (Get-HeldResult); empty where nothing does.
    param([object] $Number, [object] $Report)
    foreach ($result in @(Get-NumberOpen $Number $Report)) {
        if ($result.how -ceq 'verify' -and $result.status -ceq 'manual') { return [string] $result.message }
    }
}

function Get-LeftWhy {
    # Why a number is open whose person has done their part, in the PC's words, or what stays on purpose; empty where the PC has not
    # looked at it since.
    param([object] $Number, [object] $Pass, [object] $Report)
    $held = [string] (Get-HeldText $Number $Report)
    if ($held) { return $held }
    if ((Get-Field $Number 'id') -ceq 'next-day' -or -not (Test-SaidAll $Number $Pass $Report)) { return '' }
    if ($Report.next -ccontains 'broken-off' -or $Report.next -ccontains 'uac') { return '' }
    return [string] @(Get-NumberOpen $Number $Report | ForEach-Object { $_.message } | Where-Object { $_ })[0]
}

function Get-LeftOwner {
    # Whose a number is that is left; what people have said to be done is nobody's but the PC's to look at.
    param([object] $Number, [object] $Pass, [object] $Report)
    if ((Get-Field $Number 'id') -ceq 'next-day' -or -not (Test-SaidAll $Number $Pass $Report)) { return (Get-OwnerText $Number) }
    if (Get-LeftWhy $Number $Pass $Report) { return '設置担当' }
    return '未確認（PC が見ます）'
}

function Get-OwnerText {
    # Who does a number that was put off.
    param([object] $Number)
    $owner = [string] (Get-Field $Number 'later')
    if ($owner) { return $owner }
    return '設置担当'
}

function Format-Usable {
    # What can be used by now, each with a sign.
    param([object] $Pass, [object] $Report)
    $uses = @(Find-Usable $Pass $Report)
    $texts = @($uses | ForEach-Object { "$($_.title) $($_.sign)" })
    if (@($uses | Where-Object { $_.sign -ceq '△' }).Length -gt 0) { $texts += $script:HeardText }
    if ($texts.Length -gt 0) { Split-Text "使えるもの  $($texts -join '   ')" '  ' '              ' }
}

function Get-PlanUse {
    # What reception can use once the plan is done: title, steps, person.
    param([object] $Pass)
    Get-Field $Pass.plan 'usable' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }
}

function Write-Usable {
    # Tells once what reception can use from now on, as far as this pass has come. Results: id → of this person's steps.
    param([object] $Pass, [hashtable] $Results)
    $untold = @(Get-PlanUse $Pass | Where-Object { $script:Turn.usable -cnotcontains $_.title })
    if ($untold.Length -eq 0) { return }
    $machine = @{}
    foreach ($step in @(Read-MachineStep $Pass)) { $machine[$step.id] = $step }
    $new = @($untold | Where-Object { Test-UsableNow $Pass $_ $Results $machine } | ForEach-Object { $_.title })
    if ($new.Length -eq 0) { return }
    $script:Turn.usable += $new
    $text = @($new | ForEach-Object { "$_ ○" }) -join '   '
    foreach ($line in @(Split-Text "いまから使えるもの  $text" '  ' '                      ')) { Write-Line $line }
}

function Test-Heard {
    # Whether of something that is one of the staff's nothing but a person's word tells that it is done.
    param([object] $Use, [object] $Pass)
    $person = [string] (Get-Field $Use 'person')
    if (-not $person -or $Pass.session.role -ceq 'staff' -or $null -eq $Pass.journal) { return $false }
    foreach ($id in @($Use.steps)) {
        $step = Get-PlanStep $Pass $id
        if ($null -ne $step -and @(Get-HeardPerson $step $Pass | ForEach-Object { $_.person }) -ccontains $person) { return $true }
    }
    return $false
}

function Test-UsableNow {
    # Whether all of it is done: by this person, by the machine's last result, or as whoever looks sees it now.
    param([object] $Pass, [object] $Use, [hashtable] $Results, [hashtable] $Machine)
    if (Test-Heard $Use $Pass) { return $false }
    $looks = @()
    foreach ($id in @($Use.steps)) {
        $known = $Results[$id]
        if ($null -eq $known) { $known = $Machine[$id] }
        if ($null -ne $known -and $known.status -cne 'drift' -and -not (Test-OpenStep $Pass $known)) { continue }
        $step = Get-PlanStep $Pass $id
        if ($null -eq $step -or -not (Get-Kind $step.kind).anyoneSees) { return $false }
        $looks += $step
    }
    return (@($looks | Where-Object { (Invoke-VerifyStep $_ $Pass).status -cne 'ok' }).Length -eq 0)
}

function Find-Usable {
    # title, and sign: whether nothing of it is open; of one of the staff, nor of what that person's result tells (Get-PersonRow).
    param([object] $Pass, [object] $Report)
    $open = @{}
    foreach ($step in $Report.steps) { if (@('ok', 'changed', 'not-applicable') -cnotcontains $step.status) { $open[$step.id] = $true } }
    foreach ($step in $Report.steps) { if ($open.ContainsKey($step.id) -and -not (Test-OpenStep $Pass $step)) { $open.Remove($step.id) } }
    foreach ($use in @(Get-PlanUse $Pass)) {
        $sign = '○'
        $person = [string] (Get-Field $use 'person')
        $lacks = @($use.steps | Where-Object { $open.ContainsKey($_) -and (-not $person -or (Test-PersonOpen $_ $person $Pass)) })
        if ($person) { $lacks += @($open.Keys | Where-Object { ($_ -split ' ', 2)[1] -ceq $person }) }
        if ($lacks.Length -gt 0) { $sign = '×' } elseif (Test-Heard $use $Pass) { $sign = '△' }
        [pscustomobject] @{ title = $use.title; sign = $sign }
    }
}

function Format-Bring {
    # What the next visit needs besides the engineer.
    param([object] $Pass, [object[]] $Numbers)
    $outside = @($Numbers | ForEach-Object { Get-Field $_ 'outside' } | ForEach-Object { $_ })
    $things = @($outside | Where-Object { $_ -and $_ -cne 'PC' } | Select-Object -Unique)
    if (@($Numbers | Where-Object { Get-Field $_ 'witness' }).Length -gt 0) { $things += '施設の方の立ち会い' }
    $things += "$($Pass.plan.account) のパスワード"
    Limit-Line @(Split-Text "次回に要る物  $($things -join '、')" '  ' '                ') 2 $script:SummaryMore
}

function Format-NextDay {
    # What the PC sees by itself another day.
    param([object] $Pass, [object] $Report)
    # Where it is armed, what comes next says so.
    if ($Pass.mode -cne 'Apply' -or @($Report.open).Length -eq 0 -or $Report.next -ccontains 'morning') { return }
    '', "  翌日の $(Get-LeftCount $Report) 件は、再起動の後に PC が自分で確かめます。"
    '  電源を切らないよう、施設の方に伝えてください。'
}
