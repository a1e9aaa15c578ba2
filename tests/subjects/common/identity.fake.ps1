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

function Test-FakeSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    $account = Get-FakeAccount $Name
    return ($null -ne $account -and $account.password -ceq (New-Object Net.NetworkCredential('', $Secret)).Password)
}

function Get-LogonCode {
    # logons.txt: every logon that was tried, a line: when, SID, code. Ten wrong ones within ten minutes, and none right in
    # between, lock the account for ten. The password comes first, then what forbids the logon, as where Windows has been
    # watched (https://gitlab.com/samba-team/samba/-/blob/master/source3/auth/check_samsec.c).
    param([string] $Name, [Security.SecureString] $Secret)
    Assert-Alive
    $account = Get-FakeAccount $Name
    if ($null -eq $account) { return 1326 }
    $path = [IO.Path]::Combine($script:FakeFolder, 'logons.txt')
    $now = (Get-LocalTime).ToString('yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
    $since = (Get-LocalTime).AddMinutes(-10).ToString('yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
    $wrong = 0
    if ([IO.File]::Exists($path)) {
        foreach ($line in [IO.File]::ReadAllLines($path)) {
            $at, $sid, $code = $line.Split('|')
            if ($sid -cne $account.sid -or [string]::CompareOrdinal($at, $since) -le 0) { continue }
            if ($code -ceq '0') { $wrong = 0 } elseif ($code -ceq '1326') { $wrong++ }
        }
    }
    $code = 0
    if ($wrong -ge 10) { $code = 1909 }
    elseif (-not (Test-FakeSecret $Name $Secret)) { $code = 1326 }
    elseif (-not (Get-FakeField $account 'enabled' $true)) { $code = 1331 }
    elseif (Get-FakeField $account 'mustChange' $false) { $code = 1907 }
    elseif ($Secret.Length -eq 0) { $code = 1327 }
    [IO.File]::AppendAllText($path, "$now|$($account.sid)|$code`n")
    return $code
}
