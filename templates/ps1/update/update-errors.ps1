# Failures that Windows Update reported in the last seven days and that no later success has ended, by level and number: their
# texts are localized. Failed searches (25) and downloads (31) stand in the provider's own log alone, failed installations
# (20) in System. A search that went well (26) says that the server answers again; only an installation (19) that one went in.

$script:UpdateProvider = 'Microsoft-Windows-WindowsUpdateClient'
$script:UpdateFailures = @{ 20 = 'インストール'; 25 = '検索'; 31 = 'ダウンロード' }
$script:UpdateInstalled = 19
$script:UpdateSearched = 26

Register-Kind 'update-errors' -Format 1 -Get {
    param($Target)
    $succeeded = @(Read-UpdateEvent @{ Id = @($script:UpdateInstalled, $script:UpdateSearched) })
    $failed = @(Read-UpdateEvent @{ Level = 2 } | Where-Object { Test-UpdateFailure $_ $succeeded })
    $state = [ordered] @{ recentErrors = $failed.Length }
    if ($failed.Length -gt 0) { $state.message = Get-UpdateFailureText $failed }
    return [pscustomobject] $state
}

function Read-UpdateEvent {
    # Events of the last seven days in both logs: Id, TimeCreated.
    param([hashtable] $Filter)
    $Filter.LogName = @('System', "$script:UpdateProvider/Operational")
    $Filter.ProviderName = $script:UpdateProvider
    $Filter.StartTime = (Get-LocalTime).AddDays(-7)
    try { Get-WinEvent -FilterHashtable $Filter }
    catch {
        # No such event is an error of this command.
        if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound,*') { throw }
    }
}

function Test-UpdateFailure {
    # Whether no later success has ended a failure.
    param([object] $Failure, [object[]] $Succeeded)
    $ended = @($Succeeded | Where-Object {
            $_.TimeCreated -gt $Failure.TimeCreated -and
            ($_.Id -eq $script:UpdateInstalled -or [string] $script:UpdateFailures[[int] $Failure.Id] -cne 'インストール')
        })
    return ($ended.Length -eq 0)
}

function Get-UpdateFailureText {
    param([object[]] $Failed)
    $kinds = @($Failed | ForEach-Object {
            $kind = $script:UpdateFailures[[int] $_.Id]
            if ($null -eq $kind) { 'そのほか' } else { $kind }
        })
    $counts = @($kinds | Group-Object | Sort-Object -Property Name | ForEach-Object { "$($_.Name) $($_.Count) 件" })
    $last = @($Failed | Sort-Object -Property TimeCreated)[-1].TimeCreated
    $invariant = [Globalization.CultureInfo]::InvariantCulture
    return "この 7 日間に、Windows Update の失敗があります: $($counts -join '、')（最後は $($last.ToString('yyyy/MM/dd HH:mm', $invariant))）。" +
        '配信期間を確かめて、Windows Update の画面の「再試行」を押してください。'
}
