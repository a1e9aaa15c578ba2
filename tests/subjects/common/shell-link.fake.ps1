# machine.json: files.<path> = {base64} of a shortcut, of which there is only its note.

function Get-StartMenuFolder { return 'C:\ProgramData\Microsoft\Windows\Start Menu\Programs' }

function Assert-LinkPlace {
    param([string] $Path)
    Assert-FakePath $Path
    if ($Path -cnotlike "$(Get-DesktopFolder)\*") { Assert-Elevated }
}

function Write-ShellLink {
    param([string] $Path, [string] $Target, [string] $Note)
    Assert-LinkPlace $Path
    $content = [pscustomobject] @{ base64 = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Note)) }
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'files')) { Set-FakeField $machine 'files' ([pscustomobject] @{}) }
    Set-FakeField $machine.files "$Path.new" $content
    Write-Machine $machine
    $machine.files.PSObject.Properties.Remove($Path)
    Write-Machine $machine
    $machine.files.PSObject.Properties.Remove("$Path.new")
    Set-FakeField $machine.files $Path $content
    Write-Machine $machine
}

function Remove-ShellLink {
    param([string] $Path)
    Assert-LinkPlace $Path
    $machine = Read-Machine
    $machine.files.PSObject.Properties.Remove($Path)
    Write-Machine $machine
}
