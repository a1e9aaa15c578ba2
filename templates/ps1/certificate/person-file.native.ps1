# Files in the folders of the signed-in person. Times are seconds since 1970, UTC.

function Get-KnownFolder {
    # Desktop or Downloads, wherever the person has moved it.
    param([string] $Name)
    if ($Name -eq 'Desktop') { return [Environment]::GetFolderPath([Environment+SpecialFolder]::DesktopDirectory) }
    Import-NativeType
    return [OqsGen.KnownFolder]::Downloads()
}

# A certificate with its key has some kilobytes.
$script:PersonFileLimit = 32MB

function Get-PersonFile {
    # The files directly in a folder: path, name, modified. None where the folder is not there or not ours to read.
    param([string] $Folder)
    $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    try {
        $found = @(foreach ($path in @(Get-FolderFile $Folder)) {
                [pscustomobject] @{
                    path = $path; name = [IO.Path]::GetFileName($path)
                    modified = [long] [math]::Floor(([IO.File]::GetLastWriteTimeUtc($path) - $epoch).TotalSeconds)
                }
            })
    }
    catch [IO.IOException], [UnauthorizedAccessException], [ArgumentException] { $found = @() }
    return $found
}

function Test-PersonPath {
    param([string] $Path)
    return ([IO.File]::Exists($Path) -or [IO.Directory]::Exists($Path))
}

function Read-PersonFile {
    param([string] $Path)
    return , (Read-PlainByte $Path $script:PersonFileLimit)
}

function Write-PersonFile {
    # On the disk when this returns, whole or not at all: until then what was there stays.
    param([string] $Path, [byte[]] $Bytes)
    $new = "$Path.new"
    $stream = [IO.File]::Open($new, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::None)
    try { $stream.Write($Bytes, 0, $Bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
    if ([IO.File]::Exists($Path)) { [IO.File]::Replace($new, $Path, [NullString]::Value) } else { [IO.File]::Move($new, $Path) }
}

function Remove-PersonFile {
    # With what is left of one that was being written when the power went.
    param([string] $Path)
    foreach ($file in "$Path.new", $Path) { if ([IO.File]::Exists($file)) { [IO.File]::Delete($file) } }
}

function Initialize-PersonFolder {
    param([string] $Path)
    $null = [IO.Directory]::CreateDirectory($Path)
}

function Remove-PersonFolder {
    # Only an empty one.
    param([string] $Path)
    if (-not [IO.Directory]::Exists($Path) -or @(Get-FolderFile $Path).Length -gt 0 -or @(Get-Subfolder $Path).Length -gt 0) { return }
    [IO.Directory]::Delete($Path)
}
