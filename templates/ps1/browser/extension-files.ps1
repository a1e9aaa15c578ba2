# The packages of the browser extensions that the face library brings: CRX3 files (Chromium, components/crx_file/crx3.proto).
# Which extension a package is, its header says; which version, the manifest in it.

# Of a package: its header (proofs of three keys are two or three thousand bytes), and its manifest when it is unpacked.
$script:CrxHeaderLimit = 65536
$script:CrxManifestLimit = 1048576

Register-Kind 'extension-files' -Format 1 -Get {
    param($Target)
    $problem = Get-ExtensionFolderProblem $Target.folder
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $packages = @(Read-ExtensionPackage $Target.folder $Target.files)
    $bad = @($packages | Where-Object { $_.problem } | ForEach-Object { "$($_.file): $($_.problem)" })
    $versions = @($packages | Where-Object { -not $_.problem } | ForEach-Object { "$($_.file) $($_.version)" })
    return [pscustomobject] @{
        complete = ($bad.Length -eq 0)
        packages = @($packages | Select-Object -Property file, id, version)
        message = ((@($bad) + @($versions)) -join '、')
    }
}

function Get-ExtensionFolderProblem {
    # Why nothing can be said yet: the library that brings the folder is not there. Empty where it is.
    param([string] $Folder)
    $library = $Folder.Substring(0, $Folder.LastIndexOf('\'))
    if (Test-FilePresence -Path $library) { return '' }
    return "顔認証ライブラリがまだ導入されていません: $library"
}

function Read-ExtensionPackage {
    # Of each file: file, id, version, problem (empty where it is a package).
    param([string] $Folder, [string[]] $Files)
    foreach ($file in $Files) {
        $package = [pscustomobject] @{ file = $file; id = $null; version = $null; problem = '' }
        try {
            if (-not (Test-FilePresence -Path "$Folder\$file")) { throw 'ファイルがありません' }
            $bytes = Read-FileByte -Path "$Folder\$file"
            $header = Read-CrxHeader $bytes
            $package.version = Read-CrxVersion $bytes $header.end
            $package.id = $header.id
        }
        catch { $package.problem = Get-ErrorText $_ }
        $package
    }
}

function Read-CrxHeader {
    # id, and where the ZIP begins. Throws where Edge would not take the file for an extension either.
    param([byte[]] $Bytes)
    $broken = '拡張機能のファイルとして読めません'
    if ($Bytes.Length -lt 12 -or [Text.Encoding]::ASCII.GetString($Bytes, 0, 4) -cne 'Cr24' -or [BitConverter]::ToUInt32($Bytes, 4) -ne 3) {
        throw $broken
    }
    $length = [BitConverter]::ToUInt32($Bytes, 8)
    if ($length -gt $script:CrxHeaderLimit -or $length -gt $Bytes.Length - 12) { throw $broken }
    $signed = New-Object Collections.ArrayList
    $keys = New-Object Collections.ArrayList
    foreach ($field in (Read-ProtobufField (Copy-Byte $Bytes 12 $length))) {
        # 2 and 3: a proof with RSA or ECDSA, whose field 1 is the public key; 10000: what was signed, whose field 1 is the id.
        if ($field.number -eq 10000) { $null = $signed.Add($field.bytes) }
        if (@(2, 3) -contains $field.number) {
            foreach ($part in (Read-ProtobufField $field.bytes)) { if ($part.number -eq 1) { $null = $keys.Add($part.bytes) } }
        }
    }
    if ($signed.Count -ne 1) { throw $broken }
    $ids = @(Read-ProtobufField $signed[0] | ForEach-Object { $_ } | Where-Object { $_.number -eq 1 })
    if ($ids.Length -ne 1 -or $ids[0].bytes.Length -ne 16) { throw $broken }
    $id = ConvertTo-ExtensionId $ids[0].bytes
    # The id is the beginning of the SHA-256 of one of the keys.
    $hash = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $known = @(foreach ($key in $keys) { ConvertTo-ExtensionId (Copy-Byte $hash.ComputeHash([byte[]] $key) 0 16) })
    }
    finally {
        $hash.Dispose()
    }
    if ($known -cnotcontains $id) { throw $broken }
    return [pscustomobject] @{ id = $id; end = (12 + [int] $length) }
}

function ConvertTo-ExtensionId {
    # Each half byte as a letter from a to p.
    param([byte[]] $Bytes)
    return -join @(foreach ($byte in $Bytes) { [char] (97 + ($byte -shr 4)); [char] (97 + ($byte -band 15)) })
}

function Copy-Byte {
    param([byte[]] $Bytes, [long] $Start, [long] $Length)
    $part = New-Object byte[] $Length
    [array]::Copy($Bytes, $Start, $part, 0, $Length)
    return , $part
}

function Read-ProtobufField {
    # The fields of a message that hold bytes: number, bytes. Throws where the message is cut short.
    param([byte[]] $Bytes)
    $broken = '拡張機能のファイルとして読めません'
    $fields = New-Object Collections.ArrayList
    $at = 0
    while ($at -lt $Bytes.Length) {
        $tag = Read-ProtobufNumber $Bytes $at
        $at = $tag.next
        $size = 0
        switch ($tag.value -band 7) {
            0 { $at = (Read-ProtobufNumber $Bytes $at).next }
            1 { $size = 8 }
            2 { $count = Read-ProtobufNumber $Bytes $at; $at = $count.next; $size = $count.value }
            5 { $size = 4 }
            default { throw $broken }
        }
        if ($size -gt $Bytes.Length - $at) { throw $broken }
        if (($tag.value -band 7) -eq 2) {
            $null = $fields.Add([pscustomobject] @{ number = ($tag.value -shr 3); bytes = (Copy-Byte $Bytes $at $size) })
        }
        $at += $size
    }
    return , $fields.ToArray()
}

function Read-ProtobufNumber {
    # A number of 7 bits a byte, lowest first: value, next.
    param([byte[]] $Bytes, [int] $At)
    $value = [long] 0
    for ($shift = 0; $shift -lt 56; $shift += 7) {
        if ($At -ge $Bytes.Length) { break }
        $byte = $Bytes[$At]
        $At++
        $value = $value -bor ([long] ($byte -band 127) -shl $shift)
        if ($byte -lt 128) { return [pscustomobject] @{ value = $value; next = $At } }
    }
    throw '拡張機能のファイルとして読めません'
}

function Read-CrxVersion {
    # The version in the manifest of the ZIP that begins at Start.
    param([byte[]] $Bytes, [int] $Start)
    $broken = '拡張機能のファイルの中身を読めません'
    if ($null -eq ('System.IO.Compression.ZipArchive' -as [type])) { Add-Type -AssemblyName System.IO.Compression }
    $content = New-Object IO.MemoryStream($Bytes, $Start, ($Bytes.Length - $Start), $false)
    try {
        $archive = New-Object System.IO.Compression.ZipArchive($content)
        try {
            $entry = $archive.GetEntry('manifest.json')
            $stream = $entry.Open()
            try { $unpacked = Read-StreamByte $stream $script:CrxManifestLimit } finally { $stream.Dispose() }
        }
        finally { $archive.Dispose() }
        $manifest = ConvertFrom-BrowserJson (ConvertFrom-FileByte $unpacked).TrimStart([char] 0xfeff)
    }
    catch { throw $broken }
    $version = Get-BrowserField $manifest 'version'
    if (-not (Test-ExtensionVersion $version)) { throw $broken }
    return $version
}

function Test-ExtensionVersion {
    # One to four numbers (Chromium, extension manifest: version).
    param([object] $Version)
    return ($Version -is [string] -and $Version -cmatch '^[0-9]{1,5}(\.[0-9]{1,5}){0,3}$')
}
