# machine.json: languages.<account> = [{tag, methods}], display = the language that Windows is shown in. The rest is in the registry.

function Read-LanguageList {
    return , @(Get-FakeField (Get-FakeField (Get-Machine) 'languages') $script:FakeSession.as @() | ForEach-Object { $_ })
}

function Set-LanguageList {
    param([object[]] $Language)
    $machine = Read-Machine
    $list = @(foreach ($one in $Language) {
            $methods = @($one.methods)
            if ($methods.Length -eq 0) { $methods = @("default:$($one.tag)") }
            [pscustomobject] @{ tag = $one.tag; methods = $methods }
        })
    $before = Get-FakeField $machine.languages $script:FakeSession.as @()
    Set-FakeField $machine.languages $script:FakeSession.as $list
    Write-Machine $machine
    # machine.json: formatsFollow: whether this Windows lets the formats follow the first language.
    if ((Get-FakeField $machine 'formatsFollow') -and ($before.Length -eq 0 -or $before[0].tag -cne $list[0].tag)) { Set-UserCulture -Name $list[0].tag }
}

function Get-DisplayLanguage { return [string] (Get-FakeField (Get-Machine) 'display' 'ja-JP') }

function Set-UserCulture {
    # Windows sets the formats of the culture with it; to be cut short on the way is possible.
    param([string] $Name)
    $key = 'Control Panel\International'
    foreach ($value in @(Read-RegistryKey -Hive 'HKCU' -Key $key | ForEach-Object { $_ })) {
        if ($value.name -like 's*') { Set-RegistryEntry -Hive 'HKCU' -Key $key -Name $value.name -Type 'String' -Data "$($value.name) of $Name" }
    }
    Set-RegistryEntry -Hive 'HKCU' -Key $key -Name 'LocaleName' -Type 'String' -Data $Name
}

function Set-HomeLocation {
    param([int] $Id)
    Set-RegistryEntry -Hive 'HKCU' -Key 'Control Panel\International\Geo' -Name 'Nation' -Type 'String' -Data "$Id"
}

function Set-SystemLocale {
    param([string] $Name)
    Assert-Elevated
    $known = @{ 'ja-JP' = '0411', '932', '932', '10001'; 'en-US' = '0409', '1252', '437', '10000' }[$Name]
    if ($null -eq $known) { throw "no locale $Name" }
    Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Control\Nls\Language' -Name 'Default' -Type 'String' -Data $known[0]
    foreach ($pair in @('ACP', 1), @('OEMCP', 2), @('MACCP', 3)) {
        Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Control\Nls\CodePage' -Name $pair[0] -Type 'String' -Data $known[$pair[1]]
    }
}
