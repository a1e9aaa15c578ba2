# A task of the Task Scheduler. Two tasks are the same when they start at the same times, do the same, as the same
# account with the same rights, under the same conditions: Windows writes its XML in its own way.

# What the schema leaves out means (MS-TSCH 2.3, Settings).
$script:TaskDefault = [ordered] @{
    AllowHardTerminate = 'true'; AllowStartOnDemand = 'true'; DisallowStartIfOnBatteries = 'true'; Enabled = 'true'
    ExecutionTimeLimit = 'P3D'; Hidden = 'false'; MultipleInstancesPolicy = 'IgnoreNew'; Priority = '7'; RunOnlyIfIdle = 'false'
    RunOnlyIfNetworkAvailable = 'false'; StartWhenAvailable = 'false'; StopIfGoingOnBatteries = 'true'; WakeToRun = 'false'
}
$script:TaskLogon = @{ Password = 1; S4U = 2; InteractiveToken = 3; InteractiveTokenOrPassword = 6 }
# What the last run says of the password that is stored with a task (winerror.h, 1326 to 1909, as HRESULT; SCHED_E_…, Task
# Scheduler constants). again: only registering the task anew with a password that is right mends it.
$script:TaskRefusal = @{
    '8007052E' = @{ again = $true; text = '{0} のパスワードが、タスクを登録したときから変わっています' }
    '8007052F' = @{ again = $true; text = '{0} にパスワードがないか、サインインが制限されています' }
    '80070532' = @{ again = $true; text = '{0} のパスワードの有効期限が切れています' }
    '80070773' = @{ again = $true; text = '{0} は、次のサインインのときにパスワードを変えるように設定されています' }
    '8004130F' = @{ again = $true; text = 'タスクに保存された {0} のパスワードが失われています' }
    '80070533' = @{ again = $false; text = '{0} が無効になっています' }
    '80070569' = @{ again = $false; text = '{0} に「バッチ ジョブとしてログオン」の権利がありません' }
    '80070701' = @{ again = $false; text = '{0} のアカウントの有効期限が切れています' }
    '80070775' = @{ again = $false; text = '{0} が、パスワードの誤りのためにロックされています' }
}
# FILE_GENERIC_READ, FILE_GENERIC_EXECUTE and DELETE (MS-TSCH 2.4.1, winnt.h).
$script:TaskReader = 0x1300a9L
$script:TaskServiceAccount = 'S-1-5-18', 'S-1-5-19', 'S-1-5-20'

# A password that is typed once more in the Task Scheduler's window has it written anew: what it does is ours, however it is
# written, and whether it is switched on is not.
Register-Kind 'task' -Format 1 -Ours @{ xml = 'タスクの内容' } -Same @{ xml = { param($Was, $Is) Test-SameTask $Was $Is } } -Tell @{
    xml = { param($Was, $Is) Get-TaskChange $Was $Is }
} -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    $state = [ordered] @{ xml = (ConvertTo-TaskText $task.xml); enabled = $task.enabled }
    Add-TaskOutcome $state $Target
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $own = Test-OwnTaskFolder $Target
    # What is registered over keeps its access list.
    if ($null -eq $State -or $own) { Unregister-Task -Path $Target.path -Name $Target.name }
    if ($own) { Clear-TaskFolder $Target.path }
    if ($null -ne $State) { Register-TaskDocument $Target (Get-TaskBefore $State) }
} -Test {
    param($Wanted, $Found)
    return ((Test-TaskState $Wanted $Found) -and -not (Test-TaskRefused $Wanted $Found))
} -Difference {
    param($Target, $Wanted, $Found)
    Get-TaskDifference $Target.name $Wanted $Found
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State) { return }
    Get-TaskSecretName (Read-TaskXml $State.xml)
}

