# Client certificates of the issuer other than those that the person has chosen for this code: of the code before a
# succession (almex ③). Taken out of the store once the new one is there and the person has said so; the private key and a
# copy of the certificate stay on the PC, so that it can come back.

# Whether the person has agreed in this pass; $null: not asked yet.
$script:CertificateOldAgreed = $null

Register-Kind 'certificate-old' -Format 1 -Ours @{ old = '取り除いた電子証明書' } -Entries @{ old = 'thumbprint' } -Get {
    param($Target)
    $chosen = Get-ChosenCertificate $Target.code
    if ($script:Pass.mode -cne 'Rollback') {
        if (-not (Test-ChosenCertificate $Target.code)) { return [pscustomobject] @{ unknown = '新しい電子証明書を取り込んだ後に、古いものを取り除きます。' } }
        if ($script:CertificateOldAgreed -eq $false) { return [pscustomobject] @{ unknown = '古い電子証明書は、後で取り除くことになっています。' } }
    }
    $old = @(Get-OwnCertificate | Where-Object { $chosen -cnotcontains $_.thumbprint } | ForEach-Object { ConvertTo-CertificateState $_ })
    $state = [ordered] @{ old = $old }
    if ($old.Length -gt 0) { $state.message = '古い電子証明書が残っています。1_適用 で取り除けます。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'old')) {
        $stored = @(Read-CertificateStore -Store 'My' | ForEach-Object { $_.thumbprint })
        foreach ($certificate in @($State.old)) {
            if ($stored -cnotcontains $certificate.thumbprint) { Restore-OwnCertificate $certificate.thumbprint }
        }
        return
    }
    $chosen = Get-ChosenCertificate $Target.code
    if (-not (Test-ChosenCertificate $Target.code) -or -not $script:CertificateOldAgreed) { throw '新しい電子証明書が入っていて、取り除いてよいと答えたときだけ取り除きます。' }
    foreach ($certificate in @(Get-OwnCertificate)) {
        if ($chosen -cnotcontains $certificate.thumbprint) { Remove-OwnCertificate $certificate.thumbprint }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'old')) {
        return (Test-Same @($Wanted.old | Sort-Object -Property thumbprint) @($Found.old | Sort-Object -Property thumbprint))
    }
    return (@($Found.old).Length -eq $Wanted.count)
} -Secret {
    param($Target, $State, $Found)
    # A question rather than a secret; once for a pass.
    if ($null -ne (Get-Field $State 'old') -or $null -ne $script:CertificateOldAgreed) { return }
    Write-Line ''
    Write-Line '古い電子証明書を、この PC の「個人」の一覧から取り除きます。'
    foreach ($certificate in @($Found.old)) { Write-Line "　取り除く: $(Get-CertificateText $certificate)" }
    $chosen = Get-ChosenCertificate $Target.code
    foreach ($certificate in @(Get-OwnCertificate)) {
        if ($chosen -ccontains $certificate.thumbprint) {
            Write-Line "　残す: $(Get-CertificateText (ConvertTo-CertificateState $certificate))"
        }
    }
    Write-Line '取り除いたものは 3_元に戻す で戻せますが、エクスポートはできないため、古い *.p12 が必要なら施設の方が保管していることを確かめてください。'
    Write-Line '取り除くのは、新しい *.p12 のバックアップがあるときだけにします。'
    $script:CertificateOldAgreed = Read-Agreement '取り除いてよければ「はい」（yes か y でも同じ）、後で行うなら Enter: '
}

function Test-ChosenCertificate {
    # Whether one that was chosen for a code is there with a key that can be opened.
    param([string] $Code)
    $chosen = Get-ChosenCertificate $Code
    return (@(Get-OwnCertificate | Where-Object { $chosen -ccontains $_.thumbprint -and (Test-CertificateKey $_) }).Length -gt 0)
}

function Get-ChosenCertificate {
    # Thumbprints that were chosen for a code, and are there with their key.
    param([string] $Code)
    $record = Read-CertificateRecord $Code
    $found = @(Get-OwnCertificate | Where-Object { $_.key -and $record.chosen -ccontains $_.thumbprint } | ForEach-Object { $_.thumbprint })
    return , $found
}
