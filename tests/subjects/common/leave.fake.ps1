# machine.json: signedIn = names of persons with a session besides that of explorer; signedInLooks: for so many looks (0: always);
# stays: a program holds Windows up; installing, whether Windows Installer is at work; programs = names of what runs in the session
# besides us, running = command lines of what runs. left.txt: restart or sign-out, once Windows has taken it: the pass that asked
# for it is over then. rest.txt: how often the window was made small.

function Get-OtherSession {
    $machine = Get-Machine
    $most = [int] (Get-FakeField $machine 'signedInLooks' 0)
    $names = Get-FakeField $machine 'signedIn' @()
    $looks = [IO.Path]::Combine($script:FakeFolder, 'looks.txt')
    [IO.File]::AppendAllText($looks, '.')
    if ($most -gt 0 -and (New-Object IO.FileInfo $looks).Length -gt $most) { return , @() }
    return , @($names)
}

function Test-Installing { return [bool] (Get-FakeField (Get-Machine) 'installing' $false) }

function Get-SessionProgram {
    $names = Get-FakeField (Get-Machine) 'programs' @()
    foreach ($name in $names) { [pscustomobject] @{ id = 4800; parent = 4711; name = $name } }
}

function Test-ProgramLine {
    param([string] $Part)
    $lines = Get-FakeField (Get-Machine) 'running' @()
    return (@($lines | Where-Object { $_.Contains($Part) }).Length -gt 0)
}

function Wait-ProgramLine {
    # A look takes little of the time that it would.
    param([string] $Part, [int] $Seconds)
    foreach ($wait in 0..10) {
        Assert-Alive
        if (-not (Test-ProgramLine $Part)) { return $true }
        Start-Sleep -Milliseconds ($Seconds / 200)
    }
    return $false
}

function Get-SystemFolder { return 'C:\Windows\System32' }

function Invoke-Shutdown {
    # As Windows: others who are signed in are not thrown out (ERROR_SHUTDOWN_USERS_LOGGED_ON); shutdown = the code that it
    # refuses with.
    param([ValidateSet('restart', 'sign-out')] [string] $How)
    $machine = Get-Machine
    $others = Get-OtherSession
    if ($How -ceq 'restart' -and $others.Length -gt 0) { return 1191 }
    $code = [int] (Get-FakeField $machine 'shutdown' 0)
    if ($code -eq -1) { throw 'shutdown.exe: blocked by group policy' }
    if ($code -ne 0) { return $code }
    if (Get-FakeField $machine 'stays' $false) { return 0 }
    Test-Chance
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'left.txt')) $How
    Test-Chance
    return 0
}

function Wait-Leaving {
    param([int] $Seconds)
    Assert-Alive
    return [bool] (Get-FakeField (Get-Machine) 'stays' $false)
}

function Wait-Desktop {
    param([int] $Seconds, [scriptblock] $Own)
    return ([bool] (Get-FakeField (Get-Machine) 'desktop' $true) -and (& $Own))
}

function Start-WindowRest {
    param([int] $Seconds)
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'rest.txt'), "$Seconds`n")
    return $null
}

function Stop-WindowRest { param([object] $Rest) Assert-Alive }
