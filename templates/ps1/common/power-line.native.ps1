# Mains or battery: GetSystemPowerStatus. https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-system_power_status

function Get-PowerLine {
    # 1 mains, 0 battery, 255 unknown.
    Import-NativeType
    return [OqsGen.PowerLine]::Read()
}
