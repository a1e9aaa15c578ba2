BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function Add-File {
        param([string] $Path, [string] $From = '')
        Edit-Pc { param($machine)
            if ($null -eq $machine.PSObject.Properties['installers']) { $machine | Add-Member -NotePropertyName 'installers' -NotePropertyValue ([pscustomobject] @{}) }
            $machine.installers | Add-Member -NotePropertyName $Path -NotePropertyValue ([pscustomobject] @{ text = 'secret inside'; from = $From })
        }
    }
}

Describe 'leftover' {
    BeforeEach {
        Initialize-Pc
        $pdf = ConvertFrom-Text '{"folders": ["person", "edge"], "names": ["*.pdf"], "depth": 1, "from": "onshikaku.org"}'
        $work = ConvertFrom-Text '{"folders": ["C:\\Work"], "names": ["*セットアップ用テキスト*.txt", "*.csv", "*.pdf"], "depth": 2, "from": null}'
        $none = ConvertFrom-Text '{"files": 0}'
        function Test-Clean { param([object] $Target) return (Test-Kind 'leftover' $none (Get-State 'leftover' $Target)) }
    }

    It 'finds nothing on a clean PC' { Test-Clean $pdf | Should -BeTrue; Test-Clean $work | Should -BeTrue }

    It 'takes a PDF marked "<from>" as left: <left>' -ForEach @(
        @{ from = "[ZoneTransfer]`nZoneId=3`nReferrerUrl=https://hweb.oqs.onshikaku.org/web/`nHostUrl=about:internet"; left = $true }
        @{ from = "[ZoneTransfer]`r`nZoneId=3`r`nHostUrl=https://hweb.oqs.onshikaku.org/web/x.pdf"; left = $true }
        @{ from = "[ZoneTransfer]`nZoneId=3`nHostUrl=about:internet"; left = $true }
        @{ from = "[ZoneTransfer]`nZoneId=3"; left = $true }
        @{ from = "[ZoneTransfer]`nZoneId=3`nHostUrl=https://business.ntt-east.co.jp/support/manual.pdf"; left = $false }
        @{ from = "[ZoneTransfer]`nZoneId=3`nHostUrl=https://notonshikaku.org/x.pdf"; left = $false }
        @{ from = "[ZoneTransfer]`nZoneId=3`nHostUrl=blob:https://hweb.oqs.onshikaku.org/0a1b"; left = $true }
        @{ from = "[ZoneTransfer]`nZoneId=3`nHostUrl=blob:https://mail.example.com/0a1b"; left = $false }
        @{ from = "[ZoneTransfer]`nZoneId=3`nReferrerUrl=C:\Users\OqsComApp\Downloads\manual.zip"; left = $false }
        @{ from = "[ZoneTransfer]`r`nZoneId=3`r`nReferrerUrl=\\nas\share\manual.zip"; left = $false }
        @{ from = ''; left = $false }
    ) {
        Add-File 'C:\Users\OqsComApp\Downloads\患者 太郎.pdf' $from
        Test-Clean $pdf | Should -Be (-not $left)
        $text = ConvertTo-Canonical (Get-State 'leftover' $pdf)
        $text | Should -Not -Match '太郎|secret inside' -Because 'a downloaded file may be named after a patient'
        if ($left) { (Get-State 'leftover' $pdf).message | Should -Match 'LEFTOVER_PDF.*ダウンロード' }
    }

    It 'looks into Edge''s temporary folder, whatever its number' {
        Add-File 'C:\Users\OqsComApp\AppData\Local\Temp\MicrosoftEdgeDownloads\a1b2c3\x.pdf' "[ZoneTransfer]`nHostUrl=about:internet"
        Add-File 'C:\Users\OqsComApp\AppData\Local\Temp\other\x.pdf' "[ZoneTransfer]`nHostUrl=about:internet"
        (Get-State 'leftover' $pdf).places | ForEach-Object { "$($_.place) $($_.files)" } | Should -Be 'edge 1'
    }

    It 'names what the vendor''s own folder still holds' {
        Add-File 'C:\Work\SOバッチ_v1.2\資格確認端末セットアップ用テキストv1.2版.txt'
        Add-File 'C:\Work\SOバッチ_v1.2\csv\医科歯科用_20260401.csv'
        Add-File 'C:\Work\InitializeFace.bat'
        Add-File 'C:\Workshop\x.csv'
        Test-Clean $work | Should -BeFalse
        @((Get-State 'leftover' $work).names) | Should -Be @('C:\Work\SOバッチ_v1.2\csv\医科歯科用_20260401.csv', 'C:\Work\SOバッチ_v1.2\資格確認端末セットアップ用テキストv1.2版.txt')
        (Get-State 'leftover' $work).message | Should -Match 'PLAINTEXT_SECRETS'
        ConvertTo-Canonical (Get-State 'leftover' $work) | Should -Not -Match 'secret inside'
    }
}

