# Trying the password of a local account. Windows 11 locks an account after ten wrong ones within ten minutes, so nothing
# but Get-SecretOutcome tries any, whether it was typed, is stored or is empty: a value once a pass; one that was refused
# not again while the account's password is the same; and after some wrong ones none for a while. Remembered are times and
# keyed hashes, in the folder of the journal; the key is with them, and only this PC can read it.

# Of the ten that Windows 11 allows: a stored one, the empty one, and two rounds of typing; whoever signs in has the others.
$script:LogonMost = 6
$script:LogonMinutes = 30
# Refused values that are remembered, of all accounts.
$script:LogonKept = 100

# What Windows' answers mean (winerror.h). right: also where the password has to be changed first or this sort of logon is
# not granted; restricted: the password is right, and something else forbids the logon, as Windows does with an empty one.
$script:LogonMeaning = @{
    0 = 'right'; 1330 = 'right'; 1385 = 'right'; 1907 = 'right'; 1326 = 'wrong'
    1327 = 'restricted'; 1328 = 'restricted'; 1329 = 'restricted'; 1331 = 'restricted'; 1793 = 'restricted'
}

# What became of each value in this pass.
$script:LogonOutcome = @{}

function Test-OwnLogonRecord { return ((Get-Field $script:Pass 'scope') -ceq 'user') }

function Get-LogonPath {
    # No kind of a user pass asks for an account's password; one that did could not write where the machine's are.
    if (Test-OwnLogonRecord) { return [IO.Path]::Combine((Get-UserFolder), 'logons.json') }
    return [IO.Path]::Combine((Get-MachineFolder).journal, 'logons.json')
}

function Read-LogonRecord {
    # key (bytes); tries, oldest first: account (SID), mark, at (minutes), refused (false: not known). Anew where there is
    # none, or where its key is not this PC's.
    $path = Get-LogonPath
    $record = [pscustomobject] @{ key = $null; tries = @() }
    if ([IO.File]::Exists($path)) {
        $text = Read-PlainText $path 1MB
        try {
            $read = ConvertFrom-Json $text
            $record.tries = @($read.tries | Where-Object { $_ } | Select-Object -Property account, mark, at, refused)
            $record.key = Unprotect-MachineByte ([Convert]::FromBase64String($read.key))
        }
        # Without its key nothing is known to be refused; how many were tried still is.
        catch { $record.key = $null }
    }
    if ($null -eq $record.key) { $record.key = New-RandomByte 32 }
    return $record
}

function Write-LogonRecord {
    # On the disk when this returns, whole or not at all.
    param([object] $Record)
    $now = Get-LogonMinute
    $tries = @($Record.tries | Where-Object { $_.refused -or [math]::Abs($now - $_.at) -le $script:LogonMinutes } |
        Select-Object -Last $script:LogonKept)
    $value = [ordered] @{ format = 1; key = [Convert]::ToBase64String((Protect-MachineByte $Record.key)); tries = $tries }
    $path = Get-LogonPath
    $new = "$path.new"
    [IO.File]::Delete($new)
    if (-not (Test-OwnLogonRecord)) { Initialize-File $new $script:PrivateSddl.Replace('OICI', '') }
    Add-FileText $new ((ConvertTo-JsonText $value) + "`n")
    if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) } else { [IO.File]::Move($new, $path) }
}

function Get-LogonMinute { return [long] [math]::Floor((Get-LocalTime).Ticks / [TimeSpan]::TicksPerMinute) }

function Get-LogonMark {
    # The same text for the same secret of the same account, until the account's password is set anew.
    param([byte[]] $Key, [string] $Sid, [string] $Since, [Security.SecureString] $Secret)
    $head = [Text.Encoding]::Unicode.GetBytes("$Sid $Since ")
    $own = ConvertTo-SecretByte $Secret
    $bytes = New-Object byte[] ($head.Length + $own.Length)
    $hash = New-Object Security.Cryptography.HMACSHA256(, $Key)
    try {
        [array]::Copy($head, $bytes, $head.Length)
        [array]::Copy($own, 0, $bytes, $head.Length, $own.Length)
        return [BitConverter]::ToString($hash.ComputeHash($bytes), 0, 16).Replace('-', '').ToLowerInvariant()
    }
    finally { $hash.Dispose(); [array]::Clear($own, 0, $own.Length); [array]::Clear($bytes, 0, $bytes.Length) }
}

function Invoke-LogonTry {
    # Tries a secret where that may be done: right, restricted, wrong, unknown, or wait.
    param([object] $Record, [string] $Name, [string] $Sid, [string] $Mark, [Security.SecureString] $Secret)
    if (@($Record.tries | Where-Object { $_.refused -and $_.mark -ceq $Mark }).Length -gt 0) { return 'wrong' }
    $now = Get-LogonMinute
    $recent = @($Record.tries | Where-Object { $_.account -ceq $Sid -and [math]::Abs($now - $_.at) -le $script:LogonMinutes })
    if ($recent.Length -ge $script:LogonMost) { return 'wait' }
    # Noted first: what is cut short in between counts too.
    $try = [pscustomobject] @{ account = $Sid; mark = $Mark; at = $now; refused = $false }
    $Record.tries = @($Record.tries) + @($try)
    Write-LogonRecord $Record
    $outcome = [string] $script:LogonMeaning[[int] (Get-LogonCode -Name $Name -Secret $Secret)]
    if ($outcome -ceq '') { $outcome = 'unknown' }
    if ($outcome -ceq 'wrong') { $try.refused = $true }
    if (@('right', 'restricted') -ccontains $outcome) { $Record.tries = @($Record.tries | Where-Object { $_ -ne $try }) }
    # A good logon sets Windows' own count back.
    if ($outcome -ceq 'right') { foreach ($one in $Record.tries) { if ($one.account -ceq $Sid) { $one.at = [long] 0 } } }
    Write-LogonRecord $Record
    return $outcome
}
