# Loaded by each *.Tests.ps1: the runtime and the kinds as shipped, on a PC of data (machine.ps1, and each subject's
# *.fake.ps1). A block of a kind is called as the runtime calls it.

if (-not $env:OQSGEN_FAKE) { $env:OQSGEN_FAKE = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'oqsgen-kinds-' + [guid]::NewGuid()) }
$null = [IO.Directory]::CreateDirectory($env:OQSGEN_FAKE)
[IO.File]::WriteAllText("$env:OQSGEN_FAKE/session.json", '{"as": "OqsComApp", "elevated": true}')
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$script:Parts = [IO.Path]::GetFullPath("$PSScriptRoot/../../templates/ps1")
# All of it in one file, where there is one: PowerShell reads that once for all that it runs.
if ($env:OQSGEN_PARTS) { . $env:OQSGEN_PARTS }
else {
    . "$PSScriptRoot/machine.ps1"
    . "$PSScriptRoot/person.ps1"
    foreach ($file in [IO.Directory]::GetFiles("$PSScriptRoot/../subjects", '*.fake.ps1', 'AllDirectories') | Sort-Object) { . $file }
    foreach ($file in [IO.Directory]::GetFiles("$script:Parts/runtime", '*.ps1') | Sort-Object) { . $file }
    foreach ($file in [IO.Directory]::GetFiles($script:Parts, '*.ps1', 'AllDirectories') | Sort-Object) {
        if ($file -like "$script:Parts/runtime/*" -or $file -like '*.native.ps1') { continue }
        $code = [IO.Path]::ChangeExtension($file, '.cs')
        if (-not [IO.File]::Exists($code)) { . $file; continue }
        . ([scriptblock]::Create([IO.File]::ReadAllText($file).Replace("{{ $([IO.Path]::GetFileName($code)) }}", [IO.File]::ReadAllText($code).Trim())))
    }
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
    $journal = "$env:OQSGEN_FAKE/ProgramData/oqsgen/journal"
    $null = [IO.Directory]::CreateDirectory($journal)
    foreach ($path in "$env:OQSGEN_FAKE/logons.txt", "$journal/logons.json", "$journal/logons.json.new") { [IO.File]::Delete($path) }
    $script:LogonOutcome = @{}
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

function Add-SeenField {
    # Leaves the fields that a state had for whoever asks whether its kind declares them (declared.py).
    param([string] $Kind, [object] $State)
    foreach ($name in @(Get-FieldName $State)) { [IO.File]::AppendAllText("$env:OQSGEN_FAKE/seen.txt", "$Kind $name`n") }
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
    foreach ($state in $before, $after) { Add-SeenField $Kind $state }
    return $after
}

function Test-Verify {
    param([string] $Kind, [string] $Target, [string] $Wanted)
    return Test-Kind $Kind (ConvertFrom-Text $Wanted) (Get-State $Kind (ConvertFrom-Text $Target))
}

function Get-Found { param([string] $Kind, [string] $Target) return Get-State $Kind (ConvertFrom-Text $Target) }

function Get-TaskXml {
    # As the plan has it, with some text replaced.
    param([hashtable] $Change = @{})
    $xml = [IO.File]::ReadAllText("$PSScriptRoot/task.xml")
    foreach ($old in $Change.Keys) {
        if (-not $xml.Contains($old)) { throw "not in the task: $old" }
        $xml = $xml.Replace($old, $Change[$old])
    }
    return $xml
}

function Get-VendorFile {
    param([string] $Name)
    return [pscustomobject] @{ base64 = [Convert]::ToBase64String([IO.File]::ReadAllBytes("$PSScriptRoot/vendor/$Name.xml")) }
}

function Add-Account {
    param([string] $Name, [string] $Sid, [hashtable] $More = @{})
    $account = [ordered] @{ sid = $Sid; password = 'Their-1'; profile = $false; enabled = $true; administrator = $false; passwordNeverExpires = $true; users = $true }
    foreach ($field in $More.Keys) { $account[$field] = $More[$field] }
    Edit-Pc { param($machine) Set-FakeMember $machine.accounts $Name ([pscustomobject] $account) }
}

function Add-File {
    param([string] $Path)
    Edit-Pc { param($machine) Set-FakeMember $machine.files $Path 'x' }
}

function Initialize-Installed {
    # A PC with OqsComApp, its password, and files.
    param([hashtable] $Files)
    Initialize-Pc
    Edit-Pc { param($machine)
        $machine.accounts | Add-Member -NotePropertyName 'OqsComApp' -NotePropertyValue (ConvertFrom-Json '{"sid": "S-1-5-21-1-2-3-1002", "password": "Oqs-1", "profile": true, "enabled": true, "administrator": true, "passwordNeverExpires": true, "users": true}')
        foreach ($name in $Files.Keys) { $machine.files | Add-Member -NotePropertyName $name -NotePropertyValue $Files[$name] }
    }
    $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'
    $script:Pass = $null
}
