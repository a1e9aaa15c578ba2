# What the PC saw otherwise of a number whose person had done their part is offered again at the next start, its reason first: else
# nothing would be asked about it, and nobody would know what to do.

function Find-Offer {
    # The machine's last results of what is only looked at in a number, where they are not as wanted and a person has said before that
    # look all that there is to say.
    param([object] $Number, [object] $Pass)
    if ($Pass.session.role -cne 'account' -or @('apply', 'next-day') -ccontains (Get-Field $Number 'id')) { return }
    if (Get-PutOffText $Number) { return }
    $ids = @($Number.steps)
    $said = @(Get-SaidTime $ids $Pass)
    if ($said.Length -eq 0 -or $said -ccontains '') { return }
    $last = Read-MachineResult $Pass
    # A restart may have brought what was not there.
    if ([string] (Get-Field $last 'boot') -cne $Pass.boot) { return }
    $looked = [string] (Get-Field $last 'finished')
    if (@($said | Where-Object { [string]::CompareOrdinal($_, $looked) -gt 0 }).Length -gt 0) { return }
    Read-MachineStep $Pass | Where-Object { $ids -ccontains $_.id -and @('unknown', 'drift', 'failed') -ccontains $_.status } |
        Where-Object { $step = Get-PlanStep $Pass $_.id; $null -ne $step -and $step.how -ceq 'verify' -and (Test-Possible $step $Pass) }
}

function Get-SaidTime {
    # When a person said of each of these steps that only a person sees that it is done; empty where nobody did.
    param([string[]] $Ids, [object] $Pass)
    foreach ($step in @($Pass.plan.steps | Where-Object { $Ids -ccontains $_.id -and $_.scope -ceq 'user' })) {
        if (@('guided', 'manual') -cnotcontains $step.how -or (Test-Checkable $step)) { continue }
        [string] (Get-Field (Get-StepConfirmation $step $Pass) 'at')
    }
}

function Confirm-Offer {
    # Shows what is left of a number, and goes on once the PC sees it, or a person says so; then the machine looks again.
    param([object] $Unit)
    $turn = $script:Turn
    $pass = $script:Pass
    $left = @(Find-Offer $Unit.number $pass)
    if ($left.Length -eq 0 -or $turn.waiting) { return }
    $turn.steps = @($left | ForEach-Object { Get-PlanStep $pass $_.id })
    $signed = @($pass.plan.steps | Where-Object { @($Unit.number.steps) -ccontains $_.id -and $null -ne (Get-Field $_ 'sign') })
    $watch = $null
    if ($signed.Length -eq 1) { $watch = New-SignWatch $signed }
    $body = @($left | ForEach-Object { Split-Text "△ $($_.message)" '  ' '     ' }) + '' +
    @($left | ForEach-Object { Split-Text "――― $($_.title) ―――" '' '    ' }) + @(Get-WatchNote $watch)
    Show-Question (Get-NumberTitle $turn.steps) @(Limit-Line $body (Get-ScreenRoom)) -Right (Get-WatchTitle $watch)
    try { $answer = Read-StepAnswer -Claim 'もう一度調べる' -Without 'n' -Watch $watch }
    catch {
        if ((Test-Left $_) -or (Test-Unanswered $_)) { return }
        throw
    }
    if ($answer -ceq 's') { $turn.later["offer $($Unit.number.label)"] = [string] $Unit.number.label } else { Add-News }
}
