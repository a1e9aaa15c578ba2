# A TCP port that answers within three seconds.

Register-Kind 'port' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.host
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.host)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    return [pscustomobject] @{ open = (Test-TcpPort -Address $addresses -Port $Target.port) }
}
