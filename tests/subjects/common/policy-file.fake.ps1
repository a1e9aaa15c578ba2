# Registry.pol and gpt.ini are real files in the folder GroupPolicy beside machine.json: gpt.ini's version only grows, so
# that after undoing they are not what they were, byte for byte.

function Get-FakePolicyPath {
    param([string] $Name)
    return [IO.Path]::Combine($script:FakeFolder, 'GroupPolicy', $Name)
}

function Read-PolicyFile {
    Assert-Alive
    $found = [pscustomobject] @{ pol = $null; gpt = $null }
    foreach ($pair in @(@('pol', 'Registry.pol'), @('gpt', 'gpt.ini'))) {
        $path = Get-FakePolicyPath $pair[1]
        if ([IO.File]::Exists($path)) { $found.($pair[0]) = [IO.File]::ReadAllBytes($path) }
    }
    return $found
}

function Write-PolicyFile {
    param([byte[]] $Pol, [byte[]] $Gpt)
    Assert-Elevated
    Test-Chance
    $null = [IO.Directory]::CreateDirectory((Get-FakePolicyPath ''))
    [IO.File]::WriteAllBytes((Get-FakePolicyPath 'Registry.pol'), $Pol)
    Test-Chance
    [IO.File]::WriteAllBytes((Get-FakePolicyPath 'gpt.ini'), $Gpt)
    Test-Chance
}

function Update-ComputerPolicy {
    Assert-Elevated
    return (Get-FakeExit 0)
}
