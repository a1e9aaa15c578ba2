# What the results page says on its one A4: what can be used, what is not as wanted, what is left and whose it is, what to take
# care of, and what was looked at.

# Of what is not as wanted so many stand on the A4; the rest in the folded part.
$script:WrongMost = 6
# Lines of each, where there are many.
$script:WrongLines = 4
# So many results of before are looked through for when it was as wanted.
$script:PastMost = 5
# Below them at least so many of what is left.
$script:LeftMost = 6

function Get-WorkSection {
    param([object] $Pass, [object] $Report)
    # Of a pass that was refused nothing was looked at.
    if (Test-Refused $Report) { return (Get-WrongSection $Report @(Get-WrongRow $Pass $Report $script:PageRoom)) }
    $uses = @(Find-Usable $Pass $Report | ForEach-Object { "$($_.sign) $($_.title)" })
    if (@($uses | Where-Object { $_.StartsWith('△') }).Length -gt 0) { $uses += $script:HeardText }
    $left = @(Get-LeftRow $Pass $Report)
    $differs = @(Find-WrongResult $Report).Length -gt 0
    $texts = @(Get-HeadText $Pass $Report) + (Get-WhoseText $Pass $Report) + (Get-TellText $Pass)
    $room = $script:PageRoom - (Get-TextCount $texts) - [math]::Min($script:UseRoom, (Get-TextCount ($uses -join '　　')))
    $most = $script:CareRoom
    if (-not $differs) { $most = [math]::Max($most, $room - (Get-RowLine $left)) }
    $cares = @(Select-Text @(Get-CareText $Pass $Report) $most)
    $room = [int] [math]::Floor(($room - (Get-TextCount $cares)) * $script:TableLine)
    $wrong = @()
    if ($differs) {
        $room -= $script:WrongHead
        $wrong = @(Get-WrongRow $Pass $Report ($room - [math]::Min($left.Length, $script:LeftMost)))
        $room -= Get-RowLine $wrong
    }
    Get-UseSection $uses
    Get-WrongSection $Report $wrong
    Get-LeftSection $Pass $left $room
    Get-CareSection $cares
    Get-CountSection $Pass $Report
}

function Get-UseSection {
    # What reception can use by now.
    param([string[]] $Uses)
    $most = $script:UseRoom * $script:PageWidth
    $items = @()
    foreach ($use in $Uses) {
        $most -= (Get-TextWidth $use) + 4
        if ($most -lt 0) { break }
        $items += "<li>$(ConvertTo-PageText $use)</li>"
    }
    if ($items.Length -eq 0) { return '' }
    if ($items.Length -lt $Uses.Length) { $items += "<li>$(ConvertTo-PageText "ほか $($Uses.Length - $items.Length) 件")</li>" }
    return "<h2>いま使えること</h2>`n<ul class=`"use`">`n$($items -join "`n")`n</ul>`n"
}

function Get-WrongRow {
    # Each with what is wanted, what is there, why that may be, and what to do: those that have room.
    param([object] $Pass, [object] $Report, [int] $Room)
    $wrong = @(Find-WrongResult $Report | Select-Object -First $script:WrongMost)
    if ($wrong.Length -eq 0) { return }
    $past = @(Read-PastResult $Pass | Where-Object { (Get-Field $_ 'run') -cne $Pass.id } | Select-Object -First $script:PastMost)
    $each = [math]::Max($script:WrongLines, [math]::Floor($Room / $wrong.Length))
    $rows = @(foreach ($result in $wrong) {
            $cells = @(Get-Fault $Pass $result $past)
            $widths = $script:WrongWidth
            if ($cells.Length -eq 2) { $widths = $script:SaidWidth }
            New-Row $cells $widths $each
        })
    Select-Row $rows $Room @('') | Where-Object { $_.cells[0] }
}

function Get-WrongSection {
    param([object] $Report, [object[]] $Rows)
    if ($Rows.Length -eq 0) { return '' }
    $more = ''
    $count = @(Find-WrongResult $Report).Length - $Rows.Length
    if ($count -gt 0) { $more = "<p>$(ConvertTo-PageText $script:MoreFolded.Replace('#', [string] $count))</p>`n" }
    $lines = @(foreach ($row in $Rows) { if ($row.cells.Length -eq 2) { Get-SaidSection $row.cells } else { Get-RowSection $row.cells } })
    $head = '<tr><th>何が</th><th>決めた値</th><th>いまの値</th><th>考えられる原因</th><th>直し方</th></tr>'
    return "<h2>違っているもの</h2>`n<table class=`"wrong`">`n$head`n$($lines -join "`n")`n</table>`n$more"
}

