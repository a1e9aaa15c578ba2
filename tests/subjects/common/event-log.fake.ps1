# events.txt: what was written, one entry a line. machine.json: eventLog = "stopped" (the service) or "full".
# https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw and nf-winbase-registereventsourcew

function Write-Event {
    param([string] $Source, [int] $Type, [int] $Id, [string[]] $Text)
    $state = Get-FakeField (Get-Machine) 'eventLog' ''
    if ($state -eq 'stopped') { throw (New-Object ComponentModel.Win32Exception(1722, 'RPC サーバーを利用できません。')) }
    if ($Source -eq 'Security') { throw (New-Object ComponentModel.Win32Exception(5, 'アクセスが拒否されました。')) }
    if ($Source -notmatch '^[^\\<>&"''\x00-\x1f]{1,212}$') { throw (New-Object ComponentModel.Win32Exception(87, "a source: $Source")) }
    if (@(1, 2, 4) -notcontains $Type -or $Id -lt 0 -or $Id -gt 65535) { throw (New-Object ComponentModel.Win32Exception(87, 'a type')) }
    if ($Text.Length -gt 256) { throw (New-Object ComponentModel.Win32Exception(87, 'many texts')) }
    foreach ($one in $Text) {
        # The event viewer takes %1 for an insertion; a NUL ends the text.
        if ($one.Length -gt 31839 -or $one -match '%\d|\x00') { throw (New-Object ComponentModel.Win32Exception(87, 'a text')) }
    }
    if ($state -eq 'full') { throw (New-Object ComponentModel.Win32Exception(1502, 'イベント ログ ファイルがいっぱいです。')) }
    Test-Chance
    $entry = [ordered] @{ source = $Source; type = $Type; id = $Id; text = @($Text) }
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'events.txt'), (ConvertTo-Json $entry -Compress) + "`n")
    Test-Chance
}

function Test-Event {
    param([string] $Source)
    if ((Get-FakeField (Get-Machine) 'eventLog' '') -eq 'stopped') { throw (New-Object ComponentModel.Win32Exception(1722, 'RPC サーバーを利用できません。')) }
    $path = [IO.Path]::Combine($script:FakeFolder, 'events.txt')
    if (-not [IO.File]::Exists($path)) { return $false }
    return (@([IO.File]::ReadAllLines($path) | Where-Object { (ConvertFrom-Json $_).source -eq $Source }).Length -gt 0)
}
