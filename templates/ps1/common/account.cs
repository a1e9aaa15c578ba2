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

        [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
        static extern int NetUserGetInfo(string server, string user, int level, out IntPtr buffer);
        [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
        static extern int NetUserSetInfo(string server, string user, int level, ref int flags, IntPtr parameter);

        // USER_INFO_1 of lmaccess.h.
        [StructLayout(LayoutKind.Sequential)]
        struct UserInfo
        {
            public IntPtr Name;
            public IntPtr Password;
            public int PasswordAge;
            public int Privilege;
            public IntPtr Home;
            public IntPtr Comment;
            public int Flags;
            public IntPtr Script;
        }

        // UF_… of lmaccess.h.
        public static int Flags(string user)
        {
            IntPtr buffer;
            int code = NetUserGetInfo(null, user, 1, out buffer);
            if (code != 0) throw new Win32Exception(code);
            try { return ((UserInfo)Marshal.PtrToStructure(buffer, typeof(UserInfo))).Flags; }
            finally { NetApiBufferFree(buffer); }
        }

        public static void SetFlags(string user, int flags)
        {
            int code = NetUserSetInfo(null, user, 1008, ref flags, IntPtr.Zero);
            if (code != 0) throw new Win32Exception(code);
        }

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
