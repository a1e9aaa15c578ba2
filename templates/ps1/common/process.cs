using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class ConsoleInput
    {
        [DllImport("kernel32.dll")]
        static extern IntPtr GetStdHandle(int which);

        [DllImport("kernel32.dll")]
        static extern bool GetConsoleMode(IntPtr handle, out uint mode);

        [DllImport("kernel32.dll")]
        static extern bool SetConsoleMode(IntPtr handle, uint mode);

        const int StandardInput = -10;

        // -1: the input is no console.
        public static long GetMode()
        {
            uint mode;
            return GetConsoleMode(GetStdHandle(StandardInput), out mode) ? mode : -1L;
        }

        public static bool SetMode(long mode)
        {
            return SetConsoleMode(GetStdHandle(StandardInput), (uint)mode);
        }
    }

    public static class EventLog
    {
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr RegisterEventSourceW(string server, string source);

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ReportEventW(IntPtr log, ushort type, ushort category, uint id, IntPtr user, ushort count, uint size,
            string[] strings, IntPtr data);

        [DllImport("advapi32.dll")]
        static extern bool DeregisterEventSource(IntPtr log);

        // A source that is not registered stands in the log Application.
        public static void Write(string source, int type, int id, string[] strings)
        {
            var log = RegisterEventSourceW(null, source);
            if (log == IntPtr.Zero) throw new Win32Exception();
            try
            {
                if (!ReportEventW(log, (ushort)type, 0, (uint)id, IntPtr.Zero, (ushort)strings.Length, 0, strings, IntPtr.Zero))
                    throw new Win32Exception();
            }
            finally { DeregisterEventSource(log); }
        }
    }
}
