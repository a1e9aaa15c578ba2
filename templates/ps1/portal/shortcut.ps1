# A shortcut to a page on the person's desktop: an Internet shortcut file, whose text Windows reads in the code page of
# the PC (learn.microsoft.com, Internet Shortcuts), so that the address is ASCII. Right is whatever leads to the page,
# also when it was made by hand; what was there before under that name is kept whole.

# Its icon and what else Windows writes into the file is nobody's work.
Register-Kind 'shortcut' -Format 1 -Ours ([ordered] @{ url = 'リンク先'; content = 'ショートカットのファイル' }) -Same @{
    content = {
        param($Was, $Is)
        (Read-ShortcutUrl ([Convert]::FromBase64String($Was))) -ceq (Read-ShortcutUrl ([Convert]::FromBase64String($Is)))
    }
} -Tell @{ content = { '別の内容' } } -Get {
    param($Target)
    $path = Get-ShortcutPath $Target.name
    if (-not (Test-FilePresence -Path $path)) { return $null }
    $bytes = Read-FileByte -Path $path
    if ($bytes.Length -gt 65536) { throw "ショートカットではない大きなファイルのため、変更しません: $path" }
    return [pscustomobject] @{ url = (Read-ShortcutUrl $bytes); content = [Convert]::ToBase64String($bytes) }
} -Set {
    param($Target, $State)
    $path = Get-ShortcutPath $Target.name
    if ($null -eq $State) { Remove-DesktopFile -Path $path; return }
    $content = Get-Field $State 'content'
    if ($null -eq $content) { $bytes = [Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=$($State.url)`r`n") }
    else { $bytes = [Convert]::FromBase64String($content) }
    Write-DesktopFile -Path $path -Bytes $bytes
}

function Get-ShortcutPath {
    param([string] $Name)
    return (Get-DesktopFolder) + '\' + $Name + '.url'
}

function Read-ShortcutUrl {
    # The address in an Internet shortcut; empty where it has none.
    param([byte[]] $Bytes)
    $inside = $false
    foreach ($line in ((ConvertFrom-FileByte $Bytes).TrimStart([char] 0xfeff) -split "`r`n|`r|`n")) {
        if ($line -match '^\s*\[(.*)\]\s*$') { $inside = $Matches[1].Trim() -ieq 'InternetShortcut' }
        elseif ($inside -and $line -match '^\s*URL\s*=(.*)$') { return $Matches[1].Trim() }
    }
    return ''
}
