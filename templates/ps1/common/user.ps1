# A local account of this PC. An account that is there keeps its password: resetting it would cut the person off from
# their own encrypted data (credentials, certificates).

Register-Kind 'user' -Format 2 -Sometimes 'name' -Ours ([ordered] @{
        enabled = '有効'; administrator = '管理者'; passwordNeverExpires = 'パスワードを無期限にする'; sid = 'ユーザーの SID'
    }) -Get {
    param($Target)
    $user = Find-LocalAccount $Target.name
    if ($null -eq $user) { return Get-NameHolder $Target.name }
    $lack = ''
    if (-not (Test-Undoing)) { $lack = Get-PasswordLack $user }
    if ($lack -ceq 'unknown') { return [pscustomobject] @{ unknown = (Get-PasswordLackText $user.Name $lack) } }
    return Get-LocalAccountState $Target.name $user $lack
} -Set {
    param($Target, $State)
    $user = Find-LocalAccount $Target.name
    if ($null -eq $State) {
        if ($null -ne $user) { Remove-LocalUser -SID $user.SID }
        return
    }
    $made = $null -eq $user -or (Test-MadeHere 'user' $Target)
    if ($null -eq $user) {
        if ($null -ne (Get-Field $State 'sid')) { throw "元のユーザー $($Target.name) は削除されているため、元に戻せません。" }
        $user = New-LocalUser -Name $Target.name -Password (Get-Secret $Target.name) -PasswordNeverExpires -AccountNeverExpires
    }
    # One that is to be as before is, by whatever name.
    if ($user.Name -cne $Target.name -and $null -eq (Get-Field $State 'sid')) { throw (Get-LocalAccountCaseText $Target.name $user.Name) }
    if ($null -eq (Get-Field $State 'sid')) { Initialize-LocalAccount $user $State $made }
    Set-LocalAccountState $user $State
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'sid')) { return (Test-LocalAccountSame $Wanted $Found) }
    if ($null -ne (Get-Field $Found 'name') -or -not $Found.users -or $null -ne $Found.accountExpires) { return $false }
    return (-not (Get-Field $Found 'unprotected') -and (Test-Wanted $Wanted $Found))
} -ReadOlder {
    # Format 1 took "has to be changed" for "never expires", too: what it calls so is not known.
    param($State, $Format)
    if ($null -eq $State -or -not $State.passwordNeverExpires) { return $State }
    $known = [ordered] @{}
    foreach ($name in Get-FieldName $State) { if ($name -cne 'passwordNeverExpires') { $known[$name] = Get-Field $State $name } }
    return [pscustomobject] $known
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Found) { return $null }
    $removes = $null -eq $Before
    $weakens = $removes -or ($Found.enabled -and -not $Before.enabled) -or ($Found.administrator -and -not $Before.administrator)
    if (-not $weakens) { return $null }
    $reason = Get-LocalAccountObstacle $Target.name $Found.sid
    if ($reason) { return [pscustomobject] @{ state = $Found; reason = $reason } }
    if ($removes -and (Test-LocalAccountProfile $Found.sid)) {
        $state = [pscustomobject] @{
            enabled = $false; administrator = $Found.administrator; passwordNeverExpires = $Found.passwordNeverExpires
            users = $Found.users; accountExpires = $Found.accountExpires; sid = $Found.sid
        }
        return [pscustomobject] @{
            state = $state
            reason = "ユーザー $($Target.name) はサインインしたことがあり、データが残っています。削除せずに無効にします。不要なら、データを確かめてから手で削除してください。"
        }
    }
    return $null
} -LostText {
    param($Target, $State, $Found)
    if ($null -eq $State) { return "ユーザー $($Target.name) を削除します。パスワードも消えます。" }
    if ($Found.enabled -and -not $State.enabled) { return "ユーザー $($Target.name) を無効にします。サインインできなくなります。データは残ります。" }
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or $null -ne (Get-Field $State 'sid')) { return }
    if ($null -eq $Found) { return $Target.name }
    if (-not (Get-Field $Found 'unprotected') -or (Test-LocalAccountProfile $Found.sid)) { return }
    return [pscustomobject] @{
        name = $Target.name; prompt = "$($Target.name) の新しいパスワード"; twice = $true
        text = "ユーザー $($Target.name) にはパスワードがありません。決めて、2 回入力してください。（何も入力せずに Enter: 今回は行わない）"
    }
}

function Find-LocalAccount {
    # Not by -Name, which reads wildcards.
    param([string] $Name)
    $found = @(Get-LocalUser | Where-Object { $_.Name -eq $Name })
    if ($found.Length -eq 0) { return $null }
    return $found[0]
}

