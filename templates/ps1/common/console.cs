using System;
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
}
