# A pass while another one holds the lock.
param([string] $Lock, [string] $Script, [string] $Mode, [string] $Scope)

$held = [IO.File]::Open([Environment]::ExpandEnvironmentVariables($Lock), 'Open', 'ReadWrite', 'None')
try { & $Script -Mode $Mode -Scope $Scope } finally { $held.Dispose() }
exit $LASTEXITCODE
