# The window while a pass runs.

# The flags of its input as they were (Get-ConsoleMode); $null while they are.
$script:WindowMode = $null
$script:QuickEdit = 0x40L
$script:ExtendedFlags = 0x80L

function Disable-QuickEdit {
    # One click would begin to mark text, and the pass would stand still at its next word, with the lock held. It needs a
    # folder for temporary files of its own. A pass goes on without it.
    try {
        $mode = Get-ConsoleMode
        if ($null -eq $mode) { return }
        if (Set-ConsoleMode (($mode -band (-bnot $script:QuickEdit)) -bor $script:ExtendedFlags)) { $script:WindowMode = $mode }
    }
    catch { return }
}

function Restore-QuickEdit {
    # The window may be the launcher's, and stays.
    if ($null -eq $script:WindowMode) { return }
    try { $null = Set-ConsoleMode ($script:WindowMode -bor $script:ExtendedFlags) } catch { return }
    $script:WindowMode = $null
}
