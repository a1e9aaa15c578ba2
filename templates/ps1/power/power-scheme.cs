using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PowerScheme
    {
        const uint NotFound = 2;

        [DllImport("powrprof.dll")] static extern uint PowerGetActiveScheme(IntPtr root, out IntPtr scheme);
        [DllImport("powrprof.dll")] static extern uint PowerSetActiveScheme(IntPtr root, ref Guid scheme);
        [DllImport("powrprof.dll")]
        static extern uint PowerReadACValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, out uint value);
        [DllImport("powrprof.dll")]
        static extern uint PowerReadDCValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, out uint value);
        [DllImport("powrprof.dll")]
        static extern uint PowerWriteACValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, uint value);
        [DllImport("powrprof.dll")]
        static extern uint PowerWriteDCValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, uint value);
        [DllImport("kernel32.dll")] static extern IntPtr LocalFree(IntPtr memory);

        static void Check(uint code) { if (code != 0) throw new Win32Exception((int)code); }

        public static string Active()
        {
            IntPtr memory;
            Check(PowerGetActiveScheme(IntPtr.Zero, out memory));
            try { return ((Guid)Marshal.PtrToStructure(memory, typeof(Guid))).ToString(); }
            finally { LocalFree(memory); }
        }

        public static void Activate(string scheme)
        {
            Guid id = new Guid(scheme);
            Check(PowerSetActiveScheme(IntPtr.Zero, ref id));
        }

        // -1 where the scheme does not know the setting.
        public static long Read(string scheme, string group, string setting, bool mains)
        {
            Guid s = new Guid(scheme), g = new Guid(group), x = new Guid(setting);
            uint value;
            uint code = mains
                ? PowerReadACValueIndex(IntPtr.Zero, ref s, ref g, ref x, out value)
                : PowerReadDCValueIndex(IntPtr.Zero, ref s, ref g, ref x, out value);
            if (code == NotFound) return -1;
            Check(code);
            return value;
        }

        public static void Write(string scheme, string group, string setting, bool mains, long seconds)
        {
            Guid s = new Guid(scheme), g = new Guid(group), x = new Guid(setting);
            uint value = checked((uint)seconds);
            Check(mains
                ? PowerWriteACValueIndex(IntPtr.Zero, ref s, ref g, ref x, value)
                : PowerWriteDCValueIndex(IntPtr.Zero, ref s, ref g, ref x, value));
        }
    }
}
