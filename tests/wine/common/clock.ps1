Test-Native 'Get-LocalTime' {
    $seconds = ((Get-LocalTime) - [DateTimeOffset]::UtcNow.LocalDateTime).TotalSeconds
    Assert-Same $true ([math]::Abs($seconds) -lt 5)
}

Test-Native 'Get-UptimeMinute' {
    # As the machine below Wine counts it.
    $seconds = [double] ([IO.File]::ReadAllText('Z:\proc\uptime').Split(' ')[0])
    Assert-Same $true ([math]::Abs((Get-UptimeMinute) - $seconds / 60) -lt 10)
}
