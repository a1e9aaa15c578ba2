# What the 配信アプリケーション has written about itself (OQSDistroApp.ini). Its keys are documented nowhere but for
# [Information] Status= (ntt-west, almex), so it is only read, and judged only where an entry says itself what it is.
# part: status, record (whose terminal this is), server (接続する配信サーバー), advanced (高度な設定).

$script:RecordUnread = 'OQSDistroApp.ini からは読み取れません。配信アプリケーション管理ツールの画面で確かめてください。'

$script:DownloadAgain = 'メモ帳を閉じ、「今すぐダウンロード」をもう一度押してください。「配信実績の確認」で「アップデート中」か「ダウンロード中」に' +
    '変わることを確かめ、変わらなければ、少し置いてから試してください。'

# Text of Status → what it means (distro-check P.8, ntt-west, almex ⑪), and what to do.
$script:UpdateStatus = @(
    @{ text = '未適用更新ファイルなし'; state = 'clean'; say = '更新はすべて済んでいます。' }
    @{ text = '定期実行待ち'; state = 'probably-clean'; say = '更新は済み、次の定期実行を待っています（未適用の更新がないとまでは表示されていません）。' }
    @{ text = '再起動待ち'; state = 'restart'; say = 'メモ帳を閉じて、端末を再起動してください。' }
    @{ text = 'アップデート中'; state = 'wait'; say = 'メモ帳を閉じ、少し置いて、もう一度「配信実績の確認」を押してください。' }
    @{ text = 'ダウンロード中'; state = 'wait'; say = 'メモ帳を閉じ、少し置いて、もう一度「配信実績の確認」を押してください。' }
    @{ text = 'サーバー接続待ち'; state = 'again'; say = $script:DownloadAgain }
    @{ text = '停止中'; state = 'stopped'; say = $script:DownloadAgain }
)

Register-Kind 'distribution-record' -Format 1 -PersonSees -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.path)) {
        return [pscustomobject] @{ unknown = "OQSDistroApp.ini がまだありません（$($Target.path)）。配信アプリケーションの導入と最初の接続のあとにできます。" }
    }
    $entries = @(ConvertFrom-IniText (ConvertFrom-FileByte (Read-FileByte -Path $Target.path -Limit 1048576)))
    switch ($Target.part) {
        'status' { return Get-RecordStatus $entries }
        'record' { return Get-RecordOwner $entries }
        'server' { return Get-RecordServer $entries }
        'advanced' { return Get-RecordAdvanced $entries }
    }
    throw "unknown part: $($Target.part)"
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $states = Get-Field $Wanted 'states'
    if ($null -ne $states) { return (@($states) -ccontains $Found.state) }
    $code = Get-Field $Wanted 'code'
    if ($null -eq $code) { return Test-Wanted $Wanted $Found }
    return (@($Found.codes) -ccontains $code -and $Found.ownComputer)
} -Conversation {
    param($Step, $Pass)
    # Where the file does not say it, the person's word counts.
    $found = Invoke-VerifyStep $Step $Pass
    if ($found.status -ceq 'ok') { return $found }
    Write-Line "$($Step.title): $($found.message)"
    $said = Invoke-Guidance $Step $Pass
    if ($found.status -ceq 'unknown') { return $said }
    return Invoke-VerifyStep $Step $Pass
}

function ConvertFrom-IniText {
    # section, key and value of each line, in half width; comments and lines of another form are left out.
    param([string] $Text)
    $section = ''
    foreach ($raw in $Text.TrimStart([char] 0xfeff).Normalize([Text.NormalizationForm]::FormKC) -split '\r\n|\r|\n') {
        $line = $raw.Trim()
        if ($line -cmatch '^[;#]') { continue }
        if ($line -cmatch '^\[([^\]]+)\]$') { $section = $Matches[1].Trim(); continue }
        # A value may hold a colon; where there is no equals sign the first colon parts the two.
        $at = $line.IndexOf('=')
        if ($at -le 0) { $at = $line.IndexOf(':') }
        if ($at -le 0) { continue }
        [pscustomobject] @{ section = $section; key = $line.Substring(0, $at).Trim(); value = $line.Substring($at + 1).Trim().Trim('"') }
    }
}

function Find-IniValue {
    # The values of the entries whose key matches.
    param([object[]] $Entries, [string] $Key)
    $Entries | Where-Object { $_.key -match $Key } | ForEach-Object { $_.value }
}

