using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class WinHttpProxy
    {
        [StructLayout(LayoutKind.Sequential)]
        struct ProxyInfo { public int Access; public IntPtr Proxy; public IntPtr Bypass; }

        [DllImport("winhttp.dll", SetLastError = true)]
        static extern bool WinHttpGetDefaultProxyConfiguration(ref ProxyInfo info);
        [DllImport("winhttp.dll", SetLastError = true)]
        static extern bool WinHttpSetDefaultProxyConfiguration(ref ProxyInfo info);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalFree(IntPtr memory);

        static string Take(IntPtr text)
        {
            if (text == IntPtr.Zero) return "";
            string copy = Marshal.PtrToStringUni(text);
            GlobalFree(text);
            return copy;
        }

        // access (decimal), proxy, bypass; a text that is not there is empty.
        public static string[] Read()
        {
            ProxyInfo info = new ProxyInfo();
            if (!WinHttpGetDefaultProxyConfiguration(ref info)) throw new Win32Exception(Marshal.GetLastWin32Error());
            string access = info.Access.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new string[] { access, Take(info.Proxy), Take(info.Bypass) };
        }

        public static void Write(int access, string proxy, string bypass)
        {
            ProxyInfo info = new ProxyInfo();
            info.Access = access;
            try
            {
                if (!String.IsNullOrEmpty(proxy)) info.Proxy = Marshal.StringToHGlobalUni(proxy);
                if (!String.IsNullOrEmpty(bypass)) info.Bypass = Marshal.StringToHGlobalUni(bypass);
                if (!WinHttpSetDefaultProxyConfiguration(ref info)) throw new Win32Exception(Marshal.GetLastWin32Error());
            }
            finally
            {
                if (info.Proxy != IntPtr.Zero) Marshal.FreeHGlobal(info.Proxy);
                if (info.Bypass != IntPtr.Zero) Marshal.FreeHGlobal(info.Bypass);
            }
        }
    }
}
