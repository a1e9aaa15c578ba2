# What one question shows: at most 25 lines of 78 columns, in letters that code page 932 has. What is longer stands behind "?".

$script:ScreenWidth = 78
$script:ScreenHeight = 25
# Header, two rules, the line of keys, and the answer's own line.
$script:ScreenBody = 20
# Of what is to be done and to be seen, how many lines are tried, one after another (Format-StepBody).
$script:ScreenText = 99, 8, 6, 4, 3, 2, 1, 0, -1
# Lines that stand in the window since the last question, with what was typed there. Of what the launcher has said before us we
# know only how much it may be.
$script:Stands = 8
# Below a question: the keys, and what is typed.
$script:ScreenBelow = 2
# Not first in a line: it may stand two columns beyond the edge.
$script:Closers = '、。，．・：；？！）」』】〕｝ー々,.:;?!)]}'

# One column: ASCII, katakana in half width, and each half of a letter beyond the first 65,536.
$script:Narrow = New-Object Text.RegularExpressions.Regex('[\x00-\x7e\uff61-\uff9f\ud800-\udfff]')

$script:ScreenPage = [Text.Encoding]::GetEncoding(
    932, (New-Object Text.EncoderReplacementFallback '?'), (New-Object Text.DecoderReplacementFallback '?'))

function Get-TextWidth {
    # In columns. A letter whose width depends on the font counts two.
    param([string] $Text)
    return 2 * $Text.Length - $script:Narrow.Matches($Text).Count
}

function ConvertTo-ScreenText {
    # In letters that code page 932 has.
    param([string] $Text)
    $plain = (ConvertTo-ShownText $Text).Replace([char] 0x2013, '-').Replace([char] 0x2014, [char] 0x2015)
    $plain = $plain.Replace([char] 0x2212, '-').Replace([char] 0x301c, [char] 0xff5e).Replace([char] 0xa0, ' ')
    $page = $script:ScreenPage
    # 3013: what stands for a letter that a font lacks.
    if ($page.GetString($page.GetBytes($plain)) -cne $plain) {
        $plain = -join @(foreach ($letter in [Globalization.StringInfo]::GetTextElementEnumerator($plain)) {
                if ($page.GetString($page.GetBytes($letter)) -ceq $letter) { $letter } else { [string] [char] 0x3013 }
            })
    }
    return $plain
}

function Limit-Text {
    # The beginning of a text that is wider than so many columns.
    param([string] $Text, [int] $Width)
    if ((Get-TextWidth $Text) -le $Width) { return $Text }
    if ($Text.Length -gt $Width) { $Text = $Text.Substring(0, $Width) }
    while ((Get-TextWidth $Text) -gt $Width - 2) { $Text = $Text.Substring(0, $Text.Length - 1) }
    return "$Text…"
}

function Split-Text {
    # A text in lines of the screen, each with an indent; Hang: that of all but the first. A word in Latin letters stays whole.
    param([string] $Text, [string] $Indent = '  ', [string] $Hang = $Indent)
    $line = $Indent
    $room = $script:ScreenWidth - 4
    $used = $Indent.Length
    $shown = ConvertTo-ScreenText $Text
    if ($shown -match '^\S' -and $used + (Get-TextWidth $shown) -le $room) { return "$Indent$shown".TrimEnd() }
    foreach ($part in [regex]::Matches($shown, '[\x21-\x7e]+|[\s\S]')) {
        $word = $part.Value
        # As Get-TextWidth has it; a call for each letter would take most of the time.
        $width = $word.Length
        if ($width -eq 1 -and -not $script:Narrow.IsMatch($word)) { $width = 2 }
        while ($used + $width -gt $room -and -not ($script:Closers.Contains($word) -and $used + $width -le $room + 2)) {
            $fits = [math]::Max(1, $room - $used)
            if ($line.Trim() -ne '' -and $Hang.Length + $width -le $room) { $line.TrimEnd() }
            else { $line + $word.Substring(0, $fits); $word = $word.Substring($fits); $width = $word.Length }
            $line = $Hang
            $used = $Hang.Length
        }
        if ($line -ceq $Hang -and $word -match '^\s?$') { continue }
        $line += $word
        $used += $width
    }
    if ($line.Trim() -ne '') { $line.TrimEnd() }
}

function Split-Short {
    # The beginning of a text, in at most two lines.
    param([string] $Text, [string] $Indent, [string] $Hang)
    $lines = @(Split-Text $Text $Indent $Hang)
    if ($lines.Length -le 2) { return $lines }
    $lines[0]
    Limit-Text "$($lines[1])……" ($script:ScreenWidth - 2)
}

