# Every run that two passes can make of what they find, without a PC: the shipped passes with what they find given to them.
# A line each: mode, role, how the machine pass ended, statuses, and what window, page, result and codes say of it.

$script:Statuses = 'ok', 'changed', 'drift', 'failed', 'manual', 'skipped', 'unknown', 'not-applicable', 'restart'
$script:Shown = New-Object Text.StringBuilder
$script:Written = @{}
$script:Trusted = $null
$script:Last = $null
$script:Before = $null
$script:Case = $null

function Write-ConsoleLine { param([string] $Text) $null = $script:Shown.Append("$Text`n") }
function Read-ConsoleLine { return '' }
function Initialize-Folder { }
function ConvertTo-JsonText { param([object] $Value, [string] $Indent) return ConvertTo-Json $Value -Depth 6 -Compress }
function Remove-OldResult { }
function Add-JournalEntry { }
function Get-ResultFolder { return 'C:/results/x' }
function Join-RunRemnant { }
function Get-MachineRemnant { }
function Get-DetailSection { return '' }
function Get-ComputerText { return 'OQS-01' }
function Get-TokenName { return 'x' }
function Get-UserFolder { return 'C:\user' }
function Write-FileText {
    param([string] $Path, [string] $Text, [switch] $Bom)
    if ($Path -like '*last-pass.json') { $script:Last = ConvertFrom-Json $Text } else { throw "not whole: $Path" }
}
function Write-WholeText {
    param([string] $Path, [string] $Text, [switch] $Bom)
    $script:Written[(@($Path -split '[\\/]')[-1] -replace '^OQS-01_[\d-]{10}', 'day')] = $Text
}
function Read-LastPass { return $script:Last }
function Write-TrustedJson { param([string] $Name, [object] $Value) $script:Trusted = ConvertFrom-Json (ConvertTo-JsonText $Value) }
function Read-TrustedJson { return $script:Trusted }
function Test-InCopy { return ($null -ne $script:Before) }
function Find-Source { return '' }
function Set-Door { }
function Remove-Door { }
function Find-MachineResult { return $script:Before }
function Test-RestartPending { return $script:Case.pending }
function Test-UserPassMissing { return ($script:Case.role -ceq 'elsewhere') }
function Get-StepConfirmation { if ($script:Case.confirmed) { return [pscustomobject] @{ who = 'x'; at = 'y' } } }
function Get-Session {
    return [pscustomobject] @{ sid = 'S'; owner = 'S'; name = 'x'; role = $script:Case.role; account = 'A' }
}
function Get-CaseSteps {
    param([string] $Scope, [string[]] $Given)
    $steps = $script:Case.plan.steps
    $first = 9 * [int] ($Scope -ceq 'user')
    for ($i = 0; $i -lt $Given.Length; $i++) {
        New-StepResult $steps[$first + $i] -Status $Given[$i] -Message 'x'
    }
}
function Enter-MachinePass { param([object] $Pass) Enter-Case $Pass $script:Case.machineRefusal }
function Enter-UserPass { param([object] $Pass) Enter-Case $Pass $script:Case.userRefusal }
function Enter-Case {
    param([object] $Pass, [int] $Code)
    $Pass.lock = 'x'
    if ($Code -ne 0) { return New-Refusal $Code '断った理由' }
    $Pass.session = Get-Session
    $Pass.journal = New-Journal 'x'
}
function Invoke-StepList { param([object] $Pass) Get-CaseSteps $Pass.scope $script:Case[$Pass.scope] }
function Invoke-Rollback { param([object] $Pass) Get-CaseSteps $Pass.scope $script:Case[$Pass.scope] }

function Start-CasePass {
    param([string] $Scope, [bool] $ReportOnly, [bool] $UacDeclined)
    $pass = New-Pass 'r' $script:Case.plan 'C:\b' $script:Case.mode $Scope $ReportOnly $UacDeclined
    $script:Pass = $pass
    # Each pass has a window and a log of its own.
    $script:Log.Clear()
    if ($Scope -ceq 'Machine') { return Invoke-MachinePass $pass }
    $script:Session = $pass.session = Get-Session
    return Invoke-UserPass $pass
}