function Get-PasswordLack {
    # What an account lacks: nothing where it has a password; new: it has none, and nobody has signed in as it; own: it has
    # none, and its person has to decide it, since a password that others set cuts that person off from their own encrypted
    # data; unknown. Windows' own accounts are nobody's.
    param([object] $User)
    $sid = [string] $User.SID
    if ($sid -cmatch '-50[0-4]$') { return '' }
    $empty = New-Object Security.SecureString
    try { $outcome = Get-SecretOutcome $User.Name $empty } finally { $empty.Dispose() }
    if ($outcome -ceq 'wrong') { return '' }
    if (@('right', 'restricted') -cnotcontains $outcome) { return 'unknown' }
    if (Test-LocalAccountProfile $sid) { return 'own' }
    return 'new'
}

function Get-PasswordLackText {
    param([string] $Name, [string] $Lack)
    if ($Lack -ceq 'unknown') { return "$Name にパスワードがあるかを、いまは確かめられません。30 分ほど待って、もう一度開いてください。" }
    $way = '1_適用 を開くと、ここで決められます。'
    if ($Lack -ceq 'own') {
        $way = "$Name でサインインし、Ctrl+Alt+Delete →「パスワードの変更」で決めてから、もう一度開いてください。" +
        'ほかの人が決めると、保存された資格情報や証明書が使えなくなるため、ここでは決めません。'
    }
    return "ユーザー $Name にパスワードがありません。決めてください。$way"
}

function Initialize-LocalAccount {
    # What comes before rights: an account is neither switched on nor lifted without a password, whoever left it so.
    param([object] $User, [object] $State, [bool] $Made)
    if (-not $State.administrator) {
        $reason = Get-StandardUserObstacle $User
        if ($reason) { throw $reason }
    }
    $lack = Get-PasswordLack $User
    if (@('own', 'unknown') -ccontains $lack) { throw (Get-PasswordLackText $User.Name $lack) }
    if ($lack -ceq 'new') { Set-LocalUser -SID ([string] $User.SID) -Password (Get-Secret $User.Name) }
    if ($Made -or $lack -ceq 'new') { Set-PasswordRequired -Name $User.Name }
}

function Test-LocalAccountSame {
    # Whether an account is as it was, in what was noted of it; whether it has a password is its person's business.
    param([object] $Earlier, [object] $Found)
    if ($null -eq $Earlier -or $null -eq $Found) { return ($null -eq $Earlier -and $null -eq $Found) }
    $noted = @(Get-FieldName $Earlier)
    foreach ($name in 'enabled', 'administrator', 'passwordNeverExpires', 'users', 'accountExpires', 'sid') {
        if ($noted -ccontains $name -and -not (Test-Same (Get-Field $Earlier $name) (Get-Field $Found $name))) { return $false }
    }
    return (Test-Same (Get-Field $Earlier 'name') (Get-Field $Found 'name'))
}

function Get-GroupNameText {
    # Why no account can have a name: a group of this PC has it, whatever its language. Empty where none has.
    param([string] $Name)
    if (@(Get-LocalGroup | Where-Object { $_.Name -eq $Name }).Length -eq 0) { return '' }
    return "「$Name」は、この PC のグループの名前です。グループと同じ名前のユーザーは作れません。施設のファイルのアカウントの名前を変えて、一式を作り直してください。"
}

function Get-NameHolder {
    # In the place of the state of an account that is not there.
    param([string] $Name)
    $text = Get-GroupNameText $Name
    if (-not $text) { return $null }
    return [pscustomobject] @{ unknown = $text }
}

function Get-LocalAccountState {
    param([string] $Name, [object] $User, [string] $Lack = '')
    $sid = [string] $User.SID
    $expires = $null
    if ($null -ne $User.AccountExpires) {
        $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
        $expires = [long] [math]::Floor((([DateTime] $User.AccountExpires).ToUniversalTime() - $epoch).TotalSeconds)
    }
    $state = [ordered] @{
        enabled = [bool] $User.Enabled
        administrator = ((Get-GroupMember -Sid 'S-1-5-32-544') -contains $sid)
        passwordNeverExpires = (Get-AccountFlag -Name $User.Name).neverExpires
        users = ((Get-GroupMember -Sid 'S-1-5-32-545') -contains $sid)
        accountExpires = $expires
        sid = $sid
    }
    $said = @()
    if ($User.Name -cne $Name) {
        $state.name = [string] $User.Name
        $said += Get-LocalAccountCaseText $Name $User.Name
    }
    if ($Lack) {
        $state.unprotected = $true
        $said += Get-PasswordLackText $User.Name $Lack
    }
    elseif ($null -eq $User.PasswordLastSet -and -not $state.passwordNeverExpires) {
        $said += "$($User.Name) は、次のサインインのときにパスワードを変えるように設定されています。"
    }
    if ($said.Length -gt 0) { $state.message = $said -join ' ' }
    return [pscustomobject] $state
}

