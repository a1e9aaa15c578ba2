using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public sealed class ServiceTrigger
    {
        public int Type;
        public int Action;
        public string Subtype;
        public List<int> DataTypes = new List<int>();
        public List<byte[]> Data = new List<byte[]>();

        public void Add(int type, byte[] data) { DataTypes.Add(type); Data.Add(data); }
    }

    public static class ServiceStart
    {
        const int Connect = 1, QueryConfig = 1, ChangeConfig = 2;
        const int NoChange = -1, DelayedInfo = 3, TriggerInfo = 8;

        [StructLayout(LayoutKind.Sequential)]
        struct Triggers { public int Count; public IntPtr Items; public IntPtr Reserved; }
        [StructLayout(LayoutKind.Sequential)]
        struct Trigger { public int Type; public int Action; public IntPtr Subtype; public int DataCount; public IntPtr Data; }
        [StructLayout(LayoutKind.Sequential)]
        struct TriggerData { public int Type; public int Size; public IntPtr Bytes; }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr OpenSCManagerW(string machine, string database, int access);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr OpenServiceW(IntPtr manager, string name, int access);
        [DllImport("advapi32.dll")]
        static extern bool CloseServiceHandle(IntPtr handle);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool QueryServiceConfigW(IntPtr service, IntPtr buffer, int size, out int needed);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool QueryServiceConfig2W(IntPtr service, int level, IntPtr buffer, int size, out int needed);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ChangeServiceConfigW(IntPtr service, int type, int start, int error, string path, string group, IntPtr tag,
            string dependencies, string account, string password, string display);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool ChangeServiceConfig2W(IntPtr service, int level, IntPtr info);

        delegate void Work(IntPtr service);

        static void With(string name, int access, Work work)
        {
            IntPtr manager = OpenSCManagerW(null, null, Connect);
            if (manager == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
            try
            {
                IntPtr service = OpenServiceW(manager, name, access);
                if (service == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
                try { work(service); } finally { CloseServiceHandle(service); }
            }
            finally { CloseServiceHandle(manager); }
        }

        static void Query(IntPtr service, int level, Work read)
        {
            int needed;
            if (level == 0) QueryServiceConfigW(service, IntPtr.Zero, 0, out needed);
            else QueryServiceConfig2W(service, level, IntPtr.Zero, 0, out needed);
            IntPtr buffer = Marshal.AllocHGlobal(needed);
            try
            {
                bool done = level == 0
                    ? QueryServiceConfigW(service, buffer, needed, out needed)
                    : QueryServiceConfig2W(service, level, buffer, needed, out needed);
                if (!done) throw new Win32Exception(Marshal.GetLastWin32Error());
                read(buffer);
            }
            finally { Marshal.FreeHGlobal(buffer); }
        }

        // SERVICE_START_TYPE: 2 automatic, 3 manual, 4 disabled. QUERY_SERVICE_CONFIG begins with two DWORDs: type and start.
        public static int Start(string name)
        {
            int start = 0;
            With(name, QueryConfig, delegate(IntPtr service)
            {
                Query(service, 0, delegate(IntPtr info) { start = Marshal.ReadInt32(info, 4); });
            });
            return start;
        }

        public static bool Delayed(string name)
        {
            bool delayed = false;
            With(name, QueryConfig, delegate(IntPtr service)
            {
                Query(service, DelayedInfo, delegate(IntPtr info) { delayed = Marshal.ReadInt32(info) != 0; });
            });
            return delayed;
        }

        public static ServiceTrigger[] ReadTriggers(string name)
        {
            List<ServiceTrigger> found = new List<ServiceTrigger>();
            With(name, QueryConfig, delegate(IntPtr service)
            {
                Query(service, TriggerInfo, delegate(IntPtr info)
                {
                    Triggers all = (Triggers)Marshal.PtrToStructure(info, typeof(Triggers));
                    int size = Marshal.SizeOf(typeof(Trigger)), dataSize = Marshal.SizeOf(typeof(TriggerData));
                    for (int i = 0; i < all.Count; i++)
                    {
                        Trigger raw = (Trigger)Marshal.PtrToStructure(new IntPtr(all.Items.ToInt64() + i * size), typeof(Trigger));
                        ServiceTrigger trigger = new ServiceTrigger();
                        trigger.Type = raw.Type;
                        trigger.Action = raw.Action;
                        trigger.Subtype = raw.Subtype == IntPtr.Zero
                            ? ""
                            : ((Guid)Marshal.PtrToStructure(raw.Subtype, typeof(Guid))).ToString();
                        for (int d = 0; d < raw.DataCount; d++)
                        {
                            IntPtr at = new IntPtr(raw.Data.ToInt64() + d * dataSize);
                            TriggerData data = (TriggerData)Marshal.PtrToStructure(at, typeof(TriggerData));
                            byte[] bytes = new byte[data.Size];
                            if (data.Size > 0) Marshal.Copy(data.Bytes, bytes, 0, data.Size);
                            trigger.Add(data.Type, bytes);
                        }
                        found.Add(trigger);
                    }
                });
            });
            return found.ToArray();
        }

        public static void ChangeStart(string name, int start, bool delayed)
        {
            With(name, QueryConfig | ChangeConfig, delegate(IntPtr service)
            {
                if (!ChangeServiceConfigW(service, NoChange, start, NoChange, null, null, IntPtr.Zero, null, null, null, null))
                    throw new Win32Exception(Marshal.GetLastWin32Error());
                // Only an automatic service can be delayed.
                if (start != 2) return;
                IntPtr info = Marshal.AllocHGlobal(4);
                try
                {
                    Marshal.WriteInt32(info, delayed ? 1 : 0);
                    if (!ChangeServiceConfig2W(service, DelayedInfo, info)) throw new Win32Exception(Marshal.GetLastWin32Error());
                }
                finally { Marshal.FreeHGlobal(info); }
            });
        }

        // Replaces all triggers. None at all is refused for a service that has none already, so that is left alone.
        public static void WriteTriggers(string name, ServiceTrigger[] triggers)
        {
            if (triggers.Length == 0 && ReadTriggers(name).Length == 0) return;
            List<IntPtr> memory = new List<IntPtr>();
            try
            {
                int size = Marshal.SizeOf(typeof(Trigger)), dataSize = Marshal.SizeOf(typeof(TriggerData));
                IntPtr items = Take(memory, size * Math.Max(1, triggers.Length));
                for (int i = 0; i < triggers.Length; i++)
                {
                    Trigger raw = new Trigger();
                    raw.Type = triggers[i].Type;
                    raw.Action = triggers[i].Action;
                    if (triggers[i].Subtype.Length > 0)
                    {
                        raw.Subtype = Take(memory, 16);
                        Marshal.Copy(new Guid(triggers[i].Subtype).ToByteArray(), 0, raw.Subtype, 16);
                    }
                    raw.DataCount = triggers[i].Data.Count;
                    if (raw.DataCount > 0) raw.Data = Take(memory, dataSize * raw.DataCount);
                    for (int d = 0; d < raw.DataCount; d++)
                    {
                        byte[] bytes = triggers[i].Data[d];
                        TriggerData data = new TriggerData();
                        data.Type = triggers[i].DataTypes[d];
                        data.Size = bytes.Length;
                        data.Bytes = Take(memory, Math.Max(1, bytes.Length));
                        Marshal.Copy(bytes, 0, data.Bytes, bytes.Length);
                        Marshal.StructureToPtr(data, new IntPtr(raw.Data.ToInt64() + d * dataSize), false);
                    }
                    Marshal.StructureToPtr(raw, new IntPtr(items.ToInt64() + i * size), false);
                }
                Triggers all = new Triggers();
                all.Count = triggers.Length;
                all.Items = triggers.Length == 0 ? IntPtr.Zero : items;
                IntPtr info = Take(memory, Marshal.SizeOf(typeof(Triggers)));
                Marshal.StructureToPtr(all, info, false);
                With(name, QueryConfig | ChangeConfig, delegate(IntPtr service)
                {
                    if (!ChangeServiceConfig2W(service, TriggerInfo, info)) throw new Win32Exception(Marshal.GetLastWin32Error());
                });
            }
            finally { foreach (IntPtr block in memory) Marshal.FreeHGlobal(block); }
        }

        static IntPtr Take(List<IntPtr> memory, int size)
        {
            IntPtr block = Marshal.AllocHGlobal(size);
            memory.Add(block);
            return block;
        }
    }
}
