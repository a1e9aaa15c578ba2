# Who is signed in, and which steps are theirs.

$script:Session = $null

function Get-Session {
    # sid: this process; owner: the person whose session it is; place: what that person is to the plan.
    param([object] $Plan)
    $sid = Get-TokenSid
    $owner = Get-SessionOwnerSid
    $account = Get-AccountSid $Plan.account
    $staff = @(foreach ($name in @($Plan.staff)) { Get-AccountSid $name })
    $place = 'elsewhere'
    if ($null -ne $owner -and $owner -ceq $account) { $place = 'account' }
    elseif ($null -ne $owner -and $staff -ccontains $owner) { $place = 'staff' }
    return [pscustomobject] @{ sid = $sid; name = (Get-TokenName); owner = $owner; place = $place; account = $account }
}

function Test-OwnSession {
    # For a kind's Undo: whether the account is the one at work here.
    param([string] $Sid)
    return ($script:Session.sid -ceq $Sid -or $script:Session.owner -ceq $Sid)
}

function Get-OpenUserJournal {
    # For a kind's Undo: names of the accounts in whose profile something of ours is not undone yet.
    foreach ($person in @(Get-ProfileFolder)) {
        $path = [IO.Path]::Combine([IO.Path]::Combine($person.path, 'oqsgen'), 'journal.jsonl')
        $journal = Read-Journal $path
        if ($journal.open.Count -gt 0 -or $journal.strange.Count -gt 0) { Get-AccountName $person.sid }
    }
}

function Get-AccountJournal {
    # The journal in OqsComApp's profile, for the machine pass: good for the order of things, and to be trusted for nothing
    # else. $null where that person has no profile yet.
    param([object] $Session)
    foreach ($person in @(Get-ProfileFolder)) {
        if ($person.sid -ceq $Session.account) { return Read-Journal ([IO.Path]::Combine([IO.Path]::Combine($person.path, 'oqsgen'), 'journal.jsonl')) }
    }
    return $null
}

function Test-Completed {
    # Whether OqsComApp's own pass of this bundle went through, as its profile says.
    param([object] $Session, [string] $Bundle)
    $journal = Get-AccountJournal $Session
    return ($null -ne $journal -and $journal.completed.ContainsKey($Bundle))
}

function Test-StepDone {
    # Whether OqsComApp's own pass has done a step, or found it done.
    param([string] $Id, [object] $Pass)
    $journal = Get-AccountJournal $Pass.session
    if ($null -eq $journal) { return $false }
    return ($journal.completed.ContainsKey($Pass.bundle) -or $journal.confirmed.ContainsKey("$($Pass.bundle) $Id"))
}

function Test-Undoing {
    # For a kind's Get: what is to be undone is looked at even where a new change would have to wait.
    return ($null -ne $script:Pass -and $script:Pass.mode -ceq 'Rollback')
}

function Get-AwayResult {
    # The result of a user step that is not this person's; $null when it is.
    param([object] $Step, [object] $Pass)
    if ($Pass.session.place -ceq 'account') { return $null }
    if ($Pass.session.place -ceq 'staff' -and $Step.who -ceq 'everyone') { return $null }
    if (Test-PersonStep $Step) { return New-StepResult $Step -Status 'manual' -Message '人が行う作業です。' }
    if ($Pass.session.place -ceq 'staff') {
        return New-StepResult $Step -Status 'skipped' -Found $null -Message "$($Pass.plan.account) で行う項目です。"
    }
    $waits = (Get-Kind $Step.kind).waitsForPerson
    if ($waits -and $Pass.mode -ceq 'Apply') {
        # The machine pass can see whether that person has been here already.
        $machine = Read-MachineResult $Pass
        if ($null -eq $machine -or @($machine.next) -ccontains 'sign-in') { return New-StepResult $Step -Status 'restart' -Message $waits }
    }
    return New-StepResult $Step -Status 'unknown' -Found $null -Message "$($Pass.plan.account) でサインインして開くと確かめられます。"
}