function Limit-Line {
    # So many of the lines; what is cut off stands where More says.
    param([string[]] $Lines, [int] $Count, [string] $More = '?')
    if ($Lines.Length -le $Count) { return $Lines }
    if ($Count -eq 1) { return Limit-Text "$($Lines[0])……" ($script:ScreenWidth - 2) }
    $Lines | Select-Object -First ([math]::Max(0, $Count - 1))
    if ($Count -gt 1) { "  …（続きは $More）" }
}

function Format-Screen {
    # The lines of a screen but for the keys: what it is and whose, or who says that it is done; between two rules what it says.
    param([string] $Title, [object] $Bundle, [string[]] $Body, [string] $Right = '')
    $rule = '-' * ($script:ScreenWidth - 2)
    $facility = Get-Field (Get-Field $Bundle 'facility') 'name'
    $terminal = [string] (Get-Field $Bundle 'terminal')
    $whose = @((Limit-Text (ConvertTo-ScreenText "$facility  $terminal") 34), $terminal)
    if ($Right) { $whose = @($Right, ($Right -replace '（.*）$')) }
    Format-Head (ConvertTo-ScreenText $Title) $whose (Get-UntilText (Get-Field $script:Pass 'plan'))
    $rule
    $Body
    $rule
}

function Format-Head {
    # The line of a title. Whose: what stands at its right, the longest first; until: the time, where there is room for it.
    param([string] $Title, [string[]] $Whose, [string] $Until)
    $right = $Whose[0]
    $left = Limit-Text $Title ($script:ScreenWidth - 4 - (Get-TextWidth $right))
    foreach ($one in @($Whose | Where-Object { $Until })) {
        $blank = $script:ScreenWidth - 4 - (Get-TextWidth "$Title$Until$one")
        if ($blank -ge 3) { $left, $right = "$Title$(' ' * $blank)$Until", $one; break }
    }
    return $left + ' ' * ($script:ScreenWidth - 2 - (Get-TextWidth "$left$right")) + $right
}

function Get-MinuteLeft {
    # Minutes until the clinic uses the PC; $null where the plan does not say it, or says another day.
    param([object] $Plan)
    $until = [string] (Get-Field (Get-Field $Plan 'visit') 'until')
    if ($until -cnotmatch '^(?:(\d{4}-\d{2}-\d{2}) )?(\d{1,2}):(\d{2})$') { return $null }
    $now = Get-LocalTime
    if ($Matches[1] -and $Matches[1] -cne $now.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)) { return $null }
    return 60 * [int] $Matches[2] + [int] $Matches[3] - 60 * $now.Hour - $now.Minute
}

function Get-UntilText {
    # What the title says of it: 使い始めまで 1:44.
    param([object] $Plan)
    $left = Get-MinuteLeft $Plan
    if ($null -eq $left) { return '' }
    if ($left -le 0) { return '使い始めを過ぎました' }
    return "使い始めまで $([math]::Floor($left / 60)):$(($left % 60).ToString('00'))"
}

function Format-Value {
    # The values that a person types or compares, their labels in one column where they fit; and what the PC sees of them.
    param([object] $Step, [hashtable] $Seen = @{})
    $pairs = @(Get-Field $Step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $wide = [int] ($pairs | ForEach-Object { Get-TextWidth $_.label } | Where-Object { $_ -le 30 } | Measure-Object -Maximum).Maximum
    foreach ($pair in $pairs) {
        $label = ConvertTo-ScreenText $pair.label
        $gap = ' ' * [math]::Max(0, $wide - (Get-TextWidth $label))
        $hang = ' ' * (6 + $wide)
        # Where the label is short, its blanks make a column.
        if ($gap) { $lines = @(Split-Text "$($pair.value)" $hang) } else { $lines = @(Split-Text "$label  $($pair.value)" '    ' $hang) }
        if ($gap) { $lines = @("    $label$gap  $(("$($lines[0])".TrimStart(' ')))") + @($lines | Select-Object -Skip 1) }
        $state = [string] $Seen[[string] $pair.value]
        $room = $script:ScreenWidth - 12 - (Get-TextWidth $lines[0])
        if ($state -and $room -gt 0) { $lines[0] += (' ' * $room) + $state }
        $lines
    }
}

function Split-Step {
    # The lines of all that a step asks for; without: its title where its values do not fit.
    param([object] $Step, [hashtable] $Seen = @{})
    $check = @()
    if ($Step.check) { $check = @(Split-Text "見るもの  $($Step.check)" '  ' '            ') }
    $title = "――― $($Step.title) ―――"
    $without = $title
    if (@(Get-Field $Step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }).Length -gt 0) { $without += '（値は ?）' }
    return @{
        title = @(Split-Text $title '' '    '); without = @(Split-Text $without '' '    '); what = @(Split-Text $Step.what)
        values = @(Format-Value $Step $Seen); check = $check
    }
}

