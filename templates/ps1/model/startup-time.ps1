# How long after the start of Windows the desktop, and the programs of a folder, were there. The time that somebody left the
# sign-in screen alone is in it, so a long one counts only when it passed after signing in.

Register-Kind 'startup-time' -Format 1 -Get {
    param($Target)
    $times = Read-StartTime -Folder $Target.folder
    if ($null -eq $times.desktop) { return [pscustomobject] @{ unknown = 'デスクトップがいつ表示されたか、分かりません。' } }
    $total = [math]::Max($times.desktop, [int] $times.program)
    if ($total -le $Target.seconds) { return [pscustomobject] @{ slow = $false } }
    $after = $total
    if ($null -ne $times.signIn) { $after = $total - $times.signIn }
    if ($after -le $Target.seconds) {
        return [pscustomobject] @{
            unknown = "Windows の起動から $total 秒、サインインから $after 秒でした。サインインを待った時間が入っているため、再起動してすぐにサインインし、2_確認 をもう一度行ってください。"
        }
    }
    return [pscustomobject] @{ slow = $true; message = "サインインから $after 秒かかっています。ARP オフロードの設定と、PC が遅くなっていないかを確かめてください。" }
}
