# What undoing asks before it changes anything: all of it by name; and once more, apart, what nobody can bring back.

# The whole answer: no single key undoes.
$script:UndoWord = '元に戻す', 'undo'

function Confirm-Rollback {
    # Shows what this pass undoes and asks for it; a refusal, or $null where it may begin. What is to stay is put into the pass.
    param([object] $Pass)
    $work = @(Get-UndoWork $Pass)
    if ($work.Length -eq 0) { return $null }
    $lines = @(Format-UndoWork $work)
    $body = @("  元に戻すもの $($work.Length) 件") + @(Limit-Line $lines ($script:ScreenBody - 5))
    $body += '', '  適用する前の値に戻します。適用した後に別の人が変えた値は、そのままにします。'
    if ($Pass.scope -ceq 'user') { $body += '  この後、PC 全体の設定についても、別の画面で同じように聞きます。' }
    if (-not (Read-UndoAnswer (Get-PassTitle $Pass) $body $lines)) {
        return New-Refusal 2 '「元に戻す」と入力されなかったため、元に戻していません。何も変更していません。'
    }
    $lost = @($work | Where-Object { $_.lost })
    if ($lost.Length -eq 0) { return $null }
    $lines = @(foreach ($one in $lost) { Split-Text $one.title; Split-Text $one.lost '      ' })
    $body = @("  元に戻すと、取り返しのつかないもの $($lost.Length) 件") + @(Limit-Line $lines ($script:ScreenBody - 3))
    $body += '', '  何も入力せずに Enter を押すと、これらは残し、ほかのものを元に戻します。'
    if (-not (Read-UndoAnswer (Get-PassTitle $Pass) $body $lines)) { $Pass.kept = @($lost | ForEach-Object { $_.key }) }
    return $null
}

function Get-UndoWork {
    # What there is to undo, newest first: key, what it is, its title, and what is lost by it for good.
    param([object] $Pass)
    $items = @(Get-OpenTarget $Pass.journal)
    [array]::Reverse($items)
    $kinds = Get-Field $Pass.plan 'kinds'
    foreach ($item in $items) {
        $lost = ''
        try {
            $found = Get-State $item.kind $item.target
            if ($null -ne (Get-Marker (ConvertTo-UndoStep $item $Pass.scope) $found)) { continue }
            if ((Test-SameState $item.kind $item.before $found) -or -not (Test-OurWork $item $found)) { continue }
            $goal = Get-UndoGoal $item $found
            if ($goal.reason -and (Test-SameState $item.kind $goal.state $found)) { continue }
            $block = (Get-Kind $item.kind).lostText
            if ($null -ne $block) { $lost = [string] (& $block $item.target $goal.state $found) }
        }
        # Undoing it says why.
        catch { $lost = '' }
        $thing = [string] (Get-Field (Get-Field $kinds $item.kind) 'thing')
        if (-not $thing) { $thing = 'そのほか' }
        [pscustomobject] @{ key = $item.key; thing = $thing; title = [string] $item.title; lost = $lost }
    }
}

function Format-UndoWork {
    # By what it is, with how many there are.
    param([object[]] $Work)
    foreach ($group in @($Work | Group-Object thing)) {
        "    $($group.Name) $($group.Count) 件"
        $titles = @($group.Group | ForEach-Object { $_.title } | Select-Object -Unique)
        for ($from = 0; $from -lt $titles.Length; $from += 10) {
            Split-Text (@($titles | Select-Object -Skip $from -First 10) -join '、') '      '
        }
    }
}

function Read-UndoAnswer {
    # Whether the whole word was typed. Enter alone, and nobody, do not undo.
    param([string] $Title, [string[]] $Body, [string[]] $Lines)
    Show-Question $Title $Body
    try {
        while ($true) {
            $answer = Read-Answer '元に戻すときだけ「元に戻す」（undo でも同じ）と入力。Enter 戻さない  ? 全部: ' -Expected $script:UndoWord[0]
            $answer = $answer.Trim([char[]] '「」')
            if ($answer -ceq '') { return $false }
            if ($script:UndoWord -icontains $answer) { return $true }
            if ($answer -ceq '?') { Show-Aside $Title $Lines } else { Write-Line 'その答えはありません。' }
        }
    }
    catch { if (Test-Unanswered $_) { return $false }; throw }
}
