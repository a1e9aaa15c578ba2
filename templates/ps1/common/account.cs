using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Principal;
namespace OqsGen
{
    public static class Account
    {
        const int EverythingAtOnce = -1;

        [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
        static extern int NetLocalGroupGetMembers(
            string server, string group, int level, out IntPtr buffer, int length, out int read, out int total, IntPtr resume);
        [DllImport("netapi32.dll")]
        static extern int NetApiBufferFree(IntPtr buffer);

        // Level 0 gives SIDs alone, so that a member that no longer exists is no error.
        public static string[] Members(string groupSid)
        {
            string group = ((NTAccount)new SecurityIdentifier(groupSid).Translate(typeof(NTAccount))).Value;
            group = group.Substring(group.LastIndexOf('\\') + 1);
            IntPtr buffer;
            int read, total;
            int code = NetLocalGroupGetMembers(null, group, 0, out buffer, EverythingAtOnce, out read, out total, IntPtr.Zero);
            if (code != 0) throw new Win32Exception(code);
            try
            {
                string[] sids = new string[read];
                for (int i = 0; i < read; i++) sids[i] = new SecurityIdentifier(Marshal.ReadIntPtr(buffer, i * IntPtr.Size)).Value;
                return sids;
            }
            finally { NetApiBufferFree(buffer); }
        }
    }
}
