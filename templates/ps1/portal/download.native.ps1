# What a browser has left on this PC.

function Get-PersonTemp {
    # Where the person's programs put what they need for a while, in whole names. Our own process may have another place, and
    # Windows gives it the 8.3 form of one below a profile whose name has more than eight letters.
    $path = [Environment]::GetEnvironmentVariable('TEMP', [EnvironmentVariableTarget]::User)
    if (-not $path) {
        $path = [IO.Path]::Combine([Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData), 'Temp')
    }
    return [IO.Path]::GetFullPath($path).TrimEnd('\')
}

function Read-DownloadMark {
    # Where a file was downloaded from: its stream Zone.Identifier as one text, empty where it has none.
    # https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/6e3f7352-d11c-4d76-8c39-2516a9df36e8
    # What cannot be read is not taken for a file of this PC's own.
    param([string] $Path)
    Assert-PlainPath $Path
    try {
        # Windows writes some hundred bytes.
        if ((Get-Item -LiteralPath $Path -Stream 'Zone.Identifier').Length -gt 65536) { return '' }
        return (@(Get-Content -LiteralPath $Path -Stream 'Zone.Identifier') -join "`n")
    }
    catch [IO.FileNotFoundException] { return '' }
}
