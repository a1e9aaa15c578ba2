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

function Exit-OwnProcess {
    # At once, with a code that nothing later changes.
    param([int] $Code)
    [Environment]::Exit($Code)
}

# ERROR_CANCELLED: no at the question of Windows, or nobody answered it for two minutes.
$script:Declined = 1223

function Start-ElevatedPass {
    # The machine pass of a start, by the one question of Windows; the id of its process, 0 where the person did not agree.
    param([string] $Script, [string] $Run)
    $arguments = "-NoProfile -ExecutionPolicy AllSigned -File `"$Script`" -Mode Apply -Scope Machine -Run $Run -Stay"
    $shell = "$PSHOME\powershell.exe"
    try { $process = Invoke-ForPerson { Start-Process -FilePath $shell -ArgumentList $arguments -Verb RunAs -PassThru } }
    catch {
        if ($_.Exception.Message.Contains((New-Object ComponentModel.Win32Exception($script:Declined)).Message)) { return 0 }
        throw
    }
    return $process.Id
}

function Get-StickRoot {
    # Drives that can be taken out and have something in them. What is fixed has folders that everybody may make; what is on the
    # network lets one wait.
    $removable = @([IO.DriveInfo]::GetDrives() | Where-Object { $_.DriveType -eq [IO.DriveType]::Removable })
    return @($removable | Where-Object { $_.IsReady } | ForEach-Object { $_.Name })
}

function Get-OwnProcessId { return $PID }

function Wait-ProcessEnd {
    # Waits for at most so long; $true where there is no such process any more. One that is elevated lets itself be asked no more.
    param([int] $Id, [int] $Milliseconds)
    for ($waited = 0; ; $waited += 250) {
        try { [Diagnostics.Process]::GetProcessById($Id).Dispose() } catch [ArgumentException] { return $true }
        if ($waited -ge $Milliseconds) { return $false }
        Start-Sleep -Milliseconds 250
    }
}

function Initialize-Temp {
    param([string] $Path)
    $env:TEMP = $Path
    $env:TMP = $Path
}

# What our own process begins with (terminal.ps1.j2, Initialize-Temp) is not for programs that we start.
$script:OwnVariable = 'PSModulePath', 'PATH', 'PATHEXT', 'LIB', 'TEMP', 'TMP'
# By these a program finds others.
$script:SearchVariable = 'PSModulePath', 'PATH', 'PATHEXT'

function Get-PersonVariable {
    # A variable as Windows gives it to a program of this person; empty where there is none.
    param([string] $Name, [bool] $Elevated)
    $all = [Environment]::GetEnvironmentVariable($Name, [EnvironmentVariableTarget]::Machine)
    $own = [Environment]::GetEnvironmentVariable($Name, [EnvironmentVariableTarget]::User)
    return ConvertTo-PersonVariable -Name $Name -All $all -Own $own -Elevated $Elevated
}

function ConvertTo-PersonVariable {
    # Of what stands for all persons and for this one. An elevated program looks for others only where administrators say:
    # anything that the person runs can write the person's own part.
    param([string] $Name, [string] $All, [string] $Own, [bool] $Elevated)
    if ($Elevated -and $script:SearchVariable -contains $Name) { return $All }
    if ($Name -eq 'PATH') { return (@($All, $Own | Where-Object { $_ }) -join ';') }
    if ($Own) { return $Own }
    return $All
}

function Invoke-ForPerson {
    # Starts a program with the person's variables in the place of ours; without the execution policy of this process, which
    # would hold for every PowerShell that the program starts.
    param([scriptblock] $Block)
    $theirs = @{ PSExecutionPolicyPreference = '' }
    $elevated = Test-Elevated
    foreach ($variable in $script:OwnVariable) { $theirs[$variable] = Get-PersonVariable $variable $elevated }
    $ours = @{}
    try {
        foreach ($variable in @($theirs.Keys)) {
            $ours[$variable] = [Environment]::GetEnvironmentVariable($variable)
            Set-OwnVariable $variable $theirs[$variable]
        }
        & $Block
    }
    finally { foreach ($variable in @($ours.Keys)) { Set-OwnVariable $variable $ours[$variable] } }
}

function Set-OwnVariable {
    # Of this process; an empty one is none.
    param([string] $Name, [string] $Value)
    if ($Value) { [Environment]::SetEnvironmentVariable($Name, $Value) }
    else { [Environment]::SetEnvironmentVariable($Name, [NullString]::Value) }
}

function Open-Page {
    # A settings page, a web page or a folder, as the person would open it.
    param([string] $Page)
    if ([IO.Directory]::Exists($Page)) {
        $windows = [IO.Path]::GetDirectoryName([Environment]::SystemDirectory)
        $explorer = [IO.Path]::Combine($windows, 'explorer.exe')
        Invoke-ForPerson { Start-Process -FilePath $explorer -ArgumentList "`"$Page`"" }
    }
    else { Invoke-ForPerson { Start-Process -FilePath $Page } }
}

function Open-Program {
    # A program of Windows' own, from System32.
    param([string] $Name, [string] $Argument)
    $path = [IO.Path]::Combine([Environment]::SystemDirectory, $Name)
    Invoke-ForPerson { if ($Argument) { Start-Process -FilePath $path -ArgumentList $Argument } else { Start-Process -FilePath $path } }
}

function Set-ClipboardText {
    param([string] $Text)
    Set-Clipboard -Value $Text
}

function Clear-ClipboardText {
    Set-Clipboard -Value $null
}

function Open-Edge {
    # A page of Edge's own, which only Edge itself can be told to open. Folder: of an Edge apart, which knows nothing of the person's
    # and goes by no proxy; one that runs already would take the page and go by its own.
    param([string] $Page, [string] $Folder = '')
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey(
        [Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe')
        $path = [string] $key.GetValue('')
        $key.Dispose()
    }
    finally { $base.Dispose() }
    $arguments = @($Page)
    if ($Folder) { $arguments = @('--no-proxy-server', '--no-first-run', "--user-data-dir=`"$Folder`"", $Page) }
    Invoke-ForPerson { Start-Process -FilePath $path -ArgumentList $arguments }
}
