# Whether the PC has an IPv6 address of the line: global (2000::/3), and not one that is only temporary.

Register-Kind 'ipv6' -Format 1 -Get {
    param($Target)
    $addresses = Read-NetAddress
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = 'つながっているネットワークがありません。LAN ケーブルか無線の接続を確かめてください。' } }
    $global = @($addresses | Where-Object { -not $_.temporary -and (Test-GlobalIPv6 $_.address) })
    if ($global.Length -gt 0) { return [pscustomobject] @{ global = $true } }
    return [pscustomobject] @{ global = $false; message = '2 で始まる IPv6 アドレスがありません。フレッツ・v6オプションの契約、回線の機器の配線、端末の TCP/IPv6 のチェックを確かめてください。' }
}

function Test-GlobalIPv6 {
    param([string] $Text)
    $address = [Net.IPAddress]::Parse($Text)
    return ([string] $address.AddressFamily -ceq 'InterNetworkV6' -and ($address.GetAddressBytes()[0] -band 0xe0) -eq 0x20)
}
