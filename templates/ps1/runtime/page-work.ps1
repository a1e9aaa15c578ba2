# What the results page says on its one A4: what can be used, what is not as wanted, what is left and whose it is, what to take
# care of, and what was looked at.

# Of what is not as wanted so many stand on the A4; the rest in the folded part.
$script:WrongMost = 6
# So many results of before are looked through for when it was as wanted.
$script:PastMost = 5
# Below them so many of what is left.
$script:LeftMost = 6

function Get-WorkSection {
    param([object] $Pass, [object] $Report)
    # Of a pass that was refused nothing was looked at.
    $looked = @(1, 2, 3) -notcontains $Report.exit
    if ($looked) { Get-UseSection $Pass $Report }
    Get-WrongSection $Pass $Report
    if (-not $looked) { return }
    Get-LeftSection $Pass $Report
    Get-CareSection $Pass $Report
    Get-CountSection $Pass $Report
}

function Get-UseSection {
    # What reception can use by now.
    param([object] $Pass, [object] $Report)
    $items = @(foreach ($use in @(Find-Usable $Pass $Report)) { "<li>$(ConvertTo-PageText "$($use.sign) $($use.title)")</li>" })
    if ($items.Length -eq 0) { return '' }
    return "<h2>いま使えること</h2>`n<ul class=`"use`">`n$($items -join "`n")`n</ul>`n"
}

function Get-WrongSection {
    # Each with what is wanted, what is there, why that may be, and what to do.
    param([object] $Pass, [object] $Report)
    $wrong = @($Report.steps | Where-Object { @('drift', 'failed') -ccontains $_.status })
    if ($wrong.Length -eq 0) { return '' }
    $past = @(Read-PastResult $Pass | Where-Object { (Get-Field $_ 'run') -cne $Pass.id } | Select-Object -First $script:PastMost)
    $rows = @(foreach ($result in @($wrong | Select-Object -First $script:WrongMost)) {
            Get-RowSection @(Get-Fault $Pass $result $past)
        })
    $more = ''
    $count = $wrong.Length - $rows.Length
    if ($count -gt 0) { $more = "<p>$(ConvertTo-PageText "ほか $count 件は、下の「くわしい結果」にあります。")</p>`n" }
    $head = '<tr><th>何が</th><th>決めた値</th><th>いまの値</th><th>考えられる原因</th><th>直し方</th></tr>'
    return "<h2>違っているもの</h2>`n<table>`n$head`n$($rows -join "`n")`n</table>`n$more"
}

function Get-Fault {
    # Of a step that is not as wanted: its title, wanted, found, why that may be, what to do. Past: results before.
    param([object] $Pass, [object] $Result, [object[]] $Past)
    $step = Get-PlanStep $Pass $Result.id
    $declared = Get-Field (Get-Field $Pass.plan 'kinds') $Result.kind
    $differences = @(Get-ShownDifference $step $Result)
    if ($differences.Length -eq 0) { return $Result.title, '', $Result.message, '', '' }
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

function Get-LeftSection {
    # By number: what, whose it is, and what it needs; what no number has, below them.
    param([object] $Pass, [object] $Report)
    $wrong = @($Report.steps | Where-Object { @('drift', 'failed') -ccontains $_.status } | ForEach-Object { $_.id })
    $open = @($Report.open | Where-Object { $null -ne $_ -and $wrong -cnotcontains $_.id } | ForEach-Object { $_.id })
    $numbers = @(Get-VisitNumber | Where-Object { @($_.steps | Where-Object { $open -ccontains $_ }).Length -gt 0 })
    $rows = @(foreach ($number in $numbers) {
            Get-RowSection @($number.label, $number.title, (Get-OwnerText $number), (Get-NeedText $number $numbers))
        })
    $loose = @(Get-LooseStep $Report | Where-Object { $open -ccontains $_.id })
    $rows += @(foreach ($step in $loose) { Get-RowSection @('', $step.title, '', $step.message) })
    $more = $rows.Length - $script:LeftMost
    if ($wrong.Length -gt 0 -and $more -gt 0) {
        $rest = @('', "ほか $more 件", '', '下の「くわしい結果」にあります。')
        $rows = @($rows | Select-Object -First $script:LeftMost) + (Get-RowSection $rest)
    }
    if ($rows.Length -eq 0) { return "<h2>残っていること</h2>`n<p>ありません。</p>`n" }
    $head = '<tr><th>番号</th><th>何を</th><th>だれが</th><th>いつ・要るもの</th></tr>'
    $again = ''
    $today = @($numbers | Where-Object { (Get-Field $_ 'id') -cne 'next-day' })
    if ($today.Length -gt 0) { $again = "<p>$(ConvertTo-PageText (Get-AgainText $Pass $today))</p>`n" }
    return "<h2>残っていること</h2>`n<table class=`"left`">`n$head`n$($rows -join "`n")`n</table>`n$again"
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

function Get-AgainText {
    # How long the next visit takes, and how it begins.
    param([object] $Pass, [object[]] $Numbers)
    $text = "次回　$(Get-MinuteText $Numbers)。$($Pass.plan.account) でサインインし、"
    if (Test-InCopy $Pass) { return "${text}デスクトップの「$script:IconName」を開きます。USB メモリーは要りません。" }
    if ((Get-Field $Pass.plan.bundle 'mode') -ceq 'audit') { return "${text}2_確認 を開きます。" }
    return "${text}1_適用 を開きます。"
}

function Get-CareSection {
    # What the kinds tell of what was found, what this terminal's settings ask of the clinic, and warnings.
    param([object] $Pass, [object] $Report)
    $texts = @(Get-FactText $Report) + @(Get-Field $Pass.plan 'care' | ForEach-Object { $_ } | Where-Object { $_ })
    $warned = @($Report.steps | Where-Object { $_.status -ceq 'ok' -and (Get-Field $_.found 'warning') })
    $texts += @($warned | ForEach-Object { "$($_.title): $($_.message)" })
    $items = @(foreach ($text in $texts) { "<li>$(ConvertTo-PageText $text)</li>" })
    if ($items.Length -eq 0) { return '' }
    return "<h2>気をつけること</h2>`n<ul>`n$($items -join "`n")`n</ul>`n"
}

function Get-CountSection {
    param([object] $Pass, [object] $Report)
    $lines = @(Format-Count $Pass $Report | ForEach-Object { $_.Trim() })
    if ($lines.Length -eq 0) { return '' }
    return "<h2>確かめたこと</h2>`n<p>$(ConvertTo-PageText ($lines -join '　／　'))</p>`n"
}
