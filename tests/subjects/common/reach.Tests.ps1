BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'names and reach' {
    BeforeEach { Initialize-Pc }

    It 'names: all, some, none' {
        $target = '{"hosts": ["a.jp", "b.jp", "c.jp"]}'
        (Get-Found 'names' $target).unknown | Should -Match 'a\.jp、b\.jp、c\.jp'
        Initialize-Pc @{ hosts = [pscustomobject] @{ 'a.jp' = @('192.0.2.1'); 'c.jp' = @('2001:db8::1') } }
        Test-Verify 'names' $target '{"missing": []}' | Should -BeFalse
        (Get-Found 'names' $target).message | Should -Match '名前があります: b\.jp。'
        Edit-Pc { param($machine) $machine.hosts | Add-Member -NotePropertyName 'b.jp' -NotePropertyValue @('192.0.2.2') }
        Test-Verify 'names' $target '{"missing": []}' | Should -BeTrue
    }

    It 'names the authentication of the line as what is looked at next, where nothing answers and the line has one' {
        $site = '{"kind": "reach", "target": {"places": [{"host": "www.lineauth.mnw", "port": 443, "proxy": ""}]}}'
        $plans = @{ with = (ConvertFrom-Text "{`"steps`": [{`"kind`": `"file`", `"target`": null}, $site]}"); without = (ConvertFrom-Text '{"steps": []}') }
        try {
            foreach ($case in @(@('names', '{"hosts": ["a.jp", "b.jp"]}'), @('reach', '{"places": [{"host": "a.jp", "port": 443, "proxy": ""}, {"host": "b.jp", "port": 80, "proxy": ""}]}'))) {
                Initialize-Pc
                $script:Pass = [pscustomobject] @{ mode = 'Verify'; plan = $plans.with }
                (Get-Found $case[0] $case[1]).unknown | Should -Match '回線認証.*www\.lineauth\.mnw'
                $script:Pass.plan = $plans.without
                (Get-Found $case[0] $case[1]).unknown | Should -Not -Match '回線認証'
                $script:Pass.plan = $plans.with
                Initialize-Pc @{ hosts = [pscustomobject] @{ 'a.jp' = @('192.0.2.1') }; ports = @('192.0.2.1 443') }
                (Get-Found $case[0] $case[1]).message | Should -Not -Match '回線認証' -Because 'the line is there'
            }
        }
        finally { $script:Pass = $null }
    }

    It 'reach: straight' {
        $target = '{"places": [{"host": "a.jp", "port": 443, "proxy": ""}, {"host": "b.jp", "port": 80, "proxy": ""}]}'
        (Get-Found 'reach' $target).unknown | Should -Match 'どこにも'
        Initialize-Pc @{ hosts = [pscustomobject] @{ 'a.jp' = @('192.0.2.1', '2001:db8::1') }; ports = @('2001:db8::1 443') }
        Test-Verify 'reach' $target '{"unreachable": []}' | Should -BeFalse
        Test-Verify 'reach' $target '{"reached": 1}' | Should -BeTrue
        (Get-Found 'reach' $target).message | Should -Match 'b\.jp:80 … 名前を解決できません'
        Edit-Pc { param($machine) $machine.hosts | Add-Member -NotePropertyName 'b.jp' -NotePropertyValue @('192.0.2.2') }
        (Get-Found 'reach' $target).message | Should -Match 'b\.jp:80 … 応答がありません'
        Edit-Pc { param($machine) $machine.ports = @($machine.ports) + '192.0.2.2 80' }
        Test-Verify 'reach' $target '{"unreachable": []}' | Should -BeTrue
        Edit-Pc { param($machine) $machine.ports = @() }
        (Get-Found 'reach' $target).unknown | Should -Match '応答がありません' -Because 'names alone are no line'
    }

    It 'reach: by a proxy that answers <status> is <ok>' -ForEach @(
        @{ status = 200; ok = $true; text = '^$' }, @{ status = 407; ok = $false; text = 'ユーザー名とパスワード' }
        @{ status = 403; ok = $false; text = '許可していません' }, @{ status = 503; ok = $false; text = '503' }
    ) {
        $target = '{"places": [{"host": "c.example", "port": 443, "proxy": "proxy.local:3128"}]}'
        (Get-Found 'reach' $target).unknown | Should -Match 'proxy\.local:3128 の名前'
        Initialize-Pc @{
            hosts = [pscustomobject] @{ 'proxy.local' = @('192.0.2.8') }
            tunnels = [pscustomobject] @{ '192.0.2.8 3128' = [pscustomobject] @{ 'c.example:443' = $status } }
        }
        Test-Verify 'reach' $target '{"unreachable": []}' | Should -Be $ok
        [string] (Get-Field (Get-Found 'reach' $target) 'message') | Should -Match $text
        Edit-Pc { param($machine) $machine.tunnels = [pscustomobject] @{} }
        (Get-Found 'reach' $target).unknown | Should -Match 'から応答がありません'
    }
}
