using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PowerLine
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Status
        {
            public byte Line;
            public byte Battery;
            public byte Percent;
            public byte Saver;
            public int Life;
            public int FullLife;
        }

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern bool GetSystemPowerStatus(out Status status);

        public static int Read()
        {
            Status status;
            if (!GetSystemPowerStatus(out status)) throw new Win32Exception(Marshal.GetLastWin32Error());
            return status.Line;
        }
    }
}
