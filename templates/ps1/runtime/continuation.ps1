# Coming back by itself: 1_適用 of the copy opens once more after a sign-in. Armed for exactly one, by the Enter that restarts
# (leave.ps1). The plan says what is made (`continuation`: kind, target, wanted with holes), so that it is journaled and undone
# as any change; but it is no step: once it is used there is nothing to look at. Disarmed by whatever pass comes next.

$script:StartName = '1_適用.cmd'
# https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys
$script:RunOnceLimit = 260
$script:RunOncePolicy = 'DisableCurrentUserRunOnce', 'DisableLocalUserRunOnce'
$script:FirstSignInDays = 7
# How long a sign-in may take until there is a desktop: Windows' own pages come first at the first one.
$script:DesktopTime = 300
$script:RestTime = 30
# Minutes within which whoever restarts or signs out is back; the turns of the staff come to them.
$script:ReturnTime = 10
$script:ReturnForm = 'yyyy-MM-dd HH:mm'

function Get-ContinuationArgument {
    # For cmd.exe: detached, since Windows waits for what it starts itself; without what the person's AutoRun says.
    param([object] $Pass, [string] $Argument)
    $launcher = [IO.Path]::Combine($Pass.root, $script:StartName)
    $small = ''
    if ($Argument -ceq 'morning') { $small = ' /min' }
    return "/d /c start `"`"$small $(Get-SystemFolder)\cmd.exe /d /s /c `"`"$launcher`" $Argument`""
}

function Get-ContinuationCommand {
    # The whole command line that opens the copy's launcher by itself.
    param([object] $Pass, [ValidateSet('continue', 'morning')] [string] $Argument = 'continue')
    return "$(Get-SystemFolder)\cmd.exe $(Get-ContinuationArgument $Pass $Argument)"
}

function Get-ContinuationStep {
    # One of the plan's, with its holes filled; $null where the plan has none, or where there is no copy to open.
    param([object] $Pass, [string] $Which, [hashtable] $Holes)
    $step = Get-Field (Get-Field $Pass.plan 'continuation') $Which
    if ($null -eq $step -or -not (Test-InCopy $Pass)) { return $null }
    $wanted = [ordered] @{}
    foreach ($name in @(Get-FieldName $step.wanted)) {
        $text = [string] (Get-Field $step.wanted $name)
        foreach ($hole in $Holes.Keys) { $text = $text.Replace("@$hole@", $Holes[$hole]) }
        $wanted[$name] = $text
    }
    $filled = $step.PSObject.Copy()
    $filled.wanted = [pscustomobject] $wanted
    return $filled
}

function Get-QuietPass {
    # The same pass for changes of which Windows need not be restarted.
    param([object] $Pass)
    $quiet = $Pass.PSObject.Copy()
    $quiet.boot = ''
    return $quiet
}

function Set-Continuation {
    # Makes what lets it go on, after the journal knows what was there. Whether it is there now.
    param([object] $Pass, [object] $Step, [object] $Before)
    $quiet = Get-QuietPass $Pass
    try {
        Set-StepState $Step -Pass $quiet -Before $Before
        $found = Get-State $Step.kind $Step.target
        Add-SetEntry $quiet -Kind $Step.kind -Key (Get-StepKey $Step) -After $found
        return (Test-State $Step.kind -Wanted $Step.wanted -Found $found)
    }
    catch {
        Write-Line "続きを自動で開くようにできませんでした: $(Get-ErrorText $_)"
        return $false
    }
}

function Test-RunOnceAllowed {
    # Whether no policy keeps Windows from opening what a person has armed for the next sign-in.
    foreach ($hive in 'HKLM', 'HKCU') {
        foreach ($name in $script:RunOncePolicy) {
            $key = 'Software\Microsoft\Windows\CurrentVersion\Policies\Explorer'
            if ((Get-Field (Read-RegistryEntry -Hive $hive -Key $key -Name $name) 'data') -eq 1) { return $false }
        }
    }
    return $true
}

function Test-ContinuationPossible {
    # Whether the next sign-in, of this person or the first one of OqsComApp, can open it by itself.
    param([object] $Pass)
    if ($Pass.session.role -ceq 'elsewhere') { return ($true -eq (Get-Field (Read-MachineResult $Pass) 'continues')) }
    if ($Pass.session.role -cne 'account' -or $null -eq (Get-ContinuationStep $Pass 'run' @{})) { return $false }
    return ((Get-ContinuationCommand $Pass 'morning').Length -le $script:RunOnceLimit -and (Test-RunOnceAllowed))
}

function Enable-Continuation {
    # Arms it for the next sign-in of the person at work; whether it is armed.
    param([object] $Pass, [string] $Argument = 'continue')
    if ($Pass.session.role -cne 'account' -or -not (Test-ContinuationPossible $Pass)) { return $false }
    $step = Get-ContinuationStep $Pass 'run' @{ command = (Get-ContinuationCommand $Pass $Argument) }
    return Set-Continuation $Pass $step (Get-State $step.kind $step.target)
}

