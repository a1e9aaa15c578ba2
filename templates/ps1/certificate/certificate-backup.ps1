# A copy of the imported .p12 in a folder on the desktop, from which the customer takes it to a medium of their own
# (almex ④, ⑫). What was copied once is remembered: afterwards it is right that no .p12 is left on the PC.

# What the person has chosen where this bundle has not imported it itself: {files} with path, or {declined}.
$script:CertificateBackupChoice = $null

Register-Kind 'certificate-backup' -Format 1 -Ours ([ordered] @{
        saved = 'コピーしたファイル'; names = 'コピーの名前'; made = 'フォルダーを作ったこと'
    }) -Get {
    param($Target)
    $record = Read-CertificateRecord $Target.code
    $saved = Read-CertificateBackup
    if ($script:Pass.mode -cne 'Rollback') {
        if (@(Get-OwnCertificate).Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書を取り込んだ後にコピーします。' } }
        if ($null -ne $script:CertificateBackupChoice -and @($script:CertificateBackupChoice).Length -eq 0) {
            return [pscustomobject] @{ unknown = 'バックアップする電子証明書のファイル（*.p12）が選ばれていません。' }
        }
    }
    return [pscustomobject] @{
        saved = $saved.saved
        names = $saved.names
        made = $saved.made
        files = $record.files
        message = '電子証明書のファイル（*.p12）のバックアップが、まだありません。'
    }
} -Set {
    param($Target, $State)
    $folder = Join-PersonPath (Get-KnownFolder -Name 'Desktop') $Target.folder
    if ($null -ne (Get-Field $State 'saved')) { Remove-CertificateBackup $folder $State; return }
    $saved = Read-CertificateBackup
    $made = $saved.made -or -not (Test-PersonPath -Path $folder)
    Write-CertificateBackup @($saved.saved) @($saved.names) $made
    Initialize-PersonFolder -Path $folder
    foreach ($file in @(Get-CertificateBackupSource $Target.code)) { Copy-CertificateFile $file $folder }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'saved')) {
        return ((Test-Same @($Wanted.saved) @($Found.saved)) -and
            (Test-Same @($Wanted.names) @($Found.names)) -and $Wanted.made -eq $Found.made)
    }
    return (@($Found.saved).Length -gt 0 -and @($Found.files | Where-Object { @($Found.saved) -cnotcontains $_ }).Length -eq 0)
} -Undo {
    # The only copy on this PC is never deleted. What is on the stick leaves with it.
    param($Target, $Before, $Found)
    $ours = @($Found.names | Where-Object { @($Before.names) -cnotcontains $_ })
    $others = @(Find-CertificateFile | Where-Object { Test-DesktopDrive $_.path } |
        ForEach-Object { Get-ByteHash (Read-PersonFile -Path $_.path) })
    $only = @(Get-CertificateBackupFile $Target.folder | Where-Object { $ours -ccontains $_.name -and $others -cnotcontains $_.hash })
    if ($only.Length -eq 0) { return $null }
    return [pscustomobject] @{
        state = $Found
        reason = "デスクトップのフォルダー「$($Target.folder)」に、この PC でただ 1 つの電子証明書のファイルがあるため、残します。施設の媒体に保存してから、手で削除してください。"
    }
} -Secret {
    param($Target, $State, $Found)
    # A question rather than a secret, and only where the file is not the one that this pass has imported.
    if ($null -ne (Get-Field $State 'saved') -or $null -ne $script:CertificateBackupChoice) { return }
    if (@(Get-CertificateBackupSource $Target.code).Length -gt 0) { return }
    $file = Select-CertificateFile 'バックアップする電子証明書のファイル（この端末に取り込んだ *.p12）を選びます。'
    $script:CertificateBackupChoice = @($file | Where-Object { $null -ne $_ })
}

function Test-DesktopDrive {
    # Whether a file is on the drive of the desktop, and not on a stick. By the text: a share has no letter.
    param([string] $Path)
    return (($Path -replace '(?s)[\\/].*', '') -ieq ((Get-KnownFolder -Name 'Desktop') -replace '(?s)[\\/].*', ''))
}

