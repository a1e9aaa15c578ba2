# Whether the DNS servers of our data are still those of the line: the documents give them as of a day, the latest guide is on
# paper. What is old and yet answers is shown with a warning; what is old and silent is for a person to compare.

$script:DnsGuideDays = 365

Register-Kind 'dns-guide' -Format 1 -AnyoneSees -Get {
    param($Target)
    $day = [DateTime]::ParseExact([string] $Target.asOf, 'yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
    $age = [int] [math]::Floor(((Get-LocalTime) - $day).TotalDays)
    if ($age -le $script:DnsGuideDays) { return [pscustomobject] @{ usable = $true } }
    $text = '最新の「オンライン資格確認等システム接続ガイド(IP-VPN接続方式)」の値と照らし合わせてください。' +
        "設定に使う DNS サーバーのアドレスは $($day.Year)年$($day.Month)月$($day.Day)日 時点のもので、$([math]::Floor($age / 365))年以上たっています。"
    if (Test-DnsAnswer -Address @($Target.servers) -HostName $Target.host) {
        return [pscustomobject] @{ usable = $true; warning = "${text}DNS サーバーはいまも応答しています。" }
    }
    return [pscustomobject] @{ unknown = "DNS サーバーの応答がありません（回線がまだつながっていないかもしれません）。$text" }
}
