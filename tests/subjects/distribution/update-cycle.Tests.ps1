BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $script:record = 'C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini'
    $script:step = ConvertFrom-Text (@'
{"id": "distro-update-cycle", "kind": "update-cycle", "scope": "user", "how": "guided", "title": "更新", "what": "更新する。", "check": "", "values": [],
 "target": {"application": "distribution", "record": "RECORD"}, "wanted": {"states": ["clean", "probably-clean"]}}
'@.Replace('RECORD', $record.Replace('\', '\\')))
    function Start-Pass {
        # The launcher is opened: the journal is read anew. -Boot: after how many restarts.
        param([int] $Boot = 0, [string] $Bundle = 'b1', [string] $Mode = 'new')
        $script:Pass = [pscustomobject] @{
            plan = [pscustomobject] @{ bundle = [pscustomobject] @{ id = $Bundle; mode = $Mode } }
            bundle = $Bundle; boot = "2026-11-21 07:0$Boot"; next = (New-Object Collections.ArrayList)
            journal = (Read-Journal "$env:OQSGEN_FAKE/journal.jsonl")
        }
    }
    function Invoke-Round {
        # What a start of the launcher gives, the person answering so.
        # Back: the walk has come back to it.
        param([string[]] $Answers, [int] $Boot = 0, [string] $Mode = 'new', [switch] $Back)
        Start-Pass $Boot -Mode $Mode
        $script:Turn = New-Turn
        if ($Back) { $script:Turn.back = $step.id }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false; answers = $Answers }
        $script:FakeAnswer = 0
        return Invoke-GuidedStep $step $script:Pass
    }
    function Set-Status {
        # What the file says, so many minutes after noon.
        param([string] $Text, [int] $Minute)
        Edit-Pc { param($machine) Set-FakeField $machine.files $record "[Information]`nStatus=$Text"; Set-FakeField $machine 'now' "2026-11-21 12:$($Minute.ToString('00'))" }
    }
    function Get-Console { return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") }
}

