# What another window takes from the clipboard, while a window of ours promises it.

Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
using System.Threading;
namespace OqsGen.Tests
{
    // A window that pastes: in front, or behind another one.
    public static class Paster
    {
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern IntPtr CreateWindowExW(uint more, string name, string title, uint style, int x, int y, int width, int height,
            IntPtr parent, IntPtr menu, IntPtr instance, IntPtr given);
        [DllImport("user32.dll")] static extern bool DestroyWindow(IntPtr window);
        [DllImport("user32.dll")] static extern bool SetForegroundWindow(IntPtr window);
        [DllImport("user32.dll")] static extern IntPtr GetForegroundWindow();
        [DllImport("user32.dll")] static extern bool OpenClipboard(IntPtr window);
        [DllImport("user32.dll")] static extern bool CloseClipboard();
        [DllImport("user32.dll")] static extern bool EmptyClipboard();
        [DllImport("user32.dll")] static extern IntPtr GetClipboardData(uint format);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)] static extern uint RegisterClipboardFormatW(string name);
        [DllImport("user32.dll")] static extern bool PostMessageW(IntPtr window, uint message, IntPtr first, IntPtr second);
        [DllImport("user32.dll")] static extern bool RegisterHotKey(IntPtr window, int id, uint with, uint key);
        [DllImport("user32.dll")] static extern bool UnregisterHotKey(IntPtr window, int id);
        [DllImport("user32.dll")] static extern IntPtr GetClipboardOwner();
        [DllImport("kernel32.dll")] static extern IntPtr GlobalLock(IntPtr memory);
        [DllImport("kernel32.dll")] static extern bool GlobalUnlock(IntPtr memory);

        static IntPtr window;

        public static bool Show()
        {
            window = CreateWindowExW(0, "STATIC", "", 0x10cf0000, 0, 0, 100, 100, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            SetForegroundWindow(window);
            return GetForegroundWindow() == window;
        }
        public static void Hide() { DestroyWindow(window); window = IntPtr.Zero; }

        static bool Open(bool named)
        {
            for (int i = 0; i < 40; i++) { if (OpenClipboard(named ? window : IntPtr.Zero)) return true; Thread.Sleep(25); }
            return false;
        }
        // Named: the clipboard is opened with this window, as who pastes does.
        public static string Paste(bool named)
        {
            if (!Open(named)) return "not open";
            try
            {
                IntPtr data = GetClipboardData(13);
                if (data == IntPtr.Zero) return "";
                try { return Marshal.PtrToStringUni(GlobalLock(data)); } finally { GlobalUnlock(data); }
            }
            finally { CloseClipboard(); }
        }
        public static int Read(string format)
        {
            Open(false);
            try
            {
                IntPtr data = GetClipboardData(RegisterClipboardFormatW(format));
                if (data == IntPtr.Zero) return -1;
                try { return Marshal.ReadInt32(GlobalLock(data)); } finally { GlobalUnlock(data); }
            }
            finally { CloseClipboard(); }
        }
        public static void Copy() { Open(true); EmptyClipboard(); CloseClipboard(); }
        public static void Hold() { Open(true); }
        public static void LetGo() { CloseClipboard(); }
        public static void TakeKey(bool taken) { if (taken) RegisterHotKey(IntPtr.Zero, 7, 4, 0x77); else UnregisterHotKey(IntPtr.Zero, 7); }
        public static bool IsKeyFree() { bool free = RegisterHotKey(IntPtr.Zero, 8, 0, 0x77); if (free) UnregisterHotKey(IntPtr.Zero, 8); return free; }
        // The window that has the clipboard now is ours.
        public static void Know() { ours = GetClipboardOwner(); }
        // What Windows says to it when F8 (1) or Shift+F8 (2) is pressed.
        public static void Press(int key) { PostMessageW(ours, 0x312, new IntPtr(key), IntPtr.Zero); }
        static IntPtr ours;
    }
}
'@

function Wait-Place {
    # The place, the next time that something has changed.
    param([object] $Handing, [int] $Wanted)
    for ($try = 0; $try -lt 60 -and (Get-HandingState $Handing).place -ne $Wanted; $try++) { Start-Sleep -Milliseconds 50 }
    return (Get-HandingState $Handing).place
}

function Get-Sure { param([object] $Handing) $state = Get-HandingState $Handing; return @($state.place, $state.held, $state.keys) }

