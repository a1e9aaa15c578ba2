# Windows' own commands about services. machine.json: services.<name> = {start, delayed, triggers, running}.

function Get-FakeService {
    param([object] $Machine, [string] $Name)
    $service = Get-FakeField (Get-FakeField $Machine 'services') $Name
    if ($null -eq $service) { throw "no service $Name" }
    return $service
}

function Get-Service {
    param([string] $Name)
    $status = 'Stopped'
    if ((Get-FakeService (Get-Machine) $Name).running) { $status = 'Running' }
    return [pscustomobject] @{ Name = $Name; Status = $status }
}

function Start-Service {
    param([string] $Name)
    Assert-Elevated
    $machine = Read-Machine
    $service = Get-FakeService $machine $Name
    if ($service.start -eq 4) { throw "service $Name is disabled" }
    $service.running = $true
    Write-Machine $machine
}

function Stop-Service {
    param([string] $Name, [switch] $Force)
    Assert-Elevated
    $machine = Read-Machine
    (Get-FakeService $machine $Name).running = $false
    Write-Machine $machine
}
