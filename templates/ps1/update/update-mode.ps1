# Whether Windows Update works by itself: with the policy at NoAutoUpdate = 1, Settings says that the organization turned it off.

Register-Kind 'update-mode' -Format 1 -Get {
    param($Target)
    $state = [ordered] @{ mode = 'automatic'; NoAutoUpdate = $null; AUOptions = $null }
    foreach ($name in 'NoAutoUpdate', 'AUOptions') {
        $entry = Read-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU' -Name $name
        if ($null -ne $entry -and $entry.type -ceq 'DWord') { $state[$name] = $entry.data }
    }
    if ($state.NoAutoUpdate -eq 1) { $state.mode = 'manual' }
    return [pscustomobject] $state
}
