# What a launcher needs of Windows besides tests/render/launchers/windows.ps1, where a person sits before it: its words go to
# the screen that its passes use, its questions wait for that person, and its passes are run (site.py).

. $env:MOCKS
. $env:PERSON

function Wait-Person {
    param([string] $Prompt, [string] $Way)
    # Once the power is gone nobody is asked again, in this window and in the other.
    if ($env:CUT) { throw 'killed' }
    $answer = Read-Person $env:OQSGEN_FAKE $Prompt $Way
    if ($answer.cut) { $env:CUT = '1'; throw 'killed' }
    return [string] $answer.typed
}

function Write-Host {
    param([object] $Object = '')
    [IO.File]::AppendAllText([IO.Path]::Combine($env:OQSGEN_FAKE, 'console.txt'), "$Object`n")
}

function Read-Host { Wait-Person '' 'line' }

function Start-Process {
    param($FilePath, $ArgumentList, $Verb, [switch] $PassThru)
    if (-not $Verb) { return [IO.File]::WriteAllText("$env:PC/handed.txt", "$FilePath $ArgumentList") }
    $agreed = (Wait-Person 'ユーザー アカウント制御' 'uac') -ceq 'はい'
    if (-not $agreed) { throw ([InvalidOperationException]::new([ComponentModel.Win32Exception]::new(1223).Message)) }
    if ($ArgumentList -match '-Command "(.*)"$') {
        # The half with administrator rights, before the same person.
        . $env:WINDOW
        $path = $env:PSModulePath
        try { $code = [int] (Invoke-InWindow (". '$env:OWN'; " + $Matches[1])).Exit } finally { $env:PSModulePath = $path }
    }
    else { $code = [int] (Wait-Person $ArgumentList 'pass') }
    # One that stays until the start ends has answered by now.
    $process = [pscustomobject] @{ Id = 2147483647; ExitCode = $code; Stays = $code -eq 259 }
    return ($process | Add-Member ScriptMethod WaitForExit { -not $this.Stays } -PassThru)
}

function New-OwnEvent($name, $access) {
    # As tests/subjects/common/start-event.fake.ps1 has the events of a start.
    $run = $name -replace '^.*?oqsgen-(\w+)-.*$', '$1'
    $event = [IO.Path]::Combine($env:OQSGEN_FAKE, "event-$run-")
    [IO.File]::WriteAllText("${event}held", '')
    $made = [pscustomobject] @{ File = $event + ($name -replace '.*-', '') }
    $made | Add-Member ScriptMethod Set { [IO.File]::WriteAllText($this.File, ''); $true } -PassThru
}

function Start-OwnPass { $global:LASTEXITCODE = [int] (Wait-Person "$args" 'pass') }

# The shell by its full path, which here is nowhere.
Set-Alias -Name (Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe') -Value Start-OwnPass
