# Values below one key of the local group policy (computer). They stand in two stores, the registry, which Windows obeys,
# and Registry.pol, which gpedit shows: both are written and both must agree. Registry.pol: MS-GPREG 2.2.1.

# The client-side extension of the registry, which reads Registry.pol (MS-GPREG 1.9).
$script:PolicyRegistryExtension = '{35378EAC-683F-11D2-A89A-00C04FBBCFA2}'
$script:PolicyUnreadText = 'Registry.pol に値がありますが、gpt.ini に登録されていないため、Windows が読み込みません。'

# Ours are the values that the plan wrote; others, of gpedit or an installer, may have come to the key since.
Register-Kind 'policy' -Format 1 -Sometimes 'unread' -Ours ([ordered] @{
        registry = 'レジストリの値'; file = 'Registry.pol の値'
    }) -Entries @{ registry = 'name'; file = 'name' } -Tell @{ file = { '別の内容' } } -Get {
    param($Target)
    $files = Read-PolicyFile
    $records = ConvertFrom-PolicyByte $files.pol
    $file = @(foreach ($record in $records) {
            if ($record.key -eq $Target.key) {
                [pscustomobject] @{ name = $record.name; type = $record.type; data = @($record.data | ForEach-Object { [int] $_ }) }
            }
        })
    $state = [ordered] @{ file = $file; registry = $null }
    if (Test-PolicyUnread $records $Target.key $files.gpt) { $state.unread = $true; $state.message = $script:PolicyUnreadText }
    $values = Read-RegistryKey -Hive 'HKLM' -Key $Target.key
    if ($null -eq $values) { $state.exists = Find-RegistryAncestor 'HKLM' $Target.key; return [pscustomobject] $state }
    $registry = @(foreach ($value in $values) {
            $entry = ConvertTo-RegistryState $value
            [pscustomobject] @{ name = $value.name; type = $entry.type; data = $entry.data }
        })
    $state.registry = $registry
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $isFound = $null -eq (Get-Field $State 'values')
    $files = Read-PolicyFile
    $records = ConvertFrom-PolicyByte $files.pol
    if ($isFound) { $records = Restore-PolicyRecord $records $Target.key $State.file }
    else { $records = Merge-PolicyRecord $records $Target.key $State.values }
    $pol = ConvertTo-PolicyByte $records
    if ($null -eq $files.pol -or [BitConverter]::ToString($files.pol) -cne [BitConverter]::ToString($pol) -or
            (Test-PolicyUnread $records $Target.key $files.gpt)) {
        Write-PolicyFile -Pol $pol -Gpt (Update-PolicyVersion $files.gpt)
        # Lets Windows take the old policy back and the new one in. Its exit code does not matter: what the registry is
        # to hold is written below, after it, since taking back also deletes values that stood there before any policy.
        $null = Update-ComputerPolicy
    }
    if ($isFound) { Restore-PolicyRegistry $Target.key $State }
    else {
        foreach ($name in (Get-FieldName $State.values)) {
            $value = Get-Field $State.values $name
            if ($null -eq $value) { Remove-RegistryEntry -Hive 'HKLM' -Key $Target.key -Name $name }
            else { Set-RegistryEntry -Hive 'HKLM' -Key $Target.key -Name $name -Type $value.type -Data $value.data }
        }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $values = Get-Field $Wanted 'values'
    # What was before is back: keys above that others have made since, and use, stay.
    if ($null -eq $values) { return ((Test-Same $Wanted.file $Found.file) -and (Test-Same $Wanted.registry $Found.registry)) }
    if (Get-Field $Found 'unread') { return $false }
    $registry = @(Get-Field $Found 'registry' | ForEach-Object { $_ })
    foreach ($name in (Get-FieldName $values)) {
        $value = Get-Field $values $name
        $set = @($registry | Where-Object { $null -ne $_ -and $_.name -eq $name })
        $records = @($Found.file | Where-Object { $_.name -eq $name })
        if ($null -eq $value) {
            if ($set.Length -gt 0 -or $records.Length -gt 0) { return $false }
            continue
        }
        if ($set.Length -ne 1 -or $records.Length -ne 1) { return $false }
        if (-not (Test-RegistryEqual $value $set[0])) { return $false }
        $raw = ConvertTo-PolicyData $value.type $value.data
        if ($records[0].type -ne $raw.type -or
                -not (Test-Same @($records[0].data | ForEach-Object { [int] $_ }) @($raw.data | ForEach-Object { [int] $_ }))) {
            return $false
        }
    }
    return $true
} -Difference {
    param($Target, $Wanted, $Found)
    Get-PolicyDifference $Wanted $Found
}

function Get-PolicyDifference {
    # Each value that is not as wanted, in the registry or in what gpedit shows.
    param([object] $Wanted, [object] $Found)
    $values = Get-Field $Wanted 'values'
    foreach ($name in @(Get-FieldName $values)) {
        $value = Get-Field $values $name
        $set = @(Get-Field $Found 'registry' | ForEach-Object { $_ } | Where-Object { $null -ne $_ -and $_.name -eq $name })
        $state = $null
        if ($set.Length -gt 0) { $state = $set[0] }
        if (($null -eq $value) -ne ($null -eq $state) -or ($null -ne $value -and -not (Test-RegistryEqual $value $state))) {
            Get-RegistryDifference "ポリシーの値 $name" $value $state
            continue
        }
        $records = @($Found.file | Where-Object { $_.name -eq $name })
        $same = $records.Length -eq 0
        if ($null -ne $value) {
            $raw = ConvertTo-PolicyData $value.type $value.data
            $same = $records.Length -eq 1 -and $records[0].type -eq $raw.type -and
                (Test-Same @($records[0].data | ForEach-Object { [int] $_ }) @($raw.data | ForEach-Object { [int] $_ }))
        }
        if ($same) { continue }
        $words = @('あり', 'なし')
        $text = $words[[int] ($records.Length -eq 0)]
        if ($records.Length -gt 0 -and $null -ne $value) { $text = '別の値' }
        New-Difference "ローカル グループ ポリシーの $name" $text $words[[int] ($null -eq $value)]
    }
}

function Restore-PolicyRegistry {
    # Makes the values of the key exactly those of an earlier state.
    param([string] $Key, [object] $State)
    $wanted = @(Get-Field $State 'registry' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $names = @($wanted | ForEach-Object { $_.name })
    $values = Read-RegistryKey -Hive 'HKLM' -Key $Key
    foreach ($value in $values) {
        if ($names -notcontains $value.name) { Remove-RegistryEntry -Hive 'HKLM' -Key $Key -Name $value.name }
    }
    foreach ($value in $wanted) { Set-RegistryEntry -Hive 'HKLM' -Key $Key -Name $value.name -Type $value.type -Data $value.data }
    if ($null -eq $State.registry) { Remove-RegistryBranch 'HKLM' $Key $State.exists }
}

function ConvertFrom-PolicyByte {
    # The records of a Registry.pol: key, name, type, data, and raw, the bytes as they stand. Read by their lengths, since
    # data may hold brackets and semicolons. Nothing is guessed: a file of another form is refused, not rewritten.
    param([byte[]] $Bytes)
    $records = New-Object Collections.ArrayList
    if ($null -eq $Bytes -or $Bytes.Length -eq 0) { return , $records.ToArray() }
    if ($Bytes.Length -lt 8 -or [BitConverter]::ToString($Bytes, 0, 8) -cne '50-52-65-67-01-00-00-00') {
        throw 'Registry.pol の形式が違うため、変更しません。'
    }
    $at = 8
    while ($at -lt $Bytes.Length) {
        $start = $at
        $at = Skip-PolicyMark $Bytes $at '['
        $key = Read-PolicyText $Bytes $at
        $at = Skip-PolicyMark $Bytes ($at + 2 * $key.Length + 2) ';'
        $name = Read-PolicyText $Bytes $at
        $at = Skip-PolicyMark $Bytes ($at + 2 * $name.Length + 2) ';'
        if ($at + 12 -gt $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
        $type = [BitConverter]::ToInt32($Bytes, $at)
        $at = Skip-PolicyMark $Bytes ($at + 4) ';'
        $size = [BitConverter]::ToInt32($Bytes, $at)
        $at = Skip-PolicyMark $Bytes ($at + 4) ';'
        if ($size -lt 0 -or $at + $size -gt $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
        $data = New-Object byte[] $size
        [Array]::Copy($Bytes, $at, $data, 0, $size)
        $at = Skip-PolicyMark $Bytes ($at + $size) ']'
        $raw = New-Object byte[] ($at - $start)
        [Array]::Copy($Bytes, $start, $raw, 0, $raw.Length)
        $null = $records.Add([pscustomobject] @{ key = $key; name = $name; type = $type; data = $data; raw = $raw })
    }
    return , $records.ToArray()
}

function Skip-PolicyMark {
    # The place after one character of the format.
    param([byte[]] $Bytes, [int] $At, [string] $Mark)
    if ($At + 2 -gt $Bytes.Length -or $Bytes[$At] -ne [int] [char] $Mark -or $Bytes[$At + 1] -ne 0) {
        throw 'Registry.pol の形式が違うため、変更しません。'
    }
    return $At + 2
}

function Read-PolicyText {
    # Text up to its NUL.
    param([byte[]] $Bytes, [int] $At)
    $end = $At
    while ($end + 1 -lt $Bytes.Length -and ($Bytes[$end] -ne 0 -or $Bytes[$end + 1] -ne 0)) { $end += 2 }
    if ($end + 1 -ge $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
    return [Text.Encoding]::Unicode.GetString($Bytes, $At, $end - $At)
}

function ConvertTo-PolicyByte {
    # A whole Registry.pol: its header and the records as they stand.
    param([object[]] $Records)
    $stream = New-Object IO.MemoryStream
    $stream.Write([byte[]] @(0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0), 0, 8)
    foreach ($record in $Records) { $stream.Write($record.raw, 0, $record.raw.Length) }
    return , $stream.ToArray()
}

function ConvertTo-PolicyRecord {
    param([string] $Key, [string] $Name, [int] $Type, [byte[]] $Data)
    $unicode = [Text.Encoding]::Unicode
    $stream = New-Object IO.MemoryStream
    foreach ($part in @(
            $unicode.GetBytes("[$Key`0;$Name`0;"), [BitConverter]::GetBytes($Type), $unicode.GetBytes(';'),
            [BitConverter]::GetBytes([int] $Data.Length), $unicode.GetBytes(';'), $Data, $unicode.GetBytes(']'))) {
        $stream.Write([byte[]] $part, 0, $part.Length)
    }
    return [pscustomobject] @{ key = $Key; name = $Name; type = $Type; data = $Data; raw = $stream.ToArray() }
}

function ConvertTo-PolicyData {
    # A value as Registry.pol stores it: the number of its registry type, and bytes.
    param([string] $Type, [object] $Data)
    $unicode = [Text.Encoding]::Unicode
    switch ($Type) {
        'String' { return [pscustomobject] @{ type = 1; data = $unicode.GetBytes([string] $Data + "`0") } }
        'ExpandString' { return [pscustomobject] @{ type = 2; data = $unicode.GetBytes([string] $Data + "`0") } }
        'Binary' { return [pscustomobject] @{ type = 3; data = [byte[]] @($Data) } }
        'DWord' { return [pscustomobject] @{ type = 4; data = [byte[]] [BitConverter]::GetBytes([long] $Data)[0..3] } }
        'MultiString' {
            $texts = @($Data | ForEach-Object { "$_`0" })
            return [pscustomobject] @{ type = 7; data = $unicode.GetBytes(($texts -join '') + "`0") }
        }
        'QWord' { return [pscustomobject] @{ type = 11; data = [BitConverter]::GetBytes([long] $Data) } }
        default { throw "cannot write a policy value of type $Type" }
    }
}

function Merge-PolicyRecord {
    # The records with the wanted values in them: in the place of a record of the same value, or after the last of the key.
    # Everybody else's stay as they are. **del.name is the record that deletes a value.
    param([object[]] $Records, [string] $Key, [object] $Values)
    $list = New-Object Collections.ArrayList
    foreach ($record in $Records) { $null = $list.Add($record) }
    foreach ($name in (Get-FieldName $Values)) {
        $value = Get-Field $Values $name
        $index = -1
        for ($i = $list.Count - 1; $i -ge 0; $i--) {
            if ($list[$i].key -eq $Key -and ($list[$i].name -eq $name -or $list[$i].name -eq "**del.$name")) {
                $list.RemoveAt($i)
                $index = $i
            }
        }
        if ($null -eq $value) { continue }
        if ($index -lt 0) { $index = Find-PolicyPlace $list.ToArray() $Key }
        $raw = ConvertTo-PolicyData $value.type $value.data
        $list.Insert($index, (ConvertTo-PolicyRecord $Key $name $raw.type $raw.data))
    }
    return , $list.ToArray()
}

function Restore-PolicyRecord {
    # The records with those of one key as they were.
    param([object[]] $Records, [string] $Key, [object[]] $File)
    $restored = @(foreach ($record in $File) { ConvertTo-PolicyRecord $Key $record.name $record.type ([byte[]] @($record.data)) })
    $index = -1
    $list = New-Object Collections.ArrayList
    foreach ($record in $Records) {
        if ($record.key -ne $Key) { $null = $list.Add($record) }
        elseif ($index -lt 0) { $index = $list.Count }
    }
    if ($index -lt 0) { $index = $list.Count }
    $list.InsertRange($index, $restored)
    return , $list.ToArray()
}

function Find-PolicyPlace {
    # After the last record of the key, or at the end.
    param([object[]] $Records, [string] $Key)
    for ($i = $Records.Length - 1; $i -ge 0; $i--) { if ($Records[$i].key -eq $Key) { return $i + 1 } }
    return $Records.Length
}

function ConvertFrom-PolicyIni {
    # gpt.ini: its encoding, its lines, and where [General], the machine's extensions and the version stand; -1 where not.
    param([byte[]] $Gpt)
    $encoding = [Text.Encoding]::GetEncoding(28591)
    $mark = 0
    if ($null -eq $Gpt) { $Gpt = [byte[]] @() }
    if ($Gpt.Length -ge 2 -and $Gpt[0] -eq 0xff -and $Gpt[1] -eq 0xfe) { $encoding = [Text.Encoding]::Unicode; $mark = 2 }
    $text = $encoding.GetString($Gpt, $mark, $Gpt.Length - $mark)
    $lines = New-Object Collections.ArrayList
    foreach ($line in ($text -split "`r?`n")) { $null = $lines.Add($line) }
    while ($lines.Count -gt 0 -and $lines[$lines.Count - 1] -eq '') { $lines.RemoveAt($lines.Count - 1) }
    $section = -1
    $names = -1
    $version = -1
    $inside = $false
    for ($i = 0; $i -lt $lines.Count; $i++) {
        if ($lines[$i] -match '^\s*\[(.*)\]\s*$') {
            $inside = $Matches[1].Trim() -eq 'General'
            if ($inside) { $section = $i }
        }
        elseif ($inside -and $lines[$i] -match '^\s*gPCMachineExtensionNames\s*=') { $names = $i }
        elseif ($inside -and $lines[$i] -match '^\s*Version\s*=') { $version = $i }
    }
    return [pscustomobject] @{ encoding = $encoding; lines = $lines; section = $section; names = $names; version = $version }
}

function Test-PolicyUnread {
    # Whether there are records of the key that Windows never reads, since gpt.ini does not name the registry extension:
    # Registry.pol was written and its gpt.ini no more.
    param([object[]] $Records, [string] $Key, [byte[]] $Gpt)
    if (@($Records | Where-Object { $_.key -eq $Key }).Length -eq 0) { return $false }
    $ini = ConvertFrom-PolicyIni $Gpt
    return ($ini.names -lt 0 -or $ini.lines[$ini.names] -notmatch ('\[' + [regex]::Escape($script:PolicyRegistryExtension)))
}

function Update-PolicyVersion {
    # gpt.ini, as bytes, with the computer's half of the version (the low 16 bits) one higher and the registry extension
    # registered; all other lines stay. Without both, Windows does not look into Registry.pol.
    param([byte[]] $Gpt)
    $ini = ConvertFrom-PolicyIni $Gpt
    $lines = $ini.lines
    $section = $ini.section
    $names = $ini.names
    $version = $ini.version
    if ($section -lt 0) { $null = $lines.Add('[General]'); $section = $lines.Count - 1 }
    if ($names -lt 0) { $names = $section + 1; $lines.Insert($names, 'gPCMachineExtensionNames='); if ($version -ge $names) { $version++ } }
    if ($version -lt 0) { $version = $names + 1; $lines.Insert($version, 'Version=0') }
    $lines[$names] = 'gPCMachineExtensionNames=' + (Join-PolicyExtension ($lines[$names] -replace '^[^=]*=\s*', ''))
    $number = [long] 0
    if (-not [long]::TryParse(($lines[$version] -replace '^[^=]*=\s*', '').Trim(), [ref] $number)) {
        throw 'gpt.ini の Version を読めないため、変更しません。'
    }
    $number = $number -band 4294967295
    $machine = ($number + 1) -band 65535
    if ($machine -eq 0) { $machine = 1 }
    $lines[$version] = 'Version=' + (($number -band 4294901760) -bor $machine)
    $body = $ini.encoding.GetBytes(($lines -join "`r`n") + "`r`n")
    return , [byte[]] ($ini.encoding.GetPreamble() + $body)
}

function Join-PolicyExtension {
    # The list of extensions with the registry extension and the administrative templates' tool in it: one bracket for
    # each extension, extension first, tools after it, all in ascending order.
    param([string] $Text)
    $registry = $script:PolicyRegistryExtension
    $tool = '{D02B1F72-3407-48AE-BA88-E8213C6761F1}'
    $groups = @{}
    foreach ($match in [regex]::Matches($Text, '\[((?:\{[0-9A-Fa-f-]{36}\})+)\]')) {
        $ids = @([regex]::Matches($match.Groups[1].Value, '\{[^{}]*\}') | ForEach-Object { $_.Value.ToUpperInvariant() })
        $rest = @($ids | Select-Object -Skip 1)
        if ($groups.ContainsKey($ids[0])) { $rest = $groups[$ids[0]] + $rest }
        $groups[$ids[0]] = $rest
    }
    if (($Text -replace '\[((?:\{[0-9A-Fa-f-]{36}\})+)\]', '').Trim() -ne '') { throw 'gpt.ini の gPCMachineExtensionNames を読めないため、変更しません。' }
    if (-not $groups.ContainsKey($registry)) { $groups[$registry] = @() }
    $groups[$registry] = @($groups[$registry]) + $tool
    $parts = foreach ($id in ($groups.Keys | Sort-Object)) { '[' + $id + (@($groups[$id] | Sort-Object -Unique) -join '') + ']' }
    return ($parts -join '')
}
