# Watching: while a guided step is asked about, the PC looks by itself whether it is done, and goes on without a key. How often,
# and what tells that it is worth looking, each kind says (Register-Kind -Watch).

# Seconds after which nothing is looked at by itself any more: whoever asked has gone.
$script:WatchMost = 3600
# Seconds between two looks for a file.
$script:SignEvery = 3
# The same for what answers over the line: each look may take as long as a network does.
$script:AnswerEvery = 10
# Milliseconds that a person has to read that it was seen.
$script:WatchShown = 2000

function New-Watch {
    # What is looked for while a question stands:
    #   look     says whether it is seen; is given this object
    #   every    seconds between two looks; 0: it is looked for at an answer alone (person-turn.ps1)
    #   note     what people are told
    #   said     what was seen, in words, where the look tells it
    #   seconds  for how long the question stands
    #   seen     whether it was seen
    #   step, pass, mark, last, result   of a guided step (New-StepWatch); step, mark: of a sign (New-SignWatch); step, pass, mark:
    #            of one of the staff (New-PersonWatch)
    #   rows     what is seen of each value of a guided step, by value
    #   left     what is not done, as the look found: whoever says that it is hears of it once
    param([scriptblock] $Look, [int] $Every, [string] $Note = '')
    return [pscustomobject] @{
        look = $Look; every = $Every; note = $Note; said = ''; seconds = 0; seen = $false
        step = $null; pass = $null; mark = $null; last = $null; result = $null; rows = @{}; left = ''
    }
}

function New-StepWatch {
    # Looks whether a guided step is done; $null where its kind is not watched, or where keys cannot be read one by one.
    param([object] $Step, [object] $Pass)
    $kind = Get-Kind $Step.kind
    if ($kind.watch.Count -eq 0 -or -not (Test-ConsoleKey)) { return $null }
    $watch = New-Watch -Look { param($Watch) Test-StepSeen $Watch } -Every $kind.watch.every -Note ([string] $kind.watch['note'])
    $watch.step = $Step
    $watch.pass = $Pass
    return $watch
}

function Test-StepSeen {
    # Looks where it is worth it: where the mark of its kind has changed since the last look, and is the same as a while ago.
    # A kind that gives no mark at all is in the middle of something, as is one that is busy.
    param([object] $Watch)
    if (@(Find-Busy $Watch.step).Length -gt 0) { $Watch.last = $null; $Watch.mark = $null; return $false }
    $block = (Get-Kind $Watch.step.kind).watch['mark']
    if ($null -ne $block) {
        $before = $Watch.last
        $Watch.last = & $block $Watch.step.target
        if ($null -eq $Watch.last -or $Watch.last -cne $before -or $Watch.last -ceq $Watch.mark) { return $false }
        $Watch.mark = $Watch.last
    }
    $Watch.result = Invoke-VerifyStep $Watch.step $Watch.pass
    Set-RowState $Watch (Get-Field $Watch.result 'found')
    # A file that somebody holds: once more.
    if ($Watch.result.status -ceq 'failed') { $Watch.mark = $null }
    return (@('ok', 'not-applicable') -ccontains $Watch.result.status)
}

function New-SignWatch {
    # Looks for the sign that a step leaves on this PC which else only a person sees: a file that comes into a folder while it is
    # asked about, or something that begins to answer. How many and when is all that is kept: no name of a file, and nothing of what
    # is in it. $null where there is none to wait for.
    param([object[]] $Steps)
    $sign = Get-Field $Steps[0] 'sign'
    if ($Steps.Length -ne 1 -or $null -eq $sign -or -not (Test-ConsoleKey)) { return $null }
    if (Get-Field $sign 'folder') {
        $note = "$($sign.what)が $($sign.folder) に来ると、この画面が自分で進みます（中身は見ません）。"
        $watch = New-Watch -Look { param($Watch) Test-SignFile $Watch } -Every $script:SignEvery -Note $note
        $watch.mark = @{}
        try { foreach ($file in @(Get-FolderStamp $sign.folder)) { $watch.mark[$file] = $true } } catch { return $null }
    }
    else {
        # What has answered before tells nothing.
        try { $before = Test-SignAnswer $sign } catch { $before = $true }
        if ($before) { return $null }
        $note = "$($sign.what) が$($sign.when)、この画面が自分で進みます。"
        $watch = New-Watch -Look { param($Watch) Test-SignSeen $Watch } -Every $script:AnswerEvery -Note $note
    }
    $watch.step = $Steps[0]
    return $watch
}

