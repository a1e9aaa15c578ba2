# What is held open is the text of the place where it really is. What somebody else does meanwhile: $script:FakeMeanwhile, a block that
# is run before each look and each change of a folder.

$script:FakeHeld = New-Object Collections.ArrayList
$script:FakeMeanwhile = $null

function Invoke-FakeMeanwhile {
    $block = $script:FakeMeanwhile
    if ($null -eq $block) { return }
    $script:FakeMeanwhile = $null
    try { & $block } finally { $script:FakeMeanwhile = $block }
}

function Move-FakeFolder {
    # As somebody who may: gives a folder another name and puts a link in its place. Windows refuses while it, or what is in it, is held.
    param([string] $Path, [string] $To)
    foreach ($held in $script:FakeHeld) { if ($held -eq $Path -or $held.StartsWith("$Path\", [StringComparison]::OrdinalIgnoreCase)) { return $false } }
    $machine = Read-Machine
    foreach ($part in 'folders', 'files') {
        foreach ($name in @((Get-FakePart $machine $part).PSObject.Properties | ForEach-Object { $_.Name })) {
            if ($name -ne $Path -and -not $name.StartsWith("$Path\", [StringComparison]::OrdinalIgnoreCase)) { continue }
            Set-FakeMember $machine.$part ("$Path.aside" + $name.Substring($Path.Length)) $machine.$part.$name
            $machine.$part.PSObject.Properties.Remove($name)
        }
    }
    Set-FakeMember $machine.folders $Path ([pscustomobject] @{ protected = $false; entries = @(); reparse = $true; leadsTo = $To })
    Write-FakeFile "$env:OQSGEN_FAKE/machine.json" (ConvertTo-Json $machine -Depth 30)
    return $true
}

function Open-HeldPath {
    param([string] $Path, [switch] $Rename)
    Invoke-FakeMeanwhile
    $machine = Get-Machine
    $place = Resolve-FakeFolder $machine $Path
    if ($null -eq (Get-FakeFolder $machine $place)) { throw (New-Object IO.FileNotFoundException("nothing at $Path")) }
    $null = $script:FakeHeld.Add($place)
    return [pscustomobject] @{ place = $place; rename = [bool] $Rename }
}

function Close-HeldPath { param([object] $Held) $script:FakeHeld.Remove($Held.place) }

function Read-HeldPath {
    param([object] $Held)
    Invoke-FakeMeanwhile
    $found = Read-PathAccess -Path $Held.place
    return [pscustomobject] @{ folder = $found.folder; reparse = $found.reparse; place = $Held.place; owner = $found.owner; sddl = $found.sddl }
}

function Set-HeldAccess {
    param([object] $Held, [string] $Sddl)
    Assert-Elevated
    Invoke-FakeMeanwhile
    if ($Held.rename) { throw 'opened for another name alone' }
    $machine = Read-Machine
    $list = ConvertFrom-Sddl -Sddl $Sddl
    $folders = Get-FakePart $machine 'folders'
    $folder = Get-FakeField $folders $Held.place
    if ($null -eq $folder) { $folder = [pscustomobject] @{ protected = $false; entries = @() }; Set-FakeMember $folders $Held.place $folder }
    $folder.protected = $list.protected
    $folder.entries = @($list.entries | Where-Object { ($_.flags -band 16) -eq 0 })
    Write-Machine $machine
}

function Rename-HeldFile {
    param([object] $Held, [string] $Name)
    Invoke-FakeMeanwhile
    if (-not $Held.rename) { throw 'not opened for another name' }
    $machine = Read-Machine
    $new = $Held.place.Substring(0, $Held.place.LastIndexOf('\') + 1) + $Name
    $file = Get-FakeField $machine.files $Held.place
    if ($null -ne (Get-FakeField $machine.files $new)) { throw (New-Object IO.IOException("$new exists")) }
    $machine.files.PSObject.Properties.Remove($Held.place)
    Set-FakeField $machine.files $new $file
    Write-Machine $machine
}

function Remove-HeldFolder {
    param([object] $Held)
    Invoke-FakeMeanwhile
    if (-not $Held.rename) { throw 'not opened to remove it' }
    if ((Get-FolderContent -Path $Held.place).Length -gt 0) { return $false }
    $machine = Read-Machine
    $machine.folders.PSObject.Properties.Remove($Held.place)
    Write-Machine $machine
    return $true
}
