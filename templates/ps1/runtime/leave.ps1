# The last act of a user pass: restarting Windows, or signing out. Only after an Enter that was offered when nothing stood in the
# way, never by force, and after everything is on the disk and the lock is released.

$script:LeaveWord = @{
    'restart' = @{ title = 'Windows の再起動'; does = '再起動する'; verb = '再起動'; done = '再起動しています。しばらくお待ちください。' }
    'sign-out' = @{ title = 'サインアウト'; does = 'サインアウトする'; verb = 'サインアウト'; done = 'サインアウトしています。' }
}
# Signs out those who say nothing; a program that wants to be asked holds Windows up until somebody answers it.
$script:LeaveTime = 300
$script:EndTime = 20 * 1000
$script:UpdateMark = 'SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'

function Get-LeaveWay {
    # What comes before anything else can be done: restart, sign-out, or empty.
    param([object] $Pass)
    if ($Pass.mode -cne 'Apply' -or $Pass.reportOnly -or $null -ne $Pass.refusal) { return '' }
    $next = @(@($Pass.next) + @(Get-Field (Read-MachineResult $Pass) 'next' | ForEach-Object { $_ }))
    $role = $Pass.session.role
    if ($next -ccontains 'broken-off') { return '' }
    if ((Test-StaffEnd $Pass) -or $Pass.person) { return 'sign-out' }
    if (@('account', 'elsewhere') -cnotcontains $role) { return '' }
    if ($next -ccontains 'restart') { return 'restart' }
    if ($next -ccontains 'sign-in' -and $role -ceq 'elsewhere' -and $null -ne $Pass.session.account) { return 'sign-out' }
    return ''
}

function Get-LeaveEffect {
    # Titles of what takes effect by it.
    param([object] $Pass)
    $steps = @($Pass.steps) + @(Read-MachineStep $Pass)
    foreach ($step in $steps) {
        if ((Get-Field $step 'status') -ceq 'restart' -and -not (Get-Kind $step.kind).waitsForPerson) { $step.title }
    }
}

function Get-LeaveObstacle {
    # What has to end first, one sentence each.
    param([string] $How)
    try { $installers = @(Find-Installing) } catch { $installers = @() }
    if ($installers.Length -gt 0) { "$($installers -join '、') が動いています。終わってから Enter" }
    if ($How -cne 'restart') { return }
    try { $others = Get-OtherSession } catch { return }
    if ($others.Length -gt 0) { "$(@($others | Select-Object -Unique) -join '、') がサインインしたままです。サインアウトしてから Enter" }
}

function Get-LeaveBody {
    # What the screen says before the Enter.
    param([object] $Pass, [string] $How, [string[]] $Obstacles)
    $first = @($Pass.brief)
    if ($first.Length -gt 0) { $first += '' }
    $rest = @(Get-LeaveOutlook $Pass $How $Obstacles)
    $effect = @()
    if ($How -ceq 'restart') { $effect = @(Get-LeaveEffect $Pass | Select-Object -Unique | ForEach-Object { Split-Text $_ '    ' '    ' }) }
    $room = $script:ScreenBody - $first.Length - $rest.Length - 2
    if ($effect.Length -eq 0 -or $room -lt 1) { return $first + $rest }
    return $first + '  再起動で有効になるもの' + @(Limit-Line $effect ([math]::Min(6, $room)) $script:SummaryMore) + '' + $rest
}

function Get-LeaveOutlook {
    # How long it takes, what is in the way, and what comes after it.
    param([object] $Pass, [string] $How, [string[]] $Obstacles)
    if ($How -ceq 'restart') {
        if (Test-RegistryKey -Hive 'HKLM' -Key $script:UpdateMark) {
            '  Windows の更新の再起動待ち  あり（再起動に 25 分ほどかかることがあります）'
        }
        else { '  Windows の更新の再起動待ち  なし（再起動は 2～3 分の見込み）' }
    }
    '  開いている画面              保存して閉じてください'
    ''
    foreach ($text in $Obstacles) { Split-Text "× $text" }
    if ($Obstacles.Length -gt 0) { '' }
    if (Test-StaffEnd $Pass) { return }
    if ($Pass.person) { Split-Text (Get-LeaveNext $Pass $How); return }
    $verb = $script:LeaveWord[$How].verb
    $after = @("${verb}したら $($Pass.plan.account) でサインインし、1_適用 をもう一度開いてください。")
    if (Test-ContinuationPossible $Pass) {
        $after = "${verb}したら $($Pass.plan.account) でサインインします。続きは自動で開きます。",
        "1 分たっても画面が出ないときは、$(Get-DoorText $Pass)を開いてください。"
    }
    foreach ($text in $after) { Split-Text $text }
}

