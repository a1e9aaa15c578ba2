BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $script:Url = 'https://hweb.oqs.onshikaku.org/web/'
    $script:Path = 'C:\Users\OqsComApp\Desktop\資格確認.url'
    $script:Target = ConvertFrom-Text '{"name": "資格確認"}'
    $script:Wanted = ConvertFrom-Text "{`"url`": `"$script:Url`"}"

    function Add-File {
        param([string] $Path, [byte[]] $Bytes)
        Edit-Pc { param($machine) Set-FakeField $machine.files $Path ([pscustomobject] @{ base64 = [Convert]::ToBase64String($Bytes) }) }
    }

    function Add-Link {
        param([string] $Path, [string] $Url)
        Add-File $Path ([Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=$Url`r`n"))
    }
}

Describe 'shortcut' {
    BeforeEach { Initialize-Pc }

    It 'is made, byte for byte as Windows reads it, and taken away again' {
        Get-State 'shortcut' $script:Target | Should -BeNullOrEmpty
        $after = Invoke-RoundTrip 'shortcut' $script:Target $script:Wanted
        [Text.Encoding]::ASCII.GetString([Convert]::FromBase64String($after.content)) | Should -BeExactly "[InternetShortcut]`r`nURL=$script:Url`r`n"
    }

    It 'keeps what stood there under its name, whatever it was' {
        foreach ($bytes in @(
                , [byte[]] @(0..255), [byte[]] @(), [Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=https://example.com/`r`n"),
                [Text.Encoding]::ASCII.GetBytes("[Other]`r`nURL=$script:Url`r`n"), [Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=${script:Url}menu`r`n"))) {
            Initialize-Pc
            Add-File $script:Path ([byte[]] @($bytes | ForEach-Object { $_ }))
            $null = Invoke-RoundTrip 'shortcut' $script:Target $script:Wanted
        }
    }

    It 'leaves one alone that was made by hand' {
        $hand = "[{000214A0-0000-0000-C000-000000000046}]`r`nProp3=19,11`r`n[InternetShortcut]`r`nIDList=`r`nURL=$script:Url`r`nIconIndex=0`r`n"
        foreach ($bytes in @(, [Text.Encoding]::ASCII.GetBytes($hand)) + @(, ([Text.Encoding]::Unicode.GetPreamble() + [Text.Encoding]::Unicode.GetBytes($hand)))) {
            Add-File $script:Path ([byte[]] $bytes)
            Test-Kind 'shortcut' $script:Wanted (Get-State 'shortcut' $script:Target) | Should -BeTrue
        }
    }

    It 'does not touch a large file of that name' {
        Add-File $script:Path (New-Object byte[] 70000)
        { Get-State 'shortcut' $script:Target } | Should -Throw '*変更しません*'
    }
}

Describe 'desktop-links' {
    BeforeEach {
        Initialize-Pc
        $script:Domain = ConvertFrom-Text '{"domain": "onshikaku.org"}'
        $script:Below = ConvertFrom-Text "{`"below`": `"$script:Url`"}"
    }

    It 'is right without a shortcut into the domain' {
        Add-Link 'C:\Users\OqsComApp\Desktop\a.url' 'https://example.com/web/'
        Add-Link 'C:\Users\OqsComApp\Desktop\b.url' 'https://notonshikaku.org/web/'
        Add-Link 'C:\Users\OqsComApp\Desktop\c.url' 'hweb.oqs.onshikaku.org/web/'
        Add-Link 'C:\Users\OqsComApp\Desktop\folder\d.url' 'https://cweb.oqs.onshikaku.org/web/'
        Add-Link 'C:\Users\setup\Desktop\e.url' 'https://cweb.oqs.onshikaku.org/web/'
        $found = Get-State 'desktop-links' $script:Domain
        $found.links | Should -HaveCount 0
        $found.message | Should -Match 'ショートカットはありません'
        Test-Kind 'desktop-links' $script:Below $found | Should -BeTrue
    }

    It '<url> on <desktop> is <ok>' -ForEach @(
        @{ url = 'https://hweb.oqs.onshikaku.org/web/'; desktop = 'OqsComApp'; ok = $true }, @{ url = 'https://HWEB.oqs.onshikaku.org/web/menu?a=1'; desktop = 'OqsComApp'; ok = $true }
        @{ url = 'https://test.oqs.onshikaku.org/web/'; desktop = 'OqsComApp'; ok = $false }, @{ url = 'https://test.oqs.onshikaku.org/web/'; desktop = 'Public'; ok = $false }
        @{ url = 'http://hweb.oqs.onshikaku.org/web/'; desktop = 'Public'; ok = $false }, @{ url = 'https://hweb.oqs.onshikaku.org/'; desktop = 'OqsComApp'; ok = $false }
        @{ url = 'https://hweb.oqs.onshikaku.org:8443/web/'; desktop = 'OqsComApp'; ok = $false }, @{ url = 'https://hweb.oqs.onshikaku.org/WEB/'; desktop = 'OqsComApp'; ok = $false }
    ) {
        Add-Link 'C:\Users\OqsComApp\Desktop\資格確認.url' $script:Url
        Add-Link "C:\Users\$desktop\Desktop\他.url" $url
        $found = Get-State 'desktop-links' $script:Domain
        Test-Kind 'desktop-links' $script:Below $found | Should -Be $ok
        $found.message | Should -Match ([regex]::Escape("他.url $url"))
    }
}
