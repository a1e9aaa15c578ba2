# Of the four things only that a proxy is named, and its name, are kept by Wine: no word of the exceptions, nor of the script.

$settings = 'HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings'

Test-Native 'Read-WinInetProxy', 'Set-WinInetProxy' {
    # Windows has this value from the beginning, Wine has not.
    [Microsoft.Win32.Registry]::SetValue($settings, 'ProxyEnable', 0)
    Set-WinInetProxy 3 'proxy.example:8080' '<local>' ''
    Assert-Same @('proxy.example:8080', 1) @([Microsoft.Win32.Registry]::GetValue($settings, 'ProxyServer', ''), [Microsoft.Win32.Registry]::GetValue($settings, 'ProxyEnable', 0))
    $found = Read-WinInetProxy
    Assert-Same @('proxy.example:8080', 2) @($found.server, ($found.flags -band 2))
    Set-WinInetProxy 1 '' '' ''
    $found = Read-WinInetProxy
    Assert-Same @('', 0, 0) @($found.server, ($found.flags -band 2), [Microsoft.Win32.Registry]::GetValue($settings, 'ProxyEnable', 1))
    [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey($settings.Split('\', 2)[1], $true).DeleteValue('ProxyEnable')
}
