BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function Start-Typing {
        param([string[]] $Answers)
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; answers = $Answers }
        $script:FakeAnswer = 0
        $script:PortalChoice = $null
        $script:Log.Clear()
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/console.txt", '')
    }

    function Invoke-Step {
        # As the engine does: ask for what is needed; where something is missing, nothing is set.
        $requests = @(Get-NeededSecret 'portal-password' -Target $portal -State $wanted -Found (Get-State 'portal-password' $portal) -Default @())
        Read-Secret $requests
        if (@($requests | ForEach-Object { Get-SecretName $_ } | Where-Object { -not (Test-SecretKnown $_) }).Length -gt 0) { return 'skipped' }
        Invoke-Set 'portal-password' $portal $wanted
        return 'set'
    }

    function Get-Console { return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") }

    function Get-Text {
        param([Security.SecureString] $Secret)
        return (New-Object Net.NetworkCredential('', $Secret)).Password
    }
}

Describe 'the rule of the portal' {
    It 'takes "<text>" as <ok>' -ForEach @(
        @{ text = 'Abcdef1!'; ok = $true }, @{ text = 'Abcdef1'; ok = $false }, @{ text = 'Abcde1!'; ok = $false }
        @{ text = 'abcdef1!'; ok = $false }, @{ text = 'ABCDEF1!'; ok = $false }, @{ text = 'Abcdefg!'; ok = $false }, @{ text = 'Abcdefg1'; ok = $false }
        @{ text = 'Abcdefghij123456789!'; ok = $true }, @{ text = 'Abcdefghij1234567890!'; ok = $false }
        @{ text = 'Abcdef1!+'; ok = $false }, @{ text = 'Abcdef1!='; ok = $false }, @{ text = 'Abcdef1!:'; ok = $false }, @{ text = 'Abcdef1!`'; ok = $false }
        @{ text = 'Abcdef1!"'; ok = $false }, @{ text = 'Abcdef1!\'; ok = $false }, @{ text = 'Abcdef1! '; ok = $false }, @{ text = "Abcdef1!`n"; ok = $false }
        @{ text = 'Ａbcdef1!'; ok = $false }, @{ text = 'Abcdef1!あ'; ok = $false }, @{ text = 'Abcdef1！'; ok = $false }
    ) { Test-SecretRule (Get-TestSecret $text) (Get-PortalPasswordRule) | Should -Be $ok }

    It 'takes each of the symbols that the portal takes' {
        foreach ($symbol in '~ ! @ # $ % ^ & * _ { } [ ] | ; '' < > , . ? - ( ) /'.Split(' ')) { Test-SecretRule (Get-TestSecret "Abcdef1$symbol") (Get-PortalPasswordRule) | Should -BeTrue -Because $symbol }
    }
}

Describe 'a made password' {
    It 'meets the rule, is long enough never to end, and is another one each time' {
        $seen = @{}
        for ($n = 0; $n -lt 200; $n++) {
            $secret = New-PortalPassword
            $text = Get-Text $secret
            $text | Should -MatchExactly '^[A-Za-z][0-9A-Za-z!#$%&*?_-]{15}$'
            Test-SecretRule $secret (Get-PortalPasswordRule) | Should -BeTrue
            $text | Should -Not -MatchExactly '[0O1lI]'
            $seen[$text] = $true
        }
        $seen.Count | Should -Be 200
    }

    It 'draws without favour' {
        # 65 characters: with a plain remainder of a byte the first 61 would come up a third more often than the last four.
        $counts = New-Object int[] 65
        for ($n = 0; $n -lt 13000; $n++) { $counts[(New-RandomIndex 65)]++ }
        $few = 0
        foreach ($count in $counts[61..64]) { $few += $count }
        $few | Should -BeGreaterThan 690
        ($counts | Measure-Object -Minimum).Minimum | Should -BeGreaterThan 120
    }
}

Describe 'portal-password' {
    BeforeAll { $shippedRounds = $script:PortalRounds }
    BeforeEach {
        Initialize-Pc
        # How slow a trace is to try is looked at once, below.
        $script:PortalRounds = 1000
        if ([IO.Directory]::Exists((Get-ProtectedFolder))) { [IO.Directory]::Delete((Get-ProtectedFolder), $true) }
        # The same key each time: 8 bits of two different beginnings are equal once in 256 keys.
        Write-ProtectedItem 'mark' ([byte[]] (1..32))
        $script:Pass = [pscustomobject] @{ plan = [pscustomobject] @{ deniedSecrets = @('7b16e9cb5f3e1ba3aaa1c5a4b9bb2ca2b6fb5b3d4a7f4d0cdb7d0f8a0bdc0f0e') }; journal = $null }
        $portal = ConvertFrom-Text '{"site": "portal"}'
        $wanted = ConvertFrom-Text '{"accounts": [{"account": "管理アカウント", "expires": true, "credential": null}, {"account": "連携用 R0RENK01", "expires": false, "credential": "OQS_LOGIN_KEY"}]}'
    }
    AfterEach { $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }; $script:Pass = $null }

    It 'shows a password for each account once, in the window alone' {
        Start-Typing ''
        Invoke-Step | Should -BeExactly 'set'
        foreach ($name in '管理アカウント', '連携用 R0RENK01') {
            $text = Get-Text $script:Secret["portal $name"]
            (Get-Console) | Should -Match ([regex]::Escape("${name}: $text"))
            ($script:Log -join "`n") | Should -Not -Match ([regex]::Escape($text))
            ConvertTo-Canonical (Get-State 'portal-password' $portal) | Should -Not -Match ([regex]::Escape($text))
        }
        Test-SecretEqual $script:Secret['cred OQS_LOGIN_KEY'] $script:Secret['portal 連携用 R0RENK01'] | Should -BeTrue
        Test-Kind 'portal-password' $wanted (Get-State 'portal-password' $portal) | Should -BeTrue
        @((Get-State 'portal-password' $portal).accounts | ForEach-Object { $_.how } | Select-Object -Unique) | Should -Be @('made')
    }

    It 'keeps what is made for the person alone until it is used, however often the script starts' {
        Start-Typing ''
        Invoke-Step | Should -BeExactly 'set'
        $text = Get-Text $script:Secret['portal 連携用 R0RENK01']
        Clear-Secret
        Import-SavedSecret
        Get-Text $script:Secret['cred OQS_LOGIN_KEY'] | Should -BeExactly $text
        Get-Text $script:Secret['portal 連携用 R0RENK01'] | Should -BeExactly $text
        foreach ($path in [IO.Directory]::GetFiles((Get-ProtectedFolder))) {
            $bytes = [Convert]::FromBase64String([IO.File]::ReadAllText($path))
            foreach ($encoding in 'Unicode', 'UTF8') { [Text.Encoding]::$encoding.GetString($bytes) | Should -Not -Match ([regex]::Escape($text)) }
        }
        Clear-Secret
        $script:FakeSession.as = 'receiptcom'
        Import-SavedSecret
        @($script:Secret.Keys) | Should -Be @() -Because 'it is somebody else''s'
        $script:FakeSession.as = 'OqsComApp'
        Import-SavedSecret
        $user = ConvertFrom-Text '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'
        Invoke-Set 'credential' ([pscustomobject] @{ name = 'OQS_LOGIN_KEY' }) $user
        @(Get-SavedSecretName | Sort-Object) | Should -Be @('portal 管理アカウント', 'portal 連携用 R0RENK01') -Because 'it is registered'
        Invoke-Set 'portal-password' $portal $null
        @(Get-SavedSecretName) | Should -Be @()
    }

    It 'shows the same again where it was cut short before anybody had written it down' {
        $script:Pass = [pscustomobject] @{ plan = [pscustomobject] @{ deniedSecrets = @() }; journal = $null }
        Start-Typing ''
        Mock Read-TypedAnswer { & $Shown; throw 'cut' }
        { Read-PortalChoice @($wanted.accounts) } | Should -Throw 'cut'
        $shown = [regex]::Match((Get-Console), '　管理アカウント: \S{16}').Value
        $shown | Should -Not -BeNullOrEmpty
        Clear-Secret
        Import-SavedSecret
        Start-Typing ''
        { Read-PortalChoice @($wanted.accounts) } | Should -Throw 'cut'
        Get-Console | Should -Match ([regex]::Escape($shown))
    }

    It 'forgets what it made where the person decides: <how>' -ForEach @(
        @{ how = 'typed'; answers = @('2', 'Kanri-2026-abc', 'Renkei-2026-abc', 'Renkei-2026-abc') }, @{ how = 'elsewhere'; answers = @('3') }
    ) {
        Start-Typing $answers
        Invoke-Step | Should -BeExactly 'set'
        @((Get-State 'portal-password' $portal).accounts | ForEach-Object { $_.how } | Select-Object -Unique) | Should -Be @($how)
        @(Get-SavedSecretName) | Should -Be @()
    }

    It 'shows the same again where it was put off' {
        Start-Typing 's'
        Invoke-Step | Should -BeExactly 'skipped'
        $shown = [regex]::Match([IO.File]::ReadAllText("$env:OQSGEN_FAKE/cleared.txt"), '　管理アカウント: \S{16}').Value
        Clear-Secret
        Import-SavedSecret
        Start-Typing ''
        Invoke-Step | Should -BeExactly 'set'
        $shown | Should -BeExactly "　管理アカウント: $(Get-Text $script:Secret['portal 管理アカウント'])"
    }

    It 'asks only for the account of this PC where another terminal has decided about those of the clinic' {
        Mock Find-ClinicState { ConvertFrom-Text '{"accounts": [{"account": "管理アカウント", "how": "made"}, {"account": "連携用 R0RENK01", "how": "made"}]}' }
        Start-Typing '1', ''
        Invoke-Step | Should -Be 'set'
        Get-Console | Should -Not -Match '管理アカウント'
        Get-Console | Should -Match '　連携用 R0RENK01: \S{16}'
        $found = Get-State 'portal-password' $portal
        @($found.accounts | Sort-Object -Property account | ForEach-Object { $_.how }) | Should -Be 'elsewhere', 'made'
        Test-State 'portal-password' -Wanted $wanted -Found $found | Should -BeTrue
    }

    It 'takes the passwords from the window once they are written down' {
        Start-Typing ''
        Invoke-Step | Should -BeExactly 'set'
        $cleared = [IO.File]::ReadAllText("$env:OQSGEN_FAKE/cleared.txt")
        foreach ($name in '管理アカウント', '連携用 R0RENK01') { $cleared | Should -Match ([regex]::Escape((Get-Text $script:Secret["portal $name"]))) }
        (Get-Console).Substring($cleared.Length) | Should -BeLike '*画面から消しました*'
    }

    It 'makes none where a policy (<hive>) has the window written to a file' -ForEach @(@{ hive = 'HKLM' }, @{ hive = 'HKCU' }) {
        Set-RegistryEntry -Hive $hive -Key 'SOFTWARE\Policies\Microsoft\Windows\PowerShell\Transcription' -Name 'EnableTranscripting' -Type 'DWord' -Data 1
        Start-Typing '1', '1', '1'
        Invoke-Step | Should -BeExactly 'skipped' -Because 'what cannot be chosen decides nothing'
        @($script:Secret.Keys) | Should -Be @()
        Get-State 'portal-password' $portal | Should -BeNullOrEmpty
        $script:Log -join '' | Should -Match 'ここでは作れません'
        $script:Log -join '' | Should -Not -Match '書き写したら'
        Get-Console | Should -Not -Match '(?m)^　管理アカウント: '
        Set-RegistryEntry -Hive $hive -Key 'SOFTWARE\Policies\Microsoft\Windows\PowerShell\Transcription' -Name 'EnableTranscripting' -Type 'DWord' -Data 0
        Test-Transcription | Should -BeFalse
    }

    It 'judges what is typed and keeps only hashes of it' {
        Start-Typing '2', 'short', 'Kanri-2026-abc', 'Renkei-2026-abc', 'Renkei-2026-abc'
        Invoke-Step | Should -BeExactly 'set'
        @($script:Log | Where-Object { $_ -match 'PORTAL_PW_RULE: 8' }).Count | Should -Be 1
        @($script:Log | Where-Object { $_ -match '60 日で' }).Count | Should -Be 0
        foreach ($path in [IO.Directory]::GetFiles((Get-ProtectedFolder))) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([IO.File]::ReadAllText($path))) | Should -Not -Match 'Kanri|Renkei' }
        $record = ConvertTo-Canonical (Read-PortalRecord)
        $record | Should -Not -Match 'Kanri-2026|Renkei-2026'
        (Get-Text $script:Secret['cred OQS_LOGIN_KEY']) | Should -BeExactly 'Renkei-2026-abc'
    }

    It 'warns of an end after 60 days only where there is one' {
        Start-Typing '2', 'Kanri-26', 'Renke-26', 'Renke-26'
        Invoke-Step | Should -BeExactly 'set'
        @($script:Log | Where-Object { $_ -match '60 日で' }).Count | Should -Be 1
    }

    It 'refuses a short one like an earlier one of the account' {
        $wanted.accounts = @($wanted.accounts[0])
        Start-Typing '2', 'Staff1-a'
        Invoke-Step | Should -BeExactly 'set'
        $account = [pscustomobject] @{ account = '管理アカウント'; expires = $true; credential = $null }
        Get-PortalProblem $account (Get-TestSecret 'Staff1-a') | Should -Match '過去 5 回と同じ'
        Get-PortalProblem $account (Get-TestSecret 'Staff2-b') | Should -Match '先頭の 5 文字'
        Get-PortalProblem $account (Get-TestSecret 'Other1-b') | Should -BeExactly ''
        # From 13 characters on nothing is compared; and of another account nothing is either.
        Get-PortalProblem $account (Get-TestSecret 'Staff1-a-long1') | Should -BeExactly ''
        Get-PortalProblem ([pscustomobject] @{ account = '顔認証用'; expires = $false; credential = $null }) (Get-TestSecret 'Staff1-a') | Should -BeExactly ''
    }

    It 'forgets the sixth last' {
        $account = [pscustomobject] @{ account = '管理アカウント'; expires = $true; credential = $null }
        $record = Read-PortalRecord
        foreach ($n in 1..6) { Add-PortalTrace $record '管理アカウント' (Get-TestSecret "Word$n-aa") }
        Write-PortalRecord $record
        $record.history.Count | Should -Be 5
        Get-PortalProblem $account (Get-TestSecret 'Word1-aa') | Should -Not -Match '過去 5 回と同じ'
        foreach ($n in 2..6) { Get-PortalProblem $account (Get-TestSecret "Word$n-aa") | Should -Match '過去 5 回と同じ' }
    }

    It 'knows a password again behind another whose beginning has the same 8 bits' {
        $account = [pscustomobject] @{ account = '管理アカウント'; expires = $true; credential = $null }
        $head = (Get-PortalKeyedHash (Get-TestSecret 'Word1-aa')).head
        $twin = 1000..9999 | ForEach-Object { "W$_-Aa" } | Where-Object { (Get-PortalKeyedHash (Get-TestSecret $_)).head -ceq $head } | Select-Object -First 1
        $record = Read-PortalRecord
        foreach ($text in $twin, 'Word1-aa') { Add-PortalTrace $record '管理アカウント' (Get-TestSecret $text) }
        Write-PortalRecord $record
        foreach ($text in $twin, 'Word1-aa') { Get-PortalProblem $account (Get-TestSecret $text) | Should -Match '過去 5 回と同じ' }
    }

    It 'keeps no trace of a password that never ends: <how>' -ForEach @(
        @{ how = 'made'; answers = @('') }, @{ how = 'typed'; answers = @('2', 'Kanri-2026-abc', 'Renkei-2026-abc', 'Renkei-2026-abc') }
    ) {
        Start-Typing $answers
        Invoke-Step | Should -BeExactly 'set'
        @((Get-State 'portal-password' $portal).accounts | ForEach-Object { $_.how } | Select-Object -Unique) | Should -Be @($how)
        (Read-PortalRecord).history.Count | Should -Be 0
    }

    It 'keeps of a short one a hash that is slow to try, with a salt of its own, and 8 bits of its beginning' {
        $script:PortalRounds = $shippedRounds
        Start-Typing '2', 'Staff1-a', 'Staff1-a', 'Staff1-a'
        Invoke-Step | Should -BeExactly 'set'
        $traces = (Read-PortalRecord).history
        $traces.Count | Should -Be 2
        $traces[0].whole | Should -Not -BeExactly $traces[1].whole -Because 'it is the same password'
        foreach ($trace in $traces) {
            @($trace.PSObject.Properties | ForEach-Object { $_.Name }) | Should -Be @('account', 'salt', 'whole', 'head')
            [Convert]::FromBase64String($trace.salt).Length | Should -Be 16
            $trace.head | Should -MatchExactly '^[0-9a-f]{2}$'
            $bytes = [Text.Encoding]::Unicode.GetBytes('Staff1-a')
            $salt = [Convert]::FromBase64String($trace.salt)
            $slow = [Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2([Text.Encoding]::ASCII.GetBytes((Get-KeyedHash $bytes)), $salt, 600000, 'SHA256', 32)
            $trace.whole | Should -BeExactly ([Convert]::ToBase64String($slow))
        }
    }

    It 'replaces the traces of 0.1.0 when it meets them, and still knows the passwords' {
        $old = foreach ($n in 1..7) {
            [pscustomobject] @{
                account = '管理アカウント'
                whole = (Get-KeyedHash ([Text.Encoding]::Unicode.GetBytes("Word$n-aa"))); head = (Get-KeyedHash ([Text.Encoding]::Unicode.GetBytes("Word$n")))
            }
        }
        $text = ConvertTo-JsonText ([pscustomobject] @{ accounts = @([pscustomobject] @{ account = '管理アカウント'; how = 'typed' }); history = @($old) })
        Write-ProtectedItem 'portal' ([Text.Encoding]::UTF8.GetBytes($text))
        @((Get-State 'portal-password' $portal).accounts).Count | Should -Be 1
        $kept = [Text.Encoding]::UTF8.GetString((Read-ProtectedItem 'portal'))
        foreach ($trace in $old) { $kept | Should -Not -Match $trace.whole; $kept | Should -Not -Match $trace.head }
        $before = (Read-PortalRecord).history
        $before.Count | Should -Be 5
        (Read-PortalRecord).history[0].salt | Should -BeExactly $before[0].salt -Because 'it is replaced once'
        $account = [pscustomobject] @{ account = '管理アカウント'; expires = $true; credential = $null }
        Get-PortalProblem $account (Get-TestSecret 'Word7-aa') | Should -Match '過去 5 回と同じ'
        Get-PortalProblem $account (Get-TestSecret 'Word7-bb') | Should -Match '先頭の 5 文字'
    }

    It 'keeps no trace once it is undone' {
        Start-Typing '2', 'Staff1-a', 'Staff2-b', 'Staff2-b'
        Invoke-Step | Should -BeExactly 'set'
        $first = Copy-State (Get-State 'portal-password' $portal)
        $first.accounts = @($first.accounts | Where-Object { $_.account -ceq '管理アカウント' })
        Invoke-Set 'portal-password' $portal $first
        @((Read-PortalRecord).history | ForEach-Object { $_.account }) | Should -Be @('管理アカウント')
        Invoke-Set 'portal-password' $portal $null
        Get-ProtectedName | Should -Not -Contain 'portal'
        Get-PortalProblem ([pscustomobject] @{ account = '管理アカウント'; expires = $false; credential = $null }) (Get-TestSecret 'Staff1-a') | Should -BeExactly ''
    }

    It 'asks nothing more where the person decides elsewhere, and comes back where it is put off' {
        Start-Typing 's'
        Invoke-Step | Should -BeExactly 'skipped'
        Get-State 'portal-password' $portal | Should -BeNullOrEmpty
        Start-Typing 'x', '3'
        Invoke-Step | Should -BeExactly 'set'
        @((Get-State 'portal-password' $portal).accounts | ForEach-Object { $_.how } | Select-Object -Unique) | Should -Be @('elsewhere')
        Test-SecretKnown 'cred OQS_LOGIN_KEY' | Should -BeFalse
        Get-NeededSecret 'portal-password' -Target $portal -State (Copy-State (Get-State 'portal-password' $portal)) -Found $null -Default @() | Should -BeNullOrEmpty
    }

    It 'puts a new password of the linkage account into a credential that is there (<how>)' -ForEach @(
        @{ how = 'made'; answers = @(''); typed = $false }, @{ how = 'elsewhere'; answers = @('3'); typed = $true }
    ) {
        $key = [pscustomobject] @{ name = 'OQS_LOGIN_KEY' }
        $user = ConvertFrom-Text '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'
        Set-Credential -Name 'OQS_LOGIN_KEY' -UserName 'R0RENK01' -Persist 3 -Blob ([Text.Encoding]::Unicode.GetBytes('Old-Secret-9'))
        $before = Copy-State (Get-State 'credential' $key)
        Test-Kind 'credential' $user $before | Should -BeTrue
        Start-Typing $answers
        Invoke-Step | Should -BeExactly 'set'
        Test-Kind 'credential' $user (Get-State 'credential' $key) | Should -BeFalse -Because 'it holds the old password'
        Test-Same $before (Get-State 'credential' $key) | Should -BeTrue -Because 'nothing of it has changed yet'
        Test-SecretKnown 'cred OQS_LOGIN_KEY' | Should -Be (-not $typed)
        # Even where the person types the same once more.
        if ($typed) { $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'Old-Secret-9' }
        Invoke-Set 'credential' $key $user
        Test-Kind 'credential' $user (Get-State 'credential' $key) | Should -BeTrue
        Invoke-Set 'credential' $key $before
        Test-Same $before (Get-State 'credential' $key) | Should -BeTrue
        Invoke-Set 'portal-password' $portal $null
        Test-Kind 'credential' $user (Get-State 'credential' $key) | Should -BeTrue
    }

    It 'asks again where a succession makes the accounts anew, and takes the old password out of use' {
        $key = [pscustomobject] @{ name = 'OQS_LOGIN_KEY' }
        $user = ConvertFrom-Text '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'
        Start-Typing '2', 'Kanri-2026-abc', 'Renkei-2026-abc', 'Renkei-2026-abc'
        Invoke-Step | Should -BeExactly 'set'
        Invoke-Set 'credential' $key $user
        $before = Copy-State (Get-State 'portal-password' $portal)
        Test-Kind 'credential' $user (Get-State 'credential' $key) | Should -BeTrue
        # A later start of the script, with the bundle of the new code.
        $script:Secret = @{}
        $wanted = ConvertFrom-Text '{"accounts": [{"account": "管理アカウント（1239999137）", "expires": true, "credential": null}, {"account": "連携用 R0RENK01（1239999137）", "expires": false, "credential": "OQS_LOGIN_KEY"}]}'
        Test-Kind 'portal-password' $wanted $before | Should -BeFalse
        Start-Typing ''
        Invoke-Step | Should -BeExactly 'set'
        Test-Kind 'portal-password' $wanted (Get-State 'portal-password' $portal) | Should -BeTrue
        Test-Kind 'credential' $user (Get-State 'credential' $key) | Should -BeFalse -Because 'it holds the password of the old code'
        Test-SecretEqual $script:Secret['cred OQS_LOGIN_KEY'] $script:Secret['portal 連携用 R0RENK01（1239999137）'] | Should -BeTrue
        Invoke-Set 'portal-password' $portal $before
        Test-Same $before (Get-State 'portal-password' $portal) | Should -BeTrue
    }

    It 'decides about a new account alone, and is undone' {
        Start-Typing '3'
        $null = Invoke-Step
        $before = Copy-State (Get-State 'portal-password' $portal)
        $wanted.accounts = @($wanted.accounts) + @([pscustomobject] @{ account = '顔認証用 F0FACE02'; expires = $false; credential = $null })
        Test-Kind 'portal-password' $wanted $before | Should -BeFalse
        Start-Typing ''
        $null = Invoke-Step
        @((Get-State 'portal-password' $portal).accounts | Where-Object { $_.how -ceq 'made' }).Count | Should -Be 1
        Invoke-Set 'portal-password' $portal $before
        Test-Same $before (Get-State 'portal-password' $portal) | Should -BeTrue
        Invoke-Set 'portal-password' $portal $null
        Get-State 'portal-password' $portal | Should -BeNullOrEmpty
    }

    It 'is whole, or as before, wherever it is cut short' {
        $cut = 0
        for ($n = 1; $n -le 40; $n++) {
            if ([IO.Directory]::Exists((Get-ProtectedFolder))) { [IO.Directory]::Delete((Get-ProtectedFolder), $true) }
            Clear-Secret
            $script:PortalChoice = '1'
            foreach ($account in $wanted.accounts) { $null = Get-MadePassword $account.account }
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; crash = $n; kill = 'freeze' }
            $script:FakeChance = 0
            try { Invoke-Set 'portal-password' $portal $wanted } catch { if (-not $script:FakeDead) { throw } }
            $killed = $script:FakeDead
            $script:FakeDead = $false
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
            if (-not $killed) { break }
            $cut = $n
            $found = Get-State 'portal-password' $portal
            if ($null -ne $found) { @($found.accounts).Count | Should -Be 2 }
            Invoke-Set 'portal-password' $portal $wanted
            Test-Kind 'portal-password' $wanted (Get-State 'portal-password' $portal) | Should -BeTrue
            Invoke-Set 'portal-password' $portal $null
            Get-State 'portal-password' $portal | Should -BeNullOrEmpty
        }
        $cut | Should -BeGreaterOrEqual 3 -Because 'no place may go'
    }
}