function Format-StepBody {
    # What a step asks for (Split-Step). Text: how many lines of what is to be done, and of what is to be seen, one of which is
    # always there; below 0: only where there are no values. Values: whether they are shown.
    param([hashtable] $Lines, [int] $Text, [bool] $Values)
    $Lines.title
    if ($Text -gt 0) { Limit-Line $Lines.what $Text }
    if ($Values) { $Lines.values }
    if ($Lines.check.Length -gt 0 -and ($Text -ge 0 -or $Lines.values.Length -eq 0)) { Limit-Line $Lines.check ([math]::Max(1, $Text)) }
}

function Format-QuestionBody {
    # What the steps of one question ask for, below what their number begins with.
    param([object[]] $Steps, [int] $Room = (Get-ScreenRoom), [hashtable] $Seen = @{})
    $start = @(Split-Text ([string] (Get-Field (Get-StepNumber $Steps[0]) 'start')))
    $start
    Format-StepsBody $Steps ($Room - $start.Length) $Seen
}

function Format-StepsBody {
    # As much of some steps as so many lines hold: values before words, and where those of all are too many, those of some, with no
    # more than the titles of the others.
    param([object[]] $Steps, [int] $Room, [hashtable] $Seen)
    $Steps = @(Select-GoodPath $Steps)
    $all = @(foreach ($step in $Steps) { Split-Step $step $Seen })
    $titles = @($all | ForEach-Object { $_.without }).Length
    $most = @(Select-ValueOrder $Steps | Where-Object { $titles + $all[$_].values.Length -le $Room })
    for ($count = $most.Length; $count -ge 1; $count--) {
        $whole = @($most | Select-Object -First $count)
        foreach ($text in $script:ScreenText) {
            $body = @(for ($i = 0; $i -lt $Steps.Length; $i++) {
                    if ($whole -contains $i) { Format-StepBody $all[$i] $text $true } else { $all[$i].without }
                })
            if ($body.Length -le $Room) { return $body }
        }
    }
    foreach ($text in $script:ScreenText) {
        $body = @(foreach ($lines in $all) { Format-StepBody $lines $text $false })
        if ($body.Length -le $Room) { return $body }
    }
    return @(foreach ($step in $Steps) { "  $(Limit-Text (ConvertTo-ScreenText $step.title) ($script:ScreenWidth - 4))" })
}

function Select-GoodPath {
    # Without what is for trouble only: that is shown where something cannot be done, and confirmed along with the rest.
    param([object[]] $Steps)
    $good = @($Steps | Where-Object { -not (Test-TroubleStep $_) })
    if ($good.Length -eq 0) { return $Steps }
    return $good
}

function Test-TroubleStep {
    # Whether its number says of a step that it is for trouble only.
    param([object] $Step)
    return (@(Get-Field (Get-StepNumber $Step) 'trouble' | ForEach-Object { $_ }) -ccontains [string] (Get-Field $Step 'id'))
}

function Select-ValueOrder {
    # Which of some steps keep their values the longest: those that hand them over, then those with the most. Places in the list.
    param([object[]] $Steps)
    $order = @(for ($i = 0; $i -lt $Steps.Length; $i++) {
            $gives = @(Get-Field $Steps[$i] 'gives' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }).Length
            $values = @(Get-Field $Steps[$i] 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ }).Length
            [pscustomobject] @{ place = $i; gives = [int] ($gives -gt 0); values = $values }
        })
    $order | Sort-Object @{ Expression = 'gives'; Descending = $true }, @{ Expression = 'values'; Descending = $true }, place |
        ForEach-Object { $_.place }
}

function Format-WholeText {
    # All of it, with its sources, and what is for trouble only.
    param([object[]] $Steps)
    foreach ($step in @($Steps) + @(Get-TroubleStep $Steps $script:Pass)) {
        Format-StepBody (Split-Step $step) 999 $true
        # Of a person's part, what the plan says of all of them.
        Split-Text ([string] (Get-Field (Get-Field $step 'whole') 'what'))
        $sources = @(Get-Field $step 'source' | ForEach-Object { $_ } | Where-Object { $_ }) -join '、'
        if ($sources) { Split-Text "資料  $sources" '  ' '        ' }
        ''
    }
}

