# Updating with the 配信アプリケーション: download, wait, restart, at most three times (distro-check P.8, almex ⑪), and a last
# look after the third restart (ntt-west P.6). A person presses the buttons; what is downloaded meanwhile runs behind the next thing.
# The journal remembers each answer, so that the same launcher goes on after a restart.
#
#   confirmed: "<number>: <round> <answer> <boot>"; answer is started, restart, clean, probably-clean or not-converged; behind
#   the boot of started stands " / " and when it was.
#   A not-converged cycle begins again at the next start of the launcher.

$script:UpdateRounds = 3
$script:UpdateTries = 5
# Minutes of a round (distro-check P.9); and in which the file still says what was before.
$script:UpdateMinutes = 20
$script:UpdateSettles = 1
# Lines that a round shows below its step.
$script:UpdateBelow = 10
# What a person may see as Status, by the number that is typed for it, and what comes of it (distro-check P.8, almex ⑪).
$script:UpdateAnswer = @{ '1' = '未適用更新ファイルなし'; '2' = '定期実行待ち'; '3' = '再起動待ち'; '4' = 'ダウンロード中'; '5' = '停止中' }
$script:UpdateEnd = @(
    '  1  未適用更新ファイルなし          終わりです（2 の後ろの括弧でも同じ）'
    '  2  サーバー接続の定期実行待ち      おそらく終わりです（後で版を見ます）'
)
$script:UpdateRuns = @(
    '  3  再起動待ち                      この画面から再起動します'
    '                                     （通知の × では再起動されません）'
    '  4  ダウンロード中・アップデート中  待つ間、次の作業へ進みます'
)
# After the last restart nothing is begun any more.
$script:UpdateLooks = @(
    '  3  再起動待ち                      時間をおいて、1 回目から行います'
    '  4  ダウンロード中・アップデート中  少し置いて、もう一度見ます'
)
$script:UpdateStopped = '  5  停止中・サーバー接続待ち・ほか  「今すぐダウンロード」をもう一度'

Register-Kind 'update-cycle' -Format 1 -Get {
    param($Target)
    $last = Get-UpdateRound $Target
    if ($null -eq $last) { return [pscustomobject] @{ unknown = 'まだ行っていません。' } }
    if ($last.answer -ceq 'started') { return [pscustomobject] @{ unknown = "更新の途中です（$($last.round) 回目のダウンロード）。" } }
    if ($last.answer -ceq 'restart') { return [pscustomobject] @{ unknown = "更新の途中です（$($last.round) 回目の再起動まで）。「1_適用」をもう一度開くと続きから進みます。" } }
    $message = '3 回の再起動の後も「再起動待ち」です（NOT_CONVERGED）。時間をおいて「1_適用」をもう一度開き、1 回目から行ってください。続くときは連絡先に相談してください。'
    if ($last.answer -ceq 'not-converged') { return [pscustomobject] @{ state = $last.answer; rounds = $last.round; message = $message } }
    if ($last.answer -ceq 'clean') { return [pscustomobject] @{ state = $last.answer; rounds = $last.round } }
    # One paper takes the regular run for the end, the other does not.
    $message = 'おそらく完了です（PROBABLY_CLEAN）。「最新版との一致」で、未適用の更新が残っていないことを確かめてください。'
    return [pscustomobject] @{ state = $last.answer; rounds = $last.round; warning = $message }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found -and @($Wanted.states) -ccontains $Found.state)
} -Begun {
    param($Target, $Pass)
    $last = Get-UpdateRound $Target
    return ($null -ne $last -and $last.boot -ceq $Pass.boot -and @('started', 'restart') -ccontains $last.answer)
} -Further {
    param($Target)
    return ((Get-NextUpdateRound (Get-UpdateRound $Target)) -gt 1)
} -Conversation {
    param($Step, $Pass)
    $last = Get-UpdateRound $Step.target
    if ($null -ne $last -and $last.answer -ceq 'restart' -and $last.boot -ceq $Pass.boot) {
        return New-StepResult $Step -Status 'restart' -Found $null -Message 'Windows を再起動してください。再起動の後、更新の続きを行います。'
    }
    if ($null -ne $last -and @('clean', 'probably-clean') -ccontains $last.answer) { return Invoke-VerifyStep $Step $Pass }
    $round = Get-NextUpdateRound $last
    $begun = $null -ne $last -and $last.answer -ceq 'started' -and $last.boot -ceq $Pass.boot
    if ($begun) {
        if (-not (Test-ComeBack $Step)) { return Get-UpdateBehind $Step $last }
        $answer = Resume-UpdateRound $Step $round
        if ($answer -ceq 'started') { return Get-UpdateBehind $Step $last -More }
    }
    else { $answer = Start-UpdateRound $Step $round }
    return Complete-UpdateRound $Step $Pass $round $answer
}