Describe 'passwords that manuals print' {
    It 'are refused for each secret that is decided here' {
        $hash = [Security.Cryptography.SHA256]::Create()
        $denied = [BitConverter]::ToString($hash.ComputeHash([Text.Encoding]::UTF8.GetBytes('Printed1-xyz'))).Replace('-', '').ToLowerInvariant()
        $script:Pass = [pscustomobject] @{ plan = [pscustomobject] @{ deniedSecrets = @($denied) }; journal = $null }
        $user = ConvertFrom-Text '{"userName": "x", "prefixes": [], "code": null, "caseless": false}'
        $requests = @(Get-NeededSecret 'credential' -Target ([pscustomobject] @{ name = 'OQS_LOGIN_KEY' }) -State $user -Found $null -Default @())
        $script:PortalChoice = '2'
        $wanted = ConvertFrom-Text '{"accounts": [{"account": "管理アカウント", "expires": true, "credential": null}]}'
        $requests += @(Get-NeededSecret 'portal-password' -Target $null -State $wanted -Found $null -Default @())
        $requests.Length | Should -Be 2
        foreach ($request in $requests) {
            Get-SecretProblem $request (Get-TestSecret 'Printed1-xyz') | Should -Match 'DEFAULT_SECRET'
            Get-SecretProblem $request (Get-TestSecret 'Printed1-xyy') | Should -BeExactly ''
        }
    }
}
