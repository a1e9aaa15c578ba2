// Runs a script in a PowerShell of its own: pwsh.exe ends under Wine without doing anything. An exception that nobody
// catches would start Wine's debugger, which waits for somebody.
using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

try
{
    var state = InitialSessionState.CreateDefault();
    state.ExecutionPolicy = ExecutionPolicy.Bypass;
    using var runspace = RunspaceFactory.CreateRunspace(state);
    runspace.Open();
    using var shell = PowerShell.Create(runspace);
    shell.AddCommand(args[0]);
    foreach (var argument in args[1..]) shell.AddArgument(argument);
    foreach (var line in shell.Invoke()) Console.Out.WriteLine(line);
    foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error + "\n" + error.ScriptStackTrace);
    return shell.HadErrors ? 1 : 0;
}
catch (Exception error)
{
    Console.Error.WriteLine((error as RuntimeException)?.ErrorRecord.ScriptStackTrace + "\n" + error);
    return 1;
}
