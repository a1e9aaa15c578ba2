Test-Native 'Open-HeldPath', 'Read-HeldPath', 'Close-HeldPath' {
    $null = Invoke-Cmd "mkdir $script:Folder\共有"
    $held = Open-HeldPath "$script:Folder\共有"
    $found = Read-HeldPath $held
    Assert-Same @($true, $false) @($found.folder, $found.reparse)
    Assert-Same $true $found.place.EndsWith('\共有')
    Close-HeldPath $held
}

Test-Native 'Remove-HeldFolder' {
    $folder = "$script:Folder\空"
    $null = Invoke-Cmd "mkdir $folder"
    $null = Invoke-Cmd "echo x>$folder\a"
    $held = Open-HeldPath $folder -Rename
    try { Assert-Same $false (Remove-HeldFolder $held) } finally { Close-HeldPath $held }
    Assert-Same 'a' (Invoke-Cmd "dir /b $folder")
    $held = Open-HeldPath "$folder\a" -Rename
    try { Assert-Same $false (Remove-HeldFolder $held) } finally { Close-HeldPath $held }
    Assert-Same 'a' (Invoke-Cmd "dir /b $folder")
    $null = Invoke-Cmd "del $folder\a"
    $held = Open-HeldPath $folder -Rename
    try { Assert-Same $true (Remove-HeldFolder $held) } finally { Close-HeldPath $held }
    Assert-Same $false ([IO.Directory]::Exists($folder))
}
