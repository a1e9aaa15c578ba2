# Mains or battery: GetSystemPowerStatus. https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-system_power_status

function Get-PowerLine {
    # 1 mains, 0 battery, 255 unknown.
    if (-not ('OqsGen.PowerLine' -as [type])) {
        Add-Type -TypeDefinition @'
{{ power-line.cs }}
'@
    }
    return [OqsGen.PowerLine]::Read()
}
