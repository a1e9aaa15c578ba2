# result.html: one printed A4 for the people at the clinic, without scripts; below it, folded and unprinted, every step for the
# engineer. What is on it: page-work.ps1, page-undone.ps1, page-detail.ps1.

function ConvertTo-PageText {
    # More of it than of a line.
    param([object] $Text)
    return [Net.WebUtility]::HtmlEncode((ConvertTo-ShownText $Text -Limit 8000))
}

# A print in black and white says the outcome by its sign, its word and its frame.
$script:PageStyle = @'
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #888; --soft: #f0f0f0; }
:root { --good: #0b5d2a; --look: #9c1c10; --more: #7a4a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #16181a; --soft: #2a2d30; --good: #7fd6a0; --look: #ff9d90; --more: #f0c070; }
}
body { font-family: "Yu Gothic UI", "Meiryo", "BIZ UDPGothic", sans-serif; line-height: 1.5; overflow-wrap: anywhere; }
body { color: var(--ink); background: var(--paper); margin: 1.5rem auto; max-width: 54rem; padding: 0 1rem; }
h1 { font-size: 2rem; margin: 0; padding: .3rem 1rem; border: .2rem solid; border-radius: .4rem; }
.good { color: var(--good); } .more { color: var(--more); } .look { color: var(--look); border-style: double; border-width: .4rem; }
.good::before { content: "○　"; } .look::before { content: "×　"; } .more::before { content: "△　"; }
h2 { font-size: 1.1rem; border-bottom: 1px solid var(--line); margin: 1rem 0 .3rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .3rem 0; } ul { margin: .3rem 0; padding-left: 1.4rem; } .whose { font-size: 1.1rem; }
.use { list-style: none; padding: 0; display: flex; flex-wrap: wrap; } .use li { margin-right: 1.5rem; }
.call { border: 1px solid var(--line); padding: .3rem .8rem; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; } tr { break-inside: avoid; }
th, td { border: 1px solid var(--line); padding: .15rem .4rem; text-align: left; vertical-align: top; } th { background: var(--soft); }
.wrong, .left { table-layout: fixed; }
.wrong th:nth-child(1) { width: 15%; } .wrong th:nth-child(2) { width: 20%; } .wrong th:nth-child(3) { width: 25%; }
.wrong th:nth-child(4) { width: 17%; } .wrong th:nth-child(5) { width: 23%; }
.left th:nth-child(1) { width: 5%; } .left th:nth-child(2) { width: 28%; } .left th:nth-child(3) { width: 22%; }
summary { cursor: pointer; margin: 1.5rem 0; } .printed { display: none; }
a { color: inherit; }
@media (max-width: 36rem) {
  table, tbody, tr, td { display: block; border: 0; } th { display: none; } tr { border-bottom: 1px solid var(--line); padding: .3rem 0; }
  td:empty { display: none; } .wrong td:first-child, .left td:nth-child(-n+2), .every td:nth-child(2) { font-weight: bold; }
  .wrong td:nth-child(2)::before, .every td:nth-child(3)::before { content: "決めた値　"; }
  .wrong td:nth-child(3)::before, .every td:nth-child(4)::before { content: "いまの値　"; }
  .wrong td:nth-child(4)::before { content: "考えられる原因　"; } .wrong td:nth-child(5)::before { content: "直し方　"; }
  .wrong td.said::before { content: ""; }
  .left td:nth-child(-n+2) { display: inline; } .left td:nth-child(3)::before { content: "だれが　"; }
}
@page { size: A4; margin: 10mm 12mm; }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #fff; --good: #000; --look: #000; --more: #000; }
  body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.3; } h1 { font-size: 17pt; }
  .whose { font-size: 10.5pt; } details, .past, .beyond { display: none; } .printed { display: block; }
  h2 { font-size: 10.5pt; margin: .2rem 0 .1rem; } p { margin: .1rem 0; } ul { margin: 0; } .call { margin: .2rem 0; padding: .1rem .6rem; }
  table { font-size: 9pt; } th, td { padding: 0 .3rem; }
}
'@

