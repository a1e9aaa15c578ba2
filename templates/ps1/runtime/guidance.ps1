# A step that a person does while we show it: what is asked, and what each key means.

# What a step may open besides pages and folders: programs of Windows, each with its argument.
$script:Windows = @{
    certmgr = 'certmgr.msc', ''
    taskschd = 'taskschd.msc', ''
    devmgmt = 'devmgmt.msc', ''
    gpedit = 'gpedit.msc', ''
    credentials = 'control.exe', '/name Microsoft.CredentialManager'
    programs = 'control.exe', 'appwiz.cpl'
}

# Scheme of `open` → what finds the folder for the rest of it; a subject registers its own.
$script:Opener = @{}
# Of these, what the page is called that is opened on the person's word alone: by the key o.
$script:AskedOpener = @{}

$script:GuidanceTries = 5

# What a person answered: n and s, and keys of the conversation. As the keyboard gives them with and without the IME.
$script:KeyWord = @{
    '' = '', 'y', 'yes', 'はい', 'ハイ', '1', 'ok'; n = 'n', 'no', 'いいえ', 'イイエ', 'ん'; s = 's', '後日'; b = 'b'; i = 'i', 'い'; o = 'o', 'お', '開く'
    '?' = '?', '説明'; q = 'q', '中断'
}

# Why a question was left: the person wants the one before, or no more today.
$script:LeftText = '質問を離れました。'

function Invoke-GuidedStep {
    # Shown only where the PC cannot see that it is done already; where it can see, it looks again after each answer.
    param([object] $Step, [object] $Pass)
    $script:Turn.steps = @($Step)
    if (-not (Test-Checkable $Step)) { return Invoke-Question @($Step) $Pass }
    $conversation = (Get-Kind $Step.kind).conversation
    if ($null -ne $conversation) { return (& $conversation $Step $Pass) }
    $found = Invoke-VerifyStep $Step $Pass
    if (@('ok', 'not-applicable') -ccontains $found.status) { return (Add-UnseenText $Step $found) }
    $waits = $found.status -ceq 'unknown' -and $script:Turn.putOff.ContainsKey($found.message)
    if ($waits) { return Get-LaterResult $Step $found.message $found.found }
    if (Test-ClearStep $Step) { return Invoke-ClearStep $Step $Pass $found }
    if (Test-TypedStep $Step) { return Invoke-TypedUnit @($Step) $Pass }
    $watch = New-StepWatch $Step $Pass
    Set-RowState $watch (Get-Field $found 'found')
    Open-Handing @(Hide-SeenValue $Step $watch)
    try { return Invoke-SeenStep $Step $Pass $found $watch } finally { Close-Handing }
}

function Invoke-SeenStep {
    # Found: what the PC saw before it asks, Watch: what it looks for meanwhile.
    param([object] $Step, [object] $Pass, [object] $Found, [object] $Watch)
    $begins = Test-Beginning $Step
    Show-Guidance $Step -Watch $watch -Below ([int] $begins)
    if ($begins) { Write-Line '始めたら Enter を押すと、待つ間の次の作業へ進みます。' }
    $held = $false
    for ($try = 1; $try -le $script:GuidanceTries; $try++) {
        $answer = Read-GuidedAnswer $Step $watch
        if ($answer -ceq 'seen') { return (Add-UnseenText $Step $watch.result) }
        $troubled = $answer -ceq 'n'
        if ($troubled) { $answer = Resolve-Trouble $Step $Pass }
        if ($script:Cause.Contains($answer)) { return Complete-UnableStep $Step $Pass $answer }
        if ($answer -ceq 's') {
            if ($found.status -ceq 'unknown') { $script:Turn.putOff[$found.message] = $true }
            return Get-LaterResult $Step $found.message $found.found
        }
        if (Test-HeldUp $Step $held) { $held = $true; continue }
        $found = Invoke-VerifyStep $Step $Pass
        if (@('ok', 'not-applicable') -ccontains $found.status) { return (Add-UnseenText $Step $found) }
        if ($troubled) { Show-Guidance $Step -Watch $watch -Below ([int] $begins); continue }
        if ($begins) { return New-StepBehind $Step }
        foreach ($line in @(Split-Text "まだ確かめられません: $($found.message)")) { Write-Line $line }
    }
    return Get-LaterResult $Step $found.message $found.found
}

