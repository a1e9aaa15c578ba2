# The registry in its 64-bit view, raw: no expansion of %VARIABLES%, no provider (which reads * and [ as wildcards).

function Open-RegistryHive {
    param([string] $Hive)
    $root = switch ($Hive) {
        'HKLM' { [Microsoft.Win32.RegistryHive]::LocalMachine }
        'HKCU' { [Microsoft.Win32.RegistryHive]::CurrentUser }
        default { throw "unknown hive: $Hive" }
    }
    return [Microsoft.Win32.RegistryKey]::OpenBaseKey($root, [Microsoft.Win32.RegistryView]::Registry64)
}

function Test-RegistryKey {
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $false }
        $opened.Dispose()
        return $true
    }
    finally { $base.Dispose() }
}

function Read-RegistryKey {
    # Every value of a key, by name: name ('' = the default one), type (RegistryValueKind), data. $null without the key.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try {
            $values = @(foreach ($name in @($opened.GetValueNames() | Sort-Object)) {
                    [pscustomobject] @{
                        name = $name
                        type = [string] $opened.GetValueKind($name)
                        data = $opened.GetValue($name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
                    }
                })
            return , $values
        }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Read-RegistryEntry {
    # One value: type, data. $null where it is absent.
    param([string] $Hive, [string] $Key, [string] $Name)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try {
            if (@($opened.GetValueNames()) -notcontains $Name) { return $null }
            return [pscustomobject] @{
                type = [string] $opened.GetValueKind($Name)
                data = $opened.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
            }
        }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Set-RegistryEntry {
    param([string] $Hive, [string] $Key, [string] $Name, [string] $Type, [object] $Data)
    $kind = [Microsoft.Win32.RegistryValueKind] $Type
    $raw = switch ($Type) {
        # A DWORD above 2^31-1 comes back negative from GetValue; both ways of writing it mean the same 32 bits.
        'DWord' { [BitConverter]::ToInt32([BitConverter]::GetBytes([long] $Data), 0) }
        'QWord' { [long] $Data }
        'Binary' { , [byte[]] @($Data) }
        'None' { , [byte[]] @($Data) }
        'MultiString' { , [string[]] @($Data) }
        'String' { [string] $Data }
        'ExpandString' { [string] $Data }
        default { throw "cannot write a registry value of type $Type" }
    }
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.CreateSubKey($Key)
        try { $opened.SetValue($Name, $raw, $kind) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Remove-RegistryEntry {
    # Removes one value; nothing happens where it, or its key, is absent.
    param([string] $Hive, [string] $Key, [string] $Name)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key, $true)
        if ($null -eq $opened) { return }
        try { $opened.DeleteValue($Name, $false) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Remove-EmptyRegistryKey {
    # Removes a key that holds neither values nor keys; $true where it is gone.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $true }
        try { $empty = $opened.SubKeyCount -eq 0 -and $opened.ValueCount -eq 0 } finally { $opened.Dispose() }
        if ($empty) { $base.DeleteSubKey($Key, $false) }
        return $empty
    }
    finally { $base.Dispose() }
}

function Get-RegistryKeyName {
    # The names of the keys directly below a key; none where it is absent.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return , @() }
        try { return , @($opened.GetSubKeyNames() | Sort-Object) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}
