# How people count the numbers of a visit: as the sheet has boxes. Parts of one number (20a, 20b) are one, a further round of another
# number's steps is one of its own.

function Get-WholeLabel {
    # 20 of 20a.
    param([object] $Number)
    return ([string] (Get-Field $Number 'label')).TrimEnd([char[]] 'abcdefghijklmnopqrstuvwxyz')
}

function Get-VisitCount {
    # How many there are: the last one's, since they are counted from 1.
    $numbers = @(Get-VisitNumber)
    return (Get-WholeLabel $numbers[-1])
}

function Get-NumberStepId {
    # Ids of the steps of a number, or of the one whose steps it goes on with.
    param([object] $Number)
    $first = [string] (Get-Field $Number 'goesOn')
    if (-not $first) { return $Number.steps }
    Get-VisitNumber | Where-Object { $_.label -ceq $first } | ForEach-Object { $_.steps }
}

function Find-OpenNumber {
    # The numbers of which one of these steps is open.
    param([string[]] $Open)
    Get-VisitNumber | Where-Object { Test-NumberOpen $_ $Open }
}

function Test-NumberOpen {
    # Whether one of these steps is a number's; of a step that staff have a number each of, whether that person's part is open. Of rounds,
    # the first is over once the PC is in a further one.
    param([object] $Number, [string[]] $Open)
    $journal = Get-Field $script:Pass 'journal'
    foreach ($id in @(Get-NumberStepId $Number)) {
        if ($Open -cnotcontains $id) { continue }
        if ((Get-RoundNumber $Number).label -cne $Number.label) { return $false }
        if (-not (Get-Field $Number 'person') -or $null -eq $journal) { return $true }
        $step = Get-PlanStep $script:Pass $id
        if ($null -eq $step -or $null -eq (Get-StepConfirmation (ConvertTo-PersonStep $step $Number) $script:Pass)) { return $true }
    }
    return $false
}

function Group-Number {
    # Numbers as they are counted: label (20a・c, or 20 where all of its parts are among them), title, numbers.
    param([object[]] $Numbers)
    $groups = [ordered] @{}
    foreach ($number in $Numbers) { $groups[(Get-WholeLabel $number)] += @($number) }
    foreach ($whole in $groups.Keys) {
        $parts = @($groups[$whole])
        $label = $parts[0].label
        $title = @($parts | ForEach-Object { $_.title }) -join '、'
        if ($parts.Length -gt 1) {
            $letters = @($parts | ForEach-Object { ([string] $_.label).Substring($whole.Length) })
            $label = "$whole$($letters -join '・')"
            if (@(Get-VisitNumber | Where-Object { (Get-WholeLabel $_) -ceq $whole }).Length -eq $parts.Length) {
                $label, $title = $whole, (Get-Field $parts[0] 'partOf')
            }
        }
        [pscustomobject] @{ label = $label; title = $title; numbers = $parts }
    }
}

function Join-Owner {
    # Whose parts of one number are, each named once: 施設 and 施設とレセコンのベンダー are 施設とレセコンのベンダー.
    param([string[]] $Owners)
    return (@($Owners | ForEach-Object { $_ -split 'と' } | Select-Object -Unique) -join 'と')
}
