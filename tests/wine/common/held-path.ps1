Test-Native 'Open-HeldPath', 'Read-HeldPath', 'Close-HeldPath' {
    $null = Invoke-Cmd "mkdir $script:Folder\共有"
    $held = Open-HeldPath "$script:Folder\共有"
    $found = Read-HeldPath $held
    Assert-Same @($true, $false) @($found.folder, $found.reparse)
    Assert-Same $true $found.place.EndsWith('\共有')
    Close-HeldPath $held
}