function Get-LocalAccountCaseText {
    # The applications compare the name letter by letter, and a renamed account would keep a profile folder of the old name.
    param([string] $Wanted, [string] $Actual)
    return "大文字・小文字だけが違うユーザー「$Actual」があります。名前は「$Wanted」でなければなりません。「$Actual」のデータを確かめてから削除するか、名前を「$Wanted」に変えて、もう一度実行してください。"
}

function Set-LocalAccountState {
    param([object] $User, [object] $State)
    $sid = [string] $User.SID
    $found = Get-LocalAccountState $User.Name $User
    $never = Get-Field $State 'passwordNeverExpires'
    if ($null -ne $never -and $never -ne $found.passwordNeverExpires) { Set-LocalUser -SID $sid -PasswordNeverExpires $never }
    $isFound = $null -ne (Get-Field $State 'sid')
    $expires = Get-Field $State 'accountExpires'
    if ($null -eq $expires) { if ($null -ne $found.accountExpires) { Set-LocalUser -SID $sid -AccountNeverExpires } }
    elseif ($expires -ne $found.accountExpires) {
        $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
        Set-LocalUser -SID $sid -AccountExpires $epoch.AddSeconds($expires).ToLocalTime()
    }
    $users = $true
    if ($isFound) { $users = $State.users }
    # Membership of Users first: an account that is in no group at all cannot sign in.
    foreach ($pair in @(@('S-1-5-32-545', $users, $found.users), @('S-1-5-32-544', $State.administrator, $found.administrator))) {
        if ($pair[1] -and -not $pair[2]) { Add-LocalGroupMember -SID $pair[0] -Member $sid }
        if (-not $pair[1] -and $pair[2]) { Remove-LocalGroupMember -SID $pair[0] -Member $sid }
    }
    if ($State.enabled -and -not $found.enabled) { Enable-LocalUser -SID $sid }
    if (-not $State.enabled -and $found.enabled) { Disable-LocalUser -SID $sid }
}

function Get-StandardUserObstacle {
    # Why an existing account must not become a standard user for other computers; empty when it may.
    param([object] $User)
    $sid = [string] $User.SID
    # Windows' own accounts, whatever they are called: Administrator, Guest, DefaultAccount, WDAGUtilityAccount.
    if ($sid -cmatch '-50[0-4]$') { return "$($User.Name) は Windows が使うアカウントです。専用の標準アカウントを決めて、一式を作り直してください。" }
    if ((Get-GroupMember -Sid 'S-1-5-32-544') -cnotcontains $sid) { return '' }
    # Whoever works at this PC as an administrator would lose that; nobody who only comes over the network does.
    if ((Test-OwnSession $sid) -or (Test-LocalAccountProfile $sid)) {
        return "$($User.Name) は、この PC にサインインして使われている管理者です。専用の標準アカウントを決めて、一式を作り直してください。"
    }
    return ''
}

function Test-LocalAccountProfile {
    param([string] $Sid)
    $profiles = Get-ProfileFolder
    return (@($profiles | Where-Object { $_.sid -eq $Sid }).Length -gt 0)
}

function Get-LocalAccountObstacle {
    # Why taking rights from the account would be worse than leaving it; empty when it would not.
    param([string] $Name, [string] $Sid)
    if (Test-OwnSession $Sid) { return "いま $Name でサインインしているため、そのままにします。別の管理者でサインインしてから、もう一度実行してください。" }
    $administrators = Get-GroupMember -Sid 'S-1-5-32-544'
    $others = @(Get-LocalUser | Where-Object { $_.Enabled -and [string] $_.SID -ne $Sid -and $administrators -contains [string] $_.SID })
    if ($others.Length -eq 0 -and $administrators -contains $Sid) { return "$Name は有効な最後の管理者のため、そのままにします。先に別の管理者を用意してください。" }
    # One that only comes over the network does nobody's undoing.
    $works = $administrators -contains $Sid -or (Test-LocalAccountProfile $Sid)
    $open = @(Get-OpenUserJournal)
    if ($works -and $open.Length -gt 0) {
        return "まだ元に戻していない人（$($open -join '、')）がいるため、$Name をそのままにします。その人でサインインして 3_元に戻す を実行してから、もう一度実行してください。"
    }
    return ''
}
