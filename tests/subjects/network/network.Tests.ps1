BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'the line' {
    BeforeEach { Initialize-Pc }

    It 'outbound-port: the firewall, silence, no line' {
        $target = '{"web": "w.jp", "secure": "s.jp", "time": "t.jp", "proxy": "p.jp:8080"}'
        $wanted = '{"blocked": []}'
        (Get-Found 'outbound-port' $target).unknown | Should -Match '応答がありません'
        Initialize-Pc @{
            hosts = [pscustomobject] @{ 'w.jp' = @('192.0.2.1'); 's.jp' = @('192.0.2.2'); 't.jp' = @('192.0.2.3'); 'p.jp' = @('192.0.2.4') }
            ports = @('192.0.2.1 80', '192.0.2.2 443', '192.0.2.4 8080'); sntp = [pscustomobject] @{ '192.0.2.3' = 5 }
            dnsServers = @(, @('2001:db8::53')); dnsAnswers = @('udp 2001:db8::53')
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

    It 'outbound-port: a second connection without DNS servers of its own stands in the way of none' {
        $target = '{"web": "w.jp", "secure": "", "time": "", "proxy": "p.jp:8080"}'
        $placeholders = 'fec0:0:0:ffff::1%1', 'fec0:0:0:ffff::2%1', 'fec0:0:0:ffff::3%1'
        Initialize-Pc @{
            hosts = [pscustomobject] @{ 'w.jp' = @('192.0.2.1'); 'p.jp' = @('192.0.2.4') }
            ports = @('192.0.2.1 80', '192.0.2.4 8080')
            dnsServers = @($placeholders, @('192.0.2.51', '192.0.2.52', '192.0.2.53', '192.0.2.54'), @('2001:db8::53')); dnsAnswers = @('udp 2001:db8::53')
        }
        $found = Get-Found 'outbound-port' $target
        Get-Field $found 'warning' | Should -BeNullOrEmpty
        (Select-AskedServer (Read-DnsServer)) -join ' ' | Should -BeExactly '192.0.2.51 192.0.2.52 192.0.2.53 2001:db8::53'
        Edit-Pc { param($machine) $machine.dnsServers = @(, $placeholders) }
        (Get-Found 'outbound-port' $target).PSObject.Properties['warning'] | Should -BeNullOrEmpty -Because 'nobody was asked'
    }

    It 'outbound-port: a site without a time server, and a rule for one port' {
        $target = '{"web": "w.jp", "secure": "s.jp", "time": "", "proxy": "p.jp:3128"}'
        Initialize-Pc @{ outbound = [pscustomobject] @{ default = 'Allow'; ports = @('3128', 'RPC') } }
        ConvertTo-Canonical (Get-Found 'outbound-port' $target).blocked | Should -BeExactly '["3128"]'
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

Describe 'first-fault' {
    BeforeEach { Initialize-Pc }

    It 'first-fault: the first that is wrong, then what cannot be seen, then nothing' {
        $target = '{"checks": [
            {"title": "名前", "kind": "names", "target": {"hosts": ["a.jp"]}, "wanted": {"missing": []}, "remedy": "x"},
            {"title": "アダプター", "kind": "adapter-keyword", "target": {"title": "無", "device": "USB", "description": "", "keyword": "k"}, "wanted": {"value": "0"}, "remedy": "x"},
            {"title": "WinHTTP プロキシ", "kind": "winhttp", "target": {"configuration": "default"}, "wanted": {"server": "p:8080", "bypass": [], "exact": true}, "remedy": "取り込んでください。"},
            {"title": "IPv6", "kind": "ipv6", "target": {"address": "global"}, "wanted": {"global": true}, "remedy": "x"}]}'
        $found = Get-Found 'first-fault' $target
        $found.message | Should -BeExactly '最初に直すもの: WinHTTP プロキシ。取り込んでください。'
        Test-Kind 'first-fault' (ConvertFrom-Text '{"fault": ""}') $found | Should -BeFalse
        Set-WinHttpDefaultProxy -Access 3 -Proxy 'p:8080' -Bypass ''
        (Get-Found 'first-fault' $target).unknown | Should -Match '^名前: どの名前も'
        Edit-Pc { param($machine)
            $machine.hosts | Add-Member 'a.jp' @('192.0.2.1')
            $machine | Add-Member addresses @([pscustomobject] @{ address = '192.0.2.9'; temporary = $false })
        }
        (Get-Found 'first-fault' $target).message | Should -Match '^最初に直すもの: IPv6。2 で始まる'
        Edit-Pc { param($machine) $machine.addresses[0].address = '2409::9' }
        Test-Verify 'first-fault' $target '{"fault": ""}' | Should -BeTrue
    }

    It 'first-fault: what a person looks at where the PC cannot see it holds nothing up' {
        $check = '{"title": "名前", "kind": "names", "target": {"hosts": ["a.jp"]}, "wanted": {"missing": []}, "remedy": "x"}'
        (Get-Found 'first-fault' "{`"checks`": [$check]}").unknown | Should -Match '^名前'
        $check = $check.Replace('"x"', '"x", "byPerson": true')
        (Get-Found 'first-fault' "{`"checks`": [$check]}").fault | Should -BeExactly ''
    }
}
