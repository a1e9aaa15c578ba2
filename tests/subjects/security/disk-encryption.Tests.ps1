BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'disk-encryption' {
    BeforeAll {
        $script:target = ConvertFrom-Text '{"drive": "windows"}'
        $script:wanted = ConvertFrom-Text '{"recoverable": true}'
        function Get-Looked {
            param([object] $Volume)
            Initialize-Pc @{ volume = $Volume }
            $pc = Get-Pc
            $found = Get-State 'disk-encryption' $script:target
            Get-Pc | Should -BeExactly $pc -Because 'it never changes anything'
            return $found
        }
    }

    It 'says nothing of a drive that is not encrypted' {
        Initialize-Pc
        $found = Get-State 'disk-encryption' $script:target
        Test-Kind 'disk-encryption' $script:wanted $found | Should -BeTrue
        $found.warning | Should -BeExactly ''
    }

    It 'says where the recovery key is: <what>' -ForEach @(
        @{ what = 'protected'; conversion = 1; protection = 1; protectors = @(1, 3); ok = $true; says = '回復キーがどこにあるか.*https://aka\.ms/myrecoverykey.*保存か印刷' }
        @{ what = 'with an external key'; conversion = 1; protection = 1; protectors = @(1, 2); ok = $true; says = '回復キーがどこにあるか' }
        @{ what = '24H2 with local accounts'; conversion = 1; protection = 0; protectors = @(); ok = $true; says = '保護はまだ始まっていません.*https://aka\.ms/myrecoverykey' }
        @{ what = 'on the way'; conversion = 2; protection = 0; protectors = @(); ok = $true; says = '保護はまだ始まっていません' }
        @{ what = 'no recovery key'; conversion = 1; protection = 1; protectors = @(1); ok = $false; says = '' }
    ) {
        $found = Get-Looked ([pscustomobject] @{ conversion = $conversion; protection = $protection; protectors = $protectors })
        Test-Kind 'disk-encryption' $script:wanted $found | Should -Be $ok
        $found.encrypted | Should -BeTrue
        if ($ok) { $found.warning | Should -Match $says } else { $found.message | Should -Match '回復キーがありません.*「回復キーのバックアップ」' }
    }

    It 'knows where it cannot know, and where there is none' {
        (Get-Looked ([pscustomobject] @{ conversion = 1; protection = 2; protectors = @() })).unknown | Should -Match '答えません'
        (Get-Looked $null).'not-applicable' | Should -Match 'BitLocker'
    }
}
