# The journal is the memory of what this PC (or this person's profile) was like before us: one JSON object a
# line, on the disk before anything changes. It belongs to the PC or the person, not to a bundle: the first
# `before` of a target wins until that target is `restored`.
#
#   before      about to change a target: what was there, what is wanted
#   set         changed: what it reads back as (`after`); only while it still does is it ours to undo
#   restoring   about to put it back; a target without `set` after `before` or `restoring` is half-made by us
#   restored    as before; the target is forgotten. spent: it was for once, and answers stay (continuation.ps1)
#   completed   OqsComApp's user pass of a bundle went through
#   confirmed   a person said that a step is done; or a step was found done that a machine step comes after. It is of a step
#               and what is wanted of it (confirm.ps1); 0.1.0 wrote it without `of`, for its bundle alone. `from`: it was said at
#               another terminal of the clinic, and when
#   unconfirmed the person took it back
#   unable      a person said that a step cannot be done, and why

$script:JournalEvents = 'before', 'set', 'restoring', 'restored', 'completed', 'confirmed', 'unconfirmed', 'unable'

function Read-JournalText {
    # The whole lines of a journal, and how many bytes they take. A power cut can leave a torn last line.
    param([string] $Path, [long] $Limit)
    if (-not [IO.File]::Exists($Path)) { return [pscustomobject] @{ lines = @(); whole = 0; torn = $false } }
    $bytes = Read-PlainByte $Path $Limit
    $whole = [array]::LastIndexOf($bytes, [byte] 10) + 1
    $text = (New-Object Text.UTF8Encoding($false, $true)).GetString($bytes, 0, $whole)
    $lines = $text.Split([char[]] "`n", [StringSplitOptions]::RemoveEmptyEntries)
    return [pscustomobject] @{ lines = $lines; whole = $whole; torn = ($whole -lt $bytes.Length) }
}

function Read-Journal {
    # What a journal says. A line that this version does not know, or a file that it cannot read, makes it strange.
    param([string] $Path, [long] $Limit = 256MB)
    $journal = New-Journal $Path
    try {
        $read = Read-JournalText $Path $Limit
        $journal.whole = $read.whole
        $journal.torn = $read.torn
        foreach ($line in $read.lines) { Merge-JournalEntry $journal (ConvertFrom-Json $line) }
    }
    catch { $null = $journal.strange.Add("記録を読めません: $($_.Exception.Message)") }
    return $journal
}

function New-Journal {
    # One in which nothing stands.
    param([string] $Path)
    return [pscustomobject] @{
        path = $Path
        whole = 0
        torn = $false
        open = New-Object Collections.Specialized.OrderedDictionary
        completed = @{}
        confirmed = @{}
        claims = @{}
        takenBack = @{}
        changedAt = @{}
        restartAt = @{}
        times = @{}
        strange = New-Object Collections.ArrayList
    }
}

# Nobody's own pass writes so much; a year of daily starts is some hundred kilobytes.
$script:PersonJournalLimit = 8MB

function Read-PersonJournal {
    # The journal in the profile of a person (Get-ProfileFolder), who could have put anything there: read once a pass.
    param([object] $Person)
    $known = Get-Field $script:Pass 'others'
    if ($null -ne $known -and $known.ContainsKey($Person.sid)) { return $known[$Person.sid] }
    $path = [IO.Path]::Combine([IO.Path]::Combine($Person.path, 'oqsgen'), 'journal.jsonl')
    $journal = New-Journal $path
    $problem = Get-PersonJournalProblem $Person.sid $path
    if ($problem) { $null = $journal.strange.Add("記録を読めません: $problem") }
    else { $journal = Read-Journal $path $script:PersonJournalLimit }
    if ($null -ne $known) { $known[$Person.sid] = $journal }
    return $journal
}

function Get-PersonJournalProblem {
    # Why a file is not one that this person's own pass left there; empty where it may be, or where there is none.
    param([string] $Sid, [string] $Path)
    if (-not (Test-PlainPath $Path)) { return "別の場所へのリンクです: $Path" }
    $security = Get-PathSecurity $Path
    if ($null -eq $security) { return '' }
    if ($security.folder) { return "ファイルではありません: $Path" }
    if (@($Sid, $script:Administrators, $script:LocalSystem) -cnotcontains $security.owner) {
        return "所有者が違います: $Path"
    }
    return ''
}

function Repair-Journal {
    # Cuts a torn last line off, after which nothing may be written: the change that it was to announce was never made.
    param([object] $Journal)
    if (-not $Journal.torn) { return }
    try { Resize-File $Journal.path $Journal.whole; $Journal.torn = $false }
    catch { $null = $Journal.strange.Add("記録を直せません: $($_.Exception.Message)") }
}

function Add-JournalEntry {
    # Writes a line to a journal; it is on the disk when this returns. Entry: event, and the fields of that event.
    param([object] $Journal, [System.Collections.IDictionary] $Entry)
    $Entry['at'] = Get-TimeText
    $line = (ConvertTo-JsonText $Entry) + "`n"
    # What was written of a line that failed would make one unreadable line with this one.
    if ($Journal.torn) { Resize-File $Journal.path $Journal.whole }
    $Journal.torn = $true
    Add-FileText $Journal.path $line
    $Journal.torn = $false
    $Journal.whole += [Text.Encoding]::UTF8.GetByteCount($line)
    Merge-JournalEntry $Journal ([pscustomobject] $Entry)
}

function Get-TargetKey {
    # By what a target is known in the journal.
    param([string] $Kind, [object] $Target)
    return "$Kind $(ConvertTo-Canonical $Target)"
}

