BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'uptime' {
    BeforeEach { Initialize-Pc }

    It 'uptime: <minutes> minutes is <ok>' -ForEach @(@{ minutes = 0; ok = $true }, @{ minutes = 1439; ok = $true }, @{ minutes = 1440; ok = $false }, @{ minutes = 99999; ok = $false }) {
        Initialize-Pc @{ uptime = $minutes }
        Test-Verify 'uptime' '{"since": "boot"}' '{"maximumHours": 24}' | Should -Be $ok
    }
}
