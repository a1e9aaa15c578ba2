# The clocks of the PC. Kinds ask here, so that a test can say what time it is.

function Get-LocalTime {
    return [DateTime]::Now
}

function Get-UptimeMinute {
    # Minutes since Windows was started, sleep included; not the 32-bit count, which starts over after 49 days.
    if (-not ('OqsGen.Clock' -as [type])) {
        Add-Type -TypeDefinition @'
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Clock
    {
        [DllImport("kernel32.dll")] static extern ulong GetTickCount64();

        public static long Minutes() { return (long)(GetTickCount64() / 60000); }
    }
}
'@
    }
    return [OqsGen.Clock]::Minutes()
}
