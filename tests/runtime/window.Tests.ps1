BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"
    . "$PSScriptRoot/../pc/window.ps1"
    $native = [IO.File]::ReadAllText("$script:Parts/common/console.native.ps1")

    function Start-Pc {
        # Who types what in this pass.
        param([hashtable] $Session = @{})
        $script:FakeSession = [pscustomobject] (@{ as = 'OqsComApp'; elevated = $true } + $Session)
        $script:FakeAnswer = 0
        $script:Log.Clear()
        foreach ($name in 'modes.txt', 'opened.txt', 'clipboard.txt', 'console.txt') { [IO.File]::Delete("$env:OQSGEN_FAKE/$name") }
    }

    function Get-Left { param([string] $Name) return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/$Name") }
}

Describe 'the shipped console, in a window' {
    It 'takes no key for an answer that was typed before it asked' {
        $ask = '@((Read-ConsoleLine "a"), (Read-ConsoleLine "b"), (Read-ConsoleSecret "c").Length) -join "|"'
        $window = Invoke-InWindow "$native`n$ask" -Typed "`nx`n`n" -Answers 'one', '', 'four'
        $window.Shown.ToString() | Should -BeLike '*one||4*'
    }

    It 'takes no key for a password either' {
        $window = Invoke-InWindow "$native`n(Read-ConsoleSecret 'c').Length" -Typed "`nx`n" -Answers 'four'
        $window.Shown.ToString() | Should -BeLike '*4*'
    }

    It 'takes none between two questions either' {
        $window = Invoke-InWindow "$native`nRead-ConsoleLine 'a'; Read-ConsoleLine 'b'" -Answers "one`ntwo`n", 'three'
        $window.Shown.ToString().Trim() | Should -BeExactly "one`nthree"
    }

    It 'takes no key while Enter is held down, and waits until it is let go' {
        $window = Invoke-InWindow "$native`nRead-ConsoleLine 'a'" -Typed "`n" -Held "`n`n`n`n`n`n" -Answers 'one'
        $window.Shown.ToString().Trim() | Should -BeExactly 'one'
        $window.Held | Should -BeExactly ''
    }

    It 'waits until the keyboard has been quiet for a while' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-InWindow "$native`nRead-ConsoleLine 'a'" -Answers 'one'
        $clock.ElapsedMilliseconds | Should -BeGreaterOrEqual 600
    }

    It 'reads <name> as it was typed' -ForEach @(
        @{ name = 'a line of 3000 characters'; line = ('長い' * 1500) }
        @{ name = 'Japanese'; line = 'はい' }
        @{ name = 'what code page 932 lacks'; line = "$([char] 0x9ad9)$([char] 0xd83d)$([char] 0xde00)" }
    ) {
        $window = Invoke-InWindow "$native`nRead-ConsoleLine 'a'" -Answers $line
        $window.Shown.ToString().Trim() | Should -BeExactly $line
    }

    It 'gives nothing where nobody can answer' {
        $ask = "$native`n" + '"[$(Read-ConsoleLine ''a'')]"'
        (Invoke-InWindow $ask).Shown.ToString().Trim() | Should -BeExactly '[]'
        # A host without a window refuses to ask.
        $shell = [powershell]::Create()
        $out = [Console]::Out
        [Console]::SetOut([IO.TextWriter]::Null)
        try { $given = [string] $shell.AddScript($ask).Invoke() } finally { [Console]::SetOut($out); $shell.Dispose() }
        $given | Should -BeExactly '[]'
    }
}

Describe 'QuickEdit' {
    BeforeEach { Initialize-Pc; Start-Pc; $script:FakeConsoleMode = 0x1f7L }

    It 'is off while a pass runs, and as it was afterwards' {
        Disable-QuickEdit
        $script:FakeConsoleMode | Should -Be 0x1b7
        Restore-QuickEdit
        $script:FakeConsoleMode | Should -Be 0x1f7
    }

    It 'is turned off where the console had no extended flags' {
        $script:FakeConsoleMode = 0x67L
        Disable-QuickEdit
        $script:FakeConsoleMode -band 0x40 | Should -Be 0
        Restore-QuickEdit
        $script:FakeConsoleMode -band 0x67 | Should -Be 0x67
    }

    It 'lets a pass go on where there is no console, and where it cannot be asked' {
        Mock Get-ConsoleMode { return $null }
        Disable-QuickEdit
        Restore-QuickEdit
        Mock Get-ConsoleMode { throw 'no compiler' }
        Disable-QuickEdit
        Restore-QuickEdit
        [IO.File]::Exists("$env:OQSGEN_FAKE/modes.txt") | Should -BeFalse
    }
}

