# The files of the local group policy for the computer. Written here and not through IGroupPolicyObject: that COM object
# needs an STA thread and gpedit.dll, rewrites the whole Registry.pol from a registry hive (other people's records would
# not stay byte for byte), and cannot be tried anywhere but on a Windows PC. The format is documented (MS-GPREG 2.2.1).

$script:PolicyLimit = 32MB

function Get-PolicyFolder {
    return [IO.Path]::Combine([Environment]::SystemDirectory, 'GroupPolicy')
}

function Read-PolicyFile {
    # pol, gpt: the bytes of Machine\Registry.pol and gpt.ini; $null where a file is absent.
    $folder = Get-PolicyFolder
    $found = [pscustomobject] @{ pol = $null; gpt = $null }
    $pol = [IO.Path]::Combine($folder, 'Machine\Registry.pol')
    if ([IO.File]::Exists($pol)) { $found.pol = Read-PlainByte $pol $script:PolicyLimit }
    $gpt = [IO.Path]::Combine($folder, 'gpt.ini')
    if ([IO.File]::Exists($gpt)) { $found.gpt = Read-PlainByte $gpt $script:PolicyLimit }
    return $found
}

function Write-PolicyFile {
    # Each file is replaced whole, so that a power cut leaves the old or the new one. gpt.ini, whose version tells
    # Windows to look, comes last.
    param([byte[]] $Pol, [byte[]] $Gpt)
    $folder = Get-PolicyFolder
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'Machine'))
    foreach ($pair in @(@('Machine\Registry.pol', $Pol), @('gpt.ini', $Gpt))) {
        $path = [IO.Path]::Combine($folder, $pair[0])
        $temporary = $path + '.oqsgen'
        $bytes = [byte[]] $pair[1]
        $stream = [IO.File]::Open($temporary, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::None)
        try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
        if ([IO.File]::Exists($path)) {
            [IO.File]::Replace($temporary, $path, [NullString]::Value)
        }
        else {
            [IO.File]::Move($temporary, $path)
        }
    }
}

function Update-ComputerPolicy {
    # Has Windows apply the computer's policy; the exit code. 'N' answers the question for a restart, should it come.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'gpupdate.exe')
    $null = 'N' | & $program '/target:computer' '/wait:60'
    return $LASTEXITCODE
}
