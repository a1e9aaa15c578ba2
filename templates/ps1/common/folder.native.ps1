# Folders and files: who may do what with them, and writing that is on the disk when it returns.

function Get-ProgramDataFolder {
    # From the registry: an elevated process inherits the variables of the person.
    $drive = [IO.Path]::GetPathRoot([Environment]::SystemDirectory).TrimEnd('\')
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey(
        [Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList')
        $raw = [string] $key.GetValue('ProgramData', '%SystemDrive%\ProgramData',
            [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
        $key.Dispose()
    }
    finally { $base.Dispose() }
    return ($raw -replace '^%SystemDrive%', $drive)
}

function Get-LocalAppDataFolder { return [Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData) }

function Get-PathSecurity {
    # Owner and access entries of a folder or file, as SIDs; $null when it is not there.
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    $reparse = ([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) -ne 0
    if ($reparse) { return [pscustomobject] @{ folder = $folder; reparse = $true; owner = ''; protected = $false; entries = @() } }
    if ($folder) { $security = [IO.Directory]::GetAccessControl($Path) } else { $security = [IO.File]::GetAccessControl($Path) }
    $sid = [Security.Principal.SecurityIdentifier]
    $entries = @(foreach ($rule in $security.GetAccessRules($true, $true, $sid)) {
            [pscustomobject] @{
                sid = $rule.IdentityReference.Value; allow = ($rule.AccessControlType -eq [Security.AccessControl.AccessControlType]::Allow)
                rights = [int] $rule.FileSystemRights; inherited = $rule.IsInherited
            }
        })
    return [pscustomobject] @{
        folder = $folder
        reparse = $false
        owner = $security.GetOwner($sid).Value
        protected = $security.AreAccessRulesProtected
        entries = $entries
    }
}

function Get-FolderEntry {
    # Full paths of what stands directly in a folder.
    param([string] $Path)
    return [IO.Directory]::GetFileSystemEntries($Path)
}

function Initialize-Folder {
    # Makes a folder, from its first moment with the owner and the access of an SDDL; without one, as its parent says.
    param([string] $Path, [string] $Sddl = '')
    if ($Sddl -ceq '') { $null = [IO.Directory]::CreateDirectory($Path); return }
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    $null = [IO.Directory]::CreateDirectory($Path, $security)
}

function Protect-Path {
    # Gives a folder or file the access of an SDDL; the owner stays.
    param([string] $Path, [string] $Sddl)
    $section = [Security.AccessControl.AccessControlSections]::Access
    if ([IO.Directory]::Exists($Path)) {
        $security = New-Object Security.AccessControl.DirectorySecurity
        $security.SetSecurityDescriptorSddlForm($Sddl, $section)
        [IO.Directory]::SetAccessControl($Path, $security)
    }
    else {
        $security = New-Object Security.AccessControl.FileSecurity
        $security.SetSecurityDescriptorSddlForm($Sddl, $section)
        [IO.File]::SetAccessControl($Path, $security)
    }
}

function Initialize-File {
    # An empty file, from its first moment with the owner and the access of an SDDL; one that is there stays.
    param([string] $Path, [string] $Sddl)
    if ([IO.File]::Exists($Path)) { return }
    $security = New-Object Security.AccessControl.FileSecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    $rights = [Security.AccessControl.FileSystemRights]::Write
    $stream = New-Object IO.FileStream(
        $Path, [IO.FileMode]::CreateNew, $rights, [IO.FileShare]::Read, 4096, [IO.FileOptions]::None, $security)
    $stream.Dispose()
}

function Clear-Folder {
    # Empties a folder of ours as far as it lets itself be emptied.
    param([string] $Path)
    foreach ($entry in [IO.Directory]::GetFileSystemEntries($Path)) {
        try { if ([IO.Directory]::Exists($entry)) { [IO.Directory]::Delete($entry, $true) } else { [IO.File]::Delete($entry) } }
        catch { continue }
    }
}

function Remove-OwnFolder {
    # A folder of ours with all that is in it; a link in it goes, and not what it leads to.
    param([string] $Path)
    [IO.Directory]::Delete($Path, $true)
}

function Rename-OwnFolder {
    # At one moment. What looks into new files (Defender) may still have one open.
    param([string] $Path, [string] $To)
    for ($try = 1; ; $try++) {
        try { [IO.Directory]::Move($Path, $To); return }
        catch { if ($try -ge 20) { throw }; Start-Sleep -Milliseconds 250 }
    }
}

function Write-NewFile {
    # A file that must not be there yet, on the disk when it returns.
    param([string] $Path, [byte[]] $Bytes)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::CreateNew, [IO.FileAccess]::Write, [IO.FileShare]::None)
    try { $stream.Write($Bytes, 0, $Bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Add-FileText {
    # Appends to a file and waits until it is on the disk.
    param([string] $Path, [string] $Text)
    $bytes = (New-Object Text.UTF8Encoding($false)).GetBytes($Text)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Append, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Resize-File {
    param([string] $Path, [long] $Length)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.SetLength($Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Write-FileText {
    # A whole file, UTF-8, with a byte order mark where people open it.
    param([string] $Path, [string] $Text, [switch] $Bom)
    [IO.File]::WriteAllText($Path, $Text, (New-Object Text.UTF8Encoding([bool] $Bom)))
}

function Open-LockFile {
    # Held until the process ends or Dispose; $null while another process holds it.
    param([string] $Path)
    try { return [IO.File]::Open($Path, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::ReadWrite, [IO.FileShare]::None) }
    catch [IO.IOException] { return $null }
}
