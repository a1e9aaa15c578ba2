BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $script:target = ConvertFrom-Text '{"applications": [{"name": "配信アプリケーション", "file": "C:\\d\\Version.Info"}, {"name": "顔認証ライブラリ", "file": "C:\\f\\Version.info"}]}'
    $script:wanted = ConvertFrom-Text '{"minimum": {"配信アプリケーション": "2.0.1", "顔認証ライブラリ": "2.3.0"}}'

    function Set-Version {
        param([string] $Distribution, [string] $Face)
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\d\Version.Info' $Distribution -Force; $machine.files | Add-Member 'C:\f\Version.info' $Face -Force }
    }
}

Describe 'versions' {
    BeforeEach { Initialize-Pc }

    It 'unknown while one is not installed, and says what is' {
        (Get-State 'versions' $target).unknown | Should -BeExactly 'まだ導入されていません: 配信アプリケーション、顔認証ライブラリ。'
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\d\Version.Info' 'Ver2.0.1' }
        (Get-State 'versions' $target).unknown | Should -BeExactly 'まだ導入されていません: 顔認証ライブラリ。この PC の版: 配信アプリケーション 2.0.1'
    }

    It '<distribution> and <face>: <ok>' -ForEach @(
        @{ distribution = 'Ver2.0.1'; face = '2.3.0'; ok = $true }, @{ distribution = '2.0.10'; face = '3.0'; ok = $true }
        @{ distribution = '2.0.0'; face = '2.3.0'; ok = $false }, @{ distribution = '2.0.1'; face = '2.2.9'; ok = $false }, @{ distribution = 'none'; face = '2.3.0'; ok = $false }
    ) {
        Set-Version $distribution $face
        $found = Get-State 'versions' $target
        Test-Kind 'versions' $wanted $found | Should -Be $ok
        Test-Same $found (Copy-State $found) | Should -BeTrue
        $found.message | Should -Match '顔認証ライブラリ'
    }

    It 'any version will do where none is asked for, but it has to be readable' {
        $any = ConvertFrom-Text '{"minimum": {"配信アプリケーション": "0.0", "顔認証ライブラリ": "0.0"}}'
        Set-Version 'Ver1.07' '0.1'
        Test-Kind 'versions' $any (Get-State 'versions' $target) | Should -BeTrue
        Set-Version '' '0.1'
        Test-Kind 'versions' $any (Get-State 'versions' $target) | Should -BeFalse
        (Get-State 'versions' $target).message | Should -Match '読めません'
    }
}
