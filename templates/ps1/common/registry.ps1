# One value of the registry, in the 64-bit view. Compared raw: %VARIABLES% unexpanded, binary data as a list of numbers.
# The state of an absent value names the deepest key that exists, so that undoing also removes the keys made on the way.

Register-Kind 'registry' -Format 1 -Ours ([ordered] @{ type = '値の種類'; data = '値'; absent = '値が無いこと' }) -Get {
    param($Target)
    $entry = Read-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name
    if ($null -ne $entry) { return ConvertTo-RegistryState $entry }
    return [pscustomobject] @{ absent = $true; exists = (Find-RegistryAncestor $Target.hive $Target.key) }
} -Set {
    param($Target, $State)
    if (Test-RegistryAbsence $State) {
        Remove-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name
        if ($null -ne $State) { Remove-RegistryBranch $Target.hive $Target.key $State.exists }
        return
    }
    Set-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name -Type $State.type -Data $State.data
} -Test {
    param($Wanted, $Found)
    if ((Test-RegistryAbsence $Wanted) -or (Test-RegistryAbsence $Found)) {
        return ((Test-RegistryAbsence $Wanted) -and (Test-RegistryAbsence $Found))
    }
    return (Test-RegistryEqual $Wanted $Found)
} -Difference {
    param($Target, $Wanted, $Found)
    $label = "値 $($Target.name)"
    if ($Target.name -ceq '') { $label = '既定の値' }
    Get-RegistryDifference $label $Wanted $Found
} -Undo {
    # A key that we made and that others have used since stays, and a person is told.
    param($Target, $Before, $Found)
    if (-not (Test-RegistryAbsence $Before) -or $null -eq $Before) { return $null }
    $kept = Find-RegistryKept $Target $Before.exists
    if ($kept.Length -le $Before.exists.Length) { return $null }
    return [pscustomobject] @{
        state = [pscustomobject] @{ absent = $true; exists = $kept }
        reason = "値は取り除きますが、他のソフトウェアも使っているため、レジストリのキーは残します: $($Target.hive)\$kept"
    }
}

function Test-RegistryAbsence {
    param([object] $State)
    return ($null -eq $State -or $null -ne (Get-Field $State 'absent'))
}

function ConvertTo-RegistryState {
    param([object] $Entry)
    $known = 'DWord', 'QWord', 'String', 'ExpandString', 'MultiString', 'Binary', 'None'
    if ($known -cnotcontains $Entry.type) { throw "この種類のレジストリ値は元に戻せないため、変更しません: $($Entry.type)" }
    $data = $Entry.data
    if (@('Binary', 'None') -ccontains $Entry.type) { $data = @(foreach ($byte in $Entry.data) { [int] $byte }) }
    if ($Entry.type -ceq 'MultiString') { $data = @(foreach ($line in $Entry.data) { [string] $line }) }
    return [pscustomobject] @{ type = $Entry.type; data = $data }
}

function Test-RegistryEqual {
    # Windows gives a DWORD above 2^31-1 as a negative number: the same 32 bits.
    param([object] $First, [object] $Second)
    if ($First.type -cne $Second.type) { return $false }
    if ($First.type -ceq 'DWord') { return (([long] $First.data -band 4294967295) -eq ([long] $Second.data -band 4294967295)) }
    if ($First.type -ceq 'QWord') { return ([long] $First.data -eq [long] $Second.data) }
    if ($First.type -ceq 'String') { return ((Get-RegistryText $First.data) -ceq (Get-RegistryText $Second.data)) }
    return (Test-Same $First.data $Second.data)
}

function Get-RegistryDifference {
    # A value and the one that it should have, each with its type where that is what differs.
    param([string] $Label, [object] $Wanted, [object] $Found)
    $typed = -not (Test-RegistryAbsence $Wanted) -and -not (Test-RegistryAbsence $Found) -and $Wanted.type -cne $Found.type
    $values = @(foreach ($state in $Found, $Wanted) {
            if (Test-RegistryAbsence $state) { $null; continue }
            $data = $state.data
            if ($state.type -ceq 'DWord') { $data = [long] $data -band 4294967295 }
            if ($typed) { "$(@($data) -join ' ')（$($state.type)）" } else { , $data }
        })
    New-Difference $Label $values[0] $values[1]
}

function Get-RegistryText {
    # A REG_SZ as Windows takes it: to its first NUL. Old versions left what was in memory behind TimeZoneKeyName's.
    param([string] $Data)
    return $Data.Split([char] 0)[0]
}

function Find-RegistryAncestor {
    # The deepest existing key at or above a key; empty for the hive itself.
    param([string] $Hive, [string] $Key)
    while ($Key -cne '' -and -not (Test-RegistryKey -Hive $Hive -Key $Key)) {
        $Key = $Key.Substring(0, [math]::Max(0, $Key.LastIndexOf('\')))
    }
    return $Key
}

function Remove-RegistryBranch {
    # Removes empty keys from Key upwards, down to but without Stop.
    param([string] $Hive, [string] $Key, [string] $Stop)
    while ($Key.Length -gt $Stop.Length) {
        if (-not (Remove-EmptyRegistryKey -Hive $Hive -Key $Key)) { return }
        $Key = $Key.Substring(0, [math]::Max(0, $Key.LastIndexOf('\')))
    }
}

function Find-RegistryKept {
    # The deepest key that would stay once our value and the empty keys above Stop are gone.
    param([object] $Target, [string] $Stop)
    $key = Find-RegistryAncestor $Target.hive $Target.key
    $below = ''
    while ($key.Length -gt $Stop.Length) {
        $values = Read-RegistryKey -Hive $Target.hive -Key $key
        $keys = Get-RegistryKeyName -Hive $Target.hive -Key $key
        $others = @($values | Where-Object { $key -ne $Target.key -or $_.name -ne $Target.name }).Length +
            @($keys | Where-Object { $_ -ne $below }).Length
        if ($others -gt 0) { return $key }
        $below = $key.Substring($key.LastIndexOf('\') + 1)
        $key = $key.Substring(0, [math]::Max(0, $key.LastIndexOf('\')))
    }
    return $Stop
}
