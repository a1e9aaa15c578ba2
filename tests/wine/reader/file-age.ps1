Test-Native 'Get-FileCreation' {
    $file = "$script:Folder\顔.ini"
    Assert-Same $null (Get-FileCreation $file)
    [IO.File]::WriteAllText($file, 'a')
    # Wine lets nobody set that time.
    Assert-Same $true ([math]::Abs(([DateTime]::Now - (Get-FileCreation $file)).TotalSeconds) -lt 60)
}
