# Idle times of the active power scheme, in seconds; 0 = never. (Of hibernating on a PC with Modern Standby, 0 leaves it to
# Windows, which counts it from sleep on: it never comes where the PC does not sleep. learn.microsoft.com, HIBERNATEIDLE.)
# They are put back into the scheme that they came from.

$script:PowerSleepGroup = '238c9fa8-0aad-41ed-83f4-97be242c8f20'
$script:PowerSetting = @{ standby = '29f6c1db-86da-48c5-9fdb-f2b67b1f44da'; hibernate = '9d7815a6-7ee4-497e-8888-515a05f02364' }

# Looked at for undoing is the scheme that we changed, whichever is active by now.
Register-Kind 'power' -Format 2 -Ours ([ordered] @{ standby = 'スリープまでの時間（秒）'; hibernate = '休止状態までの時間（秒）' }) -Get {
    param($Target)
    $scheme = Get-PowerScheme
    $changed = Get-Field (Get-OpenAfter 'power' $Target) 'scheme'
    if ((Test-Undoing) -and $null -ne $changed) { $scheme = $changed }
    $state = [ordered] @{ scheme = $scheme; standby = $null; hibernate = $null }
    foreach ($name in 'standby', 'hibernate') {
        $setting = $script:PowerSetting[$name]
        $state[$name] = Read-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $active = Get-PowerScheme
    $scheme = Get-Field $State 'scheme'
    if ($null -eq $scheme) { $scheme = $active }
    foreach ($name in 'standby', 'hibernate') {
        $setting = $script:PowerSetting[$name]
        $seconds = Get-Field $State $name
        $now = Read-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting
        # A scheme that does not know the setting (a PC that cannot hibernate) has nothing to change.
        if ($null -eq $seconds -or $null -eq $now) { continue }
        Set-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting -Seconds $seconds
    }
    if ($scheme -eq $active) { Enable-PowerScheme $active }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $scheme = Get-Field $Wanted 'scheme'
    if ($null -ne $scheme -and $scheme -ne $Found.scheme) { return $false }
    foreach ($name in 'standby', 'hibernate') {
        $seconds = Get-Field $Wanted $name
        if ($null -eq $seconds) { continue }
        if ($null -ne $Found.$name -and $Found.$name -ne $seconds) { return $false }
    }
    return $true
} -Undo {
    param($Target, $Before, $Found)
    if ($Before.scheme -eq $Found.scheme) { return $null }
    return [pscustomobject] @{
        state = $Before
        reason = '電源プランが切り替えられた後にも、oqsgen がその時間を変えています。最初の電源プランは元の時間に戻しました。いまの電源プランの時間は、設定→システム→電源で決め直してください。'
    }
} -ReadOlder {
    # Format 1 also told what a group policy says.
    param($State, $Format)
    if ($null -eq $State) { return $null }
    return [pscustomobject] (Select-Field $State @(Get-FieldName $State | Where-Object { $_ -cne 'policy' }))
}