Test-Native 'Start-Handing', 'Get-HandingState', 'Stop-Handing' {
    # One after the other into the program in front; what it is not in front of stays.
    $front = [OqsGen.Tests.Paster]::Show()
    $handing = Start-Handing 'onshikaku.org', '２つ目', 'last'
    [OqsGen.Tests.Paster]::Know()
    try {
        Assert-Same @($true, 0, $true, $true) (@($front) + (Get-Sure $handing))
        Assert-Same @(0, 0, 0) @('ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard' |
                ForEach-Object { [OqsGen.Tests.Paster]::Read($_) })
        Assert-Same 'onshikaku.org' ([OqsGen.Tests.Paster]::Paste($false))
        Start-Sleep -Milliseconds 700
        Assert-Same 0 (Get-HandingState $handing).place
        # Whoever begins with F8 wants the first one.
        [OqsGen.Tests.Paster]::Press(1)
        Start-Sleep -Milliseconds 300
        Assert-Same 0 (Get-HandingState $handing).place
        [OqsGen.Tests.Paster]::Press(1)
        Assert-Same 1 (Wait-Place $handing 1)
        Assert-Same '２つ目' ([OqsGen.Tests.Paster]::Paste($true))
        Assert-Same 2 (Wait-Place $handing 2)
        # So does whoever presses it after pasting, which goes on by itself.
        [OqsGen.Tests.Paster]::Press(1)
        Start-Sleep -Milliseconds 300
        Assert-Same 2 (Get-HandingState $handing).place
        [OqsGen.Tests.Paster]::Press(2)
        Assert-Same 1 (Wait-Place $handing 1)
        [OqsGen.Tests.Paster]::Press(1)
        Assert-Same 2 (Wait-Place $handing 2)
        Assert-Same 'last' ([OqsGen.Tests.Paster]::Paste($true))
        Assert-Same 3 (Wait-Place $handing 3)
    }
    finally { Stop-Handing $handing; $text = [OqsGen.Tests.Paster]::Paste($true); [OqsGen.Tests.Paster]::Hide() }
    Assert-Same @('', $true) @($text, [OqsGen.Tests.Paster]::IsKeyFree())
}

Test-Native 'Start-Handing', 'Stop-Handing' {
    # What a person copied meanwhile stays; what was lost comes once more.
    $null = [OqsGen.Tests.Paster]::Show()
    $handing = Start-Handing 'a', 'b'
    [OqsGen.Tests.Paster]::Know()
    Set-Clipboard -Value 'mine'
    Start-Sleep -Milliseconds 200
    Assert-Same @(0, $false) @(Get-Sure $handing)[0, 1]
    [OqsGen.Tests.Paster]::Press(1)
    for ($try = 0; $try -lt 60 -and -not (Get-HandingState $handing).held; $try++) { Start-Sleep -Milliseconds 50 }
    Assert-Same 'a' ([OqsGen.Tests.Paster]::Paste($false))
    Set-Clipboard -Value 'mine'
    Stop-Handing $handing
    Assert-Same 'mine' ([OqsGen.Tests.Paster]::Paste($true))
    [OqsGen.Tests.Paster]::Copy()
    [OqsGen.Tests.Paster]::Hide()
}

Test-Native 'Start-Handing' {
    # Another program holds the clipboard, or has one of the keys.
    $null = [OqsGen.Tests.Paster]::Show()
    [OqsGen.Tests.Paster]::Hold()
    $none = Start-Handing 'a'
    [OqsGen.Tests.Paster]::LetGo()
    Assert-Same $true ($null -eq $none)
    [OqsGen.Tests.Paster]::TakeKey($true)
    $handing = Start-Handing 'a', 'b'
    $state = Get-Sure $handing
    $text = [OqsGen.Tests.Paster]::Paste($true)
    $place = Wait-Place $handing 1
    Stop-Handing $handing
    [OqsGen.Tests.Paster]::TakeKey($false)
    [OqsGen.Tests.Paster]::Hide()
    Assert-Same @(0, $true, $false, 'a', 1) ($state + @($text, $place))
}

Test-Native 'Start-Handing' {
    # A secret goes after a while, and comes once more.
    $handing = Start-Handing (Get-CheckSecret 'geheim'), 'b' -Seconds 1
    [OqsGen.Tests.Paster]::Know()
    $text = [OqsGen.Tests.Paster]::Paste($false)
    Start-Sleep -Milliseconds 1600
    $held = (Get-HandingState $handing).held
    [OqsGen.Tests.Paster]::Press(1)
    Start-Sleep -Milliseconds 300
    $again = [OqsGen.Tests.Paster]::Paste($false)
    Stop-Handing $handing
    Assert-Same @('geheim', $false, 'geheim') @($text, $held, $again)
}
