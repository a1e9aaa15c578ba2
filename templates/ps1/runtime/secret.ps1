# Passwords: each is asked before the first step that needs it, which follows at once; kept in memory as SecureString. What is typed
# is never written anywhere. What the tool made is kept, protected for the person alone, until it is used (Save-Secret).

$script:Secret = @{}
# How the name of what is kept begins (protected-store.ps1).
$script:SavedPrefix = 'secret '
# Why one that was asked for is not there, where somebody has typed: name and sentence.
$script:SecretRefusal = @{}

function Test-SecretKnown {
    param([string] $Name)
    return $script:Secret.ContainsKey($Name)
}

function Test-SecretEqual {
    # Compares two SecureStrings in memory that is zeroed afterwards.
    param([Security.SecureString] $First, [Security.SecureString] $Second)
    if ($First.Length -ne $Second.Length) { return $false }
    $firstText = [IntPtr]::Zero
    $secondText = [IntPtr]::Zero
    try {
        $firstText = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($First)
        $secondText = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Second)
        $same = $true
        for ($i = 0; $i -lt $First.Length; $i++) {
            $character = [Runtime.InteropServices.Marshal]::ReadInt16($firstText, 2 * $i)
            if ($character -ne [Runtime.InteropServices.Marshal]::ReadInt16($secondText, 2 * $i)) { $same = $false }
        }
        return $same
    }
    finally {
        if ($firstText -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($firstText) }
        if ($secondText -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($secondText) }
    }
}

function Get-SecretName {
    # A kind asks for an account's password by the account's name, and for anything else by a request:
    #   name, prompt; optional: title (what people call it), rule (a regular expression), ruleText (what to say when it is not
    #   met), digits (nothing else is in it), twice (new, so typed again), known (an existing secret that must stay as it is; a
    #   printed default password only gives a warning), test (a block that takes the SecureString and the request, and gives a
    #   sentence where it is wrong), refusal (empty; test puts the sentence there where nothing that could be typed would do).
    #   Without a prompt nothing is asked, and what needs it is left out.
    param([object] $Request)
    if ($Request -is [string]) { return $Request }
    return [string] $Request.name
}

function Get-SecretTitle {
    # What people call it.
    param([object] $Request)
    $title = Get-Field $Request 'title'
    if ($Request -isnot [string] -and $title) { return [string] $title }
    return Get-SecretName $Request
}

function Read-Secret {
    # Asks for what is needed. An empty answer gives up: the steps that need it are left out.
    param([object[]] $Requests)
    foreach ($request in $Requests) {
        $name = Get-SecretName $request
        if ((Test-SecretKnown $name) -or ($request -isnot [string] -and -not $request.prompt)) { continue }
        if ($request -isnot [string]) { $secret = Read-RequestedSecret $request }
        elseif ($null -eq (Get-AccountSid $name)) {
            # Undoing makes no account: there is no password that a person could know or choose.
            if (Test-Undoing) { Write-Line "ユーザー $name はこの PC にないため、パスワードを聞きません。必要な項目は元に戻しません。"; continue }
            $secret = Read-NewSecret $name
        }
        else { $secret = Read-KnownSecret $name }
        if ($null -ne $secret) { $script:Secret[$name] = $secret; continue }
        if ($script:SecretRefusal.ContainsKey($name)) { Write-Line '必要な項目は行いません。' }
        else { Write-Line "何も入力されなかったため、必要な項目は行いません: $(Get-SecretTitle $request)" }
    }
}

function Show-SecretScreen {
    # What is asked for, and what becomes of it.
    param([string] $Name, [string[]] $Lines, [bool] $Digits = $false)
    $signs = '@ : ^ などの記号は、キーボードの種類で位置が変わります。'
    $more = '', '入力した文字は表示されません。紙にも、ファイルにも、結果にも残りません。', $signs,
        '入力は 3 回までです。違ったときは、この項目を行わずに先へ進み、次に開いたときにまた聞きます。'
    $said = @($Lines) + @($more | Where-Object { -not $Digits -or $_ -cne $signs })
    Show-Screen "パスワード  $Name" @($said | ForEach-Object { if ($_) { Split-Text $_ } else { '' } })
}

function Read-ScreenSecret {
    # What is typed without being shown; $null when nobody can type.
    param([string] $Prompt)
    $secret = Read-ConsoleSecret (ConvertTo-ShownText $Prompt)
    $script:Stands = 1
    return $secret
}

