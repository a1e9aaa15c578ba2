# One entry a pass in the log Application of Windows, where an administrator looks first: when, how it ended, which bundle.
# Not who: results and logs of the person say that. Its id is 100 and the code of the pass.

$script:EventSource = 'oqsgen'
$script:EventId = 100
$script:EventType = @{ error = 1; warning = 2; information = 4 }

function Write-PassEvent {
    # A pass ends as it would without its entry: the log can be full, or its service off.
    param([object] $Pass, [int] $Code)
    $type = $script:EventType.warning
    if (@(0, 4, 5) -contains $Code) { $type = $script:EventType.information }
    if ($Code -eq 3) { $type = $script:EventType.error }
    try { Write-Event $script:EventSource -Type $type -Id ($script:EventId + $Code) -Text @(Get-EventText $Pass $Code) }
    catch { return }
}

function Get-EventText {
    param([object] $Pass, [int] $Code)
    $ended = @{
        0 = '違いなし'; 1 = '途中で止められた'; 2 = '行えなかった'; 3 = '一式の中身が変わっている'
        4 = 'この人では行うことがない'; 5 = '残りがある'; 6 = '要確認の項目がある'
    }[$Code]
    $lines = @(
        "オンライン資格確認端末のセットアップ: $(Get-PassTitle $Pass)"
        "開始 $($Pass.started)、終了 $(Get-TimeText)"
        "終了コード $Code（$ended）"
        "一式の番号 $($Pass.bundle)"
    )
    # What is said there as %1 the event viewer would take for something that is missing.
    foreach ($line in $lines) { (ConvertTo-ShownText $line).Replace('%', '％') }
}
