# The extensions of the face library in the Edge profile that the person uses, as Edge's own files say: Local State names
# the profile; Secure Preferences and Preferences hold extensions.settings.<id>, where an extension without a reason to be
# disabled is on (Chromium, extension_prefs.cc). An extension is known by the id of its package, an older one that had
# another id by its name.

$script:ExtensionPackaged = 1
$script:ExtensionUnpacked = 4

# The settings of the profile that Edge used last, as they lay on the disk (Get-EdgeMark).
$script:EdgeLocalState = $null
$script:EdgeLastProfile = ''

Register-Kind 'extensions' -Format 1 -Watch @{
    # Chromium writes what was changed once in ten seconds (ImportantFileWriter, kDefaultCommitInterval).
    every = 2; note = 'Edge が書き込むまで 10 秒ほどかかります。'
    mark = { param($Target) Get-EdgeMark }
} -Get {
    param($Target)
    $problem = Get-ExtensionFolderProblem $Target.folder
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $packages = @(Read-ExtensionPackage $Target.folder @($Target.extensions | ForEach-Object { $_.file }))
    $edge = Get-EdgeFolder
    $name = Get-EdgeProfile $edge
    $settings = @(Read-EdgeSetting $edge $name)
    $installed = @(Find-Extension $edge $name $settings $Target.extensions $packages)
    $mode = (Get-EdgeSetting $settings @('extensions', 'ui', 'developer_mode')) -eq $true
    return [pscustomobject] @{
        profile = $name; developerMode = $mode; installed = $installed
        packages = @($packages | ForEach-Object { [pscustomobject] @{ file = $_.file; id = $_.id; version = $_.version } })
        message = (Get-ExtensionText $name $Target.extensions $packages $installed $mode) +
            (Get-ElsewhereText $edge $name $Target.extensions $packages $installed)
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    foreach ($name in (Get-FieldName $Wanted)) { if (-not (Test-ExtensionWanted $name (Get-Field $Wanted $name) $Found)) { return $false } }
    return $true
}

function Test-ExtensionWanted {
    param([string] $Name, [object] $Value, [object] $Found)
    $installed = @($Found.installed)
    if ($Name -ceq 'developerMode') { return ($Found.developerMode -eq $Value) }
    # Each of these is there, on, and not older than its package.
    if ($Name -ceq 'added') { return (@($Value | Where-Object { -not (Test-ExtensionAdded $_ $Found) }).Length -eq 0) }
    # Extensions can be added now, or nothing is left to add.
    if ($Name -ceq 'ready') {
        return ($Found.developerMode -or @($Found.packages | Where-Object { -not (Test-ExtensionAdded $_.file $Found) }).Length -eq 0)
    }
    # These and no others, and all are on.
    if ($Name -ceq 'exactly') {
        $on = @($installed | Where-Object { $_.enabled } | ForEach-Object { $_.file })
        return ($installed.Length -eq @($Value).Length -and @($Value | Where-Object { $on -cnotcontains $_ }).Length -eq 0)
    }
    # All are there in that version or a newer one.
    if ($Name -ceq 'minimumVersion') {
        $good = @($installed | Where-Object { Test-ExtensionAtLeast $_.version $Value } | ForEach-Object { $_.file })
        return (@($Found.packages | Where-Object { $good -cnotcontains $_.file }).Length -eq 0)
    }
    # None is older than that, and none is left from before the packages had their ids.
    if ($Name -ceq 'noneBelow') {
        return (@($installed | Where-Object { $_.file -ceq '' -or -not (Test-ExtensionAtLeast $_.version $Value) }).Length -eq 0)
    }
    # What is there is not older than its package.
    if ($Name -ceq 'current') { return (@($installed | Where-Object { (Test-ExtensionStale $_ $Found.packages) }).Length -eq 0) }
    throw "unknown field: $Name"
}

function Test-ExtensionAdded {
    param([string] $File, [object] $Found)
    return (@(@($Found.installed) |
        Where-Object { $_.file -ceq $File -and $_.enabled -and -not (Test-ExtensionStale $_ $Found.packages) }).Length -gt 0)
}

function Test-ExtensionAtLeast {
    param([object] $Version, [string] $Least)
    return ($null -ne $Version -and (ConvertTo-ExtensionVersion $Version) -ge (ConvertTo-ExtensionVersion $Least))
}

function ConvertTo-ExtensionVersion {
    # All four parts: to .NET 2.0 is less than 2.0.0.0.
    param([string] $Text)
    return [version] ((@($Text.Split('.')) + @('0', '0', '0'))[0..3] -join '.')
}

function Test-ExtensionStale {
    # Older than the package that it should have come from; no package, or an unreadable one, says nothing.
    param([object] $Extension, [object[]] $Packages)
    $package = @($Packages | Where-Object { $_.file -ceq $Extension.file -and $null -ne $_.version })
    return ($package.Length -eq 1 -and -not (Test-ExtensionAtLeast $Extension.version $package[0].version))
}

function Get-EdgeProfile {
    # The folder of the profile that was used last, or Default.
    param([string] $Edge)
    $last = Get-BrowserField (Read-BrowserFile "$Edge\Local State") @('profile', 'last_used')
    if ($last -is [string] -and $last -cmatch '^[^\\/:]+$' -and (Test-FilePresence -Path "$Edge\$last\Preferences")) { return $last }
    return 'Default'
}

function Get-EdgeMark {
    # Another text once Edge has written its settings. Nothing is parsed but a new Local State, for the profile.
    $edge = Get-EdgeFolder
    $state = Get-FileMark "$edge\Local State"
    if ($state -cne $script:EdgeLocalState) {
        $script:EdgeLastProfile = Get-EdgeProfile $edge
        $script:EdgeLocalState = $state
    }
    return (@('Secure Preferences', 'Preferences' | ForEach-Object { Get-FileMark "$edge\$script:EdgeLastProfile\$_" }) + $state) -join '|'
}

function Get-EdgeProfileName {
    # The folders of all profiles that Edge knows, and Default.
    param([string] $Edge)
    $known = Get-BrowserField (Read-BrowserFile "$Edge\Local State") @('profile', 'info_cache')
    $names = @('Default')
    if ($known -is [System.Collections.IDictionary]) { $names += @($known.Keys | Where-Object { $_ -cmatch '^[^\\/:]+$' }) }
    return $names | Sort-Object -Unique
}

function Read-EdgeSetting {
    # Both files with the settings of a profile, the protected one first.
    param([string] $Edge, [string] $Name)
    foreach ($file in 'Secure Preferences', 'Preferences') {
        $settings = Read-BrowserFile "$Edge\$Name\$file"
        if ($null -ne $settings) { , $settings }
    }
}

function Get-EdgeSetting {
    # A setting from the first file that has it.
    param([object[]] $Settings, [string[]] $Path)
    foreach ($part in $Settings) {
        $value = Get-BrowserField $part $Path
        if ($null -ne $value) { return , $value }
    }
    return $null
}

function Find-Extension {
    # Of each extension that is ours: file of its package ('' where only its name says so), id, name, version, enabled.
    param([string] $Edge, [string] $Name, [object[]] $Settings, [object[]] $Extensions, [object[]] $Packages)
    $seen = @()
    foreach ($part in $Settings) {
        $entries = Get-BrowserField $part @('extensions', 'settings')
        if ($entries -isnot [System.Collections.IDictionary]) { continue }
        foreach ($id in @($entries.Keys | Sort-Object)) {
            if ($seen -ccontains $id) { continue }
            $found = Read-Extension $Edge $Name $id $entries[$id]
            if ($null -eq $found) { continue }
            $seen += $id
            $file = Select-ExtensionFile $found $Extensions $Packages
            if ($null -eq $file) { continue }
            [pscustomobject] @{ file = $file; id = $id; name = $found.name; version = $found.version; enabled = $found.enabled }
        }
    }
}

function Select-ExtensionFile {
    # The package that an extension is of: by its id, or by its name where that package cannot be read. '' where the name
    # is one of ours and the id is not; $null where it is none of ours.
    param([object] $Found, [object[]] $Extensions, [object[]] $Packages)
    $same = @($Packages | Where-Object { $_.id -ceq $Found.id })
    if ($same.Length -gt 0) { return $same[0].file }
    if (@($script:ExtensionPackaged, $script:ExtensionUnpacked) -notcontains $Found.location) { return $null }
    $named = @($Extensions | Where-Object { @($_.names) -ccontains $Found.name } | ForEach-Object { $_.file })
    if ($named.Length -eq 0) { return $null }
    if (@($Packages | Where-Object { $_.file -ceq $named[0] -and $null -eq $_.id }).Length -gt 0) { return $named[0] }
    return ''
}

function Read-Extension {
    # id, location, name, version, enabled of an entry; $null where nothing is installed under it.
    param([string] $Edge, [string] $Name, [string] $Id, [object] $Entry)
    $path = Get-BrowserField $Entry @('path')
    if ($path -isnot [string] -or $path -ceq '') { return $null }
    if ($path -cnotmatch '^([A-Za-z]:|\\)\\') { $path = "$Edge\$Name\Extensions\$path" }
    $onDisk = Read-BrowserFile "$path\manifest.json"
    if ($null -eq $onDisk) { return $null }
    $manifest = Get-BrowserField $Entry @('manifest')
    if ($null -eq $manifest) { $manifest = $onDisk }
    $version = Get-BrowserField $manifest @('version')
    if (-not (Test-ExtensionVersion $version)) { $version = $null }
    return [pscustomobject] @{
        id = $Id; location = (Get-BrowserField $Entry @('location')); name = (Get-ExtensionName $manifest $path); version = $version
        enabled = (Test-ExtensionEnabled $Entry)
    }
}

function Test-ExtensionEnabled {
    # disable_reasons is a list of numbers, before that a number of bits; before both, state 1 was on.
    param([object] $Entry)
    $state = Get-BrowserField $Entry @('state')
    if ($null -ne $state -and $state -ne 1) { return $false }
    $reasons = Get-BrowserField $Entry @('disable_reasons')
    if ($null -eq $reasons) { return $true }
    return (@($reasons | Where-Object { $_ -ne 0 }).Length -eq 0)
}

function Get-ExtensionName {
    # The name in the manifest, or where that is a message, the message in Japanese or in the extension's own language.
    param([object] $Manifest, [string] $Path)
    $name = Get-BrowserField $Manifest @('name')
    if ($name -isnot [string]) { return '' }
    if ($name -cnotmatch '^__MSG_(\w+)__$') { return $name.Trim() }
    $key = $Matches[1]
    foreach ($language in @('ja', (Get-BrowserField $Manifest @('default_locale')))) {
        if ($language -isnot [string] -or $language -cnotmatch '^\w+$') { continue }
        $messages = Read-BrowserFile "$Path\_locales\$language\messages.json"
        if ($messages -isnot [System.Collections.IDictionary]) { continue }
        foreach ($found in $messages.Keys) {
            # Chromium reads the names of messages whatever their case.
            if ($found -ine $key) { continue }
            $text = Get-BrowserField $messages @($found, 'message')
            if ($text -is [string]) { return $text.Trim() }
        }
    }
    return $name
}

function Get-ExtensionText {
    # For people: what is there of each package, what else is there, and the developer mode.
    param([string] $Name, [object[]] $Extensions, [object[]] $Packages, [object[]] $Installed, [bool] $DeveloperMode)
    $parts = @(foreach ($extension in $Extensions) {
            $own = @($Installed | Where-Object { $_.file -ceq $extension.file })
            $title = @($extension.names)[0]
            if ($own.Length -eq 0) { "$title なし"; continue }
            foreach ($found in $own) { Get-ExtensionLine $title $found $Packages }
        })
    foreach ($old in @($Installed | Where-Object { $_.file -ceq '' })) { $parts += '古いもの ' + (Get-ExtensionLine $old.name $old @()) }
    $mode = 'オフ'
    if ($DeveloperMode) { $mode = 'オン' }
    return "Edge のプロファイル $Name：$($parts -join '、')。開発者モードは$mode。"
}

function Get-ElsewhereText {
    # Where an extension is missing that another profile has: which one. Empty otherwise.
    param([string] $Edge, [string] $Name, [object[]] $Extensions, [object[]] $Packages, [object[]] $Installed)
    $here = @($Installed | ForEach-Object { $_.file })
    $missing = @($Packages | Where-Object { $here -cnotcontains $_.file } | ForEach-Object { $_.file })
    if ($missing.Length -eq 0) { return '' }
    $profileNames = @(foreach ($profileName in (Get-EdgeProfileName $Edge)) {
            if ($profileName -ceq $Name) { continue }
            $own = @(Find-Extension $Edge $profileName @(Read-EdgeSetting $Edge $profileName) $Extensions $Packages)
            if (@($own | Where-Object { $missing -ccontains $_.file }).Length -gt 0) { $profileName }
        })
    if ($profileNames.Length -eq 0) { return '' }
    return "無いものは、ほかのプロファイルに入っています: $($profileNames -join '、')"
}

function Get-ExtensionLine {
    param([string] $Title, [object] $Extension, [object[]] $Packages)
    $notes = @()
    if (-not $Extension.enabled) { $notes += 'オフ' }
    if (Test-ExtensionStale $Extension $Packages) { $notes += '配信されたファイルより古い版' }
    $line = "$Title $($Extension.version)".TrimEnd()
    if ($notes.Length -gt 0) { $line += "（$($notes -join '、')）" }
    return $line
}
