# In the place of the Task Scheduler. machine.json: tasks.<\name> = {xml, enabled, sddl, stored (the password), result, at (yyyy-MM-dd HH:mm,
# none before the first run)}; taskFolders.<\name> = {sddl} of folders below the root: those stay with a task that is only replaced. XML is kept as Windows gives it: parts in the order of the schema, indented, account names as SIDs.

$script:FakeTaskOrder = @{
    RegistrationInfo = 'URI', 'Source', 'Date', 'Author', 'Version', 'Description', 'Documentation'
    Principal = 'UserId', 'LogonType', 'GroupId', 'DisplayName', 'RunLevel'
    Settings = 'MultipleInstancesPolicy', 'DisallowStartIfOnBatteries', 'StopIfGoingOnBatteries', 'AllowHardTerminate', 'StartWhenAvailable',
    'RunOnlyIfNetworkAvailable', 'IdleSettings', 'AllowStartOnDemand', 'Enabled', 'Hidden', 'RunOnlyIfIdle', 'WakeToRun', 'ExecutionTimeLimit', 'Priority'
}

function ConvertTo-FakeTask {
    param([string] $Xml)
    $document = New-Object Xml.XmlDocument
    $document.LoadXml($Xml)
    $root = $document.DocumentElement
    if ($root.LocalName -cne 'Task' -or $root.NamespaceURI -cne 'http://schemas.microsoft.com/windows/2004/02/mit/task') { throw 'the task XML is malformed' }
    foreach ($name in $script:FakeTaskOrder.Keys) {
        foreach ($node in @($document.GetElementsByTagName($name))) {
            foreach ($part in $script:FakeTaskOrder[$name]) {
                foreach ($child in @($node.ChildNodes | Where-Object { $_.LocalName -ceq $part })) { $null = $node.AppendChild($child) }
            }
        }
    }
    $text = New-Object Text.StringBuilder
    $settings = New-Object Xml.XmlWriterSettings
    $settings.Indent = $true
    $settings.NewLineChars = "`n"
    $settings.OmitXmlDeclaration = $true
    $writer = [Xml.XmlWriter]::Create($text, $settings)
    $document.Save($writer)
    $writer.Dispose()
    return $text.ToString()
}

function Get-FakeTaskText {
    param([string] $Xml, [string] $Name)
    $document = New-Object Xml.XmlDocument
    $document.LoadXml($Xml)
    $nodes = $document.GetElementsByTagName($Name)
    if ($nodes.Count -eq 0) { return '' }
    return $nodes[0].InnerText
}

