# The PC's clock against a time server, by a question of our own: what w32tm prints is in the language of the PC.

$script:ClockTolerance = 10000

Register-Kind 'clock' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.server
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.server)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    $offset = Get-SntpOffset -Address $addresses
    if ($null -eq $offset) { return [pscustomobject] @{ unknown = "タイムサーバー $($Target.server) から応答がありません。" } }
    if ([math]::Abs($offset) -le $script:ClockTolerance) { return [pscustomobject] @{ synchronized = $true } }
    $seconds = [math]::Round([math]::Abs($offset) / 1000)
    return [pscustomobject] @{ synchronized = $false; message = "この PC の時計が約 $seconds 秒ずれています。" }
}
