# Applies each of a kind's cases (undo-cases.ps1), lets others make each of their changes, and undoes: what came of it, as JSON. Older: of each
# case that finds something there, what comes of it where 0.1.0 wrote the journal.
param([string] $Name, [switch] $Older)
. "$PSScriptRoot/../pc/Pc.ps1"
. "$PSScriptRoot/undo-cases.ps1"
$script:Journal = "$env:OQSGEN_FAKE/undo.jsonl"

function Set-CaseReply {
    param([string[]] $Pairs)
    $replies = @(for ($i = 0; $i -lt $Pairs.Length; $i += 2) { [pscustomobject] @{ prompt = $Pairs[$i]; answer = $Pairs[$i + 1] } })
    Set-FakeField $script:FakeSession 'replies' $replies
}

function Add-CaseChange {
    # A credential that was changed at a time, as the journal of OqsComApp says.
    param([string] $At)
    $path = "$env:OQSGEN_FAKE/Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl"
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
    $lines = @(
        [ordered] @{ event = 'before'; run = 'r'; bundle = 'b'; step = 's'; title = 't'; key = 'credential {}'; kind = 'credential'; format = 1; target = @{}; before = $null; wanted = $null; restart = $false; boot = '1'; at = $At }
        [ordered] @{ event = 'set'; key = 'credential {}'; after = $null; boot = '1'; at = $At }
    )
    [IO.File]::AppendAllText($path, ((@($lines | ForEach-Object { ConvertTo-JsonText $_ }) -join "`n") + "`n"))
    $script:LinkageRestarted = $false
}

function Start-CasePass {
    # The script is started anew: what was typed is forgotten, the journal is read.
    param([string] $Mode, [object] $Case, [object[]] $Steps = @())
    $person = [bool] $Case['person']
    $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = (-not $person) }
    $script:FakeAnswer = 0
    foreach ($name in 'CertificateWork', 'CertificateOldAgreed', 'CertificateBackupChoice', 'PortalChoice') { Set-Variable -Scope Script -Name $name -Value $null }
    $script:CredentialUser = @{}
    $script:LogonOutcome = @{}
    $script:LinkageRestarted = $false
    $script:Secret = @{}
    $scope = 'machine'
    if ($person) { $scope = 'user' }
    $issuers = @([pscustomobject] @{ name = 'Online Billing NW Common Root CA'; roots = @() })
    $script:Pass = [pscustomobject] @{
        id = 'r'; bundle = 'b'; boot = '1'; scope = $scope; mode = $Mode; root = 'E:\oqs\bundle'; beside = 'E:\oqs'; journal = (Read-Journal $script:Journal); next = (New-Object Collections.ArrayList)
        session = [pscustomobject] @{ account = 'S-1-5-21-1-2-3-1002'; name = 'OqsComApp' }
        plan = [pscustomobject] @{ account = 'OqsComApp'; steps = $Steps; deniedSecrets = @(); issuers = $issuers }
    }
    if ($script:Pass.journal.strange.Count -gt 0) { throw "strange: $($script:Pass.journal.strange)" }
}

function Get-CasePc {
    # All that the PC is: its data, the files of the local policy, and those of the person's own folder.
    $text = Get-Pc
    foreach ($folder in 'GroupPolicy', 'Users') {
        if (-not [IO.Directory]::Exists("$env:OQSGEN_FAKE/$folder")) { continue }
        foreach ($file in [IO.Directory]::GetFiles("$env:OQSGEN_FAKE/$folder", '*', 'AllDirectories') | Sort-Object) { $text += "`n$file " + [BitConverter]::ToString([IO.File]::ReadAllBytes($file)) }
    }
    return $text
}

function Invoke-OthersChange {
    # What somebody does to the PC: a block, or what the kind's own Set makes of a value.
    param([object] $Case, [object] $Target, [string] $Field, [object] $Change)
    if ($Change -is [scriptblock]) { $null = & $Change; return }
    $state = Copy-State (Get-State $Case.kind $Target)
    Set-FakeField $state $Field $Change
    Invoke-Set $Case.kind $Target $state
}

function Select-Told { param([object] $State) if ($null -eq $State) { return $null } return [pscustomobject] (Select-Field $State @(Get-FieldName $State | Where-Object { $script:SaidField -cnotcontains $_ })) }

function ConvertTo-OlderJournal {
    # The journal as 0.1.0 would have written it: each state of format 1, named in `before` alone, without what it did not tell.
    $lines = foreach ($line in [IO.File]::ReadAllLines($script:Journal)) {
        $entry = ConvertFrom-Json $line
        if ($entry.event -ceq 'set') { $entry.PSObject.Properties.Remove('format') } else { $entry.format = 1 }
        foreach ($name in 'before', 'after') { foreach ($field in 'refused', 'unprotected') { if ($null -ne (Get-Field $entry $name)) { $entry.$name.PSObject.Properties.Remove($field) } } }
        ConvertTo-JsonText $entry
    }
    [IO.File]::WriteAllText($script:Journal, ((@($lines) -join "`n") + "`n"))
}

