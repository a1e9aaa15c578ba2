# The LocalAccounts commands over machine.json: accounts.<name> = {sid, enabled, administrator, users,
# passwordNeverExpires, accountExpires (seconds since 1970), password, passwordSet (yyyy-MM-dd HH:mm; "never"), mustChange,
# passwordRequired, profile}; passwordPolicy = {minimum: characters, unlimited: passwords last for ever}.

function Get-FakeLocalUser {
    # Name and data of the account with this SID; unknown ones are an error, as in Windows.
    param([object] $Machine, [string] $Sid)
    foreach ($property in $Machine.accounts.PSObject.Properties) { if ($property.Value.sid -ceq $Sid) { return $property } }
    throw "no account $Sid"
}

function Get-LocalUser {
    foreach ($property in (Get-Machine).accounts.PSObject.Properties) {
        $account = $property.Value
        $expires = $null
        $since = $null
        $unlimited = Get-FakeField (Get-FakeField (Get-Machine) 'passwordPolicy') 'unlimited' $false
        $set = Get-FakeField $account 'passwordSet' '2026-01-01 09:00'
        if ($set -cne 'never' -and -not (Get-FakeField $account 'mustChange' $false)) {
            $since = [DateTime]::ParseExact($set, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
            # Get-LocalUser gives nothing for 0 as for never.
            if (-not $unlimited -and -not (Get-FakeField $account 'passwordNeverExpires' $false)) { $expires = [DateTime]::new(2030, 1, 1) }
        }
        $ends = Get-FakeField $account 'accountExpires'
        if ($null -ne $ends) { $ends = [DateTime]::new(1970, 1, 1, 0, 0, 0, [DateTimeKind]::Utc).AddSeconds($ends).ToLocalTime() }
        [pscustomobject] @{
            Name = $property.Name; SID = $account.sid; Enabled = [bool] (Get-FakeField $account 'enabled' $true)
            PasswordExpires = $expires; AccountExpires = $ends; PasswordLastSet = $since
        }
    }
}

function Get-LocalGroup {
    # machine.groups: names of groups that somebody made.
    $groups = [ordered] @{ 'S-1-5-32-544' = 'Administrators'; 'S-1-5-32-545' = 'Users' }
    foreach ($sid in $groups.Keys) { [pscustomobject] @{ SID = $sid; Name = $groups[$sid] } }
    $more = @(Get-FakeField (Get-Machine) 'groups' @() | ForEach-Object { $_ } | Where-Object { $_ })
    for ($i = 0; $i -lt $more.Length; $i++) { [pscustomobject] @{ SID = "S-1-5-21-1-2-3-$(1900 + $i)"; Name = $more[$i] } }
}

function New-LocalUser {
    param([string] $Name, [Security.SecureString] $Password, [switch] $PasswordNeverExpires, [switch] $AccountNeverExpires)
    Assert-Elevated
    Assert-FakeName $Name 20 '"/\[]:;|=,+*?<>@'
    if ($null -eq $Password -or $Password.Length -eq 0) { throw 'a password is needed' }
    $machine = Read-Machine
    # A group has it as well.
    $taken = @(Get-LocalGroup | Where-Object { $_.Name -eq $Name }).Length -gt 0
    if ($taken -or $null -ne (Get-FakeField $machine.accounts $Name)) { throw "account $Name already exists" }
    $numbers = @($machine.accounts.PSObject.Properties | ForEach-Object { [int] $_.Value.sid.Split('-')[-1] })
    $sid = 'S-1-5-21-1-2-3-' + (($numbers | Measure-Object -Maximum).Maximum + 1)
    # First the account, off and without a password; then the rest, or the password is refused and the account stays.
    Set-FakeField $machine.accounts $Name ([pscustomobject] @{
            sid = $sid; password = ''; passwordSet = 'never'; passwordRequired = $false; profile = $false; enabled = $false
            administrator = $false; passwordNeverExpires = $false; users = $false
        })
    Write-Machine $machine
    Assert-FakePassword $machine $Password
    $account = $machine.accounts.$Name
    Set-FakePassword $machine $account $Password
    $account.enabled = $true
    $account.passwordNeverExpires = [bool] $PasswordNeverExpires
    Write-Machine $machine
    return (Get-LocalUser | Where-Object { $_.SID -eq $sid })
}

function Assert-FakePassword {
    param([object] $Machine, [Security.SecureString] $Password)
    if ($Password.Length -lt (Get-FakeField (Get-FakeField $Machine 'passwordPolicy') 'minimum' 0)) { throw 'パスワードがパスワードのポリシーの要件を満たしていません。' }
}

function Set-FakePassword {
    param([object] $Machine, [object] $Account, [Security.SecureString] $Password)
    Set-FakeField $Account 'password' (New-Object Net.NetworkCredential('', $Password)).Password
    Set-FakeField $Account 'passwordSet' ([string] (Get-FakeField $Machine 'now' '2026-11-21 12:00'))
    $Account.PSObject.Properties.Remove('mustChange')
}

function Get-AccountFlag {
    param([string] $Name)
    $user = @(Get-LocalUser | Where-Object { $_.Name -eq $Name })[0]
    $since = ''
    if ($null -ne $user.PasswordLastSet) { $since = [string] $user.PasswordLastSet.Ticks }
    $account = (Get-FakeLocalUser (Get-Machine) $user.SID).Value
    return [pscustomobject] @{ neverExpires = [bool] (Get-FakeField $account 'passwordNeverExpires' $false); since = $since }
}

function Set-PasswordRequired {
    param([string] $Name)
    Write-FakeAccountField (Get-FakeField (Get-Machine).accounts $Name).sid 'passwordRequired' $true
}

function Remove-LocalUser {
    param([object] $SID)
    Assert-Elevated
    $machine = Read-Machine
    if ($SID -match '-50[0-4]$') { throw "an account of Windows: $SID" }
    $machine.accounts.PSObject.Properties.Remove((Get-FakeLocalUser $machine $SID).Name)
    Write-Machine $machine
}

function Set-LocalUser {
    param([object] $SID, [bool] $PasswordNeverExpires, [switch] $AccountNeverExpires, [DateTime] $AccountExpires, [Security.SecureString] $Password)
    Assert-Elevated
    if ($AccountNeverExpires -and $PSBoundParameters.ContainsKey('AccountExpires')) { throw 'one of two' }
    $machine = Read-Machine
    $account = (Get-FakeLocalUser $machine $SID).Value
    if ($PSBoundParameters.ContainsKey('PasswordNeverExpires')) { Set-FakeField $account 'passwordNeverExpires' $PasswordNeverExpires }
    if ($PSBoundParameters.ContainsKey('Password')) { Assert-FakePassword $machine $Password; Set-FakePassword $machine $account $Password }
    if ($AccountNeverExpires) { $account.PSObject.Properties.Remove('accountExpires') }
    if ($PSBoundParameters.ContainsKey('AccountExpires')) {
        $epoch = [DateTime]::new(1970, 1, 1, 0, 0, 0, [DateTimeKind]::Utc)
        Set-FakeField $account 'accountExpires' ([long] ($AccountExpires.ToUniversalTime() - $epoch).TotalSeconds)
    }
    Write-Machine $machine
}

function Write-FakeAccountField {
    param([string] $Sid, [string] $Name, [bool] $Content)
    Assert-Elevated
    $machine = Read-Machine
    Set-FakeField (Get-FakeLocalUser $machine $Sid).Value $Name $Content
    Write-Machine $machine
}

function Enable-LocalUser { param([object] $SID) Write-FakeAccountField $SID 'enabled' $true }

function Disable-LocalUser { param([object] $SID) Write-FakeAccountField $SID 'enabled' $false }

function Get-FakeGroupField {
    param([string] $Sid)
    $field = @{ 'S-1-5-32-544' = 'administrator'; 'S-1-5-32-545' = 'users' }[$Sid]
    if ($null -eq $field) { throw "no group $Sid" }
    return $field
}

function Get-GroupMember {
    param([string] $Sid)
    $field = Get-FakeGroupField $Sid
    # A member that no longer exists: the group keeps its SID.
    $members = @('S-1-5-21-9-9-9-1099')
    foreach ($property in (Get-Machine).accounts.PSObject.Properties) {
        if (Get-FakeField $property.Value $field $false) { $members += $property.Value.sid }
    }
    return , $members
}

function Add-LocalGroupMember {
    param([object] $SID, [object] $Member)
    if ((Get-GroupMember $SID) -contains $Member) { throw "$Member is already a member" }
    Write-FakeAccountField $Member (Get-FakeGroupField $SID) $true
}

function Remove-LocalGroupMember {
    param([object] $SID, [object] $Member)
    if ((Get-GroupMember $SID) -notcontains $Member) { throw "$Member is no member" }
    Write-FakeAccountField $Member (Get-FakeGroupField $SID) $false
}
