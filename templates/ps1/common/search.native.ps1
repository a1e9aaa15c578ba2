# Installer files that somebody brought: where they can be, and whether they are as they were made.

function Get-PersonFolder {
    # Where a person puts files: the own downloads and desktop, the desktop of all. The folder of the downloads can be
    # moved; its name there is FOLDERID_Downloads. https://learn.microsoft.com/windows/win32/shell/knownfolderid
    $own = [Environment]::GetFolderPath([Environment+SpecialFolder]::UserProfile)
    $downloads = [IO.Path]::Combine($own, 'Downloads')
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders')
    if ($null -ne $key) {
        $downloads = [string] $key.GetValue('{374DE290-123F-4565-9164-39C4925E467B}', $downloads)
        $key.Dispose()
    }
    $downloads
    Get-DesktopFolder
    Get-DesktopFolder -Shared
}

function Get-DesktopFolder {
    # Of the person who is signed in, wherever it was moved; or the one that all share.
    param([switch] $Shared)
    if ($Shared) { return [Environment]::GetFolderPath([Environment+SpecialFolder]::CommonDesktopDirectory) }
    return [Environment]::GetFolderPath([Environment+SpecialFolder]::DesktopDirectory)
}

# No installer is larger.
$script:InstallerLimit = 8GB
# Of all files and folders that one search looks at.
$script:SearchLimit = 200000

function Find-FileBelow {
    # Full paths of the files of such a name in a folder and so many levels below; nothing where it cannot be read, or is only
    # a link in an elevated pass.
    param([string] $Folder, [string] $Pattern, [int] $Depth)
    $name = New-Object Text.RegularExpressions.Regex(
        "^$([regex]::Escape($Pattern).Replace('\*', '.*').Replace('\?', '.'))$", 'IgnoreCase, CultureInvariant, Singleline')
    $elevated = Test-Elevated
    $seen = 0
    $ahead = New-Object Collections.Queue
    $ahead.Enqueue(@($Folder, 0))
    while ($ahead.Count -gt 0) {
        $place, $deep = $ahead.Dequeue()
        if ($elevated -and -not (Test-PlainPath $place)) { continue }
        try {
            foreach ($path in @(Get-FolderFile $place)) {
                $seen++
                if ($name.IsMatch([IO.Path]::GetFileName($path))) { $path }
            }
            if ($deep -lt $Depth) { foreach ($path in @(Get-Subfolder $place)) { $seen++; $ahead.Enqueue(@($path, ($deep + 1))) } }
        }
        catch [IO.IOException], [UnauthorizedAccessException], [ArgumentException] { continue }
        if ($seen -gt $script:SearchLimit) { throw "ファイルが多すぎるため、探し切れません: $Folder" }
    }
}

function Get-FileSha256 {
    param([string] $Path)
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $stream = Open-PlainFile $Path $script:InstallerLimit
        try {
            $buffer = New-Object byte[] 1048576
            $whole = 0L
            while (($count = $stream.Read($buffer, 0, $buffer.Length)) -gt 0) {
                $whole += $count
                if ($whole -gt $script:InstallerLimit) { throw "大きすぎるため、読みません: $Path" }
                $null = $sha.TransformBlock($buffer, 0, $count, $null, 0)
            }
            $null = $sha.TransformFinalBlock($buffer, 0, 0)
            return [BitConverter]::ToString($sha.Hash).Replace('-', '').ToLowerInvariant()
        }
        finally { $stream.Dispose() }
    }
    finally { $sha.Dispose() }
}

function Get-SignatureStatus {
    # What Windows says of a file's Authenticode signature: a name of SignatureStatus, never its localized text.
    param([string] $Path)
    Assert-PlainPath $Path
    return [string] (Get-AuthenticodeSignature -LiteralPath $Path).Status
}