function Get-FakeTask {
    param([object] $Machine, [string] $Path, [string] $Name)
    return Get-FakeField (Get-FakeField $Machine 'tasks') ($Path.TrimEnd('\') + '\' + $Name)
}

function Read-Task {
    param([string] $Path, [string] $Name)
    $task = Get-FakeTask (Get-Machine) $Path $Name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ xml = $task.xml; enabled = [bool] (Get-FakeField $task 'enabled' $true) }
}

function Read-TaskRun {
    param([string] $Path, [string] $Name)
    $task = Get-FakeTask (Get-Machine) $Path $Name
    if ($null -eq $task) { return $null }
    $at = Get-FakeField $task 'at'
    if ($null -ne $at) { $at = [DateTime]::ParseExact($at, 'yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture) }
    return [pscustomobject] @{ result = [int] (Get-FakeField $task 'result' 0x41303); at = $at }
}

function Register-Task {
    param(
        [string] $Path, [string] $Name, [string] $Xml, [string] $User, [Security.SecureString] $Secret, [int] $LogonType,
        [string] $Sddl = ''
    )
    Assert-Elevated
    Assert-FakeName $Name 238 '\/:*?"<>|'
    $sid = Get-FakeTaskText $Xml 'UserId'
    # Without the password of another account only SYSTEM may let it work in its name.
    if ($LogonType -eq 2 -and $sid -cne (Get-TokenSid) -and ($null -eq $Secret -or -not (Test-FakeSecret $User.Split('\')[-1] $Secret))) { throw (New-Object UnauthorizedAccessException('アクセスが拒否されました。')) }
    if (@('S-1-5-18', 'S-1-5-19', 'S-1-5-20') -notcontains $sid -and (Get-AccountName $sid) -ceq $sid) { throw "no mapping between account names and security IDs: $sid" }
    $wanted = @{ Password = 1; S4U = 2; InteractiveToken = 3; InteractiveTokenOrPassword = 6 }[(Get-FakeTaskText $Xml 'LogonType')]
    if ($null -ne $wanted -and $wanted -ne $LogonType) { throw "the parameter is incorrect: logon type $LogonType" }
    if (@(1, 6) -contains $LogonType) {
        $account = $User.Split('\')[-1]
        if ((Get-AccountSid $account) -cne $sid) { throw "another account than the task's: $User" }
        if ($null -eq $Secret -or -not (Test-FakeSecret $account $Secret)) { throw 'the user name or password is incorrect' }
    }
    $stored = ConvertTo-FakeTask $Xml
    # DeleteExpiredTaskAfter needs an end of each trigger.
    if ((Get-FakeTaskText $Xml 'DeleteExpiredTaskAfter') -cne '' -and (Get-FakeTaskText $Xml 'EndBoundary') -ceq '') { throw 'the task XML is missing a required element: EndBoundary' }
    $machine = Read-Machine
    if ($Path -cne '\' -and $null -eq (Get-FakeField (Get-FakePart $machine 'taskFolders') $Path)) {
        Set-FakeField $machine.taskFolders $Path ([pscustomobject] @{ sddl = $Sddl })
        Write-Machine $machine
    }
    if ($null -eq (Get-FakeField $machine 'tasks')) { Set-FakeField $machine 'tasks' ([pscustomobject] @{}) }
    $key = $Path.TrimEnd('\') + '\' + $Name
    if ($null -eq (Get-FakeField $machine.tasks $key)) { Set-FakeField $machine.tasks $key ([pscustomobject] @{ xml = ''; enabled = $true }) }
    $machine.tasks.$key.xml = $stored
    # What is registered over keeps its access list.
    if ($Sddl -and $null -eq (Get-FakeField $machine.tasks.$key 'sddl')) { Set-FakeField $machine.tasks.$key 'sddl' $Sddl }
    $document = New-Object Xml.XmlDocument
    $document.LoadXml($stored)
    $settings = @($document.DocumentElement.ChildNodes | Where-Object { $_.LocalName -ceq 'Settings' })
    $enabled = $true
    foreach ($node in $settings) { foreach ($child in $node.ChildNodes) { if ($child.LocalName -ceq 'Enabled') { $enabled = $child.InnerText -ceq 'true' } } }
    Set-FakeField $machine.tasks.$key 'enabled' $enabled
    $machine.tasks.$key.PSObject.Properties.Remove('stored')
    if ($null -ne $Secret) { Set-FakeField $machine.tasks.$key 'stored' (New-Object Net.NetworkCredential('', $Secret)).Password }
    Write-Machine $machine
}

function Unregister-Task {
    param([string] $Path, [string] $Name)
    $machine = Read-Machine
    $task = Get-FakeTask $machine $Path $Name
    if ($null -eq $task) { return }
    # DELETE is among the rights that the process's account was given.
    if (-not (Test-Elevated) -and [string] (Get-FakeField $task 'sddl' '') -notmatch "\(A;;0x1300a9;;;$(Get-TokenSid)\)") { Assert-Elevated }
    $machine.tasks.PSObject.Properties.Remove($Path.TrimEnd('\') + '\' + $Name)
    Write-Machine $machine
}

function Read-TaskFolder {
    param([string] $Path)
    $machine = Get-Machine
    $folder = Get-FakeField (Get-FakeField $machine 'taskFolders') $Path
    if ($null -eq $folder) { return $null }
    $names = @(foreach ($property in (Get-FakeField $machine 'tasks').PSObject.Properties) { if ($property.Name.StartsWith("$Path\")) { $property.Name.Substring($Path.Length + 1) } })
    return [pscustomobject] @{ sddl = $folder.sddl; tasks = $names; folders = @() }
}

function Remove-TaskFolder {
    param([string] $Path)
    Assert-Elevated
    $machine = Read-Machine
    if ($null -eq (Get-FakeField (Get-FakeField $machine 'taskFolders') $Path)) { return }
    foreach ($property in $machine.tasks.PSObject.Properties) { if ($property.Name.StartsWith("$Path\")) { throw 'ディレクトリが空ではありません。' } }
    $machine.taskFolders.PSObject.Properties.Remove($Path)
    Write-Machine $machine
}
