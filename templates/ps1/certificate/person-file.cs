using System;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class KnownFolder
    {
        [DllImport("shell32.dll")]
        static extern int SHGetKnownFolderPath([MarshalAs(UnmanagedType.LPStruct)] Guid id, uint flags, IntPtr token, out IntPtr path);

        // FOLDERID_Downloads; empty where there is none.
        public static string Downloads()
        {
            IntPtr path;
            int code = SHGetKnownFolderPath(new Guid("374DE290-123F-4565-9164-39C4925E467B"), 0, IntPtr.Zero, out path);
            try { return code == 0 ? Marshal.PtrToStringUni(path) : ""; }
            finally { Marshal.FreeCoTaskMem(path); }
        }
    }
}
