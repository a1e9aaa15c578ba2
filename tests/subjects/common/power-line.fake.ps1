# machine.json: power = {line}.

function Get-PowerLine { return [int] (Get-FakeField (Get-FakeField (Get-Machine) 'power') 'line' 1) }
