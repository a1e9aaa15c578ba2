Test-Native 'Get-KnownFolder' {
    Assert-Same (Invoke-Cmd 'echo %USERPROFILE%\Desktop') (Get-KnownFolder 'Desktop')
    Assert-Same (Invoke-Cmd 'echo %USERPROFILE%\Downloads') (Get-KnownFolder 'Downloads')
}

Test-Native 'Get-PersonFile', 'Test-PersonPath', 'Read-PersonFile' {
    $file = "$script:Folder\医療 1.p12"
    Assert-Same $false (Test-PersonPath $file)
    [IO.File]::WriteAllBytes($file, [byte[]] @(1, 255))
    [IO.File]::SetLastWriteTimeUtc($file, [DateTimeOffset]::FromUnixTimeSeconds(1700000000).UtcDateTime)
    Assert-Same @("$file 医療 1.p12 1700000000") @(Get-PersonFile $script:Folder | ForEach-Object { "$($_.path) $($_.name) $($_.modified)" })
    Assert-Same @() @(Get-PersonFile "$script:Folder\absent")
    Assert-Same @($true, $true) @((Test-PersonPath $file), (Test-PersonPath $script:Folder))
    Assert-Same '01-FF' ([BitConverter]::ToString((Read-PersonFile $file)))
}

Test-Native 'Initialize-PersonFolder', 'Write-PersonFile', 'Remove-PersonFile', 'Remove-PersonFolder' {
    $folder = "$script:Folder\控え\2026"
    Initialize-PersonFolder $folder
    Write-PersonFile "$folder\a" ([byte[]] @(97, 98))
    Assert-Same 'ab' (Invoke-Cmd "type $folder\a")
    $null = Invoke-Cmd "mklink /h $script:Folder\old $folder\a"
    Write-PersonFile "$folder\a" ([byte[]] @(99))
    Assert-Same @('c', 'ab', 'a') @((Invoke-Cmd "type $folder\a"), (Invoke-Cmd "type $script:Folder\old"), (Invoke-Cmd "dir /b $folder"))
    Remove-PersonFolder $folder
    Assert-Same $true ([IO.Directory]::Exists($folder))
    [IO.File]::WriteAllText("$folder\a.new", 'half')
    Remove-PersonFile "$folder\a"
    Assert-Same @() @([IO.Directory]::GetFiles($folder))
    Remove-PersonFolder $folder
    Assert-Same $false ([IO.Directory]::Exists($folder))
}
