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

        [StructLayout(LayoutKind.Sequential)]
        struct Text { public ushort Length; public ushort Capacity; public IntPtr Buffer; }
        [StructLayout(LayoutKind.Sequential)]
        struct Attributes
        {
            public int Length;
            public IntPtr Root;
            public IntPtr Name;
            public int Flags;
            public IntPtr Descriptor;
            public IntPtr Quality;
        }

        [DllImport("advapi32.dll")]
        static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, int access, out IntPtr policy);
        [DllImport("advapi32.dll")]
        static extern uint LsaStorePrivateData(IntPtr policy, ref Text name, IntPtr data);
        [DllImport("advapi32.dll")]
        static extern uint LsaRetrievePrivateData(IntPtr policy, ref Text name, out IntPtr data);
        [DllImport("advapi32.dll")]
        static extern int LsaNtStatusToWinError(uint status);
        [DllImport("advapi32.dll")]
        static extern uint LsaFreeMemory(IntPtr memory);
        [DllImport("advapi32.dll")]
        static extern uint LsaClose(IntPtr policy);

        static IntPtr Open(int access)
        {
            Attributes attributes = new Attributes();
            attributes.Length = Marshal.SizeOf(typeof(Attributes));
            IntPtr policy;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, access, out policy));
            return policy;
        }

        static void Check(uint status)
        {
            if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status));
        }

        static Text Wrap(IntPtr buffer, int characters)
        {
            Text text = new Text();
            text.Length = (ushort)(characters * 2);
            text.Capacity = (ushort)(characters * 2);
            text.Buffer = buffer;
            return text;
        }

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
            IntPtr policy = Open(GetPrivateInformation);
            IntPtr buffer = Marshal.StringToHGlobalUni(name);
            try
            {
                Text key = Wrap(buffer, name.Length);
                IntPtr data;
                uint status = LsaRetrievePrivateData(policy, ref key, out data);
                if (status != 0)
                {
                    int error = LsaNtStatusToWinError(status);
                    if (error == NotFound) return null;
                    throw new Win32Exception(error);
                }
                if (data == IntPtr.Zero) return null;
                Text found = (Text)Marshal.PtrToStructure(data, typeof(Text));
                SecureString secret = new SecureString();
                for (int i = 0; i + 1 < found.Length; i += 2) secret.AppendChar((char)(ushort)Marshal.ReadInt16(found.Buffer, i));
                for (int i = 0; i < found.Length; i++) Marshal.WriteByte(found.Buffer, i, 0);
                LsaFreeMemory(data);
                return secret;
            }
            finally { Marshal.FreeHGlobal(buffer); LsaClose(policy); }
        }

        // No characters at all (Zero) delete the secret.
        public static void Store(string name, IntPtr characters, int count)
        {
            IntPtr policy = Open(CreateSecret);
            IntPtr buffer = Marshal.StringToHGlobalUni(name);
            IntPtr data = IntPtr.Zero;
            try
            {
                Text key = Wrap(buffer, name.Length);
                if (characters != IntPtr.Zero)
                {
                    data = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(Text)));
                    Marshal.StructureToPtr(Wrap(characters, count), data, false);
                }
                uint status = LsaStorePrivateData(policy, ref key, data);
                if (status != 0 && !(data == IntPtr.Zero && LsaNtStatusToWinError(status) == NotFound)) Check(status);
            }
            finally
            {
                if (data != IntPtr.Zero) Marshal.FreeHGlobal(data);
                Marshal.FreeHGlobal(buffer);
                LsaClose(policy);
            }
        }
    }
}
