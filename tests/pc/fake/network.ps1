# machine.json: hosts.<name> = addresses; ports = ["address port"]; sntp.<address> = milliseconds that the clock is behind.

function Resolve-HostAddress {
    param([string] $HostName, [int] $Timeout = 3000)
    return , @(Get-FakeField (Get-FakeField (Read-Machine) 'hosts') $HostName @() | ForEach-Object { $_ })
}

function Test-TcpPort {
    param([string[]] $Address, [int] $Port, [int] $Timeout = 3000)
    $open = @(Get-FakeField (Read-Machine) 'ports' @() | ForEach-Object { $_ })
    return (@($Address | Where-Object { $open -contains "$_ $Port" }).Count -gt 0)
}

function Get-SntpOffset {
    param([string[]] $Address, [int] $Port = 123, [int] $Timeout = 3000)
    foreach ($one in $Address) {
        $offset = Get-FakeField (Get-FakeField (Read-Machine) 'sntp') $one
        if ($null -ne $offset) { return [long] $offset }
    }
    return $null
}
