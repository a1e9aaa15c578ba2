# A task that an application's installer brings as an XML file: registered as the file says, but for the account, which
# is another one on every PC, and where wanted for the delay of its triggers. The rest is as in the kind `task`. Where an
# application does not update itself, somebody switches the task off afterwards, which is right then (mayBeOff).

# Triggers that can be delayed (task schema: the others have a random delay at most).
$script:TaskDelayed = 'BootTrigger', 'LogonTrigger', 'EventTrigger', 'RegistrationTrigger', 'SessionStateChangeTrigger'

# The manual itself has the task switched off or delayed later: it is still ours.
Register-Kind 'vendor-task' -Format 1 -Ours @{ xml = 'タスクの内容' } -Same @{
    xml = { param($Was, $Is) Test-SameTask (Get-UndelayedXml $Was) (Get-UndelayedXml $Is) }
} -Tell @{ xml = { param($Was, $Is) Get-TaskChange (Get-UndelayedXml $Was) (Get-UndelayedXml $Is) } } -Get {
    param($Target)
    # What is to be undone is undone, whether the application is still there or not.
    if (-not (Test-Undoing) -and $null -eq (Find-VendorTaskFile $Target.file)) {
        return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.file)" }
    }
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    $state = [ordered] @{ xml = (ConvertTo-TaskText $task.xml); enabled = $task.enabled; file = $Target.file }
    Add-TaskOutcome $state $Target
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -eq $State) { Unregister-Task -Path $Target.path -Name $Target.name; return }
    $document = Get-VendorTask $Target.file $State
    if (Get-Field $State 'mayBeOff') {
        $task = Read-Task -Path $Target.path -Name $Target.name
        if ($null -ne $task -and -not $task.enabled) { Set-TaskSwitch $document $false }
    }
    Register-TaskDocument $Target $document
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if (Test-VendorTaskBefore $Wanted) { return (Test-TaskState $Wanted $Found) }
    if (Test-TaskRefused $Wanted $Found) { return $false }
    if (Get-Field $Wanted 'mayBeOff') { $Found = ConvertTo-SwitchedOnTask $Found }
    $task = [pscustomobject] @{ xml = (Get-VendorTask $Found.file $Wanted).DocumentElement.OuterXml }
    if ($null -ne $Wanted.delay) { return (Test-TaskState $task $Found) }
    # A delay that somebody has put in does no harm: the manual itself asks for it where updates get stuck.
    return (Test-TaskState (ConvertTo-UndelayedTask $task) (ConvertTo-UndelayedTask $Found))
} -Difference {
    param($Target, $Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return (Get-TaskDifference $Target.name $Wanted $Found) }
    if (Get-Field $Wanted 'mayBeOff') { $Found = ConvertTo-SwitchedOnTask $Found }
    $task = [pscustomobject] @{ xml = (Get-VendorTask $Found.file $Wanted).DocumentElement.OuterXml }
    if ($null -eq $Wanted.delay) { $task = ConvertTo-UndelayedTask $task; $Found = ConvertTo-UndelayedTask $Found }
    Get-TaskDifference $Target.name ([pscustomobject] @{ xml = $task.xml }) $Found
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State) { return }
    if (Test-VendorTaskBefore $State) { return (Get-TaskSecretName (Read-TaskXml $State.xml)) }
    return (Get-TaskSecretName (Get-VendorTask $Target.file $State))
}

function Test-VendorTaskBefore {
    # Whether it is what was there before, rather than what is wanted.
    param([object] $State)
    return ($null -ne (Get-Field $State 'xml'))
}

function Get-VendorTask {
    # The task as it is to be registered.
    param([string] $File, [object] $State)
    if (Test-VendorTaskBefore $State) {
        return , (Get-TaskBefore $State)
    }
    $document = Read-VendorTaskFile $File
    Resolve-VendorTaskAccount $document $State.account
    if ($null -ne $State.delay) { Add-TaskDelay $document $State.delay }
    return , $document
}

function Find-VendorTaskFile {
    # The file; one manual spells "delfile" as "delfine" in one place. $null where there is none.
    param([string] $Path)
    foreach ($name in $Path, ($Path -replace 'delfile', 'delfine')) { if (Test-FilePresence -Path $name) { return $name } }
    return $null
}

function Read-VendorTaskFile {
    param([string] $Path)
    $file = Find-VendorTaskFile $Path
    if ($null -eq $file) { throw "ファイルがありません: $Path" }
    Assert-TrustedFile $file
    try {
        $document = ConvertFrom-TaskByte (Read-FileByte -Path $file)
        if ($document.DocumentElement.LocalName -cne 'Task') { throw 'Task' }
    }
    catch { throw "タスクの定義として読めません: $file" }
    return , $document
}

