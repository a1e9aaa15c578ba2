# Folders and files as cmd.exe sees them. What takes an access list stands in: .NET beyond the Framework has other methods.

Test-Native 'Get-ProgramDataFolder', 'Get-LocalAppDataFolder' {
    Assert-Same ([Environment]::GetFolderPath('CommonApplicationData')) (Get-ProgramDataFolder)
    Assert-Same (Invoke-Cmd 'echo %LOCALAPPDATA%') (Get-LocalAppDataFolder)
}

Test-Native 'Get-FolderEntry', 'Clear-Folder' {
    $folder = "$script:Folder\東京"
    $null = Invoke-Cmd "mkdir `"$folder\sub\deep`" && echo x>`"$folder\one`" && echo y>`"$folder\sub\two`""
    Assert-Same @("$folder\one", "$folder\sub") @(Get-FolderEntry $folder | Sort-Object)
    $held = [IO.File]::Open("$folder\held", 'Create', 'Write', 'None')
    Clear-Folder $folder
    Assert-Same 'held' (Invoke-Cmd "dir /b `"$folder`"")
    $held.Dispose()
    Clear-Folder $folder
    Assert-Same @() @([IO.Directory]::GetFileSystemEntries($folder))
}

Test-Native 'Write-NewFile', 'Rename-OwnFolder', 'Remove-OwnFolder' {
    $folder = "$script:Folder\写し"
    $null = Invoke-Cmd "mkdir `"$folder.new\sub`""
    Write-NewFile "$folder.new\sub\x" ([byte[]] (0x61, 0x62))
    Assert-Refused { Write-NewFile "$folder.new\sub\x" ([byte[]] @(0x63)) }
    Rename-OwnFolder "$folder.new" $folder
    Assert-Same 'ab' (Invoke-Cmd "type `"$folder\sub\x`"")
    Remove-OwnFolder $folder
    Assert-Same $false ([IO.Directory]::Exists($folder))
}

Test-Native 'Add-FileText', 'Resize-File', 'Write-FileText' {
    $file = "$script:Folder\記録.jsonl"
    Add-FileText $file "一`n"
    Add-FileText $file 'ab'
    Assert-Same 'E4-B8-80-0A-61-62' ([BitConverter]::ToString([IO.File]::ReadAllBytes($file)))
    Resize-File $file 4
    Assert-Same 'E4-B8-80-0A' ([BitConverter]::ToString([IO.File]::ReadAllBytes($file)))
    Write-FileText $file 'plain'
    Assert-Same 'plain' (Invoke-Cmd "type `"$file`"")
    Write-FileText $file 'x' -Bom
    Assert-Same 'EF-BB-BF-78' ([BitConverter]::ToString([IO.File]::ReadAllBytes($file)))
}

Test-Native 'Open-LockFile' {
    $lock = Open-LockFile "$script:Folder\lock"
    Assert-Same $null (Open-LockFile "$script:Folder\lock")
    Assert-Refused { Invoke-Cmd "type `"$script:Folder\lock`"" }
    $lock.Dispose()
    $null = Invoke-Cmd "type `"$script:Folder\lock`""
    $again = Open-LockFile "$script:Folder\lock"
    Assert-Same $false ($null -eq $again)
    $again.Dispose()
}
