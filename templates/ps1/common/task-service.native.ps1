# The Task Scheduler through its COM service. Register-ScheduledTask would want the password as plain text.
# https://learn.microsoft.com/windows/win32/api/taskschd/

function Import-TaskServiceType {
    if ('OqsGen.TaskService' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
using System.Security;
namespace OqsGen
{
    // A VARIANT that is empty or holds a BSTR. By hand, since .NET would copy a password into a string that nobody can erase.
    [StructLayout(LayoutKind.Sequential)]
    public struct TaskVariant
    {
        public ushort Type;
        public ushort Reserved1;
        public ushort Reserved2;
        public ushort Reserved3;
        public IntPtr Data;
        public IntPtr Data2;
        public const ushort Bstr = 8;
    }

    // Methods in the order of taskschd.h: the order is the interface.
    [ComImport, Guid("8cfac062-a080-4c15-9a88-aa7c2af80dfc"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface ITaskFolder
    {
        [return: MarshalAs(UnmanagedType.BStr)] string GetName();
        [return: MarshalAs(UnmanagedType.BStr)] string GetPath();
        IntPtr GetFolder([MarshalAs(UnmanagedType.BStr)] string path);
        IntPtr GetFolders(int flags);
        IntPtr CreateFolder([MarshalAs(UnmanagedType.BStr)] string name, TaskVariant sddl);
        void DeleteFolder([MarshalAs(UnmanagedType.BStr)] string name, int flags);
        IntPtr GetTask([MarshalAs(UnmanagedType.BStr)] string path);
        IntPtr GetTasks(int flags);
        void DeleteTask([MarshalAs(UnmanagedType.BStr)] string name, int flags);
        IntPtr RegisterTask([MarshalAs(UnmanagedType.BStr)] string path, [MarshalAs(UnmanagedType.BStr)] string xml, int flags,
            TaskVariant user, TaskVariant password, int logonType, TaskVariant sddl);
    }

    public static class TaskService
    {
        const int CreateOrUpdate = 6, IgnoreRegistrationTriggers = 0x20;

        public static void Register(object folder, string name, string xml, string user, SecureString secret, int logonType)
        {
            TaskVariant account = new TaskVariant(), password = new TaskVariant(), none = new TaskVariant();
            try
            {
                if (user != null) { account.Type = TaskVariant.Bstr; account.Data = Marshal.StringToBSTR(user); }
                if (secret != null) { password.Type = TaskVariant.Bstr; password.Data = Marshal.SecureStringToBSTR(secret); }
                IntPtr task = ((ITaskFolder)folder).RegisterTask(name, xml, CreateOrUpdate | IgnoreRegistrationTriggers, account, password, logonType, none);
                if (task != IntPtr.Zero) Marshal.Release(task);
            }
            finally
            {
                if (account.Data != IntPtr.Zero) Marshal.FreeBSTR(account.Data);
                if (password.Data != IntPtr.Zero) Marshal.ZeroFreeBSTR(password.Data);
            }
        }
    }
}
'@
}

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
    param([string] $Path, [string] $Name, [string] $Xml, [string] $User, [Security.SecureString] $Secret, [int] $LogonType)
    Import-TaskServiceType
    $service = Connect-TaskService
    try { $folder = $service.GetFolder($Path) }
    catch {
        if (-not (Test-MissingTaskError $_)) { throw }
        $folder = $service.GetFolder('\').CreateFolder($Path.Trim('\'))
    }
    $account = [NullString]::Value
    if ($User) { $account = $User }
    [OqsGen.TaskService]::Register($folder, $Name, $Xml, $account, $Secret, $LogonType)
}

function Unregister-Task {
    # Deletes a task; nothing happens where it is absent.
    param([string] $Path, [string] $Name)
    try { (Connect-TaskService).GetFolder($Path).DeleteTask($Name, 0) }
    catch { if (-not (Test-MissingTaskError $_)) { throw } }
}
