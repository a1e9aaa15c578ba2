BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"

    # A kind whose Set takes two writes, on a PC with two of its targets.
    Register-Kind 'lamp' -Format 1 -Get {
        param($Target)
        return (Read-Machine).lamps.($Target.name)
    } -Set {
        param($Target, $State)
        foreach ($name in 'light', 'colour') {
            $machine = Read-Machine
            $machine.lamps.($Target.name).$name = $State.$name
            Write-Machine $machine
        }
    }
    $script:Journal = "$env:OQSGEN_FAKE/journal.jsonl"
    $script:Seen = @{}
    $script:Goal = ConvertFrom-Text '{"light": "on", "colour": "red"}'

    function Start-Pass {
        # Reads the journal, as each start of the script does: none is unreadable.
        $journal = Read-Journal $script:Journal
        Repair-Journal $journal
        $journal.strange | Should -BeNullOrEmpty
        $script:Pass = [pscustomobject] @{ id = 'r'; bundle = 'b'; boot = '1'; scope = 'machine'; mode = 'Apply'; journal = $journal; next = (New-Object Collections.ArrayList) }
    }

    function Invoke-Lamp {
        # Applies both, or undoes what the journal has: their results. With an error at the n-th chance: once, or from there on.
        param([switch] $Undo, [int] $Chance = 0, [string] $Failing = 'once')
        Start-Pass
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; fail = $Chance; failing = $Failing }
        $script:FakeChance = 0
        $script:FakeFailed = $false
        if ($Undo) { foreach ($item in @(Get-OpenTarget $script:Pass.journal)) { Invoke-UndoStep $item $script:Pass } }
        else {
            foreach ($name in 'left', 'right') {
                $step = [pscustomobject] @{ id = $name; kind = 'lamp'; title = $name; how = 'apply'; target = [pscustomobject] @{ name = $name }; wanted = $script:Goal; secrets = @(); restart = $false }
                Invoke-ApplyStep $step $script:Pass
            }
        }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
    }

    function Set-Lamp {
        # What they are like, and what the journal says.
        param([string] $Json, [string] $Lines)
        Reset-Pc "{`"lamps`": $Json}"
        [IO.File]::WriteAllText($script:Journal, $Lines)
    }

    function Get-Lamp { return ConvertTo-Canonical (Read-Machine).lamps }
    function Get-Line { return [IO.File]::ReadAllText($script:Journal) }

    $script:Before = '{"left":{"colour":"blue","light":"off"},"right":{"colour":"blue","light":"off"}}'
    $script:After = '{"left":{"colour":"red","light":"on"},"right":{"colour":"red","light":"on"}}'
}

# Where a command or a line of the journal fails the script goes on: with what it says of the step, with the next step, and
# with the next line of the journal.
Describe 'an error at every chance' {
    It 'when applying, <failing>' -ForEach @(@{ failing = 'once' }, @{ failing = 'on' }) {
        for ($n = 1; $n -le 100; $n++) {
            Set-Lamp $script:Before ''
            $results = @(Invoke-Lamp -Chance $n -Failing $failing)
            if (-not $script:FakeFailed) { break }
            @($results | ForEach-Object { $_.status }) | Should -Contain 'failed' -Because "it failed at $n"
            foreach ($one in $results) { if ($one.status -cne 'failed') { (Read-Machine).lamps.($one.id).light | Should -BeExactly 'on' } }
            Start-Pass
            $lamps = Get-Lamp
            $lines = Get-Line
            # Many of them leave the same.
            $left = "$lamps $($lines -replace '"at":"[^"]*"')"
            if ($script:Seen.ContainsKey($left)) { continue }
            $script:Seen[$left] = $true
            @(Invoke-Lamp -Undo | ForEach-Object { $_.status }) | Should -Not -Contain 'failed' -Because "undone after $n"
            Get-Lamp | Should -BeExactly $script:Before -Because "undone after $n"
            Set-Lamp $lamps $lines
            @(Invoke-Lamp | ForEach-Object { $_.status }) | Should -Not -Contain 'failed' -Because "gone on after $n"
            Get-Lamp | Should -BeExactly $script:After -Because "gone on after $n"
            $null = Invoke-Lamp -Undo
            Get-Lamp | Should -BeExactly $script:Before -Because "gone on and undone after $n"
            Start-Pass
            $script:Pass.journal.open.Count | Should -Be 0
        }
        $n - 1 | Should -BeGreaterOrEqual 20 -Because 'no place may go'
    }

    It 'when undoing, <failing>' -ForEach @(@{ failing = 'once' }, @{ failing = 'on' }) {
        Set-Lamp $script:Before ''
        $null = Invoke-Lamp
        $lines = Get-Line
        for ($n = 1; $n -le 100; $n++) {
            Set-Lamp $script:After $lines
            $results = @(Invoke-Lamp -Undo -Chance $n -Failing $failing)
            if (-not $script:FakeFailed) { break }
            @($results | ForEach-Object { $_.status }) | Should -Contain 'failed' -Because "it failed at $n"
            Start-Pass
            $left = "$(Get-Lamp) $((Get-Line) -replace '"at":"[^"]*"')"
            if ($script:Seen.ContainsKey($left)) { continue }
            $script:Seen[$left] = $true
            $null = Invoke-Lamp -Undo
            Get-Lamp | Should -BeExactly $script:Before -Because "undone after $n"
            Start-Pass
            $script:Pass.journal.open.Count | Should -Be 0
        }
        $n - 1 | Should -BeGreaterOrEqual 20 -Because 'no place may go'
    }
}

Describe 'undoing that Windows did not do' {
    BeforeAll {
        Register-Kind 'stubborn' -Format 1 -Ours @{ light = '明かり'; mark = '印' } -Tell @{ mark = { '別の印' } } -Get {
            return $script:Stubborn
        } -Set { }

        function Invoke-Stubborn {
            # The message where a state stays that should have become another one.
            param([string] $Found, [string] $Goal)
            $script:Stubborn = ConvertFrom-Text $Found
            Set-Lamp '{}' ''
            Start-Pass
            $kinds = ConvertFrom-Text '{"stubborn": {"fields": [], "besides": [{"name": "room", "label": "部屋"}]}}'
            $script:Pass | Add-Member plan ([pscustomobject] @{ kinds = $kinds })
            $item = [pscustomobject] @{ key = 'stubborn {}'; kind = 'stubborn'; target = [pscustomobject] @{} }
            $step = [pscustomobject] @{ id = 's'; kind = 'stubborn'; title = 's'; how = 'apply'; scope = 'machine' }
            $result = Restore-StepState $step $item $script:Pass ([pscustomobject] @{ state = (ConvertFrom-Text $Goal); reason = '' })
            $result.status | Should -BeExactly 'failed'
            return $result.message
        }
    }

    It 'says what is there and what should be, of each field that has a name for people' {
        Invoke-Stubborn '{"light": "red", "room": "A", "code": 1, "mark": "aa", "message": "x"}' '{"light": ["off", "dim"], "room": null, "code": 2, "mark": "bb", "message": "y"}' |
            Should -BeExactly '元に戻しましたが、読み直すと値が違います。明かり: red（あるべき値: off、dim）。部屋: A（あるべき値: なし）。印: 別の印。'
    }

    It 'says that a thing stays, or is not there' {
        Invoke-Stubborn '{"light": "red"}' 'null' | Should -Match '残っています。$'
        Invoke-Stubborn 'null' '{"light": "red"}' | Should -Match '元の設定がありません。$'
    }
}
