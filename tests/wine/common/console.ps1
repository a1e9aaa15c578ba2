Test-Native 'Test-ConsoleKey' {
    # The input of this process is no console.
    Assert-Same $false (Test-ConsoleKey)
}

Test-Native 'Write-ConsoleLine' {
    $before = [Console]::Out
    $written = New-Object IO.StringWriter
    [Console]::SetOut($written)
    try { Write-ConsoleLine '一行' } finally { [Console]::SetOut($before) }
    Assert-Same "一行`r`n" $written.ToString()
}
