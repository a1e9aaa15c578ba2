# Which kinds there are. Everything else (verify, apply, roll back) follows from their blocks.

$script:Kind = @{}

# Fields of a state that are for people: each version may word them anew.
$script:SaidField = 'message', 'warning'

function Register-Kind {
    # Get and Set make a kind; the other blocks are for what equality and Set alone cannot say
    # (docs/architecture.md, "A kind in PowerShell").
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [int] $Format,
        [Parameter(Mandatory = $true)] [scriptblock] $Get,
        [scriptblock] $Set,
        [scriptblock] $Test,
        [scriptblock] $Undo,
        [scriptblock] $IsOurs,
        [scriptblock] $ReadOlder,
        [scriptblock] $Secret,
        [scriptblock] $Question,
        [scriptblock] $Conversation,
        [scriptblock] $ConfirmText,
        [string[]] $Sometimes = @(),
        [string] $WaitsForPerson = '',
        # What a person does where this kind waits (the words of Get-NextText), and whether only a person does it at all.
        [string] $Next = 'restart',
        [switch] $ByPerson
    )
    $script:Kind[$Name] = [pscustomobject] @{
        name = $Name; format = $Format; get = $Get; set = $Set; test = $Test; undo = $Undo; isOurs = $IsOurs
        readOlder = $ReadOlder; sometimes = $Sometimes; secret = $Secret; question = $Question; conversation = $Conversation
        confirmText = $ConfirmText; waitsForPerson = $WaitsForPerson; next = $Next; byPerson = [bool] $ByPerson
    }
}

function Get-Kind {
    param([string] $Name)
    if (-not $script:Kind.ContainsKey($Name)) { throw "この版の oqsgen が知らない種類の項目です: $Name" }
    return $script:Kind[$Name]
}

function Get-State {
    param([string] $Kind, [object] $Target)
    return , (& (Get-Kind $Kind).get $Target)
}

function Invoke-Set {
    param([string] $Kind, [object] $Target, [object] $State)
    $block = (Get-Kind $Kind).set
    if ($null -eq $block) { throw "確認だけの項目です: $Kind" }
    $null = & $block $Target $State
}

function Test-State {
    param([string] $Kind, [object] $Wanted, [object] $Found)
    $block = (Get-Kind $Kind).test
    if ($null -eq $block) { return Test-Wanted $Wanted $Found }
    return [bool] (& $block $Wanted $Found)
}

function Test-SameState {
    # Whether Found is the state that a journal has as Earlier. What Get of an earlier version did not tell is not compared,
    # nor what is said to people; a field's absence counts only where the kind says so.
    param([string] $Kind, [object] $Earlier, [object] $Found)
    if ($null -eq $Earlier -or $null -eq $Found) { return ($null -eq $Earlier -and $null -eq $Found) }
    $names = @(@(Get-FieldName $Earlier) + @((Get-Kind $Kind).sometimes) | Where-Object { $script:SaidField -cnotcontains $_ })
    return (Test-Same (Select-Field $Earlier $names) (Select-Field $Found $names))
}

function Get-NeededSecret {
    # What Set needs to be told to make State of what was Found: names of accounts, or requests (secret.ps1).
    param([string] $Kind, [object] $Target, [object] $State, [object] $Found, [string[]] $Default)
    $block = (Get-Kind $Kind).secret
    if ($null -eq $block) { $Default | Where-Object { $_ } }
    else { & $block $Target $State $Found | Where-Object { $_ } }
}