function Format-KeyLine {
    # The keys that do something now. Claim: what Enter says; empty where Enter alone says nothing.
    param([string] $Claim, [bool] $Back, [string[]] $Without = @())
    $keys = [ordered] @{ o = '開く'; n = 'できない'; s = '後日'; b = '1 つ前'; i = '電話'; '?' = '全文'; q = '中断' }
    $shown = @(foreach ($key in $keys.Keys) { if ($Without -cnotcontains $key -and ($key -cne 'b' -or $Back)) { "$key $($keys[$key])" } })
    if ($Claim) { $shown = @("Enter $Claim") + $shown }
    return ($shown -join '  ')
}

function Format-Next {
    # What comes next, a sentence each: the first is the one thing to do, and alone has the arrow; the others are a list.
    param([string[]] $Texts)
    $mark = '→ '
    foreach ($text in @($Texts | Where-Object { $_ })) {
        Split-Text "$mark$text" '  ' '     '
        $mark = '・ '
    }
}

function Show-Screen {
    # Below: how many lines will stand below it. Where they do not fit under what stands there already, the window is emptied.
    param([string] $Title, [string[]] $Body, [string] $Right = '', [int] $Below = $script:ScreenBelow)
    $bundle = Get-Field (Get-Field $script:Pass 'plan') 'bundle'
    $lines = @(Format-Screen $Title $bundle $Body $Right)
    if ($script:Stands + 1 + $lines.Length + $Below -le $script:ScreenHeight) { Write-Line '' }
    else {
        Push-ConsoleScreen
        $script:Stands = 0
    }
    Hide-HandingLine
    foreach ($line in $lines) { Write-Line $line -Spaced }
}

function Write-ScreenLine {
    # A line of the window.
    param([string] $Text)
    $script:Stands++
    Write-ConsoleLine (ConvertTo-ShownText $Text -Spaced)
}

function Show-Question {
    # A screen that is shown again after an aside. Whole: what stands behind "?" besides the whole text of its steps.
    param(
        [string] $Title, [string[]] $Body, [string] $Right = '', [int] $Below = $script:ScreenBelow, [object] $Guide = $null,
        [string[]] $Whole = @()
    )
    $Body = @($Body) + @(Format-BehindLine)
    $script:Turn.guide = $Guide
    $script:Turn.whole = $Whole
    $script:Turn.screen = @($Title, $Body, $Right, $Below)
    Show-TurnScreen
}

function Show-TurnScreen {
    # What is asked, with what is handed over now.
    $screen = $script:Turn.screen
    $line = @(Format-HandingLine)
    Show-Screen $screen[0] (@($screen[1]) + $line) $screen[2] $screen[3]
    # The rule is below it.
    if ($line.Length -gt 0) { $script:Turn.handing.at = $script:Stands - 1 }
    if ($null -ne $script:Turn.guide) { $script:Turn.guide.at = $script:Stands - @($screen[1]).Length - $line.Length }
}

function New-Guide {
    # The lines of a question in which the PC tells what it sees of each value. at: how many lines stood in the window with the
    # first of them; $null while nobody knows.
    param([object[]] $Steps, [object] $Watch, [int] $Room)
    $guide = [pscustomobject] @{ steps = $Steps; watch = $Watch; room = $Room; lines = @(); at = $null }
    $guide.lines = @(Format-Guide $guide)
    return $guide
}

function Format-Guide {
    param([object] $Guide)
    $seen = @{}
    if ($null -ne $Guide.watch) { $seen = $Guide.watch.rows }
    Format-QuestionBody $Guide.steps $Guide.room -Seen $seen
}

function Update-RowState {
    # Writes the lines anew of which something else is seen now.
    $guide = $script:Turn.guide
    if ($null -eq $guide -or $null -eq $guide.at) { return }
    $lines = @(Format-Guide $guide)
    for ($i = 0; $i -lt [math]::Min($lines.Length, $guide.lines.Length); $i++) {
        if ($lines[$i] -ceq $guide.lines[$i]) { continue }
        Write-StandingLine ($guide.at + $i) $lines[$i]
    }
    $guide.lines = $lines
}

function Write-StandingLine {
    # A line in the place of one of the window. At: how many lines stood there with it; the line that is typed stands below them.
    param([int] $At, [string] $Text)
    $blank = ' ' * [math]::Max(0, $script:ScreenWidth - (Get-TextWidth $Text))
    Write-ConsoleAbove ($script:Stands + 1 - $At) "$Text$blank"
}

