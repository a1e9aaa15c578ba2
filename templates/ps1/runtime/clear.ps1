# Files that are left over once the work is done: the PC names them, and deletes them where the person says so. Nobody brings them
# back, so that no key alone does it.

$script:ClearTries = 5
# So many of them are named on the screen.
$script:ClearMost = 6

function Test-ClearStep {
    # Whether the kind of a step names files that are left over.
    param([object] $Step)
    $clear = (Get-Kind $Step.kind).clear
    return ($clear.Count -gt 0 -and @(& $clear.find $Step.target).Length -gt 0)
}

function Invoke-ClearStep {
    # A guided step whose kind knows what is left over. Found: what the PC saw before it asks.
    param([object] $Step, [object] $Pass, [object] $Found)
    $clear = (Get-Kind $Step.kind).clear
    $script:Turn.steps = @($Step)
    for ($try = 1; $try -le $script:ClearTries; $try++) {
        $files = @(& $clear.find $Step.target)
        # What was named, and no more.
        $ours = @($files | Where-Object { $_.why -ceq '' } | Select-Object -First $script:ClearMost)
        $body = @(Format-ClearBody $Step $files)
        Show-Question (Get-NumberTitle @($Step)) $body -Right '人が見て答えます' -Below ($script:ScreenBelow + 1)
        $answer = Read-StepAnswer -Claim '手で消した' -Typed '消すときは「はい」'
        if ($answer -ceq 'n') {
            $answer = Resolve-Trouble $Step $Pass
            if ($script:Cause.Contains($answer)) { return Complete-UnableStep $Step $Pass $answer }
        }
        if ($answer -ceq 's') { break }
        # A whole word: y alone means Enter elsewhere.
        $word = $answer.Trim()
        if ((Test-Agreement $word) -and $word.Trim([char[]] '「」').Length -gt 1) { Remove-ClearFile $ours $clear.delete }
        $Found = Invoke-VerifyStep $Step $Pass
        if (@('ok', 'not-applicable') -ccontains $Found.status) { return $Found }
    }
    return Get-LaterResult $Step $Found.message $Found.found
}

function Format-ClearBody {
    # What is there: what goes at a yes, and what a person looks at by hand, with why.
    param([object] $Step, [object[]] $Files)
    $ours = @($Files | Where-Object { $_.why -ceq '' })
    $others = @($Files | Where-Object { $_.why -cne '' })
    "――― $($Step.title) ―――"
    Split-Text $Step.what
    $heard = @(foreach ($part in @(Get-NeededPart $Step $script:Pass)) {
            $labels = @(Get-HeardPerson $part.step $script:Pass | ForEach-Object { $_.label })
            if ($labels -ccontains $part.number.label) { $part.number.person }
        })
    $names = $heard -join '、'
    if ($names) { Split-Text "△ $names の結果を、この PC はまだ見ていません。消すと、$names では取り込めなくなります。" '  ' '     ' }
    if ($ours.Length -gt 0) { "  消すもの（元に戻せません。ごみ箱にも入りません）" }
    Format-ClearFile $ours
    foreach ($group in @($others | Group-Object -Property why)) {
        Split-Text "$($group.Name)（手で確かめて消します）"
        Format-ClearFile $group.Group
    }
}

function Format-ClearFile {
    param([object[]] $Files)
    foreach ($file in @($Files | Select-Object -First $script:ClearMost)) { Split-Text $file.path '    ' '      ' }
    if ($Files.Length -gt $script:ClearMost) { "    ほか $($Files.Length - $script:ClearMost) つ" }
}

function Remove-ClearFile {
    # One that cannot be deleted is told, and the others go.
    param([object[]] $Files, [scriptblock] $Delete)
    $gone = 0
    foreach ($file in $Files) {
        try { & $Delete $file.path; $gone++ } catch { Write-Line "消せません: $($file.path)（$(Get-ErrorText $_)）" }
    }
    if ($gone -gt 0) { Write-Line "$gone つ消しました。" }
}
