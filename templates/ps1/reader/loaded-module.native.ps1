# Which programs use a library, and as whom they run: EnumProcessModulesEx, OpenProcessToken.
# https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocessmodulesex

function Get-ModuleUser {
    # Each running program that has loaded a file below a folder: its image and the SID of its user. What cannot be
    # opened is passed over; with administrator's rights these are only a few protected programs of Windows.
    param([string] $Folder)
    Import-NativeType
    # Programs of other persons are opened with a privilege that administrators have but do not use by themselves.
    $elevated = Test-Elevated
    if ($elevated) { [Diagnostics.Process]::EnterDebugMode() }
    try { $pairs = [OqsGen.ModuleUser]::Find($Folder) }
    finally { if ($elevated) { [Diagnostics.Process]::LeaveDebugMode() } }
    for ($i = 0; $i -lt $pairs.Length; $i += 2) { [pscustomobject] @{ image = $pairs[$i]; sid = $pairs[$i + 1] } }
}
