# The page of a day, one a terminal: each pass of that day writes it anew, above the folders that the passes have. It says what is known
# of the terminal by then: OqsComApp's work, whoever was there last; the machine as an administrator saw it last; and what is open
# for each of the staff. Other people's profiles are closed, so that results of theirs are those beside the bundle. Whoever has had the
# stick can have written there: of the steps of this very plan it is taken how they are, and shown as text.

# Bytes of a result; results of other people; results of before that are named.
$script:DayLimit = 8MB
$script:DayPeople = 10
$script:DayMost = 12

function Get-DayName {
    # Of the page of a day (yyyy-MM-dd).
    param([object] $Pass, [string] $Day)
    return "$($Pass.plan.bundle.terminal)_$Day.html"
}

function Find-Run {
    # What passes have left in a folder of results, the newest first: name of the folder, day, time, mode, account.
    param([string] $Folder)
    try { $names = @(Get-Subfolder $Folder | ForEach-Object { [IO.Path]::GetFileName($_) }) } catch { return }
    foreach ($name in @($names | Sort-Object -Descending)) {
        $match = [regex]::Match($name, '^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)_(Apply|Verify|Rollback)_([0-9A-Za-z._-]+)\z')
        if (-not $match.Success) { continue }
        $part = @($match.Groups | ForEach-Object { $_.Value })
        [pscustomobject] @{
            name = $name; day = "$($part[1])-$($part[2])-$($part[3])"; mode = $part[7]; account = $part[8]
            time = "$($part[1])-$($part[2])-$($part[3]) $($part[4]):$($part[5]):$($part[6])"
        }
    }
}

function Write-DayPage {
    # The page of this day, into the profile and where there is a stick there: its path in the profile, empty where it could not
    # be written. A pass that was refused saw nothing: it takes nobody's page away.
    param([object] $Pass, [object] $Report, [string] $Page, [string] $Stick)
    $name = Get-DayName $Pass $Pass.started.Substring(0, 10)
    $own = [IO.Path]::GetDirectoryName((Get-ResultFolder $Pass))
    if ((Test-Refused $Report) -and [IO.File]::Exists([IO.Path]::Combine($own, $name))) { return '' }
    $text = Get-DayPage $Pass $Report -Page $Page -Stick $Stick
    $path = ''
    foreach ($folder in @($Stick, $own | Where-Object { $_ })) {
        $path = [IO.Path]::Combine($folder, $name)
        $whole = $text.Replace('<details>', "$(Get-PastSection $Pass $folder)<details>")
        try { Write-WholeText $path $whole } catch { $path = '' }
    }
    return $path
}

function Get-DayPage {
    # Page: of this pass alone, as it stays where nothing else is known of the day.
    param([object] $Pass, [object] $Report, [string] $Page, [string] $Stick)
    $view = New-DayView $Pass $Report -Stick $Stick
    if ($null -eq $view) { return $Page }
    $text = Get-ResultPage $view.pass $view.report
    if ($Page.Contains($script:AwayLine)) { return (Add-AwayLine $text) }
    return $text
}

function New-DayView {
    # A pass and a report to make the page of; $null where this pass has seen all that is known.
    param([object] $Pass, [object] $Report, [string] $Stick)
    if ($Pass.mode -ceq 'Rollback' -or (Test-Refused $Report)) { return $null }
    $others = @(if ($Stick) { Read-OtherResult $Pass $Stick -Day $Pass.started.Substring(0, 10) })
    $view = $Pass
    $steps = @($Report.steps)
    $exit = $Report.exit
    $next = @($Report.next)
    $message = ''
    $account = @($others | Where-Object { $_.account -ieq $Pass.plan.account })
    if ($account.Length -gt 0) {
        $view = Get-AccountPass $Pass $account[0]
        $steps = @(Join-AccountStep $Pass $Report.steps $account[0])
        $exit = [int] $account[0].exit
        $next = @()
        if ($exit -eq 5) { $message = "残っている作業があります。$($Pass.plan.account) でサインインし、続きを開いてください。" }
    }
    $seen = @(Get-DayMachine $Pass $account)
    $steps = @(Join-Seen $steps $seen)
    $people = @(if ($Pass.session.role -ceq 'staff' -and $account.Length -gt 0) { Get-OwnResult $Pass $Report }) + $others
    $rows = @(foreach ($result in $people) { Get-PersonRow $Pass $result })
    if ($account.Length -eq 0 -and $seen.Length -eq 0 -and $rows.Length -eq 0) { return $null }
    $whole = [pscustomobject] @{
        exit = $exit; next = $next; steps = ($steps + $rows); finished = $Report.finished; message = $message; remnants = @(); open = @()
    }
    Complete-DayReport $view $whole
    return [pscustomobject] @{ pass = $view; report = $whole }
}

