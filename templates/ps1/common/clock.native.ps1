# The clocks of the PC. Kinds ask here, so that a test can say what time it is.

function Get-LocalTime {
    return [DateTime]::Now
}

function Get-UptimeMinute {
    # Minutes since Windows was started, sleep included; not the 32-bit count, which starts over after 49 days.
    Import-NativeType
    return [OqsGen.Clock]::Minutes()
}
