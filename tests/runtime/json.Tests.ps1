BeforeAll { . "$PSScriptRoot/../pc/Pc.ps1" }

Describe 'the text of data' {
    It 'is <text>' -ForEach @(
        @{ value = $null; text = 'null' }
        @{ value = ''; text = '""' }
        @{ value = "髙 ""x"" \ `t`r`n$([char] 1)$([char] 0x7f)$([char] 0x2028)"; text = '"髙 \"x\" \\ \t\r\n\u0001\u007f\u2028"' }
        @{ value = [char] 'x'; text = '"x"' }
        @{ value = [DayOfWeek]::Friday; text = '"Friday"' }
        @{ value = $false; text = 'false' }
        @{ value = [switch] $true; text = 'true' }
        @{ value = [long]::MinValue; text = '-9223372036854775808' }
        @{ value = 1.25; text = '1.25' }
        @{ value = @(); text = '[]' }
        @{ value = @(1); text = '[1]' }
        @{ value = @('a"', 'b', $null, @(), @(@('c'), 2)); text = '["a\"","b",null,[],[["c"],2]]' }
        @{ value = @{}; text = '{}' }
        @{ value = [pscustomobject] @{}; text = '{}' }
        @{ value = [ordered] @{ 'b\' = 1; 'a"' = @('x'); A = $null; c = [pscustomobject] @{ z = ''; y = @() } }; text = '{"b\\":1,"a\"":["x"],"A":null,"c":{"z":"","y":[]}}' }
        @{ value = [pscustomobject] @{ b = @($true); a = @{ x = @{} } }; text = '{"b":[true],"a":{"x":{}}}' }
    ) {
        ConvertTo-JsonText $value | Should -BeExactly $text
        # Within a field: ConvertFrom-Json alone would unroll a list.
        ConvertTo-JsonText (ConvertFrom-Json "{`"a`":$text}") | Should -BeExactly "{`"a`":$text}"
    }

    It 'has the names in the order of their code points where it is compared' {
        ConvertTo-Canonical ([pscustomobject] @{ b = 1; a = @{ z = 1; Y = 2 }; '_' = 2; Z = 3 }) | Should -BeExactly '{"Z":3,"_":2,"a":{"Y":2,"z":1},"b":1}'
    }

    It 'is in lines for people' {
        ConvertTo-JsonText ([ordered] @{ b = @(1, @{}, @()); a = [pscustomobject] @{ c = 'x'; d = 1 } }) -Indent '  ' |
            Should -BeExactly "{`n  `"b`": [`n    1,`n    {},`n    []`n  ],`n  `"a`": {`n    `"c`": `"x`",`n    `"d`": 1`n  }`n}"
    }

    It 'is of nothing but data' {
        { ConvertTo-JsonText @{ at = [DateTime]::Now } } | Should -Throw '*a date is not data*'
        { ConvertTo-JsonText @([AppDomain]::CurrentDomain) } | Should -Throw '*not data*'
    }
}
