using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Principal;
namespace OqsGen
{
    public static class LogonRight
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Text { public ushort Length; public ushort MaximumLength; public IntPtr Buffer; }
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
        static extern uint LsaEnumerateAccountsWithUserRight(IntPtr policy, ref Text right, out IntPtr buffer, out int count);
        [DllImport("advapi32.dll")] static extern uint LsaAddAccountRights(IntPtr policy, byte[] sid, ref Text right, int count);
        [DllImport("advapi32.dll")]
        static extern uint LsaRemoveAccountRights(IntPtr policy, byte[] sid, byte all, ref Text right, int count);
        [DllImport("advapi32.dll")] static extern int LsaNtStatusToWinError(uint status);
        [DllImport("advapi32.dll")] static extern uint LsaFreeMemory(IntPtr buffer);
        [DllImport("advapi32.dll")] static extern uint LsaClose(IntPtr policy);

        // POLICY_VIEW_LOCAL_INFORMATION, POLICY_CREATE_ACCOUNT, POLICY_LOOKUP_NAMES.
        const int Access = 0x1 | 0x10 | 0x800;
        const uint NoMoreEntries = 0x8000001a, NotFound = 0xc0000034;

        delegate void Work(IntPtr policy, ref Text right);

        static void Check(uint status)
        {
            if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status));
        }

        static void With(string name, Work work)
        {
            Attributes attributes = new Attributes();
            attributes.Length = Marshal.SizeOf(typeof(Attributes));
            IntPtr policy;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, Access, out policy));
            Text right = new Text();
            right.Buffer = Marshal.StringToHGlobalUni(name);
            right.Length = (ushort)(2 * name.Length);
            right.MaximumLength = (ushort)(2 * name.Length + 2);
            try { work(policy, ref right); }
            finally { Marshal.FreeHGlobal(right.Buffer); LsaClose(policy); }
        }

        static byte[] Bytes(string sid)
        {
            SecurityIdentifier value = new SecurityIdentifier(sid);
            byte[] bytes = new byte[value.BinaryLength];
            value.GetBinaryForm(bytes, 0);
            return bytes;
        }

        public static string[] Holders(string name)
        {
            string[] sids = new string[0];
            With(name, delegate(IntPtr policy, ref Text right)
            {
                IntPtr buffer;
                int count;
                uint status = LsaEnumerateAccountsWithUserRight(policy, ref right, out buffer, out count);
                if (status == NoMoreEntries) return;
                Check(status);
                try
                {
                    sids = new string[count];
                    for (int i = 0; i < count; i++) sids[i] = new SecurityIdentifier(Marshal.ReadIntPtr(buffer, i * IntPtr.Size)).Value;
                }
                finally { LsaFreeMemory(buffer); }
            });
            return sids;
        }

        public static void Grant(string sid, string name)
        {
            With(name, delegate(IntPtr policy, ref Text right) { Check(LsaAddAccountRights(policy, Bytes(sid), ref right, 1)); });
        }

        public static void Revoke(string sid, string name)
        {
            With(name, delegate(IntPtr policy, ref Text right)
            {
                uint status = LsaRemoveAccountRights(policy, Bytes(sid), 0, ref right, 1);
                if (status != NotFound) Check(status);
            });
        }
    }
}
