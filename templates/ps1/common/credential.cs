using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Credential
    {
        const int Generic = 1, NotFound = 1168;

        [StructLayout(LayoutKind.Sequential)]
        struct Entry
        {
            public int Flags;
            public int Type;
            public IntPtr Target;
            public IntPtr Comment;
            public System.Runtime.InteropServices.ComTypes.FILETIME LastWritten;
            public int BlobSize; public IntPtr Blob; public int Persist; public int AttributeCount; public IntPtr Attributes;
            public IntPtr Alias; public IntPtr User;
        }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, EntryPoint = "CredReadW")]
        static extern bool CredRead(string target, int type, int flags, out IntPtr entry);
        [DllImport("advapi32.dll", SetLastError = true, EntryPoint = "CredWriteW")]
        static extern bool CredWrite(ref Entry entry, int flags);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, EntryPoint = "CredDeleteW")]
        static extern bool CredDelete(string target, int type, int flags);
        [DllImport("advapi32.dll")]
        static extern void CredFree(IntPtr entry);

        static IntPtr Find(string target)
        {
            IntPtr found;
            if (CredRead(target, Generic, 0, out found)) return found;
            int code = Marshal.GetLastWin32Error();
            if (code != NotFound) throw new Win32Exception(code);
            return IntPtr.Zero;
        }

        static void Forget(IntPtr found)
        {
            if (found == IntPtr.Zero) return;
            Entry entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
            for (int i = 0; i < entry.BlobSize; i++) Marshal.WriteByte(entry.Blob, i, 0);
            CredFree(found);
        }

        // User name, persistence, blob; null where there is none.
        public static object[] Read(string target)
        {
            IntPtr found = Find(target);
            if (found == IntPtr.Zero) return null;
            try
            {
                Entry entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
                byte[] blob = new byte[entry.BlobSize];
                if (blob.Length > 0) Marshal.Copy(entry.Blob, blob, 0, blob.Length);
                return new object[] { Marshal.PtrToStringUni(entry.User) ?? "", entry.Persist, blob };
            }
            finally { Forget(found); }
        }

        // Comment and attributes of an entry that is there stay as they are.
        public static void Write(string target, string user, int persist, byte[] blob)
        {
            IntPtr found = Find(target);
            Entry entry = new Entry();
            if (found != IntPtr.Zero) entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
            IntPtr memory = Marshal.AllocHGlobal(blob.Length + 2);
            IntPtr targetText = Marshal.StringToHGlobalUni(target);
            IntPtr userText = Marshal.StringToHGlobalUni(user);
            try
            {
                Marshal.Copy(blob, 0, memory, blob.Length);
                entry.Type = Generic;
                entry.Target = targetText;
                entry.User = userText;
                entry.Persist = persist;
                entry.Blob = memory;
                entry.BlobSize = blob.Length;
                if (!CredWrite(ref entry, 0)) throw new Win32Exception(Marshal.GetLastWin32Error());
            }
            finally
            {
                for (int i = 0; i < blob.Length; i++) Marshal.WriteByte(memory, i, 0);
                Marshal.FreeHGlobal(memory);
                Marshal.FreeHGlobal(targetText);
                Marshal.FreeHGlobal(userText);
                Forget(found);
            }
        }

        public static void Delete(string target)
        {
            if (CredDelete(target, Generic, 0)) return;
            int code = Marshal.GetLastWin32Error();
            if (code != NotFound) throw new Win32Exception(code);
        }
    }
}