function ConvertTo-UpdateStatus {
    # What a text of Status means; other where it is none that the documents name.
    param([string] $Text)
    foreach ($known in $script:UpdateStatus) {
        if ($Text.Contains($known.text)) { return [pscustomobject] @{ state = $known.state; message = "$Text … $($known.say)" } }
    }
    return [pscustomobject] @{ state = 'other'; message = "資料にない表示です: $Text" }
}

function Read-UpdateStatus {
    # As ConvertTo-UpdateStatus, what the file says now; $null where it says nothing.
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    $text = @(Find-StatusText @(ConvertFrom-IniText (ConvertFrom-FileByte (Read-FileByte -Path $Path -Limit 1048576))))
    if ($text.Length -eq 0) { return $null }
    return ConvertTo-UpdateStatus $text[0]
}

function Find-StatusText {
    param([object[]] $Entries)
    $Entries | Where-Object { $_.section -ieq 'Information' -and $_.key -ieq 'Status' -and $_.value -cne '' } | ForEach-Object { $_.value }
}

function Get-RecordStatus {
    param([object[]] $Entries)
    $text = @(Find-StatusText $Entries)
    if ($text.Length -eq 0) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $status = ConvertTo-UpdateStatus $text[0]
    # Under way: it will be another one soon.
    if ($status.state -ceq 'wait') { return [pscustomobject] @{ unknown = $status.message } }
    return $status
}

function Get-RecordOwner {
    # Only an entry that names itself is judged; beyond that, our own values count wherever they stand.
    param([object[]] $Entries)
    $bundle = $script:Pass.plan.bundle
    # The first of the words is as good as any: (?>) goes back to no other, however long the key is.
    $key = '^(?>.*?医療機関).*コード|^(?>.*?(medical|institution|facility)).*code'
    $codes = @(Find-IniValue $Entries $key | Where-Object { $_ -cmatch '^\d{10}$' })
    $computers = @(Find-IniValue $Entries 'コンピューター?名|computer_?name|host_?name' | Where-Object { $_ })
    if ($codes.Length -eq 0) { $codes = @($Entries | Where-Object { $_.value -ceq $bundle.facility.code } | ForEach-Object { $_.value }) }
    if ($computers.Length -eq 0) {
        $computers = @($Entries | Where-Object { $_.value -ieq (Get-ComputerText) } | ForEach-Object { $_.value })
    }
    if ($codes.Length -eq 0 -or $computers.Length -eq 0) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $codes = @($codes | Sort-Object -Unique)
    $computers = @($computers | Sort-Object -Unique)
    return [pscustomobject] @{
        codes = $codes; computers = $computers; ownComputer = ($computers -icontains (Get-ComputerText))
        message = "配信実績の医療機関コードは $($codes -join '、')、コンピューター名は $($computers -join '、') です。" +
            'この端末と違うときは、高速スタートアップが無効か、電子証明書が取り込まれているか、起動タスクが登録されているかを順に確かめてください。'
    }
}

function Get-RecordServer {
    # An entry whose value is the very text of the screen.
    param([object[]] $Entries)
    $found = @(foreach ($entry in $Entries) {
            if ($entry.value -ceq 'クラウド') { 'cloud' }
            elseif (@('配信拠点(推奨)', '配信拠点') -ccontains $entry.value) { 'base' }
        }) | Sort-Object -Unique
    $found = @($found)
    if ($found.Length -ne 1) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $name = @{ cloud = 'クラウド'; base = '配信拠点(推奨)' }[$found[0]]
    return [pscustomobject] @{
        server = $found[0]
        message = "DISTRO_SERVER_MISMATCH: 「接続する配信サーバー」が「$name」になっています。「設定の変更」で、この施設の値を選び直し、接続確認をやり直してください。"
    }
}

function Get-RecordAdvanced {
    param([object[]] $Entries)
    $named = @($Entries | Where-Object { @('拡張パス', '開発者向けコード') -ccontains $_.key })
    if ($named.Length -eq 0) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $filled = @($named | Where-Object { $_.value } | ForEach-Object { $_.key })
    return [pscustomobject] @{
        empty = ($filled.Length -eq 0)
        message = "指示がない限り空にする項目に、値が入っています: $($filled -join '、')"
    }
}
