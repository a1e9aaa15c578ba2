# The computer's default proxy of WinHTTP, which Windows Update and the applications' services use. Access: 1 none, 3 named.

Register-Kind 'winhttp' -Format 1 -Ours ([ordered] @{ access = 'WinHTTP のプロキシの使い方'; proxy = 'プロキシ サーバー' }) -Merge @{
    bypass = { param($Before, $After, $Found) Merge-ProxyBypass $Before $After $Found }
} -Get {
    param($Target)
    $found = Read-WinHttpProxy
    return [pscustomobject] @{ access = $found.access; proxy = $found.proxy; bypass = $found.bypass }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'access')) {
        Set-WinHttpDefaultProxy -Access $State.access -Proxy $State.proxy -Bypass $State.bypass
        return
    }
    $found = Read-WinHttpProxy
    Set-WinHttpDefaultProxy -Access 3 -Proxy $State.server -Bypass (Join-ProxyBypass $State $found.bypass)
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'access')) { return (Test-Wanted $Wanted $Found) }
    if ($Found.access -ne 3) { return $false }
    return ((Test-ProxyServer $Wanted.server $Found.proxy) -and (Test-ProxyBypass $Wanted $Found.bypass))
} -Difference {
    param($Target, $Wanted, $Found)
    if ($Found.access -ne 3) { return (New-Difference 'WinHTTP のプロキシサーバー' '直接接続' $Wanted.server) }
    if (-not (Test-ProxyServer $Wanted.server $Found.proxy)) { New-Difference 'WinHTTP のプロキシサーバー' $Found.proxy $Wanted.server }
    Get-BypassDifference $Wanted $Found.bypass
}
