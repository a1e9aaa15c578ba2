# Programs that install, by their names; those that keep others up to date work at any time.
$script:InstallingName = 'install|setup'
$script:UpdatingName = 'update|onedrive'

function Find-Installing {
    # Names of the installers that are at work in this session, or of Windows' own.
    $names = @(Get-SessionProgram | ForEach-Object { $_.name } | Sort-Object -Unique |
        Where-Object { $_ -match $script:InstallingName -and $_ -notmatch $script:UpdatingName })
    if ($names.Length -eq 0 -and (Test-Installing)) { return 'Windows インストーラー' }
    return $names
}
