# A file that an installer brings, and the version that it states.

Register-Kind 'file' -Format 1 -AnyoneSees -Watch @{
    # What an installer brings is there before it has ended: it counts when it has, and is the same five seconds later.
    every = 5
    busy = { Find-Installing }
    mark = { param($Target) Get-FileMark $Target.path }
} -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.path)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.path)" } }
    $version = Read-FileVersion $Target.path
    $message = "版が書かれていません: $($Target.path)"
    if ($null -ne $version) { $message = "この PC にある版は $version です。" }
    return [pscustomobject] @{ exists = $true; version = $version; message = $message }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumVersion'
    if ($null -eq $least) { return $true }
    if ($null -eq $Found.version) { return $false }
    return ((ConvertTo-FileVersion $Found.version) -ge (ConvertTo-FileVersion $least))
}

function Read-FileVersion {
    # A program's own version, or the first version number in a short text file; $null where there is none.
    param([string] $Path)
    if ($Path -match '\.(exe|dll|sys|ocx)$') { return Read-ProgramVersion -Path $Path }
    if ($Path -notmatch '\.(info|txt|ini|xml|json|conf|ver)$') { return $null }
    $text = ConvertFrom-FileByte (Read-FileByte -Path $Path -Limit 1048576)
    # Digits and dots may be full width.
    if ($text.Normalize([Text.NormalizationForm]::FormKC) -match '(?<![0-9])[0-9]+(\.[0-9]+){1,3}') { return $Matches[0] }
    return $null
}

function ConvertFrom-FileByte {
    # Text by its byte order mark, else UTF-8 where it is valid, else Shift_JIS.
    param([byte[]] $Bytes)
    if ($Bytes.Length -ge 2 -and $Bytes[0] -eq 0xff -and $Bytes[1] -eq 0xfe) {
        return [Text.Encoding]::Unicode.GetString($Bytes, 2, $Bytes.Length - 2)
    }
    try { return (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes) }
    catch [ArgumentException] { return [Text.Encoding]::GetEncoding(932).GetString($Bytes) }
}

function ConvertTo-FileVersion {
    # All four parts: to .NET 2.0 is less than 2.0.0.0. The older documents write 1.0.7 as "1.07" (distro-check P.10).
    param([string] $Text)
    $Text = $Text -replace '^(\d+)\.0(\d)$', '$1.0.$2'
    $parts = @($Text.Split('.')) + @('0', '0', '0')
    return [version] ($parts[0..3] -join '.')
}