function Invoke-Question {
    # Steps that only a person sees, asked about together: a result each.
    param([object[]] $Steps, [object] $Pass)
    $answer = ''
    $open = @($Steps | Where-Object { $null -eq (Get-StepConfirmation $_ $Pass) })
    if ($open.Length -gt 0) {
        $watch = New-QuestionWatch $open $Pass
        $person = $null -ne (Get-Field $open[0] 'whole')
        if ($null -ne $watch -and $watch.seen) { $answer = 'seen' }
        elseif ($person) { $answer = Request-PersonAnswer $open[0] $Pass $watch }
        else { $answer = Request-QuestionAnswer $open $Pass $watch }
        if ($answer -ceq 'leave') { return Enter-PersonTurn $open[0] $Pass }
        # Which of them it is, is asked one by one.
        if ($answer -ceq 'n') { foreach ($step in $Steps) { Invoke-Question @($step) $Pass }; return }
        if ($answer -ceq 's' -and (Test-ManyNumber $open)) { return Invoke-QuestionByNumber $Steps $Pass }
    }
    foreach ($step in $Steps) {
        if ($open -contains $step) {
            $unable = $script:Cause.Contains($answer)
            if ($unable -and $step -eq (Select-TroubleStep $open $Pass)) { Complete-UnableStep $step $Pass $answer; continue }
            if ($unable -or $answer -ceq 's') { Get-LaterResult $step; continue }
            $seen = ''
            if ($answer -ceq 'seen') { $seen = $watch.said }
            Add-StepConfirmation $step $Pass -Seen $seen
        }
        New-StepResult $step -Status 'manual' -Message (Get-ConfirmedText (Get-StepConfirmation $step $Pass))
    }
}

function New-QuestionWatch {
    # What the PC looks for while it is asked about steps that else only a person sees; $null where that is nothing.
    param([object[]] $Steps, [object] $Pass)
    if ($null -ne (Get-Field $Steps[0] 'whole')) { return New-PersonWatch $Steps[0] $Steps[0].person $Pass }
    return New-SignWatch $Steps
}

function Request-QuestionAnswer {
    # What is answered about steps that are open: as Read-StepAnswer, n only where it is not known of which (Select-TroubleStep); or
    # the number of a cause.
    # Watch: what the PC looks for meanwhile. What is typed is taken here.
    param([object[]] $Steps, [object] $Pass, [object] $Watch = $null)
    $script:Turn.steps = $Steps
    $typed = @($Steps | Where-Object { Test-TypedStep $_ })
    $shown = @($Steps | ForEach-Object { Hide-DoneValue $_ $Pass })
    foreach ($page in @($Steps | ForEach-Object { [string] (Get-Field $_ 'open') } | Select-Object -Unique)) { Open-Guidance $page }
    $right = '人が見て答えます'
    if ($null -ne $Watch) { $right = Get-WatchTitle $Watch }
    $sum = @(Show-SignOff $Steps $Pass)
    Open-Handing $shown
    try {
        do {
            $note = @(Get-WatchNote $Watch) + @(Format-TypedLine $typed) + $sum
            $body = @(Format-QuestionBody $shown ((Get-ScreenRoom) - $note.Length)) + $note
            Show-Question (Get-NumberTitle $Steps) $body -Right $right
            if ($typed.Length -gt 0) { $answer = Read-TypedLine $typed } else { $answer = Read-StepAnswer -Watch $Watch }
            $again = $false
            $about = $null
            if ($typed.Length -eq 0 -or $Steps.Length -eq 1) { $about = Select-TroubleStep $Steps $Pass }
            if ($answer -ceq 'n' -and $null -ne $about) { $answer = Resolve-Trouble $about $Pass; $again = $answer -ceq '' }
        } while ($again)
        return $answer
    }
    finally { Close-Handing }
}

function Test-ManyNumber {
    # Whether steps are of more than one number of the visit.
    param([object[]] $Steps)
    return (@($Steps | ForEach-Object { [string] (Get-Field (Get-StepNumber $_) 'label') } | Select-Object -Unique).Length -gt 1)
}

function Invoke-QuestionByNumber {
    # Steps of several numbers, number by number: each is put off by itself.
    param([object[]] $Steps, [object] $Pass)
    $groups = @($Steps | Group-Object { [string] (Get-Field (Get-StepNumber $_) 'label') })
    foreach ($group in $groups) { Invoke-Question @($group.Group) $Pass }
}

function Get-LaterResult {
    # Of a step that was put off.
    param([object] $Step, [string] $Why = '', [object] $Found = $null)
    return New-StepResult $Step -Status 'manual' -Found $Found -Message "後で行うことになっています。$Why"
}

function Read-GuidedAnswer {
    # That it is done, or was begun; "n" and "s" as the keys say, "seen" where the PC saw it.
    param([object] $Step, [object] $Watch)
    if (Test-Beginning $Step) { return Read-StepAnswer -Watch $Watch -Claim '始めた' }
    return Read-StepAnswer -Watch $Watch
}

function ConvertTo-Key {
    # Which key an answer is; $null where it is none.
    param([string] $Answer)
    foreach ($key in $script:KeyWord.Keys) { if ($script:KeyWord[$key] -contains $Answer) { return $key } }
    return $null
}

function Get-StepClaim {
    # What Enter says at the question that is asked: what its steps claim, where they claim one thing of their own.
    param([object[]] $Steps = $script:Turn.steps)
    $claims = @($Steps | ForEach-Object { [string] (Get-Field $_ 'claim') } | Where-Object { $_ } | Select-Object -Unique)
    if ($claims.Length -eq 1) { return $claims[0] }
    return '済んだ'
}

