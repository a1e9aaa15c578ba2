# machine.json: devices.<class GUID> = how many; model = texts; features.<name> = InstallState; startTime = {signIn, desktop,
# program}; updates = {pending, restart, searched: yyyy-MM-dd HH:mm}.

function Get-DeviceCount { param([string] $Class) return [int] (Get-FakeField (Get-FakeField (Get-Machine) 'devices') $Class 0) }

function Read-ModelText { return , @(Get-FakeField (Get-Machine) 'model' @() | ForEach-Object { $_ }) }

function Read-OptionalFeature { param([string] $Name) return (Get-FakeField (Get-FakeField (Get-Machine) 'features') $Name) }

function Read-StartTime {
    param([string] $Folder)
    $times = Get-FakeField (Get-Machine) 'startTime'
    return [pscustomobject] @{ signIn = (Get-FakeField $times 'signIn'); desktop = (Get-FakeField $times 'desktop'); program = (Get-FakeField $times 'program') }
}

function Read-PendingUpdate {
    $updates = Get-FakeField (Get-Machine) 'updates'
    if ($null -eq $updates) { return $null }
    $searched = Get-FakeField $updates 'searched'
    if ($null -ne $searched) { $searched = [DateTime]::ParseExact($searched, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture) }
    return [pscustomobject] @{ pending = [int] (Get-FakeField $updates 'pending' 0); restart = [bool] (Get-FakeField $updates 'restart' $false); searched = $searched }
}
