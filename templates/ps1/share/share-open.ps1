# Shares of this PC that anybody can open without being named: both the share and its folder let Everyone, guests or
# anonymous people in. `open`: their names.

Register-Kind 'share-open' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    # print$ is Windows' own, for the drivers of printers that are shared.
    $shares = @(Get-SmbShare | Where-Object { -not $_.Special -and $_.Name -ne 'print$' })
    $open = @(foreach ($share in $shares) { if (Test-ShareOpen $share) { [string] $share.Name } })
    $state = [ordered] @{ open = @($open | Sort-Object) }
    if ($open.Length -gt 0) { $state.message = "だれでも開ける共有があります: $($state.open -join '、')。共有のアクセス許可から Everyone を外してください。" }
    return [pscustomobject] $state
}

function Test-ShareOpen {
    param([object] $Share)
    $entries = Get-ShareEntry $Share.SecurityDescriptor
    $sids = @($script:FolderAnybody) + @($entries | Where-Object { Test-AnybodySid $_.sid } | ForEach-Object { $_.sid })
    if ((Get-GrantedRight $entries $sids) -eq 0) { return $false }
    # A printer has no folder.
    $folder = Read-PathAccess -Path ([string] $Share.Path)
    if ($null -eq $folder) { return $false }
    return ((Get-GrantedRight (ConvertFrom-Sddl -Sddl $folder.sddl).entries $sids) -ne 0)
}