function Get-ArmedItem {
    # What the journal of this pass holds of it, used by Windows or not.
    param([object] $Pass)
    Get-OpenTarget $Pass.journal | Where-Object { $_.step -ceq 'continuation' }
}

function Test-ContinuationArmed {
    param([object] $Pass)
    return (@(Get-ArmedItem $Pass).Length -gt 0)
}

function Disable-Continuation {
    # Takes back what was armed, or journals that Windows has used it up. Nothing that a person has said is forgotten by it.
    param([object] $Pass)
    foreach ($item in @(Get-ArmedItem $Pass)) {
        try {
            $found = Get-State $item.kind $item.target
            # Also where it is used up: what stood around it goes with it.
            if ((Test-SameState $item.kind $item.before $found) -or (Test-OurWork $item $found)) {
                Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restoring'; key = $item.key })
                Invoke-Set $item.kind -Target $item.target -State $item.before
            }
            Add-JournalEntry $Pass.journal ([ordered] @{ event = 'restored'; key = $item.key; spent = $true })
        }
        catch { Write-Line "続きを自動で開かないようにできませんでした: $(Get-ErrorText $_)" }
    }
}

function Confirm-FirstSignIn {
    # Asks once, before OqsComApp has begun, whether it goes on by itself after that first sign-in.
    param([object] $Pass)
    if (-not (Test-FirstSignIn $Pass) -or $null -eq (Get-ContinuationStep $Pass 'task' @{})) { return }
    if (@(Find-Confirmation -Step 'continuation').Length -gt 0) { return }
    Show-Screen 'サインインの後の続き' @(
        "  $($Pass.plan.account) で最初にサインインしたときに、続きの画面を 1 回だけ自動で開けます。"
        '  開いた画面は、Enter を押すまで何もしません。管理者の許可は、その都度聞きます。'
        '  使われなかったときは、7 日で消えます。'
    )
    try {
        do { $answer = Read-Answer 'この続きを、サインインの後に自動で始めますか。Enter はい  n いいえ: ' }
        while (@('', 'n') -cnotcontains (ConvertTo-Key $answer))
    }
    catch { if (Test-Unanswered $_) { return }; throw }
    $of = @{ '' = 'yes'; 'n' = 'no' }[(ConvertTo-Key $answer)]
    Add-Confirmation -Step 'continuation' -Of $of
}

function Register-FirstSignIn {
    # The last of the machine's work: a task for OqsComApp's first sign-in, where a person wants it and the account is there.
    # Whether it is there.
    param([object] $Pass)
    if (-not (Test-FirstSignIn $Pass) -or @(Find-Confirmation -Step 'continuation') -cnotcontains 'yes') { return $false }
    $sid = Get-AccountSid $Pass.plan.account
    if ($null -eq $sid) { return $false }
    $holes = @{
        account = $sid; call = (Get-CallText $Pass); folder = (Get-SystemFolder); program = "$(Get-SystemFolder)\cmd.exe"
        arguments = (Get-ContinuationArgument $Pass 'continue')
    }
    foreach ($hole in @($holes.Keys)) { $holes[$hole] = [Security.SecurityElement]::Escape($holes[$hole]) }
    # By a clock that was lost it would be over before it began: the next machine pass takes it away then.
    $holes.until = ''
    $holes.expires = ''
    $culture = [Globalization.CultureInfo]::InvariantCulture
    $now = Get-LocalTime
    if ([string]::CompareOrdinal($now.ToString('yyyy-MM-dd', $culture), $Pass.plan.continuation.newest) -ge 0) {
        $end = $now.AddDays($script:FirstSignInDays).ToString('yyyy-MM-ddTHH:mm:ss', $culture)
        $holes.until = "<EndBoundary>$end</EndBoundary>"
        $holes.expires = '<DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter>'
    }
    $step = Get-ContinuationStep $Pass 'task' $holes
    # Whatever stands there was not made by this pass, and is nothing to go back to.
    return ($null -ne $step -and (Set-Continuation $Pass $step $null))
}

function Unregister-FirstSignIn {
    # The task is used up: its own account may delete it; else the next machine pass does.
    param([object] $Pass)
    $step = Get-Field (Get-Field $Pass.plan 'continuation') 'task'
    if ($null -eq $step) { return }
    try { Invoke-Set $step.kind -Target $step.target -State $null } catch { return }
}

function Enter-Continued {
    # Waits without a word until this person's desktop is there. Whether there is something to go on with: Windows fires the task
    # of the first sign-in again for whoever is signed in when its service starts.
    param([object] $Pass)
    $temp = Get-UserTemp
    Initialize-Folder $temp
    Initialize-Temp $temp
    if (-not (Wait-Desktop -Seconds $script:DesktopTime -Own { (Get-TokenSid) -ceq (Get-SessionOwnerSid) })) { return $false }
    $Pass.journal = Read-Journal (Get-JournalPath 'User')
    $begun = $Pass.journal.whole -gt 0 -and -not (Test-ContinuationArmed $Pass)
    $Pass.journal = $null
    if (-not $begun) { Write-Banner $Pass }
    return -not $begun
}

$script:ReturnText = '続きです。設置の担当でない方は、何も押さずに、この画面を閉じてください。作業は消えません。'

