using System;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Logon
    {
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LogonUserW(string user, string domain, IntPtr password, int type, int provider, out IntPtr token);
        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);

        // 0, or the error of Windows.
        public static int Try(string user, IntPtr password)
        {
            IntPtr token;
            if (!LogonUserW(user, ".", password, 3, 0, out token)) return Marshal.GetLastWin32Error();
            CloseHandle(token);
            return 0;
        }
    }
}
