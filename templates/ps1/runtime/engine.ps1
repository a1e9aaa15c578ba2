# Verify, apply and roll back, from nothing but each kind's blocks.
#   verify   = Get is as wanted
#   apply    = Get; where it is not as wanted: journal what is there, Set, Get again
#   rollback = newest first: where Get is still what we made, Set what was there before

function Get-StepKey {
    param([object] $Step)
    return Get-TargetKey $Step.kind $Step.target
}

function Test-Checkable {
    # False for what only a person can see.
    param([object] $Step)
    return ($null -ne (Get-Kind $Step.kind).get -and $null -ne (Get-Field $Step 'target') -and -not (Test-PersonStep $Step))
}

function Get-Marker {
    # Get's answer when there is no state to compare: unknown, or not applicable to this PC.
    param([object] $Step, [object] $Found)
    foreach ($status in 'unknown', 'not-applicable') {
        $names = @(Get-FieldName $Found)
        if ($null -ne $Found -and $names.Length -eq 1 -and $names[0] -ceq $status) {
            return New-StepResult $Step -Status $status -Found $null -Message ([string] (Get-Field $Found $status))
        }
    }
    return $null
}

function Get-EarlyResult {
    # The `unknown` result of a machine step whose `after` steps are still open in OqsComApp's own pass; $null when it may run.
    param([object] $Step, [object] $Pass, [object] $Found)
    $open = @(Get-Field $Step 'after' | ForEach-Object { $_ } | Where-Object { $_ -and -not (Test-StepDone $_ $Pass) })
    if ($open.Length -eq 0) { return $null }
    $titles = @($Pass.plan.steps | Where-Object { $open -ccontains $_.id } | ForEach-Object { $_.title })
    return New-StepResult $Step -Status 'unknown' -Found $Found -Message "$($Pass.plan.account) で行う項目の後に行います: $($titles -join '、')"
}

function Confirm-Step {
    # Whether a person wants what cannot be taken back in full. Nobody there: no.
    param([object] $Step)
    $block = (Get-Kind $Step.kind).confirmText
    if ($null -eq $block) { return $true }
    $text = [string] (& $block $Step.target $Step.wanted)
    if (-not $text) { return $true }
    Show-Screen (Get-NumberTitle @($Step)) (@("――― $($Step.title) ―――") + @(Split-Text $text) + @('  行わないときは、何も入力せずに Enter を押します。'))
    return Read-Agreement '行うときは「はい」と入力して Enter（yes か y でも同じ）: '
}

function Get-ErrorResult {
    # What comes of a step that threw: failed, or left for later where a question of it was nobody's to answer.
    param([object] $Step, [object] $Pass, [object] $ErrorRecord)
    # Whoever leads the questions (sequence.ps1) says what becomes of it.
    if (Test-Left $ErrorRecord) { return New-StepResult $Step -Status 'manual' -Message $script:LeftText }
    if (-not (Test-Unanswered $ErrorRecord)) {
        return New-StepResult $Step -Status 'failed' -Found $null -Message (Get-ErrorText $ErrorRecord)
    }
    $null = $Pass.next.Add('again')
    return New-StepResult $Step -Status 'manual' -Found $null -Message $script:UnansweredText
}

function Get-SettledResult {
    # As wanted: but only where nothing overrules it, and after a restart where our own change needs one.
    param([object] $Step, [object] $Pass, [object] $Found, [string] $Status)
    $overrules = @(Find-Overrule $Step)
    if (@($overrules | Where-Object { -not $_.risk }).Length -gt 0) {
        return New-StepResult $Step -Status 'drift' -Found $Found -Message "$(Get-OverruleText $overrules)$script:OverruledText"
    }
    if (Test-RestartPending $Pass.journal -Boot $Pass.boot -Key (Get-StepKey $Step)) {
        return New-StepResult $Step -Status 'restart' -Found $Found -Message '設定しました。Windows を再起動すると有効になります。'
    }
    $notice = (Get-Kind $Step.kind).notice
    $noticed = $Found
    if ($null -ne $notice) { $noticed = Add-Notice $noticed ([string] (& $notice $Step.wanted $Found)) }
    $noticed = Add-Notice $noticed (Get-OverruleText $overrules)
    return New-StepResult $Step -Status $Status -Found $noticed -Message ([string] (Get-Field $noticed 'warning'))
}

