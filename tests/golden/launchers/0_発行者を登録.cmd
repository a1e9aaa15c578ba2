@echo off
rem Publisher: registers the publisher on this PC, or withdraws it. Made by oqsgen. What it says stands in launcher.txt.
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
rem It works before any script may run, with Windows' own means. Three groups of the fingerprint, drawn
rem each time, are typed from paper and shown nowhere: eyes pass over what resembles. What was typed is
rem that of what is registered: the half with administrator rights is handed those very bytes.
rem HKLM\SOFTWARE\oqsgen\publishers names for each publisher what was added here (only
rem administrators can write there, whoever made the key), so that it can be withdrawn, and what it
rem uses, so that a root that a second publisher needs stays.
"%OQSGEN_POWERSHELL%" -NoProfile -ExecutionPolicy AllSigned -Command ^
 "$ErrorActionPreference = 'Stop'; $folder = $env:OQSGEN_FOLDER; $file = $folder + 'terminal.ps1'; $lines = @();" ^
 "function Wrap($text) { $line = ''; $used = 0; foreach ($c in ($text -replace '[\p{Cc}\p{Cf}]', ' ').ToCharArray()) { $wide = 1 + ([int] $c -gt 126); if ($used + $wide -gt 78) { $line; $line = '  '; $used = 2 }; $line += $c; $used += $wide }; $line };" ^
 "function Say($key) { foreach ($one in $lines) { $name, $value = $one -split '=', 2; if ($name -ceq $key) { Wrap ($value -f $args) | ForEach-Object { Write-Host $_ } } } };" ^
 "function Clear-Typed { try { $Host.UI.RawUI.FlushInputBuffer() } catch { } };" ^
 "function Leave($code) { Write-Host ''; Say 'close'; Clear-Typed; exit $code };" ^
 "trap { Say 'error' $_.Exception.Message; Leave 1 };" ^
 "if (Test-Path -LiteralPath ($folder + 'launcher.txt')) { $lines = @(Get-Content -LiteralPath ($folder + 'launcher.txt') -Encoding UTF8) };" ^
 "if (-not $lines -or -not (Test-Path -LiteralPath $file)) { Write-Host ([regex]::Unescape('\u3053\u306E\u30D5\u30A9\u30EB\u30C0\u30FC\u306E\u4E2D\u8EAB\u304C\u305D\u308D\u3063\u3066\u3044\u307E\u305B\u3093\u3002\u4F55\u3082\u5909\u66F4\u3057\u3066\u3044\u307E\u305B\u3093\u3002\u000AZIP \u30D5\u30A1\u30A4\u30EB\u306E\u4E2D\u3067\u958B\u3044\u305F\u3068\u304D\u306F\u3001\u5148\u306B ZIP \u3092\u300C\u3059\u3079\u3066\u5C55\u958B\u300D\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u30B3\u30D4\u30FC\u306E\u9014\u4E2D\u3067\u629C\u3044\u305F\u3068\u304D\u306F\u3001\u30D5\u30A9\u30EB\u30C0\u30FC\u3054\u3068\u30B3\u30D4\u30FC\u3057\u76F4\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u000A\u4F55\u304B\u30AD\u30FC\u3092\u62BC\u3059\u3068\u3001\u3053\u306E\u753B\u9762\u3092\u9589\u3058\u307E\u3059\u3002')); Clear-Typed; exit 3 };" ^
 "Say 'title.Publisher'; Write-Host '';" ^
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
 "exit 0"
