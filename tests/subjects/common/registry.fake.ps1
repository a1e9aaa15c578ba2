# machine.json: registry.<HKLM\key> = {name: {type, data}}; the default value is called "(default)". What is HKCU to the
# process stands below HKU\<account>. A key exists when it, or one below it, is listed.

function Get-FakeRegistryPath {
    param([string] $Hive, [string] $Key)
    if ($Hive -ceq 'HKCU') { $Hive = "HKU\$($script:FakeSession.as)" }
    elseif ($Hive -cne 'HKLM') { throw "unknown hive: $Hive" }
    if ($Key -ceq '') { return $Hive }
    return "$Hive\$Key"
}

function Set-FakeMember {
    # As Set-FakeField, for names that Add-Member refuses: "1" and "Property" are the name of a value like any other.
    param([object] $Value, [string] $Name, [object] $Content)
    $Value.PSObject.Properties.Remove($Name)
    $Value.PSObject.Properties.Add((New-Object Management.Automation.PSNoteProperty($Name, $Content)))
}

function Get-FakeRegistry {
    param([object] $Machine)
    if ($null -eq (Get-FakeField $Machine 'registry')) { Set-FakeMember $Machine 'registry' ([pscustomobject] @{}) }
    return $Machine.registry
}

function Test-FakeRegistryKey {
    param([object] $Registry, [string] $Path)
    foreach ($property in $Registry.PSObject.Properties) {
        if ($property.Name -eq $Path -or $property.Name.StartsWith("$Path\", [StringComparison]::OrdinalIgnoreCase)) { return $true }
    }
    return $false
}

function Get-FakeRegistryName {
    param([string] $Name)
    if ($Name -ceq '') { return '(default)' }
    return $Name
}

function Test-RegistryKey {
    param([string] $Hive, [string] $Key)
    return (Test-FakeRegistryKey (Get-FakeRegistry (Get-Machine)) (Get-FakeRegistryPath $Hive $Key))
}

function Read-RegistryKey {
    param([string] $Hive, [string] $Key)
    $registry = Get-FakeRegistry (Get-Machine)
    $path = Get-FakeRegistryPath $Hive $Key
    if (-not (Test-FakeRegistryKey $registry $path)) { return $null }
    $values = Get-FakeField $registry $path ([pscustomobject] @{})
    return , @(foreach ($property in @($values.PSObject.Properties | Sort-Object -Property Name)) {
            $name = $property.Name
            if ($name -ceq '(default)') { $name = '' }
            [pscustomobject] @{ name = $name; type = $property.Value.type; data = $property.Value.data }
        })
}

function Get-RegistryKeyName {
    param([string] $Hive, [string] $Key)
    $path = (Get-FakeRegistryPath $Hive $Key) + '\'
    $names = foreach ($property in (Get-FakeRegistry (Get-Machine)).PSObject.Properties) {
        if ($property.Name.StartsWith($path, [StringComparison]::OrdinalIgnoreCase)) { $property.Name.Substring($path.Length).Split('\')[0] }
    }
    return , @($names | Sort-Object -Unique)
}

function Read-RegistryEntry {
    param([string] $Hive, [string] $Key, [string] $Name)
    $values = Get-FakeField (Get-FakeRegistry (Get-Machine)) (Get-FakeRegistryPath $Hive $Key)
    $value = Get-FakeField $values (Get-FakeRegistryName $Name)
    if ($null -eq $value) { return $null }
    return [pscustomobject] @{ type = $value.type; data = $value.data }
}

function Assert-RegistryWritable {
    # Without administrator rights nobody writes to the computer's half, nor to where the policies of a person stand.
    param([string] $Hive, [string] $Key)
    if ($Hive -cne 'HKCU' -or $Key -match '^Software\\(Policies|Microsoft\\Windows\\CurrentVersion\\Policies)(\\|$)') { Assert-Elevated }
    foreach ($part in $Key.Split('\')) { if ($part.Length -eq 0 -or $part.Length -gt 255) { throw (New-Object ArgumentException("no key: $Key")) } }
}

function Set-RegistryEntry {
    param([string] $Hive, [string] $Key, [string] $Name, [string] $Type, [object] $Data)
    Assert-RegistryWritable $Hive $Key
    $stored = switch ($Type) {
        'DWord' { [BitConverter]::ToInt32([BitConverter]::GetBytes([long] $Data), 0) }
        'QWord' { [long] $Data }
        'Binary' { , @($Data | ForEach-Object { [int] [byte] $_ }) }
        'MultiString' { , @($Data | ForEach-Object { [string] $_ }) }
        'String' { [string] $Data }
        'ExpandString' { [string] $Data }
        default { throw "cannot write $Type" }
    }
    $machine = Read-Machine
    $registry = Get-FakeRegistry $machine
    $path = Get-FakeRegistryPath $Hive $Key
    $made = $false
    $at = $path
    while ($at -match '\\' -and -not (Test-FakeRegistryKey $registry $at)) {
        Set-FakeMember $registry $at ([pscustomobject] @{})
        $made = $true
        $at = $at.Substring(0, $at.LastIndexOf('\'))
    }
    # A key can be there, and its value not yet, when the power goes.
    if ($made) { Write-Machine $machine }
    if ($null -eq (Get-FakeField $registry $path)) { Set-FakeMember $registry $path ([pscustomobject] @{}) }
    Set-FakeMember $registry.$path (Get-FakeRegistryName $Name) ([pscustomobject] @{ type = $Type; data = $stored })
    Write-Machine $machine
}

function Remove-RegistryEntry {
    param([string] $Hive, [string] $Key, [string] $Name)
    Assert-RegistryWritable $Hive $Key
    $machine = Read-Machine
    $values = Get-FakeField (Get-FakeRegistry $machine) (Get-FakeRegistryPath $Hive $Key)
    $stored = Get-FakeRegistryName $Name
    if ($null -eq (Get-FakeField $values $stored)) { return }
    $values.PSObject.Properties.Remove($stored)
    Write-Machine $machine
}

function Remove-EmptyRegistryKey {
    param([string] $Hive, [string] $Key)
    Assert-RegistryWritable $Hive $Key
    $machine = Read-Machine
    $registry = Get-FakeRegistry $machine
    $path = Get-FakeRegistryPath $Hive $Key
    if (-not (Test-FakeRegistryKey $registry $path)) { return $true }
    $values = Get-FakeField $registry $path ([pscustomobject] @{})
    $below = @($registry.PSObject.Properties | Where-Object { $_.Name.StartsWith("$path\", [StringComparison]::OrdinalIgnoreCase) })
    if (@($values.PSObject.Properties).Count -gt 0 -or $below.Count -gt 0) { return $false }
    $registry.PSObject.Properties.Remove($path)
    $parent = $path.Substring(0, $path.LastIndexOf('\'))
    if ($parent -match '\\' -and -not (Test-FakeRegistryKey $registry $parent)) { Set-FakeMember $registry $parent ([pscustomobject] @{}) }
    Write-Machine $machine
    return $true
}
