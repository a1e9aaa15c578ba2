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

function Open-Edge { param([string] $Page) Open-Page $Page }
