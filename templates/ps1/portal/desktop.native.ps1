# Files of a desktop.

function Get-DesktopFile {
    # Full paths of the files of a desktop whose names end so.
    param([string] $Folder, [string] $Extension)
    if (-not [IO.Directory]::Exists($Folder)) { return }
    foreach ($path in @(Get-FolderFile $Folder)) { if ([IO.Path]::GetExtension($path) -ieq $Extension) { $path } }
}

function Write-DesktopFile {
    # A whole file, on the disk when this returns.
    param([string] $Path, [byte[]] $Bytes)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.Write($Bytes, 0, $Bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Remove-DesktopFile {
    param([string] $Path)
    [IO.File]::Delete($Path)
}
