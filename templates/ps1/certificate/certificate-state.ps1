# The client certificates as they should be when the terminal is in use (setup P.26, P.28, P.50): one a code, with its
# private key, which cannot be exported, and with its root.

Register-Kind 'certificate-state' -Format 1 -Get {
    param($Target)
    # Two of them are right until then.
    if ($script:CertificateOldAgreed -eq $false) { return [pscustomobject] @{ unknown = '古い電子証明書を取り除いた後に確かめます。' } }
    $own = @(Get-OwnCertificate)
    # While a terminal is set up, what is missing is not wrong yet.
    if ($own.Length -eq 0 -and (Test-CertificateAwaited)) { return [pscustomobject] @{ unknown = '電子証明書が、まだ取り込まれていません。' } }
    $found = [pscustomobject] @{
        certificates = @($own | ForEach-Object { ConvertTo-CertificateState $_ })
        roots = @(Get-CertificateRoot | ForEach-Object { $_.thumbprint } | Sort-Object)
        current = @($own | Where-Object { Test-CertificateCurrent $_ } | ForEach-Object { $_.thumbprint })
        message = ''; warning = ''
    }
    $found.message = Get-CertificateTrouble $found
    if (@($found.certificates | Where-Object { $_.strong }).Length -gt 0) { $found.warning = '秘密キーの保護が強力になっています。施設の方針でなければ、取り込み直してください。' }
    return $found
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $current = @($Found.certificates | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    # Only that it is noted down: which one it is a person compares over the terminals.
    if ($null -ne (Get-Field $Wanted 'noted')) { return ($current.Length -gt 0) }
    $good = @($current | Where-Object { $_.key -and $_.exportable -ne $true })
    return ($good.Length -eq $Wanted.count -and $current.Length -eq $Wanted.count -and @($Found.roots).Length -gt 0)
}

function Test-CertificateAwaited {
    # Whether this very pass is to import one.
    if ($null -eq $script:Pass -or $script:Pass.mode -cne 'Apply') { return $false }
    return (@($script:Pass.plan.steps | Where-Object { $_.kind -ceq 'certificate' }).Length -gt 0)
}

function Get-CertificateClock {
    # Now as seconds since 1970, UTC: the PC's clock shows the time of Japan.
    return [long] [math]::Floor(((Get-LocalTime) - (New-Object DateTime(1970, 1, 1))).TotalSeconds) - 9 * 3600
}

function Test-CertificateCurrent {
    param([object] $Certificate)
    $now = Get-CertificateClock
    return ($Certificate.from -le $now -and $now -lt $Certificate.to)
}

function Get-CertificateTrouble {
    # What is wrong, worst first; where nothing is, only the number can be.
    param([object] $Found)
    $issuer = $script:CertificateIssuer
    $all = @($Found.certificates)
    $current = @($all | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    if ($all.Length -eq 0) { return "NO_CERT_DIALOG: 発行者 $issuer の電子証明書が入っていません。証明書の選択画面が出ないため、*.p12 を取り込んでください。" }
    if ($current.Length -eq 0) { return 'CERT_EXPIRED: 電子証明書の有効期間が過ぎているか、始まっていません。PC の日付を確かめ、期限が切れていれば新しい証明書を申請してください。' }
    if (@($current | Where-Object { -not $_.key }).Length -gt 0) { return 'NO_CERT_DIALOG: 秘密キーのない電子証明書があります。*.p12 から取り込み直してください。' }
    if (@($current | Where-Object { $_.exportable -eq $true }).Length -gt 0) { return '秘密キーをエクスポートできる設定で取り込まれています。チェックを外して取り込み直してください。' }
    if (@($Found.roots).Length -eq 0) { return "ルート証明書 $issuer が登録されていません。" }
    return "有効な電子証明書が $($current.Length) 枚あります。医療機関等コードごとに 1 枚です。"
}
