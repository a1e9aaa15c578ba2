# The page of the router, which is the default gateway. The proxy of the closed network does not lead there.

Register-Opener 'router' -Asked 'ルーターの設定画面' {
    # Nothing outside of the facility poses as the router.
    $addresses = @((Read-GatewayAddress) | Where-Object { Test-AddressIn $_ $script:FacilityNetwork })
    if ($addresses.Length -gt 0) { "http://$($addresses[0])/" }
}
