BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function Invoke-Ask {
        param([string[]] $Answers)
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false; answers = $Answers }
        $script:FakeAnswer = 0
        return (Read-TypedLine @([pscustomobject] @{ kind = 'typed-code'; target = $target; wanted = $wanted }))
    }

    function Initialize-Pass {
        # Another start of the script, with the journal as it stands.
        param([string] $Bundle = 'b1')
        $script:TypedCode = @{}
        $script:Pass = [pscustomobject] @{ bundle = $Bundle; mode = 'Apply'; journal = (Read-Journal "$env:OQSGEN_FAKE/typed.jsonl") }
    }
}

Describe 'typed-code' {
    BeforeEach {
        Initialize-Pc
        [IO.File]::Delete("$env:OQSGEN_FAKE/typed.jsonl")
        Initialize-Pass
        $target = ConvertFrom-Text '{"asks": "通知書の医療機関等コード（10桁）"}'
        $wanted = ConvertFrom-Text '{"code": "1319999012"}'
    }

    It 'does not know before anybody has typed' {
        (Get-State 'typed-code' $target).unknown | Should -Match '通知書の医療機関等コード'
        Invoke-Ask @('') | Should -BeNullOrEmpty
        (Get-State 'typed-code' $target).unknown | Should -Match '入力されていません'
        Invoke-Ask @('ｓ') | Should -Be 's'
        (Get-State 'typed-code' $target).unknown | Should -Match '入力されていません'
    }

    It 'takes "<typed>"' -ForEach @(@{ typed = '1319999012' }, @{ typed = ' １３-１９９９９０１ー２ ' }, @{ typed = '131 9999 012' }) {
        Invoke-Ask @($typed) | Should -BeNullOrEmpty
        Test-Kind 'typed-code' $wanted (Get-State 'typed-code' $target) | Should -BeTrue
    }

    It 'refuses another code, says which is wanted, and does not remember it' {
        Invoke-Ask @('1319999013') | Should -BeNullOrEmpty
        Test-Kind 'typed-code' $wanted (Get-State 'typed-code' $target) | Should -BeFalse
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match '1319999012'
        Initialize-Pass
        (Get-State 'typed-code' $target).unknown | Should -Not -BeNullOrEmpty
    }

    It 'remembers the right one, for what was asked alone, in another bundle too' {
        $null = Invoke-Ask @('1319999012')
        Initialize-Pass
        Test-Kind 'typed-code' $wanted (Get-State 'typed-code' $target) | Should -BeTrue
        Test-Kind 'typed-code' (ConvertFrom-Text '{"code": "1319999020"}') (Get-State 'typed-code' $target) | Should -BeFalse
        (Get-State 'typed-code' (ConvertFrom-Text '{"asks": "画面の医療機関等コード"}')).unknown | Should -Not -BeNullOrEmpty
        Initialize-Pass 'b2'
        (Get-State 'typed-code' $target).code | Should -BeExactly '1319999012'
    }
}