function Get-NextUpdateRound {
    # The round that follows the last answer.
    param([object] $Last)
    if ($null -eq $Last) { return 1 }
    if ($Last.answer -ceq 'restart') { return $Last.round + 1 }
    if ($Last.answer -ceq 'started') { return $Last.round }
    return 1
}

function Start-UpdateRound {
    # What the person has begun, or sees already: started, or as Read-UpdateAnswer.
    param([object] $Step, [int] $Round)
    Show-Guidance $Step -Below $script:UpdateBelow
    Write-Line "更新の $(Get-UpdateRoundName $Round)です（再起動は最大 $script:UpdateRounds 回）。"
    if (-not (Confirm-UpdatePower $Step)) { return '' }
    if ($Round -gt $script:UpdateRounds) { return Read-UpdateAnswer $Step.target }
    Write-Line '「今すぐダウンロード」→「OK」を押すと、待つ間の次の作業へ進みます（進まないときは Enter）。'
    return Read-UpdateAnswer $Step.target -Runs -Begins
}

function Resume-UpdateRound {
    # What a round came to that ran behind: as the file says, else as the person sees.
    param([object] $Step, [int] $Round)
    $seen = Get-UpdateSeen $Step.target
    if (@('restart', 'clean', 'probably-clean') -ccontains $seen) { return $seen }
    Show-Guidance $Step -Below $script:UpdateBelow
    Write-Line "更新の $(Get-UpdateRoundName $Round)が、終わるころです。"
    return Read-UpdateAnswer $Step.target -Runs
}

function Complete-UpdateRound {
    # What an answer comes to.
    param([object] $Step, [object] $Pass, [int] $Round, [string] $Answer)
    $name = Get-UpdateRoundName $Round
    if ($Answer -ceq 'n') {
        return New-StepResult $Step -Status 'failed' -Message "作業した人が、できないと答えました（更新の ${name}）。"
    }
    if ($Answer -ceq '') {
        $null = $Pass.next.Add('again')
        return New-StepResult $Step -Status 'manual' -Found $null -Message "後で行うことになっています（$name）。"
    }
    if ($Round -gt $script:UpdateRounds) {
        $Round = $script:UpdateRounds
        if ($Answer -ceq 'restart') { $Answer = 'not-converged' }
    }
    $boot = $Pass.boot
    if ($Answer -ceq 'started') { $boot += " / $((Get-LocalTime).ToString('s', [Globalization.CultureInfo]::InvariantCulture))" }
    Add-JobConfirmation -Step (Get-UpdateName $Step.target) -Of "$(Get-UpdateCount $Step.target): $Round $Answer $boot"
    if ($Answer -ceq 'started') { return Get-UpdateBehind $Step (Get-UpdateRound $Step.target) }
    if ($Answer -ceq 'restart') {
        return New-StepResult $Step -Status 'restart' -Found $null -Message "更新の $Round 回目が済みました。Windows を再起動してください。"
    }
    return Invoke-VerifyStep $Step $Pass
}

function Get-UpdateBehind {
    # Of a round that runs behind the next thing. More: it takes longer than it should.
    param([object] $Step, [object] $Round, [switch] $More)
    $minutes = $script:UpdateMinutes
    if ($More) { $minutes = [int] [math]::Ceiling(((Get-LocalTime) - $Round.since).TotalMinutes) + 5 }
    return New-BehindResult $Step "更新 $($Round.round) 回目 ダウンロード中" -Since $Round.since -Minutes $minutes -Look {
        param($Step)
        $last = Get-UpdateRound $Step.target
        # Just after it was begun, the file may still say what was before.
        if (((Get-LocalTime) - $last.since).TotalMinutes -lt $script:UpdateSettles) { return 'running' }
        $seen = Get-UpdateSeen $Step.target
        if (@('restart', 'clean') -ccontains $seen) { return 'ended' }
        if ($seen -ceq 'wait' -and ((Get-LocalTime) - $last.since).TotalMinutes -lt 3 * $script:UpdateMinutes) { return 'running' }
    }
}

