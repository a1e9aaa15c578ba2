# The language that Windows is shown in to the person. Another first language counts from the next sign-in, and only where its
# language pack is there.

Register-Kind 'display-language' -Format 1 -Get {
    param($Target)
    $display = Get-DisplayLanguage
    if (Test-LanguageTag $Target.language $display) { return [pscustomobject] @{ shown = $true } }
    $languages = Read-LanguageList
    if ($languages.Length -gt 0 -and (Test-LanguageTag $Target.language $languages[0].tag)) {
        return [pscustomobject] @{ unknown = "Windows の表示言語はまだ $display です。サインインし直しても変わらないときは、設定→時刻と言語→言語と地域 で、日本語の言語パックを入れてください。" }
    }
    return [pscustomobject] @{ shown = $false; message = "Windows の表示言語が $display です。設定→時刻と言語→言語と地域 で、日本語を入れて一番上にしてください。" }
}
