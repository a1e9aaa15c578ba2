# Languages and regions. The commands of the module International work for the person who runs them, the last one for the PC.

function Read-LanguageList {
    # The person's languages in order: tag, and the input methods of each.
    return , @(foreach ($language in @(Get-WinUserLanguageList | ForEach-Object { $_ })) {
            [pscustomobject] @{
                tag = [string] $language.LanguageTag
                methods = @($language.InputMethodTips | ForEach-Object { [string] $_ })
            }
        })
}

function Set-LanguageList {
    # A language without methods gets those that Windows gives it.
    param([object[]] $Language)
    $list = New-WinUserLanguageList -Language $Language[0].tag
    for ($i = 1; $i -lt $Language.Length; $i++) { $list.Add($Language[$i].tag) }
    for ($i = 0; $i -lt $Language.Length; $i++) {
        if (@($Language[$i].methods).Length -eq 0) { continue }
        $list[$i].InputMethodTips.Clear()
        foreach ($method in @($Language[$i].methods)) { $list[$i].InputMethodTips.Add([string] $method) }
    }
    Set-WinUserLanguageList -LanguageList $list -Force
}

function Get-DisplayLanguage { return [Globalization.CultureInfo]::CurrentUICulture.Name }

function Set-UserCulture { param([string] $Name) Set-Culture -CultureInfo $Name }

function Set-HomeLocation { param([int] $Id) Set-WinHomeLocation -GeoId $Id }

function Set-SystemLocale { param([string] $Name) Set-WinSystemLocale -SystemLocale $Name }
