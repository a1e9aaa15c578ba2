# What a browser has left on this PC.

function Get-PersonTemp {
    # That of Windows, in its long form: the variable may have the short one, and in a pass it is our own folder.
    return [IO.Path]::Combine([Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData), 'Temp')
}

function Read-DownloadMark {
    # Where a file was downloaded from: its stream Zone.Identifier as one text, empty where it has none.
    # https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/6e3f7352-d11c-4d76-8c39-2516a9df36e8
    param([string] $Path)
    try {
        Assert-PlainPath $Path
        # Windows writes some hundred bytes.
        if ((Get-Item -LiteralPath $Path -Stream 'Zone.Identifier').Length -gt 65536) { return '' }
        return (@(Get-Content -LiteralPath $Path -Stream 'Zone.Identifier') -join "`n")
    }
    catch { return '' }
}
