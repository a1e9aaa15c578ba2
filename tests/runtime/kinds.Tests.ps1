BeforeDiscovery {
    $files = @([IO.Directory]::GetFiles("$PSScriptRoot/../../templates/ps1", '*.ps1', 'AllDirectories') | Sort-Object |
            Where-Object { [IO.File]::ReadAllText($_) -match '(?m)^Register-Kind ' } | ForEach-Object { @{ path = $_; name = [IO.Path]::GetFileNameWithoutExtension($_) } })
}

BeforeAll { . "$PSScriptRoot/../pc/Pc.ps1" }

Describe 'every kind' {
    It '<name> registers itself and nothing else' -ForEach $files {
        $script:Kind = @{}
        . $path
        @($script:Kind.Keys) | Should -BeExactly @($name)
        $script:Kind[$name].format | Should -BeGreaterThan 0
    }

    It '<name> compiles nothing and touches nothing while it loads' -ForEach $files {
        $tokens = $null
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile($path, [ref] $tokens, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        foreach ($statement in $ast.EndBlock.Statements) {
            if ($statement -is [Management.Automation.Language.FunctionDefinitionAst]) { continue }
            if ($statement -is [Management.Automation.Language.AssignmentStatementAst]) { $statement.Left.Extent.Text | Should -BeLike '$script:*'; continue }
            $statement.Extent.Text | Should -MatchExactly '^Register-(Kind|Opener|Remnant) '
        }
    }

    It 'no two parts define the same function' {
        $names = foreach ($file in [IO.Directory]::GetFiles("$PSScriptRoot/../../templates/ps1", '*.ps1', 'AllDirectories')) {
            $ast = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
            foreach ($function in $ast.FindAll({ param($node) $node -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)) { $function.Name }
        }
        @($names | Group-Object | Where-Object { $_.Count -gt 1 } | ForEach-Object { $_.Name }) | Should -BeNullOrEmpty
    }
}
