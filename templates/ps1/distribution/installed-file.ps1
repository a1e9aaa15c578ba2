# A file that has to be there once an application is installed: `brought` says whether it is.

Register-Kind 'installed-file' -Format 1 -Get {
    param($Target)
    if (Test-FilePresence -Path $Target.path) { return [pscustomobject] @{ present = $true } }
    if (-not (Test-FilePresence -Path $Target.brought)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.brought)" } }
    return [pscustomobject] @{ present = $false; message = "ファイルがありません: $($Target.path)。アプリを入れ直してください。" }
}
