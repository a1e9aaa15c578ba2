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

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern uint WaitForMultipleObjects(uint count, IntPtr[] handles, bool all, uint milliseconds);

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ReadConsoleInputW(IntPtr handle, out Record record, uint length, out uint read);

        // INPUT_RECORD with a KEY_EVENT_RECORD in it.
        [StructLayout(LayoutKind.Explicit, Size = 20)]
        struct Record
        {
            [FieldOffset(0)] public ushort Type;
            [FieldOffset(4)] public int Down;
            [FieldOffset(14)] public ushort Character;
        }

        const int StandardInput = -10;
        const int Key = 1;
        const uint Waited = 0x102;
        const uint Endless = 0xffffffff;

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

        // The UTF-16 number of the next key that goes down; -1 where none does in that time (less than 0: any time), -2 where
        // something else (or null) tells that it has changed. Unlike Console.KeyAvailable, it leaves the letters that an input
        // method makes (dotnet/runtime 102425).
        public static int ReadKey(int milliseconds, System.Threading.WaitHandle changed)
        {
            var handle = GetStdHandle(StandardInput);
            var handles = new IntPtr[] { handle, changed == null ? IntPtr.Zero : changed.SafeWaitHandle.DangerousGetHandle() };
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (true)
            {
                var left = milliseconds < 0 ? Endless : (uint)Math.Max(0, milliseconds - clock.ElapsedMilliseconds);
                var woken = WaitForMultipleObjects(changed == null ? 1u : 2u, handles, false, left);
                if (woken == Waited) return -1;
                if (woken == 1) return -2;
                Record record;
                uint read;
                if (woken != 0 || !ReadConsoleInputW(handle, out record, 1, out read)) throw new Win32Exception();
                if (read == 1 && record.Type == Key && record.Down != 0 && record.Character != 0) return record.Character;
            }
        }
    }

    public static class ConsoleWindow
    {
        [DllImport("kernel32.dll")]
        static extern IntPtr GetConsoleWindow();

        [DllImport("user32.dll")]
        static extern bool ShowWindow(IntPtr window, int how);

        const int Minimise = 6;
        const int Restore = 9;

        public static void Show(bool shown)
        {
            var window = GetConsoleWindow();
            if (window != IntPtr.Zero) ShowWindow(window, shown ? Restore : Minimise);
        }

        // Makes it small after a while, unless what is returned is disposed of before.
        public static IDisposable MinimiseAfter(int milliseconds)
        {
            return new System.Threading.Timer(delegate { Show(false); }, null, milliseconds, System.Threading.Timeout.Infinite);
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
