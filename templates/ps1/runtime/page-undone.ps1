# What the results page of an undoing says: what is not as before, what is still to come, what a person takes back, and what is left
# of it on this PC. On the screen all of it stands there; on the one A4 as much as has room, and how much more there is.

# Of lines: a heading with its space; what a text loses to the numbers and marks before it.
$script:ListHead = 2
$script:ListMark = 6
$script:PlaceLabel = '場所: '

function Get-UndoneSection {
    param([object] $Pass, [object] $Report)
    $room = $script:PageRoom - (Get-TextCount (@(Get-HeadText $Pass $Report) + (Get-WhoseText $Pass $Report) + (Get-TellText $Pass)))
    $lists = @(Get-UndoneList $Report)
    # Of each list a line at least is kept: an item's, or how many more there are.
    $room -= $lists.Length * ($script:ListHead + 1)
    foreach ($list in $lists) {
        $fit = Measure-Item $list.items ($room + 1)
        Get-ListSection $list $fit
        $used = [int] ($fit -lt $list.items.Length)
        for ($at = 0; $at -lt $fit; $at++) { $used += $list.items[$at].lines }
        $room -= $used - 1
    }
}

function Get-UndoneList {
    # The lists that have anything in them: title, whether their items are counted, and the items.
    param([object] $Report)
    $open = @($Report.open | Where-Object { $null -ne $_ })
    $lists = @(
        @{ title = '要確認の項目'; counted = $false; items = @(Find-WrongResult $Report | ForEach-Object { New-StepItem $_ }) }
        @{ title = 'まだ終わっていない項目'; counted = $false
            items = @($open | Where-Object { @('restart', 'unknown', 'skipped') -ccontains $_.status } | ForEach-Object { New-StepItem $_ })
        }
        @{ title = '人が行う項目'; counted = $false
            items = @($open | Where-Object { $_.status -ceq 'manual' } | ForEach-Object { New-StepItem $_ })
        }
        @{ title = 'この PC に残っているものと、その消し方'; counted = $true
            items = @($Report.remnants | Where-Object { $null -ne $_ } | ForEach-Object { New-RemnantItem $_ })
        }
    )
    $lists | Where-Object { $_.items.Length -gt 0 }
}

function New-ListItem {
    # Each of its texts begins a line of its own: a name with what is said behind it, a place, and what is done with it.
    param([string] $Name, [string] $Behind = '', [string] $Place = '', [string] $How = '')
    $item = [pscustomobject] @{ name = $Name; behind = $Behind; place = $Place; how = $How; lines = 0 }
    $where = ''
    if ($Place) { $where = "$script:PlaceLabel$Place" }
    foreach ($text in @("$Name$Behind", $where, $How) -cne '') { $item.lines += Get-LineCount $text ($script:PageWidth - $script:ListMark) }
    return $item
}

function New-StepItem {
    param([object] $Step)
    $message = ''
    if ($Step.message) { $message = " … $($Step.message)" }
    New-ListItem $Step.title -Behind $message
}

function New-RemnantItem {
    param([object] $Remnant)
    New-ListItem $Remnant.name -Place $Remnant.place -How $Remnant.how
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
    $tag = 'ul'
    if ($List.counted) { $tag = 'ol' }
    $lines = @(for ($at = 0; $at -lt $List.items.Length; $at++) { Get-ItemSection $List.items[$at] ($at -ge $Fit) })
    $rest = $List.items.Length - $Fit
    $more = ''
    if ($rest -gt 0) { $more = "<p class=`"printed`">$(ConvertTo-PageText $script:MoreOnScreen.Replace('#', [string] $rest))</p>`n" }
    return "<h2>$(ConvertTo-PageText $List.title)</h2>`n<$tag>`n$($lines -join "`n")`n</$tag>`n$more"
}

function Get-ItemSection {
    param([object] $Item, [bool] $Beyond)
    $class = ''
    if ($Beyond) { $class = ' class="beyond"' }
    $place = ''
    if ($Item.place) { $place = "<br>$(ConvertTo-PageText $script:PlaceLabel)<code>$(ConvertTo-PageText $Item.place)</code>" }
    $how = ''
    if ($Item.how) { $how = "<br>$(ConvertTo-PageText $Item.how)" }
    return "<li$class><strong>$(ConvertTo-PageText $Item.name)</strong>$(ConvertTo-PageText $Item.behind)$place$how</li>"
}
