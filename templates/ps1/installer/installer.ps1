# Installers that the vendor brought. They are never part of a bundle; they are looked for beside it on the stick and
# where people put files. part: ready (at hand, or not needed any more), signature (as they were made), rest (left over).

$script:InstallerFolder = 'C:\Work'
$script:InstallerPlace = "この一式のフォルダーの隣、ダウンロード、デスクトップ、$script:InstallerFolder"

Register-Kind 'installer' -Format 1 -Watch @{ every = 2 } -Get {
    param($Target)
    $files = @(Find-Installer $Target.names -Copied:($Target.part -ceq 'rest'))
    if ($Target.part -ceq 'rest') { return Get-InstallerRest $files }
    $installed = $null
    if ($Target.installed -and (Test-FilePresence -Path $Target.installed)) { $installed = Read-FileVersion $Target.installed }
    if ($files.Length -eq 0 -and $Target.part -ceq 'signature') {
        return [pscustomobject] @{ 'not-applicable' = 'インストーラーが見つからないため、確かめるものがありません。' }
    }
    if ($files.Length -eq 0 -and $null -eq $installed) {
        $text = "見つかりません: $(@($Target.names) -join '、')。$script:InstallerPlace のどれかに置いてください。導入が済んでいれば不要です。"
        return [pscustomobject] @{ unknown = $text }
    }
    if ($Target.part -ceq 'ready') {
        $warning = ''
        if ($null -eq $installed) { $warning = Get-ArchiveText $files }
        $message = "この PC にある版は $installed です。最新のインストーラーを、$script:InstallerPlace のどれかに置いてください。"
        return [pscustomobject] @{ files = $files; installed = $installed; message = $message; warning = $warning }
    }
    return Get-InstallerSignature @(foreach ($path in $files) { Read-Installer $path })
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumVersion'
    if ($null -eq $least) { return Test-Wanted $Wanted $Found }
    if (@($Found.files).Length -gt 0) { return $true }
    return ($null -ne $Found.installed -and (ConvertTo-FileVersion $Found.installed) -ge (ConvertTo-FileVersion $least))
}

function Find-Installer {
    # Paths of the files of such names, each once. -Copied: not those that came on the stick.
    param([string[]] $Names, [switch] $Copied)
    $beside = Get-BroughtFolder
    $searchFolders = @(Get-PersonFolder) + @($script:InstallerFolder)
    $found = @(foreach ($name in $Names) { foreach ($folder in $searchFolders) { Find-FileBelow -Folder $folder -Pattern $name -Depth 2 } })
    if ($beside -and -not ($Copied -and (Test-AnotherDrive $beside))) {
        $found += @(foreach ($name in $Names) { Find-FileBelow -Folder $beside -Pattern $name -Depth 1 })
    }
    $found | Sort-Object -Unique
}

function Get-ArchiveText {
    # What a person is told where there are only archives, as they were downloaded; empty where one was extracted.
    param([string[]] $Files)
    if ($Files.Length -eq 0 -or @($Files | Where-Object { $_ -notlike '*.zip' }).Length -gt 0) { return '' }
    return "ZIP のままです。右クリックして「すべて展開」で展開してください: $($Files -join '、')"
}

function Test-AnotherDrive {
    # Whether a folder is on another drive than Windows.
    param([string] $Path)
    return ([IO.Path]::GetPathRoot($Path) -ine [IO.Path]::GetPathRoot((Get-ProgramDataFolder)))
}

Register-Opener 'installer' {
    param([string] $Names)
    Find-InstallerFolder $Names.Split(';')
}

function Find-InstallerFolder {
    # The folder of the first installer of these names, to be opened for a person; empty where there is none. What was
    # extracted goes before its archive.
    param([string[]] $Names)
    $files = @(Find-Installer $Names | Sort-Object -Property @{ Expression = { $_ -like '*.zip' } }, @{ Expression = { $_ } })
    if ($files.Length -eq 0) { return '' }
    # A backslash at the end would escape the quotation mark after it: E:\. is E:\ too.
    return ([IO.Path]::GetDirectoryName($files[0]) -replace '\\$', '\.')
}

function Read-Installer {
    # An archive carries no signature of its own: what is in it is looked at once it is extracted.
    param([string] $Path)
    $signature = 'none'
    if ($Path -notlike '*.zip') { $signature = ConvertTo-SignatureWord (Get-SignatureStatus -Path $Path) }
    return [pscustomobject] @{ path = $Path; sha256 = (Get-FileSha256 -Path $Path); signature = $signature }
}

function ConvertTo-SignatureWord {
    # HashMismatch and NotTrusted (the publisher was barred here) are proof. A root that is missing on a closed network,
    # or no signature at all, is none. https://learn.microsoft.com/dotnet/api/system.management.automation.signaturestatus
    param([string] $Status)
    switch ($Status) {
        'Valid' { return 'valid' }
        'HashMismatch' { return 'changed' }
        'NotTrusted' { return 'barred' }
        'NotSigned' { return 'unsigned' }
        default { return 'unjudged' }
    }
}

function Get-InstallerSignature {
    param([object[]] $Files)
    $messages = @{
        changed = '作成された後に変更されています。使わずに、入手し直してください'
        barred = '発行者がこの PC で禁止されています。使わずに、入手元に確かめてください'
        unsigned = 'デジタル署名がありません。入手元に、署名の有無と SHA-256 を確かめてください'
        unjudged = 'この PC では署名を確かめられません。入手元の SHA-256 と比べてください'
    }
    $doubts = @(foreach ($file in $Files) {
            if ($messages.ContainsKey($file.signature)) { "$($file.path): $($messages[$file.signature])。SHA-256 $($file.sha256)" }
        })
    $bad = @($Files | Where-Object { @('changed', 'barred') -ccontains $_.signature })
    if ($bad.Length -eq 0 -and $doubts.Length -gt 0) { return [pscustomobject] @{ unknown = ($doubts -join ' ') } }
    return [pscustomobject] @{ unmodified = ($bad.Length -eq 0); files = $Files; message = ($doubts -join ' ') }
}

function Get-InstallerRest {
    # They may be deleted, or kept (setup P.36): what is left is listed, and is no difference.
    param([string[]] $Files)
    if (@($Files).Length -gt 0) { return [pscustomobject] @{ unknown = "残っています（残すこともできます）: $($Files -join '、')" } }
    return [pscustomobject] @{ absent = $true }
}
