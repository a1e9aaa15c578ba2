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

function Find-FileBelow {
    # Full paths of the files of such a name in a folder and so many levels below; nothing where it cannot be read.
    param([string] $Folder, [string] $Pattern, [int] $Depth)
    try {
        [IO.Directory]::GetFiles($Folder, $Pattern)
        if ($Depth -eq 0) { return }
        $below = [IO.Directory]::GetDirectories($Folder)
    }
    catch [IO.IOException] { return }
    catch [UnauthorizedAccessException] { return }
    catch [ArgumentException] { return }
    foreach ($subfolder in $below) { Find-FileBelow -Folder $subfolder -Pattern $Pattern -Depth ($Depth - 1) }
}

function Get-FileSha256 {
    param([string] $Path)
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $stream = [IO.File]::OpenRead($Path)
        try { return [BitConverter]::ToString($sha.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() } finally { $stream.Dispose() }
    }
    finally { $sha.Dispose() }
}

function Get-SignatureStatus {
    # What Windows says of a file's Authenticode signature: a name of SignatureStatus, never its localized text.
    param([string] $Path)
    return [string] (Get-AuthenticodeSignature -LiteralPath $Path).Status
}
