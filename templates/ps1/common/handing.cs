using System;
using System.Runtime.InteropServices;
using System.Security;
using System.Threading;
namespace OqsGen
{
    // Texts that other programs take from the clipboard one after another. The clipboard has only the promise of a text: Windows
    // asks for it when it is pasted, and once the program in front has it, the next one is promised. F8 goes to the next without
    // that, Shift+F8 one back, whatever program is in front; whoever presses F8 for one that has come by itself gets that one.
    // Windows asks a window, so a thread of its own waits for messages.
    // https://learn.microsoft.com/windows/win32/dataxchg/clipboard-operations#delayed-rendering
    public sealed class Handing : IDisposable
    {
        delegate IntPtr Procedure(IntPtr window, uint message, IntPtr first, IntPtr second);

        [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
        struct WindowClass
        {
            public uint Style;
            public Procedure Procedure;
            public int ClassExtra, WindowExtra;
            public IntPtr Instance, Icon, Cursor, Background;
            public string Menu, Name;
        }
        [StructLayout(LayoutKind.Sequential)]
        struct Message
        {
            public IntPtr Window;
            public uint What;
            public IntPtr First, Second;
            public uint Time;
            public int X, Y;
        }

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode)]
        static extern IntPtr GetModuleHandleW(string name);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalAlloc(uint how, UIntPtr bytes);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalLock(IntPtr memory);
        [DllImport("kernel32.dll")]
        static extern bool GlobalUnlock(IntPtr memory);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalFree(IntPtr memory);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern ushort RegisterClassW(ref WindowClass made);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern bool UnregisterClassW(string name, IntPtr instance);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern IntPtr CreateWindowExW(uint more, string name, string title, uint style, int x, int y, int width, int height,
            IntPtr parent, IntPtr menu, IntPtr instance, IntPtr given);
        [DllImport("user32.dll")]
        static extern bool DestroyWindow(IntPtr window);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern IntPtr DefWindowProcW(IntPtr window, uint message, IntPtr first, IntPtr second);
        [DllImport("user32.dll")]
        static extern int GetMessageW(out Message message, IntPtr window, uint first, uint last);
        [DllImport("user32.dll")]
        static extern IntPtr DispatchMessageW(ref Message message);
        [DllImport("user32.dll")]
        static extern bool PostMessageW(IntPtr window, uint message, IntPtr first, IntPtr second);
        [DllImport("user32.dll")]
        static extern void PostQuitMessage(int code);
        [DllImport("user32.dll")]
        static extern UIntPtr SetTimer(IntPtr window, UIntPtr id, uint milliseconds, IntPtr procedure);
        [DllImport("user32.dll")]
        static extern bool KillTimer(IntPtr window, UIntPtr id);
        [DllImport("user32.dll")]
        static extern bool RegisterHotKey(IntPtr window, int id, uint with, uint key);
        [DllImport("user32.dll")]
        static extern bool UnregisterHotKey(IntPtr window, int id);
        [DllImport("user32.dll")]
        static extern bool OpenClipboard(IntPtr window);
        [DllImport("user32.dll")]
        static extern bool CloseClipboard();
        [DllImport("user32.dll")]
        static extern bool EmptyClipboard();
        [DllImport("user32.dll")]
        static extern IntPtr SetClipboardData(uint format, IntPtr memory);
        [DllImport("user32.dll", CharSet = CharSet.Unicode)]
        static extern uint RegisterClipboardFormatW(string name);
        [DllImport("user32.dll")]
        static extern IntPtr GetClipboardOwner();
        [DllImport("user32.dll")]
        static extern IntPtr GetOpenClipboardWindow();
        [DllImport("user32.dll")]
        static extern IntPtr GetForegroundWindow();
        [DllImport("user32.dll")]
        static extern uint GetWindowThreadProcessId(IntPtr window, out uint process);

