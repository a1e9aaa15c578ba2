# Questions to the line, each with a time limit: a PC without a line must not hang. Each address gets
# a socket of its own family: the closed network is largely IPv6, and a TcpClient without one is IPv4 alone.

# Names that did not resolve a moment ago: without a line each question costs its whole limit, and steps ask for the same names.
$script:UnresolvedName = @{}
$script:UnresolvedSecond = 10
$script:NetworkWatch = [Diagnostics.Stopwatch]::StartNew()

function Resolve-HostAddress {
    # The addresses of a name; empty where it does not resolve in time.
    param([string] $HostName, [int] $Timeout = 3000)
    return , @((Resolve-HostAddressList -HostName $HostName -Timeout $Timeout)[0].addresses)
}

function Resolve-HostAddressList {
    # The addresses of some names, all asked at once: host, addresses.
    param([string[]] $HostName, [int] $Timeout = 3000)
    # Each question waits in a thread of its own; by default there are no more of them than processors.
    $workers = 0
    $ports = 0
    [Threading.ThreadPool]::GetMinThreads([ref] $workers, [ref] $ports)
    if ($workers -lt 32) { $null = [Threading.ThreadPool]::SetMinThreads(32, $ports) }
    $questions = @(foreach ($name in $HostName) {
            $asked = $null
            $failed = $script:UnresolvedName[$name]
            if ($null -eq $failed -or $script:NetworkWatch.Elapsed.TotalSeconds - $failed -gt $script:UnresolvedSecond) {
                $asked = [Net.Dns]::BeginGetHostAddresses($name, $null, $null)
            }
            [pscustomobject] @{ host = $name; asked = $asked }
        })
    $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
    return , @(foreach ($question in $questions) {
            $addresses = @()
            if ($null -ne $question.asked) {
                $remaining = [int] [math]::Max(0, $until - $script:NetworkWatch.ElapsedMilliseconds)
                if ($question.asked.AsyncWaitHandle.WaitOne($remaining)) {
                    try {
                        $addresses = @([Net.Dns]::EndGetHostAddresses($question.asked) |
                            ForEach-Object { $_.ToString() } | Sort-Object -Unique)
                    }
                    catch [Net.Sockets.SocketException] { $addresses = @() }
                }
                if ($addresses.Length -eq 0) {
                    $script:UnresolvedName[$question.host] = $script:NetworkWatch.Elapsed.TotalSeconds
                }
                else {
                    $script:UnresolvedName.Remove($question.host)
                }
            }
            [pscustomobject] @{ host = $question.host; addresses = $addresses }
        })
}

function Clear-UnresolvedName {
    # For when names are asked of other servers from now on.
    $script:UnresolvedName = @{}
}

function Test-TcpPort {
    # True when one of the addresses accepts a connection in time.
    param([string[]] $Address, [int] $Port, [int] $Timeout = 3000)
    $endpoint = [pscustomobject] @{ addresses = $Address; port = $Port }
    return (Test-TcpPortList -Endpoint @($endpoint) -Timeout $Timeout)[0]
}

function Test-TcpPortList {
    # For each endpoint (addresses, port), whether one of its first three addresses accepts a connection; all asked at once.
    param([object[]] $Endpoint, [int] $Timeout = 3000)
    $connections = Open-TcpConnection -Endpoint $Endpoint -Timeout $Timeout
    foreach ($client in $connections) { if ($null -ne $client) { $client.Close() } }
    return , @(foreach ($client in $connections) { $null -ne $client })
}

