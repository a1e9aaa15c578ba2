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

    It 'updates: drivers that wait count, and are told apart' {
        Initialize-Pc @{ updates = [pscustomobject] @{ pending = 2; drivers = 2; restart = $false; searched = '2026-11-21 11:59' } }
        Test-Verify 'updates' '{"service": "update"}' '{"pending": 0, "restart": false}' | Should -BeFalse
        (Get-Found 'updates' '{"service": "update"}').message | Should -Match '2 件あります（うちドライバー 2 件）'
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
        Mock Get-WinEvent { throw 'RPC サーバーを利用できません。' }
        { Get-State 'update-errors' (ConvertFrom-Text '{"service": "update"}') } | Should -Throw '*RPC*'
    }

    It 'update-errors: <what>' -ForEach @(
        @{ what = 'a search that fails stands in the log of the provider alone'; events = @(, @(25, 2, '2026-11-20 03:12')); errors = 1; says = '検索 1 件（最後は 2026/11/20 03:12）' }
        @{ what = 'so does a download'; events = @(, @(31, 2, '2026-11-20 03:12')); errors = 1; says = 'ダウンロード 1 件' }
        @{ what = 'an installation stands in System'; events = @(@(20, 2, '2026-11-20 03:12'), @(31, 2, '2026-11-20 03:00')); errors = 2; says = 'インストール 1 件、ダウンロード 1 件' }
        @{ what = 'a later search that went well ends them'; events = @(@(25, 2, '2026-11-20 03:12'), @(31, 2, '2026-11-20 03:13'), @(26, 4, '2026-11-20 12:00')); errors = 0; says = '' }
        @{ what = 'an earlier one does not'; events = @(@(25, 2, '2026-11-20 03:12'), @(26, 4, '2026-11-20 03:00')); errors = 1; says = '検索 1 件' }
        @{ what = 'a search ends no installation that failed'; events = @(@(20, 2, '2026-11-20 03:12'), @(26, 4, '2026-11-20 12:00')); errors = 1; says = 'インストール 1 件' }
        @{ what = 'a later installation does'; events = @(@(20, 2, '2026-11-20 03:12'), @(19, 4, '2026-11-20 12:00')); errors = 0; says = '' }
        @{ what = 'one that has no name is counted'; events = @(, @(99, 2, '2026-11-20 03:12')); errors = 1; says = 'そのほか 1 件' }
        @{ what = 'what is older than seven days is not'; events = @(, @(25, 2, '2026-11-14 11:59')); errors = 0; says = '' }
    ) {
        $logs = @{ System = @(); 'Microsoft-Windows-WindowsUpdateClient/Operational' = @() }
        foreach ($event in $events) {
            $log = 'Microsoft-Windows-WindowsUpdateClient/Operational'
            if ($event[0] -in 19, 20) { $log = 'System' }
            $logs[$log] += [pscustomobject] @{ id = $event[0]; level = $event[1]; time = $event[2] }
        }
        Initialize-Pc @{ events = [pscustomobject] $logs }
        $found = Get-State 'update-errors' (ConvertFrom-Text '{"service": "update"}')
        $found.recentErrors | Should -Be $errors
        if ($says) { $found.message | Should -Match $says; $found.message | Should -Match '再試行' }
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

Describe 'the policy of automatic updates' {
    It 'unticks what would install at another time, and ticks it again at undoing' {
        Initialize-Pc
        $target = ConvertFrom-Text '{"key": "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"}'
        Invoke-Set 'policy' $target (ConvertFrom-Text '{"values": {"AUOptions": {"type": "DWord", "data": 4}, "AutomaticMaintenanceEnabled": {"type": "DWord", "data": 1}}}')
        $after = Invoke-RoundTrip 'policy' $target (ConvertFrom-Text '{"values": {"AUOptions": {"type": "DWord", "data": 4}, "AutomaticMaintenanceEnabled": null}}')
        @($after.registry | ForEach-Object { $_.name }) | Should -Be @('AUOptions')
    }
}

Describe 'active-hours' {
    BeforeEach {
        Initialize-Pc
        $key = 'SOFTWARE\Microsoft\WindowsUpdate\UX\Settings'
        $target = ConvertFrom-Text '{"service": "update"}'
        $wanted = ConvertFrom-Text '{"start": 8, "end": 20}'
    }

    It 'sets the hours on a PC without any, and puts it back' {
        $null = Invoke-RoundTrip 'active-hours' $target $wanted
    }

    It 'sets what a person has chosen too, where Windows keeps it, and puts it back' {
        foreach ($name in 'ActiveHoursStart', 'UserChoiceActiveHoursStart') { Set-RegistryEntry -Hive 'HKLM' -Key $key -Name $name -Type 'DWord' -Data 9 }
        foreach ($name in 'ActiveHoursEnd', 'UserChoiceActiveHoursEnd') { Set-RegistryEntry -Hive 'HKLM' -Key $key -Name $name -Type 'DWord' -Data 17 }
        $after = Invoke-RoundTrip 'active-hours' $target $wanted
        ConvertTo-Canonical $after.choice | Should -BeExactly '{"end":{"data":20,"type":"DWord"},"start":{"data":8,"type":"DWord"}}'
    }

    It 'is not as wanted while the second pair is another one, and says it' {
        Invoke-Set 'active-hours' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'UserChoiceActiveHoursEnd' -Type 'DWord' -Data 17
        $found = Get-State 'active-hours' $target
        Test-Kind 'active-hours' $wanted $found | Should -BeFalse
        $found.message | Should -Match '8 時と 20 時.*17 時'
    }

    It 'on build <build> absence of the switch is by hand: <ok>' -ForEach @(@{ build = 17763; ok = $true }, @{ build = 18362; ok = $false }) {
        Edit-Pc { param($machine) $machine.windows.build = $build }
        Invoke-Set 'active-hours' $target $wanted
        Test-Kind 'active-hours' $wanted (Get-State 'active-hours' $target) | Should -BeTrue
        Remove-RegistryEntry -Hive 'HKLM' -Key $key -Name 'SmartActiveHoursState'
        Test-Kind 'active-hours' $wanted (Get-State 'active-hours' $target) | Should -Be $ok
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'SmartActiveHoursState' -Type 'DWord' -Data 1
        Test-Kind 'active-hours' $wanted (Get-State 'active-hours' $target) | Should -BeFalse
    }

    It 'takes the same hours in a second pair, made by Windows since, for ours' {
        Invoke-Set 'active-hours' $target $wanted
        $after = Copy-State (Get-State 'active-hours' $target)
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'UserChoiceActiveHoursStart' -Type 'DWord' -Data 8
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'UserChoiceActiveHoursEnd' -Type 'DWord' -Data 20
        Test-SameField (Get-Kind 'active-hours') -Name 'choice' -Was $after.choice -Is (Get-State 'active-hours' $target).choice -Item ([pscustomobject] @{ after = $after }) | Should -BeTrue
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'UserChoiceActiveHoursEnd' -Type 'DWord' -Data 17
        Test-SameField (Get-Kind 'active-hours') -Name 'choice' -Was $after.choice -Is (Get-State 'active-hours' $target).choice -Item ([pscustomobject] @{ after = $after }) | Should -BeFalse
    }
}
