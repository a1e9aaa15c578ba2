# machine.json: devices.<class GUID> = [{name, maker, id}], or on the PCs that 0.1.0 has left how many.

function Get-ClassDevice {
    param([string] $Class)
    foreach ($device in (Get-FakeField (Get-FakeField (Get-Machine) 'devices') $Class @())) {
        if ($device -is [PSCustomObject]) { [pscustomobject] @{ name = $device.name; maker = $device.maker; id = $device.id }; continue }
        for ($i = 0; $i -lt [int] $device; $i++) { [pscustomobject] @{ name = 'Smart Card Reader'; maker = ''; id = '' } }
    }
}
