# Signing in at the start without anybody: the account in Winlogon's key, its password as a secret of the system and never as
# a value of that key (learn.microsoft.com, Protecting the Automatic Logon Password).

$script:WinlogonKey = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
# 0: an account may be chosen to sign in by itself, which Windows Hello alone would forbid (Windows 10 20H2 and later).
$script:PasswordLessKey = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\PasswordLess\Device'
$script:PasswordLessName = 'DevicePasswordLessBuildVersion'
$script:AutologonSecret = 'DefaultPassword'
# AutoLogonCount counts down and then switches it off.
$script:AutologonName = 'AutoAdminLogon', 'DefaultUserName', 'DefaultDomainName', 'AutoLogonCount'

# Ours is the secret: whose name stands there is whoever signed in last (support.microsoft.com KB324737), and whether it signs
# in, and how, others may decide anew.
Register-Kind 'autologon' -Format 1 -Sometimes 'taken' -Ours ([ordered] @{
        secret = '保存したサインインのパスワード'; plain = '平文のパスワード'; taken = 'ほかの人の自動サインイン'
    }) -Entries @{ values = '' } -Get {
    param($Target)
    $values = [ordered] @{}
    foreach ($name in $script:AutologonName) { $values[$name] = Read-AutologonEntry $script:WinlogonKey $name }
    $plain = $null -ne (Read-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name $script:AutologonSecret)
    $state = [ordered] @{
        values = [pscustomobject] $values; passwordLess = (Read-AutologonEntry $script:PasswordLessKey $script:PasswordLessName)
        exists = (Find-RegistryAncestor 'HKLM' $script:PasswordLessKey)
        secret = (Test-LsaSecret -Name $script:AutologonSecret); plain = $plain
    }
    if ($state.secret) {
        if (Test-Undoing) { Add-AutologonTaken $Target $state } else { Add-AutologonOutcome $Target $state }
    }
    if ($plain) { $state.message = 'レジストリの Winlogon に、パスワードを平文で持つ DefaultPassword の値があります。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'values')) { Restore-Autologon $State; return }
    Set-RegistryEntry -Hive 'HKLM' -Key $script:PasswordLessKey -Name $script:PasswordLessName -Type 'DWord' -Data 0
    Set-LsaSecret -Name $script:AutologonSecret -Secret (Get-Secret $State.user)
    Remove-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name $script:AutologonSecret
    Remove-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'AutoLogonCount'
    Set-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'DefaultUserName' -Type 'String' -Data $State.user
    Set-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'DefaultDomainName' -Type 'String' -Data (Get-ComputerText)
    Set-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'AutoAdminLogon' -Type 'String' -Data '1'
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'values')) { return (Test-AutologonSame $Wanted $Found) }
    # Whether it is as wanted, its outcome says too: a stored password cannot be read back.
    if ($Found.plain -or -not $Found.secret -or (Get-Field $Found 'refused') -or $null -ne $Found.values.AutoLogonCount) { return $false }
    if ([string] (Get-Field $Found.values.AutoAdminLogon 'data') -cne '1' -or [string] (Get-Field $Found.passwordLess 'data') -cne '0') {
        return $false
    }
    if ([string] (Get-Field $Found.values.DefaultUserName 'data') -ine $Wanted.user) { return $false }
    return (@('.', (Get-ComputerText)) -icontains [string] (Get-Field $Found.values.DefaultDomainName 'data'))
} -Undo {
    # What somebody else had stored cannot be known; and a password in plain text is not put back.
    param($Target, $Before, $Found)
    if (-not $Before.secret -and -not $Before.plain) { return $null }
    $off = Copy-AutologonState $Before
    return [pscustomobject] @{
        state = $off
        reason = '以前の自動サインインのパスワードは戻せないため、自動サインインを止めました。必要なら、netplwiz で設定し直してください。'
    }
} -LostText {
    param($Target, $State, $Found)
    if ($Found.secret -and -not $State.secret) { return '自動サインインのために保存したパスワードを消します。' }
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq (Get-Field $State 'values')) { return $State.user }
}

