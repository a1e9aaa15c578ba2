# The turn of one of the staff, at the number that is theirs: the screen says who signs in next and what that person does, signs
# OqsComApp out at Enter, and opens again at its next sign-in (leave.ps1). There their own result has settled it (New-PersonWatch).

# Lines below what is said: two, the keys, and what is typed.
$script:PersonBelow = 4

function Request-PersonAnswer {
    # What is answered about a person's part: leave, OqsComApp signs out for that person; empty, it is said to be done; as
    # Request-QuestionAnswer else.
    param([object] $Step, [object] $Pass, [object] $Watch)
    $script:Turn.steps = @($Step)
    if (-not (Test-PersonThere $Step)) { Open-Guidance ([string] (Get-Field $Step 'open')) }
    $told = ''
    $obstacles = @()
    while ($true) {
        $there = Test-PersonThere $Step
        Show-PersonQuestion $Step $Pass $Watch $there $obstacles
        $obstacles = @()
        $answer = Read-PersonAnswer $there
        if ($answer -ceq 'there') { continue }
        if ($answer -ceq 'n') { $answer = Resolve-Trouble $Step $Pass; if ($answer -cne '') { return $answer }; continue }
        if ($answer -ceq '1' -and (Test-Contradicted $Watch $told)) { $told = $Watch.left; continue }
        if ($answer -cne 's' -and (Test-Seen $Watch)) { return 'seen' }
        if ($answer -ceq '1') { return '' }
        if ($answer -ceq 'leave') { $obstacles = @(Get-LeaveObstacle 'sign-out') }
        if ($answer -ceq 's' -or ($answer -ceq 'leave' -and $obstacles.Length -eq 0)) { return $answer }
    }
}

function Test-PersonThere {
    # Whether this PC has the account of a person's part.
    param([object] $Step)
    return ($null -ne (Get-AccountSid $Step.person))
}

function Show-PersonQuestion {
    # There: whether this PC has the account. Obstacles: what has to end before anybody signs out.
    param([object] $Step, [object] $Pass, [object] $Watch, [bool] $There, [string[]] $Obstacles = @())
    $note = @(Get-WatchNote $Watch)
    if (-not (Get-StickFolder $Pass)) { $note = @(Split-Text '一式の USB メモリーが挿さっていません。挿しておくと、結果をこの PC が見ます。') + $note }
    $note = @($Obstacles | ForEach-Object { Split-Text "× $_" }) + $note
    $shown = $Step
    if (-not $There) { $shown = $Step.PSObject.Copy(); $shown.what = Get-AccountText $Step.person }
    $room = (Get-ScreenRoom) - $note.Length - $script:PersonBelow + $script:ScreenBelow
    $body = @(Format-QuestionBody @($shown) $room) + $note
    Show-Question (Get-NumberTitle @($Step)) $body -Below $script:PersonBelow
    Write-Line "$($Step.person) で済んでいて、その結果を USB に写せないときは、1 と入力してください。"
}

function Read-PersonAnswer {
    # leave, 1, n or s; there: the account that was still to be made is there now.
    param([bool] $There)
    $claim, $look = 'サインアウトする', $null
    if (-not $There) { $claim, $look = '追加した', { Test-PersonThere $script:Turn.steps[0] } }
    while ($true) {
        $answer = Read-StepAnswer -Claim $claim -Typed '番号' -Look $look
        $typed = $answer.Normalize([Text.NormalizationForm]::FormKC).Trim()
        if (@('1', 'n', 's') -ccontains $typed) { return $typed }
        if (-not $There -and (Test-PersonThere $script:Turn.steps[0])) { return 'there' }
        if ((ConvertTo-Key $typed) -cne '') { Write-Line 'その答えはありません。行にあるキーを押してください。' }
        elseif ($There) { return 'leave' }
        else { Write-Line "$($script:Turn.steps[0].person) は、まだこの PC にありません。" }
    }
}

function Enter-PersonTurn {
    # Of a person's part for which OqsComApp signs out: what comes after it waits. The result of the step.
    param([object] $Step, [object] $Pass)
    $Pass.person = [string] $Step.person
    $script:Turn.restart = $script:Turn.place + 1
    return New-StepResult $Step -Status 'manual' -Message "$($Step.person) でサインインして行っています。"
}

function Get-PersonTurnText {
    # What follows once OqsComApp is signed out; a first sign-in takes a while, in which there is something to write, and only where
    # something secret is told there is it brought.
    param([string] $Name)
    $meanwhile = ''
    foreach ($number in @(Get-VisitNumber | Where-Object { $_.id -ceq 'sign-off' })) {
        $meanwhile = "初めてのサインインには 3 分ほどかかります。その間に、$($number.label) の紙を書けます。"
    }
    $brought = ''
    if (@($script:Pass.plan.steps | Where-Object { $_.who -ceq 'everyone' -and $null -ne (Get-Kind $_.kind).secret }).Length -gt 0) {
        $brought = '電子証明書の媒体を挿し、証明書パスワードを用意してください。'
    }
    return "サインアウトしたら、次は $Name でサインインします。${meanwhile}スタート メニューの「$script:EntryName」を開き、1_適用 をダブルクリックすると、" +
        "$Name で行うことだけが出ます。${brought}終わると、その画面が $Name をサインアウトします。" +
        "次は $($script:Pass.plan.account) でサインインします。続きは自動で開きます。"
}

function Get-AccountText {
    # What a person does where the account is still to be made.
    param([string] $Name)
    return "$Name が、まだこの PC にありません。Windows の設定の「その他のユーザー」で「アカウントの追加」を押し、Microsoft アカウントを持たないユーザーとして $Name を追加します。" +
        'パスワードは本人が 2 回入力します。アカウントの種類は施設と決めます。追加すると、この画面が進みます。'
}

function Get-WaitingText {
    # Why a step is not done in this session any more.
    param([object] $Pass)
    if ($Pass.person) { return "$($Pass.person) の後に続けます。" }
    return '再起動した後に続けます。'
}
