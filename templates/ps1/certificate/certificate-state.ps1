# The client certificates as they should be when the terminal is in use (setup P.26, P.28, P.50): one a code, with its
# private key, which cannot be exported, and with its root. After a renewal the one before it stands beside it until it ends.

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
        missing = @(Get-MissingRoot)
        current = @($own | Where-Object { Test-CertificateCurrent $_ } | ForEach-Object { $_.thumbprint })
        renewed = @(); message = ''; warning = ''
    }
    $sorted = Split-RenewedCertificate @($own | Where-Object { Test-CertificateCurrent $_ })
    $found.renewed = @($sorted.renewed | ForEach-Object { $_.thumbprint })
    $found.message = Get-CertificateTrouble $found
    $found.warning = Get-RenewedText $sorted
    if (@($found.certificates | Where-Object { $_.strong }).Length -gt 0) { $found.warning += '秘密キーの保護が強力になっています。施設の方針でなければ、取り込み直してください。' }
    return $found
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $current = @($Found.certificates | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    # Only that it is noted down: which one it is a person compares over the terminals.
    if ($null -ne (Get-Field $Wanted 'noted')) { return ($current.Length -gt 0) }
    $good = @($current | Where-Object { $_.key -and $_.exportable -ne $true })
    $inUse = @($current | Where-Object { @($Found.renewed) -cnotcontains $_.thumbprint })
    return ($good.Length -eq $current.Length -and $inUse.Length -eq $Wanted.count -and @($Found.missing).Length -eq 0)
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

function Get-CertificateUse {
    # {count, renewals}: how many certificates this terminal uses, one for each code, as its plan has it.
    $asked = @(Get-Field (Get-Field $script:Pass 'plan') 'steps' | ForEach-Object { $_ } |
        Where-Object { $_.kind -ceq 'certificate-state' -and $null -ne (Get-Field $_.wanted 'count') } | ForEach-Object { $_.wanted })
    if ($asked.Length -gt 0) { return $asked[0] }
    return [pscustomobject] @{ count = 1; renewals = $true }
}

function Split-RenewedCertificate {
    # {used, renewed, other}: for each code the certificate that ends last is the one in use; one that began and ends before
    # one of those was renewed by it. What is left over is neither, nor is anything at a succession, which renews none.
    param([object[]] $Certificates)
    $use = Get-CertificateUse
    $latest = @{ Expression = { $_.to }; Descending = $true }
    $order = @($Certificates | Sort-Object -Property $latest, @{ Expression = { $_.from }; Descending = $true }, thumbprint)
    $used = @($order | Select-Object -First $use.count)
    $rest = @($order | Select-Object -Skip $use.count)
    $renewed = @($rest | Where-Object {
            $one = $_
            $use.renewals -and @($used | Where-Object { $_.key -and $_.from -gt $one.from -and $_.to -gt $one.to }).Length -gt 0
        })
    return [pscustomobject] @{
        used = $used; renewed = $renewed
        other = @($rest | Where-Object { @($renewed | ForEach-Object { $_.thumbprint }) -cnotcontains $_.thumbprint })
    }
}

function Get-RenewedText {
    # What a person is told of certificates that were renewed and have not ended; empty where there are none.
    param([object] $Sorted)
    $now = Get-CertificateClock
    $old = @($Sorted.renewed | Where-Object { $_.to -gt $now } | ForEach-Object { ConvertTo-DayText (ConvertTo-DayNumber $_.to) })
    if ($old.Length -eq 0) { return '' }
    $last = ConvertTo-DayText (ConvertTo-DayNumber $Sorted.used[0].to)
    return "更新済みです。古い証明書（$($old -join '、') まで）は、使い始めを確かめてから取り除けます。証明書の選択画面では、$last までのものを選びます。"
}

function Get-CertificateTrouble {
    # What is wrong, worst first; where nothing is, only the number can be.
    param([object] $Found)
    $all = @($Found.certificates)
    $current = @($all | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    if ($all.Length -eq 0) {
        $other = Get-OtherIssuerText @(Read-CertificateStore -Store 'My') @(Get-CertificateAuthority)
        return "NO_CERT_DIALOG: 発行者 $(Get-IssuerText) の電子証明書が入っていません。${other}証明書の選択画面が出ないため、*.p12 を取り込んでください。"
    }
    if ($current.Length -eq 0) { return 'CERT_EXPIRED: 電子証明書の有効期間が過ぎているか、始まっていません。PC の日付を確かめ、期限が切れていれば新しい証明書を申請してください。' }
    if (@($current | Where-Object { -not $_.key }).Length -gt 0) { return 'NO_CERT_DIALOG: 秘密キーのない電子証明書があります。*.p12 から取り込み直してください。' }
    if (@($current | Where-Object { $_.exportable -eq $true }).Length -gt 0) { return '秘密キーをエクスポートできる設定で取り込まれています。チェックを外して取り込み直してください。' }
    if (@($Found.missing).Length -gt 0) { return "ルート証明書 $(@($Found.missing) -join '、') が登録されていません。1_適用 で登録するか、*.p12 を取り込み直してください。" }
    $inUse = @($current | Where-Object { @($Found.renewed) -cnotcontains $_.thumbprint } | ForEach-Object { Get-CertificateText $_ })
    return "有効な電子証明書が $($inUse.Length) 枚あります。医療機関等コードごとに 1 枚です。足りないものは *.p12 から取り込み、使わないものは証明書の管理の「個人」から取り除いてください: $($inUse -join '、')"
}