function Get-ResultPage {
    param([object] $Pass, [object] $Report)
    $bundle = $Pass.plan.bundle
    $headline = Get-Headline $Report
    $colour = ConvertTo-PageText @{ '問題なし' = 'good'; '要確認' = 'look'; '残り' = 'more' }[(Get-Outcome $Report)]
    $out = New-Object Text.StringBuilder
    $null = $out.Append("<!DOCTYPE html>`n<html lang=`"ja`">`n<head>`n<meta charset=`"utf-8`">`n")
    $null = $out.Append("<meta name=`"viewport`" content=`"width=device-width`">`n")
    $title = ConvertTo-PageText "$headline $($bundle.facility.name) $($bundle.terminal)"
    $null = $out.Append("<title>$title</title>`n<style>`n$($script:PageStyle)`n</style>`n</head>`n<body>`n")
    $null = $out.Append("<h1 class=`"$colour`">$(ConvertTo-PageText $headline)</h1>`n")
    $null = $out.Append("<p class=`"whose`">$(ConvertTo-PageText (Get-WhoseText $Pass $Report))</p>`n")
    $sections = @(Get-NextSection $Pass $Report)
    if ($Pass.mode -ceq 'Rollback') { $sections += @(Get-UndoneSection $Pass $Report) }
    else { $sections += @(Get-WorkSection $Pass $Report) }
    $sections += @(Get-EndSection $Pass) + @(Get-DetailSection $Pass $Report)
    foreach ($section in $sections) { $null = $out.Append($section) }
    $null = $out.Append("</body>`n</html>`n")
    return $out.ToString()
}

function Get-WhoseText {
    # Whose terminal it is, what was done, and when.
    param([object] $Pass, [object] $Report)
    $bundle = $Pass.plan.bundle
    $computer = ''
    if ((Get-ComputerText) -ine $bundle.terminal) { $computer = "　PC の名前 $(Get-ComputerText)" }
    $whose = "$($bundle.facility.name)（$($bundle.facility.code)）　$($bundle.terminal)$computer"
    return "$whose　$(Get-ModeText $Pass.mode)　$(ConvertTo-DateText $Report.finished)"
}

function ConvertTo-DateText {
    # A time of a result as people write it: 2026年11月27日（金）14:52.
    param([string] $Time)
    $form = [Globalization.CultureInfo]::InvariantCulture
    $at = New-Object DateTime
    if (-not [DateTime]::TryParseExact($Time, 'yyyy-MM-dd HH:mm:ss', $form, 'None', [ref] $at)) { return $Time }
    return $at.ToString("yyyy年M月d日（$('日月火水木金土'[[int] $at.DayOfWeek])）HH:mm", $form)
}

function Get-NextSection {
    # What the outcome means, and what to do now.
    param([object] $Pass, [object] $Report)
    $lines = @(foreach ($line in @(Get-HeadText $Pass $Report)) { "<p>$(ConvertTo-PageText $line)</p>" })
    if ($lines.Length -eq 0) { return '' }
    return "<div class=`"call`">$($lines -join "`n")</div>`n"
}

function Get-HeadText {
    # Of each a line or more, as far as there is room.
    param([object] $Pass, [object] $Report)
    if ($Pass.mode -ceq 'Rollback' -and $Report.exit -eq 0) {
        '元に戻せるものは、すべて元に戻しました。'
        $manual = @($Report.steps | Where-Object { $_.status -ceq 'manual' })
        if ($manual.Length -gt 0) { '人の手で元に戻すものが残っています。下の一覧を見てください。' }
        return
    }
    $texts = @(Get-NextText $Pass $Report)
    if ($texts.Length -gt 0) {
        $room = $script:NextRoom
        if (Test-Refused $Report) { $room = $script:RefusedRoom }
        Select-Text $texts $room
    }
    elseif ($Report.exit -eq 0 -and @($Report.open).Length -gt 0) { '決められた値と違うものは、見つかりませんでした。次のものが残っています。' }
    elseif ($Report.exit -eq 0) { 'この端末の設定と確認は、すべて終わっています。' }
}

function Get-TellText {
    # Whom to call, and what to say.
    param([object] $Pass)
    return "$(Get-CallText $Pass)　番号と画面の言葉を伝えてください。パスワードと患者の情報は伝えません。"
}

function Get-EndSection {
    # Whom to call, and which bundle it is.
    param([object] $Pass)
    $bundle = $Pass.plan.bundle
    $whose = "一式 $(([string] $bundle.id) -replace '(.{4})(?=.)', '$1 ')　資格確認端末のセットアップ $($bundle.manual)版　$($bundle.tool)"
    "<h2>困ったとき</h2>`n<p>$(ConvertTo-PageText (Get-TellText $Pass))</p>`n"
    "<p>$(ConvertTo-PageText $whose)</p>`n"
}
