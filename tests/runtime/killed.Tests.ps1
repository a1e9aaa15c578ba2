BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"

    function Invoke-Killed {
        # Set, stopped for good at its n-th chance; $false when it went through before that.
        param([string] $Kind, [object] $Target, [object] $State, [int] $Chance)
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; crash = $Chance; kill = 'freeze' }
        $script:FakeChance = 0
        $script:FakeDead = $false
        try { Invoke-Set $Kind $Target $State } catch { if (-not $script:FakeDead) { throw } }
        $killed = $script:FakeDead
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
        $script:FakeDead = $false
        return $killed
    }

    # The kind's own places alone: those of the journal are the same for every kind (failed.Tests.ps1).
    function Add-FileText { param([string] $Path, [string] $Text) [IO.File]::AppendAllText($Path, $Text) }

    function Get-PcCopy {
        # All that the PC of data is: machine.json, and the files of the local policy.
        $files = [ordered] @{ 'machine.json' = (Get-PcJson) }
        foreach ($name in 'Registry.pol', 'gpt.ini') {
            $path = "$env:OQSGEN_FAKE/GroupPolicy/$name"
            if ([IO.File]::Exists($path)) { $files[$name] = [Convert]::ToBase64String([IO.File]::ReadAllBytes($path)) }
        }
        return $files
    }

    function Set-PcCopy {
        param([object] $Copy)
        Reset-Pc $Copy['machine.json']
        Set-TestSecret
        foreach ($name in @($Copy.Keys | Where-Object { $_ -cne 'machine.json' })) {
            $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/GroupPolicy")
            [IO.File]::WriteAllBytes("$env:OQSGEN_FAKE/GroupPolicy/$name", [Convert]::FromBase64String($Copy[$name]))
        }
    }

    function Set-TestSecret {
        $script:Secret['setup'] = Get-TestSecret 'Old-Secret-1'
        foreach ($name in 'OqsComApp', 'OqsComApp2') { $script:Secret[$name] = Get-TestSecret 'New-Secret-1' }
    }

    function Start-Pass {
        # Reads the journal, as each start of the script does; on a PC where it is not unreadable.
        $journal = Read-Journal $script:Journal
        Repair-Journal $journal
        $journal.strange | Should -BeNullOrEmpty
        $script:Pass = [pscustomobject] @{ id = 'r'; bundle = 'b'; boot = '1'; scope = 'machine'; mode = 'Apply'; journal = $journal; next = (New-Object Collections.ArrayList) }
        return $script:Pass
    }

    function Invoke-Failing {
        # Applies a step, or undoes the one of the journal, with an error at its n-th chance: its result, and whether it came so far.
        param([object] $Step, [int] $Chance)
        $pass = Start-Pass
        Set-FakeField $script:FakeSession 'fail' $Chance
        $script:FakeChance = 0
        $script:FakeFailed = $false
        if ($null -ne $Step) { $result = Invoke-ApplyStep $Step $pass } else { $result = Invoke-UndoStep @(Get-OpenTarget $pass.journal)[0] $pass }
        Set-FakeField $script:FakeSession 'fail' 0
        return [pscustomobject] @{ failed = $script:FakeFailed; status = $result.status; message = $result.message }
    }

    function Assert-Undone {
        # The next start takes back what the journal has, and nothing is left of it.
        param([string] $Pc, [string] $Because)
        $open = @(Get-OpenTarget (Start-Pass).journal)
        if ($open.Length -gt 0) { (Invoke-UndoStep $open[0] $script:Pass).status | Should -BeIn 'changed', 'ok' -Because $Because }
        Get-Rest | Should -BeExactly $Pc -Because $Because
        (Start-Pass).journal.open.Count | Should -Be 0 -Because $Because
    }

    function Get-Rest {
        # The PC without what is no setting: whether the time service runs at the moment.
        $machine = Read-Machine
        $machine.services.W32Time.running = $false
        return Get-Canonical (ConvertTo-Json $machine -Depth 30)
    }
}

