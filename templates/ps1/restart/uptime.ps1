# How long ago Windows was started.

Register-Kind 'uptime' -Format 1 -Get {
    param($Target)
    return [pscustomobject] @{ hours = [int] [math]::Floor((Get-UptimeMinute) / 60) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.hours -lt $Wanted.maximumHours)
}
