# A PC made of one folder, in the place of the native layer and of Windows' own commands.
#
#   machine.json   what the PC is like; every part of the fake keeps its own fields there
#   session.json   this process: who it runs as, what the person types, where it is to be killed
#   console.txt    what was shown; chances.txt: as many dots as there were chances to be killed
#   ProgramData, Users\<name>\AppData\Local: real folders
#
# Every Write-Machine and every journal line is a chance to be killed before and after it. A kill ends the process
# ("exit"), or ("freeze", for many runs in one process) lets nothing whatever happen any more.

$script:FakeFolder = $env:OQSGEN_FAKE
$script:FakeSession = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($script:FakeFolder, 'session.json')))
$script:FakeChance = 0
$script:FakeDead = $false
$script:FakeAnswer = 0
$script:FakeMachine = $null
$script:FakeMark = ''
$script:FakeReply = $null

function Get-FakeField {
    # A field of fake data, or a default. A list stays a list: assign it, do not wrap the call in @().
    param([object] $Value, [string] $Name, [object] $Default = $null)
    if ($null -eq $Value) { return , $Default }
    $property = $Value.PSObject.Properties[$Name]
    if ($null -eq $property) { return , $Default }
    return , $property.Value
}

function Set-FakeField {
    param([object] $Value, [string] $Name, [object] $Content)
    $Value | Add-Member -NotePropertyName $Name -NotePropertyValue $Content -Force
}

function Assert-Alive { if ($script:FakeDead) { throw 'killed' } }

function Test-Crash {
    # A chance to be killed.
    Assert-Alive
    $script:FakeChance++
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'chances.txt'), '.')
    if ($script:FakeChance -ne (Get-FakeField $script:FakeSession 'crash' 0)) { return }
    if ((Get-FakeField $script:FakeSession 'kill' 'exit') -eq 'exit') { [Environment]::Exit(99) }
    $script:FakeDead = $true
    throw 'killed'
}

function Write-FakeFile {
    param([string] $Path, [string] $Text)
    [IO.File]::WriteAllText($Path, $Text, (New-Object Text.UTF8Encoding($false)))
}

function Get-Machine {
    # What the PC is like, only to be looked at: read again only after a change.
    Assert-Alive
    $file = New-Object IO.FileInfo([IO.Path]::Combine($script:FakeFolder, 'machine.json'))
    $mark = "$($file.LastWriteTimeUtc.Ticks) $($file.Length)"
    if ($script:FakeMark -cne $mark) {
        $script:FakeMachine = Read-Machine
        $script:FakeMark = $mark
    }
    return $script:FakeMachine
}

function Read-Machine {
    # What the PC is like, to be changed and written.
    Assert-Alive
    return ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($script:FakeFolder, 'machine.json')))
}

function Write-Machine {
    param([object] $Machine)
    Test-Crash
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'machine.json')) (ConvertTo-Json $Machine -Depth 30)
    Test-Crash
}
