# Passwords for the portal's accounts: made by the rules, or judged by them; or the person decides them elsewhere. What is typed
# is written nowhere, what is made is kept for the person alone until the account has it and the credential is registered: what
# stays is how each account's was decided, and of short ones a trace to compare later ones with. almex 補足①.

# What a made password is of: no characters that look alike, no symbols that mean something in a CSV file.
$script:PortalAlphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*?_-'
$script:PortalLength = 16

# 13 characters and more never end; shorter ones end after 60 days and differ from the last five. almex 補足①.
$script:PortalEndless = 13
$script:PortalHistory = 5
$script:PortalHead = 5

# What trying passwords against a trace costs, for each of them: OWASP's number of rounds for PBKDF2 with SHA-256.
$script:PortalRounds = 600000

# What the person chose: 1 made, 2 typed, '' elsewhere, s later; and what was typed, by account.
$script:PortalChoice = $null

Register-Kind 'portal-password' -Format 1 -Ours @{ accounts = 'アカウントのパスワードの決め方' } -Get {
    param($Target)
    return Get-PortalState (Read-PortalRecord)
} -Set {
    param($Target, $State)
    $record = Read-PortalRecord
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) {
        Restore-PortalRecord $record $State
        return
    }
    $all = @(Get-OpenPortalAccount $State (Get-PortalState $record))
    $open = @(Select-OwnAccount $all)
    $decided = 'elsewhere'
    if ($script:PortalChoice -ceq '1') { $decided = 'made' }
    if ($script:PortalChoice -ceq '2') { $decided = 'typed' }
    foreach ($account in $all) {
        $how = 'elsewhere'
        if ($open -contains $account) { $how = $decided }
        $record.accounts = @($record.accounts) + @([pscustomobject] @{ account = $account.account; how = $how })
        # The credential of the linkage account holds its password too: one that is there is out of date from now on, and
        # what was decided here need not be typed once more.
        if ($account.credential) { Save-OutdatedSecret $account.credential }
        $name = Get-PortalSecretName $account.account
        if ($how -cne 'made') { Remove-SavedSecret $name }
        if ($how -ceq 'elsewhere') { continue }
        $secret = Get-Secret $name
        Add-PortalTrace $record $account.account $secret
        if (-not $account.credential) { continue }
        $name = Get-CredentialSecretName $account.credential
        if ($how -ceq 'made') { Save-Secret $name $secret.Copy() } else { Add-Secret $name $secret.Copy() }
    }
    Write-PortalRecord $record
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $here = @($Found.accounts | ForEach-Object { $_.account })
    return (@($Wanted.accounts | Where-Object { $here -cnotcontains $_.account }).Length -eq 0)
} -LostText {
    return 'アカウントのパスワードを決めた記録を消します。総合ポータルサイトのパスワードは、変えたままで、元のものには戻りません。'
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) { return }
    $open = @(Select-OwnAccount @(Get-OpenPortalAccount $State $Found))
    if ($open.Length -eq 0) { return }
    if ($null -eq $script:PortalChoice) { Read-PortalChoice $open }
    if ($script:PortalChoice -ceq 's') { return [pscustomobject] @{ name = 'ポータルのアカウント'; prompt = '' } }
    if ($script:PortalChoice -cne '2') { return }
    foreach ($account in $open) {
        [pscustomobject] @{
            name = (Get-PortalSecretName $account.account)
            title = $account.account
            prompt = "$($account.account) の新しいパスワード"
            twice = [bool] $account.credential
            account = $account
            rule = (Get-PortalPasswordRule)
            ruleText = (Get-PortalRefusal)
            test = { param($Secret, $Request) Get-PortalProblem $Request.account $Secret }
        }
    }
} -Difference {
    param($Target, $Wanted, $Found)
    New-Difference 'パスワードを決めていないアカウント' @(Get-OpenPortalAccount $Wanted $Found | ForEach-Object { $_.account }) @()
}

function Get-PortalSecretName {
    param([string] $Account)
    return "portal $Account"
}

function Restore-PortalRecord {
    # Undoing: no trace stays of a password about whose account nothing is decided any more.
    param([object] $Record, [object] $State)
    Remove-ProtectedItem $script:CredentialOutdated
    foreach ($account in @($Record.accounts)) { Remove-SavedSecret (Get-PortalSecretName $account.account) }
    if ($null -eq $State) { Remove-ProtectedItem 'portal'; return }
    $Record.accounts = @($State.accounts)
    $names = @($State.accounts | ForEach-Object { $_.account })
    $Record.history = @($Record.history | Where-Object { $names -ccontains $_.account })
    Write-PortalRecord $Record
}

function Get-PortalState {
    # How the password of each account was decided; $null where none was.
    param([object] $Record)
    if (@($Record.accounts).Length -eq 0) { return $null }
    return [pscustomobject] @{ accounts = @($Record.accounts | Sort-Object -Property account) }
}