function Invoke-Case {
    # As the launcher does it (pass.cmd.j2).
    param([hashtable] $Case)
    $script:Case = $Case
    $script:Trusted = $null
    $script:Last = $null
    $null = $script:Shown.Clear()
    $null = $script:Written.Clear()
    $rollback = $Case.mode -ceq 'Rollback'
    $user = $null
    if ($rollback) { $user = Start-CasePass 'User' $false $false }
    $machine = $null
    $script:Start = $script:Before = $null
    if ($Case.end -ceq 'broken') { $machine = 1 }
    elseif ($Case.end -ceq 'known') {
        # A start from the copy in which the machine had nothing to do: what it came to is known from the one before.
        $null = Start-CasePass 'Machine' $false $false
        $script:Before = $script:Trusted
        $script:Trusted = $null
        $script:Start = New-Start
    }
    elseif ($Case.end -cne 'declined') { $machine = Start-CasePass 'Machine' ($rollback -and @(1, 2, 3) -contains $user) $false }
    $declined = $Case.end -ceq 'declined'
    $null = $script:Shown.Clear()
    $second = Start-CasePass 'User' ($rollback -or @(1, 2, 3) -contains $machine) $declined
    $first = $user
    if (-not $rollback) { $user = $second }
    $codes = @($machine, $user, $second | Where-Object { $null -ne $_ })
    $code = 0
    if ($Case.end -ceq 'known') { $machine = $user }
    if ($machine -eq 4 -and $user -eq 4) { $code = 4 }
    foreach ($one in 5, 6, 2, 1, 3) { if ($codes -contains $one) { $code = $one } }
    $result = ConvertFrom-Json $script:Written['result.json']
    $page = $script:Written['result.html']
    $shown = $script:Shown.ToString()
    return @{
        mode = $Case.mode; role = $Case.role; end = $Case.end; confirmed = $Case.confirmed; pending = $Case.pending
        machine = @($Case.machine); user = @($Case.user); refused = @($Case.machineRefusal, $Case.userRefusal)
        launcher = $code; exit = $result.exit; statuses = @($result.steps | ForEach-Object { $_.status })
        window = [regex]::Match($shown, '(?m)^■ (.*)$').Groups[1].Value
        page = [regex]::Match($page, '<h1 class="\w+">([^<]*)</h1>').Groups[1].Value
        colour = [regex]::Match($page, '<h1 class="(\w+)">').Groups[1].Value
        day = [regex]::Match($script:Written['day.html'], '<h1 class="\w+">([^<]*)</h1>').Groups[1].Value
        title = [regex]::Match($page, '<title>([^<]*)</title>').Groups[1].Value
        words = [regex]::Replace($page, '<(style|title|h1).*?</\1>', '', 'Singleline')
    }
}

function Get-Cases {
    # Each status of one pass beside each of the other, and whatever way the passes end; for each person each status.
    param([object] $Plan)
    $singles = @($script:Statuses | ForEach-Object { , @($_) }) + , @()
    $changes = @{ confirmed = $true }, @{ pending = $true }, @{ end = 'declined' }, @{ end = 'broken' }, @{ machineRefusal = 2 },
    @{ machineRefusal = 3 }, @{ userRefusal = 2 }, @{ userRefusal = 3 }
    foreach ($mode in 'Apply', 'Verify', 'Rollback') {
        $base = @{ mode = $mode; plan = $Plan; confirmed = $false; pending = $false; end = 'ran'; machineRefusal = 0; userRefusal = 0 }
        foreach ($role in 'account', 'staff', 'elsewhere') {
            foreach ($one in $singles) {
                # In a session of nobody's of the plan no step of a person is looked at, unless it is undone.
                if ($role -ceq 'elsewhere' -and $mode -cne 'Rollback' -and ('', 'manual', 'unknown', 'restart') -cnotcontains "$one") { continue }
                foreach ($other in $singles) {
                    if ($role -ceq 'account' -and $mode -ceq 'Apply') {
                        $case = $base + @{ role = $role; machine = $other; user = $one }
                        $case.end = 'known'
                        $case
                    }
                    if ($role -ceq 'account' -or $one.Length -eq 0 -or $other.Length -eq 0) { $base + @{ role = $role; machine = $other; user = $one } }
                }
                if ($role -cne 'account' -and "$one" -cne 'unknown') { continue }
                foreach ($change in $changes) {
                    $case = $base + @{ role = $role; machine = @(); user = $one }
                    foreach ($name in $change.Keys) { $case[$name] = $change[$name] }
                    $case
                }
            }
        }
    }
}

function Get-SubsetOutcome {
    # What one pass makes of every set of statuses: the code, and the headline that stands above it.
    param([object] $Plan)
    foreach ($mode in 'Apply', 'Verify', 'Rollback') {
        $script:Case = @{ mode = $mode; plan = $Plan; role = 'account'; confirmed = $false; pending = $false; user = @() }
        for ($bits = 0; $bits -lt 512; $bits++) {
            $set = @(for ($i = 0; $i -lt 9; $i++) { if ($bits -band (1 -shl $i)) { $script:Statuses[$i] } })
            $pass = New-Pass 'r' $Plan 'C:\b' $mode 'User' $false $false
            $pass.session = Get-Session
            $pass.journal = 'x'
            $pass.steps = @($set | ForEach-Object { [pscustomobject] @{ id = 'user-0'; scope = 'user'; kind = 'registry'; how = 'verify'; status = $_ } })
            $code = Complete-Pass $pass
            $report = [pscustomobject] @{ exit = $code; steps = $pass.steps; open = @($pass.steps | Where-Object { Test-OpenStep $pass $_ }) }
            @{ mode = $mode; statuses = $set; code = $code; headline = (Get-Headline $report) }
        }
    }
}