Describe 'the log' {
    BeforeEach { Initialize-Pc }

    It 'has the expected answer "<typed>"' -ForEach @(
        @{ typed = '' }, @{ typed = 's' }, @{ typed = 'S' }, @{ typed = '3' }, @{ typed = 'yes' }, @{ typed = 'はい' }, @{ typed = 'ｎ' }
    ) {
        Start-Pc @{ answers = @($typed) }
        $answer = Read-Answer 'q: '
        $script:Log[0] | Should -BeExactly "q: $answer"
    }

    It 'says of "<typed>" only that it was typed' -ForEach @(
        @{ typed = 'Himitsu-2026' }, @{ typed = '4821' }, @{ typed = 'ＯＱＳ' }, @{ typed = 'はいはい' }, @{ typed = 'C:\x.p12' }
    ) {
        Start-Pc @{ answers = @($typed, $typed) }
        (Read-Answer 'q: ').Length | Should -BeGreaterThan 0
        $null = Read-Answer -Raw 'r: '
        $script:Log | Should -Be @('q: （入力あり）', 'r: （入力あり）')
    }

    It 'has what a question expects' {
        Start-Pc @{ answers = @('oqs-01', 'OQS-02') }
        $null = Read-Answer 'q: ' -Expected 'OQS-01'
        $null = Read-Answer 'q: ' -Expected 'OQS-01'
        $script:Log | Should -Be @('q: oqs-01', 'q: （入力あり）')
    }
}

Describe 'a page of Edge' {
    BeforeEach { Initialize-Pc }

    It 'is on the clipboard, and the person is told what to do with it' {
        Start-Pc
        Show-EdgePage 'edge://extensions'
        Get-Left 'opened.txt' | Should -BeExactly "edge://extensions`n"
        Get-Left 'clipboard.txt' | Should -BeExactly 'edge://extensions'
        $script:Log -join '' | Should -Match 'edge://extensions.*Ctrl\+V で貼り付けて Enter'
    }

    It 'is typed where another program holds the clipboard' {
        Start-Pc @{ clipboard = $false }
        Show-EdgePage 'edge://extensions'
        Get-Left 'opened.txt' | Should -BeExactly "edge://extensions`n"
        $script:Log -join '' | Should -Match 'edge://extensions.*入力して Enter'
    }
}

Describe 'a line that is typed while the PC looks' {
    BeforeAll {
        # A dot: none was pressed.
        function Read-ConsoleKey { param([int] $Milliseconds) if ($script:keys.Count -eq 0) { return 13 }; $key = $script:keys.Dequeue(); if ($key -eq [char] '.') { return -1 }; return [int] $key }
        function Read-Typed { param([string] $Keys) $script:keys = New-Object Collections.Queue (, $Keys.ToCharArray()); return Read-WatchedLine 'q: ' $script:watch }
    }
    BeforeEach {
        Initialize-Pc; Start-Pc
        $script:looks = 0
        $script:watch = New-Watch -Look { $script:looks++; $script:looks -ge $script:enough } -Every 2
    }

    It 'is what was typed, with <name>' -ForEach @(
        @{ name = 'keys'; keys = 'ab'; line = 'ab' }
        @{ name = 'what was taken back'; keys = "a`b`bい"; line = 'い' }
        @{ name = 'no key that is no letter'; keys = "`t$([char] 27)s"; line = 's' }
        @{ name = 'no more than fits'; keys = 'x' * 99; line = 'x' * 60 }
    ) {
        $script:enough = 99
        Read-Typed $keys | Should -BeExactly $line
    }

    It 'ends once it was seen, but not while something is typed' {
        $script:enough = 2
        Read-Typed ".s..`b.x" | Should -BeExactly ''
        $script:watch.seen | Should -BeTrue
        $script:looks | Should -Be 2
        $script:keys.Count | Should -Be 1
    }

    It 'looks no more after an hour, and takes keys still' {
        $script:enough = 9999
        $script:watch.every = 600
        Read-Typed '.......s' | Should -BeExactly 's'
        $script:looks | Should -Be 6
    }

    It 'looks where the mark of a kind has settled, and again where it could not be read' {
        $marks = New-Object Collections.Queue (, @('a', $null, 'b', 'b', 'b', 'c', 'c', 'c'))
        $kind = Get-Kind 'file'
        Mock Get-Kind { return [pscustomobject] @{ watch = @{ every = 2; mark = { param($Target) $marks.Dequeue() } } } }
        Mock Invoke-VerifyStep { $script:looks++; return [pscustomobject] @{ status = $script:status } }
        $script:watch.step = [pscustomobject] @{ kind = 'file'; target = $null }
        $script:status = 'unknown'
        $seen = @(1..5 | ForEach-Object { $null = Test-StepSeen $script:watch; $script:looks })
        $seen -join ' ' | Should -BeExactly '0 0 0 1 1'
        $script:status = 'failed'
        $seen = @(1..3 | ForEach-Object { $null = Test-StepSeen $script:watch; $script:looks })
        $seen -join ' ' | Should -BeExactly '1 2 3'
    }
}
