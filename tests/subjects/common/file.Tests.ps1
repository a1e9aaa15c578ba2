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
