using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class WinInetProxy
    {
        const int PerConnection = 75, SettingsChanged = 95, Refresh = 37;
        const int Flags = 1, Server = 2, Bypass = 3, Script = 4, FlagsUi = 10;

        [StructLayout(LayoutKind.Sequential)]
        struct OptionList { public int Size; public IntPtr Connection; public int Count; public int Error; public IntPtr Options; }

        // An option is its id and a union as wide as a FILETIME: 8 bytes, aligned as a pointer is.
        static readonly int OptionSize = IntPtr.Size == 8 ? 16 : 12;
        static readonly int ValueOffset = IntPtr.Size == 8 ? 8 : 4;

        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetQueryOptionW")]
        static extern bool Query(IntPtr session, int option, ref OptionList list, ref int size);
        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetSetOptionW")]
        static extern bool Change(IntPtr session, int option, ref OptionList list, int size);
        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetSetOptionW")]
        static extern bool Notify(IntPtr session, int option, IntPtr nothing, int size);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalFree(IntPtr memory);

        static bool TryRead(int flagsId, out int flags, out string[] texts)
        {
            flags = 0;
            texts = new string[3];
            int[] ids = { flagsId, Server, Bypass, Script };
            IntPtr options = Marshal.AllocHGlobal(OptionSize * ids.Length);
            try
            {
                for (int i = 0; i < ids.Length; i++)
                {
                    for (int b = 0; b < OptionSize; b++) Marshal.WriteByte(options, i * OptionSize + b, 0);
                    Marshal.WriteInt32(options, i * OptionSize, ids[i]);
                }
                OptionList list = new OptionList();
                list.Size = Marshal.SizeOf(typeof(OptionList));
                list.Count = ids.Length;
                list.Options = options;
                int size = list.Size;
                if (!Query(IntPtr.Zero, PerConnection, ref list, ref size)) return false;
                flags = Marshal.ReadInt32(options, ValueOffset);
                for (int i = 1; i < ids.Length; i++)
                {
                    IntPtr text = Marshal.ReadIntPtr(options, i * OptionSize + ValueOffset);
                    if (text == IntPtr.Zero) continue;
                    texts[i - 1] = Marshal.PtrToStringUni(text);
                    GlobalFree(text);
                }
                return true;
            }
            finally { Marshal.FreeHGlobal(options); }
        }

        // flags (decimal), server, bypass, script; a text that is not there is empty.
        public static string[] Read()
        {
            int flags;
            string[] texts;
            if (!TryRead(FlagsUi, out flags, out texts) && !TryRead(Flags, out flags, out texts))
                throw new Win32Exception(Marshal.GetLastWin32Error());
            string number = flags.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new string[] { number, texts[0] ?? "", texts[1] ?? "", texts[2] ?? "" };
        }

        public static void Write(int flags, string server, string bypass, string script)
        {
            int[] ids = { Flags, Server, Bypass, Script };
            string[] texts = { null, server, bypass, script };
            IntPtr[] memory = new IntPtr[ids.Length];
            IntPtr options = Marshal.AllocHGlobal(OptionSize * ids.Length);
            try
            {
                for (int i = 0; i < ids.Length; i++)
                {
                    for (int b = 0; b < OptionSize; b++) Marshal.WriteByte(options, i * OptionSize + b, 0);
                    Marshal.WriteInt32(options, i * OptionSize, ids[i]);
                    if (i == 0) { Marshal.WriteInt32(options, ValueOffset, flags); continue; }
                    if (!String.IsNullOrEmpty(texts[i])) memory[i] = Marshal.StringToHGlobalUni(texts[i]);
                    Marshal.WriteIntPtr(options, i * OptionSize + ValueOffset, memory[i]);
                }
                OptionList list = new OptionList();
                list.Size = Marshal.SizeOf(typeof(OptionList));
                list.Count = ids.Length;
                list.Options = options;
                if (!Change(IntPtr.Zero, PerConnection, ref list, list.Size)) throw new Win32Exception(Marshal.GetLastWin32Error());
                Notify(IntPtr.Zero, SettingsChanged, IntPtr.Zero, 0);
                Notify(IntPtr.Zero, Refresh, IntPtr.Zero, 0);
            }
            finally
            {
                foreach (IntPtr text in memory) if (text != IntPtr.Zero) Marshal.FreeHGlobal(text);
                Marshal.FreeHGlobal(options);
            }
        }
    }
}
