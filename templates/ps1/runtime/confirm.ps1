# What a person said of a step. It belongs to the step and what is wanted of it: another bundle that wants the same asks nothing
# again, one that wants another value asks just that.

function Get-JobMark {
    # What besides a step's own values a confirmation is of: an update comes again and again, each with a bundle of its own.
    param([object] $Pass)
    $mode = [string] (Get-Field (Get-Field (Get-Field $Pass 'plan') 'bundle') 'mode')
    if ($mode -ceq 'update') { return $Pass.bundle }
    return $mode
}

# Step id → the step and the pass that a claim was made of, and the claim: it is asked for again and again.
$script:Claim = @{}

function Get-Claim {
    # What is confirmed of a step: one text for the same target, wanted state and values.
    param([object] $Step, [object] $Pass)
    $made = $script:Claim[$Step.id]
    if ($null -ne $made -and [object]::ReferenceEquals($made.step, $Step) -and [object]::ReferenceEquals($made.pass, $Pass)) {
        return $made.claim
    }
    $about = [ordered] @{ job = (Get-JobMark $Pass) }
    foreach ($field in 'target', 'wanted', 'values') { $about[$field] = Get-Field $Step $field }
    $claim = Get-TextMark (ConvertTo-Canonical $about)
    $script:Claim[$Step.id] = @{ step = $Step; pass = $Pass; claim = $claim }
    return $claim
}

function Get-TextMark {
    # 16 digits that tell a text from others.
    param([string] $Text)
    $hash = [Security.Cryptography.SHA256]::Create()
    try { $bytes = $hash.ComputeHash([Text.Encoding]::UTF8.GetBytes($Text)) } finally { $hash.Dispose() }
    return [BitConverter]::ToString($bytes, 0, 8).Replace('-', '').ToLowerInvariant()
}

function Get-StepConfirmation {
    # Who confirmed a step, when, and at which other terminal if it was there, as far as the journal knows; $null where nobody did.
    param([object] $Step, [object] $Pass, [object] $Journal = $Pass.journal)
    $claim = $Journal.claims["$($Step.id) $(Get-Claim $Step $Pass)"]
    if ($null -ne $claim) { return $claim }
    # As 0.1.0 wrote it.
    if ($Journal.confirmed.ContainsKey("$($Pass.bundle) $($Step.id)")) { return [pscustomobject] @{ who = ''; at = ''; terminal = '' } }
    return $null
}

function Add-StepConfirmation {
    # Seen: as Add-Confirmation takes it.
    param([object] $Step, [object] $Pass, [string] $Seen = '')
    Add-Confirmation -Step $Step.id -Of (Get-Claim $Step $Pass) -Seen $Seen
    Clear-GivenSecret $Step $Pass
}

function Get-SeenMark {
    # What stands in the journal of a step that the PC found done: no person said so, and what comes after it may begin.
    param([object] $Step, [object] $Pass)
    return "seen $(Get-Claim $Step $Pass)"
}

function Test-DoneOrSaid {
    # Whether what comes after a step may begin: a person said that it is done, or the PC found it done.
    param([object] $Step, [object] $Pass, [object] $Journal = $Pass.journal)
    if ($null -ne (Get-StepConfirmation $Step $Pass $Journal)) { return $true }
    return $Journal.claims.ContainsKey("$($Step.id) $(Get-SeenMark $Step $Pass)")
}

function Remove-StepConfirmation {
    # The person takes it back.
    param([object] $Step, [object] $Pass)
    $whole = Get-Field $Step 'whole'
    if ($null -ne $whole) { Remove-StepConfirmation $whole $Pass }
    if ($null -ne (Get-StepConfirmation $Step $Pass)) { Remove-Confirmation -Step $Step.id -Of (Get-Claim $Step $Pass) }
}

function Remove-Confirmation {
    # The other way round of Add-Confirmation.
    param([string] $Step, [string] $Of)
    $journal = $script:Pass.journal
    if (-not $journal.claims.ContainsKey("$Step $Of") -and -not $journal.confirmed.ContainsKey("$($script:Pass.bundle) $Step")) { return }
    Add-JournalEntry $journal ([ordered] @{
            event = 'unconfirmed'; bundle = $script:Pass.bundle; step = $Step; of = $Of; who = (Get-PassPerson)
        })
}

function Test-TakenBack {
    # Whether the person has taken back what was said of a step, and said nothing since.
    param([object] $Step, [object] $Pass)
    return $Pass.journal.takenBack.ContainsKey("$($Step.id) $(Get-Claim $Step $Pass)")
}

function Get-ConfirmedText {
    # What is said of a confirmed step.
    param([object] $Confirmation)
    if (Get-Field $Confirmation 'terminal') {
        return "作業した人が、済んだと答えました（$(Get-OtherTerminalText $Confirmation)。もう一度見るときは、次の質問で b）。"
    }
    $seen = [string] (Get-Field $Confirmation 'seen')
    if ($seen) { return "この PC が見ました（${seen}。$($Confirmation.at)）。" }
    $by = @($Confirmation.who, $Confirmation.at | Where-Object { $_ }) -join '、'
    if ($by) { return "作業した人が、済んだと答えました（$by）。" }
    return '作業した人が、済んだと答えました。'
}

function Get-PassPerson {
    # Who is at work in the pass that runs.
    return [string] (Get-Field (Get-Field $script:Pass 'session') 'name')
}
