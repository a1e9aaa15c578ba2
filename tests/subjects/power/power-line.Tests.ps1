BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'power-line' {
    BeforeEach { Initialize-Pc }

    It 'power-line: mains, battery, unknown' {
        foreach ($pair in @(@(1, $true), @(0, $false))) {
            Edit-Pc { param($machine) $machine.power.line = $pair[0] }
            Test-Verify 'power-line' '{"source": "ac"}' '{"connected": true}' | Should -Be $pair[1]
        }
        Edit-Pc { param($machine) $machine.power.line = 255 }
        (Get-State 'power-line' (ConvertFrom-Text '{"source": "ac"}')).unknown | Should -Not -BeNullOrEmpty
    }
}
