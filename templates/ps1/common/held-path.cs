using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
namespace OqsGen
{
    // A file or folder that is open, so that neither it nor a folder above it can get another name or go away. What is asked
    // and done here is asked of and done to this very thing, whatever its path leads to by now.
    public sealed class HeldPath : IDisposable
    {
        [StructLayout(LayoutKind.Sequential, Pack = 4)]
        struct Information
        {
            public uint Attributes;
            public long Created, Accessed, Written;
            public uint Volume, SizeHigh, SizeLow, Links, IndexHigh, IndexLow;
        }
        [StructLayout(LayoutKind.Sequential)]
        struct Status { public IntPtr Code, Information; }

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern SafeFileHandle CreateFileW(string path, uint access, uint share, IntPtr security, uint how, uint flags, IntPtr like);
        [DllImport("kernel32.dll", SetLastError = true)]
        static extern bool GetFileInformationByHandle(SafeFileHandle file, out Information found);
        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern uint GetFinalPathNameByHandleW(SafeFileHandle file, StringBuilder path, uint length, uint flags);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool GetKernelObjectSecurity(SafeFileHandle file, uint what, byte[] descriptor, uint length, out uint needed);
        [DllImport("advapi32.dll")]
        static extern uint SetSecurityInfo(SafeFileHandle file, int sort, uint what, IntPtr owner, IntPtr group, byte[] list, IntPtr audit);
        [DllImport("ntdll.dll")]
        static extern int NtSetInformationFile(SafeFileHandle file, out Status status, IntPtr data, uint length, int what);
        [DllImport("ntdll.dll")]
        static extern int RtlNtStatusToDosError(int status);

        readonly SafeFileHandle file;

        // GENERIC rights would be more than is asked for: SYNCHRONIZE 0x100000, READ_CONTROL 0x20000, FILE_READ_ATTRIBUTES 0x80;
        // to give a folder other entries, and hand them down, WRITE_DAC 0x40000, FILE_LIST_DIRECTORY 0x1, FILE_TRAVERSE 0x20; to
        // give it another name or to remove it DELETE 0x10000. FILE_SHARE_READ 1, FILE_SHARE_WRITE 2 and not FILE_SHARE_DELETE;
        // OPEN_EXISTING 3; FILE_FLAG_BACKUP_SEMANTICS 0x2000000 opens folders, FILE_FLAG_OPEN_REPARSE_POINT 0x200000 a link itself.
        public HeldPath(string path, bool rename)
        {
            file = CreateFileW(path, rename ? 0x130080u : 0x1600a1u, 3, IntPtr.Zero, 3, 0x2200000, IntPtr.Zero);
            if (file.IsInvalid) throw new Win32Exception(Marshal.GetLastWin32Error());
        }

        public void Dispose() { file.Dispose(); }

        Information Read()
        {
            Information found;
            if (!GetFileInformationByHandle(file, out found)) throw new Win32Exception(Marshal.GetLastWin32Error());
            return found;
        }

        // FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_DIRECTORY
        // Methods, since a property that throws is $null in PowerShell.
        public bool IsLink() { return (Read().Attributes & 0x400) != 0; }
        public bool IsFolder() { return (Read().Attributes & 0x10) != 0; }

        // Where it really is, with a drive's letter: all links above it followed.
        public string GetPlace()
        {
            StringBuilder path = new StringBuilder(32768);
            uint length = GetFinalPathNameByHandleW(file, path, (uint)path.Capacity, 0);
            if (length == 0 || length >= path.Capacity) throw new Win32Exception(Marshal.GetLastWin32Error());
            string text = path.ToString();
            return text.StartsWith(@"\\?\", StringComparison.Ordinal) ? text.Substring(4) : text;
        }

        // OWNER_SECURITY_INFORMATION 1, DACL_SECURITY_INFORMATION 4; self-relative.
        public byte[] GetSecurity()
        {
            uint needed;
            GetKernelObjectSecurity(file, 5, new byte[0], 0, out needed);
            byte[] descriptor = new byte[needed];
            if (!GetKernelObjectSecurity(file, 5, descriptor, needed, out needed))
                throw new Win32Exception(Marshal.GetLastWin32Error());
            return descriptor;
        }

        // SE_FILE_OBJECT 1; PROTECTED_DACL_SECURITY_INFORMATION, UNPROTECTED_DACL_SECURITY_INFORMATION
        public void SetAccess(byte[] list, bool isProtected)
        {
            uint what = 4 | (isProtected ? 0x80000000u : 0x20000000u);
            uint code = SetSecurityInfo(file, 1, what, IntPtr.Zero, IntPtr.Zero, list, IntPtr.Zero);
            if (code != 0) throw new Win32Exception((int)code);
        }

        // A folder that holds nothing goes once this is closed; false where it holds something, which Windows itself sees, and
        // where it is a file or a link, which would go as well.
        // FILE_DISPOSITION_INFORMATION (13), STATUS_DIRECTORY_NOT_EMPTY
        public bool RemoveEmpty()
        {
            if (!IsFolder() || IsLink()) return false;
            IntPtr data = Marshal.AllocHGlobal(1);
            try
            {
                Marshal.WriteByte(data, 1);
                Status status;
                int code = NtSetInformationFile(file, out status, data, 1, 13);
                if (code == unchecked((int)0xc0000101)) return false;
                if (code != 0) throw new Win32Exception(RtlNtStatusToDosError(code));
                return true;
            }
            finally { Marshal.FreeHGlobal(data); }
        }

        // Another name in the same folder, which is not looked for by its path again. FILE_RENAME_INFORMATION (10): not in
        // the place of another file, no root folder, the name alone (ntifs.h).
        public void Rename(string name)
        {
            byte[] text = Encoding.Unicode.GetBytes(name);
            int length = 2 * IntPtr.Size + 4 + text.Length;
            IntPtr data = Marshal.AllocHGlobal(length + 8);
            try
            {
                for (int i = 0; i < length + 8; i++) Marshal.WriteByte(data, i, 0);
                Marshal.WriteInt32(data, 2 * IntPtr.Size, text.Length);
                Marshal.Copy(text, 0, new IntPtr(data.ToInt64() + 2 * IntPtr.Size + 4), text.Length);
                Status status;
                int code = NtSetInformationFile(file, out status, data, (uint)(length + 8), 10);
                if (code != 0) throw new Win32Exception(RtlNtStatusToDosError(code));
            }
            finally { Marshal.FreeHGlobal(data); }
        }
    }
}
