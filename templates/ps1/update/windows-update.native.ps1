# What Windows Update knows, by its COM interface (learn.microsoft.com, Windows Update Agent API).

function Read-PendingUpdate {
    # As of the last search: pending = updates that are neither installed nor hidden nor optional; restart = one is wanted;
    # searched = when (PC's time; $null never). $null where the service does not answer.
    try {
        $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
        $searcher.Online = $false
        $pending = $searcher.Search("IsInstalled=0 and IsHidden=0 and BrowseOnly=0 and Type='Software'").Updates.Count
        $searched = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
        $restart = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
    }
    catch [Runtime.InteropServices.COMException] { return $null }
    if ($null -ne $searched) { $searched = [DateTime]::SpecifyKind([DateTime] $searched, [DateTimeKind]::Utc).ToLocalTime() }
    return [pscustomobject] @{ pending = [int] $pending; restart = [bool] $restart; searched = $searched }
}
