# Windows' own commands as far as the launchers use them, on a PC that is one JSON file.
# {"result": null: the machine pass leaves its code under its run's id; false: it was broken off; or {file, text},
# "typed": what a person types is read from the host's window instead of "answer",
# "declines": so often no at the question of Windows, and then yes,
# "paper": the fingerprint from which a person types the groups that are asked for, null: there is none,
# "untold": the signature is timestamped, and Get-AuthenticodeSignature does not say so,
# "swapped": what stands in the bundle's terminal.ps1 once the person has said yes to UAC,
# "access": {"oqsgen": {"owner": SID, "entries": [[SID, rights]], "open": true: hands down}}, below ProgramData,
# "certificates": ["LocalMachine\\Root\\THUMBPRINT"], "marks": {id: {"added": [], "uses": []}}, ...}

# By way of .NET: for each path the commands of PowerShell read all that is mounted.
function Get-World { ConvertFrom-Json ([IO.File]::ReadAllText($env:WORLD)) -AsHashtable }
function Test-RealPath($path) { [IO.File]::Exists($path) -or [IO.Directory]::Exists($path) }
function Set-World($world) { [IO.File]::WriteAllText($env:WORLD, ($world | ConvertTo-Json -Depth 9)) }
function Write-Call($call) { [IO.File]::AppendAllText($env:CALLS, (ConvertTo-Json -Compress -Depth 5 $call) + "`n") }

$world = Get-World
$Me = [pscustomobject] @{
    Groups = @($world.groups | ForEach-Object { [pscustomobject] @{ Value = $_ } })
    User = [pscustomobject] @{ Value = $world.user }
}

# A network path cannot exist here: the launcher sees one, the files come from a real folder.
function Get-RealPath($path) {
    if ($env:UNC -and $path.StartsWith($env:UNC)) { $env:REAL + $path.Substring($env:UNC.Length) } else { $path }
}

$marks = 'HKLM:\SOFTWARE\oqsgen\publishers'