function Get-LeaveNext {
    # What a person does who would rather do it later.
    param([object] $Pass, [string] $How)
    if (Test-StaffEnd $Pass) { return "サインアウトし、$(Get-NextPerson $Pass)" }
    if ($Pass.person) { return "サインアウトし、$(Get-PersonDoor $Pass.person)" }
    $door = '同じファイル'
    if (Test-InCopy $Pass) { $door = Get-DoorText $Pass }
    if ($How -ceq 'restart') { return "Windows を再起動してから、${door}をもう一度開いてください。" }
    return "サインアウトし、$($Pass.plan.account) でサインインして、${door}をもう一度開いてください。続きから進みます。"
}

function Write-LeaveNext {
    param([object] $Pass, [string] $How)
    foreach ($line in @(Split-Text "→ $(Get-LeaveNext $Pass $How)" '  ' '     ')) { Write-Line $line }
}

function Get-DoorText {
    # What a person opens by hand, where it does not open by itself.
    param([object] $Pass)
    if ($Pass.session.role -ceq 'account') { return "デスクトップの「$script:IconName」" }
    return 'スタート メニューの「{0}」の 1_適用 ' -f $script:EntryName
}

function Confirm-Leave {
    # Asks for the Enter that restarts or signs out, unless it was given at a person's number, and arms what comes after it. Whether it
    # was given.
    param([object] $Pass, [string] $How)
    $word = $script:LeaveWord[$How]
    $title = $word.title
    if (Test-StaffEnd $Pass) { $title = Get-StaffTitle $Pass }
    try {
        while ($true) {
            $obstacles = @(Get-LeaveObstacle $How)
            if ($Pass.person -and $obstacles.Length -eq 0) { break }
            Show-Screen $title @(Get-LeaveBody $Pass $How $obstacles)
            $enter = $word.does
            if ($obstacles.Length -gt 0) { $enter = 'もう一度調べる' }
            $key = ConvertTo-Key (Read-Answer "Enter $enter  s まだしない  q 中断: ")
            if (@('s', 'q') -ccontains $key) {
                Write-LeaveNext $Pass $How
                return $false
            }
            if ($key -cne '') { Write-Line 'その答えはありません。行にあるキーを押してください。'; continue }
            # Whatever has begun since is seen too.
            if ($obstacles.Length -eq 0 -and @(Get-LeaveObstacle $How).Length -eq 0) { break }
        }
    }
    catch { if (Test-Unanswered $_) { return $false }; throw }
    if ($Pass.session.role -ceq 'account') { Add-Return $Pass }
    $null = Enable-Continuation $Pass
    return $true
}

function Invoke-Leave {
    # The very last act, after Close-Pass.
    param([object] $Pass, [string] $How)
    $word = $script:LeaveWord[$How]
    Write-Line $word.done
    # The elevated process of this start has been told that it is over.
    $process = [int] (Get-Field $script:Start 'process')
    if ($process -ne 0) { $null = Wait-ProcessEnd $process $script:EndTime }
    # A policy may forbid that program.
    try { $code = Invoke-Shutdown -How $How } catch { $code = -1 }
    if ($code -eq 0 -and -not (Wait-Leaving -Seconds $script:LeaveTime)) { return }
    Write-Line "$($word.verb)できませんでした（コード $code）。$(Get-LeaveProblem $code)"
    $lock = Open-LockFile ([IO.Path]::Combine((Get-UserFolder), 'lock'))
    if ($null -eq $lock) { return }
    try { Disable-Continuation $Pass } finally { $lock.Dispose() }
    if ((Test-StaffEnd $Pass) -or $Pass.person) { Write-LeaveNext $Pass $How; return }
    Write-Line '続きは自動では開きません。スタートから再起動し、サインインした後、1_適用 をもう一度開いてください。'
}

function Get-LeaveProblem {
    # What an exit code of shutdown.exe means, as far as it is known (winerror.h); 0: it was taken and did not come about.
    param([int] $Code)
    if ($Code -eq 0) { return '開いている画面で、取り消されました。' }
    if ($Code -eq 1191) { return 'ほかの人がサインインしたままです。' }
    if (@(5, 1314) -contains $Code) { return 'この PC では、この人に再起動が許されていません。' }
    if ($Code -eq 1115) { return 'ほかの再起動が始まっています。' }
    return ''
}