function Test-SignFile {
    # A file that is written anew is another: each stands for its length and its time.
    param([object] $Watch)
    $sign = $Watch.step.sign
    $new = @(Get-FolderStamp $sign.folder | Where-Object { -not $Watch.mark.ContainsKey($_) })
    if ($new.Length -eq 0) { return $false }
    $Watch.said = "$($sign.what)が $(Get-ClockText) に $($new.Length) つ来ました"
    return $true
}

function Test-SignSeen {
    param([object] $Watch)
    $sign = $Watch.step.sign
    if (-not (Test-SignAnswer $sign)) { return $false }
    $Watch.said = "$($sign.what) が $(Get-ClockText) に$($sign.then)"
    return $true
}

function Test-SignAnswer {
    param([object] $Sign)
    $found = Get-State $Sign.kind $Sign.target
    return (@(Get-FieldName $found) -cnotcontains 'unknown' -and (Test-State $Sign.kind -Wanted $Sign.wanted -Found $found))
}

function Get-ClockText {
    # A time of day, as people read it.
    param([DateTime] $Time = (Get-LocalTime))
    return $Time.ToString('HH:mm', [Globalization.CultureInfo]::InvariantCulture)
}

function Set-RowState {
    # What the kind sees of each value that is shown: once it is there, since when.
    param([object] $Watch, [object] $Found)
    if ($null -eq $Watch) { return }
    $block = (Get-Kind $Watch.step.kind).watch['row']
    if ($null -eq $block) { return }
    foreach ($pair in @(Get-Field $Watch.step 'values' | ForEach-Object { $_ })) {
        $seen = [string] (& $block $Watch.step.target $pair.value $Found)
        $words = @{ seen = "○ $(Get-ClockText)"; missing = '× まだ'; person = '人が見る' }
        if ($seen -ceq 'seen' -and ([string] $Watch.rows[$pair.value]).StartsWith('○')) { continue }
        if ($seen) { $Watch.rows[$pair.value] = $words[$seen] }
    }
}

