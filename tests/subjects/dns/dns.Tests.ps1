BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'dns' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"connection": "イーサネット"}'
        $wanted = ConvertFrom-Text '{"servers": ["2404:01A8:F583:0D00::53:1", "2404:01A8:F583:0D00::53:2"]}'
        $interfaces = 'HKLM\SYSTEM\CurrentControlSet\Services\{0}\Parameters\Interfaces\{1}'
        $guid = '{6F1B7A9C-0C5E-4B7B-9E54-0A1D2C3B4E5F}'
        function Get-NameServer { param([string] $Service) return (Read-Machine).registry.($interfaces -f $Service, $guid).NameServer.data }
    }

    It 'sets the servers of IPv6 and leaves those of IPv4 alone' {
        $after = Invoke-RoundTrip 'dns' $target $wanted
        ConvertTo-Canonical $after | Should -BeExactly '{"bound":true,"interface":"{6F1B7A9C-0C5E-4B7B-9E54-0A1D2C3B4E5F}","servers":["2404:1a8:f583:d00::53:1","2404:1a8:f583:d00::53:2"],"serversIPv4":["192.0.2.53","192.0.2.54"]}'
        Invoke-Set 'dns' $target $wanted
        Get-NameServer 'Tcpip' | Should -BeExactly '192.0.2.53,192.0.2.54'
    }

    It 'takes <text> as set: <ok>' -ForEach @(
        @{ text = '2404:1A8:F583:D00::53:1,2404:1a8:f583:d00:0:0:53:2'; ok = $true }, @{ text = '2404:1a8:f583:d00::53:1 2404:1a8:f583:d00::53:2'; ok = $true }
        @{ text = '2404:1a8:f583:d00::53:2,2404:1a8:f583:d00::53:1'; ok = $false }, @{ text = '2404:1a8:f583:d00::53:1'; ok = $false }
        @{ text = '2404:1a8:f583:d00::53:1,2404:1a8:f583:d00::53:2,2001:db8::1'; ok = $false }, @{ text = ''; ok = $false }
    ) {
        Edit-Pc { param($machine) $machine.registry.($interfaces -f 'Tcpip6', $guid).NameServer.data = $text }
        Test-Kind 'dns' $wanted (Get-State 'dns' $target) | Should -Be $ok
    }

    It 'puts the exact list back, in its order' {
        Edit-Pc { param($machine) $machine.registry.($interfaces -f 'Tcpip6', $guid).NameServer.data = '2001:db8::2,2001:db8::1' }
        $null = Invoke-RoundTrip 'dns' $target $wanted
        Get-NameServer 'Tcpip6' | Should -BeExactly '2001:db8::2,2001:db8::1'
    }

    It 'ticks TCP/IPv6 where it is not, and unticks it again' {
        Edit-Pc { param($machine) $machine.adapters[0].bindings.ms_tcpip6 = $false }
        $before = Get-State 'dns' $target
        $before.bound | Should -BeFalse
        $null = Invoke-RoundTrip 'dns' $target $wanted
        Edit-Pc { param($machine) $machine.registry.($interfaces -f 'Tcpip6', $guid).NameServer.data = '2404:1a8:f583:d00::53:1,2404:1a8:f583:d00::53:2' }
        Test-Kind 'dns' $wanted (Get-State 'dns' $target) | Should -BeFalse -Because 'not bound'
    }

    It 'puts back <servers> and <serversIPv4>, whether Windows takes both away at once: <both>' -ForEach @(
        @{ servers = '[]'; serversIPv4 = '["192.0.2.53", "192.0.2.54"]'; both = $true }, @{ servers = '[]'; serversIPv4 = '["192.0.2.53"]'; both = $false }
        @{ servers = '["2001:db8::1"]'; serversIPv4 = '[]'; both = $true }, @{ servers = '["2001:db8::1"]'; serversIPv4 = '[]'; both = $false }
        @{ servers = '[]'; serversIPv4 = '[]'; both = $true }
    ) {
        Edit-Pc { param($machine) $machine | Add-Member -NotePropertyName dnsResets -NotePropertyValue $both }
        Invoke-Set 'dns' $target $wanted
        $state = ConvertFrom-Text ('{{"interface": "{0}", "bound": true, "servers": {1}, "serversIPv4": {2}}}' -f $guid, $servers, $serversIPv4)
        Invoke-Set 'dns' $target $state
        Test-Kind 'dns' $state (Get-State 'dns' $target) | Should -BeTrue
    }

    It 'finds the connection by its interface once it was renamed' {
        $before = Copy-State (Get-State 'dns' $target)
        Invoke-Set 'dns' $target $wanted
        Edit-Pc { param($machine) $machine.adapters[0].name = 'オン資用' }
        (Get-State 'dns' $target).unknown | Should -Match 'オン資用'
        { Invoke-Set 'dns' $target $wanted } | Should -Throw '*イーサネット*'
        Invoke-Set 'dns' $target $before
        Get-NameServer 'Tcpip6' | Should -BeExactly ''
    }

    It 'undoes the connection that was set, whatever has its name now' {
        $before = Copy-State (Get-State 'dns' $target)
        Invoke-Set 'dns' $target $wanted
        $after = Copy-State (Get-State 'dns' $target)
        $path = "$env:OQSGEN_FAKE/dns-journal.jsonl"
        $key = "dns $(ConvertTo-Canonical $target)"
        [IO.File]::WriteAllText($path, '')
        $journal = Read-Journal $path
        Add-JournalEntry $journal ([ordered] @{ event = 'before'; step = 'dns'; title = 't'; key = $key; kind = 'dns'; format = 1; target = $target; before = $before; boot = 'b' })
        Add-JournalEntry $journal ([ordered] @{ event = 'set'; key = $key; after = $after; boot = 'b' })
        Edit-Pc { param($machine)
            $new = Copy-State $machine.adapters[0]
            $machine.adapters[0].name = 'オン資用'
            $new.interface = '{00000000-0C5E-4B7B-9E54-0A1D2C3B4E5F}'; $new.index = 77
            $machine.adapters = @($new) + @($machine.adapters)
            Set-FakeMember $machine.registry ($interfaces -f 'Tcpip6', $new.interface) ([pscustomobject] @{ NameServer = [pscustomobject] @{ type = 'String'; data = '2001:db8::9' } })
        }
        $pass = [pscustomobject] @{ mode = 'Rollback'; scope = 'machine'; boot = 'b'; journal = $journal; next = (New-Object Collections.ArrayList) }
        $script:Pass = $pass
        try {
            $item = @(Get-OpenTarget $journal)[0]
            (Invoke-UndoStep $item $pass).status | Should -BeExactly 'changed'
            Get-NameServer 'Tcpip6' | Should -BeExactly ''
            (Read-Machine).registry.($interfaces -f 'Tcpip6', '{00000000-0C5E-4B7B-9E54-0A1D2C3B4E5F}').NameServer.data | Should -BeExactly '2001:db8::9'
            Add-JournalEntry $journal ([ordered] @{ event = 'before'; step = 'dns'; title = 't'; key = $key; kind = 'dns'; format = 1; target = $target; before = $before; boot = 'b' })
            Edit-Pc { param($machine) $machine.adapters = @($machine.adapters[0]) }
            (Invoke-UndoStep $item $pass).message | Should -Match 'アダプターが、この PC にありません'
        }
        finally { $script:Pass = $null }
    }

    It 'takes a name with wildcards as it stands' {
        (Get-State 'dns' (ConvertFrom-Text '{"connection": "イーサ*"}')).unknown | Should -Match 'イーサ\*'
    }

    It 'says that IPv6 is off in the whole PC' {
        Invoke-Set 'dns' $target $wanted
        Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters' -Name 'DisabledComponents' -Type 'DWord' -Data 0x20
        Test-Kind 'dns' $wanted (Get-State 'dns' $target) | Should -BeTrue -Because 'it only prefers IPv4'
        Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters' -Name 'DisabledComponents' -Type 'DWord' -Data 0xff
        Test-Kind 'dns' $wanted (Get-State 'dns' $target) | Should -BeFalse
        (Get-State 'dns' $target).message | Should -Match 'DisabledComponents'
    }
}
