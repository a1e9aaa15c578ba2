# What is done once for a clinic and was done at another of its terminals, as that terminal's results beside the bundle say.
# Whoever has had the stick can have written there: read within bounds, and all that is taken from it is that a step of this very
# plan need not be asked about, by whom and when.

# Terminals of a clinic; newest results of each; bytes of one.
$script:ClinicTerminals = 20
$script:ClinicResults = 4
$script:ClinicLimit = 8MB

function Get-ClinicStep {
    # The steps of the plan that are done once for the clinic, and that only a person sees.
    param([object] $Pass)
    $ids = @(foreach ($number in @(Get-Field $Pass.plan 'numbers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })) {
            if ([string] (Get-Field $number 'per') -ceq 'clinic') {
                $own = @(Get-Field $number 'eachTerminal' | ForEach-Object { $_ })
                @(Get-Field $number 'steps' | ForEach-Object { $_ }) | Where-Object { $own -cnotcontains $_ }
            }
        })
    $Pass.plan.steps | Where-Object {
        $ids -ccontains $_.id -and $_.scope -ceq 'user' -and @('guided', 'manual') -ccontains $_.how -and -not (Test-Checkable $_)
    }
}

function Get-ValueMark {
    # What tells one value of a step from another, wherever it stands in a numbered list.
    param([object] $Step)
    foreach ($value in @(Get-Field $Step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })) {
        Get-TextMark (("$($value.label) " -creplace '^\d+ $', '') + $value.value)
    }
}

function Get-DoneMark {
    # For result.json: what was done, by whom and when; $null where nobody said so.
    param([object] $Result, [object] $Pass)
    if ($null -eq $Pass.journal -or $Pass.mode -ceq 'Rollback' -or $Result.scope -cne 'user') { return $null }
    $step = Get-PlanStep $Pass $Result.id
    if ($null -eq $step -or $step.scope -cne 'user') { return $null }
    $said = Get-StepConfirmation $step $Pass
    if ($null -eq $said -or -not $said.at) { return $null }
    $who = [string] (Get-Field (Get-Field $Pass.plan.bundle 'vendor') 'engineer')
    if ((Get-Field $said 'terminal') -or -not $who) { $who = $said.who }
    $terminal = [string] (Get-Field $said 'terminal')
    if (-not $terminal) { $terminal = [string] $Pass.plan.bundle.terminal }
    return [ordered] @{ of = (Get-Claim $step $Pass); terminal = $terminal; who = $who; at = $said.at; values = @(Get-ValueMark $step) }
}

function Import-ClinicWork {
    # Takes into the journal what another terminal of the clinic has done of this plan. What a person took back here stays open.
    param([object] $Pass)
    $Pass.elsewhere = @{}
    # An update comes again and again, at each terminal.
    if ($Pass.session.role -cne 'account' -or (Get-JobMark $Pass) -ceq $Pass.bundle) { return }
    $open = @(Get-ClinicStep $Pass | Where-Object { $null -eq (Get-StepConfirmation $_ $Pass) -and -not (Test-TakenBack $_ $Pass) })
    if ($open.Length -eq 0) { return }
    $found = @(Find-ClinicWork $Pass)
    foreach ($step in $open) {
        $marks = @(Get-ValueMark $step)
        $of = Get-Claim $step $Pass
        foreach ($done in @($found | Where-Object { $_.step -ceq $step.id })) {
            $left = @($marks | Where-Object { $done.values -cnotcontains $_ })
            if ($done.of -cne $of -and ($marks.Length -eq 0 -or $left.Length -gt 0)) {
                if ($left.Length -lt $marks.Length) { $Pass.elsewhere[$step.id] = $done }
                continue
            }
            Add-JournalEntry $Pass.journal ([ordered] @{
                    event = 'confirmed'; bundle = $Pass.bundle; step = $step.id; of = $of; who = $done.who
                    from = [ordered] @{ terminal = $done.terminal; at = $done.at }
                })
            break
        }
    }
}

function Hide-DoneValue {
    # A step as it is shown: without the values that another terminal has done.
    param([object] $Step, [object] $Pass)
    $known = Get-Field $Pass 'elsewhere'
    if ($null -eq $known -or -not $known.ContainsKey($Step.id)) { return $Step }
    $done = $known[$Step.id]
    $marks = @(Get-ValueMark $Step)
    $values = @(Get-Field $Step 'values' | ForEach-Object { $_ })
    $same = Select-Value $Step @(for ($i = 0; $i -lt $values.Length; $i++) { if ($done.values -cnotcontains $marks[$i]) { $values[$i] } })
    $same.what = "残り $($same.values.Length) 件です。ほかは $(Get-OtherTerminalText $done) が済ませました。$($Step.what)"
    return $same
}

