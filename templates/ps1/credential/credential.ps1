# Generic credentials of the signed-in person that the linkage application reads. A secret never is a part of a state:
# `mark` says whether it is still the same one (runtime/protected-store.ps1), and what was there before us is kept, protected for this
# person alone, until it is undone. The code of the clinic is no secret and stands in the state.

# The names that the linkage application looks for (setup P.47); keys of journals too.
$script:CredentialLoginKey = 'OQS_LOGIN_KEY'
$script:CredentialCryptPass = 'OQS_CRYPT_PASS'
$script:CredentialNasLoginKey = 'OQS_NAS_LOGIN_KEY'
$script:CredentialClinicCode = 'OQS_MEDICAL_INSTITUTION_CODE'

# 半角英数字 12 桁以内: a symbol makes the linkage fail. setup P.47.
$script:CredentialCryptRule = '^[0-9A-Za-z]{1,12}\z'

# What a person typed for a credential whose user name the bundle does not know; empty: nothing.
$script:CredentialUser = @{}

# The credential manager keeps what is typed there as persistent as it likes; whether a secret can be used is only said.
Register-Kind 'credential' -Format 1 -Ours ([ordered] @{
        userName = 'ユーザー名'; code = '医療機関等コード'; mark = 'パスワード'
    }) -Tell @{ mark = { '別のパスワード' } } -Get {
    param($Target)
    $found = Read-Credential -Name $Target.name
    if ($null -eq $found) { return $null }
    try { return Get-CredentialState $Target.name $found } finally { [array]::Clear($found.blob, 0, $found.blob.Length) }
} -Set {
    param($Target, $State)
    $name = [string] $Target.name
    if ($null -eq $State) {
        Remove-Credential -Name $name
        Remove-KeptCredential $name ''
        return
    }
    if ($null -ne (Get-Field $State 'persist')) { Restore-Credential $name $State; return }
    $user = Get-CredentialUser $name $State
    $blob = Get-CredentialBlob $name $State
    $persist = 2
    try {
        $found = Read-Credential -Name $name
        if ($null -ne $found) {
            $persist = $found.persist
            try {
                $was = Get-CredentialState $name $found
                Save-Credential $Target $was $found.blob
            }
            finally {
                [array]::Clear($found.blob, 0, $found.blob.Length)
            }
        }
        Set-Credential -Name $name -UserName $user -Persist $persist -Blob $blob
        Remove-SavedSecret (Get-CredentialSecretName $name)
        # From now on it is the new password, whether or not it looks like the old one.
        if ($null -ne $found -and (Test-OutdatedSecret (Get-Field $was 'mark'))) { Remove-ProtectedItem $script:CredentialOutdated }
    }
    finally { [array]::Clear($blob, 0, $blob.Length) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'persist')) {
        return (Test-Wanted (Select-Field $Wanted @('userName', 'persist', 'code', 'mark')) $Found)
    }
    if (-not $Found.usable -or (Test-OutdatedSecret $Found.mark)) { return $false }
    $code = Get-Field $Wanted 'code'
    if ($null -ne $code -and $Found.code -cne $code) { return $false }
    return (Test-CredentialUser $Wanted $Found.userName)
} -Difference {
    param($Target, $Wanted, $Found)
    $label = "資格情報「$($Target.name)」"
    if ($null -eq $Found) { return (New-Difference $label 'なし' 'あり') }
    if (-not $Found.usable) { New-Difference "$label のパスワード" '使えない形' '使える形' }
    elseif (Test-OutdatedSecret $Found.mark) { New-Difference "$label のパスワード" '変更前のもの' '新しいもの' }
    $code = Get-Field $Wanted 'code'
    if ($null -ne $code -and $Found.code -cne $code) { New-Difference "$label の医療機関等コード" $Found.code $code }
    if (Test-CredentialUser $Wanted $Found.userName) { return }
    $user = Get-Field $Wanted 'userName'
    if ($null -eq $user) { $user = "$(@(Get-Field $Wanted 'prefixes' | ForEach-Object { $_ }) -join ' か ') で始まるもの" }
    New-Difference "$label のユーザー名" $Found.userName $user
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Before -or $null -ne $Before.code) { return $null }
    if ($null -ne $Found -and $Found.mark -ceq $Before.mark) { return $null }
    $kept = Read-ProtectedItem "$($Target.name)-$($Before.mark)"
    if ($null -ne $kept) { [array]::Clear($kept, 0, $kept.Length); return $null }
    $reason = "元の資格情報 $($Target.name) の控えを読めないため、そのままにします。元の値は、資格情報マネージャーで入力し直してください。"
    return [pscustomobject] @{ state = $Found; reason = $reason }
} -LostText {
    param($Target, $State, $Found)
    return "資格情報 $($Target.name) に登録したパスワードを消します。"
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or $null -ne (Get-Field $State 'persist') -or $null -ne (Get-Field $State 'code')) { return }
    $name = [string] $Target.name
    $user = Read-CredentialUser $name $State
    if ($user -ceq '') { return [pscustomobject] @{ name = (Get-CredentialSecretName $name); prompt = '' } }
    $request = [ordered] @{
        name = (Get-CredentialSecretName $name)
        title = $name
        prompt = "資格情報 $name のパスワード（ユーザー名 $user）"
        rule = ''
        ruleText = ''
        twice = $true
    }
    if ($name -ceq $script:CredentialLoginKey) { $request.rule = Get-PortalPasswordRule; $request.ruleText = Get-PortalRefusal }
    # These have to be what another system has already, whatever it is.
    if (@($script:CredentialCryptPass, $script:CredentialNasLoginKey) -ccontains $name) { $request.known = $true }
    if ($name -ceq $script:CredentialCryptPass) { $request.rule = $script:CredentialCryptRule; $request.ruleText = Get-CryptRuleText }
    return [pscustomobject] $request
}