function Get-Fault {
    # Of a step that is not as wanted: its title, wanted, found, why that may be, what to do; of one that could not be looked at,
    # its title and why. Past: results before.
    param([object] $Pass, [object] $Result, [object[]] $Past)
    $step = Get-PlanStep $Pass $Result.id
    $declared = Get-Field (Get-Field $Pass.plan 'kinds') $Result.kind
    $differences = @(Get-ShownDifference $step $Result)
    if ($differences.Length -eq 0) { return $Result.title, $Result.message }
    $wanted = @($differences | ForEach-Object { "$($_.label): $($_.wanted)" }) -join '、'
    $found = @($differences | ForEach-Object { "$($_.label): $($_.found)" }) -join '、'
    $cause = [string] (Get-Field $declared 'cause')
    if ($cause) { $cause += '。' }
    $remedy = [string] (Get-Field $Result.found 'message')
    if ($remedy -notmatch 'ください') { $remedy = Get-RemedyText $step $Pass.plan $declared }
    return $Result.title, $wanted, $found, "$cause$(Get-GoodText $Result $Past)", $remedy
}

function Get-GoodText {
    # When the PC saw it as wanted last, before this.
    param([object] $Result, [object[]] $Past)
    if ($Result.scope -cne 'machine') { return '' }
    $at = ConvertTo-DateText (Find-GoodTime $Past $Result.id)
    if (-not $at) { return '' }
    return "$at には決めた値でした。"
}

function Get-LeftRow {
    # By number: what, whose it is, and what it needs; what no number has, below them.
    param([object] $Pass, [object] $Report)
    $wrong = @(Find-WrongResult $Report | ForEach-Object { $_.id })
    $open = @($Report.open | Where-Object { $null -ne $_ -and $wrong -cnotcontains $_.id } | ForEach-Object { $_.id })
    $numbers = @(Find-OpenNumber $open)
    foreach ($group in @(Group-Number $numbers)) {
        $owner = Join-Owner @($group.numbers | ForEach-Object { Get-LeftOwner $_ $Pass $Report })
        $needs = @($group.numbers | ForEach-Object { (Get-LeftNeed $_ $numbers $Pass $Report) -split '、' } | Where-Object { $_ })
        $needs = @($needs | Select-Object -Unique)
        $row = New-Row @($group.label, $group.title, $owner, ($needs -join '、')) $script:LeftWidth
        [pscustomobject] @{ numbers = $group.numbers; cells = $row.cells; lines = $row.lines }
    }
    foreach ($step in @(Get-LooseStep $Report | Where-Object { $open -ccontains $_.id })) {
        $row = New-Row @('', $step.title, '', $step.message) $script:LeftWidth 2
        [pscustomobject] @{ numbers = @(); cells = $row.cells; lines = $row.lines }
    }
}

function Get-LeftSection {
    # So much of it as there is room for.
    param([object] $Pass, [object[]] $Rows, [int] $Room)
    if ($Rows.Length -eq 0) { return "<h2>残っていること</h2>`n<p>ありません。</p>`n" }
    $more = @('', $script:MoreText, '', '下の「くわしい結果」にあります。')
    $lines = @(foreach ($row in @(Select-Row $Rows $Room $more)) { Get-RowSection $row.cells })
    $head = '<tr><th>番号</th><th>何を</th><th>だれが</th><th>いつ・要るもの</th></tr>'
    $again = ''
    $today = @($Rows | ForEach-Object { $_.numbers } | Where-Object { (Get-Field $_ 'id') -cne 'next-day' })
    if ($today.Length -gt 0) { $again = "<p>$(ConvertTo-PageText (Get-AgainText $Pass $today))</p>`n" }
    return "<h2>残っていること</h2>`n<table class=`"left`">`n$head`n$($lines -join "`n")`n</table>`n$again"
}

