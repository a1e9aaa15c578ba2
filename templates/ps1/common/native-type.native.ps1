# The C# of the native layer: each <thing>.cs but what a <thing>.ps1 names by itself.

function Import-NativeType {
    # All of it at the first need, since each compilation starts a compiler. Windows PowerShell takes a warning for an error, and
    # the compiler warns (CS1668) of a folder in the variable LIB that has gone.
    if ('OqsGen.Clock' -as [type]) { return }
    Add-Type -IgnoreWarnings -TypeDefinition @'
{{ *.cs }}
'@
}
