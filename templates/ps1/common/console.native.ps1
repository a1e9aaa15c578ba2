# The window. Characters that the code page of the console lacks are shown as "?", never an error.

function Write-ConsoleLine {
    param([string] $Text)
    [Console]::Out.WriteLine($Text)
}

# How long the keyboard has to be quiet before a question takes a key. As Windows comes, a key that is held down comes again
# after half a second, and then thirty times a second.
# https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow (SPI_SETKEYBOARDDELAY, -SPEED)
$script:QuietTime = 600

function Clear-ConsoleInput {
    # Keys that were typed while nobody had asked answer nothing, nor does one that is still held down. Without a console there
    # are none.
    if ($Host.Name -ceq 'ConsoleHost' -and [Console]::IsInputRedirected) { return }
    try {
        $Host.UI.RawUI.FlushInputBuffer()
        for ($quiet = 0; $quiet -lt $script:QuietTime; $quiet += 50) {
            Start-Sleep -Milliseconds 50
            if ($Host.UI.RawUI.KeyAvailable) { $Host.UI.RawUI.FlushInputBuffer(); $quiet = -50 }
        }
    }
    catch { return }
}

function Read-ConsoleLine {
    # $null when nobody can answer. The host reads it as UTF-16 and up to 8192 characters; [Console]::In takes 254 characters,
    # in the code page of the console, and gives NULs for Japanese where that is UTF-8.
    param([string] $Prompt)
    Clear-ConsoleInput
    [Console]::Out.Write($Prompt)
    try { return $Host.UI.ReadLine() }
    catch [InvalidOperationException], [NotImplementedException], [IO.IOException] { return $null }
    catch [Management.Automation.Host.HostException] { return $null }
}

function Read-ConsoleSecret {
    # A SecureString that was typed without being shown; $null when nobody can type: powershell.exe -NonInteractive refuses to
    # ask, and input that is no console has no keys.
    param([string] $Prompt)
    Clear-ConsoleInput
    if ($Host.Name -ceq 'ConsoleHost' -and [Console]::IsInputRedirected) { return $null }
    try { return Read-Host -Prompt $Prompt -AsSecureString }
    catch [InvalidOperationException], [NotImplementedException], [IO.IOException] { return $null }
    catch [Management.Automation.Host.HostException] { return $null }
}

function Test-ConsoleKey {
    # Whether keys can be read one by one: the input is a console.
    if ($Host.Name -cne 'ConsoleHost' -or [Console]::IsInputRedirected) { return $false }
    return ($null -ne (Get-ConsoleMode))
}

function Open-ConsoleKey {
    # Asks a question whose keys are read one by one.
    param([string] $Prompt)
    Clear-ConsoleInput
    [Console]::Out.Write($Prompt)
}

function Read-ConsoleKey {
    # The number of the next key's character, 13 for Enter; -1 where none was pressed in that time (less than 0: any time), -2
    # where something has changed about what is handed over. Nothing is shown.
    param([int] $Milliseconds, [object] $Handing = $null)
    Import-NativeType
    $changed = $null
    if ($null -ne $Handing) { $changed = $Handing.Changed }
    return [OqsGen.ConsoleInput]::ReadKey($Milliseconds, $changed)
}

function Write-ConsoleText {
    # Text in the line that is typed.
    param([string] $Text)
    [Console]::Out.Write($Text)
}

function Write-ConsoleAbove {
    # Text in the place of the line that stands so many above the one that is typed. Nothing where lines may have been broken.
    param([int] $Lines, [string] $Text)
    try {
        $left = [Console]::CursorLeft
        $top = [Console]::CursorTop
        if ([Console]::BufferWidth -lt 80 -or $top -lt $Lines) { return }
        [Console]::SetCursorPosition(0, $top - $Lines)
        [Console]::Out.Write($Text)
        [Console]::SetCursorPosition($left, $top)
    }
    catch { return }
}

function Wait-Beep {
    # One beep for whoever is at another place, and as long as it takes to look up.
    param([int] $Milliseconds)
    try { [Console]::Beep() } catch [Security.HostProtectionException], [PlatformNotSupportedException] { $null = $_ }
    Start-Sleep -Milliseconds $Milliseconds
}

function Clear-ConsoleScreen {
    # The window and what can be scrolled back to. Nothing where the output is no window.
    try { [Console]::Clear() } catch [IO.IOException] { return }
}

function Push-ConsoleScreen {
    # An empty window: what stands in it goes to where one can scroll back to. Nothing where the output is no window.
    try {
        [Console]::Out.Write("`n" * [Console]::WindowHeight)
        [Console]::SetCursorPosition(0, [Console]::WindowTop)
    }
    catch { return }
}

# QuickEdit: while a person marks text, whatever writes to the window stands still. A click is enough to begin.
# https://learn.microsoft.com/windows/console/setconsolemode

function Get-ConsoleMode {
    # The flags of the input; $null where it is no console.
    Import-NativeType
    $mode = [OqsGen.ConsoleInput]::GetMode()
    if ($mode -lt 0) { return $null }
    return $mode
}

function Set-ConsoleMode {
    # $true where the console took the flags.
    param([long] $Mode)
    Import-NativeType
    return [OqsGen.ConsoleInput]::SetMode($Mode)
}

function Show-ConsoleWindow {
    # Brings the window back, or down to the task bar. A pass goes on whatever becomes of it.
    param([bool] $Shown)
    try {
        Import-NativeType
        [OqsGen.ConsoleWindow]::Show($Shown)
    }
    catch { return }
}
