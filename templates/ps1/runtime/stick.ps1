# Results on the stick: they are written there while it is in, and brought later where it was out.

# So many of a person's newest results are brought; bytes of a file.
$script:BroughtMost = 10
$script:BroughtLimit = 32MB
# The last one says that the others are there.
$script:ResultFiles = 'log.txt', 'result.html', 'result.json'
$script:AwayLine = "<p class=`"away`">この結果は、まだ USB メモリーに写していません。</p>`n"

function Find-Stick {
    # The folder in which the bundle was brought; empty while it is out. For a copy that is looked for again, since a stick goes
    # and comes; for results it may bring another bundle of this terminal by now.
    param([object] $Pass)
    if (-not (Test-InCopy $Pass)) { return $Pass.beside }
    $source = Find-Source $Pass
    if (-not $source) { $source = Find-Source $Pass -Another }
    if (-not $source) { return '' }
    return [IO.Path]::GetDirectoryName($source)
}

function Get-StickFolder {
    # Where this terminal's results lie beside the bundle; empty while that is out.
    param([object] $Pass)
    $beside = Find-Stick $Pass
    if (-not $beside) { return '' }
    $terminal = "$($Pass.plan.bundle.facility.code)_$($Pass.plan.bundle.terminal)"
    return [IO.Path]::Combine([IO.Path]::Combine($beside, 'results'), $terminal)
}

function Send-Result {
    # Writes results to the stick (Get-StickFolder), and brings those before it that are not there yet. Whether these are there now.
    param([object] $Pass, [object] $Files, [string] $Stick)
    if (-not $Stick) { return $false }
    if (-not (Write-ResultTo ([IO.Path]::Combine($Stick, (Get-ResultName $Pass))) $Files)) { return $false }
    $brought = @(foreach ($path in @(Get-UnsentResult $Pass $Stick)) {
            $name = [IO.Path]::GetFileName($path)
            if (Copy-Result $path ([IO.Path]::Combine($Stick, $name))) { $name }
        })
    if ($brought.Length -eq 0) { return $true }
    Send-DayPage $Pass $Stick $brought
    Write-ResultLine "前の結果 $($brought.Length) 件も USB に写しました。"
    return $true
}

function Get-UnsentResult {
    # A person's newest results of this terminal that are not on the stick yet: their folders.
    param([object] $Pass, [string] $Stick)
    $results = [IO.Path]::GetDirectoryName((Get-ResultFolder $Pass))
    $own = $Pass.plan.bundle
    foreach ($run in @(Find-Run $results | Select-Object -First $script:BroughtMost)) {
        $path = [IO.Path]::Combine($results, $run.name)
        $there = [IO.Path]::Combine([IO.Path]::Combine($Stick, $run.name), 'result.json')
        if ([IO.File]::Exists($there)) { continue }
        $json = [IO.Path]::Combine($path, 'result.json')
        try { $found = ConvertFrom-Json (Read-PlainText $json $script:BroughtLimit) } catch { continue }
        $bundle = Get-Field $found 'bundle'
        if ((Get-Field $bundle 'terminal') -ine $own.terminal) { continue }
        if ((Get-Field (Get-Field $bundle 'facility') 'code') -ceq $own.facility.code) { $path }
    }
}

function Copy-Result {
    # Whether the files of a result could be brought; its page at home says no longer that it is not there.
    param([string] $From, [string] $To)
    try {
        Initialize-Folder $To
        foreach ($name in $script:ResultFiles) {
            $path = [IO.Path]::Combine($From, $name)
            if (-not [IO.File]::Exists($path)) { continue }
            $text = Read-PlainText $path $script:BroughtLimit
            $there = $text.Replace($script:AwayLine, '')
            Write-WholeText ([IO.Path]::Combine($To, $name)) $there -Bom:($name -ceq 'log.txt')
            if ($there -cne $text) { Write-WholeText $path $there }
        }
        return $true
    }
    catch { return $false }
}

function Add-AwayLine {
    # A page that says that it is not on the stick.
    param([string] $Page)
    return $Page.Replace("</h1>`n", "</h1>`n$script:AwayLine")
}

function Request-End {
    # The last question of a pass that has one: offers to bring the results where that could not be done since the stick was out, and
    # to go on after breaking off.
    param([object] $Pass, [object] $Report, [object] $Files, [bool] $Sent)
    if (@('Apply', 'Verify') -cnotcontains $Pass.mode -or $Pass.morning -or $Pass.session.role -cne 'account') { return }
    $back = $Pass.next -ccontains 'broken-off'
    $copies = -not $Sent -and (Test-InCopy $Pass) -and -not (Get-LeaveWay $Pass)
    $keys = 'Enter 終わる'
    if ($back) { $keys += '  b 作業に戻る' }
    try {
        while ($copies -or $back) {
            $asked = $keys
            if ($copies) { $asked = "u 結果を USB に写す（挿してから）  $asked" }
            $key = (Read-Answer "${asked}: ").ToLowerInvariant()
            if ($back -and $key -ceq 'b') { $Pass.goesBack = $true; return }
            if (@('', 'q') -ccontains $key) { return }
            if ($copies -and $key -ceq 'u') { $copies = -not (Send-LateResult $Pass $Report -Files $Files) }
            else { Write-ResultLine 'その答えはありません。行にあるキーを押してください。' }
        }
    }
    catch { if (-not (Test-Unanswered $_)) { throw } }
}

function Send-LateResult {
    # Whether results that were not on the stick are there now; they say so no longer.
    param([object] $Pass, [object] $Report, [object] $Files)
    $here = [ordered] @{}
    foreach ($name in $Files.Keys) { $here[$name] = $Files[$name].Replace($script:AwayLine, '') }
    $stick = Get-StickFolder $Pass
    if (-not (Send-Result $Pass $here $stick)) {
        Write-ResultLine 'USB に書けませんでした（挿さっていないか、書き込めません）。'
        return $false
    }
    $null = Write-ResultTo (Get-ResultFolder $Pass) $here
    $page = Write-DayPage $Pass $Report -Page $here['result.html'] -Stick $stick
    $names = @(@($page | Where-Object { $_ } | ForEach-Object { [IO.Path]::GetFileName($_) }) + @($here.Keys))
    Write-ResultLine "USB に写しました: $($names -join '、')"
    return $true
}
