# The files of a desktop are among machine.json's files.

function Get-DesktopFile {
    param([string] $Folder, [string] $Extension)
    foreach ($name in @(Get-FieldName (Get-Machine).files)) {
        if ($name.StartsWith("$Folder\") -and $name.LastIndexOf('\') -eq $Folder.Length -and $name -like "*$Extension") { $name }
    }
}

function Write-DesktopFile {
    param([string] $Path, [byte[]] $Bytes)
    Assert-FakePath $Path
    if ($Path.StartsWith('C:\Users\Public\')) { Assert-Elevated }
    $machine = Read-Machine
    # Cut short: the file is there, and empty.
    Set-FakeField $machine.files $Path ([pscustomobject] @{ base64 = '' })
    Write-Machine $machine
    Set-FakeField $machine.files $Path ([pscustomobject] @{ base64 = [Convert]::ToBase64String($Bytes) })
    Write-Machine $machine
}

function Remove-DesktopFile {
    param([string] $Path)
    $machine = Read-Machine
    $machine.files.PSObject.Properties.Remove($Path)
    Write-Machine $machine
}
