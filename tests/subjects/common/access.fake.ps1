# Folders with access lists. machine.json: folders.<path> = {protected, entries: [{type, flags, rights, sid}]}, the folder's
# own entries; owner, reparse where unusual. A folder in which `files` stand is there too.

$script:FakeAlias = @{ WD = 'S-1-1-0'; BA = 'S-1-5-32-544'; BU = 'S-1-5-32-545'; BG = 'S-1-5-32-546'; SY = 'S-1-5-18'; AU = 'S-1-5-11'; CO = 'S-1-3-0'; AN = 'S-1-5-7'; NU = 'S-1-5-2' }

function Get-FakePart {
    # A part of the machine, made where it is missing.
    param([object] $Machine, [string] $Name)
    if ($null -eq (Get-FakeField $Machine $Name)) { Set-FakeMember $Machine $Name ([pscustomobject] @{}) }
    return $Machine.$Name
}

function ConvertFrom-Sddl {
    param([string] $Sddl)
    if ($Sddl -notmatch '^(?:O:(?:[A-Z]{2}|S-[0-9-]+?))?(?:G:(?:[A-Z]{2}|S-[0-9-]+?))?D:(P?)(?:AI|AR)*((?:\([^)]*\))*|NO_ACCESS_CONTROL)$') { throw "no SDDL: $Sddl" }
    $protected = $Matches[1] -ceq 'P'
    if ($Matches[2] -ceq 'NO_ACCESS_CONTROL') { return [pscustomobject] @{ protected = $protected; entries = $null } }
    $bits = @{ OI = 1; CI = 2; NP = 4; IO = 8; ID = 16 }
    $entries = @(foreach ($match in [regex]::Matches($Matches[2], '\((\w+);(\w*);(\w*);;;([\w-]+)\)')) {
            $flags = 0
            for ($i = 0; $i -lt $match.Groups[2].Length; $i += 2) { $flags += $bits[$match.Groups[2].Value.Substring($i, 2)] }
            $rights = switch ($match.Groups[3].Value) { 'FA' { [long] 0x1f01ff } 'FR' { [long] 0x120089 } 'GA' { [long] 0x10000000 } default { [Convert]::ToInt64($_.Substring(2), 16) } }
            $sid = $match.Groups[4].Value
            if ($script:FakeAlias.ContainsKey($sid)) { $sid = $script:FakeAlias[$sid] }
            $type = @{ A = 0; D = 1; XA = 9 }[$match.Groups[1].Value]
            if ($type -gt 1) { $rights = $null; $sid = '' }
            [pscustomobject] @{ type = $type; flags = $flags; rights = $rights; sid = $sid }
        })
    return [pscustomobject] @{ protected = $protected; entries = $entries }
}

