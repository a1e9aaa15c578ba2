# Whether the PC runs on mains.

Register-Kind 'power-line' -Format 1 -Get {
    param($Target)
    $line = Get-PowerLine
    if ($line -gt 1) { return [pscustomobject] @{ unknown = 'Windows が電源の状態を答えません。' } }
    return [pscustomobject] @{ connected = ($line -eq 1) }
}
