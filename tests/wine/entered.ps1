# The native layer with a line at the start of each function that says that it was entered.
param([string] $From, [string] $To)

$text = [IO.File]::ReadAllText($From)
$tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $null)
$functions = $tree.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)
foreach ($function in $functions | Sort-Object { $_.Body.Extent.StartOffset } -Descending) {
    # Behind the parameters, or behind the brace.
    $at = $function.Body.Extent.StartOffset + 1
    if ($null -ne $function.Body.ParamBlock) { $at = $function.Body.ParamBlock.Extent.EndOffset }
    $text = $text.Insert($at, "; Enter-Native '$($function.Name)';")
}
[IO.File]::WriteAllText($To, $text, (New-Object Text.UTF8Encoding($true)))
