# The age of a file.

function Get-FileCreation {
    # When the file was made, in local time; $null where there is none.
    param([string] $Path)
    if (-not [IO.File]::Exists($Path)) { return $null }
    return [IO.File]::GetCreationTime($Path)
}
