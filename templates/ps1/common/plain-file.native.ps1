# The one way to read a file or to list a folder: others may have put anything there.

# Nobody puts more files or folders into one.
$script:FolderLimit = 100000
# FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
# https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
$script:FetchedOnUse = 0x440000

function Test-PlainPath {
    # Whether no part of a path leads elsewhere: a link could lead to a pipe, which has no end, or to a server, which is told who
    # asks. From the top down: what is behind a link is not touched. A folder of OneDrive is marked as well and leads nowhere; a
    # file that has to be fetched first waits for whoever promised it.
    param([string] $Path)
    if ($Path -match '^[\\/]{2}') { return $false }
    $parts = @()
    for ($part = $Path; $part; $part = [IO.Path]::GetDirectoryName($part)) { $parts = @($part) + $parts }
    foreach ($part in $parts) {
        try { $attributes = [int] [IO.File]::GetAttributes($part) }
        catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] { return $true }
        if (($attributes -band [int] [IO.FileAttributes]::Directory) -eq 0 -and ($attributes -band $script:FetchedOnUse)) { return $false }
        if (($attributes -band [int] [IO.FileAttributes]::ReparsePoint) -eq 0) { continue }
        if ('SymbolicLink', 'Junction' -contains (Get-Item -LiteralPath $part -Force).LinkType) { return $false }
    }
    return $true
}

function Assert-PlainPath {
    # An elevated pass follows nobody's link; a person's own pass is told by one nothing that the person could not read.
    param([string] $Path)
    if ((Test-Elevated) -and -not (Test-PlainPath $Path)) { throw "別の場所へのリンクのため、開きません: $Path" }
}

function Open-PlainFile {
    # For reading, a file that others may have made or hold open: on a disk, and no larger than Limit. An elevated pass follows no
    # link but where Linked says so. .NET Framework itself refuses devices and pipes (FileStream, GetFileType).
    param([string] $Path, [long] $Limit, [switch] $Linked)
    if (-not $Linked) { Assert-PlainPath $Path }
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Read, ([IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete))
    try {
        if (-not $stream.CanSeek) { throw "ファイルではないため、読みません: $Path" }
        if ($stream.Length -gt $Limit) { throw "大きすぎるため、読みません（$($stream.Length) バイト）: $Path" }
        # Once more: it could have become a link just before it was opened.
        if (-not $Linked) { Assert-PlainPath $Path }
    }
    catch { $stream.Dispose(); throw }
    return $stream
}

function Read-PlainByte {
    # The bytes of a file, no more than Limit even where it grows meanwhile.
    param([string] $Path, [long] $Limit, [switch] $Linked)
    $stream = Open-PlainFile $Path $Limit -Linked:$Linked
    try { return , (Read-StreamByte $stream $Limit) } finally { $stream.Dispose() }
}

function Read-PlainText {
    # UTF-8, with or without a byte order mark.
    param([string] $Path, [long] $Limit)
    return [Text.Encoding]::UTF8.GetString((Read-PlainByte $Path $Limit)).TrimStart([char] 0xfeff)
}

function Get-FolderFile {
    # Full paths of the files directly in a folder. No pattern: for Windows *.csv means *.csv_bak as well, and short names count.
    param([string] $Folder)
    Assert-PlainPath $Folder
    $count = 0
    foreach ($path in [IO.Directory]::EnumerateFiles($Folder)) {
        if (++$count -gt $script:FolderLimit) { throw "ファイルが多すぎるため、調べられません: $Folder" }
        $path
    }
}

function Get-Subfolder {
    # Full paths of the folders directly in a folder.
    param([string] $Folder)
    Assert-PlainPath $Folder
    $count = 0
    foreach ($path in [IO.Directory]::EnumerateDirectories($Folder)) {
        if (++$count -gt $script:FolderLimit) { throw "フォルダーが多すぎるため、調べられません: $Folder" }
        $path
    }
}
