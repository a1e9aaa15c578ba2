BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'model and startup-time' {
    BeforeEach { Initialize-Pc }

    It 'model: <names> is the E14 Gen 2: <is>' -ForEach @(
        @{ names = @('LENOVO ThinkPad E14 Gen 2', '20TA'); is = $true }, @{ names = @('LENOVO', 'THINKPAD E14 GEN2'); is = $true }
        @{ names = @('LENOVO ThinkPad E14 Gen 20'); is = $false }, @{ names = @('LENOVO ThinkPad E14 Gen 3', '20Y7'); is = $false }
    ) {
        Initialize-Pc @{ model = $names }
        $target = '{"pattern": "(?i)thinkpad\\s*e14\\s*gen\\s*\\.?\\s*2(?!\\d)"}'
        Test-Verify 'model' $target '{"is": true}' | Should -Be $is
        Test-Verify 'model' $target '{"is": false}' | Should -Be (-not $is)
        Edit-Pc { param($machine) $machine.model = @('', ' ') }
        (Get-Found 'model' $target).unknown | Should -Match 'ラベル'
    }

    It 'startup-time: sign in after <signIn>, desktop after <desktop>, program after <program>: <is>' -ForEach @(
        @{ signIn = 20; desktop = 40; program = 120; is = 'ok' }, @{ signIn = 20; desktop = 121; program = $null; is = 'unknown' }, @{ signIn = 20; desktop = 141; program = $null; is = 'slow' }
        @{ signIn = 20; desktop = 40; program = 141; is = 'slow' }, @{ signIn = $null; desktop = 121; program = $null; is = 'slow' }, @{ signIn = 9000; desktop = 9020; program = 9030; is = 'unknown' }
        @{ signIn = $null; desktop = $null; program = $null; is = 'unknown' }, @{ signIn = $null; desktop = 31; program = $null; is = 'ok' }
    ) {
        Initialize-Pc @{ startTime = [pscustomobject] @{ signIn = $signIn; desktop = $desktop; program = $program } }
        $target = '{"seconds": 120, "folder": "C:\\Program Files\\OQS-Auth"}'
        if ($is -ceq 'unknown') { (Get-Found 'startup-time' $target).unknown | Should -Not -BeNullOrEmpty }
        else { Test-Verify 'startup-time' $target '{"slow": false}' | Should -Be ($is -ceq 'ok') }
    }
}
