# Passwords: asked before the first change of a pass, kept in memory as SecureString, never written anywhere.

$script:Secret = @{}

function Get-Secret {
    # For a kind's Set: the password of an account.
    param([string] $Name)
    if (-not $script:Secret.ContainsKey($Name)) { throw "パスワードが入力されていません: $Name" }
    return $script:Secret[$Name]
}

function Test-SecretKnown {
    param([string] $Name)
    return $script:Secret.ContainsKey($Name)
}

function Test-SecretEqual {
    # Compares two SecureStrings in memory that is zeroed afterwards.
    param([Security.SecureString] $One, [Security.SecureString] $Other)
    if ($One.Length -ne $Other.Length) { return $false }
    $left = [IntPtr]::Zero
    $right = [IntPtr]::Zero
    try {
        $left = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($One)
        $right = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Other)
        $same = $true
        for ($i = 0; $i -lt $One.Length; $i++) {
            if ([Runtime.InteropServices.Marshal]::ReadInt16($left, 2 * $i) -ne [Runtime.InteropServices.Marshal]::ReadInt16($right, 2 * $i)) { $same = $false }
        }
        return $same
    }
    finally {
        if ($left -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($left) }
        if ($right -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($right) }
    }
}

function Read-Secret {
    # Asks for what the pass will need. An empty answer gives up: the steps that need it are left out.
    param([string[]] $Names)
    foreach ($name in $Names) {
        if (Test-SecretKnown $name) { continue }
        Write-Line ''
        if ($null -eq (Get-AccountSid $name)) { $secret = Read-NewSecret $name } else { $secret = Read-KnownSecret $name }
        if ($null -eq $secret) { Write-Line "$name のパスワードは入力されませんでした。必要な項目は行いません。" }
        else { $script:Secret[$name] = $secret }
    }
}

function Read-NewSecret {
    param([string] $Name)
    Write-Line "これから作るユーザー $Name のパスワードを決めて、2 回入力してください。（何も入力せずに Enter: 今回は行わない）"
    for ($try = 1; $try -le 3; $try++) {
        $first = Read-ConsoleSecret "$Name の新しいパスワード"
        if ($null -eq $first -or $first.Length -eq 0) { return $null }
        $second = Read-ConsoleSecret '確認のためもう一度'
        if ($null -eq $second) { return $null }
        if (Test-SecretEqual $first $second) { return $first }
        Write-Line '2 回の入力が一致しません。'
    }
    return $null
}

function Read-KnownSecret {
    param([string] $Name)
    Write-Line "既にあるユーザー $Name の、いまのパスワードを入力してください。（何も入力せずに Enter: 今回は行わない）"
    for ($try = 1; $try -le 3; $try++) {
        $secret = Read-ConsoleSecret "$Name のパスワード"
        if ($null -eq $secret -or $secret.Length -eq 0) { return $null }
        if (Test-AccountSecret $Name $secret) { return $secret }
        Write-Line "パスワードが違うか、$Name でログオンできません。（$try / 3）"
    }
    return $null
}

function Clear-Secret {
    foreach ($secret in @($script:Secret.Values)) { $secret.Dispose() }
    $script:Secret.Clear()
}
