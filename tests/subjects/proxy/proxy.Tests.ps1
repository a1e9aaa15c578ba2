BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'proxy and winhttp' {
    BeforeEach {
        Initialize-Pc
        $lan = ConvertFrom-Text '{"connection": "lan"}'
        $default = ConvertFrom-Text '{"configuration": "default"}'
        $wanted = ConvertFrom-Text '{"server": "proxy.base.oqs-pdl.org:8080", "bypass": ["*.onshikaku.org", "*.rece", "pweb.base.oqs-pdl.org"], "exact": false}'
        $exact = Copy-State $wanted
        $exact.exact = $true
        function Edit-Proxy {
            param([int] $Flags, [string] $Server, [string] $Bypass, [string] $Pac = '')
            Set-WinInetProxy -Flags $Flags -Server $Server -Bypass $Bypass -Pac $Pac
        }
    }

    It 'sets a fresh PC and puts it back' {
        $after = Invoke-RoundTrip 'proxy' $lan $wanted
        ConvertTo-Canonical $after | Should -BeExactly '{"bypass":"*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org","flags":3,"pac":"","server":"proxy.base.oqs-pdl.org:8080"}'
    }

    It 'puts a script and automatic detection back word for word' {
        Edit-Proxy 13 'old:1' 'a b;<local>' 'http://pac/x.pac'
        $after = Invoke-RoundTrip 'proxy' $lan $exact
        $after.pac | Should -BeExactly 'http://pac/x.pac'
        (Read-WinInetProxy).flags | Should -Be 13
    }

    It 'does the same for WinHTTP' {
        $after = Invoke-RoundTrip 'winhttp' $default $wanted
        $after.access | Should -Be 3
        Set-WinHttpDefaultProxy -Access 3 -Proxy 'other:80' -Bypass '<local>;10.*'
        $null = Invoke-RoundTrip 'winhttp' $default $wanted
        Test-Kind 'winhttp' $wanted (ConvertFrom-Text '{"access": 1, "proxy": "proxy.base.oqs-pdl.org:8080", "bypass": "*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org"}') | Should -BeFalse
    }

    It 'takes <server> with flags <flags> as <ok>' -ForEach @(
        @{ server = 'proxy.base.oqs-pdl.org:8080'; flags = 3; ok = $true }, @{ server = 'http://PROXY.base.oqs-pdl.org:8080/'; flags = 2; ok = $true },
        @{ server = 'http=proxy.base.oqs-pdl.org:8080'; flags = 3; ok = $false }, @{ server = 'proxy.base.oqs-pdl.org:8081'; flags = 3; ok = $false },
        @{ server = 'proxy.base.oqs-pdl.org:8080'; flags = 1; ok = $false }, @{ server = 'proxy.base.oqs-pdl.org:8080'; flags = 11; ok = $false },
        @{ server = 'proxy.base.oqs-pdl.org:8080'; flags = 7; ok = $false }, @{ server = ''; flags = 3; ok = $false }
    ) {
        Edit-Proxy $flags $server '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org'
        Test-Kind 'proxy' $wanted (Get-State 'proxy' $lan) | Should -Be $ok
    }

    It 'takes the list "<bypass>" as <ok>, exactly <only>' -ForEach @(
        @{ bypass = '*.rece; *.ONSHIKAKU.org;pweb.base.oqs-pdl.org;'; ok = $true; only = $true }
        @{ bypass = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;<local>'; ok = $true; only = $true }
        @{ bypass = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;*.kenporen.com'; ok = $true; only = $false }
        @{ bypass = '*.onshikaku.org*.rece;pweb.base.oqs-pdl.org'; ok = $false; only = $false }
        @{ bypass = '*.onshikaku.org,*.rece,pweb.base.oqs-pdl.org'; ok = $false; only = $false }
        @{ bypass = ''; ok = $false; only = $false }
    ) {
        Edit-Proxy 3 'proxy.base.oqs-pdl.org:8080' $bypass
        Test-Kind 'proxy' $wanted (Get-State 'proxy' $lan) | Should -Be $ok
        Test-Kind 'proxy' $exact (Get-State 'proxy' $lan) | Should -Be $only
    }

    It 'writes "<written>" over "<found>"' -ForEach @(
        @{ found = '*.kenporen.com;192.168.1.10'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;*.kenporen.com;192.168.1.10' }
        @{ found = '*.onshikaku.org*.kenporen.com'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;*.kenporen.com' }
        @{ found = '*.recepweb.base.oqs-pdl.org;a.jp,b.jp  c.jp'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;a.jp;b.jp;c.jp' }
        @{ found = '10.*.5;https://*.x.jp;<local>'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;10.*.5;https://*.x.jp;<local>' }
        @{ found = '10*;192.168.*x'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org;10*;192.168.*x' }
        @{ found = '*.ONSHIKAKU.ORG'; written = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org' }
    ) {
        Edit-Proxy 3 'x' $found
        Invoke-Set 'proxy' $lan $wanted
        (Read-WinInetProxy).bypass | Should -BeExactly $written
        Invoke-Set 'proxy' $lan $wanted
        (Read-WinInetProxy).bypass | Should -BeExactly $written
        Invoke-Set 'proxy' $lan $exact
        (Read-WinInetProxy).bypass | Should -BeExactly '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org'
    }

    It 'empties an exact list of none' {
        Edit-Proxy 3 'x' 'a.jp'
        $none = ConvertFrom-Text '{"server": "proxy:3128", "bypass": [], "exact": true}'
        Invoke-Set 'proxy' $lan $none
        (Read-WinInetProxy).bypass | Should -BeExactly ''
        Test-Kind 'proxy' $none (Get-State 'proxy' $lan) | Should -BeTrue
        Edit-Proxy 3 'proxy:3128' 'a.jp'
        Test-Kind 'proxy' $none (Get-State 'proxy' $lan) | Should -BeFalse
    }
}
