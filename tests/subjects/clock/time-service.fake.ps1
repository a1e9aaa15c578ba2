# machine.json: services.W32Time = {start, delayed, triggers, running}.

function Read-ServiceStart {
    param([string] $Name)
    $service = Get-FakeService (Get-Machine) $Name
    return [pscustomobject] @{ start = [int] $service.start; delayed = [bool] $service.delayed; triggers = @($service.triggers) }
}

function Set-ServiceStart {
    param([string] $Name, [int] $StartType, [bool] $Delayed, [object[]] $Trigger)
    Assert-Elevated
    $machine = Read-Machine
    $service = Get-FakeService $machine $Name
    $service.triggers = @($Trigger)
    Write-Machine $machine
    $service.start = $StartType
    if ($StartType -eq 2) { $service.delayed = $Delayed }
    Write-Machine $machine
}

function Update-TimeConfig {
    Assert-Elevated
    if ((Get-FakeService (Get-Machine) 'W32Time').running) { return (Get-FakeExit 0) }
    return -2147023834
}

# Without a line the service gets no answer.
function Sync-Time {
    Assert-Elevated
    return (Get-FakeExit -2147023838)
}
