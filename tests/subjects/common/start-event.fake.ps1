# The events of one start are files: event-<run>-go and -end while they are signalled, event-<run>-held while somebody holds them.
# cut.txt: the power is gone.

$script:FakeRun = ''

function Get-FakeEvent {
    param([string] $Run, [string] $Name)
    return [IO.Path]::Combine($script:FakeFolder, "event-$Run-$Name")
}

function Assert-FakePower {
    # In every window, whatever it waits for.
    Assert-Alive
    if (-not [IO.File]::Exists([IO.Path]::Combine($script:FakeFolder, 'cut.txt'))) { return }
    $script:FakeDead = $true
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, $script:FakeDeath)) ''
    throw 'killed'
}

function Open-StartEvent {
    param([string] $Run, [string] $Sid)
    Assert-Alive
    if ($Sid -notmatch '^S-1-5-') { throw "no SID: $Sid" }
    $script:FakeRun = $Run
    Write-FakeFile (Get-FakeEvent $Run 'held') ''
}

function Send-StartEvent {
    param([string] $Name)
    Assert-Alive
    Write-FakeFile (Get-FakeEvent $script:FakeRun $Name) ''
}

function Undo-StartEvent {
    param([string] $Name)
    return (Test-FakeTaken $script:FakeRun $Name)
}

function Test-FakeTaken {
    # One of those who look at a signal takes it.
    param([string] $Run, [string] $Name)
    $file = Get-FakeEvent $Run $Name
    # An exception for each look that finds nothing would take most of a processor.
    if (-not [IO.File]::Exists($file)) { return $false }
    $mine = "$file-$([guid]::NewGuid())"
    try { [IO.File]::Move($file, $mine) } catch [IO.IOException] { return $false }
    [IO.File]::Delete($mine)
    return $true
}

function Close-StartEvent {
    Assert-Alive
    [IO.File]::Delete((Get-FakeEvent $script:FakeRun 'held'))
}

function Wait-StartEvent {
    # A look takes little of the time that it would.
    param([string] $Run, [int] $Milliseconds)
    foreach ($wait in 1..3) {
        Assert-FakePower
        foreach ($name in 'end', 'go') { if (Test-FakeTaken $Run $name) { return $name } }
        Start-Sleep -Milliseconds ($Milliseconds / 60)
    }
    if ([IO.File]::Exists((Get-FakeEvent $Run 'held'))) { return 'none' }
    return 'gone'
}