        const uint UnicodeText = 13, Moveable = 2;
        const uint AskedFor = 0x305, AskedForAll = 0x306, Lost = 0x307, HotKey = 0x312, Ticked = 0x113, End = 0x8001;
        const uint F8 = 0x77, Shift = 4, NoRepeat = 0x4000;
        const int Next = 1, Back = 2;
        static readonly IntPtr MessageOnly = new IntPtr(-3);
        static readonly UIntPtr Pasted = new UIntPtr(1), Expired = new UIntPtr(2);
        // What is pasted may be read more than once within a moment.
        const uint Moment = 400;

        readonly string[] texts;
        readonly SecureString[] secrets;
        readonly uint seconds;
        readonly string name = "OqsGen.Handing." + Guid.NewGuid().ToString("N");
        readonly AutoResetEvent changed = new AutoResetEvent(false);
        readonly ManualResetEvent begun = new ManualResetEvent(false);
        readonly Thread thread;
        Procedure procedure;
        IntPtr window;
        bool pasted, waited = true;
        volatile bool keys;
        volatile int place;

        // A text, or a secret in its place, which stays on the clipboard for so many seconds at most.
        public Handing(string[] texts, SecureString[] secrets, int seconds)
        {
            this.texts = texts;
            this.secrets = secrets;
            this.seconds = (uint)seconds;
            thread = new Thread(Run);
            thread.IsBackground = true;
            thread.Start();
            begun.WaitOne();
        }

        // Which of them is handed over now; as many as there are, once all have been.
        public int Place { get { return place; } }

        // Whether F8 is ours: another program may have it.
        public bool Keys { get { return keys; } }

        // Whether the clipboard has what is ours: another program may hold it open, a person may have copied something. Its
        // sequence number would not tell: that goes on when a promise is kept.
        public bool Held { get { return window != IntPtr.Zero && GetClipboardOwner() == window; } }

        // Set whenever one of these has changed.
        public WaitHandle Changed { get { return changed; } }

        // The clipboard is empty then, unless it has what somebody else has put there.
        public void Dispose()
        {
            if (window != IntPtr.Zero) PostMessageW(window, End, IntPtr.Zero, IntPtr.Zero);
            thread.Join(3000);
        }

        void Run()
        {
            procedure = OnMessage;
            WindowClass made = new WindowClass();
            made.Procedure = procedure;
            made.Instance = GetModuleHandleW(null);
            made.Name = name;
            try
            {
                if (RegisterClassW(ref made) == 0) return;
                window = CreateWindowExW(0, name, "", 0, 0, 0, 0, 0, MessageOnly, IntPtr.Zero, made.Instance, IntPtr.Zero);
                if (window == IntPtr.Zero || !Offer()) return;
                keys = RegisterHotKey(window, Next, NoRepeat, F8) && RegisterHotKey(window, Back, NoRepeat | Shift, F8);
                if (!keys) UnregisterHotKey(window, Next);
                begun.Set();
                Message message;
                while (GetMessageW(out message, IntPtr.Zero, 0, 0) > 0) DispatchMessageW(ref message);
            }
            // Without it, what would be pasted is typed.
            catch (SystemException) { keys = false; }
            finally
            {
                Leave(made.Instance);
                begun.Set();
            }
        }

        void Leave(IntPtr instance)
        {
            if (window != IntPtr.Zero)
            {
                if (keys) { UnregisterHotKey(window, Next); UnregisterHotKey(window, Back); }
                Clear();
                IntPtr gone = window;
                window = IntPtr.Zero;
                DestroyWindow(gone);
            }
            UnregisterClassW(name, instance);
        }

        IntPtr OnMessage(IntPtr window, uint message, IntPtr first, IntPtr second)
        {
            if (message == AskedFor && (uint)first.ToInt64() == UnicodeText) OnAskedFor();
            else if (message == HotKey) Move(first.ToInt32() == Next ? 1 : -1, false);
            else if (message == Ticked) OnTicked(new UIntPtr((ulong)first.ToInt64()));
            else if (message == Lost) changed.Set();
            else if (message == End) PostQuitMessage(0);
            // At the end, where a text is on the clipboard that nobody has asked for: it goes with us.
            else if (message != AskedForAll) return DefWindowProcW(window, message, first, second);
            return IntPtr.Zero;
        }

