# The language of programs that do not know Unicode (システム ロケール), and the code pages that come with it. All of it is in
# the registry at once, and holds from the next start.

$script:SystemLanguageKey = 'SYSTEM\CurrentControlSet\Control\Nls\Language'
$script:CodePageKey = 'SYSTEM\CurrentControlSet\Control\Nls\CodePage'
# What Windows gives Japanese; with "Unicode UTF-8 for worldwide language support" (beta) they are 65001.
$script:JapaneseCodePage = @{ ACP = '932'; OEMCP = '932'; MACCP = '10001' }

Register-Kind 'system-locale' -Format 1 -Ours ([ordered] @{ locale = 'システム ロケール'; ACP = 'コード ページ（ACP）' }) -Get {
    param($Target)
    $state = [ordered] @{ locale = (Read-SystemLocaleText $script:SystemLanguageKey 'Default').ToLowerInvariant() }
    foreach ($name in 'ACP', 'OEMCP', 'MACCP') { $state[$name] = Read-SystemLocaleText $script:CodePageKey $name }
    if ($state.ACP -ceq '65001') { $state.message = '「ワールドワイド言語サポートで Unicode UTF-8 を使用」（ベータ版）がオンのため、日本語が文字化けします。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $found = Get-State 'system-locale' $Target
    if ($found.locale -cne $State.locale) {
        Set-SystemLocale -Name ([Globalization.CultureInfo]::GetCultureInfo([Convert]::ToInt32($State.locale, 16)).Name)
    }
    foreach ($name in 'ACP', 'OEMCP', 'MACCP') {
        $page = Get-Field $State $name
        if ($null -eq $page) { $page = $script:JapaneseCodePage[$name] }
        if ((Read-SystemLocaleText $script:CodePageKey $name) -cne $page) {
            Set-RegistryEntry -Hive 'HKLM' -Key $script:CodePageKey -Name $name -Type 'String' -Data $page
        }
    }
}

function Read-SystemLocaleText {
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { throw "レジストリに $Name がありません: $Key" }
    return [string] $entry.data
}
