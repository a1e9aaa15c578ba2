# The results page of each plan in some states, written to files: <plan>-<state>.html. A file of a plan: plan, states.
param([string] $Pc, [string] $Plans, [string] $Pages, [string] $Hostile)
. $Pc
Initialize-Pc

function Get-PastFolder {
    # Results of days before, as passes have left them.
    $folder = [IO.Path]::Combine($Pages, 'results')
    foreach ($day in 1..20) {
        $run = [IO.Path]::Combine($folder, "202603$('{0:d2}' -f $day)-090501_Verify_OqsComApp")
        $null = [IO.Directory]::CreateDirectory($run)
        [IO.File]::WriteAllText([IO.Path]::Combine($run, 'result.html'), '<title>残り 5 件 東京</title>')
    }
    return $folder
}

function Get-WrongState {
    # Of a step: all of it other than wanted.
    param([object] $Step)
    $found = @{}
    foreach ($name in @(Get-FieldName $Step.wanted)) { $found[$name] = $Hostile }
    return [pscustomobject] $found
}

function New-CaseResult {
    # state: good, day (the first one), left, wrong, few (two wrong ones).
    param([object] $Step, [string] $State, [string[]] $Night, [int] $At)
    $status = 'ok'
    if ($State -ceq 'day' -and $Night -ccontains $Step.id) { $status = 'unknown' }
    if (@('left', 'wrong') -ccontains $State) { $status = @{ apply = 'restart'; verify = 'unknown'; guided = 'manual'; manual = 'manual' }[$Step.how] }
    if (($State -ceq 'wrong' -and $At % 3 -eq 0) -or ($State -ceq 'few' -and $At % 30 -eq 9)) {
        return New-StepResult $Step -Status 'drift' -Found (Get-WrongState $Step) -Message "決められた値と違います。$Hostile"
    }
    # What the kinds tell of on the page.
    $found = @{ warning = ($At % 25 -eq 1); ends = @(20300228); days = @(999); versions = [ordered] @{ '配信アプリケーション' = $Hostile; '連携' = '2.2.0' } }
    return New-StepResult $Step -Status $status -Found ([pscustomobject] $found) -Message "まだです。$Hostile"
}

$past = Get-PastFolder
foreach ($file in [IO.Directory]::GetFiles($Plans, '*.json')) {
    $given = ConvertFrom-Json ([IO.File]::ReadAllText($file))
    $plan = $given.plan
    $mode = 'Apply'
    if ($plan.bundle.mode -ceq 'audit') { $mode = 'Verify' }
    $script:Pass = New-Pass 'r' $plan 'E:\oqs\bundle' $mode 'User' $false $false
    $script:Pass.session = [pscustomobject] @{ role = 'account'; owner = 'x'; name = 'OqsComApp'; sid = 'x' }
    $script:Pass.journal = New-Journal 'x'
    $night = @(Get-NextDayStep $script:Pass)
    foreach ($case in @('good', 0, ''), @('day', 0, 'morning'), @('left', 5, 'later'), @('few', 6, ''), @('wrong', 6, 'again')) {
        if ($given.states -cnotcontains $case[0]) { continue }
        $at = 0
        $results = @(foreach ($step in $plan.steps) { New-CaseResult $step $case[0] $night ($at++) })
        $report = [pscustomobject] @{
            exit = $case[1]; next = @($case[2] | Where-Object { $_ }); steps = $results; message = ''; remnants = @(); finished = '2026-11-27 14:52:00'
            open = @($results | Where-Object { Test-OpenStep $script:Pass $_ })
        }
        $text = Add-AwayLine (Get-ResultPage $script:Pass $report)
        $name = "$([IO.Path]::GetFileNameWithoutExtension($file))-$($case[0]).html"
        [IO.File]::WriteAllText([IO.Path]::Combine($Pages, $name), $text.Replace('<details>', "$(Get-PastSection $script:Pass $past)<details>"))
    }
    if ($given.states -ccontains 'undone') {
        $script:Pass.mode = 'Rollback'
        $at = 0
        $results = @(foreach ($step in $plan.steps) {
                $status = @('drift', 'restart', 'manual')[$at % 3]
                New-StepResult $step -Status $status -Message "元に戻せません。$Hostile$($at++)"
            })
        $remnants = @(foreach ($number in 1..60) { [pscustomobject] @{ name = "残り $number $Hostile"; place = 'C:\OQS\face'; how = '手で消します。' } })
        $report = [pscustomobject] @{
            exit = 6; next = @(); steps = $results; message = ''; remnants = $remnants; finished = '2026-11-27 14:52:00'
            open = @($results | Where-Object { $_.status -cne 'drift' })
        }
        $name = "$([IO.Path]::GetFileNameWithoutExtension($file))-undone.html"
        [IO.File]::WriteAllText([IO.Path]::Combine($Pages, $name), (Get-ResultPage $script:Pass $report))
    }
}
