Test-Native 'Get-EdgeFolder' {
    Assert-Same (Invoke-Cmd 'echo %LOCALAPPDATA%\Microsoft\Edge\User Data') (Get-EdgeFolder)
}
