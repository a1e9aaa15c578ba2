# machine.json: proxy.<account> = {flags, server, bypass, pac}; winhttp = {access, proxy, bypass}.

function Read-WinInetProxy {
    $default = [pscustomobject] @{ flags = 9; server = ''; bypass = ''; pac = '' }
    $found = Get-FakeField (Get-FakeField (Get-Machine) 'proxy') $script:FakeSession.as $default
    return [pscustomobject] @{ flags = [int] $found.flags; server = $found.server; bypass = $found.bypass; pac = $found.pac }
}

function Write-WinInetProxy {
    param([int] $Flags, [string] $Server, [string] $Bypass, [string] $Pac)
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'proxy')) { Set-FakeField $machine 'proxy' ([pscustomobject] @{}) }
    Set-FakeField $machine.proxy $script:FakeSession.as ([pscustomobject] @{ flags = $Flags; server = $Server; bypass = $Bypass; pac = $Pac })
    Write-Machine $machine
}

function Read-WinHttpProxy {
    $found = Get-FakeField (Get-Machine) 'winhttp' ([pscustomobject] @{ access = 1; proxy = ''; bypass = '' })
    return [pscustomobject] @{ access = [int] $found.access; proxy = $found.proxy; bypass = $found.bypass }
}

function Write-WinHttpProxy {
    param([int] $Access, [string] $Proxy, [string] $Bypass)
    if (-not (Test-Elevated)) { throw 'access is denied' }
    if ($Access -eq 3 -and $Proxy -ceq '') { throw 'the parameter is incorrect' }
    $machine = Read-Machine
    Set-FakeField $machine 'winhttp' ([pscustomobject] @{ access = $Access; proxy = $Proxy; bypass = $Bypass })
    Write-Machine $machine
}
