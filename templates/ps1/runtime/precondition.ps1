# What must hold before anything is done. Each check gives a refusal, or $null.

function New-Refusal {
    param([int] $Code, [string] $Message)
    return [pscustomobject] @{ code = $Code; message = $Message }
}

function Get-PlaceRefusal {
    # The process, the Windows, and the files of the bundle.
    param([object] $Plan, [string] $Root)
    if (-not (Test-Process64)) { return New-Refusal 2 '32 ビットの PowerShell で開かれました。ランチャー（.cmd）をダブルクリックして開いてください。' }
    $release = Get-WindowsRelease
    $windows = $Plan.windows
    if (@($windows.editions) -cnotcontains $release.edition -or
            $release.build -lt $windows.minimumBuild -or $release.build -gt $windows.maximumBuild) {
        return New-Refusal 2 ("この PC の Windows（$($release.edition) ビルド $($release.build)）は、この一式が対象とする Windows ではありません。" +
            '端末の名前と、一式を作ったときの os を確かめてください。')
    }
    if (Test-WriteFilter) { return New-Refusal 2 '統合書き込みフィルター（UWF）が有効のため、変更しても再起動で消えます。UWF を無効にして再起動してから、もう一度開いてください。' }
    foreach ($name in @(Get-FieldName $Plan.siblings)) {
        $path = [IO.Path]::Combine($Root, $name.Replace('/', [string] [IO.Path]::DirectorySeparatorChar))
        $problem = Get-SiblingProblem $path ([string] (Get-Field $Plan.siblings $name))
        if ($problem) { return New-Refusal 3 "一式のファイル「$name」が$problem。何も行いませんでした。ベンダーから渡された一式を、フォルダーごとコピーし直してください。" }
    }
    return $null
}

function Get-SiblingProblem {
    param([string] $Path, [string] $Hash)
    if (-not [IO.File]::Exists($Path)) { return 'ありません' }
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        # Whoever puts a link there is told by its content: the folder may well stand behind one.
        $found = [BitConverter]::ToString($sha.ComputeHash([byte[]] (Read-PlainByte $Path 32MB -Linked))).Replace('-', '')
    }
    catch { return '読めません' }
    finally { $sha.Dispose() }
    if ($found -ine $Hash) { return '作成された後に変更されています' }
    return ''
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
    Write-Line ''
    Write-Line "この PC の名前は $name ですが、この一式は $terminal 用です。"
    Write-Line "この PC で続けてよい場合は、この PC の名前（$name）を入力してください。（何も入力せずに Enter: 中止）"
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