function Add-AutologonOutcome {
    # Says of a state what is wrong with the stored password, or that it cannot be tried now; and whom else Windows signs in.
    param([object] $Target, [System.Collections.IDictionary] $State)
    $outcome = Get-AutologonOutcome $State
    $user = [string] (Get-Field $State.values.DefaultUserName 'data')
    if ($outcome -ceq 'wrong') {
        $State.refused = $true
        $State.message = "自動サインインに保存されたパスワードが、いまの $user のパスワードと違います。1_適用 を開き、いまのパスワードを入力してください。"
    }
    elseif (@('wait', 'unknown') -ccontains $outcome) {
        $State.warning = "自動サインインに保存されたパスワードが $user のものかは、いまは確かめていません。パスワードの誤りが続いたときは、30 分ほど待ってから開いてください。"
    }
    $other = Get-AutologonOther $Target $State
    if ($null -eq $other) { return }
    $State.message = "ほかの人（$($other.is)）がこの PC でサインインしたため、$($other.was) の自動サインインは止まっています。1_適用 で直せます。"
}

function Add-AutologonTaken {
    # Says of a state that is to be undone that somebody has set another account up since: the stored password is that account's.
    # What cannot be tried is left as well.
    param([object] $Target, [System.Collections.IDictionary] $State)
    $other = Get-AutologonOther $Target $State
    if ($null -eq $other -or [string] (Get-Field $State.values.AutoAdminLogon 'data') -cne '1') { return }
    if (@('', 'wrong') -cnotcontains (Get-AutologonOutcome $State)) { $State.taken = $other.is }
}

function Get-AutologonOutcome {
    # What Windows says to the stored password; empty where another PC's or no account stands there, which is not as wanted anyway.
    param([System.Collections.IDictionary] $State)
    $user = [string] (Get-Field $State.values.DefaultUserName 'data')
    if (@('.', (Get-ComputerText)) -inotcontains [string] (Get-Field $State.values.DefaultDomainName 'data')) { return '' }
    if ($user -ceq '' -or $null -eq (Get-AccountSid $user)) { return '' }
    $secret = Get-LsaSecret -Name $script:AutologonSecret
    if ($null -eq $secret) { return '' }
    try { return (Get-SecretOutcome $user $secret) } finally { $secret.Dispose() }
}

function Get-AutologonOther {
    # {was, is}: the account that we set up, and another one that stands there now: Windows signs in whoever did so last.
    param([object] $Target, [System.Collections.IDictionary] $State)
    $ours = Get-Field (Get-OpenAfter 'autologon' $Target) 'values'
    $was = [string] (Get-Field (Get-Field $ours 'DefaultUserName') 'data')
    $is = [string] (Get-Field $State.values.DefaultUserName 'data')
    if ($was -ceq '' -or $is -ceq '' -or $was -ieq $is) { return $null }
    return [pscustomobject] @{ was = $was; is = $is }
}

function Test-AutologonSame {
    # Whether it is set up as it was, whatever becomes of the password meanwhile, and wherever keys are by now.
    param([object] $Earlier, [object] $Found)
    if ($null -eq $Earlier -or $null -eq $Found) { return $false }
    foreach ($name in 'values', 'passwordLess', 'secret', 'plain') {
        if (-not (Test-Same (Get-Field $Earlier $name) (Get-Field $Found $name))) { return $false }
    }
    return $true
}

function Read-AutologonEntry {
    # type and data of a value, null where it is absent.
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { return $null }
    return [pscustomobject] @{ type = [string] $entry.type; data = $entry.data }
}

function Copy-AutologonState {
    # As Before, but that nobody is signed in by itself.
    param([object] $Before)
    $values = [ordered] @{}
    foreach ($name in $script:AutologonName) { $values[$name] = Get-Field $Before.values $name }
    $values.AutoAdminLogon = [pscustomobject] @{ type = 'String'; data = '0' }
    return [pscustomobject] @{
        values = [pscustomobject] $values
        passwordLess = $Before.passwordLess
        exists = $Before.exists
        secret = $false
        plain = $false
    }
}

function Restore-Autologon {
    # Off first, the secret last: what is cut short never signs anybody in with half of it.
    param([object] $State)
    foreach ($name in $script:AutologonName) { Restore-AutologonEntry $script:WinlogonKey $name (Get-Field $State.values $name) }
    Restore-AutologonEntry $script:PasswordLessKey $script:PasswordLessName $State.passwordLess
    if ($null -eq $State.passwordLess) { Remove-RegistryBranch 'HKLM' $script:PasswordLessKey $State.exists }
    if (-not $State.secret) { Remove-LsaSecret -Name $script:AutologonSecret }
}

function Restore-AutologonEntry {
    param([string] $Key, [string] $Name, [object] $Entry)
    if ($null -eq $Entry) { Remove-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name; return }
    $now = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $now -or $now.type -cne $Entry.type -or [string] $now.data -cne [string] $Entry.data) {
        Set-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name -Type $Entry.type -Data $Entry.data
    }
}
