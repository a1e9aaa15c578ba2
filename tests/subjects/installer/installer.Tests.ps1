BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    function Get-Part {
        param([string] $Part, [string[]] $Names = @('OQSDistroApp*.msi', 'OqsInstall.exe'), [string] $Installed = '')
        return Get-State 'installer' ([pscustomobject] @{ part = $Part; names = $Names; installed = $Installed })
    }
    function New-Installer { param([string] $Text, [string] $Signature = 'Valid') return [pscustomobject] @{ text = $Text; signature = $Signature } }
}

Describe 'installer' {
    BeforeEach {
        Initialize-Pc
        $script:Pass = [pscustomobject] @{ root = "$env:OQSGEN_FAKE/stick/bundle"; beside = "$env:OQSGEN_FAKE/stick" }
        if ([IO.Directory]::Exists("$env:OQSGEN_FAKE/stick")) { [IO.Directory]::Delete("$env:OQSGEN_FAKE/stick", $true) }
        $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/stick/bundle")
    }

    It 'ready: unknown, and says where to put it' {
        (Get-Part 'ready').unknown | Should -Match 'OQSDistroApp\*\.msi.*C:\\Work のどれかに'
    }

    It 'ready: found <where>' -ForEach @(
        @{ where = 'C:\Users\OqsComApp\Downloads\OQSDistroApp.msi' }, @{ where = 'C:\Users\OqsComApp\Desktop\OQSDistroApp (1).msi' }
        @{ where = 'C:\Users\Public\Desktop\x\OQSDistroApp.msi' }, @{ where = 'C:\Work\SO\OQSFaceApp\OqsInstall.exe' }
    ) {
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{ $where = (New-Installer 'x') }) }
        $found = Get-Part 'ready'
        $found.files | Should -BeExactly $where
        Test-Kind 'installer' ([pscustomobject] @{ minimumVersion = '2.0.1' }) $found | Should -BeTrue
    }

    It 'ready: an archive as it was downloaded is found, and to be extracted first' {
        $names = @('OQSDistroApp*.zip', 'OQSDistroApp*.msi')
        $zip = 'C:\Users\OqsComApp\Downloads\OQSDistroApp (1).zip'
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{ $zip = (New-Installer 'x') }) }
        $found = Get-Part 'ready' $names
        Test-Kind 'installer' ([pscustomobject] @{ minimumVersion = '2.0.1' }) $found | Should -BeTrue
        $found.warning | Should -BeExactly "ZIP のままです。右クリックして「すべて展開」で展開してください: $zip"
        (Get-Part 'rest' $names).unknown | Should -Match 'OQSDistroApp \(1\)\.zip'
        Edit-Pc { param($machine) $machine.installers | Add-Member 'C:\Users\OqsComApp\Downloads\OQSDistroApp (1)\OQSDistroApp.msi' (New-Installer 'x') }
        (Get-Part 'ready' $names).warning | Should -BeExactly ''
    }

    It 'opens what was extracted before its archive' {
        $names = @('OQSDistroApp*.zip', 'OQSDistroApp*.msi')
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/OQSDistroApp.zip", '')
        Find-InstallerFolder $names | Should -BeLike '*stick'
        $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/stick/OQSDistroApp")
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/OQSDistroApp/OQSDistroApp.msi", '')
        Find-InstallerFolder $names | Should -BeLike '*OQSDistroApp'
    }

    It 'ready: not found too deep, under another name, or in another folder' {
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{
                    'C:\Work\a\b\c\OqsInstall.exe' = (New-Installer 'x'); 'C:\Work\Setup.msi' = (New-Installer 'x'); 'C:\Other\OqsInstall.exe' = (New-Installer 'x') }) }
        (Get-Part 'ready').unknown | Should -Not -BeNullOrEmpty
    }

    It 'ready: found beside the bundle, in a folder there, not in the bundle''s own neighbours below' {
        $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/stick/installers/deep")
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/installers/deep/OqsInstall.exe", '')
        (Get-Part 'ready').unknown | Should -Not -BeNullOrEmpty
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/installers/OQSDistroApp.msi", '')
        (Get-Part 'ready').files | Should -BeLike '*OQSDistroApp.msi'
        Find-InstallerFolder @('OQSDistroApp*.msi') | Should -BeLike '*installers'
        Find-InstallerFolder @('None*.msi') | Should -BeExactly ''
    }

    It 'ready: not needed once <version> is installed: <ok>' -ForEach @(@{ version = '2.0.1'; ok = $true }, @{ version = '2.10'; ok = $true }, @{ version = 'Ver1.07'; ok = $false }) {
        Edit-Pc { param($machine) $machine.files | Add-Member 'C:\a\Version.Info' $version }
        $found = Get-Part 'ready' -Installed 'C:\a\Version.Info'
        Test-Kind 'installer' ([pscustomobject] @{ minimumVersion = '2.0.1' }) $found | Should -Be $ok
        $found.message | Should -Match 'インストーラー'
    }

    It 'signature: <status> is <answer>' -ForEach @(
        @{ status = 'Valid'; answer = 'ok' }, @{ status = 'HashMismatch'; answer = 'drift' }, @{ status = 'NotTrusted'; answer = 'drift' }
        @{ status = 'NotSigned'; answer = 'unknown' }, @{ status = 'UnknownError'; answer = 'unknown' }, @{ status = 'Incompatible'; answer = 'unknown' }
    ) {
        $hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{ 'C:\Work\OQSDistroApp.msi' = (New-Installer 'x' $status); 'C:\Work\OqsInstall.exe' = (New-Installer 'y') }) }
        $found = Get-Part 'signature'
        $unknown = Get-Field $found 'unknown'
        if ($answer -ceq 'unknown') { $unknown | Should -Match "OQSDistroApp\.msi.*$hash"; $unknown | Should -Not -Match 'OqsInstall'; return }
        $unknown | Should -BeNullOrEmpty
        Test-Kind 'installer' ([pscustomobject] @{ unmodified = $true }) $found | Should -Be ($answer -ceq 'ok')
        $found.files[0].sha256 | Should -BeExactly $hash
        if ($answer -ceq 'drift') { $found.message | Should -Match $hash }
    }

    It 'signature: a changed file counts beside one that cannot be judged; an archive has no signature' {
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{
                    'C:\Work\OQSFaceApp.zip' = (New-Installer 'z' 'HashMismatch'); 'C:\Work\OqsInstall.exe' = (New-Installer 'y' 'UnknownError'); 'C:\Work\OQSDistroApp.msi' = (New-Installer 'x' 'HashMismatch') }) }
        $found = Get-Part 'signature' @('OQSFaceApp*.zip', 'OqsInstall.exe', 'OQSDistroApp*.msi')
        $found.unmodified | Should -BeFalse
        ($found.files | Where-Object { $_.path -like '*.zip' }).signature | Should -BeExactly 'none'
        (Get-Part 'signature' @('OQSFaceApp*.zip')).unmodified | Should -BeTrue
        (Get-Part 'signature' @('None.exe')).'not-applicable' | Should -Match '見つからない'
    }

    It 'rest: only copies on the PC count' {
        Test-Kind 'installer' ([pscustomobject] @{ absent = $true }) (Get-Part 'rest') | Should -BeTrue
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/OQSDistroApp.msi", '')
        (Get-Part 'rest').unknown | Should -Match 'OQSDistroApp'
        Mock Test-AnotherDrive { $true }
        (Get-Part 'rest').absent | Should -BeTrue
        Edit-Pc { param($machine) $machine | Add-Member installers ([pscustomobject] @{ 'C:\Work\OqsInstall.exe' = (New-Installer 'x') }) }
        (Get-Part 'rest').unknown | Should -Match 'C:\\Work\\OqsInstall\.exe'
    }

    It 'a guided step opens the folder of the installer, and nothing where there is none' {
        Mock Test-OpenAllowed { return $true }
        Mock Open-Page { }
        $step = ConvertFrom-Text '{"title": "t", "what": "w", "values": [], "check": "", "open": "installer:Other*.msi;OQSDistroApp*.msi"}'
        Show-Guidance $step
        Should -Invoke Open-Page -Times 0 -Exactly
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/stick/OQSDistroApp.msi", '')
        Show-Guidance $step
        Should -Invoke Open-Page -Times 1 -Exactly -ParameterFilter { $Page -like '*stick' }
    }
}
