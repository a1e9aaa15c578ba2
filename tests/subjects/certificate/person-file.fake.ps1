# machine.json: personFiles.<path> = {modified, text, held}: the files of persons, held by another program where it says so;
# personFolders = folders that were made. What is in our own folder is a real file.

function Get-KnownFolder { param([string] $Name) return "C:\Users\$($script:FakeSession.as)\$Name" }

function Test-FakeRealPath { param([string] $Path) return $Path.StartsWith($script:FakeFolder) }

function Get-FakePersonFile { return Get-FakeField (Get-Machine) 'personFiles' ([pscustomobject] @{}) }

function Get-PersonFile {
    param([string] $Folder)
    if ((Test-FakeRealPath $Folder) -and [IO.Directory]::Exists($Folder)) {
        foreach ($path in [IO.Directory]::GetFiles($Folder)) { [pscustomobject] @{ path = $path; name = [IO.Path]::GetFileName($path); modified = 0L } }
        return
    }
    $files = Get-FakePersonFile
    foreach ($path in @(Get-FieldName $files)) {
        $name = $path.Substring($path.LastIndexOf('\') + 1)
        if ($path -eq ($Folder.TrimEnd('\') + '\' + $name)) { [pscustomobject] @{ path = $path; name = $name; modified = [long] $files.$path.modified } }
    }
}

function Test-PersonPath {
    param([string] $Path)
    if (Test-FakeRealPath $Path) { return ([IO.File]::Exists($Path) -or [IO.Directory]::Exists($Path)) }
    $folders = Get-FakeField (Get-Machine) 'personFolders' @()
    return ($null -ne (Get-FakeField (Get-FakePersonFile) $Path) -or $folders -ccontains $Path)
}

function Read-PersonFile {
    param([string] $Path)
    if (Test-FakeRealPath $Path) { return , [IO.File]::ReadAllBytes($Path) }
    $file = (Get-FakePersonFile).$Path
    if (Get-FakeField $file 'held') { throw (New-Object IO.IOException('別のプロセスで使用されています。')) }
    return , [Text.Encoding]::UTF8.GetBytes($file.text)
}

function Write-PersonFile {
    param([string] $Path, [byte[]] $Bytes)
    if (Test-FakeRealPath $Path) { Test-Chance; [IO.File]::WriteAllBytes($Path, $Bytes); Test-Chance; return }
    Assert-FakePath $Path
    $folders = Get-FakeField (Get-Machine) 'personFolders' @()
    if ($folders -cnotcontains $Path.Substring(0, $Path.LastIndexOf('\'))) { throw "no folder: $Path" }
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'personFiles')) { Set-FakeMember $machine 'personFiles' ([pscustomobject] @{}) }
    Set-FakeMember $machine.personFiles $Path ([pscustomobject] @{ modified = 1795226400; text = [Text.Encoding]::UTF8.GetString($Bytes) })
    Write-Machine $machine
}

function Remove-PersonFile {
    param([string] $Path)
    if (Test-FakeRealPath $Path) { Test-Chance; [IO.File]::Delete($Path); Test-Chance; return }
    $machine = Read-Machine
    $machine.personFiles.PSObject.Properties.Remove($Path)
    Write-Machine $machine
}

function Initialize-PersonFolder {
    param([string] $Path)
    if (Test-FakeRealPath $Path) { Test-Chance; $null = [IO.Directory]::CreateDirectory($Path); Test-Chance; return }
    $machine = Read-Machine
    $folders = Get-FakeField $machine 'personFolders' @()
    if ($folders -ccontains $Path) { return }
    Set-FakeField $machine 'personFolders' (@($folders) + $Path)
    Write-Machine $machine
}

function Remove-PersonFolder {
    param([string] $Path)
    $machine = Read-Machine
    $folders = Get-FakeField $machine 'personFolders' @()
    if ($folders -cnotcontains $Path -or @(Get-PersonFile -Folder $Path).Length -gt 0) { return }
    Set-FakeField $machine 'personFolders' @($folders | Where-Object { $_ -cne $Path })
    Write-Machine $machine
}
