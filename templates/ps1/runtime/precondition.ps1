# What must hold before anything is done. Each check gives a refusal, or $null.

function New-Refusal {
    param([int] $Code, [string] $Message)
    return [pscustomobject] @{ code = $Code; message = $Message }
}

function Get-PlaceRefusal {
    # The process and the Windows.
    param([object] $Plan)
    if (-not (Test-Process64)) { return New-Refusal 2 '32 ビットの PowerShell で開かれました。ランチャー（.cmd）をダブルクリックして開いてください。' }
    $release = Get-WindowsRelease
    $windows = $Plan.windows
    if (@($windows.editions) -cnotcontains $release.edition -or
            $release.build -lt $windows.minimumBuild -or $release.build -gt $windows.maximumBuild) {
        return New-Refusal 2 ("この PC の Windows（$($release.edition) ビルド $($release.build)）は、この一式が対象とする Windows ではありません。" +
            '端末の名前と、一式を作ったときの os を確かめてください。')
    }
    if (Test-WriteFilter) { return New-Refusal 2 '統合書き込みフィルター（UWF）が有効のため、変更しても再起動で消えます。UWF を無効にして再起動してから、もう一度開いてください。' }
    return $null
}

function Get-SiblingRefusal {
    # The files of the bundle.
    param([object] $Plan, [string] $Root)
    foreach ($name in @(Get-FieldName $Plan.siblings)) {
        $problem = (Read-Sibling $Plan $Root $name).problem
        if ($problem) { return New-SiblingRefusal $name $problem }
    }
    return $null
}

function New-SiblingRefusal {
    param([string] $Name, [string] $Problem)
    return New-Refusal 3 "一式のファイル「$Name」が$Problem。何も行いませんでした。ベンダーから渡された一式を、フォルダーごとコピーし直してください。"
}

function Get-SiblingHash {
    # SHA-256, as hexadecimal digits.
    param([byte[]] $Bytes)
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try { return [BitConverter]::ToString($sha.ComputeHash($Bytes)).Replace('-', '') } finally { $sha.Dispose() }
}

function Get-SiblingPath {
    param([string] $Root, [string] $Name)
    return [IO.Path]::Combine($Root, $Name.Replace('/', [string] [IO.Path]::DirectorySeparatorChar))
}

function Read-Sibling {
    # bytes of a file of the bundle; problem: why it is not the one that was signed, empty where it is.
    param([object] $Plan, [string] $Root, [string] $Name)
    $path = Get-SiblingPath $Root $Name
    $sibling = [pscustomobject] @{ bytes = $null; problem = 'ありません' }
    if (-not [IO.File]::Exists($path)) { return $sibling }
    $sibling.problem = '読めません'
    # Whoever puts a link there is told by its content: the folder may well stand behind one.
    try { $sibling.bytes = [byte[]] (Read-PlainByte $path 32MB -Linked) } catch { return $sibling }
    $sibling.problem = ''
    if ((Get-SiblingHash $sibling.bytes) -ine [string] (Get-Field $Plan.siblings $Name)) { $sibling.problem = '作成された後に変更されています' }
    return $sibling
}

function Confirm-ComputerName {
    # The PC should have the terminal's name; a person may say that another one is meant. The answer is remembered.
    param([object] $Pass)
    $terminal = [string] $Pass.plan.bundle.terminal
    $name = Get-ComputerText
    if ($name -ieq $terminal) { return $null }
    $known = Get-Field (Read-TrustedJson 'names.json') 'names'
    foreach ($pair in @($known | Where-Object { $_ })) {
        if ($pair.terminal -ieq $terminal -and $pair.computer -ieq $name) { return $null }
    }
    $refusal = New-Refusal 2 "この PC の名前は $name で、この一式は $terminal 用です。別の端末の一式を開いていないか、確かめてください。"
    if ($Pass.reportOnly) { return $refusal }
    $lines = "この PC の名前は $name ですが、この一式は $terminal 用です。",
    "この PC で続けてよい場合は、この PC の名前（$name）を入力してください。（何も入力せずに Enter: 中止）"
    Show-Screen 'この PC の名前' @($lines | ForEach-Object { Split-Text $_ })
    for ($try = 1; $try -le 3; $try++) {
        try { $answer = Read-Answer 'この PC の名前: ' -Expected $name }
        catch { if (Test-Unanswered $_) { return $refusal }; throw }
        if ($answer -ceq '') { return $refusal }
        if ($answer -ine $name) { Write-Line '名前が違います。'; continue }
        if ($Pass.scope -ceq 'machine') {
            $pairs = @($known | Where-Object { $_ }) + @([pscustomobject] @{ terminal = $terminal; computer = $name })
            Write-TrustedJson 'names.json' ([ordered] @{ format = 1; names = $pairs })
        }
        return $null
    }
    return $refusal
}

function Get-PersonRefusal {
    # The user pass belongs to the person whose session it is.
    param([object] $Session)
    if ($null -eq $Session.owner) { return New-Refusal 2 'サインインしている人を確かめられません。いったんサインアウトし、サインインし直してから、ランチャーをダブルクリックして開いてください。' }
    if ($Session.owner -cne $Session.sid) {
        return New-Refusal 2 ("サインインしている人（$(Get-AccountName $Session.owner)）と違う人（$($Session.name)）として開かれました。" +
            '「管理者として実行」や「別のユーザーとして実行」ではなく、ダブルクリックで開いてください。')
    }
    return $null
}

function Get-JournalRefusal {
    # What an unknown or newer version has written is not touched.
    param([object] $Journal, [string] $Mode)
    if ($Mode -ceq 'Verify' -or $Journal.strange.Count -eq 0) { return $null }
    return New-Refusal 2 "この PC の記録（$($Journal.path)）を、この版では扱えません。$($Journal.strange[0]) 最後に使った一式か、それより新しい一式で開いてください。"
}
