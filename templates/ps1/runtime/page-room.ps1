# What has room on the one A4 of the results page: whatever is too much stands in the folded part. Heights are counted in lines and
# widths in columns of the printed style (page.ps1), 186 mm in 9 pt, a little less than fit, since Latin letters differ.

# Lines for all that differs from page to page, besides headline, headings and counts; of these for what stands above and below a
# second table; for the texts of the head, and of a pass that was refused, which has nothing else; for what can be used; for what to
# take care of, at least.
$script:PageRoom = 44
$script:WrongHead = 4
# Lines of a table in the place of one of a text, which is higher.
$script:TableLine = 1.05
$script:NextRoom = 5
$script:RefusedRoom = 30
$script:UseRoom = 3
$script:CareRoom = 7
$script:PageWidth = 96
$script:WrongWidth = 15, 20, 26, 17, 24
$script:SaidWidth = 15, 90
$script:LeftWidth = 4, 30, 24, 50

# Of what has none.
$script:MoreText = 'ほか # 件'
$script:MoreOnScreen = 'ほか # 件は、この結果の 1 枚を画面で開いて見てください。'
$script:MoreFolded = 'ほか # 件は、下の「くわしい結果」にあります。'

function Get-LineCount {
    # The lines that a text takes.
    param([string] $Text, [int] $Width)
    return [math]::Max(1, [int] [math]::Ceiling((Get-TextWidth $Text) / $Width))
}

function New-Row {
    # A row of a table: its cells, each in its width and in so many lines.
    param([string[]] $Cells, [int[]] $Widths, [int] $Lines = 99)
    $shown = @($Cells | ForEach-Object { ConvertTo-ShownText $_ -Limit 8000 })
    $limited = @(for ($i = 0; $i -lt $shown.Length; $i++) { Limit-Text $shown[$i] ($Widths[$i] * $Lines) })
    $counts = @(for ($i = 0; $i -lt $limited.Length; $i++) { Get-LineCount $limited[$i] $Widths[$i] })
    return [pscustomobject] @{ cells = $limited; lines = ($counts | Sort-Object -Descending | Select-Object -First 1) }
}

function Get-RowLine {
    # The lines that rows take together.
    param([object[]] $Rows)
    $lines = 0
    foreach ($row in $Rows) { $lines += $row.lines }
    return $lines
}

function Select-Row {
    # Rows from the first on as far as they have room, at least one, and how many more there are: More, with # for the number.
    param([object[]] $Rows, [int] $Room, [string[]] $More)
    $used = 0
    for ($at = 0; $at -lt $Rows.Length; $at++) {
        $used += $Rows[$at].lines
        $rest = $Rows.Length - $at
        if ($at -gt 0 -and $used + [int] ($rest -gt 1) -gt $Room) {
            return [pscustomobject] @{ cells = @($More | ForEach-Object { $_.Replace('#', [string] $rest) }); lines = 1 }
        }
        $Rows[$at]
    }
}

function Select-Text {
    # Texts from the first on as far as they have room, each of a few lines, and how many more there are.
    param([string[]] $Texts, [int] $Room)
    $each = [math]::Max(2, [math]::Floor($Room / [math]::Max(1, $Texts.Length)))
    $rows = @(foreach ($text in $Texts) { New-Row @($text) @($script:PageWidth) $each })
    Select-Row $rows $Room @($script:MoreText) | ForEach-Object { $_.cells[0] }
}

function Get-TextCount {
    # The lines that texts take, each in a line of its own.
    param([string[]] $Texts)
    $lines = 0
    foreach ($text in @($Texts | Where-Object { $_ })) { $lines += Get-LineCount $text $script:PageWidth }
    return $lines
}
