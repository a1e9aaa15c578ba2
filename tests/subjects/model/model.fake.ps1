# machine.json: model = texts; startTime = {signIn, desktop, program}.

function Read-ModelText { return , @(Get-FakeField (Get-Machine) 'model' @() | ForEach-Object { $_ }) }

function Read-StartTime {
    param([string] $Folder)
    $times = Get-FakeField (Get-Machine) 'startTime'
    return [pscustomobject] @{ signIn = (Get-FakeField $times 'signIn'); desktop = (Get-FakeField $times 'desktop'); program = (Get-FakeField $times 'program') }
}
