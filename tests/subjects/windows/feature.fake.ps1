# machine.json: features.<name> = InstallState.

function Read-OptionalFeature { param([string] $Name) return (Get-FakeField (Get-FakeField (Get-Machine) 'features') $Name) }