function Get-CryptRuleText { return 'CRYPT_PASS_RULE: 半角の英字と数字だけ、12 文字以内です。記号を入れると連携でエラーになります。' }

function Get-CredentialState {
    # code: the blob where it is a clinic's code; mark: the same for the same blob; usable: what the linkage can use.
    param([string] $Name, [object] $Found)
    $state = [ordered] @{ userName = $Found.userName; persist = $Found.persist; code = $null; mark = $null; usable = $true }
    if ($Name -ceq $script:CredentialClinicCode -and (Test-BlobText $Found.blob '0123456789' 10 10)) {
        $state.code = [Text.Encoding]::Unicode.GetString($Found.blob)
        return [pscustomobject] $state
    }
    $state.mark = Get-KeyedHash $Found.blob
    $letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    if ($Name -ceq $script:CredentialCryptPass -and -not (Test-BlobText $Found.blob $letters 1 12)) {
        $state.usable = $false
        $state.message = Get-CryptRuleText
    }
    if ($Found.blob.Length -eq 0) {
        $state.usable = $false
        $state.message = 'パスワードが空です。'
    }
    if ($Name -ceq $script:CredentialLoginKey -and $Found.userName -match '^RO') {
        $state.message = Get-LetterOText "ユーザー名「$($Found.userName)」"
    }
    return [pscustomobject] $state
}

function Test-BlobText {
    # Whether a blob is UTF-16LE text of these characters alone, so many of them; it is never made a text.
    param([byte[]] $Blob, [string] $Characters, [int] $Least, [int] $Most)
    if ($Blob.Length % 2 -ne 0 -or $Blob.Length -lt 2 * $Least -or $Blob.Length -gt 2 * $Most) { return $false }
    for ($i = 0; $i -lt $Blob.Length; $i += 2) {
        if ($Blob[$i + 1] -ne 0 -or $Characters.IndexOf([char] $Blob[$i]) -lt 0) { return $false }
    }
    return $true
}

function Test-CredentialUser {
    # Whether a user name is the wanted one, or begins as it has to where only the clinic knows it.
    param([object] $Wanted, [string] $User)
    $name = Get-Field $Wanted 'userName'
    if ($null -ne $name) { return ($User -ceq $name -or ($User -ieq $name -and (Get-Field $Wanted 'caseless'))) }
    if ($User -ceq '') { return $false }
    return (Test-UserPrefix $User @(Get-Field $Wanted 'prefixes' | ForEach-Object { $_ }))
}

function Test-UserPrefix {
    param([string] $User, [string[]] $Prefixes)
    if ($Prefixes.Length -eq 0) { return $true }
    foreach ($prefix in $Prefixes) { if ($User.StartsWith($prefix, [StringComparison]::Ordinal)) { return $true } }
    return $false
}

