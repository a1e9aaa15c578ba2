# Signing out and restarting, what would be cut off by it, and the window that comes back after it.

function Get-OtherSession {
    # The names of the persons who are signed in besides this session, disconnected ones too.
    Import-NativeType
    return , @([OqsGen.Sessions]::Others())
}

function Test-Installing {
    # Whether Windows Installer is at work.
    # https://learn.microsoft.com/windows/win32/msi/-msiexecute-mutex
    try { $mutex = [Threading.Mutex]::OpenExisting('Global\_MSIExecute') }
    catch [Threading.WaitHandleCannotBeOpenedException] { return $false }
    catch [UnauthorizedAccessException] { return $true }
    try {
        $free = $true
        try { $free = $mutex.WaitOne(0) } catch [Threading.AbandonedMutexException] { $free = $true }
        if ($free) { $mutex.ReleaseMutex() }
        return -not $free
    }
    finally { $mutex.Dispose() }
}

function Get-SessionProgram {
    # What runs in this session: id, parent, name.
    $session = [Diagnostics.Process]::GetCurrentProcess().SessionId
    foreach ($one in @(Get-CimInstance -ClassName Win32_Process -Filter "SessionId = $session")) {
        [pscustomobject] @{ id = [int] $one.ProcessId; parent = [int] $one.ParentProcessId; name = [string] $one.Name }
    }
}

function Test-ProgramLine {
    # Whether another program runs, in any session, in whose command line this stands.
    param([string] $Part)
    $others = @(Get-CimInstance -ClassName Win32_Process | Where-Object { $_.ProcessId -ne $PID })
    $lines = @($others | ForEach-Object { [string] $_.CommandLine })
    return (@($lines | Where-Object { $_.IndexOf($Part, [StringComparison]::OrdinalIgnoreCase) -ge 0 }).Length -gt 0)
}

function Wait-ProgramLine {
    # Waits until no other program runs in whose command line this stands; $false where one still does after so long.
    param([string] $Part, [int] $Seconds)
    for ($waited = 0; Test-ProgramLine -Part $Part; $waited += 2) {
        if ($waited -ge $Seconds) { return $false }
        Start-Sleep -Milliseconds 2000
    }
    return $true
}

function Get-SystemFolder { return [Environment]::SystemDirectory }

function Invoke-Shutdown {
    # Signs out or restarts, never by force; the exit code of Windows' own program.
    # https://learn.microsoft.com/windows-server/administration/windows-commands/shutdown
    param([ValidateSet('restart', 'sign-out')] [string] $How)
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'shutdown.exe')
    $options = @('/l')
    if ($How -ceq 'restart') { $options = '/r', '/t', '0' }
    $null = & $program $options
    return $LASTEXITCODE
}

function Wait-Leaving {
    # Windows ends this process on the way; $true where it did not.
    param([int] $Seconds)
    Start-Sleep -Milliseconds (1000 * $Seconds)
    return $true
}

function Wait-Desktop {
    # Until the desktop of this person is there; $false where it is not by then.
    param([int] $Seconds, [scriptblock] $Own)
    Import-NativeType
    for ($waited = 0; $waited -le $Seconds; $waited += 2) {
        if ([OqsGen.Desktop]::IsThere() -and (& $Own)) { return $true }
        Start-Sleep -Milliseconds 2000
    }
    return $false
}

function Start-WindowRest {
    # Makes the window small after a while; stopped by Stop-WindowRest.
    param([int] $Seconds)
    Import-NativeType
    return [OqsGen.ConsoleWindow]::MinimiseAfter(1000 * $Seconds)
}

function Stop-WindowRest {
    param([object] $Rest)
    if ($null -ne $Rest) { $Rest.Dispose() }
}
