Test-Native 'Test-PlainPath', 'Assert-PlainPath', 'Open-PlainFile', 'Read-PlainByte', 'Read-PlainText' {
    $null = Invoke-Cmd "mkdir $script:Folder\受信 && echo abc>$script:Folder\受信\控え.csv"
    $file = "$script:Folder\受信\控え.csv"
    # Wine keeps no junction or link of Windows, so none is followed here.
    Assert-Same @($true, $true, $false) @((Test-PlainPath $file), (Test-PlainPath "$script:Folder\nowhere\a.csv"), (Test-PlainPath '\\server\share\a.csv'))
    Assert-Same "abc`r`n" (Read-PlainText $file 5)
    Assert-Refused { Read-PlainByte $file 4 }
    Assert-Refused { Read-PlainByte $script:Folder 100 }
    [IO.File]::Create("$script:Folder\empty").Dispose()
    Assert-Same 0 (Read-PlainByte "$script:Folder\empty" 0).Length
}

Test-Native 'Get-FolderFile', 'Get-Subfolder' {
    $null = Invoke-Cmd "mkdir $script:Folder\甲 $script:Folder\乙 && echo x>$script:Folder\a.csv && echo x>$script:Folder\a.csv_bak && echo x>$script:Folder\甲\b.csv"
    Assert-Same @("$script:Folder\a.csv", "$script:Folder\a.csv_bak") @(Get-FolderFile $script:Folder | Sort-Object)
    Assert-Same @("$script:Folder\乙", "$script:Folder\甲") @(Get-Subfolder $script:Folder | Sort-Object)
}