function Get-LetterOText {
    param([string] $Which)
    return "ID_LETTER_O: ${Which}の 2 文字目が英字の O です。数字の 0 ではありませんか。"
}

function Get-CredentialUser {
    # The user name to write: the bundle's, or what was typed.
    param([string] $Name, [object] $State)
    if ($null -ne $State.userName) { return [string] $State.userName }
    $typed = [string] $script:CredentialUser[$Name]
    if ($typed -ceq '') { throw "資格情報 $Name のユーザー名が入力されていません。" }
    return $typed
}

function Read-CredentialUser {
    # Asks once a pass for a user name that only the clinic knows; empty where nobody answers.
    param([string] $Name, [object] $State)
    if ($null -ne $State.userName) { return [string] $State.userName }
    if ($script:CredentialUser.ContainsKey($Name)) { return [string] $script:CredentialUser[$Name] }
    $prefixes = @(Get-Field $State 'prefixes' | ForEach-Object { $_ })
    $lines = @('何も入力せずに Enter を押すと、今回は行いません。')
    if ($prefixes.Length -gt 0) { $lines += "この施設の連携用アカウントは $($prefixes -join ' か ') で始まります。2 文字目は数字です。" }
    $user = ''
    for ($try = 1; $try -le 3; $try++) {
        $answer = Read-TypedAnswer "資格情報 $Name のユーザー名" $lines "$Name のユーザー名"
        if ($answer -ceq '' -or $answer -ceq 's') { break }
        if (Test-UserPrefix $answer $prefixes) { $user = $answer; break }
        if ($answer -match '^RO') { Write-Line (Get-LetterOText '入力されたユーザー名') }
        else { Write-Line "LOGIN_KEY_PREFIX: 入力されたユーザー名は $($prefixes -join ' か ') で始まっていません。" }
    }
    $script:CredentialUser[$Name] = $user
    return $user
}

function Get-CredentialBlob {
    # The bytes to write, for the caller to clear: UTF-16LE without a NUL, as credential manager writes it.
    param([string] $Name, [object] $State)
    $code = Get-Field $State 'code'
    if ($null -ne $code) { return , [Text.Encoding]::Unicode.GetBytes([string] $code) }
    return , (ConvertTo-SecretByte (Get-Secret (Get-CredentialSecretName $Name)))
}

function Save-Credential {
    # Keeps the secret that undoing will need: the one that the journal says was there before us, and no other.
    param([object] $Target, [object] $Found, [byte[]] $Blob)
    $before = Get-OpenBefore 'credential' $Target
    $needed = $Found.mark
    if ($null -ne $before) { $needed = $before.mark }
    Remove-KeptCredential $Target.name ([string] $needed)
    $kept = "$($Target.name)-$needed"
    if ($null -eq $needed -or $needed -cne $Found.mark -or $null -ne (Read-ProtectedItem $kept)) { return }
    Write-ProtectedItem $kept $Blob
}

function Remove-KeptCredential {
    # Forgets what is kept of a credential, but for one mark.
    param([string] $Name, [string] $Mark)
    foreach ($kept in @(Get-ProtectedName)) {
        if ($kept.StartsWith("$Name-", [StringComparison]::Ordinal) -and $kept -cne "$Name-$Mark") { Remove-ProtectedItem $kept }
    }
}

function Restore-Credential {
    # Puts back what was there before us.
    param([string] $Name, [object] $State)
    $blob = $null
    if ($null -ne $State.code) { $blob = [Text.Encoding]::Unicode.GetBytes([string] $State.code) }
    else {
        $found = Read-Credential -Name $Name
        if ($null -ne $found -and (Get-KeyedHash $found.blob) -ceq $State.mark) { $blob = $found.blob }
        else { $blob = Read-ProtectedItem "$Name-$($State.mark)" }
    }
    if ($null -eq $blob) { throw "元の資格情報 $Name の控えがないため、元に戻せません。" }
    try { Set-Credential -Name $Name -UserName $State.userName -Persist $State.persist -Blob $blob }
    finally { [array]::Clear($blob, 0, $blob.Length) }
    Remove-KeptCredential $Name ''
}
