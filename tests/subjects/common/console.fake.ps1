# session.json: answers or replies (Read-FakeAnswer), or person: somebody who sees the screen and answers (Read-Person).
# cleared.txt: how much of console.txt was shown when the window was cleared; modes.txt: the flags of its input that were set.

$script:FakeConsoleMode = 0x1f7L
$script:FakeUndo = 0

function Get-FakeConsole { return [IO.Path]::Combine($script:FakeFolder, $script:FakeConsole) }

function Write-ConsoleLine {
    param([string] $Text)
    Assert-Alive
    [IO.File]::AppendAllText((Get-FakeConsole), "$Text`n")
}

function Test-FakeBeside { return ($script:FakeConsole -cne 'console.txt') }

function Move-FakeWindow {
    # What the window of a pass beside another shows, to the end of another file.
    param([string] $To, [string] $Before = '')
    $file = Get-FakeConsole
    if (-not [IO.File]::Exists($file)) { return }
    $shown = [IO.File]::ReadAllText($file)
    [IO.File]::Delete($file)
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, $To), "$Before$shown")
}

function Read-FakeAnswer {
    # What the person types; $null where session.json says nobody. There: answers, one after another and then Enter alone, or
    # replies = [{prompt: a pattern, answer}], the first whose pattern is in the question, however often it is asked; once
    # more ("もう一度", but as what Enter does) it is what was typed before.
    param([string] $Prompt, [string] $Way = 'dialog')
    if (Get-FakeField $script:FakeSession 'nobody' $false) { return $null }
    # The window of a pass beside another comes to the front: from here on what it shows is what is seen.
    if (Test-FakeBeside) { Move-FakeWindow 'console.txt' "`f`n" }
    if (Get-FakeField $script:FakeSession 'person' $false) { return Wait-FakePerson $Prompt $Way }
    if ($Prompt -match '^元に戻すときだけ') { return (Read-FakeUndo) }
    $replies = Get-FakeField $script:FakeSession 'replies'
    if ($null -ne $replies) {
        $script:FakeAnswer++
        if ($script:FakeAnswer -gt 500) { throw "asked without end: $Prompt" }
        if ($Prompt -match 'もう一度' -and $Prompt -notmatch '^Enter ') { return $script:FakeReply }
        $script:FakeReply = ''
        foreach ($reply in $replies) { if ($Prompt -match $reply.prompt) { $script:FakeReply = [string] $reply.answer; break } }
        return $script:FakeReply
    }
    $answers = Get-FakeField $script:FakeSession 'answers' @()
    $answer = ''
    if ($script:FakeAnswer -lt $answers.Length) { $answer = $answers[$script:FakeAnswer] }
    $script:FakeAnswer++
    if (@('watch', 'keys') -ccontains $Way -and $answer -is [pscustomobject]) { return $answer }
    return [string] $answer
}

function Read-FakeAhead {
    # What the console makes of keys that came before the question (ahead.json: typed, held, and the files of its window and
    # of what ships): $null where it threw them away; else they are the answer, and early.txt has the question.
    param([string] $Prompt, [string] $Way)
    $file = [IO.Path]::Combine($script:FakeFolder, 'ahead.json')
    if ($Way -ceq 'dialog' -or -not [IO.File]::Exists($file)) { return $null }
    $ahead = ConvertFrom-Json ([IO.File]::ReadAllText($file))
    [IO.File]::Delete($file)
    . $ahead.window
    $asks = "$([IO.File]::ReadAllText($ahead.console))`n'>' + (Read-ConsoleLine '')"
    $shown = (Invoke-InWindow $asks -Typed $ahead.typed -Held $ahead.held -Answers 'asked').Shown.ToString()
    if ($shown.Contains('>asked')) { return $null }
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'early.txt'), "$Prompt`n")
    return $shown.Substring($shown.IndexOf('>') + 1).TrimEnd()
}

function Wait-FakePerson {
    # What somebody answers who sees the screen. A cut ends the pass as a kill does.
    param([string] $Prompt, [string] $Way)
    Assert-Alive
    $early = Read-FakeAhead $Prompt $Way
    if ($null -ne $early) { return $early }
    $answer = Read-Person $script:FakeFolder $Prompt $Way
    if ($null -ne (Get-Field $answer 'does')) { return $answer }
    # Nothing was pressed.
    if ($null -eq $answer.typed) { return [pscustomobject] @{} }
    if (-not $answer.cut) { return [string] $answer.typed }
    $script:FakeDead = $true
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, $script:FakeDeath)) ''
    throw 'killed'
}

