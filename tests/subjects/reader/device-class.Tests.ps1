BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'device-class' {
    BeforeEach { Initialize-Pc }

    It 'device-class: by the class' {
        $target = '{"class": "{50dd5230-ba8a-11d1-bf5d-0000f805f530}"}'
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeFalse
        (Get-Found 'device-class' $target).message | Should -Match 'ドライバー'
        $inbox = [pscustomobject] @{ name = 'Microsoft Usbccid Smartcard Reader (WUDF)'; maker = 'Microsoft'; id = 'USB\VID_054C&PID_0DC8&MI_00\7&1' }
        $builtIn = [pscustomobject] @{ name = 'Alcor Micro USB Smart Card Reader'; maker = 'Alcor Micro'; id = 'USB\VID_058F&PID_9540\5&2' }
        $other = [pscustomobject] @{ name = 'Reader'; maker = ''; id = 'ACPI\X\0' }
        Initialize-Pc @{ devices = [pscustomobject] @{ '{50dd5230-ba8a-11d1-bf5d-0000f805f530}' = @($inbox) } }
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeTrue
        Test-Verify 'device-class' $target '{"minimum": 2}' | Should -BeFalse
        (Get-Found 'device-class' $target).message | Should -Match '足りないもの'
        Initialize-Pc @{ devices = [pscustomobject] @{ '{50dd5230-ba8a-11d1-bf5d-0000f805f530}' = @($inbox, $builtIn, $other) } }
        $found = Get-Found 'device-class' $target
        $found.devices | Should -BeExactly @('Alcor Micro USB Smart Card Reader（Alcor Micro、USB 058F:9540）', 'Microsoft Usbccid Smartcard Reader (WUDF)（USB 054C:0DC8）', 'Reader')
        foreach ($name in $found.devices) { $found.warning | Should -Match ([regex]::Escape($name)) }
    }
}
