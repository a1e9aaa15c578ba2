BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'dns-guide' {
    BeforeEach { Initialize-Pc }

    It 'dns-guide: <now>, answering <answers>' -ForEach @(
        @{ now = '2023-06-30 12:00'; answers = @(); status = 'ok'; text = '^$' }, @{ now = '2023-07-01 12:00'; answers = @(); status = 'unknown'; text = '応答がありません.*2022年6月30日' }
        @{ now = '2026-11-21 12:00'; answers = @('udp 2001:db8::2'); status = 'ok'; text = '4年以上.*いまも応答' }
    ) {
        Initialize-Pc @{ now = $now; dnsAnswers = $answers }
        $found = Get-Found 'dns-guide' '{"asOf": 20220630, "servers": ["2001:db8::1", "2001:db8::2"], "host": "hweb.oqs.onshikaku.org"}'
        if ($status -ceq 'ok') { Test-Kind 'dns-guide' (ConvertFrom-Text '{"usable": true}') $found | Should -BeTrue; [string] (Get-Field $found 'warning') | Should -Match $text }
        else { $found.unknown | Should -Match $text }
    }
}
