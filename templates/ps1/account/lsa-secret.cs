using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security;
namespace OqsGen
{
    public static class LsaSecret
    {
        const int GetPrivateInformation = 0x4;
        const int CreateSecret = 0x20;
        const int NotFound = 2;

        [DllImport("advapi32.dll")]
        static extern uint LsaStorePrivateData(IntPtr policy, ref LsaText name, IntPtr data);
        [DllImport("advapi32.dll")]
        static extern uint LsaRetrievePrivateData(IntPtr policy, ref LsaText name, out IntPtr data);

        public static bool Exists(string name)
        {
            SecureString found = Read(name);
            if (found == null) return false;
            found.Dispose();
            return true;
        }

        // null where there is none.
        public static SecureString Read(string name)
        {
            SecureString secret = null;
            Lsa.With(GetPrivateInformation, name, delegate(IntPtr policy, ref LsaText key)
            {
                IntPtr data;
                uint status = LsaRetrievePrivateData(policy, ref key, out data);
                if (status != 0 && Lsa.ErrorOf(status) == NotFound) return;
                Lsa.Check(status);
                if (data == IntPtr.Zero) return;
                LsaText found = (LsaText)Marshal.PtrToStructure(data, typeof(LsaText));
                secret = new SecureString();
                for (int i = 0; i + 1 < found.Length; i += 2) secret.AppendChar((char)(ushort)Marshal.ReadInt16(found.Buffer, i));
                for (int i = 0; i < found.Length; i++) Marshal.WriteByte(found.Buffer, i, 0);
                Lsa.Free(data);
            });
            return secret;
        }

        // No characters at all (Zero) delete the secret.
        public static void Store(string name, IntPtr characters, int count)
        {
            IntPtr data = IntPtr.Zero;
            try
            {
                if (characters != IntPtr.Zero)
                {
                    data = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(LsaText)));
                    Marshal.StructureToPtr(Lsa.Wrap(characters, count), data, false);
                }
                Lsa.With(CreateSecret, name, delegate(IntPtr policy, ref LsaText key)
                {
                    uint status = LsaStorePrivateData(policy, ref key, data);
                    if (status != 0 && !(data == IntPtr.Zero && Lsa.ErrorOf(status) == NotFound)) Lsa.Check(status);
                });
            }
            finally { if (data != IntPtr.Zero) Marshal.FreeHGlobal(data); }
        }
    }
}
