# The person's languages and region. To take another culture also sets its formats of dates and numbers, which are text values
# of one key: they are kept, to be put back.

$script:InternationalKey = 'Control Panel\International'

Register-Kind 'user-locale' -Format 1 -Ours ([ordered] @{ culture = '地域設定'; location = '国または地域' }) -Entries @{
    languages = 'tag'; formats = ''
} -Get {
    param($Target)
    $formats = [ordered] @{}
    $values = Read-RegistryKey -Hive 'HKCU' -Key $script:InternationalKey
    foreach ($value in @($values | Where-Object { $null -ne $_ -and $_.type -ceq 'String' })) {
        $formats[$value.name] = [string] $value.data
    }
    $nation = Read-RegistryEntry -Hive 'HKCU' -Key "$($script:InternationalKey)\Geo" -Name 'Nation'
    $location = 0
    if ($null -ne $nation -and [string] $nation.data -match '^\d+$') { $location = [int] $nation.data }
    return [pscustomobject] @{
        culture = [string] $formats['LocaleName']
        location = $location
        languages = (Read-LanguageList)
        formats = [pscustomobject] $formats
    }
} -Set {
    param($Target, $State)
    $found = Get-State 'user-locale' $Target
    $formats = Get-Field $State 'formats'
    if ($null -ne $formats) { $languages = @($State.languages) }
    else {
        $first = [pscustomobject] @{ tag = $State.language; methods = @() }
        $languages = @($first) + @($found.languages | Where-Object { -not (Test-LanguageTag $State.language $_.tag) })
        foreach ($language in @($found.languages)) { if (Test-LanguageTag $State.language $language.tag) { $languages[0] = $language } }
    }
    if ($languages.Length -gt 0 -and -not (Test-Same $languages @($found.languages))) { Set-LanguageList -Language $languages }
    # Windows may let the formats follow the first language: they come last.
    $found = Get-State 'user-locale' $Target
    if ($found.location -ne $State.location) { Set-HomeLocation -Id $State.location }
    if ($found.culture -cne $State.culture) { Set-UserCulture -Name $State.culture }
    if ($null -ne $formats) { Restore-RegionFormat $formats }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'formats')) {
        return ((Test-Same $Wanted.formats $Found.formats) -and
            (Test-Same $Wanted.languages $Found.languages) -and $Wanted.location -eq $Found.location)
    }
    if ($Found.culture -cne $Wanted.culture -or $Found.location -ne $Wanted.location) { return $false }
    return (@($Found.languages).Length -gt 0 -and (Test-LanguageTag $Wanted.language $Found.languages[0].tag))
} -Difference {
    param($Target, $Wanted, $Found)
    if ($Found.culture -cne $Wanted.culture) { New-Difference '地域の形式' $Found.culture $Wanted.culture }
    if ($Found.location -ne $Wanted.location) { New-Difference '国または地域の番号' $Found.location $Wanted.location }
    $first = @($Found.languages | ForEach-Object { $_.tag }) | Select-Object -First 1
    if ($null -eq $first -or -not (Test-LanguageTag $Wanted.language $first)) { New-Difference '一番上の言語' $first $Wanted.language }
}

function Test-LanguageTag {
    # "ja" and "ja-JP" are one language.
    param([string] $Language, [string] $Tag)
    return ($Tag -ieq $Language -or $Tag.StartsWith("$Language-", [StringComparison]::OrdinalIgnoreCase))
}

function Restore-RegionFormat {
    # The text values of the key exactly as they were.
    param([object] $Formats)
    $names = @(Get-FieldName $Formats)
    $values = Read-RegistryKey -Hive 'HKCU' -Key $script:InternationalKey
    $now = @{}
    foreach ($value in @($values | Where-Object { $null -ne $_ -and $_.type -ceq 'String' })) {
        $now[$value.name] = [string] $value.data
        if ($names -cnotcontains $value.name) { Remove-RegistryEntry -Hive 'HKCU' -Key $script:InternationalKey -Name $value.name }
    }
    foreach ($name in $names) {
        $text = [string] (Get-Field $Formats $name)
        if (-not $now.ContainsKey($name) -or $now[$name] -cne $text) {
            Set-RegistryEntry -Hive 'HKCU' -Key $script:InternationalKey -Name $name -Type 'String' -Data $text
        }
    }
}