function Join-PersonPath {
    param([string] $Folder, [string] $Name)
    return ($Folder.TrimEnd('\') + '\' + $Name)
}

function Get-CertificateBackupSource {
    # Files to copy: those of the import, wherever they lie now; else what the person has chosen.
    param([string] $Code)
    if ($null -ne $script:CertificateBackupChoice) { return $script:CertificateBackupChoice }
    $record = Read-CertificateRecord $Code
    foreach ($hash in @($record.files)) {
        Find-CertificateFile | Where-Object { (Get-ByteHash (Read-PersonFile -Path $_.path)) -ceq $hash } | Select-Object -First 1
    }
    foreach ($file in @(Get-Field $script:CertificateWork 'files' | ForEach-Object { $_ })) {
        # Typed by its path: somewhere else than where we look.
        if ($null -ne $file -and $file.hash -and @(Find-CertificateFile | Where-Object { $_.path -ceq $file.path }).Length -eq 0) {
            [pscustomobject] @{ path = $file.path; name = ($file.path -replace '^.*[\\/]', '') }
        }
    }
}

function Copy-CertificateFile {
    # Copies a file, compares it, and remembers it. Its name is written down before it is there, so that what was cut short is known
    # to be ours.
    param([object] $File, [string] $Folder)
    $bytes = Read-PersonFile -Path $File.path
    $hash = Get-ByteHash $bytes
    $record = Read-CertificateBackup
    $place = Find-CopyPlace $File.name $hash $Folder @($record.names)
    if ($null -eq $place) { throw "同じ名前のファイルが多すぎます: $Folder" }
    if (-not $place.same) {
        $record.names = @($record.names) + $place.name
        Write-CertificateBackup @($record.saved) @($record.names) $record.made
        Write-PersonFile -Path $place.path -Bytes $bytes
        if ((Get-ByteHash (Read-PersonFile -Path $place.path)) -cne $hash) { throw "コピーした電子証明書のファイルが元と違います: $($place.path)" }
    }
    Write-CertificateBackup (@($record.saved) + $hash) @($record.names) $record.made
}

function Find-CopyPlace {
    # Where a copy stands in a folder: path, name, and whether the same is there by now; $null where too many stand in its way.
    # Another file of that name stays, and the copy gets a number. Ours: names under which whatever is there is ours.
    param([string] $Name, [string] $Hash, [string] $Folder, [string[]] $Ours = @())
    $end = $Name -replace '^.*\.', '.'
    $stem = $Name.Substring(0, $Name.Length - $end.Length)
    for ($number = 1; $number -le 99; $number++) {
        $numbered = $Name
        if ($number -gt 1) { $numbered = "$stem ($number)$end" }
        $path = Join-PersonPath $Folder $numbered
        $exists = Test-PersonPath -Path $path
        $same = $exists -and (Get-ByteHash (Read-PersonFile -Path $path)) -ceq $Hash
        if ($exists -and -not $same -and $Ours -cnotcontains $numbered) { continue }
        return [pscustomobject] @{ path = $path; name = $numbered; same = $same }
    }
}

function Get-CertificateBackupFile {
    # path, name, hash of the .p12 files in the folder.
    param([string] $Name)
    foreach ($file in @(Get-CertificateFileIn (Join-PersonPath (Get-KnownFolder -Name 'Desktop') $Name))) {
        [pscustomobject] @{ path = $file.path; name = $file.name; hash = (Get-ByteHash (Read-PersonFile -Path $file.path)) }
    }
}

function Remove-CertificateBackup {
    # Takes back what was copied since a state; and the folder where we made it.
    param([string] $Folder, [object] $State)
    $now = Read-CertificateBackup
    foreach ($name in @($now.names)) {
        $path = Join-PersonPath $Folder $name
        if (@($State.names) -cnotcontains $name) { Remove-PersonFile -Path $path }
    }
    if ($now.made -and -not $State.made) { Remove-PersonFolder -Path $Folder }
    Write-CertificateBackup @($State.saved) @($State.names) $State.made
}

function Read-CertificateBackup {
    # saved: SHA-256 of the files that were copied; names: of the files that are ours; made: the folder is ours.
    $record = $null
    $path = [IO.Path]::Combine((Get-CertificateFolder), 'backup.json')
    try {
        $record = ConvertFrom-Json (Read-PlainText $path 32MB)
    }
    catch { $record = $null }
    return [pscustomobject] @{
        saved = @(Get-Field $record 'saved' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        names = @(Get-Field $record 'names' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        made = [bool] (Get-Field $record 'made')
    }
}

function Write-CertificateBackup {
    param([string[]] $Saved, [string[]] $Names, [bool] $Made)
    $path = [IO.Path]::Combine((Get-CertificateFolder), 'backup.json')
    if ($Saved.Length -eq 0 -and $Names.Length -eq 0 -and -not $Made) {
        if ([IO.File]::Exists($path)) { Remove-PersonFile -Path $path }
        return
    }
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    Write-PersonFile -Path $path -Bytes ([Text.Encoding]::UTF8.GetBytes((ConvertTo-JsonText ([ordered] @{
            saved = @($Saved | Sort-Object -Unique)
            names = @($Names | Sort-Object -Unique)
            made = $Made
        }))))
}
