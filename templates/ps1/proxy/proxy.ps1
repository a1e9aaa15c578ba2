# The signed-in person's manual proxy. Flags of WinINET: 1 direct, 2 manual, 4 script, 8 automatic.

# Where two entries are glued together: an entry that begins as names do ("*.rece") right behind another one. WinINET also
# takes "*" behind digits or letters ("10*", "192.168.*", "10*.5"), which is one entry.
$script:BypassGlue = '(?<=[^.;,\s/:])(?=\*\.[^\d;.])'

# Exceptions that others added to the list since stay in it.
Register-Kind 'proxy' -Format 1 -Ours ([ordered] @{ flags = 'プロキシの使い方（flags）'; server = 'プロキシ サーバー' }) -Merge @{
    bypass = { param($Before, $After, $Found) Merge-ProxyBypass $Before $After $Found }
} -Get {
    param($Target)
    $found = Read-WinInetProxy
    return [pscustomobject] @{ flags = $found.flags; server = $found.server; bypass = $found.bypass; pac = $found.pac }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'flags')) {
        Set-WinInetProxy -Flags $State.flags -Server $State.server -Bypass $State.bypass -Pac $State.pac
        return
    }
    $found = Read-WinInetProxy
    Set-WinInetProxy -Flags 3 -Server $State.server -Bypass (Join-ProxyBypass $State $found.bypass) -Pac $found.pac
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'flags')) { return (Test-Wanted $Wanted $Found) }
    # Manual on, script and automatic detection off.
    if (($Found.flags -band 2) -eq 0 -or ($Found.flags -band 12) -ne 0) { return $false }
    return ((Test-ProxyServer $Wanted.server $Found.server) -and (Test-ProxyBypass $Wanted $Found.bypass))
} -Difference {
    param($Target, $Wanted, $Found)
    # As the page of Settings names its switches.
    $switches = @(
        @{ label = '設定を自動的に検出する'; bit = 8; wanted = 0 }
        @{ label = 'セットアップ スクリプトを使う'; bit = 4; wanted = 0 }
        @{ label = 'プロキシサーバーを使う'; bit = 2; wanted = 2 }
    )
    $words = @('オフ', 'オン')
    foreach ($switch in $switches) {
        $bit = $Found.flags -band $switch.bit
        if ($bit -ne $switch.wanted) { New-Difference $switch.label $words[[int] ($bit -ne 0)] $words[[int] ($switch.wanted -ne 0)] }
    }
    if (-not (Test-ProxyServer $Wanted.server $Found.server)) { New-Difference 'プロキシサーバー' $Found.server $Wanted.server }
    Get-BypassDifference $Wanted $Found.bypass
}

function Get-BypassDifference {
    # The entries that an exception list lacks, or holds too many.
    param([object] $Wanted, [string] $Found)
    $want = Split-ProxyBypass (@(Get-Field $Wanted 'bypass' | ForEach-Object { $_ }) -join ';')
    $have = Split-ProxyBypass $Found
    $missing = @($want | Where-Object { $have -cnotcontains $_ })
    if ($missing.Length -gt 0) { New-Difference 'プロキシの例外のうち足りないもの' $missing @() }
    if (-not $Wanted.exact) { return }
    $further = @($have | Where-Object { $want -cnotcontains $_ -and $_ -cne '<local>' })
    if ($further.Length -gt 0) { New-Difference 'プロキシの例外のうち余分なもの' $further @() }
}

function Test-ProxyServer {
    # The Settings page may put http:// before an address; the form with one server a protocol is another thing.
    param([string] $Wanted, [string] $Found)
    return ((ConvertTo-ProxyServer $Wanted) -ceq (ConvertTo-ProxyServer $Found))
}

function ConvertTo-ProxyServer {
    param([string] $Text)
    return (($Text.Trim().ToLowerInvariant() -replace '^http://', '') -replace '/$', '')
}

function Split-ProxyBypass {
    # The entries of an exception list, lower case, each once; WinINET takes blanks for separators too.
    param([string] $Text)
    $entries = @($Text.ToLowerInvariant() -split '[;\s]+' | Where-Object { $_ -cne '' } | Select-Object -Unique)
    return , $entries
}

function Test-ProxyBypass {
    # All wanted entries are there; and, where the list is exact, no other one.
    param([object] $Wanted, [string] $Found)
    $want = Split-ProxyBypass (@(Get-Field $Wanted 'bypass' | ForEach-Object { $_ }) -join ';')
    $have = Split-ProxyBypass $Found
    if (@($want | Where-Object { $have -cnotcontains $_ }).Length -gt 0) { return $false }
    if (-not $Wanted.exact) { return $true }
    return (@($have | Where-Object { $want -cnotcontains $_ -and $_ -cne '<local>' }).Length -eq 0)
}

function Merge-ProxyBypass {
    # The list as it was before us, with what others took from it or added to it since.
    param([string] $Before, [string] $After, [string] $Found)
    $lists = @(foreach ($text in $Before, $After, $Found) { , @($text -split '[;\s]+' | Where-Object { $_ -cne '' }) })
    return ((Merge-Entry $lists[0] -After $lists[1] -Found $lists[2]) -join ';')
}

function Join-ProxyBypass {
    # The text to write: the wanted entries, then what the list holds besides, unless it is to be exact. Glued entries
    # ("*.a.jp*.b.jp", "a.jp,b.jp") are taken apart; one made of wanted entries alone is dropped, since they stand before it.
    param([object] $Wanted, [string] $Found)
    $entries = New-Object Collections.ArrayList
    $known = @{}
    $want = @(Get-Field $Wanted 'bypass' | ForEach-Object { $_ })
    foreach ($entry in $want) {
        if (-not $known.ContainsKey($entry.ToLowerInvariant())) { $null = $entries.Add($entry); $known[$entry.ToLowerInvariant()] = $true }
    }
    if ($Wanted.exact) { return ($entries -join ';') }
    $longestFirst = @($want | Sort-Object -Property Length -Descending)
    foreach ($entry in @($Found -split "[;,\s]+|$script:BypassGlue" | Where-Object { $_ -cne '' })) {
        $rest = $entry.ToLowerInvariant()
        if ($known.ContainsKey($rest)) { continue }
        $known[$rest] = $true
        foreach ($wantedEntry in $longestFirst) { $rest = $rest.Replace($wantedEntry.ToLowerInvariant(), '') }
        if ($rest -cne '') { $null = $entries.Add($entry) }
    }
    return ($entries -join ';')
}
