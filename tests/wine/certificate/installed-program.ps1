$uninstall = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\oqsgen-check'

Test-Native 'Read-InstalledProgram' {
    $null = Invoke-Reg "add HKLM\$uninstall /v DisplayName /d oqsgen-check-64 /reg:64"
    $null = Invoke-Reg "add HKLM\$uninstall /v DisplayVersion /d 1.2.3 /reg:64"
    $null = Invoke-Reg "add HKLM\$uninstall /v DisplayName /d oqsgen-check-32 /reg:32"
    $null = Invoke-Reg "add HKCU\$uninstall /v DisplayName /d oqsgen-check-本人"
    $found = @(Read-InstalledProgram | Where-Object { $_.name -like 'oqsgen-check*' } | ForEach-Object { "$($_.name) $($_.version)" })
    foreach ($place in "HKLM\$uninstall /reg:64", "HKLM\$uninstall /reg:32", "HKCU\$uninstall") { $null = Invoke-Reg "delete $place /f" }
    Assert-Same @('oqsgen-check-64 1.2.3', 'oqsgen-check-32 ', 'oqsgen-check-本人 ') $found
    Assert-Same @() @(Read-InstalledProgram | Where-Object { $_.name -like 'oqsgen-check*' })
}
