# What the PC saw otherwise of a number whose person had done their part is offered again at the next start, its reason first: else
# nothing would be asked about it, and nobody would know what to do.

function Find-Offer {
    # The results of what is only looked at in a number, where they are not as wanted and a person has said all that there is to say.
    param([object] $Number, [object] $Pass)
    if ($Pass.session.role -cne 'account' -or @('apply', 'next-day') -ccontains (Get-Field $Number 'id')) { return }
    if (Get-PutOffText $Number) { return }
    $said = @(Get-SaidTime @($Number.steps) $Pass)
    if ($said.Length -eq 0 -or $said -ccontains '') { return }
    foreach ($result in @(Find-MachineLook $Number $Pass $said) + @(Find-OwnLook $Number $Pass)) {
        if ($null -ne $result -and @('unknown', 'drift', 'failed') -ccontains $result.status) { $result }
    }
}

function Find-MachineLook {
    # The machine's last results of a number's looks, where a person has said before them what there is to say.
    param([object] $Number, [object] $Pass, [string[]] $Said)
    $last = Read-MachineResult $Pass
    # A restart may have brought what was not there.
    if ([string] (Get-Field $last 'boot') -cne $Pass.boot) { return }
    $looked = [string] (Get-Field $last 'finished')
    if (@($Said | Where-Object { [string]::CompareOrdinal($_, $looked) -gt 0 }).Length -gt 0) { return }
    foreach ($result in @(Read-MachineStep $Pass)) { if (Test-Look (Get-PlanStep $Pass $result.id) $Number 'machine' $Pass) { $result } }
}

function Find-OwnLook {
    # What the person's own looks of a number find now.
    param([object] $Number, [object] $Pass)
    foreach ($id in $Number.steps) {
        $step = Get-PlanStep $Pass $id
        if (Test-Look $step $Number 'user' $Pass) { Get-HeldResult $step (Invoke-VerifyStep $step $Pass) $Pass }
    }
}

function Test-Look {
    # Whether a step of a number is only looked at, in this scope, and can be by now.
    param([object] $Step, [object] $Number, [string] $Scope, [object] $Pass)
    if ($null -eq $Step -or $Step.how -cne 'verify' -or $Step.scope -cne $Scope) { return $false }
    return (@($Number.steps) -ccontains $Step.id -and (Test-Possible $Step $Pass))
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
    # What the person said of the number before is no answer to this.
    $turn.heard = $true
    $turn.asked = $false
    if ($answer -cne 's') { Add-News; return }
    $label = [string] $Unit.number.label
    $before = @(Get-PutOffLabel)
    $turn.later["offer $label"] = $label
    $turn.answered.Push($pass.walk.at)
    Write-Waiting 'いっしょに後日にします' ($before + $label)
}

function Undo-Offer {
    # Whether it was an offer that was put off: it is made again, and what the person said of the number before stays said.
    param([object] $Number)
    $turn = $script:Turn
    $label = [string] (Get-Field $Number 'label')
    if (-not $turn.later.ContainsKey("offer $label")) { return $false }
    $turn.later.Remove("offer $label")
    $turn.place = [array]::IndexOf(@(Get-VisitNumber | ForEach-Object { [string] $_.label }), $label) - 1
    return $true
}
