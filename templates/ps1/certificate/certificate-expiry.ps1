# Until when the client certificates can be used (setup P.50).

# Renewal takes weeks: said from so many days before.
$script:CertificateWarningDays = 90

Register-Kind 'certificate-expiry' -Format 1 -Get {
    param($Target)
    $own = @(Get-OwnCertificate)
    if ($own.Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書が、まだ取り込まれていません。' } }
    $days = @($own | ForEach-Object { [int] [math]::Floor(($_.to - (Get-CertificateClock)) / 86400) } | Sort-Object -Descending)
    $ends = @($own | Sort-Object -Property to -Descending | ForEach-Object { ConvertTo-DayNumber $_.to })
    return [pscustomobject] @{
        days = $days; ends = $ends; message = "CERT_EXPIRED: 電子証明書の有効期限が切れています（$(ConvertTo-DayText $ends[0])）。新しい証明書を申請してください。"
        warning = (Get-CertificateExpiryWarning $days $ends)
    }
} -Test {
    # The one that ends last for each code.
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (@($Found.days | Where-Object { $_ -ge 0 }).Length -ge $Wanted.count)
}

function Get-CertificateExpiryWarning {
    param([int[]] $Days, [int[]] $Ends)
    for ($i = $Days.Length - 1; $i -ge 0; $i--) {
        if ($Days[$i] -lt 0) { return "期限の切れた電子証明書が残っています（$(ConvertTo-DayText $Ends[$i])）。" }
        if ($Days[$i] -le $script:CertificateWarningDays) {
            return "有効期限まで、あと $($Days[$i]) 日です（$(ConvertTo-DayText $Ends[$i])）。更新の手続きを始めてください。"
        }
    }
    return ''
}