function Open-TcpConnection {
    # For each endpoint a connected client, which the caller closes, or $null.
    param([object[]] $Endpoint, [int] $Timeout)
    $tries = @(foreach ($server in $Endpoint) {
            , @(foreach ($text in @($server.addresses | Select-Object -First 3)) {
                    $address = [Net.IPAddress]::Parse($text)
                    $client = New-Object Net.Sockets.TcpClient($address.AddressFamily)
                    $asked = $null
                    # Where there is no way at all for a family, Windows says so at once.
                    try { $asked = $client.BeginConnect($address, $server.port, $null, $null) }
                    catch [Net.Sockets.SocketException] { $client.Close() }
                    if ($null -ne $asked) { [pscustomobject] @{ client = $client; asked = $asked } }
                })
        })
    $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
    $clients = @(foreach ($group in $tries) {
            $open = $null
            # Whichever of an endpoint's addresses answers first.
            while ($null -eq $open -and $group.Length -gt 0) {
                $remaining = [int] [math]::Max(0, $until - $script:NetworkWatch.ElapsedMilliseconds)
                [Threading.WaitHandle[]] $handles = @($group | ForEach-Object { $_.asked.AsyncWaitHandle })
                $first = [Threading.WaitHandle]::WaitAny($handles, $remaining)
                if ($first -eq [Threading.WaitHandle]::WaitTimeout) { break }
                $done = $group[$first]
                $group = @($group | Where-Object { $_ -ne $done })
                try {
                    $done.client.EndConnect($done.asked)
                    $open = $done.client
                }
                catch [Net.Sockets.SocketException] {
                    $done.client.Close()
                }
            }
            foreach ($attempt in $group) { $attempt.client.Close() }
            [pscustomobject] @{ client = $open }
        })
    return , @($clients | ForEach-Object { $_.client })
}

function Test-ProxyTunnel {
    # What a proxy answers when asked for a way (CONNECT, RFC 9110 section 9.3.6) to each "host:port", all asked at once: the
    # status of HTTP, 0 without an answer.
    param([string[]] $Address, [int] $Port, [string[]] $Goal, [int] $Timeout = 4000)
    $endpoint = [pscustomobject] @{ addresses = $Address; port = $Port }
    $clients = Open-TcpConnection -Endpoint @($Goal | ForEach-Object { $endpoint }) -Timeout $Timeout
    try {
        for ($i = 0; $i -lt $Goal.Length; $i++) {
            if ($null -eq $clients[$i]) { continue }
            $question = [Text.Encoding]::ASCII.GetBytes("CONNECT $($Goal[$i]) HTTP/1.1`r`nHost: $($Goal[$i])`r`n`r`n")
            try {
                $clients[$i].GetStream().Write($question, 0, $question.Length)
            }
            catch [IO.IOException] {
                $clients[$i].Close()
                $clients[$i] = $null
            }
        }
        $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
        return , @(foreach ($client in $clients) {
                if ($null -eq $client) { 0; continue }
                $client.ReceiveTimeout = [int] [math]::Max(1, $until - $script:NetworkWatch.ElapsedMilliseconds)
                Read-HttpStatus $client.GetStream()
            })
    }
    finally { foreach ($client in $clients) { if ($null -ne $client) { $client.Close() } } }
}

function Read-HttpStatus {
    # The number in the first line of an answer; 0 where there is none.
    param([IO.Stream] $Stream)
    $line = New-Object Text.StringBuilder
    try {
        while ($line.Length -lt 200) {
            $byte = $Stream.ReadByte()
            if ($byte -lt 0 -or $byte -eq 10) { break }
            $null = $line.Append([char] $byte)
        }
    }
    catch [IO.IOException] { return 0 }
    if ($line.ToString() -match '^HTTP/\d\.\d (\d{3})') { return [int] $Matches[1] }
    return 0
}

