# machine.json: programs = [{path, began (yyyy-MM-dd HH:mm)}] that run. OQSComAppRestart starts the linkage application anew.

function Get-RunningProgram {
    param([string] $Folder)
    foreach ($program in @(Get-FakeField (Get-Machine) 'programs' @() | ForEach-Object { $_ })) {
        if ($program.path.StartsWith("$Folder\")) { [pscustomobject] @{ path = $program.path; began = (ConvertFrom-FakeTime $program.began) } }
    }
}

function Invoke-HiddenProgram {
    param([string] $Path, [int] $Seconds)
    Assert-Elevated
    if (-not (Test-FilePresence $Path)) { throw "no file $Path" }
    $machine = Read-Machine
    $answer = Get-FakeField $machine 'programExit' 0
    Set-FakeField $machine 'ran' ([int] (Get-FakeField $machine 'ran' 0) + 1)
    Write-Machine $machine
    return $answer
}
