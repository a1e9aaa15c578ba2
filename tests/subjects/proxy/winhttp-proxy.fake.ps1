# machine.json: winhttp = {access, proxy, bypass}.

function Read-WinHttpProxy {
    $found = Get-FakeField (Get-Machine) 'winhttp' ([pscustomobject] @{ access = 1; proxy = ''; bypass = '' })
    return [pscustomobject] @{ access = [int] $found.access; proxy = $found.proxy; bypass = $found.bypass }
}

function Set-WinHttpDefaultProxy {
    param([int] $Access, [string] $Proxy, [string] $Bypass)
    Assert-Elevated
    if ($Access -eq 3 -and $Proxy -ceq '') { throw 'the parameter is incorrect' }
    $machine = Read-Machine
    Set-FakeField $machine 'winhttp' ([pscustomobject] @{ access = $Access; proxy = $Proxy; bypass = $Bypass })
    Write-Machine $machine
}
