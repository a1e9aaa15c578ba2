# Windows has been started since an installer made its files: the newest of them is older than this start. Both times come
# from the PC's clock, which a person or the time service may set right in between; a file from the future says nothing.

Register-Kind 'restarted-since' -Format 1 -WaitsForPerson '導入した顔認証ライブラリを有効にするため、Windows を再起動し、サインインして、同じファイルをもう一度開いてください。' -Get {
    param($Target)
    $newest = ''
    foreach ($path in $Target.paths) {
        $mark = [string] (Get-CreationMark -Path $path)
        if ([string]::CompareOrdinal($mark, $newest) -gt 0) { $newest = $mark }
    }
    if ($newest -ceq '') { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.paths[0])" } }
    $now = (Get-LocalTime).ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
    if ([string]::CompareOrdinal($newest, $now) -gt 0) {
        return [pscustomobject] @{ unknown = "PC の時計が、導入したときより前に戻っています: $($Target.paths[0])" }
    }
    return [pscustomobject] @{ done = ([string]::CompareOrdinal($newest, (Get-BootMark)) -lt 0) }
}
