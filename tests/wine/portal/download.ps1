Test-Native 'Get-PersonTemp' {
    # The person's, not that of this process, which may be another one or written in its 8.3 form.
    $env:TEMP = Invoke-Cmd "for %i in ($script:Folder\a) do @echo %~si"
    Assert-Same $true $env:TEMP.Contains('~')
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
    $was = $key.GetValue('TEMP', $null, 'DoNotExpandEnvironmentNames')
    $sort = $key.GetValueKind('TEMP')
    $key.SetValue('TEMP', "%SystemDrive%\$([IO.Path]::GetFileName($script:Folder))\", 'ExpandString')
    $found = Get-PersonTemp
    $key.DeleteValue('TEMP')
    $default = Get-PersonTemp
    $key.SetValue('TEMP', $was, $sort)
    $key.Dispose()
    Assert-Same @($script:Folder, "$(Invoke-Cmd 'echo %LOCALAPPDATA%')\Temp") @($found, $default)
}
