using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    // UNICODE_STRING
    [StructLayout(LayoutKind.Sequential)]
    struct LsaText { public ushort Length; public ushort Capacity; public IntPtr Buffer; }

    // What is asked of the Local Security Authority goes through its policy.
    static class Lsa
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Attributes
        {
            public int Length;
            public IntPtr Root;
            public IntPtr Name;
            public int Flags;
            public IntPtr Security;
            public IntPtr Quality;
        }

        [DllImport("advapi32.dll")]
        static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, int access, out IntPtr policy);
        [DllImport("advapi32.dll")]
        static extern int LsaNtStatusToWinError(uint status);
        [DllImport("advapi32.dll", EntryPoint = "LsaFreeMemory")]
        public static extern uint Free(IntPtr memory);
        [DllImport("advapi32.dll", EntryPoint = "LsaClose")]
        static extern uint Close(IntPtr policy);

        public delegate void Work(IntPtr policy, ref LsaText name);

        public static int ErrorOf(uint status) { return LsaNtStatusToWinError(status); }

        public static void Check(uint status)
        {
            if (status != 0) throw new Win32Exception(ErrorOf(status));
        }

        public static LsaText Wrap(IntPtr buffer, int characters)
        {
            LsaText text = new LsaText();
            text.Length = (ushort)(characters * 2);
            text.Capacity = (ushort)(characters * 2);
            text.Buffer = buffer;
            return text;
        }

        // Does something with the policy, opened with these rights, and a name.
        public static void With(int access, string name, Work work)
        {
            Attributes attributes = new Attributes();
            attributes.Length = Marshal.SizeOf(typeof(Attributes));
            IntPtr policy;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, access, out policy));
            IntPtr buffer = Marshal.StringToHGlobalUni(name);
            LsaText text = Wrap(buffer, name.Length);
            try { work(policy, ref text); }
            finally { Marshal.FreeHGlobal(buffer); Close(policy); }
        }
    }
}
