# What a file of checks can say. A check counts for the functions that it names where each of them was entered in it, something
# that came of it was compared, and nothing failed.
param([string] $Native, [string] $Files)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$script:Entered = New-Object Collections.Generic.HashSet[string]
$script:Compared = 0
$script:Reports = New-Object Collections.ArrayList
$script:Folder = ''

function Enter-Native { param([string] $Name) $null = $script:Entered.Add($Name) }

function Test-Native {
    # Name: the functions that the check is about.
    param([string[]] $Name, [scriptblock] $Check)
    $script:Entered.Clear()
    $script:Compared = 0
    $problem = ''
    # A new one for each check, since a program that it has started may still use it.
    $script:Folder = [IO.Path]::Combine([IO.Path]::GetPathRoot([Environment]::SystemDirectory), "oqsgen-check-$($script:Reports.Count)")
    $null = [IO.Directory]::CreateDirectory($script:Folder)
    $variables = @{}
    foreach ($variable in 'TEMP', 'TMP', 'PSModulePath', 'PSExecutionPolicyPreference') {
        $variables[$variable] = [Environment]::GetEnvironmentVariable($variable)
    }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try { $null = & $Check } catch { $problem = "$_ $($_.ScriptStackTrace)" }
    foreach ($variable in $variables.Keys) { [Environment]::SetEnvironmentVariable($variable, $variables[$variable]) }
    if ($problem -eq '' -and $script:Compared -eq 0) { $problem = 'nothing was compared' }
    foreach ($one in $Name) { if ($problem -eq '' -and -not $script:Entered.Contains($one)) { $problem = "$one was not called" } }
    $null = $script:Reports.Add(@{ file = $script:File; names = $Name; problem = $problem; milliseconds = $watch.ElapsedMilliseconds })
}

function ConvertTo-CheckText { param([object] $Value) return ConvertTo-Json -InputObject $Value -Depth 8 -Compress }

function Assert-Same {
    param([object] $Wanted, [object] $Found)
    $script:Compared++
    $texts = (ConvertTo-CheckText $Wanted), (ConvertTo-CheckText $Found)
    if ($texts[0] -cne $texts[1]) { throw "wanted $($texts[0]), found $($texts[1])" }
}

function Assert-Refused {
    # What is asked for throws.
    param([scriptblock] $Check)
    $script:Compared++
    try { $null = & $Check } catch { return }
    throw "not refused: $Check"
}

function Invoke-Own {
    # What a program of Windows' own writes.
    param([string] $Name, [string] $Line)
    $start = New-Object Diagnostics.ProcessStartInfo([IO.Path]::Combine([Environment]::SystemDirectory, $Name), $Line)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $text = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "$Name $Line ended with $($process.ExitCode): $text" }
    return $text.TrimEnd()
}

function Invoke-Cmd { param([string] $Line) return Invoke-Own 'cmd.exe' "/d /c $Line" }

# Not by way of cmd.exe, which has to look for it: Wine's does not always find it (9009).
function Invoke-Reg { param([string] $Line) return Invoke-Own 'reg.exe' $Line }

function Get-CheckSecret {
    param([string] $Text)
    $secret = New-Object Security.SecureString
    foreach ($character in $Text.ToCharArray()) { $secret.AppendChar($character) }
    return $secret
}

function Export-Registry {
    # A line for each value, with its key. Keys without one Windows makes by itself, and Wine has something of its own: its
    # network driver (dlls/ndis.sys) writes the cards whenever it has begun, its console how a window of one looks.
    $file = [IO.Path]::GetTempFileName()
    foreach ($hive in 'HKCU', 'HKLM\Software') {
        $null = Invoke-Reg "export $hive `"$file`" /y"
        $key = ''
        foreach ($line in [IO.File]::ReadAllLines($file)) {
            if ($line.StartsWith('[')) { $key = $line }
            elseif ($line -and $key -notmatch '^\[HKEY_CURRENT_USER\\(Software\\Wine\\|Console\b)|\\CurrentVersion\\NetworkCards\\') { "$key $line" }
        }
    }
    [IO.File]::Delete($file)
}

. $Native
$before = [Collections.Generic.HashSet[string]] [string[]] @(Export-Registry)
foreach ($file in $Files.Split('|')) {
    $script:File = $file
    . $file
}
foreach ($report in $script:Reports) { ConvertTo-CheckText $report }
# What was not undone.
$left = [Collections.Generic.HashSet[string]] [string[]] @(Export-Registry)
$lost = @($before | Where-Object { -not $left.Contains($_) })
$left.ExceptWith($before)
ConvertTo-CheckText @{ file = ''; names = @(); problem = (@($left) + @($lost)) -join "`n"; milliseconds = 0 }
