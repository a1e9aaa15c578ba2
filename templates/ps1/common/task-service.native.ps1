# The Task Scheduler through its COM service. Register-ScheduledTask would want the password as plain text.
# https://learn.microsoft.com/windows/win32/api/taskschd/

function Connect-TaskService {
    $service = New-Object -ComObject 'Schedule.Service'
    $service.Connect()
    return $service
}

function Test-MissingTaskError {
    # True for "file not found" (no such task) and "path not found" (no such folder), however they are wrapped.
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)
    $problem = $ErrorRecord.Exception
    while ($null -ne $problem) {
        if ($problem.HResult -eq -2147024894 -or $problem.HResult -eq -2147024893) { return $true }
        $problem = $problem.InnerException
    }
    return $false
}

function Find-RegisteredTask {
    param([string] $Path, [string] $Name)
    try { return (Connect-TaskService).GetFolder($Path).GetTask($Name) }
    catch {
        if (Test-MissingTaskError $_) { return $null }
        throw
    }
}

function Read-Task {
    # xml as Windows gives it, enabled; $null where there is no such task.
    param([string] $Path, [string] $Name)
    $task = Find-RegisteredTask $Path $Name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ xml = [string] $task.Xml; enabled = [bool] $task.Enabled }
}

function Read-TaskRun {
    # The last run: result, and at (local time, $null before the first one). $null where there is no such task.
    param([string] $Path, [string] $Name)
    $task = Find-RegisteredTask $Path $Name
    if ($null -eq $task) { return $null }
    $notRunYet = 0x41303
    $at = $null
    if ([int] $task.LastTaskResult -ne $notRunYet -and ([DateTime] $task.LastRunTime).Year -gt 2000) { $at = [DateTime] $task.LastRunTime }
    return [pscustomobject] @{ result = [int] $task.LastTaskResult; at = $at }
}

function Register-Task {
    # Registers or replaces a task. LogonType: TASK_LOGON_TYPE (0 as the XML says, 1 password, 2 S4U, 3 interactive token,
    # 4 group, 5 service account, 6 interactive token or password). User: its name or SID; Secret: its password, with 1 and 6.
    # Sddl: the access list of the task and of a folder that is made for it; empty for what Windows gives.
    param(
        [string] $Path, [string] $Name, [string] $Xml, [string] $User, [Security.SecureString] $Secret, [int] $LogonType,
        [string] $Sddl = ''
    )
    Import-NativeType
    $service = Connect-TaskService
    try { $folder = $service.GetFolder($Path) }
    catch {
        if (-not (Test-MissingTaskError $_)) { throw }
        $root = $service.GetFolder('\')
        if ($Sddl) { $folder = $root.CreateFolder($Path.Trim('\'), $Sddl) } else { $folder = $root.CreateFolder($Path.Trim('\')) }
    }
    $account = [NullString]::Value
    if ($User) { $account = $User }
    $list = [NullString]::Value
    if ($Sddl) { $list = $Sddl }
    [OqsGen.TaskService]::Register($folder, $Name, $Xml, $account, $Secret, $LogonType, $list)
}

function Read-TaskFolder {
    # A folder of the Task Scheduler: sddl (owner and access list), tasks (names, hidden ones too), folders (names); $null where
    # there is none.
    param([string] $Path)
    try { $folder = (Connect-TaskService).GetFolder($Path) }
    catch {
        if (Test-MissingTaskError $_) { return $null }
        throw
    }
    return [pscustomobject] @{
        sddl = [string] $folder.GetSecurityDescriptor(5)
        tasks = @($folder.GetTasks(1) | ForEach-Object { [string] $_.Name })
        folders = @($folder.GetFolders(0) | ForEach-Object { [string] $_.Name })
    }
}

function Remove-TaskFolder {
    # An empty folder of the Task Scheduler, directly below its root.
    param([string] $Path)
    try { (Connect-TaskService).GetFolder('\').DeleteFolder($Path.Trim('\'), 0) }
    catch { if (-not (Test-MissingTaskError $_)) { throw } }
}

function Unregister-Task {
    # Deletes a task; nothing happens where it is absent.
    param([string] $Path, [string] $Name)
    try { (Connect-TaskService).GetFolder($Path).DeleteTask($Name, 0) }
    catch { if (-not (Test-MissingTaskError $_)) { throw } }
}