        // Windows has the clipboard open for whoever pastes.
        void OnAskedFor()
        {
            Render();
            if (pasted || !IsInFront(GetOpenClipboardWindow())) return;
            pasted = true;
            SetTimer(window, Pasted, Moment, IntPtr.Zero);
        }

        static bool IsInFront(IntPtr asking)
        {
            uint asks, front;
            GetWindowThreadProcessId(asking, out asks);
            GetWindowThreadProcessId(GetForegroundWindow(), out front);
            return asking != IntPtr.Zero && asks != 0 && asks == front;
        }

        void OnTicked(UIntPtr timer)
        {
            KillTimer(window, timer);
            if (timer == Expired) { Clear(); changed.Set(); }
            else if (pasted && Held) Move(1, true);
            else { pasted = false; changed.Set(); }
        }

        // What was lost before it was pasted comes once more; the last one stays until it is pasted. Whoever presses F8 wants the one
        // that waits by itself, at the beginning and after pasting; that once it is left out. By itself: nobody has pressed a key.
        void Move(int by, bool itself)
        {
            KillTimer(window, Pasted);
            if (by > 0 && !pasted && (waited || !Held)) by = 0;
            waited = itself;
            int most = pasted ? texts.Length : Math.Max(texts.Length - 1, place);
            pasted = false;
            place = Math.Max(0, Math.Min(most, place + by));
            if (place < texts.Length) Offer();
            changed.Set();
        }

        // Promises the text of the place; false where another program does not let go of the clipboard.
        bool Offer()
        {
            KillTimer(window, Expired);
            if (!Open(window)) return false;
            try
            {
                if (!EmptyClipboard()) return false;
                // Neither kept as history nor sent to other devices, nor shown by a program that lists what was copied.
                // https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
                Put("ExcludeClipboardContentFromMonitorProcessing");
                Put("CanIncludeInClipboardHistory");
                Put("CanUploadToCloudClipboard");
                SetClipboardData(UnicodeText, IntPtr.Zero);
            }
            finally { CloseClipboard(); }
            if (secrets[place] != null) SetTimer(window, Expired, 1000 * seconds, IntPtr.Zero);
            return Held;
        }

        static bool Open(IntPtr window)
        {
            for (int tries = 0; tries < 20; tries++)
            {
                if (OpenClipboard(window)) return true;
                Thread.Sleep(25);
            }
            return false;
        }

        // Whoever empties the clipboard owns it: here nobody.
        void Clear()
        {
            if (!Held || !Open(IntPtr.Zero)) return;
            try { if (Held) EmptyClipboard(); } finally { CloseClipboard(); }
        }

        // A DWORD 0 under a name.
        static void Put(string format)
        {
            IntPtr memory = GlobalAlloc(Moveable, new UIntPtr(4));
            if (memory == IntPtr.Zero) return;
            Marshal.WriteInt32(GlobalLock(memory), 0);
            GlobalUnlock(memory);
            if (SetClipboardData(RegisterClipboardFormatW(format), memory) == IntPtr.Zero) GlobalFree(memory);
        }

        void Render()
        {
            if (place >= texts.Length) return;
            SecureString secret = secrets[place];
            int length = secret == null ? texts[place].Length : secret.Length;
            IntPtr memory = GlobalAlloc(Moveable, new UIntPtr((uint)(2 * length + 2)));
            if (memory == IntPtr.Zero) return;
            IntPtr plain = secret == null
                ? Marshal.StringToHGlobalUni(texts[place]) : Marshal.SecureStringToGlobalAllocUnicode(secret);
            try
            {
                IntPtr to = GlobalLock(memory);
                for (int at = 0; at < 2 * length; at += 2) Marshal.WriteInt16(to, at, Marshal.ReadInt16(plain, at));
                Marshal.WriteInt16(to, 2 * length, 0);
                GlobalUnlock(memory);
            }
            finally { Marshal.ZeroFreeGlobalAllocUnicode(plain); }
            if (SetClipboardData(UnicodeText, memory) == IntPtr.Zero) GlobalFree(memory);
        }
    }
}
