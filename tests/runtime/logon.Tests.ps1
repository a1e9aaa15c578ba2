BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"

    function Get-Logon {
        # The codes of the logons that were tried, in their order.
        if (-not [IO.File]::Exists("$env:OQSGEN_FAKE/logons.txt")) { return }
        foreach ($line in [IO.File]::ReadAllLines("$env:OQSGEN_FAKE/logons.txt")) { $line.Split('|')[-1] }
    }

    function Start-Pass {
        # What a new start of the script knows: only what is on the disk.
        $script:LogonOutcome = @{}
        $script:Secret = @{}
    }

    function Set-Clock { param([string] $Now) Edit-Pc { param($machine) $machine.now = $Now } }

    $script:Record = "$env:OQSGEN_FAKE/ProgramData/oqsgen/journal/logons.json"
}

Describe 'trying passwords' {
    BeforeEach {
        Initialize-Pc
        Add-Account 'OqsComApp' 'S-1-5-21-1-2-3-1002' @{ password = 'Right-1'; administrator = $true; profile = $true }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
    }

    It 'tries a stored one once in ten passes, and the empty one once, whatever looks how often' {
        $autologon = ConvertFrom-Text '{"sessions": "console"}'
        $script:Secret['OqsComApp'] = Get-TestSecret 'Old-0'
        Invoke-Set 'autologon' $autologon (ConvertFrom-Text '{"user": "OqsComApp"}')
        foreach ($pass in 1..10) {
            Start-Pass
            foreach ($look in 1..3) {
                (Get-State 'autologon' $autologon).refused | Should -BeTrue
                Test-Kind 'user' (ConvertFrom-Text '{"enabled": true, "administrator": true, "passwordNeverExpires": true}') (Get-State 'user' (ConvertFrom-Text '{"name": "OqsComApp"}')) | Should -BeTrue
            }
        }
        Get-Logon | Should -Be @('1326', '1326')
        (Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1')) | Should -BeExactly 'right'
    }

    It 'never locks the account, whatever is typed how often: at most six in half an hour' {
        foreach ($pass in 1..10) {
            Start-Pass
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; answers = @("wrong $pass a", "wrong $pass b", "wrong $pass c") }
            $script:FakeAnswer = 0
            Read-Secret @('OqsComApp')
            Test-SecretKnown 'OqsComApp' | Should -BeFalse
        }
        @(Get-Logon).Length | Should -Be 6
        (Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1')) | Should -BeExactly 'wait'
        Set-Clock '2026-11-21 12:31'
        (Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1')) | Should -BeExactly 'right'
        Get-Logon | Should -Not -Contain '1909'
    }

    It 'says that one has to wait, and asks no more in this pass' {
        foreach ($i in 1..6) { $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$i") }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; answers = @('Right-1', 'Right-1', 'Right-1') }
        $script:FakeAnswer = 0
        Read-Secret @('OqsComApp')
        $script:FakeAnswer | Should -Be 1
        @(Get-Logon).Length | Should -Be 6
        # A line of the window may end anywhere.
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") -replace '\n\s*', '' | Should -Match 'いまは確かめません。30 分ほど待って'
    }

    It 'says to whoever only presses Enter that there is none to type' {
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = '' }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; answers = @('') }
        $script:FakeAnswer = 0
        Read-Secret @('OqsComApp')
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match 'パスワードがありません。先に決めてください。'
        foreach ($pass in 1..20) { Start-Pass; Test-WithoutSecret 'OqsComApp' | Should -BeTrue }
    }

    It 'counts anew once one was right, and does not try again what was refused' {
        foreach ($i in 1..4) { $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$i") }
        Start-Pass
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1') | Should -BeExactly 'right'
        foreach ($i in 1..4) { Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$i") | Should -BeExactly 'wrong' }
        @(Get-Logon).Length | Should -Be 5
        foreach ($i in 5..10) { Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$i") | Should -BeExactly 'wrong' }
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'x11') | Should -BeExactly 'wait'
    }

    It 'tries a refused one again once the account has been given a password anew' {
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'New-2') | Should -BeExactly 'wrong'
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'New-2'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:00' }
        Start-Pass
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'New-2') | Should -BeExactly 'right'
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1') | Should -BeExactly 'wrong'
    }

    It 'means by <what>: <outcome>' -ForEach @(
        @{ what = 'one that has to be changed'; more = @{ mustChange = $true }; outcome = 'right' }
        @{ what = 'one of an account that is off'; more = @{ enabled = $false }; outcome = 'restricted' }
    ) {
        Edit-Pc { param($machine) foreach ($name in $more.Keys) { Set-FakeField $machine.accounts.OqsComApp $name $more[$name] } }
        foreach ($pass in 1..10) { Start-Pass; Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1') | Should -BeExactly $outcome }
    }

    It 'knows no account of another name, and tries nothing for it' {
        Get-SecretOutcome 'nobody' (Get-TestSecret 'x') | Should -BeExactly 'unknown'
        Get-Logon | Should -BeNullOrEmpty
    }

    It 'keeps no secret, and nothing by which one could be guessed without this PC' {
        $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Guess-1')
        $text = [IO.File]::ReadAllText($script:Record)
        $text | Should -Not -Match 'Guess'
        $read = ConvertFrom-Json $text
        $one = $read.tries[0].mark
        [IO.File]::Delete($script:Record)
        Start-Pass
        $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Guess-1')
        (ConvertFrom-Json ([IO.File]::ReadAllText($script:Record))).tries[0].mark | Should -Not -BeExactly $one -Because 'another key is in it'
    }

    It 'goes on counting with a record whose key is not this PC''s, and begins anew with none that can be read' {
        foreach ($i in 1..6) { $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$i") }
        $read = ConvertFrom-Json ([IO.File]::ReadAllText($script:Record))
        $read.key = [Convert]::ToBase64String((New-RandomByte 40))
        [IO.File]::WriteAllText($script:Record, (ConvertTo-JsonText $read))
        Start-Pass
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1') | Should -BeExactly 'wait'
        [IO.File]::WriteAllText($script:Record, '{"format": 1, "ke')
        Get-SecretOutcome 'OqsComApp' (Get-TestSecret 'Right-1') | Should -BeExactly 'right'
    }

    It 'counts what was cut short: killed at every chance, no ten passes try more than six' {
        for ($n = 1; $n -le 40; $n++) {
            Initialize-Pc
            Add-Account 'OqsComApp' 'S-1-5-21-1-2-3-1002' @{ password = 'Right-1' }
            $finished = $true
            foreach ($pass in 1..10) {
                Start-Pass
                $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; crash = $n; kill = 'freeze' }
                $script:FakeChance = 0
                $script:FakeDead = $false
                try { $null = Get-SecretOutcome 'OqsComApp' (Get-TestSecret "x$pass") } catch { if (-not $script:FakeDead) { throw } }
                if ($script:FakeDead) { $finished = $false }
                $script:FakeDead = $false
            }
            @(Get-Logon).Length | Should -BeLessOrEqual 6 -Because "killed at $n"
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
            if ($finished) { break }
        }
        $n - 1 | Should -BeGreaterOrEqual 4
    }
}
