Test-Native 'Write-DesktopFile', 'Get-DesktopFile', 'Remove-DesktopFile' {
    $file = "$script:Folder\資格確認.url"
    Write-DesktopFile $file ([byte[]] @(91, 93))
    Assert-Same '[]' (Invoke-Cmd "type `"$file`"")
    $null = Invoke-Cmd "echo x>$script:Folder\b.URL && echo x>$script:Folder\c.txt"
    Assert-Same @("$script:Folder\b.URL", $file) @(Get-DesktopFile $script:Folder '.url' | Sort-Object)
    Assert-Same @() @(Get-DesktopFile "$script:Folder\absent" '.url')
    Remove-DesktopFile $file
    Assert-Same $false ([IO.File]::Exists($file))
}
