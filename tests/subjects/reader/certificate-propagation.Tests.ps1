BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'certificate-propagation' {
    BeforeEach {
        Initialize-Pc
        $script:Target = ConvertFrom-Text '{"library": "C:\\Library\\Version.Info"}'
    }

    It 'is unknown until the library is there' { (Get-State 'certificate-propagation' $script:Target).unknown | Should -Match 'Library' }

    It '<value>: off is <ok>' -ForEach @(@{ value = 0; ok = $true }, @{ value = 1; ok = $false }, @{ value = $null; ok = $false }) {
        Edit-Pc { param($machine)
            Set-FakeField $machine.files 'C:\Library\Version.Info' '2.3.0'
            if ($null -ne $value) {
                Set-FakeField $machine.registry 'HKLM\SOFTWARE\Policies\Microsoft\Windows\CertProp' (ConvertFrom-Text "{`"CertPropEnabled`": {`"type`": `"DWord`", `"data`": $value}}")
            }
        }
        $found = Get-State 'certificate-propagation' $script:Target
        Test-Kind 'certificate-propagation' (ConvertFrom-Text '{"enabled": false}') $found | Should -Be $ok
        $found.message | Should -Match '証明書の伝達'
    }
}