Describe 'update-cycle' {
    BeforeEach {
        Initialize-Pc
        foreach ($name in 'journal.jsonl', 'console.txt') { [IO.File]::Delete("$env:OQSGEN_FAKE/$name") }
    }

    It 'is done at once where nothing is left' {
        $done = Invoke-Round @('1')
        $done.status | Should -BeExactly 'ok'
        $done.found.state | Should -BeExactly 'clean'
        $done.found.rounds | Should -Be 1
        $done.message | Should -BeExactly ''
        # The next start asks nothing.
        $again = Invoke-Round @() 1
        $again.status | Should -BeExactly 'ok'
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'ok'
    }

    It 'is unknown before the first answer and between two rounds' {
        Start-Pass
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'unknown'
        (Invoke-Round @('3')).status | Should -BeExactly 'restart'
        (Invoke-VerifyStep $step $script:Pass).message | Should -Match '途中'
    }

    It 'is under way once it was begun, until the restart that it asks for' {
        $begun = { param($Boot) Start-Pass $Boot; & (Get-Kind 'update-cycle').begun $step.target $script:Pass }
        & $begun 0 | Should -BeFalse
        $null = Invoke-Round @('4')
        & $begun 0 | Should -BeTrue
        & $begun 1 | Should -BeFalse
        $null = Invoke-Round @('3') -Back
        & $begun 0 | Should -BeTrue
        & $begun 1 | Should -BeFalse
    }

    It 'goes on after each restart, not before, and ends as the third round says' {
        (Invoke-Round @('5', '3') 0).status | Should -BeExactly 'restart'
        (Invoke-Round @('1') 0).status | Should -BeExactly 'restart'
        (Invoke-Round @('3') 1).status | Should -BeExactly 'restart'
        $last = Invoke-Round @('2') 2
        $last.status | Should -BeExactly 'ok'
        $last.found.state | Should -BeExactly 'probably-clean'
        $last.message | Should -Match 'PROBABLY_CLEAN'
        $last.found.rounds | Should -Be 3
        Get-Console | Should -Match '更新の 3 回目'
    }

    It 'restarts after the third round too, and ends as the look after it says' {
        (Invoke-Round @('3') 0).status | Should -BeExactly 'restart'
        (Invoke-Round @('3') 1).status | Should -BeExactly 'restart'
        (Invoke-Round @('3') 2).status | Should -BeExactly 'restart'
        (Invoke-Round @('1') 2).status | Should -BeExactly 'restart' -Because 'it has not restarted yet'
        (Invoke-VerifyStep $step $script:Pass).message | Should -Match '途中'
        (Invoke-Round @('s') 3).message | Should -Match '3 回目の再起動の後の確認'
        $last = Invoke-Round @('1') 3
        $last.status | Should -BeExactly 'ok'
        $last.found.state | Should -BeExactly 'clean'
        $last.found.rounds | Should -Be 3
        Get-Console | Should -Match '更新の 3 回目の再起動の後の確認'
    }

    It 'gives up after three restarts, and begins again when asked again' {
        foreach ($boot in 0, 1, 2) { (Invoke-Round @('3') $boot).status | Should -BeExactly 'restart' }
        $last = Invoke-Round @('3') 3
        $last.status | Should -BeExactly 'drift'
        $last.found.rounds | Should -Be 3
        $last.message | Should -Match 'NOT_CONVERGED'
        $last.message | Should -Not -Match '接続失敗' -Because 'the line is not what failed'
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'drift'
        (Invoke-Round @('3') 4).status | Should -BeExactly 'restart'
        (Invoke-Round @('1') 5).found.rounds | Should -Be 2
    }

    It 'begins again after three rounds that an earlier version gave up before their last restart' {
        $event = '{"event": "confirmed", "bundle": "b1", "step": "update-cycle distribution COUNT: ROUND ANSWER 2026-11-21 07:0COUNT"}'
        $lines = foreach ($told in @(0, 1, 'restart'), @(1, 2, 'restart'), @(2, 3, 'not-converged')) {
            $event.Replace('COUNT', $told[0]).Replace('ROUND', $told[1]).Replace('ANSWER', $told[2])
        }
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/journal.jsonl", ($lines -join "`n") + "`n")
        Start-Pass 3
        $before = Invoke-VerifyStep $step $script:Pass
        $before.found.state | Should -BeExactly 'not-converged'
        $before.found.rounds | Should -Be 3
        $again = Invoke-Round @('1') 3
        $again.found.state | Should -BeExactly 'clean'
        $again.found.rounds | Should -Be 1
    }

    It 'left for later it stays in the same round: <answers>' -ForEach @(@{ answers = @('s') }, @{ answers = @('9', 'x', '5', '5', '5') }) {
        $null = Invoke-Round @('3') 0
        $later = Invoke-Round $answers 1
        $later.status | Should -BeExactly 'manual'
        @($script:Pass.next) | Should -BeExactly @('again')
        (Invoke-Round @('1') 1).found.rounds | Should -Be 2
    }

    It 'runs behind once it was begun (<answer>), until the file says that it has ended' -ForEach @(@{ answer = '' }, @{ answer = '4' }) {
        $begun = Invoke-Round @($answer)
        $begun.status | Should -BeExactly 'behind'
        $begun.what | Should -BeExactly '更新 1 回目 ダウンロード中'
        $begun.minutes | Should -Be 20
        (Invoke-VerifyStep $step $script:Pass).message | Should -Match '途中'
        # Another start of the launcher asks nothing again; another start of Windows does.
        (Invoke-Round @('n')).status | Should -BeExactly 'behind'
        Set-Status '再起動待ち' -Minute 0
        & $begun.look $step | Should -BeExactly 'running' -Because 'that stood there before'
        Set-Status 'アップデート中' -Minute 25
        & $begun.look $step | Should -BeExactly 'running'
        Set-Status '停止中' -Minute 25
        & $begun.look $step | Should -BeNullOrEmpty
        foreach ($text in '再起動待ち', '未適用更新ファイルなし') {
            Set-Status $text -Minute 12
            & $begun.look $step | Should -BeExactly 'ended'
        }
        Set-Status '再起動待ち' -Minute 12
        (Invoke-Round @('n') -Back).status | Should -BeExactly 'restart'
        (Get-UpdateRound $step.target).round | Should -Be 1
        (Invoke-Round @('n') 1).status | Should -BeExactly 'failed'
    }

    It 'asks about it where the file says nothing, and lets it go on' {
        (Invoke-Round @('')).status | Should -BeExactly 'behind'
        Set-Status 'なにか' -Minute 21
        $on = Invoke-Round @('4') -Back
        $on.status | Should -BeExactly 'behind'
        $on.minutes | Should -Be 26
        (Invoke-Round @('2') -Back).found.state | Should -BeExactly 'probably-clean'
    }

    It 'reads the file where the person only presses Enter' {
        $null = Invoke-Round @('')
        Set-Status '停止中' -Minute 21
        (Invoke-Round @('', 's') -Back).status | Should -BeExactly 'manual'
        Set-Status '未適用更新ファイルなし' -Minute 21
        (Invoke-Round @('') -Back).found.state | Should -BeExactly 'clean'
    }

    It 'says of each Status what comes of it, in no more lines than it asks for' -ForEach @(
        @{ round = 1; comes = 'この画面から再起動します', '× では再起動されません', '待つ間、次の作業へ' }
        @{ round = 2; comes = 'この画面から再起動します', '× では再起動されません', '待つ間、次の作業へ' }
        @{ round = 4; comes = '時間をおいて、1 回目から', '少し置いて、もう一度' }
    ) {
        Start-Pass
        $script:Turn = New-Turn
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false; answers = @('s') }
        $script:FakeAnswer = 0
        $null = Start-UpdateRound $step $round
        $below = ((Get-Console) -split '-{70,}\n')[-1].TrimEnd("`n")
        foreach ($text in @($comes) + '終わりです', 'おそらく終わりです', '「今すぐダウンロード」をもう一度') { $below | Should -Match $text }
        foreach ($known in $script:UpdateStatus) { $below | Should -Match $known.text }
        # And the keys and the answer, for which there is room in any case.
        @($below -split '\n').Length | Should -BeLessOrEqual ($script:UpdateBelow + $script:ScreenBelow)
    }

    It 'waits for mains' {
        Edit-Pc { param($machine) $machine.power.line = 0 }
        (Invoke-Round @('', 's')).status | Should -BeExactly 'manual'
        Get-Console | Should -Match 'ON_BATTERY'
        Get-Console | Should -Not -Match '番号'
        Edit-Pc { param($machine) $machine.power.line = 1 }
        (Invoke-Round @('1')).status | Should -BeExactly 'ok'
    }

    It 'each update has its own cycle' {
        $null = Invoke-Round @('1') -Mode 'update'
        Start-Pass -Mode 'update'
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'ok'
        Start-Pass -Bundle 'b2' -Mode 'update'
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'unknown'
    }

    It 'another bundle of the same job goes on with the cycle; undoing forgets it' {
        $null = Invoke-Round @('1')
        Start-Pass -Bundle 'b2'
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'ok'
        Start-Pass
        Merge-JournalEntry $script:Pass.journal (ConvertFrom-Text '{"event": "before", "key": "k", "kind": "file", "format": 1, "step": "s", "title": "t", "target": {}, "before": null, "wanted": null}')
        Merge-JournalEntry $script:Pass.journal (ConvertFrom-Text '{"event": "set", "key": "k", "after": null}')
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'ok'
        Merge-JournalEntry $script:Pass.journal (ConvertFrom-Text '{"event": "restored", "key": "k"}')
        (Invoke-VerifyStep $step $script:Pass).status | Should -BeExactly 'unknown'
    }

    It 'goes on with the cycle that 0.1.0 began' {
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/journal.jsonl",
            "{`"event`":`"confirmed`",`"bundle`":`"b1`",`"step`":`"update-cycle distribution 0: 1 restart 2026-11-21 07:00`",`"at`":`"x`"}`n")
        Start-Pass
        (Invoke-VerifyStep $step $script:Pass).message | Should -Match '1 回目の再起動まで'
        (Invoke-Round @('1') 1).found.rounds | Should -Be 2
    }

    It 'more than ten answers are kept in their order' {
        for ($n = 0; $n -lt 12; $n++) { $null = Invoke-Round @('3') $n }
        Get-UpdateCount $step.target | Should -Be 12
        (Get-UpdateRound $step.target).answer | Should -BeExactly 'not-converged'
        (Get-UpdateNote $step.target)[3].answer | Should -BeExactly 'not-converged'
    }
}
