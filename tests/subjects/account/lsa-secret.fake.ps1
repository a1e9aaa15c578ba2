# machine.json: lsa.<name> = a secret.

function Test-LsaSecret {
    param([string] $Name)
    if (-not (Test-Elevated)) { throw 'access is denied' }
    return ($null -ne (Get-FakeField (Get-FakeField (Get-Machine) 'lsa') $Name))
}

function Set-LsaSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    if (-not (Test-Elevated)) { throw 'access is denied' }
    $machine = Read-Machine
    Set-FakeField $machine.lsa $Name (New-Object Net.NetworkCredential('', $Secret)).Password
    Write-Machine $machine
}

function Remove-LsaSecret {
    param([string] $Name)
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine.lsa $Name)) { return }
    $machine.lsa.PSObject.Properties.Remove($Name)
    Write-Machine $machine
}
