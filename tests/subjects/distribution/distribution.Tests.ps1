BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $script:record = 'C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini'
    function Write-Record { param([string] $Text) Edit-Pc { param($machine) $machine.files | Add-Member $record $Text -Force } }
    function Get-Record { param([string] $Part) return Get-State 'distribution-record' ([pscustomobject] @{ path = $record; part = $Part }) }
    function Get-Answer {
        # ok, drift or unknown.
        param([string] $Part, [string] $Wanted)
        $found = Get-Record $Part
        if ($null -ne (Get-Field $found 'unknown')) { return 'unknown' }
        $found.message | Should -Not -BeNullOrEmpty
        if (Test-Kind 'distribution-record' (ConvertFrom-Text $Wanted) $found) { return 'ok' }
        return 'drift'
    }
}

Describe 'distribution-record' {
    BeforeEach {
        Initialize-Pc
        $script:Pass = [pscustomobject] @{ plan = (ConvertFrom-Text '{"bundle": {"facility": {"code": "1319999012"}, "terminal": "OQS-01"}}') }
    }

    It '<part>: unknown before the application has written anything, and where it says nothing of it' -ForEach @(@{ part = 'status' }, @{ part = 'record' }, @{ part = 'server' }, @{ part = 'advanced' }) {
        (Get-Record $part).unknown | Should -Match 'まだありません'
        Write-Record "[Other]`r`nA=1`r`n; Status=x"
        (Get-Record $part).unknown | Should -Match '管理ツール'
        Write-Record ''
        (Get-Record $part).unknown | Should -Match '管理ツール'
    }

    It 'status: <text> is <answer>' -ForEach @(
        @{ text = '未適用更新ファイルなし'; answer = 'ok' }, @{ text = 'サーバー接続の定期実行待ち(接続済) [再開予定時刻 12:00]'; answer = 'ok' }
        @{ text = '再起動待ち'; answer = 'drift' }, @{ text = '停止中'; answer = 'drift' }, @{ text = 'サーバー接続待ち'; answer = 'drift' }, @{ text = '謎'; answer = 'drift' }
        @{ text = 'ダウンロード中'; answer = 'unknown' }, @{ text = 'アップデート中（3/5）'; answer = 'unknown' }, @{ text = ''; answer = 'unknown' }
    ) {
        Write-Record "[Settings]`r`nStatus=停止中`r`n[ＩｎｆｏｒｍａｔｉｏＮ]`r`n status = $text `r`nLast=1"
        Get-Answer 'status' '{"states": ["clean", "probably-clean"]}' | Should -BeExactly $answer
    }

    It 'status: tells done from probably done' {
        (ConvertTo-UpdateStatus '未適用更新ファイルなし').state | Should -BeExactly 'clean'
        (ConvertTo-UpdateStatus 'サーバー接続の定期実行待ち').state | Should -BeExactly 'probably-clean'
        (ConvertTo-UpdateStatus 'サーバー接続待ち').state | Should -BeExactly 'again'
        (ConvertTo-UpdateStatus '停止中').state | Should -BeExactly 'stopped'
    }

    It 'record: <text> is <answer>' -ForEach @(
        @{ text = "医療機関コード=1319999012`nコンピューター名=oqs-01"; answer = 'ok' }, @{ text = "医療機関コード：１３１９９９９０１２`nコンピューター名：OQS-01"; answer = 'ok' }
        @{ text = "[A]`nMedicalInstitutionCode=`"1319999012`"`nComputerName=OQS-01"; answer = 'ok' }, @{ text = "X=1319999012`nY=OQS-01"; answer = 'ok' }
        @{ text = "医療機関等コード=1319999004`nコンピューター名=OQS-01"; answer = 'drift' }, @{ text = "医療機関コード=1319999012`nコンピューター名=OQS-02"; answer = 'drift' }
        @{ text = "時刻=1732158000`nコンピューター名=OQS-01"; answer = 'unknown' }, @{ text = '医療機関コード=1319999012'; answer = 'unknown' }, @{ text = "医療機関コード=`nコンピューター名=OQS-01"; answer = 'unknown' }
    ) {
        Write-Record $text
        Get-Answer 'record' '{"code": "1319999012", "ownComputer": true}' | Should -BeExactly $answer
    }

    It 'reads a key and a value as they stand: <text>' -ForEach @(
        @{ text = 'a=b=c:d'; key = 'a'; value = 'b=c:d' }, @{ text = ' a : b=c '; key = 'a : b'; value = 'c' }, @{ text = "`ta`t:`t`"b c`" "; key = 'a'; value = 'b c' }
        @{ text = '=a:b'; key = '=a'; value = 'b' }, @{ text = '[a=b'; key = '[a'; value = 'b' }, @{ text = 'a='; key = 'a'; value = '' }
    ) {
        $entry = @(ConvertFrom-IniText "[ X ]`n; a=b`n#c`n$text`n=`n:`n[]`n$(' ' * 200000)x")
        $entry.Length | Should -Be 1
        $entry[0].section, $entry[0].key, $entry[0].value | Should -Be @('X', $key, $value)
    }

    It 'reads no file of more than a megabyte' {
        Write-Record ('Status=' + 'x' * 1048576)
        { Get-Record 'status' } | Should -Throw '*大きすぎる*'
    }

    It 'server: <text> is <answer>' -ForEach @(
        @{ text = '接続する配信サーバー=クラウド'; answer = 'ok' }, @{ text = 'Server=配信拠点（推奨）'; answer = 'drift' }
        @{ text = "A=クラウド`nB=配信拠点(推奨)"; answer = 'unknown' }, @{ text = 'Url=https://pweb.base.oqs-pdl.org/'; answer = 'unknown' }, @{ text = 'Server=1'; answer = 'unknown' }
    ) {
        Write-Record $text
        Get-Answer 'server' '{"server": "cloud"}' | Should -BeExactly $answer
        if ($answer -ceq 'drift') { (Get-Record 'server').message | Should -Match '^DISTRO_SERVER_MISMATCH' }
    }

    It 'advanced: <text> is <answer>' -ForEach @(
        @{ text = "拡張パス=`n開発者向けコード="; answer = 'ok' }, @{ text = "拡張パス=C:\x`n開発者向けコード="; answer = 'drift' }, @{ text = 'Path=C:\x'; answer = 'unknown' }
    ) {
        Write-Record $text
        Get-Answer 'advanced' '{"empty": true}' | Should -BeExactly $answer
        if ($answer -ceq 'drift') { (Get-Record 'advanced').message | Should -Match '拡張パス$' }
    }
}

