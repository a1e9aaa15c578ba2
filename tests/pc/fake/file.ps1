# machine.json: files.<path> = text (UTF-8), or {version} of a program.

function Get-FakeFile {
    param([string] $Path)
    return Get-FakeField (Get-FakeField (Read-Machine) 'files') $Path
}

function Test-FilePresence { param([string] $Path) return ($null -ne (Get-FakeFile $Path)) }

function Read-FileByte { param([string] $Path) return , (New-Object Text.UTF8Encoding($true)).GetBytes([string] (Get-FakeFile $Path)) }

function Read-ProgramVersion { param([string] $Path) return [string] (Get-FakeFile $Path).version }
