BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'adapter-keyword' {
    BeforeEach {
        Initialize-Pc
        $wired = ConvertFrom-Text '{"title": "有線", "device": "PCI\\VEN_10EC&DEV_8168", "description": "Realtek", "keyword": "*PMARPOffload"}'
        $wifi = ConvertFrom-Text '{"title": "無線", "device": "PCI\\VEN_8086&", "description": "AX201", "keyword": "*PMARPOffload"}'
        $off = ConvertFrom-Text '{"value": "0"}'
    }

    It 'turns one adapter''s off and back on' {
        $after = Invoke-RoundTrip 'adapter-keyword' $wired $off
        ConvertTo-Canonical $after | Should -BeExactly '{"adapters":[{"interface":"{6F1B7A9C-0C5E-4B7B-9E54-0A1D2C3B4E5F}","value":"0"}]}'
        Invoke-Set 'adapter-keyword' $wired $off
        (Read-Machine).adapters[1].keywords.'*PMARPOffload' | Should -BeExactly '1'
        Test-Kind 'adapter-keyword' $off (Get-State 'adapter-keyword' $wifi) | Should -BeFalse
    }

    It 'changes nothing but the keyword that is spelt so' {
        Invoke-Set 'adapter-keyword' $wired $off
        (Read-Machine).adapters[0].keywords.xPMARPOffload | Should -BeExactly '1'
        Edit-Pc { param($machine) $machine.adapters[0].keywords.PSObject.Properties.Remove('*PMARPOffload') }
        (Get-State 'adapter-keyword' $wired).'not-applicable' | Should -Match 'ドライバー'
    }

    It 'concerns only a PC that has the adapter' {
        Edit-Pc { param($machine) $machine.adapters[1].description = 'Intel(R) Wi-Fi 6E AX211 160MHz'; $machine.adapters[0].device = 'USB\VID_0BDA&PID_8153' }
        foreach ($target in $wired, $wifi) { (Get-State 'adapter-keyword' $target).'not-applicable' | Should -Match 'この PC にありません' }
    }

    It 'keeps two adapters of one sort apart' {
        Edit-Pc { param($machine)
            $second = Copy-State $machine.adapters[0]
            $second.name = 'イーサネット 2'; $second.interface = '{00000000-0C5E-4B7B-9E54-0A1D2C3B4E5F}'; $second.keywords.'*PMARPOffload' = '0'
            $machine.adapters = @($machine.adapters) + $second
        }
        $null = Invoke-RoundTrip 'adapter-keyword' $wired $off
    }
}
