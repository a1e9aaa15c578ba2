@echo off
rem Verify: checks the settings. Made by oqsgen. What it says stands in launcher.txt.
rem The folder's name is never part of a command: PowerShell gets it as a variable. Percent signs,
rem ampersands, apostrophes and Japanese in it are all harmless.
setlocal EnableExtensions DisableDelayedExpansion
set "OQSGEN_FOLDER=%~dp0"
rem Of what the environment says only SystemRoot is used: without a path Windows would look for a program
rem in the current folder and in PATH, which every installer writes.
cd /d "%SystemRoot%\System32"
rem The modules of Windows and no others: a PowerShell 7 above, or the person's own folder of modules,
rem could stand before them.
set "PSModulePath=%SystemRoot%\System32\WindowsPowerShell\v1.0\Modules"
rem A 32-bit cmd.exe would start a 32-bit PowerShell; Sysnative exists for 32-bit programs alone.
set "OQSGEN_POWERSHELL=%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe"
if exist "%SystemRoot%\Sysnative\WindowsPowerShell\v1.0\powershell.exe" set "OQSGEN_POWERSHELL=%SystemRoot%\Sysnative\WindowsPowerShell\v1.0\powershell.exe"
rem First is it really the signed script, from a publisher that this PC knows? Then the passes: the
rem machine pass with administrator rights, the user pass in this window. The machine pass leaves its
rem code under this run's id, because an exit code does not always come back across UAC. A pass that
rem left nothing and does not say itself that it was refused was broken off: Ctrl+C ends it with 0.
"%OQSGEN_POWERSHELL%" -NoProfile -ExecutionPolicy AllSigned -Command ^
 "$ErrorActionPreference = 'Stop'; $folder = $env:OQSGEN_FOLDER; $file = $folder + 'terminal.ps1'; $lines = @();" ^
 "function Wrap($text) { $line = ''; $used = 0; foreach ($c in ($text -replace '[\p{Cc}\p{Cf}]', ' ').ToCharArray()) { $wide = 1 + ([int] $c -gt 126); if ($used + $wide -gt 78) { $line; $line = '  '; $used = 2 }; $line += $c; $used += $wide }; $line };" ^
 "function Say($key) { foreach ($one in $lines) { $name, $value = $one -split '=', 2; if ($name -ceq $key) { Wrap ($value -f $args) | ForEach-Object { Write-Host $_ } } } };" ^
 "function Clear-Typed { try { $Host.UI.RawUI.FlushInputBuffer() } catch { } };" ^
 "function Leave($code) { Write-Host ''; Say 'close'; Clear-Typed; exit $code };" ^
 "trap { Say 'error' $_.Exception.Message; Leave 1 };" ^
 "if (Test-Path -LiteralPath ($folder + 'launcher.txt')) { $lines = @(Get-Content -LiteralPath ($folder + 'launcher.txt') -Encoding UTF8) };" ^
 "if (-not $lines -or -not (Test-Path -LiteralPath $file)) { Write-Host ([regex]::Unescape('\u3053\u306E\u30D5\u30A9\u30EB\u30C0\u30FC\u306E\u4E2D\u8EAB\u304C\u305D\u308D\u3063\u3066\u3044\u307E\u305B\u3093\u3002\u4F55\u3082\u5909\u66F4\u3057\u3066\u3044\u307E\u305B\u3093\u3002\u000AZIP \u30D5\u30A1\u30A4\u30EB\u306E\u4E2D\u3067\u958B\u3044\u305F\u3068\u304D\u306F\u3001\u5148\u306B ZIP \u3092\u300C\u3059\u3079\u3066\u5C55\u958B\u300D\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u30B3\u30D4\u30FC\u306E\u9014\u4E2D\u3067\u629C\u3044\u305F\u3068\u304D\u306F\u3001\u30D5\u30A9\u30EB\u30C0\u30FC\u3054\u3068\u30B3\u30D4\u30FC\u3057\u76F4\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u000A\u4F55\u304B\u30AD\u30FC\u3092\u62BC\u3059\u3068\u3001\u3053\u306E\u753B\u9762\u3092\u9589\u3058\u307E\u3059\u3002')); Clear-Typed; exit 3 };" ^
 "Say 'title.Verify'; Write-Host '';" ^
 "if ('FullLanguage' -ne $ExecutionContext.SessionState.LanguageMode) {" ^
 "$smart = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy' -ErrorAction SilentlyContinue;" ^
 "if ($smart.VerifiedAndReputablePolicyState -eq 1) { Say 'smart' } else { Say 'language' }; Leave 2 };" ^
 "if ($folder.StartsWith('\\') -or (New-Object IO.DriveInfo $folder.Substring(0, 1)).DriveType -eq 'Network') { Say 'network'; Leave 2 };" ^
 "$me = [Security.Principal.WindowsIdentity]::GetCurrent();" ^
 "if (@($me.Groups | ForEach-Object { $_.Value }) -contains 'S-1-5-32-544') {" ^
 "$uac = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System';" ^
 "if ($uac.EnableLUA -ne 0 -and ($me.User.Value -notlike 'S-1-5-21-*-500' -or $uac.FilterAdministratorToken -eq 1)) { Say 'administrator'; Leave 2 } };" ^
 "Say 'wait'; $signature = Get-AuthenticodeSignature -LiteralPath $file; $signer = $signature.SignerCertificate;" ^
 "function Get-Fingerprint($of) { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($of.RawData)) -replace '-' };" ^
 "function Get-Day($of) { $of.ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture) };" ^
 "if ($null -eq $signer) { Say 'unsigned'; Leave 3 };" ^
 "if ('HashMismatch' -eq $signature.Status) { Say 'changed'; Leave 3 };" ^
 "if ('72697D8A8C20F1885092B32EF035442E6DC3D4405A2921F5C963D69F0C43A3A6' -ne (Get-Fingerprint $signer)) { Say 'foreign'; Leave 3 };" ^
 "$now = Get-Date;" ^
 "if ($now -lt $signer.NotBefore) { Say 'early' (Get-Day $now) (Get-Day $signer.NotBefore); Leave 2 };" ^
 "if ('Valid' -ne $signature.Status -and $now -gt $signer.NotAfter -and -not $signature.TimeStamperCertificate) { Say 'ended' (Get-Day $now) (Get-Day $signer.NotAfter); Leave 2 };" ^
 "foreach ($whose in 'LocalMachine', 'CurrentUser') { if (Test-Path -LiteralPath ('Cert:\' + $whose + '\Disallowed\' + $signer.Thumbprint)) { Say 'blocked' $whose; Leave 2 } };" ^
 "foreach ($policy in Get-ExecutionPolicy -List) { if ('MachinePolicy', 'UserPolicy' -contains $policy.Scope -and 'Undefined', 'AllSigned' -notcontains $policy.ExecutionPolicy) { Say 'policy' $policy.Scope $policy.ExecutionPolicy; Leave 2 } };" ^
 "$base = Join-Path ([Environment]::GetFolderPath('CommonApplicationData')) 'oqsgen';" ^
 "if ('Valid' -ne $signature.Status -or -not (Test-Path -LiteralPath ('Cert:\LocalMachine\TrustedPublisher\' + $signer.Thumbprint))) { Say 'unknown'; Leave 2 };" ^
 "$quote = [string] [char] 34; $system = [Environment]::SystemDirectory; $shell = Join-Path $system 'WindowsPowerShell\v1.0\powershell.exe';" ^
 "function Test-Ended($process) { try { $process.WaitForExit(500) } catch { Start-Sleep -Milliseconds 500; -not (Get-Process -Id $process.Id -ErrorAction SilentlyContinue) } };" ^
 "function Start-Elevated($what, $enough) {" ^
 "try { $process = Start-Process -FilePath $shell -ArgumentList ('-NoProfile -ExecutionPolicy AllSigned ' + $what) -Verb RunAs -PassThru }" ^
 "catch { Say 'declined'; if (-not $_.Exception.Message.Contains((New-Object ComponentModel.Win32Exception 1223).Message)) { Say 'error' $_.Exception.Message }; return };" ^
 "while (-not (Test-Ended $process) -and -not ($enough -and (& $enough))) { };" ^
 "$process };" ^
 "$run = [Guid]::NewGuid().ToString('N'); $result = Join-Path (Join-Path $base 'results') ($run + '.json');" ^
 "function Get-Code($code) { if (0..6 -contains $code) { $code } else { 1 } };" ^
 "function Start-UserPass { & $shell -NoProfile -ExecutionPolicy AllSigned -File $file -Mode Verify -Scope User -Run $run @args };" ^
 "function Read-Result { if (Test-Path -LiteralPath $result) { try { $read = ConvertFrom-Json ([IO.File]::ReadAllText($result)); if (-not $read.run -or $run -eq $read.run) { $script:written = $read; return $true } } catch { } }; $false };" ^
 "function Start-MachinePass($what, $enough) { Say 'machine.Verify'; $process = Start-Elevated $what $enough; if ($process) {" ^
 "$code = $null; $left = Read-Result; if ($left) { $code = $written.exit } else { try { $code = $process.ExitCode } catch { } };" ^
 "if (-not $left -and 1, 2, 3 -notcontains $code) { $code = 1 }; Get-Code $code } };" ^
 "$half = '-File ' + $quote + $file + $quote + ' -Mode Verify -Scope Machine -Run ' + $run;" ^
 "$machine = Start-MachinePass $half;" ^
 "$refused = 1, 2, 3 -contains $machine; $options = @(); if ($null -eq $machine) { $options = @('-UacDeclined') } elseif ($refused) { $options = @('-ReportOnly') };" ^
 "Say 'user.Verify'; Start-UserPass @options; $user = Get-Code $LASTEXITCODE;" ^
 "$codes = $machine, $user;" ^
 "$code = 0; if ($machine -eq 4 -and $user -eq 4) { $code = 4 }; foreach ($one in 5, 6, 2, 1, 3) { if ($codes -contains $one) { $code = $one } };" ^
 "Write-Host ''; Say (@('Verify.0', 'code.1', 'code.2', 'code.3', 'code.4', 'Verify.5', 'Verify.6')[$code]);" ^
 "Leave $code"
set "OQSGEN_CODE=%ERRORLEVEL%"
pause >nul
exit /b %OQSGEN_CODE%
