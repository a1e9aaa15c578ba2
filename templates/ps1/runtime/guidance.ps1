# A step that a person does while we show it.

function Invoke-Guidance {
    # Shows what to do, opens the page and waits. What was said to be done is not asked again for this bundle.
    param([object] $Step, [object] $Run)
    $done = Get-StepResult $Step -Status 'manual' -Found $null -Message '作業した人が、済んだと答えました。'
    if ($Run.journal.confirmed.ContainsKey("$($Run.bundle) $($Step.id)")) { return $done }
    Write-Line ''
    Write-Line "――― $($Step.title) ―――"
    Write-Line $Step.what
    foreach ($pair in @($Step.values)) { Write-Line "　$($pair.label): $($pair.value)" }
    if ($Step.check) { Write-Line "確かめること: $($Step.check)" }
    $page = [string] (Get-Field $Step 'open')
    if (Test-OpenAllowed $page) {
        try { Open-Page $page } catch { Write-Line "開けませんでした: $page" }
    }
    $answer = Read-Answer '済んだら Enter、後で行う場合は s と Enter を押してください: '
    if ($answer -ieq 's') { return Get-StepResult $Step -Status 'manual' -Found $null -Message '後で行うことになっています。' }
    Add-JournalEntry $Run.journal ([ordered] @{ event = 'confirmed'; bundle = $Run.bundle; step = $Step.id })
    return $done
}

function Test-OpenAllowed {
    # A settings page, a secure web page, or a folder on a drive of this PC: nothing that could run.
    param([string] $Page)
    if ($Page -cmatch '^(ms-settings:[a-z0-9?=&-]*|https://[^\s"]+)$') { return $true }
    return ($Page -cmatch '^[A-Za-z]:\\[^"]*$' -and [IO.Directory]::Exists($Page))
}
