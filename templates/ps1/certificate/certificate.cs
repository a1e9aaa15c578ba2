using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PersonalKey
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Blob { public int Size; public IntPtr Data; }

        [DllImport("crypt32.dll", SetLastError = true)]
        static extern IntPtr PFXImportCertStore(ref Blob file, IntPtr password, uint flags);
        [DllImport("crypt32.dll")]
        static extern bool CertCloseStore(IntPtr store, uint flags);
        [DllImport("crypt32.dll", SetLastError = true)]
        static extern bool CryptFindCertificateKeyProvInfo(IntPtr certificate, uint flags, IntPtr reserved);

        // A store in memory; the private keys are in the person's key set from now on.
        // CRYPT_USER_KEYSET 0x1000, PKCS12_INCLUDE_EXTENDED_PROPERTIES 0x10. Without CRYPT_EXPORTABLE 0x1 a key cannot be
        // exported; without CRYPT_USER_PROTECTED 0x2 nobody is asked when it is used.
        public static IntPtr Import(byte[] file, IntPtr password)
        {
            GCHandle pinned = GCHandle.Alloc(file, GCHandleType.Pinned);
            try
            {
                Blob blob = new Blob();
                blob.Size = file.Length;
                blob.Data = pinned.AddrOfPinnedObject();
                IntPtr store = PFXImportCertStore(ref blob, password, 0x1010);
                if (store == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
                return store;
            }
            finally { pinned.Free(); }
        }

        public static void Close(IntPtr store) { CertCloseStore(store, 0); }

        // Looks for the person's key that belongs to a certificate, and notes it there: CRYPT_FIND_USER_KEYSET_FLAG 1,
        // CRYPT_FIND_SILENT_KEYSET_FLAG 0x40.
        public static bool Find(IntPtr certificate) { return CryptFindCertificateKeyProvInfo(certificate, 0x41, IntPtr.Zero); }
    }
}
