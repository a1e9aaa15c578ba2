# Real files and folders. machine.json: security.<path below the folder>.reparse = a link (folder.fake.ps1).

function Test-PlainPath {
    # A part whose `reparse` is true leads elsewhere.
    param([string] $Path)
    for ($part = $Path; $part.Length -gt $script:FakeFolder.Length; $part = [IO.Path]::GetDirectoryName($part)) {
        if (Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine) 'security') (Get-FakePath $part)) 'reparse' $false) { return $false }
    }
    return $true
}

function Read-PlainByte {
    # reads.txt: which files were read.
    param([string] $Path, [long] $Limit, [switch] $Linked)
    Assert-Alive
    if (-not $Linked -and (Test-Elevated) -and -not (Test-PlainPath $Path)) { throw "a link: $Path" }
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'reads.txt'), "$(Get-FakePath $Path)`n")
    if ((New-Object IO.FileInfo($Path)).Length -gt $Limit) { throw "too large: $Path" }
    return , [IO.File]::ReadAllBytes($Path)
}

function Read-PlainText {
    param([string] $Path, [long] $Limit)
    return [Text.Encoding]::UTF8.GetString((Read-PlainByte $Path $Limit)).TrimStart([char] 0xfeff)
}

function Get-FolderFile { param([string] $Folder) return [IO.Directory]::GetFiles($Folder) }

function Get-Subfolder { param([string] $Folder) return [IO.Directory]::GetDirectories($Folder) }
