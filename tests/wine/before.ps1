# The PC before the passes, made by other means than theirs. A proxy, a value, and a credential that somebody has set already.
param([string] $Native)

function Enter-Native { param([string] $Name) }
. $Native
$windows = 'HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion'
[Microsoft.Win32.Registry]::SetValue($windows, 'EditionID', 'IoTEnterpriseS')
[Microsoft.Win32.Registry]::SetValue('HKEY_LOCAL_MACHINE\Software\oqsgen-pass', '前', 7)
[Microsoft.Win32.Registry]::SetValue('HKEY_CURRENT_USER\Software\oqsgen-pass', '前', '%X%', 'ExpandString')
Set-WinHttpDefaultProxy 3 'old.example:3128' '<local>'
Set-Credential 'OQS_LOGIN_KEY' 'R0RENK99' 3 ([Text.Encoding]::Unicode.GetBytes('Mukashi#2020-abcd'))
