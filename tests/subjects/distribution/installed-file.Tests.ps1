BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'installed-file' {
    It 'unknown before the application is there, missing, there' {
        Initialize-Pc
        $target = ConvertFrom-Text '{"path": "C:\\ProgramData\\a.ini", "brought": "C:\\a\\Version.Info"}'
        $wanted = ConvertFrom-Text '{"present": true}'
        (Get-State 'installed-file' $target).unknown | Should -Match 'Version\.Info'
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\a\Version.Info' '1.0' }
        Test-Kind 'installed-file' $wanted (Get-State 'installed-file' $target) | Should -BeFalse
        (Get-State 'installed-file' $target).message | Should -Match 'a\.ini.*入れ直して'
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\ProgramData\a.ini' '' }
        Test-Kind 'installed-file' $wanted (Get-State 'installed-file' $target) | Should -BeTrue
    }
}
