# Folders with their access lists. An access list is text in SDDL here, the whole of it, inherited entries too.

function Read-PathAccess {
    # Whether it is a folder, whether it leads elsewhere, its owner and its access list; $null where nothing is there.
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    $reparse = ([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) -ne 0
    $sections = [Security.AccessControl.AccessControlSections]::Access -bor [Security.AccessControl.AccessControlSections]::Owner
    if ($folder) {
        $security = [IO.Directory]::GetAccessControl($Path, $sections)
    }
    else {
        $security = [IO.File]::GetAccessControl($Path, $sections)
    }
    return [pscustomobject] @{
        folder = $folder; reparse = $reparse
        owner = $security.GetOwner([Security.Principal.SecurityIdentifier]).Value
        sddl = $security.GetSecurityDescriptorSddlForm([Security.AccessControl.AccessControlSections]::Access)
    }
}

function Test-FolderPresence {
    param([string] $Path)
    return [IO.Directory]::Exists($Path)
}

function New-Folder {
    # Makes a folder and what is missing above it, each from its first moment with the owner and the entries of an SDDL text. One
    # that is there stays as it is.
    param([string] $Path, [string] $Sddl)
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    $null = [IO.Directory]::CreateDirectory($Path, $security)
}

function Get-FolderContent {
    # Full paths of what stands directly in a folder.
    param([string] $Path)
    return , @(@(Get-Subfolder $Path) + @(Get-FolderFile $Path))
}

function ConvertFrom-Sddl {
    # The access list of an SDDL text: protected, and its entries in their order. `type` 0 allows, 1 denies; `flags` are
    # those of ACE_HEADER (MS-DTYP 2.4.4.1); entries of another sort have no rights here. `entries` is $null where there is no list,
    # which grants everything.
    param([string] $Sddl)
    $descriptor = New-Object Security.AccessControl.RawSecurityDescriptor($Sddl)
    $protected = ($descriptor.ControlFlags -band [Security.AccessControl.ControlFlags]::DiscretionaryAclProtected) -ne 0
    if ($null -eq $descriptor.DiscretionaryAcl) { return [pscustomobject] @{ protected = $protected; entries = $null } }
    $entries = @(foreach ($entry in $descriptor.DiscretionaryAcl) {
            $rights = $null
            $sid = ''
            if ($entry -is [Security.AccessControl.CommonAce]) {
                $rights = [long] $entry.AccessMask -band 4294967295
                $sid = $entry.SecurityIdentifier.Value
            }
            [pscustomobject] @{ type = [int] $entry.AceType; flags = [int] $entry.AceFlags; rights = $rights; sid = $sid }
        })
    return [pscustomobject] @{ protected = $protected; entries = $entries }
}