function Get-NoSecretText {
    # Why what needs these is not done: nothing was typed, or what was typed was not right.
    param([string[]] $Names)
    $refused = @($Names | ForEach-Object { $script:SecretRefusal[$_] } | Where-Object { $_ } | Select-Object -Unique)
    $untyped = @($Names | Where-Object { -not $script:SecretRefusal.ContainsKey($_) })
    if ($untyped.Length -gt 0) { $refused += "パスワードが入力されませんでした（$($untyped -join '、')）。" }
    return ($refused -join '')
}

function Read-NewSecret {
    param([string] $Name)
    return Read-RequestedSecret ([pscustomobject] @{
            name = $Name; prompt = "$Name の新しいパスワード"; twice = $true
            text = "これから作るユーザー $Name のパスワードを決めて、2 回入力してください。（何も入力せずに Enter: 今回は行わない）",
            (Get-UseText $Name)
        })
}

function Get-UseText {
    # Where else the password of a new account is typed; empty where nothing is known of it.
    param([string] $Name)
    if ($Name -ceq (Get-Field $script:Pass.plan 'account')) { return 'この PC の管理者です。このあとのサインインでも入力します。' }
    $accounts = @(Get-ShareTarget | ForEach-Object { $_.account })
    if ($accounts -ccontains $Name) { return 'レセコンにも、同じ名前とパスワードを設定します（控えてください）。' }
    return ''
}

function Read-RequestedSecret {
    # The secret of a request, in at most three tries; $null where the person gives up.
    param([object] $Request)
    $name = Get-SecretName $Request
    $script:SecretRefusal.Remove($name)
    $text = Get-Field $Request 'text'
    if ($null -eq $text) { $text = '何も入力せずに Enter を押すと、今回は行いません。' }
    Show-SecretScreen (Get-SecretTitle $Request) @($text | Where-Object { $_ }) ([bool] (Get-Field $Request 'digits'))
    for ($try = 1; $try -le 3; $try++) {
        $first = Read-ScreenSecret $Request.prompt
        if ($null -eq $first -or $first.Length -eq 0) { $script:SecretRefusal.Remove($name); return $null }
        $problem = Get-SecretProblem $Request $first
        if ($problem) { $script:SecretRefusal[$name] = $problem }
        if ($problem -and (Get-Field $Request 'refusal')) { Write-Line $problem; return $null }
        if ($problem) { Write-Line "$problem（$try / 3）"; continue }
        $script:SecretRefusal.Remove($name)
        if (-not (Get-Field $Request 'twice')) { return $first }
        $second = Read-ScreenSecret '確認のためもう一度'
        if ($null -eq $second) { return $null }
        if (Test-SecretEqual $first $second) { return $first }
        $script:SecretRefusal[$name] = '2 回の入力が一致しません。'
        Write-Line $script:SecretRefusal[$name]
    }
    return $null
}

function Get-SecretProblem {
    # Why a typed secret cannot be taken; empty when it can. What was typed is never said.
    param([object] $Request, [Security.SecureString] $Secret)
    $rule = [string] (Get-Field $Request 'rule')
    if ($rule -and -not (Test-SecretRule $Secret $rule)) { return [string] $Request.ruleText }
    if (Test-DefaultSecret $Secret) {
        if (-not (Get-Field $Request 'known')) { return 'DEFAULT_SECRET: 手順書に印刷され、広く知られている初期パスワードです。別のものにしてください。' }
        Write-Line 'DEFAULT_SECRET: 手順書に印刷された初期パスワードです。次に変えられるときに変えてください。'
    }
    $test = Get-Field $Request 'test'
    if ($null -ne $test) { try { return [string] (& $test $Secret $Request) } catch { return (Get-ErrorText $_) } }
    return ''
}

function Test-DefaultSecret {
    # Whether it is one of the passwords that manuals print for everybody. The plan knows only their SHA-256.
    param([Security.SecureString] $Secret)
    $denied = @(Get-Field $script:Pass.plan 'deniedSecrets' | ForEach-Object { $_ })
    if ($denied.Length -eq 0) { return $false }
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    $bytes = New-Object byte[] 0
    $hash = [Security.Cryptography.SHA256]::Create()
    try {
        $bytes = [Text.Encoding]::UTF8.GetBytes([Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory))
        $text = [BitConverter]::ToString($hash.ComputeHash($bytes)).Replace('-', '').ToLowerInvariant()
        return ($denied -ccontains $text)
    }
    finally {
        [Array]::Clear($bytes, 0, $bytes.Length)
        [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory)
        $hash.Dispose()
    }
}

