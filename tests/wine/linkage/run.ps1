Test-Native 'Invoke-HiddenProgram' {
    $file = "$script:Folder\再 起動.bat"
    [IO.File]::WriteAllText($file, "@cd>`"%~dp0where`"`r`n@set /p answer=`r`n@exit 7`r`n")
    Assert-Same 7 (Invoke-HiddenProgram $file 60)
    Assert-Same $script:Folder (Invoke-Cmd "type $script:Folder\where")
    Assert-Same 0 (Invoke-HiddenProgram ([IO.Path]::Combine([Environment]::SystemDirectory, 'hostname.exe')) 60)
    [IO.File]::WriteAllText($file, "@ping -n 30 127.0.0.1 >nul`r`n")
    Assert-Same $null (Invoke-HiddenProgram $file 0)
}
