BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $script:target = ConvertFrom-Text '{"library": "C:\\Program Files\\OQS-Auth", "account": "OqsComApp"}'
    $script:wanted = ConvertFrom-Text '{"asAccount": true}'
    function Start-Program {
        param([string] $Image, [string] $User, [string] $Folder = 'C:\Program Files\OQS-Auth')
        Edit-Pc { param($machine)
            $machine.accounts | Add-Member 'OqsComApp' (ConvertFrom-Text '{"sid": "S-1-5-21-1-2-3-1002"}') -Force
            $all = @(Get-FakeField $machine 'modules' @() | ForEach-Object { $_ }) + @([pscustomobject] @{ folder = $Folder; image = $Image; user = $User })
            $machine | Add-Member modules $all -Force
        }
    }
}

Describe 'library-user' {
    BeforeEach { Initialize-Pc }

    It 'unknown while no program uses the library, or only its own and the browser do' {
        (Get-State 'library-user' $target).unknown | Should -Match '起動'
        Start-Program 'C:\Program Files\OQS-Auth\host.exe' 'setup'
        Start-Program 'C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe' 'setup'
        Start-Program 'C:\Reader\other.exe' 'setup' -Folder 'C:\Other'
        (Get-State 'library-user' $target).unknown | Should -Match '起動'
    }

    It 'as wanted where all run as the account; not where one does not, which is named' {
        Start-Program 'C:\Reader\reader.exe' 'OqsComApp'
        Test-Kind 'library-user' $wanted (Get-State 'library-user' $target) | Should -BeTrue
        Start-Program 'C:\Reader\tray.exe' 'setup'
        $found = Get-State 'library-user' $target
        Test-Kind 'library-user' $wanted $found | Should -BeFalse
        $found.message | Should -Match '^tray\.exe は setup で動いています。OqsComApp'
        @($found.programs).Length | Should -Be 2
    }
}
