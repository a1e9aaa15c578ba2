BeforeAll {
    . "$PSScriptRoot/Pc.ps1"
    function Test-Verify {
        param([string] $Kind, [string] $Target, [string] $Wanted)
        return Test-Kind $Kind (ConvertFrom-Text $Wanted) (Get-State $Kind (ConvertFrom-Text $Target))
    }
    function Get-Found { param([string] $Kind, [string] $Target) return Get-State $Kind (ConvertFrom-Text $Target) }
}

# Kinds that only read, about the line and the PC.
Describe 'the line' {
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

    It 'outbound-port: the firewall, silence, no line' {
        $target = '{"web": "w.jp", "secure": "s.jp", "time": "t.jp", "proxy": "p.jp:8080"}'
        $wanted = '{"blocked": []}'
        (Get-Found 'outbound-port' $target).unknown | Should -Match '応答がありません'
        Initialize-Pc @{
            hosts = [pscustomobject] @{ 'w.jp' = @('192.0.2.1'); 's.jp' = @('192.0.2.2'); 't.jp' = @('192.0.2.3'); 'p.jp' = @('192.0.2.4') }
            ports = @('192.0.2.1 80', '192.0.2.2 443', '192.0.2.4 8080'); sntp = [pscustomobject] @{ '192.0.2.3' = 5 }
            dnsServers = @('2001:db8::53'); dnsAnswers = @('udp 2001:db8::53')
        }
        Test-Verify 'outbound-port' $target $wanted | Should -BeTrue
        Edit-Pc { param($machine) $machine | Add-Member outbound ([pscustomobject] @{ default = 'Block'; ports = @('Any') }) }
        Test-Verify 'outbound-port' $target $wanted | Should -BeTrue -Because 'what answers is let out by another rule'
        Edit-Pc { param($machine) $machine.dnsAnswers = @(); $machine.sntp = [pscustomobject] @{} }
        ConvertTo-Canonical (Get-Found 'outbound-port' $target).blocked | Should -BeExactly '["53","123"]'
        Test-Verify 'outbound-port' $target $wanted | Should -BeFalse
        (Get-Found 'outbound-port' $target).message | Should -Match 'ファイアウォール'
        Edit-Pc { param($machine) $machine.outbound = [pscustomobject] @{ default = 'Allow'; ports = @('100-200', '5000') } }
        ConvertTo-Canonical (Get-Found 'outbound-port' $target).blocked | Should -BeExactly '["123"]'
        Edit-Pc { param($machine) $machine.outbound = [pscustomobject] @{ default = 'Allow'; ports = @() } }
        (Get-Found 'outbound-port' $target).warning | Should -Match 'ポート 53、123 の応答がありません'
        Test-Verify 'outbound-port' $target $wanted | Should -BeTrue -Because 'silence is no proof'
        Edit-Pc { param($machine) $machine.ports = @(); $machine.dnsAnswers = @('tcp 2001:db8::53') }
        (Get-Found 'outbound-port' $target).unknown | Should -Match '応答' -Because 'a DNS server in the house is no line'
    }

    It 'outbound-port: a site without a time server, and a rule for one port' {
        $target = '{"web": "w.jp", "secure": "s.jp", "time": "", "proxy": "p.jp:3128"}'
        Initialize-Pc @{ outbound = [pscustomobject] @{ default = 'Allow'; ports = @('3128', 'RPC') } }
        ConvertTo-Canonical (Get-Found 'outbound-port' $target).blocked | Should -BeExactly '["3128"]'
    }

    It 'dns-guide: <now>, answering <answers>' -ForEach @(
        @{ now = '2023-06-30 12:00'; answers = @(); status = 'ok'; text = '^$' }, @{ now = '2023-07-01 12:00'; answers = @(); status = 'unknown'; text = '応答がありません.*2022年6月30日' }
        @{ now = '2026-11-21 12:00'; answers = @('udp 2001:db8::2'); status = 'ok'; text = 'いまも応答.*4年以上' }
    ) {
        Initialize-Pc @{ now = $now; dnsAnswers = $answers }
        $found = Get-Found 'dns-guide' '{"asOf": 20220630, "servers": ["2001:db8::1", "2001:db8::2"], "host": "hweb.oqs.onshikaku.org"}'
        if ($status -ceq 'ok') { Test-Kind 'dns-guide' (ConvertFrom-Text '{"usable": true}') $found | Should -BeTrue; [string] (Get-Field $found 'warning') | Should -Match $text }
        else { $found.unknown | Should -Match $text }
    }

    It 'ipv6: <addresses> is <ok>' -ForEach @(
        @{ addresses = @('2409:10:1::5'); ok = $true }, @{ addresses = @('192.0.2.1', 'fe80::1', 'fd00::1', '::1', '4000::1', '1fff::1'); ok = $false }
        @{ addresses = @('3fff:ffff::1', '192.0.2.1'); ok = $true }, @{ addresses = @('t2409:10:1::6', '192.0.2.1'); ok = $false }
    ) {
        $target = '{"address": "global"}'
        (Get-Found 'ipv6' $target).unknown | Should -Match 'LAN'
        Initialize-Pc @{ addresses = @($addresses | ForEach-Object { [pscustomobject] @{ address = $_.TrimStart('t'); temporary = $_.StartsWith('t') } }) }
        Test-Verify 'ipv6' $target '{"global": true}' | Should -Be $ok
        if (-not $ok) { (Get-Found 'ipv6' $target).message | Should -Match 'フレッツ・v6' }
    }
}

