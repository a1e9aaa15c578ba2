# .NET Framework 4: its release, and whether its feature of Windows is on (InstallState 1 enabled, 2 disabled, 3 absent).

Register-Kind 'dotnet' -Format 1 -Get {
    param($Target)
    $release = 0
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' -Name 'Release'
    if ($null -ne $entry -and $entry.type -ceq 'DWord') { $release = $entry.data }
    $install = Read-OptionalFeature -Name $Target.feature
    $state = [ordered] @{ release = $release; feature = $install }
    if ($install -eq 2 -or $install -eq 3) {
        $state.message = '「Windows の機能の有効化または無効化」で .NET Framework 4.8 Advanced Services が無効になっています。有効にして再起動してください。'
    }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.release -ge $Wanted.minimumRelease -and ($null -eq $Found.feature -or $Found.feature -eq 1))
}
