# A standardized keyword of a network adapter's driver (learn.microsoft.com, Standardized INF Keywords for Power
# Management): what the Device Manager shows in the language of the driver is not asked.

Register-Kind 'adapter-keyword' -Format 1 -Ours @{ adapters = 'アダプターのプロパティ' } -Entries @{
    adapters = 'interface'
} -Fleeting 'adapters' -Tell @{ adapters = { param($Was, $Is) $Is.entry.value } } -Get {
    param($Target)
    $connections = Read-NetConnection
    $adapters = @($connections | Where-Object { Test-AdapterDevice $Target $_ })
    if ($adapters.Length -eq 0) { return [pscustomobject] @{ 'not-applicable' = "対象のネットワーク アダプター（$($Target.title)）は、この PC にありません。" } }
    $keywords = Read-AdapterKeyword -Keyword $Target.keyword
    $values = @(foreach ($adapter in $adapters) {
            foreach ($keyword in $keywords) {
                if ($keyword.name -eq $adapter.name) { [pscustomobject] @{ interface = $adapter.interface; value = $keyword.value } }
            }
        })
    if ($values.Length -eq 0) {
        return [pscustomobject] @{ 'not-applicable' = "ドライバーにこのプロパティ（$($Target.keyword)）がありません: $($adapters[0].description)" }
    }
    return [pscustomobject] @{ adapters = @($values | Sort-Object -Property interface) }
} -Set {
    param($Target, $State)
    $keywords = Read-AdapterKeyword -Keyword $Target.keyword
    $saved = @(Get-Field $State 'adapters' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    foreach ($adapter in (Read-NetConnection)) {
        if (-not (Test-AdapterDevice $Target $adapter)) { continue }
        $value = Get-Field $State 'value'
        foreach ($item in $saved) { if ($item.interface -eq $adapter.interface) { $value = $item.value } }
        foreach ($keyword in $keywords) {
            if ($null -eq $value -or $keyword.name -ne $adapter.name -or $keyword.value -ceq $value) { continue }
            Set-AdapterKeyword -Name $adapter.name -Keyword $Target.keyword -Value $value
        }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $value = Get-Field $Wanted 'value'
    # What was before; adapters may have gone since.
    if ($null -eq $value) { return (Test-Same @($Wanted.adapters | Sort-Object -Property interface) @($Found.adapters)) }
    return (@($Found.adapters | Where-Object { $_.value -cne $value }).Length -eq 0)
}

function Test-AdapterDevice {
    # By the numbers of its maker and device; where makers sell one chip under many numbers, by its name in the driver too.
    param([object] $Target, [object] $Connection)
    if (-not $Connection.device.StartsWith($Target.device, [StringComparison]::OrdinalIgnoreCase)) { return $false }
    return ($Connection.description.IndexOf($Target.description, [StringComparison]::OrdinalIgnoreCase) -ge 0)
}
