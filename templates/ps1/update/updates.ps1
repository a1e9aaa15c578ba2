# Updates that Windows still has to install, as of its last search: to search anew takes minutes, and is the person's to do.

$script:UpdateSearchHours = 24

Register-Kind 'updates' -Format 1 -Runs 'Windows Update' -Get {
    param($Target)
    $found = Read-PendingUpdate
    if ($null -eq $found) { return [pscustomobject] @{ unknown = 'Windows Update の結果を読めません。「更新プログラムのチェック」を行ってください。' } }
    if ($null -eq $found.searched -or ((Get-LocalTime) - $found.searched).TotalHours -gt $script:UpdateSearchHours) {
        return [pscustomobject] @{ unknown = 'この24時間に、更新プログラムのチェックが終わっていません。回線がつながっているときに「更新プログラムのチェック」を行ってください。' }
    }
    $state = [ordered] @{ pending = $found.pending; restart = $found.restart }
    if ($found.restart) { $state.message = '更新のために再起動が必要です。再起動して、もう一度チェックしてください。' }
    elseif ($found.pending -gt 0) {
        $drivers = ''
        if ($found.drivers -gt 0) { $drivers = "（うちドライバー $($found.drivers) 件）" }
        $state.message = "インストールしていない更新プログラムが $($found.pending) 件あります$drivers。"
    }
    return [pscustomobject] $state
}