function Read-FakeUndo {
    # undo: what the person types, one after another and then Enter alone, where the whole word is asked for.
    $words = Get-FakeField $script:FakeSession 'undo' @()
    $word = ''
    if ($script:FakeUndo -lt $words.Length) { $word = [string] $words[$script:FakeUndo] }
    $script:FakeUndo++
    return $word
}

function Read-ConsoleLine {
    param([string] $Prompt)
    $answer = Read-FakeAnswer $Prompt 'line'
    Write-ConsoleLine "$Prompt$answer"
    return $answer
}

# session.json, keys = false: the input is no console. What is typed at a question whose keys are read one by one is an answer like
# any other; one of `answers` that is an object is no key at all: it is what somebody does meanwhile, fields of machine.json, or
# `does` (Invoke-FakeHand).
$script:FakePrompt = ''
$script:FakeKeys = ''

function Test-ConsoleKey { return (-not (Get-FakeField $script:FakeSession 'nobody' $false) -and [bool] (Get-FakeField $script:FakeSession 'keys' $true)) }

function Open-ConsoleKey {
    param([string] $Prompt)
    $script:FakePrompt = $Prompt
    $script:FakeKeys = ''
}

function Read-ConsoleKey {
    param([int] $Milliseconds, [object] $Handing = $null)
    if ($script:FakeKeys -ceq '') {
        $way = if ($Milliseconds -lt 0) { 'keys' } else { 'watch' }
        $answer = Read-FakeAnswer $script:FakePrompt $way
        if ($answer -isnot [string] -and $null -ne (Get-Field $answer 'does')) {
            Invoke-FakeHand $answer.does ([string] (Get-Field $answer 'text'))
            return -2
        }
        if ($answer -isnot [string]) {
            $machine = Read-Machine
            foreach ($name in @(Get-FieldName $answer)) { Set-FakeField $machine $name $answer.$name }
            Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'machine.json')) (ConvertTo-Json $machine -Depth 30)
            return -1
        }
        Write-ConsoleLine "$script:FakePrompt$answer"
        $script:FakeKeys = "$answer`r"
    }
    $key = [int] $script:FakeKeys[0]
    $script:FakeKeys = $script:FakeKeys.Substring(1)
    return $key
}

function Write-ConsoleAbove {
    # Where somebody has read that line already, it is a line more.
    param([int] $Lines, [string] $Text)
    Assert-Alive
    $file = Get-FakeConsole
    $shown = @()
    if ([IO.File]::Exists($file)) { $shown = @([IO.File]::ReadAllLines($file)) }
    if ($shown.Length -lt $Lines) { Write-ConsoleLine $Text.TrimEnd(); return }
    $shown[$shown.Length - $Lines] = $Text.TrimEnd()
    [IO.File]::WriteAllText($file, ($shown -join "`n") + "`n")
}

function Write-ConsoleText { param([string] $Text) Assert-Alive }

# beeps.txt: as many dots as there were beeps.
function Wait-Beep {
    param([int] $Milliseconds)
    Assert-Alive
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'beeps.txt'), '.')
}

function Read-ConsoleSecret {
    param([string] $Prompt)
    Write-ConsoleLine "${Prompt}: "
    $answer = Read-FakeAnswer $Prompt 'secret'
    if ($null -eq $answer) { return $null }
    $secret = New-Object Security.SecureString
    foreach ($character in $answer.ToCharArray()) { $secret.AppendChar($character) }
    return $secret
}

function Clear-ConsoleScreen {
    Assert-Alive
    # Somebody may have read it already.
    $file = Get-FakeConsole
    $shown = if ([IO.File]::Exists($file)) { [IO.File]::ReadAllText($file) } else { '' }
    [IO.File]::WriteAllText([IO.Path]::Combine($script:FakeFolder, 'cleared.txt'), $shown)
}

# From here on the window is empty; what was there can be scrolled back to.
function Push-ConsoleScreen { Write-ConsoleLine "`f" }

function Get-ConsoleMode { return $script:FakeConsoleMode }

function Set-ConsoleMode {
    # As SetConsoleMode: without ENABLE_EXTENDED_FLAGS nothing is said about QuickEdit.
    param([long] $Mode)
    Assert-Alive
    if (($Mode -band 0x80) -eq 0) { $Mode = ($Mode -band (-bnot 0x40L)) -bor ($script:FakeConsoleMode -band 0x40L) }
    $script:FakeConsoleMode = $Mode
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'modes.txt'), "$Mode`n")
    return $true
}

function Show-ConsoleWindow {
    # windows.txt: what became of the window.
    param([bool] $Shown)
    Assert-Alive
    # Another one is in front then; that of a pass that this one is beside with all that it shows by now.
    if (-not $Shown) { if (Test-FakeBeside) { Move-FakeWindow 'console-gone.txt' } else { Push-ConsoleScreen } }
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'windows.txt'), "$Shown`n")
}