function Invoke-ApplyStep {
    param([object] $Step, [object] $Pass)
    if ($Step.how -cne 'apply' -or (Get-Kind $Step.kind).waitsForPerson) { return Invoke-VerifyStep $Step $Pass }
    $reason = Get-LeftReason $Step $Pass
    if ($reason) {
        $null = $Pass.next.Add('left')
        return New-StepResult $Step -Status 'skipped' -Message "直さないと答えました（理由: $reason）。"
    }
    try {
        $before = Get-State $Step.kind $Step.target
        $marker = Get-Marker $Step $before
        if ($null -ne $marker) { return $marker }
        if (Test-State $Step.kind -Wanted $Step.wanted -Found $before) {
            # Cut short between Set and its entry: settle it now, so that a later change by somebody else is seen as theirs.
            $key = Get-StepKey $Step
            $open = $Pass.journal.open
            if ($open.Contains($key) -and -not $open[$key].settled) { Add-SetEntry $Pass -Kind $Step.kind -Key $key -After $before }
            return Get-SettledResult $Step -Pass $Pass -Found $before -Status 'ok'
        }
        $early = Get-EarlyResult $Step -Pass $Pass -Found $before
        if ($null -ne $early) { return $early }
        $missing = @(Get-MissingSecret $Step.kind -Target $Step.target -State $Step.wanted -Found $before -Default @($Step.secrets))
        if ($missing.Length -gt 0) {
            $null = $Pass.next.Add('password')
            return New-StepResult $Step -Status 'skipped' -Found $before -Message "$(Get-NoSecretText $missing)そのため、行いませんでした。"
        }
        if (-not (Confirm-Step $Step)) {
            $null = $Pass.next.Add('again')
            return New-StepResult $Step -Status 'manual' -Found $before -Message '行わないと答えたため、行っていません。'
        }
        Set-StepState $Step -Pass $Pass -Before $before
        $found = Get-State $Step.kind $Step.target
        if (-not (Test-State $Step.kind -Wanted $Step.wanted -Found $found)) {
            return New-StepResult $Step -Status 'failed' -Found $found -Message (Get-StillText $Step -Plan $Pass.plan -Found $found)
        }
        Add-SetEntry $Pass -Kind $Step.kind -Key (Get-StepKey $Step) -After $found
        return Get-SettledResult $Step -Pass $Pass -Found $found -Status 'changed'
    }
    catch { return Get-ErrorResult $Step $Pass $_ }
}

function Resolve-OwnValue {
    # A step with the PC's own value in the place of one that was only proposed, where it is one of those that may stay.
    param([object] $Step)
    $own = Get-Field $Step 'own'
    if ($null -eq $own) { return $Step }
    $values = @(Read-OwnValue $own)
    if (@($own.allowed) -cnotcontains ($values -join '-')) { return $Step }
    $text = [string] $own.wanted
    for ($i = 0; $i -lt $values.Length; $i++) { $text = $text.Replace("@$i@", $values[$i]) }
    $same = $Step.PSObject.Copy()
    $same.wanted = ConvertFrom-Json $text
    return $same
}

function Read-OwnValue {
    # What the PC has at the places of `own`; nothing where it cannot be read.
    param([object] $Own)
    try { $found = Get-State $Own.kind $Own.target } catch { return }
    foreach ($place in @($Own.at)) {
        $value = $found
        foreach ($name in @($place)) { $value = Get-Field $value $name }
        [string] $value
    }
}

function Get-OwnText {
    param([object] $Step)
    return (@(Read-OwnValue $Step.own) -join '～')
}

