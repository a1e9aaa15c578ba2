# A file or folder that is held open while it is judged and changed: nobody can put another one, or a link, in its place meanwhile.

function Open-HeldPath {
    # Itself where it is a link. Rename: to give it another name or to remove it, and not other entries. To be closed.
    param([string] $Path, [switch] $Rename)
    Import-NativeType
    return (New-Object OqsGen.HeldPath($Path, [bool] $Rename))
}

function Close-HeldPath {
    param([object] $Held)
    $Held.Dispose()
}

function Read-HeldPath {
    # As Read-PathAccess, and `place`: where it really is.
    param([object] $Held)
    $descriptor = New-Object Security.AccessControl.RawSecurityDescriptor($Held.GetSecurity(), 0)
    return [pscustomobject] @{
        folder = $Held.IsFolder(); reparse = $Held.IsLink(); place = $Held.GetPlace()
        owner = $descriptor.Owner.Value
        sddl = $descriptor.GetSddlForm([Security.AccessControl.AccessControlSections]::Access)
    }
}

function Set-HeldAccess {
    # Gives a folder the entries of an SDDL text; unless that says P, Windows adds what the folder above hands down.
    param([object] $Held, [string] $Sddl)
    $descriptor = New-Object Security.AccessControl.RawSecurityDescriptor($Sddl)
    $list = New-Object byte[] $descriptor.DiscretionaryAcl.BinaryLength
    $descriptor.DiscretionaryAcl.GetBinaryForm($list, 0)
    $protected = ($descriptor.ControlFlags -band [Security.AccessControl.ControlFlags]::DiscretionaryAclProtected) -ne 0
    $Held.SetAccess($list, $protected)
}

function Rename-HeldFile {
    # Another name in the same folder, in one step; an error where that name is taken.
    param([object] $Held, [string] $Name)
    $Held.Rename($Name)
}

function Remove-HeldFolder {
    # Removes a folder that holds nothing, opened with Rename: it is gone once that is closed. $false where it holds something.
    param([object] $Held)
    return $Held.RemoveEmpty()
}
