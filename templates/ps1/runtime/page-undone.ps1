# What the results page of an undoing says: what is not as before, what is still to come, what a person takes back, and what is left
# of it on this PC. On the screen all of it stands there; on the one A4 as much as has room, and how much more there is.

# Of lines: a heading with its space; what a text loses to the numbers and marks before it.
$script:ListHead = 2
$script:ListMark = 6

function Get-UndoneSection {
    param([object] $Pass, [object] $Report)
    $room = $script:PageRoom - (Get-TextCount (@(Get-HeadText $Pass $Report) + (Get-WhoseText $Pass $Report) + (Get-TellText $Pass)))
    foreach ($list in @(Get-UndoneList $Report)) {
        $room -= $script:ListHead
        $fit = Measure-Item $list.items $room
        Get-ListSection $list $fit
        for ($at = 0; $at -lt $fit; $at++) { $room -= $list.items[$at].lines }
    }
}

function Get-UndoneList {
    # The lists that have anything in them: title, tag, and items with their lines and their text as HTML.
    param([object] $Report)
    $open = @($Report.open | Where-Object { $null -ne $_ })
    $lists = @(
        @{ title = '要確認の項目'; tag = 'ul'; items = @(Find-WrongResult $Report | ForEach-Object { New-StepItem $_ }) }
        @{ title = 'まだ終わっていない項目'; tag = 'ul'
            items = @($open | Where-Object { @('restart', 'unknown', 'skipped') -ccontains $_.status } | ForEach-Object { New-StepItem $_ })
        }
        @{ title = '人が行う項目'; tag = 'ul'; items = @($open | Where-Object { $_.status -ceq 'manual' } | ForEach-Object { New-StepItem $_ }) }
        @{ title = 'この PC に残っているものと、その消し方'; tag = 'ol'
            items = @($Report.remnants | Where-Object { $null -ne $_ } | ForEach-Object { New-RemnantItem $_ })
        }
    )
    $lists | Where-Object { $_.items.Length -gt 0 }
}

function New-ListItem {
    # An item of these texts, each in a line of its own, shown as HTML.
    param([string[]] $Texts, [string] $Html)
    $lines = 0
    foreach ($text in $Texts) { $lines += Get-LineCount $text ($script:PageWidth - $script:ListMark) }
    return [pscustomobject] @{ lines = $lines; html = $Html }
}

function New-StepItem {
    param([object] $Step)
    $message = ''
    if ($Step.message) { $message = " … $($Step.message)" }
    New-ListItem @("$($Step.title)$message") "<strong>$(ConvertTo-PageText $Step.title)</strong>$(ConvertTo-PageText $message)"
}

function New-RemnantItem {
    param([object] $Remnant)
    $texts = @($Remnant.name)
    $place = ''
    if ($Remnant.place) {
        $texts += "場所: $($Remnant.place)"
        $place = "<br>場所: <code>$(ConvertTo-PageText $Remnant.place)</code>"
    }
    New-ListItem ($texts + $Remnant.how) "<strong>$(ConvertTo-PageText $Remnant.name)</strong>$place<br>$(ConvertTo-PageText $Remnant.how)"
}

function Measure-Item {
    # How many of the items, from the first on, have room on the A4; a line is kept for how many more there are.
    param([object[]] $Items, [int] $Room)
    $used = 0
    for ($at = 0; $at -lt $Items.Length; $at++) {
        $used += $Items[$at].lines
        if ($used + [int] ($at + 1 -lt $Items.Length) -gt $Room) { return $at }
    }
    return $Items.Length
}

function Get-ListSection {
    # A list, of which the first Fit items are printed.
    param([object] $List, [int] $Fit)
    $items = @(for ($at = 0; $at -lt $List.items.Length; $at++) {
            $class = ''
            if ($at -ge $Fit) { $class = ' class="beyond"' }
            "<li$class>$($List.items[$at].html)</li>"
        })
    $rest = $List.items.Length - $Fit
    $more = ''
    if ($rest -gt 0) { $more = "<p class=`"printed`">$(ConvertTo-PageText $script:MoreOnScreen.Replace('#', [string] $rest))</p>`n" }
    return "<h2>$(ConvertTo-PageText $List.title)</h2>`n<$($List.tag)>`n$($items -join "`n")`n</$($List.tag)>`n$more"
}
