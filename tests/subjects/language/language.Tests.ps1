BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'user-locale' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"person": "current"}'
        $wanted = ConvertFrom-Text '{"culture": "ja-JP", "location": 122, "language": "ja"}'
        $international = 'HKU\OqsComApp\Control Panel\International'
        $english = { param($machine)
            $machine.registry.$international = ConvertFrom-Json '{"LocaleName": {"type": "String", "data": "en-US"}, "sShortDate": {"type": "String", "data": "my own"}, "iCalendarType": {"type": "String", "data": "1"}}'
            $machine.registry."$international\Geo".Nation.data = '244'
            $machine.languages.OqsComApp = @([pscustomobject] @{ tag = 'en-US'; methods = @('0409:00000409', '0409:00020409') })
        }
    }

    It 'is as wanted on a Japanese PC' {
        Test-Kind 'user-locale' $wanted (Get-State 'user-locale' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.languages.OqsComApp[0].tag = 'ja-JP' }
        Test-Kind 'user-locale' $wanted (Get-State 'user-locale' $target) | Should -BeTrue
    }

    It 'makes an English person Japanese, and back with own formats and keyboards' {
        Edit-Pc $english
        $after = Invoke-RoundTrip 'user-locale' $target $wanted
        @($after.languages | ForEach-Object { $_.tag }) | Should -Be @('ja', 'en-US')
        ConvertTo-Canonical $after.languages[1].methods | Should -BeExactly '["0409:00000409","0409:00020409"]'
        (Read-Machine).registry.$international.sShortDate.data | Should -BeExactly 'my own'
    }

    It 'brings own formats back where Windows lets them follow the language' {
        Edit-Pc $english
        Edit-Pc { param($machine) Set-FakeField $machine 'formatsFollow' $true }
        $null = Invoke-RoundTrip 'user-locale' $target $wanted
    }

    It 'moves Japanese to the front as it is' {
        Edit-Pc { param($machine) $machine.languages.OqsComApp = @([pscustomobject] @{ tag = 'en-US'; methods = @('a') }, [pscustomobject] @{ tag = 'ja-JP'; methods = @('b', 'c') }) }
        $after = Invoke-RoundTrip 'user-locale' $target $wanted
        ConvertTo-Canonical $after.languages | Should -BeExactly '[{"methods":["b","c"],"tag":"ja-JP"},{"methods":["a"],"tag":"en-US"}]'
    }

    It 'changes no formats where only the region is another' {
        Edit-Pc { param($machine) $machine.registry."$international\Geo".Nation.data = '244'; $machine.registry.$international.sShortDate.data = 'my own' }
        $after = Invoke-RoundTrip 'user-locale' $target $wanted
        $after.formats.sShortDate | Should -BeExactly 'my own'
    }

    It 'is not as wanted in <what>' -ForEach @(
        @{ what = 'culture'; work = { param($machine) $machine.registry.'HKU\OqsComApp\Control Panel\International'.LocaleName.data = 'en-US' } }
        @{ what = 'region'; work = { param($machine) $machine.registry.'HKU\OqsComApp\Control Panel\International\Geo'.Nation.data = '244' } }
        @{ what = 'no region'; work = { param($machine) $machine.registry.'HKU\OqsComApp\Control Panel\International\Geo'.PSObject.Properties.Remove('Nation') } }
        @{ what = 'language'; work = { param($machine) $machine.languages.OqsComApp[0].tag = 'jam' } }
        @{ what = 'no language'; work = { param($machine) $machine.languages.OqsComApp = @() } }
    ) {
        Edit-Pc $work
        Test-Kind 'user-locale' $wanted (Get-State 'user-locale' $target) | Should -BeFalse
        Invoke-Set 'user-locale' $target $wanted
        Test-Kind 'user-locale' $wanted (Get-State 'user-locale' $target) | Should -BeTrue
    }
}

Describe 'display-language' {
    It 'is shown, waits for a sign-in, or is another' {
        Initialize-Pc
        $target = ConvertFrom-Text '{"language": "ja"}'
        (Get-State 'display-language' $target).shown | Should -BeTrue
        Initialize-Pc @{ display = 'en-US' }
        (Get-State 'display-language' $target).unknown | Should -Match '言語パック'
        Edit-Pc { param($machine) $machine.languages.OqsComApp = @([pscustomobject] @{ tag = 'en-US'; methods = @() }) }
        $found = Get-State 'display-language' $target
        Test-Kind 'display-language' (ConvertFrom-Text '{"shown": true}') $found | Should -BeFalse
        $found.message | Should -Match 'en-US'
    }
}

Describe 'system-locale' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"part": "system"}'
        $wanted = ConvertFrom-Text '{"locale": "0411", "ACP": "932"}'
        $pages = 'HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage'
    }

    It 'is as wanted on a Japanese PC' { Test-Kind 'system-locale' $wanted (Get-State 'system-locale' $target) | Should -BeTrue }

    It 'makes an English PC Japanese and back' {
        Set-SystemLocale -Name 'en-US'
        $after = Invoke-RoundTrip 'system-locale' $target $wanted
        ConvertTo-Canonical $after | Should -BeExactly '{"ACP":"932","MACCP":"10001","OEMCP":"932","locale":"0411"}'
    }

    It 'takes the UTF-8 of the beta away and gives it back' {
        Edit-Pc { param($machine) foreach ($name in 'ACP', 'OEMCP', 'MACCP') { $machine.registry.$pages.$name.data = '65001' } }
        (Get-State 'system-locale' $target).message | Should -Match 'UTF-8'
        $null = Invoke-RoundTrip 'system-locale' $target $wanted
    }
}
