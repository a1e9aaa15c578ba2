# What Windows Update knows, by its COM interface (learn.microsoft.com, Windows Update Agent API).

function Read-PendingUpdate {
    # As of the last search: pending = updates that are neither installed nor hidden nor optional, drivers = how many of them
    # are such (Settings lists both); restart = one is wanted; searched = when (PC's time; $null never). $null where the
    # service does not answer.
    try {
        $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
        $searcher.Online = $false
        $updates = @($searcher.Search('IsInstalled=0 and IsHidden=0 and BrowseOnly=0').Updates)
        # utDriver
        $drivers = @($updates | Where-Object { $_.Type -eq 2 })
        $searched = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
        $restart = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
    }
    catch [Runtime.InteropServices.COMException] { return $null }
    if ($null -ne $searched) { $searched = [DateTime]::SpecifyKind([DateTime] $searched, [DateTimeKind]::Utc).ToLocalTime() }
    return [pscustomobject] @{ pending = $updates.Length; drivers = $drivers.Length; restart = [bool] $restart; searched = $searched }
}
