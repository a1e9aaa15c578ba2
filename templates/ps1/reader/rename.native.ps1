# The name and the age of a file.

function Get-FileCreation {
    # When the file was made, in local time; $null where there is none.
    param([string] $Path)
    if (-not [IO.File]::Exists($Path)) { return $null }
    return [IO.File]::GetCreationTime($Path)
}

function Rename-File {
    # Another name in the same folder, in one step; an error where that name is taken.
    param([string] $Path, [string] $NewPath)
    [IO.File]::Move($Path, $NewPath)
}
