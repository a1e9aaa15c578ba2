# The end of a pass of one of the staff, on the screen that offers to sign out: what this account has by now, and who signs in next.
# What OqsComApp and the machine have still to do is said in OqsComApp's own pass.

function Test-StaffEnd {
    # Whether a pass ends so.
    param([object] $Pass)
    return ($Pass.session.role -ceq 'staff' -and $Pass.mode -ceq 'Apply' -and -not $Pass.reportOnly -and $null -eq $Pass.refusal)
}

function Show-StaffEnd {
    param([object] $Pass, [object] $Report)
    $body = @(Format-StaffEnd $Pass $Report)
    if (-not (Get-LeaveWay $Pass)) { Show-Screen (Get-StaffTitle $Pass) $body -Below $script:SummaryBelow; return }
    # The screen that offers to sign out comes at once, and says it.
    $Pass.brief = $body
    foreach ($line in $body) { Write-Line $line -Lines 0 }
}

function Get-StaffTitle {
    param([object] $Pass)
    $number = Get-StepNumber $null
    if ($null -eq $number) { return "職員のアカウント $($Pass.session.name)" }
    return "$(Get-NumberPlace $number)  $($number.title)"
}

function Get-StaffResult {
    # The results of what is this person's to do.
    param([object] $Pass)
    $Pass.steps | Where-Object { $null -eq (Get-AwayResult (Get-PlanStep $Pass $_.id) $Pass) }
}

function Get-StaffOpen {
    param([object] $Pass)
    Get-StaffResult $Pass | Where-Object { Test-OpenStep $Pass $_ }
}

function Get-StaffHeadline {
    # That of the page of the day, which knows what OqsComApp has left; never better than this pass came to.
    param([object] $Pass, [object] $Report)
    $own = Get-Outcome $Report
    if ($own -ceq '要確認') { return Get-Headline $Report }
    $view = New-DayView $Pass $Report -Stick (Get-StickFolder $Pass)
    if ($null -eq $view -or ($Report.exit -ne 0 -and (Get-Outcome $view.report) -ceq '問題なし')) { return Get-Headline $Report }
    return Get-Headline $view.report
}

function Format-StaffEnd {
    # The body: what is wrong, or left, or there; and what comes next.
    param([object] $Pass, [object] $Report)
    $next = @(Format-Next @(Get-StaffNext $Pass $Report))
    $head = @("■ $(Get-StaffHeadline $Pass $Report)")
    $room = $script:SummaryBody - $next.Length - $head.Length - 2
    $body = @(Format-Wrong $Report $room)
    if ($body.Length -gt 0) { return $head + $body + '' + $next }
    $open = @(Get-StaffOpen $Pass)
    if ($open.Length -gt 0) {
        $head += "  $($Pass.session.name) の残り $($open.Length) 件"
        $body = @($open | ForEach-Object { Split-Short "△ $($_.title): $($_.message)" '  ' '     ' })
    }
    else {
        $head += "  $($Pass.session.name) の作業は終わりました"
        $own = @(Get-StaffResult $Pass)
        $done = @($own | Where-Object { @('apply', 'guided', 'manual') -ccontains $_.how } | ForEach-Object { $_.title })
        if ($done.Length -gt 0) { $body = @(Split-Text "済んだもの  $($done -join '、')" '  ' '              ') }
        $body += @(Format-Fact ([pscustomobject] @{ steps = $own }) ($room - $body.Length))
    }
    return $head + @(Limit-Line $body $room $script:SummaryMore) + '' + $next
}

function Get-StaffNext {
    # What the person at the PC does now, one sentence each, the next thing first.
    param([object] $Pass, [object] $Report)
    if ((Get-Outcome $Report) -ceq '要確認') { "要確認の項目があります。$(Get-CallText $Pass)" }
    "サインアウトし、$(Get-NextPerson $Pass)"
    if (@(Get-StaffOpen $Pass).Length -gt 0) {
        "続けるときは、$($Pass.session.name) のまま、$(Get-DoorText $Pass)をもう一度開きます。済んだものは聞かれません。"
    }
    if (@($Pass.did).Length -gt 0) { -join $Pass.did }
}

function Get-NextPerson {
    # Who signs in next: one of the staff whose results, as far as the stick has them, lack something; else OqsComApp.
    param([object] $Pass)
    $others = @($Pass.plan.staff | Where-Object { $_ -and (Get-AccountSid $_) -cne $Pass.session.owner })
    $left = @($others | Where-Object { -not (New-PersonWatch $null $_ $Pass).seen })
    $back = "$($Pass.plan.account) でサインインします。続きが開きます（開かないときは、デスクトップの「$script:IconName」）。"
    if ($left.Length -eq 0) { return $back }
    return "$($left[0]) でサインインして、同じことをします（まだの職員のアカウント: $($left -join '、')）。今日しないときは、$back"
}