function Test-Path {
    param($LiteralPath)
    $world = Get-World
    if ($LiteralPath -like 'Cert:\*') { return $world.certificates -contains $LiteralPath.Substring(6) }
    if ($LiteralPath -like 'HKLM:\*') { return $world.marks.ContainsKey((Split-Path -Leaf $LiteralPath.Replace('\', '/'))) }
    Test-RealPath (Get-RealPath $LiteralPath)
}

function Get-Content {
    param($LiteralPath, $Encoding)
    Microsoft.PowerShell.Management\Get-Content -LiteralPath (Get-RealPath $LiteralPath) -Encoding $Encoding
}

function Get-ItemProperty {
    [CmdletBinding()]
    param($LiteralPath)
    $world = Get-World
    if ($LiteralPath -eq 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System') { return [pscustomobject] $world.uac }
    if ($LiteralPath -eq 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy') { return [pscustomobject] $world.ci }
    [pscustomobject] $world.marks[(Split-Path -Leaf $LiteralPath.Replace('\', '/'))]
}

function New-Item {
    param($Path, [switch] $Force)
    $world = Get-World
    $world.marks[(Split-Path -Leaf $Path.Replace('\', '/'))] = @{}
    Set-World $world
}

function New-ItemProperty {
    param($LiteralPath, $Name, $PropertyType, $Value, [switch] $Force)
    if ($PropertyType -ne 'MultiString') { throw "not a MultiString: $PropertyType" }
    $world = Get-World
    $world.marks[(Split-Path -Leaf $LiteralPath.Replace('\', '/'))][$Name] = @($Value)
    Set-World $world
}

function Get-ChildItem {
    param($LiteralPath, $Filter, [switch] $Recurse, [switch] $Force)
    if ($LiteralPath -ne $marks) { return Microsoft.PowerShell.Management\Get-ChildItem @PSBoundParameters }
    (Get-World).marks.Keys | Sort-Object | ForEach-Object { [pscustomobject] @{ PSChildName = $_; PSPath = "$marks\$_" } }
}

# Owners and access lists, as an SDDL of folder.ps1's gives them or as "access" says.
class Sddl {
    [string] $Text
    [void] SetSecurityDescriptorSddlForm([string] $text) { $this.Text = $text }
}

function Get-OwnKey($path) { $path.Replace('\', '/').Substring("$env:PC/programdata/".Length) }

function Set-OwnAccess($path, $sddl) {
    if ($sddl.Text -ne 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)') { throw $sddl.Text }
    $world = Get-World
    if (-not $world.access) { $world.access = @{} }
    $world.access[(Get-OwnKey $path)] = @{}
    Set-World $world
}

function New-OwnFolder($path, $sddl) {
    [void] [IO.Directory]::CreateDirectory($path)
    Set-OwnAccess $path $sddl
}

function Get-Acl {
    param($LiteralPath)
    if (-not (Test-RealPath $LiteralPath)) { throw "not there: $LiteralPath" }
    $world = Get-World
    $one = @{}
    if ($world.access -and $world.access[(Get-OwnKey $LiteralPath)]) { $one = $world.access[(Get-OwnKey $LiteralPath)] }
    $entries = @(@('S-1-5-18', 0x1f01ff), @('S-1-5-32-544', 0x1f01ff), @('S-1-5-32-545', 0x1200a9))
    if ($one.entries) { $entries += @($one.entries | ForEach-Object { , $_ }) }
    $acl = [pscustomobject] @{
        AreAccessRulesProtected = -not $one.open
        Owner = if ($one.owner) { $one.owner } else { 'S-1-5-32-544' }
        Rules = @($entries | ForEach-Object { [pscustomobject] @{ IdentityReference = [pscustomobject] @{ Value = $_[0] }; FileSystemRights = $_[1] } })
    }
    $acl | Add-Member ScriptMethod GetOwner { [pscustomobject] @{ Value = $this.Owner } }
    $acl | Add-Member ScriptMethod GetAccessRules { $this.Rules } -PassThru
}

function Remove-Item {
    [CmdletBinding()]
    param($LiteralPath, [switch] $Recurse, [switch] $Force)
    if ($LiteralPath -notlike 'HKLM:*') { return Microsoft.PowerShell.Management\Remove-Item @PSBoundParameters }
    $world = Get-World
    $world.marks.Remove((Split-Path -Leaf $LiteralPath.Replace('\', '/')))
    Set-World $world
}

class Store {
    [string] $Place
    [object] $Certificates
    Store([string] $name) { $this.Place = "LocalMachine\$name\"; $this.Certificates = $this }
    [void] Open([string] $how) { if ($how -ne 'ReadWrite') { throw $how } }
    [void] Close() { }
    [void] Add([object] $one) {
        $world = Get-World
        if (-not $world.full) { $world.certificates = @($world.certificates) + ($this.Place + $one.Thumbprint) }
        Set-World $world
    }
    [object] Find([string] $by, [string] $thumbprint, [bool] $valid) {
        if ($by -ne 'FindByThumbprint' -or $valid) { throw $by }
        return @((Get-World).certificates | Where-Object { $_ -eq $this.Place + $thumbprint })
    }
    [void] Remove([object] $one) {
        $world = Get-World
        $world.certificates = @($world.certificates | Where-Object { $_ -ne $one })
        Set-World $world
    }
}

function New-Object {
    param([Parameter(Position = 0)] $TypeName, [Parameter(Position = 1)] $ArgumentList)
    if ($TypeName -eq 'IO.DriveInfo') { return [pscustomobject] @{ DriveType = [IO.DriveType] (Get-World).drive } }
    if ($TypeName -eq 'Security.AccessControl.DirectorySecurity' -or $TypeName -eq 'Security.AccessControl.EventWaitHandleSecurity') { return [Sddl]::new() }
    if ($TypeName -eq 'Threading.EventWaitHandle') { return New-OwnEvent $ArgumentList[2] $ArgumentList[4] }
    if ($TypeName -like '*.X509Store') {
        if ($ArgumentList[1] -ne 'LocalMachine') { throw $ArgumentList[1] }
        return [Store]::new($ArgumentList[0])
    }
    Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName -ArgumentList $ArgumentList
}

# The events of a start: who may do what with them, and what was set.
function New-OwnEvent($name, $access) {
    Write-Event @{ event = $name; access = $access.Text }
    [pscustomobject] @{ Name = $name } | Add-Member ScriptMethod Set { Write-Event @{ set = $this.Name }; $true } -PassThru
}

function Write-Event($what) { [IO.File]::AppendAllText("$env:PC/events.txt", (ConvertTo-Json -Compress $what) + "`n") }

function Get-AuthenticodeSignature {
    param($LiteralPath)
    if (-not [IO.File]::Exists($LiteralPath)) { throw "no such file: $LiteralPath" }
    $world = Get-World
    if ($world.broken) { throw $world.broken }
    $status = $world.status
    # Registered is enough once a test does not say otherwise.
    if ($status -eq 'Unregistered') { $status = if ($world.certificates -match 'TrustedPublisher') { 'Valid' } else { 'UnknownError' } }
    if ([IO.File]::ReadAllText($LiteralPath).Contains('CHANGED-BYTE')) { $status = 'HashMismatch' }
    $signer = if ($world.signer) { [Security.Cryptography.X509Certificates.X509Certificate2]::new([IO.File]::ReadAllBytes($world.signer)) }
    # After its last day Windows takes a signature for good where it is timestamped, whether the command tells of that or not.
    $ended = $signer -and (Get-Date) -gt $signer.NotAfter -and -not $world.timestamp -and -not $world.untold
    [pscustomobject] @{
        Status = if ($ended -and $status -eq 'Valid') { 'UnknownError' } else { $status }
        SignerCertificate = $signer
        TimeStamperCertificate = $world.timestamp
    }
}

function Get-ExecutionPolicy {
    param([switch] $List)
    $world = Get-World
    foreach ($scope in 'MachinePolicy', 'UserPolicy', 'Process', 'CurrentUser', 'LocalMachine') {
        $policy = if ($world.policy.ContainsKey($scope)) { $world.policy[$scope] } else { 'Undefined' }
        [pscustomobject] @{ Scope = $scope; ExecutionPolicy = $policy }
    }
}

function Get-Date {
    $now = (Get-World).now
    if ($now) { [datetime]::ParseExact($now, 'yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture) } else { [datetime]::Now }
}

# A person who has the paper, `paper`, reads the number of a group off the screen; what else is asked is answered with `answer`.
$script:Screen = ''
function Write-Host {
    param($Object)
    $script:Screen = [string] $Object
    Microsoft.PowerShell.Utility\Write-Host $Object
}

if (-not $world.typed) {
    function Read-Host {
        $world = Get-World
        if ($script:Screen -notmatch '^(\d+) 番、(\d+) 番、(\d+) 番の組') { return $world.answer }
        if ($null -eq $world.paper) { return '' }
        (1..3 | ForEach-Object { $world.paper.Substring(4 * ([int] $Matches[$_] - 1), 4) }) -join ' '
    }
}

# The elevated side: 'declined', or what the machine pass of a bundle would do, or, for a -Command,
# the command itself in a new runspace without this one's variables.
function Start-Process {
    param($FilePath, $ArgumentList, $Verb, [switch] $PassThru)
    if (-not $Verb) { return [IO.File]::WriteAllText("$env:PC/handed.txt", "$FilePath $ArgumentList") }
    Write-Call @{ elevated = $ArgumentList; file = $FilePath; verb = $Verb }
    $world = Get-World
    if ($world.declines) { $world.declines--; Set-World $world; throw [InvalidOperationException]::new([ComponentModel.Win32Exception]::new(1223).Message) }
    if ($world.elevation -eq 'declined') { throw [InvalidOperationException]::new('This command cannot be run: ' + [ComponentModel.Win32Exception]::new(1223).Message) }
    if ($world.elevation -eq 'impossible') { throw [InvalidOperationException]::new('no memory') }
    $code = $world.exit
    if ($ArgumentList -match '-Command "(.*)"$') {
        $text = '. $env:MOCKS; ' + $Matches[1]
        if ($null -ne $world.swapped) { [IO.File]::WriteAllText("$env:REAL/terminal.ps1", $world.swapped) }
        $path = $env:PSModulePath
        $code = 0
        try {
            . $env:WINDOW
            $half = Invoke-InWindow $text
            if ($null -ne $half.Exit) { $code = $half.Exit }
            [IO.File]::AppendAllText("$env:PC/half.txt", $half.Shown)
        } catch {
            Write-Call @{ output = "$_" }
            $code = 1
        } finally { $env:PSModulePath = $path }
    } elseif ($false -ne $world.result) {
        $run = $ArgumentList -replace '.* -Run ' -replace ' .*'
        $left = if ($world.result) { $world.result } else { @{ file = 'RUN'; text = '{"format": 1, "run": "RUN", "exit": ' + $code + '}' } }
        $text = $left.text.Replace('RUN', $run)
        [IO.File]::WriteAllText((Join-Path $env:PC "programdata/oqsgen/results/$($left.file.Replace('RUN', $run)).json"), $text)
    }
    $process = [pscustomobject] @{ Id = 2147483647 }
    if ($world.inaccessible) {
        $process | Add-Member ScriptMethod WaitForExit { throw 'Access is denied' }
        $process | Add-Member ScriptProperty ExitCode { throw 'Access is denied' }
    } else {
        $process | Add-Member ScriptMethod WaitForExit { $true }
        $process | Add-Member NoteProperty ExitCode $code
    }
    $process
}