function Join-DayReport {
    # What the end of OqsComApp's pass shows: the same as the page of the day, with what is open for each of the staff by their own
    # results.
    param([object] $Pass, [object] $Report)
    if ($Pass.session.role -cne 'account' -or $Pass.mode -ceq 'Rollback' -or (Test-Refused $Report)) { return $Report }
    $view = New-DayView $Pass $Report -Stick (Get-StickFolder $Pass)
    # The code of this pass is said by the launcher: what is not as wanted for others stands on the page.
    if ($null -eq $view -or (Get-Outcome $view.report) -ceq '要確認') { return $Report }
    return $view.report
}

function Complete-DayReport {
    # What follows from the steps that were put together.
    param([object] $Pass, [object] $Report)
    $Report.open = @($Report.steps | Where-Object { Test-OpenStep $Pass $_ })
    $wrong = @(Find-WrongResult $Report)
    if ($wrong.Length -gt 0) { $Report.exit = 6 } elseif ($Report.exit -eq 6) { $Report.exit = 0 }
    if (@($Report.steps | Where-Object { $_.status -ceq 'restart' }).Length -gt 0) { $Report.next = @('restart') + $Report.next }
}

function Get-OwnResult {
    # This pass as a result of others is read.
    param([object] $Pass, [object] $Report)
    return (ConvertFrom-Json (ConvertTo-JsonText (Get-ResultJson $Pass $Report)))
}

function Read-OtherResult {
    # The newest result that each other person has left beside the bundle, the newest first, up to one that undid; of one day where it
    # is given.
    param([object] $Pass, [string] $Stick, [string] $Day = '')
    # Folders name people in letters that every drive takes: 受付 and 看護 are the same there.
    $known = @([string] $Pass.session.name)
    $own = $known[0] -replace '[^0-9A-Za-z._-]', '_'
    foreach ($run in @(Find-Run $Stick | Where-Object { -not $Day -or $_.day -ceq $Day })) {
        if ($run.mode -ceq 'Rollback' -or $known.Length -gt $script:DayPeople) { return }
        if ($own -ceq $known[0] -and $run.account -ieq $own) { continue }
        $path = [IO.Path]::Combine([IO.Path]::Combine($Stick, $run.name), 'result.json')
        if (-not (Test-PlainPath $path)) { continue }
        try { $result = ConvertFrom-Json (Read-PlainText $path $script:DayLimit) } catch { continue }
        if (-not (Test-FacilityResult $result $Pass)) { continue }
        if ([string] (Get-Field (Get-Field $result 'bundle') 'terminal') -ine [string] $Pass.plan.bundle.terminal) { continue }
        # One that was refused saw nothing.
        if (@('0', '4', '5', '6') -cnotcontains "$(Get-Field $result 'exit')") { continue }
        $person = [string] (Get-Field $result 'account')
        if ($known -contains $person) { continue }
        $known += $person
        $result
    }
}

function Get-AccountPass {
    # A pass as OqsComApp's own was, by its result; what it says to be done counts for what this plan wants.
    param([object] $Pass, [object] $Result)
    $same = $Pass.PSObject.Copy()
    $same.session = $Pass.session.PSObject.Copy()
    $same.session.role = 'account'
    $same.session.name = [string] $Pass.plan.account
    $same.mode = [string] (Get-Field $Result 'mode')
    $same.uacDeclined = $false
    $same.journal = New-Journal ''
    foreach ($step in @(Get-ResultStep $Result)) {
        $said = @('done', 'persons' | ForEach-Object { Get-Field $step $_ } | ForEach-Object { $_ })
        foreach ($done in @($said | Where-Object { $null -ne $_ })) {
            $claim = [pscustomobject] @{ who = ''; at = ''; terminal = ''; seen = '' }
            foreach ($name in 'who', 'at', 'seen') { $claim.$name = [string] (Get-Field $done $name) }
            $same.journal.claims["$(Get-Field $step 'id') $(Get-Field $done 'of')"] = $claim
        }
    }
    return $same
}

function Get-ResultStep {
    # The steps of a result.
    param([object] $Result)
    Get-Field $Result 'steps' | ForEach-Object { $_ } | Where-Object { $null -ne $_ } | Select-Object -First 1000
}

function Join-AccountStep {
    # The person's steps as OqsComApp's result has them, the machine's as this pass does.
    param([object] $Pass, [object[]] $Steps, [object] $Result)
    $theirs = @{}
    foreach ($step in @(Restore-ResultStep $Pass $Result)) { $theirs["$($step.scope) $($step.id)"] = $step }
    foreach ($step in $Steps) {
        $found = $theirs["$($step.scope) $($step.id)"]
        if ($step.scope -ceq 'user' -and $null -ne $found) { $found } else { $step }
    }
}

function Restore-ResultStep {
    # The results of steps that a result names and this plan has.
    param([object] $Pass, [object] $Result)
    foreach ($step in @(Get-ResultStep $Result)) {
        $own = Get-PlanStep $Pass ([string] (Get-Field $step 'id'))
        $status = [string] (Get-Field $step 'status')
        if ($null -eq $own -or $own.scope -cne [string] (Get-Field $step 'scope') -or (Get-StatusText $status) -ceq $status) { continue }
        New-StepResult $own -Status $status -Found (Get-Field $step 'found') -Message ([string] (Get-Field $step 'message'))
    }
}

