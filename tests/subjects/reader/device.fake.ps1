# machine.json: devices.<class GUID> = how many.

function Get-DeviceCount { param([string] $Class) return [int] (Get-FakeField (Get-FakeField (Get-Machine) 'devices') $Class 0) }