function Get-SaidSection {
    # Of one that could not be looked at: title, and why.
    param([string[]] $Texts)
    return "<tr><td>$(ConvertTo-PageText $Texts[0])</td><td class=`"said`" colspan=`"4`">$(ConvertTo-PageText $Texts[1])</td></tr>"
}

function Get-RowSection {
    # A row of a table.
    param([string[]] $Texts)
    $cells = @(foreach ($text in $Texts) { "<td>$(ConvertTo-PageText $text)</td>" })
    return "<tr>$($cells -join '')</tr>"
}

function Get-NeedText {
    # What a number that is left waits for: other numbers, what somebody brings, and the PC itself the next day.
    param([object] $Number, [object[]] $Left)
    if ((Get-Field $Number 'id') -ceq 'next-day') { return '翌日、再起動の後に、この PC が自分で確かめます。電源を切らないでください。' }
    $needs = @(Get-Field $Number 'needs' | ForEach-Object { $_ })
    $after = @($Left | Where-Object { $needs -ccontains $_.label } | ForEach-Object { $_.label })
    $texts = @()
    if ($after.Length -gt 0) { $texts += "$($after -join '、') の後" }
    $texts += @(Get-Field $Number 'outside' | ForEach-Object { $_ } | Where-Object { $_ -and $_ -cne 'PC' })
    if (Get-Field $Number 'witness') { $texts += '施設の方の立ち会い' }
    return ($texts -join '、')
}

function Get-LeftNeed {
    # What a number that is left waits for: what stays on purpose; where its person has done their part, what the PC sees, in a line.
    param([object] $Number, [object[]] $Left, [object] $Pass, [object] $Report)
    $held = [string] (Get-HeldText $Number $Report)
    if ($held) { return $held }
    $why = Get-LeftWhy $Number $Pass $Report
    if ($why) { return (Limit-Text $why $script:LeftWidth[3]) }
    if ((Get-Field $Number 'id') -cne 'next-day' -and (Test-SaidAll $Number $Pass $Report)) { return '' }
    return (Get-NeedText $Number $Left)
}

function Get-AgainText {
    # How long the next visit takes, and how it begins.
    param([object] $Pass, [object[]] $Numbers)
    $text = "次回　$(Get-MinuteText $Numbers)。$($Pass.plan.account) でサインインし、"
    if (Test-InCopy $Pass) { return "${text}デスクトップの「$script:IconName」を開きます。USB メモリーは要りません。" }
    if ((Get-Field $Pass.plan.bundle 'mode') -ceq 'audit') { return "${text}2_確認 を開きます。" }
    return "${text}1_適用 を開きます。"
}

function Get-CareText {
    # What the kinds tell of what was found, what this terminal's settings ask of the clinic, and warnings.
    param([object] $Pass, [object] $Report)
    Get-FactText $Report
    @(Get-SettingCare $Pass $Report) -join '' | Where-Object { $_ }
    $warned = @($Report.steps | Where-Object { $_.status -ceq 'ok' -and (Get-Field $_.found 'warning') })
    $warned | ForEach-Object { "$($_.title): $($_.message)" }
}

function Get-CareSection {
    param([string[]] $Texts)
    $items = @(foreach ($text in $Texts) { "<li>$(ConvertTo-PageText $text)</li>" })
    if ($items.Length -eq 0) { return '' }
    return "<h2>気をつけること</h2>`n<ul>`n$($items -join "`n")`n</ul>`n"
}

function Get-SettingCare {
    # What the settings ask of the clinic; of what a setting makes so nothing while that is not as wanted.
    param([object] $Pass, [object] $Report)
    $good = @($Report.steps | Where-Object { @('ok', 'changed', 'restart') -ccontains $_.status } | ForEach-Object { $_.id })
    foreach ($care in @(Get-Field $Pass.plan 'care' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })) {
        $own = @($care.steps | Where-Object { $null -ne (Get-PlanStep $Pass $_) })
        if (@($own | Where-Object { $good -cnotcontains $_ }).Length -eq 0) { $care.text }
    }
}

function Get-CountSection {
    param([object] $Pass, [object] $Report)
    $lines = @(Format-Count $Pass $Report | ForEach-Object { $_.Trim() })
    if ($lines.Length -eq 0) { return '' }
    return "<h2>確かめたこと</h2>`n<p>$(ConvertTo-PageText ($lines -join '　／　'))</p>`n"
}
