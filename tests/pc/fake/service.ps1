# machine.json: services.<name> = {start, delayed, triggers, running}.

function Get-FakeService {
    param([object] $Machine, [string] $Name)
    $service = Get-FakeField (Get-FakeField $Machine 'services') $Name
    if ($null -eq $service) { throw "no service $Name" }
    return $service
}

function Read-ServiceStart {
    param([string] $Name)
    $service = Get-FakeService (Get-Machine) $Name
    return [pscustomobject] @{ start = [int] $service.start; delayed = [bool] $service.delayed; triggers = @($service.triggers) }
}

function Write-ServiceStart {
    param([string] $Name, [int] $StartType, [bool] $Delayed, [object[]] $Trigger)
    if (-not (Test-Elevated)) { throw 'access is denied' }
    $machine = Read-Machine
    $service = Get-FakeService $machine $Name
    $service.triggers = @($Trigger)
    Write-Machine $machine
    $service.start = $StartType
    if ($StartType -eq 2) { $service.delayed = $Delayed }
    Write-Machine $machine
}

function Get-Service {
    param([string] $Name)
    $status = 'Stopped'
    if ((Get-FakeService (Get-Machine) $Name).running) { $status = 'Running' }
    return [pscustomobject] @{ Name = $Name; Status = $status }
}

function Start-Service {
    param([string] $Name)
    $machine = Read-Machine
    $service = Get-FakeService $machine $Name
    if ($service.start -eq 4) { throw "service $Name is disabled" }
    $service.running = $true
    Write-Machine $machine
}

function Stop-Service {
    param([string] $Name, [switch] $Force)
    $machine = Read-Machine
    (Get-FakeService $machine $Name).running = $false
    Write-Machine $machine
}

function Invoke-TimeConfig {
    if ((Get-FakeService (Get-Machine) 'W32Time').running) { return 0 }
    return -2147023834
}

# Without a line the service gets no answer.
function Invoke-TimeResync { return -2147023838 }
