# How the exception list is written: each entry between semicolons, none glued to the next, no blanks and no commas.

Register-Kind 'bypass-text' -Format 1 -Get {
    param($Target)
    $text = (Read-WinInetProxy).bypass
    return [pscustomobject] @{
        separated = ($text -notmatch '[\s,\u3000\u3001\uFF0C\uFF1B]' -and $text -notmatch $script:BypassGlue)
    }
}
