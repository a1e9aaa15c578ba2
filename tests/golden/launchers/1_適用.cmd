@echo off
rem Apply: applies the settings. Made by oqsgen. What it says stands in launcher.txt.
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
rem What opens by itself after a sign-in says continue: then this is the copy, and it asks first; or
rem morning: then it looks, asks nothing, and closes. What the stick has begun says its run.
set "OQSGEN_CONTINUE="
if "%~1"=="continue" set "OQSGEN_CONTINUE=1"
if "%~1"=="morning" set "OQSGEN_CONTINUE=2"
set "OQSGEN_RUN=%~1"
rem The half with administrator rights, line by line: it takes terminal.ps1 into a folder that only
rem administrators write, judges that copy and has its publisher's fingerprint typed where this PC does
rem not know it, registers that one, and starts that copy. Everything after it runs from there.
set "OQSGEN_HALF_1=$id, $run, $hex = $args; $ErrorActionPreference = 'Stop'; $env:PSModulePath = $PSHOME + '\Modules'; $new = '';"
set "OQSGEN_HALF_2=function Wrap($text) { $line = ''; $used = 0; foreach ($c in ($text -replace '[\p{Cc}\p{Cf}]', ' ').ToCharArray()) { $wide = 1 + ([int] $c -gt 126); if ($used + $wide -gt 78) { $line; $line = '  '; $used = 2 }; $line += $c; $used += $wide }; $line };"
set "OQSGEN_HALF_3=function Say($key) { foreach ($one in $lines) { $name, $value = $one -split '=', 2; if ($name -ceq $key) { Wrap ($value -f $args) | ForEach-Object { Write-Host $_ } } } };"
set "OQSGEN_HALF_4=function Clear-Typed { try { $Host.UI.RawUI.FlushInputBuffer() } catch { } };"
set "OQSGEN_HALF_5=function Get-Fingerprint($of) { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($of.RawData)) -replace '-' };"
set "OQSGEN_HALF_6=function Show($key, $one, $whole) { Say $key ($one.Subject -replace '\p{C}|\s{9,}', ' ' -replace '^(.{60}).+', '$1...'); if ($whole) { $print = (Get-Fingerprint $one) -replace '....', '$0 '; Say 'print' $print.Substring(0, 39) $print.Substring(40) } };"
set "OQSGEN_HALF_7=function Read-Typed { Clear-Typed; ([string] (Read-Host)).Normalize('FormKC').Trim() };"
set "OQSGEN_HALF_8=function Show-Publisher($whole) { Write-Host ''; Show 'publisher' $leaf $whole; if ($root -and $root -ne $leaf) { Show 'root' $root $true }; Write-Host '' };"
set "OQSGEN_HALF_9=function Read-Groups { $groups = @(Get-Random (1..16) -Count 3 | Sort-Object); Say 'ask.add'; Say 'group' $groups[0] $groups[1] $groups[2]; $typed = (Read-Typed) -replace '\s';"
set "OQSGEN_HALF_10=if ($typed -ne -join @($groups | ForEach-Object { $id.Substring(4 * $_ - 4, 4) })) { Say (@('differs', 'stopped')[$typed -eq '']); Leave 2 } };"
set "OQSGEN_HALF_11=function Clear-New { if ($new -and (Test-Path -LiteralPath $new)) { Remove-Item -LiteralPath $new -Recurse -Force -ErrorAction SilentlyContinue } };"
set "OQSGEN_HALF_12=function Leave($code) { Clear-New; Write-Host ''; Say 'enter'; [void] (Read-Typed); exit $code };"
set "OQSGEN_HALF_13=trap { Wrap $_.Exception.Message | ForEach-Object { Write-Host $_ }; Leave 1 };"
set "OQSGEN_HALF_14=$folder = -join @(for ($i = 0; $i -lt $hex.Length; $i += 4) { [char] [Convert]::ToUInt16($hex.Substring($i, 4), 16) });"
set "OQSGEN_HALF_15=$lines = @(Get-Content -LiteralPath ($folder + 'launcher.txt') -Encoding UTF8);"
set "OQSGEN_HALF_16=function Read-Whole($path, $most) { $in = [IO.File]::Open($path, 'Open', 'Read', 'Read'); try { if ($in.Length -gt $most) { throw $path }; , (New-Object IO.BinaryReader $in).ReadBytes($in.Length) } finally { $in.Close() } };"
set "OQSGEN_HALF_17=function Read-Certificate($path) { if (Test-Path -LiteralPath $path) { New-Object Security.Cryptography.X509Certificates.X509Certificate2 (, (Read-Whole $path 64KB)) } };"
set "OQSGEN_HALF_18=$base = Join-Path ([Environment]::GetFolderPath('CommonApplicationData')) 'oqsgen'; $bundles = Join-Path $base 'bundle'; $sid = [Security.Principal.SecurityIdentifier]; $ours = 'S-1-5-18', 'S-1-5-32-544';"
set "OQSGEN_HALF_19=function Test-Own($path) { [IO.File]::GetAttributes($path) -notmatch 'Reparse' -and $ours -contains (Get-Acl -LiteralPath $path).GetOwner($sid).Value };"
set "OQSGEN_HALF_20=$sddl = New-Object Security.AccessControl.DirectorySecurity; $sddl.SetSecurityDescriptorSddlForm('O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)');"
set "OQSGEN_HALF_21=foreach ($part in $base, $bundles, (Join-Path $bundles ($run + '.new'))) {"
set "OQSGEN_HALF_22=if (-not (Test-Path -LiteralPath $part)) { [void] [IO.Directory]::CreateDirectory($part, $sddl) };"
set "OQSGEN_HALF_23=if (-not (Test-Own $part)) { Say 'planted' $part; Leave 2 }; $acl = Get-Acl -LiteralPath $part;"
set "OQSGEN_HALF_24=$more = @($acl.GetAccessRules($true, $true, $sid) | Where-Object { $ours -notcontains $_.IdentityReference.Value -and ([int] $_.FileSystemRights -band -bnot 0x1200a9) });"
set "OQSGEN_HALF_25=if ($more -and $part -eq $base) { Say 'access' $part ($more.IdentityReference.Value -join ', '); if ((Read-Typed) -notmatch '^\u300C?(y|yes|\u306F\u3044|\u30CF\u30A4)\u300D?$') { Say 'stopped'; Leave 2 } };"
set "OQSGEN_HALF_26=if ($more -or -not $acl.AreAccessRulesProtected) { [IO.Directory]::SetAccessControl($part, $sddl) }; if ($part -like '*.new') { $new = $part } };"
set "OQSGEN_HALF_27=$bytes = Read-Whole ($folder + 'terminal.ps1') 8MB; $file = Join-Path $new 'terminal.ps1'; $out = [IO.File]::Open($file, 'CreateNew', 'Write', 'None'); $out.Write($bytes, 0, $bytes.Length); $out.Close();"
set "OQSGEN_HALF_28=$signature = Get-AuthenticodeSignature -LiteralPath $file; $leaf = $signature.SignerCertificate;"
set "OQSGEN_HALF_29=if ($null -eq $leaf -or 'HashMismatch' -eq $signature.Status) { Say 'changed'; Leave 3 }; if ($id -ne (Get-Fingerprint $leaf)) { Say 'foreign'; Leave 3 };"
set "OQSGEN_HALF_30=function Test-Known { 'Valid' -eq (Get-AuthenticodeSignature -LiteralPath $file).Status -and (Test-Path -LiteralPath ('Cert:\LocalMachine\TrustedPublisher\' + $leaf.Thumbprint)) };"
set "OQSGEN_HALF_31=if (-not (Test-Known)) {"
set "OQSGEN_HALF_32=$from = Join-Path $folder 'publisher'; $root = Read-Certificate (Join-Path $from 'root.cer'); if ($null -eq $root) { $root = $leaf };"
set "OQSGEN_HALF_33=$others = @(Get-ChildItem -LiteralPath $from -Filter 'ca-*.cer' | ForEach-Object { Read-Certificate $_.FullName });"
set "OQSGEN_HALF_34=$chain = New-Object Security.Cryptography.X509Certificates.X509Chain $true; $rules = $chain.ChainPolicy;"
set "OQSGEN_HALF_35=$rules.RevocationMode = 'NoCheck'; $rules.UrlRetrievalTimeout = '0:0:1'; $rules.VerificationFlags = 'AllowUnknownCertificateAuthority';"
set "OQSGEN_HALF_36=$signature = Get-AuthenticodeSignature -LiteralPath $file; if ('Valid' -eq $signature.Status -or $signature.TimeStamperCertificate) { $rules.VerificationFlags = 'AllowUnknownCertificateAuthority, IgnoreNotTimeValid' };"
set "OQSGEN_HALF_37=[void] $rules.ApplicationPolicy.Add((New-Object Security.Cryptography.Oid '1.3.6.1.5.5.7.3.3')); foreach ($one in @($root) + $others) { [void] $rules.ExtraStore.Add($one) };"
set "OQSGEN_HALF_38=$good = $chain.Build($leaf); $top = $chain.ChainElements[$chain.ChainElements.Count - 1].Certificate;"
set "OQSGEN_HALF_39=if (-not $good -or $leaf.Extensions.EnhancedKeyUsages.Value -notcontains '1.3.6.1.5.5.7.3.3') { Say 'chain'; Leave 3 };"
set "OQSGEN_HALF_40=if ((Get-Fingerprint $top) -ne (Get-Fingerprint $root)) { if ($chain.ChainStatus | Where-Object { 'UntrustedRoot', 'PartialChain' -contains $_.Status }) { Say 'chain'; Leave 3 }; $root = $null };"
set "OQSGEN_HALF_41=$pairs = @(); if ($root) { $pairs += , @('Root', $root) }; $shown = @($chain.ChainElements | ForEach-Object { $_.Certificate.Thumbprint }); foreach ($one in $others) { if ($shown -contains $one.Thumbprint) { $pairs += , @('CA', $one) } }; $pairs += , @('TrustedPublisher', $leaf);"
set "OQSGEN_HALF_42=Show-Publisher $false; Read-Groups;"
set "OQSGEN_HALF_43=$all = 'HKLM:\SOFTWARE\oqsgen\publishers'; $mine = $all + '\' + $id;"
set "OQSGEN_HALF_44=function Read-Mark($path, $name) { (Get-ItemProperty -LiteralPath $path).$name | Where-Object { $_ } };"
set "OQSGEN_HALF_45=function Write-Mark($path, $name, $value) { [void] (New-ItemProperty -LiteralPath $path -Name $name -PropertyType MultiString -Value ([string[]] $value) -Force) };"
set "OQSGEN_HALF_46=function Open-Store($name) { $store = New-Object Security.Cryptography.X509Certificates.X509Store $name, 'LocalMachine'; $store.Open('ReadWrite'); $store };"
set "OQSGEN_HALF_47=function Add-Publisher($pairs) {"
set "OQSGEN_HALF_48=if (-not (Test-Path -LiteralPath $mine)) { [void] (New-Item -Path $mine -Force) }; $uses = @();"
set "OQSGEN_HALF_49=foreach ($pair in $pairs) {"
set "OQSGEN_HALF_50=$name, $one = $pair; $key = $name + '\' + $one.Thumbprint; $uses += $key; Write-Mark $mine 'uses' $uses;"
set "OQSGEN_HALF_51=if (-not (Test-Path -LiteralPath ('Cert:\LocalMachine\' + $key))) { Write-Mark $mine 'added' (@(Read-Mark $mine 'added') + $key | Select-Object -Unique); $store = Open-Store $name; $store.Add($one); $store.Close() } } };"
set "OQSGEN_HALF_52=Add-Publisher $pairs; if (-not (Test-Known)) { Say 'failed'; Leave 1 } };"
set "OQSGEN_HALF_53=& (Join-Path $PSHOME 'powershell.exe') -NoProfile -ExecutionPolicy AllSigned -File $file -Mode Apply -Scope Machine -Run $run -From $hex -Stay; $code = $LASTEXITCODE; Clear-New; exit $code"
rem First is it really the signed script, from a publisher that this PC knows? Then the passes: the
rem machine pass with administrator rights, the user pass in this window. The machine pass leaves its
rem code under this run's id, because an exit code does not always come back across UAC. A pass that
rem left nothing and does not say itself that it was refused was broken off: Ctrl+C ends it with 0.
rem The process with administrator rights stays until the start ends, and is told only go and end, by
rem two events that this one makes first. Its first answer is enough to hand over to the copy, whose
rem launcher never comes back here; opened again, it has the machine pass begun when there is work for it.
"%OQSGEN_POWERSHELL%" -NoProfile -ExecutionPolicy AllSigned -Command ^
 "$ErrorActionPreference = 'Stop'; $folder = $env:OQSGEN_FOLDER; $file = $folder + 'terminal.ps1'; $lines = @();" ^
 "function Wrap($text) { $line = ''; $used = 0; foreach ($c in ($text -replace '[\p{Cc}\p{Cf}]', ' ').ToCharArray()) { $wide = 1 + ([int] $c -gt 126); if ($used + $wide -gt 78) { $line; $line = '  '; $used = 2 }; $line += $c; $used += $wide }; $line };" ^
 "function Say($key) { foreach ($one in $lines) { $name, $value = $one -split '=', 2; if ($name -ceq $key) { Wrap ($value -f $args) | ForEach-Object { Write-Host $_ } } } };" ^
 "function Clear-Typed { try { $Host.UI.RawUI.FlushInputBuffer() } catch { } };" ^
 "function Leave($code) { Write-Host ''; Say 'close'; Clear-Typed; exit $code };" ^
 "trap { Say 'error' $_.Exception.Message; Leave 1 };" ^
 "if (Test-Path -LiteralPath ($folder + 'launcher.txt')) { $lines = @(Get-Content -LiteralPath ($folder + 'launcher.txt') -Encoding UTF8) };" ^
 "if (-not $lines -or -not (Test-Path -LiteralPath $file)) { Write-Host ([regex]::Unescape('\u3053\u306E\u30D5\u30A9\u30EB\u30C0\u30FC\u306E\u4E2D\u8EAB\u304C\u305D\u308D\u3063\u3066\u3044\u307E\u305B\u3093\u3002\u4F55\u3082\u5909\u66F4\u3057\u3066\u3044\u307E\u305B\u3093\u3002\u000AZIP \u30D5\u30A1\u30A4\u30EB\u306E\u4E2D\u3067\u958B\u3044\u305F\u3068\u304D\u306F\u3001\u5148\u306B ZIP \u3092\u300C\u3059\u3079\u3066\u5C55\u958B\u300D\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u30B3\u30D4\u30FC\u306E\u9014\u4E2D\u3067\u629C\u3044\u305F\u3068\u304D\u306F\u3001\u30D5\u30A9\u30EB\u30C0\u30FC\u3054\u3068\u30B3\u30D4\u30FC\u3057\u76F4\u3057\u3066\u304F\u3060\u3055\u3044\u3002\u000A\u000A\u4F55\u304B\u30AD\u30FC\u3092\u62BC\u3059\u3068\u3001\u3053\u306E\u753B\u9762\u3092\u9589\u3058\u307E\u3059\u3002')); Clear-Typed; exit 3 };" ^
 "Say 'title.Apply'; Write-Host '';" ^
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
 "$leaf = (Get-AuthenticodeSignature -LiteralPath $file).SignerCertificate;" ^
 "function Test-Known { 'Valid' -eq (Get-AuthenticodeSignature -LiteralPath $file).Status -and (Test-Path -LiteralPath ('Cert:\LocalMachine\TrustedPublisher\' + $leaf.Thumbprint)) };" ^
 "$base = Join-Path ([Environment]::GetFolderPath('CommonApplicationData')) 'oqsgen'; $bundles = Join-Path $base 'bundle'; $sid = [Security.Principal.SecurityIdentifier]; $ours = 'S-1-5-18', 'S-1-5-32-544';" ^
 "function Test-Own($path) { [IO.File]::GetAttributes($path) -notmatch 'Reparse' -and $ours -contains (Get-Acl -LiteralPath $path).GetOwner($sid).Value };" ^
 "$known = Test-Known; $hex = -join @($folder.ToCharArray() | ForEach-Object { ([int] $_).ToString('X4') });" ^
 "$half = '& {' + (-join @(foreach ($n in 1..53) { [Environment]::GetEnvironmentVariable('OQSGEN_HALF_' + $n) + ' ' })) + '}';" ^
 "$quote = [string] [char] 34; $system = [Environment]::SystemDirectory; $shell = Join-Path $system 'WindowsPowerShell\v1.0\powershell.exe';" ^
 "function Test-Ended($process) { try { $process.WaitForExit(500) } catch { Start-Sleep -Milliseconds 500; -not (Get-Process -Id $process.Id -ErrorAction SilentlyContinue) } };" ^
 "function Start-Elevated($what, $enough) {" ^
 "try { $process = Start-Process -FilePath $shell -ArgumentList ('-NoProfile -ExecutionPolicy AllSigned ' + $what) -Verb RunAs -PassThru }" ^
 "catch { Say 'declined'; if (-not $_.Exception.Message.Contains((New-Object ComponentModel.Win32Exception 1223).Message)) { Say 'error' $_.Exception.Message }; return };" ^
 "while (-not (Test-Ended $process) -and -not ($enough -and (& $enough))) { };" ^
 "$process };" ^
 "$run = [Guid]::NewGuid().ToString('N'); $result = Join-Path (Join-Path $base 'results') ($run + '.json');" ^
 "function Get-Code($code) { if (0..6 -contains $code) { $code } else { 1 } };" ^
 "function Start-UserPass { & $shell -NoProfile -ExecutionPolicy AllSigned -File $file -Mode Apply -Scope User -Run $run @args };" ^
 "function Read-Result { if (Test-Path -LiteralPath $result) { try { $read = ConvertFrom-Json ([IO.File]::ReadAllText($result)); if (-not $read.run -or $run -eq $read.run) { $script:written = $read; return $true } } catch { } }; $false };" ^
 "function Start-MachinePass($what, $enough) { Say 'machine'; $process = Start-Elevated $what $enough; if ($process) {" ^
 "$code = $null; $left = Read-Result; if ($left) { $code = $written.exit } else { try { $code = $process.ExitCode } catch { } };" ^
 "if (-not $left -and 1, 2, 3 -notcontains $code) { $code = 1 }; Get-Code $code } };" ^
 "function Test-Way($copy) { foreach ($part in $base, $bundles, $copy, (Join-Path $copy 'terminal.ps1'), (Join-Path $copy $start)) { if (-not (Test-Own $part)) { Say 'planted' $part; return $false } }; $true };" ^
 "function Get-Whole($of) { $n = $of.TrimEnd('\', '/').Length + 1; @(Get-ChildItem -LiteralPath $of -Recurse -Force | Where-Object { -not $_.PSIsContainer -and 'bundle.json', 'bundle.cat' -notcontains $_.Name } | ForEach-Object { $_.FullName.Substring($n) + (Get-FileHash -LiteralPath $_.FullName).Hash } | Sort-Object) -join '|' };" ^
 "function Start-Copy($copy, $run) { if (-not (Test-Way $copy)) { Leave 2 }; [void] (Start-Process -FilePath (Join-Path $system 'cmd.exe') -ArgumentList ('/d /s /c ' + $quote + $quote + (Join-Path $copy $start) + $quote + ' ' + $run + $quote) -PassThru); exit 10 };" ^
 "$start = [regex]::Unescape('1\u005F\u9069\u7528\u002Ecmd'); $own = Split-Path $file;" ^
 "if ((Split-Path $own) -eq $bundles) {" ^
 "if (-not $known) { Say 'unknown'; Leave 2 }; if (-not (Test-Way $own)) { Leave 2 }; if ($env:OQSGEN_CONTINUE -eq 2) { Start-UserPass -Morning; exit $LASTEXITCODE };" ^
 "if ($env:OQSGEN_RUN -cmatch '^[0-9a-f]{32}$') { $run = $env:OQSGEN_RUN }; $result = Join-Path (Join-Path $base 'results') ($run + '.json'); $options = @(); if ($env:OQSGEN_CONTINUE) { $options = @('-Continued') } else { Say 'user' };" ^
 "Start-UserPass @options; $user = Get-Code $LASTEXITCODE; if ($options -and $user -eq 4) { exit 4 };" ^
 "$machine = $user; if ((Test-Path -LiteralPath $result) -and (Test-Own $result) -and (Read-Result)) { $machine = Get-Code $written.exit } }" ^
 "else {" ^
 "if ($env:OQSGEN_CONTINUE) { Say 'planted' $own; Leave 2 };" ^
 "if ($known) { Say 'known' }; if ($known -and (Test-Path -LiteralPath $bundles)) { foreach ($one in Get-ChildItem -LiteralPath $bundles) { if ($one.Name -notlike '*.new' -and (Test-Own $one.FullName) -and (Get-Whole $one.FullName) -eq (Get-Whole $folder)) { Start-Copy $one.FullName '' } } };" ^
 "$me = [Security.Principal.WindowsIdentity]::GetCurrent(); $made = $false; $access = New-Object Security.AccessControl.EventWaitHandleSecurity;" ^
 "$access.SetSecurityDescriptorSddlForm('D:P(A;;0x1f0003;;;' + $me.User.Value + ')(A;;0x1f0003;;;BA)');" ^
 "$go, $end = foreach ($name in 'go', 'end') { New-Object Threading.EventWaitHandle $false, 'AutoReset', ('Local\oqsgen-' + $run + '-' + $name), ([ref] $made), $access };" ^
 "$half = '-Command ' + $quote + $half + (' ''{0}'' ''{1}'' ''{2}''' -f '72697D8A8C20F1885092B32EF035442E6DC3D4405A2921F5C963D69F0C43A3A6', $run, $hex) + $quote;" ^
 "while ($null -eq ($machine = Start-MachinePass $half { (Read-Result) -and 1, 2, 3 -notcontains $written.exit })) { Say 'again'; Clear-Typed; $typed = Read-Host; if ($null -eq $typed -or ([string] $typed).Normalize('FormKC').Trim() -eq 's') { break } };" ^
 "$refused = 1, 2, 3 -contains $machine; $options = @(); if ($null -eq $machine) { $options = @('-UacDeclined') } elseif ($refused) { $options = @('-ReportOnly') };" ^
 "$now = Test-Known; if ($now -and -not $known -and $refused) { Say 'only' };" ^
 "if ($null -ne $machine -and -not $refused) {" ^
 "foreach ($part in (Split-Path $result), $result) { if (-not (Test-Own $part)) { Say 'planted' $part; Leave 2 } }; Start-Copy (Join-Path $bundles $written.bundle.id) $run };" ^
 "if (-not $now) { if ($null -eq $machine) { Say 'unknown'; Leave 2 }; Say (@('code.1', 'code.2', 'code.3')[$machine - 1]); Leave $machine };" ^
 "Say 'user'; Start-UserPass @options; $user = Get-Code $LASTEXITCODE;" ^
 "[void] $end.Set() };" ^
 "$codes = $machine, $user;" ^
 "$code = 0; if ($machine -eq 4 -and $user -eq 4) { $code = 4 }; foreach ($one in 5, 6, 2, 1, 3) { if ($codes -contains $one) { $code = $one } };" ^
 "Write-Host ''; Say (@('Apply.0', 'code.1', 'code.2', 'code.3', 'code.4', 'Apply.5', 'Apply.6')[$code]);" ^
 "Leave $code"
rem From now on everything runs from the copy, in a window of its own: nothing of the stick is open here.
if "%ERRORLEVEL%"=="10" exit
:end
rem Whoever was not meant by it finds nothing open.
if defined OQSGEN_CONTINUE if "%ERRORLEVEL%"=="4" exit 4
if "%OQSGEN_CONTINUE%"=="2" exit
set "OQSGEN_CODE=%ERRORLEVEL%"
pause >nul
exit /b %OQSGEN_CODE%