Describe 'the PC' {
    BeforeEach { Initialize-Pc }

    It 'computer-name: upper and lower case are the same; another one was let pass by a person' {
        Test-Verify 'computer-name' '{"name": "oqs-01"}' '{"name": "oqs-01"}' | Should -BeTrue
        (Get-Found 'computer-name' '{"name": "OQS-02"}').unknown | Should -Match 'OQS-01.*OQS-02'
    }

    It 'device-class: by the class' {
        $target = '{"class": "{50dd5230-ba8a-11d1-bf5d-0000f805f530}"}'
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeFalse
        (Get-Found 'device-class' $target).message | Should -Match 'ドライバー'
        Initialize-Pc @{ devices = [pscustomobject] @{ '{50dd5230-ba8a-11d1-bf5d-0000f805f530}' = 1 } }
        Test-Verify 'device-class' $target '{"minimum": 1}' | Should -BeTrue
        Test-Verify 'device-class' $target '{"minimum": 2}' | Should -BeFalse
    }

    It 'model: <names> is the E14 Gen 2: <is>' -ForEach @(
        @{ names = @('LENOVO ThinkPad E14 Gen 2', '20TA'); is = $true }, @{ names = @('LENOVO', 'THINKPAD E14 GEN2'); is = $true }
        @{ names = @('LENOVO ThinkPad E14 Gen 20'); is = $false }, @{ names = @('LENOVO ThinkPad E14 Gen 3', '20Y7'); is = $false }
    ) {
        Initialize-Pc @{ model = $names }
        $target = '{"pattern": "(?i)thinkpad\\s*e14\\s*gen\\s*\\.?\\s*2(?!\\d)"}'
        Test-Verify 'model' $target '{"is": true}' | Should -Be $is
        Test-Verify 'model' $target '{"is": false}' | Should -Be (-not $is)
        Edit-Pc { param($machine) $machine.model = @('', ' ') }
        (Get-Found 'model' $target).unknown | Should -Match 'ラベル'
    }

    It 'startup-time: sign in after <signIn>, desktop after <desktop>, program after <program>: <is>' -ForEach @(
        @{ signIn = 20; desktop = 40; program = 120; is = 'ok' }, @{ signIn = 20; desktop = 121; program = $null; is = 'unknown' }, @{ signIn = 20; desktop = 141; program = $null; is = 'slow' }
        @{ signIn = 20; desktop = 40; program = 141; is = 'slow' }, @{ signIn = $null; desktop = 121; program = $null; is = 'slow' }, @{ signIn = 9000; desktop = 9020; program = 9030; is = 'unknown' }
        @{ signIn = $null; desktop = $null; program = $null; is = 'unknown' }, @{ signIn = $null; desktop = 31; program = $null; is = 'ok' }
    ) {
        Initialize-Pc @{ startTime = [pscustomobject] @{ signIn = $signIn; desktop = $desktop; program = $program } }
        $target = '{"seconds": 120, "folder": "C:\\Program Files\\OQS-Auth"}'
        if ($is -ceq 'unknown') { (Get-Found 'startup-time' $target).unknown | Should -Not -BeNullOrEmpty }
        else { Test-Verify 'startup-time' $target '{"slow": false}' | Should -Be ($is -ceq 'ok') }
    }

    It 'dotnet: release <release>, feature <feature> is <ok>' -ForEach @(
        @{ release = 533320; feature = 1; ok = $true }, @{ release = 461808; feature = $null; ok = $true }, @{ release = 461807; feature = 1; ok = $false }
        @{ release = 533320; feature = 2; ok = $false }, @{ release = 533320; feature = 3; ok = $false }, @{ release = $null; feature = 1; ok = $false }
    ) {
        Edit-Pc { param($machine)
            $machine.features.'NetFx4-AdvSrvs' = $feature
            $key = $machine.registry.'HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full'
            if ($null -eq $release) { $key.PSObject.Properties.Remove('Release') } else { $key.Release.data = $release }
        }
        Test-Verify 'dotnet' '{"feature": "NetFx4-AdvSrvs"}' '{"minimumRelease": 461808}' | Should -Be $ok
    }

    It 'updates: <pending> left, restart <restart>, searched <searched>' -ForEach @(
        @{ pending = 0; restart = $false; searched = '2026-11-20 12:00'; ok = $true }, @{ pending = 0; restart = $false; searched = '2026-11-20 11:59'; ok = $null }
        @{ pending = 2; restart = $false; searched = '2026-11-21 11:59'; ok = $false }, @{ pending = 0; restart = $true; searched = '2026-11-21 11:59'; ok = $false }
        @{ pending = 0; restart = $false; searched = $null; ok = $null }
    ) {
        (Get-Found 'updates' '{"service": "update"}').unknown | Should -Match '読めません'
        Initialize-Pc @{ updates = [pscustomobject] @{ pending = $pending; restart = $restart; searched = $searched } }
        if ($null -eq $ok) { (Get-Found 'updates' '{"service": "update"}').unknown | Should -Match '24時間' }
        else { Test-Verify 'updates' '{"service": "update"}' '{"pending": 0, "restart": false}' | Should -Be $ok }
    }

    It 'first-fault: the first that is wrong, then what cannot be seen, then nothing' {
        $target = '{"checks": [
            {"title": "名前", "kind": "names", "target": {"hosts": ["a.jp"]}, "wanted": {"missing": []}, "remedy": "x"},
            {"title": "アダプター", "kind": "adapter-keyword", "target": {"title": "無", "device": "USB", "description": "", "keyword": "k"}, "wanted": {"value": "0"}, "remedy": "x"},
            {"title": "WinHTTP プロキシ", "kind": "winhttp", "target": {"configuration": "default"}, "wanted": {"server": "p:8080", "bypass": [], "exact": true}, "remedy": "取り込んでください。"},
            {"title": "IPv6", "kind": "ipv6", "target": {"address": "global"}, "wanted": {"global": true}, "remedy": "x"}]}'
        $found = Get-Found 'first-fault' $target
        $found.message | Should -BeExactly '最初に直すもの: WinHTTP プロキシ。取り込んでください。'
        Test-Kind 'first-fault' (ConvertFrom-Text '{"fault": ""}') $found | Should -BeFalse
        Write-WinHttpProxy -Access 3 -Proxy 'p:8080' -Bypass ''
        (Get-Found 'first-fault' $target).unknown | Should -Match '^名前: どの名前も'
        Edit-Pc { param($machine)
            $machine.hosts | Add-Member 'a.jp' @('192.0.2.1')
            $machine | Add-Member addresses @([pscustomobject] @{ address = '192.0.2.9'; temporary = $false })
        }
        (Get-Found 'first-fault' $target).message | Should -Match '^最初に直すもの: IPv6。2 で始まる'
        Edit-Pc { param($machine) $machine.addresses[0].address = '2409::9' }
        Test-Verify 'first-fault' $target '{"fault": ""}' | Should -BeTrue
    }
}
