Test-Native 'Test-FilePresence', 'Read-FileByte', 'Get-FileSize', 'Get-CreationMark', 'Get-FileMark' {
    $file = "$script:Folder\設定.ini"
    Assert-Same @($false, $null) @((Test-FilePresence $file), (Get-CreationMark $file))
    $held = [IO.File]::Open($file, 'Create', 'Write', 'ReadWrite')
    $held.Write([byte[]] @(1, 0, 255), 0, 3)
    $held.Flush()
    Assert-Same @($true, $true) @((Test-FilePresence $file), (Test-FilePresence $script:Folder))
    Assert-Same '01-00-FF' ([BitConverter]::ToString((Read-FileByte $file)))
    Assert-Same 3 (Get-FileSize $file)
    $mark = Get-FileMark $file
    Assert-Same @('', $true) @((Get-FileMark "$file.none"), $mark.StartsWith('設定.ini 3 '))
    $held.WriteByte(7)
    $held.Flush()
    Assert-Same $false ((Get-FileMark $file) -ceq $mark)
    $held.Dispose()
    # Wine lets nobody set that time; the file was made just now.
    $ago = [DateTime]::UtcNow - [DateTime]::ParseExact((Get-CreationMark $file), 'yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
    Assert-Same $true ([math]::Abs($ago.TotalSeconds) -lt 60)
}

Test-Native 'Get-FolderStamp' {
    $folder = "$script:Folder\face"
    $null = [IO.Directory]::CreateDirectory("$folder\below")
    [IO.File]::WriteAllText("$folder\below\x.xml", 'x')
    Assert-Same 0 @(Get-FolderStamp $folder).Length
    foreach ($name in '結果.xml', '2.xml') { [IO.File]::WriteAllText("$folder\$name", 'x') }
    $marks = @(foreach ($name in '2.xml', '結果.xml') { Get-FileMark "$folder\$name" })
    Assert-Same @($marks | Sort-Object) @(Get-FolderStamp $folder | Sort-Object)
    [IO.Directory]::Delete($folder, $true)
}

Test-Native 'Read-ProgramVersion' {
    # As the compiler of this program was told: tests/wine/host/host.csproj.
    Assert-Same '3.22.4.1' (Read-ProgramVersion ([Diagnostics.Process]::GetCurrentProcess().MainModule.FileName))
}
