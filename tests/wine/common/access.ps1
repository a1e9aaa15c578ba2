Test-Native 'Test-FolderPresence', 'Get-FolderContent' {
    $folder = "$script:Folder\共有"
    Assert-Same $false (Test-FolderPresence $folder)
    $null = Invoke-Cmd "mkdir `"$folder`""
    Assert-Same '共有' (Invoke-Cmd "dir /b /ad `"$script:Folder`"")
    Assert-Same @() (Get-FolderContent $folder)
    $null = Invoke-Cmd "echo x>`"$folder\a`""
    Assert-Same @($true, $false) @((Test-FolderPresence $folder), (Test-FolderPresence "$folder\a"))
    Assert-Same @("$folder\a") (Get-FolderContent $folder)
}

Test-Native 'ConvertFrom-Sddl' {
    # MS-DTYP 2.5.1.1: FA is 0x1f01ff, OICI 3.
    $list = ConvertFrom-Sddl 'D:PAI(A;OICI;FA;;;SY)(D;;0x1200a9;;;BU)'
    Assert-Same $true $list.protected
    Assert-Same @('0 3 2032127 S-1-5-18', '1 0 1179817 S-1-5-32-545') @($list.entries | ForEach-Object { "$($_.type) $($_.flags) $($_.rights) $($_.sid)" })
    Assert-Same $null (ConvertFrom-Sddl 'O:BA').entries
}
