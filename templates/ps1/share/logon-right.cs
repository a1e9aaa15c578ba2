using System;
using System.Runtime.InteropServices;
using System.Security.Principal;
namespace OqsGen
{
    public static class LogonRight
    {
        [DllImport("advapi32.dll")]
        static extern uint LsaEnumerateAccountsWithUserRight(IntPtr policy, ref LsaText right, out IntPtr buffer, out int count);
        [DllImport("advapi32.dll")] static extern uint LsaAddAccountRights(IntPtr policy, byte[] sid, ref LsaText right, int count);
        [DllImport("advapi32.dll")]
        static extern uint LsaRemoveAccountRights(IntPtr policy, byte[] sid, byte all, ref LsaText right, int count);

        // POLICY_VIEW_LOCAL_INFORMATION, POLICY_CREATE_ACCOUNT, POLICY_LOOKUP_NAMES.
        const int Access = 0x1 | 0x10 | 0x800;
        const uint NoMoreEntries = 0x8000001a, NotFound = 0xc0000034;

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
            Lsa.With(Access, name, delegate(IntPtr policy, ref LsaText right)
            {
                IntPtr buffer;
                int count;
                uint status = LsaEnumerateAccountsWithUserRight(policy, ref right, out buffer, out count);
                if (status == NoMoreEntries) return;
                Lsa.Check(status);
                try
                {
                    sids = new string[count];
                    for (int i = 0; i < count; i++) sids[i] = new SecurityIdentifier(Marshal.ReadIntPtr(buffer, i * IntPtr.Size)).Value;
                }
                finally { Lsa.Free(buffer); }
            });
            return sids;
        }

        public static void Grant(string sid, string name)
        {
            Lsa.With(Access, name, delegate(IntPtr policy, ref LsaText right)
            {
                Lsa.Check(LsaAddAccountRights(policy, Bytes(sid), ref right, 1));
            });
        }

        public static void Revoke(string sid, string name)
        {
            Lsa.With(Access, name, delegate(IntPtr policy, ref LsaText right)
            {
                uint status = LsaRemoveAccountRights(policy, Bytes(sid), 0, ref right, 1);
                if (status != NotFound) Lsa.Check(status);
            });
        }
    }
}
