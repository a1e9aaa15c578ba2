BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

# More in proxy.Tests.ps1: both share how servers and lists are compared.
Describe 'winhttp' {
    It 'restores direct access' {
        Initialize-Pc
        $target = ConvertFrom-Text '{"configuration": "default"}'
        $before = Copy-State (Get-State 'winhttp' $target)
        Invoke-Set 'winhttp' $target (ConvertFrom-Text '{"server": "proxy:8080", "bypass": ["*.jp"], "exact": true}')
        Invoke-Set 'winhttp' $target $before
        ConvertTo-Canonical (Get-State 'winhttp' $target) | Should -BeExactly '{"access":1,"bypass":"","proxy":""}'
    }
}
