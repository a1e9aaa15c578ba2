# Who may do what with a file or a folder, asked by several kinds before they look, obey or write.

$script:FolderFull = 0x1f01ff # FILE_ALL_ACCESS (winnt.h).

# SYSTEM, Administrators, TrustedInstaller.
$script:TrustedSid = 'S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'

# Writing, appending, attributes, deleting, changing entries or the owner (winnt.h).
$script:WriteRight = 0x2 -bor 0x4 -bor 0x10 -bor 0x40 -bor 0x100 -bor 0x10000 -bor 0x40000 -bor 0x80000

function Find-FolderAncestor {
    # The deepest existing folder at or above a path; empty where its drive is missing.
    param([string] $Path)
    while ($Path.Length -gt 3 -and $null -eq (Read-PathAccess -Path $Path)) { $Path = Get-FolderAbove $Path }
    if ($Path.Length -le 3 -and $null -eq (Read-PathAccess -Path $Path)) { return '' }
    return $Path
}

function Get-FolderAbove {
    # C:\ is above C:\OQS.
    param([string] $Path)
    return $Path.Substring(0, [math]::Max(3, $Path.LastIndexOf('\')))
}

function Assert-HeldPath {
    # What is held open is what a path says, and no link led there. Asked of the thing itself, so nothing changes it before it is
    # used.
    param([object] $Held, [string] $Path)
    $found = Read-HeldPath -Held $Held
    if ($found.reparse -or $found.place -ine $Path) { throw "別の場所へのリンクのため、変更しません: $Path" }
}

function Assert-PlainFolder {
    # Tells early, and by its name, of a link on the way, a file or a missing drive. What is then changed is held open
    # (Assert-HeldPath): a link could lead it to any place of the PC.
    param([string] $Path)
    if ((Find-FolderAncestor $Path) -ceq '') { throw "ドライブがありません: $($Path.Substring(0, 2))" }
    while ($true) {
        $found = Read-PathAccess -Path $Path
        if ($null -ne $found -and $found.reparse) { throw "別の場所へのリンクのため、変更しません: $Path" }
        if ($null -ne $found -and -not $found.folder) { throw "フォルダーではなくファイルがあります: $Path" }
        if ($Path.Length -le 3) { return }
        $Path = Get-FolderAbove $Path
    }
}

function Get-FileRight {
    # Generic rights (GENERIC_ALL, READ, WRITE, EXECUTE) stand for these rights of a file (winnt.h).
    param([long] $Rights)
    $all = $Rights
    if ($Rights -band 0x10000000) { $all = $all -bor $script:FolderFull }
    if ($Rights -band 2147483648) { $all = $all -bor 0x120089 }
    if ($Rights -band 0x40000000) { $all = $all -bor 0x120116 }
    if ($Rights -band 0x20000000) { $all = $all -bor 0x1200a0 }
    return ($all -band $script:FolderFull)
}

function Assert-TrustedFile {
    # What is run or obeyed as an administrator: nobody else may change the file, nor put another in its place. A drive's
    # root is Windows' own: others may make folders in it, but not rename those of Windows.
    param([string] $Path)
    for ($at = $Path; $at.Length -gt 3; $at = Get-FolderAbove $at) {
        $access = Read-PathAccess -Path $at
        if ($null -eq $access) { throw "ファイルがありません: $Path" }
        if ($access.reparse -or (Test-OtherMayWrite $access)) { throw "管理者以外が書き換えられるため、使いません。アプリのセットアップをやり直してください: $at" }
    }
}

function Test-OtherMayWrite {
    # Whether anybody but Windows and administrators may change a file or folder itself.
    param([object] $Access)
    if ($script:TrustedSid -cnotcontains $Access.owner) { return $true }
    $entries = (ConvertFrom-Sddl -Sddl $Access.sddl).entries
    # No list at all: everybody may do everything.
    if ($null -eq $entries) { return $true }
    foreach ($entry in $entries) {
        # 1: who is denied something; 8: INHERIT_ONLY_ACE, not for this one itself.
        if ($entry.type -eq 1 -or ($entry.flags -band 8) -ne 0) { continue }
        # Neither allowed nor denied, but on a condition.
        if ($entry.type -ne 0) { return $true }
        # CREATOR OWNER stands for the owner, who is trusted.
        if ($script:TrustedSid -cnotcontains $entry.sid -and $entry.sid -cne 'S-1-3-0' -and
                ((Get-FileRight $entry.rights) -band $script:WriteRight) -ne 0) {
            return $true
        }
    }
    return $false
}
