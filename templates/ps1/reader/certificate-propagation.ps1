# Whether Windows takes the certificates of smart cards over (policy 「スマート カードからの証明書の伝達をオンにする」,
# CertPropEnabled; on where nothing is set). The face library turns it off.

Register-Kind 'certificate-propagation' -Format 1 -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.library)) {
        return [pscustomobject] @{ unknown = "顔認証ライブラリがまだ導入されていません: $($Target.library)" }
    }
    $value = Read-RegistryEntry -Hive 'HKLM' -Key $script:CertificatePropagationKey -Name 'CertPropEnabled'
    $on = $null -eq $value -or $value.type -cne 'DWord' -or $value.data -ne 0
    $message = '証明書の伝達は無効です。'
    if ($on) { $message = '証明書の伝達が有効です。顔認証ライブラリの導入が終わっていないか、後から変えられています。' }
    return [pscustomobject] @{ enabled = $on; message = $message }
}

$script:CertificatePropagationKey = 'SOFTWARE\Policies\Microsoft\Windows\CertProp'
