BeforeDiscovery {
    $files = @([IO.Directory]::GetFiles("$PSScriptRoot/../../../templates/ps1/kinds", '*.ps1') | Sort-Object | ForEach-Object { @{ path = $_; name = [IO.Path]::GetFileNameWithoutExtension($_) } })
}

BeforeAll { . "$PSScriptRoot/Pc.ps1" }

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
            $statement.Extent.Text | Should -BeLike 'Register-Kind *'
        }
    }

    It 'no two parts define the same function' {
        $names = foreach ($file in [IO.Directory]::GetFiles("$PSScriptRoot/../../../templates/ps1", '*.ps1', 'AllDirectories')) {
            $ast = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
            foreach ($function in $ast.FindAll({ param($node) $node -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)) { $function.Name }
        }
        @($names | Group-Object | Where-Object { $_.Count -gt 1 } | ForEach-Object { $_.Name }) | Should -BeNullOrEmpty
    }

    It 'each native function has a stand-in of the same parameters' {
        foreach ($file in [IO.Directory]::GetFiles("$PSScriptRoot/../../../templates/ps1/native", '*.ps1')) {
            $text = [IO.File]::ReadAllText($file)
            $ast = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
            foreach ($function in $ast.FindAll({ param($node) $node -is [Management.Automation.Language.FunctionDefinitionAst] }, $false)) {
                $used = $false
                foreach ($other in [IO.Directory]::GetFiles("$PSScriptRoot/../../../templates/ps1/kinds", '*.ps1')) { if ([IO.File]::ReadAllText($other) -match "\b$($function.Name)\b") { $used = $true } }
                if (-not $used) { continue }
                $fake = Get-Command $function.Name -ErrorAction SilentlyContinue
                $fake | Should -Not -BeNullOrEmpty -Because $function.Name
                if ($null -eq $function.Body.ParamBlock) { continue }
                foreach ($parameter in $function.Body.ParamBlock.Parameters) {
                    $fake.Parameters.Keys | Should -Contain $parameter.Name.VariablePath.UserPath -Because $function.Name
                }
            }
        }
    }
}
