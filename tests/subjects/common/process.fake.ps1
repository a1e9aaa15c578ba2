# machine.json: computer, windows = {edition, build}, uwf, boot = a text for each start, opened = pages opened.

function Test-Process64 { return -not [bool] (Get-FakeField $script:FakeSession 'bits32' $false) }

function Get-ComputerText { return [string] (Get-Machine).computer }

function Get-WindowsRelease { return (Get-Machine).windows }

function Test-WriteFilter { return [bool] (Get-FakeField (Get-Machine) 'uwf' $false) }

function Get-BootMark { return [string] (Get-Machine).boot }

function Exit-OwnProcess {
    # The process of "freeze" is shared with other passes.
    param([int] $Code)
    Assert-Alive
    if ((Get-FakeField $script:FakeSession 'kill' 'exit') -eq 'exit') { [Environment]::Exit($Code) }
    throw 'ended'
}

function Initialize-Temp { param([string] $Path) if (-not [IO.Directory]::Exists($Path)) { throw "no TEMP: $Path" } }

function Open-Page {
    param([string] $Page)
    Assert-Alive
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'opened.txt'), "$Page`n")
}

function Open-Program { param([string] $Name, [string] $Argument) Open-Page "$Name $Argument".TrimEnd() }

function Set-ClipboardText {
    # session.json: clipboard = false while another program holds it.
    param([string] $Text)
    Assert-Alive
    if (-not (Get-FakeField $script:FakeSession 'clipboard' $true)) { throw 'Requested Clipboard operation did not succeed.' }
    [IO.File]::WriteAllText([IO.Path]::Combine($script:FakeFolder, 'clipboard.txt'), $Text)
}

function Clear-ClipboardText { Set-ClipboardText '' }

function Open-Edge { param([string] $Page, [string] $Folder = '') Open-Page $Page }

# process-<id>: there while a pass beside this one lives (assemble.py); elevate.json asks for one.

$script:FakeUac = 0

function Start-ElevatedPass {
    # session.json: uac = what the person answers to Windows, one after another and then はい; or person.
    param([string] $Script, [string] $Run)
    Test-Chance
    if (Get-FakeField $script:FakeSession 'person' $false) { $answer = Wait-FakePerson 'ユーザー アカウント制御' 'uac' }
    else {
        $answers = Get-FakeField $script:FakeSession 'uac' @()
        $answer = if ($script:FakeUac -lt $answers.Length) { $answers[$script:FakeUac] } else { 'はい' }
        $script:FakeUac++
    }
    if ($answer -cne 'はい') { return 0 }
    $id = Get-Random -Minimum 1000 -Maximum 1000000
    $asked = [IO.Path]::Combine($script:FakeFolder, 'elevate.json')
    Write-FakeFile "$asked.new" (ConvertTo-Json @{ id = $id; script = $Script; run = $Run })
    [IO.File]::Move("$asked.new", $asked)
    while ([IO.File]::Exists($asked)) { Assert-FakePower; Start-Sleep -Milliseconds 5 }
    Test-Chance
    return $id
}

function Get-StickRoot {
    # machine.json: drives = folders that are roots of drives that can be taken out.
    $drives = Get-FakeField (Get-Machine) 'drives' @()
    return $drives
}

function Get-OwnProcessId { return [int] (Get-FakeField $script:FakeSession 'process' 4711) }

function Wait-ProcessEnd {
    # A look takes little of the time that it would.
    param([int] $Id, [int] $Milliseconds)
    $process = [IO.Path]::Combine($script:FakeFolder, "process-$Id")
    foreach ($wait in 0..3) {
        Assert-FakePower
        if (-not [IO.File]::Exists($process)) { return $true }
        Start-Sleep -Milliseconds ($Milliseconds / 36)
    }
    return $false
}
