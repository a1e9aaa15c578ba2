# Staff accounts are people: OqsComApp's pass asks about each of them by name, where the plan has one step for all, and what is to be
# cleared away stays until the last of them has it. In a person's own session only that person's steps are gone through.

function Get-PersonNumber {
    # The numbers of the visit that are a person's each, of one step.
    param([object] $Step)
    foreach ($number in Get-VisitNumber) { if (@($number.steps) -ccontains $Step.id -and (Get-Field $number 'person')) { $number } }
}

function ConvertTo-PersonStep {
    # The part of a step that is one person's; `whole` is the plan's, `person` the name.
    param([object] $Step, [object] $Number)
    $fields = [ordered] @{}
    foreach ($name in @(Get-FieldName $Step)) { $fields[$name] = Get-Field $Step $name }
    $fields.title = "$($Step.title) $($Number.person)"
    $fields.what = Get-PersonTurnText $Number.person
    $own = @(@(Get-Field $Step 'values' | ForEach-Object { $_ }) | Where-Object { $null -ne $_ -and $_.value -ceq $Number.person })
    if ($own.Length -eq 0) { $own = @([pscustomobject] @{ label = '職員のアカウント'; value = $Number.person }) }
    $fields.values = $own
    $fields.whole = $Step
    $fields.person = $Number.person
    return [pscustomobject] $fields
}

function Get-ResultKey {
    # Under which a unit's result of a step is kept: the persons of one step have one each.
    param([object] $Step, [object] $Number)
    if ($null -eq (Get-Field $Step 'whole') -or $null -eq $Number) { return $Step.id }
    return "$($Step.id) $($Number.person)"
}

function Get-PersonUnit {
    # What is asked of a step person by person; nothing where it has no persons, or all of it is said to be done.
    param([object] $Step, [object] $Pass)
    if ($Pass.session.role -cne 'account' -or $null -ne (Get-StepConfirmation $Step $Pass)) { return }
    foreach ($number in @(Get-PersonNumber $Step)) {
        [pscustomobject] @{ steps = @(ConvertTo-PersonStep $Step $number); asks = $true; number = $number; shows = $true }
    }
}

function Get-OpenPerson {
    # The numbers of those of whom a step is not said to be done.
    param([object] $Step, [object] $Pass)
    if ($null -ne (Get-StepConfirmation $Step $Pass)) { return }
    Get-PersonNumber $Step | Where-Object { $null -eq (Get-StepConfirmation (ConvertTo-PersonStep $Step $_) $Pass) }
}

function Get-HeardPerson {
    # The numbers of those of whom a step is said to be done, and the PC has not seen it by their results.
    param([object] $Step, [object] $Pass)
    Get-PersonNumber $Step | Where-Object {
        $said = Get-StepConfirmation (ConvertTo-PersonStep $Step $_) $Pass
        $null -ne $said -and -not (Get-Field $said 'seen')
    }
}

function Get-PersonMark {
    # For result.json: of whom a step is said to be done, where it has a number for each person; seen: as the PC saw it.
    param([object] $Result, [object] $Pass)
    $step = Get-PlanStep $Pass $Result.id
    if ($null -eq $step -or $null -eq $Pass.journal -or $Pass.mode -ceq 'Rollback' -or $Result.scope -cne 'user') { return }
    foreach ($number in @(Get-PersonNumber $step)) {
        $own = ConvertTo-PersonStep $step $number
        $said = Get-StepConfirmation $own $Pass
        if ($null -eq $said) { continue }
        $mark = [ordered] @{ person = $number.person; of = (Get-Claim $own $Pass); who = $said.who; at = $said.at }
        if (Get-Field $said 'seen') { $mark.seen = $said.seen }
        $mark
    }
}

function Test-PersonOpen {
    # Whether a step that is open is so for one person.
    param([string] $Id, [string] $Name, [object] $Pass)
    $step = Get-PlanStep $Pass $Id
    $whole = $null -eq $step -or @(Get-PersonNumber $step).Length -eq 0
    return ($whole -or @(Get-OpenPerson $step $Pass | Where-Object { $_.person -ceq $Name }).Length -gt 0)
}

function Complete-PersonStep {
    # What became of the plan's step after one person's part: done once all of them are.
    param([object] $Unit, [object] $Pass, [hashtable] $Results)
    $whole = Get-Field $Unit.steps[0] 'whole'
    if ($null -eq $whole -or $null -eq $Unit.number) { return }
    $Results[(Get-ResultKey $Unit.steps[0] $Unit.number)] = $Results[$whole.id]
    $open = @(Get-OpenPerson $whole $Pass)
    if ($open.Length -eq 0) {
        if ($null -eq (Get-StepConfirmation $whole $Pass)) { Add-StepConfirmation $whole $Pass }
        return
    }
    $own = @(Get-PersonNumber $whole | ForEach-Object { $Results["$($whole.id) $($_.person)"] } | Where-Object { $null -ne $_ })
    $failed = @($own | Where-Object { $_.status -ceq 'failed' })
    if ($failed.Length -gt 0) { $Results[$whole.id] = $failed[0]; return }
    $names = @($open | ForEach-Object { $_.person }) -join '、'
    $Results[$whole.id] = New-StepResult $whole -Status 'manual' -Message "まだの職員のアカウント: $names"
}

# So many of what is left are named.
$script:PersonMost = 4

