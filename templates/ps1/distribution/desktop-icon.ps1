# An icon on the desktop of this person or of all, that an installer makes.

Register-Kind 'desktop-icon' -Format 1 -Get {
    param($Target)
    foreach ($folder in @((Get-DesktopFolder), (Get-DesktopFolder -Shared))) {
        $found = @(Find-FileBelow -Folder $folder -Pattern $Target.name -Depth 0)
        if ($found.Length -gt 0) { return [pscustomobject] @{ present = $true; path = $found[0] } }
    }
    if (-not (Test-FilePresence -Path $Target.brought)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.brought)" } }
    return [pscustomobject] @{ present = $false; message = 'デスクトップにアイコンがありません。スタートメニューから開くか、アプリを入れ直してください。' }
}
