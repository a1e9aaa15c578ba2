# A day until which something about the client certificate has to be done, against the PC's clock. limit: "download" (the
# notice's own deadline, almex ①) or "succession" (how long a certificate of the code before may be used). Without a day
# the person types it from the notice. newer: a certificate that was there before does not count.

$script:CertificateDayAsked = 'ダウンロード有効期限'

Register-Kind 'certificate-deadline' -Format 1 -Get {
    param($Target)
    $chosen = Get-ChosenCertificate $Target.code
    $last = [int] $Target.day
    if ($last -eq 0) { $last = [int] (Get-TypedCode $script:CertificateDayAsked) }
    $obtained = $chosen.Length -gt 0 -or (-not $Target.newer -and @(Get-OwnCertificate).Length -gt 0) -or
        @(Find-ReadyCertificateFile $Target.newer).Length -gt 0
    if ($last -eq 0 -and -not $obtained) { return [pscustomobject] @{ unknown = '通知書のダウンロード有効期限が、まだ入力されていません。' } }
    # Downloaded already: the day of the notice is of no account any more.
    if ($last -eq 0) { $last = Get-Today }
    $remainingDays = Get-DayCount (Get-Today) $last
    $found = [pscustomobject] @{ left = $remainingDays; open = $true; warning = ''; message = '' }
    $day = ConvertTo-DayText $last
    if ($Target.limit -ceq 'download') {
        $found.open = -not $obtained
        $found.message = "ダウンロード有効期限（$day）を過ぎています。証明書を取得できないため、申請し直してください。"
        if ($found.open) { $found.warning = "ダウンロード有効期限（$day）まで、あと $remainingDays 日です。" }
    }
    else {
        $found.open = $chosen.Length -eq 0 -or @(Get-OwnCertificate | Where-Object { $chosen -cnotcontains $_.thumbprint }).Length -gt 0
        $found.message = "期限（$day）を過ぎたため、旧コードの電子証明書は使えません。新しい電子証明書に切り替えてください。"
        if ($found.open) { $found.warning = "旧コードの電子証明書を使えるのは、あと $remainingDays 日（$day まで）です。" }
    }
    if ($remainingDays -lt 0 -or -not $found.open) { $found.warning = '' }
    return $found
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (-not $Found.open -or $Found.left -ge 0)
} -Typed @{
    asks = { param($Target) '通知書のダウンロード有効期限（西暦の 8 桁、例: 20270131）' }
    digits = { param($Wanted) 8 }
    take = {
        param($Target, $Wanted, $Typed)
        $day = $Typed -replace '[\s年月日./-]', ''
        $read = New-Object DateTime
        $invariant = [Globalization.CultureInfo]::InvariantCulture
        if (-not [DateTime]::TryParseExact($day, 'yyyyMMdd', $invariant, [Globalization.DateTimeStyles]::None, [ref] $read)) {
            Write-Line 'ダウンロード有効期限は、年、月、日の 8 桁で入力してください。'
            return
        }
        # A day that has passed is asked for again at the next start: the notice may be another one then.
        if ([int] $day -lt (Get-Today)) { $script:TypedCode[$script:CertificateDayAsked] = $day }
        else { Save-TypedCode $script:CertificateDayAsked $day }
    }
}
