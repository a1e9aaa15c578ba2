# What one start says to its elevated process: two events of this session, "go" and "end", which carry nothing. The side without
# administrator rights makes and holds them; when nobody holds them any more the start is over. The elevated process opens them to
# wait, and for nothing else.

$script:StartEvent = @{}

function Get-StartEventName {
    param([string] $Run, [string] $Name)
    return "Local\oqsgen-$Run-$Name"
}

function Open-StartEvent {
    # Makes both, or joins those that the launcher made: for this person and administrators.
    param([string] $Run, [string] $Sid)
    Import-NativeType
    $sddl = "D:P(A;;0x1f0003;;;$Sid)(A;;0x1f0003;;;BA)"
    foreach ($name in 'go', 'end') { $script:StartEvent[$name] = [OqsGen.StartEvent]::Make((Get-StartEventName $Run $name), $sddl) }
}

function Send-StartEvent {
    # Name: go or end.
    param([string] $Name)
    Import-NativeType
    if ($script:StartEvent.ContainsKey($Name)) { [OqsGen.StartEvent]::Set($script:StartEvent[$Name]) }
}

function Undo-StartEvent {
    # Takes back what nobody has taken; $true where nobody had.
    param([string] $Name)
    Import-NativeType
    return ([OqsGen.StartEvent]::Wait([long[]] @($script:StartEvent[$Name]), 0) -eq 0)
}

function Close-StartEvent {
    Import-NativeType
    foreach ($name in @($script:StartEvent.Keys)) { [OqsGen.StartEvent]::Close($script:StartEvent[$name]) }
    $script:StartEvent = @{}
}

function Wait-StartEvent {
    # Waits for at most so long: end, go, none, or gone where nobody holds them.
    param([string] $Run, [int] $Milliseconds)
    Import-NativeType
    $handles = [long[]] @(foreach ($name in 'end', 'go') { [OqsGen.StartEvent]::Open((Get-StartEventName $Run $name)) })
    try {
        if ($handles -contains 0) { Start-Sleep -Milliseconds $Milliseconds; return 'gone' }
        switch ([OqsGen.StartEvent]::Wait($handles, $Milliseconds)) { 0 { return 'end' } 1 { return 'go' } default { return 'none' } }
    }
    finally { foreach ($handle in $handles) { [OqsGen.StartEvent]::Close($handle) } }
}
