BeforeAll { . "$PSScriptRoot/../pc/Pc.ps1" }

Describe 'looking for the stick' {
    BeforeEach { Initialize-Pc }

    It 'reads a script again only once it has changed' {
        $path, $other = "$env:OQSGEN_FAKE/a.ps1", "$env:OQSGEN_FAKE/b.ps1"
        $then = [DateTime]::UtcNow.AddMinutes(-1)
        [IO.File]::WriteAllText($path, 'one')
        [IO.File]::WriteAllText($other, 'one')
        [IO.File]::SetLastWriteTimeUtc($path, $then)
        $first = Get-ScriptHash $path
        $first | Should -Be (Get-ScriptHash $other)
        [IO.File]::WriteAllText($path, 'two')
        [IO.File]::SetLastWriteTimeUtc($path, $then)
        Get-ScriptHash $path | Should -Be $first
        [IO.File]::WriteAllText($path, 'three')
        [IO.File]::SetLastWriteTimeUtc($path, $then)
        $longer = Get-ScriptHash $path
        $longer | Should -Not -Be $first
        [IO.File]::WriteAllText($path, 'seven')
        [IO.File]::SetLastWriteTimeUtc($path, $then.AddSeconds(2))
        Get-ScriptHash $path | Should -Not -BeIn @($first, $longer)
    }
}