function Read-KnownSecret {
    param([string] $Name)
    $script:SecretRefusal.Remove($Name)
    Show-SecretScreen $Name @("既にあるユーザー $Name の、いまのパスワードを入力してください。（何も入力せずに Enter: 今回は行わない）")
    for ($try = 1; $try -le 3; $try++) {
        $secret = Read-ScreenSecret "$Name のパスワード"
        if ($null -eq $secret -or $secret.Length -eq 0) {
            $script:SecretRefusal.Remove($Name)
            # Not today; or there is none, and then no other answer would do.
            if ($null -eq $secret -or -not (Test-WithoutSecret $Name)) { return $null }
            $script:SecretRefusal[$Name] = "ユーザー $Name にはパスワードがありません。先に決めてください。"
            Write-Line $script:SecretRefusal[$Name]
            return $null
        }
        $outcome = Get-SecretOutcome $Name $secret
        if (@('right', 'restricted') -ccontains $outcome) {
            # It works, and the work goes on with it; but it has to be changed.
            if (Test-DefaultSecret $secret) { Write-Line "DEFAULT_SECRET: $Name のパスワードが、手順書に印刷された初期パスワードのままです。変更を施設に勧めてください。" }
            return $secret
        }
        if ($outcome -ceq 'wait') {
            $script:SecretRefusal[$Name] = Get-LogonWaitText $Name
            Write-Line $script:SecretRefusal[$Name]
            return $null
        }
        $script:SecretRefusal[$Name] = "パスワードが違うか、$Name でサインインできません。"
        Write-Line "$($script:SecretRefusal[$Name])（$try / 3）"
    }
    return $null
}

function Get-LogonWaitText {
    param([string] $Name)
    return "$Name のパスワードの誤りが続いたため、ロックされないように、いまは確かめません。$($script:LogonMinutes) 分ほど待って、もう一度開いてください。"
}

function Test-WithoutSecret {
    # Whether a local account has no password.
    param([string] $Name)
    $empty = New-Object Security.SecureString
    try { return (@('right', 'restricted') -ccontains (Get-SecretOutcome $Name $empty)) } finally { $empty.Dispose() }
}

function Clear-Secret {
    foreach ($secret in @($script:Secret.Values)) { $secret.Dispose() }
    $script:Secret.Clear()
    $script:SecretRefusal.Clear()
}

function Get-SavedSecretName {
    # Of the secrets that are kept for this person.
    foreach ($name in @(Get-ProtectedName)) {
        if ($name.StartsWith($script:SavedPrefix, [StringComparison]::Ordinal)) { $name.Substring($script:SavedPrefix.Length) }
    }
}

function Import-SavedSecret {
    # A pass knows what an earlier one of this person made and nobody has used yet.
    foreach ($name in @(Get-SavedSecretName)) {
        $bytes = Read-ProtectedItem "$script:SavedPrefix$name"
        if ($null -eq $bytes) { continue }
        $secret = New-Object Security.SecureString
        for ($i = 0; $i -lt $bytes.Length; $i += 2) { $secret.AppendChar([BitConverter]::ToChar($bytes, $i)) }
        [array]::Clear($bytes, 0, $bytes.Length)
        Add-Secret $name $secret
    }
}

function Clear-SavedSecret {
    # Nothing of this person's work needs them any more.
    foreach ($name in @(Get-SavedSecretName)) { Remove-SavedSecret $name }
}

function Clear-GivenSecret {
    # What was handed over at a step that is done now, and is not at another one that is still open.
    param([object] $Step, [object] $Pass)
    $given = { Get-Field $args[0] 'gives' | ForEach-Object { $_ } | ForEach-Object { Get-Field $_ 'secret' } | Where-Object { $_ } }
    $names = @(& $given $Step | Select-Object -Unique)
    if ($names.Length -eq 0) { return }
    $open = @($Pass.plan.steps | Where-Object { $null -eq (Get-StepConfirmation $_ $Pass) } | ForEach-Object { & $given $_ })
    foreach ($name in @($names | Where-Object { $open -cnotcontains $_ })) { Remove-SavedSecret $name }
}
