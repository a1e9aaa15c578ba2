# Questions to the line, each with a time limit: a PC without a line must not hang. Each address gets
# a socket of its own family: the closed network is largely IPv6, and a TcpClient without one is IPv4 alone.

function Resolve-HostAddress {
    # The addresses of a name; empty where it does not resolve in time.
    param([string] $HostName, [int] $Timeout = 3000)
    $asked = [Net.Dns]::BeginGetHostAddresses($HostName, $null, $null)
    if (-not $asked.AsyncWaitHandle.WaitOne($Timeout)) { return , @() }
    try { $addresses = @([Net.Dns]::EndGetHostAddresses($asked) | ForEach-Object { $_.ToString() }) }
    catch [Net.Sockets.SocketException] { return , @() }
    return , @($addresses | Sort-Object -Unique)
}

function Test-TcpPort {
    # True when one of the addresses accepts a connection in time.
    param([string[]] $Address, [int] $Port, [int] $Timeout = 3000)
    foreach ($one in @($Address | Select-Object -First 3)) {
        $parsed = [Net.IPAddress]::Parse($one)
        $client = New-Object Net.Sockets.TcpClient($parsed.AddressFamily)
        try {
            $asked = $client.BeginConnect($parsed, $Port, $null, $null)
            if (-not $asked.AsyncWaitHandle.WaitOne($Timeout)) { continue }
            $client.EndConnect($asked)
            return $true
        }
        catch [Net.Sockets.SocketException] { continue }
        finally { $client.Close() }
    }
    return $false
}

function Get-SntpOffset {
    # How far the PC's clock is behind a time server, in milliseconds (RFC 4330, section 5); $null without a usable answer.
    param([string[]] $Address, [int] $Port = 123, [int] $Timeout = 3000)
    foreach ($one in @($Address | Select-Object -First 3)) {
        $parsed = [Net.IPAddress]::Parse($one)
        $client = New-Object Net.Sockets.UdpClient($parsed.AddressFamily)
        try {
            $client.Client.ReceiveTimeout = $Timeout
            $client.Connect($parsed, $Port)
            $question = New-Object byte[] 48
            $question[0] = 0x23
            # Our time stamp comes back as the answer's originate time: an answer to somebody else's question is none.
            $sent = [DateTime]::UtcNow
            [Array]::Copy((ConvertTo-NtpTime $sent), 0, $question, 40, 8)
            $null = $client.Send($question, 48)
            $from = New-Object Net.IPEndPoint($parsed, 0)
            $answer = $client.Receive([ref] $from)
            $received = [DateTime]::UtcNow
            if ($answer.Length -lt 48 -or ($answer[0] -band 7) -ne 4 -or $answer[1] -lt 1 -or $answer[1] -gt 15) { continue }
            if ([BitConverter]::ToString($answer, 24, 8) -cne [BitConverter]::ToString($question, 40, 8)) { continue }
            $arrived = ConvertFrom-NtpTime $answer 32
            $left = ConvertFrom-NtpTime $answer 40
            return [long] ((($arrived - $sent).TotalMilliseconds + ($left - $received).TotalMilliseconds) / 2)
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
