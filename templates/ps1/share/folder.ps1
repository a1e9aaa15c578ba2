# Whether a folder is there. One on another device may be there although this person or this moment does not see it.

Register-Kind 'folder' -Format 1 -Get {
    param($Target)
    $exists = Test-FolderPresence -Path $Target.path
    if (-not $exists -and $Target.path.StartsWith('\\')) {
        return [pscustomobject] @{ unknown = "ネットワーク上のフォルダーを開けません。機器の電源、配線、アクセス許可を確かめてください: $($Target.path)" }
    }
    $state = [ordered] @{ exists = $exists }
    if (-not $exists) { $state.message = "フォルダーがありません: $($Target.path)" }
    return [pscustomobject] $state
}