if not "%ERRORLEVEL%" == "0" goto end
"%OQSGEN_POWERSHELL%" -NoProfile -ExecutionPolicy AllSigned -Command ^
 "$ErrorActionPreference = 'Stop'; $folder = $env:OQSGEN_FOLDER; $file = $folder + 'terminal.ps1'; $lines = @();" ^
 "function Wrap($text) { $line = ''; $used = 0; foreach ($c in ($text -replace '[\p{Cc}\p{Cf}]', ' ').ToCharArray()) { $wide = 1 + ([int] $c -gt 126); if ($used + $wide -gt 78) { $line; $line = '  '; $used = 2 }; $line += $c; $used += $wide }; $line };" ^
 "function Say($key) { foreach ($one in $lines) { $name, $value = $one -split '=', 2; if ($name -ceq $key) { Wrap ($value -f $args) | ForEach-Object { Write-Host $_ } } } };" ^
 "function Clear-Typed { try { $Host.UI.RawUI.FlushInputBuffer() } catch { } };" ^
 "function Leave($code) { Write-Host ''; Say 'close'; Clear-Typed; exit $code };" ^
 "trap { Say 'error' $_.Exception.Message; Leave 1 };" ^
 "if (Test-Path -LiteralPath ($folder + 'launcher.txt')) { $lines = @(Get-Content -LiteralPath ($folder + 'launcher.txt') -Encoding UTF8) };" ^
 "function Get-Fingerprint($of) { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($of.RawData)) -replace '-' };" ^
 "$quote = [string] [char] 34; $system = [Environment]::SystemDirectory; $shell = Join-Path $system 'WindowsPowerShell\v1.0\powershell.exe';" ^
 "function Test-Ended($process) { try { $process.WaitForExit(500) } catch { Start-Sleep -Milliseconds 500; -not (Get-Process -Id $process.Id -ErrorAction SilentlyContinue) } };" ^
 "function Start-Elevated($what, $enough) {" ^
 "try { $process = Start-Process -FilePath $shell -ArgumentList ('-NoProfile -ExecutionPolicy AllSigned ' + $what) -Verb RunAs -PassThru }" ^
 "catch { Say 'declined'; if (-not $_.Exception.Message.Contains((New-Object ComponentModel.Win32Exception 1223).Message)) { Say 'error' $_.Exception.Message }; return };" ^
 "while (-not (Test-Ended $process) -and -not ($enough -and (& $enough))) { };" ^
 "$process };" ^
 "function Read-Certificate($path) { if (Test-Path -LiteralPath $path) { New-Object Security.Cryptography.X509Certificates.X509Certificate2 (, [IO.File]::ReadAllBytes($path)) } };" ^
 "$id = '72697D8A8C20F1885092B32EF035442E6DC3D4405A2921F5C963D69F0C43A3A6'; $leaf = Read-Certificate (Join-Path $folder 'publisher\publisher.cer');" ^
 "if ($null -eq $leaf -or $id -ne (Get-Fingerprint $leaf)) { Say 'foreign'; Leave 3 };" ^
 "$from = Join-Path $folder 'publisher'; $root = Read-Certificate (Join-Path $from 'root.cer'); if ($null -eq $root) { $root = $leaf };" ^
 "$others = @(Get-ChildItem -LiteralPath $from -Filter 'ca-*.cer' | ForEach-Object { Read-Certificate $_.FullName });" ^
 "$chain = New-Object Security.Cryptography.X509Certificates.X509Chain $true; $rules = $chain.ChainPolicy;" ^
 "$rules.RevocationMode = 'NoCheck'; $rules.UrlRetrievalTimeout = '0:0:1'; $rules.VerificationFlags = 'AllowUnknownCertificateAuthority';" ^
 "$signature = Get-AuthenticodeSignature -LiteralPath $file; if ('Valid' -eq $signature.Status -or $signature.TimeStamperCertificate) { $rules.VerificationFlags = 'AllowUnknownCertificateAuthority, IgnoreNotTimeValid' };" ^
 "[void] $rules.ApplicationPolicy.Add((New-Object Security.Cryptography.Oid '1.3.6.1.5.5.7.3.3')); foreach ($one in @($root) + $others) { [void] $rules.ExtraStore.Add($one) };" ^
 "$good = $chain.Build($leaf); $top = $chain.ChainElements[$chain.ChainElements.Count - 1].Certificate;" ^
 "if (-not $good -or $leaf.Extensions.EnhancedKeyUsages.Value -notcontains '1.3.6.1.5.5.7.3.3') { Say 'chain'; Leave 3 };" ^
 "if ((Get-Fingerprint $top) -ne (Get-Fingerprint $root)) { if ($chain.ChainStatus | Where-Object { 'UntrustedRoot', 'PartialChain' -contains $_.Status }) { Say 'chain'; Leave 3 }; $root = $null };" ^
 "$pairs = @(); if ($root) { $pairs += , @('Root', $root) }; $shown = @($chain.ChainElements | ForEach-Object { $_.Certificate.Thumbprint }); foreach ($one in $others) { if ($shown -contains $one.Thumbprint) { $pairs += , @('CA', $one) } }; $pairs += , @('TrustedPublisher', $leaf);" ^
 "function Get-Missing { $pairs | Where-Object { -not (Test-Path -LiteralPath ('Cert:\LocalMachine\' + $_[0] + '\' + $_[1].Thumbprint)) } };" ^
 "function Show($key, $one, $whole) { Say $key ($one.Subject -replace '\p{C}|\s{9,}', ' ' -replace '^(.{60}).+', '$1...'); if ($whole) { $print = (Get-Fingerprint $one) -replace '....', '$0 '; Say 'print' $print.Substring(0, 39) $print.Substring(40) } };" ^
 "function Read-Typed { Clear-Typed; ([string] (Read-Host)).Normalize('FormKC').Trim() };" ^
 "function Show-Publisher($whole) { Write-Host ''; Show 'publisher' $leaf $whole; if ($root -and $root -ne $leaf) { Show 'root' $root $true }; Write-Host '' };" ^
 "function Read-Groups { $groups = @(Get-Random (1..16) -Count 3 | Sort-Object); Say 'ask.add'; Say 'group' $groups[0] $groups[1] $groups[2]; $typed = (Read-Typed) -replace '\s';" ^
 "if ($typed -ne -join @($groups | ForEach-Object { $id.Substring(4 * $_ - 4, 4) })) { Say (@('differs', 'stopped')[$typed -eq '']); Leave 2 } };" ^
 "$half = {" ^
 "$verb, $id, $items = $args; $ErrorActionPreference = 'Stop'; $env:PSModulePath = $PSHOME + '\Modules';" ^
 "$all = 'HKLM:\SOFTWARE\oqsgen\publishers'; $mine = $all + '\' + $id;" ^
 "function Read-Mark($path, $name) { (Get-ItemProperty -LiteralPath $path).$name | Where-Object { $_ } };" ^
 "function Write-Mark($path, $name, $value) { [void] (New-ItemProperty -LiteralPath $path -Name $name -PropertyType MultiString -Value ([string[]] $value) -Force) };" ^
 "function Open-Store($name) { $store = New-Object Security.Cryptography.X509Certificates.X509Store $name, 'LocalMachine'; $store.Open('ReadWrite'); $store };" ^
 "function Add-Publisher($pairs) {" ^
 "if (-not (Test-Path -LiteralPath $mine)) { [void] (New-Item -Path $mine -Force) }; $uses = @();" ^
 "foreach ($pair in $pairs) {" ^
 "$name, $one = $pair; $key = $name + '\' + $one.Thumbprint; $uses += $key; Write-Mark $mine 'uses' $uses;" ^
 "if (-not (Test-Path -LiteralPath ('Cert:\LocalMachine\' + $key))) { Write-Mark $mine 'added' (@(Read-Mark $mine 'added') + $key | Select-Object -Unique); $store = Open-Store $name; $store.Add($one); $store.Close() } } };" ^
 "if ($verb -eq 'add') {" ^
 "Add-Publisher @(foreach ($item in $items) {" ^
 "$name, $hex = $item -split ':'; $bytes = [byte[]] @(for ($i = 0; $i -lt $hex.Length; $i += 2) { [Convert]::ToByte($hex.Substring($i, 2), 16) });" ^
 ", @($name, (New-Object Security.Cryptography.X509Certificates.X509Certificate2 (, $bytes))) })" ^
 "} else {" ^
 "foreach ($key in Read-Mark $mine 'added') {" ^
 "$heir = Get-ChildItem -LiteralPath $all | Where-Object { $_.PSChildName -ne $id -and @(Read-Mark $_.PSPath 'uses') -contains $key } | Select-Object -First 1;" ^
 "if ($heir) { Write-Mark $heir.PSPath 'added' (@(Read-Mark $heir.PSPath 'added') + $key) } else {" ^
 "$name, $thumbprint = $key -split '\\'; $store = Open-Store $name; foreach ($one in @($store.Certificates.Find('FindByThumbprint', $thumbprint, $false))) { $store.Remove($one) }; $store.Close() } };" ^
 "Remove-Item -LiteralPath $mine } };" ^
 "$mark = 'HKLM:\SOFTWARE\oqsgen\publishers\' + $id; $verb = 'add';" ^
 "if (-not (Get-Missing)) { if (-not (Test-Path -LiteralPath $mark)) { Say 'already'; Leave 0 }; $verb = 'remove' };" ^
 "Show-Publisher ($verb -ne 'add');" ^
 "if ($verb -eq 'add') { Read-Groups }" ^
 "else { Say 'ask.remove'; if ((Read-Typed) -notmatch '^\u300C?(y|yes|\u306F\u3044|\u30CF\u30A4)\u300D?$') { Say 'stopped'; Leave 2 } };" ^
 "$command = '& {' + $half + '} ' + $verb + ' ' + $id; if ($verb -eq 'add') { foreach ($pair in $pairs) { $command += ' ' + $pair[0] + ':' + ([BitConverter]::ToString($pair[1].RawData) -replace '-') } };" ^
 "Say 'elevate'; if (-not (Start-Elevated ('-Command ' + $quote + $command + $quote))) { Leave 2 };" ^
 "if ($verb -eq 'add') { if (Get-Missing) { Say 'failed'; Leave 1 }; Say 'added' } else { if (Test-Path -LiteralPath $mark) { Say 'failed'; Leave 1 }; Say 'removed' };" ^
 "Leave 0"
:end
set "OQSGEN_CODE=%ERRORLEVEL%"
pause >nul
exit /b %OQSGEN_CODE%