function Get-OpenPortalAccount {
    # The wanted accounts about which nothing has been decided yet.
    param([object] $Wanted, [object] $Found)
    $here = @(Get-Field $Found 'accounts' | ForEach-Object { $_ } | ForEach-Object { if ($null -ne $_) { $_.account } })
    $Wanted.accounts | Where-Object { $here -cnotcontains $_.account }
}

function Select-OwnAccount {
    # Without the accounts of the whole clinic about which another terminal has decided. That of a credential is this PC's own.
    param([object[]] $Accounts)
    $there = @(Find-ClinicState 'portal-password' | ForEach-Object { Get-Field $_ 'accounts' } | ForEach-Object { $_ } |
        ForEach-Object { [string] (Get-Field $_ 'account') })
    $Accounts | Where-Object { $null -ne $_ -and ((Get-Field $_ 'credential') -or $there -cnotcontains $_.account) }
}

function Test-Transcription {
    # Whether a policy has a file made of what PowerShell's windows show: the launcher's PowerShell would write it, and takes
    # up what this one shows.
    $key = 'SOFTWARE\Policies\Microsoft\Windows\PowerShell\Transcription'
    foreach ($hive in 'HKLM', 'HKCU') {
        $entry = Read-RegistryEntry -Hive $hive -Key $key -Name 'EnableTranscripting'
        if ("$(Get-Field $entry 'data')" -ceq '1') { return $true }
    }
    return $false
}

function Read-PortalChoice {
    # Made ones are shown at once, and are written down with the answer; where they may not be shown, there is less to choose.
    param([object[]] $Accounts)
    $title = "ポータルのアカウントのパスワード（$(@($Accounts | ForEach-Object { $_.account }) -join '、')）"
    $lines = @(Get-PortalPasswordText)
    $made = @()
    if (Test-Transcription) {
        $lines += 'この PC は、グループ ポリシーで PowerShell の画面をファイルに記録しています。パスワードが残るため、ここでは作れません。'
        $choices = @{ '2' = '2'; '3' = ''; 's' = 's' }
        $asked = '2 自分で決める  3 この PC では決めない。どれにしますか'
    }
    else {
        $lines += 'この PC が作った次のパスワードを、ほかの人に見られないように書き写してください。書き写した後は、もう表示しません（記録には残りません）。'
        $choices = @{ '' = '1'; '1' = '1'; '2' = '2'; '3' = ''; 's' = 's' }
        $asked = '書き写したら Enter  2 自分で決める  3 この PC では決めない。どれにしますか'
        $made = @($Accounts | ForEach-Object { [pscustomobject] @{ account = $_.account; secret = (Get-MadePassword $_.account) } })
    }
    $shown = $null
    if ($made.Length -gt 0) { $shown = { Show-PortalPassword $made } }
    # Three wrong answers are none: nothing was decided.
    $choice = 's'
    for ($try = 1; $try -le 3; $try++) {
        $answer = (Read-TypedAnswer $title $lines $asked -Shown $shown).ToLowerInvariant()
        if (Test-Agreement $answer) { $answer = '' }
        if ($choices.ContainsKey($answer)) { $choice = $choices[$answer]; break }
        Write-Line '行にある答えのどれかを押してください。'
    }
    if ($made.Length -gt 0) { Write-Line 'パスワードの表示を、画面から消しました。' }
    # Also what an earlier pass has made.
    if ($choice -cne '1') { foreach ($one in $Accounts) { Remove-Secret (Get-PortalSecretName $one.account) } }
    $script:PortalChoice = $choice
}

function Get-PortalProblem {
    # What is wrong with a password that meets the rule; empty where nothing is.
    param([object] $Account, [Security.SecureString] $Secret)
    if ($Secret.Length -ge $script:PortalEndless) { return '' }
    $keyed = Get-PortalKeyedHash $Secret
    $alike = @((Read-PortalRecord).history | Where-Object { $_.account -ceq $Account.account -and $_.head -ceq $keyed.head })
    # Two beginnings may share their 8 bits: all of them are looked at for the same password before one is called alike.
    foreach ($earlier in $alike) {
        if ($earlier.whole -ceq (Get-SlowHash $keyed.whole $earlier.salt)) {
            return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、過去 5 回と同じものにできません。"
        }
    }
    if ($alike.Length -gt 0) {
        return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、先頭の 5 文字も過去 5 回と違うものにします。" +
            '（元のパスワードを推測されないよう、粗く照合しています。違うはずのときも、別のパスワードにしてください。）'
    }
    if ($Account.expires) { Write-Line "注意: $($script:PortalEndless) 文字より短いため、60 日で有効期限が切れます。$($script:PortalEndless) 文字以上をお勧めします。" }
    return ''
}

function Get-PortalKeyedHash {
    # Keyed hashes of a password: of the whole, 128 bits, which are kept only as Get-SlowHash makes them; and of its first five
    # characters 8 bits, which leave 89^5 / 256 beginnings as likely as each other.
    param([Security.SecureString] $Secret)
    $bytes = ConvertTo-SecretByte $Secret
    $head = New-Object byte[] ([math]::Min($bytes.Length, 2 * $script:PortalHead))
    try {
        [array]::Copy($bytes, $head, $head.Length)
        return [pscustomobject] @{ whole = (Get-KeyedHash $bytes); head = (Get-KeyedHash $head).Substring(0, 2) }
    }
    finally { [array]::Clear($bytes, 0, $bytes.Length); [array]::Clear($head, 0, $head.Length) }
}