Describe 'account-csv' {
    BeforeAll {
        $root = [IO.Path]::Combine($env:OQSGEN_FAKE, 'stick', 'bundle')
        $null = [IO.Directory]::CreateDirectory($root)
        $csv = [IO.Path]::Combine($env:OQSGEN_FAKE, 'stick', '一括登録.csv')
        $two = "R0RENK01,連携,ひみつ1`r`nF0FACE01,顔認証,ひみつ2`r`n"
        $sjis = [Text.Encoding]::GetEncoding(932)
        function Get-Found {
            param([byte[]] $Bytes)
            [IO.File]::WriteAllBytes($csv, $Bytes)
            # The fake reads what the installer brings; this file really stands beside the bundle.
            function Read-FileByte { param([string] $Path) if ($Path -match '太郎') { $script:CsvRead++ }; return , [IO.File]::ReadAllBytes($Path) }
            function Get-FileSize { param([string] $Path) if ($Path -match 'locked') { throw (New-Object IO.IOException("$Path is in use")) }; return (New-Object IO.FileInfo($Path)).Length }
            return Get-State 'account-csv' ([pscustomobject] @{ place = 'beside the bundle' })
        }
        $wanted = ConvertFrom-Text '{"rows": 2}'
        $script:CsvRead = 0
    }
    BeforeEach { Initialize-Pc; $script:Pass = [pscustomobject] @{ root = $root; beside = [IO.Path]::GetDirectoryName($root); journal = $null; plan = [pscustomobject] @{ steps = @([pscustomobject] @{ kind = 'account-csv'; wanted = $wanted }) } }; foreach ($path in [IO.Directory]::GetFiles([IO.Path]::GetDirectoryName($root))) { [IO.File]::Delete($path) } }
    AfterEach { $script:Pass = $null }

    It 'knows nothing without a file' { (Get-State 'account-csv' ([pscustomobject] @{ place = 'beside the bundle' })).unknown | Should -Match 'CSV' }

    It 'takes Shift-JIS with so many lines, with headings or without' {
        foreach ($text in $two, $two.TrimEnd(), "種別,名称,初期`r`n$two", "$two`r`n,,`r`n") {
            $found = Get-Found $sjis.GetBytes($text)
            Test-Kind 'account-csv' $wanted $found | Should -BeTrue -Because $text
            ConvertTo-Canonical $found | Should -Not -Match 'ひみつ|RENK' -Because 'it holds passwords'
        }
        Test-Kind 'account-csv' $wanted (Get-Found $sjis.GetBytes("a,1`r`nb,2`r`n")) | Should -BeTrue -Because 'ASCII is Shift-JIS too'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'UTF-8'; bytes = [Text.Encoding]::UTF8.GetBytes("R0,連携`r`nF0,顔`r`n") }
        @{ what = 'UTF-8 with a mark'; bytes = [byte[]] (0xef, 0xbb, 0xbf) + [Text.Encoding]::ASCII.GetBytes("a`r`nb`r`n") }
        @{ what = 'UTF-16'; bytes = [byte[]] (0xff, 0xfe) + [Text.Encoding]::Unicode.GetBytes("a`r`nb`r`n") }
        @{ what = 'what is no text'; bytes = [byte[]] (0x61, 0x0d, 0x0a, 0x81) }
        @{ what = 'LF alone'; bytes = [Text.Encoding]::ASCII.GetBytes("a`nb`n") }
        @{ what = 'CR alone'; bytes = [Text.Encoding]::ASCII.GetBytes("a`rb`r") }
    ) {
        $found = Get-Found $bytes
        Test-Kind 'account-csv' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'CSV_ENCODING'
    }

    It 'refuses too few and too many lines' {
        foreach ($text in "a`r`n", "a`r`nb`r`nc`r`nd`r`n", '') {
            $found = Get-Found $sjis.GetBytes($text)
            Test-Kind 'account-csv' $wanted $found | Should -BeFalse
            $found.message | Should -Match '行数'
        }
    }

    It 'says nothing of other files, and is content with one that fits' {
        [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/stick/患者 太郎.csv", [Text.Encoding]::UTF8.GetBytes("山田`n"))
        [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/stick/locked.csv", [byte[]] @(65))
        $found = Get-Found $sjis.GetBytes($two)
        Test-Kind 'account-csv' $wanted $found | Should -BeTrue
        $found.files | Should -Be 3
        ConvertTo-Canonical $found | Should -Not -Match '太郎|山田|locked|一括登録\.csv'
        $found = Get-Found $sjis.GetBytes("a`r`nb`r`nc`r`nd`r`n")
        $found.unknown | Should -Match 'CSV が 3 個.*Shift-JIS ではありません.*4 行.*（2 行'
        @(Get-FieldName $found) | Should -Be 'unknown'
        $found.unknown | Should -Not -Match '太郎|山田|locked'
    }

    It 'does not even read a large file' {
        $script:CsvRead = 0
        [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/stick/太郎.csv", (New-Object byte[] 65537))
        (Get-Found $sjis.GetBytes($two)).files | Should -Be 1
        $script:CsvRead | Should -Be 0
        [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/stick/太郎.csv", (New-Object byte[] 65536))
        (Get-Found $sjis.GetBytes($two)).files | Should -Be 2
        $script:CsvRead | Should -Be 1
    }
}