function Add-Return {
    # Remembers, when somebody leaves, until when they are expected back.
    param([object] $Pass)
    $minutes = $script:ReturnTime
    if ($Pass.person) { foreach ($number in @(Get-VisitNumber | Where-Object { $_.person })) { $minutes += Get-NumberMinute $number } }
    $now = Get-LocalTime
    $culture = [Globalization.CultureInfo]::InvariantCulture
    $times = @($now, $now.AddMinutes($minutes) | ForEach-Object { $_.ToString($script:ReturnForm, $culture) })
    Add-Confirmation -Step 'continuation' -Of "back $($times -join ' ')"
}

function Show-Return {
    # Stands above what comes next. Begun: since when the work is going on.
    param([string] $Begun)
    Push-ConsoleScreen
    $script:Stands = 0
    foreach ($line in @(Split-Text "$script:ReturnText$Begun" '')) { Write-Line $line }
}

function Test-Expected {
    # Whether this is the sign-in that somebody has said a moment ago would come: the person who has given that Enter at this PC gives
    # no second one.
    $now = (Get-LocalTime).ToString($script:ReturnForm, [Globalization.CultureInfo]::InvariantCulture)
    foreach ($said in @(Find-Confirmation -Step 'continuation')) {
        if ($said -cnotmatch '^back (\d{4}-\d\d-\d\d \d\d:\d\d) (\d{4}-\d\d-\d\d \d\d:\d\d)$') { continue }
        if ([string]::CompareOrdinal($Matches[1], $now) -le 0 -and [string]::CompareOrdinal($now, $Matches[2]) -le 0) { return $true }
    }
    return $false
}

function Get-BegunText {
    # When the work of this day began at this PC, by what is known of it; empty where nothing was before.
    param([object] $Pass)
    $times = @(Read-PastResult $Pass | ForEach-Object { [string] (Get-Field $_ 'started') })
    $own = @($Pass.journal.claims.Values | Where-Object { -not (Get-Field $_ 'terminal') })
    $times += @($own | ForEach-Object { [string] (Get-Field $_ 'at') })
    $today = (Get-TimeText).Substring(0, 11)
    $first = @($times | Where-Object { $_.StartsWith($today, [StringComparison]::Ordinal) } | Sort-Object)[0]
    if ($first) { return "$($first.Substring($today.Length, 5)) に始めました。" }
}

function Format-LastAnswer {
    # What was answered last, when and by whom; nothing where nobody has said anything.
    param([object] $Pass)
    $newest = $null
    foreach ($key in @($Pass.journal.claims.Keys)) {
        $said = $Pass.journal.claims[$key]
        $step = Get-PlanStep $Pass $key.Split(' ')[0]
        $number = if ($null -ne $step) { Get-StepNumber $step }
        if ($null -eq $number -or -not (Get-Field $said 'at')) { continue }
        $later = $null -eq $newest -or [string]::CompareOrdinal($said.at, $newest.said.at) -gt 0
        if ($later) { $newest = @{ said = $said; number = $number } }
    }
    if ($null -eq $newest) { return }
    $day, $time = ([string] $newest.said.at).Split(' ')
    $at = $time.Substring(0, 5)
    if ($day -cne (Get-DayText)) { $at = "$($day.Substring(5).Replace('-', '/')) $at" }
    $line = "  前回まで   $($newest.number.label)  $($newest.number.title)   $at  $($newest.said.who)"
    # What is too long loses the name at its end.
    (Limit-Text (ConvertTo-ScreenText $line) ($script:ScreenWidth - 2)).TrimEnd()
    ''
}

function Confirm-Continued {
    # The first screen of what has opened by itself: it asks nothing of whoever does not know it. Whether the person goes on.
    param([object] $Pass)
    $begun = Get-BegunText $Pass
    # From now on the journal has begun.
    Add-Confirmation -Step 'continuation' -Of 'shown'
    Unregister-FirstSignIn $Pass
    if (Test-Expected) { Show-Return $begun; return $true }
    $body = @('  設定の続きです。残っているところから進みます。済んだものは聞かれません。')
    if ($begun) { $body += "  $begun" }
    $body += @('') + @(Format-LastAnswer $Pass) + @(
        '  設置の担当でない方へ'
        '    設定の途中です。何も押さずに、この PC を使ってかまいません。'
        "    この画面は $script:RestTime 秒で小さくなります。閉じてもかまいません。作業は消えません。", ''
        '  続けると、許可を求める Windows の画面が出ることがあります（「はい」）。'
    )
    Show-Screen '続きです' $body
    $rest = Start-WindowRest -Seconds $script:RestTime
    try {
        while ($true) {
            $key = ConvertTo-Key (Read-Answer 'Enter 続ける  q 今日はここまで（次のサインインで開かなくする）: ')
            if ($key -ceq '') { return $true }
            if ($key -ceq 'q') { return $false }
            Write-Line 'その答えはありません。行にあるキーを押してください。'
        }
    }
    catch { if (Test-Unanswered $_) { return $false }; throw }
    finally { Stop-WindowRest $rest }
}
