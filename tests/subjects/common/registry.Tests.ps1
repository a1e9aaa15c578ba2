BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'registry' {
    BeforeEach {
        Initialize-Pc
        $power = ConvertFrom-Text '{"hive": "HKLM", "key": "SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Power", "name": "HiberbootEnabled"}'
        $new = ConvertFrom-Text '{"hive": "HKLM", "key": "SOFTWARE\\Microsoft\\New\\Deep", "name": "値"}'
        $zero = ConvertFrom-Text '{"type": "DWord", "data": 0}'
    }

    It 'changes a value and puts it back' {
        $after = Invoke-RoundTrip 'registry' $power $zero
        ConvertTo-Canonical $after | Should -BeExactly '{"data":0,"type":"DWord"}'
    }

    It 'takes away the keys that it had to make, and no other' {
        ConvertTo-Canonical (Get-State 'registry' $new) | Should -BeExactly '{"absent":true,"exists":"SOFTWARE\\Microsoft"}'
        $null = Invoke-RoundTrip 'registry' $new $zero
        Test-RegistryKey -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\New' | Should -BeFalse
        Test-RegistryKey -Hive 'HKLM' -Key 'SOFTWARE\Microsoft' | Should -BeTrue
    }

    It 'keeps an empty key that was there before' {
        Edit-Pc { param($machine) $machine.registry | Add-Member -NotePropertyName 'HKLM\SOFTWARE\Microsoft\New' -NotePropertyValue ([pscustomobject] @{}) }
        $null = Invoke-RoundTrip 'registry' $new $zero
        Test-RegistryKey -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\New' | Should -BeTrue
    }

    It 'has another person''s key left, and says so' {
        $before = Copy-State (Get-State 'registry' $new)
        Invoke-Set 'registry' $new $zero
        Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\New' -Name 'theirs' -Type 'String' -Data 'x'
        $answer = & (Get-Kind 'registry').undo $new $before (Get-State 'registry' $new)
        $answer.reason | Should -Match 'HKLM\\SOFTWARE\\Microsoft\\New'
        Invoke-Set 'registry' $new $answer.state
        Test-Same $answer.state (Get-State 'registry' $new) | Should -BeTrue
        Test-RegistryKey -Hive 'HKLM' -Key $new.key | Should -BeFalse
    }

    It 'needs nobody where the keys are ours alone' {
        $before = Copy-State (Get-State 'registry' $new)
        Invoke-Set 'registry' $new $zero
        & (Get-Kind 'registry').undo $new $before (Get-State 'registry' $new) | Should -BeNullOrEmpty
        & (Get-Kind 'registry').undo $power $zero (Get-State 'registry' $power) | Should -BeNullOrEmpty
    }

    It 'wants absence' {
        Test-Kind 'registry' $null (Get-State 'registry' $new) | Should -BeTrue
        Test-Kind 'registry' $null (Get-State 'registry' $power) | Should -BeFalse
        Test-Kind 'registry' $zero (Get-State 'registry' $new) | Should -BeFalse
        Invoke-Set 'registry' $power $null
        Test-Kind 'registry' $null (Get-State 'registry' $power) | Should -BeTrue
    }

    It 'keeps <_.type> as it is' -ForEach @(
        @{ type = 'DWord'; data = -1 }, @{ type = 'QWord'; data = 9007199254740993 }, @{ type = 'String'; data = "髙橋 ';%TEMP%" },
        @{ type = 'ExpandString'; data = '%SystemRoot%\x' }, @{ type = 'Binary'; data = @(0, 255) }, @{ type = 'Binary'; data = @() },
        @{ type = 'MultiString'; data = @('一つ') }, @{ type = 'MultiString'; data = @() }
    ) {
        $wanted = Copy-State ([pscustomobject] $_)
        Invoke-Set 'registry' $new $wanted
        $found = Get-State 'registry' $new
        Test-Kind 'registry' $wanted $found | Should -BeTrue
        Test-Same $wanted $found | Should -BeTrue
    }

    It 'reads 4294967295 and -1 as the same 32 bits' {
        Test-Kind 'registry' (ConvertFrom-Text '{"type": "DWord", "data": 4294967295}') (ConvertFrom-Text '{"type": "DWord", "data": -1}') | Should -BeTrue
        Test-Kind 'registry' (ConvertFrom-Text '{"type": "DWord", "data": 1}') (ConvertFrom-Text '{"type": "QWord", "data": 1}') | Should -BeFalse
        Test-Kind 'registry' (ConvertFrom-Text '{"type": "String", "data": "a"}') (ConvertFrom-Text '{"type": "String", "data": "A"}') | Should -BeFalse
    }

    It 'takes a text to its first NUL, and keeps what stands behind it' {
        $tokyo = ConvertFrom-Text '{"type": "String", "data": "Tokyo Standard Time"}'
        $left = ConvertFrom-Text '{"type": "String", "data": "Tokyo Standard Time\u0000\u4e00dard Time"}'
        Invoke-Set 'registry' $new $left
        $found = Get-State 'registry' $new
        Test-Same $left $found | Should -BeTrue
        Test-Kind 'registry' $tokyo $found | Should -BeTrue
        Test-Kind 'registry' (ConvertFrom-Text '{"type": "String", "data": "Pacific Standard Time"}') $found | Should -BeFalse
    }

    It 'refuses a value that it could not put back' {
        Edit-Pc { param($machine) $machine.registry.'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Power'.HiberbootEnabled.type = 'Unknown' }
        { Get-State 'registry' $power } | Should -Throw '*元に戻せない*'
    }
}
