BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'file' {
    BeforeEach { Initialize-Pc }

    It 'file: <wanted> of <content> is <ok>' -ForEach @(
        @{ content = 'x'; wanted = '{"exists": true}'; ok = $true }, @{ content = 'x'; wanted = '{"minimumVersion": "2.3.0"}'; ok = $false }
        @{ content = "OQS 版 2.3.0`r`n"; wanted = '{"minimumVersion": "2.3.0"}'; ok = $true }, @{ content = '2.3'; wanted = '{"minimumVersion": "2.3.0.0"}'; ok = $true }
        @{ content = 'Ver1.07'; wanted = '{"minimumVersion": "1.0.10"}'; ok = $false }, @{ content = 'Ver1.07'; wanted = '{"minimumVersion": "1.0.4"}'; ok = $true }
        @{ content = 'Ｖｅｒ１．０．１０'; wanted = '{"minimumVersion": "1.0.9"}'; ok = $true }, @{ content = 'Version=1.09'; wanted = '{"minimumVersion": "1.0.9"}'; ok = $true }
        @{ content = "$('7' * 50000) 2.10"; wanted = '{"minimumVersion": "2.9"}'; ok = $true }
        @{ content = '2.10.1'; wanted = '{"minimumVersion": "2.9"}'; ok = $true }, @{ content = '1.99.9.9'; wanted = '{"minimumVersion": "2.0.0"}'; ok = $false }
    ) {
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName 'C:\Program Files\OQS-Auth\Version.Info' -NotePropertyValue $content }
        Test-Verify 'file' '{"path": "C:\\Program Files\\OQS-Auth\\Version.Info"}' $wanted | Should -Be $ok
    }

    It 'reads no more of a stream than it may' {
        $bytes = New-Object byte[] 100000
        (Read-StreamByte (New-Object IO.MemoryStream(, $bytes)) 100000).Length | Should -Be 100000
        { Read-StreamByte (New-Object IO.MemoryStream(, $bytes)) 99999 } | Should -Throw '*大きすぎる*'
    }

    It 'file: unknown until an installer brings it' {
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\Program Files\\OQS-Auth\\Version.Info"}')).unknown | Should -Match 'Version.Info'
    }

    It 'file: takes a program''s own version, and guesses none for other files' {
        Edit-Pc { param($machine)
            $machine.files | Add-Member -NotePropertyName 'C:\a.exe' -NotePropertyValue ([pscustomobject] @{ version = '3.4.5.6' })
            $machine.files | Add-Member -NotePropertyName 'C:\a.bin' -NotePropertyValue '9.9.9'
        }
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\a.exe"}')).version | Should -BeExactly '3.4.5.6'
        (Get-State 'file' (ConvertFrom-Text '{"path": "C:\\a.bin"}')).version | Should -BeNullOrEmpty
    }

    It 'file: reads UTF-16, UTF-8 with and without a mark, and Shift_JIS' {
        $text = '版 1.2.3'
        foreach ($bytes in @(
                , ([Text.Encoding]::Unicode.GetPreamble() + [Text.Encoding]::Unicode.GetBytes($text)), ([Text.Encoding]::UTF8.GetPreamble() + [Text.Encoding]::UTF8.GetBytes($text)),
                [Text.Encoding]::UTF8.GetBytes($text), [Text.Encoding]::GetEncoding(932).GetBytes($text))) {
            (ConvertFrom-FileByte ([byte[]] @($bytes | ForEach-Object { $_ }))).TrimStart([char] 0xfeff) | Should -BeExactly $text
        }
    }
}

Describe 'what an installer brings' {
    BeforeAll {
        $script:path = 'C:\Program Files\OQS-Auth\Version.Info'
        $script:step = [pscustomobject] @{ id = 'f'; kind = 'file'; scope = 'user'; how = 'guided'; title = 'f'; target = [pscustomobject] @{ path = $path }; wanted = [pscustomobject] @{ exists = $true } }
        function Set-Installing { param([string[]] $Programs, [bool] $Msi = $false)
            Edit-Pc { param($machine) Set-FakeField $machine 'programs' $Programs; Set-FakeField $machine 'installing' $Msi } }
    }
    BeforeEach { Initialize-Pc; $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false }; $script:watch = New-StepWatch $step $null }

    It 'counts once its installer has ended, Windows Installer too, and it is the same five seconds later' {
        $watch.every | Should -Be 5
        Mock Invoke-VerifyStep { return [pscustomobject] @{ status = 'ok' } }
        Add-File $path
        Set-Installing 'OqsInstall.exe'
        Test-StepSeen $watch | Should -BeFalse
        Find-Installing | Should -BeExactly 'OqsInstall.exe'
        Set-Installing @() $true
        Test-StepSeen $watch | Should -BeFalse
        Find-Installing | Should -BeExactly 'Windows インストーラー'
        Set-Installing @()
        Test-StepSeen $watch | Should -BeFalse
        Edit-Pc { param($machine) $machine.files.$path = '2.3.0' }
        Test-StepSeen $watch | Should -BeFalse -Because 'it was another one just now'
        Test-StepSeen $watch | Should -BeTrue
    }

    It 'does not wait for what keeps others up to date' {
        Set-Installing 'MicrosoftEdgeUpdateSetup.exe', 'OneDriveSetup.exe', 'explorer.exe'
        @(Find-Installing) | Should -BeNullOrEmpty
    }

    It 'counts for a person who says twice that it is done' {
        Set-Installing 'OqsInstall.exe'
        Test-HeldUp $step $false | Should -BeTrue
        Test-HeldUp $step $true | Should -BeFalse
        Set-Installing @()
        Test-HeldUp $step $false | Should -BeFalse
        Test-HeldUp ([pscustomobject] @{ kind = 'leftover' }) $false | Should -BeFalse
    }
}
