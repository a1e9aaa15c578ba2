# machine.json: lsa.<name> = a secret.

function Test-LsaSecret {
    param([string] $Name)
    Assert-Elevated
    return ($null -ne (Get-FakeField (Get-FakeField (Get-Machine) 'lsa') $Name))
}

function Get-LsaSecret {
    param([string] $Name)
    Assert-Elevated
    $text = Get-FakeField (Get-FakeField (Get-Machine) 'lsa') $Name
    if ($null -eq $text) { return $null }
    return (New-Object Net.NetworkCredential('', $text)).SecurePassword
}

function Set-LsaSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    Assert-Elevated
    $machine = Read-Machine
    Set-FakeField $machine.lsa $Name (New-Object Net.NetworkCredential('', $Secret)).Password
    Write-Machine $machine
}

function Remove-LsaSecret {
    param([string] $Name)
    Assert-Elevated
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine.lsa $Name)) { return }
    $machine.lsa.PSObject.Properties.Remove($Name)
    Write-Machine $machine
}
