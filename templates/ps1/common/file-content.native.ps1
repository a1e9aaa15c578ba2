# Files that an installer brings, only read.

function Test-FilePresence {
    param([string] $Path)
    Assert-PlainPath $Path
    return ([IO.File]::Exists($Path) -or [IO.Directory]::Exists($Path))
}

function Read-FileByte {
    # The bytes of a file that others may hold open; an error beyond Limit.
    param([string] $Path, [long] $Limit = 32MB)
    return , (Read-PlainByte $Path $Limit)
}

function Get-FileSize {
    # In bytes.
    param([string] $Path)
    Assert-PlainPath $Path
    return (New-Object IO.FileInfo($Path)).Length
}

function Get-FileMark {
    # A text that is another once a file was written: its length and the time. Empty where there is none, also while it is
    # being replaced.
    param([string] $Path)
    Assert-PlainPath $Path
    $file = New-Object IO.FileInfo($Path)
    if (-not $file.Exists) { return '' }
    return "$($file.Name) $($file.Length) $($file.LastWriteTimeUtc.Ticks)"
}

function Get-FolderStamp {
    # Of each file directly in a folder, the same as Get-FileMark.
    param([string] $Path)
    foreach ($file in @(Get-FolderFile $Path)) { Get-FileMark $file }
}

function Read-ProgramVersion {
    # The version that a program file carries: 1.2.3.4.
    param([string] $Path)
    Assert-PlainPath $Path
    $info = [Diagnostics.FileVersionInfo]::GetVersionInfo($Path)
    return '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
}

function Get-CreationMark {
    # When a file or folder was made, UTC, as a text that sorts; $null where there is none.
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    return [IO.File]::GetCreationTimeUtc($Path).ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
}
