BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'updates' {
    BeforeEach { Initialize-Pc }

    It 'updates: <pending> left, restart <restart>, searched <searched>' -ForEach @(
        @{ pending = 0; restart = $false; searched = '2026-11-20 12:00'; ok = $true }, @{ pending = 0; restart = $false; searched = '2026-11-20 11:59'; ok = $null }
        @{ pending = 2; restart = $false; searched = '2026-11-21 11:59'; ok = $false }, @{ pending = 0; restart = $true; searched = '2026-11-21 11:59'; ok = $false }
        @{ pending = 0; restart = $false; searched = $null; ok = $null }
    ) {
        (Get-Found 'updates' '{"service": "update"}').unknown | Should -Match '読めません'
        Initialize-Pc @{ updates = [pscustomobject] @{ pending = $pending; restart = $restart; searched = $searched } }
        if ($null -eq $ok) { (Get-Found 'updates' '{"service": "update"}').unknown | Should -Match '24時間' }
        else { Test-Verify 'updates' '{"service": "update"}' '{"pending": 0, "restart": false}' | Should -Be $ok }
    }
}

Describe 'Windows Update' {
    BeforeEach { Initialize-Pc }

    It 'update-mode: automatic unless the policy turns it off' {
        $target = '{"service": "update"}'
        $key = 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
        Test-Verify 'update-mode' $target '{"mode": "automatic"}' | Should -BeTrue
        Test-Verify 'update-mode' $target '{}' | Should -BeTrue
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'AUOptions' -Type 'DWord' -Data 4
        Test-Verify 'update-mode' $target '{"mode": "automatic"}' | Should -BeTrue
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'NoAutoUpdate' -Type 'DWord' -Data 1
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
}
