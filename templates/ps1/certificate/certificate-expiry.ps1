# Until when the client certificates can be used (setup P.50).

# Renewal takes weeks: said from so many days before.
$script:CertificateWarningDays = 90

Register-Kind 'certificate-expiry' -Format 1 -Get {
    param($Target)
    $own = @(Get-OwnCertificate)
    if ($own.Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書が、まだ取り込まれていません。' } }
    $days = @($own | ForEach-Object { Get-CertificateDayCount $_ } | Sort-Object -Descending)
    $ends = @($own | Sort-Object -Property to -Descending | ForEach-Object { ConvertTo-DayNumber $_.to })
    return [pscustomobject] @{
        days = $days; ends = $ends; message = (Get-CertificateExpiryTrouble $own)
        warning = (Get-CertificateExpiryWarning (Split-RenewedCertificate $own))
    }
} -Test {
    # The one that ends last for each code.
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (@($Found.days | Where-Object { $_ -ge 0 }).Length -ge $Wanted.count)
} -Fact {
    # Of those that have not ended.
    param($Found)
    $ends = @(for ($i = 0; $i -lt @($Found.ends).Length; $i++) { if (@($Found.days)[$i] -ge 0) { ConvertTo-DayText @($Found.ends)[$i] } })
    return "電子証明書の期限  $(@($ends | Select-Object -Unique) -join '、')"
}

function Get-CertificateExpiryTrouble {
    # Why too few can still be used: the one that ended last, or that there never were as many as this terminal uses.
    param([object[]] $Own)
    $ended = @($Own | Where-Object { (Get-CertificateDayCount $_) -lt 0 } | Sort-Object -Property to -Descending)
    if ($ended.Length -eq 0) { return "有効期限内の電子証明書は $($Own.Length) 枚で、この端末で使う枚数に足りません。足りない分の *.p12 を取り込んでください。" }
    return "CERT_EXPIRED: 電子証明書の有効期限が切れています（$(ConvertTo-DayText (ConvertTo-DayNumber $ended[0].to))）。新しい証明書を申請してください。"
}

function Get-CertificateDayCount {
    # How many whole days a certificate can still be used; negative after its end.
    param([object] $Certificate)
    return [int] [math]::Floor(($Certificate.to - (Get-CertificateClock)) / 86400)
}

function Get-CertificateExpiryWarning {
    # By those in use, the soonest first. One that was renewed is no reason to renew.
    param([object] $Sorted)
    $counted = @(@($Sorted.used) + @($Sorted.other) | Sort-Object -Property to)
    foreach ($certificate in $counted) {
        $days = Get-CertificateDayCount $certificate
        $end = ConvertTo-DayText (ConvertTo-DayNumber $certificate.to)
        if ($days -lt 0) { return "期限の切れた電子証明書が残っています（$end）。" }
        if ($days -le $script:CertificateWarningDays) { return "有効期限まで、あと $days 日です（$end）。更新の手続きを始めてください。" }
    }
    $ended = @($Sorted.renewed | Where-Object { (Get-CertificateDayCount $_) -lt 0 } |
        ForEach-Object { ConvertTo-DayText (ConvertTo-DayNumber $_.to) })
    if ($ended.Length -gt 0) { return "期限の切れた電子証明書が残っています（$($ended -join '、')）。" }
    return Get-RenewedText $Sorted
}
