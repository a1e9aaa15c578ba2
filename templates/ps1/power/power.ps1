# Idle times of the active power scheme, in seconds; 0 = never. They are put back into the scheme that they came from.

$script:PowerSleepGroup = '238c9fa8-0aad-41ed-83f4-97be242c8f20'
$script:PowerSetting = @{ standby = '29f6c1db-86da-48c5-9fdb-f2b67b1f44da'; hibernate = '9d7815a6-7ee4-497e-8888-515a05f02364' }
$script:PowerPolicyText = 'グループ ポリシーがスリープの時間を決めていて、電源プランの設定より優先されます。ポリシーを配布している管理者に外してもらってください。'

Register-Kind 'power' -Format 1 -Sometimes 'policy' -Get {
    param($Target)
    $scheme = Get-PowerScheme
    $state = [ordered] @{ scheme = $scheme; standby = $null; hibernate = $null }
    $policy = [ordered] @{}
    foreach ($name in 'standby', 'hibernate') {
        $setting = $script:PowerSetting[$name]
        $state[$name] = Read-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting
        $forced = Get-PowerPolicy $Target.source $name
        if ($null -ne $forced) { $policy[$name] = $forced }
    }
    if ($policy.Count -gt 0) {
        $state.policy = [pscustomobject] $policy
        $state.message = $script:PowerPolicyText
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
    # Written all the same: it holds once the policy is gone.
    if ($null -ne (Get-Field $State 'scheme')) { return }
    foreach ($name in 'standby', 'hibernate') {
        $forced = Get-PowerPolicy $Target.source $name
        if ($null -ne $forced -and $forced -ne (Get-Field $State $name)) { throw $script:PowerPolicyText }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $scheme = Get-Field $Wanted 'scheme'
    if ($null -ne $scheme -and $scheme -ne $Found.scheme) { return $false }
    foreach ($name in 'standby', 'hibernate') {
        $seconds = Get-Field $Wanted $name
        if ($null -eq $seconds) { continue }
        if ($null -ne $Found.$name -and $Found.$name -ne $seconds) { return $false }
        $forced = Get-Field (Get-Field $Found 'policy') $name
        if ($null -eq $scheme -and $null -ne $forced -and $forced -ne $seconds) { return $false }
    }
    return $true
} -Undo {
    param($Target, $Before, $Found)
    if ($Before.scheme -eq $Found.scheme) { return $null }
    return [pscustomobject] @{
        state = $Before
        reason = '電源プランが途中で切り替えられています。元の時間は、切り替える前の電源プランに戻しました。'
    }
}

function Get-PowerPolicy {
    # What a group policy says, in seconds; $null without one. It wins over the scheme.
    param([string] $Source, [string] $Name)
    $key = "SOFTWARE\Policies\Microsoft\Power\PowerSettings\$($script:PowerSetting[$Name])"
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $key -Name "$($Source.ToUpperInvariant())SettingIndex"
    if ($null -eq $entry -or $entry.type -cne 'DWord') { return $null }
    return ([long] $entry.data -band 4294967295)
}
