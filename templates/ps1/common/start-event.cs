using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class StartEvent
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Attributes
        {
            public int Length;
            public IntPtr Descriptor;
            public int Inherit;
        }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ConvertStringSecurityDescriptorToSecurityDescriptorW(string text, uint revision, out IntPtr descriptor,
            IntPtr size);

        [DllImport("kernel32.dll")]
        static extern IntPtr LocalFree(IntPtr memory);

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr CreateEventW(ref Attributes attributes, bool manual, bool signalled, string name);

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr OpenEventW(uint access, bool inherit, string name);

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern bool SetEvent(IntPtr handle);

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern uint WaitForMultipleObjects(uint count, IntPtr[] handles, bool all, uint milliseconds);

        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);

        const uint Synchronize = 0x100000;
        const uint Failed = 0xffffffff;

        // Made, or joined where it is there. It resets itself when one wait was met.
        public static long Make(string name, string sddl)
        {
            IntPtr descriptor;
            if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, out descriptor, IntPtr.Zero))
                throw new Win32Exception(Marshal.GetLastWin32Error());
            try
            {
                var attributes = new Attributes { Length = Marshal.SizeOf(typeof(Attributes)), Descriptor = descriptor };
                var handle = CreateEventW(ref attributes, false, false, name);
                if (handle == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
                return handle.ToInt64();
            }
            finally { LocalFree(descriptor); }
        }

        // To wait for it and nothing else; 0 where nobody holds it.
        public static long Open(string name)
        {
            return OpenEventW(Synchronize, false, name).ToInt64();
        }

        public static void Set(long handle)
        {
            if (!SetEvent(new IntPtr(handle))) throw new Win32Exception(Marshal.GetLastWin32Error());
        }

        // Which of them came, from 0; -1: none in this time.
        public static int Wait(long[] handles, int milliseconds)
        {
            var all = new IntPtr[handles.Length];
            for (var i = 0; i < all.Length; i++) all[i] = new IntPtr(handles[i]);
            var found = WaitForMultipleObjects((uint)all.Length, all, false, (uint)milliseconds);
            if (found == Failed) throw new Win32Exception(Marshal.GetLastWin32Error());
            return found < all.Length ? (int)found : -1;
        }

        public static void Close(long handle)
        {
            if (handle != 0) CloseHandle(new IntPtr(handle));
        }
    }
}
