# machine.json: displays = [{path, minimum, relative, maximum}], missing: Windows does not answer; refuses = paths that
# cannot be set; remote.

function Test-RemoteSession { return [bool] (Get-FakeField (Get-Machine) 'remote' $false) }

function Read-DisplayScale { return , (Get-FakeField (Get-Machine) 'displays') }

function Set-DisplayScale {
    param([string] $Path, [int] $Relative)
    $machine = Read-Machine
    $refuses = Get-FakeField $machine 'refuses' @()
    if (@($refuses) -contains $Path) { return $false }
    foreach ($display in @($machine.displays)) {
        if ($display.path -cne $Path) { continue }
        if ($Relative -lt $display.minimum -or $Relative -gt $display.maximum) { return $false }
        $display.relative = $Relative
        Write-Machine $machine
        return $true
    }
    return $false
}
