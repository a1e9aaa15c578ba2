# What a kind keeps in this person's folder, each protected for this person alone: a secret that undoing will need, and
# the key of the marks. Nothing else may be able to read it, and it goes away once it is undone.

function Get-ProtectedFolder { return [IO.Path]::Combine((Get-UserFolder), 'keep') }

function Get-ProtectedName {
    # Names of what is kept.
    $folder = Get-ProtectedFolder
    if (-not [IO.Directory]::Exists($folder)) { return }
    foreach ($path in [IO.Directory]::GetFiles($folder, '*.kept')) { [IO.Path]::GetFileNameWithoutExtension($path) }
}

function Get-ProtectedPath {
    param([string] $Name)
    return [IO.Path]::Combine((Get-ProtectedFolder), "$Name.kept")
}

function Read-ProtectedItem {
    # The bytes; $null where there are none or where they cannot be read for this person any more. A file that only cannot
    # be opened now is an error: nothing may be put in its place.
    param([string] $Name)
    $path = Get-ProtectedPath $Name
    if (-not [IO.File]::Exists($path)) { return , $null }
    try { return , (Unprotect-OwnByte ([Convert]::FromBase64String([IO.File]::ReadAllText($path)))) }
    catch [Security.Cryptography.CryptographicException], [FormatException] { return , $null }
}

function Write-ProtectedItem {
    # On the disk when it returns, whole or not at all.
    param([string] $Name, [byte[]] $Bytes)
    Initialize-Folder (Get-ProtectedFolder)
    $path = Get-ProtectedPath $Name
    $new = [IO.Path]::ChangeExtension($path, '.new')
    [IO.File]::Delete($new)
    Add-FileText $new ([Convert]::ToBase64String((Protect-OwnByte $Bytes)))
    if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) } else { [IO.File]::Move($new, $path) }
}

function Remove-ProtectedItem {
    param([string] $Name)
    $path = Get-ProtectedPath $Name
    [IO.File]::Delete([IO.Path]::ChangeExtension($path, '.new'))
    [IO.File]::Delete($path)
}

function Get-KeyedHash {
    # The same text for the same bytes, from which nothing can be guessed: a keyed hash, its key kept here. A plain hash
    # of a short secret could be found by trying.
    param([byte[]] $Bytes)
    $key = Read-ProtectedItem 'mark'
    if ($null -eq $key) {
        $key = New-RandomByte 32
        Write-ProtectedItem 'mark' $key
    }
    $hash = New-Object Security.Cryptography.HMACSHA256(, $key)
    try { return [BitConverter]::ToString($hash.ComputeHash($Bytes), 0, 16).Replace('-', '').ToLowerInvariant() }
    finally { $hash.Dispose(); [array]::Clear($key, 0, $key.Length) }
}

function New-RandomByte {
    param([int] $Count)
    $bytes = New-Object byte[] $Count
    $random = New-Object Security.Cryptography.RNGCryptoServiceProvider
    try { $random.GetBytes($bytes) } finally { $random.Dispose() }
    return , $bytes
}

function ConvertTo-SecretByte {
    # UTF-16LE bytes of a SecureString, for the caller to clear; it is never a text on the way.
    param([Security.SecureString] $Secret)
    $bytes = New-Object byte[] (2 * $Secret.Length)
    $memory = [IntPtr]::Zero
    try {
        $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
        [Runtime.InteropServices.Marshal]::Copy($memory, $bytes, 0, $bytes.Length)
    }
    finally { if ($memory -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) } }
    return , $bytes
}
