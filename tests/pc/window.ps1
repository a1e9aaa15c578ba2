# A window in the place of the console's: what is typed before anybody asks stands in its buffer, as in conhost's, and a
# question takes what stands there first.

if (-not ('OqsGen.Tests.Window' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
namespace OqsGen.Tests
{
    // Typed: the keys in its buffer, Enter as \n. Held: keys that come one after another once the buffer was emptied, as from a
    // key that is held down. Answers: what a person types at each question.
    public class Window : PSHost
    {
        public string Typed = "";
        public string Held = "";
        public Queue<string> Answers = new Queue<string>();
        public StringBuilder Shown = new StringBuilder();
        public int? Exit;
        readonly Guid id = Guid.NewGuid();
        readonly Face face;
        public Window() { face = new Face(this); }

        public void Repeat()
        {
            if (Typed != "" || Held == "") return;
            Typed = Held.Substring(0, 1);
            Held = Held.Substring(1);
        }

        public string TakeLine()
        {
            Repeat();
            while (!Typed.Contains("\n"))
            {
                if (Answers.Count == 0) return null;
                Typed += Answers.Dequeue() + "\n";
            }
            var end = Typed.IndexOf('\n');
            var line = Typed.Substring(0, end);
            Typed = Typed.Substring(end + 1);
            return line;
        }

        public override Guid InstanceId { get { return id; } }
        public override string Name { get { return "Window"; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override PSHostUserInterface UI { get { return face; } }
        public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
        public override void SetShouldExit(int code) { Exit = code; }
        public override void EnterNestedPrompt() { throw new NotSupportedException(); }
        public override void ExitNestedPrompt() { throw new NotSupportedException(); }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
    }

    class Face : PSHostUserInterface
    {
        readonly Window window;
        readonly Buffer buffer;
        public Face(Window window) { this.window = window; buffer = new Buffer(window); }
        public override PSHostRawUserInterface RawUI { get { return buffer; } }
        public override string ReadLine() { return window.TakeLine(); }
        public override SecureString ReadLineAsSecureString()
        {
            var secret = new SecureString();
            foreach (var c in window.TakeLine() ?? "") secret.AppendChar(c);
            return secret;
        }
        public override void Write(string value) { window.Shown.Append(value); }
        public override void Write(ConsoleColor front, ConsoleColor back, string value) { window.Shown.Append(value); }
        public override void WriteLine(string value) { window.Shown.Append(value + "\n"); }
        public override void WriteErrorLine(string value) { WriteLine(value); }
        public override void WriteDebugLine(string value) { WriteLine(value); }
        public override void WriteVerboseLine(string value) { WriteLine(value); }
        public override void WriteWarningLine(string value) { WriteLine(value); }
        public override void WriteProgress(long source, ProgressRecord record) { }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> fields)
        {
            // Read-Host with a prompt and -AsSecureString asks so.
            var answers = new Dictionary<string, PSObject>();
            foreach (var field in fields)
            {
                Write(field.Name + ": ");
                answers[field.Name] = field.ParameterTypeName == "SecureString"
                    ? PSObject.AsPSObject(ReadLineAsSecureString()) : PSObject.AsPSObject(ReadLine());
            }
            return answers;
        }
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int normal)
        {
            throw new NotSupportedException();
        }
        public override PSCredential PromptForCredential(string caption, string message, string user, string target)
        {
            throw new NotSupportedException();
        }
        public override PSCredential PromptForCredential(string caption, string message, string user, string target,
            PSCredentialTypes types, PSCredentialUIOptions options)
        {
            throw new NotSupportedException();
        }
    }

    class Buffer : PSHostRawUserInterface
    {
        readonly Window window;
        public Buffer(Window window) { this.window = window; }
        public override void FlushInputBuffer() { window.Typed = ""; }
        public override bool KeyAvailable { get { window.Repeat(); return window.Typed != ""; } }
        public override KeyInfo ReadKey(ReadKeyOptions options) { throw new NotSupportedException(); }
        public override ConsoleColor ForegroundColor { get; set; }
        public override ConsoleColor BackgroundColor { get; set; }
        public override Coordinates CursorPosition { get; set; }
        public override Coordinates WindowPosition { get; set; }
        public override int CursorSize { get; set; }
        public override Size BufferSize { get { return new Size(120, 50); } set { } }
        public override Size WindowSize { get { return new Size(120, 50); } set { } }
        public override Size MaxWindowSize { get { return new Size(120, 50); } }
        public override Size MaxPhysicalWindowSize { get { return new Size(120, 50); } }
        public override string WindowTitle { get; set; }
        public override BufferCell[,] GetBufferContents(Rectangle rectangle) { throw new NotSupportedException(); }
        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { throw new NotSupportedException(); }
        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    }
}
'@
}

function Invoke-InWindow {
    # Runs PowerShell text in a window with keys typed ahead, and answers for its questions. Gives the window; what the text
    # gives and has the host show stands in its Shown; what it writes to [Console]::Out is nowhere.
    param([string] $Text, [string] $Typed = '', [string[]] $Answers = @(), [string] $Held = '')
    $window = New-Object OqsGen.Tests.Window
    $window.Typed = $Typed
    $window.Held = $Held
    foreach ($answer in $Answers) { $window.Answers.Enqueue($answer) }
    $space = [runspacefactory]::CreateRunspace($window, [initialsessionstate]::CreateDefault2())
    $space.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $space
    $out = [Console]::Out
    [Console]::SetOut([IO.TextWriter]::Null)
    try {
        foreach ($line in @($shell.AddScript($Text).Invoke()) + @($shell.Streams.Error)) { $null = $window.Shown.Append("$line`n") }
    }
    finally {
        [Console]::SetOut($out)
        $shell.Dispose()
        $space.Dispose()
    }
    return $window
}
