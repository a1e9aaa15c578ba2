# .p12 files, by their names alone. part: "ready" (one can be imported, or the certificate is there already), "rest" (left
# on this PC, from which the certificate could get to another terminal).

# Paths of the files that were there when this pass first looked; $null before that.
$script:CertificateBefore = $null

Register-Kind 'certificate-file' -Format 1 -Watch @{
    every = 2
    mark = { param($Target) Get-CertificateMark }
} -Clear @{
    find = { param($Target) if ($Target.part -ceq 'rest') { Get-CertificateRest $Target } }
    delete = { param($Path) Remove-PersonFile -Path $Path }
} -Get {
    param($Target)
    if ($Target.part -ceq 'rest') { return Get-CertificateRestState @(Get-CertificateRest $Target) }
    $own = @(Get-OwnCertificate)
    $chosen = Get-ChosenCertificate $Target.code
    if ($null -eq $script:CertificateBefore) { $script:CertificateBefore = @(Find-CertificateFile | ForEach-Object { $_.path }) }
    $ready = @(Find-ReadyCertificateFile $Target.newer)
    $files = @($ready | Where-Object { -not (Test-HeldFile $_) })
    $imported = $chosen.Length
    if (-not $Target.newer) { $imported = [math]::Max($imported, $own.Length) }
    $missing = $Target.count - $imported
    if ($missing -gt 0) { $missing -= @(Find-NextCertificateFile $Target.code $files).Length }
    if ($missing -gt 0 -and $ready.Length -gt $files.Length) {
        $held = @($ready | Where-Object { $files -cnotcontains $_ }) -join '、'
        return [pscustomobject] @{ unknown = "電子証明書のファイルを、ほかのソフトがまだ使っています。終わるのを待つか、そのソフトを閉じてください: $held" }
    }
    if ($missing -gt 0) {
        $lacks = 'がありません'
        if ($missing -lt $Target.count) { $lacks = "が、あと $missing つ足りません" }
        return [pscustomobject] @{ unknown = "電子証明書のファイル（*.p12）$lacks。ダウンロード、デスクトップ、USB メモリーのこの一式のフォルダーの隣のどれかに置いてください。" }
    }
    return [pscustomobject] @{ files = $files; imported = ($imported -ge $Target.count) }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found)
}

function Find-ReadyCertificateFile {
    # Paths of files to import. Newer: at a succession the file of the old certificate may still lie there; it was written
    # when that one began.
    param([bool] $Newer)
    $since = [long] 0
    if ($Newer) { foreach ($certificate in @(Get-OwnCertificate)) { $since = [math]::Max($since, [long] $certificate.from + 86400) } }
    Find-CertificateFile | Where-Object { $_.modified -ge $since } | ForEach-Object { $_.path }
}

function Find-NextCertificateFile {
    # Those of the files that were not imported.
    param([string] $Code, [string[]] $Paths)
    $done = @((Read-CertificateRecord $Code).files)
    if ($done.Length -eq 0) { return $Paths }
    $Paths | Where-Object { $done -cnotcontains (Get-ByteHash (Read-PersonFile -Path $_)) }
}

function Test-HeldFile {
    # Whether another program still works on a file, so that nobody else may read it.
    param([string] $Path)
    try { $null = Read-PersonFile -Path $Path } catch [IO.IOException] { return $true }
    return $false
}

function Get-CertificateMark {
    # The files with their lengths and times; $null while Edge is downloading, or a file is held.
    $there = @('Downloads', 'Desktop' | ForEach-Object { Get-PersonFile -Folder (Get-KnownFolder -Name $_) })
    if (@($there | Where-Object { $_.name -like '*.crdownload' }).Length -gt 0) { return $null }
    $files = @(Find-CertificateFile | ForEach-Object { $_.path })
    if (@($files | Where-Object { Test-HeldFile $_ }).Length -gt 0) { return $null }
    return (@($files | ForEach-Object { Get-FileMark $_ }) -join '|')
}

function Get-CertificateRest {
    # The files that are left in the person's folders, and why the PC does not delete them: it may where it has imported them, and the
    # customer has them.
    param([object] $Target)
    $desktop = Get-KnownFolder -Name 'Desktop'
    $ours = @((Read-CertificateBackup).saved) + @((Read-CertificateRecord $Target.code).files)
    $kept = Get-MediumNote
    foreach ($place in (Get-KnownFolder -Name 'Downloads'), $desktop, (Join-PersonPath $desktop $Target.folder)) {
        foreach ($file in @(Get-CertificateFileIn $place)) {
            $why = ''
            $hash = ''
            try { $hash = Get-ByteHash (Read-PersonFile -Path $file.path) }
            catch [IO.IOException], [UnauthorizedAccessException] { $why = '開けないもの' }
            if (-not $why -and $ours -cnotcontains $hash) { $why = 'この端末に取り込んだものか、分からないもの' }
            if (-not $why -and -not $kept.ContainsKey($hash)) { $why = '施設の媒体への保存を、まだ確かめていないもの' }
            [pscustomobject] @{ path = $file.path; why = $why }
        }
    }
}

function Get-CertificateRestState {
    param([object[]] $Files)
    if ($Files.Length -eq 0) { return [pscustomobject] @{ files = @(); warning = '' } }
    $names = @($Files | ForEach-Object { $_.path }) -join '、'
    return [pscustomobject] @{
        unknown = "電子証明書のファイルがこの PC に残っています。施設の媒体に保存してから、施設の方の了解を得て削除してください: $names"
    }
}
