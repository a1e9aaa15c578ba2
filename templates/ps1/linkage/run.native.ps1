# Programs of an application: which of them run, and running one without a window.

function Get-RunningProgram {
    # path, and began (local time), of each process whose program is below a folder.
    param([string] $Folder)
    $start = $Folder.TrimEnd('\') + '\'
    foreach ($process in @(Get-CimInstance -ClassName Win32_Process)) {
        $path = [string] $process.ExecutablePath
        if (-not $path.StartsWith($start, [StringComparison]::OrdinalIgnoreCase)) { continue }
        [pscustomobject] @{ path = $path; began = [DateTime] $process.CreationDate }
    }
}

function Invoke-HiddenProgram {
    # Runs a program or a batch file, which has nobody to ask, to its end; the exit code, $null where it has not ended after Seconds.
    param([string] $Path, [int] $Seconds)
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    if ($Path -match '\.(bat|cmd)$') {
        $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'cmd.exe')
        $start.Arguments = "/d /c `"`"$Path`"`""
    }
    $start.WorkingDirectory = [IO.Path]::GetDirectoryName($Path)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $process = Invoke-ForPerson { [Diagnostics.Process]::Start($start) }
    try {
        # A `pause` ends at once.
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(1000 * $Seconds)) { return $null }
        return $process.ExitCode
    }
    finally { $process.Dispose() }
}