function Show-Aside {
    # A text of any length, a screen at a time, up to where the person has enough, and then again what is asked.
    param([string] $Title, [string[]] $Lines)
    for ($from = 0; $from -lt [math]::Max(1, $Lines.Length); $from += $script:ScreenBody) {
        Show-Screen $Title @($Lines | Select-Object -Skip $from -First $script:ScreenBody)
        $more = [int] [math]::Ceiling(($Lines.Length - $from) / $script:ScreenBody) - 1
        if ($more -lt 1) { $null = Read-Answer 'Enter 戻る: '; break }
        $answer = Read-Answer "Enter 続き（あと $more 画面）  b 戻る: "
        if (@('b', 'q') -ccontains (ConvertTo-Key $answer.Normalize([Text.NormalizationForm]::FormKC).Trim())) { break }
    }
    if ($null -ne $script:Turn.screen) { Show-TurnScreen }
}

function Get-NumberTitle {
    # The number of the visit, as the sheet has it, and how many there are; the title of the steps where they have none. Of several
    # numbers, the others behind it.
    param([object[]] $Steps)
    $numbers = @($Steps | ForEach-Object { Get-StepNumber $_ } | Where-Object { $null -ne $_ } | ForEach-Object { Get-RoundNumber $_ })
    if ($numbers.Length -eq 0) { return [string] $Steps[0].title }
    $title = "$(Get-NumberPlace $numbers[0])  $($numbers[0].title)"
    $more = @($numbers | Where-Object { $_.label -cne $numbers[0].label } | ForEach-Object { "$($_.label) $($_.title)" })
    return (@($title) + @($more | Select-Object -Unique)) -join '、'
}

function Get-NumberPlace {
    # 11/24.
    param([object] $Number)
    return "$($Number.label)/$(Get-VisitCount)"
}

function Get-ShareTarget {
    # What the plan shares, and for which account.
    @(Get-Field $script:Pass.plan 'steps' | ForEach-Object { $_ } | ForEach-Object { Get-Field $_ 'target' }) |
        Where-Object { (Get-Field $_ 'shares') -and (Get-Field $_ 'account') }
}

function Get-LanAddress {
    # The addresses under which other PCs of the same network find this one.
    try { $found = Read-NetAddress } catch { return }
    $found | ForEach-Object { [string] $_.address } |
        Where-Object { $_ -cmatch '^\d+\.\d+\.\d+\.\d+$' -and $_ -cnotmatch '^(127|169\.254)\.' }
}

function Format-BundleId {
    # As the paper has it.
    param([string] $Id)
    return $Id -replace '(.{4})(?=.)', '$1 '
}

function Get-PhoneLine {
    # What one says on the phone, as the plan knows it: no secret is in it.
    $plan = $script:Pass.plan
    $bundle = $plan.bundle
    "  施設              $($bundle.facility.name)  $($bundle.facility.code)"
    "  コンピューター名  $(Get-ComputerText)（端末 $($bundle.terminal)）"
    $addresses = @(Get-LanAddress | Select-Object -First 2)
    if ($addresses.Length -gt 0) { "  IP アドレス       $($addresses -join '、')" }
    $shares = @(Get-ShareTarget)
    foreach ($share in @($shares | ForEach-Object { Get-Field $_ 'shares' } | ForEach-Object { $_ })) {
        "  共有              \\$(Get-ComputerText)\$($share.name)  （$($share.path)）"
    }
    foreach ($account in @($shares | ForEach-Object { Get-Field $_ 'account' } | Where-Object { $_ } | Select-Object -Unique)) {
        "  アカウント        $account（パスワードは、決めた人から聞く）"
    }
    if ($shares.Length -gt 0) { '  アクセス許可      読み取り/書き込み（同じネットワークの PC だけ）' }
    $values = @($plan.steps | ForEach-Object { Get-Field $_ 'values' } | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    foreach ($charset in @($values | Where-Object { $_.label -ceq '文字コード' } | Select-Object -First 1)) {
        "  文字コード        $(([string] $charset.value) -creplace '（.*')"
    }
    # The one account of the portal whose beginning is given.
    $linkage = @($plan.steps | ForEach-Object { Get-Field $_ 'wanted' } |
        Where-Object { (Get-Field $_ 'prefixes') -and (Get-Field $_ 'userName') })
    foreach ($one in @($linkage | Select-Object -First 1)) { "  連携用アカウント  $($one.userName)" }
    "  一式              $(Format-BundleId ([string] $bundle.id))"
    $steps = @($script:Turn.steps | Where-Object { $null -ne $_ })
    if ($steps.Length -gt 0 -and $null -ne (Get-StepNumber $steps[0])) {
        "  いまの番号        $(Limit-Text (ConvertTo-ScreenText (Get-NumberTitle $steps)) 54)"
    }
    ''
    Split-Text (Get-CallText $script:Pass)
}