function Get-FakeFolder {
    # The data of a folder, of one in which files stand, or of such a file; $null where nothing is there.
    param([object] $Machine, [string] $Path)
    $Path = $Path.TrimEnd('\')
    if ($Path.Length -eq 2) { $Path += '\' }
    $folder = Get-FakeField (Get-FakeField $Machine 'folders') $Path
    if ($null -ne $folder) { return $folder }
    foreach ($property in (Get-FakePart $Machine 'files').PSObject.Properties) {
        $isFile = $property.Name -eq $Path
        if ($isFile -or $property.Name.StartsWith("$Path\", [StringComparison]::OrdinalIgnoreCase)) { return [pscustomobject] @{ protected = $false; entries = @(); file = $isFile } }
    }
    return $null
}

function Get-FakeEntry {
    # The whole access list of a folder: its own entries, then what the folder above hands down.
    param([object] $Machine, [string] $Path)
    $folder = Get-FakeFolder $Machine $Path
    $entries = @($folder.entries)
    if (-not $folder.protected -and $Path.Length -gt 3) {
        foreach ($entry in (Get-FakeEntry $Machine $Path.Substring(0, [math]::Max(3, $Path.LastIndexOf('\'))))) {
            if (($entry.flags -band 3) -eq 0) { continue }
            $flags = ($entry.flags -band 3) -bor 16
            if (($entry.flags -band 2) -eq 0) { $flags = $flags -bor 8 }
            $entries += [pscustomobject] @{ type = $entry.type; flags = $flags; rights = $entry.rights; sid = $entry.sid }
        }
    }
    return , $entries
}

function Resolve-FakeFolder {
    # Where a path is, links above it followed (folders.<path>.leadsTo); Last: itself, too.
    param([object] $Machine, [string] $Path, [switch] $Last)
    $parts = $Path.TrimEnd('\').Split('\')
    $at = $parts[0]
    for ($i = 1; $i -lt $parts.Length; $i++) {
        $at = "$at\$($parts[$i])"
        $to = Get-FakeField (Get-FakeField (Get-FakeField $Machine 'folders') $at) 'leadsTo'
        if ($null -ne $to -and ($Last -or $i -lt $parts.Length - 1)) { $at = $to }
    }
    if ($at.Length -eq 2) { $at += '\' }
    return $at
}

function Read-PathAccess {
    param([string] $Path)
    Invoke-FakeMeanwhile
    $machine = Get-Machine
    $Path = Resolve-FakeFolder $machine $Path
    $folder = Get-FakeFolder $machine $Path
    if ($null -eq $folder) { return $null }
    $sddl = 'D:'
    if ($folder.protected) { $sddl += 'P' }
    $sddl += 'AI'
    foreach ($entry in (Get-FakeEntry $machine $Path)) {
        $flags = -join @(foreach ($pair in @(1, 'OI'), @(2, 'CI'), @(4, 'NP'), @(8, 'IO'), @(16, 'ID')) { if ($entry.flags -band $pair[0]) { $pair[1] } })
        $sort = @{ 0 = 'A'; 1 = 'D'; 9 = 'XA' }[[int] $entry.type]
        $sddl += '({0};{1};0x{2:x};;;{3})' -f $sort, $flags, [long] $entry.rights, $entry.sid
    }
    return [pscustomobject] @{
        folder = -not (Get-FakeField $folder 'file' $false); reparse = [bool] (Get-FakeField $folder 'reparse' $false)
        owner = (Get-FakeField $folder 'owner' 'S-1-5-32-544'); sddl = $sddl
    }
}

function Test-FolderPresence {
    param([string] $Path)
    $found = Read-PathAccess -Path $Path
    return ($null -ne $found -and $found.folder)
}

function New-Folder {
    param([string] $Path, [string] $Sddl = '')
    Assert-FakePath $Path
    Invoke-FakeMeanwhile
    $machine = Read-Machine
    if ($null -eq (Get-FakeFolder $machine $Path.Substring(0, 3))) { throw "no drive $Path" }
    $list = [pscustomobject] @{ protected = $false; entries = @() }
    if ($Sddl) { $list = ConvertFrom-Sddl -Sddl $Sddl }
    $parts = (Resolve-FakeFolder $machine $Path).Split('\')
    for ($i = 1; $i -lt $parts.Length; $i++) {
        $at = $parts[0..$i] -join '\'
        if ($null -ne (Get-FakeFolder $machine $at)) { continue }
        Set-FakeMember (Get-FakePart $machine 'folders') $at ([pscustomobject] @{ protected = $list.protected; entries = @($list.entries) })
        Write-Machine $machine
    }
}

function Get-FolderContent {
    param([string] $Path)
    $machine = Get-Machine
    $below = $Path.TrimEnd('\') + '\'
    $names = foreach ($part in 'folders', 'files') {
        foreach ($property in (Get-FakePart $machine $part).PSObject.Properties) {
            if ($property.Name.Length -gt $below.Length -and $property.Name.StartsWith($below, [StringComparison]::OrdinalIgnoreCase)) { $below + $property.Name.Substring($below.Length).Split('\')[0] }
        }
    }
    return , @($names | Sort-Object -Unique)
}
