BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'time' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"service": "W32Time"}'
        $wanted = ConvertFrom-Text '{"server": "ntp.base.oqs-pdl.org", "type": "NTP", "automatic": true}'
        $servers = 'SOFTWARE\Microsoft\Windows\CurrentVersion\DateTime\Servers'
        $parameters = 'SYSTEM\CurrentControlSet\Services\W32Time\Parameters'
    }

    It 'sets a fresh PC: peer, list, start and triggers' {
        Invoke-Set 'time' $target $wanted
        $found = Get-State 'time' $target
        Test-Kind 'time' $wanted $found | Should -BeTrue
        (Read-RegistryEntry -Hive 'HKLM' -Key $parameters -Name 'NtpServer').data | Should -BeExactly 'ntp.base.oqs-pdl.org,0x9'
        (Read-RegistryEntry -Hive 'HKLM' -Key $servers -Name '').data | Should -BeExactly '3'
        (Read-RegistryEntry -Hive 'HKLM' -Key $servers -Name '3').data | Should -BeExactly 'ntp.base.oqs-pdl.org'
        $service = (Read-Machine).services.W32Time
        $service.start | Should -Be 2
        $service.running | Should -BeTrue
        @($service.triggers | ForEach-Object { "$($_.type) $($_.action)" }) | Should -Be @('2 1', '2 2')
    }

    It 'puts all of it back but the service, which goes on running' {
        $before = Copy-State (Get-State 'time' $target)
        $pc = Get-Pc
        Invoke-Set 'time' $target $wanted
        Invoke-Set 'time' $target $before
        Test-Same $before (Get-State 'time' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.services.W32Time.running = $false }
        Get-Pc | Should -BeExactly $pc
    }

    It 'stops a service that was disabled' {
        Edit-Pc { param($machine) $machine.services.W32Time.start = 4 }
        $null = Invoke-RoundTrip 'time' $target $wanted
    }

    It 'puts back a PC without list, peer or triggers' {
        Edit-Pc { param($machine)
            $machine.registry.PSObject.Properties.Remove("HKLM\$servers")
            $machine.registry.'HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters' = [pscustomobject] @{ Other = [pscustomobject] @{ type = 'String'; data = 'x' } }
            $machine.registry.'HKLM\SYSTEM\CurrentControlSet\Services\W32Time\TimeProviders\NtpClient' = [pscustomobject] @{}
            $machine.services.W32Time.triggers = @()
            $machine.services.W32Time.start = 4
            $machine.registry | Add-Member -NotePropertyName 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\DateTime' -NotePropertyValue ([pscustomobject] @{})
        }
        $null = Invoke-RoundTrip 'time' $target $wanted
    }

    It 'chooses the host that is in the list already' {
        Set-RegistryEntry -Hive 'HKLM' -Key $servers -Name '7' -Type 'String' -Data 'NTP.base.oqs-pdl.org'
        Invoke-Set 'time' $target $wanted
        (Read-RegistryEntry -Hive 'HKLM' -Key $servers -Name '').data | Should -BeExactly '7'
        Read-RegistryEntry -Hive 'HKLM' -Key $servers -Name '8' | Should -BeNullOrEmpty
    }

    It 'takes the peers "<peers>" as <ok>' -ForEach @(
        @{ peers = 'ntp.base.oqs-pdl.org,0x9'; ok = $true }, @{ peers = 'NTP.BASE.OQS-PDL.ORG,0x8'; ok = $true }, @{ peers = 'ntp.base.oqs-pdl.org,0x1'; ok = $true }
        @{ peers = 'ntp.base.oqs-pdl.org'; ok = $false }, @{ peers = 'ntp.base.oqs-pdl.org,0xa'; ok = $false }, @{ peers = ''; ok = $false }
        @{ peers = 'ntp.base.oqs-pdl.org,0x9 time.windows.com,0x9'; ok = $false }, @{ peers = 'time.windows.com,0x9'; ok = $false }
    ) {
        Invoke-Set 'time' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key $parameters -Name 'NtpServer' -Type 'String' -Data $peers
        Test-Kind 'time' $wanted (Get-State 'time' $target) | Should -Be $ok
    }

    It 'sees a service that Windows would stop, a client that is off and another source' {
        Invoke-Set 'time' $target $wanted
        Edit-Pc { param($machine) $machine.services.W32Time.triggers = @([pscustomobject] @{ type = 3; action = 2; subtype = 'x'; data = @() }) }
        Test-Kind 'time' $wanted (Get-State 'time' $target) | Should -BeFalse
        Invoke-Set 'time' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Services\W32Time\TimeProviders\NtpClient' -Name 'Enabled' -Type 'DWord' -Data 0
        Test-Kind 'time' $wanted (Get-State 'time' $target) | Should -BeFalse
        Invoke-Set 'time' $target $wanted
        Test-Kind 'time' $wanted (Get-State 'time' $target) | Should -BeTrue
        Set-RegistryEntry -Hive 'HKLM' -Key $parameters -Name 'Type' -Type 'String' -Data 'NoSync'
        Test-Kind 'time' $wanted (Get-State 'time' $target) | Should -BeFalse
    }

    It 'reads what version 0.1.0 wrote while a policy was there' {
        $older = ConvertFrom-Text '{"server": "x", "triggers": [], "policy": {"type": "NT5DS"}}'
        ConvertTo-Canonical (& (Get-Kind 'time').readOlder $older 1) | Should -BeExactly '{"server":"x","triggers":[]}'
    }

    It 'fails where w32tm does' {
        Mock Update-TimeConfig { return -2147023834 }
        { Invoke-Set 'time' $target $wanted } | Should -Throw '*w32tm*'
    }
}
