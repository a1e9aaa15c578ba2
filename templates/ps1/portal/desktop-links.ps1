# Where the shortcuts on the person's desktop and on the shared one lead that lead into a domain at all.

Register-Kind 'desktop-links' -Format 1 -Get {
    param($Target)
    $links = @(foreach ($folder in @((Get-DesktopFolder), (Get-DesktopFolder -Shared))) {
            foreach ($path in @(Get-DesktopFile -Folder $folder -Extension '.url' | Sort-Object)) {
                $url = Read-ShortcutUrl (Read-FileByte -Path $path)
                $page = $url -as [uri]
                if ($null -eq $page -or -not $page.IsAbsoluteUri -or
                        -not ".$($page.Host)".EndsWith(".$($Target.domain)", [StringComparison]::OrdinalIgnoreCase)) {
                    continue
                }
                [pscustomobject] @{ name = $path.Substring($folder.Length + 1); url = $url }
            }
        })
    $message = 'デスクトップに、オンライン資格確認のページを開くショートカットはありません。'
    if ($links.Length -gt 0) {
        $message = 'デスクトップのショートカットが開くページ: ' + (@($links | ForEach-Object { "$($_.name) $($_.url)" }) -join '、')
    }
    return [pscustomobject] @{ links = $links; message = $message }
} -Test {
    # All lead to pages of one system: the same host, below the same folder.
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $right = [uri] $Wanted.below
    foreach ($link in @($Found.links)) {
        $page = [uri] $link.url
        if ($page.Scheme -cne $right.Scheme -or $page.Host -ine $right.Host -or $page.Port -ne $right.Port) { return $false }
        if (-not $page.AbsolutePath.StartsWith($right.AbsolutePath, [StringComparison]::Ordinal)) { return $false }
    }
    return $true
}