function Get-DayMachine {
    # The machine's steps where this pass did not look at them: as an administrator's pass of this day saw them, else as
    # OqsComApp's result tells.
    param([object] $Pass, [object[]] $Account)
    if (@(Read-MachineStep $Pass).Length -gt 0) { return }
    $last = Find-MachineResult $Pass -Through
    if (([string] (Get-Field $last 'finished')).StartsWith($Pass.started.Substring(0, 10), [StringComparison]::Ordinal)) {
        Update-LastResult $Pass $last
        return @($last.steps)
    }
    if ($Account.Length -gt 0) { Restore-ResultStep $Pass $Account[0] | Where-Object { $_.scope -ceq 'machine' } }
}

function Join-Seen {
    # Steps, with what was seen of the machine's in the place of what was not.
    param([object[]] $Steps, [object[]] $Seen)
    $known = @{}
    foreach ($step in @($Seen | Where-Object { $null -ne $_ })) { $known[$step.id] = $step }
    foreach ($step in $Steps) {
        if ($step.scope -ceq 'machine' -and $known.ContainsKey($step.id)) { $known[$step.id] } else { $step }
    }
}

function Get-PersonRow {
    # Of one of the staff: each step that is not as wanted, and one row for what is open.
    param([object] $Pass, [object] $Result)
    $name = @($Pass.plan.staff | Where-Object { $_ -ieq [string] (Get-Field $Result 'account') })
    if ($name.Length -eq 0) { return }
    $open = @()
    foreach ($step in @(Find-PersonOpen $Pass $Result)) {
        if (@('drift', 'failed') -cnotcontains (Get-Field $step 'status')) { $open += $step.title; continue }
        $step.id = "$($step.id) $($name[0])"
        $step.title = "$($step.title)（$($name[0])）"
        $step.how = ''
        $step
    }
    if ($open.Length -eq 0) { return }
    $whole = [pscustomobject] @{ id = "person $($name[0])"; kind = ''; title = "職員のアカウント $($name[0])" }
    New-StepResult $whole -Status 'manual' -Message "残り $($open.Length) 件: $($open -join '、')"
}

function Find-Past {
    # What a page of this day leads to in a folder of results, the newest first: passes of this day, pages of days before, and of
    # a day that has none, as 0.1.0 left it, its last pass. link, text.
    param([object] $Pass, [string] $Folder)
    $today = $Pass.started.Substring(0, 10)
    $days = @{}
    $named = 0
    foreach ($run in @(Find-Run $Folder)) {
        if ($run.name -ceq (Get-ResultName $Pass) -or $days.ContainsKey($run.day) -or $named -ge $script:DayMost) { continue }
        $link = "$($run.name)/result.html"
        if ($run.day -cne $today) {
            $days[$run.day] = $true
            $page = Get-DayName $Pass $run.day
            if ([IO.File]::Exists([IO.Path]::Combine($Folder, $page))) { $link = $page }
        }
        $path = [IO.Path]::Combine($Folder, $link.Replace('/', [string] [IO.Path]::DirectorySeparatorChar))
        if (-not (Test-PlainPath $path) -or -not [IO.File]::Exists($path)) { continue }
        $named++
        $said = Read-Headline $path
        $text = "$(ConvertTo-DateText $run.time)　$(Get-ModeText $run.mode)　$($run.account)"
        [pscustomobject] @{ link = $link; text = "$text　$said".TrimEnd('　') }
    }
}

function Read-Headline {
    # What a page that any version has written says on top; empty where it is none.
    param([string] $Path)
    try { $text = Read-PlainText $Path $script:DayLimit } catch { return '' }
    return [regex]::Match($text, '<title>((要確認|残り) \d+ 件|問題なし|要確認|残りがあります|続きがあります)').Groups[1].Value
}

function Send-DayPage {
    # Brings the pages of days before whose results were brought, where nobody wrote one beside the bundle since.
    param([object] $Pass, [string] $Stick, [string[]] $Brought)
    $own = [IO.Path]::GetDirectoryName((Get-ResultFolder $Pass))
    $there = @(Find-Run $Stick)
    $here = @(Find-Run $own)
    foreach ($day in @($here | Where-Object { $Brought -ccontains $_.name } | ForEach-Object { $_.day } | Select-Object -Unique)) {
        $newest = @($there | Where-Object { $_.day -ceq $day })[0]
        $name = Get-DayName $Pass $day
        $path = [IO.Path]::Combine($own, $name)
        if ($day -ceq $Pass.started.Substring(0, 10) -or -not [IO.File]::Exists($path)) { continue }
        try {
            $text = (Read-PlainText $path $script:DayLimit).Replace($script:AwayLine, '')
            if (@($here | ForEach-Object { $_.name }) -ccontains $newest.name) { Write-WholeText ([IO.Path]::Combine($Stick, $name)) $text }
            Write-WholeText $path $text
        }
        catch { continue }
    }
}
