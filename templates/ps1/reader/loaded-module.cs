using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Principal;
using System.Text;
namespace OqsGen
{
    public static class ModuleUser
    {
        const int QueryAndRead = 0x0400 | 0x0010;
        const int AllModules = 3;
        const int TokenQuery = 0x0008;

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern IntPtr OpenProcess(int access, bool inherit, int id);
        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);
        [DllImport("psapi.dll", SetLastError = true)]
        static extern bool EnumProcessModulesEx(IntPtr process, IntPtr[] modules, int bytes, out int needed, int filter);
        [DllImport("psapi.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern int GetModuleFileNameExW(IntPtr process, IntPtr module, StringBuilder name, int length);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool OpenProcessToken(IntPtr process, int access, out IntPtr token);

        // Pairs: image, SID.
        public static string[] Find(string folder)
        {
            List<string> found = new List<string>();
            foreach (Process process in Process.GetProcesses())
            {
                IntPtr handle = OpenProcess(QueryAndRead, false, process.Id);
                process.Dispose();
                if (handle == IntPtr.Zero) continue;
                try
                {
                    string image = Image(handle, folder);
                    string sid = image == null ? null : Sid(handle);
                    if (sid != null) { found.Add(image); found.Add(sid); }
                }
                finally { CloseHandle(handle); }
            }
            return found.ToArray();
        }

        // The image of a program that has loaded a file below the folder; the first module is the image.
        static string Image(IntPtr process, string folder)
        {
            IntPtr[] modules = new IntPtr[4096];
            int needed;
            if (!EnumProcessModulesEx(process, modules, modules.Length * IntPtr.Size, out needed, AllModules)) return null;
            int count = Math.Min(needed / IntPtr.Size, modules.Length);
            string image = null;
            bool uses = false;
            for (int i = 0; i < count; i++)
            {
                StringBuilder name = new StringBuilder(1024);
                if (GetModuleFileNameExW(process, modules[i], name, name.Capacity) == 0) continue;
                string path = name.ToString();
                if (image == null) image = path;
                if (path.StartsWith(folder + "\\", StringComparison.OrdinalIgnoreCase)) uses = true;
            }
            return uses ? image : null;
        }

        static string Sid(IntPtr process)
        {
            IntPtr token;
            if (!OpenProcessToken(process, TokenQuery, out token)) return null;
            try { using (WindowsIdentity identity = new WindowsIdentity(token)) return identity.User.Value; }
            finally { CloseHandle(token); }
        }
    }
}
