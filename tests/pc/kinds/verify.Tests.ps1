BeforeAll {
    . "$PSScriptRoot/Pc.ps1"
    function Test-Verify {
        param([string] $Kind, [string] $Target, [string] $Wanted)
        return Test-Kind $Kind (ConvertFrom-Text $Wanted) (Get-State $Kind (ConvertFrom-Text $Target))
    }
}

# Kinds that only read; those around tasks and the exception list stand beside what they read.
Describe 'kinds that only read' {
    BeforeEach { Initialize-Pc }

    It 'windows: <wanted> is <ok>' -ForEach @(
        @{ wanted = '{"editions": ["Professional", "IoTEnterpriseS"], "minimumBuild": 26100, "maximumBuild": 26999}'; ok = $true }
        @{ wanted = '{"editions": ["Professional"], "minimumBuild": 26100}'; ok = $false }, @{ wanted = '{"editions": ["IoTEnterpriseS"], "minimumBuild": 26101}'; ok = $false }
        @{ wanted = '{"editions": ["IoTEnterpriseS"], "maximumBuild": 17763}'; ok = $false }, @{ wanted = '{"minimumBuild": 22000}'; ok = $true }
    ) {
        Test-Verify 'windows' '{"part": "edition"}' $wanted | Should -Be $ok
    }

    It 'file: <wanted> of <content> is <ok>' -ForEach @(
        @{ content = 'x'; wanted = '{"exists": true}'; ok = $true }, @{ content = 'x'; wanted = '{"minimumVersion": "2.3.0"}'; ok = $false }
        @{ content = "OQS 版 2.3.0`r`n"; wanted = '{"minimumVersion": "2.3.0"}'; ok = $true }, @{ content = '2.3'; wanted = '{"minimumVersion": "2.3.0.0"}'; ok = $true }
        @{ content = 'Ver1.07'; wanted = '{"minimumVersion": "1.0.10"}'; ok = $false }, @{ content = 'Ver1.07'; wanted = '{"minimumVersion": "1.0.4"}'; ok = $true }
        @{ content = 'Ｖｅｒ１．０．１０'; wanted = '{"minimumVersion": "1.0.9"}'; ok = $true }, @{ content = 'Version=1.09'; wanted = '{"minimumVersion": "1.0.9"}'; ok = $true }
        @{ content = '2.10.1'; wanted = '{"minimumVersion": "2.9"}'; ok = $true }, @{ content = '1.99.9.9'; wanted = '{"minimumVersion": "2.0.0"}'; ok = $false }
    ) {
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName 'C:\Program Files\OQS-Auth\Version.Info' -NotePropertyValue $content }
        Test-Verify 'file' '{"path": "C:\\Program Files\\OQS-Auth\\Version.Info"}' $wanted | Should -Be $ok
    }

    It 'file: unknown until an installer brings it' {
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\Program Files\\OQS-Auth\\Version.Info"}')).unknown | Should -Match 'Version.Info'
    }

    It 'file: takes a program''s own version, and guesses none for other files' {
        Edit-Pc { param($machine)
            $machine.files | Add-Member -NotePropertyName 'C:\a.exe' -NotePropertyValue ([pscustomobject] @{ version = '3.4.5.6' })
            $machine.files | Add-Member -NotePropertyName 'C:\a.bin' -NotePropertyValue '9.9.9'
        }
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\a.exe"}')).version | Should -BeExactly '3.4.5.6'
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\a.bin"}')).version | Should -BeNullOrEmpty
    }

    It 'file: reads UTF-16, UTF-8 with and without a mark, and Shift_JIS' {
        $text = '版 1.2.3'
        foreach ($bytes in @(
                , ([Text.Encoding]::Unicode.GetPreamble() + [Text.Encoding]::Unicode.GetBytes($text)), ([Text.Encoding]::UTF8.GetPreamble() + [Text.Encoding]::UTF8.GetBytes($text)),
                [Text.Encoding]::UTF8.GetBytes($text), [Text.Encoding]::GetEncoding(932).GetBytes($text))) {
            (ConvertFrom-FileByte ([byte[]] @($bytes | ForEach-Object { $_ }))).TrimStart([char] 0xfeff) | Should -BeExactly $text
        }
    }

    It 'port: open, closed, unknown' {
        $target = '{"host": "proxy.base.oqs-pdl.org", "port": 8080}'
        (Get-State 'port' (ConvertFrom-Text $target)).unknown | Should -Match 'proxy.base'
        Initialize-Pc @{ hosts = [pscustomobject] @{ 'proxy.base.oqs-pdl.org' = @('2001:db8::1', '192.0.2.1') } }
        Test-Verify 'port' $target '{"open": true}' | Should -BeFalse
        Edit-Pc { param($machine) $machine.ports = @('192.0.2.1 8080') }
        Test-Verify 'port' $target '{"open": true}' | Should -BeTrue
    }

    It 'name: <count> addresses for <wanted> is <ok>' -ForEach @(
        @{ count = 1; wanted = '{"minimumAddresses": 1}'; ok = $true }, @{ count = 1; wanted = '{"minimumAddresses": 2}'; ok = $false }
        @{ count = 3; wanted = '{"minimumAddresses": 1, "maximumAddresses": 2}'; ok = $false }, @{ count = 2; wanted = '{"maximumAddresses": 2}'; ok = $true }
    ) {
        Initialize-Pc @{ hosts = [pscustomobject] @{ ntp = @(1..$count | ForEach-Object { "192.0.2.$_" }) } }
        Test-Verify 'name' '{"host": "ntp"}' $wanted | Should -Be $ok
        (Get-State 'name' (ConvertFrom-Text '{"host": "other"}')).unknown | Should -Match 'other'
    }

    It 'clock: right, wrong, unknown' {
        $target = '{"server": "ntp"}'
        (Get-State 'clock' (ConvertFrom-Text $target)).unknown | Should -Match '名前'
        Initialize-Pc @{ hosts = [pscustomobject] @{ ntp = @('192.0.2.1') } }
        (Get-State 'clock' (ConvertFrom-Text $target)).unknown | Should -Match '応答'
        foreach ($pair in @(@(0, $true), @(-9999, $true), @(10001, $false), @(-3600000, $false))) {
            Edit-Pc { param($machine) $machine.sntp = [pscustomobject] @{ '192.0.2.1' = $pair[0] } }
            Test-Verify 'clock' $target '{"synchronized": true}' | Should -Be $pair[1]
        }
        (Get-State 'clock' (ConvertFrom-Text $target)).message | Should -Match '3600'
    }

    It 'uptime: <minutes> minutes is <ok>' -ForEach @(@{ minutes = 0; ok = $true }, @{ minutes = 1439; ok = $true }, @{ minutes = 1440; ok = $false }, @{ minutes = 99999; ok = $false }) {
        Initialize-Pc @{ uptime = $minutes }
        Test-Verify 'uptime' '{"since": "boot"}' '{"maximumHours": 24}' | Should -Be $ok
    }

    It 'update-mode: automatic unless the policy turns it off' {
        $target = '{"service": "update"}'
        $key = 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
        Test-Verify 'update-mode' $target '{"mode": "automatic"}' | Should -BeTrue
        Test-Verify 'update-mode' $target '{}' | Should -BeTrue
        Write-RegistryEntry -Hive 'HKLM' -Key $key -Name 'AUOptions' -Type 'DWord' -Data 4
        Test-Verify 'update-mode' $target '{"mode": "automatic"}' | Should -BeTrue
        Write-RegistryEntry -Hive 'HKLM' -Key $key -Name 'NoAutoUpdate' -Type 'DWord' -Data 1
        ConvertTo-Canonical (Get-State 'update-mode' (ConvertFrom-Text $target)) | Should -BeExactly '{"AUOptions":4,"NoAutoUpdate":1,"mode":"manual"}'
    }

    It 'update-errors: none is no error' {
        Test-Verify 'update-errors' '{"service": "update"}' '{"recentErrors": 0}' | Should -BeTrue
        Initialize-Pc @{ updateErrors = 2 }
        (Get-State 'update-errors' (ConvertFrom-Text '{"service": "update"}')).recentErrors | Should -Be 2
        Mock Get-WinEvent { throw 'RPC サーバーを利用できません。' }
        { Get-State 'update-errors' (ConvertFrom-Text '{"service": "update"}') } | Should -Throw '*RPC*'
    }

    It 'update-window: <now> is recommended: <ok>' -ForEach @(
        @{ now = '2026-11-20 18:59'; ok = $false }, @{ now = '2026-11-20 19:00'; ok = $true }, @{ now = '2026-11-21 11:59'; ok = $false }
        @{ now = '2026-11-21 12:00'; ok = $true }, @{ now = '2026-11-22 00:00'; ok = $true }, @{ now = '2026-11-23 00:00'; ok = $false }
    ) {
        Initialize-Pc @{ now = $now }
        $found = Get-State 'update-window' (ConvertFrom-Text '{"service": "update"}')
        if ($ok) { $found.recommended | Should -BeTrue } else { $found.unknown | Should -Match '19 時' }
    }

    It 'power-line: mains, battery, unknown' {
        foreach ($pair in @(@(1, $true), @(0, $false))) {
            Edit-Pc { param($machine) $machine.power.line = $pair[0] }
            Test-Verify 'power-line' '{"source": "ac"}' '{"connected": true}' | Should -Be $pair[1]
        }
        Edit-Pc { param($machine) $machine.power.line = 255 }
        (Get-State 'power-line' (ConvertFrom-Text '{"source": "ac"}')).unknown | Should -Not -BeNullOrEmpty
    }
}