# The rule of the journal: what was cut short is ours, and Set makes either state of it, whatever it looks like. Places:
# so many there were at least to be cut short at, when setting and when putting back.
Describe 'a Set that was cut short, or failed' {
    It '<kind> <target>: goes on, or is undone' -ForEach @(
        @{ kind = 'registry'; target = '{"hive": "HKLM", "key": "SOFTWARE\\Microsoft\\New\\Deep", "name": "a"}'; wanted = '{"type": "DWord", "data": 1}'; places = 4, 6 }
        @{ kind = 'policy'; target = '{"key": "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"}'; wanted = '{"values": {"NoAutoUpdate": {"type": "DWord", "data": 0}, "AUOptions": {"type": "DWord", "data": 4}}}'; places = 9, 17 }
        @{ kind = 'power'; target = '{"source": "ac"}'; wanted = '{"standby": 0, "hibernate": 0}'; places = 6, 6 }
        @{ kind = 'time'; target = '{"service": "W32Time"}'; wanted = '{"server": "ntp.base.oqs-pdl.org", "type": "NTP", "automatic": true}'; places = 20, 18 }
        @{ kind = 'user'; target = '{"name": "OqsComApp2"}'; wanted = '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'; places = 6, 2 }
        @{ kind = 'user'; target = '{"name": "weak"}'; wanted = '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'; places = 10, 10 }
        @{ kind = 'task'; target = '{"path": "\\", "name": "t"}'; wanted = $null; places = 2, 2 }
        @{ kind = 'vendor-task'; target = '{"path": "\\", "name": "t", "file": "C:\\Program Files\\tools\\t.xml"}'; wanted = '{"account": "setup", "delay": "PT1M"}'; places = 2, 2 }
        @{ kind = 'reader-info'; target = '{"path": "C:\\ReaderInfo.ini"}'; wanted = '{"notBefore": 20261001}'; places = 2, 2 }
        @{ kind = 'proxy'; target = '{"connection": "lan"}'; wanted = '{"server": "proxy:8080", "bypass": ["*.jp"], "exact": false}'; places = 2, 2 }
        @{ kind = 'winhttp'; target = '{"configuration": "default"}'; wanted = '{"server": "proxy:8080", "bypass": ["*.jp"], "exact": true}'; places = 2, 2 }
        @{ kind = 'dns'; target = '{"connection": "イーサネット"}'; wanted = '{"servers": ["2404:1a8:f583:d00::53:1", "2404:1a8:f583:d00::53:2"]}'; places = 4, 4 }
        @{ kind = 'adapter-keyword'; target = '{"title": "有線", "device": "PCI\\VEN_10EC&DEV_8168", "description": "", "keyword": "*PMARPOffload"}'; wanted = '{"value": "0"}'; places = 2, 2 }
        @{ kind = 'user'; target = '{"name": "strong"}'; wanted = '{"enabled": true, "administrator": false, "passwordNeverExpires": true}'; places = 6, 6 }
        @{ kind = 'share'; target = '{"name": "face", "path": "C:\\OQS\\face"}'; wanted = '{"account": "weak"}'; places = 12, 6 }
        @{ kind = 'share'; target = '{"name": "open", "path": "D:\\open"}'; wanted = '{"account": "weak"}'; places = 4, 4 }
        @{ kind = 'logon-right'; target = '{"account": "weak", "right": "SeDenyInteractiveLogonRight"}'; wanted = '{"granted": true}'; places = 2, 2 }
        @{ kind = 'smb-firewall'; target = '{"rule": "FPS-SMB-In-TCP"}'; wanted = '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}'; places = 8, 8 }
        @{ kind = 'shortcut'; target = '{"name": "資格確認"}'; wanted = '{"url": "https://hweb.oqs.onshikaku.org/web/"}'; places = 4, 2 }
        @{ kind = 'user-locale'; target = '{"person": "current"}'; wanted = '{"culture": "ja-JP", "location": 122, "language": "ja"}'; places = 8, 10 }
        @{ kind = 'system-locale'; target = '{"part": "system"}'; wanted = '{"locale": "0411", "ACP": "932"}'; places = 8, 12 }
        @{ kind = 'autologon'; target = '{"sessions": "console"}'; wanted = '{"user": "OqsComApp"}'; places = 12, 14 }
        @{ kind = 'display'; target = '{"displays": "all"}'; wanted = '{"percent": 100}'; places = 4, 4 }
    ) {
        $thing = ConvertFrom-Text $target
        if ($kind -ceq 'task') { $goal = [pscustomobject] @{ xml = [IO.File]::ReadAllText("$PSScriptRoot/../pc/task.xml").Replace('OqsComApp', 'S-1-5-18').Replace('<LogonType>Password</LogonType>', '') } }
        else { $goal = ConvertFrom-Text $wanted }
        Initialize-Pc
        Edit-Pc { param($machine)
            $machine.adapters[0].bindings.ms_tcpip6 = $false
            $machine.languages.OqsComApp = @([pscustomobject] @{ tag = 'en-US'; methods = @('a', 'b') })
            $machine.registry.'HKU\OqsComApp\Control Panel\International' = ConvertFrom-Json '{"LocaleName": {"type": "String", "data": "en-US"}, "sShortDate": {"type": "String", "data": "my own"}}'
            $machine.registry.'HKU\OqsComApp\Control Panel\International\Geo'.Nation.data = '244'
            $machine.registry.'HKLM\SYSTEM\CurrentControlSet\Control\Nls\Language'.Default.data = '0409'
            $machine.registry.'HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage'.ACP.data = '1252'
            $machine.displays = @($machine.displays) + [pscustomobject] @{ path = 'B'; minimum = -1; relative = 0; maximum = 3 }
            $machine.accounts | Add-Member -NotePropertyName 'weak' -NotePropertyValue (ConvertFrom-Json '{"sid": "S-1-5-21-1-2-3-1005", "password": "x", "profile": false, "enabled": false, "administrator": false, "passwordNeverExpires": false, "users": false, "accountExpires": 1800000000}')
            $machine.accounts | Add-Member -NotePropertyName 'strong' -NotePropertyValue (ConvertFrom-Json '{"sid": "S-1-5-21-1-2-3-1006", "password": "x", "profile": false, "enabled": true, "administrator": true, "passwordNeverExpires": false, "users": false}')
            Set-FakeMember $machine.folders 'D:\open' ([pscustomobject] @{ protected = $true; entries = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1f01ff; sid = 'S-1-1-0' }) })
            Set-FakeMember $machine.shares 'open' ([pscustomobject] @{ path = 'D:\open'; security = 'O:SYG:SYD:(A;;FA;;;WD)'; caching = 'Manual' })
            Set-FakeMember $machine.files 'C:\Program Files\tools\t.xml' ([pscustomobject] @{ base64 = [Convert]::ToBase64String([IO.File]::ReadAllBytes("$PSScriptRoot/../pc/vendor/OQS_exec_distroappstart.xml")) })
            Set-FakeMember $machine.files 'C:\ReaderInfo.ini' ([pscustomobject] @{ text = '[Reader]'; created = '2021-03-03' })
            if ($kind -ceq 'smb-firewall') {
                $machine.firewall.rules[3].enabled = $true
                $machine.firewall.rules = @($machine.firewall.rules) + @(ConvertFrom-Json '[{"name": "{C}", "group": "", "enabled": true, "profile": 0, "remote": ["Any"], "port": ["445"], "program": "Any"}, {"name": "{D}", "group": "@FirewallAPI.dll,-28502", "enabled": true, "profile": 4, "remote": ["LocalSubnet"]}]' | ForEach-Object { $_ })
            }
        }
        $json = Get-PcJson
        $pc = Get-Rest
        $before = Copy-State (Get-State $kind $thing)
        $prepare = {
            Reset-Pc $json
            Set-TestSecret
        }
        # What the PC was like at each of them. Where it was like this before (after one write, before the next) the same follows.
        $seen = @{}
        $undoing = @{}
        for ($n = 1; $n -le 200; $n++) {
            & $prepare
            if (-not (Invoke-Killed $kind $thing $goal $n)) { break }
            $copy = Get-PcCopy
            $state = $copy.Values -join ' '
            if ($seen.ContainsKey($state)) { continue }
            $seen[$state] = $true
            Invoke-Set $kind $thing $before
            Test-Same $before (Get-State $kind $thing) | Should -BeTrue -Because "undone after $n"
            Get-Rest | Should -BeExactly $pc -Because "undone after $n"
            Set-PcCopy $copy
            Invoke-Set $kind $thing $goal
            Test-Kind $kind $goal (Get-State $kind $thing) | Should -BeTrue -Because "gone on after $n"
            Invoke-Set $kind $thing $before
            Get-Rest | Should -BeExactly $pc -Because "gone on and undone after $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[0] -Because 'no place may go'
        & $prepare
        Invoke-Set $kind $thing $goal
        $made = Get-PcCopy
        for ($n = 1; $n -le 200; $n++) {
            Set-PcCopy $made
            if (-not (Invoke-Killed $kind $thing $before $n)) { break }
            $state = (Get-PcCopy).Values -join ' '
            if ($undoing.ContainsKey($state)) { continue }
            $undoing[$state] = $true
            Invoke-Set $kind $thing $before
            Get-Rest | Should -BeExactly $pc -Because "undoing cut short at $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[1] -Because 'no place may go'

        # The same places failing: here the script itself goes on. A PC like one that was cut short is known to be put right.
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; replies = @([pscustomobject] @{ prompt = 'はい'; answer = 'はい' }) }
        $script:Journal = "$env:OQSGEN_FAKE/journal.jsonl"
        $step = [pscustomobject] @{ id = 's'; kind = $kind; title = 't'; how = 'apply'; target = $thing; wanted = $goal; secrets = @(); restart = $false }
        for ($n = 1; $n -le 200; $n++) {
            & $prepare
            [IO.File]::WriteAllText($script:Journal, '')
            $result = Invoke-Failing $step $n
            if (-not $result.failed) { break }
            if ($result.status -cin 'changed', 'ok') { Test-Kind $kind $goal (Get-State $kind $thing) | Should -BeTrue -Because "said so after $n" }
            else { $result.status | Should -BeExactly 'failed'; $result.message | Should -Not -BeNullOrEmpty }
            $copy = Get-PcCopy
            $lines = [IO.File]::ReadAllText($script:Journal)
            if ((Start-Pass).journal.open.Count -gt 0 -and $seen.ContainsKey(($copy.Values -join ' '))) { continue }
            Assert-Undone $pc "undone after failing at $n"
            Set-PcCopy $copy
            [IO.File]::WriteAllText($script:Journal, $lines)
            (Invoke-ApplyStep $step (Start-Pass)).status | Should -BeIn 'changed', 'ok' -Because "gone on after failing at $n"
            Test-Kind $kind $goal (Get-State $kind $thing) | Should -BeTrue -Because "gone on after failing at $n"
            Assert-Undone $pc "gone on and undone after failing at $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[0] -Because 'no place may go'
        $result.status | Should -BeExactly 'changed'
        $copy = Get-PcCopy
        $lines = [IO.File]::ReadAllText($script:Journal)
        for ($n = 1; $n -le 200; $n++) {
            Set-PcCopy $copy
            [IO.File]::WriteAllText($script:Journal, $lines)
            $result = Invoke-Failing $null $n
            if (-not $result.failed) { break }
            if ($result.status -cin 'changed', 'ok') { Get-Rest | Should -BeExactly $pc -Because "said so after $n" }
            else { $result.status | Should -BeExactly 'failed'; $result.message | Should -Not -BeNullOrEmpty }
            if ((Start-Pass).journal.open.Count -gt 0 -and $undoing.ContainsKey(((Get-PcCopy).Values -join ' '))) { continue }
            Assert-Undone $pc "undoing failed at $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[1] -Because 'no place may go'
        $result.status | Should -BeExactly 'changed'
    }
}