function Open-Guidance {
    # The window, page or folder of a step.
    param([string] $Page)
    $scheme = $Page.Split(':')[0]
    if ($script:AskedOpener.ContainsKey($scheme)) { return }
    if ($script:Opener.ContainsKey($scheme)) { $Page = [string] (& $script:Opener[$scheme] $Page.Substring($scheme.Length + 1)) }
    if (-not $Page) { return }
    try {
        if ($script:Windows.ContainsKey($Page)) { Open-Program $script:Windows[$Page][0] $script:Windows[$Page][1] }
        elseif ($Page -cmatch '^edge://[a-z/]+$') { Show-EdgePage $Page }
        elseif (Test-OpenAllowed $Page) { Open-Page $Page }
    }
    catch { Write-Line "開けませんでした: $Page" }
}

function Get-AskedPage {
    # What is opened on the person's word at the question that is asked: title, page; $null where there is nothing.
    foreach ($step in @($script:Turn.steps)) {
        $scheme, $rest = ([string] (Get-Field $step 'open')).Split(':', 2)
        if (-not $script:AskedOpener.ContainsKey($scheme)) { continue }
        try { $page = [string] (& $script:Opener[$scheme] $rest) } catch { continue }
        if ($page) { return [pscustomobject] @{ title = $script:AskedOpener[$scheme]; page = $page } }
    }
}

function Format-AskedPage {
    param([object] $Asked)
    if ($null -ne $Asked) { Split-Text "$($Asked.title)（$($Asked.page)）は、o で開きます。" }
}

function Open-AskedPage {
    # In an Edge of its own, which is emptied with the pass's folder: the one that may be open goes by the proxy.
    param([object] $Asked)
    $folder = [IO.Path]::Combine((Get-UserTemp), 'edge')
    try { Open-Edge $Asked.page -Folder $folder } catch { Write-Line "開けませんでした: $($Asked.page)" }
}

function Get-StepNumber {
    # Of the visit: the one that names the step; for a member of staff, the number of that person. $null where there is none.
    param([object] $Step)
    $session = Get-Field $script:Pass 'session'
    $staff = (Get-Field $session 'role') -ceq 'staff'
    foreach ($number in Get-VisitNumber) {
        if ($staff) { $own = $null -ne $number.person -and (Get-AccountSid $number.person) -ceq $session.owner }
        else { $own = @($number.steps) -ccontains $Step.id }
        if ($own) { return $number }
    }
}

function Get-RoundNumber {
    # A number, or, once the first of its rounds is over, the one that goes on with it.
    param([object] $Number)
    $further = (Get-FurtherNumber)[$Number.label]
    if ($null -eq $further) { return $Number }
    foreach ($step in @($Number.steps | ForEach-Object { Get-PlanStep $script:Pass $_ } | Where-Object { $null -ne $_ })) {
        $block = (Get-Kind $step.kind).further
        if ($null -ne $block -and (& $block $step.target)) { return $further }
    }
    return $Number
}

$script:FurtherNumber = @{ of = $null; by = @{} }

function Get-FurtherNumber {
    # Label of a number → the one that goes on with it. It is asked for each number of each list.
    $numbers = Get-Field (Get-Field $script:Pass 'plan') 'numbers'
    if ([object]::ReferenceEquals($script:FurtherNumber.of, $numbers)) { return $script:FurtherNumber.by }
    $by = @{}
    foreach ($number in Get-VisitNumber) {
        $label = [string] (Get-Field $number 'goesOn')
        if ($label -and -not $by.ContainsKey($label)) { $by[$label] = $number }
    }
    $script:FurtherNumber = @{ of = $numbers; by = $by }
    return $by
}

function Get-VisitNumber {
    # Those of this terminal's visit, in their order.
    $numbers = Get-Field (Get-Field $script:Pass 'plan') 'numbers'
    if ($null -ne $numbers) { $numbers }
}

function Show-EdgePage {
    # Chromium takes pages of its own from nobody but the address bar (startup/url_util.cc, ValidateUrl): Edge may come to
    # front without it.
    param([string] $Page)
    $how = 'をクリックし、Ctrl+V で貼り付けて'
    try { Set-ClipboardText $Page } catch { $how = 'に入力して' }
    Open-Edge $Page
    Write-Line "Edge に $Page のページが出ないときは、このアドレスをアドレス欄${how} Enter を押してください。"
}

function Test-OpenAllowed {
    # A settings page, a secure web page, or a folder on a drive of this PC: nothing that could run.
    param([string] $Page)
    if ($Page -cmatch '^(ms-settings:[a-z0-9?=&-]*|https://[^\s"]+)$') { return $true }
    return ($Page -cmatch '^[A-Za-z]:\\[^"]*$' -and [IO.Directory]::Exists($Page))
}
