using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Clock
    {
        [DllImport("kernel32.dll")] static extern ulong GetTickCount64();

        public static long Minutes() { return (long)(GetTickCount64() / 60000); }
    }
}
