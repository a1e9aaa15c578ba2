# What a kind keeps in this person's folder, each protected for this person alone: a secret that undoing will need, and
# the key of the marks. Nothing else may be able to read it, and it goes away once it is undone.

function Get-ProtectedFolder { return [IO.Path]::Combine((Get-UserFolder), 'keep') }

function Get-ProtectedPath {
    param([string] $Name)
    return [IO.Path]::Combine((Get-ProtectedFolder), "$Name.kept")
}
