BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'port' {
    It 'port: open, closed, unknown' {
        Initialize-Pc
        $target = '{"host": "proxy.base.oqs-pdl.org", "port": 8080}'
        (Get-State 'port' (ConvertFrom-Text $target)).unknown | Should -Match 'proxy.base'
        Initialize-Pc @{ hosts = [pscustomobject] @{ 'proxy.base.oqs-pdl.org' = @('2001:db8::1', '192.0.2.1') } }
        Test-Verify 'port' $target '{"open": true}' | Should -BeFalse
        Edit-Pc { param($machine) $machine.ports = @('192.0.2.1 8080') }
        Test-Verify 'port' $target '{"open": true}' | Should -BeTrue
    }
}
