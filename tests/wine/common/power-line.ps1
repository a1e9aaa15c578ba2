Test-Native 'Get-PowerLine' {
    # As the machine below Wine sees it: mains, unless a battery is being emptied.
    $wanted = 1
    $supplies = 'Z:\sys\class\power_supply'
    if ([IO.Directory]::Exists($supplies)) {
        foreach ($supply in [IO.Directory]::GetDirectories($supplies)) {
            if ([IO.File]::Exists("$supply\status") -and [IO.File]::ReadAllText("$supply\status").Trim() -eq 'Discharging') { $wanted = 0 }
        }
    }
    Assert-Same $wanted (Get-PowerLine)
}
