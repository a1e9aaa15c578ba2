# Scaling of the signed-in person's displays. Windows counts each display's scaling in steps from what it recommends for
# that display; where it does not answer, one scaling for all displays (LogPixels), which needs signing out, stands in.

$script:DisplayStep = 100, 125, 150, 175, 200, 225, 250, 300, 350, 400, 450, 500
$script:DisplayKey = 'Control Panel\Desktop'
# Whether this pass has set one scaling for all displays, which only signing in again brings into force.
$script:DisplayJustSet = $false
$script:DisplaySignOut = 'すべての画面に同じ拡大率を使う設定です。サインアウトして、サインインし直してください。'

# Displays come and go; of those that are there, one still is as we left it where either way to count it says so.
Register-Kind 'display' -Format 1 -Ours ([ordered] @{
        monitors = '画面の拡大率'; logPixels = 'すべての画面の拡大率（LogPixels）'; win8DpiScaling = 'すべての画面に同じ拡大率を使う'
    }) -Entries @{ monitors = 'path' } -Fleeting 'monitors' -Same @{
        monitors = { param($Was, $Is) $Was.percent -eq $Is.percent -or $Was.relative -eq $Is.relative }
    } -Tell @{ monitors = { param($Was, $Is) "$($Is.entry.percent)%" } } -Get {
    param($Target)
    if (Test-RemoteSession) { return [pscustomobject] @{ unknown = 'リモート デスクトップでは、この PC の画面の設定を確かめられません。' } }
    $scales = Read-DisplayScale
    if ($null -ne $scales -and @($scales).Length -eq 0) { return [pscustomobject] @{ unknown = '画面が見つかりません。' } }
    $monitors = @(foreach ($scale in @($scales | Sort-Object -Property path)) {
            [pscustomobject] @{ path = $scale.path; percent = (Get-DisplayPercent $scale); relative = (Get-DisplayRelative $scale) }
        })
    $state = [ordered] @{
        monitors = $monitors
        logPixels = (Read-DisplayNumber 'LogPixels')
        win8DpiScaling = (Read-DisplayNumber 'Win8DpiScaling')
    }
    if ($state.win8DpiScaling -eq 1 -and (Read-DisplayApplied) -ne $state.logPixels) { $state.message = $script:DisplaySignOut }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $scales = Read-DisplayScale
    if ($null -ne (Get-Field $State 'monitors')) {
        foreach ($monitor in @($State.monitors)) {
            $here = @($scales | Where-Object { $_.path -ceq $monitor.path })
            if ($here.Length -eq 0 -or (Get-DisplayRelative $here[0]) -eq $monitor.relative) { continue }
            if (-not (Set-DisplayScale -Path $monitor.path -Relative $monitor.relative)) {
                throw '画面の拡大率を元に戻せませんでした。設定→システム→ディスプレイで戻してください。'
            }
        }
        Set-DisplayNumber 'LogPixels' $State.logPixels
        Set-DisplayNumber 'Win8DpiScaling' $State.win8DpiScaling
        return
    }
    $done = $true
    if ($null -eq $scales -or (Read-DisplayNumber 'Win8DpiScaling') -eq 1) { $done = $false }
    foreach ($scale in $scales) {
        # Steps count from the recommended value, which is -minimum steps above 100 %.
        $relative = [array]::IndexOf($script:DisplayStep, [int] $State.percent) + $scale.minimum
        if ($relative -lt $scale.minimum -or $relative -gt $scale.maximum) { throw "この画面では $($State.percent)% を選べません。" }
        if ($relative -ne $scale.relative -and -not (Set-DisplayScale -Path $scale.path -Relative $relative)) { $done = $false }
    }
    if (-not $done) {
        Set-DisplayNumber 'LogPixels' ([int] (96 * $State.percent / 100))
        Set-DisplayNumber 'Win8DpiScaling' 1
        $script:DisplayJustSet = $true
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'monitors')) {
        # What was before: displays may have come and gone since, and what 100 % is from what Windows recommends now.
        $steps = @{}
        foreach ($monitor in @($Wanted.monitors)) { $steps[$monitor.path] = $monitor.relative }
        $other = @($Found.monitors | Where-Object { $steps.ContainsKey($_.path) -and $steps[$_.path] -ne $_.relative })
        return ($other.Length -eq 0 -and (Test-Wanted (Select-Field $Wanted @('logPixels', 'win8DpiScaling')) $Found))
    }
    if ($Found.win8DpiScaling -eq 1) { return ($Found.logPixels -eq 96 * $Wanted.percent / 100 -and (Test-DisplayInForce $Found)) }
    return (@($Found.monitors).Length -gt 0 -and @($Found.monitors | Where-Object { $_.percent -ne $Wanted.percent }).Length -eq 0)
} -Notice {
    # It is set, and counts from the next time on.
    param($Wanted, $Found)
    return [string] (Get-Field $Found 'message')
} -Difference {
    param($Target, $Wanted, $Found)
    $percents = @($Found.monitors | ForEach-Object { $_.percent })
    if ($Found.win8DpiScaling -eq 1) {
        $percents = @([math]::Round($Found.logPixels * 100 / 96))
        if ($percents[0] -eq $Wanted.percent) { $percents = @([math]::Round((Read-DisplayApplied) * 100 / 96)) }
    }
    New-Difference '拡大/縮小' @($percents | ForEach-Object { if ($null -eq $_) { '不明' } else { "$_%" } }) "$($Wanted.percent)%"
}

function Read-DisplayApplied {
    # The one scaling (96 = 100 %) with which this person signed in; $null where Windows has not written it down.
    $entry = Read-RegistryEntry -Hive 'HKCU' -Key "$script:DisplayKey\WindowMetrics" -Name 'AppliedDPI'
    if ($null -eq $entry -or $entry.type -cne 'DWord') { return $null }
    return [int] $entry.data
}

function Test-DisplayInForce {
    # Whether the one scaling for all displays is that with which this person signed in. In the pass that sets it, it cannot be.
    param([object] $Found)
    $applied = Read-DisplayApplied
    return ($script:DisplayJustSet -or $null -eq $applied -or $applied -eq $Found.logPixels)
}

function Get-DisplayRelative {
    # Windows answers with a value outside its own limits after a change of resolution: the nearest limit is meant. One that
    # no step can be away (1234568, seen on virtual displays) is none: nothing is stored, so that the recommended one holds.
    param([object] $Scale)
    if ([math]::Abs([long] $Scale.relative) -ge $script:DisplayStep.Length) { return 0 }
    return [math]::Max($Scale.minimum, [math]::Min($Scale.maximum, $Scale.relative))
}

function Get-DisplayPercent {
    param([object] $Scale)
    $at = (Get-DisplayRelative $Scale) - $Scale.minimum
    if ($at -ge $script:DisplayStep.Length) { return $null }
    return $script:DisplayStep[$at]
}

function Read-DisplayNumber {
    param([string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name
    if ($null -eq $entry -or $entry.type -cne 'DWord') { return $null }
    return [int] $entry.data
}

function Set-DisplayNumber {
    param([string] $Name, [object] $Number)
    if ($null -eq $Number) { Remove-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name }
    else { Set-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name -Type 'DWord' -Data $Number }
}
