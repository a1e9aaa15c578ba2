# The devices of the PC, by class.

function Get-DeviceCount {
    # How many devices of a setup class (GUID in braces) are connected.
    param([string] $Class)
    return @(Get-CimInstance -ClassName Win32_PnPEntity -Filter "ClassGuid = '$Class'" | Where-Object { $_.Present }).Length
}