function Get-OpenItem {
    # What the journal of this pass holds of a target; $null where it is not ours to undo.
    param([string] $Kind, [object] $Target)
    $open = Get-Field (Get-Field $script:Pass 'journal') 'open'
    $key = Get-TargetKey $Kind $Target
    if ($null -eq $open -or -not $open.Contains($key)) { return $null }
    return $open[$key]
}

function Merge-JournalEntry {
    # What the journal knows after one more entry.
    param([object] $Journal, [object] $Entry)
    $what = [string] (Get-Field $Entry 'event')
    if ($script:JournalEvents -cnotcontains $what) { $null = $Journal.strange.Add("知らない記録です: $what"); return }
    $boot = [string] (Get-Field $Entry 'boot')
    if ($what -ceq 'completed') { $Journal.completed[[string] $Entry.bundle] = $true; return }
    if ($what -ceq 'unable') { return }
    if (@('confirmed', 'unconfirmed') -ccontains $what) { Merge-Confirmation $Journal $Entry; return }
    $key = [string] $Entry.key
    $open = $Journal.open
    if ($what -ceq 'before') { Add-OpenTarget $Journal $Entry }
    if (-not $open.Contains($key)) { return }
    $item = $open[$key]
    if ($boot -cne '' -and $what -cne 'restored') {
        $Journal.changedAt[$key] = $boot
        $Journal.times[$key] = [string] (Get-Field $Entry 'at')
        if ($item.restart) { $Journal.restartAt[$key] = $boot }
    }
    if ($what -ceq 'set') {
        $format = Get-Field $Entry 'format'
        # 0.1.0 wrote it into `before` alone.
        if ($null -eq $format) { $format = $item.format }
        $item.after = Read-JournalState $Journal -Kind $item.kind -Format $format -State $Entry.after
        $item.settled = $true
        $item.touched = $true
    }
    if ($what -ceq 'restoring') { $item.settled = $false; $item.touched = $true }
    if ($what -ceq 'restored') {
        $open.Remove($key)
        # Undoing a real change voids earlier answers; a Set that failed before it changed anything does not, nor what was
        # for once and is used up.
        if ($item.touched -and -not (Get-Field $Entry 'spent')) {
            $Journal.completed.Clear(); $Journal.confirmed.Clear(); $Journal.claims.Clear()
        }
    }
}

function Merge-Confirmation {
    # What a person has said, or taken back.
    param([object] $Journal, [object] $Entry)
    $of = [string] (Get-Field $Entry 'of')
    $old = "$($Entry.bundle) $($Entry.step)"
    $new = "$($Entry.step) $of"
    $Journal.takenBack.Remove($new)
    if ($Entry.event -ceq 'unconfirmed') { $Journal.claims.Remove($new); $Journal.confirmed.Remove($old); $Journal.takenBack[$new] = $true }
    elseif ($of -ceq '') { $Journal.confirmed[$old] = $true }
    else {
        $claim = [pscustomobject] @{
            who = [string] (Get-Field $Entry 'who'); at = [string] (Get-Field $Entry 'at'); terminal = ''
            seen = [string] (Get-Field $Entry 'seen')
        }
        $from = Get-Field $Entry 'from'
        if ($null -ne $from) { $claim.terminal = [string] (Get-Field $from 'terminal'); $claim.at = [string] (Get-Field $from 'at') }
        $Journal.claims[$new] = $claim
    }
}

function Add-OpenTarget {
    # What a `before` says: the first of a target wins until it is restored.
    param([object] $Journal, [object] $Entry)
    $key = [string] $Entry.key
    $open = $Journal.open
    $before = Read-JournalState $Journal -Kind $Entry.kind -Format $Entry.format -State $Entry.before
    if (-not $open.Contains($key)) {
        $open[$key] = [pscustomobject] @{
            key = $key
            step = $Entry.step
            title = $Entry.title
            kind = $Entry.kind
            format = 0
            target = $Entry.target
            before = $before
            after = $null
            settled = $false
            touched = $false
            restart = $false
        }
    }
    $open[$key].format = $Entry.format
    $open[$key].settled = $false
    if (Get-Field $Entry 'restart') { $open[$key].restart = $true }
}

function Read-JournalState {
    # A state as this version's Get would give it. One that this version cannot read makes the journal strange.
    param([object] $Journal, [string] $Kind, [int] $Format, [object] $State)
    $problem = Get-FormatProblem $Kind $Format
    if ($problem) { $null = $Journal.strange.Add($problem); return $State }
    if ($Format -eq (Get-Kind $Kind).format) { return $State }
    return (& (Get-Kind $Kind).readOlder $State $Format)
}

function Get-FormatProblem {
    # Why this version cannot read a state; empty when it can.
    param([string] $Kind, [int] $Format)
    if (-not $script:Kind.ContainsKey($Kind)) { return "この版の oqsgen が知らない種類の記録です: $Kind" }
    $known = $script:Kind[$Kind]
    if ($Format -gt $known.format) { return "もっと新しい版の oqsgen が書いた記録です: $Kind" }
    if ($Format -lt $known.format -and $null -eq $known.readOlder) { return "古い版の oqsgen が書いた、この版では読めない記録です: $Kind" }
    return ''
}

function Test-RestartPending {
    # True while a restart that one of our changes needs has not happened: for one key, or for any.
    param([object] $Journal, [string] $Boot, [string] $Key = '')
    if ($Key -cne '') { return ($Journal.restartAt.ContainsKey($Key) -and $Journal.restartAt[$Key] -ceq $Boot) }
    return (@($Journal.restartAt.Values) -ccontains $Boot)
}
