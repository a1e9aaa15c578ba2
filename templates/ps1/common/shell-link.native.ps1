# Shortcuts (.lnk) on a desktop and in the Start menu.
# https://learn.microsoft.com/windows/win32/api/shobjidl_core/nn-shobjidl_core-ishelllinkw

function Get-StartMenuFolder {
    # Where the Start menu of all accounts has its entries; administrators alone write there.
    return [Environment]::GetFolderPath([Environment+SpecialFolder]::CommonPrograms)
}

function Write-ShellLink {
    # A whole shortcut or none: made beside its place. Note: what is shown of it; it stands in the file as UTF-16.
    param([string] $Path, [string] $Target, [string] $Note)
    Import-NativeType
    Assert-PlainPath $Path
    [OqsGen.ShellLink]::Save("$Path.new", $Target, $Note)
    [IO.File]::Delete($Path)
    [IO.File]::Move("$Path.new", $Path)
}

function Remove-ShellLink {
    param([string] $Path)
    Assert-PlainPath $Path
    [IO.File]::Delete($Path)
}
