# machine.json: proxy.<account> = {flags, server, bypass, pac}.

function Read-WinInetProxy {
    $default = [pscustomobject] @{ flags = 9; server = ''; bypass = ''; pac = '' }
    $found = Get-FakeField (Get-FakeField (Get-Machine) 'proxy') $script:FakeSession.as $default
    return [pscustomobject] @{ flags = [int] $found.flags; server = $found.server; bypass = $found.bypass; pac = $found.pac }
}

function Set-WinInetProxy {
    param([int] $Flags, [string] $Server, [string] $Bypass, [string] $Pac)
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'proxy')) { Set-FakeField $machine 'proxy' ([pscustomobject] @{}) }
    Set-FakeField $machine.proxy $script:FakeSession.as ([pscustomobject] @{ flags = $Flags; server = $Server; bypass = $Bypass; pac = $Pac })
    Write-Machine $machine
}
