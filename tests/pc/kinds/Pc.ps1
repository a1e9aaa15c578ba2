# Loaded by each *.Tests.ps1: the runtime and the kinds as shipped, on a PC of data (tests/pc/fake). A block of a kind is
# called as the runtime calls it.

if (-not $env:OQSGEN_FAKE) { $env:OQSGEN_FAKE = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'oqsgen-kinds-' + [guid]::NewGuid()) }
$null = [IO.Directory]::CreateDirectory($env:OQSGEN_FAKE)
[IO.File]::WriteAllText("$env:OQSGEN_FAKE/session.json", '{"as": "OqsComApp", "elevated": true}')
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
foreach ($folder in "$PSScriptRoot/../fake", "$PSScriptRoot/../../../templates/ps1/runtime", "$PSScriptRoot/../../../templates/ps1/kinds") {
    foreach ($file in [IO.Directory]::GetFiles($folder, '*.ps1') | Sort-Object) { . $file }
}

function Initialize-Pc {
    # A PC as it comes, with other fields in their place.
    param([hashtable] $More = @{})
    $machine = ConvertFrom-Json ([IO.File]::ReadAllText("$PSScriptRoot/pc.json"))
    foreach ($name in $More.Keys) { $machine | Add-Member -NotePropertyName $name -NotePropertyValue $More[$name] -Force }
    Reset-Pc (ConvertTo-Json $machine -Depth 30)
}

function Reset-Pc {
    # The PC of a text that machine.json was, and nothing that was done since.
    param([string] $Json)
    foreach ($name in 'GroupPolicy') { if ([IO.Directory]::Exists("$env:OQSGEN_FAKE/$name")) { [IO.Directory]::Delete("$env:OQSGEN_FAKE/$name", $true) } }
    Write-FakeFile "$env:OQSGEN_FAKE/machine.json" $Json
    $script:Secret = @{}
    $script:Session = [pscustomobject] @{ sid = 'S-1-5-21-1-2-3-1001'; owner = 'S-1-5-21-1-2-3-1001' }
}

function Edit-Pc {
    # What somebody else does to the PC.
    param([scriptblock] $Work)
    $machine = Read-Machine
    $null = & $Work $machine
    [IO.File]::WriteAllText("$env:OQSGEN_FAKE/machine.json", (ConvertTo-Json $machine -Depth 30))
}

function Open-PathToOther {
    # Somebody else has a hand in a file, its folder, or the folder above: as its owner, by an entry, or by a link.
    param([string] $File, [hashtable] $Case)
    $path = $File
    for ($i = @('file', 'folder', 'above').IndexOf($Case.place); $i -gt 0; $i--) { $path = $path.Substring(0, $path.LastIndexOf('\')) }
    Edit-Pc { param($machine)
        $entries = @()
        if ($null -ne $Case.sid) { $entries = @([pscustomobject] @{ type = $Case.type; flags = 0; rights = 2; sid = $Case.sid }) }
        Set-FakeMember $machine.folders $path ([pscustomobject] @{ protected = $false; entries = $entries; owner = $Case.owner; reparse = $Case.link; file = ($Case.place -ceq 'file') })
    }
}

function Get-PcJson { return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/machine.json") }

# Few states are seen, each of them often, and making the one text of one takes longer than most of what is tested.
$script:Canonical = New-Object 'Collections.Generic.Dictionary[string, string]'

function Get-Canonical {
    # The one text of data in JSON.
    param([string] $Json)
    if (-not $script:Canonical.ContainsKey($Json)) { $script:Canonical[$Json] = ConvertTo-Canonical (ConvertFrom-Json $Json) }
    return $script:Canonical[$Json]
}

function Get-Pc { return Get-Canonical (Get-PcJson) }

function ConvertFrom-Text {
    # A target or a state, as the plan or the journal gives it.
    param([string] $Json)
    return ConvertFrom-Json $Json
}

function Copy-State {
    # A state after its way through the journal.
    param([object] $State)
    if ($null -eq $State) { return $null }
    return ConvertFrom-Json (ConvertTo-JsonText $State)
}

function Get-TestSecret {
    param([string] $Text)
    $secret = New-Object Security.SecureString
    foreach ($character in $Text.ToCharArray()) { $secret.AppendChar($character) }
    return $secret
}

function Test-Kind {
    # As the runtime asks, absence included.
    param([string] $Kind, [object] $Wanted, [object] $Found)
    $block = (Get-Kind $Kind).test
    if ($null -eq $block) { return Test-Wanted $Wanted $Found }
    return [bool] (& $block $Wanted $Found)
}

function Invoke-RoundTrip {
    # Get, Set wanted, Get, Set back: as wanted in between, and in the end the whole PC as before.
    param([string] $Kind, [object] $Target, [object] $Wanted)
    $pc = Get-Pc
    $before = Copy-State (Get-State $Kind $Target)
    Test-Kind $Kind $Wanted $before | Should -BeFalse
    Invoke-Set $Kind $Target $Wanted
    $after = Get-State $Kind $Target
    Test-Kind $Kind $Wanted $after | Should -BeTrue
    Test-Same $after (Copy-State (Get-State $Kind $Target)) | Should -BeTrue
    Invoke-Set $Kind $Target $before
    Test-Same $before (Get-State $Kind $Target) | Should -BeTrue
    Get-Pc | Should -BeExactly $pc
    return $after
}
