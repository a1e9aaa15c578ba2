BeforeAll { . "$PSScriptRoot/../pc/Pc.ps1" }

Describe 'what overrules' {
    BeforeEach { Initialize-Pc @{ now = '2026-11-21 12:00' } }

    It 'the time <time> is to come: <ok>' -ForEach @(
        @{ time = '2027-01-01T00:00:00Z'; ok = $true }, @{ time = '2026-11-20T00:00:00Z'; ok = $false }
        @{ time = 'soon'; ok = $false }, @{ time = '0'; ok = $false }
    ) {
        Test-TimeToCome $time | Should -Be $ok
    }

    It 'a value <data> meets <test> <of>: <ok>' -ForEach @(
        @{ data = 1; test = 'is'; of = @('1', '2'); ok = $true }, @{ data = 3; test = 'is'; of = @('1', '2'); ok = $false }
        @{ data = 'SYSTEM'; test = 'unless'; of = @('system'); ok = $false }, @{ data = 'direct'; test = 'unless'; of = @('system'); ok = $true }
        @{ data = 5; test = 'bits'; of = @('1'); ok = $true }, @{ data = 4; test = 'bits'; of = @('1'); ok = $false }
        @{ data = 'x'; test = 'any'; of = @(); ok = $true }, @{ data = "`0"; test = 'any'; of = @(); ok = $false }
        @{ data = -1; test = 'is'; of = @('4294967295'); ok = $true }
    ) {
        Test-OverrulingData ([pscustomobject] @{ test = $test; data = $of }) $data | Should -Be $ok
    }

    It 'a key tells what stands in it, and nothing where it is empty or absent' {
        $condition = [pscustomobject] @{ at = @('HKLM\SOFTWARE\Lamp'); name = $null; test = 'any'; data = @() }
        @(Find-OverrulingValue $condition).Length | Should -Be 0
        Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Lamp' -Name 'On' -Type 'DWord' -Data 1
        Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Lamp\Desk' -Name 'On' -Type 'DWord' -Data 1
        (Find-OverrulingValue $condition).data | Should -BeExactly 'On、Desk'
    }

    It 'what overrules <kind> is no part of its state, so that one that came since hinders no undoing' -ForEach @(
        @{
            kind = 'power'; target = '{"source": "ac"}'
            edit = { Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Policies\Microsoft\Power\PowerSettings\29f6c1db-86da-48c5-9fdb-f2b67b1f44da' -Name 'ACSettingIndex' -Type 'DWord' -Data 600 }
        }
        @{
            kind = 'time'; target = '{"service": "W32Time"}'
            edit = { Set-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Policies\Microsoft\W32Time\Parameters' -Name 'NtpServer' -Type 'String' -Data 'dc.example,0x9' }
        }
    ) {
        $thing = ConvertFrom-Text $target
        $journalled = Copy-State (Get-State $kind $thing)
        & $edit
        Test-SameState $kind $journalled (Get-State $kind $thing) | Should -BeTrue
    }

    It 'what 0.1.0 set while a policy was there is undone, whatever became of the policy' {
        $thing = ConvertFrom-Text '{"source": "ac"}'
        $scheme = Get-PowerScheme
        Invoke-Set 'power' $thing (ConvertFrom-Text '{"standby": 0, "hibernate": 0}')
        $path = "$env:OQSGEN_FAKE/older.jsonl"
        $key = ConvertTo-JsonText "power $(ConvertTo-Canonical $thing)"
        $policy = '"policy": {"standby": 600}, "message": "x"'
        $before = "{`"scheme`": `"$scheme`", `"standby`": 1800, `"hibernate`": 10800, $policy}"
        $after = "{`"scheme`": `"$scheme`", `"standby`": 0, `"hibernate`": 0, $policy}"
        $common = "`"at`": `"x`", `"key`": $key, `"format`": 1, `"boot`": `"x`""
        [IO.File]::WriteAllText($path, (@(
                    "{`"event`": `"before`", $common, `"run`": `"x`", `"bundle`": `"x`", `"step`": `"sleep-ac`", `"title`": `"x`", `"kind`": `"power`", `"target`": {`"source`": `"ac`"}, `"before`": $before, `"wanted`": {`"standby`": 0, `"hibernate`": 0}, `"restart`": false}"
                    "{`"event`": `"set`", $common, `"after`": $after}") -join "`n") + "`n")
        $journal = Read-Journal $path
        $journal.strange.Count | Should -Be 0
        $pass = [pscustomobject] @{ journal = $journal; boot = 'y'; scope = 'machine'; next = (New-Object Collections.ArrayList) }
        $result = Invoke-UndoStep @(Get-OpenTarget $journal)[0] $pass
        [IO.File]::Delete($path)
        $result.status | Should -BeExactly 'changed'
        (Get-State 'power' $thing).standby | Should -Be 1800
    }
}
