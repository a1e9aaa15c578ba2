# The look of the next morning: what the PC can only see once it has restarted by itself is seen at the first sign-in after that,
# without a window in the way and without a question, and the results page gets its last headline. Armed for one sign-in at the end of
# the day (continuation.ps1), armed again while the restart has not been, and gone after a week.

$script:MorningDays = 7

function Test-MorningLeft {
    # Whether nothing but the look of the next morning is left.
    param([object] $Pass, [object] $Report)
    $steps = @(Get-NextDayStep $Pass)
    if ($steps.Length -eq 0 -or (Test-WorkLeft $Pass $Report)) { return $false }
    return (@($Report.open | Where-Object { $steps -ccontains $_.id }).Length -gt 0)
}

function Enable-Morning {
    # Arms it at the end of a day on which a person has done everything; says so in the report.
    param([object] $Pass, [object] $Report)
    if ($Pass.mode -cne 'Apply' -or $Pass.reportOnly -or $Pass.session.role -cne 'account' -or $null -eq $Pass.journal) { return }
    if (-not (Test-MorningLeft $Pass $Report) -or -not (Enable-Continuation $Pass -Argument 'morning')) { return }
    Add-Confirmation -Step 'morning' -Of 'armed'
    $Report.next = @($Report.next) + 'morning'
}

function Enable-MorningAgain {
    # Where the restart has not been yet, and the week is not over.
    param([object] $Pass, [object] $Report)
    if (-not $Pass.morning -or $null -eq $Pass.journal -or $null -ne $Pass.refusal) { return }
    $steps = @(Get-NextDayStep $Pass)
    $unseen = @($Report.steps | Where-Object { $steps -ccontains $_.id -and $_.status -ceq 'unknown' })
    $armed = $Pass.journal.claims['morning armed']
    if ($unseen.Length -eq 0 -or $null -eq $armed) { return }
    $now, $day = @(foreach ($text in (Get-TimeText), $armed.at) {
            [DateTime]::ParseExact($text, 'yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
        })
    $age = ($now - $day).TotalDays
    if ($age -lt 0 -or $age -gt $script:MorningDays) { return }
    if (Enable-Continuation $Pass -Argument 'morning') { $Report.next = @($Report.next) + 'morning' }
}

function Get-MorningMachine {
    # In the place of a machine pass, which would need a person: what the last one of this bundle saw, and what this pass itself
    # can see of the next day.
    param([object] $Pass)
    $last = Find-MachineResult $Pass -Through
    if ($null -eq $last) { return $null }
    $own = @(Get-NextDayStep $Pass)
    $steps = @(foreach ($step in @($last.steps)) {
            if ($own -ccontains $step.id) { Get-MorningResult $step $Pass; continue }
            # It was set, and Windows has been started since.
            if ($step.status -ceq 'restart' -and [string] (Get-Field $last 'boot') -cne $Pass.boot) {
                $step.status = 'changed'
                $step.message = ''
            }
            $step
        })
    return [pscustomobject] @{ exit = (Get-WrongCode $steps); next = @(); message = ''; steps = $steps; log = @(); remnants = @() }
}

function Get-WrongCode {
    # 6 where one of the steps is wrong.
    param([object[]] $Steps)
    if (@($Steps | Where-Object { @('drift', 'failed') -ccontains $_.status }).Length -gt 0) { return 6 }
    return 0
}

function Get-MorningResult {
    # What this pass sees of a machine step, which only looks. What it may not read, an administrator has to look at.
    param([object] $Result, [object] $Pass)
    $step = Get-PlanStep $Pass $Result.id
    if ($null -eq $step -or $step.scope -cne 'machine') { return $Result }
    $found = Invoke-VerifyStep $step $Pass
    if ($found.status -cne 'failed') { return $found }
    return New-StepResult $step -Status 'unknown' -Message "2_確認 を開くと確かめられます（$($found.message)）。"
}
