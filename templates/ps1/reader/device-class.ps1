# How many devices of a class (a GUID, the same in every language) are connected.

Register-Kind 'device-class' -Format 1 -Get {
    param($Target)
    $count = Get-DeviceCount -Class $Target.class
    $state = [ordered] @{ count = $count }
    if ($count -eq 0) { $state.message = '機器が接続されていません。ケーブルと、メーカーのドライバーを確かめてください。' }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.count -ge $Wanted.minimum)
}
