BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'device-class' {
    BeforeEach { Initialize-Pc }

    It 'device-class: by the class' {
        $target = '{"class": "{50dd5230-ba8a-11d1-bf5d-0000f805f530}"}'
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeFalse
        (Get-Found 'device-class' $target).message | Should -Match 'ドライバー'
        Initialize-Pc @{ devices = [pscustomobject] @{ '{50dd5230-ba8a-11d1-bf5d-0000f805f530}' = 1 } }
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeTrue
        Test-Verify 'device-class' $target '{"minimum": 2}' | Should -BeFalse
    }
}
