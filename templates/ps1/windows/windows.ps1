# Edition and build of Windows, by the names that are the same in every language.

Register-Kind 'windows' -Format 1 -Get {
    param($Target)
    $release = Get-WindowsRelease
    return [pscustomobject] @{ edition = $release.edition; build = $release.build }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $editions = Get-Field $Wanted 'editions'
    if ($null -ne $editions -and @($editions) -cnotcontains $Found.edition) { return $false }
    $least = Get-Field $Wanted 'minimumBuild'
    $most = Get-Field $Wanted 'maximumBuild'
    return (($null -eq $least -or $Found.build -ge $least) -and ($null -eq $most -or $Found.build -le $most))
}
