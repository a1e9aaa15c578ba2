# A PC made of one folder, in the place of the native layer and of Windows' own commands.
#
#   machine.json   what the PC is like; every part of the fake keeps its own fields there
#   session.json   this process (or the file that OQSGEN_FAKE_SESSION names): who it runs as, what the person types, at which chance it is killed (crash) or a command
#                  fails (fail; failing "on": all after it too)
#   console.txt    what was shown; chances.txt: as many dots as there were chances; dead.txt: there once it was killed
#   console-<process>.txt  what the window of a pass beside another shows, until it comes to the front; console-gone.txt: until it went
#   ProgramData, Users\<name>\AppData\Local: real folders
#
# Everything that changes the PC is a chance, before and after each part of it: to be killed, and to fail, so that an error
# is all that the caller gets, whether nothing, a part or all of it was done. A kill ends the process ("exit"), or ("freeze",
# for many runs in one process) lets nothing whatever happen any more.

$script:FakeFolder = $env:OQSGEN_FAKE
$script:FakeFile = if ($env:OQSGEN_FAKE_SESSION) { $env:OQSGEN_FAKE_SESSION } else { 'session.json' }
$script:FakeSession = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine($script:FakeFolder, $script:FakeFile)))
$script:FakeChance = 0
$script:FakeDead = $false
$script:FakeFailed = $false
$script:FakeAnswer = 0
$script:FakeMachine = $null
$script:FakeText = ''
$script:FakeReply = $null
# Of a pass beside another: files of its own.
$script:FakeDeath = 'dead.txt'
$script:FakeChances = 'chances.txt'
$script:FakeConsole = 'console.txt'
if ($null -ne $script:FakeSession.PSObject.Properties['process']) {
    $script:FakeDeath = "dead-$($script:FakeSession.process).txt"
    $script:FakeChances = "chances-$($script:FakeSession.process).txt"
    $script:FakeConsole = "console-$($script:FakeSession.process).txt"
}

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

function Test-Chance {
    # A chance to be killed, or to fail.
    Assert-Alive
    $script:FakeChance++
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, $script:FakeChances), '.')
    if ($script:FakeChance -eq (Get-FakeField $script:FakeSession 'fail' 0) -or ($script:FakeFailed -and (Get-FakeField $script:FakeSession 'failing' 'once') -eq 'on')) {
        $script:FakeFailed = $true
        throw (New-Object ComponentModel.Win32Exception(1450, 'システム リソースが不足しているため、要求されたサービスを完了できません。'))
    }
    if ($script:FakeChance -ne (Get-FakeField $script:FakeSession 'crash' 0)) { return }
    if ((Get-FakeField $script:FakeSession 'kill' 'exit') -eq 'exit') { [Environment]::Exit(99) }
    $script:FakeDead = $true
    [IO.File]::WriteAllText([IO.Path]::Combine($script:FakeFolder, $script:FakeDeath), '')
    throw 'killed'
}

# What Windows refuses, and the fakes with it. Which names it takes is in https://learn.microsoft.com/windows/win32/fileio/naming-a-file
# (files, shares, tasks) and https://learn.microsoft.com/windows/win32/api/lmaccess/ns-lmaccess-user_info_1 (accounts).

function Assert-Elevated {
    if (-not [bool] (Get-FakeField $script:FakeSession 'elevated' $false)) { throw (New-Object ComponentModel.Win32Exception(5, 'アクセスが拒否されました。')) }
}

function Assert-FakeName {
    # A name of something that is to be made.
    param([string] $Name, [int] $Longest, [string] $Forbidden)
    $bad = $Name -ceq '' -or $Name.Length -gt $Longest -or $Name.IndexOfAny($Forbidden.ToCharArray()) -ge 0 -or $Name -match '[\x00-\x1f]|[. ]$'
    if ($bad) { throw (New-Object ComponentModel.Win32Exception(123, "ファイル名、ディレクトリ名、またはボリューム ラベルの構文が間違っています。: $Name")) }
}

function Assert-FakePath {
    # A path of this PC, below a drive, in which something is to be made; without the long form that 5.1 does not take.
    param([string] $Path)
    if ($Path.Length -gt 259 -or $Path -notmatch '^[A-Za-z]:\\') { throw (New-Object IO.PathTooLongException($Path)) }
    foreach ($part in $Path.Substring(3).Split('\')) {
        Assert-FakeName $part 255 '<>:"/|?*'
        if ($part -match '^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)') { throw (New-Object IO.IOException("a device: $part")) }
    }
}

function Get-FakeExit {
    # The exit code of a program that may be killed, and may fail.
    param([int] $Code)
    try { Test-Chance } catch [ComponentModel.Win32Exception] { return $_.Exception.NativeErrorCode }
    return $Code
}

function Write-FakeFile {
    param([string] $Path, [string] $Text)
    [IO.File]::WriteAllText($Path, $Text)
}

function Get-Machine {
    # What the PC is like, only to be looked at: made anew only after a change.
    Assert-Alive
    $text = [IO.File]::ReadAllText([IO.Path]::Combine($script:FakeFolder, 'machine.json'))
    if (-not [string]::Equals($text, $script:FakeText)) {
        $script:FakeMachine = ConvertFrom-Json $text
        $script:FakeText = $text
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
    Test-Chance
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'machine.json')) (ConvertTo-Json $Machine -Depth 30 -Compress)
    Test-Chance
}
