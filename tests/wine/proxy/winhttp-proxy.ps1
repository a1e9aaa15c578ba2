# The value of the registry that WinHTTP keeps: sizes and texts, one after the other.

$connections = 'HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections'

function Get-WinHttpText {
    $bytes = [Microsoft.Win32.Registry]::GetValue($connections, 'WinHttpSettings', [byte[]] @())
    return [Text.Encoding]::ASCII.GetString(@($bytes | Where-Object { $_ -ge 32 -and $_ -lt 127 }))
}

Test-Native 'Read-WinHttpProxy', 'Set-WinHttpDefaultProxy' {
    $was = Read-WinHttpProxy
    $bytes = [Microsoft.Win32.Registry]::GetValue($connections, 'WinHttpSettings', $null)
    Set-WinHttpDefaultProxy 3 'proxy.example:8080' '<local>;*.example'
    Assert-Same $true (Get-WinHttpText).Contains('proxy.example:8080')
    Assert-Same $true (Get-WinHttpText).Contains('<local>;*.example')
    Assert-Same ([ordered] @{ access = 3; proxy = 'proxy.example:8080'; bypass = '<local>;*.example' }) (Read-WinHttpProxy)
    Set-WinHttpDefaultProxy 1 '' ''
    Assert-Same $false (Get-WinHttpText).Contains('proxy')
    Assert-Same ([ordered] @{ access = 1; proxy = ''; bypass = '' }) (Read-WinHttpProxy)
    Set-WinHttpDefaultProxy $was.access $was.proxy $was.bypass
    # Where nobody had set one, there was no value either.
    if ($null -ne $bytes) { Assert-Same $bytes ([Microsoft.Win32.Registry]::GetValue($connections, 'WinHttpSettings', $null)) }
    else { $null = Invoke-Reg "delete `"$connections`" /v WinHttpSettings /f" }
}
