BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'clock' {
    BeforeEach { Initialize-Pc }

    It 'clock: right, wrong, unknown' {
        $target = '{"server": "ntp"}'
        (Get-State 'clock' (ConvertFrom-Text $target)).unknown | Should -Match '名前'
        Initialize-Pc @{ hosts = [pscustomobject] @{ ntp = @('192.0.2.1') } }
        (Get-State 'clock' (ConvertFrom-Text $target)).unknown | Should -Match '応答'
        foreach ($pair in @(@(0, $true), @(-9999, $true), @(10001, $false), @(-3600000, $false))) {
            Edit-Pc { param($machine) $machine.sntp = [pscustomobject] @{ '192.0.2.1' = $pair[0] } }
            Test-Verify 'clock' $target '{"synchronized": true}' | Should -Be $pair[1]
        }
        (Get-State 'clock' (ConvertFrom-Text $target)).message | Should -Match '3600'
    }
}
