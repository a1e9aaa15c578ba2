# result.html: one page without scripts, for the people at the clinic first, then for the engineer.

function ConvertTo-PageText {
    # More of it than of a line: the values of a step in JSON.
    param([object] $Text)
    return [Net.WebUtility]::HtmlEncode((ConvertTo-ShownText $Text -Limit 8000))
}

$script:PageStyle = @'
body { font-family: "Yu Gothic UI", "Meiryo", "BIZ UDPGothic", sans-serif; line-height: 1.6; color: #1a1a1a; }
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; }
h1 { font-size: 2.6rem; margin: 0 0 .5rem; padding: .6rem 1rem; border: .25rem solid; border-radius: .5rem; text-align: center; }
.good { color: #0b5d2a; } .look { color: #9c1c10; } .more { color: #7a4a00; }
h2 { font-size: 1.2rem; border-bottom: 1px solid #888; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 1rem 0; } dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f0f0f0; } tr { break-inside: avoid; } code { font-family: Consolas, "MS Gothic", monospace; }
.call { font-size: 1.15rem; border: 1px solid #888; border-radius: .5rem; padding: .6rem 1rem; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
'@

function Get-ResultPage {
    param([object] $Pass, [object] $Report)
    $bundle = $Pass.plan.bundle
    $headline = Get-Headline $Report
    $colour = ConvertTo-PageText @{ '問題なし' = 'good'; '要確認' = 'look'; '残り' = 'more' }[(Get-Outcome $Report)]
    $name = @{ Apply = '適用'; Verify = '確認'; Rollback = '元に戻す' }[$Pass.mode]
    $out = New-Object Text.StringBuilder
    $null = $out.Append("<!DOCTYPE html>`n<html lang=`"ja`">`n<head>`n<meta charset=`"utf-8`">`n")
    $null = $out.Append("<meta name=`"viewport`" content=`"width=device-width`">`n")
    $title = ConvertTo-PageText "$headline $($bundle.facility.name) $($bundle.terminal)"
    $null = $out.Append("<title>$title</title>`n<style>`n$($script:PageStyle)`n</style>`n</head>`n<body>`n")
    $null = $out.Append("<h1 class=`"$colour`">$(ConvertTo-PageText $headline)</h1>`n<dl>`n")
    $facts = [ordered] @{
        '日時' = $Report.finished; '医療機関等' = "$($bundle.facility.name)（$($bundle.facility.code)）"; '端末' = $bundle.terminal
        '行ったこと' = $name; 'バンドルID' = $Pass.bundle
    }
    if ((Get-ComputerText) -ine $bundle.terminal) { $facts['PC の名前'] = Get-ComputerText }
    foreach ($label in $facts.Keys) {
        $null = $out.Append("<dt>$(ConvertTo-PageText $label)</dt><dd>$(ConvertTo-PageText $facts[$label])</dd>`n")
    }
    $null = $out.Append("</dl>`n")
    $null = $out.Append((Get-NextSection $Pass $Report))
    $null = $out.Append((Get-ListSection '要確認の項目' @($Report.steps | Where-Object { @('drift', 'failed') -ccontains $_.status })))
    $null = $out.Append((Get-ListSection '気をつける項目' @($Report.steps |
        Where-Object { $_.status -ceq 'ok' -and (Get-Field $_.found 'warning') })))
    $null = $out.Append((Get-ListSection 'まだ終わっていない項目' @($Report.open |
        Where-Object { @('restart', 'unknown', 'skipped') -ccontains $_.status })))
    $null = $out.Append((Get-ListSection '人が行う項目' @($Report.open |
        Where-Object { $_.status -ceq 'manual' -and -not (Test-PersonStep $_) })))
    foreach ($part in @(Get-PersonSection $Pass $Report)) { $null = $out.Append($part) }
    $null = $out.Append((Get-RemnantSection @($Report.remnants)))
    $null = $out.Append((Get-DetailSection $Report))
    $null = $out.Append("</body>`n</html>`n")
    return $out.ToString()
}

function Get-NextSection {
    param([object] $Pass, [object] $Report)
    $text = @(Get-NextText $Pass $Report)
    $lines = @(foreach ($line in $text) { "<p>$(ConvertTo-PageText $line)</p>" })
    if ($lines.Length -eq 0 -and $Report.exit -eq 0) {
        $lines = @('<p>この端末の設定は、決められたとおりです。</p>')
        if (@($Report.open).Length -gt 0) { $lines = @('<p>決められた値と違うものは、見つかりませんでした。残っている項目は、下の一覧にあります。</p>') }
    }
    if ($Pass.mode -ceq 'Rollback' -and $Report.exit -eq 0) {
        $lines = @('<p>元に戻せるものは、すべて元に戻しました。</p>')
        if (@($Report.steps | Where-Object { $_.status -ceq 'manual' }).Length -gt 0) { $lines += '<p>人の手で元に戻すものが残っています。下の一覧を見てください。</p>' }
    }
    if ($Report.exit -ne 6) { $lines += "<p>お困りのときは、$(ConvertTo-PageText (Get-CallText $Pass))</p>" }
    return "<div class=`"call`">$($lines -join "`n")</div>`n"
}

function Get-ListSection {
    param([string] $Title, [object[]] $Steps)
    if ($Steps.Length -eq 0) { return '' }
    $items = @(foreach ($step in $Steps) {
            $message = ''
            if ($step.message) { $message = " … $(ConvertTo-PageText $step.message)" }
            "<li><strong>$(ConvertTo-PageText $step.title)</strong>$message</li>"
        })
    return "<h2>$(ConvertTo-PageText $Title)</h2>`n<ul>`n$($items -join "`n")`n</ul>`n"
}

function Get-PersonSection {
    # What a person has to do and what a person said to be done, by whom and when; what is open first.
    param([object] $Pass, [object] $Report)
    $open = @($Report.open | Where-Object { Test-PersonStep $_ } | ForEach-Object { "<li>$(ConvertTo-PageText $_.title)</li>" })
    if ($open.Length -gt 0) {
        "<h2>まだ済んでいない人の作業</h2>`n<p>印刷したチェックリストの項目です。</p>`n<ul>`n$($open -join "`n")`n</ul>`n"
    }
    if ($Pass.mode -ceq 'Rollback' -or $null -eq $Pass.journal) { return }
    $manual = @{}
    foreach ($result in $Report.steps) { if ($result.status -ceq 'manual') { $manual[$result.id] = $true } }
    $done = @(foreach ($step in @($Pass.plan.steps)) {
            if (-not $manual.ContainsKey($step.id)) { continue }
            $confirmed = Get-StepConfirmation $step $Pass
            if ($null -eq $confirmed) { continue }
            $by = @($confirmed.who, $confirmed.at | Where-Object { $_ }) -join '、'
            $text = '済み'
            if ($by) { $text = "済み（$by）" }
            "<li>$(ConvertTo-PageText $step.title) … $(ConvertTo-PageText $text)</li>"
        })
    if ($done.Length -gt 0) { "<h2>人が済ませた作業</h2>`n<ul>`n$($done -join "`n")`n</ul>`n" }
}

function Get-DetailSection {
    # Every step with what was wanted and what was found.
    param([object] $Report)
    $rows = @(foreach ($step in $Report.steps) {
            $wanted = ''
            $found = ''
            if ($null -ne $step.wanted -or $null -ne $step.found) {
                $wanted = "<code>$(ConvertTo-PageText (ConvertTo-JsonText $step.wanted))</code>"
                $found = "<code>$(ConvertTo-PageText (ConvertTo-JsonText $step.found))</code>"
            }
            $status = ConvertTo-PageText (Get-StatusText $step.status)
            $title = "$(ConvertTo-PageText $step.title)<br><code>$(ConvertTo-PageText $step.id)</code>"
            "<tr><td>$status</td><td>$title</td><td>$wanted</td><td>$found</td><td>$(ConvertTo-PageText $step.message)</td></tr>"
        })
    $head = '<tr><th>状態</th><th>項目</th><th>あるべき値</th><th>いまの値</th><th>説明</th></tr>'
    return "<h2>詳細（担当者用）</h2>`n<table>`n$head`n$($rows -join "`n")`n</table>`n"
}