function Test-OwnTaskFolder {
    # Whether a task stands in a folder of ours, which nobody but administrators may write.
    param([object] $Target)
    return ($Target.path -cne '\')
}

function Clear-TaskFolder {
    # Takes a folder of ours away where it is empty, or where others could write to it or to what is in it.
    param([string] $Path)
    $folder = Read-TaskFolder -Path $Path
    if ($null -eq $folder) { return }
    if ((Test-TaskAccess $folder.sddl) -and $folder.tasks.Length + $folder.folders.Length -gt 0) { return }
    foreach ($name in $folder.tasks) { Unregister-Task -Path $Path -Name $name }
    Remove-TaskFolder -Path $Path
}

function Test-TaskAccess {
    # Whether only administrators and the system own and change it; others may read, run, and delete what they were given.
    param([string] $Sddl)
    $ours = 'S-1-5-18', 'S-1-5-32-544'
    if ($Sddl -cnotmatch '^O:(BA|SY|S-1-5-18|S-1-5-32-544)(?=[GD]:)') { return $false }
    $entries = (ConvertFrom-Sddl $Sddl).entries
    if ($null -eq $entries) { return $false }
    $others = @($entries | Where-Object { $_.type -eq 0 -and $ours -cnotcontains $_.sid })
    return (@($others | Where-Object { ($_.rights -band -bnot $script:TaskReader) -ne 0 }).Length -eq 0)
}

function Get-TaskSddl {
    # The access list of a task in a folder of ours: its own account reads it, and deletes it once it is used up.
    param([string] $Sid)
    return "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x$($script:TaskReader.ToString('x'));;;$Sid)"
}

function Get-TaskSecretName {
    # The account whose password has to be given to register a task; nothing where it needs none.
    param([Xml.XmlDocument] $Document)
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    $user = Get-TaskText $principal 'UserId'
    $sid = $user
    if ($user -match '^S-1-\d+(-\d+)+$') { $user = Get-AccountName $user } else { $sid = Get-AccountSid $user.Split('\')[-1] }
    if (Test-TaskSecretNeed (Get-TaskText $principal 'LogonType') $sid) { return $user.Split('\')[-1] }
}

function Test-TaskSecretNeed {
    # Whether Windows wants a password to register it: S4U keeps none, and yet only its own account goes without
    # (win32/taskschd, Security Contexts for Tasks).
    param([string] $Logon, [string] $Sid)
    if (@('Password', 'InteractiveTokenOrPassword') -ccontains $Logon) { return $true }
    return ($Logon -ceq 'S4U' -and $Sid -cne (Get-TokenSid))
}

function Get-TaskRefusal {
    # What the last run of a task says of the password that is stored with it: text, again; $null where it says nothing.
    param([object] $Target, [object] $Run = (Read-LastRun $Target))
    if ($null -eq $Run -or $null -eq $Run.document) { return $null }
    $refusal = $script:TaskRefusal['{0:X8}' -f $Run.result]
    if ($null -eq $refusal -or ($refusal.again -and $Run.over)) { return $null }
    $principal = Get-TaskPrincipal $Run.document
    if (@($script:TaskLogon.Password, $script:TaskLogon.InteractiveTokenOrPassword) -notcontains $principal.logon) { return $null }
    $why = "$($refusal.text -f (Get-AccountName $principal.sid))（前回の実行の結果 0x$('{0:X8}' -f $Run.result)）。"
    if ($refusal.again) { $why += '1_適用 を開き、いまのパスワードを入力してください。' }
    return [pscustomobject] @{ again = $refusal.again; text = $why }
}

function Read-LastRun {
    # A task's last run: at, result; document: the task as it is now; over: it was registered anew since, so that the run says
    # nothing of it. $null where there is no such task.
    param([object] $Target)
    $run = Read-TaskRun -Path $Target.path -Name $Target.name
    if ($null -eq $run) { return $null }
    $task = Read-Task -Path $Target.path -Name $Target.name
    $document = $null
    if ($null -ne $task) { $document = Read-TaskXml $task.xml }
    $over = $null -ne $document -and (Test-TaskMadeSince $document $run)
    return [pscustomobject] @{ at = $run.at; result = $run.result; document = $document; over = $over }
}

function Add-TaskOutcome {
    # Says of a task's state what its last run says: that its password is refused cannot be seen in its definition.
    param([System.Collections.IDictionary] $State, [object] $Target)
    $refusal = Get-TaskRefusal $Target
    if ($null -eq $refusal) { return }
    if ($refusal.again) { $State.refused = $true; $State.message = $refusal.text } else { $State.warning = $refusal.text }
}

function Test-TaskRefused {
    # What was there before us is as it was, whatever becomes of its password.
    param([object] $Wanted, [object] $Found)
    return ($null -eq (Get-Field $Wanted 'enabled') -and $true -eq (Get-Field $Found 'refused'))
}

function Register-TaskDocument {
    # Registers a task whose accounts are SIDs.
    param([object] $Target, [Xml.XmlDocument] $Document)
    $account = Get-TaskPrincipal $Document
    $user = ''
    $secret = $null
    if ($account.password) {
        $name = Get-AccountName $account.sid
        $user = "$(Get-ComputerText)\$name"
        $secret = Get-Secret $name
    }
    # What became of its last run stays with a task that is replaced: from its date on, that run says nothing of the password.
    $refusal = Get-TaskRefusal $Target
    if ($null -ne $refusal -and $refusal.again -and -not (Test-Undoing)) { Set-TaskDate $Document (Get-LocalTime) }
    $task = @{ Path = $Target.path; Name = $Target.name; Xml = $Document.DocumentElement.OuterXml; User = $user; Secret = $secret }
    if (Test-OwnTaskFolder $Target) { $task.Sddl = Get-TaskSddl $account.sid }
    Register-Task @task -LogonType $account.logon
}

function Set-TaskDate {
    # When a task was made, in local time, as the time of its last run is told.
    param([Xml.XmlDocument] $Document, [DateTime] $At)
    $root = $Document.DocumentElement
    $node = $root
    foreach ($name in 'RegistrationInfo', 'Date') {
        $child = Select-TaskNode $node @($name)
        # Windows' own schema wants RegistrationInfo first.
        if ($null -eq $child) { $child = $node.PrependChild($Document.CreateElement($name, $root.NamespaceURI)) }
        $node = $child
    }
    $node.InnerText = $At.ToString('yyyy-MM-ddTHH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
}

function Test-TaskMadeSince {
    # Whether a task was made after its last run began.
    param([Xml.XmlDocument] $Document, [object] $Run)
    $text = Get-TaskText (Select-TaskNode $Document.DocumentElement @('RegistrationInfo')) 'Date'
    if ($text -ceq '' -or $null -eq $Run.at) { return $false }
    try { $made = [Xml.XmlConvert]::ToDateTime($text, [Xml.XmlDateTimeSerializationMode]::Local) } catch { return $false }
    return ($made -gt $Run.at -and $made -le (Get-LocalTime))
}

function Test-TaskState {
    # As wanted: the task is there, switched on (or as `enabled` says), and does the same.
    param([object] $Wanted, [object] $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $enabled = Get-Field $Wanted 'enabled'
    if ($null -ne $enabled) { return ($enabled -eq $Found.enabled -and (Test-SameTask $Wanted.xml $Found.xml)) }
    if (-not $Found.enabled) { return $false }
    return (Test-Same (ConvertTo-TaskModel $Wanted.xml) (ConvertTo-TaskModel $Found.xml))
}

function Get-TaskBefore {
    # A task as a state has it, switched on or off as it says, and its accounts as SIDs.
    param([object] $State)
    $document = Read-TaskXml $State.xml
    Resolve-TaskAccount $document
    if ($null -ne (Get-Field $State 'enabled')) { Set-TaskSwitch $document $State.enabled }
    return , $document
}

function Set-TaskSwitch {
    # Switches a task's definition on or off: what is on needs no word of it.
    param([Xml.XmlDocument] $Document, [bool] $On)
    $root = $Document.DocumentElement
    $settings = Select-TaskNode $root @('Settings')
    $node = Select-TaskNode $settings @('Enabled')
    if ($null -ne $node) { $node.InnerText = ([string] $On).ToLowerInvariant(); return }
    if ($On) { return }
    if ($null -eq $settings) { $settings = $root.AppendChild($Document.CreateElement('Settings', $root.NamespaceURI)) }
    $node = $settings.AppendChild($Document.CreateElement('Enabled', $settings.NamespaceURI))
    $node.InnerText = 'false'
}

function Test-SameTask {
    # Whether two definitions do the same, but for being switched on.
    param([string] $First, [string] $Second)
    return (@(Get-TaskModelLine $First) -join "`n") -ceq (@(Get-TaskModelLine $Second) -join "`n")
}

function Get-TaskChange {
    # What a definition has that another one had not, for people.
    param([string] $Was, [string] $Is)
    $known = @(Get-TaskModelLine $Was)
    $new = @(Get-TaskModelLine $Is | Where-Object { $known -cnotcontains $_ })
    if ($new.Length -eq 0) { return '一部がない別の内容' }
    return ($new -join '、')
}

function Get-TaskModelLine {
    # What matters of a definition, a line each.
    param([string] $Xml)
    $model = ConvertTo-TaskModel $Xml
    $model.settings = Select-Field $model.settings @(Get-FieldName $model.settings | Where-Object { $_ -cne 'Enabled' })
    foreach ($part in $script:TaskPart.Keys) {
        foreach ($line in @(Get-TaskPartLine (Get-Field $model $part))) { "$($script:TaskPart[$part]) $line" }
    }
}

function Read-TaskXml {
    param([string] $Xml)
    $document = New-Object Xml.XmlDocument
    $document.XmlResolver = $null
    $document.LoadXml($Xml)
    return , $document
}

function Select-TaskNode {
    # The first element below Node along the local names; $null where one is missing.
    param([object] $Node, [string[]] $Names)
    foreach ($name in $Names) {
        if ($null -eq $Node) { return $null }
        $next = $null
        foreach ($child in $Node.ChildNodes) { if ($child -is [Xml.XmlElement] -and $child.LocalName -ceq $name) { $next = $child; break } }
        $Node = $next
    }
    if ($null -eq $Node) { return $null }
    return , $Node
}

function Get-TaskText {
    # The text of a child element; empty where there is none.
    param([object] $Node, [string] $Name)
    $child = Select-TaskNode $Node @($Name)
    if ($null -eq $child) { return '' }
    return $child.InnerText.Trim()
}

function ConvertTo-TaskText {
    # One text for what Windows gives: no blanks between elements, the parts that may come in any order (xs:all) by name.
    param([string] $Xml)
    $document = Read-TaskXml $Xml
    foreach ($path in @(@('RegistrationInfo'), @('Principals', 'Principal'), @('Settings'))) {
        $node = Select-TaskNode $document.DocumentElement $path
        if ($null -eq $node) { continue }
        $children = @($node.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] } | Sort-Object -Property LocalName)
        foreach ($child in $children) { $null = $node.AppendChild($child) }
    }
    return $document.DocumentElement.OuterXml
}

function Resolve-TaskAccount {
    # Puts the SID in the place of each account name: a bare name is this PC's account.
    param([Xml.XmlDocument] $Document)
    foreach ($node in @($Document.GetElementsByTagName('UserId'))) {
        $name = $node.InnerText.Trim()
        if ($name -match '^S-1-\d+(-\d+)+$') { continue }
        $sid = Get-AccountSid $name.Split('\')[-1]
        if ($null -eq $sid) { throw "ユーザー $name がこの PC にありません。" }
        $node.InnerText = $sid
    }
}

function Get-TaskPrincipal {
    # sid, password (whether it takes one), logon: TASK_LOGON_TYPE.
    param([Xml.XmlDocument] $Document)
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    $sid = Get-TaskText $principal 'UserId'
    $type = Get-TaskText $principal 'LogonType'
    $logon = 0
    if ($type -cne '') { $logon = $script:TaskLogon[$type] }
    elseif ($script:TaskServiceAccount -ccontains $sid) { $logon = 5 }
    elseif ((Get-TaskText $principal 'GroupId') -cne '') { $logon = 4 }
    return [pscustomobject] @{ sid = $sid; password = (Test-TaskSecretNeed $type $sid); logon = $logon }
}

function ConvertTo-TaskModel {
    # What of a task's XML matters, with the defaults left out, in one form.
    param([string] $Xml)
    $root = (Read-TaskXml $Xml).DocumentElement
    $principal = Select-TaskNode $root @('Principals', 'Principal')
    $level = Get-TaskText $principal 'RunLevel'
    if ($level -ceq '') { $level = 'LeastPrivilege' }
    $settings = [ordered] @{}
    $found = Select-TaskNode $root @('Settings')
    foreach ($name in $script:TaskDefault.Keys) {
        $text = Get-TaskText $found $name
        if ($text -ceq '') { $text = $script:TaskDefault[$name] }
        $settings[$name] = ConvertTo-TaskLeaf $name $text
    }
    $triggers = Select-TaskNode $root @('Triggers')
    $actions = Select-TaskNode $root @('Actions')
    return [pscustomobject] @{
        triggers = @(Get-TaskPart $triggers | ForEach-Object { ConvertTo-TaskTrigger $_ })
        actions = @(Get-TaskPart $actions | ForEach-Object { ConvertTo-TaskAction $_ })
        principal = [pscustomobject] @{
            user = (ConvertTo-TaskLeaf 'UserId' (Get-TaskText $principal 'UserId')); group = (Get-TaskText $principal 'GroupId')
            logon = (Get-TaskText $principal 'LogonType'); level = $level
        }
        settings = [pscustomobject] $settings
    }
}

function Get-TaskPart {
    # The elements in an element; nothing where it is missing.
    param([object] $Node)
    if ($null -eq $Node) { return }
    foreach ($child in $Node.ChildNodes) { if ($child -is [Xml.XmlElement]) { $child } }
}

function ConvertTo-TaskLeaf {
    # The text of one element: an account as its SID, a span of time in seconds, true and false as words.
    param([string] $Name, [string] $Text)
    $Text = $Text.Trim()
    if ($Name -ceq 'UserId' -and $Text -cne '' -and $Text -notmatch '^S-1-\d+(-\d+)+$') {
        $sid = Get-AccountSid $Text.Split('\')[-1]
        if ($null -ne $sid) { return $sid }
    }
    if (@('Delay', 'RandomDelay', 'Interval', 'Duration', 'ExecutionTimeLimit', 'WaitTimeout') -ccontains $Name -and $Text -cmatch '^-?P') {
        return [Xml.XmlConvert]::ToTimeSpan($Text).TotalSeconds.ToString('0', [Globalization.CultureInfo]::InvariantCulture)
    }
    if ($Text -ceq '1' -and $Name -ceq 'Enabled') { return 'true' }
    if ($Text -ceq '0' -and $Name -ceq 'Enabled') { return 'false' }
    return $Text
}

function ConvertTo-TaskTrigger {
    param([Xml.XmlElement] $Node)
    $defaults = @(
        '/Enabled=true'
        '/Delay=0'
        '/RandomDelay=0'
        '/Repetition/StopAtDurationEnd=false'
        '/ScheduleByDay/DaysInterval=1'
    )
    $lines = @(Get-TaskLine $Node '' | Where-Object { $defaults -cnotcontains $_ })
    # A daily trigger counts from its first day on: which day that was does not matter once it has come.
    $start = Get-TaskText $Node 'StartBoundary'
    $daily = Select-TaskNode $Node @('ScheduleByDay')
    if ($null -ne $daily -and $start -cmatch '^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$') {
        $today = (Get-LocalTime).ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
        $time = $Matches[2]
        if ([string]::CompareOrdinal($Matches[1], $today) -le 0) {
            $lines = @($lines | ForEach-Object { if ($_ -clike '/StartBoundary=*') { "/StartBoundary=$time" } else { $_ } })
        }
    }
    return [pscustomobject] @{ type = $Node.LocalName; lines = @($lines | Sort-Object) }
}

function Get-TaskLine {
    # Each leaf below an element as /path=text, and each element that holds nothing.
    param([Xml.XmlElement] $Node, [string] $Path)
    foreach ($child in $Node.ChildNodes) {
        if ($child -isnot [Xml.XmlElement]) { continue }
        $inner = @($child.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] })
        if ($inner.Length -gt 0) { "$Path/$($child.LocalName)"; Get-TaskLine $child "$Path/$($child.LocalName)" }
        elseif ($child.LocalName -clike 'ScheduleBy*') { "$Path/$($child.LocalName)" }
        else { "$Path/$($child.LocalName)=$(ConvertTo-TaskLeaf $child.LocalName $child.InnerText)" }
    }
}

function ConvertTo-TaskAction {
    param([Xml.XmlElement] $Node)
    if ($Node.LocalName -cne 'Exec') { return [pscustomobject] @{ type = $Node.LocalName; lines = @(Get-TaskLine $Node '') } }
    # By hand one types "shutdown": programs of System32 are found by their names.
    $command = (Get-TaskText $Node 'Command').Trim('"').ToLowerInvariant() -replace
        '^(%windir%|%systemroot%|[a-z]:\\windows)\\system32\\', ''
    return [pscustomobject] @{
        type = 'Exec'
        command = ($command -replace '\.exe$', '')
        arguments = ((Get-TaskText $Node 'Arguments') -replace '\s+', ' ')
        folder = (Get-TaskText $Node 'WorkingDirectory')
    }
}

function Get-TaskDailyTime {
    # HH:MM of a task with one daily trigger that is on; $null of any other.
    param([string] $Xml)
    $triggers = Select-TaskNode (Read-TaskXml $Xml).DocumentElement @('Triggers')
    if ($null -eq $triggers) { return $null }
    $all = @($triggers.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] })
    if ($all.Length -ne 1 -or $null -eq (Select-TaskNode $all[0] @('ScheduleByDay'))) { return $null }
    if ((ConvertTo-TaskLeaf 'Enabled' (Get-TaskText $all[0] 'Enabled')) -ceq 'false') { return $null }
    if ((Get-TaskText $all[0] 'StartBoundary') -cmatch 'T(\d\d:\d\d):\d\d$') { return $Matches[1] }
    return $null
}
