# What reg.exe writes is read, what is written is read by reg.exe.

$key = 'Software\oqsgen-check\鍵'

function Get-RegText { param([string] $Name) return (Invoke-Reg "query `"HKCU\$key`" /v `"$Name`"").Split("`n")[-1].Trim() }

Test-Native 'Test-RegistryKey', 'Read-RegistryEntry', 'Read-RegistryKey', 'Get-RegistryKeyName', 'Open-RegistryHive' {
    Assert-Same $false (Test-RegistryKey 'HKCU' $key)
    Assert-Same $null (Read-RegistryKey 'HKCU' $key)
    Assert-Same $null (Read-RegistryEntry 'HKCU' $key 'x')
    Assert-Same @() (Get-RegistryKeyName 'HKCU' $key)
    $null = Invoke-Reg "add `"HKCU\$key`" /v 数 /t REG_DWORD /d 4294967295"
    [Microsoft.Win32.Registry]::SetValue("HKEY_CURRENT_USER\$key", 'path', '%TEMP%\a', 'ExpandString')
    $null = Invoke-Reg "add `"HKCU\$key`" /ve /d 既定"
    $null = Invoke-Reg "add `"HKCU\$key\b[*]`""
    $null = Invoke-Reg "add `"HKCU\$key\a`""
    Assert-Same $true (Test-RegistryKey 'HKCU' $key)
    Assert-Same ([ordered] @{ type = 'DWord'; data = -1 }) (Read-RegistryEntry 'HKCU' $key '数')
    Assert-Same ([ordered] @{ type = 'ExpandString'; data = '%TEMP%\a' }) (Read-RegistryEntry 'HKCU' $key 'path')
    Assert-Same ([ordered] @{ type = 'String'; data = '既定' }) (Read-RegistryEntry 'HKCU' $key '')
    Assert-Same @('', 'path', '数') @((Read-RegistryKey 'HKCU' $key) | ForEach-Object { $_.name })
    Assert-Same @('a', 'b[*]') (Get-RegistryKeyName 'HKCU' $key)
    $null = Invoke-Reg 'delete HKCU\Software\oqsgen-check /f'
    Assert-Refused { Open-RegistryHive 'HKCR' }
}

Test-Native 'Set-RegistryEntry', 'Remove-RegistryEntry', 'Remove-EmptyRegistryKey' {
    Set-RegistryEntry 'HKCU' $key 'd' 'DWord' 4294967295
    Set-RegistryEntry 'HKCU' $key 'q' 'QWord' 1099511627776
    Set-RegistryEntry 'HKCU' $key 's' 'String' '髙橋'
    Set-RegistryEntry 'HKCU' $key 'e' 'ExpandString' '%X%'
    Set-RegistryEntry 'HKCU' $key 'm' 'MultiString' @('一', '二')
    Set-RegistryEntry 'HKCU' $key 'b' 'Binary' @(0, 255)
    Set-RegistryEntry 'HKCU' $key 'o' 'Binary' @()
    Assert-Same 'd    REG_DWORD    0xffffffff' (Get-RegText 'd')
    Assert-Same 's    REG_SZ    髙橋' (Get-RegText 's')
    Assert-Same 'e    REG_EXPAND_SZ    %X%' (Get-RegText 'e')
    Assert-Same 'm    REG_MULTI_SZ    一\0二' (Get-RegText 'm')
    Assert-Same 'b    REG_BINARY    00FF' (Get-RegText 'b')
    Assert-Same 'o    REG_BINARY' (Get-RegText 'o')
    Assert-Same 1099511627776 ([Microsoft.Win32.Registry]::GetValue("HKEY_CURRENT_USER\$key", 'q', 0))
    Assert-Same $false (Remove-EmptyRegistryKey 'HKCU' $key)
    foreach ($name in 'd', 'q', 's', 'e', 'm', 'b', 'o', 'absent') { Remove-RegistryEntry 'HKCU' $key $name }
    Remove-RegistryEntry 'HKCU' 'Software\oqsgen-check\absent' 'x'
    Assert-Same @() @([Microsoft.Win32.Registry]::CurrentUser.OpenSubKey($key).GetValueNames())
    Assert-Same $false (Remove-EmptyRegistryKey 'HKCU' 'Software\oqsgen-check')
    Assert-Same @($true, $true) @((Remove-EmptyRegistryKey 'HKCU' $key), (Remove-EmptyRegistryKey 'HKCU' 'Software\oqsgen-check'))
    Assert-Same $null ([Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Software\oqsgen-check'))
}

Test-Native 'Read-RegistryEntry' {
    # The 64-bit view, also of a key of which Windows has two.
    $null = Invoke-Reg 'add HKLM\Software\oqsgen-check /v bits /d 64 /reg:64'
    $null = Invoke-Reg 'add HKLM\Software\oqsgen-check /v bits /d 32 /reg:32'
    Assert-Same '64' (Read-RegistryEntry 'HKLM' 'Software\oqsgen-check' 'bits').data
    foreach ($view in 32, 64) { $null = Invoke-Reg "delete HKLM\Software\oqsgen-check /f /reg:$view" }
}