function Test-DnsAnswer {
    # Whether one of some DNS servers, all asked at once, answers a question about a name (RFC 1035, section 4), whatever the
    # answer is.
    param([string[]] $Address, [string] $HostName, [int] $Port = 53, [switch] $Tcp, [int] $Timeout = 2000)
    [byte[]] $question = 0x4f, 0x51, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0
    foreach ($label in $HostName.Split('.')) { $question += [byte] $label.Length; $question += [Text.Encoding]::ASCII.GetBytes($label) }
    # The root, type AAAA, class IN.
    $question += 0, 0, 28, 0, 1
    if ($Tcp) { return Test-DnsOverTcp $Address $Port $question $Timeout }
    $clients = @(foreach ($text in $Address) {
            $server = [Net.IPAddress]::Parse($text)
            $client = New-Object Net.Sockets.UdpClient($server.AddressFamily)
            # Where there is no way at all for a family, Windows says so at once.
            try { $client.Connect($server, $Port); $null = $client.Send($question, $question.Length); $client }
            catch [Net.Sockets.SocketException] { $client.Close() }
        })
    $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
    try {
        while ($script:NetworkWatch.ElapsedMilliseconds -lt $until) {
            foreach ($client in $clients) { if (Test-DnsMessage (Read-DnsMessage $client)) { return $true } }
            Start-Sleep -Milliseconds 10
        }
    }
    finally { foreach ($client in $clients) { $client.Close() } }
    return $false
}

function Read-DnsMessage {
    # What has come for a socket; $null while nothing has.
    param([Net.Sockets.UdpClient] $Client)
    $from = New-Object Net.IPEndPoint([Net.IPAddress]::IPv6Any, 0)
    # A server without that port says so by an error.
    try { if ($Client.Available -gt 0) { return , $Client.Receive([ref] $from) } } catch [Net.Sockets.SocketException] { return $null }
    return $null
}

function Test-DnsMessage {
    # An answer carries the number of its question, and the bit that says that it is one.
    param([byte[]] $Message)
    return ($null -ne $Message -and $Message.Length -ge 12 -and
        $Message[0] -eq 0x4f -and $Message[1] -eq 0x51 -and ($Message[2] -band 0x80) -ne 0)
}

function Test-DnsOverTcp {
    # All connected at once; then those that are, one after the other. Over TCP each message follows its length.
    param([string[]] $Address, [int] $Port, [byte[]] $Question, [int] $Timeout)
    $endpoints = @($Address | ForEach-Object { [pscustomobject] @{ addresses = @($_); port = $Port } })
    $clients = @((Open-TcpConnection -Endpoint $endpoints -Timeout $Timeout) | Where-Object { $null -ne $_ })
    try {
        foreach ($client in $clients) { if (Test-DnsMessage (Send-DnsOverTcp $client $Question $Timeout)) { return $true } }
    }
    finally { foreach ($client in $clients) { $client.Close() } }
    return $false
}

function Send-DnsOverTcp {
    # The beginning of an answer, $null without one.
    param([Net.Sockets.TcpClient] $Client, [byte[]] $Question, [int] $Timeout)
    try {
        $Client.ReceiveTimeout = $Timeout
        $stream = $Client.GetStream()
        [byte[]] $message = @(0, $Question.Length) + $Question
        $stream.Write($message, 0, $message.Length)
        $answer = New-Object byte[] 14
        $read = 0
        while ($read -lt 14) {
            $more = $stream.Read($answer, $read, 14 - $read)
            if ($more -eq 0) { return $null }
            $read += $more
        }
        return , [byte[]] $answer[2..13]
    }
    catch [IO.IOException] { return $null }
}

function Read-NetAddress {
    # The unicast addresses of the connections that are up: address, temporary (made by chance and soon another).
    return , @(foreach ($interface in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
            if ($interface.OperationalStatus -ne 'Up' -or @('Loopback', 'Tunnel') -contains [string] $interface.NetworkInterfaceType) {
                continue
            }
            foreach ($unicast in $interface.GetIPProperties().UnicastAddresses) {
                $suffix = ''
                # Only Windows knows where an address comes from.
                try { $suffix = [string] $unicast.SuffixOrigin } catch [PlatformNotSupportedException] { $suffix = '' }
                [pscustomobject] @{ address = $unicast.Address.ToString(); temporary = ($suffix -ceq 'Random') }
            }
        })
}