Describe 'distribution-record, asked of a person' {
    BeforeEach {
        Initialize-Pc
        foreach ($name in 'journal.jsonl', 'console.txt') { [IO.File]::Delete("$env:OQSGEN_FAKE/$name") }
        $script:step = ConvertFrom-Text (@'
{"id": "distribution-server", "kind": "distribution-record", "scope": "user", "how": "guided", "title": "接続先", "what": "見る。", "check": "", "values": [],
 "target": {"path": "RECORD", "part": "server"}, "wanted": {"server": "cloud"}}
'@.Replace('RECORD', $record.Replace('\', '\\')))
        function Invoke-Asking {
            param([string[]] $Answers)
            $script:Pass = [pscustomobject] @{ bundle = 'b1'; boot = '2026-11-21 07:00'; next = (New-Object Collections.ArrayList); journal = (Read-Journal "$env:OQSGEN_FAKE/journal.jsonl") }
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false; answers = $Answers }
            $script:FakeAnswer = 0
            return Invoke-GuidedStep $step $script:Pass
        }
    }

    It 'asks nothing where the file says it' {
        Write-Record '接続する配信サーバー=クラウド'
        $said = Invoke-Asking @()
        "$($said.status) $($said.message)" | Should -BeExactly "ok "
    }

    It 'takes the word of the person where the file does not say it, once' {
        Write-Record 'Server=1'
        (Invoke-Asking @('s')).message | Should -Match '後で行う'
        (Invoke-Asking @('')).message | Should -Match '済んだと答えました'
        (Invoke-Asking @()).message | Should -Match '済んだと答えました'
    }

    It 'takes nobody''s word against the file' {
        Write-Record 'Server=配信拠点'
        $said = Invoke-Asking @('')
        $said.status | Should -BeExactly 'drift'
        $said.message | Should -Match 'DISTRO_SERVER_MISMATCH'
    }
}

Describe 'desktop-icon' {
    BeforeEach { Initialize-Pc; $script:target = ConvertFrom-Text '{"name": "*管理ツール*.lnk", "brought": "C:\\a\\Version.Info"}' }

    It 'unknown, missing, there' {
        (Get-State 'desktop-icon' $target).unknown | Should -Match 'Version\.Info'
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\a\Version.Info' '1.0' }
        Test-Kind 'desktop-icon' (ConvertFrom-Text '{"present": true}') (Get-State 'desktop-icon' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine | Add-Member installers (ConvertFrom-Text '{"C:\\Users\\Public\\Desktop\\x\\管理ツール.lnk": {"text": ""}}') }
        Test-Kind 'desktop-icon' (ConvertFrom-Text '{"present": true}') (Get-State 'desktop-icon' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine.installers | Add-Member 'C:\Users\OqsComApp\Downloads\管理ツール.lnk' ([pscustomobject] @{ text = '' }) }
        Test-Kind 'desktop-icon' (ConvertFrom-Text '{"present": true}') (Get-State 'desktop-icon' $target) | Should -BeFalse -Because 'a download is no icon'
        Edit-Pc { param($machine) $machine.installers | Add-Member 'C:\Users\Public\Desktop\オンライン資格確認配信アプリケーション管理ツール.lnk' ([pscustomobject] @{ text = '' }) }
        Test-Kind 'desktop-icon' (ConvertFrom-Text '{"present": true}') (Get-State 'desktop-icon' $target) | Should -BeTrue
    }
}