function Invoke-Case {
    param([object] $Case, [string] $Name)
    foreach ($folder in 'Users', 'GroupPolicy', 'ProgramData') { if ([IO.Directory]::Exists("$env:OQSGEN_FAKE/$folder")) { [IO.Directory]::Delete("$env:OQSGEN_FAKE/$folder", $true) } }
    [IO.File]::WriteAllText($script:Journal, '')
    $target = ConvertFrom-Text $Case.target
    $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
    Initialize-Pc
    if ($null -ne $Case['prepare']) { $null = & $Case.prepare }
    $wanted = $null
    if ($Case.wanted -is [scriptblock]) { $wanted = & $Case.wanted } elseif ($null -ne $Case.wanted) { $wanted = ConvertFrom-Text $Case.wanted }
    $step = [pscustomobject] @{ id = 's'; kind = $Case.kind; title = 't'; how = 'apply'; target = $target; wanted = $wanted; secrets = @(); restart = $false; scope = 'machine'; overrules = @() }
    Start-CasePass 'Apply' $Case @($step)
    if ($null -ne $Case['start']) { $null = & $Case.start }
    Read-Secret @(Find-ApplySecret @($step))
    $applied = Invoke-ApplyStep $step $script:Pass
    $change = $Case.change[$Name]
    if ($change -isnot [hashtable]) { $change = @{ do = $change } }
    $field = $Name.Split(' ')[0].TrimEnd('+')
    Start-CasePass 'Rollback' $Case
    if ($Older) { ConvertTo-OlderJournal }
    if ($Name -ceq '') { $null = 'nobody does anything' }
    elseif ($change.ContainsKey('do')) {
        # Somebody with every right.
        Set-FakeField $script:FakeSession 'elevated' $true
        Invoke-OthersChange $Case $target $field $change.do
    }
    else {
        $lines = [IO.File]::ReadAllLines($script:Journal)
        $entry = ConvertFrom-Json $lines[1]
        $entry.after.$field = $change.after
        [IO.File]::WriteAllText($script:Journal, "$($lines[0])`n$(ConvertTo-JsonText $entry)`n")
    }
    Start-CasePass 'Verify' $Case
    $seen = Select-Told (Copy-State (Get-State $Case.kind $target))
    Start-CasePass 'Rollback' $Case
    if ($null -ne $Case['start'] -and $Case.kind -cnotlike 'certificate*') { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }
    $item = @(Get-OpenTarget $script:Pass.journal)[0]
    $before = Copy-State $item.before
    $after = Copy-State $item.after
    $found = Copy-State (Get-State $Case.kind $target)
    $pc = Get-CasePc
    $result = Invoke-UndoStep $item $script:Pass
    $same = (Get-CasePc) -ceq $pc
    $stays = $null
    if ($change.ContainsKey('stays')) { $stays = [bool] (& $change.stays) }
    Set-FakeField $script:FakeSession 'elevated' $true
    if ($change.ContainsKey('back')) { & $change.back }
    Start-CasePass 'Verify' $Case
    $final = Select-Told (Copy-State (Get-State $Case.kind $target))
    return [ordered] @{
        case = $Case.name; change = $Name; field = $field; applied = "$($applied.status) $($applied.message)"
        before = (Select-Told $before); after = (Select-Told $after); seen = $seen; found = (Select-Told $found); final = $final
        status = $result.status; message = $result.message; same = $same; stays = $stays
        says = $change['says']; expected = $change['status']; open = (Read-Journal $script:Journal).open.Count
        label = [string] (Get-Kind $Case.kind).ours[$field]; entries = (Get-Kind $Case.kind).entries; with = @($change['with'] | Where-Object { $_ }); derived = @($Case['derived'] | Where-Object { $_ })
    }
}

$never = @{}
if ($script:CaseNever.ContainsKey($Name)) { $never = $script:CaseNever[$Name] }
$results = foreach ($case in @($script:UndoCases | Where-Object { $_.kind -ceq $Name })) { 
    if ($Older -and $case.name -cne 'existing') { continue }
    $changes = @($case.change.Keys)
    if ($Older) { $changes = @('') + @($changes | Where-Object { $case.change[$_] -isnot [hashtable] -or -not $case.change[$_].ContainsKey('after') }) }
    foreach ($change in $changes) { Invoke-Case $case $change }
}
ConvertTo-JsonText ([ordered] @{ never = $never; results = @($results) })
