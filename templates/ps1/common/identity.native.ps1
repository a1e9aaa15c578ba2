# Who is who: always as SIDs, since names are localized.

function Get-TokenSid { return [Security.Principal.WindowsIdentity]::GetCurrent().User.Value }

function Get-TokenName {
    # The name of the account that this process runs as, without its computer or domain.
    return [Security.Principal.WindowsIdentity]::GetCurrent().Name.Split('\')[-1]
}

function Test-Elevated {
    $principal = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
    return $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Get-SessionOwnerSid {
    # The owner of the oldest explorer.exe of this session; $null when there is none or it cannot be asked.
    $session = [Diagnostics.Process]::GetCurrentProcess().SessionId
    $shells = @(Get-CimInstance -ClassName Win32_Process -Filter "Name = 'explorer.exe' AND SessionId = $session" |
        Sort-Object CreationDate)
    foreach ($shell in $shells) {
        $answer = Invoke-CimMethod -InputObject $shell -MethodName GetOwnerSid
        if ($answer.ReturnValue -eq 0) { return [string] $answer.Sid }
    }
    return $null
}

function Get-AccountSid {
    # The SID of a local account; $null when there is no such account.
    param([string] $Name)
    try {
        $account = New-Object Security.Principal.NTAccount([Environment]::MachineName, $Name)
        return $account.Translate([Security.Principal.SecurityIdentifier]).Value
    }
    catch [Security.Principal.IdentityNotMappedException] { return $null }
}

function Get-AccountName {
    # The name behind a SID, without its computer or domain; the SID where nobody has it any more.
    param([string] $Sid)
    try {
        return (New-Object Security.Principal.SecurityIdentifier($Sid)).Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
    }
    catch [Security.Principal.IdentityNotMappedException] { return $Sid }
}

function Get-ProfileFolder {
    # The persons who have a profile on this PC: sid, path of their LocalAppData.
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey(
        [Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $list = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList')
        foreach ($sid in $list.GetSubKeyNames()) {
                # After a problem with a profile Windows keeps the old entry: its name ends in .bak.
                if ($sid -notmatch '^S-1-5-21-\d+(-\d+)+$') { continue }
                $key = $list.OpenSubKey($sid)
                $path = [string] $key.GetValue('ProfileImagePath')
                $key.Dispose()
                if ($path) { [pscustomobject] @{ sid = $sid; path = [IO.Path]::Combine($path, 'AppData\Local') } }
        }
        $list.Dispose()
    }
    finally { $base.Dispose() }
}

function Get-LogonCode {
    # What Windows answers to a password of a local account, by a logon as over the network (no profile is made): 0, or its
    # error. Windows counts the wrong ones, so nothing but logon.ps1 calls this.
    param([string] $Name, [Security.SecureString] $Secret)
    Import-NativeType
    $text = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    try { return [OqsGen.Logon]::Try($Name, $text) } finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($text) }
}