function Select-Value {
    # A step with some of its values, and what it gives of these.
    param([object] $Step, [object[]] $Values)
    $same = $Step.PSObject.Copy()
    $same.values = $Values
    $left = @($Values | ForEach-Object { $_.label })
    $gives = @(Get-Field $Step 'gives' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    if ($gives.Length -gt 0) { $same.gives = @($gives | Where-Object { $left -ccontains (Get-Field $_ 'of') }) }
    return $same
}

function Get-OtherTerminalText {
    param([object] $Done)
    $day = $Done.at.Substring(5, 5).TrimStart('0').Replace('-0', '/').Replace('-', '/')
    return "$($Done.terminal) で $day に $($Done.who)"
}

function Find-ClinicWork {
    # What other terminals of this clinic have done: step, of, terminal, who, at, values. The newest first.
    param([object] $Pass)
    foreach ($path in @(Get-ClinicResult $Pass)) {
        try { $result = ConvertFrom-Json (Read-PlainText $path $script:ClinicLimit) } catch { continue }
        if (-not (Test-ClinicResult $result $Pass)) { continue }
        foreach ($step in @(Get-Field $result 'steps' | ForEach-Object { $_ } | Select-Object -First 1000)) {
            $done = Get-Field $step 'done'
            $terminal = [string] (Get-Field $done 'terminal')
            $at = [string] (Get-Field $done 'at')
            if ($terminal -cnotmatch '^[A-Za-z0-9-]{1,15}\z') { continue }
            if ($at -cnotmatch '^20\d\d-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d\z') { continue }
            [pscustomobject] @{
                step = [string] (Get-Field $step 'id'); of = [string] (Get-Field $done 'of'); terminal = $terminal; at = $at
                who = Limit-Text (ConvertTo-ScreenText ([string] (Get-Field $done 'who'))) 30
                values = @(Get-Field $done 'values' | ForEach-Object { $_ } | ForEach-Object { [string] $_ } | Select-Object -First 100)
            }
        }
    }
}

function Find-ClinicFound {
    # What the results of other terminals hold of a kind.
    param([object] $Pass, [string] $Kind)
    foreach ($path in @(Get-ClinicResult $Pass)) {
        try { $result = ConvertFrom-Json (Read-PlainText $path $script:ClinicLimit) } catch { continue }
        if (-not (Test-ClinicResult $result $Pass)) { continue }
        foreach ($step in @(Get-Field $result 'steps' | ForEach-Object { $_ } | Select-Object -First 1000)) {
            if ([string] (Get-Field $step 'kind') -ceq $Kind -and $null -ne (Get-Field $step 'found')) { Get-Field $step 'found' }
        }
    }
}

function Test-ClinicResult {
    # Whether it is of another terminal of the same clinic.
    param([object] $Result, [object] $Pass)
    if (-not (Test-FacilityResult $Result $Pass)) { return $false }
    return ([string] (Get-Field (Get-Field $Result 'bundle') 'terminal') -ine [string] $Pass.plan.bundle.terminal)
}

function Test-FacilityResult {
    # Whether it is of the same clinic and the same job.
    param([object] $Result, [object] $Pass)
    $bundle = Get-Field $Result 'bundle'
    $format = Get-Field $Result 'format'
    if ("$format" -cne '1' -or [string] (Get-Field $bundle 'mode') -cne [string] (Get-Field $Pass.plan.bundle 'mode')) { return $false }
    if (@('Apply', 'Verify') -cnotcontains [string] (Get-Field $Result 'mode')) { return $false }
    return ([string] (Get-Field (Get-Field $bundle 'facility') 'code') -ceq [string] $Pass.plan.bundle.facility.code)
}

function Get-ClinicResult {
    # Where results of other terminals of this clinic lie, as Get-StickFolder names them; nothing behind a link.
    param([object] $Pass)
    if (-not $Pass.beside) { return }
    $results = [IO.Path]::Combine($Pass.beside, 'results')
    $bundle = $Pass.plan.bundle
    try {
        if (-not [IO.Directory]::Exists($results) -or -not (Test-PlainPath $results)) { return }
        $pattern = "^$([regex]::Escape([string] $bundle.facility.code))_[A-Za-z0-9-]{1,15}\z"
        $terminals = @(Get-Subfolder $results | Where-Object {
                $name = [IO.Path]::GetFileName($_)
                $name -cmatch $pattern -and $name -ine "$($bundle.facility.code)_$($bundle.terminal)"
            } | Sort-Object | Select-Object -First $script:ClinicTerminals)
        foreach ($terminal in $terminals) {
            if (-not (Test-PlainPath $terminal)) { continue }
            $runs = @(Get-Subfolder $terminal | Where-Object { [IO.Path]::GetFileName($_) -cmatch '^\d{8}-\d{6}_(Apply|Verify)_' } |
                Sort-Object -Descending | Select-Object -First $script:ClinicResults)
            foreach ($run in $runs) {
                $path = [IO.Path]::Combine($run, 'result.json')
                if ([IO.File]::Exists($path) -and (Test-PlainPath $path)) { $path }
            }
        }
    }
    catch { Write-Line "ほかの端末の結果を読めませんでした: $(Get-ErrorText $_)" }
}
