BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

# What follows from the face library being installed: a restart, and a policy that it turns off.
Describe 'restarted-since' {
    BeforeEach {
        Initialize-Pc @{ boot = '2026-11-21 07:00:00.000'; now = '2026-11-24 12:00' }
        $script:Target = ConvertFrom-Text '{"paths": ["C:\\Library", "C:\\Library\\Version.Info"]}'
    }

    It 'is unknown until the library is there' {
        (Get-State 'restarted-since' $script:Target).unknown | Should -Match 'Library'
    }

    It 'folder made <folder>, file made <file>: <ok>' -ForEach @(
        @{ folder = '2026-11-20 23:00:00.000'; file = '2026-11-20 23:00:01.000'; ok = $true }, @{ folder = '2026-11-20 23:00:00.000'; file = '2026-11-21 07:00:00.001'; ok = $false }
        @{ folder = '2026-11-21 10:00:00.000'; file = '2020-01-01 00:00:00.000'; ok = $false }, @{ folder = '2026-11-21 07:00:00.000'; file = '2020-01-01 00:00:00.000'; ok = $false }
    ) {
        Edit-Pc { param($machine)
            Set-FakeField $machine.files 'C:\Library\Version.Info' '2.3.0'
            Set-FakeField $machine 'created' ([pscustomobject] @{ 'C:\Library' = $folder; 'C:\Library\Version.Info' = $file })
        }
        $found = Get-State 'restarted-since' $script:Target
        Test-Kind 'restarted-since' (ConvertFrom-Text '{"done": true}') $found | Should -Be $ok
        @(Get-FieldName $found) | Should -Be @('done')
    }

    It 'says nothing about files from the future' {
        Edit-Pc { param($machine)
            Set-FakeField $machine.files 'C:\Library\Version.Info' '2.3.0'
            Set-FakeField $machine 'created' ([pscustomobject] @{ 'C:\Library' = '2027-01-01 00:00:00.000' })
        }
        (Get-State 'restarted-since' $script:Target).unknown | Should -Match '時計'
    }

    It 'is left to the person, never set' { (Get-Kind 'restarted-since').waitsForPerson | Should -Match '再起動' }
}
