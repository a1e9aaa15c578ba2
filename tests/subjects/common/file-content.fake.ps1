# machine.json: files.<path> = text (UTF-8) or {text}, {base64} of other bytes, or {version} of a program. A folder is there
# where a file is in it.

function Get-FakeFile {
    param([string] $Path)
    return Get-FakeField (Get-FakeField (Get-Machine) 'files') $Path
}

function Test-FilePresence {
    param([string] $Path)
    if ($null -ne (Get-FakeField (Get-FakeField (Get-Machine) 'folders') $Path)) { return $true }
    foreach ($file in (Get-FakeField (Get-Machine) 'files' ([pscustomobject] @{})).PSObject.Properties) {
        if ($file.Name -eq $Path -or $file.Name.StartsWith("$Path\", [StringComparison]::OrdinalIgnoreCase)) { return $true }
    }
    return $false
}

function Read-FileByte {
    param([string] $Path, [int] $Limit = 33554432)
    $file = Get-FakeFile $Path
    if ($null -eq $file) { throw (New-Object IO.FileNotFoundException("no file $Path")) }
    Assert-FakeFile $Path $file
    $bytes = Get-FakeField $file 'base64'
    if ($null -ne $bytes) { $bytes = [Convert]::FromBase64String($bytes) }
    else { $bytes = (New-Object Text.UTF8Encoding($true)).GetBytes([string] (Get-FakeField $file 'text' $file)) }
    if ($bytes.Length -gt $Limit) { throw "大きすぎるため、読みません（$Limit バイトまで）。" }
    return , $bytes
}

function Assert-FakeFile {
    # files.<path>: link = true, or bytes = how large it is, which is all that is known of a large one.
    param([string] $Path, [object] $File)
    if ((Get-FakeField $File 'link' $false) -and (Test-Elevated)) { throw "a link: $Path" }
    if ((Get-FakeField $File 'bytes' 0) -gt 32MB) { throw "too large: $Path" }
}

function Get-FileSize { param([string] $Path) return (Read-FileByte -Path $Path).Length }

function Get-FileMark {
    # Of the files of the PC and of persons.
    param([string] $Path)
    $file = Get-FakeFile $Path
    if ($null -eq $file) { $file = Get-FakeField (Get-FakeField (Get-Machine) 'personFiles') $Path }
    if ($null -eq $file) { return '' }
    return "$($Path.Substring($Path.LastIndexOf('\') + 1)) $(ConvertTo-Json $file -Compress)"
}

function Get-FolderStamp {
    param([string] $Path)
    foreach ($file in (Get-FakeField (Get-Machine) 'files' ([pscustomobject] @{})).PSObject.Properties) {
        if ($file.Name -match "^$([regex]::Escape($Path))\\[^\\]+$") { Get-FileMark $file.Name }
    }
}

function Read-ProgramVersion {
    param([string] $Path)
    Assert-FakeFile $Path (Get-FakeFile $Path)
    return [string] (Get-FakeFile $Path).version
}

# machine.json: created.<path> = when it was made, UTC.
function Get-CreationMark {
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    return [string] (Get-FakeField (Get-FakeField (Get-Machine) 'created') $Path '2026-11-20 08:00:00.000')
}
