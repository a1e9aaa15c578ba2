# machine.json: power = {scheme, schemes: {GUID: {ac: {setting GUID: seconds}, dc: {…}}}}.

function Get-PowerScheme { return [string] (Get-Machine).power.scheme }

function Enable-PowerScheme {
    param([string] $Scheme)
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine.power.schemes $Scheme)) { throw "no scheme $Scheme" }
    $machine.power.scheme = $Scheme
    Write-Machine $machine
}

function Read-PowerEntry {
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting)
    return (Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine).power.schemes $Scheme) $Source) $Setting)
}

function Set-PowerEntry {
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting, [long] $Seconds)
    Assert-Elevated
    $machine = Read-Machine
    $values = Get-FakeField (Get-FakeField $machine.power.schemes $Scheme) $Source
    if ($null -eq $values) { throw "no scheme $Scheme" }
    Set-FakeField $values $Setting $Seconds
    Write-Machine $machine
}
