# Scaling of each display. DisplayConfig requests -3 (read) and -4 (write) are what the Settings page uses; they are not
# documented, so their sizes are fixed below and any refusal of Windows is reported as it is, never guessed around.
# https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-querydisplayconfig

function Test-RemoteSession {
    # True in a Remote Desktop session, which shows the client's displays and not this PC's.
    Import-NativeType
    return [OqsGen.Display]::Remote()
}

function Read-DisplayScale {
    # Each active display: path, and in steps from what Windows recommends: minimum, relative (now), maximum.
    # $null where this Windows does not answer.
    Import-NativeType
    try {
        $scales = @(foreach ($scale in [OqsGen.Display]::Read()) {
                [pscustomobject] @{ path = $scale.Path; minimum = $scale.Minimum; relative = $scale.Relative; maximum = $scale.Maximum }
            })
        return , $scales
    }
    catch [ComponentModel.Win32Exception] { return $null }
}

function Set-DisplayScale {
    # $true where Windows took it; at once, without signing out.
    param([string] $Path, [int] $Relative)
    Import-NativeType
    foreach ($scale in [OqsGen.Display]::Read()) {
        if ($scale.Path -ceq $Path) { return ([OqsGen.Display]::Write($scale, $Relative) -eq 0) }
    }
    return $false
}
