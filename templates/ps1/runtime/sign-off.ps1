# At the number where the clinic signs, what it signs: the counts as the last screen has them then, and the page.

$script:SignOff = 'sign-off'
$script:SignedPage = '署名の前.html'

function Show-SignOff {
    # Opens the page for the clinic, and gives the lines below what is asked about these steps; none at another number.
    param([object[]] $Steps, [object] $Pass)
    $number = Get-StepNumber $Steps[0]
    if ([string] (Get-Field $number 'id') -cne $script:SignOff -or $null -eq $Pass.walk) { return }
    # What the machine sees now it will have seen at the end.
    if (Test-MachineWork $Pass) { $null = Request-MachineWork $Pass }
    $signed = Get-SignedPass $number $Pass
    $report = New-SignedReport $signed
    $whole = Join-DayReport $signed $report
    Show-SignedPage $report (Get-Headline $whole) $signed
    '――― この番号が済むと、結果は次のとおりです ―――'
    "■ $(Get-Headline $whole)"
    Format-Count $signed $whole
}

function Get-SignedPass {
    # The pass as it is once this number is said to be done, too; nothing of that is written down.
    param([object] $Number, [object] $Pass)
    $signed = $Pass.PSObject.Copy()
    $signed.journal = $Pass.journal.PSObject.Copy()
    $signed.journal.claims = $Pass.journal.claims.Clone()
    $own = @($Number.steps | ForEach-Object { Get-PlanStep $Pass $_ } | Where-Object { $null -ne $_ })
    $own = @($own | Where-Object { $null -eq (Get-StepConfirmation $_ $Pass) })
    $said = [pscustomobject] @{ who = (Get-PassPerson); at = (Get-TimeText); terminal = ''; seen = '' }
    foreach ($step in $own) { $signed.journal.claims["$($step.id) $(Get-Claim $step $Pass)"] = $said }
    $signed.steps = @(foreach ($step in @($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' })) {
            if ($Pass.walk.results.ContainsKey($step.id)) { $Pass.walk.results[$step.id] } else { Get-UnreachedResult $step $signed }
        })
    return $signed
}

function New-SignedReport {
    # What that pass has come to.
    param([object] $Pass)
    $report = [pscustomobject] @{
        exit = 0; next = @(); steps = @(Join-Step $Pass @(Get-MachineStep $Pass (Read-MachineResult $Pass))); finished = (Get-TimeText)
        message = ''; remnants = @(); open = @()
    }
    Complete-DayReport $Pass $report
    return $report
}

function Show-SignedPage {
    # Nobody has signed it yet, so that it is none of the results: those are written at the end of the pass, and opened again only where
    # they say something else then.
    param([object] $Report, [string] $Headline, [object] $Pass)
    if ($Pass.walk.shown -ceq $Headline) { return }
    $page = [IO.Path]::Combine((Get-UserTemp), $script:SignedPage)
    $text = Get-DayPage $Pass $Report -Page (Get-ResultPage $Pass $Report) -Stick (Get-StickFolder $Pass)
    try { Write-WholeText $page $text; Open-Page $page; $Pass.walk.shown = $Headline }
    catch { Write-Line "結果の 1 枚を開けませんでした: $(Get-ShownFolder $page)" }
}
