Test-Native 'Get-PolicyFolder', 'Read-PolicyFile', 'Write-PolicyFile' {
    $folder = [Environment]::GetFolderPath('Windows') + '\system32\GroupPolicy'
    if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
    Assert-Same $folder (Get-PolicyFolder)
    Assert-Same ([ordered] @{ pol = $null; gpt = $null }) (Read-PolicyFile)
    Write-PolicyFile ([byte[]] @(1, 2)) ([byte[]] @(65, 66))
    Assert-Same '01-02' ([BitConverter]::ToString([IO.File]::ReadAllBytes("$folder\Machine\Registry.pol")))
    Assert-Same 'AB' (Invoke-Cmd "type $folder\gpt.ini")
    # Another name of the same file keeps the old bytes: it was replaced, not cut to no bytes first.
    $null = Invoke-Cmd "mklink /h $script:Folder\old $folder\gpt.ini"
    Write-PolicyFile ([byte[]] @(3)) ([byte[]] @(67))
    Assert-Same 'AB' (Invoke-Cmd "type $script:Folder\old")
    Assert-Same @('gpt.ini', 'Machine', 'Registry.pol') @((Invoke-Cmd "dir /s /b $folder").Split("`n").Trim() | ForEach-Object { $_.Split('\')[-1] } | Sort-Object)
    [IO.File]::WriteAllText("$folder\gpt.ini", '[General]')
    $found = Read-PolicyFile
    Assert-Same @('03', '[General]') @([BitConverter]::ToString($found.pol), [Text.Encoding]::ASCII.GetString($found.gpt))
    [IO.Directory]::Delete($folder, $true)
}
