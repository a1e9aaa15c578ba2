# Real folders; owners and access entries are in machine.json: security.<path below the folder> =
# {reparse, owner, protected, entries}. What has none there is as Windows would have made it.

function Get-ProgramDataFolder { return [IO.Path]::Combine($script:FakeFolder, 'ProgramData') }

function Get-LocalAppDataFolder { return [IO.Path]::Combine($script:FakeFolder, 'Users', $script:FakeSession.as, 'AppData', 'Local') }

function Get-FakePath {
    param([string] $Path)
    return $Path.Substring($script:FakeFolder.Length).TrimStart('/', '\').Replace('\', '/')
}

function ConvertFrom-FakeSddl {
    # The entries of the few SDDL texts that are in use.
    param([string] $Sddl)
    $sids = @{ SY = 'S-1-5-18'; BA = 'S-1-5-32-544'; BU = 'S-1-5-32-545' }
    return , @(foreach ($match in [regex]::Matches($Sddl, '\(A;(?:OICI)?;(\w+);;;(\w+)\)')) {
            $rights = 0x1f01ff
            if ($match.Groups[1].Value -ne 'FA') { $rights = [Convert]::ToInt32($match.Groups[1].Value, 16) }
            [pscustomobject] @{ sid = $sids[$match.Groups[2].Value]; allow = $true; rights = $rights; inherited = $false }
        })
}

function Write-FakeSecurity {
    param([string] $Path, [object] $Security)
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'security')) { Set-FakeField $machine 'security' ([pscustomobject] @{}) }
    Set-FakeField $machine.security (Get-FakePath $Path) $Security
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'machine.json')) (ConvertTo-Json $machine -Depth 30)
}

function Get-PathSecurity {
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    $stored = Get-FakeField (Get-FakeField (Get-Machine) 'security') (Get-FakePath $Path)
    $answer = [pscustomobject] @{ folder = $folder; reparse = $false; owner = 'S-1-5-32-544'; protected = $folder; entries = @() }
    foreach ($name in 'reparse', 'owner', 'protected', 'entries') {
        $value = Get-FakeField $stored $name
        if ($null -ne $value) { $answer.$name = $value }
    }
    return $answer
}

function Get-FolderEntry {
    param([string] $Path)
    return [IO.Directory]::GetFileSystemEntries($Path)
}

function Initialize-Folder {
    param([string] $Path, [string] $Sddl = '')
    Assert-Alive
    if ([IO.Directory]::Exists($Path)) { return }
    Test-Chance
    $null = [IO.Directory]::CreateDirectory($Path)
    if ($Sddl -cne '') {
        Write-FakeSecurity $Path ([pscustomobject] @{ owner = 'S-1-5-32-544'; protected = $true; entries = (ConvertFrom-FakeSddl $Sddl) })
    }
    Test-Chance
}

function Protect-Path {
    param([string] $Path, [string] $Sddl)
    Test-Chance
    $security = Get-PathSecurity $Path
    Write-FakeSecurity $Path ([pscustomobject] @{ owner = $security.owner; protected = $true; entries = (ConvertFrom-FakeSddl $Sddl) })
    Test-Chance
}

function Initialize-File {
    param([string] $Path, [string] $Sddl)
    Assert-Alive
    if ([IO.File]::Exists($Path)) { return }
    Test-Chance
    Write-FakeFile $Path ''
    Test-Chance
}

function Clear-Folder { param([string] $Path) Test-Chance }

function Remove-OwnFolder {
    # File by file: what is killed leaves a part.
    param([string] $Path)
    Test-Chance
    foreach ($file in [IO.Directory]::GetFiles($Path, '*', 'AllDirectories')) { [IO.File]::Delete($file); Test-Chance }
    [IO.Directory]::Delete($Path, $true)
    Test-Chance
}

function Rename-OwnFolder {
    param([string] $Path, [string] $To)
    Test-Chance
    [IO.Directory]::Move($Path, $To)
    Test-Chance
}

function Write-NewFile {
    param([string] $Path, [byte[]] $Bytes)
    Test-Chance
    if ([IO.File]::Exists($Path)) { throw (New-Object IO.IOException("there already: $Path")) }
    foreach ($length in [int] ($Bytes.Length / 2), $Bytes.Length) {
        $part = New-Object byte[] $length
        [Array]::Copy($Bytes, $part, $length)
        [IO.File]::WriteAllBytes($Path, $part)
        Test-Chance
    }
}

function Add-FileText {
    # The journal: may be cut in the middle of a line.
    param([string] $Path, [string] $Text)
    Test-Chance
    [IO.File]::AppendAllText($Path, $Text.Substring(0, 9))
    Test-Chance
    [IO.File]::AppendAllText($Path, $Text.Substring(9))
    Test-Chance
}

function Resize-File {
    param([string] $Path, [long] $Length)
    Test-Chance
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open)
    try { $stream.SetLength($Length) } finally { $stream.Dispose() }
    Test-Chance
}

function Write-FileText {
    param([string] $Path, [string] $Text, [switch] $Bom)
    Test-Chance
    foreach ($part in $Text.Substring(0, [int] ($Text.Length / 2)), $Text) {
        [IO.File]::WriteAllText($Path, $part, (New-Object Text.UTF8Encoding([bool] $Bom)))
        Test-Chance
    }
}

function Open-LockFile {
    param([string] $Path)
    Assert-Alive
    try { return [IO.File]::Open($Path, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::ReadWrite, [IO.FileShare]::None) }
    catch [IO.IOException] { return $null }
}
