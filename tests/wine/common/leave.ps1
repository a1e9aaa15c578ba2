# What would be cut off by a restart. Nothing is left here.

Test-Native 'Test-Installing' {
    Assert-Same $false (Test-Installing)
    # Windows Installer's own mutex: held while it is at work (by another thread: a mutex lets its own owner in again).
    $held = New-Object Threading.ManualResetEvent($false)
    $over = New-Object Threading.ManualResetEvent($false)
    $shell = [PowerShell]::Create().AddScript({
            param($held, $over)
            $mutex = New-Object Threading.Mutex($true, 'Global\_MSIExecute')
            $null = $held.Set(); $null = $over.WaitOne(); $mutex.ReleaseMutex(); $mutex.Dispose()
        }).AddArgument($held).AddArgument($over)
    $work = $shell.BeginInvoke()
    $null = $held.WaitOne()
    $found = Test-Installing
    $null = $over.Set()
    $null = $shell.EndInvoke($work)
    Assert-Same @($true, $false) @($found, (Test-Installing))
}

Test-Native 'Get-SystemFolder' {
    Assert-Same (Invoke-Cmd 'echo %SystemRoot%\System32').ToLowerInvariant() (Get-SystemFolder).ToLowerInvariant()
}
