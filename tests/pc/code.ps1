# PowerShell files as trees of code. A block of PowerShell that is asked about each node takes longer than all else that a
# test does with them: .NET compares the types.

function Read-Code {
    # The tree of a file.
    param([string] $Path)
    return [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $null)
}

function Find-Code {
    # The nodes of some types (CommandAst, without its namespace) in a tree, type by type.
    param([string[]] $Type, [object] $In)
    $test = [type].GetMethod('IsInstanceOfType')
    foreach ($name in $Type) {
        $node = [type] "Management.Automation.Language.$name"
        $In.FindAll([Delegate]::CreateDelegate([Func[Management.Automation.Language.Ast, bool]], $node, $test), $true)
    }
}