function Set-StepState {
    # Has the kind make what is wanted, after the journal knows what was there.
    param([object] $Step, [object] $Pass, [object] $Before)
    $key = Get-StepKey $Step
    $first = -not $Pass.journal.open.Contains($key)
    Add-JournalEntry $Pass.journal ([ordered] @{
            event = 'before'
            run = $Pass.id
            bundle = $Pass.bundle
            step = $Step.id
            title = $Step.title
            key = $key
            kind = $Step.kind
            format = (Get-Kind $Step.kind).format
            target = $Step.target
            before = $Before
            wanted = $Step.wanted
            restart = [bool] $Step.restart
            boot = $Pass.boot
        })
    try { Invoke-Set $Step.kind -Target $Step.target -State $Step.wanted }
    catch {
        # Refused without a change: nothing of it is ours, and what is there later must not be put back to this.
        $refused = $_
        if ($first -and (Test-Untouched $Step $Before)) { Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restored'; key = $key }) }
        throw $refused
    }
}

function Add-SetEntry {
    param([object] $Pass, [string] $Kind, [string] $Key, [object] $After)
    Add-JournalEntry $Pass.journal ([ordered] @{
            event = 'set'
            key = $Key
            format = (Get-Kind $Kind).format
            after = $After
            boot = $Pass.boot
        })
}

function Test-Untouched {
    # Whether all is as it was Before. What cannot be read may have been changed.
    param([object] $Step, [object] $Before)
    try { return (Test-Same $Before (Get-State $Step.kind $Step.target)) }
    catch { return $false }
}

function ConvertTo-UndoStep {
    # A journalled target in the form of a step, so that its result is one.
    param([object] $Item, [string] $Scope)
    return [pscustomobject] @{
        id = $Item.step; kind = $Item.kind; scope = $Scope; target = $Item.target; wanted = $Item.before; title = $Item.title; how = 'apply'
    }
}

function Test-OurWork {
    # What is there is what we made, or our own half-made work whatever it looks like.
    param([object] $Item, [object] $Found)
    return (@(Find-OthersChange $Item $Found).Length -eq 0)
}

function Invoke-UndoStep {
    param([object] $Item, [object] $Pass)
    $step = ConvertTo-UndoStep $Item $Pass.scope
    try {
        $found = Get-State $Item.kind $Item.target
        $marker = Get-Marker $step $found
        if ($null -ne $marker) { return $marker }
        if (Test-SameState $Item.kind $Item.before $found) {
            Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restored'; key = $Item.key })
            return New-StepResult $step -Status 'ok' -Found $found -Message '元の状態です。'
        }
        $others = @(Find-OthersChange $Item $found)
        if ($others.Length -gt 0) {
            $message = "適用した後に別の人が変えた値のため、そのままにしました（いまは $($others -join '、')）。"
            return New-StepResult $step -Status 'drift' -Found $found -Message $message
        }
        $state = Get-UndoState $Item $found
        $missing = @(Get-MissingSecret $Item.kind -Target $Item.target -State $state -Found $found -Default @())
        if ($missing.Length -gt 0) {
            $null = $Pass.next.Add('password')
            return New-StepResult $step -Status 'manual' -Found $found -Message "$(Get-NoSecretText $missing)そのため、元に戻していません。"
        }
        $goal = Get-UndoGoal $Item $found
        if ($goal.reason -and (Test-SameState $Item.kind $goal.state $found)) {
            return New-StepResult $step -Status 'manual' -Found $found -Message $goal.reason
        }
        return Restore-StepState $step -Item $Item -Pass $Pass -Goal $goal
    }
    catch { return Get-ErrorResult $step $Pass $_ }
}

function Get-UndoGoal {
    # What undoing is to make: state; and reason, where a person has to do the rest.
    param([object] $Item, [object] $Found)
    $undo = (Get-Kind $Item.kind).undo
    $answer = $null
    $state = Get-UndoState $Item $Found
    if ($null -ne $undo) { $answer = & $undo $Item.target $state $Found }
    if ($null -eq $answer) { return [pscustomobject] @{ state = $state; reason = '' } }
    return [pscustomobject] @{ state = $answer.state; reason = [string] $answer.reason }
}

function Restore-StepState {
    # Has the kind make the goal of undoing; the result.
    param([object] $Step, [object] $Item, [object] $Pass, [object] $Goal)
    $key = $Item.key
    Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restoring'; key = $key; boot = $Pass.boot })
    Invoke-Set $Item.kind -Target $Item.target -State $Goal.state
    $found = Get-State $Item.kind $Item.target
    if ($Goal.reason) {
        Add-SetEntry $Pass -Kind $Item.kind -Key $key -After $found
        return New-StepResult $Step -Status 'manual' -Found $found -Message $Goal.reason
    }
    if (-not (Test-SameState $Item.kind $Goal.state $found) -and -not (Test-State $Item.kind -Wanted $Goal.state -Found $found)) {
        $message = "元に戻しましたが、読み直すと値が違います。$(Get-NotRestoredText $Item.kind $Goal.state $found)"
        return New-StepResult $Step -Status 'failed' -Found $found -Message $message
    }
    Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restored'; key = $key })
    if (Test-RestartPending $Pass.journal -Boot $Pass.boot -Key $key) {
        return New-StepResult $Step -Status 'restart' -Found $found -Message '元に戻しました。Windows を再起動すると有効になります。'
    }
    return New-StepResult $Step -Status 'changed' -Found $found -Message '元に戻しました。'
}

function Find-ApplySecret {
    # What has to be asked before these steps are applied.
    param([object[]] $Steps)
    foreach ($step in $Steps) {
        $kind = Get-Kind $step.kind
        if (Get-LeftReason $step $script:Pass) { continue }
        if ($step.how -cne 'apply' -or $kind.waitsForPerson -or ($null -eq $kind.secret -and @($step.secrets).Length -eq 0)) { continue }
        try {
            $found = Get-State $step.kind $step.target
            if ($null -ne (Get-Marker $step $found) -or (Test-State $step.kind -Wanted $step.wanted -Found $found)) { continue }
            if ($null -ne (Get-EarlyResult $step -Pass $script:Pass -Found $found)) { continue }
            Get-NeededSecret $step.kind -Target $step.target -State $step.wanted -Found $found -Default @($step.secrets)
        }
        catch { continue }
    }
}

function Find-UndoSecret {
    # What has to be asked before these targets are undone.
    param([object[]] $Items, [string] $Scope)
    foreach ($item in $Items) {
        if ($null -eq (Get-Kind $item.kind).secret) { continue }
        try {
            $found = Get-State $item.kind $item.target
            if ($null -ne (Get-Marker (ConvertTo-UndoStep $item $Scope) $found) -or
                    (Test-SameState $item.kind $item.before $found) -or -not (Test-OurWork $item $found)) {
                continue
            }
            $state = Get-UndoState $item $found
            Get-NeededSecret $item.kind -Target $item.target -State $state -Found $found -Default @()
        }
        catch { continue }
    }
}
