# Who is signed in, and which steps are theirs.

$script:Session = $null

function Get-Session {
    # sid: this process; owner: the person whose session it is; role: what that person is to the plan.
    param([object] $Plan)
    $sid = Get-TokenSid
    $owner = Get-SessionOwnerSid
    $account = Get-AccountSid $Plan.account
    $staff = @(foreach ($name in @($Plan.staff)) { Get-AccountSid $name })
    $role = 'elsewhere'
    if ($null -ne $owner -and $owner -ceq $account) { $role = 'account' }
    elseif ($null -ne $owner -and $staff -ccontains $owner) { $role = 'staff' }
    return [pscustomobject] @{ sid = $sid; name = (Get-TokenName); owner = $owner; role = $role; account = $account }
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
    if ($journal.completed.ContainsKey($Pass.bundle)) { return $true }
    $step = Get-PlanStep $Pass $Id
    return ($null -ne $step -and (Test-DoneOrSaid $step $Pass $journal))
}

function Get-AwayResult {
    # The result of a user step that is not this person's; $null when it is.
    param([object] $Step, [object] $Pass)
    if ($Pass.session.role -ceq 'account') { return $null }
    if ($Pass.session.role -ceq 'staff' -and $Step.who -ceq 'everyone') { return $null }
    if (Test-PersonStep $Step) { return New-StepResult $Step -Status 'manual' -Message '人が行う作業です。' }
    if ($Pass.session.role -ceq 'staff') {
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
