BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'display' {
    BeforeEach {
        Initialize-Pc
        $script:DisplayJustSet = $false
        $target = ConvertFrom-Text '{"displays": "all"}'
        $wanted = ConvertFrom-Text '{"percent": 100}'
        $two = ConvertFrom-Json '[{"path": "B", "minimum": 0, "relative": 0, "maximum": 3}, {"path": "A", "minimum": -2, "relative": -1, "maximum": 1}]'
    }

    It 'counts percent from what Windows recommends, sets 100 and puts it back' {
        (Get-State 'display' $target).monitors[0].percent | Should -Be 150
        $after = Invoke-RoundTrip 'display' $target $wanted
        $after.monitors[0].relative | Should -Be -2
    }

    It 'sets each display by its own recommendation' {
        Initialize-Pc @{ displays = $two }
        Test-Kind 'display' $wanted (Get-State 'display' $target) | Should -BeFalse
        $after = Invoke-RoundTrip 'display' $target $wanted
        @($after.monitors | ForEach-Object { "$($_.path) $($_.percent) $($_.relative)" }) | Should -Be @('A 100 -2', 'B 100 0')
    }

    It 'falls back to one scaling for all where Windows refuses' {
        Initialize-Pc @{ displays = $two; refuses = @('A') }
        $after = Invoke-RoundTrip 'display' $target $wanted
        $after.logPixels | Should -Be 96
        $after.win8DpiScaling | Should -Be 1
        $after.message | Should -Match 'サインアウト'
    }

    It 'falls back where Windows does not answer at all' {
        Edit-Pc { param($machine) $machine.PSObject.Properties.Remove('displays') }
        $null = Invoke-RoundTrip 'display' $target $wanted
    }

    It 'replaces one scaling for all that is not 100' {
        Set-RegistryEntry -Hive 'HKCU' -Key 'Control Panel\Desktop' -Name 'Win8DpiScaling' -Type 'DWord' -Data 1
        Set-RegistryEntry -Hive 'HKCU' -Key 'Control Panel\Desktop' -Name 'LogPixels' -Type 'DWord' -Data 120
        $null = Invoke-RoundTrip 'display' $target $wanted
    }

    It 'clamps an answer outside its own limits' {
        Initialize-Pc @{ displays = @([pscustomobject] @{ path = 'A'; minimum = -1; relative = 9; maximum = 2 }) }
        $found = Get-State 'display' $target
        $found.monitors[0].percent | Should -Be 175
        $found.monitors[0].relative | Should -Be 2
    }

    It 'takes an answer that is no step at all for what Windows recommends, and never sets another one' {
        Initialize-Pc @{ displays = @([pscustomobject] @{ path = 'A'; minimum = -1; relative = 1234568; maximum = 3 }) }
        $found = Get-State 'display' $target
        $found.monitors[0].percent | Should -Be 125
        $found.monitors[0].relative | Should -Be 0
        $before = Copy-State $found
        Invoke-Set 'display' $target $wanted
        (Read-Machine).displays[0].relative | Should -Be -1
        Invoke-Set 'display' $target $before
        (Read-Machine).displays[0].relative | Should -Be 0
        Test-Kind 'display' (ConvertFrom-Text '{"percent": 125}') $found | Should -BeTrue
    }

    It 'does not call one scaling for all right before the person has signed in with it' {
        $key = 'Control Panel\Desktop'
        Set-RegistryEntry -Hive 'HKCU' -Key $key -Name 'Win8DpiScaling' -Type 'DWord' -Data 1
        Set-RegistryEntry -Hive 'HKCU' -Key $key -Name 'LogPixels' -Type 'DWord' -Data 96
        Set-RegistryEntry -Hive 'HKCU' -Key "$key\WindowMetrics" -Name 'AppliedDPI' -Type 'DWord' -Data 144
        $found = Get-State 'display' $target
        Test-Kind 'display' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'サインアウト'
        $said = & (Get-Kind 'display').difference $target $wanted $found
        "$($said.found) $($said.wanted)" | Should -BeExactly '150% 100%'
        Set-RegistryEntry -Hive 'HKCU' -Key "$key\WindowMetrics" -Name 'AppliedDPI' -Type 'DWord' -Data 96
        $found = Get-State 'display' $target
        Test-Kind 'display' $wanted $found | Should -BeTrue
        Get-Field $found 'message' | Should -BeNullOrEmpty
    }

    It 'lets the pass that sets it end, and says what is left to do' {
        Initialize-Pc @{ displays = $two; refuses = @('A') }
        Set-RegistryEntry -Hive 'HKCU' -Key 'Control Panel\Desktop\WindowMetrics' -Name 'AppliedDPI' -Type 'DWord' -Data 120
        Invoke-Set 'display' $target $wanted
        $found = Get-State 'display' $target
        Test-Kind 'display' $wanted $found | Should -BeTrue
        & (Get-Kind 'display').notice $wanted $found | Should -Match 'サインアウト'
        $script:DisplayJustSet = $false
        Test-Kind 'display' $wanted (Get-State 'display' $target) | Should -BeFalse
    }

    It 'does not know in Remote Desktop or without a display' {
        Initialize-Pc @{ remote = $true }
        (Get-State 'display' $target).unknown | Should -Match 'リモート'
        Initialize-Pc @{ displays = @() }
        (Get-State 'display' $target).unknown | Should -Match '画面'
    }

    It 'puts back the displays that are there' {
        Initialize-Pc @{ displays = $two }
        $before = Copy-State (Get-State 'display' $target)
        Invoke-Set 'display' $target $wanted
        Edit-Pc { param($machine) $machine.displays = @($machine.displays | Where-Object { $_.path -eq 'A' }) }
        Invoke-Set 'display' $target $before
        (Read-Machine).displays[0].relative | Should -Be -1
    }
}
