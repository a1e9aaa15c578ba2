$shell = 'HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders'
$downloads = '{374DE290-123F-4565-9164-39C4925E467B}'

Test-Native 'Get-PersonFolder' {
    Assert-Same "$(Invoke-Cmd 'echo %USERPROFILE%')\Downloads" @(Get-PersonFolder)[0]
    $key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey($shell.Substring(5))
    $was = $key.GetValue($downloads, $null, 'DoNotExpandEnvironmentNames')
    $null = Invoke-Reg "add `"$shell`" /v $downloads /t REG_EXPAND_SZ /d %SystemDrive%\受信 /f"
    $found = @(Get-PersonFolder)
    if ($null -ne $was) { $key.SetValue($downloads, $was, 'ExpandString') } else { $key.DeleteValue($downloads) }
    $key.Dispose()
    Assert-Same @('C:\受信', [Environment]::GetFolderPath('DesktopDirectory'), "$(Invoke-Cmd 'echo %PUBLIC%')\Desktop") $found
}

Test-Native 'Get-DesktopFolder' {
    Assert-Same (Invoke-Cmd 'echo %USERPROFILE%\Desktop') (Get-DesktopFolder)
    Assert-Same (Invoke-Cmd 'echo %PUBLIC%\Desktop') (Get-DesktopFolder -Shared)
}

Test-Native 'Find-FileBelow', 'Get-FileSha256' {
    $null = Invoke-Cmd "mkdir $script:Folder\a\b && echo x>$script:Folder\one.msi && echo x>$script:Folder\a\二.msi && echo x>$script:Folder\a\b\3.msi"
    Assert-Same @("$script:Folder\one.msi", "$script:Folder\a\二.msi") @(Find-FileBelow $script:Folder '*.msi' 1)
    Assert-Same @() @(Find-FileBelow "$script:Folder\absent" '*.msi' 1)
    # FIPS 180-2, appendix B.1.
    [IO.File]::WriteAllText("$script:Folder\abc", 'abc')
    Assert-Same 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' (Get-FileSha256 "$script:Folder\abc")
}
