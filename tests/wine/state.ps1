# What the passes change, as it is now: a line for each thing.
param([string] $Native)

function Enter-Native { param([string] $Name) }
. $Native

function Get-Value {
    # Each value of a key and of those below: path=type data.
    param([Microsoft.Win32.RegistryKey] $Root, [string] $Path, [string] $Below = '')
    $key = $Root.OpenSubKey("$Path$Below")
    if ($null -eq $key) { return }
    foreach ($name in $key.GetValueNames() | Sort-Object) {
        "$("$Below\$name".Substring(1))=$($key.GetValueKind($name)) $($key.GetValue($name, '', 'DoNotExpandEnvironmentNames'))"
    }
    foreach ($name in $key.GetSubKeyNames() | Sort-Object) { Get-Value $Root $Path "$Below\$name" }
    if ($Below -and $key.ValueCount + $key.SubKeyCount -eq 0) { "$Below is empty" }
}

foreach ($name in 'OQS_LOGIN_KEY', 'OQS_MEDICAL_INSTITUTION_CODE') {
    $found = Read-Credential $name
    $text = 'none'
    if ($null -ne $found) { $text = "$($found.userName) $($found.persist) $([Text.Encoding]::Unicode.GetString($found.blob))" }
    "${name}: $text"
}
$machine = [Microsoft.Win32.Registry]::LocalMachine
"HKLM: $(@(Get-Value $machine 'Software\oqsgen-pass') -join '; ')"
"HKCU: $(@(Get-Value ([Microsoft.Win32.Registry]::CurrentUser) 'Software\oqsgen-pass') -join '; ')"
$policy = 'Software\Policies\Microsoft\oqsgen-pass'
$text = 'none'
if ($null -ne $machine.OpenSubKey($policy)) { $text = @(Get-Value $machine $policy) -join '; ' }
"policy: $text"
$file = [IO.Path]::Combine([Environment]::SystemDirectory, 'GroupPolicy\Machine\Registry.pol')
$text = ''
# Its head is 8 bytes.
if ([IO.File]::Exists($file)) { $text = [Text.Encoding]::Unicode.GetString([IO.File]::ReadAllBytes($file), 8, (Get-Item $file).Length - 8) -replace '[\x00-\x1f]', '' }
"Registry.pol: $text"
$connections = 'HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections'
$proxy = [Microsoft.Win32.Registry]::GetValue($connections, 'WinHttpSettings', $null)
"proxy: $([Text.Encoding]::ASCII.GetString(@($proxy | Where-Object { $_ -ge 32 })))"
exit 0
