Test-Native 'Get-StartMenuFolder' {
    $key = 'HKLM\Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders'
    Assert-Same $true ((Invoke-Reg "query `"$key`" /v `"Common Programs`"") -join "`n").Contains((Get-StartMenuFolder))
}

Test-Native 'Write-ShellLink', 'Remove-ShellLink' {
    $file = "$script:Folder\資格確認端末の設定の続き.lnk"
    $folder = "$script:Folder\一式"
    $files = "$folder\1_適用.cmd", "$folder\OQS-01_2026-11-27.html"
    $null = Invoke-Cmd "mkdir `"$folder`""
    foreach ($name in $files) { $null = Invoke-Cmd "echo x>`"$name`"" }
    foreach ($target in $files + $folder) {
        $note = "設定を開きます: $target "
        Write-ShellLink $file $target $note
        # MS-SHLLINK: the place in the code page of the PC, the note in UTF-16.
        $letters = [Text.Encoding]::GetEncoding(28591)
        $text = $letters.GetString([IO.File]::ReadAllBytes($file))
        Assert-Same 'L' $text.Substring(0, 1)
        Assert-Same $true $text.Contains($letters.GetString([Text.Encoding]::GetEncoding(932).GetBytes($target) + [byte[]] @(0)))
        Assert-Same $true $text.Contains($letters.GetString([Text.Encoding]::Unicode.GetBytes($note)))
        Assert-Same @($file) @(Get-FolderFile $script:Folder)
    }
    Remove-ShellLink $file
    Remove-ShellLink $file
    Assert-Same @() @(Get-FolderFile $script:Folder)
}
