BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function ConvertTo-Pol {
        # Written out anew from MS-GPREG 2.2.1, not with the kind's own functions.
        param([object[]] $Records)
        $bytes = New-Object Collections.Generic.List[byte]
        $bytes.AddRange([byte[]] (0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0))
        $unicode = [Text.Encoding]::Unicode
        foreach ($record in $Records) {
            $bytes.AddRange($unicode.GetBytes('['))
            $bytes.AddRange($unicode.GetBytes($record[0])); $bytes.AddRange([byte[]] (0, 0)); $bytes.AddRange($unicode.GetBytes(';'))
            $bytes.AddRange($unicode.GetBytes($record[1])); $bytes.AddRange([byte[]] (0, 0)); $bytes.AddRange($unicode.GetBytes(';'))
            $bytes.AddRange([BitConverter]::GetBytes([uint32] $record[2])); $bytes.AddRange($unicode.GetBytes(';'))
            $bytes.AddRange([BitConverter]::GetBytes([uint32] $record[3].Length)); $bytes.AddRange($unicode.GetBytes(';'))
            $bytes.AddRange([byte[]] $record[3])
            $bytes.AddRange($unicode.GetBytes(']'))
        }
        return , $bytes.ToArray()
    }

    function Get-Hex {
        param([byte[]] $Bytes)
        return [BitConverter]::ToString($Bytes)
    }

    function Write-Gpo {
        param([byte[]] $Pol, [string] $Gpt)
        $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/GroupPolicy")
        [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/GroupPolicy/Registry.pol", $Pol)
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/GroupPolicy/gpt.ini", $Gpt)
    }

    function Read-Gpt { return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/GroupPolicy/gpt.ini") }
}

Describe 'policy' {
    BeforeEach {
        Initialize-Pc
        $key = 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
        $target = [pscustomobject] @{ key = $key }
        $wanted = ConvertFrom-Text '{"values": {"NoAutoUpdate": {"type": "DWord", "data": 0}, "AUOptions": {"type": "DWord", "data": 4}}}'
        # Data that looks like the format itself, a foreign key, a foreign value of the same key, and deletions.
        $trap = [Text.Encoding]::Unicode.GetBytes("];[`0;")
        $records = @(
            , @('Software\Policies\Other', 'Trap', 3, $trap)
            , @($key.ToUpperInvariant(), '**del.AUOptions', 1, [byte[]] (32, 0, 0, 0))
            , @($key, 'UseWUServer', 4, [byte[]] (1, 0, 0, 0))
            , @($key, 'NoAutoUpdate', 4, [byte[]] (1, 0, 0, 0))
            , @('Software\Policies\After', '', 1, [byte[]] (0, 0))
        ) | ForEach-Object { , $_ }
    }

    It 'makes a policy where there was none, in both stores, and takes it back' {
        Test-Kind 'policy' $wanted (Get-State 'policy' $target) | Should -BeFalse
        $null = Invoke-RoundTrip 'policy' $target $wanted
        Get-Hex (Read-PolicyFile).pol | Should -BeExactly '50-52-65-67-01-00-00-00'
        Test-RegistryKey -Hive 'HKLM' -Key 'SOFTWARE\Policies' | Should -BeFalse
        Read-Gpt | Should -BeExactly "[General]`r`ngPCMachineExtensionNames=[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]`r`nVersion=2`r`n"
    }

    It 'is undone although another has made keys above it since' {
        $before = Copy-State (Get-State 'policy' $target)
        $other = { param($machine) Set-FakeField $machine.registry 'HKLM\SOFTWARE\Policies\Microsoft\Windows\CertProp' (ConvertFrom-Text '{"CertPropEnabled": {"type": "DWord", "data": 0}}') }
        Edit-Pc $other
        $pc = Get-Pc
        Invoke-Set 'policy' $target $wanted
        Test-Kind 'policy' $before (Get-State 'policy' $target) | Should -BeFalse
        Invoke-Set 'policy' $target $before
        Test-Kind 'policy' $before (Get-State 'policy' $target) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'writes the records that gpedit would' {
        Invoke-Set 'policy' $target $wanted
        $expected = ConvertTo-Pol @(@($key, 'NoAutoUpdate', 4, [byte[]] (0, 0, 0, 0)), @($key, 'AUOptions', 4, [byte[]] (4, 0, 0, 0)))
        Get-Hex (Read-PolicyFile).pol | Should -BeExactly (Get-Hex $expected)
    }

    It 'keeps foreign records byte for byte and in their places' {
        Write-Gpo (ConvertTo-Pol $records) "[General]`r`ngPCMachineExtensionNames=[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]`r`nVersion=65537`r`n"
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'UseWUServer' -Type 'DWord' -Data 1
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'NoAutoUpdate' -Type 'DWord' -Data 1
        $before = Get-Hex (Read-PolicyFile).pol
        $null = Invoke-RoundTrip 'policy' $target $wanted
        # The records of our key come back together, in their order; all others stay.
        $parsed = ConvertFrom-PolicyByte (Read-PolicyFile).pol
        @($parsed | ForEach-Object { $_.name }) | Should -Be @('Trap', '**del.AUOptions', 'UseWUServer', 'NoAutoUpdate', '')
        (Get-Hex (Read-PolicyFile).pol).Length | Should -Be $before.Length
        Invoke-Set 'policy' $target $wanted
        $expected = ConvertTo-Pol @(
            @('Software\Policies\Other', 'Trap', 3, $trap), @($key, 'AUOptions', 4, [byte[]] (4, 0, 0, 0)), @($key, 'UseWUServer', 4, [byte[]] (1, 0, 0, 0)),
            @($key, 'NoAutoUpdate', 4, [byte[]] (0, 0, 0, 0)), @('Software\Policies\After', '', 1, [byte[]] (0, 0)))
        Get-Hex (Read-PolicyFile).pol | Should -BeExactly (Get-Hex $expected)
        Read-Gpt | Should -Match 'Version=65540'
    }

    It 'is not as wanted while one of the stores disagrees' {
        Invoke-Set 'policy' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'AUOptions' -Type 'DWord' -Data 3
        Test-Kind 'policy' $wanted (Get-State 'policy' $target) | Should -BeFalse
        Invoke-Set 'policy' $target $wanted
        Test-Kind 'policy' $wanted (Get-State 'policy' $target) | Should -BeTrue
        Write-Gpo (ConvertTo-Pol @()) (Read-Gpt)
        Test-Kind 'policy' $wanted (Get-State 'policy' $target) | Should -BeFalse
    }

    It 'leaves the files alone when only the registry is to change' {
        Invoke-Set 'policy' $target $wanted
        $gpt = Read-Gpt
        Remove-RegistryEntry -Hive 'HKLM' -Key $key -Name 'AUOptions'
        Invoke-Set 'policy' $target $wanted
        Read-Gpt | Should -BeExactly $gpt
    }

    It 'has Windows read what was written when the PC went down before <name> was' -ForEach @(
        @{ name = 'gpt.ini'; gpt = $null }
        @{ name = 'an older gpt.ini'; gpt = "[General]`r`nVersion=3`r`n" }
        @{ name = 'the list of extensions of gpt.ini'; gpt = "[General]`r`ngPCMachineExtensionNames=[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]`r`nVersion=3`r`n" }
    ) {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'policy' $target)
        Invoke-Set 'policy' $target $wanted
        $file = "$env:OQSGEN_FAKE/GroupPolicy/gpt.ini"
        if ($null -eq $gpt) { [IO.File]::Delete($file) } else { [IO.File]::WriteAllText($file, $gpt) }
        $found = Get-State 'policy' $target
        $found.message | Should -Match 'gpt.ini'
        Test-Kind 'policy' $wanted $found | Should -BeFalse
        Invoke-Set 'policy' $target $wanted
        Read-Gpt | Should -Match ([regex]::Escape('[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}'))
        Test-Kind 'policy' $wanted (Get-State 'policy' $target) | Should -BeTrue
        Invoke-Set 'policy' $target $before
        Test-Same $before (Get-State 'policy' $target) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'says nothing of gpt.ini where the key has no records' {
        $before = ConvertTo-Canonical (Get-State 'policy' $target)
        $before | Should -Not -Match 'message'
        Write-Gpo (ConvertTo-Pol @(, @('Software\Policies\Other', 'Trap', 3, $trap))) "[General]`r`nVersion=1`r`n"
        ConvertTo-Canonical (Get-State 'policy' $target) | Should -BeExactly $before
    }

    It 'takes values away where null is wanted' {
        Invoke-Set 'policy' $target $wanted
        $none = ConvertFrom-Text '{"values": {"NoAutoUpdate": null, "AUOptions": {"type": "DWord", "data": 4}}}'
        Test-Kind 'policy' $none (Get-State 'policy' $target) | Should -BeFalse
        Invoke-Set 'policy' $target $none
        Test-Kind 'policy' $none (Get-State 'policy' $target) | Should -BeTrue
    }

    It 'puts back a value that stood in the registry alone' {
        Set-RegistryEntry -Hive 'HKLM' -Key $key -Name 'NoAutoUpdate' -Type 'DWord' -Data 1
        $null = Invoke-RoundTrip 'policy' $target $wanted
    }

    It 'stores <type> as Windows does' -ForEach @(
        @{ type = 'String'; data = 'あ'; hex = '42-30-00-00'; number = 1 }, @{ type = 'MultiString'; data = @('a', 'b'); hex = '61-00-00-00-62-00-00-00-00-00'; number = 7 }
        @{ type = 'QWord'; data = 258; hex = '02-01-00-00-00-00-00-00'; number = 11 }, @{ type = 'DWord'; data = 4294967295; hex = 'FF-FF-FF-FF'; number = 4 }
        @{ type = 'DWord'; data = -1; hex = 'FF-FF-FF-FF'; number = 4 }, @{ type = 'Binary'; data = @(1); hex = '01'; number = 3 }
    ) {
        $raw = ConvertTo-PolicyData $type $data
        $raw.type | Should -Be $number
        Get-Hex $raw.data | Should -BeExactly $hex
    }

    It 'refuses what it does not understand: <name>' -ForEach @(
        @{ name = 'another header'; bytes = [byte[]] (0x50, 0x52, 0x65, 0x67, 2, 0, 0, 0) }, @{ name = 'too short'; bytes = [byte[]] (0x50, 0x52) }
        @{ name = 'no bracket'; bytes = [byte[]] (0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0, 65, 0) }, @{ name = 'cut off'; bytes = [byte[]] (0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0, 91, 0, 65, 0) }
    ) {
        Write-Gpo $bytes "[General]`r`nVersion=1`r`n"
        { Get-State 'policy' $target } | Should -Throw '*Registry.pol*'
        { Invoke-Set 'policy' $target $wanted } | Should -Throw '*Registry.pol*'
        Get-Hex (Read-PolicyFile).pol | Should -BeExactly (Get-Hex $bytes)
    }

    It 'refuses every file that was cut short' {
        $whole = ConvertTo-Pol $records
        $ends = @(8)
        foreach ($record in (ConvertFrom-PolicyByte $whole)) { $ends += $ends[-1] + $record.raw.Length }
        for ($length = 9; $length -lt $whole.Length; $length++) {
            if ($ends -contains $length) { continue }
            { ConvertFrom-PolicyByte ([byte[]] $whole[0..($length - 1)]) } | Should -Throw
        }
    }

    Context 'gpt.ini' {
        BeforeAll {
            function Step-Text {
                param([string] $Text)
                return [Text.Encoding]::ASCII.GetString((Update-PolicyVersion ([Text.Encoding]::ASCII.GetBytes($Text))))
            }
            $ours = '[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]'
        }

        It 'counts the computer''s half and leaves the user''s' {
            Step-Text "[General]`r`nVersion=65535`r`n" | Should -Match "Version=1`r`n"
            Step-Text "[General]`r`nVersion=131071`r`n" | Should -Match "Version=65537`r`n"
            Step-Text "[General]`r`nVersion=4294901761`r`n" | Should -Match "Version=4294901762`r`n"
        }

        It 'keeps other lines, other extensions and their order' {
            $text = Step-Text "[General]`r`ngPCFunctionalityVersion=2`r`ngPCMachineExtensionNames=[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}][{00000000-0000-0000-0000-000000000000}{D02B1F73-3407-48AE-BA88-E8213C6761F1}]`r`ngPCUserExtensionNames=[{x}]`r`nVersion=3`r`n[Other]`r`nVersion=9`r`n"
            $text | Should -BeExactly "[General]`r`ngPCFunctionalityVersion=2`r`ngPCMachineExtensionNames=[{00000000-0000-0000-0000-000000000000}{D02B1F73-3407-48AE-BA88-E8213C6761F1}]$ours[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]`r`ngPCUserExtensionNames=[{x}]`r`nVersion=4`r`n[Other]`r`nVersion=9`r`n"
        }

        It 'does not register twice' {
            Step-Text "[General]`nversion = 5`ngPCMachineExtensionNames=$($ours.ToLowerInvariant())" | Should -BeExactly "[General]`r`nVersion=6`r`ngPCMachineExtensionNames=$ours`r`n"
        }

        It 'keeps UTF-16 as it is' {
            $bytes = Update-PolicyVersion ([byte[]] ([Text.Encoding]::Unicode.GetPreamble() + [Text.Encoding]::Unicode.GetBytes("[General]`r`nVersion=1`r`n")))
            Get-Hex $bytes[0..1] | Should -BeExactly 'FF-FE'
            [Text.Encoding]::Unicode.GetString($bytes) | Should -Match 'Version=2'
        }

        It 'refuses what it does not understand' {
            { Step-Text "[General]`r`nVersion=abc`r`n" } | Should -Throw '*Version*'
            { Step-Text "[General]`r`ngPCMachineExtensionNames=[{x}]`r`n" } | Should -Throw '*gPCMachineExtensionNames*'
        }
    }
}