function ConvertFrom-TaskByte {
    # XML by its byte order mark, else by its prolog. Nothing outside the file is read, and no entity is expanded.
    param([byte[]] $Bytes)
    $start = [BitConverter]::ToString($Bytes, 0, [Math]::Min(2, $Bytes.Length))
    $prolog = [Text.Encoding]::GetEncoding(28591).GetString($Bytes, 0, [Math]::Min(200, $Bytes.Length))
    $encoding = New-Object Text.UTF8Encoding($false, $true)
    if (@('FF-FE', '3C-00') -ccontains $start) { $encoding = [Text.Encoding]::Unicode }
    elseif (@('FE-FF', '00-3C') -ccontains $start) { $encoding = [Text.Encoding]::BigEndianUnicode }
    elseif ($prolog -match '^<\?xml[^>]*encoding\s*=\s*["''](shift_jis|windows-31j|cp932|ms932)["'']') {
        $encoding = [Text.Encoding]::GetEncoding(932)
    }
    $text = $encoding.GetString($Bytes).TrimStart([char] 0xfeff) -replace '^\s*<\?xml[^>]*\?>', ''
    $settings = New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = [Xml.DtdProcessing]::Prohibit
    $settings.XmlResolver = $null
    $settings.MaxCharactersInDocument = 1000000
    $reader = [Xml.XmlReader]::Create((New-Object IO.StringReader($text)), $settings)
    try {
        $document = New-Object Xml.XmlDocument
        $document.XmlResolver = $null
        $document.Load($reader)
        return , $document
    }
    finally { $reader.Dispose() }
}

function Resolve-VendorTaskAccount {
    # The account in the place of whoever made the file: setup P.34 has it chosen by hand, and its password given.
    param([Xml.XmlDocument] $Document, [string] $Account)
    $sid = Get-AccountSid $Account
    if ($null -eq $sid) { throw "ユーザー $Account がこの PC にありません。" }
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    if ($null -eq $principal) { throw 'タスクの定義に、実行するユーザーの欄がありません。' }
    $group = Select-TaskNode $principal @('GroupId')
    if ($null -ne $group) { $null = $principal.RemoveChild($group) }
    foreach ($name in 'UserId', 'LogonType') {
        if ($null -eq (Select-TaskNode $principal @($name))) {
            $null = $principal.AppendChild($Document.CreateElement($name, $principal.NamespaceURI))
        }
    }
    foreach ($node in @($Document.GetElementsByTagName('UserId'))) { $node.InnerText = $sid }
    $logon = Select-TaskNode $principal @('LogonType')
    if ($logon.InnerText.Trim() -ceq '') { $logon.InnerText = 'Password' }
}

function Add-TaskDelay {
    # Every trigger that can be delayed; the rest of it, Repetition above all, stays. Delay is the last of their elements.
    param([Xml.XmlDocument] $Document, [string] $Delay)
    $count = 0
    foreach ($trigger in @(Get-DelayedTrigger $Document)) {
        $node = Select-TaskNode $trigger @('Delay')
        if ($null -eq $node) { $node = $trigger.AppendChild($Document.CreateElement('Delay', $trigger.NamespaceURI)) }
        $node.InnerText = $Delay
        $count++
    }
    if ($count -eq 0) { throw '遅延時間を指定できるトリガーがありません。' }
}

function Get-DelayedTrigger {
    param([Xml.XmlDocument] $Document)
    $triggers = Select-TaskNode $Document.DocumentElement @('Triggers')
    if ($null -eq $triggers) { return }
    foreach ($node in $triggers.ChildNodes) { if ($script:TaskDelayed -ccontains $node.LocalName) { $node } }
}

function ConvertTo-SwitchedOnTask {
    # A task's state as it is once it is switched on.
    param([object] $State)
    $document = Read-TaskXml $State.xml
    $node = Select-TaskNode $document.DocumentElement @('Settings', 'Enabled')
    if ($null -ne $node) { $node.InnerText = 'true' }
    return [pscustomobject] @{ xml = $document.DocumentElement.OuterXml; enabled = $true; file = $State.file }
}

function ConvertTo-UndelayedTask {
    # A task's state without the delays of its triggers.
    param([object] $State)
    return [pscustomobject] @{ xml = (Get-UndelayedXml $State.xml); enabled = (Get-Field $State 'enabled') }
}

function Get-UndelayedXml {
    param([string] $Xml)
    $document = Read-TaskXml $Xml
    foreach ($trigger in @(Get-DelayedTrigger $document)) {
        $node = Select-TaskNode $trigger @('Delay')
        if ($null -ne $node) { $null = $trigger.RemoveChild($node) }
    }
    return $document.DocumentElement.OuterXml
}
