using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Sessions
    {
        const int UserName = 5;

        [StructLayout(LayoutKind.Sequential)]
        struct Entry
        {
            public int Id;
            public IntPtr Station;
            public int State;
        }

        [DllImport("wtsapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool WTSEnumerateSessionsW(IntPtr server, int reserved, int version, out IntPtr entries, out int count);
        [DllImport("wtsapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool WTSQuerySessionInformationW(IntPtr server, int session, int what, out IntPtr text, out int bytes);
        [DllImport("wtsapi32.dll")]
        static extern void WTSFreeMemory(IntPtr memory);

        // The names of those who are signed in besides this session, disconnected ones too.
        public static string[] Others()
        {
            IntPtr entries;
            int count;
            if (!WTSEnumerateSessionsW(IntPtr.Zero, 0, 1, out entries, out count))
                throw new System.ComponentModel.Win32Exception(Marshal.GetLastWin32Error());
            List<string> names = new List<string>();
            int own = Process.GetCurrentProcess().SessionId;
            try
            {
                for (int i = 0; i < count; i++)
                {
                    IntPtr at = new IntPtr(entries.ToInt64() + (long)i * Marshal.SizeOf(typeof(Entry)));
                    Entry entry = (Entry)Marshal.PtrToStructure(at, typeof(Entry));
                    string name = entry.Id == own ? "" : NameOf(entry.Id);
                    if (name != "") names.Add(name);
                }
            }
            finally { WTSFreeMemory(entries); }
            return names.ToArray();
        }

        static string NameOf(int session)
        {
            IntPtr text;
            int bytes;
            if (!WTSQuerySessionInformationW(IntPtr.Zero, session, UserName, out text, out bytes)) return "";
            try { return Marshal.PtrToStringUni(text) ?? ""; }
            finally { WTSFreeMemory(text); }
        }
    }

    public static class Desktop
    {
        [DllImport("user32.dll")]
        static extern IntPtr GetShellWindow();

        public static bool IsThere() { return GetShellWindow() != IntPtr.Zero; }
    }
}
