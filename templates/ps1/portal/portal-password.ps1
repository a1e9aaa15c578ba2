# Passwords for the portal's accounts: made by the rules, or judged by them; or the person decides them elsewhere. No
# password is written anywhere: what stays is how each account's was decided, and keyed hashes (Get-KeyedHash) to compare later
# ones with. almex 補足①.

# What a made password is of: no characters that look alike, no symbols that mean something in a CSV file.
$script:PortalAlphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*?_-'
$script:PortalLength = 16

# 13 characters and more never end; shorter ones end after 60 days and differ from the last five. almex 補足①.
$script:PortalEndless = 13
$script:PortalHistory = 5
$script:PortalHead = 5

# What the person chose: 1 made, 2 typed, '' elsewhere, s later; and what was typed, by account.
$script:PortalChoice = $null

Register-Kind 'portal-password' -Format 1 -Ours @{ accounts = 'アカウントのパスワードの決め方' } -Get {
    param($Target)
    return Get-PortalState (Read-PortalRecord)
} -Set {
    param($Target, $State)
    $record = Read-PortalRecord
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) {
        # Undoing. What earlier passwords looked like stays known: the portal refuses them still.
        $record.accounts = @()
        if ($null -ne $State) { $record.accounts = @($State.accounts) }
        Remove-ProtectedItem $script:CredentialOutdated
        Write-PortalRecord $record
        return
    }
    $open = @(Get-OpenPortalAccount $State (Get-PortalState $record))
    $how = 'elsewhere'
    if ($script:PortalChoice -ceq '1') { $how = 'made' }
    if ($script:PortalChoice -ceq '2') { $how = 'typed' }
    if ($how -ceq 'made') { Show-PortalPassword $open }
    foreach ($account in $open) {
        $record.accounts = @($record.accounts) + @([pscustomobject] @{ account = $account.account; how = $how })
        # The credential of the linkage account holds its password too: one that is there is out of date from now on, and
        # what was decided here need not be typed once more.
        if ($account.credential) { Save-OutdatedSecret $account.credential }
        if ($how -ceq 'elsewhere') { continue }
        $secret = Get-Secret (Get-PortalSecretName $account.account)
        $record.history = @($record.history) + @(Get-PortalTrace $account.account $secret)
        if ($account.credential) { Add-Secret (Get-CredentialSecretName $account.credential) $secret.Copy() }
    }
    Write-PortalRecord $record
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $here = @($Found.accounts | ForEach-Object { $_.account })
    return (@($Wanted.accounts | Where-Object { $here -cnotcontains $_.account }).Length -eq 0)
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) { return }
    $open = @(Get-OpenPortalAccount $State $Found)
    if ($null -eq $script:PortalChoice) { Read-PortalChoice $open }
    if ($script:PortalChoice -ceq 's') { return [pscustomobject] @{ name = 'ポータルのアカウント'; prompt = '' } }
    if ($script:PortalChoice -cne '2') { return }
    foreach ($account in $open) {
        [pscustomobject] @{
            name = (Get-PortalSecretName $account.account)
            prompt = "$($account.account) の新しいパスワード"
            twice = [bool] $account.credential
            account = $account
            rule = (Get-PortalPasswordRule)
            ruleText = (Get-PortalPasswordText)
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

function Get-PortalState {
    # How the password of each account was decided; $null where none was.
    param([object] $Record)
    if (@($Record.accounts).Length -eq 0) { return $null }
    return [pscustomobject] @{ accounts = @($Record.accounts | Sort-Object -Property account) }
}

function Get-OpenPortalAccount {
    # The wanted accounts about which nothing has been decided yet.
    param([object] $Wanted, [object] $Found)
    $here = @(Get-Field $Found 'accounts' | ForEach-Object { if ($null -ne $_) { $_.account } })
    $Wanted.accounts | Where-Object { $here -cnotcontains $_.account }
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
    param([object[]] $Accounts)
    Write-Line ''
    Write-Line "――― ポータルのアカウントのパスワード（$(@($Accounts | ForEach-Object { $_.account }) -join '、')）―――"
    Write-Line (Get-PortalPasswordText)
    $choices = '', '1', '2', 's'
    if (Test-Transcription) {
        $choices = '', '2', 's'
        Write-Line '　この PC は、グループ ポリシーで PowerShell の画面をファイルに記録しています。パスワードが残るため、ここでは作れません。'
    }
    else { Write-Line '　1: この PC で 16 文字のパスワードを作り、画面に一度だけ表示する（記録には残りません）' }
    Write-Line '　2: 自分で決めたパスワードを入力し、規則に合うかを調べる'
    Write-Line '　何も入力せずに Enter: この PC では決めない　s: 後で行う'
    $script:PortalChoice = ''
    for ($try = 1; $try -le 3; $try++) {
        $answer = (Read-Answer 'どれにしますか: ').ToLowerInvariant()
        if ($choices -ccontains $answer) { $script:PortalChoice = $answer; return }
        Write-Line "$(@($choices | Where-Object { $_ }) -join '、') のどれか、または Enter だけを押してください。"
    }
}

function Get-PortalProblem {
    # What is wrong with a password that meets the rule; empty where nothing is.
    param([object] $Account, [Security.SecureString] $Secret)
    if ($Secret.Length -lt $script:PortalEndless) {
        $trace = Get-PortalTrace $Account.account $Secret
        $last = @((Read-PortalRecord).history |
            Where-Object { $_.account -ceq $Account.account } | Select-Object -Last $script:PortalHistory)
        foreach ($earlier in $last) {
            if ($earlier.whole -ceq $trace.whole) { return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、過去 5 回と同じものにできません。" }
            if ($earlier.head -ceq $trace.head) { return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、先頭の 5 文字も過去 5 回と違うものにします。" }
        }
        if ($Account.expires) { Write-Line "注意: $($script:PortalEndless) 文字より短いため、60 日で有効期限が切れます。$($script:PortalEndless) 文字以上をお勧めします。" }
    }
    return ''
}

function Get-PortalTrace {
    # What a later password of the account is compared with: keyed hashes of the whole and of its first five characters.
    param([string] $Account, [Security.SecureString] $Secret)
    $bytes = ConvertTo-SecretByte $Secret
    $head = New-Object byte[] ([math]::Min($bytes.Length, 2 * $script:PortalHead))
    try {
        [array]::Copy($bytes, $head, $head.Length)
        return [pscustomobject] @{ account = $Account; whole = (Get-KeyedHash $bytes); head = (Get-KeyedHash $head) }
    }
    finally { [array]::Clear($bytes, 0, $bytes.Length); [array]::Clear($head, 0, $head.Length) }
}

function Show-PortalPassword {
    # Makes one for each account and shows it, in the window alone and until it is written down: the log knows nothing of it.
    param([object[]] $Accounts)
    Write-Line ''
    Write-Line '次のパスワードを、ほかの人に見られないように書き写してください。二度と表示されません。'
    foreach ($account in $Accounts) {
        $secret = New-PortalPassword
        Add-Secret (Get-PortalSecretName $account.account) $secret
        $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($secret)
        try {
            $text = [Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory)
            Write-ConsoleLine (ConvertTo-ShownText "　$($account.account): $text")
        }
        finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
    }
    try { $null = Read-Answer '書き写したら Enter を押してください: ' } finally { Clear-ConsoleScreen }
    Write-Line 'パスワードの表示を、画面から消しました。'
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
    # accounts: account, how; history: account, whole, head, oldest first.
    $bytes = Read-ProtectedItem 'portal'
    $record = [pscustomobject] @{ accounts = @(); history = @() }
    if ($null -eq $bytes) { return $record }
    $read = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString($bytes))
    $record.accounts = @($read.accounts | Where-Object { $_ } | Select-Object -Property account, how)
    $record.history = @($read.history | Where-Object { $_ } | Select-Object -Property account, whole, head)
    return $record
}

function Write-PortalRecord {
    param([object] $Record)
    Write-ProtectedItem 'portal' ([Text.Encoding]::UTF8.GetBytes((ConvertTo-JsonText $Record)))
}
