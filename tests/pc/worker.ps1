# Runs one script after another, each in a runspace of its own: starting a process for each would take most of the time.
# One JSON object a line in, one out.
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $job = ConvertFrom-Json $line
    $env:OQSGEN_FAKE = $job.folder
    $arguments = @{ Mode = $job.mode; Scope = $job.scope; Run = $job.run }
    foreach ($option in $job.options) { $arguments[$option.TrimStart('-')] = $true }
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
    try {
        $null = $shell.AddScript('param($Script, $Arguments) & $Script @Arguments; $LASTEXITCODE').AddArgument($job.script).AddArgument($arguments)
        $output = @()
        $problem = ''
        try { $output = @($shell.Invoke()) } catch { $problem = [string] $_ }
        $errors = @($problem) + @($shell.Streams.Error | ForEach-Object { "$_ $($_.ScriptStackTrace)" }) -ne ''
        $exit = $null
        if ($output.Length -gt 0 -and $output[-1] -is [int]) { $exit = $output[-1] }
        $text = @($output | Select-Object -SkipLast 1 | ForEach-Object { [string] $_ }) -join "`n"
        $answer = @{ exit = $exit; output = $text; errors = ($errors -join "`n") }
    }
    finally { $shell.Dispose() }
    [Console]::Out.WriteLine((ConvertTo-Json $answer -Compress))
}
