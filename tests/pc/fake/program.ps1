# machine.json: programs = [{path, began (yyyy-MM-dd HH:mm)}] that run. OQSComAppRestart starts the linkage application anew.
# files.<path> = {text, created (yyyy-MM-dd)}.

function ConvertFrom-FakeTime {
    param([string] $Text, [string] $Form = 'yyyy-MM-dd HH:mm')
    return [DateTime]::ParseExact($Text, $Form, [Globalization.CultureInfo]::InvariantCulture)
}

function Get-RunningProgram {
    param([string] $Folder)
    foreach ($program in @(Get-FakeField (Get-Machine) 'programs' @() | ForEach-Object { $_ })) {
        if ($program.path.StartsWith("$Folder\")) { [pscustomobject] @{ path = $program.path; began = (ConvertFrom-FakeTime $program.began) } }
    }
}

function Invoke-HiddenProgram {
    param([string] $Path, [int] $Seconds)
    if (-not (Test-Elevated)) { throw 'access is denied' }
    if (-not (Test-FilePresence $Path)) { throw "no file $Path" }
    $machine = Read-Machine
    $answer = Get-FakeField $machine 'programExit' 0
    Set-FakeField $machine 'ran' ([int] (Get-FakeField $machine 'ran' 0) + 1)
    Write-Machine $machine
    return $answer
}

function Get-FileCreation {
    param([string] $Path)
    $file = Get-FakeFile $Path
    if ($null -eq $file) { return $null }
    return ConvertFrom-FakeTime (Get-FakeField $file 'created' '2020-04-01') 'yyyy-MM-dd'
}

function Move-FileName {
    param([string] $Path, [string] $NewPath)
    $machine = Read-Machine
    $file = Get-FakeField $machine.files $Path
    if ($null -eq $file) { throw (New-Object IO.FileNotFoundException("no file $Path")) }
    if ($null -ne (Get-FakeField $machine.files $NewPath)) { throw (New-Object IO.IOException("$NewPath exists")) }
    $machine.files.PSObject.Properties.Remove($Path)
    Set-FakeField $machine.files $NewPath $file
    Write-Machine $machine
}