function New-PersonWatch {
    # Looks for what one of the staff has left beside the bundle, once a person says that it is done; left: what is not done by that
    # result.
    param([object] $Step, [string] $Name, [object] $Pass)
    $watch = New-Watch -Look { param($Watch) Test-PersonSeen $Watch } -Every 0
    $watch.step = $Step
    $watch.pass = $Pass
    $watch.mark = $Name
    $watch.seen = Test-PersonSeen $watch
    return $watch
}

function Test-PersonSeen {
    # Whether the newest result of that person and this bundle has each of the plan's steps for everyone, and all of them are done.
    param([object] $Watch)
    $pass = $Watch.pass
    $name = [string] $Watch.mark
    $Watch.note = "$name の結果は、まだ USB メモリーにありません（来ると、PC が見ます）。"
    $Watch.left = ''
    $stick = Get-StickFolder $pass
    $results = @(if ($stick) { Read-OtherResult $pass $stick | Where-Object { (Get-Field $_ 'account') -ieq $name } })
    if ($results.Length -eq 0 -or (Get-Field (Get-Field $results[0] 'bundle') 'id') -cne $pass.bundle) { return $false }
    $open = @(Find-PersonOpen $pass $results[0] | ForEach-Object { $_.title })
    $at = ConvertTo-DateText ([string] (Get-Field $results[0] 'finished'))
    if ($open.Length -eq 0) { $Watch.said = "$name の結果、$at"; return $true }
    $names = @($open | Select-Object -First $script:PersonMost) -join '、'
    if ($open.Length -gt $script:PersonMost) { $names += ' など' }
    $Watch.left = "$name の結果（$at）では、まだ $($open.Length) 件あります: $names"
    $Watch.note = $Watch.left
    return $false
}

function Test-PersonDone {
    # Whether a step is one person's and done by that person's own result.
    param([object] $Step)
    return ($null -ne (Get-Field $Step 'whole') -and (New-PersonWatch $Step $Step.person $script:Pass).seen)
}

function Find-PersonOpen {
    # The plan's steps for everyone that are not done by a person's result: as it has them, or as steps of the plan where it has none.
    param([object] $Pass, [object] $Result)
    $had = @{}
    foreach ($step in @(Restore-ResultStep $Pass $Result)) { $had[$step.id] = $step }
    $said = @(Get-ResultStep $Result | Where-Object { $null -ne (Get-Field $_ 'done') } | ForEach-Object { Get-Field $_ 'id' })
    foreach ($step in @($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' -and $_.who -ceq 'everyone' })) {
        $found = $had[$step.id]
        if ($null -eq $found) { $step }
        elseif (@('ok', 'changed', 'not-applicable') -cnotcontains $found.status -and $said -cnotcontains $step.id) { $found }
    }
}

function Get-NeededPart {
    # What a step's number needs of the staff: each number that is a person's, with each step of it.
    param([object] $Step, [object] $Pass)
    $needs = @(Get-Field (Get-StepNumber $Step) 'needs' | ForEach-Object { $_ })
    foreach ($number in @(Get-VisitNumber | Where-Object { $needs -ccontains $_.label -and (Get-Field $_ 'person') })) {
        foreach ($of in @($Pass.plan.steps | Where-Object { @($number.steps) -ccontains $_.id })) {
            [pscustomobject] @{ number = $number; step = $of }
        }
    }
}

function Get-HeldResult {
    # Of what is only looked at and found left over: it stays while somebody of the staff still needs it.
    param([object] $Step, [object] $Result, [object] $Pass)
    if ($Result.status -cne 'drift' -or $Step.how -cne 'verify' -or $Pass.scope -cne 'user') { return $Result }
    if ($Pass.session.role -cne 'account') { return $Result }
    $open = @(foreach ($part in @(Get-NeededPart $Step $Pass)) {
            if (@(Get-OpenPerson $part.step $Pass | ForEach-Object { $_.label }) -ccontains $part.number.label) { $part.number }
        })
    if ($open.Length -eq 0) { return $Result }
    $names = @($open | ForEach-Object { $_.person } | Select-Object -Unique) -join '、'
    $labels = @($open | ForEach-Object { $_.label } | Select-Object -Unique) -join '、'
    $thing = [string] (Get-Field (Get-Field (Get-Field $Pass.plan 'kinds') $Step.kind) 'thing')
    if ($thing) { $thing += 'は、' }
    $message = "$thing$names が終わるまで、消さずに残しておきます（番号 $labels の後に片付けます）。"
    return New-StepResult $Step -Status 'manual' -Found $Result.found -Message $message
}

function Get-PersonDoor {
    # How a person of the staff comes to what is theirs: without stick and icon, the entry that all accounts have (door.ps1).
    param([string] $Name)
    return "$Name でサインインし、スタート メニューの「$script:EntryName」を開いて、1_適用 をダブルクリックします。"
}

function Get-PersonText {
    # Of those of the staff who are left, one sentence each.
    param([object] $Pass)
    if ($Pass.mode -cne 'Apply' -or $Pass.session.role -cne 'account') { return }
    foreach ($number in @(Get-VisitNumber | Where-Object { Get-Field $_ 'person' })) {
        $steps = @($Pass.plan.steps | Where-Object { @($number.steps) -ccontains $_.id })
        $open = @($steps | ForEach-Object { Get-OpenPerson $_ $Pass } | Where-Object { $_.label -ceq $number.label })
        if ($open.Length -gt 0) { "番号 $($number.label): $(Get-PersonDoor $number.person)" }
    }
}
