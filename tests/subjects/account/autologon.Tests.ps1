BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'autologon' {
    BeforeEach {
        Initialize-Pc
        $script:Secret['OqsComApp'] = Get-TestSecret 'New-Secret-1'
        $target = ConvertFrom-Text '{"sessions": "console"}'
        $wanted = ConvertFrom-Text '{"user": "OqsComApp"}'
        $winlogon = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
        $undo = (Get-Kind 'autologon').undo
    }

    It 'signs in with a secret of the system, and is undone without a trace' {
        $before = Copy-State (Get-State 'autologon' $target)
        $pc = Get-Pc
        Invoke-Set 'autologon' $target $wanted
        $after = Get-State 'autologon' $target
        Test-Kind 'autologon' $wanted $after | Should -BeTrue
        (Read-Machine).lsa.DefaultPassword | Should -BeExactly 'New-Secret-1'
        ConvertTo-Canonical $after | Should -Not -Match 'New-Secret'
        ConvertTo-Canonical (Read-Machine).registry | Should -Not -Match 'New-Secret'
        (Read-Machine).registry."HKLM\$winlogon".DefaultDomainName.data | Should -BeExactly 'OQS-01'
        & $undo $target $before $after | Should -BeNullOrEmpty
        Invoke-Set 'autologon' $target $before
        Test-Same $before (Get-State 'autologon' $target) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'is still ours to undo after the PC was renamed, and to mend' {
        $before = Copy-State (Get-State 'autologon' $target)
        Invoke-Set 'autologon' $target $wanted
        $after = Copy-State (Get-State 'autologon' $target)
        Edit-Pc { param($machine) $machine.computer = 'OQS-02' }
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeFalse
        Test-OurWork ([pscustomobject] @{ kind = 'autologon'; settled = $true; after = $after }) (Get-State 'autologon' $target) | Should -BeTrue
        Invoke-Set 'autologon' $target $before
        Test-Same $before (Get-State 'autologon' $target) | Should -BeTrue
        Invoke-Set 'autologon' $target $wanted
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeTrue
    }

    It 'asks for the password of the account that it signs in, and for none to undo it' {
        $secret = (Get-Kind 'autologon').secret
        & $secret $target $wanted (Get-State 'autologon' $target) | Should -Be 'OqsComApp'
        & $secret $target (Get-State 'autologon' $target) $null | Should -BeNullOrEmpty
    }

    It 'is not as wanted: <what>' -ForEach @(
        @{ what = 'another account'; name = 'DefaultUserName'; data = 'admin' }, @{ what = 'off'; name = 'AutoAdminLogon'; data = '0' }
        @{ what = 'another PC or domain'; name = 'DefaultDomainName'; data = 'CLINIC' }, @{ what = 'in plain text'; name = 'DefaultPassword'; data = 'x' }
        @{ what = 'counted down'; name = 'AutoLogonCount'; data = '3' }
    ) {
        Invoke-Set 'autologon' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name $name -Type 'String' -Data $data
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeFalse
        Invoke-Set 'autologon' $target $wanted
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeTrue
    }

    It 'takes "." for this PC, and knows when the secret or the switch is gone' {
        Invoke-Set 'autologon' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'DefaultDomainName' -Type 'String' -Data '.'
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeTrue
        Remove-LsaSecret -Name 'DefaultPassword'
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeFalse
        Invoke-Set 'autologon' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\PasswordLess\Device' -Name 'DevicePasswordLessBuildVersion' -Type 'DWord' -Data 2
        Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeFalse
    }

    It 'does not put back a password in plain text, nor a secret that it cannot know: <what>' -ForEach @(
        @{ what = 'plain'; plain = $true }, @{ what = 'secret'; plain = $false }
    ) {
        foreach ($pair in @('AutoAdminLogon', '1'), @('DefaultUserName', 'kiosk'), @('DefaultDomainName', '.')) { Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name $pair[0] -Type 'String' -Data $pair[1] }
        if ($plain) { Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'DefaultPassword' -Type 'String' -Data 'Kiosk-1' }
        else { Set-LsaSecret -Name 'DefaultPassword' -Secret (Get-TestSecret 'Kiosk-1') }
        $before = Copy-State (Get-State 'autologon' $target)
        if ($plain) { $before.message | Should -Match '平文' }
        ConvertTo-Canonical $before | Should -Not -Match 'Kiosk-1'
        Invoke-Set 'autologon' $target $wanted
        $answer = & $undo $target $before (Get-State 'autologon' $target)
        $answer.reason | Should -Match 'netplwiz'
        Invoke-Set 'autologon' $target $answer.state
        $after = Get-State 'autologon' $target
        $after.values.AutoAdminLogon.data | Should -BeExactly '0'
        $after.values.DefaultUserName.data | Should -BeExactly 'kiosk'
        $after.plain | Should -BeFalse
        $after.secret | Should -BeFalse
    }

    Context 'and the password of the account' {
        BeforeEach {
            Add-Account 'OqsComApp' 'S-1-5-21-1-2-3-1002' @{ password = 'New-Secret-1'; administrator = $true }
            Invoke-Set 'autologon' $target $wanted
        }

        It 'is not as wanted once it is another one, is asked for anew, and still ours to undo' {
            $after = Copy-State (Get-State 'autologon' $target)
            Test-Kind 'autologon' $wanted $after | Should -BeTrue
            Get-FieldName $after | Should -Not -Contain 'refused'
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Other-2'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:00' }
            $script:LogonOutcome = @{}
            $found = Get-State 'autologon' $target
            Test-Kind 'autologon' $wanted $found | Should -BeFalse
            $found.message | Should -Match 'OqsComApp のパスワードと違います'
            ConvertTo-Canonical $found | Should -Not -Match 'New-Secret|Other-2'
            & (Get-Kind 'autologon').secret $target $wanted $found | Should -BeExactly 'OqsComApp'
            Test-OurWork ([pscustomobject] @{ kind = 'autologon'; settled = $true; after = $after }) $found | Should -BeTrue
            $script:Secret['OqsComApp'] = Get-TestSecret 'Other-2'
            Invoke-Set 'autologon' $target $wanted
            Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeTrue
        }

        It 'is right again where somebody sets the old one anew' {
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Other-2'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:00' }
            Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeFalse
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'New-Secret-1'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:05' }
            Test-Kind 'autologon' $wanted (Get-State 'autologon' $target) | Should -BeTrue
        }

        It 'is not tried when undoing, nor where another account is signed in' {
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Other-2' }
            $script:Pass = [pscustomobject] @{ mode = 'Rollback' }
            $null = Get-State 'autologon' $target
            $script:Pass = $null
            Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'DefaultUserName' -Type 'String' -Data 'nobody'
            $null = Get-State 'autologon' $target
            [IO.File]::Exists("$env:OQSGEN_FAKE/logons.txt") | Should -BeFalse
        }

        Context 'where another name stands there when it is undone' {
            BeforeEach {
                Add-Account 'uketsuke' 'S-1-5-21-1-2-3-1009'
                $after = Copy-State (Get-State 'autologon' $target)
                Mock Get-OpenAfter { $after }
                $script:Pass = [pscustomobject] @{ mode = 'Rollback' }
                Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'DefaultUserName' -Type 'String' -Data 'uketsuke'
                function Find-Change { Find-OthersChange ([pscustomobject] @{ kind = 'autologon'; settled = $true; before = $null; after = $after }) (Get-State 'autologon' $target) }
            }
            AfterEach { $script:Pass = $null }

            It 'is that account''s, left alone and named, where its password is the stored one' {
                Set-LsaSecret -Name 'DefaultPassword' -Secret (Get-TestSecret 'Their-1')
                Find-Change | Should -BeExactly 'ほかの人の自動サインイン: uketsuke'
                ConvertTo-Canonical (Get-State 'autologon' $target) | Should -Not -Match 'Their-1'
            }

            It 'is left alone where that cannot be tried now' {
                Mock Get-SecretOutcome { 'wait' }
                Find-Change | Should -BeExactly 'ほかの人の自動サインイン: uketsuke'
            }

            It 'is still ours: <what>' -ForEach @(
                @{ what = 'somebody only signed in'; do = { } }
                @{ what = 'it is off'; do = { Set-LsaSecret -Name 'DefaultPassword' -Secret (Get-TestSecret 'Their-1'); Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'AutoAdminLogon' -Type 'String' -Data '0' } }
                @{ what = 'no such account'; do = { Set-RegistryEntry -Hive 'HKLM' -Key $winlogon -Name 'DefaultUserName' -Type 'String' -Data 'nobody' } }
            ) {
                & $do
                Find-Change | Should -BeNullOrEmpty
            }
        }

        It 'is only said to be untried while the account is locked' {
            foreach ($i in 1..10) { $null = Get-LogonCode -Name 'OqsComApp' -Secret (Get-TestSecret "x$i") }
            $found = Get-State 'autologon' $target
            $found.warning | Should -Match '確かめていません'
            Test-Kind 'autologon' $wanted $found | Should -BeTrue
        }
    }
}
