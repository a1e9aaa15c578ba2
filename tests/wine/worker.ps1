# Runs one script after another in this process, each in a runspace of its own. Jobs: a JSON file with script, arguments,
# environment and answer, the file for exit, output and errors. A job that has its answer already is passed over: it was run by
# a process that was killed later.
param([string] $Jobs)

foreach ($job in ConvertFrom-Json ([IO.File]::ReadAllText($Jobs))) {
    if ([IO.File]::Exists($job.answer)) { continue }
    $before = [Environment]::GetEnvironmentVariables()
    foreach ($variable in $job.environment.PSObject.Properties) { [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value) }
    $arguments = @{}
    foreach ($argument in $job.arguments.PSObject.Properties) { $arguments[$argument.Name] = $argument.Value }
    $state = [initialsessionstate]::CreateDefault()
    $state.ExecutionPolicy = 'Bypass'
    $shell = [powershell]::Create($state)
    $problem = ''
    $output = @()
    try {
        $null = $shell.AddScript('param($Script, $Arguments) & $Script @Arguments; "$LASTEXITCODE"').AddArgument($job.script).AddArgument($arguments)
        try { $output = @($shell.Invoke()) } catch { $problem = "$_ $($_.Exception.InnerException.ErrorRecord.ScriptStackTrace)" }
        $errors = @($problem) + @($shell.Streams.Error | ForEach-Object { "$_ $($_.ScriptStackTrace)" }) -ne ''
    }
    finally { $shell.Dispose() }
    $exit = $null
    if ($problem -eq '' -and $output[-1] -match '^-?\d+$') { $exit = [int] $output[-1] }
    $answer = @{ exit = $exit; output = @($output | Select-Object -SkipLast 1 | ForEach-Object { [string] $_ }); errors = @($errors) }
    $after = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($before.Keys) + @($after.Keys)) {
        if ($before[$name] -cne $after[$name]) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
    [IO.File]::WriteAllText($job.answer, (ConvertTo-Json $answer -Compress -Depth 9))
}
