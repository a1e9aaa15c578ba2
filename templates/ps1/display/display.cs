using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public sealed class DisplayScale
    {
        public string Path;
        public int Adapter;
        public int AdapterHigh;
        public int Source;
        public int Minimum;
        public int Relative;
        public int Maximum;
    }

    public static class Display
    {
        const int OnlyActivePaths = 2, InsufficientBuffer = 122, RemoteSession = 0x1000;
        // DISPLAYCONFIG_PATH_INFO 72: source 20 (adapter 0, id 8), target 48 (adapter 20, id 28), flags 4. DISPLAYCONFIG_MODE_INFO 64.
        const int PathSize = 72, ModeSize = 64;
        // A request begins with type, size, adapter (8), id: 20 bytes.
        const int TargetName = 2, TargetNameSize = 420, DevicePathAt = 164;
        const int ReadScale = -3, ReadScaleSize = 0x20, WriteScale = -4, WriteScaleSize = 0x18;

        [DllImport("user32.dll")] static extern int GetSystemMetrics(int index);
        [DllImport("user32.dll")] static extern int GetDisplayConfigBufferSizes(int flags, out int paths, out int modes);
        [DllImport("user32.dll")]
        static extern int QueryDisplayConfig(int flags, ref int paths, IntPtr pathArray, ref int modes, IntPtr modeArray, IntPtr topology);
        [DllImport("user32.dll")] static extern int DisplayConfigGetDeviceInfo(IntPtr request);
        [DllImport("user32.dll")] static extern int DisplayConfigSetDeviceInfo(IntPtr request);

        public static bool Remote() { return GetSystemMetrics(RemoteSession) != 0; }

        static IntPtr Request(int type, int size, int adapter, int adapterHigh, int id)
        {
            IntPtr memory = Marshal.AllocHGlobal(size);
            for (int i = 0; i < size; i++) Marshal.WriteByte(memory, i, 0);
            Marshal.WriteInt32(memory, 0, type);
            Marshal.WriteInt32(memory, 4, size);
            Marshal.WriteInt32(memory, 8, adapter);
            Marshal.WriteInt32(memory, 12, adapterHigh);
            Marshal.WriteInt32(memory, 16, id);
            return memory;
        }

        static string DevicePath(int adapter, int adapterHigh, int target)
        {
            IntPtr request = Request(TargetName, TargetNameSize, adapter, adapterHigh, target);
            try
            {
                int code = DisplayConfigGetDeviceInfo(request);
                if (code != 0) throw new Win32Exception(code);
                return Marshal.PtrToStringUni(new IntPtr(request.ToInt64() + DevicePathAt));
            }
            finally { Marshal.FreeHGlobal(request); }
        }

        // One entry for each active source (a cloned picture is one source), named by its first monitor's device path.
        public static DisplayScale[] Read()
        {
            for (int attempt = 0; ; attempt++)
            {
                int paths, modes;
                int code = GetDisplayConfigBufferSizes(OnlyActivePaths, out paths, out modes);
                if (code != 0) throw new Win32Exception(code);
                IntPtr pathArray = Marshal.AllocHGlobal(Math.Max(1, paths) * PathSize);
                IntPtr modeArray = Marshal.AllocHGlobal(Math.Max(1, modes) * ModeSize);
                try
                {
                    code = QueryDisplayConfig(OnlyActivePaths, ref paths, pathArray, ref modes, modeArray, IntPtr.Zero);
                    // A display was plugged in between the two calls.
                    if (code == InsufficientBuffer && attempt < 3) continue;
                    if (code != 0) throw new Win32Exception(code);
                    List<DisplayScale> scales = new List<DisplayScale>();
                    List<string> seen = new List<string>();
                    for (int i = 0; i < paths; i++)
                    {
                        int at = i * PathSize;
                        DisplayScale scale = new DisplayScale();
                        scale.Adapter = Marshal.ReadInt32(pathArray, at);
                        scale.AdapterHigh = Marshal.ReadInt32(pathArray, at + 4);
                        scale.Source = Marshal.ReadInt32(pathArray, at + 8);
                        string name = scale.AdapterHigh + " " + scale.Adapter + " " + scale.Source;
                        if (seen.Contains(name)) continue;
                        seen.Add(name);
                        scale.Path = DevicePath(
                            Marshal.ReadInt32(pathArray, at + 20),
                            Marshal.ReadInt32(pathArray, at + 24),
                            Marshal.ReadInt32(pathArray, at + 28));
                        IntPtr request = Request(ReadScale, ReadScaleSize, scale.Adapter, scale.AdapterHigh, scale.Source);
                        try
                        {
                            code = DisplayConfigGetDeviceInfo(request);
                            if (code != 0) throw new Win32Exception(code);
                            scale.Minimum = Marshal.ReadInt32(request, 20);
                            scale.Relative = Marshal.ReadInt32(request, 24);
                            scale.Maximum = Marshal.ReadInt32(request, 28);
                        }
                        finally { Marshal.FreeHGlobal(request); }
                        scales.Add(scale);
                    }
                    return scales.ToArray();
                }
                finally
                {
                    Marshal.FreeHGlobal(pathArray);
                    Marshal.FreeHGlobal(modeArray);
                }
            }
        }

        // Windows' return code; 0 = done.
        public static int Write(DisplayScale scale, int relative)
        {
            IntPtr request = Request(WriteScale, WriteScaleSize, scale.Adapter, scale.AdapterHigh, scale.Source);
            try
            {
                Marshal.WriteInt32(request, 20, relative);
                return DisplayConfigSetDeviceInfo(request);
            }
            finally { Marshal.FreeHGlobal(request); }
        }
    }
}
