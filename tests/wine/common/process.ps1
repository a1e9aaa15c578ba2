# This process and its Windows; what is opened leaves a file behind.

$version = 'HKLM\Software\Microsoft\Windows NT\CurrentVersion'

function Wait-File {
    param([string] $Path)
    for ($try = 0; $try -lt 100 -and -not [IO.File]::Exists($Path); $try++) { Start-Sleep -Milliseconds 100 }
    Start-Sleep -Milliseconds 100
    return [IO.File]::Exists($Path)
}

Test-Native 'Test-Process64', 'Get-ComputerText' {
    Assert-Same ((Invoke-Cmd 'echo %PROCESSOR_ARCHITECTURE%') -ceq 'AMD64') (Test-Process64)
    Assert-Same (Invoke-Own 'hostname.exe' '') (Get-ComputerText)
}

Test-Native 'Get-WindowsRelease' {
    $was = [string] [Microsoft.Win32.Registry]::GetValue("HKEY_LOCAL_MACHINE$($version.Substring(4))", 'EditionID', '')
    $null = Invoke-Reg "add `"$version`" /v EditionID /d IoTEnterpriseS /f"
    $found = Get-WindowsRelease
    if ($was) { $null = Invoke-Reg "add `"$version`" /v EditionID /d $was /f" }
    else { $null = Invoke-Reg "delete `"$version`" /v EditionID /f" }
    Assert-Same @('IoTEnterpriseS', [Environment]::OSVersion.Version.Build) @($found.edition, $found.build)
}

Test-Native 'Initialize-Temp', 'Set-OwnVariable' {
    Initialize-Temp $script:Folder
    Set-OwnVariable 'OQSGEN_CHECK' '値'
    Assert-Same "$script:Folder $script:Folder 値" (Invoke-Cmd 'echo %TEMP% %TMP% %OQSGEN_CHECK%')
    Set-OwnVariable 'OQSGEN_CHECK' ''
    Assert-Same '%OQSGEN_CHECK%' (Invoke-Cmd 'echo %OQSGEN_CHECK%')
}

Test-Native 'Get-StickRoot' { Assert-Same $false (@(Get-StickRoot) -contains 'C:\') }

Test-Native 'Get-OwnProcessId', 'Wait-ProcessEnd' {
    Assert-Same ([Diagnostics.Process]::GetCurrentProcess().Id) (Get-OwnProcessId)
    $process = [Diagnostics.Process]::Start('cmd.exe', '/d /c exit 3')
    $process.WaitForExit()
    $id = $process.Id
    $process.Dispose()
    Assert-Same @($false, $true) @((Wait-ProcessEnd (Get-OwnProcessId) 0), (Wait-ProcessEnd $id 2000))
}

Test-Native 'Get-PersonVariable', 'ConvertTo-PersonVariable', 'Invoke-ForPerson' {
    # What stands in the registry, whatever this process has.
    $all = 'HKLM\System\CurrentControlSet\Control\Session Manager\Environment'
    $null = Invoke-Reg "add `"$all`" /v OQSGEN_CHECK /d all"
    Assert-Same @('all', 'all') @($false, $true | ForEach-Object { Get-PersonVariable 'OQSGEN_CHECK' $_ })
    $null = Invoke-Reg 'add HKCU\Environment /v OQSGEN_CHECK /d own'
    Assert-Same 'own' (Get-PersonVariable 'OQSGEN_CHECK' $false)
    $null = Invoke-Reg "delete `"$all`" /v OQSGEN_CHECK /f"
    $null = Invoke-Reg 'delete HKCU\Environment /v OQSGEN_CHECK /f'
    Assert-Same '' ([string] (Get-PersonVariable 'OQSGEN_CHECK' $false))
    $theirs = [Environment]::GetEnvironmentVariable('TEMP', 'User')
    Initialize-Temp $script:Folder
    $env:PSExecutionPolicyPreference = 'AllSigned'
    $seen = Invoke-ForPerson { Invoke-Cmd 'echo %TEMP% %PSExecutionPolicyPreference%' }
    $after = Invoke-Cmd 'echo %TEMP% %PSExecutionPolicyPreference%'
    Assert-Same @("$theirs %PSExecutionPolicyPreference%", "$script:Folder AllSigned") @($seen, $after)
}

Test-Native 'Set-ClipboardText' {
    Set-ClipboardText 'edge://extensions'
    Assert-Same 'edge://extensions' (Get-Clipboard)
}

Test-Native 'Clear-ClipboardText' {
    Set-ClipboardText 'x'
    Clear-ClipboardText
    Assert-Same '' ([string] (Get-Clipboard))
}

Test-Native 'Open-Program' {
    Open-Program 'cmd.exe' "/d /c echo x>$script:Folder\opened"
    Assert-Same $true (Wait-File "$script:Folder\opened")
}

Test-Native 'Open-Page' {
    [IO.File]::WriteAllText("$script:Folder\page.cmd", "@echo x>`"%~dp0opened`"`r`n")
    Open-Page "$script:Folder\page.cmd"
    Assert-Same $true (Wait-File "$script:Folder\opened")
}

Test-Native 'Open-Edge' {
    # Another program under the name by which Edge is found.
    $paths = 'HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe'
    $null = Invoke-Reg "add `"$paths`" /ve /d C:\windows\system32\cmd.exe /reg:64"
    Open-Edge "/d /c echo x>$script:Folder\opened"
    Assert-Same $true (Wait-File "$script:Folder\opened")
    # An Edge apart: what it is started with.
    [IO.File]::WriteAllText("$script:Folder\edge.cmd", "@echo %*>`"$script:Folder\apart`"")
    $null = Invoke-Reg "add `"$paths`" /ve /d $script:Folder\edge.cmd /f /reg:64"
    Open-Edge 'http://192.168.1.1/' -Folder 'C:\a b\edge'
    $null = Invoke-Reg "delete `"$paths`" /f /reg:64"
    Assert-Same $true (Wait-File "$script:Folder\apart")
    $said = '--no-proxy-server --no-first-run --user-data-dir="C:\a b\edge" http://192.168.1.1/'
    Assert-Same $said ([IO.File]::ReadAllText("$script:Folder\apart").Trim())
}
