# A step that a person does while we show it.

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

$script:GuidanceTries = 5

# Why steps could not be looked at that the person put off: what waits for the same is not asked about again in this pass.
$script:PutOff = @{}

function Invoke-GuidedStep {
    # Shown only where the PC cannot see that it is done already; where it can see, it looks again after each answer.
    param([object] $Step, [object] $Pass)
    if (-not (Test-Checkable $Step)) { return Invoke-Guidance $Step $Pass }
    $conversation = (Get-Kind $Step.kind).conversation
    if ($null -ne $conversation) { return (& $conversation $Step $Pass) }
    $found = Invoke-VerifyStep $Step $Pass
    if (@('ok', 'not-applicable') -ccontains $found.status) { return $found }
    $later = $found.status -ceq 'unknown' -and $script:PutOff.ContainsKey($found.message)
    if (-not $later) { Show-Guidance $Step }
    for ($try = 1; -not $later -and $try -le $script:GuidanceTries; $try++) {
        if ((Read-GuidedAnswer $Step) -ieq 's') {
            if ($found.status -ceq 'unknown') { $script:PutOff[$found.message] = $true }
            break
        }
        $found = Invoke-VerifyStep $Step $Pass
        if (@('ok', 'not-applicable') -ccontains $found.status) { return $found }
        Write-Line "まだ確かめられません: $($found.message)"
    }
    $null = $Pass.next.Add('again')
    return New-StepResult $Step -Status 'manual' -Found $found.found -Message "後で行うことになっています。$($found.message)"
}

function Read-GuidedAnswer {
    # What the kind itself asks for, or only that it is done; "s" for later.
    param([object] $Step)
    $question = (Get-Kind $Step.kind).question
    if ($null -ne $question) { return [string] (& $question $Step.target $Step.wanted) }
    return Read-Answer '済んだら Enter、後で行う場合は s と Enter を押してください: '
}

function Write-StepHead {
    # What a person is asked about: the number of the visit, as the sheet has it, and the step.
    param([object] $Step)
    Write-Line ''
    $number = Get-StepNumber $Step
    if ($null -ne $number) {
        $last = [string] @($script:Pass.plan.numbers)[-1].label
        Write-Line "$($number.label)/$($last.TrimEnd([char[]] 'abcdefghijklmnopqrstuvwxyz'))  $($number.title)"
    }
    Write-Line "――― $($Step.title) ―――"
}

function Get-StepNumber {
    # Of the visit: the one that names the step; for a member of staff, the number of that person. $null where there is none.
    param([object] $Step)
    $numbers = @(Get-Field (Get-Field $script:Pass 'plan') 'numbers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $session = Get-Field $script:Pass 'session'
    if ((Get-Field $session 'role') -ceq 'staff') {
        $own = { $null -ne $_.person -and (Get-AccountSid $_.person) -ceq $session.owner }
        return ($numbers | Where-Object $own | Select-Object -First 1)
    }
    return ($numbers | Where-Object { @($_.steps) -ccontains $Step.id } | Select-Object -First 1)
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
