# machine.json: volume = {conversion, protection, protectors: [type]} of the drive of Windows, or null where Windows has no
# BitLocker; without it the drive is not encrypted. Read by an elevated pass alone, as on Windows.

function Read-SystemVolume {
    Assert-Elevated
    $plain = [pscustomobject] @{ conversion = 0; protection = 0; protectors = @() }
    $volume = Get-FakeField (Get-Machine) 'volume' $plain
    if ($null -eq $volume) { return $null }
    return [pscustomobject] @{ conversion = [int] $volume.conversion; protection = [int] $volume.protection; protectors = @($volume.protectors) }
}
