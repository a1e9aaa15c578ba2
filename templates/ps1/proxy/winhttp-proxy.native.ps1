# The computer's default proxy of WinHTTP. Access: 1 none, 3 named. A change needs administrator rights.
# https://learn.microsoft.com/windows/win32/api/winhttp/nf-winhttp-winhttpsetdefaultproxyconfiguration

function Read-WinHttpProxy {
    Import-NativeType
    $read = [OqsGen.WinHttpProxy]::Read()
    return [pscustomobject] @{ access = [int] $read[0]; proxy = $read[1]; bypass = $read[2] }
}

function Set-WinHttpDefaultProxy {
    param([int] $Access, [string] $Proxy, [string] $Bypass)
    Import-NativeType
    [OqsGen.WinHttpProxy]::Write($Access, $Proxy, $Bypass)
}
