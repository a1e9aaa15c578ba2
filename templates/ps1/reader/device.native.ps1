# The devices of the PC, by class.

function Get-ClassDevice {
    # The devices of a setup class (GUID in braces) that are connected: name, maker, id (which names the bus).
    param([string] $Class)
    foreach ($device in @(Get-CimInstance -ClassName Win32_PnPEntity -Filter "ClassGuid = '$Class'" | Where-Object { $_.Present })) {
        [pscustomobject] @{ name = [string] $device.Name; maker = [string] $device.Manufacturer; id = [string] $device.PNPDeviceID }
    }
}
