# Power schemes through powrprof.dll: no text of powercfg.exe to read, and no alias to trust. Values are seconds, 0 = never.
# https://learn.microsoft.com/windows/win32/api/powersetting/

function Get-PowerScheme {
    # The GUID of the active scheme.
    Import-NativeType
    return [OqsGen.PowerScheme]::Active()
}

function Enable-PowerScheme {
    # Also what makes values that were written to the active scheme take effect.
    param([string] $Scheme)
    Import-NativeType
    [OqsGen.PowerScheme]::Activate($Scheme)
}

function Read-PowerEntry {
    # Source: ac or dc. Seconds, or $null where the scheme does not know the setting.
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting)
    Import-NativeType
    $seconds = [OqsGen.PowerScheme]::Read($Scheme, $Group, $Setting, ($Source -eq 'ac'))
    if ($seconds -lt 0) { return $null }
    return $seconds
}

function Set-PowerEntry {
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting, [long] $Seconds)
    Import-NativeType
    [OqsGen.PowerScheme]::Write($Scheme, $Group, $Setting, ($Source -eq 'ac'), $Seconds)
}