function Add-PortalTrace {
    # Only of a short one: what never ends is compared with nothing.
    param([object] $Record, [string] $Account, [Security.SecureString] $Secret)
    if ($Secret.Length -ge $script:PortalEndless) { return }
    $keyed = Get-PortalKeyedHash $Secret
    $Record.history = @(Select-PortalHistory (@($Record.history) + @(New-PortalTrace $Account $keyed.whole $keyed.head)))
}

function New-PortalTrace {
    # What a later password of an account is compared with: account, salt, whole, head.
    param([string] $Account, [string] $Whole, [string] $Head)
    $salt = [Convert]::ToBase64String((New-RandomByte 16))
    return [pscustomobject] @{ account = $Account; salt = $salt; whole = (Get-SlowHash $Whole $salt); head = $Head.Substring(0, 2) }
}

function Get-SlowHash {
    # PBKDF2 with SHA-256 (.NET Framework 4.7.2) of a text and a salt in Base64.
    param([string] $Text, [string] $Salt)
    $derive = New-Object Security.Cryptography.Rfc2898DeriveBytes(
        [Text.Encoding]::ASCII.GetBytes($Text), [Convert]::FromBase64String($Salt), $script:PortalRounds,
        [Security.Cryptography.HashAlgorithmName]::SHA256)
    try { return [Convert]::ToBase64String($derive.GetBytes(32)) } finally { $derive.Dispose() }
}

function Show-PortalPassword {
    # In the window alone: the log knows nothing of it. The policy may have come since it was asked about.
    param([object[]] $Made)
    if (Test-Transcription) { throw 'グループ ポリシーで PowerShell の画面をファイルに記録しているため、パスワードを表示しませんでした。' }
    foreach ($one in $Made) {
        $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($one.secret)
        try {
            $text = [Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory)
            Write-ConsoleLine (ConvertTo-ShownText "　$($one.account): $text")
        }
        finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
    }
}

function Get-MadePassword {
    # The password of an account: the one that may have been written down before the power went, or a new one.
    param([string] $Account)
    $name = Get-PortalSecretName $Account
    $secret = Find-Secret $name
    if ($null -ne $secret) { return $secret }
    $secret = New-PortalPassword
    Save-Secret $name $secret
    return $secret
}

function New-PortalPassword {
    # Drawn anew until all four classes are in it and it begins with a letter (a spreadsheet takes - for a formula), so that
    # every such password is equally likely.
    while ($true) {
        $secret = New-Object Security.SecureString
        for ($i = 0; $i -lt $script:PortalLength; $i++) {
            $secret.AppendChar($script:PortalAlphabet[(New-RandomIndex $script:PortalAlphabet.Length)])
        }
        if ((Test-SecretRule $secret (Get-PortalPasswordRule)) -and (Test-SecretRule $secret '^[A-Za-z]')) { return $secret }
        $secret.Dispose()
    }
}

function New-RandomIndex {
    # 0 to Count - 1, each as likely as the others: bytes above the last whole multiple are thrown away.
    param([int] $Count)
    $most = 256 - (256 % $Count)
    while ($true) {
        $byte = (New-RandomByte 1)[0]
        if ($byte -lt $most) { return ($byte % $Count) }
    }
}

function Read-PortalRecord {
    # accounts: account, how; history: traces, oldest first. Until 0.1.0 a trace was two keyed hashes without a salt, from which
    # a short password is computed in hours: they are replaced as soon as they are met.
    $bytes = Read-ProtectedItem 'portal'
    $record = [pscustomobject] @{ accounts = @(); history = @() }
    if ($null -eq $bytes) { return $record }
    $read = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString($bytes))
    $record.accounts = @($read.accounts | Where-Object { $_ } | Select-Object -Property account, how)
    $record.history = @($read.history | Where-Object { $_ } | Select-Object -Property account, salt, whole, head)
    if (@($record.history | Where-Object { $null -eq $_.salt }).Length -eq 0) { return $record }
    $record.history = @(foreach ($trace in (Select-PortalHistory $record.history)) {
            if ($null -eq $trace.salt) { New-PortalTrace $trace.account $trace.whole $trace.head } else { $trace }
        })
    Write-PortalRecord $record
    return $record
}

function Select-PortalHistory {
    # The last five traces of each account.
    param([object[]] $History)
    foreach ($group in @($History | Group-Object -Property account -CaseSensitive)) {
        $group.Group | Select-Object -Last $script:PortalHistory
    }
}

function Write-PortalRecord {
    param([object] $Record)
    Write-ProtectedItem 'portal' ([Text.Encoding]::UTF8.GetBytes((ConvertTo-JsonText $Record)))
}
