BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'bypass-text' {
    It 'takes "<text>" as <ok>' -ForEach @(
        @{ text = ''; ok = $true }, @{ text = '*.onshikaku.org;*.rece;pweb.base.oqs-pdl.org'; ok = $true }, @{ text = '10.*.5;<local>;https://*.x.jp;'; ok = $true }
        @{ text = '10*'; ok = $true }, @{ text = '192.168.*x;172.16.1*'; ok = $true }, @{ text = '10*.5;srv*'; ok = $true }
        @{ text = '10.0.0.1*.rece'; ok = $false }, @{ text = '*.onshikaku.org*.rece'; ok = $false }, @{ text = 'a.jp b.jp'; ok = $false }, @{ text = 'a.jp,b.jp'; ok = $false }
        @{ text = 'a.jp、b.jp'; ok = $false }, @{ text = 'a.jp；b.jp'; ok = $false }, @{ text = "a.jp`u{3000};b.jp"; ok = $false }
    ) {
        Initialize-Pc
        Set-WinInetProxy -Flags 3 -Server 'x' -Bypass $text -Pac ''
        $found = Get-State 'bypass-text' (ConvertFrom-Text '{"connection": "lan"}')
        Test-Kind 'bypass-text' (ConvertFrom-Text '{"separated": true}') $found | Should -Be $ok
    }
}
