# Updating with the 配信アプリケーション: download, wait, restart, at most three times (distro-check P.8, almex ⑪), and a last
# look after the third restart (ntt-west P.6). A person presses the buttons; the journal remembers each answer, so that the
# same launcher goes on after a restart.
#
#   confirmed: "<number>: <round> <answer> <boot>"; answer is restart, clean, probably-clean or not-converged.
#   A not-converged cycle begins again at the next start of the launcher.

$script:UpdateRounds = 3
$script:UpdateTries = 5
$script:UpdateAnswer = @{ '1' = '未適用更新ファイルなし'; '2' = '定期実行待ち'; '3' = '再起動待ち'; '4' = 'ダウンロード中'; '5' = '停止中' }

Register-Kind 'update-cycle' -Format 1 -Get {
    param($Target)
    $last = Get-UpdateRound $Target
    if ($null -eq $last) { return [pscustomobject] @{ unknown = 'まだ行っていません。' } }
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
} -Conversation {
    param($Step, $Pass)
    $last = Get-UpdateRound $Step.target
    $round = 1
    if ($null -ne $last) {
        if ($last.answer -ceq 'restart' -and $last.boot -ceq $Pass.boot) {
            return New-StepResult $Step -Status 'restart' -Found $null -Message 'Windows を再起動してください。再起動の後、更新の続きを行います。'
        }
        if (@('clean', 'probably-clean') -ccontains $last.answer) { return Invoke-VerifyStep $Step $Pass }
        if ($last.answer -ceq 'restart') { $round = $last.round + 1 }
    }
    $name = Get-UpdateRoundName $round
    Show-Guidance $Step -Below 5
    Write-Line "更新の ${name}です（再起動は最大 $script:UpdateRounds 回）。"
    $answer = ''
    if (Confirm-UpdatePower $Step) { $answer = Read-UpdateAnswer $Step.target }
    if ($answer -ceq 'n') {
        return New-StepResult $Step -Status 'failed' -Message "作業した人が、できないと答えました（更新の ${name}）。"
    }
    if ($answer -ceq '') {
        $null = $Pass.next.Add('again')
        return New-StepResult $Step -Status 'manual' -Found $null -Message "後で行うことになっています（$name）。"
    }
    if ($round -gt $script:UpdateRounds) {
        $round = $script:UpdateRounds
        if ($answer -ceq 'restart') { $answer = 'not-converged' }
    }
    Add-JobConfirmation -Step (Get-UpdateName $Step.target) -Of "$(Get-UpdateCount $Step.target): $round $answer $($Pass.boot)"
    if ($answer -ceq 'restart') {
        return New-StepResult $Step -Status 'restart' -Found $null -Message "更新の $round 回目が済みました。Windows を再起動してください。"
    }
    return Invoke-VerifyStep $Step $Pass
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
            $notes[[int] $Matches[1]] = [pscustomobject] @{ round = [int] $Matches[2]; answer = $Matches[3]; boot = $Matches[4] }
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
    param([object] $Target)
    Write-Line '終わったときの Status の表示を、次の番号で答えてください（Enter だけなら、OQSDistroApp.ini から読みます）。'
    Write-Line '　1: 未適用更新ファイルなし　2: サーバー接続の定期実行待ち　3: 再起動待ち'
    Write-Line '　4: ダウンロード中・アップデート中　5: 停止中・サーバー接続待ち・そのほか'
    for ($try = 1; $try -le $script:UpdateTries; $try++) {
        $answer = Read-StepAnswer -Claim 'ini を読む' -Typed '番号'
        if ($answer -ceq 's') { return '' }
        if ($answer -ceq 'n') { return $answer }
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
