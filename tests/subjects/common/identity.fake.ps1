# machine.json: accounts.<name> = {sid, password, profile, …}, explorer = name of the account whose session it is.
# session.json: as = name of the account that the process runs as, elevated.

function Get-FakeAccount {
    param([string] $Name)
    return Get-FakeField (Get-FakeField (Get-Machine) 'accounts') $Name
}

function Get-TokenSid { return (Get-FakeAccount $script:FakeSession.as).sid }

function Get-TokenName { return $script:FakeSession.as }

function Test-Elevated { return [bool] (Get-FakeField $script:FakeSession 'elevated' $false) }

function Get-SessionOwnerSid {
    $owner = Get-FakeField (Get-Machine) 'explorer'
    if ($null -eq $owner) { return $null }
    return (Get-FakeAccount $owner).sid
}

function Get-AccountSid {
    param([string] $Name)
    $account = Get-FakeAccount $Name
    if ($null -eq $account) { return $null }
    return $account.sid
}

function Get-AccountName {
    param([string] $Sid)
    $accounts = (Get-Machine).accounts
    foreach ($property in $accounts.PSObject.Properties) { if ($property.Value.sid -ceq $Sid) { return $property.Name } }
    return $Sid
}

function Get-ProfileFolder {
    $accounts = (Get-Machine).accounts
    foreach ($property in $accounts.PSObject.Properties) {
        if (Get-FakeField $property.Value 'profile' $false) {
            [pscustomobject] @{ sid = $property.Value.sid; path = [IO.Path]::Combine($script:FakeFolder, 'Users', $property.Name, 'AppData', 'Local') }
        }
    }
}

function Test-AccountSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    $account = Get-FakeAccount $Name
    return ($null -ne $account -and $account.password -ceq (New-Object Net.NetworkCredential('', $Secret)).Password)
}
