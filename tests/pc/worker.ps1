# Runs one script after another, each in a runspace of its own: starting a process for each would take most of the time.
# One JSON object a line in (script, arguments, environment), one out (exit, output, errors).

# A command of a module that is not loaded yet would be looked for among all programs of this machine first.
$env:PATH = "$PSScriptRoot/none"
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $job = ConvertFrom-Json $line
    $before = [Environment]::GetEnvironmentVariables()
    foreach ($variable in $job.environment.PSObject.Properties) { [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value) }
    $arguments = @{}
    foreach ($argument in $job.arguments.PSObject.Properties) { $arguments[$argument.Name] = $argument.Value }
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
    try {
        # What is said in the window is written like what is returned.
        $null = $shell.AddScript('param($Script, $Arguments) & $Script @Arguments 6>&1; "$LASTEXITCODE"').AddArgument($job.script).AddArgument($arguments)
        $output = @()
        $problem = ''
        try { $output = @($shell.Invoke()) } catch { $problem = [string] $_ }
        $errors = @($problem) + @($shell.Streams.Error | ForEach-Object { "$_ $($_.ScriptStackTrace)" }) -ne ''
        $exit = $null
        if ($problem -eq '' -and $output[-1] -match '^-?\d+$') { $exit = [int] $output[-1] }
        if ($problem -eq '') { $output = @($output | Select-Object -SkipLast 1) }
        $text = @($output | ForEach-Object { [string] $_ }) -join "`n"
        $answer = @{ exit = $exit; output = $text; errors = ($errors -join "`n") }
    }
    finally { $shell.Dispose() }
    $after = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($before.Keys) + @($after.Keys)) {
        if ($before[$name] -cne $after[$name]) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
    [Console]::Out.WriteLine((ConvertTo-Json $answer -Compress))
}