function Hide-SeenValue {
    # A step as it is shown: without the values that the PC sees to be there already.
    param([object] $Step, [object] $Watch)
    $values = @(Get-Field $Step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $left = @($values | Where-Object { $null -eq $Watch -or -not ([string] $Watch.rows[$_.value]).StartsWith('○') })
    if ($left.Length -eq $values.Length) { return $Step }
    $same = Select-Value $Step $left
    $same.what = "済んでいる $($values.Length - $left.Length) 件は出していません。$($Step.what)"
    return $same
}

function Add-UnseenText {
    # A result that says which of the values that are shown the PC does not see: they are a person's to look at.
    param([object] $Step, [object] $Result)
    $block = (Get-Kind $Step.kind).watch['row']
    if ($null -eq $block -or $Result.status -cne 'ok') { return $Result }
    $pairs = @(Get-Field $Step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $unseen = @($pairs | ForEach-Object { $_.value } | Where-Object { [string] (& $block $Step.target $_ $Result.found) -ceq 'person' })
    if ($unseen.Length -gt 0) { $Result.message = "$($Result.message)この PC からは見えないもの（人が見る）: $($unseen -join '、')" }
    return $Result
}

function Find-Busy {
    # What still works on it, as the kind of a step sees: names of programs.
    param([object] $Step)
    $block = (Get-Kind $Step.kind).watch['busy']
    if ($null -eq $block) { return }
    # What cannot be seen holds nobody up.
    try { & $block } catch { return }
}

function Test-HeldUp {
    # Whether a person who says that it is done has to wait. Said once: whoever says it again knows better.
    param([object] $Step, [bool] $Said)
    $busy = @(Find-Busy $Step)
    if ($Said -or $busy.Length -eq 0) { return $false }
    foreach ($line in @(Split-Text "まだ動いています: $($busy -join '、')。終わってから、もう一度 Enter を押してください。")) { Write-Line $line }
    return $true
}

function Test-Contradicted {
    # Whether the PC sees that something is left of what a person says to be done, where it is looked for at an answer. Told: what the
    # person has heard of it; whoever says it again knows better.
    param([object] $Watch, [string] $Told)
    if ($null -eq $Watch -or $Watch.every -gt 0 -or (Test-Seen $Watch) -or @('', $Told) -ccontains $Watch.left) { return $false }
    $Watch.note = "$($Watch.left)。それでも済んでいるときは、もう一度 1 を入力してください。"
    return $true
}

function Get-WatchTitle {
    # What stands at the right of the title.
    param([object] $Watch)
    if ($null -eq $Watch) { return '' }
    return 'PC が見ています（自分で進む）'
}

function Get-WatchNote {
    param([object] $Watch)
    if ($null -eq $Watch -or $Watch.note -ceq '') { return }
    Split-Text $Watch.note
}

function Read-WatchedAnswer {
    # As Read-StepAnswer, while the PC looks every so many seconds: "seen" once the look says so.
    param([scriptblock] $Look, [int] $Every, [string] $Claim = (Get-StepClaim), [string[]] $Without = @())
    return Read-StepAnswer -Claim $Claim -Without $Without -Look $Look -Every $Every
}

function Read-WatchedLine {
    # A line of keys; empty once it was seen what is looked for, where anything is. Nothing is looked at while something is typed.
    param([string] $Prompt, [object] $Watch)
    $handing = Get-Handing
    $every = -1
    if ($null -ne $Watch) { $every = 1000 * $Watch.every }
    Open-ConsoleKey (ConvertTo-ShownText $Prompt)
    $typed = ''
    while ($true) {
        $key = Read-ConsoleKey $every $handing
        if ($key -eq 13) { Write-ConsoleText "`n"; return $typed }
        if ($key -eq -2) { Update-HandingLine }
        elseif ($key -ge 0) { $typed = Edit-Typed $typed $key }
        elseif ($typed -ceq '' -and (Test-Seen $Watch)) {
            Write-ConsoleText "`n"
            $script:Stands = 1
            $what = ''
            if ($Watch.said) { $what = "（$($Watch.said)）" }
            Write-Line "○ 確かめました$what"
            Wait-Beep $script:WatchShown
            return ''
        }
        else { Update-RowState }
    }
}

function Test-Seen {
    # Looks once. What cannot be looked at is not seen.
    param([object] $Watch)
    if ($null -eq $Watch) { return $false }
    $Watch.seconds += $Watch.every
    if ($Watch.seconds -gt $script:WatchMost) { return $false }
    try { $Watch.seen = [bool] (& $Watch.look $Watch) } catch { return $false }
    return $Watch.seen
}

function Edit-Typed {
    # What is typed after one more key, which is shown.
    param([string] $Typed, [int] $Key)
    if ($Key -eq 8 -and $Typed -cne '') {
        Write-ConsoleText ("`b `b" * (Get-TextWidth $Typed.Substring($Typed.Length - 1)))
        return $Typed.Substring(0, $Typed.Length - 1)
    }
    if ($Key -lt 32 -or $Typed.Length -ge 60) { return $Typed }
    Write-ConsoleText ([string] [char] $Key)
    return "$Typed$([char] $Key)"
}
