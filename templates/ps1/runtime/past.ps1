# What machine passes of this bundle came to before; anybody may read it (folder.ps1).

function Read-PastResult {
    # Those that looked at steps, the newest first.
    param([object] $Pass)
    $folder = (Get-MachineFolder).results
    if (-not [IO.Directory]::Exists($folder)) { return }
    $files = @(Get-FolderEntry $folder | Sort-Object -Property { [IO.File]::GetLastWriteTimeUtc($_) } -Descending)
    foreach ($file in $files) {
        $found = Read-TrustedJson ([IO.Path]::GetFileName($file))
        if ((Get-Field (Get-Field $found 'bundle') 'id') -cne $Pass.bundle -or $null -eq (Get-Field $found 'steps')) { continue }
        if (@($found.steps).Length -gt 0) { $found }
    }
}

function Find-MachineResult {
    # The newest one; $null where there is none, or where it was undone. Through: of a pass that was not refused.
    param([object] $Pass, [switch] $Through)
    $counts = { -not $Through -or (Get-Field $_ 'mode') -ceq 'Rollback' -or @(1, 2, 3) -notcontains (Get-Field $_ 'exit') }
    $newest = @(Read-PastResult $Pass | Where-Object $counts | Select-Object -First 1)
    if ($newest.Length -eq 0 -or (Get-Field $newest[0] 'mode') -ceq 'Rollback') { return $null }
    return $newest[0]
}

function Find-GoodTime {
    # When a machine step was as wanted last, by these results; empty where none says so, or where it was undone since.
    param([object[]] $Past, [string] $Id)
    foreach ($found in @($Past | Where-Object { $null -ne $_ })) {
        if ((Get-Field $found 'mode') -ceq 'Rollback') { return '' }
        $result = @(@($found.steps) | Where-Object { (Get-Field $_ 'id') -ceq $Id })[0]
        if (@('ok', 'changed') -ccontains (Get-Field $result 'status')) { return [string] (Get-Field $found 'finished') }
    }
    return ''
}
