# The ports that must not be closed: what the PC's own firewall blocks, and what answers. No answer is no proof of a closed
# port: where others answer, a silent one is a warning.

Register-Kind 'outbound-port' -Format 1 -Get {
    param($Target)
    $hosts = @($Target.web, $Target.secure, $Target.time, (Get-OutboundHost $Target.proxy) | Where-Object { $_ -cne '' })
    $known = @{}
    foreach ($answer in (Resolve-HostAddressList -HostName $hosts)) { $known[$answer.host] = @($answer.addresses) }
    $answers = [ordered] @{}
    $servers = Select-AskedServer (Read-DnsServer)
    if ($servers.Length -gt 0) {
        $answers['53'] = (Test-DnsAnswer -Address $servers -HostName $hosts[0]) -or
            (Test-DnsAnswer -Address $servers -HostName $hosts[0] -Tcp)
    }
    $number = $Target.proxy.Split(':')[-1]
    $pairs = @(@('80', $Target.web, 80), @('443', $Target.secure, 443), @($number, (Get-OutboundHost $Target.proxy), [int] $number))
    $asked = @($pairs | Where-Object { $_[1] -cne '' -and $known[$_[1]].Length -gt 0 })
    if ($asked.Length -gt 0) {
        $open = Test-TcpPortList -Endpoint @($asked | ForEach-Object { [pscustomobject] @{ addresses = $known[$_[1]]; port = $_[2] } })
        for ($i = 0; $i -lt $asked.Length; $i++) { $answers[$asked[$i][0]] = $open[$i] }
    }
    if ($Target.time -cne '' -and $known[$Target.time].Length -gt 0) {
        $answers['123'] = ($null -ne (Get-SntpOffset -Address $known[$Target.time]))
    }
    $blocked = @(Get-OutboundBlock @('53', '80', '123', '443') $Target.proxy | Where-Object { $answers[$_] -ne $true })
    $silent = @($answers.Keys | Where-Object { -not $answers[$_] })
    if ($blocked.Length -eq 0 -and @($answers.Keys | Where-Object { $answers[$_] -and $_ -cne '53' }).Length -eq 0) {
        return [pscustomobject] @{ unknown = 'Windows のファイアウォールは止めていませんが、どのポートからも応答がありません。回線がつながってから確かめてください。' }
    }
    $state = [ordered] @{ blocked = $blocked }
    if ($blocked.Length -gt 0) { $state.message = "Windows のファイアウォールの送信の規則が、ポート $($blocked -join '、') を止めています。" }
    elseif ($silent.Length -gt 0) { $state.warning = "ポート $($silent -join '、') の応答がありません。ルーターやセキュリティ製品が止めていないか、確かめてください。" }
    return [pscustomobject] $state
}

function Select-AskedServer {
    # Three of each connection. A connection without any has three of fec0::/10 in their place, at which there is nothing
    # (RFC 3879 has taken these addresses back).
    param([object[]] $Connections)
    $servers = foreach ($connection in $Connections) {
        @($connection.servers) | Where-Object { -not ([Net.IPAddress]::Parse($_)).IsIPv6SiteLocal } | Select-Object -First 3
    }
    return , @($servers | Where-Object { $_ } | Select-Object -Unique)
}

function Get-OutboundHost {
    param([string] $Server)
    return $Server.Split(':')[0]
}

function Get-OutboundBlock {
    # Which of the ports Windows' firewall does not let out, for every program and every address: by a rule, or by default.
    param([string[]] $Port, [string] $Proxy)
    $ports = @($Port) + @($Proxy.Split(':') | Select-Object -Skip 1)
    $firewall = Read-OutboundFirewall
    return @($ports | Where-Object {
            $number = [int] $_
            $firewall.default -ceq 'Block' -or @($firewall.ports | Where-Object { Test-PortText $_ $number }).Length -gt 0
        })
}
