# What Wine lacks, for the passes of the runtime: as on a PC where nobody but an administrator has written anything. The rest of
# the native layer is as shipped, but for the call at the start of each function (entered.ps1).

# A function, and the how manieth call of it is the last thing that this process does: Add-FileText:4.
$script:Kill = "${env:OQSGEN_KILL}:0".Split(':')
$script:KillCalls = 0

function Enter-Native {
    param([string] $Name)
    if ($Name -cne $script:Kill[0]) { return }
    $script:KillCalls++
    if ($script:KillCalls -eq [int] $script:Kill[1]) { [Diagnostics.Process]::GetCurrentProcess().Kill() }
}

function Test-Elevated { return $env:OQSGEN_ELEVATED -eq '1' }

function Get-SessionOwnerSid { return Get-TokenSid }

function Get-BootMark { return '2026-11-20 07:00:00.000' }

function Read-ConsoleLine {
    param([string] $Prompt)
    Write-ConsoleLine $Prompt
    # Nobody is there but for whoever undoes.
    if ($Prompt -match '^元に戻すときだけ') { return 'undo' }
    return $null
}

function Read-ConsoleSecret {
    param([string] $Prompt)
    $secret = New-Object Security.SecureString
    foreach ($character in $env:OQSGEN_TYPED.ToCharArray()) { $secret.AppendChar($character) }
    return $secret
}

# There is no UAC, so nobody agrees.
function Start-ElevatedPass { param([string] $Script, [string] $Run) return 0 }

function Test-Event { param([string] $Source) return $false }

function Update-ComputerPolicy { return 0 }

function Get-PathSecurity {
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    return [pscustomobject] @{ folder = $folder; reparse = $false; owner = 'S-1-5-32-544'; protected = $folder; entries = @() }
}

function Initialize-Folder {
    param([string] $Path, [string] $Sddl = '')
    $null = [IO.Directory]::CreateDirectory($Path)
}

function Protect-Path { param([string] $Path, [string] $Sddl) }

function Initialize-File {
    param([string] $Path, [string] $Sddl)
    if (-not [IO.File]::Exists($Path)) { [IO.File]::WriteAllBytes($Path, (New-Object byte[] 0)) }
}
