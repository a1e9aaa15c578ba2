# Values that the plan knows and a person puts into fields of another program: each lies on the clipboard until it is pasted
# there, then the next one does.

function Open-Handing {
    # Begins to hand over what the steps of a question give. Where that is not possible, it is typed from the screen.
    param([object[]] $Steps)
    Close-Handing
    $given = @($Steps | ForEach-Object { Get-Field $_ 'gives' } | ForEach-Object { $_ } | Where-Object { Test-Given $_ })
    if ($given.Length -eq 0) { return }
    $values = @(foreach ($one in $given) { if (Get-Field $one 'secret') { Get-Secret $one.secret } else { $one.value } })
    try { $native = Start-Handing $values } catch { return }
    if ($null -eq $native) { return }
    # at: how many lines stood in the window with the one that says what comes now; $null while none does.
    $script:Turn.handing = [pscustomobject] @{ native = $native; labels = @($given | ForEach-Object { $_.label }); at = $null }
}

function Test-Given {
    # Whether there is something to hand over: a secret only where this pass knows it.
    param([object] $Given)
    $secret = Get-Field $Given 'secret'
    return ($null -ne $Given -and (-not $secret -or (Test-SecretKnown $secret)))
}

function Close-Handing {
    # At the end of a question: the clipboard is empty then, unless somebody else has put something there.
    $handing = $script:Turn.handing
    $script:Turn.handing = $null
    if ($null -ne $handing) { Stop-Handing $handing.native }
}

function Get-Handing {
    # What is handed over now, as the native layer knows it; $null where nothing is.
    if ($null -ne $script:Turn.handing) { return $script:Turn.handing.native }
}

function Format-HandingLine {
    # What lies on the clipboard, by its name alone; nothing where nothing is handed over.
    $handing = $script:Turn.handing
    if ($null -eq $handing) { return }
    $state = Get-HandingState $handing.native
    $keys = ''
    if ($state.keys) { $keys = '（F8 次、Shift+F8 前）' }
    $now = 'いま: すべて写しました'
    if ($state.place -lt $handing.labels.Length) {
        $now = "いま: $($handing.labels[$state.place])"
        # Somebody has copied something else.
        if (-not $state.held) { $now = 'いま: なし'; if ($state.keys) { $now = "次: $($handing.labels[$state.place])" } }
    }
    Limit-Text (ConvertTo-ScreenText "  Edge に Ctrl+V で順に$keys  $now") ($script:ScreenWidth - 2)
}

function Show-HandingLine {
    # Where it does not stand in the window by now.
    if ($null -eq $script:Turn.handing -or $null -ne $script:Turn.handing.at) { return }
    Write-Line (Format-HandingLine) -Spaced
    $script:Turn.handing.at = $script:Stands
}

function Hide-HandingLine {
    # From here on nobody knows how far above it stands.
    if ($null -ne $script:Turn.handing) { $script:Turn.handing.at = $null }
    if ($null -ne $script:Turn.guide) { $script:Turn.guide.at = $null }
}

function Test-HandingLine {
    # Whether it stands in the window, where keys can be read one by one.
    return ($null -ne $script:Turn.handing -and $null -ne $script:Turn.handing.at -and (Test-ConsoleKey))
}

function Update-HandingLine {
    if (Test-HandingLine) { Write-StandingLine $script:Turn.handing.at (Format-HandingLine) }
}
