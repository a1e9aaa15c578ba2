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
        const int CreateOrUpdate = 6, DontAddPrincipalAce = 0x10, IgnoreRegistrationTriggers = 0x20;

        public static void Register(
            object folder, string name, string xml, string user, SecureString secret, int logonType, string sddl)
        {
            TaskVariant account = new TaskVariant(), password = new TaskVariant(), access = new TaskVariant();
            int flags = CreateOrUpdate | IgnoreRegistrationTriggers;
            try
            {
                if (user != null) { account.Type = TaskVariant.Bstr; account.Data = Marshal.StringToBSTR(user); }
                if (secret != null) { password.Type = TaskVariant.Bstr; password.Data = Marshal.SecureStringToBSTR(secret); }
                if (sddl != null)
                {
                    access.Type = TaskVariant.Bstr;
                    access.Data = Marshal.StringToBSTR(sddl);
                    flags |= DontAddPrincipalAce;
                }
                IntPtr task = ((ITaskFolder)folder).RegisterTask(name, xml, flags, account, password, logonType, access);
                if (task != IntPtr.Zero) Marshal.Release(task);
            }
            finally
            {
                if (account.Data != IntPtr.Zero) Marshal.FreeBSTR(account.Data);
                if (access.Data != IntPtr.Zero) Marshal.FreeBSTR(access.Data);
                if (password.Data != IntPtr.Zero) Marshal.ZeroFreeBSTR(password.Data);
            }
        }
    }
}