function Read-GatewayAddress {
    # The default gateways of the connections that are up, by IPv4.
    return , @(foreach ($interface in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
            if ($interface.OperationalStatus -ne 'Up') { continue }
            if (@('Loopback', 'Tunnel') -contains [string] $interface.NetworkInterfaceType) { continue }
            foreach ($gateway in $interface.GetIPProperties().GatewayAddresses) {
                if ($gateway.Address.AddressFamily -eq 'InterNetwork') { $gateway.Address.ToString() }
            }
        })
}

function Read-DnsServer {
    # The DNS servers that the connections that are up ask, in their order: a list for each connection.
    return , @(foreach ($interface in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
            if ($interface.OperationalStatus -ne 'Up') { continue }
            if (@('Loopback', 'Tunnel') -contains [string] $interface.NetworkInterfaceType) { continue }
            [pscustomobject] @{ servers = @($interface.GetIPProperties().DnsAddresses | ForEach-Object { $_.ToString() }) }
        })
}

function Get-SntpOffset {
    # How far the PC's clock is behind a time server, in milliseconds (RFC 4330, section 5); $null without a usable answer.
    param([string[]] $Address, [int] $Port = 123, [int] $Timeout = 3000)
    foreach ($text in @($Address | Select-Object -First 3)) {
        $server = [Net.IPAddress]::Parse($text)
        $client = New-Object Net.Sockets.UdpClient($server.AddressFamily)
        try {
            $client.Client.ReceiveTimeout = $Timeout
            $client.Connect($server, $Port)
            $question = New-Object byte[] 48
            $question[0] = 0x23
            # Our time stamp comes back as the answer's originate time: an answer to somebody else's question is none.
            $sent = [DateTime]::UtcNow
            [Array]::Copy((ConvertTo-NtpTime $sent), 0, $question, 40, 8)
            $null = $client.Send($question, 48)
            $from = New-Object Net.IPEndPoint($server, 0)
            $answer = $client.Receive([ref] $from)
            $received = [DateTime]::UtcNow
            if ($answer.Length -lt 48 -or ($answer[0] -band 7) -ne 4 -or $answer[1] -lt 1 -or $answer[1] -gt 15) { continue }
            if ([BitConverter]::ToString($answer, 24, 8) -cne [BitConverter]::ToString($question, 40, 8)) { continue }
            $arrived = ConvertFrom-NtpTime $answer 32
            $transmitted = ConvertFrom-NtpTime $answer 40
            return [long] ((($arrived - $sent).TotalMilliseconds + ($transmitted - $received).TotalMilliseconds) / 2)
        }
        catch [Net.Sockets.SocketException] { continue }
        finally { $client.Close() }
    }
    return $null
}

function ConvertTo-NtpTime {
    # 8 bytes: seconds since 1900 and their fraction, both big-endian.
    param([DateTime] $Utc)
    $epoch = New-Object DateTime(1900, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    $ticks = ($Utc - $epoch).Ticks
    $seconds = [uint32] ([math]::Floor($ticks / 10000000) % 4294967296)
    $fraction = [uint32] ([math]::Floor(($ticks % 10000000) * 4294967296 / 10000000))
    $bytes = [BitConverter]::GetBytes($seconds)
    [array]::Reverse($bytes)
    $rest = [BitConverter]::GetBytes($fraction)
    [array]::Reverse($rest)
    return , [byte[]] ($bytes + $rest)
}

function ConvertFrom-NtpTime {
    param([byte[]] $Bytes, [int] $At)
    $whole = $Bytes[$At..($At + 3)]
    [array]::Reverse($whole)
    $part = $Bytes[($At + 4)..($At + 7)]
    [array]::Reverse($part)
    $seconds = [long] [BitConverter]::ToUInt32([byte[]] $whole, 0)
    # The count starts over in 2036 (RFC 4330, section 3): without the top bit it is the next era.
    if ($seconds -lt 2147483648) { $seconds += 4294967296 }
    $ticks = $seconds * 10000000 + [long] ([math]::Floor([BitConverter]::ToUInt32([byte[]] $part, 0) * 10000000 / 4294967296))
    $epoch = New-Object DateTime(1900, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    return $epoch.AddTicks($ticks)
}
