# What machine passes of this bundle came to before; anybody may read it (folder.ps1).

function Read-PastResult {
    # Those that looked at steps, the newest first.
    param([object] $Pass)
    $folder = (Get-MachineFolder).results
    if (-not [IO.Directory]::Exists($folder)) { return }
    $files = @(Get-FolderEntry $folder | Sort-Object -Property { [IO.File]::GetLastWriteTimeUtc($_) } -Descending)
    foreach ($file in $files) {
        $found = Read-TrustedJson ([IO.Path]::GetFileName($file))
        if ((Get-Field (Get-Field $found 'bundle') 'id') -cne $Pass.bundle -or $null -eq (Get-Field $found 'steps')) { continue }
        if (@($found.steps).Length -gt 0) { $found }
    }
}

function Find-MachineResult {
    # The newest one; $null where there is none, or where it was undone. Through: of a pass that was not refused.
    param([object] $Pass, [switch] $Through)
    $counts = { -not $Through -or (Get-Field $_ 'mode') -ceq 'Rollback' -or @(1, 2, 3) -notcontains (Get-Field $_ 'exit') }
    $newest = @(Read-PastResult $Pass | Where-Object $counts | Select-Object -First 1)
    if ($newest.Length -eq 0 -or (Get-Field $newest[0] 'mode') -ceq 'Rollback') { return $null }
    return $newest[0]
}

function Find-GoodTime {
    # When a machine step was as wanted last, by these results; empty where none says so, or where it was undone since.
    param([object[]] $Past, [string] $Id)
    foreach ($found in @($Past | Where-Object { $null -ne $_ })) {
        if ((Get-Field $found 'mode') -ceq 'Rollback') { return '' }
        $result = @(@($found.steps) | Where-Object { (Get-Field $_ 'id') -ceq $Id })[0]
        if (@('ok', 'changed') -ccontains (Get-Field $result 'status')) { return [string] (Get-Field $found 'finished') }
    }
    return ''
}

# The pass that asked last, and what it was told (Get-LastApply).
$script:LastApply = @{ pass = $null; steps = @{} }

function Get-LastApply {
    # What the last 1_適用 of this bundle said of each step of this scope: id → its result. Nothing where it was undone since.
    param([object] $Pass)
    if ([object]::ReferenceEquals($script:LastApply.pass, $Pass)) { return $script:LastApply.steps }
    $steps = @{}
    $read = { Read-OwnResult $Pass }
    if ($Pass.scope -ceq 'machine') { $read = { Read-PastResult $Pass } }
    $last = @(& $read | Where-Object { (Get-Field $_ 'mode') -cne 'Verify' } | Select-Object -First 1)
    $applied = @($last | Where-Object { (Get-Field $_ 'mode') -ceq 'Apply' })
    foreach ($step in @($applied | ForEach-Object { Get-Field $_ 'steps' } | ForEach-Object { $_ })) {
        if ((Get-Field $step 'scope') -ceq $Pass.scope) { $steps[[string] (Get-Field $step 'id')] = $step }
    }
    $script:LastApply = @{ pass = $Pass; steps = $steps }
    return $steps
}

function Read-OwnResult {
    # A person's own last result that did anything, of this bundle; one that was refused did nothing.
    param([object] $Pass)
    foreach ($run in @(Find-Run (Get-ResultHome) | Where-Object { $_.mode -cne 'Verify' })) {
        $path = [IO.Path]::Combine([IO.Path]::Combine((Get-ResultHome), $run.name), 'result.json')
        try { $found = ConvertFrom-Json (Read-PlainText $path $script:DayLimit) } catch { continue }
        if ((Get-Field (Get-Field $found 'bundle') 'id') -cne $Pass.bundle -or @(1, 2, 3) -contains (Get-Field $found 'exit')) { continue }
        return $found
    }
}

function Get-StillLeft {
    # Of what looking finds undone: what a person has put off, could not do, or was to do after a restart is so still, in the words of
    # 1_適用. A setting that was left for another reason is drift all the same, and so is what was done then and is not any more.
    param([object] $Step, [object] $Result, [object] $Pass)
    if ($Pass.mode -cne 'Verify' -or $Step.how -ceq 'verify' -or @('drift', 'manual') -cnotcontains $Result.status) { return $Result }
    # Somebody may have said since that it is done: a result comes only at the end of a pass.
    $said = if (-not (Test-Checkable $Step)) { Get-StepConfirmation $Step $Pass }
    if ($null -ne $said) { return New-StepResult $Step -Status 'manual' -Message (Get-ConfirmedText $said) }
    $last = (Get-LastApply $Pass)[$Step.id]
    $status = [string] (Get-Field $last 'status')
    $kept = @('manual')
    if ($Step.how -cne 'apply') { $kept = @('manual', 'skipped', 'failed', 'unknown') }
    if ($kept -cnotcontains $status) { return $Result }
    if ($Result.status -ceq 'drift' -and $status -cne 'failed') { $null = $Pass.next.Add('later') }
    return New-StepResult $Step -Status $status -Found $Result.found -Message ([string] (Get-Field $last 'message'))
}
