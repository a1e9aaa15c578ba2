# Whether the drive of Windows is encrypted (BitLocker, or Windows 11's own device encryption, which 24H2 begins by itself on
# most PCs), and whether there is a recovery key. Only looked at: nothing is encrypted, decrypted or unlocked, and no key is
# read. Where the key is, no PC can tell: a person is told where to look for it.

# KeyProtectorType of Win32_EncryptableVolume: an external key, and the recovery key of 48 digits.
$script:RecoveryProtector = @(2, 3)
$script:RecoveryPlace = '回復キーは、Microsoft アカウントや職場のアカウントで有効になった PC ではそのアカウント（https://aka.ms/myrecoverykey）、' +
    '手で有効にした PC では、そのとき保存か印刷をした所にあります'

Register-Kind 'disk-encryption' -Format 1 -Get {
    param($Target)
    $volume = Read-SystemVolume
    if ($null -eq $volume) { return [pscustomobject] @{ 'not-applicable' = 'この Windows には、ドライブの暗号化（BitLocker）がありません。' } }
    if ($volume.protection -gt 1) { return [pscustomobject] @{ unknown = 'ドライブの暗号化の状態を、Windows が答えません。' } }
    $recovery = @($volume.protectors | Where-Object { $script:RecoveryProtector -contains $_ })
    $state = [pscustomobject] @{
        encrypted = ($volume.conversion -ne 0)
        protected = ($volume.protection -eq 1)
        recoverable = ($volume.protection -ne 1 -or $recovery.Length -gt 0)
        message = ''
        warning = ''
    }
    $state.message = 'Windows のドライブは暗号化され、回復キーがありません。設定の「デバイスの暗号化」か、コントロール パネルの「BitLocker ドライブ暗号化」で' +
        '「回復キーのバックアップ」を行い、施設がこの PC の外に保管してください。'
    if ($state.protected) {
        $state.warning = "Windows のドライブは暗号化されています。起動や修理のときに要る回復キーがどこにあるかを、施設と確かめてください。$script:RecoveryPlace。"
    }
    elseif ($state.encrypted) {
        $state.warning = 'Windows のドライブは暗号化されていますが、鍵による保護はまだ始まっていません。この PC に Microsoft アカウントや職場のアカウントでサインインすると' +
            "始まり、回復キーはそのアカウントに保存されます。$script:RecoveryPlace。"
    }
    return $state
}
