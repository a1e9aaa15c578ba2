# This process and the Windows that it runs on.

function Test-Process64 { return [Environment]::Is64BitProcess }

function Get-ComputerText { return [Environment]::MachineName }

function Get-WindowsRelease {
    # EditionID and build, which are the same in every language.
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey(
        [Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion')
        $release = [pscustomobject] @{ edition = [string] $key.GetValue('EditionID'); build = [int] $key.GetValue('CurrentBuildNumber') }
        $key.Dispose()
        return $release
    }
    finally { $base.Dispose() }
}

function Test-WriteFilter {
    # True while the Unified Write Filter throws every change away at the next start.
    try { $filter = Get-CimInstance -Namespace 'root\standardcimv2\embedded' -ClassName UWF_Filter }
    catch { return $false }
    return ($null -ne $filter -and [bool] $filter.CurrentEnabled)
}

function Get-BootMark {
    # A text that is different after every start of Windows and the same until then. When the process System began
    # does not move when the clock is set right, which the time since the start would.
    $system = Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId = 4'
    $began = $null
    if ($null -ne $system) { $began = $system.CreationDate }
    if ($null -eq $began) { $began = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
    return $began.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
}

function Initialize-ModulePath {
    # Windows' own modules only, found by the API: an elevated process inherits the variables of the person.
    $env:PSModulePath = [IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\Modules')
}

function Initialize-Temp {
    param([string] $Path)
    $env:TEMP = $Path
    $env:TMP = $Path
}

function Open-Page {
    # A settings page, a web page or a folder, as the person would open it.
    param([string] $Page)
    if ([IO.Directory]::Exists($Page)) {
        $windows = [IO.Path]::GetDirectoryName([Environment]::SystemDirectory)
        Start-Process -FilePath ([IO.Path]::Combine($windows, 'explorer.exe')) -ArgumentList "`"$Page`""
    }
    else { Start-Process -FilePath $Page }
}

function Open-Program {
    # A program of Windows' own, from System32.
    param([string] $Name, [string] $Argument)
    $path = [IO.Path]::Combine([Environment]::SystemDirectory, $Name)
    if ($Argument) { Start-Process -FilePath $path -ArgumentList $Argument } else { Start-Process -FilePath $path }
}

function Set-ClipboardText {
    param([string] $Text)
    Set-Clipboard -Value $Text
}

function Open-Edge {
    # A page of Edge's own, which only Edge itself can be told to open.
    param([string] $Page)
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey(
        [Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe')
        $path = [string] $key.GetValue('')
        $key.Dispose()
    }
    finally { $base.Dispose() }
    Start-Process -FilePath $path -ArgumentList $Page
}
