# Which kinds there are. Everything else (verify, apply, roll back) follows from their blocks.

$script:Kind = @{}

# Fields of a state that are for people: each version may word them anew.
$script:SaidField = 'message', 'warning'

function Get-Kind {
    param([string] $Name)
    if (-not $script:Kind.ContainsKey($Name)) { throw "この版の oqsgen が知らない種類の項目です: $Name" }
    return $script:Kind[$Name]
}

function Invoke-Set {
    param([string] $Kind, [object] $Target, [object] $State)
    $block = (Get-Kind $Kind).set
    if ($null -eq $block) { throw "確認だけの項目です: $Kind" }
    $null = & $block $Target $State
}

function Test-SameState {
    # Whether Found is the state that a journal has as Earlier. What Get of an earlier version did not tell is not compared,
    # nor what is said to people; a field's absence counts only where the kind says so.
    param([string] $Kind, [object] $Earlier, [object] $Found)
    if ($null -eq $Earlier -or $null -eq $Found) { return ($null -eq $Earlier -and $null -eq $Found) }
    $names = @(@(Get-FieldName $Earlier) + @((Get-Kind $Kind).sometimes) | Where-Object { $script:SaidField -cnotcontains $_ })
    return (Test-Same (Select-Field $Earlier $names) (Select-Field $Found $names))
}

function Get-MissingSecret {
    # Names of what Set needs to be told and nobody has typed.
    param([string] $Kind, [object] $Target, [object] $State, [object] $Found, [string[]] $Default)
    Get-NeededSecret $Kind -Target $Target -State $State -Found $Found -Default $Default |
        ForEach-Object { Get-SecretName $_ } | Where-Object { -not (Test-SecretKnown $_) }
}

function Get-NeededSecret {
    # What Set needs to be told to make State of what was Found: names of accounts, or requests (secret.ps1).
    param([string] $Kind, [object] $Target, [object] $State, [object] $Found, [string[]] $Default)
    $block = (Get-Kind $Kind).secret
    if ($null -eq $block) { $Default | Where-Object { $_ } }
    else { & $block $Target $State $Found | Where-Object { $_ } }
}