function Get-UpdateSeen {
    # What the file says of the round (ConvertTo-UpdateStatus); empty where it says nothing.
    param([object] $Target)
    return [string] (Get-Field (Read-UpdateStatus $Target.record) 'state')
}

function Get-UpdateRoundName {
    # A round as people call it; the one after the last restart only looks.
    param([int] $Round)
    if ($Round -gt $script:UpdateRounds) { return "$script:UpdateRounds 回目の再起動の後の確認" }
    return "$Round 回目"
}

function Get-UpdateName {
    param([object] $Target)
    return "update-cycle $($Target.application)"
}

function Get-UpdateNote {
    # What the journal holds of this cycle, by its number.
    param([object] $Target)
    $notes = @{}
    foreach ($note in @(Find-Confirmation -Step (Get-UpdateName $Target) -Job)) {
        if ($note -cmatch '^(\d+): (\d+) ([a-z-]+) (.*)$') {
            $boot, $since = $Matches[4] -split ' / ', 2
            if ($since) { $since = [DateTime]::ParseExact($since, 's', [Globalization.CultureInfo]::InvariantCulture) }
            $notes[[int] $Matches[1]] = [pscustomobject] @{
                round = [int] $Matches[2]; answer = $Matches[3]; boot = $boot; since = $since
            }
        }
    }
    return $notes
}

function Get-UpdateCount {
    param([object] $Target)
    return (Get-UpdateNote $Target).Count
}

function Get-UpdateRound {
    # The last answer; $null before the first.
    param([object] $Target)
    $notes = Get-UpdateNote $Target
    if ($notes.Count -eq 0) { return $null }
    return $notes[$notes.Count - 1]
}

function Confirm-UpdatePower {
    # The 配信アプリケーション does not work on battery (almex ⑪). False where the person would rather go on later.
    param([object] $Step)
    for ($try = 1; $try -le $script:UpdateTries; $try++) {
        if ((Get-PowerLine) -ne 0) { return $true }
        Write-Line 'バッテリーで動いています（ON_BATTERY）。AC アダプターをつながないと、配信アプリケーションは動きません。'
        if ((Read-StepAnswer -Claim 'つないだ' -Without 'n') -ceq 's') { return $false }
    }
    return $false
}

function Read-UpdateAnswer {
    # What the round ended with: restart, clean or probably-clean; empty where it is left for later, "n" where it cannot be done.
    # Runs: or started, where it may run; Begins: Enter says that.
    param([object] $Target, [switch] $Runs, [switch] $Begins)
    $claim = 'ini を読む'
    if ($Begins) { $claim = '始めた' }
    Write-Line 'Status がもう次のどれかのときは、その番号で答えてください。'
    $between = $script:UpdateLooks
    if ($Runs) { $between = $script:UpdateRuns }
    foreach ($line in $script:UpdateEnd + $between + $script:UpdateStopped) { Write-Line $line -Spaced }
    $look = $null
    if ($Begins) { $look = { (Get-UpdateSeen $Target) -ceq 'wait' } }
    for ($try = 1; $try -le $script:UpdateTries; $try++) {
        $answer = Read-StepAnswer -Claim $claim -Typed '番号' -Look $look
        if ($answer -ceq 'seen') { return 'started' }
        if ($answer -ceq 's') { return '' }
        if ($answer -ceq 'n') { return $answer }
        if (($Runs -and $answer -ceq '4') -or ($Begins -and $answer -ceq '')) { return 'started' }
        if ($script:UpdateAnswer.ContainsKey($answer)) { $status = ConvertTo-UpdateStatus $script:UpdateAnswer[$answer] }
        elseif ($answer -cne '') { Write-Line '1 から 5 の番号か、s を入力してください。'; continue }
        else {
            $status = Get-State 'distribution-record' ([pscustomobject] @{ path = $Target.record; part = 'status' })
            if ($null -ne (Get-Field $status 'unknown')) { Write-Line $status.unknown; continue }
        }
        Write-Line $status.message
        if (@('restart', 'clean', 'probably-clean') -ccontains $status.state) { return $status.state }
    }
    return ''
}
