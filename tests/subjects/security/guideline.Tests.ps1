BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'what the PC sees of the guideline' {
    BeforeEach { Initialize-Pc }

    It 'the firewall is on' {
        $target = ConvertFrom-Text '{"profiles": "private public"}'
        $wanted = ConvertFrom-Text '{"private": true, "public": true}'
        Test-Kind 'firewall' $wanted (Get-State 'firewall' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.firewall.Public = $false }
        $found = Get-State 'firewall' $target
        Test-Kind 'firewall' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'パブリック'
        $found.message | Should -Not -Match 'プライベート'
    }

    It 'guests stay outside, whatever the account is called' {
        $target = ConvertFrom-Text '{"account": "guest"}'
        $wanted = ConvertFrom-Text '{"enabled": false}'
        Test-Kind 'guest' $wanted (Get-State 'guest' $target) | Should -BeTrue
        Add-Account '施設の方' 'S-1-5-21-1-2-3-501' @{ enabled = $false }
        Test-Kind 'guest' $wanted (Get-State 'guest' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.accounts.'施設の方'.enabled = $true }
        $found = Get-State 'guest' $target
        Test-Kind 'guest' $wanted $found | Should -BeFalse
        $found.message | Should -Match '施設の方'
    }

    It 'Everyone has no full control, own or inherited' {
        $target = ConvertFrom-Text '{"path": "C:\\OQS\\face"}'
        $wanted = ConvertFrom-Text '{"full": false}'
        (Get-State 'folder-everyone' $target).unknown | Should -Not -BeNullOrEmpty
        Edit-Pc { param($machine) foreach ($path in 'C:\OQS', 'C:\OQS\face') { Set-FakeMember $machine.folders $path ([pscustomobject] @{ protected = $false; entries = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1301bf; sid = 'S-1-1-0' }) }) } }
        Test-Kind 'folder-everyone' $wanted (Get-State 'folder-everyone' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.folders.'C:\OQS'.entries[0].rights = 0x10000000 }
        $found = Get-State 'folder-everyone' $target
        Test-Kind 'folder-everyone' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'フル コントロール'
    }

    It 'an application is as its installer left it' {
        $target = ConvertFrom-Text '{"path": "C:\\Program Files\\OQS-Auth"}'
        $wanted = ConvertFrom-Text '{"changed": 0}'
        (Get-State 'folder-untouched' $target).unknown | Should -Match 'OQS-Auth'
        Add-File 'C:\Program Files\OQS-Auth\lib\face.dll'
        Test-Kind 'folder-untouched' $wanted (Get-State 'folder-untouched' $target) | Should -BeTrue
    }

    It 'an altered program is named, an unsigned one or one of an unknown signer is not' {
        $target = ConvertFrom-Text '{"path": "C:\\Program Files\\OQS-Auth"}'
        $signed = @{}
        foreach ($pair in @('a.dll', 'NotSigned'), @('b.exe', 'NotTrusted'), @('c.exe', 'UnknownError'), @('d.txt', 'HashMismatch'), @('e.EXE', 'HashMismatch')) {
            Add-File "C:\Program Files\OQS-Auth\$($pair[0])"
            $signed["C:\Program Files\OQS-Auth\$($pair[0])"] = @{ text = 'x'; signature = $pair[1] }
        }
        Edit-Pc { param($machine) Set-FakeMember $machine 'installers' ([pscustomobject] $signed) }
        $found = Get-State 'folder-untouched' $target
        $found.changed | Should -Be 1
        $found.message | Should -Match 'e\.EXE'
    }

    It 'an application is not as its installer left it where <name>' -ForEach @(
        @{ name = 'users may write'; folder = @{ protected = $false; entries = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1301bf; sid = 'S-1-5-32-545' }) } }
        @{ name = 'somebody may delete'; folder = @{ protected = $false; entries = @([pscustomobject] @{ type = 0; flags = 0; rights = 0x10000; sid = 'S-1-5-21-1-2-3-1001' }) } }
        @{ name = 'somebody is denied'; folder = @{ protected = $false; entries = @([pscustomobject] @{ type = 1; flags = 3; rights = 1; sid = 'S-1-5-32-545' }) } }
        @{ name = 'somebody else owns it'; folder = @{ protected = $false; entries = @(); owner = 'S-1-5-21-1-2-3-1001' } }
        @{ name = 'nobody may run it'; folder = @{ protected = $true; entries = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1f01ff; sid = 'S-1-5-32-544' }) } }
    ) {
        $target = ConvertFrom-Text '{"path": "C:\\Program Files\\OQS-Auth"}'
        Add-File 'C:\Program Files\OQS-Auth\lib\face.dll'
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\Program Files\OQS-Auth\lib' ([pscustomobject] $folder) }
        $found = Get-State 'folder-untouched' $target
        Test-Kind 'folder-untouched' (ConvertFrom-Text '{"changed": 0}') $found | Should -BeFalse
        $found.message | Should -Match ([regex]::Escape('C:\Program Files\OQS-Auth\lib'))
    }
}
