# The hours in which Windows Update does not restart the PC. Newer builds keep what a person has chosen a second time, as
# UserChoice…: it is set where it is there. SmartActiveHoursState 0: Windows does not adjust them by itself.

$script:ActiveHoursKey = 'SOFTWARE\Microsoft\WindowsUpdate\UX\Settings'
# Windows 10 1903, the first to adjust them (support.microsoft.com, active hours).
$script:ActiveHoursAdjustingBuild = 18362

# The second pair may have been made by Windows since, with the same hours.
Register-Kind 'active-hours' -Format 1 -Ours @{ hours = 'アクティブ時間' } -Same @{
        choice = { param($Was, $Is, $Item) Test-Same $Is $Item.after.hours }
    } -Tell @{ hours = { param($Was, $Is) "$(Get-Field $Is.start 'data') 時と $(Get-Field $Is.end 'data') 時" } } -Get {
    param($Target)
    $state = [ordered] @{
        hours = Read-ActiveHourPair 'ActiveHours'
        choice = Read-ActiveHourPair 'UserChoiceActiveHours'
        adjusted = Read-ActiveHourEntry 'SmartActiveHoursState'
        adjusts = ((Get-WindowsRelease).build -ge $script:ActiveHoursAdjustingBuild)
        exists = (Find-RegistryAncestor 'HKLM' $script:ActiveHoursKey)
    }
    $state.message = Get-ActiveHourText $state
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'hours')) { Restore-ActiveHour $State; return }
    $choice = Read-ActiveHourPair 'UserChoiceActiveHours'
    foreach ($side in 'Start', 'End') {
        $hour = [pscustomobject] @{ type = 'DWord'; data = $State.$side }
        Set-ActiveHourEntry "ActiveHours$side" $hour
        if ($null -ne $choice.$side) { Set-ActiveHourEntry "UserChoiceActiveHours$side" $hour }
    }
    if ((Get-WindowsRelease).build -ge $script:ActiveHoursAdjustingBuild) {
        Set-ActiveHourEntry 'SmartActiveHoursState' ([pscustomobject] @{ type = 'DWord'; data = 0 })
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    # What was before is back, wherever keys are by now.
    if ($null -ne (Get-Field $Wanted 'hours')) {
        return ((Test-Same $Wanted.hours $Found.hours) -and (Test-Same $Wanted.choice $Found.choice) -and
            (Test-Same $Wanted.adjusted $Found.adjusted))
    }
    foreach ($side in 'Start', 'End') {
        if (-not (Test-ActiveHour $Found.hours.$side $Wanted.$side)) { return $false }
        if ($null -ne $Found.choice.$side -and -not (Test-ActiveHour $Found.choice.$side $Wanted.$side)) { return $false }
    }
    if ($null -eq $Found.adjusted) { return (-not $Found.adjusts) }
    return (Test-ActiveHour $Found.adjusted 0)
}

function Get-ActiveHourText {
    # What is there, for people.
    param([object] $State)
    $texts = foreach ($pair in @($State.hours, '開始と終了'), @($State.choice, '設定の画面で選ばれている開始と終了')) {
        if ($null -eq $pair[0].start -and $null -eq $pair[0].end) { continue }
        "$($pair[1])は $(Get-Field $pair[0].start 'data') 時と $(Get-Field $pair[0].end 'data') 時"
    }
    if ($null -ne $State.adjusted -and $State.adjusted.data -ne 0) { $texts = @($texts) + '調整は自動' }
    $texts = @($texts | Where-Object { $_ })
    if ($texts.Length -eq 0) { return 'アクティブ時間は決められていません（Windows の既定のまま）。' }
    return "アクティブ時間の$($texts -join '、')です。設定→Windows Update→詳細オプション→アクティブ時間で、手動にして決めた時間にします。"
}

function Read-ActiveHourPair {
    # start and end of one of the pairs: type and data of each, null where it is absent.
    param([string] $Name)
    return [pscustomobject] @{ start = Read-ActiveHourEntry "${Name}Start"; end = Read-ActiveHourEntry "${Name}End" }
}

function Read-ActiveHourEntry {
    param([string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $script:ActiveHoursKey -Name $Name
    if ($null -eq $entry) { return $null }
    return (ConvertTo-RegistryState $entry)
}

function Set-ActiveHourEntry {
    param([string] $Name, [object] $Entry)
    if ($null -eq $Entry) { Remove-RegistryEntry -Hive 'HKLM' -Key $script:ActiveHoursKey -Name $Name; return }
    Set-RegistryEntry -Hive 'HKLM' -Key $script:ActiveHoursKey -Name $Name -Type $Entry.type -Data $Entry.data
}

function Test-ActiveHour {
    param([object] $Entry, [int] $Hour)
    return ($null -ne $Entry -and $Entry.type -ceq 'DWord' -and $Entry.data -eq $Hour)
}

function Restore-ActiveHour {
    param([object] $State)
    foreach ($side in 'Start', 'End') {
        Set-ActiveHourEntry "ActiveHours$side" $State.hours.$side
        Set-ActiveHourEntry "UserChoiceActiveHours$side" $State.choice.$side
    }
    Set-ActiveHourEntry 'SmartActiveHoursState' $State.adjusted
    Remove-RegistryBranch 'HKLM' $script:ActiveHoursKey $State.exists
}
