# oqsgen: オンライン資格確認端末の設定を、適用し、確認し、元に戻す。
# このファイルは署名されています。1 文字でも変えると動きません（UTF-8 BOM 付き、改行 CRLF、Windows PowerShell 5.1）。
# ランチャー（.cmd）から開いてください。値はすべて、下の方の $plan に JSON として入っています。
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)] [ValidateSet('Apply', 'Verify', 'Rollback')] [string] $Mode,
    [Parameter(Mandatory = $true)] [ValidateSet('Machine', 'User')] [string] $Scope,
    [ValidatePattern('^[0-9A-Za-z-]{0,64}$')] [string] $Run = '',
    [switch] $ReportOnly,
    [switch] $UacDeclined
)
if ("$($ExecutionContext.SessionState.LanguageMode)" -ne 'FullLanguage') {
    'この PC では PowerShell の機能が制限されている（App Control、スマート アプリ コントロールなど）ため、実行できません。'
    '何も変更していません。PC の管理者かベンダーに、この一式の発行者を許可する設定を依頼してください。'
    if ($Scope -eq 'Machine') { Read-Host 'Enter キーを押すと閉じます' }
    exit 2
}
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

# Folders with their access lists. An access list is text in SDDL here, the whole of it, inherited entries too.

function Read-PathAccess {
    # Whether it is a folder, whether it leads elsewhere, its owner and its access list; $null where nothing is there.
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    $reparse = ([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) -ne 0
    $sections = [Security.AccessControl.AccessControlSections]::Access -bor [Security.AccessControl.AccessControlSections]::Owner
    if ($folder) { $security = [IO.Directory]::GetAccessControl($Path, $sections) } else { $security = [IO.File]::GetAccessControl($Path, $sections) }
    return [pscustomobject] @{
        folder = $folder; reparse = $reparse
        owner = $security.GetOwner([Security.Principal.SecurityIdentifier]).Value
        sddl = $security.GetSecurityDescriptorSddlForm([Security.AccessControl.AccessControlSections]::Access)
    }
}

function Test-FolderPresence {
    param([string] $Path)
    return [IO.Directory]::Exists($Path)
}

function Write-FolderAccess {
    # Gives a folder the entries of an SDDL text; unless that says P, Windows adds what the folder above hands down.
    param([string] $Path, [string] $Sddl)
    $section = [Security.AccessControl.AccessControlSections]::Access
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm($Sddl, $section)
    [IO.Directory]::SetAccessControl($Path, $security)
}

function Add-Folder {
    param([string] $Path)
    $null = [IO.Directory]::CreateDirectory($Path)
}

function Clear-EmptyFolder {
    # Removes a folder that holds nothing; $true where it is gone.
    param([string] $Path)
    if (-not [IO.Directory]::Exists($Path)) { return $true }
    if (@([IO.Directory]::GetFileSystemEntries($Path)).Length -gt 0) { return $false }
    # Not recursive: Windows itself refuses where something was put in meanwhile.
    [IO.Directory]::Delete($Path, $false)
    return $true
}

function Get-FolderContent {
    # Full paths of what stands directly in a folder.
    param([string] $Path)
    return , @([IO.Directory]::GetFileSystemEntries($Path))
}

function ConvertFrom-Sddl {
    # The access list of an SDDL text: protected, and its entries in their order. `type` 0 allows, 1 denies; `flags` are
    # those of ACE_HEADER (MS-DTYP 2.4.4.1); entries of another sort have no rights here. `entries` is $null where there is no list, which grants everything.
    param([string] $Sddl)
    $descriptor = New-Object Security.AccessControl.RawSecurityDescriptor($Sddl)
    $protected = ($descriptor.ControlFlags -band [Security.AccessControl.ControlFlags]::DiscretionaryAclProtected) -ne 0
    if ($null -eq $descriptor.DiscretionaryAcl) { return [pscustomobject] @{ protected = $protected; entries = $null } }
    $entries = @(foreach ($entry in $descriptor.DiscretionaryAcl) {
            $rights = $null
            $sid = ''
            if ($entry -is [Security.AccessControl.CommonAce]) { $rights = [long] $entry.AccessMask -band 4294967295; $sid = $entry.SecurityIdentifier.Value }
            [pscustomobject] @{ type = [int] $entry.AceType; flags = [int] $entry.AceFlags; rights = $rights; sid = $sid }
        })
    return [pscustomobject] @{ protected = $protected; entries = $entries }
}

# Local accounts beyond the LocalAccounts module: Get-LocalGroupMember fails on a group with an orphaned SID
# (github.com/PowerShell/PowerShell/issues/2996).

function Import-AccountType {
    if ('OqsGen.Account' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Principal;
namespace OqsGen
{
    public static class Account
    {
        const int EverythingAtOnce = -1;

        [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
        static extern int NetLocalGroupGetMembers(string server, string group, int level, out IntPtr buffer, int length, out int read, out int total, IntPtr resume);
        [DllImport("netapi32.dll")]
        static extern int NetApiBufferFree(IntPtr buffer);

        // Level 0 gives SIDs alone, so that a member that no longer exists is no error.
        public static string[] Members(string groupSid)
        {
            string group = ((NTAccount)new SecurityIdentifier(groupSid).Translate(typeof(NTAccount))).Value;
            group = group.Substring(group.LastIndexOf('\\') + 1);
            IntPtr buffer;
            int read, total;
            int code = NetLocalGroupGetMembers(null, group, 0, out buffer, EverythingAtOnce, out read, out total, IntPtr.Zero);
            if (code != 0) throw new Win32Exception(code);
            try
            {
                string[] sids = new string[read];
                for (int i = 0; i < read; i++) sids[i] = new SecurityIdentifier(Marshal.ReadIntPtr(buffer, i * IntPtr.Size)).Value;
                return sids;
            }
            finally { NetApiBufferFree(buffer); }
        }
    }
}
'@
}

function Get-GroupMember {
    # The SIDs of the members of a local group, itself named by its SID.
    param([string] $Sid)
    Import-AccountType
    return , @([OqsGen.Account]::Members($Sid))
}

# The certificate stores of the signed-in person, and what a .p12 file holds. Times are seconds since 1970, UTC.

function ConvertTo-CertificateData {
    param([object] $Certificate)
    $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    $simple = [Security.Cryptography.X509Certificates.X509NameType]::SimpleName
    $limits = @($Certificate.Extensions | Where-Object { $_ -is [Security.Cryptography.X509Certificates.X509BasicConstraintsExtension] })
    return [pscustomobject] @{
        thumbprint = [string] $Certificate.Thumbprint; subject = [string] $Certificate.Subject
        name = $Certificate.GetNameInfo($simple, $false); issuer = $Certificate.GetNameInfo($simple, $true)
        selfIssued = ($Certificate.SubjectName.Name -ceq $Certificate.IssuerName.Name)
        authority = ($limits.Length -gt 0 -and $limits[0].CertificateAuthority)
        from = [long] [math]::Floor(($Certificate.NotBefore.ToUniversalTime() - $epoch).TotalSeconds)
        to = [long] [math]::Floor(($Certificate.NotAfter.ToUniversalTime() - $epoch).TotalSeconds)
        key = [bool] $Certificate.HasPrivateKey; bytes = $Certificate.RawData
    }
}

function Open-CertificateStore {
    param([string] $Store, [switch] $Write)
    $opened = New-Object Security.Cryptography.X509Certificates.X509Store($Store, [Security.Cryptography.X509Certificates.StoreLocation]::CurrentUser)
    $flags = [Security.Cryptography.X509Certificates.OpenFlags]::ReadOnly
    if ($Write) { $flags = [Security.Cryptography.X509Certificates.OpenFlags]::ReadWrite }
    $opened.Open($flags)
    return $opened
}

function Find-CertificateIn {
    # The certificate of an opened store; $null where it is not there.
    param([object] $Opened, [string] $Thumbprint)
    foreach ($certificate in $Opened.Certificates) { if ($certificate.Thumbprint -eq $Thumbprint) { return $certificate } }
    return $null
}

function Read-CertificateStore {
    # Every certificate of My, CA or Root, those that the computer gives everybody included.
    param([string] $Store)
    $opened = Open-CertificateStore $Store
    try { $found = @(foreach ($certificate in $opened.Certificates) { ConvertTo-CertificateData $certificate }) }
    finally { $opened.Close() }
    return $found
}

function Read-CertificateKey {
    # exportable, strong (the person is asked whenever it is used) of a private key in My, $null each where the key does not
    # tell; lost where there should be a key, but Windows cannot open it.
    param([string] $Thumbprint)
    $answer = [pscustomobject] @{ exportable = $null; strong = $null; lost = $false }
    $opened = Open-CertificateStore 'My'
    try {
        $certificate = Find-CertificateIn $opened $Thumbprint
        if ($null -eq $certificate -or -not $certificate.HasPrivateKey) { return $answer }
        # A method that throws is caught; a property that throws is $null in PowerShell.
        $key = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
        if ($null -eq $key) { $key = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($certificate) }
        if ($key -is [Security.Cryptography.RSACryptoServiceProvider]) {
            $exportable = $key.CspKeyContainerInfo.Exportable
            $answer.lost = ($null -eq $exportable)
            if (-not $answer.lost) { $answer.exportable = [bool] $exportable }
            $strong = $key.CspKeyContainerInfo.Protected
            if ($null -ne $strong) { $answer.strong = [bool] $strong }
        }
        elseif ($key -is [Security.Cryptography.RSACng] -or $key -is [Security.Cryptography.ECDsaCng]) {
            # AllowExport 1, AllowPlaintextExport 2.
            $policy = $key.Key.ExportPolicy
            if ($null -ne $policy) { $answer.exportable = (([int] $policy -band 3) -ne 0) }
            $prompt = $key.Key.UIPolicy
            if ($null -ne $prompt) { $answer.strong = ([int] $prompt.ProtectionLevel -ne 0) }
        }
        return $answer
    }
    catch [Security.Cryptography.CryptographicException] {
        # Its container has gone, or the password of Windows was reset.
        $answer.lost = $true
        return $answer
    }
    finally { $opened.Close() }
}

function Read-CertificateFile {
    # What a .p12 holds, opened in memory alone: {error, certificates}. error is 0 or
    # an HRESULT: -2147024810 (0x80070056) for a wrong password.
    param([byte[]] $Bytes, [Security.SecureString] $Secret)
    $found = New-Object Security.Cryptography.X509Certificates.X509Certificate2Collection
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    # EphemeralKeySet, since .NET Framework 4.7.2: nothing is written.
    try { $found.Import($Bytes, [Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory), [Security.Cryptography.X509Certificates.X509KeyStorageFlags] 32) }
    catch [Security.Cryptography.CryptographicException] { return [pscustomobject] @{ error = (Get-CertificateError $_.Exception); certificates = @() } }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
    $certificates = @(foreach ($certificate in $found) {
            ConvertTo-CertificateData $certificate
            $certificate.Reset()
        })
    return [pscustomobject] @{ error = 0; certificates = $certificates }
}

function Get-CertificateError {
    # The HRESULT of what was thrown in a method that PowerShell called.
    param([Exception] $Exception)
    while ($Exception -isnot [Security.Cryptography.CryptographicException] -and $null -ne $Exception.InnerException) { $Exception = $Exception.InnerException }
    return [int] $Exception.HResult
}

function Initialize-CertificateType {
    if ($null -eq ('OqsGen.PersonalKey' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PersonalKey
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Blob { public int Size; public IntPtr Data; }

        [DllImport("crypt32.dll", SetLastError = true)]
        static extern IntPtr PFXImportCertStore(ref Blob file, IntPtr password, uint flags);
        [DllImport("crypt32.dll")]
        static extern bool CertCloseStore(IntPtr store, uint flags);
        [DllImport("crypt32.dll", SetLastError = true)]
        static extern bool CryptFindCertificateKeyProvInfo(IntPtr certificate, uint flags, IntPtr reserved);

        // A store in memory; the private keys are in the person's key set from now on.
        // CRYPT_USER_KEYSET 0x1000, PKCS12_INCLUDE_EXTENDED_PROPERTIES 0x10. Without CRYPT_EXPORTABLE 0x1 a key cannot be
        // exported; without CRYPT_USER_PROTECTED 0x2 nobody is asked when it is used.
        public static IntPtr Import(byte[] file, IntPtr password)
        {
            GCHandle pinned = GCHandle.Alloc(file, GCHandleType.Pinned);
            try
            {
                Blob blob = new Blob();
                blob.Size = file.Length;
                blob.Data = pinned.AddrOfPinnedObject();
                IntPtr store = PFXImportCertStore(ref blob, password, 0x1010);
                if (store == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
                return store;
            }
            finally { pinned.Free(); }
        }

        public static void Close(IntPtr store) { CertCloseStore(store, 0); }

        // Looks for the person's key that belongs to a certificate, and notes it there: CRYPT_FIND_USER_KEYSET_FLAG 1,
        // CRYPT_FIND_SILENT_KEYSET_FLAG 0x40.
        public static bool Find(IntPtr certificate) { return CryptFindCertificateKeyProvInfo(certificate, 0x41, IntPtr.Zero); }
    }
}
'@
    }
}

function Import-CertificateKey {
    # Puts one certificate of a .p12 with its private key into My of the person.
    param([byte[]] $Bytes, [Security.SecureString] $Secret, [string] $Thumbprint)
    Initialize-CertificateType
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($Secret)
    try { $handle = [OqsGen.PersonalKey]::Import($Bytes, $memory) }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($memory) }
    try {
        $file = New-Object Security.Cryptography.X509Certificates.X509Store($handle)
        $certificate = Find-CertificateIn $file $Thumbprint
        $opened = Open-CertificateStore 'My' -Write
        try { $opened.Add($certificate) } finally { $opened.Close(); $file.Close() }
    }
    finally { [OqsGen.PersonalKey]::Close($handle) }
}

function Export-CertificateCopy {
    # A certificate of My as Windows serializes it: public, with the name of the place where its key is, without the key.
    param([string] $Thumbprint)
    $opened = Open-CertificateStore 'My'
    try { return , (Find-CertificateIn $opened $Thumbprint).Export([Security.Cryptography.X509Certificates.X509ContentType]::SerializedCert) }
    finally { $opened.Close() }
}

function Add-Certificate {
    # Puts a certificate, plain or serialized, into My, CA or Root. Into Root Windows asks the person: $false after "No".
    param([string] $Store, [byte[]] $Bytes)
    $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2(, $Bytes)
    if ($Store -eq 'My' -and -not $certificate.HasPrivateKey) {
        Initialize-CertificateType
        $null = [OqsGen.PersonalKey]::Find($certificate.Handle)
    }
    $opened = Open-CertificateStore $Store -Write
    try { $opened.Add($certificate) }
    catch [Security.Cryptography.CryptographicException] {
        # ERROR_CANCELLED
        if ((Get-CertificateError $_.Exception) -ne -2147023673) { throw }
        return $false
    }
    finally { $opened.Close() }
    return $true
}

function Clear-Certificate {
    # Takes a certificate out of a store; its private key stays. Of Root Windows asks the person: $false after "No".
    param([string] $Store, [string] $Thumbprint)
    $opened = Open-CertificateStore $Store -Write
    try {
        $certificate = Find-CertificateIn $opened $Thumbprint
        if ($null -ne $certificate) { $opened.Remove($certificate) }
    }
    catch [Security.Cryptography.CryptographicException] {
        if ((Get-CertificateError $_.Exception) -ne -2147023673) { throw }
        return $false
    }
    finally { $opened.Close() }
    return $true
}

# The clocks of the PC. Kinds ask here, so that a test can say what time it is.

function Get-LocalTime {
    return [DateTime]::Now
}

function Get-UptimeMinute {
    # Minutes since Windows was started, sleep included; not the 32-bit count, which starts over after 49 days.
    if (-not ('OqsGen.Clock' -as [type])) {
        Add-Type -TypeDefinition @'
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Clock
    {
        [DllImport("kernel32.dll")] static extern ulong GetTickCount64();

        public static long Minutes() { return (long)(GetTickCount64() / 60000); }
    }
}
'@
    }
    return [OqsGen.Clock]::Minutes()
}

# The window. Characters that the code page of the console lacks are shown as "?", never an error.

function Write-ConsoleLine {
    param([string] $Text)
    [Console]::Out.WriteLine($Text)
}

function Read-ConsoleLine {
    # $null when nobody can answer.
    param([string] $Prompt)
    [Console]::Out.Write($Prompt)
    return [Console]::In.ReadLine()
}

function Read-ConsoleSecret {
    # A SecureString that was typed without being shown.
    param([string] $Prompt)
    return Read-Host -Prompt $Prompt -AsSecureString
}

# Generic credentials of the signed-in person (credential manager), and data protected for that person alone.
# https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw and .../wincred/nf-wincred-credwritew

function Import-CredentialType {
    if ('OqsGen.Credential' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Credential
    {
        const int Generic = 1, NotFound = 1168;

        [StructLayout(LayoutKind.Sequential)]
        struct Entry
        {
            public int Flags; public int Type; public IntPtr Target; public IntPtr Comment; public System.Runtime.InteropServices.ComTypes.FILETIME LastWritten;
            public int BlobSize; public IntPtr Blob; public int Persist; public int AttributeCount; public IntPtr Attributes;
            public IntPtr Alias; public IntPtr User;
        }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, EntryPoint = "CredReadW")]
        static extern bool CredRead(string target, int type, int flags, out IntPtr entry);
        [DllImport("advapi32.dll", SetLastError = true, EntryPoint = "CredWriteW")]
        static extern bool CredWrite(ref Entry entry, int flags);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true, EntryPoint = "CredDeleteW")]
        static extern bool CredDelete(string target, int type, int flags);
        [DllImport("advapi32.dll")]
        static extern void CredFree(IntPtr entry);

        static IntPtr Find(string target)
        {
            IntPtr found;
            if (CredRead(target, Generic, 0, out found)) return found;
            int code = Marshal.GetLastWin32Error();
            if (code != NotFound) throw new Win32Exception(code);
            return IntPtr.Zero;
        }

        static void Forget(IntPtr found)
        {
            if (found == IntPtr.Zero) return;
            Entry entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
            for (int i = 0; i < entry.BlobSize; i++) Marshal.WriteByte(entry.Blob, i, 0);
            CredFree(found);
        }

        // User name, persistence, blob; null where there is none.
        public static object[] Read(string target)
        {
            IntPtr found = Find(target);
            if (found == IntPtr.Zero) return null;
            try
            {
                Entry entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
                byte[] blob = new byte[entry.BlobSize];
                if (blob.Length > 0) Marshal.Copy(entry.Blob, blob, 0, blob.Length);
                return new object[] { Marshal.PtrToStringUni(entry.User) ?? "", entry.Persist, blob };
            }
            finally { Forget(found); }
        }

        // Comment and attributes of an entry that is there stay as they are.
        public static void Write(string target, string user, int persist, byte[] blob)
        {
            IntPtr found = Find(target);
            Entry entry = new Entry();
            if (found != IntPtr.Zero) entry = (Entry)Marshal.PtrToStructure(found, typeof(Entry));
            IntPtr memory = Marshal.AllocHGlobal(blob.Length + 2);
            IntPtr targetText = Marshal.StringToHGlobalUni(target);
            IntPtr userText = Marshal.StringToHGlobalUni(user);
            try
            {
                Marshal.Copy(blob, 0, memory, blob.Length);
                entry.Type = Generic;
                entry.Target = targetText;
                entry.User = userText;
                entry.Persist = persist;
                entry.Blob = memory;
                entry.BlobSize = blob.Length;
                if (!CredWrite(ref entry, 0)) throw new Win32Exception(Marshal.GetLastWin32Error());
            }
            finally
            {
                for (int i = 0; i < blob.Length; i++) Marshal.WriteByte(memory, i, 0);
                Marshal.FreeHGlobal(memory);
                Marshal.FreeHGlobal(targetText);
                Marshal.FreeHGlobal(userText);
                Forget(found);
            }
        }

        public static void Delete(string target)
        {
            if (CredDelete(target, Generic, 0)) return;
            int code = Marshal.GetLastWin32Error();
            if (code != NotFound) throw new Win32Exception(code);
        }
    }
}
'@
}

function Read-Credential {
    # userName, persist, blob (bytes, for the caller to clear); $null where there is none.
    param([string] $Name)
    Import-CredentialType
    $found = [OqsGen.Credential]::Read($Name)
    if ($null -eq $found) { return $null }
    return [pscustomobject] @{ userName = [string] $found[0]; persist = [int] $found[1]; blob = [byte[]] $found[2] }
}

function Write-Credential {
    param([string] $Name, [string] $UserName, [int] $Persist, [byte[]] $Blob)
    Import-CredentialType
    [OqsGen.Credential]::Write($Name, $UserName, $Persist, $Blob)
}

function Clear-Credential {
    # Nothing happens where there is none.
    param([string] $Name)
    Import-CredentialType
    [OqsGen.Credential]::Delete($Name)
}

function Import-ProtectionType {
    if ('System.Security.Cryptography.ProtectedData' -as [type]) { return }
    Add-Type -AssemblyName System.Security
}

function Protect-OwnByte {
    # Bytes that only this person can read again (DPAPI).
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Protect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::CurrentUser)
}

function Unprotect-OwnByte {
    param([byte[]] $Bytes)
    Import-ProtectionType
    return , [Security.Cryptography.ProtectedData]::Unprotect($Bytes, $null, [Security.Cryptography.DataProtectionScope]::CurrentUser)
}

# The desktop of the person who is signed in, and the one that all persons share.

function Get-DesktopFolder {
    # Wherever the person has moved it.
    param([switch] $Shared)
    if ($Shared) { return [Environment]::GetFolderPath([Environment+SpecialFolder]::CommonDesktopDirectory) }
    return [Environment]::GetFolderPath([Environment+SpecialFolder]::DesktopDirectory)
}

function Get-DesktopFile {
    # Full paths of the files of a desktop whose names end so.
    param([string] $Folder, [string] $Extension)
    if (-not [IO.Directory]::Exists($Folder)) { return }
    foreach ($path in [IO.Directory]::GetFiles($Folder)) { if ([IO.Path]::GetExtension($path) -ieq $Extension) { $path } }
}

function Write-DesktopFile {
    # A whole file, on the disk when this returns.
    param([string] $Path, [byte[]] $Bytes)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.Write($Bytes, 0, $Bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Clear-DesktopFile {
    param([string] $Path)
    [IO.File]::Delete($Path)
}

# Scaling of each display. DisplayConfig requests -3 (read) and -4 (write) are what the Settings page uses; they are not
# documented, so their sizes are fixed below and any refusal of Windows is reported as it is, never guessed around.
# https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-querydisplayconfig

function Import-DisplayType {
    if ('OqsGen.Display' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public sealed class DisplayScale
    {
        public string Path;
        public int Adapter;
        public int AdapterHigh;
        public int Source;
        public int Minimum;
        public int Relative;
        public int Maximum;
    }

    public static class Display
    {
        const int OnlyActivePaths = 2, InsufficientBuffer = 122, RemoteSession = 0x1000;
        // DISPLAYCONFIG_PATH_INFO 72: source 20 (adapter 0, id 8), target 48 (adapter 20, id 28), flags 4. DISPLAYCONFIG_MODE_INFO 64.
        const int PathSize = 72, ModeSize = 64;
        // A request begins with type, size, adapter (8), id: 20 bytes.
        const int TargetName = 2, TargetNameSize = 420, DevicePathAt = 164;
        const int ReadScale = -3, ReadScaleSize = 0x20, WriteScale = -4, WriteScaleSize = 0x18;

        [DllImport("user32.dll")] static extern int GetSystemMetrics(int index);
        [DllImport("user32.dll")] static extern int GetDisplayConfigBufferSizes(int flags, out int paths, out int modes);
        [DllImport("user32.dll")] static extern int QueryDisplayConfig(int flags, ref int paths, IntPtr pathArray, ref int modes, IntPtr modeArray, IntPtr topology);
        [DllImport("user32.dll")] static extern int DisplayConfigGetDeviceInfo(IntPtr request);
        [DllImport("user32.dll")] static extern int DisplayConfigSetDeviceInfo(IntPtr request);

        public static bool Remote() { return GetSystemMetrics(RemoteSession) != 0; }

        static IntPtr Request(int type, int size, int adapter, int adapterHigh, int id)
        {
            IntPtr memory = Marshal.AllocHGlobal(size);
            for (int i = 0; i < size; i++) Marshal.WriteByte(memory, i, 0);
            Marshal.WriteInt32(memory, 0, type);
            Marshal.WriteInt32(memory, 4, size);
            Marshal.WriteInt32(memory, 8, adapter);
            Marshal.WriteInt32(memory, 12, adapterHigh);
            Marshal.WriteInt32(memory, 16, id);
            return memory;
        }

        static string DevicePath(int adapter, int adapterHigh, int target)
        {
            IntPtr request = Request(TargetName, TargetNameSize, adapter, adapterHigh, target);
            try
            {
                int code = DisplayConfigGetDeviceInfo(request);
                if (code != 0) throw new Win32Exception(code);
                return Marshal.PtrToStringUni(new IntPtr(request.ToInt64() + DevicePathAt));
            }
            finally { Marshal.FreeHGlobal(request); }
        }

        // One entry for each active source (a cloned picture is one source), named by its first monitor's device path.
        public static DisplayScale[] Read()
        {
            for (int attempt = 0; ; attempt++)
            {
                int paths, modes;
                int code = GetDisplayConfigBufferSizes(OnlyActivePaths, out paths, out modes);
                if (code != 0) throw new Win32Exception(code);
                IntPtr pathArray = Marshal.AllocHGlobal(Math.Max(1, paths) * PathSize);
                IntPtr modeArray = Marshal.AllocHGlobal(Math.Max(1, modes) * ModeSize);
                try
                {
                    code = QueryDisplayConfig(OnlyActivePaths, ref paths, pathArray, ref modes, modeArray, IntPtr.Zero);
                    // A display was plugged in between the two calls.
                    if (code == InsufficientBuffer && attempt < 3) continue;
                    if (code != 0) throw new Win32Exception(code);
                    List<DisplayScale> scales = new List<DisplayScale>();
                    List<string> seen = new List<string>();
                    for (int i = 0; i < paths; i++)
                    {
                        int at = i * PathSize;
                        DisplayScale scale = new DisplayScale();
                        scale.Adapter = Marshal.ReadInt32(pathArray, at);
                        scale.AdapterHigh = Marshal.ReadInt32(pathArray, at + 4);
                        scale.Source = Marshal.ReadInt32(pathArray, at + 8);
                        string name = scale.AdapterHigh + " " + scale.Adapter + " " + scale.Source;
                        if (seen.Contains(name)) continue;
                        seen.Add(name);
                        scale.Path = DevicePath(Marshal.ReadInt32(pathArray, at + 20), Marshal.ReadInt32(pathArray, at + 24), Marshal.ReadInt32(pathArray, at + 28));
                        IntPtr request = Request(ReadScale, ReadScaleSize, scale.Adapter, scale.AdapterHigh, scale.Source);
                        try
                        {
                            code = DisplayConfigGetDeviceInfo(request);
                            if (code != 0) throw new Win32Exception(code);
                            scale.Minimum = Marshal.ReadInt32(request, 20);
                            scale.Relative = Marshal.ReadInt32(request, 24);
                            scale.Maximum = Marshal.ReadInt32(request, 28);
                        }
                        finally { Marshal.FreeHGlobal(request); }
                        scales.Add(scale);
                    }
                    return scales.ToArray();
                }
                finally
                {
                    Marshal.FreeHGlobal(pathArray);
                    Marshal.FreeHGlobal(modeArray);
                }
            }
        }

        // Windows' return code; 0 = done.
        public static int Write(DisplayScale scale, int relative)
        {
            IntPtr request = Request(WriteScale, WriteScaleSize, scale.Adapter, scale.AdapterHigh, scale.Source);
            try
            {
                Marshal.WriteInt32(request, 20, relative);
                return DisplayConfigSetDeviceInfo(request);
            }
            finally { Marshal.FreeHGlobal(request); }
        }
    }
}
'@
}

function Test-RemoteSession {
    # True in a Remote Desktop session, which shows the client's displays and not this PC's.
    Import-DisplayType
    return [OqsGen.Display]::Remote()
}

function Read-DisplayScale {
    # Each active display: path, and in steps from what Windows recommends: minimum, relative (now), maximum.
    # $null where this Windows does not answer.
    Import-DisplayType
    try {
        $scales = @(foreach ($scale in [OqsGen.Display]::Read()) {
                [pscustomobject] @{ path = $scale.Path; minimum = $scale.Minimum; relative = $scale.Relative; maximum = $scale.Maximum }
            })
        return , $scales
    }
    catch [ComponentModel.Win32Exception] { return $null }
}

function Write-DisplayScale {
    # $true where Windows took it; at once, without signing out.
    param([string] $Path, [int] $Relative)
    Import-DisplayType
    foreach ($scale in [OqsGen.Display]::Read()) {
        if ($scale.Path -ceq $Path) { return ([OqsGen.Display]::Write($scale, $Relative) -eq 0) }
    }
    return $false
}

# What a browser has left on this PC.

function Get-PersonTemp { return [IO.Path]::GetTempPath().TrimEnd('\') }

function Read-DownloadMark {
    # Where a file was downloaded from: its stream Zone.Identifier as one text, empty where it has none.
    # https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/6e3f7352-d11c-4d76-8c39-2516a9df36e8
    param([string] $Path)
    try { return (@(Get-Content -LiteralPath $Path -Stream 'Zone.Identifier') -join "`n") } catch { return '' }
}

# Microsoft Edge of the person who is signed in. Only read: its protected settings carry a mark that only Edge can make.

function Get-EdgeFolder {
    # Where the profiles stand. Chromium, docs/user_data_dir.md; Edge's own name in it.
    return [IO.Path]::Combine([Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData), 'Microsoft\Edge\User Data')
}

# Files that an installer brings, only read.

function Test-FilePresence {
    param([string] $Path)
    return ([IO.File]::Exists($Path) -or [IO.Directory]::Exists($Path))
}

function Read-FileByte {
    # The bytes of a file that others may hold open.
    param([string] $Path)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Read, ([IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete))
    try {
        $memory = New-Object IO.MemoryStream
        $stream.CopyTo($memory)
        return , $memory.ToArray()
    }
    finally { $stream.Dispose() }
}

function Get-FileSize {
    # In bytes.
    param([string] $Path)
    return (New-Object IO.FileInfo($Path)).Length
}

function Read-ProgramVersion {
    # The version that a program file carries: 1.2.3.4.
    param([string] $Path)
    $info = [Diagnostics.FileVersionInfo]::GetVersionInfo($Path)
    return '{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart
}

function Get-CreationMark {
    # When a file or folder was made, UTC, as a text that sorts; $null where there is none.
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    return [IO.File]::GetCreationTimeUtc($Path).ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
}

# The name and the age of a file.

function Get-FileCreation {
    # When the file was made, in local time; $null where there is none.
    param([string] $Path)
    if (-not [IO.File]::Exists($Path)) { return $null }
    return [IO.File]::GetCreationTime($Path)
}

function Move-FileName {
    # Another name in the same folder, in one step; an error where that name is taken.
    param([string] $Path, [string] $NewPath)
    [IO.File]::Move($Path, $NewPath)
}

# What Windows' firewall does with what leaves the PC, local rules and group policies together.

function Read-OutboundFirewall {
    # default: Block where a profile that is on lets nothing out by itself, else Allow; ports: the remote ports (Any, 443,
    # 400-500) of the rules that block TCP or UDP for every program, service and address.
    $default = 'Allow'
    foreach ($policy in @(Get-NetFirewallProfile -PolicyStore 'ActiveStore')) {
        if ([string] $policy.Enabled -ceq 'True' -and [string] $policy.DefaultOutboundAction -ceq 'Block') { $default = 'Block' }
    }
    $ports = foreach ($rule in @(Get-NetFirewallRule -PolicyStore 'ActiveStore' -Direction Outbound -Action Block -Enabled True -ErrorAction SilentlyContinue)) {
        if ([string] (Get-NetFirewallApplicationFilter -AssociatedNetFirewallRule $rule).Program -cne 'Any') { continue }
        if ([string] (Get-NetFirewallServiceFilter -AssociatedNetFirewallRule $rule).Service -cne 'Any') { continue }
        if (@((Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule).RemoteAddress) -cnotcontains 'Any') { continue }
        $filter = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule
        if (@('TCP', 'UDP', 'Any') -cnotcontains [string] $filter.Protocol) { continue }
        foreach ($port in @($filter.RemotePort)) { [string] $port }
    }
    return [pscustomobject] @{ default = $default; ports = @($ports | Where-Object { $_ } | Select-Object -Unique) }
}

# Folders and files: who may do what with them, and writing that is on the disk when it returns.

function Get-ProgramDataFolder {
    # From the registry: an elevated process inherits the variables of the person.
    $drive = [IO.Path]::GetPathRoot([Environment]::SystemDirectory).TrimEnd('\')
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList')
        $raw = [string] $key.GetValue('ProgramData', '%SystemDrive%\ProgramData', [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
        $key.Dispose()
    }
    finally { $base.Dispose() }
    return ($raw -replace '^%SystemDrive%', $drive)
}

function Get-LocalAppDataFolder { return [Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData) }

function Get-PathSecurity {
    # Owner and access entries of a folder or file, as SIDs; $null when it is not there.
    param([string] $Path)
    $folder = [IO.Directory]::Exists($Path)
    if (-not $folder -and -not [IO.File]::Exists($Path)) { return $null }
    $reparse = ([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) -ne 0
    if ($reparse) { return [pscustomobject] @{ folder = $folder; reparse = $true; owner = ''; protected = $false; entries = @() } }
    if ($folder) { $security = [IO.Directory]::GetAccessControl($Path) } else { $security = [IO.File]::GetAccessControl($Path) }
    $sid = [Security.Principal.SecurityIdentifier]
    $entries = @(foreach ($rule in $security.GetAccessRules($true, $true, $sid)) {
            [pscustomobject] @{
                sid = $rule.IdentityReference.Value; allow = ($rule.AccessControlType -eq [Security.AccessControl.AccessControlType]::Allow)
                rights = [int] $rule.FileSystemRights; inherited = $rule.IsInherited
            }
        })
    return [pscustomobject] @{ folder = $folder; reparse = $false; owner = $security.GetOwner($sid).Value; protected = $security.AreAccessRulesProtected; entries = $entries }
}

function Get-FolderEntry {
    # Full paths of what stands directly in a folder.
    param([string] $Path)
    return [IO.Directory]::GetFileSystemEntries($Path)
}

function Initialize-Folder {
    # Makes a folder, from its first moment with the owner and the access of an SDDL; without one, as its parent says.
    param([string] $Path, [string] $Sddl = '')
    if ($Sddl -ceq '') { $null = [IO.Directory]::CreateDirectory($Path); return }
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    $null = [IO.Directory]::CreateDirectory($Path, $security)
}

function Protect-Path {
    # Gives a folder or file the access of an SDDL; the owner stays.
    param([string] $Path, [string] $Sddl)
    $section = [Security.AccessControl.AccessControlSections]::Access
    if ([IO.Directory]::Exists($Path)) {
        $security = New-Object Security.AccessControl.DirectorySecurity
        $security.SetSecurityDescriptorSddlForm($Sddl, $section)
        [IO.Directory]::SetAccessControl($Path, $security)
    }
    else {
        $security = New-Object Security.AccessControl.FileSecurity
        $security.SetSecurityDescriptorSddlForm($Sddl, $section)
        [IO.File]::SetAccessControl($Path, $security)
    }
}

function Initialize-File {
    # An empty file, from its first moment with the owner and the access of an SDDL; one that is there stays.
    param([string] $Path, [string] $Sddl)
    if ([IO.File]::Exists($Path)) { return }
    $security = New-Object Security.AccessControl.FileSecurity
    $security.SetSecurityDescriptorSddlForm($Sddl)
    $rights = [Security.AccessControl.FileSystemRights]::Write
    $stream = New-Object IO.FileStream($Path, [IO.FileMode]::CreateNew, $rights, [IO.FileShare]::Read, 4096, [IO.FileOptions]::None, $security)
    $stream.Dispose()
}

function Clear-Folder {
    # Empties a folder of ours as far as it lets itself be emptied.
    param([string] $Path)
    foreach ($entry in [IO.Directory]::GetFileSystemEntries($Path)) {
        try { if ([IO.Directory]::Exists($entry)) { [IO.Directory]::Delete($entry, $true) } else { [IO.File]::Delete($entry) } }
        catch { continue }
    }
}

function Add-FileText {
    # Appends to a file and waits until it is on the disk.
    param([string] $Path, [string] $Text)
    $bytes = (New-Object Text.UTF8Encoding($false)).GetBytes($Text)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Append, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Resize-File {
    param([string] $Path, [long] $Length)
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Write, [IO.FileShare]::Read)
    try { $stream.SetLength($Length); $stream.Flush($true) } finally { $stream.Dispose() }
}

function Write-FileText {
    # A whole file, UTF-8, with a byte order mark where people open it.
    param([string] $Path, [string] $Text, [switch] $Bom)
    [IO.File]::WriteAllText($Path, $Text, (New-Object Text.UTF8Encoding([bool] $Bom)))
}

function Open-LockFile {
    # Held until the process ends or Dispose; $null while another process holds it.
    param([string] $Path)
    try { return [IO.File]::Open($Path, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::ReadWrite, [IO.FileShare]::None) }
    catch [IO.IOException] { return $null }
}

# The PC as a thing: its model, its devices, its features of Windows, and when what began.

function Get-DeviceCount {
    # How many devices of a setup class (GUID in braces) are connected.
    param([string] $Class)
    return @(Get-CimInstance -ClassName Win32_PnPEntity -Filter "ClassGuid = '$Class'" | Where-Object { $_.Present }).Length
}

function Read-ModelText {
    # Every field in which makers write the name of a model.
    $product = Get-CimInstance -ClassName Win32_ComputerSystemProduct
    $system = Get-CimInstance -ClassName Win32_ComputerSystem
    return , @("$($product.Vendor) $($product.Version)", [string] $product.Name, [string] $system.SystemFamily, [string] $system.Model)
}

function Read-OptionalFeature {
    # InstallState of a feature of Windows; $null where Windows does not know it.
    param([string] $Name)
    $feature = @(Get-CimInstance -ClassName Win32_OptionalFeature -Filter "Name = '$Name'")
    if ($feature.Length -eq 0) { return $null }
    return [int] $feature[0].InstallState
}

function Read-StartTime {
    # Seconds after the start of Windows: signIn (the last interactive one before the desktop), desktop, program (the first
    # whose file is below a folder, each that runs in this session). $null for what was not found.
    param([string] $Folder)
    $session = [Diagnostics.Process]::GetCurrentProcess().SessionId
    $processes = @(Get-CimInstance -ClassName Win32_Process | Where-Object { $_.SessionId -eq $session -or $_.ProcessId -eq 4 })
    $began = @($processes | Where-Object { $_.ProcessId -eq 4 })[0].CreationDate
    if ($null -eq $began) { $began = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
    $times = [ordered] @{ signIn = $null; desktop = $null; program = $null }
    $desktop = @($processes | Where-Object { $_.Name -eq 'explorer.exe' } | Sort-Object -Property CreationDate)
    if ($desktop.Length -gt 0) {
        $times.desktop = [int] ($desktop[0].CreationDate - $began).TotalSeconds
        # Interactive, remote interactive and cached interactive logons.
        $logons = @(Get-CimInstance -ClassName Win32_LogonSession | Where-Object { @(2, 10, 11) -contains $_.LogonType -and $_.StartTime -le $desktop[0].CreationDate } | Sort-Object -Property StartTime)
        if ($logons.Length -gt 0) { $times.signIn = [int] ($logons[-1].StartTime - $began).TotalSeconds }
    }
    $programs = @($processes | Where-Object { ([string] $_.ExecutablePath).StartsWith("$Folder\", [StringComparison]::OrdinalIgnoreCase) } | Sort-Object -Property CreationDate)
    if ($programs.Length -gt 0) { $times.program = [int] ($programs[0].CreationDate - $began).TotalSeconds }
    return [pscustomobject] $times
}

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
    $shells = @(Get-CimInstance -ClassName Win32_Process -Filter "Name = 'explorer.exe' AND SessionId = $session" | Sort-Object CreationDate)
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
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $list = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList')
        foreach ($sid in $list.GetSubKeyNames()) {
                if ($sid -notlike 'S-1-5-21-*') { continue }
                $key = $list.OpenSubKey($sid)
                $path = [string] $key.GetValue('ProfileImagePath')
                $key.Dispose()
                if ($path) { [pscustomobject] @{ sid = $sid; path = [IO.Path]::Combine($path, 'AppData\Local') } }
        }
        $list.Dispose()
    }
    finally { $base.Dispose() }
}

function Test-AccountSecret {
    # Whether this is the password of a local account, by a logon as over the network (no profile is made).
    param([string] $Name, [Security.SecureString] $Secret)
    if ($null -eq ('OqsGen.Logon' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class Logon
    {
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LogonUserW(string user, string domain, IntPtr password, int type, int provider, out IntPtr token);
        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);

        // 0, or the error of Windows.
        public static int Try(string user, IntPtr password)
        {
            IntPtr token;
            if (!LogonUserW(user, ".", password, 3, 0, out token)) return Marshal.GetLastWin32Error();
            CloseHandle(token);
            return 0;
        }
    }
}
'@
    }
    $text = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    try { $code = [OqsGen.Logon]::Try($Name, $text) } finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($text) }
    # 1385, 1330, 1907: the password is right, but this sort of logon is not granted, or it has to be changed.
    return (@(0, 1385, 1330, 1907) -contains $code)
}

# The list of installed programs, of the PC in both views and of the signed-in person.

function Read-InstalledProgram {
    # name, version of every entry that has a name.
    $places = @(
        @([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
        @([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry32)
        @([Microsoft.Win32.RegistryHive]::CurrentUser, [Microsoft.Win32.RegistryView]::Registry64)
    )
    foreach ($place in $places) {
        $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($place[0], $place[1])
        try {
            $list = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall')
            if ($null -eq $list) { continue }
            foreach ($id in $list.GetSubKeyNames()) {
                $key = $list.OpenSubKey($id)
                $name = [string] $key.GetValue('DisplayName')
                if ($name) { [pscustomobject] @{ name = $name; version = [string] $key.GetValue('DisplayVersion') } }
                $key.Dispose()
            }
            $list.Dispose()
        }
        finally { $base.Dispose() }
    }
}

# Installer files that somebody brought: where they can be, and whether they are as they were made.

function Get-PersonFolder {
    # Where a person puts files: the own downloads and desktop, the desktop of all. The folder of the downloads can be
    # moved; its name there is FOLDERID_Downloads. https://learn.microsoft.com/windows/win32/shell/knownfolderid
    $own = [Environment]::GetFolderPath([Environment+SpecialFolder]::UserProfile)
    $downloads = [IO.Path]::Combine($own, 'Downloads')
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders')
    if ($null -ne $key) {
        $downloads = [string] $key.GetValue('{374DE290-123F-4565-9164-39C4925E467B}', $downloads)
        $key.Dispose()
    }
    $downloads
    [Environment]::GetFolderPath([Environment+SpecialFolder]::DesktopDirectory)
    [Environment]::GetFolderPath([Environment+SpecialFolder]::CommonDesktopDirectory)
}

function Find-FileBelow {
    # Full paths of the files of such a name in a folder and so many levels below; nothing where it cannot be read.
    param([string] $Folder, [string] $Pattern, [int] $Depth)
    try {
        [IO.Directory]::GetFiles($Folder, $Pattern)
        if ($Depth -eq 0) { return }
        $below = [IO.Directory]::GetDirectories($Folder)
    }
    catch [IO.IOException] { return }
    catch [UnauthorizedAccessException] { return }
    catch [ArgumentException] { return }
    foreach ($one in $below) { Find-FileBelow -Folder $one -Pattern $Pattern -Depth ($Depth - 1) }
}

function Get-FileSha256 {
    param([string] $Path)
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $stream = [IO.File]::OpenRead($Path)
        try { return [BitConverter]::ToString($sha.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() } finally { $stream.Dispose() }
    }
    finally { $sha.Dispose() }
}

function Get-SignatureStatus {
    # What Windows says of a file's Authenticode signature: a name of SignatureStatus, never its localized text.
    param([string] $Path)
    return [string] (Get-AuthenticodeSignature -LiteralPath $Path).Status
}

# Languages and regions. The commands of the module International work for the person who runs them, the last one for the PC.

function Read-LanguageList {
    # The person's languages in order: tag, and the input methods of each.
    return , @(foreach ($language in @(Get-WinUserLanguageList | ForEach-Object { $_ })) {
            [pscustomobject] @{ tag = [string] $language.LanguageTag; methods = @($language.InputMethodTips | ForEach-Object { [string] $_ }) }
        })
}

function Write-LanguageList {
    # A language without methods gets those that Windows gives it.
    param([object[]] $Language)
    $list = New-WinUserLanguageList -Language $Language[0].tag
    for ($i = 1; $i -lt $Language.Length; $i++) { $list.Add($Language[$i].tag) }
    for ($i = 0; $i -lt $Language.Length; $i++) {
        if (@($Language[$i].methods).Length -eq 0) { continue }
        $list[$i].InputMethodTips.Clear()
        foreach ($method in @($Language[$i].methods)) { $list[$i].InputMethodTips.Add([string] $method) }
    }
    Set-WinUserLanguageList -LanguageList $list -Force
}

function Get-DisplayLanguage { return [Globalization.CultureInfo]::CurrentUICulture.Name }

function Write-UserCulture { param([string] $Name) Set-Culture -CultureInfo $Name }

function Write-HomeLocation { param([int] $Id) Set-WinHomeLocation -GeoId $Id }

function Write-SystemLocale { param([string] $Name) Set-WinSystemLocale -SystemLocale $Name }

# Rights to sign in, by SID. https://learn.microsoft.com/windows/win32/secauthz/account-rights-constants

function Import-LogonRightType {
    if ('OqsGen.LogonRight' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Principal;
namespace OqsGen
{
    public static class LogonRight
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Text { public ushort Length; public ushort MaximumLength; public IntPtr Buffer; }
        [StructLayout(LayoutKind.Sequential)]
        struct Attributes { public int Length; public IntPtr Root; public IntPtr Name; public int Flags; public IntPtr Security; public IntPtr Quality; }

        [DllImport("advapi32.dll")] static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, int access, out IntPtr policy);
        [DllImport("advapi32.dll")] static extern uint LsaEnumerateAccountsWithUserRight(IntPtr policy, ref Text right, out IntPtr buffer, out int count);
        [DllImport("advapi32.dll")] static extern uint LsaAddAccountRights(IntPtr policy, byte[] sid, ref Text right, int count);
        [DllImport("advapi32.dll")] static extern uint LsaRemoveAccountRights(IntPtr policy, byte[] sid, byte all, ref Text right, int count);
        [DllImport("advapi32.dll")] static extern int LsaNtStatusToWinError(uint status);
        [DllImport("advapi32.dll")] static extern uint LsaFreeMemory(IntPtr buffer);
        [DllImport("advapi32.dll")] static extern uint LsaClose(IntPtr policy);

        // POLICY_VIEW_LOCAL_INFORMATION, POLICY_CREATE_ACCOUNT, POLICY_LOOKUP_NAMES.
        const int Access = 0x1 | 0x10 | 0x800;
        const uint NoMoreEntries = 0x8000001a, NotFound = 0xc0000034;

        delegate void Work(IntPtr policy, ref Text right);

        static void Check(uint status)
        {
            if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status));
        }

        static void With(string name, Work work)
        {
            Attributes attributes = new Attributes();
            attributes.Length = Marshal.SizeOf(typeof(Attributes));
            IntPtr policy;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, Access, out policy));
            Text right = new Text();
            right.Buffer = Marshal.StringToHGlobalUni(name);
            right.Length = (ushort)(2 * name.Length);
            right.MaximumLength = (ushort)(2 * name.Length + 2);
            try { work(policy, ref right); }
            finally { Marshal.FreeHGlobal(right.Buffer); LsaClose(policy); }
        }

        static byte[] Bytes(string sid)
        {
            SecurityIdentifier value = new SecurityIdentifier(sid);
            byte[] bytes = new byte[value.BinaryLength];
            value.GetBinaryForm(bytes, 0);
            return bytes;
        }

        public static string[] Holders(string name)
        {
            string[] sids = new string[0];
            With(name, delegate(IntPtr policy, ref Text right)
            {
                IntPtr buffer;
                int count;
                uint status = LsaEnumerateAccountsWithUserRight(policy, ref right, out buffer, out count);
                if (status == NoMoreEntries) return;
                Check(status);
                try
                {
                    sids = new string[count];
                    for (int i = 0; i < count; i++) sids[i] = new SecurityIdentifier(Marshal.ReadIntPtr(buffer, i * IntPtr.Size)).Value;
                }
                finally { LsaFreeMemory(buffer); }
            });
            return sids;
        }

        public static void Grant(string sid, string name)
        {
            With(name, delegate(IntPtr policy, ref Text right) { Check(LsaAddAccountRights(policy, Bytes(sid), ref right, 1)); });
        }

        public static void Revoke(string sid, string name)
        {
            With(name, delegate(IntPtr policy, ref Text right)
            {
                uint status = LsaRemoveAccountRights(policy, Bytes(sid), 0, ref right, 1);
                if (status != NotFound) Check(status);
            });
        }
    }
}
'@
}

function Get-LogonRightHolder {
    # The SIDs that hold a right.
    param([string] $Right)
    Import-LogonRightType
    return , @([OqsGen.LogonRight]::Holders($Right))
}

function Grant-LogonRight {
    param([string] $Sid, [string] $Right)
    Import-LogonRightType
    [OqsGen.LogonRight]::Grant($Sid, $Right)
}

function Revoke-LogonRight {
    # Nothing happens where the SID does not hold it.
    param([string] $Sid, [string] $Right)
    Import-LogonRightType
    [OqsGen.LogonRight]::Revoke($Sid, $Right)
}

# Private data of the Local Security Authority: encrypted, readable by administrators and SYSTEM alone.

function Import-LsaType {
    if ('OqsGen.LsaSecret' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class LsaSecret
    {
        const int GetPrivateInformation = 0x4;
        const int CreateSecret = 0x20;
        const int NotFound = 2;

        [StructLayout(LayoutKind.Sequential)]
        struct Text { public ushort Length; public ushort Capacity; public IntPtr Buffer; }
        [StructLayout(LayoutKind.Sequential)]
        struct Attributes { public int Length; public IntPtr Root; public IntPtr Name; public int Flags; public IntPtr Descriptor; public IntPtr Quality; }

        [DllImport("advapi32.dll")]
        static extern uint LsaOpenPolicy(IntPtr system, ref Attributes attributes, int access, out IntPtr policy);
        [DllImport("advapi32.dll")]
        static extern uint LsaStorePrivateData(IntPtr policy, ref Text name, IntPtr data);
        [DllImport("advapi32.dll")]
        static extern uint LsaRetrievePrivateData(IntPtr policy, ref Text name, out IntPtr data);
        [DllImport("advapi32.dll")]
        static extern int LsaNtStatusToWinError(uint status);
        [DllImport("advapi32.dll")]
        static extern uint LsaFreeMemory(IntPtr memory);
        [DllImport("advapi32.dll")]
        static extern uint LsaClose(IntPtr policy);

        static IntPtr Open(int access)
        {
            Attributes attributes = new Attributes();
            attributes.Length = Marshal.SizeOf(typeof(Attributes));
            IntPtr policy;
            Check(LsaOpenPolicy(IntPtr.Zero, ref attributes, access, out policy));
            return policy;
        }

        static void Check(uint status)
        {
            if (status != 0) throw new Win32Exception(LsaNtStatusToWinError(status));
        }

        static Text Wrap(IntPtr buffer, int characters)
        {
            Text text = new Text();
            text.Length = (ushort)(characters * 2);
            text.Capacity = (ushort)(characters * 2);
            text.Buffer = buffer;
            return text;
        }

        public static bool Exists(string name)
        {
            IntPtr policy = Open(GetPrivateInformation);
            IntPtr buffer = Marshal.StringToHGlobalUni(name);
            try
            {
                Text key = Wrap(buffer, name.Length);
                IntPtr data;
                uint status = LsaRetrievePrivateData(policy, ref key, out data);
                if (status != 0)
                {
                    int error = LsaNtStatusToWinError(status);
                    if (error == NotFound) return false;
                    throw new Win32Exception(error);
                }
                if (data == IntPtr.Zero) return false;
                Text found = (Text)Marshal.PtrToStructure(data, typeof(Text));
                for (int i = 0; i < found.Length; i++) Marshal.WriteByte(found.Buffer, i, 0);
                LsaFreeMemory(data);
                return true;
            }
            finally { Marshal.FreeHGlobal(buffer); LsaClose(policy); }
        }

        // No characters at all (Zero) delete the secret.
        public static void Store(string name, IntPtr characters, int count)
        {
            IntPtr policy = Open(CreateSecret);
            IntPtr buffer = Marshal.StringToHGlobalUni(name);
            IntPtr data = IntPtr.Zero;
            try
            {
                Text key = Wrap(buffer, name.Length);
                if (characters != IntPtr.Zero)
                {
                    data = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(Text)));
                    Marshal.StructureToPtr(Wrap(characters, count), data, false);
                }
                uint status = LsaStorePrivateData(policy, ref key, data);
                if (status != 0 && !(data == IntPtr.Zero && LsaNtStatusToWinError(status) == NotFound)) Check(status);
            }
            finally
            {
                if (data != IntPtr.Zero) Marshal.FreeHGlobal(data);
                Marshal.FreeHGlobal(buffer);
                LsaClose(policy);
            }
        }
    }
}
'@
}

function Test-LsaSecret {
    param([string] $Name)
    Import-LsaType
    return [OqsGen.LsaSecret]::Exists($Name)
}

function Write-LsaSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    Import-LsaType
    $text = [Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($Secret)
    try { [OqsGen.LsaSecret]::Store($Name, $text, $Secret.Length) } finally { [Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($text) }
}

function Clear-LsaSecret {
    # Nothing happens where there is none.
    param([string] $Name)
    Import-LsaType
    [OqsGen.LsaSecret]::Store($Name, [IntPtr]::Zero, 0)
}

# Which programs use a library, and as whom they run: EnumProcessModulesEx, OpenProcessToken.
# https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocessmodulesex

function Get-ModuleUser {
    # Each running program that has loaded a file below a folder: its image and the SID of its user. What cannot be
    # opened is passed over; with administrator's rights these are only a few protected programs of Windows.
    param([string] $Folder)
    if ($null -eq ('OqsGen.ModuleUser' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Principal;
using System.Text;
namespace OqsGen
{
    public static class ModuleUser
    {
        const int QueryAndRead = 0x0400 | 0x0010;
        const int AllModules = 3;
        const int TokenQuery = 0x0008;

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern IntPtr OpenProcess(int access, bool inherit, int id);
        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);
        [DllImport("psapi.dll", SetLastError = true)]
        static extern bool EnumProcessModulesEx(IntPtr process, IntPtr[] modules, int bytes, out int needed, int filter);
        [DllImport("psapi.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern int GetModuleFileNameExW(IntPtr process, IntPtr module, StringBuilder name, int length);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool OpenProcessToken(IntPtr process, int access, out IntPtr token);

        // Pairs: image, SID.
        public static string[] Find(string folder)
        {
            List<string> found = new List<string>();
            foreach (Process process in Process.GetProcesses())
            {
                IntPtr handle = OpenProcess(QueryAndRead, false, process.Id);
                process.Dispose();
                if (handle == IntPtr.Zero) continue;
                try
                {
                    string image = Image(handle, folder);
                    string sid = image == null ? null : Sid(handle);
                    if (sid != null) { found.Add(image); found.Add(sid); }
                }
                finally { CloseHandle(handle); }
            }
            return found.ToArray();
        }

        // The image of a program that has loaded a file below the folder; the first module is the image.
        static string Image(IntPtr process, string folder)
        {
            IntPtr[] modules = new IntPtr[4096];
            int needed;
            if (!EnumProcessModulesEx(process, modules, modules.Length * IntPtr.Size, out needed, AllModules)) return null;
            int count = Math.Min(needed / IntPtr.Size, modules.Length);
            string image = null;
            bool uses = false;
            for (int i = 0; i < count; i++)
            {
                StringBuilder name = new StringBuilder(1024);
                if (GetModuleFileNameExW(process, modules[i], name, name.Capacity) == 0) continue;
                string path = name.ToString();
                if (image == null) image = path;
                if (path.StartsWith(folder + "\\", StringComparison.OrdinalIgnoreCase)) uses = true;
            }
            return uses ? image : null;
        }

        static string Sid(IntPtr process)
        {
            IntPtr token;
            if (!OpenProcessToken(process, TokenQuery, out token)) return null;
            try { using (WindowsIdentity identity = new WindowsIdentity(token)) return identity.User.Value; }
            finally { CloseHandle(token); }
        }
    }
}
'@
    }
    # Programs of other persons are opened with a privilege that administrators have but do not use by themselves.
    $elevated = Test-Elevated
    if ($elevated) { [Diagnostics.Process]::EnterDebugMode() }
    try { $pairs = [OqsGen.ModuleUser]::Find($Folder) }
    finally { if ($elevated) { [Diagnostics.Process]::LeaveDebugMode() } }
    for ($i = 0; $i -lt $pairs.Length; $i += 2) { [pscustomobject] @{ image = $pairs[$i]; sid = $pairs[$i + 1] } }
}

# Network connections: their adapters, DNS servers, protocols and drivers' keywords. Windows' own commands read "*" and "["
# in names as wildcards, and "*" begins the standardized keywords: so they are asked for everything, and we pick.

function Read-NetConnection {
    # Every connection: name as the person sees it, interface (its GUID), index, device (PnP id) and description of its adapter.
    return , @(foreach ($adapter in @(Get-NetAdapter)) {
            [pscustomobject] @{
                name = [string] $adapter.Name
                interface = ([string] $adapter.InterfaceGuid).ToUpperInvariant()
                index = [int] $adapter.InterfaceIndex
                device = [string] $adapter.PnPDeviceID
                description = [string] $adapter.InterfaceDescription
            }
        })
}

function Test-NetBinding {
    # Whether a protocol or service (ms_tcpip6 …) is ticked for a connection.
    param([string] $Name, [string] $Component)
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID $Component)) { if ($binding.Name -eq $Name) { return [bool] $binding.Enabled } }
    return $false
}

function Write-NetBinding {
    param([string] $Name, [string] $Component, [bool] $Enabled)
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID $Component)) {
        if ($binding.Name -ne $Name) { continue }
        if ($Enabled) { Enable-NetAdapterBinding -InputObject $binding } else { Disable-NetAdapterBinding -InputObject $binding }
        return
    }
    throw "この接続には $Component がありません: $Name"
}

function Write-DnsServer {
    # The static DNS servers of one family (IPv4, IPv6) of a connection; without an address they are automatic again. To ask
    # with the index alone would reset both families.
    param([int] $Index, [string] $Family, [string[]] $Address)
    # A protocol that was ticked just now takes a moment.
    for ($try = 1; $try -le 20; $try++) {
        $found = Get-DnsClientServerAddress -InterfaceIndex $Index -AddressFamily $Family -ErrorAction SilentlyContinue
        if ($null -ne $found) { break }
        Start-Sleep -Milliseconds 500
    }
    if (@($Address).Length -gt 0) { Set-DnsClientServerAddress -InterfaceIndex $Index -ServerAddresses $Address }
    else { Set-DnsClientServerAddress -InputObject $found -ResetServerAddresses }
    Clear-DnsClientCache
    Clear-UnresolvedName
}

function Find-AdapterKeyword {
    param([string] $Keyword)
    return , @(Get-NetAdapterAdvancedProperty -Name '*' -AllProperties | Where-Object { $_.RegistryKeyword -eq $Keyword })
}

function Read-AdapterKeyword {
    # The connections whose driver has a keyword: name, value.
    param([string] $Keyword)
    return , @(foreach ($property in (Find-AdapterKeyword $Keyword)) {
            [pscustomobject] @{ name = [string] $property.Name; value = [string] @($property.RegistryValue)[0] }
        })
}

function Write-AdapterKeyword {
    # The adapter starts anew by this; returns when it can be asked again.
    param([string] $Name, [string] $Keyword, [string] $Value)
    foreach ($property in (Find-AdapterKeyword $Keyword)) { if ($property.Name -eq $Name) { Set-NetAdapterAdvancedProperty -InputObject $property -RegistryValue $Value } }
    for ($try = 1; $try -le 40; $try++) {
        if (@(Find-AdapterKeyword $Keyword | Where-Object { $_.Name -eq $Name }).Length -gt 0) { return }
        Start-Sleep -Milliseconds 500
    }
}

# Questions to the line, each with a time limit: a PC without a line must not hang. Each address gets
# a socket of its own family: the closed network is largely IPv6, and a TcpClient without one is IPv4 alone.

# Names that did not resolve a moment ago: without a line each question costs its whole limit, and steps ask for the same names.
$script:UnresolvedName = @{}
$script:UnresolvedSecond = 10
$script:NetworkWatch = [Diagnostics.Stopwatch]::StartNew()

function Resolve-HostAddress {
    # The addresses of a name; empty where it does not resolve in time.
    param([string] $HostName, [int] $Timeout = 3000)
    return , @((Resolve-HostAddressList -HostName $HostName -Timeout $Timeout)[0].addresses)
}

function Resolve-HostAddressList {
    # The addresses of some names, all asked at once: host, addresses.
    param([string[]] $HostName, [int] $Timeout = 3000)
    # Each question waits in a thread of its own; by default there are no more of them than processors.
    $workers = 0
    $ports = 0
    [Threading.ThreadPool]::GetMinThreads([ref] $workers, [ref] $ports)
    if ($workers -lt 32) { $null = [Threading.ThreadPool]::SetMinThreads(32, $ports) }
    $questions = @(foreach ($name in $HostName) {
            $asked = $null
            $failed = $script:UnresolvedName[$name]
            if ($null -eq $failed -or $script:NetworkWatch.Elapsed.TotalSeconds - $failed -gt $script:UnresolvedSecond) { $asked = [Net.Dns]::BeginGetHostAddresses($name, $null, $null) }
            [pscustomobject] @{ host = $name; asked = $asked }
        })
    $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
    return , @(foreach ($question in $questions) {
            $addresses = @()
            if ($null -ne $question.asked) {
                $left = [int] [math]::Max(0, $until - $script:NetworkWatch.ElapsedMilliseconds)
                if ($question.asked.AsyncWaitHandle.WaitOne($left)) {
                    try { $addresses = @([Net.Dns]::EndGetHostAddresses($question.asked) | ForEach-Object { $_.ToString() } | Sort-Object -Unique) }
                    catch [Net.Sockets.SocketException] { $addresses = @() }
                }
                if ($addresses.Length -eq 0) { $script:UnresolvedName[$question.host] = $script:NetworkWatch.Elapsed.TotalSeconds } else { $script:UnresolvedName.Remove($question.host) }
            }
            [pscustomobject] @{ host = $question.host; addresses = $addresses }
        })
}

function Clear-UnresolvedName {
    # For when names are asked of other servers from now on.
    $script:UnresolvedName = @{}
}

function Test-TcpPort {
    # True when one of the addresses accepts a connection in time.
    param([string[]] $Address, [int] $Port, [int] $Timeout = 3000)
    $endpoint = [pscustomobject] @{ addresses = $Address; port = $Port }
    return (Test-TcpPortList -Endpoint @($endpoint) -Timeout $Timeout)[0]
}

function Test-TcpPortList {
    # For each endpoint (addresses, port), whether one of its first three addresses accepts a connection; all asked at once.
    param([object[]] $Endpoint, [int] $Timeout = 3000)
    $connections = Open-TcpConnection -Endpoint $Endpoint -Timeout $Timeout
    foreach ($client in $connections) { if ($null -ne $client) { $client.Close() } }
    return , @(foreach ($client in $connections) { $null -ne $client })
}

function Open-TcpConnection {
    # For each endpoint a connected client, which the caller closes, or $null.
    param([object[]] $Endpoint, [int] $Timeout)
    $tries = @(foreach ($one in $Endpoint) {
            , @(foreach ($text in @($one.addresses | Select-Object -First 3)) {
                    $address = [Net.IPAddress]::Parse($text)
                    $client = New-Object Net.Sockets.TcpClient($address.AddressFamily)
                    $asked = $null
                    # Where there is no way at all for a family, Windows says so at once.
                    try { $asked = $client.BeginConnect($address, $one.port, $null, $null) } catch [Net.Sockets.SocketException] { $client.Close() }
                    if ($null -ne $asked) { [pscustomobject] @{ client = $client; asked = $asked } }
                })
        })
    $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
    $clients = @(foreach ($group in $tries) {
            $open = $null
            # Whichever of an endpoint's addresses answers first.
            while ($null -eq $open -and $group.Length -gt 0) {
                $left = [int] [math]::Max(0, $until - $script:NetworkWatch.ElapsedMilliseconds)
                $first = [Threading.WaitHandle]::WaitAny([Threading.WaitHandle[]] @($group | ForEach-Object { $_.asked.AsyncWaitHandle }), $left)
                if ($first -eq [Threading.WaitHandle]::WaitTimeout) { break }
                $done = $group[$first]
                $group = @($group | Where-Object { $_ -ne $done })
                try { $done.client.EndConnect($done.asked); $open = $done.client } catch [Net.Sockets.SocketException] { $done.client.Close() }
            }
            foreach ($other in $group) { $other.client.Close() }
            [pscustomobject] @{ client = $open }
        })
    return , @($clients | ForEach-Object { $_.client })
}

function Test-ProxyTunnel {
    # What a proxy answers when asked for a way (CONNECT, RFC 9110 section 9.3.6) to each "host:port", all asked at once: the
    # status of HTTP, 0 without an answer.
    param([string[]] $Address, [int] $Port, [string[]] $Goal, [int] $Timeout = 4000)
    $endpoint = [pscustomobject] @{ addresses = $Address; port = $Port }
    $clients = Open-TcpConnection -Endpoint @($Goal | ForEach-Object { $endpoint }) -Timeout $Timeout
    try {
        for ($i = 0; $i -lt $Goal.Length; $i++) {
            if ($null -eq $clients[$i]) { continue }
            $question = [Text.Encoding]::ASCII.GetBytes("CONNECT $($Goal[$i]) HTTP/1.1`r`nHost: $($Goal[$i])`r`n`r`n")
            try { $clients[$i].GetStream().Write($question, 0, $question.Length) } catch [IO.IOException] { $clients[$i].Close(); $clients[$i] = $null }
        }
        $until = $script:NetworkWatch.ElapsedMilliseconds + $Timeout
        return , @(foreach ($client in $clients) {
                if ($null -eq $client) { 0; continue }
                $client.ReceiveTimeout = [int] [math]::Max(1, $until - $script:NetworkWatch.ElapsedMilliseconds)
                Read-HttpStatus $client.GetStream()
            })
    }
    finally { foreach ($client in $clients) { if ($null -ne $client) { $client.Close() } } }
}

function Read-HttpStatus {
    # The number in the first line of an answer; 0 where there is none.
    param([IO.Stream] $Stream)
    $line = New-Object Text.StringBuilder
    try {
        while ($line.Length -lt 200) {
            $byte = $Stream.ReadByte()
            if ($byte -lt 0 -or $byte -eq 10) { break }
            $null = $line.Append([char] $byte)
        }
    }
    catch [IO.IOException] { return 0 }
    if ($line.ToString() -match '^HTTP/\d\.\d (\d{3})') { return [int] $Matches[1] }
    return 0
}

function Test-DnsAnswer {
    # Whether one of some DNS servers answers a question about a name (RFC 1035, section 4), whatever the answer is.
    param([string[]] $Address, [string] $HostName, [int] $Port = 53, [switch] $Tcp, [int] $Timeout = 2000)
    [byte[]] $question = 0x4f, 0x51, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0
    foreach ($label in $HostName.Split('.')) { $question += [byte] $label.Length; $question += [Text.Encoding]::ASCII.GetBytes($label) }
    # The root, type AAAA, class IN.
    $question += 0, 0, 28, 0, 1
    foreach ($one in @($Address | Select-Object -First 3)) {
        $server = [Net.IPAddress]::Parse($one)
        $answer = $null
        if ($Tcp) { $answer = Send-DnsOverTcp $one $Port $question $Timeout }
        else {
            $client = New-Object Net.Sockets.UdpClient($server.AddressFamily)
            try {
                $client.Client.ReceiveTimeout = $Timeout
                $client.Connect($server, $Port)
                $null = $client.Send($question, $question.Length)
                $from = New-Object Net.IPEndPoint($server, 0)
                $answer = $client.Receive([ref] $from)
            }
            catch [Net.Sockets.SocketException] { continue }
            finally { $client.Close() }
        }
        # An answer carries the number of its question, and the bit that says that it is one.
        if ($null -ne $answer -and $answer.Length -ge 12 -and $answer[0] -eq 0x4f -and $answer[1] -eq 0x51 -and ($answer[2] -band 0x80) -ne 0) { return $true }
    }
    return $false
}

function Send-DnsOverTcp {
    # The beginning of an answer, $null without one. Over TCP each message follows its length.
    param([string] $Address, [int] $Port, [byte[]] $Question, [int] $Timeout)
    $endpoint = [pscustomobject] @{ addresses = @($Address); port = $Port }
    $client = (Open-TcpConnection -Endpoint @($endpoint) -Timeout $Timeout)[0]
    if ($null -eq $client) { return $null }
    try {
        $client.ReceiveTimeout = $Timeout
        $stream = $client.GetStream()
        [byte[]] $message = @(0, $Question.Length) + $Question
        $stream.Write($message, 0, $message.Length)
        $answer = New-Object byte[] 14
        $read = 0
        while ($read -lt 14) {
            $more = $stream.Read($answer, $read, 14 - $read)
            if ($more -eq 0) { return $null }
            $read += $more
        }
        return , [byte[]] $answer[2..13]
    }
    catch [IO.IOException] { return $null }
    finally { $client.Close() }
}

function Read-NetAddress {
    # The unicast addresses of the connections that are up: address, temporary (made by chance and soon another).
    return , @(foreach ($interface in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
            if ($interface.OperationalStatus -ne 'Up' -or @('Loopback', 'Tunnel') -contains [string] $interface.NetworkInterfaceType) { continue }
            foreach ($unicast in $interface.GetIPProperties().UnicastAddresses) {
                $suffix = ''
                # Only Windows knows where an address comes from.
                try { $suffix = [string] $unicast.SuffixOrigin } catch [PlatformNotSupportedException] { $suffix = '' }
                [pscustomobject] @{ address = $unicast.Address.ToString(); temporary = ($suffix -ceq 'Random') }
            }
        })
}

function Read-DnsServer {
    # The DNS servers that the connections that are up ask.
    $addresses = @(foreach ($interface in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
            if ($interface.OperationalStatus -ne 'Up' -or @('Loopback', 'Tunnel') -contains [string] $interface.NetworkInterfaceType) { continue }
            foreach ($address in $interface.GetIPProperties().DnsAddresses) { $address.ToString() }
        })
    return , @($addresses | Select-Object -Unique)
}

function Get-SntpOffset {
    # How far the PC's clock is behind a time server, in milliseconds (RFC 4330, section 5); $null without a usable answer.
    param([string[]] $Address, [int] $Port = 123, [int] $Timeout = 3000)
    foreach ($one in @($Address | Select-Object -First 3)) {
        $parsed = [Net.IPAddress]::Parse($one)
        $client = New-Object Net.Sockets.UdpClient($parsed.AddressFamily)
        try {
            $client.Client.ReceiveTimeout = $Timeout
            $client.Connect($parsed, $Port)
            $question = New-Object byte[] 48
            $question[0] = 0x23
            # Our time stamp comes back as the answer's originate time: an answer to somebody else's question is none.
            $sent = [DateTime]::UtcNow
            [Array]::Copy((ConvertTo-NtpTime $sent), 0, $question, 40, 8)
            $null = $client.Send($question, 48)
            $from = New-Object Net.IPEndPoint($parsed, 0)
            $answer = $client.Receive([ref] $from)
            $received = [DateTime]::UtcNow
            if ($answer.Length -lt 48 -or ($answer[0] -band 7) -ne 4 -or $answer[1] -lt 1 -or $answer[1] -gt 15) { continue }
            if ([BitConverter]::ToString($answer, 24, 8) -cne [BitConverter]::ToString($question, 40, 8)) { continue }
            $arrived = ConvertFrom-NtpTime $answer 32
            $left = ConvertFrom-NtpTime $answer 40
            return [long] ((($arrived - $sent).TotalMilliseconds + ($left - $received).TotalMilliseconds) / 2)
        }
        catch [Net.Sockets.SocketException] { continue }
        finally { $client.Close() }
    }
    return $null
}

function ConvertTo-NtpTime {
    # 8 bytes: seconds since 1900 and their fraction, both big-endian.
    param([DateTime] $Utc)
    $epoch = New-Object DateTime(1900, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    $ticks = ($Utc - $epoch).Ticks
    $seconds = [uint32] ([math]::Floor($ticks / 10000000) % 4294967296)
    $fraction = [uint32] ([math]::Floor(($ticks % 10000000) * 4294967296 / 10000000))
    $bytes = [BitConverter]::GetBytes($seconds)
    [array]::Reverse($bytes)
    $rest = [BitConverter]::GetBytes($fraction)
    [array]::Reverse($rest)
    return , [byte[]] ($bytes + $rest)
}

function ConvertFrom-NtpTime {
    param([byte[]] $Bytes, [int] $At)
    $whole = $Bytes[$At..($At + 3)]
    [array]::Reverse($whole)
    $part = $Bytes[($At + 4)..($At + 7)]
    [array]::Reverse($part)
    $seconds = [long] [BitConverter]::ToUInt32([byte[]] $whole, 0)
    # The count starts over in 2036 (RFC 4330, section 3): without the top bit it is the next era.
    if ($seconds -lt 2147483648) { $seconds += 4294967296 }
    $ticks = $seconds * 10000000 + [long] ([math]::Floor([BitConverter]::ToUInt32([byte[]] $part, 0) * 10000000 / 4294967296))
    $epoch = New-Object DateTime(1900, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    return $epoch.AddTicks($ticks)
}

# Files in the folders of the signed-in person. Times are seconds since 1970, UTC.

function Get-KnownFolder {
    # Desktop or Downloads, wherever the person has moved it.
    param([string] $Name)
    if ($Name -eq 'Desktop') { return [Environment]::GetFolderPath([Environment+SpecialFolder]::DesktopDirectory) }
    if ($null -eq ('OqsGen.KnownFolder' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class KnownFolder
    {
        [DllImport("shell32.dll")]
        static extern int SHGetKnownFolderPath([MarshalAs(UnmanagedType.LPStruct)] Guid id, uint flags, IntPtr token, out IntPtr path);

        // FOLDERID_Downloads; empty where there is none.
        public static string Downloads()
        {
            IntPtr path;
            int code = SHGetKnownFolderPath(new Guid("374DE290-123F-4565-9164-39C4925E467B"), 0, IntPtr.Zero, out path);
            try { return code == 0 ? Marshal.PtrToStringUni(path) : ""; }
            finally { Marshal.FreeCoTaskMem(path); }
        }
    }
}
'@
    }
    return [OqsGen.KnownFolder]::Downloads()
}

function Get-PersonFile {
    # The files directly in a folder: path, name, modified. None where the folder is not there or not ours to read.
    param([string] $Folder)
    $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
    try {
        $found = @(foreach ($path in [IO.Directory]::GetFiles($Folder)) {
                [pscustomobject] @{
                    path = $path; name = [IO.Path]::GetFileName($path)
                    modified = [long] [math]::Floor(([IO.File]::GetLastWriteTimeUtc($path) - $epoch).TotalSeconds)
                }
            })
    }
    catch [IO.IOException], [UnauthorizedAccessException], [ArgumentException] { $found = @() }
    return $found
}

function Test-PersonPath {
    param([string] $Path)
    return ([IO.File]::Exists($Path) -or [IO.Directory]::Exists($Path))
}

function Read-PersonFile {
    param([string] $Path)
    return , [IO.File]::ReadAllBytes($Path)
}

function Write-PersonFile {
    # On the disk when this returns, whole or not at all: until then what was there stays.
    param([string] $Path, [byte[]] $Bytes)
    $new = "$Path.new"
    $stream = [IO.File]::Open($new, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::None)
    try { $stream.Write($Bytes, 0, $Bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
    if ([IO.File]::Exists($Path)) { [IO.File]::Replace($new, $Path, [NullString]::Value) } else { [IO.File]::Move($new, $Path) }
}

function Clear-PersonFile {
    # With what is left of one that was being written when the power went.
    param([string] $Path)
    foreach ($one in "$Path.new", $Path) { if ([IO.File]::Exists($one)) { [IO.File]::Delete($one) } }
}

function Initialize-PersonFolder {
    param([string] $Path)
    $null = [IO.Directory]::CreateDirectory($Path)
}

function Clear-PersonFolder {
    # Only an empty one.
    param([string] $Path)
    if ([IO.Directory]::Exists($Path) -and [IO.Directory]::GetFileSystemEntries($Path).Length -eq 0) { [IO.Directory]::Delete($Path) }
}

# The files of the local group policy for the computer. Written here and not through IGroupPolicyObject: that COM object
# needs an STA thread and gpedit.dll, rewrites the whole Registry.pol from a registry hive (other people's records would
# not stay byte for byte), and cannot be tried anywhere but on a Windows PC. The format is documented (MS-GPREG 2.2.1).

function Get-PolicyFolder {
    return [IO.Path]::Combine([Environment]::SystemDirectory, 'GroupPolicy')
}

function Read-PolicyFile {
    # pol, gpt: the bytes of Machine\Registry.pol and gpt.ini; $null where a file is absent.
    $folder = Get-PolicyFolder
    $found = [pscustomobject] @{ pol = $null; gpt = $null }
    $pol = [IO.Path]::Combine($folder, 'Machine\Registry.pol')
    if ([IO.File]::Exists($pol)) { $found.pol = [IO.File]::ReadAllBytes($pol) }
    $gpt = [IO.Path]::Combine($folder, 'gpt.ini')
    if ([IO.File]::Exists($gpt)) { $found.gpt = [IO.File]::ReadAllBytes($gpt) }
    return $found
}

function Write-PolicyFile {
    # Each file is replaced whole, so that a power cut leaves the old or the new one. gpt.ini, whose version tells
    # Windows to look, comes last.
    param([byte[]] $Pol, [byte[]] $Gpt)
    $folder = Get-PolicyFolder
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'Machine'))
    foreach ($pair in @(@('Machine\Registry.pol', $Pol), @('gpt.ini', $Gpt))) {
        $path = [IO.Path]::Combine($folder, $pair[0])
        $temporary = $path + '.oqsgen'
        $bytes = [byte[]] $pair[1]
        $stream = [IO.File]::Open($temporary, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::None)
        try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
        if ([IO.File]::Exists($path)) { [IO.File]::Replace($temporary, $path, [NullString]::Value) } else { [IO.File]::Move($temporary, $path) }
    }
}

function Invoke-PolicyRefresh {
    # Has Windows apply the computer's policy; the exit code. 'N' answers the question for a restart, should it come.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'gpupdate.exe')
    $null = 'N' | & $program '/target:computer' '/wait:60'
    return $LASTEXITCODE
}

# Mains or battery: GetSystemPowerStatus. https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-system_power_status

function Get-PowerLine {
    # 1 mains, 0 battery, 255 unknown.
    if (-not ('OqsGen.PowerLine' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PowerLine
    {
        [StructLayout(LayoutKind.Sequential)]
        struct Status { public byte Line; public byte Battery; public byte Percent; public byte Saver; public int Life; public int FullLife; }

        [DllImport("kernel32.dll", SetLastError = true)]
        static extern bool GetSystemPowerStatus(out Status status);

        public static int Read()
        {
            Status status;
            if (!GetSystemPowerStatus(out status)) throw new Win32Exception(Marshal.GetLastWin32Error());
            return status.Line;
        }
    }
}
'@
    }
    return [OqsGen.PowerLine]::Read()
}

# Power schemes through powrprof.dll: no text of powercfg.exe to read, and no alias to trust. Values are seconds, 0 = never.
# https://learn.microsoft.com/windows/win32/api/powersetting/

function Import-PowerSchemeType {
    if ('OqsGen.PowerScheme' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class PowerScheme
    {
        const uint NotFound = 2;

        [DllImport("powrprof.dll")] static extern uint PowerGetActiveScheme(IntPtr root, out IntPtr scheme);
        [DllImport("powrprof.dll")] static extern uint PowerSetActiveScheme(IntPtr root, ref Guid scheme);
        [DllImport("powrprof.dll")] static extern uint PowerReadACValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, out uint value);
        [DllImport("powrprof.dll")] static extern uint PowerReadDCValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, out uint value);
        [DllImport("powrprof.dll")] static extern uint PowerWriteACValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, uint value);
        [DllImport("powrprof.dll")] static extern uint PowerWriteDCValueIndex(IntPtr root, ref Guid scheme, ref Guid group, ref Guid setting, uint value);
        [DllImport("kernel32.dll")] static extern IntPtr LocalFree(IntPtr memory);

        static void Check(uint code) { if (code != 0) throw new Win32Exception((int)code); }

        public static string Active()
        {
            IntPtr memory;
            Check(PowerGetActiveScheme(IntPtr.Zero, out memory));
            try { return ((Guid)Marshal.PtrToStructure(memory, typeof(Guid))).ToString(); }
            finally { LocalFree(memory); }
        }

        public static void Activate(string scheme)
        {
            Guid id = new Guid(scheme);
            Check(PowerSetActiveScheme(IntPtr.Zero, ref id));
        }

        // -1 where the scheme does not know the setting.
        public static long Read(string scheme, string group, string setting, bool mains)
        {
            Guid s = new Guid(scheme), g = new Guid(group), x = new Guid(setting);
            uint value;
            uint code = mains ? PowerReadACValueIndex(IntPtr.Zero, ref s, ref g, ref x, out value) : PowerReadDCValueIndex(IntPtr.Zero, ref s, ref g, ref x, out value);
            if (code == NotFound) return -1;
            Check(code);
            return value;
        }

        public static void Write(string scheme, string group, string setting, bool mains, long seconds)
        {
            Guid s = new Guid(scheme), g = new Guid(group), x = new Guid(setting);
            uint value = checked((uint)seconds);
            Check(mains ? PowerWriteACValueIndex(IntPtr.Zero, ref s, ref g, ref x, value) : PowerWriteDCValueIndex(IntPtr.Zero, ref s, ref g, ref x, value));
        }
    }
}
'@
}

function Get-PowerScheme {
    # The GUID of the active scheme.
    Import-PowerSchemeType
    return [OqsGen.PowerScheme]::Active()
}

function Enable-PowerScheme {
    # Also what makes values that were written to the active scheme take effect.
    param([string] $Scheme)
    Import-PowerSchemeType
    [OqsGen.PowerScheme]::Activate($Scheme)
}

function Read-PowerEntry {
    # Source: ac or dc. Seconds, or $null where the scheme does not know the setting.
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting)
    Import-PowerSchemeType
    $seconds = [OqsGen.PowerScheme]::Read($Scheme, $Group, $Setting, ($Source -eq 'ac'))
    if ($seconds -lt 0) { return $null }
    return $seconds
}

function Write-PowerEntry {
    param([string] $Scheme, [string] $Source, [string] $Group, [string] $Setting, [long] $Seconds)
    Import-PowerSchemeType
    [OqsGen.PowerScheme]::Write($Scheme, $Group, $Setting, ($Source -eq 'ac'), $Seconds)
}

# This process and the Windows that it runs on.

function Test-Process64 { return [Environment]::Is64BitProcess }

function Get-ComputerText { return [Environment]::MachineName }

function Get-WindowsRelease {
    # EditionID and build, which are the same in every language.
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion')
        $release = [pscustomobject] @{ edition = [string] $key.GetValue('EditionID'); build = [int] $key.GetValue('CurrentBuildNumber') }
        $key.Dispose()
        return $release
    }
    finally { $base.Dispose() }
}

function Test-WriteFilter {
    # True while the Unified Write Filter throws every change away at the next start.
    try { $filter = Get-CimInstance -Namespace 'root\standardcimv2\embedded' -ClassName UWF_Filter }
    catch { return $false }
    return ($null -ne $filter -and [bool] $filter.CurrentEnabled)
}

function Get-BootMark {
    # A text that is different after every start of Windows and the same until then. When the process System began
    # does not move when the clock is set right, which the time since the start would.
    $system = Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId = 4'
    $began = $null
    if ($null -ne $system) { $began = $system.CreationDate }
    if ($null -eq $began) { $began = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
    return $began.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
}

function Initialize-ModulePath {
    # Windows' own modules only, found by the API: an elevated process inherits the variables of the person.
    $env:PSModulePath = [IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\Modules')
}

function Initialize-Temp {
    param([string] $Path)
    $env:TEMP = $Path
    $env:TMP = $Path
}

function Open-Page {
    # A settings page, a web page or a folder, as the person would open it.
    param([string] $Page)
    if ([IO.Directory]::Exists($Page)) { Start-Process -FilePath ([IO.Path]::Combine([IO.Path]::GetDirectoryName([Environment]::SystemDirectory), 'explorer.exe')) -ArgumentList "`"$Page`"" }
    else { Start-Process -FilePath $Page }
}

function Open-Program {
    # A program of Windows' own, from System32.
    param([string] $Name, [string] $Argument)
    $path = [IO.Path]::Combine([Environment]::SystemDirectory, $Name)
    if ($Argument) { Start-Process -FilePath $path -ArgumentList $Argument } else { Start-Process -FilePath $path }
}

function Open-Edge {
    # A page of Edge's own, which only Edge itself can be told to open.
    param([string] $Page)
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
    try {
        $key = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe')
        $path = [string] $key.GetValue('')
        $key.Dispose()
    }
    finally { $base.Dispose() }
    Start-Process -FilePath $path -ArgumentList $Page
}

# Programs of an application: which of them run, and running one without a window.

function Get-RunningProgram {
    # path, and began (local time), of each process whose program is below a folder.
    param([string] $Folder)
    $start = $Folder.TrimEnd('\') + '\'
    foreach ($process in @(Get-CimInstance -ClassName Win32_Process)) {
        $path = [string] $process.ExecutablePath
        if (-not $path.StartsWith($start, [StringComparison]::OrdinalIgnoreCase)) { continue }
        [pscustomobject] @{ path = $path; began = [DateTime] $process.CreationDate }
    }
}

function Invoke-HiddenProgram {
    # Runs a program or a batch file, which has nobody to ask, to its end; the exit code, $null where it has not ended after Seconds.
    param([string] $Path, [int] $Seconds)
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    if ($Path -match '\.(bat|cmd)$') {
        $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'cmd.exe')
        $start.Arguments = "/d /c `"`"$Path`"`""
    }
    $start.WorkingDirectory = [IO.Path]::GetDirectoryName($Path)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        # A `pause` ends at once.
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(1000 * $Seconds)) { return $null }
        return $process.ExitCode
    }
    finally { $process.Dispose() }
}

# The registry in its 64-bit view, raw: no expansion of %VARIABLES%, no provider (which reads * and [ as wildcards).

function Open-RegistryHive {
    param([string] $Hive)
    $root = switch ($Hive) {
        'HKLM' { [Microsoft.Win32.RegistryHive]::LocalMachine }
        'HKCU' { [Microsoft.Win32.RegistryHive]::CurrentUser }
        default { throw "unknown hive: $Hive" }
    }
    return [Microsoft.Win32.RegistryKey]::OpenBaseKey($root, [Microsoft.Win32.RegistryView]::Registry64)
}

function Test-RegistryKey {
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $false }
        $opened.Dispose()
        return $true
    }
    finally { $base.Dispose() }
}

function Read-RegistryKey {
    # Every value of a key, by name: name ('' = the default one), type (RegistryValueKind), data. $null without the key.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try {
            $values = @(foreach ($name in @($opened.GetValueNames() | Sort-Object)) {
                    [pscustomobject] @{
                        name = $name
                        type = [string] $opened.GetValueKind($name)
                        data = $opened.GetValue($name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
                    }
                })
            return , $values
        }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Read-RegistryEntry {
    # One value: type, data. $null where it is absent.
    param([string] $Hive, [string] $Key, [string] $Name)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $null }
        try {
            if (@($opened.GetValueNames()) -notcontains $Name) { return $null }
            return [pscustomobject] @{
                type = [string] $opened.GetValueKind($Name)
                data = $opened.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
            }
        }
        finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Write-RegistryEntry {
    param([string] $Hive, [string] $Key, [string] $Name, [string] $Type, [object] $Data)
    $kind = [Microsoft.Win32.RegistryValueKind] $Type
    $raw = switch ($Type) {
        # A DWORD above 2^31-1 comes back negative from GetValue; both ways of writing it mean the same 32 bits.
        'DWord' { [BitConverter]::ToInt32([BitConverter]::GetBytes([long] $Data), 0) }
        'QWord' { [long] $Data }
        'Binary' { , [byte[]] @($Data) }
        'None' { , [byte[]] @($Data) }
        'MultiString' { , [string[]] @($Data) }
        'String' { [string] $Data }
        'ExpandString' { [string] $Data }
        default { throw "cannot write a registry value of type $Type" }
    }
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.CreateSubKey($Key)
        try { $opened.SetValue($Name, $raw, $kind) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Clear-RegistryEntry {
    # Removes one value; nothing happens where it, or its key, is absent.
    param([string] $Hive, [string] $Key, [string] $Name)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key, $true)
        if ($null -eq $opened) { return }
        try { $opened.DeleteValue($Name, $false) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

function Clear-EmptyRegistryKey {
    # Removes a key that holds neither values nor keys; $true where it is gone.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return $true }
        try { $empty = $opened.SubKeyCount -eq 0 -and $opened.ValueCount -eq 0 } finally { $opened.Dispose() }
        if ($empty) { $base.DeleteSubKey($Key, $false) }
        return $empty
    }
    finally { $base.Dispose() }
}

function Get-RegistryKeyName {
    # The names of the keys directly below a key; none where it is absent.
    param([string] $Hive, [string] $Key)
    $base = Open-RegistryHive $Hive
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -eq $opened) { return , @() }
        try { return , @($opened.GetSubKeyNames() | Sort-Object) } finally { $opened.Dispose() }
    }
    finally { $base.Dispose() }
}

# The Task Scheduler through its COM service. Register-ScheduledTask would want the password as plain text.
# https://learn.microsoft.com/windows/win32/api/taskschd/

function Import-TaskServiceType {
    if ('OqsGen.TaskService' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
using System.Security;
namespace OqsGen
{
    // A VARIANT that is empty or holds a BSTR. By hand, since .NET would copy a password into a string that nobody can erase.
    [StructLayout(LayoutKind.Sequential)]
    public struct TaskVariant
    {
        public ushort Type;
        public ushort Reserved1;
        public ushort Reserved2;
        public ushort Reserved3;
        public IntPtr Data;
        public IntPtr Data2;
        public const ushort Bstr = 8;
    }

    // Methods in the order of taskschd.h: the order is the interface.
    [ComImport, Guid("8cfac062-a080-4c15-9a88-aa7c2af80dfc"), InterfaceType(ComInterfaceType.InterfaceIsDual)]
    public interface ITaskFolder
    {
        [return: MarshalAs(UnmanagedType.BStr)] string GetName();
        [return: MarshalAs(UnmanagedType.BStr)] string GetPath();
        IntPtr GetFolder([MarshalAs(UnmanagedType.BStr)] string path);
        IntPtr GetFolders(int flags);
        IntPtr CreateFolder([MarshalAs(UnmanagedType.BStr)] string name, TaskVariant sddl);
        void DeleteFolder([MarshalAs(UnmanagedType.BStr)] string name, int flags);
        IntPtr GetTask([MarshalAs(UnmanagedType.BStr)] string path);
        IntPtr GetTasks(int flags);
        void DeleteTask([MarshalAs(UnmanagedType.BStr)] string name, int flags);
        IntPtr RegisterTask([MarshalAs(UnmanagedType.BStr)] string path, [MarshalAs(UnmanagedType.BStr)] string xml, int flags,
            TaskVariant user, TaskVariant password, int logonType, TaskVariant sddl);
    }

    public static class TaskService
    {
        const int CreateOrUpdate = 6, IgnoreRegistrationTriggers = 0x20;

        public static void Register(object folder, string name, string xml, string user, SecureString secret, int logonType)
        {
            TaskVariant account = new TaskVariant(), password = new TaskVariant(), none = new TaskVariant();
            try
            {
                if (user != null) { account.Type = TaskVariant.Bstr; account.Data = Marshal.StringToBSTR(user); }
                if (secret != null) { password.Type = TaskVariant.Bstr; password.Data = Marshal.SecureStringToBSTR(secret); }
                IntPtr task = ((ITaskFolder)folder).RegisterTask(name, xml, CreateOrUpdate | IgnoreRegistrationTriggers, account, password, logonType, none);
                if (task != IntPtr.Zero) Marshal.Release(task);
            }
            finally
            {
                if (account.Data != IntPtr.Zero) Marshal.FreeBSTR(account.Data);
                if (password.Data != IntPtr.Zero) Marshal.ZeroFreeBSTR(password.Data);
            }
        }
    }
}
'@
}

function Connect-TaskService {
    $service = New-Object -ComObject 'Schedule.Service'
    $service.Connect()
    return $service
}

function Test-MissingTaskError {
    # True for "file not found" (no such task) and "path not found" (no such folder), however they are wrapped.
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)
    $problem = $ErrorRecord.Exception
    while ($null -ne $problem) {
        if ($problem.HResult -eq -2147024894 -or $problem.HResult -eq -2147024893) { return $true }
        $problem = $problem.InnerException
    }
    return $false
}

function Find-RegisteredTask {
    param([string] $Path, [string] $Name)
    try { return (Connect-TaskService).GetFolder($Path).GetTask($Name) }
    catch {
        if (Test-MissingTaskError $_) { return $null }
        throw
    }
}

function Read-Task {
    # xml as Windows gives it, enabled; $null where there is no such task.
    param([string] $Path, [string] $Name)
    $task = Find-RegisteredTask $Path $Name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ xml = [string] $task.Xml; enabled = [bool] $task.Enabled }
}

function Read-TaskRun {
    # The last run: result, and at (local time, $null before the first one). $null where there is no such task.
    param([string] $Path, [string] $Name)
    $task = Find-RegisteredTask $Path $Name
    if ($null -eq $task) { return $null }
    $notRunYet = 0x41303
    $at = $null
    if ([int] $task.LastTaskResult -ne $notRunYet -and ([DateTime] $task.LastRunTime).Year -gt 2000) { $at = [DateTime] $task.LastRunTime }
    return [pscustomobject] @{ result = [int] $task.LastTaskResult; at = $at }
}

function Write-Task {
    # Registers or replaces a task. LogonType: TASK_LOGON_TYPE (0 as the XML says, 1 password, 2 S4U, 3 interactive token,
    # 4 group, 5 service account, 6 interactive token or password). User: its name or SID; Secret: its password, with 1 and 6.
    param([string] $Path, [string] $Name, [string] $Xml, [string] $User, [Security.SecureString] $Secret, [int] $LogonType)
    Import-TaskServiceType
    $service = Connect-TaskService
    try { $folder = $service.GetFolder($Path) }
    catch {
        if (-not (Test-MissingTaskError $_)) { throw }
        $folder = $service.GetFolder('\').CreateFolder($Path.Trim('\'))
    }
    $account = [NullString]::Value
    if ($User) { $account = $User }
    [OqsGen.TaskService]::Register($folder, $Name, $Xml, $account, $Secret, $LogonType)
}

function Clear-Task {
    # Deletes a task; nothing happens where it is absent.
    param([string] $Path, [string] $Name)
    try { (Connect-TaskService).GetFolder($Path).DeleteTask($Name, 0) }
    catch { if (-not (Test-MissingTaskError $_)) { throw } }
}

# How a service starts, triggers included, through the service control manager: what is written to the registry behind
# its back counts only after a restart, and sc.exe answers in the language of the PC.
# https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_trigger

function Import-ServiceType {
    if ('OqsGen.ServiceStart' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public sealed class ServiceTrigger
    {
        public int Type;
        public int Action;
        public string Subtype;
        public List<int> DataTypes = new List<int>();
        public List<byte[]> Data = new List<byte[]>();

        public void Add(int type, byte[] data) { DataTypes.Add(type); Data.Add(data); }
    }

    public static class ServiceStart
    {
        const int Connect = 1, QueryConfig = 1, ChangeConfig = 2;
        const int NoChange = -1, DelayedInfo = 3, TriggerInfo = 8;

        [StructLayout(LayoutKind.Sequential)]
        struct Triggers { public int Count; public IntPtr Items; public IntPtr Reserved; }
        [StructLayout(LayoutKind.Sequential)]
        struct Trigger { public int Type; public int Action; public IntPtr Subtype; public int DataCount; public IntPtr Data; }
        [StructLayout(LayoutKind.Sequential)]
        struct TriggerData { public int Type; public int Size; public IntPtr Bytes; }

        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr OpenSCManagerW(string machine, string database, int access);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern IntPtr OpenServiceW(IntPtr manager, string name, int access);
        [DllImport("advapi32.dll")]
        static extern bool CloseServiceHandle(IntPtr handle);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool QueryServiceConfigW(IntPtr service, IntPtr buffer, int size, out int needed);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool QueryServiceConfig2W(IntPtr service, int level, IntPtr buffer, int size, out int needed);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ChangeServiceConfigW(IntPtr service, int type, int start, int error, string path, string group, IntPtr tag,
            string dependencies, string account, string password, string display);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool ChangeServiceConfig2W(IntPtr service, int level, IntPtr info);

        delegate void Work(IntPtr service);

        static void With(string name, int access, Work work)
        {
            IntPtr manager = OpenSCManagerW(null, null, Connect);
            if (manager == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
            try
            {
                IntPtr service = OpenServiceW(manager, name, access);
                if (service == IntPtr.Zero) throw new Win32Exception(Marshal.GetLastWin32Error());
                try { work(service); } finally { CloseServiceHandle(service); }
            }
            finally { CloseServiceHandle(manager); }
        }

        static void Query(IntPtr service, int level, Work read)
        {
            int needed;
            if (level == 0) QueryServiceConfigW(service, IntPtr.Zero, 0, out needed);
            else QueryServiceConfig2W(service, level, IntPtr.Zero, 0, out needed);
            IntPtr buffer = Marshal.AllocHGlobal(needed);
            try
            {
                bool done = level == 0 ? QueryServiceConfigW(service, buffer, needed, out needed) : QueryServiceConfig2W(service, level, buffer, needed, out needed);
                if (!done) throw new Win32Exception(Marshal.GetLastWin32Error());
                read(buffer);
            }
            finally { Marshal.FreeHGlobal(buffer); }
        }

        // SERVICE_START_TYPE: 2 automatic, 3 manual, 4 disabled. QUERY_SERVICE_CONFIG begins with two DWORDs: type and start.
        public static int Start(string name)
        {
            int start = 0;
            With(name, QueryConfig, delegate(IntPtr service) { Query(service, 0, delegate(IntPtr info) { start = Marshal.ReadInt32(info, 4); }); });
            return start;
        }

        public static bool Delayed(string name)
        {
            bool delayed = false;
            With(name, QueryConfig, delegate(IntPtr service) { Query(service, DelayedInfo, delegate(IntPtr info) { delayed = Marshal.ReadInt32(info) != 0; }); });
            return delayed;
        }

        public static ServiceTrigger[] ReadTriggers(string name)
        {
            List<ServiceTrigger> found = new List<ServiceTrigger>();
            With(name, QueryConfig, delegate(IntPtr service)
            {
                Query(service, TriggerInfo, delegate(IntPtr info)
                {
                    Triggers all = (Triggers)Marshal.PtrToStructure(info, typeof(Triggers));
                    int size = Marshal.SizeOf(typeof(Trigger)), dataSize = Marshal.SizeOf(typeof(TriggerData));
                    for (int i = 0; i < all.Count; i++)
                    {
                        Trigger raw = (Trigger)Marshal.PtrToStructure(new IntPtr(all.Items.ToInt64() + i * size), typeof(Trigger));
                        ServiceTrigger trigger = new ServiceTrigger();
                        trigger.Type = raw.Type;
                        trigger.Action = raw.Action;
                        trigger.Subtype = raw.Subtype == IntPtr.Zero ? "" : ((Guid)Marshal.PtrToStructure(raw.Subtype, typeof(Guid))).ToString();
                        for (int d = 0; d < raw.DataCount; d++)
                        {
                            TriggerData data = (TriggerData)Marshal.PtrToStructure(new IntPtr(raw.Data.ToInt64() + d * dataSize), typeof(TriggerData));
                            byte[] bytes = new byte[data.Size];
                            if (data.Size > 0) Marshal.Copy(data.Bytes, bytes, 0, data.Size);
                            trigger.Add(data.Type, bytes);
                        }
                        found.Add(trigger);
                    }
                });
            });
            return found.ToArray();
        }

        public static void ChangeStart(string name, int start, bool delayed)
        {
            With(name, QueryConfig | ChangeConfig, delegate(IntPtr service)
            {
                if (!ChangeServiceConfigW(service, NoChange, start, NoChange, null, null, IntPtr.Zero, null, null, null, null))
                    throw new Win32Exception(Marshal.GetLastWin32Error());
                // Only an automatic service can be delayed.
                if (start != 2) return;
                IntPtr info = Marshal.AllocHGlobal(4);
                try
                {
                    Marshal.WriteInt32(info, delayed ? 1 : 0);
                    if (!ChangeServiceConfig2W(service, DelayedInfo, info)) throw new Win32Exception(Marshal.GetLastWin32Error());
                }
                finally { Marshal.FreeHGlobal(info); }
            });
        }

        // Replaces all triggers. None at all is refused for a service that has none already, so that is left alone.
        public static void WriteTriggers(string name, ServiceTrigger[] triggers)
        {
            if (triggers.Length == 0 && ReadTriggers(name).Length == 0) return;
            List<IntPtr> memory = new List<IntPtr>();
            try
            {
                int size = Marshal.SizeOf(typeof(Trigger)), dataSize = Marshal.SizeOf(typeof(TriggerData));
                IntPtr items = Take(memory, size * Math.Max(1, triggers.Length));
                for (int i = 0; i < triggers.Length; i++)
                {
                    Trigger raw = new Trigger();
                    raw.Type = triggers[i].Type;
                    raw.Action = triggers[i].Action;
                    if (triggers[i].Subtype.Length > 0)
                    {
                        raw.Subtype = Take(memory, 16);
                        Marshal.Copy(new Guid(triggers[i].Subtype).ToByteArray(), 0, raw.Subtype, 16);
                    }
                    raw.DataCount = triggers[i].Data.Count;
                    if (raw.DataCount > 0) raw.Data = Take(memory, dataSize * raw.DataCount);
                    for (int d = 0; d < raw.DataCount; d++)
                    {
                        byte[] bytes = triggers[i].Data[d];
                        TriggerData data = new TriggerData();
                        data.Type = triggers[i].DataTypes[d];
                        data.Size = bytes.Length;
                        data.Bytes = Take(memory, Math.Max(1, bytes.Length));
                        Marshal.Copy(bytes, 0, data.Bytes, bytes.Length);
                        Marshal.StructureToPtr(data, new IntPtr(raw.Data.ToInt64() + d * dataSize), false);
                    }
                    Marshal.StructureToPtr(raw, new IntPtr(items.ToInt64() + i * size), false);
                }
                Triggers all = new Triggers();
                all.Count = triggers.Length;
                all.Items = triggers.Length == 0 ? IntPtr.Zero : items;
                IntPtr info = Take(memory, Marshal.SizeOf(typeof(Triggers)));
                Marshal.StructureToPtr(all, info, false);
                With(name, QueryConfig | ChangeConfig, delegate(IntPtr service)
                {
                    if (!ChangeServiceConfig2W(service, TriggerInfo, info)) throw new Win32Exception(Marshal.GetLastWin32Error());
                });
            }
            finally { foreach (IntPtr block in memory) Marshal.FreeHGlobal(block); }
        }

        static IntPtr Take(List<IntPtr> memory, int size)
        {
            IntPtr block = Marshal.AllocHGlobal(size);
            memory.Add(block);
            return block;
        }
    }
}
'@
}

function Read-ServiceStart {
    # start: 2 automatic, 3 manual, 4 disabled; delayed; triggers: type, action (1 start, 2 stop), subtype GUID, data: type, bytes.
    param([string] $Name)
    Import-ServiceType
    $triggers = @(foreach ($trigger in [OqsGen.ServiceStart]::ReadTriggers($Name)) {
            $data = @(for ($i = 0; $i -lt $trigger.Data.Count; $i++) {
                    [pscustomobject] @{ type = $trigger.DataTypes[$i]; bytes = @($trigger.Data[$i]) }
                })
            [pscustomobject] @{ type = $trigger.Type; action = $trigger.Action; subtype = $trigger.Subtype; data = $data }
        })
    return [pscustomobject] @{
        start = [OqsGen.ServiceStart]::Start($Name)
        delayed = [OqsGen.ServiceStart]::Delayed($Name)
        triggers = $triggers
    }
}

function Write-ServiceStart {
    # Takes what Read-ServiceStart gives.
    param([string] $Name, [int] $StartType, [bool] $Delayed, [object[]] $Trigger)
    Import-ServiceType
    $triggers = @(foreach ($one in @($Trigger)) {
            $made = New-Object OqsGen.ServiceTrigger
            $made.Type = [int] $one.type
            $made.Action = [int] $one.action
            $made.Subtype = [string] $one.subtype
            foreach ($item in @($one.data)) { $made.Add([int] $item.type, [byte[]] @($item.bytes)) }
            $made
        })
    [OqsGen.ServiceStart]::WriteTriggers($Name, [OqsGen.ServiceTrigger[]] $triggers)
    [OqsGen.ServiceStart]::ChangeStart($Name, $StartType, $Delayed)
}

function Invoke-TimeConfig {
    # Tells the running time service to read its configuration again; the exit code.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'w32tm.exe')
    $null = & $program '/config' '/update'
    return $LASTEXITCODE
}

function Invoke-TimeResync {
    # Has the running time service ask its server now, without waiting for the answer; the exit code.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'w32tm.exe')
    $null = & $program '/resync' '/rediscover' '/nowait'
    return $LASTEXITCODE
}

# The computer's default proxy of WinHTTP. Access: 1 none, 3 named. A change needs administrator rights.
# https://learn.microsoft.com/windows/win32/api/winhttp/nf-winhttp-winhttpsetdefaultproxyconfiguration

function Import-WinHttpProxyType {
    if ('OqsGen.WinHttpProxy' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class WinHttpProxy
    {
        [StructLayout(LayoutKind.Sequential)]
        struct ProxyInfo { public int Access; public IntPtr Proxy; public IntPtr Bypass; }

        [DllImport("winhttp.dll", SetLastError = true)]
        static extern bool WinHttpGetDefaultProxyConfiguration(ref ProxyInfo info);
        [DllImport("winhttp.dll", SetLastError = true)]
        static extern bool WinHttpSetDefaultProxyConfiguration(ref ProxyInfo info);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalFree(IntPtr memory);

        static string Take(IntPtr text)
        {
            if (text == IntPtr.Zero) return "";
            string copy = Marshal.PtrToStringUni(text);
            GlobalFree(text);
            return copy;
        }

        // access (decimal), proxy, bypass; a text that is not there is empty.
        public static string[] Read()
        {
            ProxyInfo info = new ProxyInfo();
            if (!WinHttpGetDefaultProxyConfiguration(ref info)) throw new Win32Exception(Marshal.GetLastWin32Error());
            return new string[] { info.Access.ToString(System.Globalization.CultureInfo.InvariantCulture), Take(info.Proxy), Take(info.Bypass) };
        }

        public static void Write(int access, string proxy, string bypass)
        {
            ProxyInfo info = new ProxyInfo();
            info.Access = access;
            try
            {
                if (!String.IsNullOrEmpty(proxy)) info.Proxy = Marshal.StringToHGlobalUni(proxy);
                if (!String.IsNullOrEmpty(bypass)) info.Bypass = Marshal.StringToHGlobalUni(bypass);
                if (!WinHttpSetDefaultProxyConfiguration(ref info)) throw new Win32Exception(Marshal.GetLastWin32Error());
            }
            finally
            {
                if (info.Proxy != IntPtr.Zero) Marshal.FreeHGlobal(info.Proxy);
                if (info.Bypass != IntPtr.Zero) Marshal.FreeHGlobal(info.Bypass);
            }
        }
    }
}
'@
}

function Read-WinHttpProxy {
    Import-WinHttpProxyType
    $read = [OqsGen.WinHttpProxy]::Read()
    return [pscustomobject] @{ access = [int] $read[0]; proxy = $read[1]; bypass = $read[2] }
}

function Write-WinHttpProxy {
    param([int] $Access, [string] $Proxy, [string] $Bypass)
    Import-WinHttpProxyType
    [OqsGen.WinHttpProxy]::Write($Access, $Proxy, $Bypass)
}

# The signed-in person's proxy of the LAN connection: WinINET option 75, which writes the plain values and the blob of
# Internet Settings alike. Flags: 1 direct, 2 manual, 4 script, 8 automatic. https://learn.microsoft.com/windows/win32/api/wininet/ns-wininet-internet_per_conn_optionw

function Import-WinInetProxyType {
    if ('OqsGen.WinInetProxy' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace OqsGen
{
    public static class WinInetProxy
    {
        const int PerConnection = 75, SettingsChanged = 95, Refresh = 37;
        const int Flags = 1, Server = 2, Bypass = 3, Script = 4, FlagsUi = 10;

        [StructLayout(LayoutKind.Sequential)]
        struct OptionList { public int Size; public IntPtr Connection; public int Count; public int Error; public IntPtr Options; }

        // An option is its id and a union as wide as a FILETIME: 8 bytes, aligned as a pointer is.
        static readonly int OptionSize = IntPtr.Size == 8 ? 16 : 12;
        static readonly int ValueOffset = IntPtr.Size == 8 ? 8 : 4;

        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetQueryOptionW")]
        static extern bool Query(IntPtr session, int option, ref OptionList list, ref int size);
        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetSetOptionW")]
        static extern bool Change(IntPtr session, int option, ref OptionList list, int size);
        [DllImport("wininet.dll", SetLastError = true, EntryPoint = "InternetSetOptionW")]
        static extern bool Notify(IntPtr session, int option, IntPtr nothing, int size);
        [DllImport("kernel32.dll")]
        static extern IntPtr GlobalFree(IntPtr memory);

        static bool TryRead(int flagsId, out int flags, out string[] texts)
        {
            flags = 0;
            texts = new string[3];
            int[] ids = { flagsId, Server, Bypass, Script };
            IntPtr options = Marshal.AllocHGlobal(OptionSize * ids.Length);
            try
            {
                for (int i = 0; i < ids.Length; i++)
                {
                    for (int b = 0; b < OptionSize; b++) Marshal.WriteByte(options, i * OptionSize + b, 0);
                    Marshal.WriteInt32(options, i * OptionSize, ids[i]);
                }
                OptionList list = new OptionList();
                list.Size = Marshal.SizeOf(typeof(OptionList));
                list.Count = ids.Length;
                list.Options = options;
                int size = list.Size;
                if (!Query(IntPtr.Zero, PerConnection, ref list, ref size)) return false;
                flags = Marshal.ReadInt32(options, ValueOffset);
                for (int i = 1; i < ids.Length; i++)
                {
                    IntPtr text = Marshal.ReadIntPtr(options, i * OptionSize + ValueOffset);
                    if (text == IntPtr.Zero) continue;
                    texts[i - 1] = Marshal.PtrToStringUni(text);
                    GlobalFree(text);
                }
                return true;
            }
            finally { Marshal.FreeHGlobal(options); }
        }

        // flags (decimal), server, bypass, script; a text that is not there is empty.
        public static string[] Read()
        {
            int flags;
            string[] texts;
            if (!TryRead(FlagsUi, out flags, out texts) && !TryRead(Flags, out flags, out texts))
                throw new Win32Exception(Marshal.GetLastWin32Error());
            return new string[] { flags.ToString(System.Globalization.CultureInfo.InvariantCulture), texts[0] ?? "", texts[1] ?? "", texts[2] ?? "" };
        }

        public static void Write(int flags, string server, string bypass, string script)
        {
            int[] ids = { Flags, Server, Bypass, Script };
            string[] texts = { null, server, bypass, script };
            IntPtr[] memory = new IntPtr[ids.Length];
            IntPtr options = Marshal.AllocHGlobal(OptionSize * ids.Length);
            try
            {
                for (int i = 0; i < ids.Length; i++)
                {
                    for (int b = 0; b < OptionSize; b++) Marshal.WriteByte(options, i * OptionSize + b, 0);
                    Marshal.WriteInt32(options, i * OptionSize, ids[i]);
                    if (i == 0) { Marshal.WriteInt32(options, ValueOffset, flags); continue; }
                    if (!String.IsNullOrEmpty(texts[i])) memory[i] = Marshal.StringToHGlobalUni(texts[i]);
                    Marshal.WriteIntPtr(options, i * OptionSize + ValueOffset, memory[i]);
                }
                OptionList list = new OptionList();
                list.Size = Marshal.SizeOf(typeof(OptionList));
                list.Count = ids.Length;
                list.Options = options;
                if (!Change(IntPtr.Zero, PerConnection, ref list, list.Size)) throw new Win32Exception(Marshal.GetLastWin32Error());
                Notify(IntPtr.Zero, SettingsChanged, IntPtr.Zero, 0);
                Notify(IntPtr.Zero, Refresh, IntPtr.Zero, 0);
            }
            finally
            {
                foreach (IntPtr text in memory) if (text != IntPtr.Zero) Marshal.FreeHGlobal(text);
                Marshal.FreeHGlobal(options);
            }
        }
    }
}
'@
}

function Read-WinInetProxy {
    Import-WinInetProxyType
    $read = [OqsGen.WinInetProxy]::Read()
    return [pscustomobject] @{ flags = [int] $read[0]; server = $read[1]; bypass = $read[2]; pac = $read[3] }
}

function Write-WinInetProxy {
    param([int] $Flags, [string] $Server, [string] $Bypass, [string] $Pac)
    Import-WinInetProxyType
    [OqsGen.WinInetProxy]::Write($Flags, $Server, $Bypass, $Pac)
}

# What Windows Update knows, by its COM interface (learn.microsoft.com, Windows Update Agent API).

function Read-PendingUpdate {
    # As of the last search: pending = updates that are neither installed nor hidden nor optional; restart = one is wanted;
    # searched = when (PC's time; $null never). $null where the service does not answer.
    try {
        $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
        $searcher.Online = $false
        $pending = $searcher.Search("IsInstalled=0 and IsHidden=0 and BrowseOnly=0 and Type='Software'").Updates.Count
        $searched = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
        $restart = (New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
    }
    catch [Runtime.InteropServices.COMException] { return $null }
    if ($null -ne $searched) { $searched = [DateTime]::SpecifyKind([DateTime] $searched, [DateTimeKind]::Utc).ToLocalTime() }
    return [pscustomobject] @{ pending = [int] $pending; restart = [bool] $restart; searched = $searched }
}

# What a browser writes: JSON of megabytes, with objects of thousands of members, names that differ in case alone, empty
# names, and comments in manifests. ConvertFrom-Json of 5.1 takes none of it, and JavaScriptSerializer no object of more
# than 1000 members (.NET Framework, aspnet:MaxJsonDeserializerMembers).

function ConvertFrom-BrowserJson {
    # Objects as dictionaries that know the case, lists as arrays; whole numbers as Int64. Throws where it is no JSON.
    param([string] $Text)
    if ($null -eq ('OqsGen.BrowserJson' -as [type])) {
        Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
namespace OqsGen
{
    public sealed class BrowserJson
    {
        const int Deepest = 300;
        readonly string text;
        int at;

        BrowserJson(string json) { text = json; }

        public static object Read(string json)
        {
            BrowserJson reader = new BrowserJson(json);
            object value = reader.Value(0);
            reader.Blank();
            if (reader.at < json.Length) throw reader.Wrong();
            return value;
        }

        FormatException Wrong()
        {
            return new FormatException("no JSON at " + at.ToString(CultureInfo.InvariantCulture));
        }

        char Next()
        {
            if (at >= text.Length) throw Wrong();
            return text[at];
        }

        bool Take(string word)
        {
            if (String.CompareOrdinal(text, at, word, 0, word.Length) != 0) return false;
            at += word.Length;
            return true;
        }

        void Need(string word)
        {
            if (!Take(word)) throw Wrong();
        }

        void Blank()
        {
            while (at < text.Length)
            {
                if (" \t\r\n".IndexOf(text[at]) >= 0) { at++; continue; }
                int end;
                if (Take("//")) end = text.IndexOf('\n', at);
                else if (Take("/*")) { end = text.IndexOf("*/", at, StringComparison.Ordinal); if (end < 0) throw Wrong(); end++; }
                else return;
                at = end < 0 ? text.Length : end + 1;
            }
        }

        object Value(int depth)
        {
            if (depth > Deepest) throw Wrong();
            Blank();
            char next = Next();
            if (next == '{') return Members(depth);
            if (next == '[') return Items(depth);
            if (next == '"') return Word();
            if (Take("true")) return true;
            if (Take("false")) return false;
            if (Take("null")) return null;
            return Number();
        }

        Dictionary<string, object> Members(int depth)
        {
            Dictionary<string, object> members = new Dictionary<string, object>(StringComparer.Ordinal);
            Need("{");
            Blank();
            if (Take("}")) return members;
            while (true)
            {
                Blank();
                string name = Word();
                Blank();
                Need(":");
                members[name] = Value(depth + 1);
                Blank();
                if (Take("}")) return members;
                Need(",");
            }
        }

        object[] Items(int depth)
        {
            List<object> items = new List<object>();
            Need("[");
            Blank();
            if (Take("]")) return items.ToArray();
            while (true)
            {
                items.Add(Value(depth + 1));
                Blank();
                if (Take("]")) return items.ToArray();
                Need(",");
            }
        }

        string Word()
        {
            StringBuilder word = new StringBuilder();
            Need("\"");
            while (true)
            {
                char next = Next();
                at++;
                if (next == '"') return word.ToString();
                if (next != '\\') { word.Append(next); continue; }
                next = Next();
                at++;
                int plain = "\"\\/bfnrt".IndexOf(next);
                if (plain >= 0) { word.Append("\"\\/\b\f\n\r\t"[plain]); continue; }
                ushort code;
                if (next != 'u' || at + 4 > text.Length || !UInt16.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)) throw Wrong();
                word.Append((char)code);
                at += 4;
            }
        }

        object Number()
        {
            int start = at;
            while (at < text.Length && "+-.0123456789eE".IndexOf(text[at]) >= 0) at++;
            string digits = text.Substring(start, at - start);
            long whole;
            double number;
            if (Int64.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return whole;
            if (Double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return number;
            throw Wrong();
        }
    }
}
'@
    }
    return , [OqsGen.BrowserJson]::Read($Text)
}

function Get-BrowserField {
    # What stands at a path of names; $null where a part of the path is missing.
    param([object] $Value, [string[]] $Path)
    foreach ($name in $Path) {
        if ($Value -isnot [System.Collections.IDictionary] -or -not $Value.ContainsKey($name)) { return $null }
        $Value = $Value[$name]
    }
    return , $Value
}

function Read-BrowserFile {
    # What a file of the browser holds; $null where it is not there.
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    $text = (ConvertFrom-FileByte (Read-FileByte -Path $Path)).TrimStart([char] 0xfeff)
    try { return , (ConvertFrom-BrowserJson $text) } catch { throw "Edge の設定ファイルを読めません: $Path" }
}

# Verify, apply and roll back, from nothing but each kind's blocks.
#   verify   = Get is as wanted
#   apply    = Get; where it is not as wanted: journal what is there, Set, Get again
#   rollback = newest first: where Get is still what we made, Set what was there before

function Get-StepResult {
    # One line of the results. `title` and `how` are for people; result.json leaves them out.
    param([object] $Step, [string] $Status, [object] $Found = $null, [string] $Message = '')
    return [pscustomobject] @{
        id = [string] $Step.id; kind = [string] $Step.kind; scope = [string] (Get-Field $Step 'scope'); status = $Status
        wanted = (Get-Field $Step 'wanted'); found = $Found; message = $Message
        title = [string] (Get-Field $Step 'title'); how = [string] (Get-Field $Step 'how')
    }
}

function Get-StepKey {
    param([object] $Step)
    return "$($Step.kind) $(ConvertTo-Canonical $Step.target)"
}

function Test-Checkable {
    # False for what only a person can see.
    param([object] $Step)
    return ($null -ne (Get-Kind $Step.kind).get -and $null -ne (Get-Field $Step 'target') -and -not (Test-PaperStep $Step))
}

function Get-Marker {
    # Get's answer when there is no state to compare: unknown, or not applicable to this PC.
    param([object] $Step, [object] $Found)
    foreach ($status in 'unknown', 'not-applicable') {
        $names = @(Get-FieldName $Found)
        if ($null -ne $Found -and $names.Length -eq 1 -and $names[0] -ceq $status) {
            return Get-StepResult $Step -Status $status -Found $null -Message ([string] (Get-Field $Found $status))
        }
    }
    return $null
}

function Get-ErrorText {
    param([object] $ErrorRecord)
    $exception = $ErrorRecord.Exception
    while ($exception -is [System.Management.Automation.MethodInvocationException] -and $null -ne $exception.InnerException) { $exception = $exception.InnerException }
    return $exception.Message
}

function Get-EarlyResult {
    # Where something else has to be done first in OqsComApp's own pass: it cannot be said yet.
    param([object] $Step, [object] $Run, [object] $Found)
    $open = @(Get-Field $Step 'after' | ForEach-Object { $_ } | Where-Object { $_ -and -not (Test-StepDone $_ $Run) })
    if ($open.Length -eq 0) { return $null }
    $titles = @($Run.plan.steps | Where-Object { $open -ccontains $_.id } | ForEach-Object { $_.title })
    return Get-StepResult $Step -Status 'unknown' -Found $Found -Message "$($Run.plan.account) で行う項目の後に行います: $($titles -join '、')"
}

function Test-Agreed {
    # Whether a person wants what cannot be taken back in full. Nobody there: no.
    param([object] $Step)
    $agree = (Get-Kind $Step.kind).agree
    if ($null -eq $agree) { return $true }
    $text = [string] (& $agree $Step.target $Step.wanted)
    if (-not $text) { return $true }
    Write-Line ''
    Write-Line "――― $($Step.title) ―――"
    Write-Line $text
    return ((Read-Answer '行うには「はい」と入力して Enter、行わない場合は何も入力せずに Enter を押してください: ') -ceq 'はい')
}

function Invoke-VerifyStep {
    param([object] $Step, [object] $Run)
    if (-not (Test-Checkable $Step)) { return Get-StepResult $Step -Status 'manual' -Found $null -Message '人が行う作業です。' }
    try {
        $found = Get-State $Step.kind $Step.target
        $marker = Get-Marker $Step $found
        if ($null -ne $marker) { return $marker }
        if (Test-State $Step.kind -Wanted $Step.wanted -Found $found) { return Get-SettledResult $Step -Run $Run -Found $found -Status 'ok' }
        $early = Get-EarlyResult $Step -Run $Run -Found $found
        if ($null -ne $early) { return $early }
        $waits = (Get-Kind $Step.kind).waits
        if ($waits) { return Get-StepResult $Step -Status 'restart' -Found $found -Message $waits }
        # A kind that knows why says so.
        $why = [string] (Get-Field $found 'message')
        if (-not $why) { $why = '決められた値と違います。' }
        return Get-StepResult $Step -Status 'drift' -Found $found -Message $why
    }
    catch { return Get-StepResult $Step -Status 'failed' -Found $null -Message (Get-ErrorText $_) }
}

function Get-SettledResult {
    # As wanted: but only after a restart where our own change needs one.
    param([object] $Step, [object] $Run, [object] $Found, [string] $Status)
    if (Test-RestartPending $Run.journal -Boot $Run.boot -Key (Get-StepKey $Step)) {
        return Get-StepResult $Step -Status 'restart' -Found $Found -Message '設定しました。Windows を再起動すると有効になります。'
    }
    return Get-StepResult $Step -Status $Status -Found $Found -Message ([string] (Get-Field $Found 'warning'))
}

function Invoke-ApplyStep {
    param([object] $Step, [object] $Run)
    if ($Step.how -cne 'apply' -or (Get-Kind $Step.kind).waits) { return Invoke-VerifyStep $Step $Run }
    $key = Get-StepKey $Step
    $journal = $Run.journal
    try {
        $before = Get-State $Step.kind $Step.target
        $marker = Get-Marker $Step $before
        if ($null -ne $marker) { return $marker }
        if (Test-State $Step.kind -Wanted $Step.wanted -Found $before) {
            # Cut short between Set and its entry: settle it now, so that a later change by somebody else is seen as theirs.
            if ($journal.open.Contains($key) -and -not $journal.open[$key].settled) {
                Add-SetEntry $Run -Kind $Step.kind -Key $key -After $before
            }
            return Get-SettledResult $Step -Run $Run -Found $before -Status 'ok'
        }
        $early = Get-EarlyResult $Step -Run $Run -Found $before
        if ($null -ne $early) { return $early }
        $missing = @(Get-NeededSecret $Step.kind -Target $Step.target -State $Step.wanted -Found $before -Default @($Step.secrets) | ForEach-Object { Get-SecretName $_ } | Where-Object { -not (Test-SecretKnown $_) })
        if ($missing.Length -gt 0) {
            $null = $Run.next.Add('password')
            return Get-StepResult $Step -Status 'skipped' -Found $before -Message "パスワードが入力されなかったため行いませんでした: $($missing -join '、')"
        }
        if (-not (Test-Agreed $Step)) {
            $null = $Run.next.Add('again')
            return Get-StepResult $Step -Status 'manual' -Found $before -Message '行わないと答えたため、行っていません。'
        }
        $first = -not $journal.open.Contains($key)
        Add-JournalEntry $journal ([ordered] @{
                event = 'before'; run = $Run.id; bundle = $Run.bundle; step = $Step.id; title = $Step.title; key = $key; kind = $Step.kind
                format = (Get-Kind $Step.kind).format; target = $Step.target; before = $before; wanted = $Step.wanted
                restart = [bool] $Step.restart; boot = $Run.boot
            })
        try { Invoke-Set $Step.kind -Target $Step.target -State $Step.wanted }
        catch {
            # Refused without a change: nothing of it is ours, and what is there later must not be put back to this.
            $refused = $_
            if ($first -and (Test-Untouched $Step $before)) { Add-JournalEntry $journal ([ordered] @{ event = 'restored'; key = $key }) }
            throw $refused
        }
        $found = Get-State $Step.kind $Step.target
        if (-not (Test-State $Step.kind -Wanted $Step.wanted -Found $found)) { return Get-StepResult $Step -Status 'failed' -Found $found -Message '設定しましたが、読み直すと値が違います。' }
        Add-SetEntry $Run -Kind $Step.kind -Key $key -After $found
        return Get-SettledResult $Step -Run $Run -Found $found -Status 'changed'
    }
    catch { return Get-StepResult $Step -Status 'failed' -Found $null -Message (Get-ErrorText $_) }
}

function Add-SetEntry {
    param([object] $Run, [string] $Kind, [string] $Key, [object] $After)
    Add-JournalEntry $Run.journal ([ordered] @{ event = 'set'; key = $Key; format = (Get-Kind $Kind).format; after = $After; boot = $Run.boot })
}

function Test-Untouched {
    # Whether all is as it was Before. What cannot be read may have been changed.
    param([object] $Step, [object] $Before)
    try { return (Test-Same $Before (Get-State $Step.kind $Step.target)) }
    catch { return $false }
}

function Get-UndoStep {
    # A journalled target in the form of a step, so that its result is one.
    param([object] $Item, [string] $Scope)
    return [pscustomobject] @{
        id = $Item.step; kind = $Item.kind; scope = $Scope; target = $Item.target; wanted = $Item.before; title = $Item.title; how = 'apply'
    }
}

function Test-OurWork {
    # What is there is what we made, or our own half-made work whatever it looks like.
    param([object] $Item, [object] $Found)
    if (-not $Item.settled) { return $true }
    $block = (Get-Kind $Item.kind).ours
    if ($null -ne $block) { return [bool] (& $block $Item.after $Found) }
    return (Test-SameState $Item.kind $Item.after $Found)
}

function Invoke-UndoStep {
    param([object] $Item, [object] $Run)
    $step = Get-UndoStep $Item $Run.scope
    $journal = $Run.journal
    $key = $Item.key
    try {
        $found = Get-State $Item.kind $Item.target
        $marker = Get-Marker $step $found
        if ($null -ne $marker) { return $marker }
        if (Test-SameState $Item.kind $Item.before $found) {
            Add-JournalEntry $journal ([ordered] @{ event = 'restored'; key = $key })
            return Get-StepResult $step -Status 'ok' -Found $found -Message '元の状態です。'
        }
        if (-not (Test-OurWork $Item $found)) {
            return Get-StepResult $step -Status 'drift' -Found $found -Message '適用した後に別の人が変えた値のため、そのままにしました。'
        }
        $missing = @(Get-NeededSecret $Item.kind -Target $Item.target -State $Item.before -Found $found -Default @() | ForEach-Object { Get-SecretName $_ } | Where-Object { -not (Test-SecretKnown $_) })
        if ($missing.Length -gt 0) {
            $null = $Run.next.Add('password')
            return Get-StepResult $step -Status 'manual' -Found $found -Message "パスワードが入力されなかったため、元に戻していません: $($missing -join '、')"
        }
        $goal = $Item.before
        $reason = ''
        $undo = (Get-Kind $Item.kind).undo
        if ($null -ne $undo) {
            $answer = & $undo $Item.target $Item.before $found
            if ($null -ne $answer) { $goal = $answer.state; $reason = [string] $answer.reason }
        }
        if ($reason -and (Test-SameState $Item.kind $goal $found)) { return Get-StepResult $step -Status 'manual' -Found $found -Message $reason }
        Add-JournalEntry $journal ([ordered] @{ event = 'restoring'; key = $key; boot = $Run.boot })
        Invoke-Set $Item.kind -Target $Item.target -State $goal
        $found = Get-State $Item.kind $Item.target
        if ($reason) {
            Add-SetEntry $Run -Kind $Item.kind -Key $key -After $found
            return Get-StepResult $step -Status 'manual' -Found $found -Message $reason
        }
        if (-not (Test-SameState $Item.kind $goal $found) -and -not (Test-State $Item.kind -Wanted $goal -Found $found)) { return Get-StepResult $step -Status 'failed' -Found $found -Message '元に戻しましたが、読み直すと値が違います。' }
        Add-JournalEntry $journal ([ordered] @{ event = 'restored'; key = $key })
        if (Test-RestartPending $journal -Boot $Run.boot -Key $key) { return Get-StepResult $step -Status 'restart' -Found $found -Message '元に戻しました。Windows を再起動すると有効になります。' }
        return Get-StepResult $step -Status 'changed' -Found $found -Message '元に戻しました。'
    }
    catch { return Get-StepResult $step -Status 'failed' -Found $null -Message (Get-ErrorText $_) }
}

function Find-ApplySecret {
    # What has to be asked before these steps are applied.
    param([object[]] $Steps)
    foreach ($step in $Steps) {
        $kind = Get-Kind $step.kind
        if ($step.how -cne 'apply' -or $kind.waits -or ($null -eq $kind.secret -and @($step.secrets).Length -eq 0)) { continue }
        try {
            $found = Get-State $step.kind $step.target
            if ($null -ne (Get-Marker $step $found) -or (Test-State $step.kind -Wanted $step.wanted -Found $found)) { continue }
            if ($null -ne (Get-EarlyResult $step -Run $script:Current -Found $found)) { continue }
            Get-NeededSecret $step.kind -Target $step.target -State $step.wanted -Found $found -Default @($step.secrets)
        }
        catch { continue }
    }
}

function Find-UndoSecret {
    # What has to be asked before these targets are undone.
    param([object[]] $Items, [string] $Scope)
    foreach ($item in $Items) {
        if ($null -eq (Get-Kind $item.kind).secret) { continue }
        try {
            $found = Get-State $item.kind $item.target
            if ($null -ne (Get-Marker (Get-UndoStep $item $Scope) $found) -or (Test-SameState $item.kind $item.before $found) -or -not (Test-OurWork $item $found)) { continue }
            Get-NeededSecret $item.kind -Target $item.target -State $item.before -Found $found -Default @()
        }
        catch { continue }
    }
}

# The folders of this PC: %ProgramData%\oqsgen. Anybody may have made them before us, so owner, access and links
# are looked at every time; what others could have written is never obeyed.

$script:Administrators = 'S-1-5-32-544'
$script:LocalSystem = 'S-1-5-18'
$script:Users = 'S-1-5-32-545'
$script:FullRights = 0x1f01ff
$script:ReadRights = 0x1200a9
$script:PrivateSddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
$script:ReadableSddl = $script:PrivateSddl + '(A;OICI;0x1200a9;;;BU)'

function Get-MachineFolder {
    $root = [IO.Path]::Combine((Get-ProgramDataFolder), 'oqsgen')
    return [pscustomobject] @{
        root = $root; journal = [IO.Path]::Combine($root, 'journal'); results = [IO.Path]::Combine($root, 'results')
        temp = [IO.Path]::Combine($root, 'temp')
    }
}

function Initialize-MachineFolder {
    # Makes and checks the folders; the text of a refusal, or empty.
    param([bool] $Ask)
    $folder = Get-MachineFolder
    $extra = New-Object Collections.ArrayList
    $plan = @(
        @{ path = $folder.root; readable = $true; content = $false }
        @{ path = $folder.journal; readable = $false; content = $true }
        @{ path = $folder.results; readable = $true; content = $true }
        @{ path = $folder.temp; readable = $false; content = $false }
    )
    foreach ($item in $plan) {
        $sddl = $script:PrivateSddl
        if ($item.readable) { $sddl = $script:ReadableSddl }
        if ($null -eq (Get-PathSecurity $item.path)) { Initialize-Folder $item.path $sddl }
        $problem = Get-OwnerProblem $item.path $true
        if ($problem) { return $problem }
        foreach ($entry in @(Get-ExtraAccess $item.path -Readable $item.readable -Sddl $sddl)) { $null = $extra.Add($entry) }
        if (-not $item.content) { continue }
        foreach ($path in @(Get-FolderEntry $item.path)) {
            $problem = Get-OwnerProblem $path $false
            if ($problem) { return $problem }
            foreach ($entry in @(Get-ExtraAccess $path -Readable $item.readable -Sddl $sddl.Replace('OICI', ''))) { $null = $extra.Add($entry) }
        }
    }
    if ($extra.Count -eq 0) { return '' }
    return Get-ExtraAccessProblem @($extra) $Ask
}

function Get-OwnerProblem {
    # Why a folder or file cannot be trusted at all, with the way out; empty when it can.
    param([string] $Path, [bool] $Folder)
    $security = Get-PathSecurity $Path
    $way = "エクスプローラーで「$Path」を別の名前に変えてから、もう一度開いてください。前に oqsgen を使った PC の場合は、" +
    '元に戻すための記録が入っていることがあるため、削除せずにベンダーへ連絡してください。'
    if ($security.reparse) { return "「$Path」が別の場所へのリンクになっているため、使いません。$way" }
    if ($Folder -and -not $security.folder) { return "「$Path」はフォルダーではありません。$way" }
    if (@($script:Administrators, $script:LocalSystem) -cnotcontains $security.owner) {
        return "「$Path」の所有者が管理者ではなく $(Get-AccountName $security.owner) のため、使いません。$way"
    }
    return ''
}

function Get-ExtraAccess {
    # Access entries that we did not give.
    param([string] $Path, [bool] $Readable, [string] $Sddl)
    $security = Get-PathSecurity $Path
    $extra = @(foreach ($entry in $security.entries) {
            if (-not $security.folder -and $entry.inherited) { continue }
            $ours = @($script:Administrators, $script:LocalSystem) -ccontains $entry.sid
            $reader = $Readable -and $entry.sid -ceq $script:Users -and ($entry.rights -band -bnot $script:ReadRights) -eq 0
            if ($entry.allow -and ($ours -or $reader)) { continue }
            [pscustomobject] @{ path = $Path; name = (Get-AccountName $entry.sid); sddl = $Sddl }
        })
    # A folder that takes entries over from %ProgramData% is closed even when nothing stands out.
    if ($extra.Length -eq 0 -and $security.folder -and -not $security.protected) { Protect-Path $Path $Sddl }
    return $extra
}

function Get-ExtraAccessProblem {
    # Names the entries that are too many and takes them out when a person agrees.
    param([object[]] $Extra, [bool] $Ask)
    Write-Line ''
    Write-Line 'oqsgen のフォルダーに、余分なアクセス権が付いています。'
    Write-Line '（エクスプローラーでフォルダーを開き、「続行」を押したときに付くことがあります）'
    foreach ($entry in $Extra) { Write-Line "　・$($entry.path) : $($entry.name)" }
    if ($Ask) { $answer = Read-Answer '心当たりがあり、このアクセス権を外して続ける場合は yes と入力してください: ' } else { $answer = '' }
    if ($answer -ine 'yes') {
        return 'oqsgen のフォルダーに余分なアクセス権があります。心当たりがない場合は、記録が書き換えられているおそれがあるため、ベンダーへ連絡してください。'
    }
    foreach ($entry in $Extra) { Protect-Path $entry.path $entry.sddl }
    return ''
}

function Test-TrustedFolder {
    # For a reader without administrator: whether only administrators can have written here.
    param([string] $Path)
    $security = Get-PathSecurity $Path
    return ($null -ne $security -and -not $security.reparse -and @($script:Administrators, $script:LocalSystem) -ccontains $security.owner)
}

function Read-TrustedJson {
    # A file of the machine results; $null when it is not there or not the administrators'.
    param([string] $Name)
    $folder = Get-MachineFolder
    $path = [IO.Path]::Combine($folder.results, $Name)
    foreach ($part in $folder.root, $folder.results, $path) { if (-not (Test-TrustedFolder $part)) { return $null } }
    try { return ConvertFrom-Json ([IO.File]::ReadAllText($path, [Text.Encoding]::UTF8)) } catch { return $null }
}

function Write-TrustedJson {
    param([string] $Name, [object] $Value)
    $path = [IO.Path]::Combine((Get-MachineFolder).results, $Name)
    Initialize-File $path $script:ReadableSddl.Replace('OICI', '')
    Write-FileText $path ((ConvertTo-JsonText $Value -Indent '  ') + "`n")
}

function Get-UserFolder { return [IO.Path]::Combine((Get-LocalAppDataFolder), 'oqsgen') }

function Get-JournalPath {
    param([string] $Scope)
    if ($Scope -ceq 'Machine') { return [IO.Path]::Combine((Get-MachineFolder).journal, 'machine.jsonl') }
    return [IO.Path]::Combine((Get-UserFolder), 'journal.jsonl')
}

# A step that a person does while we show it.

# What a step may open besides pages and folders: programs of Windows, each with its argument.
$script:Windows = @{
    certmgr = 'certmgr.msc', ''
    taskschd = 'taskschd.msc', ''
    devmgmt = 'devmgmt.msc', ''
    gpedit = 'gpedit.msc', ''
    credentials = 'control.exe', '/name Microsoft.CredentialManager'
    programs = 'control.exe', 'appwiz.cpl'
}

$script:GuidanceTries = 5

# Why steps could not be looked at that the person put off: what waits for the same is not asked about again in this pass.
$script:PutOff = @{}

function Invoke-GuidedStep {
    # Shown only where the PC cannot see that it is done already; where it can see, it looks again after each answer.
    param([object] $Step, [object] $Run)
    if (-not (Test-Checkable $Step)) { return Invoke-Guidance $Step $Run }
    $guide = (Get-Kind $Step.kind).guide
    if ($null -ne $guide) { return (& $guide $Step $Run) }
    $found = Invoke-VerifyStep $Step $Run
    if (@('ok', 'not-applicable') -ccontains $found.status) { return $found }
    $later = $found.status -ceq 'unknown' -and $script:PutOff.ContainsKey($found.message)
    if (-not $later) { Show-Guidance $Step }
    for ($try = 1; -not $later -and $try -le $script:GuidanceTries; $try++) {
        if ((Read-GuidedAnswer $Step) -ieq 's') {
            if ($found.status -ceq 'unknown') { $script:PutOff[$found.message] = $true }
            break
        }
        $found = Invoke-VerifyStep $Step $Run
        if (@('ok', 'not-applicable') -ccontains $found.status) { return $found }
        Write-Line "まだ確かめられません: $($found.message)"
    }
    $null = $Run.next.Add('again')
    return Get-StepResult $Step -Status 'manual' -Found $found.found -Message "後で行うことになっています。$($found.message)"
}

function Read-GuidedAnswer {
    # What the kind itself asks for, or only that it is done; "s" for later.
    param([object] $Step)
    $ask = (Get-Kind $Step.kind).ask
    if ($null -ne $ask) { return [string] (& $ask $Step.target $Step.wanted) }
    return Read-Answer '済んだら Enter、後で行う場合は s と Enter を押してください: '
}

function Invoke-Guidance {
    # What only the person can see. What was said to be done is not asked again for this bundle.
    param([object] $Step, [object] $Run)
    $done = Get-StepResult $Step -Status 'manual' -Found $null -Message '作業した人が、済んだと答えました。'
    if ($Run.journal.confirmed.ContainsKey("$($Run.bundle) $($Step.id)")) { return $done }
    Show-Guidance $Step
    $answer = Read-Answer '済んだら Enter、後で行う場合は s と Enter を押してください: '
    if ($answer -ieq 's') { return Get-StepResult $Step -Status 'manual' -Found $null -Message '後で行うことになっています。' }
    Add-JournalEntry $Run.journal ([ordered] @{ event = 'confirmed'; bundle = $Run.bundle; step = $Step.id })
    return $done
}

function Show-Guidance {
    # What to do and how to see that it is right; and the window or folder for it.
    param([object] $Step)
    Write-Line ''
    Write-Line "――― $($Step.title) ―――"
    Write-Line $Step.what
    foreach ($pair in @($Step.values)) { Write-Line "　$($pair.label): $($pair.value)" }
    if ($Step.check) { Write-Line "確かめること: $($Step.check)" }
    $page = [string] (Get-Field $Step 'open')
    if ($page -clike 'installer:*') { $page = Find-InstallerFolder $page.Substring('installer:'.Length).Split(';') }
    if (-not $page) { return }
    try {
        if ($script:Windows.ContainsKey($page)) { Open-Program $script:Windows[$page][0] $script:Windows[$page][1] }
        elseif ($page -cmatch '^edge://[a-z/]+$') { Open-Edge $page }
        elseif (Test-OpenAllowed $page) { Open-Page $page }
    }
    catch { Write-Line "開けませんでした: $page" }
}

function Test-OpenAllowed {
    # A settings page, a secure web page, or a folder on a drive of this PC: nothing that could run.
    param([string] $Page)
    if ($Page -cmatch '^(ms-settings:[a-z0-9?=&-]*|https://[^\s"]+)$') { return $true }
    return ($Page -cmatch '^[A-Za-z]:\\[^"]*$' -and [IO.Directory]::Exists($Page))
}

# The journal is the memory of what this PC (or this person's profile) was like before us: one JSON object a
# line, on the disk before anything changes. It belongs to the PC or the person, not to a bundle: the first
# `before` of a target wins until that target is `restored`.
#
#   before      about to change a target: what was there, what is wanted
#   set         changed: what it reads back as (`after`); only while it still does is it ours to undo
#   restoring   about to put it back; a target without `set` after `before` or `restoring` is half-made by us
#   restored    as before; the target is forgotten
#   completed   OqsComApp's user pass of a bundle went through
#   confirmed   a person said that a guided step is done; or a step was found done that a machine step comes after

$script:JournalEvents = 'before', 'set', 'restoring', 'restored', 'completed', 'confirmed'

function Read-JournalText {
    # The whole lines of a journal, and how many bytes they take. A power cut can leave a torn last line.
    param([string] $Path)
    if (-not [IO.File]::Exists($Path)) { return [pscustomobject] @{ lines = @(); whole = 0; torn = $false } }
    $stream = [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Read, ([IO.FileShare]::ReadWrite -bor [IO.FileShare]::Delete))
    try {
        $memory = New-Object IO.MemoryStream
        $stream.CopyTo($memory)
        $bytes = $memory.ToArray()
    }
    finally { $stream.Dispose() }
    $whole = [array]::LastIndexOf($bytes, [byte] 10) + 1
    $text = (New-Object Text.UTF8Encoding($false, $true)).GetString($bytes, 0, $whole)
    $lines = $text.Split([char[]] "`n", [StringSplitOptions]::RemoveEmptyEntries)
    return [pscustomobject] @{ lines = $lines; whole = $whole; torn = ($whole -lt $bytes.Length) }
}

function Open-Journal {
    # Reads a journal. -Repair cuts a torn last line off: nothing followed it.
    param([string] $Path, [switch] $Repair)
    $journal = [pscustomobject] @{
        path = $Path
        open = New-Object Collections.Specialized.OrderedDictionary
        completed = @{}
        confirmed = @{}
        changedAt = @{}
        restartAt = @{}
        times = @{}
        strange = New-Object Collections.ArrayList
    }
    try {
        $read = Read-JournalText $Path
        if ($read.torn -and $Repair) { Resize-File $Path $read.whole }
        foreach ($line in $read.lines) { Merge-JournalEntry $journal (ConvertFrom-Json $line) }
    }
    catch { $null = $journal.strange.Add("記録を読めません: $($_.Exception.Message)") }
    return $journal
}

function Add-JournalEntry {
    param([object] $Journal, [System.Collections.IDictionary] $Entry)
    $Entry['at'] = Get-TimeText
    Add-FileText $Journal.path ((ConvertTo-JsonText $Entry) + "`n")
    Merge-JournalEntry $Journal ([pscustomobject] $Entry)
}

function Merge-JournalEntry {
    # What the journal knows after one more entry.
    param([object] $Journal, [object] $Entry)
    $what = [string] (Get-Field $Entry 'event')
    if ($script:JournalEvents -cnotcontains $what) { $null = $Journal.strange.Add("知らない記録です: $what"); return }
    $boot = [string] (Get-Field $Entry 'boot')
    if ($what -ceq 'completed') { $Journal.completed[[string] $Entry.bundle] = $true; return }
    if ($what -ceq 'confirmed') { $Journal.confirmed["$($Entry.bundle) $($Entry.step)"] = $true; return }
    $key = [string] $Entry.key
    $open = $Journal.open
    if ($what -ceq 'before') {
        $before = Read-JournalState $Journal -Kind $Entry.kind -Format $Entry.format -State $Entry.before
        if (-not $open.Contains($key)) {
            $open[$key] = [pscustomobject] @{
                key = $key; step = $Entry.step; title = $Entry.title; kind = $Entry.kind; format = 0; target = $Entry.target
                before = $before; after = $null; settled = $false; touched = $false; restart = $false
            }
        }
        $open[$key].format = $Entry.format
        $open[$key].settled = $false
        if (Get-Field $Entry 'restart') { $open[$key].restart = $true }
    }
    if (-not $open.Contains($key)) { return }
    $item = $open[$key]
    if ($boot -cne '' -and $what -cne 'restored') {
        $Journal.changedAt[$key] = $boot
        $Journal.times[$key] = [string] (Get-Field $Entry 'at')
        if ($item.restart) { $Journal.restartAt[$key] = $boot }
    }
    if ($what -ceq 'set') {
        $format = Get-Field $Entry 'format'
        # 0.1.0 wrote it into `before` alone.
        if ($null -eq $format) { $format = $item.format }
        $item.after = Read-JournalState $Journal -Kind $item.kind -Format $format -State $Entry.after
        $item.settled = $true
        $item.touched = $true
    }
    if ($what -ceq 'restoring') { $item.settled = $false; $item.touched = $true }
    if ($what -ceq 'restored') {
        $open.Remove($key)
        # A change that was refused takes nobody's answers back.
        if ($item.touched) { $Journal.completed.Clear(); $Journal.confirmed.Clear() }
    }
}

function Read-JournalState {
    # A state as this version's Get would give it. One that this version cannot read makes the journal strange.
    param([object] $Journal, [string] $Kind, [int] $Format, [object] $State)
    $problem = Get-FormatProblem $Kind $Format
    if ($problem) { $null = $Journal.strange.Add($problem); return $State }
    if ($Format -eq (Get-Kind $Kind).format) { return $State }
    return (& (Get-Kind $Kind).readOlder $State $Format)
}

function Get-FormatProblem {
    # Why this version cannot read a state; empty when it can.
    param([string] $Kind, [int] $Format)
    if (-not $script:Kind.ContainsKey($Kind)) { return "この版の oqsgen が知らない種類の記録です: $Kind" }
    $known = $script:Kind[$Kind]
    if ($Format -gt $known.format) { return "もっと新しい版の oqsgen が書いた記録です: $Kind" }
    if ($Format -lt $known.format -and $null -eq $known.readOlder) { return "古い版の oqsgen が書いた、この版では読めない記録です: $Kind" }
    return ''
}

function Get-OpenTarget {
    # What we have changed and not put back, oldest first.
    param([object] $Journal)
    foreach ($item in $Journal.open.Values) { $item }
}

function Get-OpenBefore {
    # For a kind's Set: what this pass's journal says was there before us; $null where it is not ours to undo yet.
    param([string] $Kind, [object] $Target)
    if ($null -eq $script:Current -or $null -eq $script:Current.journal) { return $null }
    $open = $script:Current.journal.open
    $key = "$Kind $(ConvertTo-Canonical $Target)"
    if (-not $open.Contains($key)) { return $null }
    return $open[$key].before
}

function Test-RestartPending {
    # True while a restart that one of our changes needs has not happened: for one key, or for any.
    param([object] $Journal, [string] $Boot, [string] $Key = '')
    if ($Key -cne '') { return ($Journal.restartAt.ContainsKey($Key) -and $Journal.restartAt[$Key] -ceq $Boot) }
    return (@($Journal.restartAt.Values) -ccontains $Boot)
}

function Test-ChangedSinceBoot {
    # True when we have changed anything since Windows started.
    param([object] $Journal, [string] $Boot)
    return (@($Journal.changedAt.Values) -ccontains $Boot)
}

# What a kind keeps in this person's folder, each protected for this person alone: a secret that undoing will need, and
# the key of the marks. Nothing else may be able to read it, and it goes away once it is undone.

function Get-KeepFolder { return [IO.Path]::Combine((Get-UserFolder), 'keep') }

function Get-KeptName {
    # Names of what is kept.
    $folder = Get-KeepFolder
    if (-not [IO.Directory]::Exists($folder)) { return }
    foreach ($path in [IO.Directory]::GetFiles($folder, '*.kept')) { [IO.Path]::GetFileNameWithoutExtension($path) }
}

function Get-KeptPath {
    param([string] $Name)
    return [IO.Path]::Combine((Get-KeepFolder), "$Name.kept")
}

function Read-Kept {
    # The bytes; $null where there are none or where they cannot be read for this person any more. A file that only cannot
    # be opened now is an error: nothing may be put in its place.
    param([string] $Name)
    $path = Get-KeptPath $Name
    if (-not [IO.File]::Exists($path)) { return , $null }
    try { return , (Unprotect-OwnByte ([Convert]::FromBase64String([IO.File]::ReadAllText($path)))) }
    catch [Security.Cryptography.CryptographicException], [FormatException] { return , $null }
}

function Write-Kept {
    # On the disk when it returns, whole or not at all.
    param([string] $Name, [byte[]] $Bytes)
    Initialize-Folder (Get-KeepFolder)
    $path = Get-KeptPath $Name
    $new = [IO.Path]::ChangeExtension($path, '.new')
    [IO.File]::Delete($new)
    Add-FileText $new ([Convert]::ToBase64String((Protect-OwnByte $Bytes)))
    if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) } else { [IO.File]::Move($new, $path) }
}

function Clear-Kept {
    param([string] $Name)
    $path = Get-KeptPath $Name
    [IO.File]::Delete([IO.Path]::ChangeExtension($path, '.new'))
    [IO.File]::Delete($path)
}

function Get-Mark {
    # The same text for the same bytes, from which nothing can be guessed: a keyed hash, its key kept here. A plain hash
    # of a short secret could be found by trying.
    param([byte[]] $Bytes)
    $key = Read-Kept 'mark'
    if ($null -eq $key) {
        $key = Get-RandomByte 32
        Write-Kept 'mark' $key
    }
    $hash = New-Object Security.Cryptography.HMACSHA256(, $key)
    try { return [BitConverter]::ToString($hash.ComputeHash($Bytes), 0, 16).Replace('-', '').ToLowerInvariant() }
    finally { $hash.Dispose(); [array]::Clear($key, 0, $key.Length) }
}

function Get-RandomByte {
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

# Which kinds there are. Everything else (verify, apply, roll back) follows from their blocks.

$script:Kind = @{}

# Fields of a state that are for people: each version may word them anew.
$script:SaidField = 'message', 'warning'

function Register-Kind {
    # Get and Set make a kind; the other blocks are for what equality and Set alone cannot say
    # (docs/architecture.md, "A kind in PowerShell").
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [int] $Format,
        [Parameter(Mandatory = $true)] [scriptblock] $Get,
        [scriptblock] $Set,
        [scriptblock] $Test,
        [scriptblock] $Undo,
        [scriptblock] $Ours,
        [scriptblock] $ReadOlder,
        [scriptblock] $Secret,
        [scriptblock] $Ask,
        [scriptblock] $Guide,
        [scriptblock] $Agree,
        [string[]] $Sometimes = @(),
        [string] $Waits = ''
    )
    $script:Kind[$Name] = [pscustomobject] @{
        name = $Name; format = $Format; get = $Get; set = $Set; test = $Test; undo = $Undo; ours = $Ours; readOlder = $ReadOlder; sometimes = $Sometimes
        secret = $Secret; ask = $Ask; guide = $Guide; agree = $Agree; waits = $Waits
    }
}

function Get-Kind {
    param([string] $Name)
    if (-not $script:Kind.ContainsKey($Name)) { throw "この版の oqsgen が知らない種類の項目です: $Name" }
    return $script:Kind[$Name]
}

function Get-State {
    param([string] $Kind, [object] $Target)
    return , (& (Get-Kind $Kind).get $Target)
}

function Invoke-Set {
    param([string] $Kind, [object] $Target, [object] $State)
    $block = (Get-Kind $Kind).set
    if ($null -eq $block) { throw "確認だけの項目です: $Kind" }
    $null = & $block $Target $State
}

function Test-State {
    param([string] $Kind, [object] $Wanted, [object] $Found)
    $block = (Get-Kind $Kind).test
    if ($null -eq $block) { return Test-Wanted $Wanted $Found }
    return [bool] (& $block $Wanted $Found)
}

function Test-SameState {
    # Whether Found is the state that a journal has as Earlier. What Get of an earlier version did not tell is not compared,
    # nor what is said to people; a field's absence counts only where the kind says so.
    param([string] $Kind, [object] $Earlier, [object] $Found)
    if ($null -eq $Earlier -or $null -eq $Found) { return ($null -eq $Earlier -and $null -eq $Found) }
    $names = @(@(Get-FieldName $Earlier) + @((Get-Kind $Kind).sometimes) | Where-Object { $script:SaidField -cnotcontains $_ })
    return (Test-Same (Select-Field $Earlier $names) (Select-Field $Found $names))
}

function Get-NeededSecret {
    # What Set needs to be told to make State of what was Found: names of accounts, or wishes (secret.ps1).
    param([string] $Kind, [object] $Target, [object] $State, [object] $Found, [string[]] $Default)
    $block = (Get-Kind $Kind).secret
    if ($null -eq $block) { $Default | Where-Object { $_ } }
    else { & $block $Target $State $Found | Where-Object { $_ } }
}

# What is said in the window is also the log.

$script:Log = New-Object Collections.ArrayList

function Write-Line {
    param([string] $Text)
    $null = $script:Log.Add($Text)
    Write-ConsoleLine $Text
}

function Read-Answer {
    # What a person types, without surrounding blanks and in half width; empty when nobody can answer. -Raw: in the width
    # it was typed in, for names of files.
    param([string] $Prompt, [switch] $Raw)
    $answer = Read-ConsoleLine $Prompt
    $null = $script:Log.Add("$Prompt$answer")
    if ($Raw) { return ([string] $answer).Trim() }
    return ([string] $answer).Normalize([Text.NormalizationForm]::FormKC).Trim()
}

function Get-StatusText {
    param([string] $Status)
    switch ($Status) {
        'ok' { return '問題なし' }
        'changed' { return '変更した' }
        'drift' { return '相違あり' }
        'failed' { return '失敗' }
        'manual' { return '人が行う' }
        'skipped' { return '行わない' }
        'unknown' { return 'まだ不明' }
        'not-applicable' { return '対象外' }
        'restart' { return '続きあり' }
        default { return $Status }
    }
}

function Test-PaperStep {
    # A step that only a person does: the checklist on paper has a box for it.
    param([object] $Step)
    return (@('manual', 'guided') -ccontains $Step.kind)
}

function Write-StepLine {
    param([object] $Result)
    if (Test-PaperStep $Result) { return }
    $line = "［$(Get-StatusText $Result.status)］ $($Result.title)"
    $plain = @('ok', 'changed') -ccontains $Result.status -or @('manual', 'guided') -ccontains $Result.kind
    if ($Result.message -and (-not $plain -or (Get-Field $Result.found 'warning'))) { $line += " … $($Result.message)" }
    Write-Line $line
}

# One pass: the checks, the steps, the results, the exit code.

$script:Current = $null

function Invoke-Terminal {
    # The exit code of a pass: 0 as wanted, 2 refused, 3 bundle changed, 4 not this session, 5 to be continued, 6 drift or failed.
    param([object] $Plan, [string] $Mode, [string] $Scope, [string] $Run, [string] $Root, [switch] $ReportOnly, [switch] $UacDeclined)
    # No region's calendar or digits may show in what is written.
    [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::InvariantCulture
    Initialize-ModulePath
    if ($Run -ceq '') { $Run = [guid]::NewGuid().ToString() }
    $pass = [pscustomobject] @{
        id = $Run; plan = $Plan; bundle = [string] $Plan.bundle.id; root = $Root
        mode = @('Apply', 'Verify', 'Rollback' | Where-Object { $_ -ieq $Mode })[0]; scope = $Scope.ToLowerInvariant()
        reportOnly = [bool] $ReportOnly; uacDeclined = [bool] $UacDeclined
        started = (Get-TimeText); session = $null; journal = $null; boot = ''; lock = $null; steps = @(); refusal = $null; next = (New-Object Collections.ArrayList)
    }
    $script:Current = $pass
    try {
        Write-Banner $pass
        if ($pass.scope -ceq 'machine') { $code = Invoke-MachinePass $pass } else { $code = Invoke-UserPass $pass }
    }
    catch {
        Write-Line "思わぬ問題で中止しました: $(Get-ErrorText $_)"
        Write-Line ([string] $_.ScriptStackTrace)
        $code = 2
        if ($null -ne $pass.journal) { $code = 6 }
        $pass.refusal = Get-Refusal $code "思わぬ問題で中止しました: $(Get-ErrorText $_)"
        try { if ($pass.scope -ceq 'machine' -and $null -ne $pass.lock) { Write-MachineResult $pass $code } } catch { Write-Line (Get-ErrorText $_) }
        if ($pass.scope -ceq 'machine') { $null = Read-ConsoleLine 'Enter キーを押すと閉じます' }
    }
    finally {
        Clear-Secret
        if ($null -ne $pass.lock) { $pass.lock.Dispose() }
    }
    return [int] $code
}

function Write-Banner {
    param([object] $Pass)
    $name = @{ Apply = '適用'; Verify = '確認'; Rollback = '元に戻す' }[$Pass.mode]
    $part = @{ machine = 'この PC 全体の設定'; user = 'サインインしている人の設定' }[$Pass.scope]
    if ($Pass.reportOnly) { $part = '結果のまとめ' }
    $facility = $Pass.plan.bundle.facility
    Write-Line "■ $name（$part）  $($facility.name)  $($Pass.plan.bundle.terminal)"
    Write-Line "  バンドルID: $($Pass.bundle)"
    Write-Line '  （印刷したチェックリストのバンドルIDと同じであることを確かめてください）'
}

function Invoke-MachinePass {
    param([object] $Pass)
    $refusal = Get-MachineRefusal $Pass
    if ($null -ne $refusal) {
        $Pass.refusal = $refusal
        Write-Line ''
        Write-Line $refusal.message
        # Only where the folders were made and checked can a result be left for the other pass.
        if ($null -ne $Pass.lock) { Write-MachineResult $Pass $refusal.code }
        $null = Read-ConsoleLine 'Enter キーを押すと閉じます'
        return $refusal.code
    }
    $steps = @($Pass.plan.steps | Where-Object { $_.scope -ceq 'machine' })
    if ($Pass.reportOnly) { $Pass.steps = @(Get-LeftOutResult $Pass $steps) }
    elseif ($Pass.mode -ceq 'Rollback') { $Pass.steps = @(Invoke-Rollback $Pass) }
    else { $Pass.steps = @(Invoke-StepList $Pass $steps) }
    $code = Get-PassCode $Pass
    Write-MachineResult $Pass $code
    return $code
}

function Get-MachineRefusal {
    param([object] $Pass)
    $refusal = Get-PlaceRefusal $Pass.plan $Pass.root
    if ($null -ne $refusal) { return $refusal }
    if (-not (Test-Elevated)) { return Get-Refusal 2 '管理者として開かれていません。ランチャー（.cmd）をダブルクリックして開き、「はい」を押してください。' }
    $problem = Initialize-MachineFolder $true
    if ($problem) { return Get-Refusal 2 $problem }
    $folder = Get-MachineFolder
    $path = [IO.Path]::Combine($folder.journal, 'lock')
    $sddl = $script:PrivateSddl.Replace('OICI', '')
    Initialize-File $path $sddl
    $lock = Open-LockFile $path
    if ($null -eq $lock) { return Get-Refusal 2 'oqsgen が既に動いています。終わってから、もう一度開いてください。' }
    $Pass.lock = $lock
    Clear-Folder $folder.temp
    Initialize-Temp $folder.temp
    $refusal = Get-NameRefusal $Pass
    if ($null -ne $refusal) { return $refusal }
    $path = Get-JournalPath 'Machine'
    $changes = $Pass.mode -cne 'Verify' -and -not $Pass.reportOnly
    if ($changes) { Initialize-File $path $sddl }
    $journal = Open-Journal $path -Repair:$changes
    $refusal = Get-JournalRefusal $journal $Pass.mode
    if ($null -ne $refusal) { return $refusal }
    $Pass.session = Get-Session $Pass.plan
    $script:Session = $Pass.session
    $Pass.boot = Get-BootMark
    $Pass.journal = $journal
    return $null
}

function Invoke-UserPass {
    param([object] $Pass)
    $Pass.session = Get-Session $Pass.plan
    $script:Session = $Pass.session
    $refusal = Get-UserRefusal $Pass
    if ($null -ne $refusal) {
        $Pass.refusal = $refusal
        Write-Line ''
        Write-Line $refusal.message
        # No report in the profile of somebody whose session this is not.
        if ($Pass.session.owner -cne $Pass.session.sid) { return $refusal.code }
        $Pass.steps = @(foreach ($step in @($Pass.plan.steps)) { if ($step.scope -ceq 'user') { Get-StepResult $step -Status 'unknown' -Found $null -Message $refusal.message } })
        $code = $refusal.code
        Write-Report $Pass $code
        return $code
    }
    if ($Pass.mode -ceq 'Rollback') { return Invoke-UserRollback $Pass }
    $steps = @($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' })
    $Pass.steps = @(Invoke-StepList $Pass $steps)
    $code = Get-PassCode $Pass
    if ($Pass.mode -ceq 'Apply' -and -not $Pass.reportOnly -and $Pass.session.place -ceq 'account' -and (Test-Through $Pass)) {
        Add-JournalEntry $Pass.journal ([ordered] @{ event = 'completed'; bundle = $Pass.bundle })
    }
    Write-Report $Pass $code
    return $code
}

function Get-UserRefusal {
    param([object] $Pass)
    $refusal = Get-PersonRefusal $Pass.session
    if ($null -ne $refusal) { return $refusal }
    $refusal = Get-PlaceRefusal $Pass.plan $Pass.root
    if ($null -ne $refusal) { return $refusal }
    $refusal = Get-NameRefusal $Pass
    if ($null -ne $refusal) { return $refusal }
    $folder = Get-UserFolder
    Initialize-Folder $folder
    $lock = Open-LockFile ([IO.Path]::Combine($folder, 'lock'))
    if ($null -eq $lock) { return Get-Refusal 2 'oqsgen が既に動いています。終わってから、もう一度開いてください。' }
    $Pass.lock = $lock
    $journal = Open-Journal (Get-JournalPath 'User') -Repair:($Pass.mode -cne 'Verify' -and -not $Pass.reportOnly)
    $refusal = Get-JournalRefusal $journal $Pass.mode
    if ($null -ne $refusal) { return $refusal }
    $Pass.boot = Get-BootMark
    $Pass.journal = $journal
    return $null
}

function Invoke-UserRollback {
    # The first user pass undoes and remembers its results; the report after the machine pass shows both.
    param([object] $Pass)
    $path = [IO.Path]::Combine((Get-UserFolder), 'last-pass.json')
    if ($Pass.reportOnly) {
        $last = Read-LastPass $path $Pass
        if ($null -eq $last) {
            $Pass.steps = @(Get-LeftOutResult $Pass @())
            $code = 0
            if ($Pass.session.place -ceq 'elsewhere') { $code = 4 }
        }
        else {
            $Pass.steps = @($last.steps)
            $Pass.started = [string] $last.started
            foreach ($text in @($last.next)) { $null = $Pass.next.Add($text) }
            $code = [int] $last.exit
        }
        if ($Pass.uacDeclined -and $Pass.session.place -cne 'staff') {
            $null = $Pass.next.Add('uac')
            if (@(0, 4) -contains $code) { $code = 5 }
        }
        Write-Report $Pass $code
        return $code
    }
    $Pass.steps = @(Invoke-Rollback $Pass)
    $code = Get-PassCode $Pass
    $value = [ordered] @{ format = 1; run = $Pass.id; bundle = $Pass.bundle; started = $Pass.started; exit = $code; next = @($Pass.next); steps = $Pass.steps }
    Write-FileText $path ((ConvertTo-JsonText $value -Indent '  ') + "`n")
    Write-Report $Pass $code
    return $code
}

function Read-LastPass {
    param([string] $Path, [object] $Pass)
    try { $last = ConvertFrom-Json ([IO.File]::ReadAllText($Path, [Text.Encoding]::UTF8)) } catch { return $null }
    if ((Get-Field $last 'run') -cne $Pass.id -or (Get-Field $last 'bundle') -cne $Pass.bundle) { return $null }
    return $last
}

function Invoke-StepList {
    # Verify or apply: one result a step.
    param([object] $Pass, [object[]] $Steps)
    $applies = $Pass.mode -ceq 'Apply' -and -not $Pass.reportOnly
    $machine = $Pass.scope -ceq 'machine'
    if ($applies -and $machine) { $Steps = @(Select-WorkingOrder $Steps); Read-Secret @(Find-ApplySecret $Steps) }
    Write-Line ''
    $waiting = $false
    foreach ($step in $Steps) {
        $result = $null
        if (-not $machine) { $result = Get-AwayResult $step $Pass }
        if ($null -eq $result) {
            if (-not $applies) { $result = Invoke-VerifyStep $step $Pass }
            elseif ($waiting -and $step.how -cne 'manual') { $result = Get-StepResult $step -Status 'unknown' -Message '再起動した後に続けます。' }
            elseif ($step.how -ceq 'guided') {
                # What a kind asks in its own way can fail too: the other steps go on.
                try { $result = Invoke-GuidedStep $step $Pass } catch { $result = Get-StepResult $step -Status 'failed' -Message (Get-ErrorText $_) }
            }
            else {
                if (-not $machine) { try { Read-Secret @(Find-ApplySecret @($step)) } catch { Write-Line (Get-ErrorText $_) } }
                $result = Invoke-ApplyStep $step $Pass
            }
            $kind = Get-Kind $step.kind
            # Set, and in force after a restart: done too. A kind that waits is not as wanted before.
            $done = @('ok', 'changed') -ccontains $result.status -or ($result.status -ceq 'restart' -and -not $kind.waits)
            if ($applies -and -not $machine -and $done) { Add-AwaitedEntry $step $Pass }
            # What comes after a restart in the manual waits for it.
            if (-not $machine -and $result.status -ceq 'restart' -and ($kind.waits -or $null -ne $kind.guide)) { $waiting = $true }
        }
        Write-StepLine $result
        $result
    }
}

function Add-AwaitedEntry {
    # Tells the machine pass that what one of its steps comes after is done, whoever has done it.
    param([object] $Step, [object] $Pass)
    if ($Pass.journal.confirmed.ContainsKey("$($Pass.bundle) $($Step.id)")) { return }
    $awaited = @($Pass.plan.steps | Where-Object { @(Get-Field $_ 'after' | ForEach-Object { $_ }) -ccontains $Step.id })
    if ($awaited.Length -gt 0) { Add-JournalEntry $Pass.journal ([ordered] @{ event = 'confirmed'; bundle = $Pass.bundle; step = $Step.id }) }
}

function Select-WorkingOrder {
    # The machine's work: changes in the order of the plan, those that drop the line last, then everything that only looks.
    param([object[]] $Steps)
    $change = { $_.how -ceq 'apply' -and -not (Get-Kind $_.kind).waits }
    $Steps | Where-Object { (& $change) -and -not (Get-Field $_ 'dropsNetwork') }
    $Steps | Where-Object { (& $change) -and (Get-Field $_ 'dropsNetwork') }
    $Steps | Where-Object { -not (& $change) }
}

function Invoke-Rollback {
    # Undoes what the journal says that we did, newest first, whichever bundle did it.
    param([object] $Pass)
    $items = @(Get-OpenTarget $Pass.journal)
    [array]::Reverse($items)
    Write-Line ''
    if ($items.Length -eq 0) { Write-Line '元に戻すものはありません。'; return }
    Read-Secret @(Find-UndoSecret $items $Pass.scope)
    foreach ($item in $items) {
        $result = Invoke-UndoStep $item $Pass
        Write-StepLine $result
        $result
    }
}

function Get-LeftOutResult {
    # What a pass would have been about that only reports.
    param([object] $Pass, [object[]] $Steps)
    $message = '前の段階が行われなかったため、行いませんでした。'
    if ($Pass.mode -ceq 'Rollback') {
        foreach ($item in @(Get-OpenTarget $Pass.journal)) { Get-StepResult (Get-UndoStep $item $Pass.scope) -Status 'skipped' -Found $null -Message $message }
    }
    else { foreach ($step in $Steps) { Get-StepResult $step -Status 'skipped' -Found $null -Message $message } }
}

function Get-PassCode {
    # The code of a pass that ran, and what is to be done next.
    param([object] $Pass)
    $next = $Pass.next
    $status = @($Pass.steps | ForEach-Object { $_.status })
    $rollback = $Pass.mode -ceq 'Rollback'
    if ($Pass.scope -ceq 'user' -and $Pass.session.place -ceq 'elsewhere' -and -not ($rollback -and $Pass.steps.Count -gt 0)) {
        if ($Pass.uacDeclined) { $null = $next.Add('uac'); return 5 }
        # Whether anything is left for OqsComApp the machine pass has said; a mere check has seen only half.
        if ($Pass.mode -ceq 'Verify') { $null = $next.Add('sign-in') }
        return 4
    }
    if ($Pass.uacDeclined -and $Pass.session.place -cne 'staff') { $null = $next.Add('uac') }
    if (-not $Pass.reportOnly) {
        if (Test-RestartPending $Pass.journal $Pass.boot) { $null = $next.Add('restart') }
        foreach ($result in $Pass.steps) {
            if ($result.status -ceq 'restart' -and $result.kind -ceq 'sign-in') { $null = $next.Add('sign-in') }
            elseif ($result.status -ceq 'restart') { $null = $next.Add('restart') }
            # Work that is left: what cannot even be looked at yet is not done yet.
            elseif ($result.status -ceq 'unknown' -and ($rollback -or $result.how -ceq 'apply')) { $null = $next.Add('again') }
        }
        if ($Pass.scope -ceq 'machine' -and $Pass.mode -ceq 'Apply' -and (Test-UserPassMissing $Pass)) { $null = $next.Add('sign-in') }
    }
    if ($status -ccontains 'drift' -or $status -ccontains 'failed') { return 6 }
    if ($next.Count -gt 0) { return 5 }
    return 0
}

function Test-Through {
    # Nothing is left for this person but what a restart or the machine pass will bring.
    param([object] $Pass)
    $open = @($Pass.steps | Where-Object { @('drift', 'failed') -ccontains $_.status })
    return ($open.Length -eq 0 -and -not $Pass.next.Contains('again') -and -not $Pass.next.Contains('password'))
}

function Test-UserPassMissing {
    # In OqsComApp's own session its pass follows at once; elsewhere it must have been there before.
    param([object] $Pass)
    if ($Pass.session.place -ceq 'account') { return $false }
    if (@($Pass.plan.steps | Where-Object { $_.scope -ceq 'user' }).Count -eq 0) { return $false }
    return -not (Test-Completed (Get-Session $Pass.plan) $Pass.bundle)
}

# result.html: one page without scripts, for the people at the clinic first, then for the engineer.

function ConvertTo-PageText {
    param([object] $Text)
    return [Net.WebUtility]::HtmlEncode([string] $Text)
}

$script:PageStyle = @'
body { font-family: "Yu Gothic UI", "Meiryo", "BIZ UDPGothic", sans-serif; color: #1a1a1a; margin: 2rem auto; max-width: 52rem; padding: 0 1rem; line-height: 1.6; }
h1 { font-size: 2.6rem; margin: 0 0 .5rem; padding: .6rem 1rem; border: .25rem solid; border-radius: .5rem; text-align: center; }
.good { color: #0b5d2a; } .look { color: #9c1c10; } .more { color: #7a4a00; }
h2 { font-size: 1.2rem; border-bottom: 1px solid #888; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 1rem 0; } dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; } th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f0f0f0; } tr { break-inside: avoid; } code { font-family: Consolas, "MS Gothic", monospace; }
.call { font-size: 1.15rem; border: 1px solid #888; border-radius: .5rem; padding: .6rem 1rem; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
'@

function Get-ResultPage {
    param([object] $Pass, [object] $Report)
    $bundle = $Pass.plan.bundle
    $headline = Get-Headline $Report
    $colour = @{ '問題なし' = 'good'; '要確認' = 'look'; '続きがあります' = 'more' }[$headline]
    $name = @{ Apply = '適用'; Verify = '確認'; Rollback = '元に戻す' }[$Pass.mode]
    $out = New-Object Text.StringBuilder
    $null = $out.Append("<!DOCTYPE html>`n<html lang=`"ja`">`n<head>`n<meta charset=`"utf-8`">`n<meta name=`"viewport`" content=`"width=device-width`">`n")
    $null = $out.Append("<title>$(ConvertTo-PageText "$headline $($bundle.facility.name) $($bundle.terminal)")</title>`n<style>`n$($script:PageStyle)`n</style>`n</head>`n<body>`n")
    $null = $out.Append("<h1 class=`"$colour`">$(ConvertTo-PageText $headline)</h1>`n<dl>`n")
    $facts = [ordered] @{
        '日時' = $Report.finished; '医療機関等' = "$($bundle.facility.name)（$($bundle.facility.code)）"; '端末' = $bundle.terminal
        '行ったこと' = $name; 'バンドルID' = $Pass.bundle
    }
    if ((Get-ComputerText) -ine $bundle.terminal) { $facts['PC の名前'] = Get-ComputerText }
    foreach ($label in $facts.Keys) { $null = $out.Append("<dt>$(ConvertTo-PageText $label)</dt><dd>$(ConvertTo-PageText $facts[$label])</dd>`n") }
    $null = $out.Append("</dl>`n")
    $null = $out.Append((Get-NextSection $Pass $Report))
    $null = $out.Append((Get-ListSection '要確認の項目' @($Report.steps | Where-Object { @('drift', 'failed') -ccontains $_.status })))
    $null = $out.Append((Get-ListSection '気をつける項目' @($Report.steps | Where-Object { $_.status -ceq 'ok' -and (Get-Field $_.found 'warning') })))
    $null = $out.Append((Get-ListSection 'まだ終わっていない項目' @($Report.steps | Where-Object { @('restart', 'unknown') -ccontains $_.status })))
    $null = $out.Append((Get-ListSection '人が行う項目' @($Report.steps | Where-Object { $_.status -ceq 'manual' -and -not (Test-PaperStep $_) })))
    $null = $out.Append((Get-PaperSection @($Report.steps | Where-Object { Test-PaperStep $_ })))
    $null = $out.Append((Get-DetailSection $Report))
    $null = $out.Append("</body>`n</html>`n")
    return $out.ToString()
}

function Get-NextSection {
    param([object] $Pass, [object] $Report)
    $text = @(Get-NextText $Pass $Report)
    $lines = @(foreach ($line in $text) { "<p>$(ConvertTo-PageText $line)</p>" })
    if ($lines.Length -eq 0 -and $Report.exit -eq 0) { $lines = @('<p>この端末の設定は、決められたとおりです。</p>') }
    if ($Pass.mode -ceq 'Rollback' -and $Report.exit -eq 0) {
        $lines = @('<p>元に戻せるものは、すべて元に戻しました。</p>')
        if (@($Report.steps | Where-Object { $_.status -ceq 'manual' }).Length -gt 0) { $lines += '<p>人の手で元に戻すものが残っています。下の一覧を見てください。</p>' }
    }
    if ($Report.exit -ne 6) { $lines += "<p>お困りのときは、$(ConvertTo-PageText (Get-CallText $Pass))</p>" }
    return "<div class=`"call`">$($lines -join "`n")</div>`n"
}

function Get-ListSection {
    param([string] $Title, [object[]] $Steps)
    if ($Steps.Length -eq 0) { return '' }
    $items = @(foreach ($step in $Steps) {
            $message = ''
            if ($step.message) { $message = " … $(ConvertTo-PageText $step.message)" }
            "<li><strong>$(ConvertTo-PageText $step.title)</strong>$message</li>"
        })
    return "<h2>$(ConvertTo-PageText $Title)</h2>`n<ul>`n$($items -join "`n")`n</ul>`n"
}

function Get-PaperSection {
    # What the checklist on paper has a box for is not listed once more.
    param([object[]] $Steps)
    if ($Steps.Length -eq 0) { return '' }
    return "<h2>チェックリストで確かめる項目</h2>`n<p>人が行う項目が $($Steps.Length) 件あります。印刷したチェックリストで、済んでいることを確かめてください。</p>`n"
}

function Get-DetailSection {
    # Every step with what was wanted and what was found.
    param([object] $Report)
    $rows = @(foreach ($step in $Report.steps) {
            $wanted = ''
            $found = ''
            if ($null -ne $step.wanted -or $null -ne $step.found) {
                $wanted = "<code>$(ConvertTo-PageText (ConvertTo-JsonText $step.wanted))</code>"
                $found = "<code>$(ConvertTo-PageText (ConvertTo-JsonText $step.found))</code>"
            }
            "<tr><td>$(ConvertTo-PageText (Get-StatusText $step.status))</td><td>$(ConvertTo-PageText $step.title)<br><code>$(ConvertTo-PageText $step.id)</code></td><td>$wanted</td><td>$found</td><td>$(ConvertTo-PageText $step.message)</td></tr>"
        })
    return "<h2>詳細（担当者用）</h2>`n<table>`n<tr><th>状態</th><th>項目</th><th>あるべき値</th><th>いまの値</th><th>説明</th></tr>`n$($rows -join "`n")`n</table>`n"
}

# What must hold before anything is done. Each check gives a refusal, or $null.

function Get-Refusal {
    param([int] $Code, [string] $Message)
    return [pscustomobject] @{ code = $Code; message = $Message }
}

function Get-PlaceRefusal {
    # The process, the Windows, and the files of the bundle.
    param([object] $Plan, [string] $Root)
    if (-not (Test-Process64)) { return Get-Refusal 2 '32 ビットの PowerShell で開かれました。ランチャー（.cmd）をダブルクリックして開いてください。' }
    $release = Get-WindowsRelease
    $windows = $Plan.windows
    if (@($windows.editions) -cnotcontains $release.edition -or $release.build -lt $windows.minimumBuild -or $release.build -gt $windows.maximumBuild) {
        return Get-Refusal 2 "この PC の Windows（$($release.edition) ビルド $($release.build)）は、この一式が対象とする Windows ではありません。端末の名前と、一式を作ったときの os を確かめてください。"
    }
    if (Test-WriteFilter) { return Get-Refusal 2 '統合書き込みフィルター（UWF）が有効のため、変更しても再起動で消えます。UWF を無効にして再起動してから、もう一度開いてください。' }
    foreach ($name in @(Get-FieldName $Plan.siblings)) {
        $problem = Get-SiblingProblem ([IO.Path]::Combine($Root, $name.Replace('/', [string] [IO.Path]::DirectorySeparatorChar))) ([string] (Get-Field $Plan.siblings $name))
        if ($problem) { return Get-Refusal 3 "一式のファイル「$name」が$problem。何も行いませんでした。ベンダーから渡された一式を、フォルダーごとコピーし直してください。" }
    }
    return $null
}

function Get-SiblingProblem {
    param([string] $Path, [string] $Hash)
    if (-not [IO.File]::Exists($Path)) { return 'ありません' }
    $sha = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try {
        $stream = [IO.File]::OpenRead($Path)
        try { $found = [BitConverter]::ToString($sha.ComputeHash($stream)).Replace('-', '') } finally { $stream.Dispose() }
    }
    catch { return '読めません' }
    finally { $sha.Dispose() }
    if ($found -ine $Hash) { return '作成された後に変更されています' }
    return ''
}

function Get-NameRefusal {
    # The PC should have the terminal's name; a person may say that another one is meant. The answer is remembered.
    param([object] $Run)
    $terminal = [string] $Run.plan.bundle.terminal
    $name = Get-ComputerText
    if ($name -ieq $terminal) { return $null }
    $known = Get-Field (Read-TrustedJson 'names.json') 'names'
    foreach ($pair in @($known | Where-Object { $_ })) { if ($pair.terminal -ieq $terminal -and $pair.computer -ieq $name) { return $null } }
    $refusal = Get-Refusal 2 "この PC の名前は $name で、この一式は $terminal 用です。別の端末の一式を開いていないか、確かめてください。"
    if ($Run.reportOnly) { return $refusal }
    Write-Line ''
    Write-Line "この PC の名前は $name ですが、この一式は $terminal 用です。"
    Write-Line "この PC で続けてよい場合は、この PC の名前（$name）を入力してください。（何も入力せずに Enter: 中止）"
    for ($try = 1; $try -le 3; $try++) {
        $answer = Read-Answer 'この PC の名前: '
        if ($answer -ceq '') { return $refusal }
        if ($answer -ine $name) { Write-Line '名前が違います。'; continue }
        if ($Run.scope -ceq 'machine') {
            $pairs = @($known | Where-Object { $_ }) + @([pscustomobject] @{ terminal = $terminal; computer = $name })
            Write-TrustedJson 'names.json' ([ordered] @{ format = 1; names = $pairs })
        }
        return $null
    }
    return $refusal
}

function Get-PersonRefusal {
    # The user pass belongs to the person whose session it is.
    param([object] $Session)
    if ($null -eq $Session.owner) { return Get-Refusal 2 'サインインしている人を確かめられません。いったんサインアウトし、サインインし直してから、ランチャーをダブルクリックして開いてください。' }
    if ($Session.owner -cne $Session.sid) {
        return Get-Refusal 2 "サインインしている人（$(Get-AccountName $Session.owner)）と違う人（$($Session.name)）として開かれました。「管理者として実行」や「別のユーザーとして実行」ではなく、ダブルクリックで開いてください。"
    }
    return $null
}

function Get-JournalRefusal {
    # What an unknown or newer version has written is not touched.
    param([object] $Journal, [string] $Mode)
    if ($Mode -ceq 'Verify' -or $Journal.strange.Count -eq 0) { return $null }
    return Get-Refusal 2 "この PC の記録（$($Journal.path)）を、この版では扱えません。$($Journal.strange[0]) 最後に使った一式か、それより新しい一式で開いてください。"
}

# What is left behind: result.json for tools, result.html for the clinic, log.txt for the engineer.

function Write-MachineResult {
    # For the user pass of the same run, and for the launcher: the code of this pass counts.
    param([object] $Pass, [int] $Code)
    $message = ''
    if ($null -ne $Pass.refusal) { $message = $Pass.refusal.message }
    $value = [ordered] @{
        format = 1; run = $Pass.id; bundle = $Pass.plan.bundle; computer = (Get-ComputerText); account = (Get-TokenName)
        mode = $Pass.mode; started = $Pass.started; finished = (Get-TimeText); exit = $Code; message = $message
        next = @($Pass.next | Select-Object -Unique); steps = @($Pass.steps); log = @($script:Log)
    }
    Write-TrustedJson "$($Pass.id).json" $value
}

function Read-MachineResult {
    # The machine pass of this very run, or $null.
    param([object] $Pass)
    $value = Read-TrustedJson "$($Pass.id).json"
    if ((Get-Field $value 'run') -cne $Pass.id -or (Get-Field (Get-Field $value 'bundle') 'id') -cne $Pass.bundle) { return $null }
    if ((Get-Field $value 'mode') -cne $Pass.mode) { return $null }
    return $value
}

function Join-Code {
    # One code for a run: the first that occurred of 3, 1, 2, 6, 5, and else 0; 4 only where both said so.
    param([int[]] $Codes)
    foreach ($code in 3, 1, 2, 6, 5) { if ($Codes -contains $code) { return $code } }
    if (@($Codes | Where-Object { $_ -ne 4 }).Count -eq 0) { return 4 }
    return 0
}

function Get-MachineStep {
    # The machine steps of this run, whatever became of its machine pass.
    param([object] $Pass, [object] $Machine)
    if ($null -ne $Machine -and @($Machine.steps).Count -gt 0) { return @($Machine.steps) }
    $status = 'unknown'
    $message = 'PC 全体の設定は、この回には調べられませんでした。'
    if ($Pass.uacDeclined) { $status = 'skipped'; $message = '「はい」が押されなかったため、PC 全体の設定は行いませんでした。' }
    elseif ($null -ne $Machine -and $Machine.message) { $message = [string] $Machine.message }
    elseif ($null -ne $Machine) { return }
    # What a rollback would have undone stands in a journal that only administrators can read.
    if ($Pass.mode -ceq 'Rollback' -and -not $Pass.reportOnly) { return }
    foreach ($step in @($Pass.plan.steps)) { if ($step.scope -ceq 'machine' -and ($Pass.mode -cne 'Rollback' -or $step.how -ceq 'apply')) { Get-StepResult $step -Status $status -Found $null -Message $message } }
}

function Join-Step {
    # All steps of the run: in the order of the plan, or in the order in which they were undone.
    param([object] $Pass, [object[]] $MachineSteps)
    if ($Pass.mode -ceq 'Rollback') { return (@($Pass.steps) + @($MachineSteps)) }
    $byId = @{}
    foreach ($step in @($Pass.steps) + @($MachineSteps)) { $byId["$($step.scope) $($step.id)"] = $step }
    foreach ($step in @($Pass.plan.steps)) {
        $key = "$($step.scope) $($step.id)"
        if ($byId.ContainsKey($key)) { $byId[$key] }
    }
}

function Write-Report {
    # Joins both passes, says what comes next, and leaves the results in the profile and beside the bundle.
    param([object] $Pass, [int] $Code)
    $machine = Read-MachineResult $Pass
    $steps = @(Join-Step $Pass @(Get-MachineStep $Pass $machine))
    $codes = @($Code)
    $next = @($Pass.next)
    if ($null -ne $machine) { $codes += [int] $machine.exit; $next += @($machine.next) }
    # The machine pass left nothing, and we do not know better: it did not run.
    elseif ($Pass.reportOnly -and -not $Pass.uacDeclined -and $null -eq $Pass.refusal) { $codes += 1 }
    $report = [pscustomobject] @{
        exit = (Join-Code $codes); next = @($next | Select-Object -Unique); steps = @($steps); finished = (Get-TimeText)
        message = ''
    }
    if ($null -ne $Pass.refusal) { $report.message = $Pass.refusal.message }
    elseif ($null -ne $machine) { $report.message = [string] $machine.message }
    # While a rollback still has its machine pass before it, there is nothing to sum up in the window.
    if ($Pass.mode -cne 'Rollback' -or $Pass.reportOnly -or $Pass.uacDeclined) { Write-Summary $Pass -Report $report -Machine $machine }
    $log = @()
    if ($null -ne $machine) { $log += @($machine.log) + @('') }
    $log += @($script:Log)
    $files = [ordered] @{
        'result.json' = (ConvertTo-JsonText (Get-ResultJson $Pass $report) -Indent '  ') + "`n"
        'result.html' = Get-ResultPage $Pass $report
        'log.txt' = (@($log) -join "`r`n") + "`r`n"
    }
    foreach ($folder in @(Get-ResultFolder $Pass)) {
        try {
            Initialize-Folder $folder
            foreach ($name in $files.Keys) { Write-FileText ([IO.Path]::Combine($folder, $name)) $files[$name] -Bom:($name -ceq 'log.txt') }
            Write-ConsoleLine "結果: $folder"
        }
        catch { Write-ConsoleLine "結果を書けませんでした: $folder" }
    }
}

function Get-ResultFolder {
    # In the person's profile, and beside the bundle (a USB stick, say), never in it.
    param([object] $Pass)
    $name = "$($Pass.started -replace '[-:]', '' -replace ' ', '-')_$($Pass.mode)_$($Pass.session.name -replace '[^0-9A-Za-z._-]', '_')"
    [IO.Path]::Combine([IO.Path]::Combine((Get-UserFolder), 'results'), $name)
    $beside = [IO.Path]::GetDirectoryName($Pass.root)
    if ($beside) {
        $terminal = "$($Pass.plan.bundle.facility.code)_$($Pass.plan.bundle.terminal)"
        [IO.Path]::Combine([IO.Path]::Combine([IO.Path]::Combine($beside, 'results'), $terminal), $name)
    }
}

function Get-ResultJson {
    param([object] $Pass, [object] $Report)
    $steps = @(foreach ($step in $Report.steps) {
            [ordered] @{
                id = $step.id; kind = $step.kind; scope = $step.scope; status = $step.status; wanted = $step.wanted; found = $step.found; message = $step.message
            }
        })
    return [ordered] @{
        format = 1; run = $Pass.id; bundle = $Pass.plan.bundle; computer = (Get-ComputerText); account = $Pass.session.name
        mode = $Pass.mode; started = $Pass.started; finished = $Report.finished; exit = $Report.exit; steps = $steps
    }
}

function Get-NextText {
    # What to do now, one sentence each.
    param([object] $Pass, [object] $Report)
    $account = [string] $Pass.plan.account
    if ($Report.message) { $Report.message }
    if (@(1, 2, 3) -contains $Report.exit) {
        if (-not $Report.message) { 'PC 全体の設定が行われませんでした。画面の説明を読んで、もう一度開いてください。' }
        return
    }
    if ($Report.next -ccontains 'restart') { 'Windows を再起動してから、同じファイルをもう一度開いてください。' }
    if ($Report.next -ccontains 'uac') { '同じファイルをもう一度開き、「このアプリがデバイスに変更を加えることを許可しますか？」に「はい」と答えてください。' }
    if ($Report.next -ccontains 'sign-in') {
        if ($Pass.mode -ceq 'Verify') { "$account でサインインして開くと、残りも確かめられます。" }
        else { "サインアウトし、$account でサインインして、同じファイルをもう一度開いてください。続きから進みます。" }
    }
    if ($Report.next -ccontains 'password') { 'パスワードが入力されなかった項目が残っています。同じファイルをもう一度開き、パスワードを入力してください。' }
    if ($Report.next -ccontains 'again') { 'まだ調べられない項目があります。必要なソフトの導入などを済ませてから、同じファイルをもう一度開いてください。' }
    if ($Report.exit -eq 6) { "要確認の項目があります。$(Get-CallText $Pass)" }
}

function Get-CallText {
    # Whom to call.
    param([object] $Pass)
    $vendor = Get-Field $Pass.plan.bundle 'vendor'
    if ($null -eq $vendor) { return '設定を担当した業者に連絡してください。' }
    $parts = @($vendor.company, $vendor.engineer, $vendor.phone | Where-Object { $_ })
    return "連絡先: $($parts -join '　')"
}

function Get-Headline {
    param([object] $Report)
    switch ($Report.exit) {
        0 { return '問題なし' }
        4 { return '続きがあります' }
        5 { return '続きがあります' }
        default { return '要確認' }
    }
}

function Write-Summary {
    param([object] $Pass, [object] $Report, [object] $Machine)
    if ($Pass.scope -ceq 'user' -and $null -ne $Machine -and @($Machine.steps).Count -gt 0) {
        Write-Line ''
        Write-Line 'PC 全体の設定:'
        foreach ($step in @($Machine.steps)) { Write-StepLine $step }
    }
    Write-Line ''
    Write-Line "■ $(Get-Headline $Report)"
    foreach ($group in ($Report.steps | Group-Object status)) { Write-Line "  $(Get-StatusText $group.Name): $($group.Count) 件" }
    foreach ($text in @(Get-NextText $Pass $Report)) { Write-Line "  → $text" }
}

# Passwords: asked in the machine pass before its first change, in the user pass before their step; kept in memory as
# SecureString, never written anywhere.

$script:Secret = @{}

function Get-Secret {
    # For a kind's Set: the password of an account, or the secret of a wish.
    param([string] $Name)
    if (-not $script:Secret.ContainsKey($Name)) { throw "パスワードが入力されていません: $Name" }
    return $script:Secret[$Name]
}

function Test-SecretKnown {
    param([string] $Name)
    return $script:Secret.ContainsKey($Name)
}

function Test-SecretEqual {
    # Compares two SecureStrings in memory that is zeroed afterwards.
    param([Security.SecureString] $One, [Security.SecureString] $Other)
    if ($One.Length -ne $Other.Length) { return $false }
    $left = [IntPtr]::Zero
    $right = [IntPtr]::Zero
    try {
        $left = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($One)
        $right = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Other)
        $same = $true
        for ($i = 0; $i -lt $One.Length; $i++) {
            if ([Runtime.InteropServices.Marshal]::ReadInt16($left, 2 * $i) -ne [Runtime.InteropServices.Marshal]::ReadInt16($right, 2 * $i)) { $same = $false }
        }
        return $same
    }
    finally {
        if ($left -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($left) }
        if ($right -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($right) }
    }
}

function Get-SecretName {
    # A kind asks for an account's password by the account's name, and for anything else by a wish:
    #   name, prompt; optional: rule (a regular expression), ruleText (what to say when it is not met), twice (new, so typed
    #   again), known (it exists already and has to be the same one: where manuals print it, that is only said), test (a block
    #   that takes the SecureString and the wish, and gives a sentence where it is wrong). Without a prompt nothing is asked,
    #   and what needs it is left out.
    param([object] $Wish)
    if ($Wish -is [string]) { return $Wish }
    return [string] $Wish.name
}

function Read-Secret {
    # Asks for what is needed. An empty answer gives up: the steps that need it are left out.
    param([object[]] $Wishes)
    foreach ($wish in $Wishes) {
        $name = Get-SecretName $wish
        if ((Test-SecretKnown $name) -or ($wish -isnot [string] -and -not $wish.prompt)) { continue }
        Write-Line ''
        if ($wish -isnot [string]) { $secret = Read-WishedSecret $wish }
        elseif ($null -eq (Get-AccountSid $name)) {
            # Undoing makes no account: there is no password that a person could know or choose.
            if (Test-Undoing) { Write-Line "ユーザー $name はこの PC にないため、パスワードを聞きません。必要な項目は元に戻しません。"; continue }
            $secret = Read-NewSecret $name
        }
        else { $secret = Read-KnownSecret $name }
        if ($null -eq $secret) { Write-Line "$name のパスワードは入力されませんでした。必要な項目は行いません。" }
        else { $script:Secret[$name] = $secret }
    }
}

function Read-NewSecret {
    param([string] $Name)
    return Read-WishedSecret ([pscustomobject] @{
            name = $Name; prompt = "$Name の新しいパスワード"; twice = $true
            text = "これから作るユーザー $Name のパスワードを決めて、2 回入力してください。（何も入力せずに Enter: 今回は行わない）"
        })
}

function Read-WishedSecret {
    # The secret of a wish, in at most three tries; $null where the person gives up.
    param([object] $Wish)
    $text = Get-Field $Wish 'text'
    if ($null -eq $text) { $text = '何も入力せずに Enter を押すと、今回は行いません。' }
    Write-Line $text
    for ($try = 1; $try -le 3; $try++) {
        $first = Read-ConsoleSecret $Wish.prompt
        if ($null -eq $first -or $first.Length -eq 0) { return $null }
        $problem = Get-SecretProblem $Wish $first
        if ($problem) { Write-Line "$problem（$try / 3）"; continue }
        if (-not (Get-Field $Wish 'twice')) { return $first }
        $second = Read-ConsoleSecret '確認のためもう一度'
        if ($null -eq $second) { return $null }
        if (Test-SecretEqual $first $second) { return $first }
        Write-Line '2 回の入力が一致しません。'
    }
    return $null
}

function Get-SecretProblem {
    # Why a typed secret cannot be taken; empty when it can. What was typed is never said.
    param([object] $Wish, [Security.SecureString] $Secret)
    $rule = [string] (Get-Field $Wish 'rule')
    if ($rule -and -not (Test-SecretRule $Secret $rule)) { return [string] $Wish.ruleText }
    if (Test-DefaultSecret $Secret) {
        if (-not (Get-Field $Wish 'known')) { return 'DEFAULT_SECRET: 手順書に印刷され、広く知られている初期パスワードです。別のものにしてください。' }
        Write-Line 'DEFAULT_SECRET: 手順書に印刷された初期パスワードです。次に変えられるときに変えてください。'
    }
    $test = Get-Field $Wish 'test'
    if ($null -ne $test) { try { return [string] (& $test $Secret $Wish) } catch { return (Get-ErrorText $_) } }
    return ''
}

function Test-SecretRule {
    param([Security.SecureString] $Secret, [string] $Rule)
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    try { return ([Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory) -cmatch $Rule) }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
}

function Test-DefaultSecret {
    # Whether it is one of the passwords that manuals print for everybody. The plan knows only their SHA-256.
    param([Security.SecureString] $Secret)
    $denied = @(Get-Field $script:Current.plan 'deniedSecrets' | ForEach-Object { $_ })
    if ($denied.Length -eq 0) { return $false }
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    $bytes = New-Object byte[] 0
    $hash = [Security.Cryptography.SHA256]::Create()
    try {
        $bytes = [Text.Encoding]::UTF8.GetBytes([Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory))
        $text = [BitConverter]::ToString($hash.ComputeHash($bytes)).Replace('-', '').ToLowerInvariant()
        return ($denied -ccontains $text)
    }
    finally {
        [Array]::Clear($bytes, 0, $bytes.Length)
        [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory)
        $hash.Dispose()
    }
}

function Read-KnownSecret {
    param([string] $Name)
    Write-Line "既にあるユーザー $Name の、いまのパスワードを入力してください。（何も入力せずに Enter: 今回は行わない）"
    for ($try = 1; $try -le 3; $try++) {
        $secret = Read-ConsoleSecret "$Name のパスワード"
        if ($null -eq $secret -or $secret.Length -eq 0) { return $null }
        if (Test-AccountSecret $Name $secret) {
            # It works, and the work goes on with it; but it has to be changed.
            if (Test-DefaultSecret $secret) { Write-Line "DEFAULT_SECRET: $Name のパスワードが、手順書に印刷された初期パスワードのままです。変更を施設に勧めてください。" }
            return $secret
        }
        Write-Line "パスワードが違うか、$Name でログオンできません。（$try / 3）"
    }
    return $null
}

function Clear-Secret {
    foreach ($secret in @($script:Secret.Values)) { $secret.Dispose() }
    $script:Secret.Clear()
}

# Who is signed in, and which steps are theirs.

$script:Session = $null

function Get-Session {
    # sid: this process; owner: the person whose session it is; place: what that person is to the plan.
    param([object] $Plan)
    $sid = Get-TokenSid
    $owner = Get-SessionOwnerSid
    $account = Get-AccountSid $Plan.account
    $staff = @(foreach ($name in @($Plan.staff)) { Get-AccountSid $name })
    $place = 'elsewhere'
    if ($null -ne $owner -and $owner -ceq $account) { $place = 'account' }
    elseif ($null -ne $owner -and $staff -ccontains $owner) { $place = 'staff' }
    return [pscustomobject] @{ sid = $sid; name = (Get-TokenName); owner = $owner; place = $place; account = $account }
}

function Test-OwnSession {
    # For a kind's Undo: whether the account is the one at work here.
    param([string] $Sid)
    return ($script:Session.sid -ceq $Sid -or $script:Session.owner -ceq $Sid)
}

function Get-OpenUserJournal {
    # For a kind's Undo: names of the accounts in whose profile something of ours is not undone yet.
    foreach ($person in @(Get-ProfileFolder)) {
        $path = [IO.Path]::Combine([IO.Path]::Combine($person.path, 'oqsgen'), 'journal.jsonl')
        $journal = Open-Journal $path
        if ($journal.open.Count -gt 0 -or $journal.strange.Count -gt 0) { Get-AccountName $person.sid }
    }
}

function Get-AccountJournal {
    # The journal in OqsComApp's profile, for the machine pass: good for the order of things, and to be trusted for nothing
    # else. $null where that person has no profile yet.
    param([object] $Session)
    foreach ($person in @(Get-ProfileFolder)) {
        if ($person.sid -ceq $Session.account) { return Open-Journal ([IO.Path]::Combine([IO.Path]::Combine($person.path, 'oqsgen'), 'journal.jsonl')) }
    }
    return $null
}

function Test-Completed {
    # Whether OqsComApp's own pass of this bundle went through, as its profile says.
    param([object] $Session, [string] $Bundle)
    $journal = Get-AccountJournal $Session
    return ($null -ne $journal -and $journal.completed.ContainsKey($Bundle))
}

function Test-StepDone {
    # Whether OqsComApp's own pass has done a step, or found it done.
    param([string] $Id, [object] $Run)
    $journal = Get-AccountJournal $Run.session
    if ($null -eq $journal) { return $false }
    return ($journal.completed.ContainsKey($Run.bundle) -or $journal.confirmed.ContainsKey("$($Run.bundle) $Id"))
}

function Test-Undoing {
    # For a kind's Get: what is to be undone is looked at even where a new change would have to wait.
    return ($null -ne $script:Current -and $script:Current.mode -ceq 'Rollback')
}

function Get-AwayResult {
    # The result of a user step that is not this person's; $null when it is.
    param([object] $Step, [object] $Run)
    if ($Run.session.place -ceq 'account') { return $null }
    if ($Run.session.place -ceq 'staff' -and $Step.who -ceq 'everyone') { return $null }
    if (Test-PaperStep $Step) { return Get-StepResult $Step -Status 'manual' -Message '人が行う作業です。' }
    if ($Run.session.place -ceq 'staff') {
        return Get-StepResult $Step -Status 'skipped' -Found $null -Message "$($Run.plan.account) で行う項目です。"
    }
    $waits = (Get-Kind $Step.kind).waits
    if ($waits -and $Run.mode -ceq 'Apply') {
        # The machine pass can see whether that person has been here already.
        $machine = Read-MachineResult $Run
        if ($null -eq $machine -or @($machine.next) -ccontains 'sign-in') { return Get-StepResult $Step -Status 'restart' -Message $waits }
    }
    return Get-StepResult $Step -Status 'unknown' -Found $null -Message "$($Run.plan.account) でサインインして開くと確かめられます。"
}

# States are plain data. $null means "is not there". A wanted state names only the fields that matter;
# a found state may carry more: all that Set needs to put it back.

function Get-Field {
    # A field of a hashtable or of an object; $null where there is none (strict mode forbids $x.missing).
    param([object] $Value, [string] $Name)
    if ($null -eq $Value) { return $null }
    # `return , $x` keeps an empty or one-element array an array: without the comma, return unrolls it.
    if ($Value -is [System.Collections.IDictionary]) { return , $Value[$Name] }
    $property = $Value.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return , $property.Value
}

function Get-FieldName {
    # The names of the fields of a hashtable or of an object, in their order.
    param([object] $Value)
    if ($null -eq $Value) { return }
    if ($Value -is [System.Collections.IDictionary]) { foreach ($key in $Value.Keys) { [string] $key } }
    else { foreach ($property in $Value.PSObject.Properties) { $property.Name } }
}

function Select-Field {
    # Those of the named fields that there are.
    param([object] $Value, [string[]] $Name)
    $fields = [ordered] @{}
    foreach ($field in @(Get-FieldName $Value)) { if ($Name -ccontains $field) { $fields[$field] = Get-Field $Value $field } }
    return $fields
}

# What JSON cannot hold as it is; U+007F and the two line ends of Unicode are legal, but trouble to some readers.
$script:JsonSpecial = New-Object Text.RegularExpressions.Regex('["\\\x00-\x1f\x7f\u2028\u2029]')

function ConvertTo-JsonString {
    param([string] $Text)
    if (-not $script:JsonSpecial.IsMatch($Text)) { return '"' + $Text + '"' }
    $plain = $Text.Replace('\', '\\').Replace('"', '\"').Replace("`r", '\r').Replace("`n", '\n').Replace("`t", '\t')
    if ($plain -notmatch '[\x00-\x1f\x7f\u2028\u2029]') { return '"' + $plain + '"' }
    $escaped = foreach ($character in $plain.ToCharArray()) {
        $code = [int] $character
        if ($code -lt 0x20 -or $code -eq 0x7f -or $code -eq 0x2028 -or $code -eq 0x2029) { '\u{0:x4}' -f $code } else { $character }
    }
    return '"' + (-join $escaped) + '"'
}

function ConvertTo-JsonText {
    # JSON, the same in every PowerShell (5.1's ConvertTo-Json cuts deep data and escapes its own way).
    # -Canonical sorts the names: one text for one value, whatever made it. -Indent is for people.
    param([object] $Value, [switch] $Canonical, [string] $Indent = '')
    $builder = New-Object Text.StringBuilder
    Add-JsonText $builder $Value ([bool] $Canonical) $Indent ''
    return $builder.ToString()
}

function Add-JsonText {
    # One value at the end of a text. A call takes PowerShell far longer than what is done in it, so plain strings, the
    # most of any data, are written where they are met.
    param([object] $Builder, [object] $Value, [bool] $Canonical, [string] $Indent, [string] $Margin)
    if ($null -eq $Value) { $null = $Builder.Append('null'); return }
    if ($Value -is [bool] -or $Value -is [switch]) {
        if ($Value) { $null = $Builder.Append('true') } else { $null = $Builder.Append('false') }
        return
    }
    if ($Value -is [string] -or $Value -is [char] -or $Value -is [enum]) { $null = $Builder.Append((ConvertTo-JsonString ([string] $Value))); return }
    if ($Value -is [DateTime]) { throw 'a date is not data: write it as text' }
    $inner = $Margin + $Indent
    $break = ''
    $close = ''
    $colon = ':'
    if ($Indent -cne '') { $break = "`n" + $inner; $close = "`n" + $Margin; $colon = ': ' }
    $comma = ''
    $dictionary = $Value -is [System.Collections.IDictionary]
    if ($dictionary -or $Value -is [System.Management.Automation.PSCustomObject]) {
        [string[]] $names = @(Get-FieldName $Value)
        $properties = $Value.PSObject.Properties
        if ($names.Length -eq 0) { $null = $Builder.Append('{}'); return }
        if ($Canonical) { [array]::Sort($names, [StringComparer]::Ordinal) }
        $null = $Builder.Append('{')
        foreach ($name in $names) {
            if ($script:JsonSpecial.IsMatch($name)) { $key = ConvertTo-JsonString $name } else { $key = '"' + $name + '"' }
            if ($dictionary) { $item = $Value[$name] } else { $item = $properties[$name].Value }
            if ($item -is [string] -and -not $script:JsonSpecial.IsMatch($item)) { $null = $Builder.Append($comma + $break + $key + $colon + '"' + $item + '"') }
            else {
                $null = $Builder.Append($comma + $break + $key + $colon)
                Add-JsonText $Builder $item $Canonical $Indent $inner
            }
            $comma = ','
        }
        $null = $Builder.Append($close + '}')
        return
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $null = $Builder.Append('[')
        foreach ($item in $Value) {
            if ($item -is [string] -and -not $script:JsonSpecial.IsMatch($item)) { $null = $Builder.Append($comma + $break + '"' + $item + '"') }
            else {
                $null = $Builder.Append($comma + $break)
                Add-JsonText $Builder $item $Canonical $Indent $inner
            }
            $comma = ','
        }
        if ($comma) { $null = $Builder.Append($close) }
        $null = $Builder.Append(']')
        return
    }
    if ($Value -is [IFormattable]) { $null = $Builder.Append($Value.ToString($null, [Globalization.CultureInfo]::InvariantCulture)); return }
    throw "not data: $($Value.GetType().FullName)"
}

function ConvertTo-Canonical {
    param([object] $Value)
    return ConvertTo-JsonText $Value -Canonical
}

function Test-Same {
    param([object] $One, [object] $Other)
    return (ConvertTo-Canonical $One) -ceq (ConvertTo-Canonical $Other)
}

function Test-Wanted {
    # True when every field of Wanted has that value in Found; $null wants absence.
    param([object] $Wanted, [object] $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    foreach ($name in @(Get-FieldName $Wanted)) {
        if (-not (Test-Same (Get-Field $Wanted $name) (Get-Field $Found $name))) { return $false }
    }
    return $true
}

function Get-TimeText {
    # The time of the PC in one form whatever the region and its calendar (和暦) are.
    return [DateTime]::Now.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
}

# The CSV file of アカウント一括登録, which the vendor gives and a person uploads: whether the portal can read it. It holds
# passwords: only its form is looked at. Shift-JIS whatever the 環境設定 says. almex 補足①. Other CSV files beside it can be
# about patients, in their names too: no name is said.

# A few accounts make some hundred bytes; a larger file is another one.
$script:AccountCsvBytes = 65536

Register-Kind 'account-csv' -Format 1 -Get {
    param($Target)
    $folder = [IO.Path]::GetDirectoryName($script:Current.root)
    $forms = @(foreach ($path in @(Find-FileBelow $folder '*.csv' 0)) { Get-CsvForm $path })
    if ($forms.Length -eq 0) { return [pscustomobject] @{ unknown = "一括登録の CSV がありません。この一式のフォルダーと同じ場所に置くと、形式を確かめられます。" } }
    $state = [ordered] @{ files = $forms.Length; forms = @($forms | Sort-Object -Property readable, problem, rows -Unique) }
    if ($forms.Length -gt 1) {
        $rows = @($script:Current.plan.steps | Where-Object { $_.kind -ceq 'account-csv' } | ForEach-Object { $_.wanted.rows })
        if (@($forms | Where-Object { Test-CsvForm $_ $rows }).Length -gt 0) { return [pscustomobject] $state }
        $seen = @($state.forms | ForEach-Object { if ($_.readable) { "$($_.rows) 行" } else { $_.problem } } | Select-Object -First 5)
        return [pscustomobject] @{ unknown = "この一式のフォルダーと同じ場所に CSV が $($forms.Length) 個あり、どれも合いません（$($seen -join '、')）。この施設の一括登録の CSV（$($rows -join ' か ') 行、見出しがあれば 1 行多い）だけを置いてください。" }
    }
    if (-not $forms[0].readable) { $state.message = "CSV_ENCODING: 一括登録の CSV は、$($forms[0].problem)。Excel などで開き、「CSV（コンマ区切り）」、文字コード Shift-JIS で保存し直してください。" }
    else { $state.message = "CSV の行数が、この施設のアカウントの数と合いません: $($forms[0].rows) 行" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (@($Found.forms | Where-Object { Test-CsvForm $_ @($Wanted.rows) }).Length -gt 0)
}

function Test-CsvForm {
    # Whether it can be the file of so many accounts, with or without a line of headings.
    param([object] $Form, [int[]] $Rows)
    return ($Form.readable -and ($Rows -contains $Form.rows -or $Rows -contains ($Form.rows - 1)))
}

function Get-CsvForm {
    # Whether the portal can read the file, why not, and how many lines are not empty; nothing for a large file.
    param([string] $Path)
    $form = [ordered] @{ readable = $false; problem = ''; rows = 0 }
    # What Windows says of a file that cannot be opened has its name in it.
    try {
        if ((Get-FileSize -Path $Path) -gt $script:AccountCsvBytes) { return }
        $text = ConvertFrom-ShiftJisByte (Read-FileByte -Path $Path)
    }
    catch [IO.IOException], [UnauthorizedAccessException] { $form.problem = '今は読めません（ほかのアプリで開いているときは閉じてください）'; return [pscustomobject] $form }
    if ($null -eq $text) { $form.problem = 'Shift-JIS ではありません'; return [pscustomobject] $form }
    $form.rows = @($text -split "`r`n|`r|`n" | Where-Object { $_.Trim(' ', ',') -cne '' }).Length
    if ($text -match "(?<!`r)`n|`r(?!`n)") { $form.problem = '改行が CRLF ではありません'; return [pscustomobject] $form }
    $form.readable = $true
    return [pscustomobject] $form
}

function ConvertFrom-ShiftJisByte {
    # $null where the bytes are no Shift-JIS, or have a byte order mark, or are UTF-8 that Shift-JIS would misread.
    param([byte[]] $Bytes)
    if ($Bytes.Length -ge 3 -and $Bytes[0] -eq 0xef -and $Bytes[1] -eq 0xbb -and $Bytes[2] -eq 0xbf) { return $null }
    if ($Bytes.Length -ge 2 -and (($Bytes[0] -eq 0xff -and $Bytes[1] -eq 0xfe) -or ($Bytes[0] -eq 0xfe -and $Bytes[1] -eq 0xff))) { return $null }
    try { $text = [Text.Encoding]::GetEncoding(932, [Text.EncoderFallback]::ExceptionFallback, [Text.DecoderFallback]::ExceptionFallback).GetString($Bytes) }
    catch [ArgumentException] { return $null }
    if (-not ([Text.Encoding]::GetEncoding(28591).GetString($Bytes) -cmatch '[\x80-\xff]')) { return $text }
    try { $null = (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes); return $null } catch [ArgumentException] { return $text }
}

# A standardized keyword of a network adapter's driver (learn.microsoft.com, Standardized INF Keywords for Power
# Management): what the Device Manager shows in the language of the driver is not asked.

Register-Kind 'adapter-keyword' -Format 1 -Get {
    param($Target)
    $connections = Read-NetConnection
    $adapters = @($connections | Where-Object { Test-AdapterDevice $Target $_ })
    if ($adapters.Length -eq 0) { return [pscustomobject] @{ 'not-applicable' = "対象のネットワーク アダプター（$($Target.title)）は、この PC にありません。" } }
    $keywords = Read-AdapterKeyword -Keyword $Target.keyword
    $values = @(foreach ($adapter in $adapters) {
            foreach ($keyword in $keywords) {
                if ($keyword.name -eq $adapter.name) { [pscustomobject] @{ interface = $adapter.interface; value = $keyword.value } }
            }
        })
    if ($values.Length -eq 0) { return [pscustomobject] @{ 'not-applicable' = "ドライバーにこのプロパティ（$($Target.keyword)）がありません: $($adapters[0].description)" } }
    return [pscustomobject] @{ adapters = @($values | Sort-Object -Property interface) }
} -Set {
    param($Target, $State)
    $keywords = Read-AdapterKeyword -Keyword $Target.keyword
    $saved = @(Get-Field $State 'adapters' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    foreach ($adapter in (Read-NetConnection)) {
        if (-not (Test-AdapterDevice $Target $adapter)) { continue }
        $value = Get-Field $State 'value'
        foreach ($item in $saved) { if ($item.interface -eq $adapter.interface) { $value = $item.value } }
        foreach ($keyword in $keywords) {
            if ($null -eq $value -or $keyword.name -ne $adapter.name -or $keyword.value -ceq $value) { continue }
            Write-AdapterKeyword -Name $adapter.name -Keyword $Target.keyword -Value $value
        }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $value = Get-Field $Wanted 'value'
    if ($null -eq $value) { return (Test-Same $Wanted $Found) }
    return (@($Found.adapters | Where-Object { $_.value -cne $value }).Length -eq 0)
}

function Test-AdapterDevice {
    # By the numbers of its maker and device; where makers sell one chip under many numbers, by its name in the driver too.
    param([object] $Target, [object] $Connection)
    if (-not $Connection.device.StartsWith($Target.device, [StringComparison]::OrdinalIgnoreCase)) { return $false }
    return ($Connection.description.IndexOf($Target.description, [StringComparison]::OrdinalIgnoreCase) -ge 0)
}

# Signing in at the start without anybody: the account in Winlogon's key, its password as a secret of the system and never as
# a value of that key (learn.microsoft.com, Protecting the Automatic Logon Password).

$script:WinlogonKey = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
# 0: an account may be chosen to sign in by itself, which Windows Hello alone would forbid (Windows 10 20H2 and later).
$script:PasswordLessKey = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\PasswordLess\Device'
$script:PasswordLessName = 'DevicePasswordLessBuildVersion'
$script:AutologonSecret = 'DefaultPassword'
# AutoLogonCount counts down and then switches it off.
$script:AutologonName = 'AutoAdminLogon', 'DefaultUserName', 'DefaultDomainName', 'AutoLogonCount'

Register-Kind 'autologon' -Format 1 -Get {
    param($Target)
    $values = [ordered] @{}
    foreach ($name in $script:AutologonName) { $values[$name] = Read-AutologonEntry $script:WinlogonKey $name }
    $plain = $null -ne (Read-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name $script:AutologonSecret)
    $state = [ordered] @{
        values = [pscustomobject] $values; passwordLess = (Read-AutologonEntry $script:PasswordLessKey $script:PasswordLessName)
        exists = (Find-RegistryAncestor 'HKLM' $script:PasswordLessKey)
        secret = (Test-LsaSecret -Name $script:AutologonSecret); plain = $plain
    }
    if ($plain) { $state.message = 'レジストリの Winlogon に、パスワードを平文で持つ DefaultPassword の値があります。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'values')) { Restore-Autologon $State; return }
    Write-RegistryEntry -Hive 'HKLM' -Key $script:PasswordLessKey -Name $script:PasswordLessName -Type 'DWord' -Data 0
    Write-LsaSecret -Name $script:AutologonSecret -Secret (Get-Secret $State.user)
    Clear-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name $script:AutologonSecret
    Clear-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'AutoLogonCount'
    Write-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'DefaultUserName' -Type 'String' -Data $State.user
    Write-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'DefaultDomainName' -Type 'String' -Data (Get-ComputerText)
    Write-RegistryEntry -Hive 'HKLM' -Key $script:WinlogonKey -Name 'AutoAdminLogon' -Type 'String' -Data '1'
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'values')) { return (Test-Same $Wanted $Found) }
    if ($Found.plain -or -not $Found.secret -or $null -ne $Found.values.AutoLogonCount) { return $false }
    if ([string] (Get-Field $Found.values.AutoAdminLogon 'data') -cne '1' -or [string] (Get-Field $Found.passwordLess 'data') -cne '0') { return $false }
    if ([string] (Get-Field $Found.values.DefaultUserName 'data') -ine $Wanted.user) { return $false }
    return (@('.', (Get-ComputerText)) -icontains [string] (Get-Field $Found.values.DefaultDomainName 'data'))
} -Undo {
    # What somebody else had stored cannot be known; and a password in plain text is not put back.
    param($Target, $Before, $Found)
    if (-not $Before.secret -and -not $Before.plain) { return $null }
    $off = Copy-AutologonState $Before
    return [pscustomobject] @{
        state = $off
        reason = '以前の自動サインインのパスワードは戻せないため、自動サインインを止めました。必要なら、netplwiz で設定し直してください。'
    }
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq (Get-Field $State 'values')) { return $State.user }
}

function Read-AutologonEntry {
    # type and data of a value, null where it is absent.
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { return $null }
    return [pscustomobject] @{ type = [string] $entry.type; data = $entry.data }
}

function Copy-AutologonState {
    # As Before, but that nobody is signed in by itself.
    param([object] $Before)
    $values = [ordered] @{}
    foreach ($name in $script:AutologonName) { $values[$name] = Get-Field $Before.values $name }
    $values.AutoAdminLogon = [pscustomobject] @{ type = 'String'; data = '0' }
    return [pscustomobject] @{ values = [pscustomobject] $values; passwordLess = $Before.passwordLess; exists = $Before.exists; secret = $false; plain = $false }
}

function Restore-Autologon {
    # Off first, the secret last: what is cut short never signs anybody in with half of it.
    param([object] $State)
    foreach ($name in $script:AutologonName) { Restore-AutologonEntry $script:WinlogonKey $name (Get-Field $State.values $name) }
    Restore-AutologonEntry $script:PasswordLessKey $script:PasswordLessName $State.passwordLess
    if ($null -eq $State.passwordLess) { Clear-RegistryBranch 'HKLM' $script:PasswordLessKey $State.exists }
    if (-not $State.secret) { Clear-LsaSecret -Name $script:AutologonSecret }
}

function Restore-AutologonEntry {
    param([string] $Key, [string] $Name, [object] $Entry)
    if ($null -eq $Entry) { Clear-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name; return }
    $now = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $now -or $now.type -cne $Entry.type -or [string] $now.data -cne [string] $Entry.data) { Write-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name -Type $Entry.type -Data $Entry.data }
}

# How the exception list is written: each entry between semicolons, none glued to the next, no blanks and no commas.

Register-Kind 'bypass-text' -Format 1 -Get {
    param($Target)
    $text = (Read-WinInetProxy).bypass
    # "*" begins an entry or follows a dot; after anything else two entries are glued together.
    return [pscustomobject] @{ separated = ($text -notmatch '[\s,\u3000\u3001\uFF0C\uFF1B]' -and $text -notmatch '[^.;/:]\*') }
}

# A copy of the imported .p12 in a folder on the desktop, from which the customer takes it to a medium of their own
# (almex ④, ⑫). What was copied once is remembered: afterwards it is right that no .p12 is left on the PC.

# What the person has chosen where this bundle has not imported it itself: {files} with path, or {declined}.
$script:CertificateBackupChoice = $null

Register-Kind 'certificate-backup' -Format 1 -Get {
    param($Target)
    $record = Read-CertificateRecord $Target.code
    $saved = Read-CertificateBackup
    if ($script:Current.mode -cne 'Rollback') {
        if (@(Get-OwnCertificate).Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書を取り込んだ後にコピーします。' } }
        if ($null -ne $script:CertificateBackupChoice -and @($script:CertificateBackupChoice).Length -eq 0) { return [pscustomobject] @{ unknown = 'バックアップする電子証明書のファイル（*.p12）が選ばれていません。' } }
    }
    return [pscustomobject] @{ saved = $saved.saved; names = $saved.names; made = $saved.made; files = $record.files; message = '電子証明書のファイル（*.p12）のバックアップが、まだありません。' }
} -Set {
    param($Target, $State)
    $folder = Join-PersonPath (Get-KnownFolder -Name 'Desktop') $Target.folder
    if ($null -ne (Get-Field $State 'saved')) { Clear-CertificateBackup $folder $State; return }
    $saved = Read-CertificateBackup
    $made = $saved.made -or -not (Test-PersonPath -Path $folder)
    Write-CertificateBackup @($saved.saved) @($saved.names) $made
    Initialize-PersonFolder -Path $folder
    foreach ($file in @(Get-CertificateBackupSource $Target.code)) { Copy-CertificateFile $file $folder }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'saved')) { return ((Test-Same @($Wanted.saved) @($Found.saved)) -and (Test-Same @($Wanted.names) @($Found.names)) -and $Wanted.made -eq $Found.made) }
    return (@($Found.saved).Length -gt 0 -and @($Found.files | Where-Object { @($Found.saved) -cnotcontains $_ }).Length -eq 0)
} -Undo {
    # The only copy on this PC is never deleted. What is on the stick leaves with it.
    param($Target, $Before, $Found)
    $ours = @($Found.names | Where-Object { @($Before.names) -cnotcontains $_ })
    $others = @(Find-CertificateFile | Where-Object { Test-DesktopDrive $_.path } | ForEach-Object { Get-ByteHash (Read-PersonFile -Path $_.path) })
    $only = @(Get-CertificateBackupFile $Target.folder | Where-Object { $ours -ccontains $_.name -and $others -cnotcontains $_.hash })
    if ($only.Length -eq 0) { return $null }
    return [pscustomobject] @{ state = $Found; reason = "デスクトップのフォルダー「$($Target.folder)」に、この PC でただ 1 つの電子証明書のファイルがあるため、残します。お客様の媒体に保存してから、手で削除してください。" }
} -Secret {
    param($Target, $State, $Found)
    # A question rather than a secret, and only where the file is not the one that this pass has imported.
    if ($null -ne (Get-Field $State 'saved') -or $null -ne $script:CertificateBackupChoice) { return }
    if (@(Get-CertificateBackupSource $Target.code).Length -gt 0) { return }
    $file = Select-CertificateFile 'バックアップする電子証明書のファイル（この端末に取り込んだ *.p12）を選びます。' @()
    $script:CertificateBackupChoice = @($file | Where-Object { $null -ne $_ })
}

function Test-DesktopDrive {
    # Whether a file is on the drive of the desktop, and not on a stick. By the text: a share has no letter.
    param([string] $Path)
    return (($Path -replace '[\\/].*$', '') -ieq ((Get-KnownFolder -Name 'Desktop') -replace '[\\/].*$', ''))
}

function Join-PersonPath {
    param([string] $Folder, [string] $Name)
    return ($Folder.TrimEnd('\') + '\' + $Name)
}

function Get-CertificateBackupSource {
    # Files to copy: those of the import, wherever they lie now; else what the person has chosen.
    param([string] $Code)
    if ($null -ne $script:CertificateBackupChoice) { return $script:CertificateBackupChoice }
    $record = Read-CertificateRecord $Code
    foreach ($hash in @($record.files)) {
        Find-CertificateFile | Where-Object { (Get-ByteHash (Read-PersonFile -Path $_.path)) -ceq $hash } | Select-Object -First 1
    }
    foreach ($file in @(Get-Field $script:CertificateWork 'files' | ForEach-Object { $_ })) {
        # Typed by its path: somewhere else than where we look.
        if ($null -ne $file -and $file.hash -and @(Find-CertificateFile | Where-Object { $_.path -ceq $file.path }).Length -eq 0) { [pscustomobject] @{ path = $file.path; name = ($file.path -replace '^.*[\\/]', '') } }
    }
}

function Copy-CertificateFile {
    # Copies a file, compares it, and remembers it. Another file of that name stays: ours gets a number. Its name is written
    # down before it is there, so that what was cut short is known to be ours.
    param([object] $File, [string] $Folder)
    $bytes = Read-PersonFile -Path $File.path
    $hash = Get-ByteHash $bytes
    $record = Read-CertificateBackup
    $end = $File.name -replace '^.*\.', '.'
    $stem = $File.name.Substring(0, $File.name.Length - $end.Length)
    for ($number = 1; $number -le 99; $number++) {
        $name = $File.name
        if ($number -gt 1) { $name = "$stem ($number)$end" }
        $path = Join-PersonPath $Folder $name
        $there = Test-PersonPath -Path $path
        $same = $there -and (Get-ByteHash (Read-PersonFile -Path $path)) -ceq $hash
        if ($there -and -not $same -and @($record.names) -cnotcontains $name) { continue }
        if (-not $same) {
            $record.names = @($record.names) + $name
            Write-CertificateBackup @($record.saved) @($record.names) $record.made
            Write-PersonFile -Path $path -Bytes $bytes
            if ((Get-ByteHash (Read-PersonFile -Path $path)) -cne $hash) { throw "コピーした電子証明書のファイルが元と違います: $path" }
        }
        Write-CertificateBackup (@($record.saved) + $hash) @($record.names) $record.made
        return
    }
    throw "同じ名前のファイルが多すぎます: $Folder"
}

function Get-CertificateBackupFile {
    # path, name, hash of the .p12 files in the folder.
    param([string] $Name)
    foreach ($file in @(Get-PersonFile -Folder (Join-PersonPath (Get-KnownFolder -Name 'Desktop') $Name))) {
        if ($file.name -match '\.(p12|pfx)$') { [pscustomobject] @{ path = $file.path; name = $file.name; hash = (Get-ByteHash (Read-PersonFile -Path $file.path)) } }
    }
}

function Clear-CertificateBackup {
    # Takes back what was copied since a state; and the folder where we made it.
    param([string] $Folder, [object] $State)
    $now = Read-CertificateBackup
    foreach ($name in @($now.names)) {
        $path = Join-PersonPath $Folder $name
        if (@($State.names) -cnotcontains $name) { Clear-PersonFile -Path $path }
    }
    if ($now.made -and -not $State.made) { Clear-PersonFolder -Path $Folder }
    Write-CertificateBackup @($State.saved) @($State.names) $State.made
}

function Read-CertificateBackup {
    # saved: SHA-256 of the files that were copied; names: of the files that are ours; made: the folder is ours.
    $record = $null
    try { $record = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine((Get-CertificateFolder), 'backup.json'), [Text.Encoding]::UTF8)) }
    catch { $record = $null }
    return [pscustomobject] @{
        saved = @(Get-Field $record 'saved' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        names = @(Get-Field $record 'names' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        made = [bool] (Get-Field $record 'made')
    }
}

function Write-CertificateBackup {
    param([string[]] $Saved, [string[]] $Names, [bool] $Made)
    $path = [IO.Path]::Combine((Get-CertificateFolder), 'backup.json')
    if ($Saved.Length -eq 0 -and $Names.Length -eq 0 -and -not $Made) { if ([IO.File]::Exists($path)) { Clear-PersonFile -Path $path }; return }
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    Write-PersonFile -Path $path -Bytes ([Text.Encoding]::UTF8.GetBytes((ConvertTo-JsonText ([ordered] @{ saved = @($Saved | Sort-Object -Unique); names = @($Names | Sort-Object -Unique); made = $Made }))))
}

# A day until which something about the client certificate has to be done, against the PC's clock. limit: "download" (the
# notice's own deadline, almex ①) or "succession" (how long a certificate of the code before may be used). Without a day
# the person types it from the notice. newer: a certificate that was there before does not count.

$script:CertificateDayAsked = 'ダウンロード有効期限'

Register-Kind 'certificate-deadline' -Format 1 -Get {
    param($Target)
    $chosen = Get-ChosenCertificate $Target.code
    $last = [int] $Target.day
    if ($last -eq 0) { $last = [int] (Get-TypedCode $script:CertificateDayAsked) }
    $there = $chosen.Length -gt 0 -or (-not $Target.newer -and @(Get-OwnCertificate).Length -gt 0) -or @(Find-ReadyCertificateFile $Target.newer).Length -gt 0
    if ($last -eq 0 -and -not $there) { return [pscustomobject] @{ unknown = '通知書のダウンロード有効期限が、まだ入力されていません。' } }
    # Downloaded already: the day of the notice is of no account any more.
    if ($last -eq 0) { $last = ConvertTo-Today }
    $left = Get-DayCount (ConvertTo-Today) $last
    $found = [pscustomobject] @{ left = $left; open = $true; warning = ''; message = '' }
    $day = ConvertTo-DayText $last
    if ($Target.limit -ceq 'download') {
        $found.open = -not $there
        $found.message = "ダウンロード有効期限（$day）を過ぎています。証明書を取得できないため、申請し直してください。"
        if ($found.open) { $found.warning = "ダウンロード有効期限（$day）まで、あと $left 日です。" }
    }
    else {
        $found.open = $chosen.Length -eq 0 -or @(Get-OwnCertificate | Where-Object { $chosen -cnotcontains $_.thumbprint }).Length -gt 0
        $found.message = "承継の日から 120 日（$day）を過ぎたため、旧コードの電子証明書は使えません。新しい電子証明書に切り替えてください。"
        if ($found.open) { $found.warning = "旧コードの電子証明書を使えるのは、あと $left 日（$day まで）です。" }
    }
    if ($left -lt 0 -or -not $found.open) { $found.warning = '' }
    return $found
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (-not $Found.open -or $Found.left -ge 0)
} -Ask {
    param($Target, $Wanted)
    $answer = Read-Answer '通知書のダウンロード有効期限を西暦の 8 桁で入力してください（例: 20270131、後で行う場合は s）: '
    if ($answer -ieq 's') { return $answer }
    $day = $answer -replace '[\s年月日./-]', ''
    $read = New-Object DateTime
    if (-not [DateTime]::TryParseExact($day, 'yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::None, [ref] $read)) { Write-Line '年、月、日の 8 桁で入力してください。'; return '' }
    # A day that has passed is asked for again at the next start: the notice may be another one then.
    if ([int] $day -lt (ConvertTo-Today)) { $script:TypedCode[$script:CertificateDayAsked] = $day } else { Save-TypedCode $script:CertificateDayAsked $day }
}

# Until when the client certificates can be used (setup P.50, almex ①, ④).

# Renewal takes weeks: said from so many days before.
$script:CertificateWarningDays = 90

Register-Kind 'certificate-expiry' -Format 1 -Get {
    param($Target)
    $own = @(Get-OwnCertificate)
    if ($own.Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書が、まだ取り込まれていません。' } }
    $days = @($own | ForEach-Object { [int] [math]::Floor(($_.to - (Get-CertificateClock)) / 86400) } | Sort-Object -Descending)
    $ends = @($own | Sort-Object -Property to -Descending | ForEach-Object { ConvertTo-DayNumber $_.to })
    return [pscustomobject] @{
        days = $days; ends = $ends; message = "CERT_EXPIRED: 電子証明書の有効期限が切れています（$(ConvertTo-DayText $ends[0])）。新しい証明書を申請してください。"
        warning = (Get-CertificateExpiryWarning $days $ends)
    }
} -Test {
    # The one that ends last for each code.
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (@($Found.days | Where-Object { $_ -ge 0 }).Length -ge $Wanted.count)
}

function Get-CertificateExpiryWarning {
    param([int[]] $Days, [int[]] $Ends)
    for ($i = $Days.Length - 1; $i -ge 0; $i--) {
        if ($Days[$i] -lt 0) { return "期限の切れた電子証明書が残っています（$(ConvertTo-DayText $Ends[$i])）。" }
        if ($Days[$i] -le $script:CertificateWarningDays) { return "有効期限まで、あと $($Days[$i]) 日です（$(ConvertTo-DayText $Ends[$i])）。更新の手続きを始めてください。" }
    }
    return ''
}

# .p12 files, by their names alone. part: "ready" (one can be imported, or the certificate is there already), "rest" (left
# on this PC, from which the certificate could get to another terminal).

Register-Kind 'certificate-file' -Format 1 -Get {
    param($Target)
    if ($Target.part -ceq 'rest') { return Get-CertificateRest $Target.folder }
    $own = @(Get-OwnCertificate)
    $chosen = Get-ChosenCertificate $Target.code
    $files = @(Find-ReadyCertificateFile $Target.newer)
    $there = $chosen.Length -gt 0 -or ($own.Length -gt 0 -and -not $Target.newer)
    if ($files.Length -eq 0 -and -not $there) { return [pscustomobject] @{ unknown = '電子証明書のファイル（*.p12）がありません。ダウンロード、デスクトップ、USB メモリーのこの一式のフォルダーの隣のどれかに置いてください。' } }
    return [pscustomobject] @{ files = $files; imported = $there }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found)
}

function Find-ReadyCertificateFile {
    # Paths of files to import. Newer: at a succession the file of the old certificate may still lie there; it was written
    # when that one began.
    param([bool] $Newer)
    $since = [long] 0
    if ($Newer) { foreach ($one in @(Get-OwnCertificate)) { $since = [math]::Max($since, [long] $one.from + 86400) } }
    Find-CertificateFile | Where-Object { $_.modified -ge $since } | ForEach-Object { $_.path }
}

function Get-CertificateRest {
    param([string] $Folder)
    $desktop = Get-KnownFolder -Name 'Desktop'
    $files = @(foreach ($place in (Get-KnownFolder -Name 'Downloads'), $desktop, (Join-PersonPath $desktop $Folder)) {
            Get-PersonFile -Folder $place | Where-Object { $_.name -match '\.(p12|pfx)$' } | ForEach-Object { $_.path }
        })
    $found = [pscustomobject] @{ files = $files; warning = '' }
    if ($files.Length -gt 0) { $found.warning = "電子証明書のファイルがこの PC に残っています。お客様の媒体に保存してから、お客様の了解を得て削除してください: $($files -join '、')" }
    return $found
}

# Client certificates of the issuer other than those that the person has chosen for this code: of the code before a
# succession (almex ③). Taken out of the store once the new one is there and the person has said so; the private key and a
# copy of the certificate stay on the PC, so that it can come back.

# Whether the person has agreed in this pass; $null: not asked yet.
$script:CertificateOldAgreed = $null

Register-Kind 'certificate-old' -Format 1 -Get {
    param($Target)
    $chosen = Get-ChosenCertificate $Target.code
    if ($script:Current.mode -cne 'Rollback') {
        if (-not (Test-ChosenCertificate $Target.code)) { return [pscustomobject] @{ unknown = '新しい電子証明書を取り込んだ後に、古いものを取り除きます。' } }
        if ($script:CertificateOldAgreed -eq $false) { return [pscustomobject] @{ unknown = '古い電子証明書は、後で取り除くことになっています。' } }
    }
    $old = @(Get-OwnCertificate | Where-Object { $chosen -cnotcontains $_.thumbprint } | ForEach-Object { ConvertTo-CertificateState $_ })
    $state = [ordered] @{ old = $old }
    if ($old.Length -gt 0) { $state.message = '古い電子証明書が残っています。1_適用 で取り除けます。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'old')) {
        $there = @(Read-CertificateStore -Store 'My' | ForEach-Object { $_.thumbprint })
        foreach ($one in @($State.old)) { if ($there -cnotcontains $one.thumbprint) { Restore-OwnCertificate $one.thumbprint } }
        return
    }
    $chosen = Get-ChosenCertificate $Target.code
    if (-not (Test-ChosenCertificate $Target.code) -or -not $script:CertificateOldAgreed) { throw '新しい電子証明書が入っていて、取り除いてよいと答えたときだけ取り除きます。' }
    foreach ($one in @(Get-OwnCertificate)) { if ($chosen -cnotcontains $one.thumbprint) { Hide-OwnCertificate $one.thumbprint } }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'old')) { return (Test-Same @($Wanted.old) @($Found.old)) }
    return (@($Found.old).Length -eq $Wanted.count)
} -Secret {
    param($Target, $State, $Found)
    # A question rather than a secret; once for a pass.
    if ($null -ne (Get-Field $State 'old') -or $null -ne $script:CertificateOldAgreed) { return }
    Write-Line ''
    Write-Line '古い電子証明書を、この PC の「個人」の一覧から取り除きます。'
    foreach ($one in @($Found.old)) { Write-Line "　取り除く: $(Get-CertificateText $one)" }
    $chosen = Get-ChosenCertificate $Target.code
    foreach ($one in @(Get-OwnCertificate)) { if ($chosen -ccontains $one.thumbprint) { Write-Line "　残す: $(Get-CertificateText (ConvertTo-CertificateState $one))" } }
    Write-Line '取り除いたものは 3_元に戻す で戻せますが、エクスポートはできないため、古い *.p12 が必要ならお客様が保管していることを確かめてください。'
    $script:CertificateOldAgreed = ((Read-Answer '新しい *.p12 のバックアップがあり、取り除いてよければ yes、後で行う場合は Enter: ') -ieq 'yes')
}

function Test-ChosenCertificate {
    # Whether one that was chosen for a code is there with a key that can be opened.
    param([string] $Code)
    $chosen = Get-ChosenCertificate $Code
    return (@(Get-OwnCertificate | Where-Object { $chosen -ccontains $_.thumbprint -and (Test-CertificateKey $_) }).Length -gt 0)
}

function Get-ChosenCertificate {
    # Thumbprints that were chosen for a code, and are there with their key.
    param([string] $Code)
    $record = Read-CertificateRecord $Code
    $found = @(Get-OwnCertificate | Where-Object { $_.key -and $record.chosen -ccontains $_.thumbprint } | ForEach-Object { $_.thumbprint })
    return , $found
}

# Whether Windows takes the certificates of smart cards over (policy 「スマート カードからの証明書の伝達をオンにする」,
# CertPropEnabled; on where nothing is set). The face library turns it off.

Register-Kind 'certificate-propagation' -Format 1 -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.library)) { return [pscustomobject] @{ unknown = "顔認証ライブラリがまだ導入されていません: $($Target.library)" } }
    $value = Read-RegistryEntry -Hive 'HKLM' -Key $script:CertificatePropagationKey -Name 'CertPropEnabled'
    $on = $null -eq $value -or $value.type -cne 'DWord' -or $value.data -ne 0
    $said = '証明書の伝達は無効です。'
    if ($on) { $said = '証明書の伝達が有効です。顔認証ライブラリの導入が終わっていないか、後から変えられています。' }
    return [pscustomobject] @{ enabled = $on; message = $said }
}

$script:CertificatePropagationKey = 'SOFTWARE\Policies\Microsoft\Windows\CertProp'

# The root of the client certificate among the roots that the signed-in person trusts: from the .p12 that was imported, as
# the manual has it (setup P.25-26). Windows itself asks before it is added and before it is taken away; its thumbprint
# stands in the question. Not in LocalMachine\Root, where nobody would be asked.

$script:CertificateRootTries = 3

Register-Kind 'certificate-root' -Format 1 -Get {
    param($Target)
    $roots = @(Get-CertificateRoot | ForEach-Object { $_.thumbprint } | Sort-Object)
    if ($roots.Length -eq 0 -and $script:Current.mode -cne 'Rollback') {
        $marker = Get-CertificateRootMarker
        if ($null -ne $marker) { return $marker }
    }
    return [pscustomobject] @{ roots = $roots; message = 'ルート証明書が登録されていません。1_適用 をもう一度開き、「セキュリティ警告」に「はい」と答えてください。' }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'roots')) {
        foreach ($one in @(Get-CertificateRoot)) { if (@($State.roots) -cnotcontains $one.thumbprint) { Hide-CertificateRoot $one } }
        return
    }
    if (@(Get-CertificateRoot).Length -gt 0) { return }
    $file = @($script:CertificateWork.files | Where-Object { $null -ne $_.root })[0]
    Add-CertificateRoot $file.root
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'roots')) { return (Test-Same @($Wanted.roots) @($Found.roots)) }
    return (@($Found.roots).Length -gt 0)
} -Secret {
    param($Target, $State, $Found)
    if ($null -ne (Get-Field $State 'roots')) { return }
    if ($null -eq $script:CertificateWork) {
        $file = Select-CertificateFile 'ルート証明書を登録するため、取り込んだ電子証明書のファイル（*.p12）を選びます。' @()
        $script:CertificateWork = [pscustomobject] @{ declined = ''; kept = @(); files = @(); chosen = $false; there = @() }
        if ($null -eq $file) { $script:CertificateWork.declined = '電子証明書のファイル（*.p12）が選ばれなかったため、ルート証明書を登録していません。' }
        else { $script:CertificateWork.files = @(ConvertTo-CertificateChoice $file 'root') }
    }
    foreach ($one in @($script:CertificateWork.files)) { $one.wish }
}

function Get-CertificateRoot {
    Read-CertificateStore -Store 'Root' | Where-Object { $_.selfIssued -and $_.name -ceq $script:CertificateIssuer }
}

function Get-CertificateRootMarker {
    # Why nothing can be said yet of a root that is missing; $null where it is simply missing.
    if (@(Get-OwnCertificate).Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書を取り込んだ後に登録します。' } }
    $work = $script:CertificateWork
    if ($null -eq $work) { return $null }
    if ($work.declined) { return [pscustomobject] @{ unknown = $work.declined } }
    $opened = @($work.files | Where-Object { $null -ne $_.own })
    if ($opened.Length -gt 0 -and @($opened | Where-Object { $null -ne $_.root }).Length -eq 0) {
        return [pscustomobject] @{ 'not-applicable' = '電子証明書のファイルにルート証明書が入っていません。「セキュリティ警告」が出ないときと同じで、そのまま進みます。' }
    }
    return $null
}

function Add-CertificateRoot {
    # Asked again after "No", as the manual says.
    param([object] $Root)
    for ($try = 1; $try -le $script:CertificateRootTries; $try++) {
        Write-Line ''
        Write-Line '「セキュリティ警告」の画面が出ます。発行者の名前と拇印（sha1）が次と同じことを見比べて、「はい」を押してください。'
        Write-Line "　発行者: $script:CertificateIssuer"
        Write-Line "　拇印: $($Root.thumbprint)"
        if (Add-Certificate -Store 'Root' -Bytes $Root.bytes) { return }
        Write-Line "「いいえ」が押されたため、登録されていません。（$try / $script:CertificateRootTries）"
    }
    throw 'ルート証明書が登録されていません。1_適用 をもう一度開き、「セキュリティ警告」に「はい」と答えてください。'
}

function Hide-CertificateRoot {
    param([object] $Root)
    Write-Line "ルート証明書を取り除きます。Windows の画面で、拇印 $($Root.thumbprint) を見比べて「はい」を押してください。"
    if (-not (Clear-Certificate -Store 'Root' -Thumbprint $Root.thumbprint)) { throw 'ルート証明書を取り除く画面で「いいえ」が押されました。' }
}

# The client certificates as they should be when the terminal is in use (setup P.26, P.28, P.50): one a code, with its
# private key, which cannot be exported, and with its root.

Register-Kind 'certificate-state' -Format 1 -Get {
    param($Target)
    # Two of them are right until then.
    if ($script:CertificateOldAgreed -eq $false) { return [pscustomobject] @{ unknown = '古い電子証明書を取り除いた後に確かめます。' } }
    $own = @(Get-OwnCertificate)
    # While a terminal is set up, what is missing is not wrong yet.
    if ($own.Length -eq 0 -and (Test-CertificateAwaited)) { return [pscustomobject] @{ unknown = '電子証明書が、まだ取り込まれていません。' } }
    $found = [pscustomobject] @{
        certificates = @($own | ForEach-Object { ConvertTo-CertificateState $_ })
        roots = @(Get-CertificateRoot | ForEach-Object { $_.thumbprint } | Sort-Object)
        current = @($own | Where-Object { Test-CertificateCurrent $_ } | ForEach-Object { $_.thumbprint })
        message = ''; warning = ''
    }
    $found.message = Get-CertificateTrouble $found
    if (@($found.certificates | Where-Object { $_.strong }).Length -gt 0) { $found.warning = '秘密キーの保護が強力になっています。施設の方針でなければ、取り込み直してください。' }
    return $found
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $current = @($Found.certificates | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    # Only that it is noted down: which one it is a person compares over the terminals.
    if ($null -ne (Get-Field $Wanted 'noted')) { return ($current.Length -gt 0) }
    $good = @($current | Where-Object { $_.key -and $_.exportable -ne $true })
    return ($good.Length -eq $Wanted.count -and $current.Length -eq $Wanted.count -and @($Found.roots).Length -gt 0)
}

function Test-CertificateAwaited {
    # Whether this very pass is to import one.
    if ($null -eq $script:Current -or $script:Current.mode -cne 'Apply') { return $false }
    return (@($script:Current.plan.steps | Where-Object { $_.kind -ceq 'certificate' }).Length -gt 0)
}

function Get-CertificateClock {
    # Now as seconds since 1970, UTC: the PC's clock shows the time of Japan.
    return [long] [math]::Floor(((Get-LocalTime) - (New-Object DateTime(1970, 1, 1))).TotalSeconds) - 9 * 3600
}

function Test-CertificateCurrent {
    param([object] $Certificate)
    $now = Get-CertificateClock
    return ($Certificate.from -le $now -and $now -lt $Certificate.to)
}

function Get-CertificateTrouble {
    # What is wrong, worst first; where nothing is, only the number can be.
    param([object] $Found)
    $issuer = $script:CertificateIssuer
    $all = @($Found.certificates)
    $current = @($all | Where-Object { @($Found.current) -ccontains $_.thumbprint })
    if ($all.Length -eq 0) { return "NO_CERT_DIALOG: 発行者 $issuer の電子証明書が入っていません。証明書の選択画面が出ないため、*.p12 を取り込んでください。" }
    if ($current.Length -eq 0) { return 'CERT_EXPIRED: 電子証明書の有効期間が過ぎているか、始まっていません。PC の日付を確かめ、期限が切れていれば新しい証明書を申請してください。' }
    if (@($current | Where-Object { -not $_.key }).Length -gt 0) { return 'NO_CERT_DIALOG: 秘密キーのない電子証明書があります。*.p12 から取り込み直してください。' }
    if (@($current | Where-Object { $_.exportable -eq $true }).Length -gt 0) { return '秘密キーをエクスポートできる設定で取り込まれています。チェックを外して取り込み直してください。' }
    if (@($Found.roots).Length -eq 0) { return "ルート証明書 $issuer が登録されていません。" }
    return "有効な電子証明書が $($current.Length) 枚あります。医療機関等コードごとに 1 枚です。"
}

# The client certificates of 操作6 in the signed-in person's own store, from a .p12 file that the person brings.
# What is chosen and imported is remembered in the person's folder for each 医療機関等コード: at a succession nothing in a
# certificate says for sure which one is the new one.

# setup P.26, almex ⑥.
$script:CertificateIssuer = 'Online Billing NW Common Root CA'
$script:CertificateTries = 3
# ERROR_INVALID_PASSWORD as an HRESULT.
$script:CertificateWrongPassword = -2147024810
# What the person has chosen in this pass: declined (why nothing can be done), kept (thumbprints), files.
$script:CertificateWork = $null

Register-Kind 'certificate' -Format 1 -Get {
    param($Target)
    if ($null -ne $script:CertificateWork -and $script:CertificateWork.declined) { return [pscustomobject] @{ unknown = $script:CertificateWork.declined } }
    $record = Read-CertificateRecord $Target.code
    return [pscustomobject] @{
        certificates = @(Get-OwnCertificate | ForEach-Object { ConvertTo-CertificateState $_ })
        authorities = @(Get-CertificateAuthority | ForEach-Object { $_.thumbprint } | Sort-Object)
        chosen = @($record.chosen); files = @($record.files)
    }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'certificates')) { Restore-CertificateState $Target.code $State }
    else { Import-ChosenCertificate $Target.code }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'certificates')) { return (Test-CertificateThere $Wanted $Found) }
    $usable = @($Found.certificates | Where-Object { Test-CertificateUsable $_ })
    if ($Wanted.chosen) { $usable = @($usable | Where-Object { @($Found.chosen) -ccontains $_.thumbprint }) }
    return ($usable.Length -ge $Wanted.count)
} -Ours {
    param($After, $Found)
    return (Test-CertificateThere $After $Found)
} -Secret {
    param($Target, $State, $Found)
    # Undoing needs no password.
    if ($null -eq (Get-Field $State 'count')) { return }
    if ($null -eq $script:CertificateWork) { $script:CertificateWork = Select-CertificateWork $Target.code $State $Found }
    foreach ($file in @($script:CertificateWork.files)) { $file.wish }
}

function Test-CertificateThere {
    # Whether what a state has is there and was chosen. Others may have come since: by hand, or back with certificate-old.
    param([object] $State, [object] $Found)
    if ($null -eq $State -or $null -eq $Found) { return $false }
    $here = @($Found.certificates | ForEach-Object { $_.thumbprint })
    return ((Test-Same @($State.chosen) @($Found.chosen)) -and (Test-Same @($State.files) @($Found.files)) -and
        @($State.certificates | Where-Object { $here -cnotcontains $_.thumbprint }).Length -eq 0)
}

function Get-CertificateAuthority {
    # Intermediate certificates of the issuer in the person's CA store.
    foreach ($one in @(Read-CertificateStore -Store 'CA')) {
        if ($one.authority -and ($one.issuer -ceq $script:CertificateIssuer -or $one.name -ceq $script:CertificateIssuer)) { $one }
    }
}

function Get-OwnCertificate {
    # Certificates of the issuer, or of an intermediate of it, by thumbprint.
    $issuers = @($script:CertificateIssuer) + @(Get-CertificateAuthority | ForEach-Object { $_.name })
    Read-CertificateStore -Store 'My' | Where-Object { -not $_.authority -and -not $_.selfIssued -and $issuers -ccontains $_.issuer } | Sort-Object -Property thumbprint
}

function ConvertTo-CertificateState {
    # What stays the same: no count of days. `from` and `to` are days as yyyyMMdd.
    param([object] $Certificate)
    $key = [pscustomobject] @{ exportable = $null; strong = $null; lost = $false }
    if ($Certificate.key) { $key = Read-CertificateKey -Thumbprint $Certificate.thumbprint }
    return [pscustomobject] @{
        thumbprint = $Certificate.thumbprint; subject = $Certificate.subject; from = (ConvertTo-DayNumber $Certificate.from); to = (ConvertTo-DayNumber $Certificate.to)
        key = ($Certificate.key -and -not (Get-Field $key 'lost')); exportable = $key.exportable; strong = $key.strong
    }
}

function Test-CertificateKey {
    # Whether a certificate of My has a private key that can be opened.
    param([object] $Certificate)
    return (ConvertTo-CertificateState $Certificate).key
}

function ConvertTo-DayNumber {
    # Seconds since 1970 as the day in Japan: 20261121.
    param([long] $Seconds)
    $epoch = New-Object DateTime(1970, 1, 1)
    return [int] $epoch.AddSeconds($Seconds).AddHours(9).ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-Today {
    return [int] (Get-LocalTime).ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-DayText {
    param([int] $Day)
    return ('{0:0000}/{1:00}/{2:00}' -f [math]::Floor($Day / 10000), ([math]::Floor($Day / 100) % 100), ($Day % 100))
}

function Get-DayCount {
    # Days from one day to another, each as yyyyMMdd.
    param([int] $From, [int] $To)
    $invariant = [Globalization.CultureInfo]::InvariantCulture
    return [int] ([DateTime]::ParseExact([string] $To, 'yyyyMMdd', $invariant) - [DateTime]::ParseExact([string] $From, 'yyyyMMdd', $invariant)).TotalDays
}

function Test-CertificateUsable {
    # With its private key, and today within its days.
    param([object] $Certificate)
    $today = ConvertTo-Today
    return ($Certificate.key -and $Certificate.from -le $today -and $today -le $Certificate.to)
}

function Get-CertificateText {
    # A certificate as a person compares it.
    param([object] $Certificate)
    return "$($Certificate.subject)（有効期間 $(ConvertTo-DayText $Certificate.from)～$(ConvertTo-DayText $Certificate.to)、拇印 $($Certificate.thumbprint)）"
}

function Get-CertificateFolder { return [IO.Path]::Combine((Get-UserFolder), 'certificates') }

function Read-CertificateRecord {
    # Of a code: chosen thumbprints, those of them that we import ourselves, files as SHA-256. Empty where there is none, or
    # half of one.
    param([string] $Code)
    $record = $null
    try { $record = ConvertFrom-Json ([IO.File]::ReadAllText([IO.Path]::Combine((Get-CertificateFolder), "$Code.json"), [Text.Encoding]::UTF8)) }
    catch { $record = $null }
    return [pscustomobject] @{
        chosen = @(Get-Field $record 'chosen' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        imported = @(Get-Field $record 'imported' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        files = @(Get-Field $record 'files' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
    }
}

function Write-CertificateRecord {
    param([string] $Code, [string[]] $Chosen, [string[]] $Files, [string[]] $Imported = @())
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Code.json")
    if ($Chosen.Length -eq 0 -and $Files.Length -eq 0) { if ([IO.File]::Exists($path)) { Clear-PersonFile -Path $path }; return }
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    $text = ConvertTo-JsonText ([ordered] @{ chosen = @($Chosen | Sort-Object -Unique); imported = @($Imported | Sort-Object -Unique); files = @($Files | Sort-Object -Unique) })
    Write-PersonFile -Path $path -Bytes ([Text.Encoding]::UTF8.GetBytes($text))
}

function Get-ByteHash {
    param([byte[]] $Bytes)
    $sha = [Security.Cryptography.SHA256]::Create()
    try { return [BitConverter]::ToString($sha.ComputeHash($Bytes)).Replace('-', '').ToLowerInvariant() } finally { $sha.Dispose() }
}

function Find-CertificateFile {
    # .p12 and .pfx files beside the bundle's folder, in Downloads and on the desktop; the newest first.
    $places = @((Get-KnownFolder -Name 'Downloads'), (Get-KnownFolder -Name 'Desktop'))
    $root = [string] (Get-Field $script:Current 'root')
    $cut = $root.LastIndexOfAny([char[]] '\/')
    # D:\ and not D:, which is another folder.
    if ($cut -gt 0) { $places = @(($root.Substring(0, $cut) -replace ':$', ':\')) + $places }
    $files = @(foreach ($place in @($places | Where-Object { $_ } | Select-Object -Unique)) { Get-PersonFile -Folder $place | Where-Object { $_.name -match '\.(p12|pfx)$' } })
    $files | Sort-Object -Property @{ Expression = { $_.modified }; Descending = $true }, @{ Expression = { $_.path } }
}

function Select-CertificateFile {
    # The file that the person means; $null where the person wants to do it later. Taken: paths that are chosen already.
    param([string] $Title, [string[]] $Taken)
    for ($try = 1; $try -le $script:CertificateTries; $try++) {
        Write-Line ''
        Write-Line $Title
        $files = @(Find-CertificateFile | Where-Object { $Taken -cnotcontains $_.path } | Select-Object -First 9)
        for ($i = 0; $i -lt $files.Length; $i++) {
            $newest = ''
            if ($i -eq 0 -and $files.Length -gt 1) { $newest = '　← 一番新しい' }
            Write-Line "　$($i + 1): $($files[$i].path)（更新日 $(ConvertTo-DayText (ConvertTo-DayNumber $files[$i].modified))）$newest"
        }
        if ($files.Length -eq 0) {
            Write-Line '　*.p12 が見つかりません。USB メモリーのこの一式のフォルダーの隣、ダウンロード、デスクトップのどれかに置いてください。'
            $typed = Read-Answer -Raw '置いたら Enter、または *.p12 の場所を入力（後で行う場合は s）: '
        }
        else { $typed = Read-Answer -Raw 'ファイルの番号、または *.p12 の場所を入力（1 は Enter だけでもよい。後で行う場合は s）: ' }
        $answer = $typed.Normalize([Text.NormalizationForm]::FormKC).Trim()
        if ($answer -ieq 's') { return $null }
        if ($answer -ceq '' -and $files.Length -gt 0) { return $files[0] }
        if ($answer -cmatch '^[1-9]$' -and [int] $answer -le $files.Length) { return $files[[int] $answer - 1] }
        # As it was typed or dragged in: a folder may well be called （本院）. Then in half width: all of it may be typed in full width.
        foreach ($path in $typed.Trim('"'), $answer.Trim('"')) {
            if ($path -match '\.(p12|pfx)$' -and (Test-PersonPath -Path $path)) { return [pscustomobject] @{ path = $path; name = ($path -replace '^.*[\\/]', ''); modified = 0 } }
        }
        if ($answer -cne '') { Write-Line "このファイルはありません: $($typed.Trim('"'))" }
    }
    return $null
}

function Select-CertificateWork {
    # Asks which certificates stay in use and which files are to be imported.
    param([string] $Code, [object] $Wanted, [object] $Found)
    $work = [pscustomobject] @{ declined = ''; kept = @(); files = @(); chosen = [bool] $Wanted.chosen; there = @() }
    # One that was chosen and has lost its key may be imported again.
    $work.there = @($Found.certificates | Where-Object { $_.key -or @($Found.chosen) -cnotcontains $_.thumbprint })
    $usable = @($Found.certificates | Where-Object { Test-CertificateUsable $_ })
    if (-not $Wanted.chosen) { $work.kept = @($usable | ForEach-Object { $_.thumbprint }) }
    elseif ($usable.Length -gt 0) { $work.kept = @(Select-KeptCertificate $Code $usable) }
    for ($number = $work.kept.Length + 1; $number -le $Wanted.count; $number++) {
        $title = '取り込む電子証明書のファイル（*.p12）を選びます。'
        if ($Wanted.count -gt 1) { $title = "取り込む電子証明書のファイル（*.p12）を選びます。（$number 枚目 / $($Wanted.count) 枚）" }
        $file = Select-CertificateFile $title @($work.files | ForEach-Object { $_.path })
        if ($null -eq $file) {
            $work.declined = '電子証明書のファイル（*.p12）がまだありません。USB メモリーのこの一式のフォルダーの隣か、ダウンロード、デスクトップに置いて、もう一度開いてください。'
            $work.files = @()
            return $work
        }
        $work.files = @($work.files) + (ConvertTo-CertificateChoice $file 'import')
    }
    return $work
}

function Select-KeptCertificate {
    # At a succession: which of those that are there belong to the new code already.
    param([string] $Code, [object[]] $Usable)
    Write-Line ''
    Write-Line 'いま入っている電子証明書:'
    for ($i = 0; $i -lt $Usable.Length; $i++) { Write-Line "　$($i + 1): $(Get-CertificateText $Usable[$i])" }
    for ($try = 1; $try -le $script:CertificateTries; $try++) {
        $answer = Read-Answer "この中に、これから使うもの（コード $Code の新しい証明書など）があれば、番号をコンマで区切って入力（無ければ Enter）: "
        $numbers = @($answer -split '[,\s、]+' | Where-Object { $_ -cne '' })
        if (@($numbers | Where-Object { $_ -cnotmatch '^[1-9]$' -or [int] $_ -gt $Usable.Length }).Length -eq 0) {
            foreach ($number in @($numbers | Select-Object -Unique)) { $Usable[[int] $number - 1].thumbprint }
            return
        }
        Write-Line '番号が違います。'
    }
    throw '電子証明書の番号が入力されませんでした。'
}

function ConvertTo-CertificateChoice {
    # A chosen file, and the wish for its password; what is in it is known once the password was right.
    param([object] $File, [string] $Purpose)
    $choice = [pscustomobject] @{ path = $File.path; purpose = $Purpose; wish = $null; hash = ''; own = $null; authorities = @(); root = $null }
    $choice.wish = [pscustomobject] @{
        name = "電子証明書 $($File.path)"; prompt = "証明書パスワード（$($File.name)）"; file = $choice; known = $true
        text = "$($File.name) の証明書パスワード（ダウンロードのときに決めたもの）を入力してください。（何も入力せずに Enter: 今回は行わない）"
        test = { param($Secret, $Wish) Test-CertificateSecret $Secret $Wish.file }
    }
    return $choice
}

function Test-CertificateSecret {
    # Opens the file in memory: a sentence where it is not the right one, or the password is wrong.
    param([Security.SecureString] $Secret, [object] $File)
    $bytes = Read-PersonFile -Path $File.path
    $opened = Read-CertificateFile -Bytes $bytes -Secret $Secret
    if ($opened.error -eq $script:CertificateWrongPassword) { return '証明書パスワードが違います。' }
    if ($opened.error -ne 0) { return "電子証明書のファイルとして読めません: $($File.path)" }
    $problem = Get-CertificateFileProblem $File @($opened.certificates)
    if ($problem) { return $problem }
    $hash = Get-ByteHash $bytes
    if (Test-SecretRule $Secret '^(.)\1*$|^(0123|1234|2345|3456|4567|5678|6789|7890|9876|8765|7654|6543|5432|4321|3210)$') {
        Write-Line 'DEFAULT_SECRET: 証明書パスワードが、同じ数字か連番です。次に証明書を取得するときは、推測されない値にしてください。'
    }
    if ($File.purpose -cne 'import') {
        $File.hash = $hash
        return ''
    }
    Write-Line "取り込む電子証明書: $(Get-CertificateText $File.own)"
    if ((Read-Answer 'この端末の証明書として取り込みます。よければ Enter、違う場合は n: ') -ine '') { return '取り込みませんでした。別のファイルを使う場合は、何も入力せずに Enter を押して終わり、もう一度開いてください。' }
    # Only now: what was declined is not a file to import or to copy.
    $File.hash = $hash
    return ''
}

function Get-CertificateFileProblem {
    # Why a file that was opened is not the one to import; else empty, and what is in it stands in File.
    param([object] $File, [object[]] $Certificates)
    $File.root = $Certificates | Where-Object { $_.selfIssued -and $_.name -ceq $script:CertificateIssuer } | Select-Object -First 1
    $File.authorities = @($Certificates | Where-Object { $_.authority -and -not $_.selfIssued })
    $issuers = @($script:CertificateIssuer) + @($File.authorities | ForEach-Object { $_.name })
    $own = @($Certificates | Where-Object { $_.key -and -not $_.authority -and -not $_.selfIssued -and $issuers -ccontains $_.issuer } | Sort-Object -Property from -Descending)
    if ($own.Length -eq 0) { return "このファイルには、$script:CertificateIssuer が発行した証明書と秘密キーがありません。" }
    $File.own = [pscustomobject] @{ thumbprint = $own[0].thumbprint; subject = $own[0].subject; from = (ConvertTo-DayNumber $own[0].from); to = (ConvertTo-DayNumber $own[0].to) }
    if ($File.purpose -cne 'import') { return '' }
    $today = ConvertTo-Today
    if ($File.own.to -lt $today) { return "このファイルの証明書は $(ConvertTo-DayText $File.own.to) に期限が切れています。新しい証明書を申請してください。" }
    if ($File.own.from -gt $today) { return "このファイルの証明書は $(ConvertTo-DayText $File.own.from) から有効です。PC の日付を確かめてください。" }
    $work = $script:CertificateWork
    if (@($work.kept) -ccontains $File.own.thumbprint) { return 'このファイルの証明書は、もう入っています。' }
    if (@($work.files | Where-Object { $_.path -cne $File.path -and $null -ne $_.own -and $_.own.thumbprint -ceq $File.own.thumbprint }).Length -gt 0) { return 'もう 1 つのファイルと同じ証明書です。' }
    if (-not $work.chosen) { return '' }
    foreach ($one in @($work.there | Where-Object { @($work.kept) -cnotcontains $_.thumbprint })) {
        if ($one.thumbprint -ceq $File.own.thumbprint -or $one.from -gt $File.own.from) { return "このファイルは古い証明書です（$(ConvertTo-DayText $File.own.from) から有効）。新しい *.p12 を使ってください。" }
    }
    return ''
}

function Import-ChosenCertificate {
    # From what the person has chosen; goes on where an earlier try was cut short. Written down first: undoing takes away
    # nothing else.
    param([string] $Code)
    $work = $script:CertificateWork
    if ($null -eq $work -or $work.declined) { throw '電子証明書のファイルが選ばれていません。' }
    $record = Read-CertificateRecord $Code
    $chosen = @($record.chosen) + @($work.kept)
    $imported = @($record.imported)
    $hashes = @($record.files)
    foreach ($file in @($work.files)) {
        $bytes = Read-PersonFile -Path $file.path
        if ((Get-ByteHash $bytes) -cne $file.hash) { throw "確かめた後にファイルが変わりました: $($file.path)" }
        $stored = @(Read-CertificateStore -Store 'CA' | ForEach-Object { $_.thumbprint })
        foreach ($one in @($file.authorities)) { if ($stored -cnotcontains $one.thumbprint) { $null = Add-Certificate -Store 'CA' -Bytes $one.bytes } }
        $chosen += $file.own.thumbprint
        $hashes += $file.hash
        $there = @(Read-CertificateStore -Store 'My' | Where-Object { $_.thumbprint -ceq $file.own.thumbprint })
        if ($there.Length -eq 0) { $imported += $file.own.thumbprint }
        Write-CertificateRecord $Code $chosen $hashes $imported
        if (@($there | Where-Object { Test-CertificateKey $_ }).Length -eq 0) { Import-CertificateKey -Bytes $bytes -Secret (Get-Secret $file.wish.name) -Thumbprint $file.own.thumbprint }
    }
    Write-CertificateRecord $Code $chosen $hashes $imported
}

function Save-CertificateCopy {
    # What a certificate needs to come back, in the person's folder, before it is taken away: its key stays where it is.
    param([string] $Thumbprint)
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Thumbprint.sst")
    $copy = Export-CertificateCopy -Thumbprint $Thumbprint
    Write-PersonFile -Path $path -Bytes $copy
    if ((Get-ByteHash (Read-PersonFile -Path $path)) -cne (Get-ByteHash $copy)) { throw "証明書の控えを書けませんでした: $path" }
}

function Hide-OwnCertificate {
    # Out of the store; the key and a copy of the certificate stay.
    param([string] $Thumbprint)
    Save-CertificateCopy $Thumbprint
    $null = Clear-Certificate -Store 'My' -Thumbprint $Thumbprint
}

function Restore-OwnCertificate {
    # From the copy, linked to its key again.
    param([string] $Thumbprint)
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Thumbprint.sst")
    if (-not (Test-PersonPath -Path $path)) { throw "証明書の控えがないため、元に戻せません: $Thumbprint" }
    $null = Add-Certificate -Store 'My' -Bytes (Read-PersonFile -Path $path)
    Clear-PersonFile -Path $path
}

function Restore-CertificateState {
    # Takes away only what we imported: what came by hand since stays, and the intermediates that it needs.
    param([string] $Code, [object] $State)
    $imported = @((Read-CertificateRecord $Code).imported)
    $wanted = @($State.certificates | ForEach-Object { $_.thumbprint })
    $there = @(Get-OwnCertificate | ForEach-Object { $_.thumbprint })
    foreach ($thumbprint in $there) { if ($wanted -cnotcontains $thumbprint -and $imported -ccontains $thumbprint) { Hide-OwnCertificate $thumbprint } }
    foreach ($thumbprint in $wanted) { if ($there -cnotcontains $thumbprint) { Restore-OwnCertificate $thumbprint } }
    $issuers = @(Get-OwnCertificate | ForEach-Object { $_.issuer })
    foreach ($one in @(Get-CertificateAuthority)) {
        if (@($State.authorities) -cnotcontains $one.thumbprint -and $issuers -cnotcontains $one.name) { $null = Clear-Certificate -Store 'CA' -Thumbprint $one.thumbprint }
    }
    Write-CertificateRecord $Code @($State.chosen) @($State.files) @($imported | Where-Object { @($State.chosen) -ccontains $_ })
}

# The PC's clock against a time server, by a question of our own: what w32tm prints is in the language of the PC.

$script:ClockTolerance = 10000

Register-Kind 'clock' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.server
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.server)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    $offset = Get-SntpOffset -Address $addresses
    if ($null -eq $offset) { return [pscustomobject] @{ unknown = "タイムサーバー $($Target.server) から応答がありません。" } }
    if ([math]::Abs($offset) -le $script:ClockTolerance) { return [pscustomobject] @{ synchronized = $true } }
    $seconds = [math]::Round([math]::Abs($offset) / 1000)
    return [pscustomobject] @{ synchronized = $false; message = "この PC の時計が約 $seconds 秒ずれています。" }
}

# The PC's name. Another one may have been let pass by a person at the start, so it is shown and no fault.

Register-Kind 'computer-name' -Format 1 -Get {
    param($Target)
    $name = Get-ComputerText
    if ($name -ieq $Target.name) { return [pscustomobject] @{ name = $Target.name } }
    return [pscustomobject] @{ unknown = "この PC の名前は $name です。この端末（$($Target.name)）のバンドルでよいと、はじめに確かめて続けています。チェックリストに PC の名前を書いてください。" }
}

# Generic credentials of the signed-in person that the linkage application reads. A secret never is a part of a state:
# `mark` says whether it is still the same one (runtime/keep.ps1), and what was there before us is kept, protected for this
# person alone, until it is undone. The code of the clinic is no secret and stands in the state.

# 半角英数字 12 桁以内: a symbol makes the linkage fail. setup P.47.
$script:CredentialCryptRule = '^[0-9A-Za-z]{1,12}\z'

# Mark of the secret of a credential that is out of date, because the account has been given a new password since.
$script:CredentialOutdated = 'outdated'

# What a person typed for a credential whose user name the bundle does not know; empty: nothing.
$script:CredentialUser = @{}

Register-Kind 'credential' -Format 1 -Get {
    param($Target)
    $found = Read-Credential -Name $Target.name
    if ($null -eq $found) { return $null }
    try { return Get-CredentialState $Target.name $found } finally { [array]::Clear($found.blob, 0, $found.blob.Length) }
} -Set {
    param($Target, $State)
    $name = [string] $Target.name
    if ($null -eq $State) {
        Clear-Credential -Name $name
        Clear-KeptCredential $name ''
        return
    }
    if ($null -ne (Get-Field $State 'persist')) { Restore-Credential $name $State; return }
    $user = Get-CredentialUser $name $State
    $blob = Get-CredentialBlob $name $State
    $persist = 2
    try {
        $found = Read-Credential -Name $name
        if ($null -ne $found) {
            $persist = $found.persist
            try { $was = Get-CredentialState $name $found; Save-Credential $Target $was $found.blob } finally { [array]::Clear($found.blob, 0, $found.blob.Length) }
        }
        Write-Credential -Name $name -UserName $user -Persist $persist -Blob $blob
        # From now on it is the new password, whether or not it looks like the old one.
        if ($null -ne $found -and (Test-OutdatedSecret (Get-Field $was 'mark'))) { Clear-Kept $script:CredentialOutdated }
    }
    finally { [array]::Clear($blob, 0, $blob.Length) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'persist')) { return (Test-Wanted $Wanted $Found) }
    if (-not $Found.usable -or (Test-OutdatedSecret $Found.mark)) { return $false }
    $code = Get-Field $Wanted 'code'
    if ($null -ne $code -and $Found.code -cne $code) { return $false }
    return (Test-CredentialUser $Wanted $Found.userName)
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Before -or $null -ne $Before.code) { return $null }
    if ($null -ne $Found -and $Found.mark -ceq $Before.mark) { return $null }
    $kept = Read-Kept "$($Target.name)-$($Before.mark)"
    if ($null -ne $kept) { [array]::Clear($kept, 0, $kept.Length); return $null }
    $reason = "元の資格情報 $($Target.name) の控えを読めないため、そのままにします。元の値は、資格情報マネージャーで入力し直してください。"
    return [pscustomobject] @{ state = $Found; reason = $reason }
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or $null -ne (Get-Field $State 'persist') -or $null -ne (Get-Field $State 'code')) { return }
    $name = [string] $Target.name
    $user = Read-CredentialUser $name $State
    if ($user -ceq '') { return [pscustomobject] @{ name = "cred $name"; prompt = '' } }
    $request = [ordered] @{ name = "cred $name"; prompt = "資格情報 $name のパスワード（ユーザー名 $user）"; rule = ''; ruleText = ''; twice = $true }
    if ($name -ceq 'OQS_LOGIN_KEY') { $request.rule = Get-PortalPasswordRule; $request.ruleText = Get-PortalPasswordText }
    # These have to be what another system has already, whatever it is.
    if (@('OQS_CRYPT_PASS', 'OQS_NAS_LOGIN_KEY') -ccontains $name) { $request.known = $true }
    if ($name -ceq 'OQS_CRYPT_PASS') { $request.rule = $script:CredentialCryptRule; $request.ruleText = Get-CryptRuleText }
    return [pscustomobject] $request
}

function Get-CryptRuleText { return 'CRYPT_PASS_RULE: 半角の英字と数字だけ、12 文字以内です。記号を入れると連携でエラーになります。' }

function Get-CredentialState {
    # code: the blob where it is a clinic's code; mark: the same for the same blob; usable: what the linkage can use.
    param([string] $Name, [object] $Found)
    $state = [ordered] @{ userName = $Found.userName; persist = $Found.persist; code = $null; mark = $null; usable = $true }
    if ($Name -ceq 'OQS_MEDICAL_INSTITUTION_CODE' -and (Test-BlobText $Found.blob '0123456789' 10 10)) {
        $state.code = [Text.Encoding]::Unicode.GetString($Found.blob)
        return [pscustomobject] $state
    }
    $state.mark = Get-Mark $Found.blob
    $letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    if ($Name -ceq 'OQS_CRYPT_PASS' -and -not (Test-BlobText $Found.blob $letters 1 12)) {
        $state.usable = $false
        $state.message = Get-CryptRuleText
    }
    if ($Found.blob.Length -eq 0) {
        $state.usable = $false
        $state.message = 'パスワードが空です。'
    }
    if ($Name -ceq 'OQS_LOGIN_KEY' -and $Found.userName -match '^RO') { $state.message = Get-LetterOText $Found.userName }
    return [pscustomobject] $state
}

function Test-BlobText {
    # Whether a blob is UTF-16LE text of these characters alone, so many of them; it is never made a text.
    param([byte[]] $Blob, [string] $Characters, [int] $Least, [int] $Most)
    if ($Blob.Length % 2 -ne 0 -or $Blob.Length -lt 2 * $Least -or $Blob.Length -gt 2 * $Most) { return $false }
    for ($i = 0; $i -lt $Blob.Length; $i += 2) {
        if ($Blob[$i + 1] -ne 0 -or $Characters.IndexOf([char] $Blob[$i]) -lt 0) { return $false }
    }
    return $true
}

function Test-CredentialUser {
    # Whether a user name is the wanted one, or begins as it has to where only the clinic knows it.
    param([object] $Wanted, [string] $User)
    $name = Get-Field $Wanted 'userName'
    if ($null -ne $name) { return ($User -ceq $name -or ($User -ieq $name -and (Get-Field $Wanted 'caseless'))) }
    if ($User -ceq '') { return $false }
    return (Test-UserPrefix $User @(Get-Field $Wanted 'prefixes' | ForEach-Object { $_ }))
}

function Test-UserPrefix {
    param([string] $User, [string[]] $Prefixes)
    if ($Prefixes.Length -eq 0) { return $true }
    foreach ($prefix in $Prefixes) { if ($User.StartsWith($prefix, [StringComparison]::Ordinal)) { return $true } }
    return $false
}

function Get-LetterOText {
    param([string] $User)
    return "ID_LETTER_O: ユーザー名「$User」の 2 文字目が英字の O です。数字の 0 ではありませんか。"
}

function Get-CredentialUser {
    # The user name to write: the bundle's, or what was typed.
    param([string] $Name, [object] $State)
    if ($null -ne $State.userName) { return [string] $State.userName }
    $typed = [string] $script:CredentialUser[$Name]
    if ($typed -ceq '') { throw "資格情報 $Name のユーザー名が入力されていません。" }
    return $typed
}

function Read-CredentialUser {
    # Asks once a pass for a user name that only the clinic knows; empty where nobody answers.
    param([string] $Name, [object] $State)
    if ($null -ne $State.userName) { return [string] $State.userName }
    if ($script:CredentialUser.ContainsKey($Name)) { return [string] $script:CredentialUser[$Name] }
    $script:CredentialUser[$Name] = ''
    $prefixes = @(Get-Field $State 'prefixes' | ForEach-Object { $_ })
    Write-Line ''
    Write-Line "資格情報 $Name のユーザー名を入力してください。（何も入力せずに Enter: 今回は行わない）"
    if ($prefixes.Length -gt 0) { Write-Line "　この施設の連携用アカウントは $($prefixes -join ' か ') で始まります。2 文字目は数字です。" }
    for ($try = 1; $try -le 3; $try++) {
        $answer = Read-Answer "$Name のユーザー名: "
        if ($answer -ceq '') { break }
        if (Test-UserPrefix $answer $prefixes) { $script:CredentialUser[$Name] = $answer; break }
        if ($answer -match '^RO') { Write-Line (Get-LetterOText $answer) }
        else { Write-Line "LOGIN_KEY_PREFIX: 「$answer」は $($prefixes -join ' か ') で始まっていません。" }
    }
    return [string] $script:CredentialUser[$Name]
}

function Get-CredentialBlob {
    # The bytes to write, for the caller to clear: UTF-16LE without a NUL, as credential manager writes it.
    param([string] $Name, [object] $State)
    $code = Get-Field $State 'code'
    if ($null -ne $code) { return , [Text.Encoding]::Unicode.GetBytes([string] $code) }
    return , (ConvertTo-SecretByte (Get-Secret "cred $Name"))
}

function Save-Credential {
    # Keeps the secret that undoing will need: the one that the journal says was there before us, and no other.
    param([object] $Target, [object] $Found, [byte[]] $Blob)
    $before = Get-OpenBefore 'credential' $Target
    $needed = $Found.mark
    if ($null -ne $before) { $needed = $before.mark }
    Clear-KeptCredential $Target.name ([string] $needed)
    $kept = "$($Target.name)-$needed"
    if ($null -eq $needed -or $needed -cne $Found.mark -or $null -ne (Read-Kept $kept)) { return }
    Write-Kept $kept $Blob
}

function Test-OutdatedSecret {
    # Whether this is the secret of an account that has been given a new password since.
    param([object] $Mark)
    if ($null -eq $Mark) { return $false }
    $bytes = Read-Kept $script:CredentialOutdated
    return ($null -ne $bytes -and [Text.Encoding]::ASCII.GetString($bytes) -ceq $Mark)
}

function Write-OutdatedSecret {
    # The account of this credential is given a new password: what is registered has to be replaced.
    param([string] $Name)
    $found = Read-Credential -Name $Name
    if ($null -eq $found) { return }
    try { Write-Kept $script:CredentialOutdated ([Text.Encoding]::ASCII.GetBytes((Get-Mark $found.blob))) }
    finally { [array]::Clear($found.blob, 0, $found.blob.Length) }
}

function Clear-KeptCredential {
    # Forgets what is kept of a credential, but for one mark.
    param([string] $Name, [string] $Mark)
    foreach ($kept in @(Get-KeptName)) {
        if ($kept.StartsWith("$Name-", [StringComparison]::Ordinal) -and $kept -cne "$Name-$Mark") { Clear-Kept $kept }
    }
}

function Restore-Credential {
    # Puts back what was there before us.
    param([string] $Name, [object] $State)
    $blob = $null
    if ($null -ne $State.code) { $blob = [Text.Encoding]::Unicode.GetBytes([string] $State.code) }
    else {
        $found = Read-Credential -Name $Name
        if ($null -ne $found -and (Get-Mark $found.blob) -ceq $State.mark) { $blob = $found.blob }
        else { $blob = Read-Kept "$Name-$($State.mark)" }
    }
    if ($null -eq $blob) { throw "元の資格情報 $Name の控えがないため、元に戻せません。" }
    try { Write-Credential -Name $Name -UserName $State.userName -Persist $State.persist -Blob $blob }
    finally { [array]::Clear($blob, 0, $blob.Length) }
    Clear-KeptCredential $Name ''
}

# An icon on the desktop of this person or of all, that an installer makes.

Register-Kind 'desktop-icon' -Format 1 -Get {
    param($Target)
    foreach ($folder in @(Get-PersonFolder)) {
        $found = @(Find-FileBelow -Folder $folder -Pattern $Target.name -Depth 0)
        if ($found.Length -gt 0) { return [pscustomobject] @{ present = $true; path = $found[0] } }
    }
    if (-not (Test-FilePresence -Path $Target.brought)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.brought)" } }
    return [pscustomobject] @{ present = $false; message = 'デスクトップにアイコンがありません。スタートメニューから開くか、アプリを入れ直してください。' }
}

# Where the shortcuts on the person's desktop and on the shared one lead that lead into a domain at all.

Register-Kind 'desktop-links' -Format 1 -Get {
    param($Target)
    $links = @(foreach ($folder in @((Get-DesktopFolder), (Get-DesktopFolder -Shared))) {
            foreach ($path in @(Get-DesktopFile -Folder $folder -Extension '.url' | Sort-Object)) {
                $url = Read-ShortcutUrl (Read-FileByte -Path $path)
                $page = $url -as [uri]
                if ($null -eq $page -or -not $page.IsAbsoluteUri -or -not ".$($page.Host)".EndsWith(".$($Target.domain)", [StringComparison]::OrdinalIgnoreCase)) { continue }
                [pscustomobject] @{ name = $path.Substring($folder.Length + 1); url = $url }
            }
        })
    if ($links.Length -eq 0) { return [pscustomobject] @{ unknown = 'デスクトップに、オンライン資格確認のページを開くショートカットがありません。' } }
    return [pscustomobject] @{ links = $links; message = 'デスクトップのショートカットが開くページ: ' + (@($links | ForEach-Object { "$($_.name) $($_.url)" }) -join '、') }
} -Test {
    # All lead to pages of one system: the same host, below the same folder.
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $right = [uri] $Wanted.below
    foreach ($link in @($Found.links)) {
        $page = [uri] $link.url
        if ($page.Scheme -cne $right.Scheme -or $page.Host -ine $right.Host -or $page.Port -ne $right.Port) { return $false }
        if (-not $page.AbsolutePath.StartsWith($right.AbsolutePath, [StringComparison]::Ordinal)) { return $false }
    }
    return $true
}

# How many devices of a class (a GUID, the same in every language) are connected.

Register-Kind 'device-class' -Format 1 -Get {
    param($Target)
    $count = Get-DeviceCount -Class $Target.class
    $state = [ordered] @{ count = $count }
    if ($count -eq 0) { $state.message = '機器が接続されていません。ケーブルと、メーカーのドライバーを確かめてください。' }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.count -ge $Wanted.minimum)
}

# The language that Windows is shown in to the person. Another first language counts from the next sign-in, and only where its
# language pack is there.

Register-Kind 'display-language' -Format 1 -Get {
    param($Target)
    $display = Get-DisplayLanguage
    if (Test-LanguageTag $Target.language $display) { return [pscustomobject] @{ shown = $true } }
    $languages = Read-LanguageList
    if ($languages.Length -gt 0 -and (Test-LanguageTag $Target.language $languages[0].tag)) {
        return [pscustomobject] @{ unknown = "Windows の表示言語はまだ $display です。サインインし直しても変わらないときは、設定→時刻と言語→言語と地域 で、日本語の言語パックを入れてください。" }
    }
    return [pscustomobject] @{ shown = $false; message = "Windows の表示言語が $display です。設定→時刻と言語→言語と地域 で、日本語を入れて一番上にしてください。" }
}

# Scaling of the signed-in person's displays. Windows counts each display's scaling in steps from what it recommends for
# that display; where it does not answer, one scaling for all displays (LogPixels), which needs signing out, stands in.

$script:DisplayStep = 100, 125, 150, 175, 200, 225, 250, 300, 350, 400, 450, 500
$script:DisplayKey = 'Control Panel\Desktop'

Register-Kind 'display' -Format 1 -Get {
    param($Target)
    if (Test-RemoteSession) { return [pscustomobject] @{ unknown = 'リモート デスクトップでは、この PC の画面の設定を確かめられません。' } }
    $scales = Read-DisplayScale
    if ($null -ne $scales -and @($scales).Length -eq 0) { return [pscustomobject] @{ unknown = '画面が見つかりません。' } }
    $monitors = @(foreach ($scale in @($scales | Sort-Object -Property path)) {
            [pscustomobject] @{ path = $scale.path; percent = (Get-DisplayPercent $scale); relative = (Get-DisplayRelative $scale) }
        })
    $state = [ordered] @{
        monitors = $monitors
        logPixels = (Read-DisplayNumber 'LogPixels')
        win8DpiScaling = (Read-DisplayNumber 'Win8DpiScaling')
    }
    if ($state.win8DpiScaling -eq 1) { $state.message = 'すべての画面に同じ拡大率を使う設定です。サインアウトして、サインインし直すと有効になります。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $scales = Read-DisplayScale
    if ($null -ne (Get-Field $State 'monitors')) {
        foreach ($monitor in @($State.monitors)) {
            $here = @($scales | Where-Object { $_.path -ceq $monitor.path })
            if ($here.Length -eq 0 -or (Get-DisplayRelative $here[0]) -eq $monitor.relative) { continue }
            if (-not (Write-DisplayScale -Path $monitor.path -Relative $monitor.relative)) { throw '画面の拡大率を元に戻せませんでした。設定→システム→ディスプレイで戻してください。' }
        }
        Write-DisplayNumber 'LogPixels' $State.logPixels
        Write-DisplayNumber 'Win8DpiScaling' $State.win8DpiScaling
        return
    }
    $done = $true
    if ($null -eq $scales -or (Read-DisplayNumber 'Win8DpiScaling') -eq 1) { $done = $false }
    foreach ($scale in $scales) {
        # Steps count from the recommended value, which is -minimum steps above 100 %.
        $relative = [array]::IndexOf($script:DisplayStep, [int] $State.percent) + $scale.minimum
        if ($relative -lt $scale.minimum -or $relative -gt $scale.maximum) { throw "この画面では $($State.percent)% を選べません。" }
        if ($relative -ne $scale.relative -and -not (Write-DisplayScale -Path $scale.path -Relative $relative)) { $done = $false }
    }
    if (-not $done) {
        Write-DisplayNumber 'LogPixels' ([int] (96 * $State.percent / 100))
        Write-DisplayNumber 'Win8DpiScaling' 1
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'monitors')) { return (Test-Wanted $Wanted $Found) }
    if ($Found.win8DpiScaling -eq 1) { return ($Found.logPixels -eq 96 * $Wanted.percent / 100) }
    return (@($Found.monitors).Length -gt 0 -and @($Found.monitors | Where-Object { $_.percent -ne $Wanted.percent }).Length -eq 0)
}

function Get-DisplayRelative {
    # Windows answers with a value outside its own limits after a change of resolution: the nearest limit is meant.
    param([object] $Scale)
    return [math]::Max($Scale.minimum, [math]::Min($Scale.maximum, $Scale.relative))
}

function Get-DisplayPercent {
    param([object] $Scale)
    $at = (Get-DisplayRelative $Scale) - $Scale.minimum
    if ($at -ge $script:DisplayStep.Length) { return $null }
    return $script:DisplayStep[$at]
}

function Read-DisplayNumber {
    param([string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name
    if ($null -eq $entry -or $entry.type -cne 'DWord') { return $null }
    return [int] $entry.data
}

function Write-DisplayNumber {
    param([string] $Name, [object] $Number)
    if ($null -eq $Number) { Clear-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name }
    else { Write-RegistryEntry -Hive 'HKCU' -Key $script:DisplayKey -Name $Name -Type 'DWord' -Data $Number }
}

# What the 配信アプリケーション has written about itself (配信実績管理ファイル). Its keys are documented nowhere but for
# [Information] Status= (ntt-west, almex), so it is only read, and judged only where an entry says itself what it is.
# part: status, record (whose terminal this is), server (接続する配信サーバー), advanced (高度な設定).

$script:RecordUnread = '配信実績管理ファイルからは読み取れません。配信アプリケーション管理ツールの画面で確かめてください。'

# Text of Status → what it means (distro-check P.8, ntt-west, almex ⑪), and what to do.
$script:UpdateStatus = @(
    @{ text = '未適用更新ファイルなし'; state = 'clean'; say = '更新はすべて済んでいます。' }
    @{ text = '定期実行待ち'; state = 'probably-clean'; say = '更新は済み、次の定期実行を待っています（未適用の更新がないとまでは表示されていません）。' }
    @{ text = '再起動待ち'; state = 'restart'; say = '端末を再起動してください。' }
    @{ text = 'アップデート中'; state = 'wait'; say = '終わるまで、電源を切らずに待ってください。' }
    @{ text = 'ダウンロード中'; state = 'wait'; say = '終わるまで、電源を切らずに待ってください。' }
    @{ text = 'サーバー接続待ち'; state = 'again'; say = '「今すぐダウンロード」をもう一度押してください。' }
    @{ text = '停止中'; state = 'stopped'; say = '「今すぐダウンロード」をもう一度押してください。' }
)

Register-Kind 'distribution-record' -Format 1 -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.path)) {
        return [pscustomobject] @{ unknown = "配信実績管理ファイルがまだありません（$($Target.path)）。配信アプリケーションの導入と最初の接続のあとにできます。" }
    }
    $entries = @(ConvertFrom-IniText (ConvertFrom-FileByte (Read-FileByte -Path $Target.path)))
    switch ($Target.part) {
        'status' { return Get-RecordStatus $entries }
        'record' { return Get-RecordOwner $entries }
        'server' { return Get-RecordServer $entries }
        'advanced' { return Get-RecordAdvanced $entries }
    }
    throw "unknown part: $($Target.part)"
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $states = Get-Field $Wanted 'states'
    if ($null -ne $states) { return (@($states) -ccontains $Found.state) }
    $code = Get-Field $Wanted 'code'
    if ($null -eq $code) { return Test-Wanted $Wanted $Found }
    return (@($Found.codes) -ccontains $code -and $Found.ownComputer)
}

function ConvertFrom-IniText {
    # section, key and value of each line, in half width; comments and lines of another form are left out.
    param([string] $Text)
    $section = ''
    foreach ($line in $Text.TrimStart([char] 0xfeff).Normalize([Text.NormalizationForm]::FormKC) -split '\r\n|\r|\n') {
        if ($line -match '^\s*[;#]') { continue }
        if ($line -match '^\s*\[([^\]]+)\]\s*$') { $section = $Matches[1].Trim(); continue }
        # A value may hold a colon; where there is no equals sign the first colon parts the two.
        if ($line -match '^\s*([^=]+?)\s*=\s*(.*?)\s*$' -or $line -match '^\s*([^:]+?)\s*:\s*(.*?)\s*$') {
            [pscustomobject] @{ section = $section; key = $Matches[1]; value = $Matches[2].Trim('"') }
        }
    }
}

function Find-IniValue {
    # The values of the entries whose key matches.
    param([object[]] $Entries, [string] $Key)
    $Entries | Where-Object { $_.key -match $Key } | ForEach-Object { $_.value }
}

function ConvertTo-UpdateStatus {
    # What a text of Status means; other where it is none that the documents name.
    param([string] $Text)
    foreach ($known in $script:UpdateStatus) { if ($Text.Contains($known.text)) { return [pscustomobject] @{ state = $known.state; message = "$Text … $($known.say)" } } }
    return [pscustomobject] @{ state = 'other'; message = "資料にない表示です: $Text" }
}

function Get-RecordStatus {
    param([object[]] $Entries)
    $text = @($Entries | Where-Object { $_.section -ieq 'Information' -and $_.key -ieq 'Status' } | ForEach-Object { $_.value })
    if ($text.Length -eq 0 -or $text[0] -ceq '') { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $status = ConvertTo-UpdateStatus $text[0]
    # Under way: it will be another one soon.
    if ($status.state -ceq 'wait') { return [pscustomobject] @{ unknown = $status.message } }
    return $status
}

function Get-RecordOwner {
    # Only an entry that names itself is judged; beyond that, our own values count wherever they stand.
    param([object[]] $Entries)
    $bundle = $script:Current.plan.bundle
    $codes = @(Find-IniValue $Entries '医療機関.*コード|(medical|institution|facility).*code' | Where-Object { $_ -cmatch '^\d{10}$' })
    $computers = @(Find-IniValue $Entries 'コンピューター?名|computer_?name|host_?name' | Where-Object { $_ })
    if ($codes.Length -eq 0) { $codes = @($Entries | Where-Object { $_.value -ceq $bundle.facility.code } | ForEach-Object { $_.value }) }
    if ($computers.Length -eq 0) { $computers = @($Entries | Where-Object { $_.value -ieq (Get-ComputerText) } | ForEach-Object { $_.value }) }
    if ($codes.Length -eq 0 -or $computers.Length -eq 0) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $codes = @($codes | Sort-Object -Unique)
    $computers = @($computers | Sort-Object -Unique)
    return [pscustomobject] @{
        codes = $codes; computers = $computers; ownComputer = ($computers -icontains (Get-ComputerText))
        message = "配信実績の医療機関コードは $($codes -join '、')、コンピューター名は $($computers -join '、') です。この端末と違うときは、高速スタートアップが無効か、電子証明書が取り込まれているか、起動タスクが登録されているかを順に確かめてください。"
    }
}

function Get-RecordServer {
    # An entry whose value is the very text of the screen.
    param([object[]] $Entries)
    $found = @(foreach ($entry in $Entries) {
            if ($entry.value -ceq 'クラウド') { 'cloud' }
            elseif (@('配信拠点(推奨)', '配信拠点') -ccontains $entry.value) { 'base' }
        }) | Sort-Object -Unique
    $found = @($found)
    if ($found.Length -ne 1) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $name = @{ cloud = 'クラウド'; base = '配信拠点(推奨)' }[$found[0]]
    return [pscustomobject] @{
        server = $found[0]
        message = "DISTRO_SERVER_MISMATCH: 「接続する配信サーバー」が「$name」になっています。「設定の変更」で、この施設の値を選び直し、接続確認をやり直してください。"
    }
}

function Get-RecordAdvanced {
    param([object[]] $Entries)
    $named = @($Entries | Where-Object { @('拡張パス', '開発者向けコード') -ccontains $_.key })
    if ($named.Length -eq 0) { return [pscustomobject] @{ unknown = $script:RecordUnread } }
    $filled = @($named | Where-Object { $_.value } | ForEach-Object { $_.key })
    return [pscustomobject] @{
        empty = ($filled.Length -eq 0)
        message = "指示がない限り空にする項目に、値が入っています: $($filled -join '、')"
    }
}

# Whether the DNS servers of our data are still those of the line: the documents give them as of a day, the latest guide is on
# paper. What is old and yet answers is shown with a warning; what is old and silent is for a person to compare.

$script:DnsGuideDays = 365

Register-Kind 'dns-guide' -Format 1 -Get {
    param($Target)
    $day = [DateTime]::ParseExact([string] $Target.asOf, 'yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
    $age = [int] [math]::Floor(((Get-LocalTime) - $day).TotalDays)
    if ($age -le $script:DnsGuideDays) { return [pscustomobject] @{ usable = $true } }
    $text = "設定に使う DNS サーバーのアドレスは $($day.Year)年$($day.Month)月$($day.Day)日 時点のもので、$([math]::Floor($age / 365))年以上たっています。最新の「IP-VPN接続ガイド」の値と照らし合わせてください。"
    if (Test-DnsAnswer -Address @($Target.servers) -HostName $Target.host) { return [pscustomobject] @{ usable = $true; warning = "DNS サーバーはいまも応答しています。ただし、$text" } }
    return [pscustomobject] @{ unknown = "DNS サーバーの応答がありません（回線がまだつながっていないかもしれません）。$text" }
}

# The static IPv6 DNS servers of one connection. Its name says which it is; from then on it is known by its interface's GUID.
# The registry holds what was set by hand alone; Windows' commands would mix it with what the router says.

$script:DnsProtocolIPv6 = 'ms_tcpip6'
$script:DnsParameters = @{ IPv4 = 'SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'; IPv6 = 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters' }
# DisabledComponents: this bit takes IPv6 from every network adapter (learn.microsoft.com, Configure IPv6 in Windows).
$script:DnsIPv6OffBit = 0x10

Register-Kind 'dns' -Format 1 -Sometimes 'off' -Get {
    param($Target)
    $connections = Read-NetConnection
    $interface = $null
    if (Test-Undoing) { $interface = Get-Field (Get-OpenBefore 'dns' $Target) 'interface' }
    $connection = @(Select-DnsConnection $connections $Target $interface)
    if ($connection.Length -eq 0 -and $null -ne $interface) { return [pscustomobject] @{ unknown = "設定したネットワーク接続「$($Target.connection)」のアダプターが、この PC にありません。" } }
    if ($connection.Length -eq 0) {
        $names = @($connections | ForEach-Object { "「$($_.name)」" }) -join '、'
        return [pscustomobject] @{ unknown = "ネットワーク接続「$($Target.connection)」がありません。この PC にあるのは $names です。接続の名前か、施設の設定ファイルの network.dns.nic を直してください。" }
    }
    $connection = $connection[0]
    $state = [ordered] @{
        interface = $connection.interface
        bound = (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)
        servers = (Read-StaticDnsList 'IPv6' $connection.interface)
        serversIPv4 = (Read-StaticDnsList 'IPv4' $connection.interface)
    }
    $disabled = Read-RegistryEntry -Hive 'HKLM' -Key $script:DnsParameters.IPv6 -Name 'DisabledComponents'
    if ($null -ne $disabled -and $disabled.type -ceq 'DWord' -and ($disabled.data -band $script:DnsIPv6OffBit) -ne 0) {
        $state.off = $true
        $state.message = 'この PC は、レジストリの DisabledComponents によって IPv6 がすべて止められています。止めた人に確かめて、値を 0 にして再起動してください。'
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $interface = Get-Field $State 'interface'
    $connections = Read-NetConnection
    $connection = @(Select-DnsConnection $connections $Target $interface)
    if ($connection.Length -eq 0) { throw "ネットワーク接続がありません: $($Target.connection)" }
    $connection = $connection[0]
    $bound = $null -eq $interface -or $State.bound
    if ($bound -and -not (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)) {
        Write-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6 -Enabled $true
    }
    $ours = @($State.servers | ForEach-Object { ConvertTo-DnsAddress $_ })
    $others = Get-Field $State 'serversIPv4'
    if ($null -eq $others) { $others = Read-StaticDnsList 'IPv4' $connection.interface }
    # IPv4 second: should Windows have taken both away at once, its list is put back.
    foreach ($pair in @(@('IPv6', $ours), @('IPv4', @($others)))) {
        if (Test-Same (Read-StaticDnsList $pair[0] $connection.interface) $pair[1]) { continue }
        Write-DnsServer -Index $connection.index -Family $pair[0] -Address $pair[1]
    }
    if (-not $bound -and (Test-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6)) {
        Write-NetBinding -Name $connection.name -Component $script:DnsProtocolIPv6 -Enabled $false
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'interface')) { return (Test-Same $Wanted $Found) }
    if (-not $Found.bound -or $null -ne (Get-Field $Found 'off')) { return $false }
    return (Test-Same @($Wanted.servers | ForEach-Object { ConvertTo-DnsAddress $_ }) @($Found.servers | ForEach-Object { $_ }))
}

function Select-DnsConnection {
    # By its interface where that is known: a name may have gone to another adapter.
    param([object[]] $Connections, [object] $Target, [object] $Interface)
    $Connections | Where-Object { if ($null -ne $Interface) { $_.interface -eq $Interface } else { $_.name -eq $Target.connection } }
}

function ConvertTo-DnsAddress {
    # One way to write an address: no leading zeros, small letters.
    param([string] $Text)
    $address = $null
    if (-not [Net.IPAddress]::TryParse($Text, [ref] $address)) { return $Text }
    return $address.ToString()
}

function Read-StaticDnsList {
    # What was set by hand for an interface, in order; none: automatic.
    param([string] $Family, [string] $Interface)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key "$($script:DnsParameters[$Family])\Interfaces\$Interface" -Name 'NameServer'
    if ($null -eq $entry) { return , @() }
    return , @(([string] $entry.data) -split '[,\s]+' | Where-Object { $_ -cne '' } | ForEach-Object { ConvertTo-DnsAddress $_ })
}

# .NET Framework 4: its release, and whether its feature of Windows is on (InstallState 1 enabled, 2 disabled, 3 absent).

Register-Kind 'dotnet' -Format 1 -Get {
    param($Target)
    $release = 0
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' -Name 'Release'
    if ($null -ne $entry -and $entry.type -ceq 'DWord') { $release = $entry.data }
    $install = Read-OptionalFeature -Name $Target.feature
    $state = [ordered] @{ release = $release; feature = $install }
    if ($install -eq 2 -or $install -eq 3) { $state.message = '「Windows の機能の有効化または無効化」で .NET Framework 4.8 Advanced Services が無効になっています。有効にして再起動してください。' }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.release -ge $Wanted.minimumRelease -and ($null -eq $Found.feature -or $Found.feature -eq 1))
}

# Whether a profile of the person's Edge is signed in to a Microsoft account: account_info lists the accounts of a profile
# (Chromium, account_tracker_service.cc). Which account that is, is nobody's business here.

Register-Kind 'edge-account' -Format 1 -Get {
    $edge = Get-EdgeFolder
    $in = @(foreach ($name in (Get-EdgeProfileName $edge)) {
            $accounts = Get-EdgeSetting @(Read-EdgeSetting $edge $name) @('account_info')
            if (@($accounts | Where-Object { $null -ne $_ }).Length -gt 0) { $name }
        })
    $said = 'Edge はどのアカウントにもサインインしていません。'
    if ($in.Length -gt 0) { $said = "Edge のプロファイル $($in -join '、') が、Microsoft アカウントにサインインしています。" }
    return [pscustomobject] @{ signedIn = ($in.Length -gt 0); profiles = $in; message = $said }
}

# Whether the linkage application encrypts: key=e or key=n in two small files, which are only read. Where it does, it
# needs a credential of this person's.

$script:EncryptFile = [ordered] @{ main = 'encrypt.conf'; face = 'encrypt_face.conf' }

Register-Kind 'encrypt-conf' -Format 1 -Get {
    param($Target)
    $found = [ordered] @{}
    foreach ($name in $script:EncryptFile.Keys) {
        $path = "$($Target.folder)\$($script:EncryptFile[$name])"
        if (-not (Test-FilePresence -Path $path)) { continue }
        $found[$name] = ''
        if ((ConvertFrom-FileByte (Read-FileByte -Path $path)) -match '(?im)^\s*key\s*=\s*([a-z])\b') { $found[$name] = $Matches[1].ToLowerInvariant() }
    }
    if ($found.Count -eq 0) { return [pscustomobject] @{ unknown = "暗号化識別ファイルがありません: $($Target.folder)" } }
    $found['credential'] = (Test-CredentialPresence $Target.credential)
    return [pscustomobject] $found
} -Test {
    param($Wanted, $Found)
    foreach ($name in $script:EncryptFile.Keys) {
        $key = Get-Field $Found $name
        if ($null -eq $key) { continue }
        if ($key -cne $Wanted.key -or ($key -ceq 'e' -and -not $Found.credential)) { return $false }
    }
    return $true
}

function Test-CredentialPresence {
    # Whether this person has a credential; what is in it is cleared at once.
    param([string] $Name)
    $found = Read-Credential -Name $Name
    if ($null -eq $found) { return $false }
    [array]::Clear($found.blob, 0, $found.blob.Length)
    return $true
}

# The packages of the browser extensions that the face library brings: CRX3 files (Chromium, components/crx_file/crx3.proto).
# Which extension a package is, its header says; which version, the manifest in it.

Register-Kind 'extension-files' -Format 1 -Get {
    param($Target)
    $problem = Get-ExtensionFolderProblem $Target.folder
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $packages = @(Read-ExtensionPackage $Target.folder $Target.files)
    $bad = @($packages | Where-Object { $_.problem } | ForEach-Object { "$($_.file): $($_.problem)" })
    $said = @($packages | Where-Object { -not $_.problem } | ForEach-Object { "$($_.file) $($_.version)" })
    return [pscustomobject] @{
        complete = ($bad.Length -eq 0); packages = @($packages | ForEach-Object { [pscustomobject] @{ file = $_.file; id = $_.id; version = $_.version } })
        message = ((@($bad) + @($said)) -join '、')
    }
}

function Get-ExtensionFolderProblem {
    # Why nothing can be said yet: the library that brings the folder is not there. Empty where it is.
    param([string] $Folder)
    $library = $Folder.Substring(0, $Folder.LastIndexOf('\'))
    if (Test-FilePresence -Path $library) { return '' }
    return "顔認証ライブラリがまだ導入されていません: $library"
}

function Read-ExtensionPackage {
    # Of each file: file, id, version, problem (empty where it is a package).
    param([string] $Folder, [string[]] $Files)
    foreach ($file in $Files) {
        $package = [pscustomobject] @{ file = $file; id = $null; version = $null; problem = '' }
        try {
            if (-not (Test-FilePresence -Path "$Folder\$file")) { throw 'ファイルがありません' }
            $bytes = Read-FileByte -Path "$Folder\$file"
            $header = Read-CrxHeader $bytes
            $package.version = Read-CrxVersion $bytes $header.end
            $package.id = $header.id
        }
        catch { $package.problem = Get-ErrorText $_ }
        $package
    }
}

function Read-CrxHeader {
    # id, and where the ZIP begins. Throws where Edge would not take the file for an extension either.
    param([byte[]] $Bytes)
    $broken = '拡張機能のファイルとして読めません'
    if ($Bytes.Length -lt 12 -or [Text.Encoding]::ASCII.GetString($Bytes, 0, 4) -cne 'Cr24' -or [BitConverter]::ToUInt32($Bytes, 4) -ne 3) { throw $broken }
    $length = [BitConverter]::ToUInt32($Bytes, 8)
    if ($length -gt $Bytes.Length - 12) { throw $broken }
    $signed = @()
    $keys = @()
    foreach ($field in (Read-ProtobufField (Copy-Byte $Bytes 12 $length))) {
        # 2 and 3: a proof with RSA or ECDSA, whose field 1 is the public key; 10000: what was signed, whose field 1 is the id.
        if ($field.number -eq 10000) { $signed += , $field.bytes }
        if (@(2, 3) -contains $field.number) { foreach ($part in (Read-ProtobufField $field.bytes)) { if ($part.number -eq 1) { $keys += , $part.bytes } } }
    }
    if ($signed.Length -ne 1) { throw $broken }
    $ids = @(Read-ProtobufField $signed[0] | ForEach-Object { $_ } | Where-Object { $_.number -eq 1 })
    if ($ids.Length -ne 1 -or $ids[0].bytes.Length -ne 16) { throw $broken }
    $id = ConvertTo-ExtensionId $ids[0].bytes
    # The id is the beginning of the SHA-256 of one of the keys.
    $hash = New-Object Security.Cryptography.SHA256CryptoServiceProvider
    try { $known = @(foreach ($key in $keys) { ConvertTo-ExtensionId (Copy-Byte $hash.ComputeHash([byte[]] $key) 0 16) }) } finally { $hash.Dispose() }
    if ($known -cnotcontains $id) { throw $broken }
    return [pscustomobject] @{ id = $id; end = (12 + [int] $length) }
}

function ConvertTo-ExtensionId {
    # Each half byte as a letter from a to p.
    param([byte[]] $Bytes)
    return -join @(foreach ($byte in $Bytes) { [char] (97 + ($byte -shr 4)); [char] (97 + ($byte -band 15)) })
}

function Copy-Byte {
    param([byte[]] $Bytes, [long] $Start, [long] $Length)
    $part = New-Object byte[] $Length
    [array]::Copy($Bytes, $Start, $part, 0, $Length)
    return , $part
}

function Read-ProtobufField {
    # The fields of a message that hold bytes: number, bytes. Throws where the message is cut short.
    param([byte[]] $Bytes)
    $broken = '拡張機能のファイルとして読めません'
    $fields = @()
    $at = 0
    while ($at -lt $Bytes.Length) {
        $tag = Read-ProtobufNumber $Bytes $at
        $at = $tag.next
        $size = 0
        switch ($tag.value -band 7) {
            0 { $at = (Read-ProtobufNumber $Bytes $at).next }
            1 { $size = 8 }
            2 { $count = Read-ProtobufNumber $Bytes $at; $at = $count.next; $size = $count.value }
            5 { $size = 4 }
            default { throw $broken }
        }
        if ($size -gt $Bytes.Length - $at) { throw $broken }
        if (($tag.value -band 7) -eq 2) { $fields += [pscustomobject] @{ number = ($tag.value -shr 3); bytes = (Copy-Byte $Bytes $at $size) } }
        $at += $size
    }
    return , $fields
}

function Read-ProtobufNumber {
    # A number of 7 bits a byte, lowest first: value, next.
    param([byte[]] $Bytes, [int] $At)
    $value = [long] 0
    for ($shift = 0; $shift -lt 56; $shift += 7) {
        if ($At -ge $Bytes.Length) { break }
        $byte = $Bytes[$At]
        $At++
        $value = $value -bor ([long] ($byte -band 127) -shl $shift)
        if ($byte -lt 128) { return [pscustomobject] @{ value = $value; next = $At } }
    }
    throw '拡張機能のファイルとして読めません'
}

function Read-CrxVersion {
    # The version in the manifest of the ZIP that begins at Start.
    param([byte[]] $Bytes, [int] $Start)
    $broken = '拡張機能のファイルの中身を読めません'
    if ($null -eq ('System.IO.Compression.ZipArchive' -as [type])) { Add-Type -AssemblyName System.IO.Compression }
    try {
        $archive = New-Object System.IO.Compression.ZipArchive((New-Object IO.MemoryStream($Bytes, $Start, ($Bytes.Length - $Start), $false)))
        try {
            $entry = $archive.GetEntry('manifest.json')
            $memory = New-Object IO.MemoryStream
            $stream = $entry.Open()
            try { $stream.CopyTo($memory) } finally { $stream.Dispose() }
        }
        finally { $archive.Dispose() }
        $manifest = ConvertFrom-BrowserJson (ConvertFrom-FileByte $memory.ToArray()).TrimStart([char] 0xfeff)
    }
    catch { throw $broken }
    $version = Get-BrowserField $manifest 'version'
    if (-not (Test-ExtensionVersion $version)) { throw $broken }
    return $version
}

function Test-ExtensionVersion {
    # One to four numbers (Chromium, extension manifest: version).
    param([object] $Version)
    return ($Version -is [string] -and $Version -cmatch '^[0-9]{1,5}(\.[0-9]{1,5}){0,3}$')
}

# The extensions of the face library in the Edge profile that the person uses, as Edge's own files say: Local State names
# the profile; Secure Preferences and Preferences hold extensions.settings.<id>, where an extension without a reason to be
# disabled is on (Chromium, extension_prefs.cc). An extension is known by the id of its package, an older one that had
# another id by its name.

$script:ExtensionPackaged = 1
$script:ExtensionUnpacked = 4

Register-Kind 'extensions' -Format 1 -Get {
    param($Target)
    $problem = Get-ExtensionFolderProblem $Target.folder
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $packages = @(Read-ExtensionPackage $Target.folder @($Target.extensions | ForEach-Object { $_.file }))
    $edge = Get-EdgeFolder
    $name = Get-EdgeProfile $edge
    $settings = @(Read-EdgeSetting $edge $name)
    $installed = @(Find-Extension $edge $name $settings $Target.extensions $packages)
    $mode = (Get-EdgeSetting $settings @('extensions', 'ui', 'developer_mode')) -eq $true
    return [pscustomobject] @{
        profile = $name; developerMode = $mode; installed = $installed
        packages = @($packages | ForEach-Object { [pscustomobject] @{ file = $_.file; id = $_.id; version = $_.version } })
        message = (Get-ExtensionText $name $Target.extensions $packages $installed $mode) + (Get-ElsewhereText $edge $name $Target.extensions $packages $installed)
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    foreach ($name in (Get-FieldName $Wanted)) { if (-not (Test-ExtensionWish $name (Get-Field $Wanted $name) $Found)) { return $false } }
    return $true
}

function Test-ExtensionWish {
    param([string] $Name, [object] $Value, [object] $Found)
    $installed = @($Found.installed)
    if ($Name -ceq 'developerMode') { return ($Found.developerMode -eq $Value) }
    # Each of these is there, on, and not older than its package.
    if ($Name -ceq 'added') { return (@($Value | Where-Object { -not (Test-ExtensionAdded $_ $Found) }).Length -eq 0) }
    # Extensions can be added now, or nothing is left to add.
    if ($Name -ceq 'ready') { return ($Found.developerMode -or @($Found.packages | Where-Object { -not (Test-ExtensionAdded $_.file $Found) }).Length -eq 0) }
    # These and no others, and all are on.
    if ($Name -ceq 'exactly') {
        $on = @($installed | Where-Object { $_.enabled } | ForEach-Object { $_.file })
        return ($installed.Length -eq @($Value).Length -and @($Value | Where-Object { $on -cnotcontains $_ }).Length -eq 0)
    }
    # All are there in that version or a newer one.
    if ($Name -ceq 'minimumVersion') {
        $good = @($installed | Where-Object { Test-ExtensionAtLeast $_.version $Value } | ForEach-Object { $_.file })
        return (@($Found.packages | Where-Object { $good -cnotcontains $_.file }).Length -eq 0)
    }
    # None is older than that, and none is left from before the packages had their ids.
    if ($Name -ceq 'noneBelow') { return (@($installed | Where-Object { $_.file -ceq '' -or -not (Test-ExtensionAtLeast $_.version $Value) }).Length -eq 0) }
    # What is there is not older than its package.
    if ($Name -ceq 'current') { return (@($installed | Where-Object { (Test-ExtensionStale $_ $Found.packages) }).Length -eq 0) }
    throw "unknown wish: $Name"
}

function Test-ExtensionAdded {
    param([string] $File, [object] $Found)
    return (@(@($Found.installed) | Where-Object { $_.file -ceq $File -and $_.enabled -and -not (Test-ExtensionStale $_ $Found.packages) }).Length -gt 0)
}

function Test-ExtensionAtLeast {
    param([object] $Version, [string] $Least)
    return ($null -ne $Version -and (ConvertTo-ExtensionVersion $Version) -ge (ConvertTo-ExtensionVersion $Least))
}

function ConvertTo-ExtensionVersion {
    # All four parts: to .NET 2.0 is less than 2.0.0.0.
    param([string] $Text)
    return [version] ((@($Text.Split('.')) + @('0', '0', '0'))[0..3] -join '.')
}

function Test-ExtensionStale {
    # Older than the package that it should have come from; no package, or an unreadable one, says nothing.
    param([object] $Extension, [object[]] $Packages)
    $package = @($Packages | Where-Object { $_.file -ceq $Extension.file -and $null -ne $_.version })
    return ($package.Length -eq 1 -and -not (Test-ExtensionAtLeast $Extension.version $package[0].version))
}

function Get-EdgeProfile {
    # The folder of the profile that was used last, or Default.
    param([string] $Edge)
    $last = Get-BrowserField (Read-BrowserFile "$Edge\Local State") @('profile', 'last_used')
    if ($last -is [string] -and $last -cmatch '^[^\\/:]+$' -and (Test-FilePresence -Path "$Edge\$last\Preferences")) { return $last }
    return 'Default'
}

function Get-EdgeProfileName {
    # The folders of all profiles that Edge knows, and Default.
    param([string] $Edge)
    $known = Get-BrowserField (Read-BrowserFile "$Edge\Local State") @('profile', 'info_cache')
    $names = @('Default')
    if ($known -is [System.Collections.IDictionary]) { $names += @($known.Keys | Where-Object { $_ -cmatch '^[^\\/:]+$' }) }
    return $names | Sort-Object -Unique
}

function Read-EdgeSetting {
    # Both files with the settings of a profile, the protected one first.
    param([string] $Edge, [string] $Name)
    foreach ($file in 'Secure Preferences', 'Preferences') {
        $settings = Read-BrowserFile "$Edge\$Name\$file"
        if ($null -ne $settings) { , $settings }
    }
}

function Get-EdgeSetting {
    # A setting from the first file that has it.
    param([object[]] $Settings, [string[]] $Path)
    foreach ($part in $Settings) {
        $value = Get-BrowserField $part $Path
        if ($null -ne $value) { return , $value }
    }
    return $null
}

function Find-Extension {
    # Of each extension that is ours: file of its package ('' where only its name says so), id, name, version, enabled.
    param([string] $Edge, [string] $Name, [object[]] $Settings, [object[]] $Extensions, [object[]] $Packages)
    $seen = @()
    foreach ($part in $Settings) {
        $entries = Get-BrowserField $part @('extensions', 'settings')
        if ($entries -isnot [System.Collections.IDictionary]) { continue }
        foreach ($id in @($entries.Keys | Sort-Object)) {
            if ($seen -ccontains $id) { continue }
            $found = Read-Extension $Edge $Name $id $entries[$id]
            if ($null -eq $found) { continue }
            $seen += $id
            $file = Select-ExtensionFile $found $Extensions $Packages
            if ($null -eq $file) { continue }
            [pscustomobject] @{ file = $file; id = $id; name = $found.name; version = $found.version; enabled = $found.enabled }
        }
    }
}

function Select-ExtensionFile {
    # The package that an extension is of: by its id, or by its name where that package cannot be read. '' where the name
    # is one of ours and the id is not; $null where it is none of ours.
    param([object] $Found, [object[]] $Extensions, [object[]] $Packages)
    $same = @($Packages | Where-Object { $_.id -ceq $Found.id })
    if ($same.Length -gt 0) { return $same[0].file }
    if (@($script:ExtensionPackaged, $script:ExtensionUnpacked) -notcontains $Found.location) { return $null }
    $named = @($Extensions | Where-Object { @($_.names) -ccontains $Found.name } | ForEach-Object { $_.file })
    if ($named.Length -eq 0) { return $null }
    if (@($Packages | Where-Object { $_.file -ceq $named[0] -and $null -eq $_.id }).Length -gt 0) { return $named[0] }
    return ''
}

function Read-Extension {
    # id, location, name, version, enabled of an entry; $null where nothing is installed under it.
    param([string] $Edge, [string] $Name, [string] $Id, [object] $Entry)
    $path = Get-BrowserField $Entry @('path')
    if ($path -isnot [string] -or $path -ceq '') { return $null }
    if ($path -cnotmatch '^([A-Za-z]:|\\)\\') { $path = "$Edge\$Name\Extensions\$path" }
    $onDisk = Read-BrowserFile "$path\manifest.json"
    if ($null -eq $onDisk) { return $null }
    $manifest = Get-BrowserField $Entry @('manifest')
    if ($null -eq $manifest) { $manifest = $onDisk }
    $version = Get-BrowserField $manifest @('version')
    if (-not (Test-ExtensionVersion $version)) { $version = $null }
    return [pscustomobject] @{
        id = $Id; location = (Get-BrowserField $Entry @('location')); name = (Get-ExtensionName $manifest $path); version = $version
        enabled = (Test-ExtensionEnabled $Entry)
    }
}

function Test-ExtensionEnabled {
    # disable_reasons is a list of numbers, before that a number of bits; before both, state 1 was on.
    param([object] $Entry)
    $state = Get-BrowserField $Entry @('state')
    if ($null -ne $state -and $state -ne 1) { return $false }
    $reasons = Get-BrowserField $Entry @('disable_reasons')
    if ($null -eq $reasons) { return $true }
    return (@($reasons | Where-Object { $_ -ne 0 }).Length -eq 0)
}

function Get-ExtensionName {
    # The name in the manifest, or where that is a message, the message in Japanese or in the extension's own language.
    param([object] $Manifest, [string] $Path)
    $name = Get-BrowserField $Manifest @('name')
    if ($name -isnot [string]) { return '' }
    if ($name -cnotmatch '^__MSG_(\w+)__$') { return $name.Trim() }
    $key = $Matches[1]
    foreach ($language in @('ja', (Get-BrowserField $Manifest @('default_locale')))) {
        if ($language -isnot [string] -or $language -cnotmatch '^\w+$') { continue }
        $messages = Read-BrowserFile "$Path\_locales\$language\messages.json"
        if ($messages -isnot [System.Collections.IDictionary]) { continue }
        foreach ($found in $messages.Keys) {
            # Chromium reads the names of messages whatever their case.
            if ($found -ine $key) { continue }
            $text = Get-BrowserField $messages @($found, 'message')
            if ($text -is [string]) { return $text.Trim() }
        }
    }
    return $name
}

function Get-ExtensionText {
    # For people: what is there of each package, what else is there, and the developer mode.
    param([string] $Name, [object[]] $Extensions, [object[]] $Packages, [object[]] $Installed, [bool] $DeveloperMode)
    $parts = @(foreach ($extension in $Extensions) {
            $own = @($Installed | Where-Object { $_.file -ceq $extension.file })
            $title = @($extension.names)[0]
            if ($own.Length -eq 0) { "$title なし"; continue }
            foreach ($found in $own) { Get-ExtensionLine $title $found $Packages }
        })
    foreach ($other in @($Installed | Where-Object { $_.file -ceq '' })) { $parts += '古いもの ' + (Get-ExtensionLine $other.name $other @()) }
    $mode = 'オフ'
    if ($DeveloperMode) { $mode = 'オン' }
    return "Edge のプロファイル $Name：$($parts -join '、')。開発者モードは$mode。"
}

function Get-ElsewhereText {
    # Where an extension is missing that another profile has: which one. Empty otherwise.
    param([string] $Edge, [string] $Name, [object[]] $Extensions, [object[]] $Packages, [object[]] $Installed)
    $here = @($Installed | ForEach-Object { $_.file })
    $missing = @($Packages | Where-Object { $here -cnotcontains $_.file } | ForEach-Object { $_.file })
    if ($missing.Length -eq 0) { return '' }
    $others = @(foreach ($other in (Get-EdgeProfileName $Edge)) {
            if ($other -ceq $Name) { continue }
            $there = @(Find-Extension $Edge $other @(Read-EdgeSetting $Edge $other) $Extensions $Packages)
            if (@($there | Where-Object { $missing -ccontains $_.file }).Length -gt 0) { $other }
        })
    if ($others.Length -eq 0) { return '' }
    return "無いものは、ほかのプロファイルに入っています: $($others -join '、')"
}

function Get-ExtensionLine {
    param([string] $Title, [object] $Extension, [object[]] $Packages)
    $notes = @()
    if (-not $Extension.enabled) { $notes += 'オフ' }
    if (Test-ExtensionStale $Extension $Packages) { $notes += '配信されたファイルより古い版' }
    $line = "$Title $($Extension.version)".TrimEnd()
    if ($notes.Length -gt 0) { $line += "（$($notes -join '、')）" }
    return $line
}

# A file that an installer brings, and the version that it states.

Register-Kind 'file' -Format 1 -Get {
    param($Target)
    if (-not (Test-FilePresence -Path $Target.path)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.path)" } }
    $version = Read-FileVersion $Target.path
    $said = "版が書かれていません: $($Target.path)"
    if ($null -ne $version) { $said = "この PC にある版は $version です。" }
    return [pscustomobject] @{ exists = $true; version = $version; message = $said }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumVersion'
    if ($null -eq $least) { return $true }
    if ($null -eq $Found.version) { return $false }
    return ((ConvertTo-FileVersion $Found.version) -ge (ConvertTo-FileVersion $least))
}

function Read-FileVersion {
    # A program's own version, or the first version number in a short text file; $null where there is none.
    param([string] $Path)
    if ($Path -match '\.(exe|dll|sys|ocx)$') { return Read-ProgramVersion -Path $Path }
    if ($Path -notmatch '\.(info|txt|ini|xml|json|conf|ver)$') { return $null }
    $text = ConvertFrom-FileByte (Read-FileByte -Path $Path)
    # Digits and dots may be full width.
    if ($text.Normalize([Text.NormalizationForm]::FormKC) -match '[0-9]+(\.[0-9]+){1,3}') { return $Matches[0] }
    return $null
}

function ConvertFrom-FileByte {
    # Text by its byte order mark, else UTF-8 where it is valid, else Shift_JIS.
    param([byte[]] $Bytes)
    if ($Bytes.Length -ge 2 -and $Bytes[0] -eq 0xff -and $Bytes[1] -eq 0xfe) { return [Text.Encoding]::Unicode.GetString($Bytes, 2, $Bytes.Length - 2) }
    try { return (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes) }
    catch [ArgumentException] { return [Text.Encoding]::GetEncoding(932).GetString($Bytes) }
}

function ConvertTo-FileVersion {
    # All four parts: to .NET 2.0 is less than 2.0.0.0. The older documents write 1.0.7 as "1.07" (distro-check P.10).
    param([string] $Text)
    $Text = $Text -replace '^(\d+)\.0(\d)$', '$1.0.$2'
    $parts = @($Text.Split('.')) + @('0', '0', '0')
    return [version] ($parts[0..3] -join '.')
}

# Whether Windows' firewall is on, as it is in force, group policies included.

Register-Kind 'firewall' -Format 1 -Get {
    param($Target)
    $state = [ordered] @{}
    $off = @()
    foreach ($found in @(Get-NetFirewallProfile -PolicyStore 'ActiveStore')) {
        $name = ([string] $found.Name).ToLowerInvariant()
        if (@('private', 'public') -cnotcontains $name) { continue }
        $state[$name] = ([string] $found.Enabled -ceq 'True')
        if (-not $state[$name]) { $off += @{ private = 'プライベート ネットワーク'; public = 'パブリック ネットワーク' }[$name] }
    }
    if ($off.Length -gt 0) { $state.message = "ファイアウォールが無効です: $($off -join '、')。別の製品のファイアウォールを使っている場合は、施設の責任者に確かめてください。" }
    return [pscustomobject] $state
}

# Several checks in the order in which they are to be looked at: the first that is wrong, with what to do about it. Where
# none is wrong but one cannot be made yet, that one.

Register-Kind 'first-fault' -Format 1 -Get {
    param($Target)
    $open = $null
    foreach ($check in @($Target.checks)) {
        $found = Get-State $check.kind $check.target
        $names = @(Get-FieldName $found)
        if ($null -ne $found -and $names.Length -eq 1 -and $names[0] -ceq 'not-applicable') { continue }
        if ($null -ne $found -and $names.Length -eq 1 -and $names[0] -ceq 'unknown') {
            if ($null -eq $open) { $open = "$($check.title): $($found.unknown)" }
            continue
        }
        if (Test-State $check.kind -Wanted $check.wanted -Found $found) { continue }
        $why = [string] (Get-Field $found 'message')
        if (-not $why) { $why = $check.remedy }
        return [pscustomobject] @{ fault = $check.title; message = "最初に直すもの: $($check.title)。$why" }
    }
    if ($null -ne $open) { return [pscustomobject] @{ unknown = $open } }
    return [pscustomobject] @{ fault = '' }
}

# Whether Everyone has full control of a folder, by an entry of its own or an inherited one.

Register-Kind 'folder-everyone' -Format 1 -Get {
    param($Target)
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $folder) { return [pscustomobject] @{ unknown = "まだありません: $($Target.path)" } }
    $entries = (ConvertFrom-Sddl -Sddl $folder.sddl).entries
    # No list at all grants everybody everything.
    $full = $null -eq $entries
    foreach ($entry in @($entries | Where-Object { $null -ne $_ })) {
        if ($entry.type -eq 0 -and $entry.sid -ceq 'S-1-1-0' -and (Get-FileRight $entry.rights) -eq $script:FolderFull) { $full = $true }
    }
    $state = [ordered] @{ full = $full }
    if ($full) { $state.message = "Everyone に「フル コントロール」があります。施設とベンダーに確かめてから直してください: $($Target.path)" }
    return [pscustomobject] $state
}

# A folder that an installer made under Program Files: owned by Windows or administrators, nobody else may change anything
# in it, nobody is denied anything, everybody at this PC may run it, and no program differs from what its maker signed.

# SYSTEM, Administrators, TrustedInstaller.
$script:TrustedSid = 'S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
# Writing, appending, attributes, deleting, changing entries or the owner (winnt.h).
$script:WriteRight = 0x2 -bor 0x4 -bor 0x10 -bor 0x40 -bor 0x100 -bor 0x10000 -bor 0x40000 -bor 0x80000

Register-Kind 'folder-untouched' -Format 1 -Get {
    param($Target)
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $folder) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.path)" } }
    $changed = @(Find-ChangedPath $Target.path $folder)
    $state = [ordered] @{ changed = $changed.Length }
    if ($changed.Length -gt 0) {
        $named = @($changed | Select-Object -First 3)
        $state.message = "所有者やアクセス権、またはファイルの中身が、導入されたときのものではありません。アプリのセットアップをやり直してください: $($named -join '、')（$($changed.Length) 件）"
    }
    return [pscustomobject] $state
}

function Find-ChangedPath {
    # Paths at and below a folder whose owner, access list or signed content is not the installer's. Links are not followed.
    param([string] $Path, [object] $Access)
    if (Test-AccessChanged $Access) { $Path }
    # Only this answer means an alteration: an unsigned program, or one whose signer Windows does not know, may be as it came.
    elseif (-not $Access.folder -and $Path -match '\.(exe|dll|ocx)$' -and (Get-SignatureStatus -Path $Path) -ceq 'HashMismatch') { $Path }
    if (-not $Access.folder -or $Access.reparse) { return }
    foreach ($entry in (Get-FolderContent -Path $Path)) {
        $inner = Read-PathAccess -Path $entry
        if ($null -ne $inner) { Find-ChangedPath $entry $inner }
    }
}

function Assert-TrustedFile {
    # What is run or obeyed as an administrator: nobody else may change the file, nor put another in its place. A drive's
    # root is Windows' own: others may make folders in it, but not rename those of Windows.
    param([string] $Path)
    for ($at = $Path; $at.Length -gt 3; $at = Get-FolderAbove $at) {
        $access = Read-PathAccess -Path $at
        if ($null -eq $access) { throw "ファイルがありません: $Path" }
        if ($access.reparse -or (Test-OtherMayWrite $access)) { throw "管理者以外が書き換えられるため、使いません。アプリのセットアップをやり直してください: $at" }
    }
}

function Test-OtherMayWrite {
    # Whether anybody but Windows and administrators may change a file or folder itself.
    param([object] $Access)
    if ($script:TrustedSid -cnotcontains $Access.owner) { return $true }
    $entries = (ConvertFrom-Sddl -Sddl $Access.sddl).entries
    # No list at all: everybody may do everything.
    if ($null -eq $entries) { return $true }
    foreach ($entry in $entries) {
        # 1: who is denied something; 8: INHERIT_ONLY_ACE, not for this one itself.
        if ($entry.type -eq 1 -or ($entry.flags -band 8) -ne 0) { continue }
        # Neither allowed nor denied, but on a condition.
        if ($entry.type -ne 0) { return $true }
        # CREATOR OWNER stands for the owner, who is trusted.
        if ($script:TrustedSid -cnotcontains $entry.sid -and $entry.sid -cne 'S-1-3-0' -and ((Get-FileRight $entry.rights) -band $script:WriteRight) -ne 0) { return $true }
    }
    return $false
}

function Test-AccessChanged {
    param([object] $Access)
    if ($script:TrustedSid -cnotcontains $Access.owner) { return $true }
    $entries = (ConvertFrom-Sddl -Sddl $Access.sddl).entries
    if ($null -eq $entries) { return $true }
    $runs = $false
    foreach ($entry in $entries) {
        if ($entry.type -ne 0) { return $true }
        $rights = Get-FileRight $entry.rights
        # What CREATOR OWNER hands down goes to the owner, who is trusted.
        if ($script:TrustedSid -ccontains $entry.sid -or $entry.sid -ceq 'S-1-3-0') { continue }
        if (($rights -band $script:WriteRight) -ne 0) { return $true }
        # Users, Authenticated Users, Everyone; 0x20: execute, or go through a folder.
        if (@('S-1-5-32-545', 'S-1-5-11', 'S-1-1-0') -ccontains $entry.sid -and ($rights -band 0x21) -eq 0x21) { $runs = $true }
    }
    return (-not $runs)
}

# Whether a folder is there. One on another device may be there although this person or this moment does not see it.

Register-Kind 'folder' -Format 1 -Get {
    param($Target)
    $exists = Test-FolderPresence -Path $Target.path
    if (-not $exists -and $Target.path.StartsWith('\\')) { return [pscustomobject] @{ unknown = "ネットワーク上のフォルダーを開けません。機器の電源、配線、アクセス許可を確かめてください: $($Target.path)" } }
    $state = [ordered] @{ exists = $exists }
    if (-not $exists) { $state.message = "フォルダーがありません: $($Target.path)" }
    return [pscustomobject] $state
}

# Windows' account for guests, whatever it is called: its SID ends in 501 (MS-DTYP 2.4.2.4).

Register-Kind 'guest' -Format 1 -Get {
    param($Target)
    $guests = @(Get-LocalUser | Where-Object { [string] $_.SID -cmatch '-501$' })
    $enabled = @($guests | Where-Object { $_.Enabled }).Length -gt 0
    $state = [ordered] @{ enabled = $enabled }
    if ($enabled) { $state.message = "ゲスト用のアカウント（$($guests[0].Name)）が有効です。無効にしてください。" }
    return [pscustomobject] $state
}

# A step that a person does while it is shown (runtime/guidance.ps1): there is nothing to look at.
Register-Kind 'guided' -Format 1 -Get { return $null }

# A file that has to be there once an application is installed: `brought` says whether it is.

Register-Kind 'installed-file' -Format 1 -Get {
    param($Target)
    if (Test-FilePresence -Path $Target.path) { return [pscustomobject] @{ present = $true } }
    if (-not (Test-FilePresence -Path $Target.brought)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.brought)" } }
    return [pscustomobject] @{ present = $false; message = "ファイルがありません: $($Target.path)。アプリを入れ直してください。" }
}

# A program in the list of installed apps, of the PC or of the person. Names there are product texts, so several are known.

Register-Kind 'installed-program' -Format 1 -Get {
    param($Target)
    $found = @(Read-InstalledProgram | Where-Object { Test-ProgramName $_.name $Target.names } | Sort-Object -Property name)
    if ($found.Length -eq 0) { return [pscustomobject] @{ unknown = "まだ導入されていません: $(@($Target.names)[0])" } }
    return [pscustomobject] @{ installed = $true; name = $found[0].name; version = $found[0].version }
}

function Test-ProgramName {
    # A name that holds all words of one of the names.
    param([string] $Name, [string[]] $Names)
    foreach ($known in $Names) {
        if (@($known -split ' ' | Where-Object { $Name.IndexOf($_, [StringComparison]::OrdinalIgnoreCase) -lt 0 }).Length -eq 0) { return $true }
    }
    return $false
}

# Installers that the vendor brought. They are never part of a bundle; they are looked for beside it on the stick and
# where people put files. part: ready (at hand, or not needed any more), signature (as they were made), rest (left over).

$script:InstallerFolder = 'C:\Work'
$script:InstallerPlaces = 'この一式のフォルダーの隣、ダウンロード、デスクトップ、C:\Work'

Register-Kind 'installer' -Format 1 -Get {
    param($Target)
    $files = @(Find-Installer $Target.names -Copied:($Target.part -ceq 'rest'))
    if ($Target.part -ceq 'rest') { return Get-InstallerRest $files }
    $installed = $null
    if ($Target.installed -and (Test-FilePresence -Path $Target.installed)) { $installed = Read-FileVersion $Target.installed }
    if ($files.Length -eq 0 -and $Target.part -ceq 'signature') { return [pscustomobject] @{ 'not-applicable' = 'インストーラーが見つからないため、確かめるものがありません。' } }
    if ($files.Length -eq 0 -and $null -eq $installed) {
        return [pscustomobject] @{ unknown = "見つかりません: $(@($Target.names) -join '、')。$script:InstallerPlaces のどれかに置いてください。導入が済んでいれば不要です。" }
    }
    if ($Target.part -ceq 'ready') {
        $said = "この PC にある版は $installed です。最新のインストーラーを、$script:InstallerPlaces のどれかに置いてください。"
        return [pscustomobject] @{ files = $files; installed = $installed; message = $said }
    }
    return Get-InstallerSignature @(foreach ($path in $files) { Read-Installer $path })
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumVersion'
    if ($null -eq $least) { return Test-Wanted $Wanted $Found }
    if (@($Found.files).Length -gt 0) { return $true }
    return ($null -ne $Found.installed -and (ConvertTo-FileVersion $Found.installed) -ge (ConvertTo-FileVersion $least))
}

function Find-Installer {
    # Paths of the files of such names, each once. -Copied: not those that came on the stick.
    param([string[]] $Names, [switch] $Copied)
    $beside = [IO.Path]::GetDirectoryName($script:Current.root)
    $places = @(Get-PersonFolder) + @($script:InstallerFolder)
    $found = @(foreach ($name in $Names) { foreach ($folder in $places) { Find-FileBelow -Folder $folder -Pattern $name -Depth 2 } })
    if ($beside -and -not ($Copied -and (Test-AnotherDrive $beside))) {
        $found += @(foreach ($name in $Names) { Find-FileBelow -Folder $beside -Pattern $name -Depth 1 })
    }
    $found | Sort-Object -Unique
}

function Test-AnotherDrive {
    # Whether a folder is on another drive than Windows.
    param([string] $Path)
    return ([IO.Path]::GetPathRoot($Path) -ine [IO.Path]::GetPathRoot((Get-ProgramDataFolder)))
}

function Find-InstallerFolder {
    # The folder of the first installer of these names, to be opened for a person; empty where there is none.
    param([string[]] $Names)
    $files = @(Find-Installer $Names)
    if ($files.Length -eq 0) { return '' }
    # A backslash at the end would escape the quotation mark after it: E:\. is E:\ too.
    return ([IO.Path]::GetDirectoryName($files[0]) -replace '\\$', '\.')
}

function Read-Installer {
    # An archive carries no signature of its own: what is in it is looked at once it is extracted.
    param([string] $Path)
    $signature = 'none'
    if ($Path -notlike '*.zip') { $signature = ConvertTo-SignatureWord (Get-SignatureStatus -Path $Path) }
    return [pscustomobject] @{ path = $Path; sha256 = (Get-FileSha256 -Path $Path); signature = $signature }
}

function ConvertTo-SignatureWord {
    # HashMismatch and NotTrusted (the publisher was barred here) are proof. A root that is missing on a closed network,
    # or no signature at all, is none. https://learn.microsoft.com/dotnet/api/system.management.automation.signaturestatus
    param([string] $Status)
    switch ($Status) {
        'Valid' { return 'valid' }
        'HashMismatch' { return 'changed' }
        'NotTrusted' { return 'barred' }
        'NotSigned' { return 'unsigned' }
        default { return 'unjudged' }
    }
}

function Get-InstallerSignature {
    param([object[]] $Files)
    $said = @{
        changed = '作成された後に変更されています。使わずに、入手し直してください'
        barred = '発行者がこの PC で禁止されています。使わずに、入手元に確かめてください'
        unsigned = 'デジタル署名がありません。入手元に、署名の有無と SHA-256 を確かめてください'
        unjudged = 'この PC では署名を確かめられません。入手元の SHA-256 と比べてください'
    }
    $doubts = @(foreach ($file in $Files) {
            if ($said.ContainsKey($file.signature)) { "$($file.path): $($said[$file.signature])。SHA-256 $($file.sha256)" }
        })
    $bad = @($Files | Where-Object { @('changed', 'barred') -ccontains $_.signature })
    if ($bad.Length -eq 0 -and $doubts.Length -gt 0) { return [pscustomobject] @{ unknown = ($doubts -join ' ') } }
    return [pscustomobject] @{ unmodified = ($bad.Length -eq 0); files = $Files; message = ($doubts -join ' ') }
}

function Get-InstallerRest {
    # They may be deleted, or kept (setup P.36): what is left is listed, and is no difference.
    param([string[]] $Files)
    if (@($Files).Length -gt 0) { return [pscustomobject] @{ unknown = "残っています（残すこともできます）: $($Files -join '、')" } }
    return [pscustomobject] @{ absent = $true }
}

# Whether the PC has an IPv6 address of the line: global (2000::/3), and not one that is only temporary.

Register-Kind 'ipv6' -Format 1 -Get {
    param($Target)
    $addresses = Read-NetAddress
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = 'つながっているネットワークがありません。LAN ケーブルか無線の接続を確かめてください。' } }
    $global = @($addresses | Where-Object { -not $_.temporary -and (Test-GlobalIPv6 $_.address) })
    if ($global.Length -gt 0) { return [pscustomobject] @{ global = $true } }
    return [pscustomobject] @{ global = $false; message = '2 で始まる IPv6 アドレスがありません。フレッツ・v6オプションの契約、回線の機器の配線、端末の TCP/IPv6 のチェックを確かめてください。' }
}

function Test-GlobalIPv6 {
    param([string] $Text)
    $address = [Net.IPAddress]::Parse($Text)
    return ([string] $address.AddressFamily -ceq 'InterNetworkV6' -and ($address.GetAddressBytes()[0] -band 0xe0) -eq 0x20)
}

# Files with initial passwords that should be gone once the work is done: only looked for, by their names; nothing is opened,
# and nobody but the person deletes them. A downloaded file's name can be a patient's, so it is not said: only how many
# there are and where.

Register-Kind 'leftover' -Format 1 -Get {
    param($Target)
    $there = New-Object Collections.ArrayList
    $places = New-Object Collections.ArrayList
    foreach ($place in @($Target.folders)) {
        $count = 0
        foreach ($folder in @(Get-LeftoverFolder $place)) {
            foreach ($pattern in @($Target.names)) {
                foreach ($path in @(Find-FileBelow $folder $pattern $Target.depth)) {
                    if (-not (Test-LeftoverSource $Target.from $path)) { continue }
                    $count++
                    if ($null -eq $Target.from) { $null = $there.Add($path) }
                }
            }
        }
        if ($count -gt 0) { $null = $places.Add([pscustomobject] @{ place = $place; files = $count }) }
    }
    $state = [ordered] @{ places = @($places); names = @($there | Sort-Object) }
    if ($places.Count -gt 0) {
        $parts = @($places | ForEach-Object { "$(Get-LeftoverTitle $_.place) $($_.files) 件" })
        $code = 'LEFTOVER_PDF'
        if ($null -eq $Target.from) { $code = 'PLAINTEXT_SECRETS' }
        $state.message = "${code}: パスワードが書かれているおそれのあるファイルが残っています: $($parts -join '、')。中を確かめ、不要なら削除して、ごみ箱も空にしてください。"
    }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $count = 0
    foreach ($place in @($Found.places)) { $count += $place.files }
    return ($count -le $Wanted.files)
}

function Get-LeftoverFolder {
    param([string] $Place)
    switch ($Place) {
        'person' { Get-PersonFolder }
        'edge' { "$(Get-PersonTemp)\MicrosoftEdgeDownloads" }
        default { $Place }
    }
}

function Get-LeftoverTitle {
    param([string] $Place)
    switch ($Place) {
        'person' { return 'ダウンロードとデスクトップ' }
        'edge' { return 'Edge の一時フォルダー' }
        default { return $Place }
    }
}

function Test-LeftoverSource {
    # Whether a file comes from there, as its download mark says. A mark without an address (Edge saves a page's own file so)
    # may mean it, but for one that names a folder: what Explorer took out of a ZIP file. A file without a mark was not
    # downloaded.
    param([object] $From, [string] $Path)
    if ($null -eq $From) { return $true }
    $mark = Read-DownloadMark $Path
    if ($mark -ceq '') { return $false }
    $hosts = @([regex]::Matches($mark, '(?im)^(?:HostUrl|ReferrerUrl)=(?:blob:)?https?://([^/:\s]+)') | ForEach-Object { $_.Groups[1].Value })
    if ($hosts.Length -eq 0) { return ($mark -notmatch '(?im)^ReferrerUrl=([A-Z]:|\\)\\') }
    return (@($hosts | Where-Object { $_ -ieq $From -or $_.EndsWith(".$From", [StringComparison]::OrdinalIgnoreCase) }).Length -gt 0)
}

# As whom the programs run that use a library: those of the card readers load the 顔認証ライブラリ, whoever made them.
# What stands in the library's own folder, and the browser that starts it, belong to whoever is signed in.

Register-Kind 'library-user' -Format 1 -Get {
    param($Target)
    $account = Get-AccountSid $Target.account
    $programs = @(Get-ModuleUser -Folder $Target.library | Where-Object { $_.image -notlike "$($Target.library)\*" -and $_.image -notlike '*\Microsoft\Edge*\*' })
    if ($programs.Length -eq 0 -or $null -eq $account) { return [pscustomobject] @{ unknown = '顔認証ライブラリを使うアプリが動いていません。顔認証機器のアプリを起動した状態で確かめてください。' } }
    $others = @($programs | Where-Object { $_.sid -cne $account })
    $said = @(foreach ($program in $others) { "$($program.image.Split('\')[-1]) は $(Get-AccountName $program.sid) で動いています" }) | Sort-Object -Unique
    return [pscustomobject] @{
        programs = @($programs | ForEach-Object { $_.image } | Sort-Object -Unique)
        asAccount = ($others.Length -eq 0)
        message = "$(@($said) -join '、')。$($Target.account) でサインインして、アプリを入れ直してください。"
    }
}

# Restarts the linkage application, which reads its credentials when it starts. What counts is OqsComApp's own journal:
# a change that was made since Windows started, and that nothing has restarted the application after.

# Without an extension in the manual (almex ⑨).
$script:LinkageRestartName = 'tools\OQSComAppRestart'
$script:LinkageRestartSeconds = 120
$script:LinkageRestarted = $false

Register-Kind 'linkage-restart' -Format 1 -Get {
    param($Target)
    if (-not (Test-Undoing) -and $null -eq (Find-LinkageRestart $Target.folder)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.folder)\$script:LinkageRestartName" } }
    return [pscustomobject] @{ restarted = (Test-LinkageRestarted $Target.folder) }
} -Set {
    param($Target, $State)
    # Nothing has to be undone: Windows is restarted anyway.
    if (-not $State.restarted) { return }
    $path = Find-LinkageRestart $Target.folder
    Assert-TrustedFile $path
    $exit = Invoke-HiddenProgram -Path $path -Seconds $script:LinkageRestartSeconds
    if ($null -eq $exit) { throw "OQSComAppRestart が $script:LinkageRestartSeconds 秒たっても終わりません。" }
    if ($exit -ne 0) { throw "OQSComAppRestart が失敗しました（終了コード $exit）。Windows を再起動してください。" }
    $script:LinkageRestarted = $true
} -Test {
    param($Wanted, $Found)
    return (-not $Wanted.restarted -or $Found.restarted)
}

function Find-LinkageRestart {
    param([string] $Folder)
    foreach ($extension in 'exe', 'bat', 'cmd') {
        $path = "$Folder\$script:LinkageRestartName.$extension"
        if (Test-FilePresence -Path $path) { return $path }
    }
    return $null
}

function Test-LinkageRestarted {
    param([string] $Folder)
    $changed = Get-CredentialChange
    if ($null -eq $changed -or $script:LinkageRestarted) { return $true }
    # By us, since then: our own journal says so.
    foreach ($item in @(Get-OpenTarget $script:Current.journal)) {
        if ($item.kind -ceq 'linkage-restart' -and $item.settled -and [string]::CompareOrdinal($script:Current.journal.times[$item.key], $changed) -ge 0) { return $true }
    }
    # By somebody, since then: all that runs is younger.
    $running = @(Get-RunningProgram -Folder $Folder)
    $old = @($running | Where-Object { [string]::CompareOrdinal($_.began.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture), $changed) -le 0 })
    return ($running.Length -gt 0 -and $old.Length -eq 0)
}

function Get-CredentialChange {
    # When a credential of OqsComApp's was last changed since Windows started; $null when none was.
    $journal = Get-AccountJournal $script:Current.session
    if ($null -eq $journal) { return $null }
    $times = @(foreach ($key in $journal.changedAt.Keys) {
            if ($journal.changedAt[$key] -ceq $script:Current.boot -and $key.StartsWith('credential ')) { $journal.times[$key] }
        })
    return ($times | Sort-Object -Descending | Select-Object -First 1)
}

# Whether the linkage application runs: a program of its folder, or the task that starts it and goes on as long as it does.

Register-Kind 'linkage-running' -Format 1 -Get {
    param($Target)
    $run = Read-TaskRun -Path '\' -Name $Target.start
    if ($null -eq $run) { return [pscustomobject] @{ unknown = "タスク $($Target.start) がまだ登録されていません。" } }
    if (-not (Test-TaskRunSinceBoot $run)) { return [pscustomobject] @{ unknown = '再起動した後に確かめられます。' } }
    $ready = @($Target.tasks | Where-Object { $task = Read-Task -Path '\' -Name $_; $null -eq $task -or -not $task.enabled }).Length -eq 0
    $running = $run.result -eq $script:TaskStillRuns -or @(Get-RunningProgram -Folder $Target.folder).Length -gt 0
    $message = ''
    if (-not $running) { $message = '連携アプリケーションが動いていません。端末を再起動しても動かないときは、別紙トラブルシューティングの補16 を見てください。' }
    elseif (-not $ready) { $message = '連携アプリケーションのタスクが、登録されていないか無効です。' }
    $warning = ''
    foreach ($name in @($Target.tasks)) {
        $typo = $name -replace 'delfile', 'delfine'
        if ($typo -cne $name -and $null -ne (Read-Task -Path '\' -Name $typo)) { $warning = "手順書の誤記による名前のタスク $typo もあります。$name と二重に動くため、削除してください。" }
    }
    return [pscustomobject] @{ running = $running; ready = $ready; message = $message; warning = $warning }
}

# How the user name of a credential begins: it tells which kind of clinic the PC was set up for. almex 補足①, setup P.47.

Register-Kind 'login-key' -Format 1 -Get {
    param($Target)
    $found = Read-Credential -Name $Target.name
    if ($null -eq $found) { return [pscustomobject] @{ unknown = "資格情報 $($Target.name) は、まだ登録されていません。" } }
    [array]::Clear($found.blob, 0, $found.blob.Length)
    $state = [ordered] @{ userName = $found.userName }
    if ($found.userName -match '^RO') { $state.message = Get-LetterOText $found.userName }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (Test-UserPrefix $Found.userName @($Wanted.prefixes))
}

# A right to sign in, or its denial, of one account. An account that is gone has none: what Windows keeps for its SID, which
# is never given again, does no harm.

Register-Kind 'logon-right' -Format 1 -Get {
    param($Target)
    $sid = Get-ShareAccountSid $Target.account
    if ($null -eq $sid) { return [pscustomobject] @{ granted = $false } }
    $granted = (Get-LogonRightHolder -Right $Target.right) -ccontains $sid
    if (-not $granted -and -not (Test-Undoing) -and $Target.right -cmatch '^SeDeny' -and (Test-LocalAccountProfile $sid)) {
        return [pscustomobject] @{ 'not-applicable' = "$($Target.account) でこのPCにサインインしている人がいるため、サインインを禁じません。" }
    }
    return [pscustomobject] @{ granted = $granted }
} -Set {
    param($Target, $State)
    $sid = Get-ShareAccountSid $Target.account
    if ($null -eq $sid) {
        if ($State.granted) { throw "アカウント $($Target.account) がありません。" }
        return
    }
    $granted = (Get-LogonRightHolder -Right $Target.right) -ccontains $sid
    if ($State.granted -and -not $granted) { Grant-LogonRight -Sid $sid -Right $Target.right }
    if (-not $State.granted -and $granted) { Revoke-LogonRight -Sid $sid -Right $Target.right }
} -Secret {
    # The account must be there first.
    param($Target, $State, $Found)
    if ($State.granted -and $null -eq (Get-ShareAccountSid $Target.account)) { return $Target.account }
}

# A step that a person does by hand: there is nothing to look at.
Register-Kind 'manual' -Format 1 -Get { return $null }

# The model of the PC, as its maker wrote it into the firmware: makers differ in the field that they write the model's name to.

Register-Kind 'model' -Format 1 -Get {
    param($Target)
    $names = @(Read-ModelText | ForEach-Object { $_ } | Where-Object { $_.Trim() -cne '' })
    if ($names.Length -eq 0) { return [pscustomobject] @{ unknown = 'この PC の機種を読み取れません。ラベルで確かめてください。' } }
    $is = @($names | Where-Object { $_ -match $Target.pattern }).Length -gt 0
    return [pscustomobject] @{ is = $is; message = "この PC の機種は $($names -join ' / ') です。施設の設定ファイルの terminals.model と installed（導入年月）を確かめ、違っていれば直して作り直してください。" }
}

# How many addresses a host name resolves to.

Register-Kind 'name' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.host
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.host)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    return [pscustomobject] @{ addresses = $addresses.Length }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumAddresses'
    $most = Get-Field $Wanted 'maximumAddresses'
    return (($null -eq $least -or $Found.addresses -ge $least) -and ($null -eq $most -or $Found.addresses -le $most))
}

# Whether some host names all resolve, asked at once of the PC's own resolver.

Register-Kind 'names' -Format 1 -Get {
    param($Target)
    $answers = Resolve-HostAddressList -HostName @($Target.hosts)
    $missing = @($answers | Where-Object { @($_.addresses).Length -eq 0 } | ForEach-Object { $_.host })
    if ($missing.Length -eq @($Target.hosts).Length) {
        return [pscustomobject] @{ unknown = "どの名前も解決できません（$($missing -join '、')）。回線がまだつながっていないか、DNS の設定を確かめてください。" }
    }
    $state = [ordered] @{ missing = $missing }
    if ($missing.Length -gt 0) { $state.message = "解決できない名前があります: $($missing -join '、')。その名前の DNS の転送や設定を確かめてください。" }
    return [pscustomobject] $state
}

# Whether Windows takes the networks that this PC is on for private ones. On a public one the rule for shares does not work.

Register-Kind 'network-category' -Format 1 -Get {
    param($Target)
    $networks = @(Get-NetConnectionProfile -ErrorAction SilentlyContinue)
    if ($networks.Length -eq 0) { return [pscustomobject] @{ unknown = 'ネットワークにつながっていないため、確かめられません。' } }
    $public = @($networks | Where-Object { [string] $_.NetworkCategory -ceq 'Public' } | ForEach-Object { [string] $_.InterfaceAlias })
    $state = [ordered] @{ public = $public.Length }
    if ($public.Length -gt 0) {
        $state.message = "「パブリック ネットワーク」のため、レセプトコンピューター等から共有フォルダーを開けません: $($public -join '、')。設定→ネットワークとインターネットのプロパティで「プライベート ネットワーク」を選んでください。"
    }
    return [pscustomobject] $state
}

# The ports that must not be closed: what the PC's own firewall blocks, and what answers. No answer is no proof of a closed
# port: where others answer, a silent one is a warning.

Register-Kind 'outbound-port' -Format 1 -Get {
    param($Target)
    $hosts = @($Target.web, $Target.secure, $Target.time, (Get-OutboundHost $Target.proxy) | Where-Object { $_ -cne '' })
    $known = @{}
    foreach ($answer in (Resolve-HostAddressList -HostName $hosts)) { $known[$answer.host] = @($answer.addresses) }
    $answers = [ordered] @{}
    $servers = Read-DnsServer
    if ($servers.Length -gt 0) { $answers['53'] = (Test-DnsAnswer -Address $servers -HostName $hosts[0]) -or (Test-DnsAnswer -Address $servers -HostName $hosts[0] -Tcp) }
    $number = $Target.proxy.Split(':')[-1]
    $pairs = @(@('80', $Target.web, 80), @('443', $Target.secure, 443), @($number, (Get-OutboundHost $Target.proxy), [int] $number))
    $asked = @($pairs | Where-Object { $_[1] -cne '' -and $known[$_[1]].Length -gt 0 })
    if ($asked.Length -gt 0) {
        $open = Test-TcpPortList -Endpoint @($asked | ForEach-Object { [pscustomobject] @{ addresses = $known[$_[1]]; port = $_[2] } })
        for ($i = 0; $i -lt $asked.Length; $i++) { $answers[$asked[$i][0]] = $open[$i] }
    }
    if ($Target.time -cne '' -and $known[$Target.time].Length -gt 0) { $answers['123'] = ($null -ne (Get-SntpOffset -Address $known[$Target.time])) }
    $blocked = @(Get-OutboundBlock @('53', '80', '123', '443') $Target.proxy | Where-Object { $answers[$_] -ne $true })
    $silent = @($answers.Keys | Where-Object { -not $answers[$_] })
    if ($blocked.Length -eq 0 -and @($answers.Keys | Where-Object { $answers[$_] -and $_ -cne '53' }).Length -eq 0) {
        return [pscustomobject] @{ unknown = 'Windows のファイアウォールは止めていませんが、どのポートからも応答がありません。回線がつながってから確かめてください。' }
    }
    $state = [ordered] @{ blocked = $blocked }
    if ($blocked.Length -gt 0) { $state.message = "Windows のファイアウォールの送信の規則が、ポート $($blocked -join '、') を止めています。" }
    elseif ($silent.Length -gt 0) { $state.warning = "ポート $($silent -join '、') の応答がありません。ルーターやセキュリティ製品が止めていないか、確かめてください。" }
    return [pscustomobject] $state
}

function Get-OutboundHost {
    param([string] $Server)
    return $Server.Split(':')[0]
}

function Get-OutboundBlock {
    # Which of the ports Windows' firewall does not let out, for every program and every address: by a rule, or by default.
    param([string[]] $Port, [string] $Proxy)
    $ports = @($Port) + @($Proxy.Split(':') | Select-Object -Skip 1)
    $firewall = Read-OutboundFirewall
    return @($ports | Where-Object {
            $number = [int] $_
            $firewall.default -ceq 'Block' -or @($firewall.ports | Where-Object { Test-PortText $_ $number }).Length -gt 0
        })
}

function Test-PortText {
    # "Any", "443" or "400-500".
    param([string] $Text, [int] $Port)
    if ($Text -ceq 'Any') { return $true }
    if ($Text -notmatch '^(\d+)(?:-(\d+))?$') { return $false }
    $last = $Matches[1]
    if ($Matches.ContainsKey(2)) { $last = $Matches[2] }
    return ($Port -ge [int] $Matches[1] -and $Port -le [int] $last)
}

# Values below one key of the local group policy (computer). They stand in two stores, the registry, which Windows obeys,
# and Registry.pol, which gpedit shows: both are written and both must agree. Registry.pol: MS-GPREG 2.2.1.

# The client-side extension of the registry, which reads Registry.pol (MS-GPREG 1.9).
$script:PolicyRegistryExtension = '{35378EAC-683F-11D2-A89A-00C04FBBCFA2}'
$script:PolicyUnreadText = 'Registry.pol に値がありますが、gpt.ini に登録されていないため、Windows が読み込みません。'

Register-Kind 'policy' -Format 1 -Sometimes 'unread' -Get {
    param($Target)
    $files = Read-PolicyFile
    $records = ConvertFrom-PolicyByte $files.pol
    $file = @(foreach ($record in $records) {
            if ($record.key -eq $Target.key) { [pscustomobject] @{ name = $record.name; type = $record.type; data = @($record.data | ForEach-Object { [int] $_ }) } }
        })
    $state = [ordered] @{ file = $file; registry = $null }
    if (Test-PolicyUnread $records $Target.key $files.gpt) { $state.unread = $true; $state.message = $script:PolicyUnreadText }
    $values = Read-RegistryKey -Hive 'HKLM' -Key $Target.key
    if ($null -eq $values) { $state.exists = Find-RegistryAncestor 'HKLM' $Target.key; return [pscustomobject] $state }
    $registry = @(foreach ($value in $values) {
            $entry = ConvertTo-RegistryState $value
            [pscustomobject] @{ name = $value.name; type = $entry.type; data = $entry.data }
        })
    $state.registry = $registry
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $isFound = $null -eq (Get-Field $State 'values')
    $files = Read-PolicyFile
    $records = ConvertFrom-PolicyByte $files.pol
    if ($isFound) { $records = Restore-PolicyRecord $records $Target.key $State.file }
    else { $records = Merge-PolicyRecord $records $Target.key $State.values }
    $pol = ConvertTo-PolicyByte $records
    if ($null -eq $files.pol -or [BitConverter]::ToString($files.pol) -cne [BitConverter]::ToString($pol) -or (Test-PolicyUnread $records $Target.key $files.gpt)) {
        Write-PolicyFile -Pol $pol -Gpt (Step-PolicyVersion $files.gpt)
        # Lets Windows take the old policy back and the new one in. Its exit code does not matter: what the registry is
        # to hold is written below, after it, since taking back also deletes values that stood there before any policy.
        $null = Invoke-PolicyRefresh
    }
    if ($isFound) { Restore-PolicyRegistry $Target.key $State }
    else {
        foreach ($name in (Get-FieldName $State.values)) {
            $value = Get-Field $State.values $name
            if ($null -eq $value) { Clear-RegistryEntry -Hive 'HKLM' -Key $Target.key -Name $name }
            else { Write-RegistryEntry -Hive 'HKLM' -Key $Target.key -Name $name -Type $value.type -Data $value.data }
        }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $values = Get-Field $Wanted 'values'
    # What was before is back: keys above that others have made since, and use, stay.
    if ($null -eq $values) { return ((Test-Same $Wanted.file $Found.file) -and (Test-Same $Wanted.registry $Found.registry)) }
    if (Get-Field $Found 'unread') { return $false }
    $registry = @(Get-Field $Found 'registry' | ForEach-Object { $_ })
    foreach ($name in (Get-FieldName $values)) {
        $value = Get-Field $values $name
        $set = @($registry | Where-Object { $null -ne $_ -and $_.name -eq $name })
        $records = @($Found.file | Where-Object { $_.name -eq $name })
        if ($null -eq $value) {
            if ($set.Length -gt 0 -or $records.Length -gt 0) { return $false }
            continue
        }
        if ($set.Length -ne 1 -or $records.Length -ne 1) { return $false }
        if (-not (Test-RegistryEqual $value $set[0])) { return $false }
        $raw = ConvertTo-PolicyData $value.type $value.data
        if ($records[0].type -ne $raw.type -or -not (Test-Same @($records[0].data | ForEach-Object { [int] $_ }) @($raw.data | ForEach-Object { [int] $_ }))) { return $false }
    }
    return $true
}

function Restore-PolicyRegistry {
    # Makes the values of the key exactly those of an earlier state.
    param([string] $Key, [object] $State)
    $wanted = @(Get-Field $State 'registry' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $names = @($wanted | ForEach-Object { $_.name })
    $values = Read-RegistryKey -Hive 'HKLM' -Key $Key
    foreach ($value in $values) {
        if ($names -notcontains $value.name) { Clear-RegistryEntry -Hive 'HKLM' -Key $Key -Name $value.name }
    }
    foreach ($value in $wanted) { Write-RegistryEntry -Hive 'HKLM' -Key $Key -Name $value.name -Type $value.type -Data $value.data }
    if ($null -eq $State.registry) { Clear-RegistryBranch 'HKLM' $Key $State.exists }
}

function ConvertFrom-PolicyByte {
    # The records of a Registry.pol: key, name, type, data, and raw, the bytes as they stand. Read by their lengths, since
    # data may hold brackets and semicolons. Nothing is guessed: a file of another form is refused, not rewritten.
    param([byte[]] $Bytes)
    $records = New-Object Collections.ArrayList
    if ($null -eq $Bytes -or $Bytes.Length -eq 0) { return , $records.ToArray() }
    if ($Bytes.Length -lt 8 -or [BitConverter]::ToString($Bytes, 0, 8) -cne '50-52-65-67-01-00-00-00') { throw 'Registry.pol の形式が違うため、変更しません。' }
    $at = 8
    while ($at -lt $Bytes.Length) {
        $start = $at
        $at = Skip-PolicyMark $Bytes $at '['
        $key = Read-PolicyText $Bytes $at
        $at = Skip-PolicyMark $Bytes ($at + 2 * $key.Length + 2) ';'
        $name = Read-PolicyText $Bytes $at
        $at = Skip-PolicyMark $Bytes ($at + 2 * $name.Length + 2) ';'
        if ($at + 12 -gt $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
        $type = [BitConverter]::ToInt32($Bytes, $at)
        $at = Skip-PolicyMark $Bytes ($at + 4) ';'
        $size = [BitConverter]::ToInt32($Bytes, $at)
        $at = Skip-PolicyMark $Bytes ($at + 4) ';'
        if ($size -lt 0 -or $at + $size -gt $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
        $data = New-Object byte[] $size
        [Array]::Copy($Bytes, $at, $data, 0, $size)
        $at = Skip-PolicyMark $Bytes ($at + $size) ']'
        $raw = New-Object byte[] ($at - $start)
        [Array]::Copy($Bytes, $start, $raw, 0, $raw.Length)
        $null = $records.Add([pscustomobject] @{ key = $key; name = $name; type = $type; data = $data; raw = $raw })
    }
    return , $records.ToArray()
}

function Skip-PolicyMark {
    # The place after one character of the format.
    param([byte[]] $Bytes, [int] $At, [string] $Mark)
    if ($At + 2 -gt $Bytes.Length -or $Bytes[$At] -ne [int] [char] $Mark -or $Bytes[$At + 1] -ne 0) { throw 'Registry.pol の形式が違うため、変更しません。' }
    return $At + 2
}

function Read-PolicyText {
    # Text up to its NUL.
    param([byte[]] $Bytes, [int] $At)
    $end = $At
    while ($end + 1 -lt $Bytes.Length -and ($Bytes[$end] -ne 0 -or $Bytes[$end + 1] -ne 0)) { $end += 2 }
    if ($end + 1 -ge $Bytes.Length) { throw 'Registry.pol が途中で切れているため、変更しません。' }
    return [Text.Encoding]::Unicode.GetString($Bytes, $At, $end - $At)
}

function ConvertTo-PolicyByte {
    # A whole Registry.pol: its header and the records as they stand.
    param([object[]] $Records)
    $stream = New-Object IO.MemoryStream
    $stream.Write([byte[]] @(0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0), 0, 8)
    foreach ($record in $Records) { $stream.Write($record.raw, 0, $record.raw.Length) }
    return , $stream.ToArray()
}

function ConvertTo-PolicyRecord {
    param([string] $Key, [string] $Name, [int] $Type, [byte[]] $Data)
    $unicode = [Text.Encoding]::Unicode
    $stream = New-Object IO.MemoryStream
    foreach ($part in @(
            $unicode.GetBytes("[$Key`0;$Name`0;"), [BitConverter]::GetBytes($Type), $unicode.GetBytes(';'),
            [BitConverter]::GetBytes([int] $Data.Length), $unicode.GetBytes(';'), $Data, $unicode.GetBytes(']'))) {
        $stream.Write([byte[]] $part, 0, $part.Length)
    }
    return [pscustomobject] @{ key = $Key; name = $Name; type = $Type; data = $Data; raw = $stream.ToArray() }
}

function ConvertTo-PolicyData {
    # A value as Registry.pol stores it: the number of its registry type, and bytes.
    param([string] $Type, [object] $Data)
    $unicode = [Text.Encoding]::Unicode
    switch ($Type) {
        'String' { return [pscustomobject] @{ type = 1; data = $unicode.GetBytes([string] $Data + "`0") } }
        'ExpandString' { return [pscustomobject] @{ type = 2; data = $unicode.GetBytes([string] $Data + "`0") } }
        'Binary' { return [pscustomobject] @{ type = 3; data = [byte[]] @($Data) } }
        'DWord' { return [pscustomobject] @{ type = 4; data = [byte[]] [BitConverter]::GetBytes([long] $Data)[0..3] } }
        'MultiString' { return [pscustomobject] @{ type = 7; data = $unicode.GetBytes((@($Data | ForEach-Object { "$_`0" }) -join '') + "`0") } }
        'QWord' { return [pscustomobject] @{ type = 11; data = [BitConverter]::GetBytes([long] $Data) } }
        default { throw "cannot write a policy value of type $Type" }
    }
}

function Merge-PolicyRecord {
    # The records with the wanted values in them: in the place of a record of the same value, or after the last of the key.
    # Everybody else's stay as they are. **del.name is the record that deletes a value.
    param([object[]] $Records, [string] $Key, [object] $Values)
    $list = New-Object Collections.ArrayList
    foreach ($record in $Records) { $null = $list.Add($record) }
    foreach ($name in (Get-FieldName $Values)) {
        $value = Get-Field $Values $name
        $place = -1
        for ($i = $list.Count - 1; $i -ge 0; $i--) {
            if ($list[$i].key -eq $Key -and ($list[$i].name -eq $name -or $list[$i].name -eq "**del.$name")) {
                $list.RemoveAt($i)
                $place = $i
            }
        }
        if ($null -eq $value) { continue }
        if ($place -lt 0) { $place = Find-PolicyPlace $list.ToArray() $Key }
        $raw = ConvertTo-PolicyData $value.type $value.data
        $list.Insert($place, (ConvertTo-PolicyRecord $Key $name $raw.type $raw.data))
    }
    return , $list.ToArray()
}

function Restore-PolicyRecord {
    # The records with those of one key as they were.
    param([object[]] $Records, [string] $Key, [object[]] $File)
    $made = @(foreach ($record in $File) { ConvertTo-PolicyRecord $Key $record.name $record.type ([byte[]] @($record.data)) })
    $place = -1
    $list = New-Object Collections.ArrayList
    foreach ($record in $Records) {
        if ($record.key -ne $Key) { $null = $list.Add($record) }
        elseif ($place -lt 0) { $place = $list.Count }
    }
    if ($place -lt 0) { $place = $list.Count }
    $list.InsertRange($place, $made)
    return , $list.ToArray()
}

function Find-PolicyPlace {
    # After the last record of the key, or at the end.
    param([object[]] $Records, [string] $Key)
    for ($i = $Records.Length - 1; $i -ge 0; $i--) { if ($Records[$i].key -eq $Key) { return $i + 1 } }
    return $Records.Length
}

function ConvertFrom-PolicyIni {
    # gpt.ini: its encoding, its lines, and where [General], the machine's extensions and the version stand; -1 where not.
    param([byte[]] $Gpt)
    $encoding = [Text.Encoding]::GetEncoding(28591)
    $mark = 0
    if ($null -eq $Gpt) { $Gpt = [byte[]] @() }
    if ($Gpt.Length -ge 2 -and $Gpt[0] -eq 0xff -and $Gpt[1] -eq 0xfe) { $encoding = [Text.Encoding]::Unicode; $mark = 2 }
    $text = $encoding.GetString($Gpt, $mark, $Gpt.Length - $mark)
    $lines = New-Object Collections.ArrayList
    foreach ($line in ($text -split "`r?`n")) { $null = $lines.Add($line) }
    while ($lines.Count -gt 0 -and $lines[$lines.Count - 1] -eq '') { $lines.RemoveAt($lines.Count - 1) }
    $section = -1
    $names = -1
    $version = -1
    $inside = $false
    for ($i = 0; $i -lt $lines.Count; $i++) {
        if ($lines[$i] -match '^\s*\[(.*)\]\s*$') {
            $inside = $Matches[1].Trim() -eq 'General'
            if ($inside) { $section = $i }
        }
        elseif ($inside -and $lines[$i] -match '^\s*gPCMachineExtensionNames\s*=') { $names = $i }
        elseif ($inside -and $lines[$i] -match '^\s*Version\s*=') { $version = $i }
    }
    return [pscustomobject] @{ encoding = $encoding; lines = $lines; section = $section; names = $names; version = $version }
}

function Test-PolicyUnread {
    # Whether there are records of the key that Windows never reads, since gpt.ini does not name the registry extension:
    # Registry.pol was written and its gpt.ini no more.
    param([object[]] $Records, [string] $Key, [byte[]] $Gpt)
    if (@($Records | Where-Object { $_.key -eq $Key }).Length -eq 0) { return $false }
    $ini = ConvertFrom-PolicyIni $Gpt
    return ($ini.names -lt 0 -or $ini.lines[$ini.names] -notmatch ('\[' + [regex]::Escape($script:PolicyRegistryExtension)))
}

function Step-PolicyVersion {
    # gpt.ini, as bytes, with the computer's half of the version (the low 16 bits) one higher and the registry extension
    # registered; all other lines stay. Without both, Windows does not look into Registry.pol.
    param([byte[]] $Gpt)
    $ini = ConvertFrom-PolicyIni $Gpt
    $lines = $ini.lines
    $section = $ini.section
    $names = $ini.names
    $version = $ini.version
    if ($section -lt 0) { $null = $lines.Add('[General]'); $section = $lines.Count - 1 }
    if ($names -lt 0) { $names = $section + 1; $lines.Insert($names, 'gPCMachineExtensionNames='); if ($version -ge $names) { $version++ } }
    if ($version -lt 0) { $version = $names + 1; $lines.Insert($version, 'Version=0') }
    $lines[$names] = 'gPCMachineExtensionNames=' + (Join-PolicyExtension ($lines[$names] -replace '^[^=]*=\s*', ''))
    $number = [long] 0
    if (-not [long]::TryParse(($lines[$version] -replace '^[^=]*=\s*', '').Trim(), [ref] $number)) { throw 'gpt.ini の Version を読めないため、変更しません。' }
    $number = $number -band 4294967295
    $machine = ($number + 1) -band 65535
    if ($machine -eq 0) { $machine = 1 }
    $lines[$version] = 'Version=' + (($number -band 4294901760) -bor $machine)
    $body = $ini.encoding.GetBytes(($lines -join "`r`n") + "`r`n")
    return , [byte[]] ($ini.encoding.GetPreamble() + $body)
}

function Join-PolicyExtension {
    # The list of extensions with the registry extension and the administrative templates' tool in it: one bracket for
    # each extension, extension first, tools after it, all in ascending order.
    param([string] $Text)
    $registry = $script:PolicyRegistryExtension
    $tool = '{D02B1F72-3407-48AE-BA88-E8213C6761F1}'
    $groups = @{}
    foreach ($match in [regex]::Matches($Text, '\[((?:\{[0-9A-Fa-f-]{36}\})+)\]')) {
        $ids = @([regex]::Matches($match.Groups[1].Value, '\{[^}]*\}') | ForEach-Object { $_.Value.ToUpperInvariant() })
        $rest = @($ids | Select-Object -Skip 1)
        if ($groups.ContainsKey($ids[0])) { $rest = $groups[$ids[0]] + $rest }
        $groups[$ids[0]] = $rest
    }
    if (($Text -replace '\[((?:\{[0-9A-Fa-f-]{36}\})+)\]', '').Trim() -ne '') { throw 'gpt.ini の gPCMachineExtensionNames を読めないため、変更しません。' }
    if (-not $groups.ContainsKey($registry)) { $groups[$registry] = @() }
    $groups[$registry] = @($groups[$registry]) + $tool
    $parts = foreach ($id in ($groups.Keys | Sort-Object)) { '[' + $id + (@($groups[$id] | Sort-Object -Unique) -join '') + ']' }
    return ($parts -join '')
}

# A TCP port that answers within three seconds.

Register-Kind 'port' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.host
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.host)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    return [pscustomobject] @{ open = (Test-TcpPort -Address $addresses -Port $Target.port) }
}

# Passwords for the portal's accounts: made by the rules, or judged by them; or the person decides them elsewhere. No
# password is written anywhere: what stays is how each account's was decided, and keyed hashes (Get-Mark) to compare later
# ones with. almex 補足①.

# 使える記号. + = : ` " \ are not among them.
$script:PortalSymbol = '~!@#$%^&*_{}[]|;''<>,.?-()/'

# What a made password is of: no characters that look alike, no symbols that mean something in a CSV file.
$script:PortalAlphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*?_-'
$script:PortalLength = 16

# 13 characters and more never end; shorter ones end after 60 days and differ from the last five. almex 補足①.
$script:PortalEndless = 13
$script:PortalHistory = 5
$script:PortalHead = 5

# What the person chose: 1 made, 2 typed, '' elsewhere, s later; and what was typed, by account.
$script:PortalChoice = $null

Register-Kind 'portal-password' -Format 1 -Get {
    param($Target)
    return Get-PortalState (Read-PortalRecord)
} -Set {
    param($Target, $State)
    $record = Read-PortalRecord
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) {
        # Undoing. What earlier passwords looked like stays known: the portal refuses them still.
        $record.accounts = @()
        if ($null -ne $State) { $record.accounts = @($State.accounts) }
        Clear-Kept $script:CredentialOutdated
        Write-PortalRecord $record
        return
    }
    $open = @(Get-OpenPortalAccount $State (Get-PortalState $record))
    $how = 'elsewhere'
    if ($script:PortalChoice -ceq '1') { $how = 'made' }
    if ($script:PortalChoice -ceq '2') { $how = 'typed' }
    if ($how -ceq 'made') { Show-PortalPassword $open }
    foreach ($account in $open) {
        $record.accounts = @($record.accounts) + @([pscustomobject] @{ account = $account.account; how = $how })
        # The credential of the linkage account holds its password too: one that is there is out of date from now on, and
        # what was decided here need not be typed once more.
        if ($account.credential) { Write-OutdatedSecret $account.credential }
        if ($how -ceq 'elsewhere') { continue }
        $secret = Get-Secret (Get-PortalSecretName $account.account)
        $record.history = @($record.history) + @(Get-PortalTrace $account.account $secret)
        if ($account.credential) { $script:Secret["cred $($account.credential)"] = $secret.Copy() }
    }
    Write-PortalRecord $record
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $here = @($Found.accounts | ForEach-Object { $_.account })
    return (@($Wanted.accounts | Where-Object { $here -cnotcontains $_.account }).Length -eq 0)
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State -or @($State.accounts | Where-Object { $null -ne (Get-Field $_ 'how') }).Length -gt 0) { return }
    $open = @(Get-OpenPortalAccount $State $Found)
    if ($null -eq $script:PortalChoice) { Read-PortalChoice $open }
    if ($script:PortalChoice -ceq 's') { return [pscustomobject] @{ name = 'ポータルのアカウント'; prompt = '' } }
    if ($script:PortalChoice -cne '2') { return }
    foreach ($account in $open) {
        [pscustomobject] @{
            name = (Get-PortalSecretName $account.account); prompt = "$($account.account) の新しいパスワード"; twice = [bool] $account.credential; account = $account
            rule = (Get-PortalPasswordRule); ruleText = (Get-PortalPasswordText); test = { param($Secret, $Wish) Get-PortalProblem $Wish.account $Secret }
        }
    }
}

function Get-PortalPasswordRule {
    # 8 to 20 characters: digit, lower case, upper case and symbol, at least one of each, and nothing else.
    $symbols = $script:PortalSymbol -replace '[\[\]\\^-]', '\$0'
    return "^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])(?=.*[$symbols])[0-9A-Za-z$symbols]{8,20}\z"
}

function Get-PortalPasswordText {
    return "PORTAL_PW_RULE: 8～20 文字で、数字、英小文字、英大文字、記号をそれぞれ 1 文字以上使います。使える記号は $($script:PortalSymbol.ToCharArray() -join ' ') だけです。"
}

function Get-PortalSecretName {
    param([string] $Account)
    return "portal $Account"
}

function Get-PortalState {
    # How the password of each account was decided; $null where none was.
    param([object] $Record)
    if (@($Record.accounts).Length -eq 0) { return $null }
    return [pscustomobject] @{ accounts = @($Record.accounts | Sort-Object -Property account) }
}

function Get-OpenPortalAccount {
    # The wanted accounts about which nothing has been decided yet.
    param([object] $Wanted, [object] $Found)
    $here = @(Get-Field $Found 'accounts' | ForEach-Object { if ($null -ne $_) { $_.account } })
    $Wanted.accounts | Where-Object { $here -cnotcontains $_.account }
}

function Read-PortalChoice {
    param([object[]] $Accounts)
    Write-Line ''
    Write-Line "――― ポータルのアカウントのパスワード（$(@($Accounts | ForEach-Object { $_.account }) -join '、')）―――"
    Write-Line (Get-PortalPasswordText)
    Write-Line '　1: この PC で 16 文字のパスワードを作り、画面に一度だけ表示する（記録には残りません）'
    Write-Line '　2: 自分で決めたパスワードを入力し、規則に合うかを調べる'
    Write-Line '　何も入力せずに Enter: この PC では決めない　s: 後で行う'
    $script:PortalChoice = ''
    for ($try = 1; $try -le 3; $try++) {
        $answer = (Read-Answer 'どれにしますか: ').ToLowerInvariant()
        if (@('', '1', '2', 's') -ccontains $answer) { $script:PortalChoice = $answer; return }
        Write-Line '1、2、s のどれか、または Enter だけを押してください。'
    }
}

function Get-PortalProblem {
    # What is wrong with a password that meets the rule; empty where nothing is.
    param([object] $Account, [Security.SecureString] $Secret)
    if ($Secret.Length -lt $script:PortalEndless) {
        $trace = Get-PortalTrace $Account.account $Secret
        $last = @((Read-PortalRecord).history | Where-Object { $_.account -ceq $Account.account } | Select-Object -Last $script:PortalHistory)
        foreach ($earlier in $last) {
            if ($earlier.whole -ceq $trace.whole) { return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、過去 5 回と同じものにできません。" }
            if ($earlier.head -ceq $trace.head) { return "PORTAL_PW_RULE: $($script:PortalEndless) 文字より短いパスワードは、先頭の 5 文字も過去 5 回と違うものにします。" }
        }
        if ($Account.expires) { Write-Line "注意: $($script:PortalEndless) 文字より短いため、60 日で有効期限が切れます。$($script:PortalEndless) 文字以上をお勧めします。" }
    }
    return ''
}

function Get-PortalTrace {
    # What a later password of the account is compared with: keyed hashes of the whole and of its first five characters.
    param([string] $Account, [Security.SecureString] $Secret)
    $bytes = ConvertTo-SecretByte $Secret
    $head = New-Object byte[] ([math]::Min($bytes.Length, 2 * $script:PortalHead))
    try {
        [array]::Copy($bytes, $head, $head.Length)
        return [pscustomobject] @{ account = $Account; whole = (Get-Mark $bytes); head = (Get-Mark $head) }
    }
    finally { [array]::Clear($bytes, 0, $bytes.Length); [array]::Clear($head, 0, $head.Length) }
}

function Show-PortalPassword {
    # Makes one for each account and shows it, in the window alone: the log knows nothing of it.
    param([object[]] $Accounts)
    Write-Line ''
    Write-Line '次のパスワードを、ほかの人に見られないように書き写してください。二度と表示されません。'
    foreach ($account in $Accounts) {
        $secret = Get-MadePassword
        $script:Secret[(Get-PortalSecretName $account.account)] = $secret
        $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($secret)
        try { Write-ConsoleLine "　$($account.account): $([Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory))" }
        finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
    }
    $null = Read-Answer '書き写したら Enter を押してください: '
}

function Get-MadePassword {
    # Drawn anew until all four classes are in it and it begins with a letter (a spreadsheet takes - for a formula), so that
    # every such password is equally likely.
    while ($true) {
        $secret = New-Object Security.SecureString
        for ($i = 0; $i -lt $script:PortalLength; $i++) { $secret.AppendChar($script:PortalAlphabet[(Get-RandomIndex $script:PortalAlphabet.Length)]) }
        if ((Test-SecretRule $secret (Get-PortalPasswordRule)) -and (Test-SecretRule $secret '^[A-Za-z]')) { return $secret }
        $secret.Dispose()
    }
}

function Get-RandomIndex {
    # 0 to Count - 1, each as likely as the others: bytes above the last whole multiple are thrown away.
    param([int] $Count)
    $most = 256 - (256 % $Count)
    while ($true) {
        $byte = (Get-RandomByte 1)[0]
        if ($byte -lt $most) { return ($byte % $Count) }
    }
}

function Read-PortalRecord {
    # accounts: account, how; history: account, whole, head, oldest first.
    $bytes = Read-Kept 'portal'
    $record = [pscustomobject] @{ accounts = @(); history = @() }
    if ($null -eq $bytes) { return $record }
    $read = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString($bytes))
    $record.accounts = @($read.accounts | Where-Object { $_ } | Select-Object -Property account, how)
    $record.history = @($read.history | Where-Object { $_ } | Select-Object -Property account, whole, head)
    return $record
}

function Write-PortalRecord {
    param([object] $Record)
    Write-Kept 'portal' ([Text.Encoding]::UTF8.GetBytes((ConvertTo-JsonText $Record)))
}

# Whether the PC runs on mains.

Register-Kind 'power-line' -Format 1 -Get {
    param($Target)
    $line = Get-PowerLine
    if ($line -gt 1) { return [pscustomobject] @{ unknown = 'Windows が電源の状態を答えません。' } }
    return [pscustomobject] @{ connected = ($line -eq 1) }
}

# Idle times of the active power scheme, in seconds; 0 = never. They are put back into the scheme that they came from.

$script:PowerSleepGroup = '238c9fa8-0aad-41ed-83f4-97be242c8f20'
$script:PowerSetting = @{ standby = '29f6c1db-86da-48c5-9fdb-f2b67b1f44da'; hibernate = '9d7815a6-7ee4-497e-8888-515a05f02364' }
$script:PowerPolicyText = 'グループ ポリシーがスリープの時間を決めていて、電源プランの設定より優先されます。ポリシーを配布している管理者に外してもらってください。'

Register-Kind 'power' -Format 1 -Sometimes 'policy' -Get {
    param($Target)
    $scheme = Get-PowerScheme
    $state = [ordered] @{ scheme = $scheme; standby = $null; hibernate = $null }
    $policy = [ordered] @{}
    foreach ($name in 'standby', 'hibernate') {
        $state[$name] = Read-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $script:PowerSetting[$name]
        $forced = Get-PowerPolicy $Target.source $name
        if ($null -ne $forced) { $policy[$name] = $forced }
    }
    if ($policy.Count -gt 0) {
        $state.policy = [pscustomobject] $policy
        $state.message = $script:PowerPolicyText
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $active = Get-PowerScheme
    $scheme = Get-Field $State 'scheme'
    if ($null -eq $scheme) { $scheme = $active }
    foreach ($name in 'standby', 'hibernate') {
        $setting = $script:PowerSetting[$name]
        $seconds = Get-Field $State $name
        $now = Read-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting
        # A scheme that does not know the setting (a PC that cannot hibernate) has nothing to change.
        if ($null -eq $seconds -or $null -eq $now) { continue }
        Write-PowerEntry -Scheme $scheme -Source $Target.source -Group $script:PowerSleepGroup -Setting $setting -Seconds $seconds
    }
    if ($scheme -eq $active) { Enable-PowerScheme $active }
    # Written all the same: it holds once the policy is gone.
    if ($null -ne (Get-Field $State 'scheme')) { return }
    foreach ($name in 'standby', 'hibernate') {
        $forced = Get-PowerPolicy $Target.source $name
        if ($null -ne $forced -and $forced -ne (Get-Field $State $name)) { throw $script:PowerPolicyText }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $scheme = Get-Field $Wanted 'scheme'
    if ($null -ne $scheme -and $scheme -ne $Found.scheme) { return $false }
    foreach ($name in 'standby', 'hibernate') {
        $seconds = Get-Field $Wanted $name
        if ($null -eq $seconds) { continue }
        if ($null -ne $Found.$name -and $Found.$name -ne $seconds) { return $false }
        $forced = Get-Field (Get-Field $Found 'policy') $name
        if ($null -eq $scheme -and $null -ne $forced -and $forced -ne $seconds) { return $false }
    }
    return $true
} -Undo {
    param($Target, $Before, $Found)
    if ($Before.scheme -eq $Found.scheme) { return $null }
    return [pscustomobject] @{
        state = $Before
        reason = '電源プランが途中で切り替えられています。元の時間は、切り替える前の電源プランに戻しました。'
    }
}

function Get-PowerPolicy {
    # What a group policy says, in seconds; $null without one. It wins over the scheme.
    param([string] $Source, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key "SOFTWARE\Policies\Microsoft\Power\PowerSettings\$($script:PowerSetting[$Name])" -Name "$($Source.ToUpperInvariant())SettingIndex"
    if ($null -eq $entry -or $entry.type -cne 'DWord') { return $null }
    return ([long] $entry.data -band 4294967295)
}

# The signed-in person's manual proxy. Flags of WinINET: 1 direct, 2 manual, 4 script, 8 automatic.

Register-Kind 'proxy' -Format 1 -Get {
    param($Target)
    $found = Read-WinInetProxy
    return [pscustomobject] @{ flags = $found.flags; server = $found.server; bypass = $found.bypass; pac = $found.pac }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'flags')) {
        Write-WinInetProxy -Flags $State.flags -Server $State.server -Bypass $State.bypass -Pac $State.pac
        return
    }
    $found = Read-WinInetProxy
    Write-WinInetProxy -Flags 3 -Server $State.server -Bypass (Join-ProxyBypass $State $found.bypass) -Pac $found.pac
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'flags')) { return (Test-Wanted $Wanted $Found) }
    # Manual on, script and automatic detection off.
    if (($Found.flags -band 2) -eq 0 -or ($Found.flags -band 12) -ne 0) { return $false }
    return ((Test-ProxyServer $Wanted.server $Found.server) -and (Test-ProxyBypass $Wanted $Found.bypass))
}

function Test-ProxyServer {
    # The Settings page may put http:// before an address; the form with one server a protocol is another thing.
    param([string] $Wanted, [string] $Found)
    return ((ConvertTo-ProxyServer $Wanted) -ceq (ConvertTo-ProxyServer $Found))
}

function ConvertTo-ProxyServer {
    param([string] $Text)
    return (($Text.Trim().ToLowerInvariant() -replace '^http://', '') -replace '/$', '')
}

function Split-ProxyBypass {
    # The entries of an exception list, lower case, each once; WinINET takes blanks for separators too.
    param([string] $Text)
    $entries = @($Text.ToLowerInvariant() -split '[;\s]+' | Where-Object { $_ -cne '' } | Select-Object -Unique)
    return , $entries
}

function Test-ProxyBypass {
    # All wanted entries are there; and, where the list is exact, no other one.
    param([object] $Wanted, [string] $Found)
    $want = Split-ProxyBypass (@(Get-Field $Wanted 'bypass' | ForEach-Object { $_ }) -join ';')
    $have = Split-ProxyBypass $Found
    if (@($want | Where-Object { $have -cnotcontains $_ }).Length -gt 0) { return $false }
    if (-not $Wanted.exact) { return $true }
    return (@($have | Where-Object { $want -cnotcontains $_ -and $_ -cne '<local>' }).Length -eq 0)
}

function Join-ProxyBypass {
    # The text to write: the wanted entries, then what the list holds besides, unless it is to be exact. Glued entries
    # ("*.a.jp*.b.jp", "a.jp,b.jp") are taken apart; one made of wanted entries alone is dropped, since they stand before it.
    param([object] $Wanted, [string] $Found)
    $entries = New-Object Collections.ArrayList
    $known = @{}
    $want = @(Get-Field $Wanted 'bypass' | ForEach-Object { $_ })
    foreach ($entry in $want) {
        if (-not $known.ContainsKey($entry.ToLowerInvariant())) { $null = $entries.Add($entry); $known[$entry.ToLowerInvariant()] = $true }
    }
    if ($Wanted.exact) { return ($entries -join ';') }
    $longestFirst = @($want | Sort-Object -Property Length -Descending)
    foreach ($entry in @($Found -split '[;,\s]+|(?<=[^.;,\s/:])(?=\*)' | Where-Object { $_ -cne '' })) {
        $rest = $entry.ToLowerInvariant()
        if ($known.ContainsKey($rest)) { continue }
        $known[$rest] = $true
        foreach ($wantedEntry in $longestFirst) { $rest = $rest.Replace($wantedEntry.ToLowerInvariant(), '') }
        if ($rest -cne '') { $null = $entries.Add($entry) }
    }
    return ($entries -join ';')
}

# Whether places can be reached as the terminal reaches them: straight, or by a proxy (empty text: straight).

$script:ReachRefusal = @{
    407 = 'プロキシがユーザー名とパスワードを求めています。認証なしで通すように、院内のネットワーク担当者に頼んでください。'
    403 = 'プロキシがこの接続先を許可していません。許可するように、院内のネットワーク担当者に頼んでください。'
}

Register-Kind 'reach' -Format 1 -Get {
    param($Target)
    $places = @($Target.places)
    $direct = @($places | Where-Object { $_.proxy -ceq '' })
    $problems = [ordered] @{}
    foreach ($place in $places) { $problems["$($place.host):$($place.port)"] = '応答がありません。' }
    # Names of places behind a proxy are the proxy's to resolve.
    $hosts = @($direct | ForEach-Object { $_.host }) + @($places | Where-Object { $_.proxy -cne '' } | ForEach-Object { Get-ReachHost $_.proxy })
    $known = @{}
    foreach ($answer in (Resolve-HostAddressList -HostName @($hosts | Select-Object -Unique))) { $known[$answer.host] = @($answer.addresses) }
    $named = @($direct | Where-Object { $known[$_.host].Length -gt 0 })
    foreach ($place in $direct) { if ($known[$place.host].Length -eq 0) { $problems["$($place.host):$($place.port)"] = '名前を解決できません。' } }
    if ($named.Length -gt 0) {
        $open = Test-TcpPortList -Endpoint @($named | ForEach-Object { [pscustomobject] @{ addresses = $known[$_.host]; port = $_.port } })
        for ($i = 0; $i -lt $named.Length; $i++) { if ($open[$i]) { $problems.Remove("$($named[$i].host):$($named[$i].port)") } }
    }
    $spoke = $problems.Count -lt $places.Length
    foreach ($group in @($places | Where-Object { $_.proxy -cne '' } | Group-Object -Property proxy)) {
        $addresses = $known[(Get-ReachHost $group.Name)]
        $goals = @($group.Group | ForEach-Object { "$($_.host):$($_.port)" })
        if ($addresses.Length -eq 0) { foreach ($goal in $goals) { $problems[$goal] = "プロキシ $($group.Name) の名前を解決できません。" }; continue }
        $answers = Test-ProxyTunnel -Address $addresses -Port ([int] $group.Name.Split(':')[-1]) -Goal $goals
        for ($i = 0; $i -lt $goals.Length; $i++) {
            if ($answers[$i] -ne 0) { $spoke = $true }
            if ($answers[$i] -ge 200 -and $answers[$i] -le 299) { $problems.Remove($goals[$i]) }
            elseif ($script:ReachRefusal.ContainsKey($answers[$i])) { $problems[$goals[$i]] = $script:ReachRefusal[$answers[$i]] }
            elseif ($answers[$i] -ne 0) { $problems[$goals[$i]] = "プロキシからの応答: $($answers[$i])" }
            else { $problems[$goals[$i]] = "プロキシ $($group.Name) から応答がありません。" }
        }
    }
    $texts = @($problems.Keys | ForEach-Object { "$_ … $($problems[$_])" })
    if (-not $spoke) { return [pscustomobject] @{ unknown = "どこにもつながりません。回線がまだつながっていないか、ネットワークの設定を確かめてください。$($texts -join ' ')" } }
    $state = [ordered] @{ reached = ($places.Length - $problems.Count); unreachable = @($problems.Keys) }
    if ($texts.Length -gt 0) { $state.message = "つながらない接続先があります。$($texts -join ' ')" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'reached'
    if ($null -ne $least) { return ($Found.reached -ge $least) }
    return (@($Found.unreachable).Length -eq 0)
}

function Get-ReachHost {
    # The host of "host:port".
    param([string] $Server)
    return $Server.Substring(0, $Server.LastIndexOf(':'))
}

# The file in which a terminal keeps which 顔認証機器 is signed in with which account. One that was made before the
# clinic changed hands is set aside under another name, after a question: every reader has to be set up again.

Register-Kind 'reader-info' -Format 1 -Agree {
    return 'この端末のすべての顔認証機器で、ID・パスワードの紐付けが消え、全台を設定し直すことになります。顔認証アプリを終了してから行います。' +
    '初期化ツール（C:\Work\InitializeFace.bat）がある端末では、ここでは行わずに、案内のとおりに初期化ツールを使います。'
} -Get {
    param($Target)
    $made = Get-FileCreation -Path $Target.path
    if ($null -ne $made) { $made = [int] $made.ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture) }
    return [pscustomobject] @{ made = $made; aside = (Test-FilePresence -Path "$($Target.path).bak") }
} -Set {
    param($Target, $State)
    # A link could have the administrator move a file of any place.
    Assert-PlainFolder (Get-FolderAbove $Target.path)
    $aside = "$($Target.path).bak"
    # Back: what is wanted has no field `made`, a state of before has.
    if ($null -ne (Get-Field $State 'made')) {
        if ((Test-FilePresence -Path $aside) -and -not (Test-FilePresence -Path $Target.path)) { Move-FileName -Path $aside -NewPath $Target.path }
        return
    }
    if (-not (Test-FilePresence -Path $Target.path)) { return }
    if (Test-FilePresence -Path $aside) { throw "$aside が既にあります。中身を確かめて別の名前に変えてから、もう一度開いてください。" }
    Move-FileName -Path $Target.path -NewPath $aside
} -Test {
    param($Wanted, $Found)
    if ($null -eq (Get-Field $Wanted 'notBefore')) { return (Test-Wanted $Wanted $Found) }
    return ($null -eq $Found.made -or $Found.made -ge $Wanted.notBefore)
} -Ours {
    # The readers are set up again after this, which makes a new file.
    param($After, $Found)
    return [bool] $Found.aside
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Found.made -or $null -eq $Before.made) { return $null }
    return [pscustomobject] @{ state = $Found; reason = '顔認証機器が設定し直されているため、前の ReaderInfo.ini（.bak）は戻しません。' }
}

# One value of the registry, in the 64-bit view. Compared raw: %VARIABLES% unexpanded, binary data as a list of numbers.
# The state of an absent value names the deepest key that exists, so that undoing also removes the keys made on the way.

Register-Kind 'registry' -Format 1 -Get {
    param($Target)
    $entry = Read-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name
    if ($null -ne $entry) { return ConvertTo-RegistryState $entry }
    return [pscustomobject] @{ absent = $true; exists = (Find-RegistryAncestor $Target.hive $Target.key) }
} -Set {
    param($Target, $State)
    if (Test-RegistryAbsence $State) {
        Clear-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name
        if ($null -ne $State) { Clear-RegistryBranch $Target.hive $Target.key $State.exists }
        return
    }
    Write-RegistryEntry -Hive $Target.hive -Key $Target.key -Name $Target.name -Type $State.type -Data $State.data
} -Test {
    param($Wanted, $Found)
    if ((Test-RegistryAbsence $Wanted) -or (Test-RegistryAbsence $Found)) { return ((Test-RegistryAbsence $Wanted) -and (Test-RegistryAbsence $Found)) }
    return (Test-RegistryEqual $Wanted $Found)
} -Undo {
    # A key that we made and that others have used since stays, and a person is told.
    param($Target, $Before, $Found)
    if (-not (Test-RegistryAbsence $Before) -or $null -eq $Before) { return $null }
    $kept = Find-RegistryKept $Target $Before.exists
    if ($kept.Length -le $Before.exists.Length) { return $null }
    return [pscustomobject] @{
        state = [pscustomobject] @{ absent = $true; exists = $kept }
        reason = "値は取り除きますが、他のソフトウェアも使っているため、レジストリのキーは残します: $($Target.hive)\$kept"
    }
}

function Test-RegistryAbsence {
    param([object] $State)
    return ($null -eq $State -or $null -ne (Get-Field $State 'absent'))
}

function ConvertTo-RegistryState {
    param([object] $Entry)
    $known = 'DWord', 'QWord', 'String', 'ExpandString', 'MultiString', 'Binary', 'None'
    if ($known -cnotcontains $Entry.type) { throw "この種類のレジストリ値は元に戻せないため、変更しません: $($Entry.type)" }
    $data = $Entry.data
    if (@('Binary', 'None') -ccontains $Entry.type) { $data = @(foreach ($byte in $Entry.data) { [int] $byte }) }
    if ($Entry.type -ceq 'MultiString') { $data = @(foreach ($line in $Entry.data) { [string] $line }) }
    return [pscustomobject] @{ type = $Entry.type; data = $data }
}

function Test-RegistryEqual {
    # Windows gives a DWORD above 2^31-1 as a negative number: the same 32 bits.
    param([object] $One, [object] $Other)
    if ($One.type -cne $Other.type) { return $false }
    if ($One.type -ceq 'DWord') { return (([long] $One.data -band 4294967295) -eq ([long] $Other.data -band 4294967295)) }
    if ($One.type -ceq 'QWord') { return ([long] $One.data -eq [long] $Other.data) }
    return (Test-Same $One.data $Other.data)
}

function Find-RegistryAncestor {
    # The deepest existing key at or above a key; empty for the hive itself.
    param([string] $Hive, [string] $Key)
    while ($Key -cne '' -and -not (Test-RegistryKey -Hive $Hive -Key $Key)) {
        $Key = $Key.Substring(0, [math]::Max(0, $Key.LastIndexOf('\')))
    }
    return $Key
}

function Clear-RegistryBranch {
    # Removes empty keys from Key upwards, down to but without Stop.
    param([string] $Hive, [string] $Key, [string] $Stop)
    while ($Key.Length -gt $Stop.Length) {
        if (-not (Clear-EmptyRegistryKey -Hive $Hive -Key $Key)) { return }
        $Key = $Key.Substring(0, [math]::Max(0, $Key.LastIndexOf('\')))
    }
}

function Find-RegistryKept {
    # The deepest key that would stay once our value and the empty keys above Stop are gone.
    param([object] $Target, [string] $Stop)
    $key = Find-RegistryAncestor $Target.hive $Target.key
    $below = ''
    while ($key.Length -gt $Stop.Length) {
        $values = Read-RegistryKey -Hive $Target.hive -Key $key
        $keys = Get-RegistryKeyName -Hive $Target.hive -Key $key
        $others = @($values | Where-Object { $key -ne $Target.key -or $_.name -ne $Target.name }).Length + @($keys | Where-Object { $_ -ne $below }).Length
        if ($others -gt 0) { return $key }
        $below = $key.Substring($key.LastIndexOf('\') + 1)
        $key = $key.Substring(0, [math]::Max(0, $key.LastIndexOf('\')))
    }
    return $Stop
}

# Windows has been restarted since we last changed anything. The journal knows at which start that was.
Register-Kind 'restart' -Format 1 -Waits 'Windows を再起動して、同じファイルをもう一度開いてください。' -Get {
    return [pscustomobject] @{ done = (-not (Test-ChangedSinceBoot $script:Current.journal $script:Current.boot)) }
}

# Windows has been started since an installer made its files: the newest of them is older than this start. Both times come
# from the PC's clock, which a person or the time service may set right in between; a file from the future says nothing.

Register-Kind 'restarted-since' -Format 1 -Waits '導入した顔認証ライブラリを有効にするため、Windows を再起動し、サインインして、同じファイルをもう一度開いてください。' -Get {
    param($Target)
    $made = ''
    foreach ($path in $Target.paths) {
        $mark = [string] (Get-CreationMark -Path $path)
        if ([string]::CompareOrdinal($mark, $made) -gt 0) { $made = $mark }
    }
    if ($made -ceq '') { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.paths[0])" } }
    $now = (Get-LocalTime).ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss.fff', [Globalization.CultureInfo]::InvariantCulture)
    if ([string]::CompareOrdinal($made, $now) -gt 0) { return [pscustomobject] @{ unknown = "PC の時計が、導入したときより前に戻っています: $($Target.paths[0])" } }
    return [pscustomobject] @{ done = ([string]::CompareOrdinal($made, (Get-BootMark)) -lt 0) }
}

# Whether an account could read, make and delete files in a share, worked out from both access lists, its groups and its
# right to come over the network. No password is needed, and nothing is written.

Register-Kind 'share-access' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $state = [ordered] @{ enabled = $false; network = $false; read = $false; create = $false; delete = $false }
    $user = Find-LocalAccount $Target.account
    $share = Find-Share $Target.name
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $user) { $state.message = "アカウント $($Target.account) がありません。" }
    elseif ($null -eq $folder) { $state.message = "フォルダーがありません: $($Target.path)" }
    elseif ($null -eq $share) { $state.message = "「$($Target.name)」は共有されていません。" }
    elseif (-not (Test-SamePath $share.Path $Target.path)) { $state.message = Get-ShareElsewhereText $Target $share.Path }
    if ($null -ne (Get-Field $state 'message')) { return [pscustomobject] $state }
    $sid = [string] $user.SID
    $sids = Get-NetworkSid $sid
    $state.enabled = [bool] $user.Enabled
    $state.network = Test-NetworkLogon $sids
    $entries = (ConvertFrom-Sddl -Sddl $folder.sddl).entries
    $through = Get-GrantedRight (Get-ShareEntry $share.SecurityDescriptor) $sids
    $inside = $through -band (Get-GrantedRight $entries $sids)
    $file = $through -band (Get-GrantedRight (Get-HandedDown $entries $sid) $sids)
    # winnt.h: FILE_LIST_DIRECTORY and FILE_READ_DATA 1, FILE_ADD_FILE and FILE_WRITE_DATA 2, FILE_DELETE_CHILD 0x40, DELETE 0x10000.
    $state.read = (($inside -band 1) -ne 0 -and ($file -band 1) -ne 0)
    $state.create = (($inside -band 2) -ne 0 -and ($file -band 2) -ne 0)
    $state.delete = (($through -band 0x10000) -ne 0 -and (($file -band 0x10000) -ne 0 -or ($inside -band 0x40) -ne 0))
    $texts = @(
        if (-not $state.enabled) { 'アカウントが無効です' }
        if (-not $state.network) { 'ネットワークからのサインインが許可されていません' }
        if (-not $state.read) { '読み取れません' }
        if (-not $state.create) { 'ファイルを作成できません' }
        if (-not $state.delete) { 'ファイルを削除できません' }
    )
    if ($texts.Length -gt 0) { $state.message = "$($Target.account) は共有「$($Target.name)」で: $($texts -join '、')。" }
    return [pscustomobject] $state
}

function Get-NetworkSid {
    # Who an account is when it comes over the network: itself, the groups that Windows adds, and the local groups with one
    # of these in them. Not an administrator: Windows takes that away from a local account (UAC remote restrictions,
    # learn.microsoft.com/troubleshoot/windows-server/windows-security/user-account-control-and-remote-restriction).
    param([string] $Sid)
    # Everyone, Authenticated Users, NETWORK, This Organization, Local account, NTLM Authentication (MS-DTYP 2.4.2.4).
    $sids = @($Sid, 'S-1-1-0', 'S-1-5-11', 'S-1-5-2', 'S-1-5-15', 'S-1-5-113', 'S-1-5-64-10')
    $groups = foreach ($group in @(Get-LocalGroup)) {
        $name = [string] $group.SID
        if ($name -ceq 'S-1-5-32-544') { continue }
        $members = Get-GroupMember -Sid $name
        if (@($members | Where-Object { $sids -ccontains $_ }).Length -gt 0) { $name }
    }
    return , @($sids + @($groups | Where-Object { $_ }))
}

function Test-NetworkLogon {
    param([string[]] $Sids)
    $allowed = @((Get-LogonRightHolder -Right 'SeNetworkLogonRight') | Where-Object { $Sids -ccontains $_ })
    $denied = @((Get-LogonRightHolder -Right 'SeDenyNetworkLogonRight') | Where-Object { $Sids -ccontains $_ })
    return ($allowed.Length -gt 0 -and $denied.Length -eq 0)
}

function Get-GrantedRight {
    # The rights that an access list gives, entry by entry in its order, as Windows goes through it (MS-DTYP 2.5.3.2).
    param([object] $Entries, [string[]] $Sids)
    # No list at all grants everything.
    if ($null -eq $Entries) { return [long] $script:FolderFull }
    [long] $granted = 0
    [long] $denied = 0
    foreach ($entry in @($Entries)) {
        # 8: INHERIT_ONLY_ACE, not for this folder itself.
        if (($entry.flags -band 8) -ne 0 -or $null -eq $entry.rights -or $Sids -cnotcontains $entry.sid) { continue }
        $rights = Get-FileRight $entry.rights
        if ($entry.type -eq 0) { $granted = $granted -bor ($rights -band (-bnot $denied)) }
        elseif ($entry.type -eq 1) { $denied = $denied -bor ($rights -band (-bnot $granted)) }
    }
    return $granted
}

function Get-FileRight {
    # Generic rights (GENERIC_ALL, READ, WRITE, EXECUTE) stand for these rights of a file (winnt.h).
    param([long] $Rights)
    $all = $Rights
    if ($Rights -band 0x10000000) { $all = $all -bor $script:FolderFull }
    if ($Rights -band 2147483648) { $all = $all -bor 0x120089 }
    if ($Rights -band 0x40000000) { $all = $all -bor 0x120116 }
    if ($Rights -band 0x20000000) { $all = $all -bor 0x1200a0 }
    return ($all -band $script:FolderFull)
}

function Get-HandedDown {
    # The entries that a file made by an account in a folder will have.
    param([object] $Entries, [string] $Owner)
    if ($null -eq $Entries) { return $null }
    return , @(foreach ($entry in @($Entries)) {
            # 1: OBJECT_INHERIT_ACE.
            if (($entry.flags -band 1) -eq 0) { continue }
            $sid = $entry.sid
            # CREATOR OWNER.
            if ($sid -ceq 'S-1-3-0') { $sid = $Owner }
            [pscustomobject] @{ type = $entry.type; flags = 0; rights = $entry.rights; sid = $sid }
        })
}

# Shares of this PC that anybody can open without being named: both the share and its folder let Everyone, guests or
# anonymous people in. `open`: their names.

Register-Kind 'share-open' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    # print$ is Windows' own, for the drivers of printers that are shared.
    $open = @(foreach ($share in @(Get-SmbShare | Where-Object { -not $_.Special -and $_.Name -ne 'print$' })) { if (Test-ShareOpen $share) { [string] $share.Name } })
    $state = [ordered] @{ open = @($open | Sort-Object) }
    if ($open.Length -gt 0) { $state.message = "だれでも開ける共有があります: $($state.open -join '、')。共有のアクセス許可から Everyone を外してください。" }
    return [pscustomobject] $state
}

function Test-ShareOpen {
    param([object] $Share)
    $entries = Get-ShareEntry $Share.SecurityDescriptor
    $sids = @($script:FolderAnybody) + @($entries | Where-Object { Test-AnybodySid $_.sid } | ForEach-Object { $_.sid })
    if ((Get-GrantedRight $entries $sids) -eq 0) { return $false }
    # A printer has no folder.
    $folder = Read-PathAccess -Path ([string] $Share.Path)
    if ($null -eq $folder) { return $false }
    return ((Get-GrantedRight (ConvertFrom-Sddl -Sddl $folder.sddl).entries $sids) -ne 0)
}

# A folder of this PC that is shared with one account: the folder, its access list and the share are one thing, put back
# together. Everything goes by SID: the names of groups are localized, and an account may be gone when it is undone.

$script:FolderModify = 0x1301bf # What 変更 of a folder and Change of a share are: read, write, execute, delete, synchronize (winnt.h).
$script:FolderFull = 0x1f01ff # FILE_ALL_ACCESS (winnt.h).
$script:FolderHandDown = 3 # OBJECT_INHERIT_ACE, CONTAINER_INHERIT_ACE (MS-DTYP 2.4.4.1).
$script:FolderInherited = 16 # INHERITED_ACE.
# Everyone, Anonymous, the group Guests: never for a share (setup P.20 wants an account that is chosen).
$script:FolderAnybody = 'S-1-1-0', 'S-1-5-7', 'S-1-5-32-546'
# ファイルとプリンターの共有, and its successor of Windows 11 24H2. Creating a share switches rules of them on, for public
# networks too. learn.microsoft.com/windows-server/storage/file-server/smb-secure-traffic
$script:SharingGroup = '@FirewallAPI.dll,-28502', '@FirewallAPI.dll,-28672'

Register-Kind 'share' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $exists = Find-FolderAncestor $Target.path
    $state = [ordered] @{ exists = $exists; access = $null; share = $null }
    if ($exists.Length -eq $Target.path.Length) { $state.access = Get-FolderExplicit $Target.path }
    $share = Find-Share $Target.name
    if ($null -eq $share) {
        # What an absent share needs to be absent again: the rules that Windows had on without it, and for which shares.
        $state.without = [pscustomobject] @{ rules = (Get-SharingRule); shares = (Get-OtherShare $Target.name) }
        return [pscustomobject] $state
    }
    $state.share = [pscustomobject] @{ path = [string] $share.Path; security = [string] $share.SecurityDescriptor; caching = [string] $share.CachingMode }
    if (Test-ShareElsewhere $Target $state.share) { $state.message = Get-ShareElsewhereText $Target $share.Path }
    elseif (@((Get-ShareEntry $share.SecurityDescriptor) | Where-Object { $_.type -eq 0 -and (Test-AnybodySid $_.sid) }).Length -gt 0) {
        $state.message = "共有「$($Target.name)」のアクセス許可に、Everyone か Guest があります。"
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -eq (Get-Field $State 'exists')) { Add-SharedFolder $Target $State.account }
    else { Restore-SharedFolder $Target $State }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Found) { return $false }
    if ($null -eq $Wanted) { return ($null -eq $Found.share) }
    if ($null -ne (Get-Field $Wanted 'exists')) { return (Test-FolderRestored $Wanted $Found) }
    $sid = Get-ShareAccountSid $Wanted.account
    if ($null -eq $sid -or $null -eq $Found.access -or $null -eq $Found.share -or $null -ne (Get-Field $Found 'message')) { return $false }
    return ((Test-FolderGranted $Found.access $sid) -and (Test-ShareGranted $Found.share $sid))
} -Ours {
    # What else is shared, and the rules that are on, is others' business.
    param($After, $Found)
    return (Test-FolderRestored $After $Found)
} -Undo {
    # A folder that we made and that holds files now stays, without our account. A share of another folder, which others
    # stopped before ours was made, is not made again. A person is told.
    param($Target, $Before, $Found)
    $kept = Find-FolderKept $Target.path $Before.exists
    $keeps = $kept.Length -gt $Before.exists.Length
    $foreign = (Test-ShareElsewhere $Target $Before.share) -and ($null -eq $Found.share -or -not (Test-SamePath $Found.share.path $Before.share.path))
    if (-not $keeps -and -not $foreign) { return $null }
    $reasons = @()
    $state = [ordered] @{ exists = $kept; access = $Before.access; share = $Before.share }
    if ($keeps) {
        $reasons += "共有とアクセス許可は取り消しますが、中にファイルがあるため、フォルダーは残します: $kept"
        $state.access = $null
        if ($kept.Length -eq $Target.path.Length) {
            $entries = @($Found.access.entries | Where-Object { -not (Test-OurFolderEntry $_) })
            $state.access = [pscustomobject] @{ protected = $Found.access.protected; entries = $entries }
        }
    }
    if ($foreign) {
        $reasons += "前にあった別のフォルダー（$($Before.share.path)）の共有「$($Target.name)」は、ほかの人が止めたため、作り直しません。必要なら、手で共有してください。"
        $state.share = $null
        # No rules were noted for it: those of now stay.
        $state.without = Get-Field $Found 'without'
    }
    elseif ($null -eq $Before.share) { $state.without = $Before.without }
    return [pscustomobject] @{ state = [pscustomobject] $state; reason = ($reasons -join ' ') }
} -Secret {
    # The account must be there first: without its password nothing is shared.
    param($Target, $State, $Found)
    $account = Get-Field $State 'account'
    if ($null -ne $account -and $null -eq (Get-ShareAccountSid $account)) { return $account }
}

function Get-SharingProblem {
    # Why this PC cannot say what it shares; empty where it can.
    if ([string] (Get-Service -Name 'LanmanServer').Status -cne 'Running') { return '共有のサービス（Server）が動いていないため、確かめられません。' }
    return ''
}

function Get-ShareAccountSid {
    # Of a user, never of a group of that name.
    param([string] $Name)
    $user = Find-LocalAccount $Name
    if ($null -eq $user) { return $null }
    return [string] $user.SID
}

function Find-Share {
    # Not by -Name, which is an error where there is none.
    param([string] $Name)
    $found = @(Get-SmbShare | Where-Object { $_.Name -eq $Name })
    if ($found.Length -eq 0) { return $null }
    return $found[0]
}

function Get-ShareEntry {
    # The entries of a share's access list. Without one it is open: as good as an entry for Everyone.
    param([string] $Sddl)
    $open = [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderFull; sid = 'S-1-1-0' }
    if ($Sddl -ceq '') { return , @($open) }
    $entries = (ConvertFrom-Sddl -Sddl $Sddl).entries
    if ($null -eq $entries) { return , @($open) }
    return , @($entries)
}

function Test-SamePath {
    param([string] $One, [string] $Other)
    return ($One.TrimEnd('\') -eq $Other.TrimEnd('\'))
}

function Test-ShareElsewhere {
    # A share of the name that is of another folder. It is never ours.
    param([object] $Target, [object] $Share)
    return ($null -ne $Share -and -not (Test-SamePath $Share.path $Target.path))
}

function Test-AnybodySid {
    # A SID that stands for whoever comes; -501 is the account Guest.
    param([string] $Sid)
    return ($script:FolderAnybody -ccontains $Sid -or $Sid -cmatch '^S-1-5-21-.*-501$')
}

function Get-ShareElsewhereText {
    param([object] $Target, [string] $Path)
    return "共有「$($Target.name)」は、別のフォルダー（$Path）の共有として既にあります。変更しません。使っている人に確かめ、共有を止めるか、一式を作り直してください。"
}

function Get-OtherShare {
    # The names of what else is shared, but for the shares of Windows itself (C$).
    param([string] $Name)
    return , @(Get-SmbShare | Where-Object { -not $_.Special -and $_.Name -ne $Name } | ForEach-Object { [string] $_.Name } | Sort-Object)
}

function Get-SharingRule {
    # The names of the rules of file sharing that are on.
    $names = foreach ($group in $script:SharingGroup) {
        # A Windows older than a group answers with an error.
        foreach ($rule in @(Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue)) { if ([string] $rule.Enabled -ceq 'True') { [string] $rule.Name } }
    }
    return , @($names | Sort-Object)
}

function Restore-SharingRule {
    # Switches off the rules that Windows has switched on beyond those of Before.
    param([string[]] $Before)
    foreach ($name in (Get-SharingRule)) { if ($Before -cnotcontains $name) { Set-NetFirewallRule -Name $name -Enabled 'False' } }
}

function Find-FolderAncestor {
    # The deepest existing folder at or above a path; empty where its drive is missing.
    param([string] $Path)
    while ($Path.Length -gt 3 -and $null -eq (Read-PathAccess -Path $Path)) { $Path = Get-FolderAbove $Path }
    if ($Path.Length -le 3 -and $null -eq (Read-PathAccess -Path $Path)) { return '' }
    return $Path
}

function Get-FolderAbove {
    # C:\ is above C:\OQS.
    param([string] $Path)
    return $Path.Substring(0, [math]::Max(3, $Path.LastIndexOf('\')))
}

function Get-FolderExplicit {
    # The entries of a folder's own, which can be put back exactly; what it inherits comes from the folder above.
    param([string] $Path)
    $list = ConvertFrom-Sddl -Sddl (Read-PathAccess -Path $Path).sddl
    if ($null -eq $list.entries) { throw "アクセス許可の一覧が無いフォルダーは元に戻せないため、変更しません: $Path" }
    $own = @($list.entries | Where-Object { ($_.flags -band $script:FolderInherited) -eq 0 })
    foreach ($entry in $own) { if (@(0, 1) -notcontains $entry.type) { throw "この種類のアクセス許可は元に戻せないため、変更しません: $Path" } }
    return [pscustomobject] @{ protected = $list.protected; entries = $own }
}

function ConvertTo-Sddl {
    # An access list as text, rights and SIDs written out.
    param([bool] $Protected, [object[]] $Entries)
    $letters = @{ 1 = 'OI'; 2 = 'CI'; 4 = 'NP'; 8 = 'IO' }
    $text = 'D:'
    if ($Protected) { $text += 'P' }
    foreach ($entry in $Entries) {
        $sort = 'A'
        if ($entry.type -eq 1) { $sort = 'D' }
        $flags = -join @(foreach ($bit in 1, 2, 4, 8) { if ($entry.flags -band $bit) { $letters[$bit] } })
        $text += '({0};{1};0x{2:x};;;{3})' -f $sort, $flags, [long] $entry.rights, $entry.sid
    }
    return $text
}

function Test-FolderGranted {
    # The folder lets the account change what is in it and below, and denies it nothing.
    param([object] $Access, [string] $Sid)
    $mine = @($Access.entries | Where-Object { $_.sid -ceq $Sid })
    if (@($mine | Where-Object { $_.type -ne 0 }).Length -gt 0) { return $false }
    $enough = @($mine | Where-Object { ([long] $_.rights -band $script:FolderModify) -eq $script:FolderModify -and ($_.flags -band 15) -eq $script:FolderHandDown })
    return ($enough.Length -gt 0)
}

function Test-ShareGranted {
    # The share gives the account Change and no more, administrators everything, nobody else without a name anything.
    param([object] $Share, [string] $Sid)
    if ($Share.caching -cne 'None') { return $false }
    $entries = Get-ShareEntry $Share.security
    if (@($entries | Where-Object { Test-AnybodySid $_.sid }).Length -gt 0) { return $false }
    $mine = @($entries | Where-Object { $_.sid -ceq $Sid })
    $administrators = @($entries | Where-Object { $_.sid -ceq 'S-1-5-32-544' })
    if ($mine.Length -ne 1 -or $administrators.Length -ne 1) { return $false }
    return ($mine[0].type -eq 0 -and $mine[0].rights -eq $script:FolderModify -and $administrators[0].type -eq 0 -and $administrators[0].rights -eq $script:FolderFull)
}

function Test-FolderRestored {
    # What Windows makes of a text may be written otherwise: the entries count. `without` is not the share's own.
    param([object] $Wanted, [object] $Found)
    if ($Wanted.exists -cne $Found.exists -or -not (Test-Same $Wanted.access $Found.access)) { return $false }
    if ($null -eq $Wanted.share -or $null -eq $Found.share) { return ($null -eq $Wanted.share -and $null -eq $Found.share) }
    if ($Wanted.share.path -ne $Found.share.path -or $Wanted.share.caching -cne $Found.share.caching) { return $false }
    return (Test-Same (Get-ShareEntry $Wanted.share.security) (Get-ShareEntry $Found.share.security))
}

function Add-SharedFolder {
    param([object] $Target, [string] $Account)
    $sid = Get-ShareAccountSid $Account
    if ($null -eq $sid) { throw "共有に使うアカウント $Account がありません。" }
    $share = Find-Share $Target.name
    if ($null -ne $share -and -not (Test-SamePath $share.Path $Target.path)) { throw (Get-ShareElsewhereText $Target $share.Path) }
    Assert-PlainFolder $Target.path
    Add-Folder -Path $Target.path
    $access = Get-FolderExplicit $Target.path
    if (-not (Test-FolderGranted $access $sid)) {
        $entries = @($access.entries | Where-Object { $_.sid -cne $sid })
        $entries += [pscustomobject] @{ type = 0; flags = $script:FolderHandDown; rights = $script:FolderModify; sid = $sid }
        Assert-PlainFolder $Target.path
        Write-FolderAccess -Path $Target.path -Sddl (ConvertTo-Sddl $access.protected $entries)
    }
    $others = @()
    if ($null -ne $share) {
        $others = @((Get-ShareEntry $share.SecurityDescriptor) | Where-Object { $_.sid -cne $sid -and $_.sid -cne 'S-1-5-32-544' -and -not (Test-AnybodySid $_.sid) })
    }
    $others += [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderFull; sid = 'S-1-5-32-544' }
    $others += [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderModify; sid = $sid }
    # Owner and group as Windows gives them to every share.
    $security = 'O:SYG:SY' + (ConvertTo-Sddl $false $others)
    if ($null -ne $share) { Set-SmbShare -Name $Target.name -SecurityDescriptor $security -CachingMode 'None' -Force; return }
    $rules = Get-SharingRule
    $null = New-SmbShare -Name $Target.name -Path $Target.path -SecurityDescriptor $security -CachingMode 'None'
    Restore-SharingRule $rules
}

function Assert-PlainFolder {
    # A link could lead the share, and an access list, to any place of the PC: asked right before each is written.
    param([string] $Path)
    if ((Find-FolderAncestor $Path) -ceq '') { throw "ドライブがありません: $($Path.Substring(0, 2))" }
    while ($true) {
        $found = Read-PathAccess -Path $Path
        if ($null -ne $found -and $found.reparse) { throw "別の場所へのリンクのため、変更しません: $Path" }
        if ($null -ne $found -and -not $found.folder) { throw "フォルダーではなくファイルがあります: $Path" }
        if ($Path.Length -le 3) { return }
        $Path = Get-FolderAbove $Path
    }
}

function Restore-SharedFolder {
    param([object] $Target, [object] $State)
    $share = Find-Share $Target.name
    # What was of another folder was never ours: for ours it is no share at all.
    if ($null -eq $State.share -or (Test-ShareElsewhere $Target $State.share)) {
        if ($null -ne $share -and (Test-SamePath $share.Path $Target.path)) { Remove-SmbShare -Name $Target.name -Force }
        $without = Get-Field $State 'without'
        if ($null -ne $without) {
            # Where the PC shares something that it did not then, the rules may be on for that.
            $new = @((Get-OtherShare $Target.name) | Where-Object { @($without.shares) -cnotcontains $_ })
            if ($new.Length -eq 0) { Restore-SharingRule @($without.rules) }
        }
    }
    elseif ($null -eq $share) { throw "元の共有「$($Target.name)」は、ほかの人が止めたため、元に戻せません。" }
    elseif (Test-SamePath $share.Path $Target.path) {
        if ([string] $share.SecurityDescriptor -cne $State.share.security -or [string] $share.CachingMode -cne $State.share.caching) {
            Set-SmbShare -Name $Target.name -SecurityDescriptor $State.share.security -CachingMode $State.share.caching -Force
        }
    }
    if ($null -eq $State.access) { Clear-FolderBranch $Target.path $State.exists; return }
    if ($null -eq (Read-PathAccess -Path $Target.path)) { throw "元のフォルダーは、ほかの人が削除したため、元に戻せません: $($Target.path)" }
    if (-not (Test-Same (Get-FolderExplicit $Target.path) $State.access)) {
        Assert-PlainFolder $Target.path
        Write-FolderAccess -Path $Target.path -Sddl (ConvertTo-Sddl $State.access.protected $State.access.entries)
    }
}

function Clear-FolderBranch {
    # Removes empty folders from Path upwards, down to but without Stop. Files are never removed.
    param([string] $Path, [string] $Stop)
    while ($Path.Length -gt [math]::Max(3, $Stop.Length)) {
        if (-not (Clear-EmptyFolder -Path $Path)) { return }
        $Path = Get-FolderAbove $Path
    }
}

function Find-FolderKept {
    # The deepest folder that would stay once the empty ones above Stop are gone.
    param([string] $Path, [string] $Stop)
    $below = ''
    $path = Find-FolderAncestor $Path
    while ($path.Length -gt [math]::Max(3, $Stop.Length)) {
        $others = @((Get-FolderContent -Path $path) | Where-Object { $_ -ne $below })
        if ($others.Length -gt 0) { return $path }
        $below = $path
        $path = Get-FolderAbove $path
    }
    return $Stop
}

function Test-OurFolderEntry {
    # The entry that sharing makes, in a folder that we made ourselves.
    param([object] $Entry)
    return ($Entry.type -eq 0 -and $Entry.flags -eq $script:FolderHandDown -and $Entry.rights -eq $script:FolderModify -and $Entry.sid -cmatch '^S-1-5-21-')
}

# A shortcut to a page on the person's desktop: an Internet shortcut file, whose text Windows reads in the code page of
# the PC (learn.microsoft.com, Internet Shortcuts), so that the address is ASCII. Right is whatever leads to the page,
# also when it was made by hand; what was there before under that name is kept whole.

Register-Kind 'shortcut' -Format 1 -Get {
    param($Target)
    $path = Get-ShortcutPath $Target.name
    if (-not (Test-FilePresence -Path $path)) { return $null }
    $bytes = Read-FileByte -Path $path
    if ($bytes.Length -gt 65536) { throw "ショートカットではない大きなファイルのため、変更しません: $path" }
    return [pscustomobject] @{ url = (Read-ShortcutUrl $bytes); content = [Convert]::ToBase64String($bytes) }
} -Set {
    param($Target, $State)
    $path = Get-ShortcutPath $Target.name
    if ($null -eq $State) { Clear-DesktopFile -Path $path; return }
    $content = Get-Field $State 'content'
    if ($null -eq $content) { $bytes = [Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=$($State.url)`r`n") }
    else { $bytes = [Convert]::FromBase64String($content) }
    Write-DesktopFile -Path $path -Bytes $bytes
}

function Get-ShortcutPath {
    param([string] $Name)
    return (Get-DesktopFolder) + '\' + $Name + '.url'
}

function Read-ShortcutUrl {
    # The address in an Internet shortcut; empty where it has none.
    param([byte[]] $Bytes)
    $inside = $false
    foreach ($line in ((ConvertFrom-FileByte $Bytes).TrimStart([char] 0xfeff) -split "`r`n|`r|`n")) {
        if ($line -match '^\s*\[(.*)\]\s*$') { $inside = $Matches[1].Trim() -ieq 'InternetShortcut' }
        elseif ($inside -and $line -match '^\s*URL\s*=(.*)$') { return $Matches[1].Trim() }
    }
    return ''
}

# The person at the PC is signed in as the account. Only a person can do that: the step waits.
Register-Kind 'sign-in' -Format 1 -Waits 'サインアウトし、指定のユーザーでサインインして、同じファイルをもう一度開いてください。' -Get {
    param($Target)
    $sid = Get-AccountSid $Target.account
    return [pscustomobject] @{ signedIn = ($null -ne $sid -and $script:Session.owner -ceq $sid) }
}

# The one rule of Windows' firewall that lets other computers reach the shares, for private networks and their own subnet.
# `wide`: its successor of Windows 11 24H2 is on, which also opens public networks to every address.

$script:SmbRule = 'FPS-SMB-In-TCP'
$script:SmbRuleWide = 'FPS-SMB-In-TCP-V2'

Register-Kind 'smb-firewall' -Format 1 -Get {
    param($Target)
    $rule = Get-NetFirewallRule -Name $script:SmbRule -ErrorAction SilentlyContinue
    if ($null -eq $rule) { throw "ファイアウォールの規則がありません: $($script:SmbRule)" }
    $addresses = Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule
    return [pscustomobject] @{
        enabled = ([string] $rule.Enabled -ceq 'True')
        # 1 domain, 2 private, 4 public; 0 = any (NET_FW_PROFILE_TYPE2).
        profile = [int] $rule.Profile
        remote = @($addresses.RemoteAddress | ForEach-Object { [string] $_ } | Sort-Object)
        wide = (Test-WideRule)
    }
} -Set {
    param($Target, $State)
    Set-NetFirewallRule -Name $script:SmbRule -Enabled (ConvertTo-RuleSwitch $State.enabled) -Profile (ConvertTo-RuleProfile $State.profile) -RemoteAddress ([string[]] @($State.remote))
    if ($State.wide -ne (Test-WideRule)) { Set-NetFirewallRule -Name $script:SmbRuleWide -Enabled (ConvertTo-RuleSwitch $State.wide) }
}

function Test-WideRule {
    $rule = Get-NetFirewallRule -Name $script:SmbRuleWide -ErrorAction SilentlyContinue
    return ($null -ne $rule -and [string] $rule.Enabled -ceq 'True')
}

function ConvertTo-RuleSwitch {
    param([bool] $On)
    if ($On) { return 'True' }
    return 'False'
}

function ConvertTo-RuleProfile {
    param([int] $Bits)
    if (($Bits -band 7) -eq 0) { return 'Any' }
    $names = @{ 1 = 'Domain'; 2 = 'Private'; 4 = 'Public' }
    return (@(foreach ($bit in 1, 2, 4) { if ($Bits -band $bit) { $names[$bit] } }) -join ', ')
}

# Whether Windows starts an application through its task. Where the task is on, other ways to stop it cannot be seen.

Register-Kind 'start-stopped' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) {
        if ($null -eq (Find-VendorTaskFile $Target.file)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.file)" } }
        return [pscustomobject] @{ enabled = $false }
    }
    if ($task.enabled) { return [pscustomobject] @{ unknown = "タスク $($Target.name) が有効です。補2 のとおりに止まっているかは、この PC からは分かりません。" } }
    return [pscustomobject] @{ enabled = $false }
}

# How long after the start of Windows the desktop, and the programs of a folder, were there. The time that somebody left the
# sign-in screen alone is in it, so a long one counts only when it passed after signing in.

Register-Kind 'startup-time' -Format 1 -Get {
    param($Target)
    $times = Read-StartTime -Folder $Target.folder
    if ($null -eq $times.desktop) { return [pscustomobject] @{ unknown = 'デスクトップがいつ表示されたか、分かりません。' } }
    $total = [math]::Max($times.desktop, [int] $times.program)
    if ($total -le $Target.seconds) { return [pscustomobject] @{ slow = $false } }
    $after = $total
    if ($null -ne $times.signIn) { $after = $total - $times.signIn }
    if ($after -le $Target.seconds) {
        return [pscustomobject] @{ unknown = "Windows の起動から $total 秒、サインインから $after 秒でした。サインインを待った時間が入っているため、再起動してすぐにサインインし、2_確認 をもう一度行ってください。" }
    }
    return [pscustomobject] @{ slow = $true; message = "サインインから $after 秒かかっています。ARP オフロードの設定と、PC が遅くなっていないかを確かめてください。" }
}

# The language of programs that do not know Unicode (システム ロケール), and the code pages that come with it. All of it is in
# the registry at once, and holds from the next start.

$script:SystemLanguageKey = 'SYSTEM\CurrentControlSet\Control\Nls\Language'
$script:CodePageKey = 'SYSTEM\CurrentControlSet\Control\Nls\CodePage'
# What Windows gives Japanese; with "Unicode UTF-8 for worldwide language support" (beta) they are 65001.
$script:JapaneseCodePage = @{ ACP = '932'; OEMCP = '932'; MACCP = '10001' }

Register-Kind 'system-locale' -Format 1 -Get {
    param($Target)
    $state = [ordered] @{ locale = (Read-SystemLocaleText $script:SystemLanguageKey 'Default').ToLowerInvariant() }
    foreach ($name in 'ACP', 'OEMCP', 'MACCP') { $state[$name] = Read-SystemLocaleText $script:CodePageKey $name }
    if ($state.ACP -ceq '65001') { $state.message = '「ワールドワイド言語サポートで Unicode UTF-8 を使用」（ベータ版）がオンのため、日本語が文字化けします。' }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $found = Get-State 'system-locale' $Target
    if ($found.locale -cne $State.locale) {
        Write-SystemLocale -Name ([Globalization.CultureInfo]::GetCultureInfo([Convert]::ToInt32($State.locale, 16)).Name)
    }
    foreach ($name in 'ACP', 'OEMCP', 'MACCP') {
        $page = Get-Field $State $name
        if ($null -eq $page) { $page = $script:JapaneseCodePage[$name] }
        if ((Read-SystemLocaleText $script:CodePageKey $name) -cne $page) { Write-RegistryEntry -Hive 'HKLM' -Key $script:CodePageKey -Name $name -Type 'String' -Data $page }
    }
}

function Read-SystemLocaleText {
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { throw "レジストリに $Name がありません: $Key" }
    return [string] $entry.data
}

# What became of a task's last run: its result, and whether Windows was started after it.

Register-Kind 'task-history' -Format 1 -Get {
    param($Target)
    $run = Read-TaskRun -Path $Target.path -Name $Target.name
    if ($null -eq $run) { return $null }
    if ($null -eq $run.at) { return [pscustomobject] @{ unknown = 'このタスクは、まだ一度も実行されていません。' } }
    # A minute to spare: the run is noted to the second, and the clock may be set right in between.
    $since = ((Get-LocalTime) - $run.at).TotalMinutes
    return [pscustomobject] @{ lastResult = $run.result; rebooted = ((Get-UptimeMinute) -le $since + 1) }
}

# How often a trigger of a task repeats it, in seconds: the shortest of them, 0 where none does.

Register-Kind 'task-repetition' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return [pscustomobject] @{ unknown = "タスク $($Target.name) がまだ登録されていません。" } }
    $seconds = @(foreach ($node in (Read-TaskXml $task.xml).GetElementsByTagName('Repetition')) {
            $text = Get-TaskText $node 'Interval'
            if ($text) { [int] (ConvertTo-TaskLeaf 'Interval' $text) }
        }) | Sort-Object | Select-Object -First 1
    if ($null -eq $seconds) { return [pscustomobject] @{ everySeconds = 0; message = '繰り返し間隔がありません。トリガーを作り直すと消えます。' } }
    return [pscustomobject] @{ everySeconds = $seconds }
}

# Whether a task that Windows starts ran at the last start of Windows.

# SCHED_S_TASK_RUNNING: a task that goes on for as long as its program.
$script:TaskStillRuns = 0x41301
# Until then a task that waits for a delay may not have begun.
$script:TaskPatience = 10

Register-Kind 'task-run' -Format 1 -Get {
    param($Target)
    $run = Read-TaskRun -Path $Target.path -Name $Target.name
    if ($null -eq $run) { return [pscustomobject] @{ unknown = "タスク $($Target.name) がまだ登録されていません。" } }
    $since = Test-TaskRunSinceBoot $run
    if (-not $since -and ($null -eq $run.at -or (Get-UptimeMinute) -lt $script:TaskPatience)) { return [pscustomobject] @{ unknown = '再起動した後に確かめられます。' } }
    return [pscustomobject] @{ sinceBoot = $since; succeeded = (@(0, $script:TaskStillRuns) -contains $run.result); result = $run.result }
}

function Test-TaskRunSinceBoot {
    # A minute to spare: the run is noted to the second, and the clock may be set right in between.
    param([object] $Run)
    if ($null -eq $Run.at) { return $false }
    return (((Get-LocalTime) - $Run.at).TotalMinutes -le (Get-UptimeMinute) + 1)
}

# The time of day at which a task starts.

Register-Kind 'task-time' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ time = (Get-TaskDailyTime $task.xml) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found -or $null -eq $Found.time) { return $false }
    foreach ($interval in @(Get-Field $Wanted 'outside' | ForEach-Object { $_ })) {
        if ($null -ne $interval -and (Test-TaskTimeInside $Found.time $interval)) { return $false }
    }
    $digit = [int] $Found.time.Substring(4, 1)
    return (@(Get-Field $Wanted 'minuteDigitsNot' | ForEach-Object { $_ }) -notcontains $digit)
}

function Test-TaskTimeInside {
    # Whether HH:MM lies in the closed interval HH:MM-HH:MM, which may go past midnight. As text, since all are five characters.
    param([string] $Time, [string] $Interval)
    $from, $to = $Interval.Split('-')
    $after = [string]::CompareOrdinal($Time, $from) -ge 0
    $before = [string]::CompareOrdinal($Time, $to) -le 0
    if ([string]::CompareOrdinal($from, $to) -le 0) { return ($after -and $before) }
    return ($after -or $before)
}

# A task of the Task Scheduler. Two tasks are the same when they start at the same times, do the same, as the same
# account with the same rights, under the same conditions: Windows writes its XML in its own way.

# What the schema leaves out means (MS-TSCH 2.3, Settings).
$script:TaskDefault = [ordered] @{
    AllowHardTerminate = 'true'; AllowStartOnDemand = 'true'; DisallowStartIfOnBatteries = 'true'; Enabled = 'true'
    ExecutionTimeLimit = 'P3D'; Hidden = 'false'; MultipleInstancesPolicy = 'IgnoreNew'; Priority = '7'; RunOnlyIfIdle = 'false'
    RunOnlyIfNetworkAvailable = 'false'; StartWhenAvailable = 'false'; StopIfGoingOnBatteries = 'true'; WakeToRun = 'false'
}
$script:TaskLogon = @{ Password = 1; S4U = 2; InteractiveToken = 3; InteractiveTokenOrPassword = 6 }
$script:TaskServiceAccount = 'S-1-5-18', 'S-1-5-19', 'S-1-5-20'

Register-Kind 'task' -Format 1 -Get {
    param($Target)
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ xml = (ConvertTo-TaskText $task.xml); enabled = $task.enabled }
} -Set {
    param($Target, $State)
    if ($null -eq $State) { Clear-Task -Path $Target.path -Name $Target.name; return }
    $document = Read-TaskXml $State.xml
    Resolve-TaskAccount $document
    Write-TaskDocument $Target $document
} -Test {
    param($Wanted, $Found)
    return (Test-TaskState $Wanted $Found)
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State) { return }
    Get-TaskSecretName (Read-TaskXml $State.xml)
}

function Get-TaskSecretName {
    # The account whose password has to be given to register a task; nothing where it needs none.
    param([Xml.XmlDocument] $Document)
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    if (@('Password', 'InteractiveTokenOrPassword') -cnotcontains (Get-TaskText $principal 'LogonType')) { return }
    $user = Get-TaskText $principal 'UserId'
    if ($user -match '^S-1-\d+(-\d+)+$') { return Get-AccountName $user }
    return $user.Split('\')[-1]
}

function Write-TaskDocument {
    # Registers a task whose accounts are SIDs.
    param([object] $Target, [Xml.XmlDocument] $Document)
    $account = Get-TaskPrincipal $Document
    $user = ''
    $secret = $null
    if ($account.password) {
        $name = Get-AccountName $account.sid
        $user = "$(Get-ComputerText)\$name"
        $secret = Get-Secret $name
    }
    Write-Task -Path $Target.path -Name $Target.name -Xml $Document.DocumentElement.OuterXml -User $user -Secret $secret -LogonType $account.logon
}

function Test-TaskState {
    # As wanted: the task is there, switched on (or as `enabled` says), and does the same.
    param([object] $Wanted, [object] $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    $enabled = Get-Field $Wanted 'enabled'
    if ($null -ne $enabled -and $enabled -ne $Found.enabled) { return $false }
    if ($null -eq $enabled -and -not $Found.enabled) { return $false }
    return (Test-Same (ConvertTo-TaskModel $Wanted.xml) (ConvertTo-TaskModel $Found.xml))
}

function Read-TaskXml {
    param([string] $Xml)
    $document = New-Object Xml.XmlDocument
    $document.XmlResolver = $null
    $document.LoadXml($Xml)
    return , $document
}

function Select-TaskNode {
    # The first element below Node along the local names; $null where one is missing.
    param([object] $Node, [string[]] $Names)
    foreach ($name in $Names) {
        if ($null -eq $Node) { return $null }
        $next = $null
        foreach ($child in $Node.ChildNodes) { if ($child -is [Xml.XmlElement] -and $child.LocalName -ceq $name) { $next = $child; break } }
        $Node = $next
    }
    if ($null -eq $Node) { return $null }
    return , $Node
}

function Get-TaskText {
    # The text of a child element; empty where there is none.
    param([object] $Node, [string] $Name)
    $child = Select-TaskNode $Node @($Name)
    if ($null -eq $child) { return '' }
    return $child.InnerText.Trim()
}

function ConvertTo-TaskText {
    # One text for what Windows gives: no blanks between elements, the parts that may come in any order (xs:all) by name.
    param([string] $Xml)
    $document = Read-TaskXml $Xml
    foreach ($path in @(@('RegistrationInfo'), @('Principals', 'Principal'), @('Settings'))) {
        $node = Select-TaskNode $document.DocumentElement $path
        if ($null -eq $node) { continue }
        $children = @($node.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] } | Sort-Object -Property LocalName)
        foreach ($child in $children) { $null = $node.AppendChild($child) }
    }
    return $document.DocumentElement.OuterXml
}

function Resolve-TaskAccount {
    # Puts the SID in the place of each account name: a bare name is this PC's account.
    param([Xml.XmlDocument] $Document)
    foreach ($node in @($Document.GetElementsByTagName('UserId'))) {
        $name = $node.InnerText.Trim()
        if ($name -match '^S-1-\d+(-\d+)+$') { continue }
        $sid = Get-AccountSid $name.Split('\')[-1]
        if ($null -eq $sid) { throw "ユーザー $name がこの PC にありません。" }
        $node.InnerText = $sid
    }
}

function Get-TaskPrincipal {
    # sid, password (whether it takes one), logon: TASK_LOGON_TYPE.
    param([Xml.XmlDocument] $Document)
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    $sid = Get-TaskText $principal 'UserId'
    $type = Get-TaskText $principal 'LogonType'
    $logon = 0
    if ($type -cne '') { $logon = $script:TaskLogon[$type] }
    elseif ($script:TaskServiceAccount -ccontains $sid) { $logon = 5 }
    elseif ((Get-TaskText $principal 'GroupId') -cne '') { $logon = 4 }
    return [pscustomobject] @{ sid = $sid; password = (@(1, 6) -contains $logon); logon = $logon }
}

function ConvertTo-TaskModel {
    # What of a task's XML matters, with the defaults left out, in one form.
    param([string] $Xml)
    $root = (Read-TaskXml $Xml).DocumentElement
    $principal = Select-TaskNode $root @('Principals', 'Principal')
    $level = Get-TaskText $principal 'RunLevel'
    if ($level -ceq '') { $level = 'LeastPrivilege' }
    $settings = [ordered] @{}
    $found = Select-TaskNode $root @('Settings')
    foreach ($name in $script:TaskDefault.Keys) {
        $text = Get-TaskText $found $name
        if ($text -ceq '') { $text = $script:TaskDefault[$name] }
        $settings[$name] = ConvertTo-TaskLeaf $name $text
    }
    $triggers = Select-TaskNode $root @('Triggers')
    $actions = Select-TaskNode $root @('Actions')
    return [pscustomobject] @{
        triggers = @(if ($null -ne $triggers) { foreach ($node in $triggers.ChildNodes) { if ($node -is [Xml.XmlElement]) { ConvertTo-TaskTrigger $node } } })
        actions = @(if ($null -ne $actions) { foreach ($node in $actions.ChildNodes) { if ($node -is [Xml.XmlElement]) { ConvertTo-TaskAction $node } } })
        principal = [pscustomobject] @{
            user = (ConvertTo-TaskLeaf 'UserId' (Get-TaskText $principal 'UserId')); group = (Get-TaskText $principal 'GroupId')
            logon = (Get-TaskText $principal 'LogonType'); level = $level
        }
        settings = [pscustomobject] $settings
    }
}

function ConvertTo-TaskLeaf {
    # The text of one element: an account as its SID, a span of time in seconds, true and false as words.
    param([string] $Name, [string] $Text)
    $Text = $Text.Trim()
    if ($Name -ceq 'UserId' -and $Text -cne '' -and $Text -notmatch '^S-1-\d+(-\d+)+$') {
        $sid = Get-AccountSid $Text.Split('\')[-1]
        if ($null -ne $sid) { return $sid }
    }
    if (@('Delay', 'RandomDelay', 'Interval', 'Duration', 'ExecutionTimeLimit', 'WaitTimeout') -ccontains $Name -and $Text -cmatch '^-?P') {
        return [Xml.XmlConvert]::ToTimeSpan($Text).TotalSeconds.ToString('0', [Globalization.CultureInfo]::InvariantCulture)
    }
    if ($Text -ceq '1' -and $Name -ceq 'Enabled') { return 'true' }
    if ($Text -ceq '0' -and $Name -ceq 'Enabled') { return 'false' }
    return $Text
}

function ConvertTo-TaskTrigger {
    param([Xml.XmlElement] $Node)
    $lines = @(Get-TaskLine $Node '' | Where-Object {
            @('/Enabled=true', '/Delay=0', '/RandomDelay=0', '/Repetition/StopAtDurationEnd=false', '/ScheduleByDay/DaysInterval=1') -cnotcontains $_ })
    # A daily trigger counts from its first day on: which day that was does not matter once it has come.
    $start = Get-TaskText $Node 'StartBoundary'
    $daily = Select-TaskNode $Node @('ScheduleByDay')
    if ($null -ne $daily -and $start -cmatch '^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$') {
        $today = (Get-LocalTime).ToString('yyyy-MM-dd', [Globalization.CultureInfo]::InvariantCulture)
        $time = $Matches[2]
        if ([string]::CompareOrdinal($Matches[1], $today) -le 0) {
            $lines = @($lines | ForEach-Object { if ($_ -clike '/StartBoundary=*') { "/StartBoundary=$time" } else { $_ } })
        }
    }
    return [pscustomobject] @{ type = $Node.LocalName; lines = @($lines | Sort-Object) }
}

function Get-TaskLine {
    # Each leaf below an element as /path=text, and each element that holds nothing.
    param([Xml.XmlElement] $Node, [string] $Path)
    foreach ($child in $Node.ChildNodes) {
        if ($child -isnot [Xml.XmlElement]) { continue }
        $inner = @($child.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] })
        if ($inner.Length -gt 0) { "$Path/$($child.LocalName)"; Get-TaskLine $child "$Path/$($child.LocalName)" }
        elseif ($child.LocalName -clike 'ScheduleBy*') { "$Path/$($child.LocalName)" }
        else { "$Path/$($child.LocalName)=$(ConvertTo-TaskLeaf $child.LocalName $child.InnerText)" }
    }
}

function ConvertTo-TaskAction {
    param([Xml.XmlElement] $Node)
    if ($Node.LocalName -cne 'Exec') { return [pscustomobject] @{ type = $Node.LocalName; lines = @(Get-TaskLine $Node '') } }
    # By hand one types "shutdown": programs of System32 are found by their names.
    $command = (Get-TaskText $Node 'Command').Trim('"').ToLowerInvariant() -replace '^(%windir%|%systemroot%|[a-z]:\\windows)\\system32\\', ''
    return [pscustomobject] @{
        type = 'Exec'
        command = ($command -replace '\.exe$', '')
        arguments = ((Get-TaskText $Node 'Arguments') -replace '\s+', ' ')
        folder = (Get-TaskText $Node 'WorkingDirectory')
    }
}

function Get-TaskDailyTime {
    # HH:MM of a task with one daily trigger that is on; $null of any other.
    param([string] $Xml)
    $triggers = Select-TaskNode (Read-TaskXml $Xml).DocumentElement @('Triggers')
    if ($null -eq $triggers) { return $null }
    $all = @($triggers.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] })
    if ($all.Length -ne 1 -or $null -eq (Select-TaskNode $all[0] @('ScheduleByDay'))) { return $null }
    if ((ConvertTo-TaskLeaf 'Enabled' (Get-TaskText $all[0] 'Enabled')) -ceq 'false') { return $null }
    if ((Get-TaskText $all[0] 'StartBoundary') -cmatch 'T(\d\d:\d\d):\d\d$') { return $Matches[1] }
    return $null
}

# The Windows Time service: which server it asks, and that it runs on a PC outside a domain, where by default it is
# stopped after each start of Windows (support.microsoft.com KB2385818; the triggers are its second way out).

$script:TimeParameters = 'SYSTEM\CurrentControlSet\Services\W32Time\Parameters'
$script:TimeClient = 'SYSTEM\CurrentControlSet\Services\W32Time\TimeProviders\NtpClient'
$script:TimePolicy = 'SOFTWARE\Policies\Microsoft\W32Time\Parameters'
$script:TimeServers = 'SOFTWARE\Microsoft\Windows\CurrentVersion\DateTime\Servers'
$script:TimePolicyText = 'グループ ポリシーがタイムサーバーを決めていて、この設定より優先されます。ポリシーを配布している管理者に確かめてください。'
# SERVICE_TRIGGER: when the first address arrives, start; when the last one goes, stop.
$script:TimeTriggers = @(
    [pscustomobject] @{ type = 2; action = 1; subtype = '4f27f2de-14e2-430b-a549-7cd48cbc8245'; data = @() }
    [pscustomobject] @{ type = 2; action = 2; subtype = 'cc4ba62a-162e-4648-847a-b6bdf993e335'; data = @() }
)

Register-Kind 'time' -Format 1 -Sometimes 'policy' -Get {
    param($Target)
    $service = Read-ServiceStart -Name $Target.service
    $peers = Read-TimeText $script:TimeParameters 'NtpServer'
    $client = Read-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled'
    $state = [ordered] @{
        server = Get-TimePeer $peers
        type = Read-TimeText $script:TimeParameters 'Type'
        automatic = Test-TimeAutomatic $service
        peers = $peers
        client = $null
        servers = $null
        selected = $null
        start = $service.start
        delayed = $service.delayed
        triggers = @($service.triggers)
    }
    if ($null -ne $client) { $state.client = $client.data }
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    if ($null -ne $list) {
        $state.servers = @($list | Where-Object { $_.name -cne '' } | ForEach-Object { [pscustomobject] @{ name = $_.name; host = [string] $_.data } })
        $state.selected = @($list | Where-Object { $_.name -ceq '' } | ForEach-Object { [string] $_.data }) | Select-Object -First 1
    }
    $policy = Get-TimePolicy
    if ($null -ne $policy) {
        $state.policy = $policy
        $state.message = $script:TimePolicyText
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    $wanted = $State
    if ($null -eq (Get-Field $State 'start')) { $State = Get-TimeGoal $Target $State }
    Write-TimeText $script:TimeParameters 'NtpServer' $State.peers
    Write-TimeText $script:TimeParameters 'Type' $State.type
    if ($null -eq $State.client) { Clear-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled' }
    else { Write-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled' -Type 'DWord' -Data $State.client }
    Write-TimeServer $State
    Write-ServiceStart -Name $Target.service -StartType $State.start -Delayed $State.delayed -Trigger @($State.triggers)
    if ($State.start -eq 4) { Stop-Service -Name $Target.service -Force; return }
    if ($State.start -eq 2) { Start-Service -Name $Target.service }
    if ([string] (Get-Service -Name $Target.service).Status -ceq 'Running') {
        $code = Invoke-TimeConfig
        if ($code -ne 0) { throw "w32tm がエラーを返しました: $code" }
        # Without a line there is nobody to ask yet; whether the clock is right is another step's question.
        $null = Invoke-TimeResync
    }
    # Written all the same: it holds once the policy is gone.
    if ($null -eq (Get-Field $wanted 'start') -and -not (Test-TimePolicy $wanted (Get-TimePolicy))) { throw $script:TimePolicyText }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'start')) { return (Test-Wanted $Wanted $Found) }
    if ($Found.server -ne $Wanted.server -or $Found.type -ne $Wanted.type -or $Found.automatic -ne $Wanted.automatic) { return $false }
    if ($null -ne $Found.client -and $Found.client -eq 0) { return $false }
    return (Test-TimePolicy $Wanted (Get-Field $Found 'policy'))
}

function Get-TimePolicy {
    # What a group policy says of peers and type; $null without one. It wins over the service's own parameters.
    $policy = [ordered] @{}
    foreach ($pair in @(@('peers', 'NtpServer'), @('type', 'Type'))) {
        $forced = Read-TimeText $script:TimePolicy $pair[1]
        if ($null -ne $forced) { $policy[$pair[0]] = $forced }
    }
    if ($policy.Count -eq 0) { return $null }
    return [pscustomobject] $policy
}

function Test-TimePolicy {
    # Whether a policy, if any, wants the same.
    param([object] $Wanted, [object] $Policy)
    $peers = Get-Field $Policy 'peers'
    if ($null -ne $peers -and (Get-TimePeer $peers) -ne $Wanted.server) { return $false }
    $type = Get-Field $Policy 'type'
    return ($null -eq $type -or $type -eq $Wanted.type)
}

function Read-TimeText {
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { return $null }
    return [string] $entry.data
}

function Write-TimeText {
    param([string] $Key, [string] $Name, [object] $Text)
    if ($null -eq $Text) { Clear-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name }
    else { Write-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name -Type 'String' -Data $Text }
}

function Get-TimePeer {
    # The host of a list of peers that holds one, asked as a client (flag 8) or at an interval (1) and not only in need (2).
    param([string] $Peers)
    $all = @($Peers -split '\s+' | Where-Object { $_ -cne '' })
    if ($all.Length -ne 1) { return $null }
    $parts = $all[0].Split(',')
    $flags = 0
    if ($parts.Length -eq 2 -and $parts[1] -match '^0x([0-9a-fA-F]{1,4})$') { $flags = [Convert]::ToInt32($Matches[1], 16) }
    if (($flags -band 9) -eq 0 -or ($flags -band 2) -ne 0) { return $null }
    return $parts[0].ToLowerInvariant()
}

function Test-TimeAutomatic {
    # Started with Windows, and not stopped again because the PC is in no domain (trigger type 3, action 2).
    param([object] $Service)
    return ($Service.start -eq 2 -and @($Service.triggers | Where-Object { $_.type -eq 3 -and $_.action -eq 2 }).Length -eq 0)
}

function Get-TimeGoal {
    # The whole state that a plan's wish comes to on this PC.
    param([object] $Target, [object] $Wanted)
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    $servers = @($list | Where-Object { $null -ne $_ -and $_.name -cne '' } | ForEach-Object { [pscustomobject] @{ name = $_.name; host = [string] $_.data } })
    # The control panel's list: a number for each host, and the number of the chosen one.
    $same = @($servers | Where-Object { $_.host -eq $Wanted.server -and $_.name -match '^\d+$' })
    if ($same.Length -gt 0) { $selected = $same[0].name }
    else {
        $numbers = @($servers | Where-Object { $_.name -match '^\d{1,6}$' } | ForEach-Object { [int] $_.name }) + 0
        $selected = [string] (($numbers | Measure-Object -Maximum).Maximum + 1)
        $servers += [pscustomobject] @{ name = $selected; host = $Wanted.server }
    }
    $client = Read-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled'
    $enabled = $null
    if ($null -ne $client) { $enabled = 1 }
    $service = Read-ServiceStart -Name $Target.service
    return [pscustomobject] @{
        peers = "$($Wanted.server),0x9"; type = $Wanted.type; client = $enabled; servers = $servers; selected = $selected
        start = 2; delayed = $service.delayed; triggers = $script:TimeTriggers
    }
}

function Write-TimeServer {
    # Makes the control panel's list exactly that of the state.
    param([object] $State)
    $wanted = @(Get-Field $State 'servers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    foreach ($value in $list) {
        if ($value.name -cne '' -and @($wanted | ForEach-Object { $_.name }) -notcontains $value.name) { Clear-RegistryEntry -Hive 'HKLM' -Key $script:TimeServers -Name $value.name }
    }
    foreach ($server in $wanted) { Write-RegistryEntry -Hive 'HKLM' -Key $script:TimeServers -Name $server.name -Type 'String' -Data $server.host }
    Write-TimeText $script:TimeServers '' $State.selected
    if ($null -eq $State.servers) { $null = Clear-EmptyRegistryKey -Hive 'HKLM' -Key $script:TimeServers }
}

# A code that a person reads from paper or from a screen, typed here and compared: guided. Once it was right it is not
# asked for again for this bundle; the journal remembers it as confirmed.

$script:TypedCode = @{}

Register-Kind 'typed-code' -Format 1 -Get {
    param($Target)
    $code = Get-TypedCode $Target.asks
    if ($null -eq $code) { return [pscustomobject] @{ unknown = "まだ入力されていません: $($Target.asks)" } }
    return [pscustomobject] @{ code = $code }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found -and $Found.code -ceq $Wanted.code)
} -Ask {
    param($Target, $Wanted)
    $answer = Read-Answer "$($Target.asks)を入力してください（後で行う場合は s）: "
    if ($answer -ieq 's') { return $answer }
    $code = ConvertTo-TypedCode $answer
    if ($code -ceq '') { return '' }
    $script:TypedCode[$Target.asks] = $code
    if ($code -ceq $Wanted.code) { Save-TypedCode $Target.asks $code }
    else { Write-Line "入力されたコードが違います。この端末に決められたコードは $($Wanted.code) です。違うままなら、作業を止めて確かめてください。" }
}

function ConvertTo-TypedCode {
    # Without the blanks and hyphens that paper has between groups of digits.
    param([string] $Text)
    return ($Text -replace '[\s\u2010-\u2015\u2212\u30fc-]', '')
}

function Get-TypedCodeMark {
    param([string] $Asks)
    return "typed-code $Asks "
}

function Save-TypedCode {
    # For this pass, and for later ones of this bundle.
    param([string] $Asks, [string] $Code)
    $script:TypedCode[$Asks] = $Code
    Add-JournalEntry $script:Current.journal ([ordered] @{ event = 'confirmed'; bundle = $script:Current.bundle; step = "$(Get-TypedCodeMark $Asks)$Code" })
}

function Get-TypedCode {
    # What was typed in this pass, or was right in an earlier one; $null where nothing was.
    param([string] $Asks)
    if ($script:TypedCode.ContainsKey($Asks)) { return $script:TypedCode[$Asks] }
    $mark = "$($script:Current.bundle) $(Get-TypedCodeMark $Asks)"
    $typed = @($script:Current.journal.confirmed.Keys | Where-Object { $_.StartsWith($mark, [StringComparison]::Ordinal) } | ForEach-Object { $_.Substring($mark.Length) } | Sort-Object)
    if ($typed.Length -eq 0) { return $null }
    return $typed[-1]
}

# Updating with the 配信アプリケーション: download, wait, restart, at most three times (distro-check P.8, almex ⑪). A person
# presses the buttons; the journal remembers each answer, so that the same launcher goes on after a restart.
#
#   confirmed: "<step> <number>: <round> <answer> <boot>"; answer is restart, clean, probably-clean or not-converged.
#   A not-converged cycle begins again at the next start of the launcher.

$script:UpdateRounds = 3
$script:UpdateTries = 5
$script:UpdateAnswer = @{ '1' = '未適用更新ファイルなし'; '2' = '定期実行待ち'; '3' = '再起動待ち'; '4' = 'ダウンロード中'; '5' = '停止中' }

Register-Kind 'update-cycle' -Format 1 -Get {
    param($Target)
    $last = Get-UpdateRound $Target
    if ($null -eq $last) { return [pscustomobject] @{ unknown = 'まだ行っていません。' } }
    if ($last.answer -ceq 'restart') { return [pscustomobject] @{ unknown = "更新の途中です（$($last.round) 回目の再起動まで）。「1_適用」をもう一度開くと続きから進みます。" } }
    $said = '3 回繰り返しても未適用の更新が残っています（NOT_CONVERGED）。この後の「接続失敗のとき」の項目を確かめ、解消しなければ連絡先に相談してください。'
    if ($last.answer -ceq 'not-converged') { return [pscustomobject] @{ state = $last.answer; rounds = $last.round; message = $said } }
    if ($last.answer -ceq 'clean') { return [pscustomobject] @{ state = $last.answer; rounds = $last.round } }
    # One paper takes the regular run for the end, the other does not.
    $said = 'おそらく完了です（PROBABLY_CLEAN）。「最新版との一致」で、未適用の更新が残っていないことを確かめてください。'
    return [pscustomobject] @{ state = $last.answer; rounds = $last.round; warning = $said }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found -and @($Wanted.states) -ccontains $Found.state)
} -Guide {
    param($Step, $Run)
    $last = Get-UpdateRound $Step.target
    $round = 1
    if ($null -ne $last) {
        if ($last.answer -ceq 'restart' -and $last.boot -ceq $Run.boot) { return Get-StepResult $Step -Status 'restart' -Found $null -Message 'Windows を再起動してください。再起動の後、更新の続きを行います。' }
        if (@('clean', 'probably-clean') -ccontains $last.answer) { return Invoke-VerifyStep $Step $Run }
        if ($last.answer -ceq 'restart') { $round = $last.round + 1 }
    }
    Show-Guidance $Step
    Write-Line "更新の $round 回目です（最大 $script:UpdateRounds 回）。"
    $answer = ''
    if (Test-UpdatePower $Step) { $answer = Read-UpdateAnswer $Step.target }
    if ($answer -ceq '') {
        $null = $Run.next.Add('again')
        return Get-StepResult $Step -Status 'manual' -Found $null -Message "後で行うことになっています（$round 回目）。"
    }
    if ($answer -ceq 'restart' -and $round -ge $script:UpdateRounds) { $answer = 'not-converged' }
    Add-JournalEntry $Run.journal ([ordered] @{
            event = 'confirmed'; bundle = $Run.bundle; step = "$(Get-UpdateName $Step.target)$(Get-UpdateCount $Step.target): $round $answer $($Run.boot)"
        })
    if ($answer -ceq 'restart') { return Get-StepResult $Step -Status 'restart' -Found $null -Message "更新の $round 回目が済みました。Windows を再起動してください。" }
    return Invoke-VerifyStep $Step $Run
}

function Get-UpdateName {
    param([object] $Target)
    return "update-cycle $($Target.application) "
}

function Get-UpdateNote {
    # What the journal holds of this cycle, by its number.
    param([object] $Target)
    $prefix = "$($script:Current.bundle) $(Get-UpdateName $Target)"
    $notes = @{}
    foreach ($key in @($script:Current.journal.confirmed.Keys)) {
        if (-not $key.StartsWith($prefix, [StringComparison]::Ordinal)) { continue }
        if ($key.Substring($prefix.Length) -cmatch '^(\d+): (\d+) ([a-z-]+) (.*)$') {
            $notes[[int] $Matches[1]] = [pscustomobject] @{ round = [int] $Matches[2]; answer = $Matches[3]; boot = $Matches[4] }
        }
    }
    return $notes
}

function Get-UpdateCount {
    param([object] $Target)
    return (Get-UpdateNote $Target).Count
}

function Get-UpdateRound {
    # The last answer; $null before the first.
    param([object] $Target)
    $notes = Get-UpdateNote $Target
    if ($notes.Count -eq 0) { return $null }
    return $notes[$notes.Count - 1]
}

function Test-UpdatePower {
    # The 配信アプリケーション does not work on battery (almex ⑪). False where the person would rather go on later.
    param([object] $Step)
    for ($try = 1; $try -le $script:UpdateTries; $try++) {
        if ((Get-PowerLine) -ne 0) { return $true }
        Write-Line 'バッテリーで動いています（ON_BATTERY）。AC アダプターをつながないと、配信アプリケーションは動きません。'
        if ((Read-Answer 'つないだら Enter、後で行う場合は s と Enter を押してください: ') -ieq 's') { return $false }
    }
    return $false
}

function Read-UpdateAnswer {
    # What the round ended with: restart, clean or probably-clean; empty where it is left for later.
    param([object] $Target)
    Write-Line '終わったときの Status の表示を、次の番号で答えてください。'
    Write-Line '　1: 未適用更新ファイルなし　2: サーバー接続の定期実行待ち　3: 再起動待ち'
    Write-Line '　4: ダウンロード中・アップデート中　5: 停止中・サーバー接続待ち・そのほか'
    for ($try = 1; $try -le $script:UpdateTries; $try++) {
        $answer = Read-Answer '番号（Enter: 配信実績のファイルから読む、s: 後で行う）: '
        if ($answer -ieq 's') { return '' }
        if ($script:UpdateAnswer.ContainsKey($answer)) { $status = ConvertTo-UpdateStatus $script:UpdateAnswer[$answer] }
        elseif ($answer -cne '') { Write-Line '1 から 5 の番号か、s を入力してください。'; continue }
        else {
            $status = Get-State 'distribution-record' ([pscustomobject] @{ path = $Target.record; part = 'status' })
            if ($null -ne (Get-Field $status 'unknown')) { Write-Line $status.unknown; continue }
        }
        Write-Line $status.message
        if (@('restart', 'clean', 'probably-clean') -ccontains $status.state) { return $status.state }
    }
    return ''
}

# Errors that Windows Update reported in the last seven days, counted by level: their texts are localized.

Register-Kind 'update-errors' -Format 1 -Get {
    param($Target)
    $filter = @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-WindowsUpdateClient'; Level = 2; StartTime = (Get-LocalTime).AddDays(-7) }
    try { $events = @(Get-WinEvent -FilterHashtable $filter) }
    catch {
        # No such event is an error of this command.
        if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound,*') { throw }
        $events = @()
    }
    return [pscustomobject] @{ recentErrors = $events.Length }
}

# Whether Windows Update works by itself: with the policy at NoAutoUpdate = 1, Settings says that the organization turned it off.

Register-Kind 'update-mode' -Format 1 -Get {
    param($Target)
    $state = [ordered] @{ mode = 'automatic'; NoAutoUpdate = $null; AUOptions = $null }
    foreach ($name in 'NoAutoUpdate', 'AUOptions') {
        $entry = Read-RegistryEntry -Hive 'HKLM' -Key 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU' -Name $name
        if ($null -ne $entry -and $entry.type -ceq 'DWord') { $state[$name] = $entry.data }
    }
    if ($state.NoAutoUpdate -eq 1) { $state.mode = 'manual' }
    return [pscustomobject] $state
}

# Whether now is a time at which Windows Update is recommended: weekdays from 19:00, Saturday from noon, Sunday.

Register-Kind 'update-window' -Format 1 -Get {
    param($Target)
    $now = Get-LocalTime
    $from = 19
    if ($now.DayOfWeek -eq [DayOfWeek]::Saturday) { $from = 12 }
    if ($now.DayOfWeek -eq [DayOfWeek]::Sunday) { $from = 0 }
    # By day nothing is wrong yet: whether the update will be run at a good time is not known.
    if ($now.Hour -lt $from) { return [pscustomobject] @{ unknown = '今は推奨する時間帯ではありません。平日は 19 時以降、土曜は午後、日曜は終日に行ってください。' } }
    return [pscustomobject] @{ recommended = $true }
}

# Updates that Windows still has to install, as of its last search: to search anew takes minutes, and is the person's to do.

$script:UpdateSearchHours = 24

Register-Kind 'updates' -Format 1 -Get {
    param($Target)
    $found = Read-PendingUpdate
    if ($null -eq $found) { return [pscustomobject] @{ unknown = 'Windows Update の結果を読めません。「更新プログラムのチェック」を行ってください。' } }
    if ($null -eq $found.searched -or ((Get-LocalTime) - $found.searched).TotalHours -gt $script:UpdateSearchHours) {
        return [pscustomobject] @{ unknown = 'この24時間に、更新プログラムのチェックが終わっていません。回線がつながっているときに「更新プログラムのチェック」を行ってください。' }
    }
    $state = [ordered] @{ pending = $found.pending; restart = $found.restart }
    if ($found.restart) { $state.message = '更新のために再起動が必要です。再起動して、もう一度チェックしてください。' }
    elseif ($found.pending -gt 0) { $state.message = "インストールしていない更新プログラムが $($found.pending) 件あります。" }
    return [pscustomobject] $state
}

# How long ago Windows was started.

Register-Kind 'uptime' -Format 1 -Get {
    param($Target)
    return [pscustomobject] @{ hours = [int] [math]::Floor((Get-UptimeMinute) / 60) }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.hours -lt $Wanted.maximumHours)
}

# The person's languages and region. To take another culture also sets its formats of dates and numbers, which are text values
# of one key: they are kept, to be put back.

$script:InternationalKey = 'Control Panel\International'

Register-Kind 'user-locale' -Format 1 -Get {
    param($Target)
    $formats = [ordered] @{}
    $values = Read-RegistryKey -Hive 'HKCU' -Key $script:InternationalKey
    foreach ($value in @($values | Where-Object { $null -ne $_ -and $_.type -ceq 'String' })) { $formats[$value.name] = [string] $value.data }
    $nation = Read-RegistryEntry -Hive 'HKCU' -Key "$($script:InternationalKey)\Geo" -Name 'Nation'
    $location = 0
    if ($null -ne $nation -and [string] $nation.data -match '^\d+$') { $location = [int] $nation.data }
    return [pscustomobject] @{ culture = [string] $formats['LocaleName']; location = $location; languages = (Read-LanguageList); formats = [pscustomobject] $formats }
} -Set {
    param($Target, $State)
    $found = Get-State 'user-locale' $Target
    $formats = Get-Field $State 'formats'
    if ($null -ne $formats) { $languages = @($State.languages) }
    else {
        $first = [pscustomobject] @{ tag = $State.language; methods = @() }
        $languages = @($first) + @($found.languages | Where-Object { -not (Test-LanguageTag $State.language $_.tag) })
        foreach ($language in @($found.languages)) { if (Test-LanguageTag $State.language $language.tag) { $languages[0] = $language } }
    }
    if ($languages.Length -gt 0 -and -not (Test-Same $languages @($found.languages))) { Write-LanguageList -Language $languages }
    # Windows may let the formats follow the first language: they come last.
    $found = Get-State 'user-locale' $Target
    if ($found.location -ne $State.location) { Write-HomeLocation -Id $State.location }
    if ($found.culture -cne $State.culture) { Write-UserCulture -Name $State.culture }
    if ($null -ne $formats) { Restore-RegionFormat $formats }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'formats')) {
        return ((Test-Same $Wanted.formats $Found.formats) -and (Test-Same $Wanted.languages $Found.languages) -and $Wanted.location -eq $Found.location)
    }
    if ($Found.culture -cne $Wanted.culture -or $Found.location -ne $Wanted.location) { return $false }
    return (@($Found.languages).Length -gt 0 -and (Test-LanguageTag $Wanted.language $Found.languages[0].tag))
}

function Test-LanguageTag {
    # "ja" and "ja-JP" are one language.
    param([string] $Language, [string] $Tag)
    return ($Tag -ieq $Language -or $Tag.StartsWith("$Language-", [StringComparison]::OrdinalIgnoreCase))
}

function Restore-RegionFormat {
    # The text values of the key exactly as they were.
    param([object] $Formats)
    $names = @(Get-FieldName $Formats)
    $values = Read-RegistryKey -Hive 'HKCU' -Key $script:InternationalKey
    $now = @{}
    foreach ($value in @($values | Where-Object { $null -ne $_ -and $_.type -ceq 'String' })) {
        $now[$value.name] = [string] $value.data
        if ($names -cnotcontains $value.name) { Clear-RegistryEntry -Hive 'HKCU' -Key $script:InternationalKey -Name $value.name }
    }
    foreach ($name in $names) {
        $text = [string] (Get-Field $Formats $name)
        if (-not $now.ContainsKey($name) -or $now[$name] -cne $text) { Write-RegistryEntry -Hive 'HKCU' -Key $script:InternationalKey -Name $name -Type 'String' -Data $text }
    }
}

# A local account of this PC. An account that is there keeps its password: resetting it would cut the person off from
# their own encrypted data (credentials, certificates).

Register-Kind 'user' -Format 1 -Sometimes 'name' -Get {
    param($Target)
    $user = Find-LocalAccount $Target.name
    if ($null -eq $user) { return $null }
    return Get-LocalAccountState $Target.name $user
} -Set {
    param($Target, $State)
    $user = Find-LocalAccount $Target.name
    if ($null -eq $State) {
        if ($null -ne $user) { Remove-LocalUser -SID $user.SID }
        return
    }
    if ($null -eq $user) {
        if ($null -ne (Get-Field $State 'sid')) { throw "元のユーザー $($Target.name) は削除されているため、元に戻せません。" }
        $user = New-LocalUser -Name $Target.name -Password (Get-Secret $Target.name) -PasswordNeverExpires -AccountNeverExpires
    }
    if ($user.Name -cne $Target.name) {
        if ($null -ne (Get-Field $State 'name')) { return }
        throw (Get-LocalAccountCaseText $Target.name $user.Name)
    }
    if ($null -eq (Get-Field $State 'sid') -and -not $State.administrator) {
        $reason = Get-StandardUserObstacle $user
        if ($reason) { throw $reason }
    }
    Edit-LocalAccount $user $State
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -eq (Get-Field $Wanted 'sid')) {
        if ($null -ne (Get-Field $Found 'name') -or -not $Found.users -or $null -ne $Found.accountExpires) { return $false }
    }
    return (Test-Wanted $Wanted $Found)
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Found) { return $null }
    $removes = $null -eq $Before
    $weakens = $removes -or ($Found.enabled -and -not $Before.enabled) -or ($Found.administrator -and -not $Before.administrator)
    if (-not $weakens) { return $null }
    $reason = Get-LocalAccountObstacle $Target.name $Found.sid
    if ($reason) { return [pscustomobject] @{ state = $Found; reason = $reason } }
    if ($removes -and (Test-LocalAccountProfile $Found.sid)) {
        $state = [pscustomobject] @{
            enabled = $false; administrator = $Found.administrator; passwordNeverExpires = $Found.passwordNeverExpires
            users = $Found.users; accountExpires = $Found.accountExpires; sid = $Found.sid
        }
        return [pscustomobject] @{
            state = $state
            reason = "ユーザー $($Target.name) はサインインしたことがあり、データが残っています。削除せずに無効にします。不要なら、データを確かめてから手で削除してください。"
        }
    }
    return $null
} -Secret {
    param($Target, $State, $Found)
    if ($null -ne $State -and $null -eq (Get-Field $State 'sid') -and $null -eq $Found) { return $Target.name }
}

function Find-LocalAccount {
    # Not by -Name, which reads wildcards.
    param([string] $Name)
    $found = @(Get-LocalUser | Where-Object { $_.Name -eq $Name })
    if ($found.Length -eq 0) { return $null }
    return $found[0]
}

function Get-LocalAccountState {
    param([string] $Name, [object] $User)
    $sid = [string] $User.SID
    $expires = $null
    if ($null -ne $User.AccountExpires) {
        $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
        $expires = [long] [math]::Floor((([DateTime] $User.AccountExpires).ToUniversalTime() - $epoch).TotalSeconds)
    }
    $state = [ordered] @{
        enabled = [bool] $User.Enabled
        administrator = ((Get-GroupMember -Sid 'S-1-5-32-544') -contains $sid)
        passwordNeverExpires = ($null -eq $User.PasswordExpires)
        users = ((Get-GroupMember -Sid 'S-1-5-32-545') -contains $sid)
        accountExpires = $expires
        sid = $sid
    }
    if ($User.Name -cne $Name) {
        $state.name = [string] $User.Name
        $state.message = Get-LocalAccountCaseText $Name $User.Name
    }
    return [pscustomobject] $state
}

function Get-LocalAccountCaseText {
    # The applications compare the name letter by letter, and a renamed account would keep a profile folder of the old name.
    param([string] $Wanted, [string] $Actual)
    return "大文字・小文字だけが違うユーザー「$Actual」があります。名前は「$Wanted」でなければなりません。「$Actual」のデータを確かめてから削除するか、名前を「$Wanted」に変えて、もう一度実行してください。"
}

function Edit-LocalAccount {
    param([object] $User, [object] $State)
    $sid = [string] $User.SID
    $found = Get-LocalAccountState $User.Name $User
    if ($State.passwordNeverExpires -ne $found.passwordNeverExpires) { Set-LocalUser -SID $sid -PasswordNeverExpires $State.passwordNeverExpires }
    $isFound = $null -ne (Get-Field $State 'sid')
    $expires = Get-Field $State 'accountExpires'
    if ($null -eq $expires) { if ($null -ne $found.accountExpires) { Set-LocalUser -SID $sid -AccountNeverExpires } }
    elseif ($expires -ne $found.accountExpires) {
        $epoch = New-Object DateTime(1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))
        Set-LocalUser -SID $sid -AccountExpires $epoch.AddSeconds($expires).ToLocalTime()
    }
    $users = $true
    if ($isFound) { $users = $State.users }
    # Membership of Users first: an account that is in no group at all cannot sign in.
    foreach ($pair in @(@('S-1-5-32-545', $users, $found.users), @('S-1-5-32-544', $State.administrator, $found.administrator))) {
        if ($pair[1] -and -not $pair[2]) { Add-LocalGroupMember -SID $pair[0] -Member $sid }
        if (-not $pair[1] -and $pair[2]) { Remove-LocalGroupMember -SID $pair[0] -Member $sid }
    }
    if ($State.enabled -and -not $found.enabled) { Enable-LocalUser -SID $sid }
    if (-not $State.enabled -and $found.enabled) { Disable-LocalUser -SID $sid }
}

function Get-StandardUserObstacle {
    # Why an existing account must not become a standard user for other computers; empty when it may.
    param([object] $User)
    $sid = [string] $User.SID
    # Windows' own accounts, whatever they are called: Administrator, Guest, DefaultAccount, WDAGUtilityAccount.
    if ($sid -cmatch '-50[0-4]$') { return "$($User.Name) は Windows が使うアカウントです。専用の標準アカウントを決めて、一式を作り直してください。" }
    if ((Get-GroupMember -Sid 'S-1-5-32-544') -cnotcontains $sid) { return '' }
    # Whoever works at this PC as an administrator would lose that; nobody who only comes over the network does.
    if ((Test-OwnSession $sid) -or (Test-LocalAccountProfile $sid)) {
        return "$($User.Name) は、このPCにサインインして使われている管理者です。専用の標準アカウントを決めて、一式を作り直してください。"
    }
    return ''
}

function Test-LocalAccountProfile {
    param([string] $Sid)
    $profiles = Get-ProfileFolder
    return (@($profiles | Where-Object { $_.sid -eq $Sid }).Length -gt 0)
}

function Get-LocalAccountObstacle {
    # Why taking rights from the account would be worse than leaving it; empty when it would not.
    param([string] $Name, [string] $Sid)
    if (Test-OwnSession $Sid) { return "いま $Name でサインインしているため、そのままにします。別の管理者でサインインしてから、もう一度実行してください。" }
    $administrators = Get-GroupMember -Sid 'S-1-5-32-544'
    $others = @(Get-LocalUser | Where-Object { $_.Enabled -and [string] $_.SID -ne $Sid -and $administrators -contains [string] $_.SID })
    if ($others.Length -eq 0 -and $administrators -contains $Sid) { return "$Name は有効な最後の管理者のため、そのままにします。先に別の管理者を用意してください。" }
    # One that only comes over the network does nobody's undoing.
    $works = $administrators -contains $Sid -or (Test-LocalAccountProfile $Sid)
    $open = @(Get-OpenUserJournal)
    if ($works -and $open.Length -gt 0) { return "まだ元に戻していない人（$($open -join '、')）がいるため、$Name をそのままにします。その人でサインインして 3_元に戻す を実行してから、もう一度実行してください。" }
    return ''
}

# A task that an application's installer brings as an XML file: registered as the file says, but for the account, which
# is another one on every PC, and where wanted for the delay of its triggers. The rest is as in the kind `task`.

# Triggers that can be delayed (task schema: the others have a random delay at most).
$script:TaskDelayed = 'BootTrigger', 'LogonTrigger', 'EventTrigger', 'RegistrationTrigger', 'SessionStateChangeTrigger'

Register-Kind 'vendor-task' -Format 1 -Get {
    param($Target)
    # What is to be undone is undone, whether the application is still there or not.
    if (-not (Test-Undoing) -and $null -eq (Find-VendorTaskFile $Target.file)) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.file)" } }
    $task = Read-Task -Path $Target.path -Name $Target.name
    if ($null -eq $task) { return $null }
    return [pscustomobject] @{ xml = (ConvertTo-TaskText $task.xml); enabled = $task.enabled; file = $Target.file }
} -Set {
    param($Target, $State)
    if ($null -eq $State) { Clear-Task -Path $Target.path -Name $Target.name; return }
    Write-TaskDocument $Target (Get-VendorTask $Target.file $State)
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if (Test-VendorTaskBefore $Wanted) { return (Test-TaskState $Wanted $Found) }
    $task = [pscustomobject] @{ xml = (Get-VendorTask $Found.file $Wanted).DocumentElement.OuterXml }
    if ($null -ne $Wanted.delay) { return (Test-TaskState $task $Found) }
    # A delay that somebody has put in does no harm: the manual itself asks for it where updates get stuck.
    return (Test-TaskState (ConvertTo-UndelayedTask $task) (ConvertTo-UndelayedTask $Found))
} -Secret {
    param($Target, $State, $Found)
    if ($null -eq $State) { return }
    if (Test-VendorTaskBefore $State) { return (Get-TaskSecretName (Read-TaskXml $State.xml)) }
    return (Get-TaskSecretName (Get-VendorTask $Target.file $State))
}

function Test-VendorTaskBefore {
    # Whether it is what was there before, rather than what is wanted.
    param([object] $State)
    return ($null -ne (Get-Field $State 'xml'))
}

function Get-VendorTask {
    # The task as it is to be registered.
    param([string] $File, [object] $State)
    if (Test-VendorTaskBefore $State) {
        $document = Read-TaskXml $State.xml
        Resolve-TaskAccount $document
        return , $document
    }
    $document = Read-VendorTaskFile $File
    Resolve-VendorTaskAccount $document $State.account
    if ($null -ne $State.delay) { Add-TaskDelay $document $State.delay }
    return , $document
}

function Find-VendorTaskFile {
    # The file; one manual spells "delfile" as "delfine" in one place. $null where there is none.
    param([string] $Path)
    foreach ($name in $Path, ($Path -replace 'delfile', 'delfine')) { if (Test-FilePresence -Path $name) { return $name } }
    return $null
}

function Read-VendorTaskFile {
    param([string] $Path)
    $file = Find-VendorTaskFile $Path
    if ($null -eq $file) { throw "ファイルがありません: $Path" }
    Assert-TrustedFile $file
    try {
        $document = ConvertFrom-TaskByte (Read-FileByte -Path $file)
        if ($document.DocumentElement.LocalName -cne 'Task') { throw 'Task' }
    }
    catch { throw "タスクの定義として読めません: $file" }
    return , $document
}

function ConvertFrom-TaskByte {
    # XML by its byte order mark, else by its prolog. Nothing outside the file is read, and no entity is expanded.
    param([byte[]] $Bytes)
    $start = [BitConverter]::ToString($Bytes, 0, [Math]::Min(2, $Bytes.Length))
    $prolog = [Text.Encoding]::GetEncoding(28591).GetString($Bytes, 0, [Math]::Min(200, $Bytes.Length))
    $encoding = New-Object Text.UTF8Encoding($false, $true)
    if (@('FF-FE', '3C-00') -ccontains $start) { $encoding = [Text.Encoding]::Unicode }
    elseif (@('FE-FF', '00-3C') -ccontains $start) { $encoding = [Text.Encoding]::BigEndianUnicode }
    elseif ($prolog -match '^<\?xml[^>]*encoding\s*=\s*["''](shift_jis|windows-31j|cp932|ms932)["'']') { $encoding = [Text.Encoding]::GetEncoding(932) }
    $text = $encoding.GetString($Bytes).TrimStart([char] 0xfeff) -replace '^\s*<\?xml[^>]*\?>', ''
    $settings = New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = [Xml.DtdProcessing]::Prohibit
    $settings.XmlResolver = $null
    $settings.MaxCharactersInDocument = 1000000
    $reader = [Xml.XmlReader]::Create((New-Object IO.StringReader($text)), $settings)
    try {
        $document = New-Object Xml.XmlDocument
        $document.XmlResolver = $null
        $document.Load($reader)
        return , $document
    }
    finally { $reader.Dispose() }
}

function Resolve-VendorTaskAccount {
    # The account in the place of whoever made the file: setup P.34 has it chosen by hand, and its password given.
    param([Xml.XmlDocument] $Document, [string] $Account)
    $sid = Get-AccountSid $Account
    if ($null -eq $sid) { throw "ユーザー $Account がこの PC にありません。" }
    $principal = Select-TaskNode $Document.DocumentElement @('Principals', 'Principal')
    if ($null -eq $principal) { throw 'タスクの定義に、実行するユーザーの欄がありません。' }
    $group = Select-TaskNode $principal @('GroupId')
    if ($null -ne $group) { $null = $principal.RemoveChild($group) }
    foreach ($name in 'UserId', 'LogonType') {
        if ($null -eq (Select-TaskNode $principal @($name))) { $null = $principal.AppendChild($Document.CreateElement($name, $principal.NamespaceURI)) }
    }
    foreach ($node in @($Document.GetElementsByTagName('UserId'))) { $node.InnerText = $sid }
    $logon = Select-TaskNode $principal @('LogonType')
    if ($logon.InnerText.Trim() -ceq '') { $logon.InnerText = 'Password' }
}

function Add-TaskDelay {
    # Every trigger that can be delayed; the rest of it, Repetition above all, stays. Delay is the last of their elements.
    param([Xml.XmlDocument] $Document, [string] $Delay)
    $count = 0
    foreach ($trigger in @(Get-DelayedTrigger $Document)) {
        $node = Select-TaskNode $trigger @('Delay')
        if ($null -eq $node) { $node = $trigger.AppendChild($Document.CreateElement('Delay', $trigger.NamespaceURI)) }
        $node.InnerText = $Delay
        $count++
    }
    if ($count -eq 0) { throw '遅延時間を指定できるトリガーがありません。' }
}

function Get-DelayedTrigger {
    param([Xml.XmlDocument] $Document)
    $triggers = Select-TaskNode $Document.DocumentElement @('Triggers')
    if ($null -eq $triggers) { return }
    foreach ($node in $triggers.ChildNodes) { if ($script:TaskDelayed -ccontains $node.LocalName) { $node } }
}

function ConvertTo-UndelayedTask {
    # A task's state without the delays of its triggers.
    param([object] $State)
    $document = Read-TaskXml $State.xml
    foreach ($trigger in @(Get-DelayedTrigger $document)) {
        $node = Select-TaskNode $trigger @('Delay')
        if ($null -ne $node) { $null = $trigger.RemoveChild($node) }
    }
    return [pscustomobject] @{ xml = $document.DocumentElement.OuterXml; enabled = (Get-Field $State 'enabled') }
}

# The versions of the installed applications, each from the file in which it states its own.

Register-Kind 'versions' -Format 1 -Get {
    param($Target)
    $versions = New-Object Collections.Specialized.OrderedDictionary
    $missing = @()
    $stated = @()
    foreach ($application in @($Target.applications)) {
        $version = $null
        if (Test-FilePresence -Path $application.file) { $version = Read-FileVersion $application.file }
        else { $missing += @($application.name); continue }
        $versions[$application.name] = $version
        if ($null -eq $version) { $stated += @("$($application.name) は版が読めません（$($application.file)）") }
        else { $stated += @("$($application.name) $version") }
    }
    $said = "この PC の版: $($stated -join '、')"
    if ($missing.Length -gt 0) {
        if ($stated.Length -eq 0) { $said = '' }
        return [pscustomobject] @{ unknown = "まだ導入されていません: $($missing -join '、')。$said" }
    }
    return [pscustomobject] @{ versions = [pscustomobject] $versions; message = $said }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    foreach ($name in @(Get-FieldName $Wanted.minimum)) {
        $version = Get-Field $Found.versions $name
        if ($null -eq $version) { return $false }
        if ((ConvertTo-FileVersion $version) -lt (ConvertTo-FileVersion (Get-Field $Wanted.minimum $name))) { return $false }
    }
    return $true
}

# Edition and build of Windows, by the names that are the same in every language.

Register-Kind 'windows' -Format 1 -Get {
    param($Target)
    $release = Get-WindowsRelease
    return [pscustomobject] @{ edition = $release.edition; build = $release.build }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $editions = Get-Field $Wanted 'editions'
    if ($null -ne $editions -and @($editions) -cnotcontains $Found.edition) { return $false }
    $least = Get-Field $Wanted 'minimumBuild'
    $most = Get-Field $Wanted 'maximumBuild'
    return (($null -eq $least -or $Found.build -ge $least) -and ($null -eq $most -or $Found.build -le $most))
}

# The computer's default proxy of WinHTTP, which Windows Update and the applications' services use. Access: 1 none, 3 named.

Register-Kind 'winhttp' -Format 1 -Get {
    param($Target)
    $found = Read-WinHttpProxy
    return [pscustomobject] @{ access = $found.access; proxy = $found.proxy; bypass = $found.bypass }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'access')) {
        Write-WinHttpProxy -Access $State.access -Proxy $State.proxy -Bypass $State.bypass
        return
    }
    $found = Read-WinHttpProxy
    Write-WinHttpProxy -Access 3 -Proxy $State.server -Bypass (Join-ProxyBypass $State $found.bypass)
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    if ($null -ne (Get-Field $Wanted 'access')) { return (Test-Wanted $Wanted $Found) }
    if ($Found.access -ne 3) { return $false }
    return ((Test-ProxyServer $Wanted.server $Found.proxy) -and (Test-ProxyBypass $Wanted $Found.bypass))
}

$plan = @'
{
 "format": 1,
 "bundle": {
  "id": "50aa87ea3ffa7319ae7c139a07d53179",
  "tool": "oqsgen 0.1.0",
  "manual": "3.22",
  "terminal": "OQS-01",
  "mode": "update",
  "signed": true,
  "publisher": "01fab8cdaf4ef7899a51c1b51e431210dbab4cf880e6c6061936950d8773b606",
  "facility": {
   "code": "1419999053",
   "name": "横浜整形"
  },
  "vendor": null
 },
 "account": "OqsComApp",
 "staff": [],
 "windows": {
  "editions": [
   "IoTEnterpriseS",
   "EnterpriseS",
   "IoTEnterprise"
  ],
  "minimumBuild": 17763,
  "maximumBuild": 17763
 },
 "siblings": {
  "0_発行者を登録.cmd": "798a355a2e541e2f42fffc8fe3840e5fb4e4127a0bb409dd18159f4239141a14",
  "1_適用.cmd": "05908cc786c534d4919602d1ca449188193daaf43bfb8aab104ae834c2b88e00",
  "2_確認.cmd": "8517a4c13e3e9ca6fc9045aa08127e5439a6a691439818701aae362fc980a782",
  "3_元に戻す.cmd": "031642230e1cc43103396d1098933848738538c9ccea5e0a978e7cc8c2553c26",
  "launcher.txt": "fec90cbc5291ce626bdb6e2176af210488358cf568e2a45b2f53e9a14f5f631d",
  "publisher/publisher.cer": "01fab8cdaf4ef7899a51c1b51e431210dbab4cf880e6c6061936950d8773b606",
  "publisher/root.cer": "41d19b1194afaca5e68d85eb96ddf86c4afc1c253196e9468a120f731c927784",
  "tasks/定刻に再起動.xml": "6f7655777dee831bfe6bbc7604e2c51259a4572d64c7bb2b23244d25579f99c7",
  "チェックリスト.pdf": "5fc06c90a8c3ad59e04648f7a75eae80d37781e6e3d84b2be18d8a371f8f973a"
 },
 "deniedSecrets": [
  "35aee9221670cf038ad33c4ee4853688e1b70982120550d152ab1912cb488e8c",
  "cad725e4f00d43bc77d730cec43b50c08a20c54380774997ba8b557db9a62d1f"
 ],
 "steps": [
  {
   "id": "windows-edition",
   "kind": "windows",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "旧対象OS（Windows 10 LTSC 2019）であること",
   "what": "配信アプリケーションの確認資料（1.06版）が対象とするのは、Windows 10 の LTSC 2019 だけです。新規の設置には使えません。",
   "check": "設定\u2192システム\u2192バージョン情報の「エディション」が次のどちらかで、OSビルドが17763である。",
   "values": [
    {
     "label": "OS",
     "value": "Windows 10 IoT Enterprise 2019 LTSC"
    }
   ],
   "requirements": [
    "pre-os-edition-w10"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.1"
   ],
   "asOf": null,
   "target": {
    "part": "edition"
   },
   "wanted": {
    "editions": [
     "IoTEnterpriseS",
     "EnterpriseS",
     "IoTEnterprise"
    ],
    "minimumBuild": 17763,
    "maximumBuild": 17763
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "pre-os-setup-done",
   "kind": "registry",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "OSのセットアップが完了していること",
   "what": "Windowsの初期セットアップ（地域、キーボード、最初のユーザーの設定など）が終わっていることを確かめます。",
   "check": "電源を入れるとデスクトップまたはサインイン画面になり、初期セットアップの画面が出ない。",
   "values": [],
   "requirements": [
    "pre-os-setup-done"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.1"
   ],
   "asOf": null,
   "target": {
    "hive": "HKLM",
    "key": "SYSTEM\\Setup",
    "name": "OOBEInProgress"
   },
   "wanted": {
    "type": "DWord",
    "data": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "terminal-name",
   "kind": "computer-name",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "preparation",
   "title": "端末1台ごとの作業",
   "what": "資格確認端末が複数ある場合は、すべての作業を台数分行います。電子証明書も端末ごとに1枚必要です。PC のコンピューター名が、このチェックリストの端末名と同じかを見ます。",
   "check": "このチェックリストの端末名が、作業しているPCのコンピューター名（設定\u2192システム\u2192バージョン情報\u2192デバイス名）と同じである。",
   "values": [
    {
     "label": "コンピューター名",
     "value": "OQS-01"
    }
   ],
   "requirements": [
    "pre-per-terminal"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.1",
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "name": "OQS-01"
   },
   "wanted": {
    "name": "OQS-01"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "line-up",
   "kind": "reach",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "通信回線の接続",
   "what": "オンライン資格確認の回線が端末につながっていることを確かめます。",
   "check": "hweb.oqs.onshikaku.org の443番ポートに、この構成の経路（プロキシの例外なら直接、ほかはプロキシ）でつながる。つながらないときは、回線の機器と回線事業者の資料を見る。",
   "values": [
    {
     "label": "回線",
     "value": "IP-VPN"
    },
    {
     "label": "接続の確認先",
     "value": "hweb.oqs.onshikaku.org"
    }
   ],
   "requirements": [
    "pre-line"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.1"
   ],
   "asOf": null,
   "target": {
    "places": [
     {
      "host": "hweb.oqs.onshikaku.org",
      "port": 443,
      "proxy": ""
     }
    ]
   },
   "wanted": {
    "unreachable": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "installed-versions-least",
   "kind": "versions",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "preparation",
   "title": "最新版のインストーラーを使うこと",
   "what": "導入した版を、この一式が持つ版の表と比べます。ポータルサイトに公開されている最新の版とは、操作11の「最新版との一致」で比べます。",
   "check": "導入されている版が、どれも版の表の値以降である。",
   "values": [
    {
     "label": "顔認証ライブラリ",
     "value": "2.3.0 以降"
    },
    {
     "label": "連携アプリケーション",
     "value": "2.2.0 以降"
    },
    {
     "label": "配信アプリケーション",
     "value": "2.0.1 以降"
    }
   ],
   "requirements": [
    "pre-installer-latest"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.1",
    "資格確認端末のセットアップ 3.22版 P.36",
    "配信アプリケーションの確認について 1.06版 P.3"
   ],
   "asOf": "2026-11-21",
   "target": {
    "applications": [
     {
      "name": "顔認証ライブラリ",
      "file": "C:\\Program Files\\OQS-Auth\\Version.Info"
     },
     {
      "name": "連携アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSComApp\\Version.info"
     },
     {
      "name": "配信アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
     }
    ]
   },
   "wanted": {
    "minimum": {
     "顔認証ライブラリ": "2.3.0",
     "連携アプリケーション": "2.2.0",
     "配信アプリケーション": "2.0.1"
    }
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "firewall-on",
   "kind": "firewall",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "Windowsのファイアウォールが有効であること",
   "what": "プライベート ネットワークとパブリック ネットワークで、Windows のファイアウォールが有効であることを確かめます。",
   "check": "Windows セキュリティ\u2192ファイアウォールとネットワーク保護で、プライベート ネットワークとパブリック ネットワークが、どちらも「有効」である。",
   "values": [
    {
     "label": "ファイアウォール",
     "value": "プライベートとパブリックの両方で有効"
    }
   ],
   "requirements": [
    "pre-security-guideline",
    "ext-firewall-on"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.2",
    "NTT東日本 手順書A\u2013D",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "profiles": "private public"
   },
   "wanted": {
    "private": true,
    "public": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "blank-password",
   "kind": "registry",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "空のパスワードの使用制限",
   "what": "パスワードが空のアカウントを、コンソールでのサインインだけに制限する設定が有効であることを確かめます。",
   "check": "ローカル セキュリティ ポリシー\u2192ローカル ポリシー\u2192セキュリティ オプションの「アカウント：ローカル アカウントの空のパスワードの使用をコンソール ログオンのみに制限する」が「有効」である。",
   "values": [
    {
     "label": "LimitBlankPasswordUse",
     "value": "1"
    }
   ],
   "requirements": [
    "pre-security-guideline",
    "ext-blank-pw"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.2",
    "NTT東日本 手順書A\u2013D",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "hive": "HKLM",
    "key": "SYSTEM\\CurrentControlSet\\Control\\Lsa",
    "name": "LimitBlankPasswordUse"
   },
   "wanted": {
    "type": "DWord",
    "data": 1
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "guest-disabled",
   "kind": "guest",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "ゲスト用のアカウントが無効であること",
   "what": "Windows のゲスト用のアカウント（Guest）が無効であることを確かめます。",
   "check": "コンピューターの管理\u2192ローカル ユーザーとグループ\u2192ユーザーで、Guest が無効になっている。",
   "values": [
    {
     "label": "Guest アカウント",
     "value": "無効"
    }
   ],
   "requirements": [
    "pre-security-guideline"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.2",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "account": "guest"
   },
   "wanted": {
    "enabled": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "shares-not-open",
   "kind": "share-open",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "preparation",
   "title": "だれでも開ける共有が無いこと",
   "what": "このPCのすべての共有について、Everyone やゲストが開けないことを、共有とフォルダーの両方のアクセス許可から確かめます。",
   "check": "コンピューターの管理\u2192共有フォルダー\u2192共有に、Everyone に許可した共有が無い。",
   "values": [
    {
     "label": "共有の許可",
     "value": "Everyone、Guest に許可しない"
    }
   ],
   "requirements": [
    "pre-security-guideline"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.2",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "shares": "all"
   },
   "wanted": {
    "open": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "oqscomapp-account",
   "kind": "user",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "account",
   "title": "OqsComApp ユーザーの作成と管理者への変更",
   "what": "ユーザー OqsComApp が無ければ作り、管理者にし、パスワードを無期限にします。パスワードは作成時にこの PC の画面で 2 回尋ねます。既にあるユーザーのパスワードは変えません。",
   "check": "設定\u2192アカウント\u2192他のユーザーに OqsComApp が「管理者－ローカルアカウント」と表示される。",
   "values": [
    {
     "label": "ユーザー名",
     "value": "OqsComApp"
    },
    {
     "label": "アカウントの種類",
     "value": "管理者"
    }
   ],
   "requirements": [
    "user-password",
    "user-admin"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.2",
    "資格確認端末のセットアップ 3.22版 P.3-4"
   ],
   "asOf": null,
   "target": {
    "name": "OqsComApp"
   },
   "wanted": {
    "enabled": true,
    "administrator": true,
    "passwordNeverExpires": true
   },
   "secrets": [
    "OqsComApp"
   ],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "oqscomapp-sign-in",
   "kind": "sign-in",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "account",
   "title": "OqsComApp での再サインイン",
   "what": "いったんサインアウトし、OqsComApp でサインインし直して、同じランチャーをもう一度開きます。続きから自動で進みます。",
   "check": "スタートメニューのユーザー名が OqsComApp である。",
   "values": [
    {
     "label": "ユーザー名",
     "value": "OqsComApp"
    }
   ],
   "requirements": [
    "user-relogin"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.4"
   ],
   "asOf": null,
   "target": {
    "account": "OqsComApp"
   },
   "wanted": {
    "signedIn": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "face-lib-oldver",
   "kind": "file",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "browser",
   "title": "旧版の顔認証ライブラリでないこと",
   "what": "顔認証ライブラリが 2.3.0 以降であることを確かめます。古い版のインストーラーは手順が異なるため使わず、最新版を入手します。既に古い版を入れた場合は、別紙トラブルシューティングの手順に従います。",
   "check": "C:\\Program Files\\OQS-Auth\\Version.Info の版が 2.3.0 以降である。連携アプリケーションを使う施設では、そのインストーラーも 2.2.0 以降である。",
   "values": [
    {
     "label": "顔認証ライブラリ",
     "value": "2.3.0以降"
    },
    {
     "label": "連携アプリケーション",
     "value": "2.2.0以降"
    }
   ],
   "requirements": [
    "face-lib-oldver"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.5",
    "資格確認端末のセットアップ 3.22版 P.22"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\Program Files\\OQS-Auth\\Version.Info"
   },
   "wanted": {
    "minimumVersion": "2.3.0"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "certificate-propagation",
   "kind": "certificate-propagation",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "証明書の伝達のポリシーが無効であること",
   "what": "顔認証ライブラリは、ポリシー「スマートカードからの証明書の伝達をオンにする」を無効にします。無効になっていることを確かめます。このため、ほかのスマートカード、FIDO2キー、SIMによる認証が使えなくなります。使う施設では、options に certprop を書いて有効に戻し、別紙トラブルシューティングの補4に従います。",
   "check": "ポリシーの値 CertPropEnabled が 0 である。ほかのスマートカード等を使うかどうかを施設に聞いた。",
   "values": [
    {
     "label": "レジストリのキー",
     "value": "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CertProp"
    },
    {
     "label": "CertPropEnabled",
     "value": "0"
    }
   ],
   "requirements": [
    "certprop-policy-warning"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.5",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "library": "C:\\Program Files\\OQS-Auth\\Version.Info"
   },
   "wanted": {
    "enabled": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-server",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "browser",
   "title": "接続する配信サーバー：配信拠点",
   "what": "配信アプリケーション管理ツールの「設定の変更」を開き、「接続する配信サーバー」が「配信拠点(推奨)」であることを見ます。違っていれば選び直して OK を押します。",
   "check": "「接続する配信サーバー」が「配信拠点(推奨)」になっている。",
   "values": [
    {
     "label": "構成",
     "value": "配信拠点起点"
    },
    {
     "label": "接続する配信サーバー",
     "value": "配信拠点(推奨)"
    }
   ],
   "requirements": [
    "distro-server-base",
    "topology-select"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.4"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-server-read",
   "kind": "distribution-record",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "接続する配信サーバーの読み取り",
   "what": "配信アプリケーションの設定ファイルに接続先が書かれていれば、この施設の構成と同じかを見ます。書かれていなければ、管理ツールの画面で見た結果だけが残ります。",
   "check": "「接続する配信サーバー」が「配信拠点(推奨)」になっている。",
   "values": [
    {
     "label": "構成",
     "value": "配信拠点起点"
    },
    {
     "label": "接続する配信サーバー",
     "value": "配信拠点(推奨)"
    }
   ],
   "requirements": [
    "distro-server-base",
    "topology-select"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.4"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "part": "server"
   },
   "wanted": {
    "server": "base"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distro-ac-power",
   "kind": "power-line",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "browser",
   "title": "AC アダプターの接続",
   "what": "ノート型の端末は、バッテリーだけでは配信アプリケーションが動きません。AC アダプターをつないでから更新します。",
   "check": "端末が電源に接続されている。",
   "values": [],
   "requirements": [
    "distro-ac-power"
   ],
   "source": [
    "アルメックス 承継工事マニュアル \u246a",
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "source": "ac"
   },
   "wanted": {
    "connected": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-record",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "browser",
   "title": "配信実績の確認",
   "what": "配信アプリケーション管理ツールから配信実績を表示します。メモ帳に出た医療機関コードとコンピューター名を、このチェックリストの値と照らし合わせます。出ないときは、高速スタートアップが無効か、電子証明書が取り込まれているか、起動タスクが登録されているかを順に確かめます。",
   "check": "医療機関コードが施設の10桁のコードと、コンピューター名がこの端末の名前と一致している。",
   "values": [
    {
     "label": "医療機関コード",
     "value": "1419999053"
    },
    {
     "label": "コンピューター名",
     "value": "OQS-01"
    }
   ],
   "requirements": [
    "distro-record-check"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.35"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-record-read",
   "kind": "distribution-record",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "配信実績の読み取り",
   "what": "配信実績管理ファイルに書かれた医療機関コードとコンピューター名を、この端末の値と比べます。ファイルに項目がなければ、管理ツールの画面で見た結果だけが残ります。",
   "check": "医療機関コードが施設の10桁のコードと、コンピューター名がこの端末の名前と一致している。",
   "values": [
    {
     "label": "医療機関コード",
     "value": "1419999053"
    },
    {
     "label": "コンピューター名",
     "value": "OQS-01"
    }
   ],
   "requirements": [
    "distro-record-check"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.35"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "part": "record"
   },
   "wanted": {
    "code": "1419999053",
    "ownComputer": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-connected",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "browser",
   "title": "配信サーバーへの接続確認",
   "what": "配信アプリケーション管理ツールで接続を確認します。結果は1分以内に出ます。「接続失敗」なら時間をおいてもう一度行い、それでも失敗するなら回線の接続を確かめてから、後の「接続失敗のとき」の行を順に見ます。失敗したときに見る「配信アプリケーションの確認について」は、Windows 10 の単独の端末（レセコン兼用でないもの）で、構成が配信拠点起点またはネットワーク事業者起点のものを対象にしています。",
   "check": "「接続成功」と表示された。",
   "values": [
    {
     "label": "正常",
     "value": "接続成功"
    },
    {
     "label": "異常",
     "value": "接続失敗"
    },
    {
     "label": "待ち時間",
     "value": "1分以内"
    }
   ],
   "requirements": [
    "distro-connect-check",
    "distro-scope-doc"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.35",
    "資格確認端末のセットアップ 3.22版 P.36",
    "配信アプリケーションの確認について 1.06版 P.2"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-reach",
   "kind": "name",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "配信サーバーへの経路の確認",
   "what": "管理ツールの接続確認とは別に、配信サーバー（配信拠点）の名前、またはクラウドへのプロキシに届くかを見ます。失敗したときに見る「配信アプリケーションの確認について」は、Windows 10 の単独の端末（レセコン兼用でないもの）で、構成が配信拠点起点またはネットワーク事業者起点のものを対象にしています。",
   "check": "届く。届かないときは、接続失敗のときの行を上から順に見る。",
   "values": [
    {
     "label": "確認先",
     "value": "pweb.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "distro-connect-check",
    "distro-scope-doc"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.35",
    "資格確認端末のセットアップ 3.22版 P.36",
    "配信アプリケーションの確認について 1.06版 P.2"
   ],
   "asOf": null,
   "target": {
    "host": "pweb.base.oqs-pdl.org"
   },
   "wanted": {
    "minimumAddresses": 1
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distro-no-download-day1",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "browser",
   "title": "配信開始日のダウンロードを控える",
   "what": "更新の配信開始日にあたっていないか、ポータルサイトのお知らせで確かめます。配信開始日は、導入作業のときを除いて「今すぐダウンロード」を押さないでください。",
   "check": "配信開始日ではない、または導入作業として行う。",
   "values": [],
   "requirements": [
    "distro-no-download-day1"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.8"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-update",
   "kind": "update-cycle",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "browser",
   "title": "配信アプリケーションによる更新（最大3回）",
   "what": "配信アプリケーション管理ツールの「今すぐダウンロード」を押し、ダウンロードとインストールが終わるまで待ちます。終わったときの Status をこの画面で答えると、端末を再起動するか、完了かをツールが判断します。再起動したら同じファイルをもう一度開くと、続きの回から進みます。更新のあと1～3分で再起動を促す通知が出ることがあります。「確認しました」や「\u00d7」を押しても再起動はされないので、スタート \u2192 電源 \u2192 再起動 で再起動します（運用中は診療時間外に）。1回およそ20分です。容量と回線の速さによって変わります。",
   "check": "3回以内に、Status が「未適用更新ファイルなし」または「サーバー接続の定期実行待ち」になった。",
   "values": [
    {
     "label": "最初",
     "value": "配信アプリケーション"
    },
    {
     "label": "再起動1回目まで",
     "value": "顔認証ライブラリ"
    },
    {
     "label": "再起動2回目まで",
     "value": "連携アプリケーション、顔認証機器のアプリ"
    },
    {
     "label": "1回の目安",
     "value": "20分（進まないときは、待ってから再起動する）"
    },
    {
     "label": "再起動の通知が出る版",
     "value": "配信アプリケーション 1.0.10 以降"
    }
   ],
   "requirements": [
    "distro-update-cycle",
    "distro-reboot-notice",
    "distro-time-estimate"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.8",
    "配信アプリケーションの確認について 1.06版 P.9",
    "アルメックス 承継工事マニュアル \u246a",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "配信アプリケーションの確認について 1.06版 P.12"
   ],
   "asOf": null,
   "target": {
    "application": "distribution",
    "record": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini"
   },
   "wanted": {
    "states": [
     "clean",
     "probably-clean"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-status",
   "kind": "distribution-record",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "Status の見方",
   "what": "配信実績に書かれた「[Information] Status=」をツールが読み、次のどれに当たるかと、することを示します。",
   "check": "Status が「未適用更新ファイルなし」または「サーバー接続の定期実行待ち」になっている。",
   "values": [
    {
     "label": "再起動待ち",
     "value": "端末を再起動する"
    },
    {
     "label": "ダウンロード中・アップデート中",
     "value": "終わるまで待つ（電源を切らない）"
    },
    {
     "label": "停止中・サーバー接続待ち",
     "value": "もう一度「今すぐダウンロード」を押す"
    },
    {
     "label": "未適用更新ファイルなし",
     "value": "完了"
    },
    {
     "label": "サーバー接続の定期実行待ち(\u2026) [再開予定時刻]",
     "value": "おそらく完了（「最新版との一致」で確かめる）"
    }
   ],
   "requirements": [
    "distro-status"
   ],
   "source": [
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "アルメックス 承継工事マニュアル \u246a"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "part": "status"
   },
   "wanted": {
    "states": [
     "clean",
     "probably-clean"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "reader-almex-power",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "browser",
   "title": "本体の電源の入れ直し（アルメックス）",
   "what": "配信アプリケーションで更新したあと、端末の再起動に合わせて、顔認証機器の本体の電源（背面の左下）を切って入れ直します。",
   "check": "電源を入れ直したあと、顔認証機器が受付可能の表示に戻っている。",
   "values": [
    {
     "label": "電源スイッチ",
     "value": "本体背面の左下"
    }
   ],
   "requirements": [
    "reader-almex-power"
   ],
   "source": [
    "アルメックス 承継工事マニュアル \u2468",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "extension-files",
   "kind": "extension-files",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "browser",
   "title": "拡張機能のファイル3つがあること",
   "what": "顔認証ライブラリが置く拡張機能のファイルが3つともあり、Edge の拡張機能として読めることを確かめます。",
   "check": "次の3つのファイルがあり、どれも壊れていない。無いとき、壊れているときは、顔認証ライブラリを導入し直す。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\Program Files\\OQS-Auth\\ext"
    },
    {
     "label": "目視確認操作用アプリケーション",
     "value": "delegate.crx"
    },
    {
     "label": "顔認証用アプリケーション",
     "value": "nopinauth.crx"
    },
    {
     "label": "暗証番号認証用アプリケーション",
     "value": "pinauth.crx"
    }
   ],
   "requirements": [
    "ext-files-exist"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.6",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "files": [
     "delegate.crx",
     "nopinauth.crx",
     "pinauth.crx"
    ]
   },
   "wanted": {
    "complete": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "edge-developer-mode-on",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "Edgeの開発者モードをオン",
   "what": "Microsoft Edge の「\u2026」\u2192拡張機能\u2192拡張機能の管理を開き、「開発者モード」のつまみを右に動かしてオンにします。10秒ほど待ってから、この画面で Enter を押します。拡張機能が3つとも入っていれば、行いません。",
   "check": "「開発者モード」がオンで、「展開して読み込み」などのボタンが現れた。",
   "values": [
    {
     "label": "アドレス",
     "value": "edge://extensions"
    },
    {
     "label": "開発者モード",
     "value": "オン"
    }
   ],
   "requirements": [
    "ext-dev-mode-on"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.6",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "ready": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "edge://extensions"
  },
  {
   "id": "extensions-old",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "旧拡張機能3つの削除",
   "what": "拡張機能の管理の画面で、古い3つの拡張機能の「削除」を押し、確認の画面でも「削除」を押します。10秒ほど待ってから、この画面で Enter を押します。入っていなければ、行いません。拡張機能の入れ替えは、手作業で10～15分かかります。",
   "check": "古い3つの拡張機能が無くなり、ほかに何も入っていなければ「拡張機能がインストールされていません」と表示される。",
   "values": [
    {
     "label": "削除する拡張機能",
     "value": "目視確認操作用アプリケーション"
    },
    {
     "label": "削除する拡張機能",
     "value": "PIN無認証用アプリケーション"
    },
    {
     "label": "削除する拡張機能",
     "value": "PIN有認証用アプリケーション"
    }
   ],
   "requirements": [
    "ext-old-remove",
    "ext-duration",
    "east-flow"
   ],
   "source": [
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "noneBelow": "2.0.0.0"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "edge://extensions"
  },
  {
   "id": "extension-delegate",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "拡張機能の追加（目視確認操作用）",
   "what": "delegate.crx を拡張機能の管理の画面にドラッグし、「拡張機能の追加」を押します。追加を知らせる表示は\u00d7で閉じます。10秒ほど待ってから、この画面で Enter を押します。",
   "check": "「目視確認操作用アプリケーション」が表示され、オンになっている。",
   "values": [
    {
     "label": "ファイル",
     "value": "C:\\Program Files\\OQS-Auth\\ext\\delegate.crx"
    },
    {
     "label": "拡張機能の名前",
     "value": "目視確認操作用アプリケーション"
    }
   ],
   "requirements": [
    "ext-add-delegate"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.7",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "added": [
     "delegate.crx"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "C:\\Program Files\\OQS-Auth\\ext"
  },
  {
   "id": "extension-nopinauth",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "拡張機能の追加（顔認証用）",
   "what": "nopinauth.crx を拡張機能の管理の画面にドラッグし、「拡張機能の追加」を押します。追加を知らせる表示は\u00d7で閉じます。10秒ほど待ってから、この画面で Enter を押します。",
   "check": "「顔認証用アプリケーション」（旧名 PIN無認証用アプリケーション）が表示され、オンになっている。",
   "values": [
    {
     "label": "ファイル",
     "value": "C:\\Program Files\\OQS-Auth\\ext\\nopinauth.crx"
    },
    {
     "label": "拡張機能の名前",
     "value": "顔認証用アプリケーション"
    }
   ],
   "requirements": [
    "ext-add-nopin"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.6-7",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "added": [
     "nopinauth.crx"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "C:\\Program Files\\OQS-Auth\\ext"
  },
  {
   "id": "extension-pinauth",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "拡張機能の追加（暗証番号認証用）",
   "what": "pinauth.crx を拡張機能の管理の画面にドラッグし、「拡張機能の追加」を押します。追加を知らせる表示は\u00d7で閉じます。10秒ほど待ってから、この画面で Enter を押します。",
   "check": "「暗証番号認証用アプリケーション」（旧名 PIN有認証用アプリケーション）が表示され、オンになっている。",
   "values": [
    {
     "label": "ファイル",
     "value": "C:\\Program Files\\OQS-Auth\\ext\\pinauth.crx"
    },
    {
     "label": "拡張機能の名前",
     "value": "暗証番号認証用アプリケーション"
    }
   ],
   "requirements": [
    "ext-add-pin"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.6-7",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "added": [
     "pinauth.crx"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "C:\\Program Files\\OQS-Auth\\ext"
  },
  {
   "id": "edge-signed-out",
   "kind": "edge-account",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "browser",
   "title": "Edgeで同期・サインインをしないこと",
   "what": "拡張機能を追加すると「同期を有効にする」や「サインインしてデータを同期」と表示されることがあります。押さずに\u00d7で閉じます。押してしまったときは、サインインせずに画面を閉じます。ここでは、サインインしていないことを確かめます。",
   "check": "Edgeの設定\u2192プロファイルで、Microsoftアカウントでサインインしていない。",
   "values": [],
   "requirements": [
    "ext-no-sync-signin"
   ],
   "source": [
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書"
   ],
   "asOf": null,
   "target": {
    "browser": "edge"
   },
   "wanted": {
    "signedIn": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "extensions-version",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "browser",
   "title": "拡張機能の版が2.0.0.0以降であること",
   "what": "Edge に入っている3つの拡張機能のバージョンを確かめます。古い版では、顔認証付きカードリーダーの目視確認モードと、汎用カードリーダーによるマイナンバーカードの確認が使えないことがあります。",
   "check": "拡張機能の管理の画面で「詳細」を開くと、3つともバージョンが 2.0.0.0 以降である。",
   "values": [
    {
     "label": "バージョン",
     "value": "2.0.0.0以降"
    }
   ],
   "requirements": [
    "ext-version-min",
    "ext-update-deadline"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "minimumVersion": "2.0.0.0"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "extensions-three",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "browser",
   "title": "拡張機能が3つ表示されること",
   "what": "Edge に、オンライン資格確認の拡張機能が3つともあり、オンで、古いものが残っていないことを確かめます。",
   "check": "拡張機能の管理の画面に、次の3つがそれぞれ1つだけ表示され、すべてオンである。",
   "values": [
    {
     "label": "拡張機能",
     "value": "目視確認操作用アプリケーション"
    },
    {
     "label": "拡張機能",
     "value": "顔認証用アプリケーション"
    },
    {
     "label": "拡張機能",
     "value": "暗証番号認証用アプリケーション"
    }
   ],
   "requirements": [
    "ext-count-three"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.7",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "exactly": [
     "delegate.crx",
     "nopinauth.crx",
     "pinauth.crx"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "extensions-current",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "browser",
   "title": "拡張機能は自動で更新されないこと",
   "what": "拡張機能はWindows Updateの対象ではありません。ファイルは2023年夏から自動で配信されていますが、Edgeへの追加は手作業です。Edgeに入っている版を、配信されたファイルの版と比べます。",
   "check": "Edgeに入っている拡張機能の版が、C:\\Program Files\\OQS-Auth\\ext に配信されたファイルより古くない。古いときは、その拡張機能を削除し、配信されたファイルを追加し直す。",
   "values": [],
   "requirements": [
    "ext-not-by-wu"
   ],
   "source": [
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "current": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "edge-developer-mode-off",
   "kind": "extensions",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "Edgeの開発者モードをオフ",
   "what": "3つの拡張機能を追加したら、「開発者モード」のつまみを左に動かしてオフにします。10秒ほど待ってから、この画面で Enter を押します。",
   "check": "「開発者モード」がオフである。",
   "values": [
    {
     "label": "アドレス",
     "value": "edge://extensions"
    },
    {
     "label": "開発者モード",
     "value": "オフ"
    }
   ],
   "requirements": [
    "ext-dev-mode-off"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.7",
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書",
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS-Auth\\ext",
    "extensions": [
     {
      "file": "delegate.crx",
      "names": [
       "目視確認操作用アプリケーション"
      ]
     },
     {
      "file": "nopinauth.crx",
      "names": [
       "顔認証用アプリケーション",
       "PIN無認証用アプリケーション"
      ]
     },
     {
      "file": "pinauth.crx",
      "names": [
       "暗証番号認証用アプリケーション",
       "PIN有認証用アプリケーション"
      ]
     }
    ]
   },
   "wanted": {
    "developerMode": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "edge://extensions"
  },
  {
   "id": "ext-dev-mode-nag",
   "kind": "manual",
   "scope": "user",
   "who": "everyone",
   "how": "manual",
   "area": "browser",
   "title": "開発者モードの無効を促すメッセージが出たとき",
   "what": "Edgeを開き直したときに、開発者モードの拡張機能を無効にするよう促すメッセージが出ることがあります。メッセージのボタンで閉じ、拡張機能は無効にしません。",
   "check": "メッセージを閉じた後も、3つの拡張機能がオンである。",
   "values": [],
   "requirements": [
    "ext-dev-mode-nag"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.7"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "edge-closed",
   "kind": "guided",
   "scope": "user",
   "who": "everyone",
   "how": "guided",
   "area": "browser",
   "title": "作業に使った画面をすべて閉じる",
   "what": "拡張機能のフォルダーは、3つの追加が終わるまで開いたままにします。終わったら、フォルダーとEdgeの画面をすべて閉じます。",
   "check": "エクスプローラーとEdgeの画面が残っていない。",
   "values": [],
   "requirements": [
    "ext-close-all"
   ],
   "source": [
    "NTT西日本 配信アプリ更新・Edge拡張入替 手順書"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "e14-detect",
   "kind": "model",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "model",
   "title": "機種の判別（ThinkPad E14 Gen2）",
   "what": "PC が持つ機種の名前を読み、施設の設定ファイルの機種（terminals.model）と合っているかを見ます。ノートPCの底面の左奥にあるラベルでも確かめられます。",
   "check": "ラベルが「ThinkPad E14 Gen2」であれば、設定ファイルにもそう書かれている（2023年1月より前に設置したものは、ARPオフロードの設定が要る）。違う機種であれば、その設定は要らない。",
   "values": [
    {
     "label": "対象の機種",
     "value": "ThinkPad E14 Gen2"
    },
    {
     "label": "この端末の機種",
     "value": "ThinkPad E14 Gen2"
    }
   ],
   "requirements": [
    "e14-detect"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "pattern": "(?i)thinkpad\\s*e14\\s*gen\\s*\\.?\\s*2(?!\\d)"
   },
   "wanted": {
    "is": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "e14-arp-offload",
   "kind": "adapter-keyword",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "model",
   "title": "ARPオフロードの無効化（ThinkPad E14 Gen2）",
   "what": "使用中のネットワーク アダプターの ARP オフロードを無効にします。更新プログラム KB5021237 で動作が遅くなるのを防ぐため、必ず行います。設定のときに、ネットワークが数秒切れます。対象のアダプターやプロパティが無いPCでは行いません。",
   "check": "デバイス マネージャー\u2192ネットワーク アダプター\u2192次のアダプターのプロパティ\u2192詳細設定で、次のプロパティが「無効」（Disabled）である。",
   "values": [
    {
     "label": "無線 Intel(R) Wi-Fi 6 AX201 160MHz",
     "value": "WoWLANのARPオフロード = 無効（Disabled）"
    }
   ],
   "requirements": [
    "e14-arp-offload",
    "east-flow"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "title": "無線 Intel(R) Wi-Fi 6 AX201 160MHz",
    "device": "PCI\\VEN_8086&",
    "description": "AX201",
    "keyword": "*PMARPOffload"
   },
   "wanted": {
    "value": "0"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": true,
   "after": [],
   "open": null
  },
  {
   "id": "e14-reboot-check",
   "kind": "startup-time",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "model",
   "title": "再起動後の起動時間の確認",
   "what": "PCを再起動し、デスクトップが表示されて顔認証付きカードリーダーのアプリケーションが起動するまでの時間を見ます。PC は、Windows の起動からデスクトップと顔認証ライブラリが起動するまでの秒数を調べます。",
   "check": "再起動から1～2分で、デスクトップが表示され、カードリーダーのアプリケーションが起動する。",
   "values": [
    {
     "label": "起動までの時間",
     "value": "1～2分（120秒以内）"
    }
   ],
   "requirements": [
    "e14-reboot-check"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "seconds": 120,
    "folder": "C:\\Program Files\\OQS-Auth"
   },
   "wanted": {
    "slow": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "proxy",
   "kind": "proxy",
   "scope": "user",
   "who": "everyone",
   "how": "apply",
   "area": "proxy",
   "title": "プロキシサーバーと例外リスト",
   "what": "サインインしている人の手動プロキシをオンにし、サーバー、ポート、例外リストを設定します。Windows のアカウントごとの設定のため、職員が使うアカウントでもそれぞれ行います。",
   "check": "設定\u2192ネットワークとインターネット\u2192プロキシ\u2192「プロキシ サーバーを使う」の「編集」で、オンになっていて、アドレス、ポート、例外が次の値である。アドレスの先頭に http:// が付いていてもよい。",
   "values": [
    {
     "label": "プロキシ IP アドレス",
     "value": "proxy.base.oqs-pdl.org"
    },
    {
     "label": "ポート",
     "value": "8080"
    },
    {
     "label": "例外",
     "value": "*.onshikaku.org;*.flets-east.jp;*.flets-west.jp;*.lineauth.mnw;*.obn.managedpki.ne.jp;*.cybertrust.ne.jp;*.secomtrust.net;*.rece;pweb.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "proxy-server",
    "proxy-bypass",
    "proxy-bypass-extra",
    "proxy-per-user",
    "topology-select",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.9",
    "配信アプリケーションの確認について 1.06版 P.4",
    "資格確認端末のセットアップ 3.22版 P.29",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "connection": "lan"
   },
   "wanted": {
    "server": "proxy.base.oqs-pdl.org:8080",
    "bypass": [
     "*.onshikaku.org",
     "*.flets-east.jp",
     "*.flets-west.jp",
     "*.lineauth.mnw",
     "*.obn.managedpki.ne.jp",
     "*.cybertrust.ne.jp",
     "*.secomtrust.net",
     "*.rece",
     "pweb.base.oqs-pdl.org"
    ],
    "exact": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "proxy-bypass-text",
   "kind": "bypass-text",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "proxy",
   "title": "例外リストの入力誤りが無いこと",
   "what": "例外リストによくある誤り（アドレスの不足、セミコロンの抜け、空白やコンマでの区切り）が無いことを確かめます。",
   "check": "例外の欄でアドレスどうしがつながっておらず、間がすべて半角の ; で区切られている。",
   "values": [],
   "requirements": [
    "proxy-bypass-failures"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.4"
   ],
   "asOf": null,
   "target": {
    "connection": "lan"
   },
   "wanted": {
    "separated": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "winhttp",
   "kind": "winhttp",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "proxy",
   "title": "WinHTTPへのプロキシの取り込み",
   "what": "PC全体の通信（WinHTTP）に、ユーザーと同じプロキシと例外を設定します。手順書では、OqsComApp で管理者として開いたコマンド プロンプトで netsh winhttp import proxy source=ie を実行します。配信拠点起点では必ず行い、ほかの構成では事業者や施設の指示があるときだけ行います。",
   "check": "netsh winhttp show proxy の表示が、設定したプロキシ サーバーとバイパス一覧である。指示が無い構成では「直接アクセス (プロキシ サーバーなし)。」のままでよい。",
   "values": [
    {
     "label": "プロキシ IP アドレス",
     "value": "proxy.base.oqs-pdl.org"
    },
    {
     "label": "ポート",
     "value": "8080"
    },
    {
     "label": "例外",
     "value": "*.onshikaku.org;*.flets-east.jp;*.flets-west.jp;*.lineauth.mnw;*.obn.managedpki.ne.jp;*.cybertrust.ne.jp;*.secomtrust.net;*.rece;pweb.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "proxy-winhttp-import",
    "topology-select",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.10",
    "配信アプリケーションの確認について 1.06版 P.5"
   ],
   "asOf": null,
   "target": {
    "configuration": "default"
   },
   "wanted": {
    "server": "proxy.base.oqs-pdl.org:8080",
    "bypass": [
     "*.onshikaku.org",
     "*.flets-east.jp",
     "*.flets-west.jp",
     "*.lineauth.mnw",
     "*.obn.managedpki.ne.jp",
     "*.cybertrust.ne.jp",
     "*.secomtrust.net",
     "*.rece",
     "pweb.base.oqs-pdl.org"
    ],
    "exact": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "winhttp-shown",
   "kind": "winhttp",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "proxy",
   "title": "WinHTTPのプロキシの表示確認",
   "what": "WinHTTPのプロキシ サーバーと例外を読み直し、取り込んだとおりであることを確かめます。",
   "check": "コマンド プロンプトの netsh winhttp show proxy に、プロキシ サーバーと9つの例外がすべて表示される。",
   "values": [
    {
     "label": "プロキシ IP アドレス",
     "value": "proxy.base.oqs-pdl.org"
    },
    {
     "label": "ポート",
     "value": "8080"
    },
    {
     "label": "例外",
     "value": "*.onshikaku.org;*.flets-east.jp;*.flets-west.jp;*.lineauth.mnw;*.obn.managedpki.ne.jp;*.cybertrust.ne.jp;*.secomtrust.net;*.rece;pweb.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "proxy-winhttp-verify",
    "topology-select"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.10"
   ],
   "asOf": null,
   "target": {
    "configuration": "default"
   },
   "wanted": {
    "server": "proxy.base.oqs-pdl.org:8080",
    "bypass": [
     "*.onshikaku.org",
     "*.flets-east.jp",
     "*.flets-west.jp",
     "*.lineauth.mnw",
     "*.obn.managedpki.ne.jp",
     "*.cybertrust.ne.jp",
     "*.secomtrust.net",
     "*.rece",
     "pweb.base.oqs-pdl.org"
    ],
    "exact": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "proxy-answers",
   "kind": "port",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "proxy",
   "title": "プロキシサーバーへの接続",
   "what": "プロキシサーバーにつながるかを見ます。配信拠点のプロキシは、閉塞期間中はつながらず、Windows Update がエラーになります。",
   "check": "次の接続先につながる。つながらないときは、ポータルサイトで閉塞期間を、閉塞期間でなければ回線を確かめる。",
   "values": [
    {
     "label": "接続の確認先",
     "value": "proxy.base.oqs-pdl.org:8080"
    }
   ],
   "requirements": [
    "proxy-blocked-window",
    "topology-select"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.10"
   ],
   "asOf": null,
   "target": {
    "host": "proxy.base.oqs-pdl.org",
    "port": 8080
   },
   "wanted": {
    "open": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "sleep-ac",
   "kind": "power",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "スリープの無効化（電源接続時）",
   "what": "電源に接続しているときのスリープを「なし」にします。",
   "check": "設定\u2192システム\u2192電源とバッテリー（デスクトップPCでは「電源」）\u2192「画面、スリープ、休止状態のタイムアウト」で、電源接続時のスリープが「なし」である。",
   "values": [
    {
     "label": "電源接続時のスリープ",
     "value": "なし"
    }
   ],
   "requirements": [
    "sleep-ac-off",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.11"
   ],
   "asOf": null,
   "target": {
    "source": "ac"
   },
   "wanted": {
    "standby": 0,
    "hibernate": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "sleep-dc",
   "kind": "power",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "スリープの無効化（バッテリー使用時）",
   "what": "バッテリーで動いているときのスリープも「なし」にします。デスクトップPCには、この項目がありません。",
   "check": "設定\u2192システム\u2192電源とバッテリー\u2192「画面、スリープ、休止状態のタイムアウト」で、バッテリー使用時のスリープが「なし」である。",
   "values": [
    {
     "label": "バッテリー使用時のスリープ",
     "value": "なし"
    }
   ],
   "requirements": [
    "sleep-dc-off",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.11"
   ],
   "asOf": null,
   "target": {
    "source": "dc"
   },
   "wanted": {
    "standby": 0,
    "hibernate": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "sleep-policy",
   "kind": "registry",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "スリープを有効に戻すポリシーが無いこと",
   "what": "グループポリシーがスリープの時間を決めていると、設定より優先され、自動更新が行われません。そのポリシーが無いことを確かめます。",
   "check": "ある場合は、ポリシーを配布している管理者に外してもらう。",
   "values": [],
   "requirements": [
    "sleep-why"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.11"
   ],
   "asOf": null,
   "target": {
    "hive": "HKLM",
    "key": "SOFTWARE\\Policies\\Microsoft\\Power\\PowerSettings\\29f6c1db-86da-48c5-9fdb-f2b67b1f44da",
    "name": "ACSettingIndex"
   },
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "fast-startup",
   "kind": "registry",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "高速スタートアップの無効化",
   "what": "高速スタートアップを無効にします。初期値は有効で、有効のままだと、連携アプリケーションと配信アプリケーションが正しく動かず、更新に失敗します。",
   "check": "コントロール パネル\u2192ハードウェアとサウンド\u2192電源オプション\u2192電源ボタンの動作の選択で、「高速スタートアップを有効にする（推奨）」のチェックが外れている。",
   "values": [
    {
     "label": "高速スタートアップを有効にする",
     "value": "チェックなし"
    }
   ],
   "requirements": [
    "faststartup-off",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.12",
    "資格確認端末のセットアップ 3.22版 P.13",
    "資格確認端末のセットアップ 3.22版 P.17"
   ],
   "asOf": null,
   "target": {
    "hive": "HKLM",
    "key": "SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Power",
    "name": "HiberbootEnabled"
   },
   "wanted": {
    "type": "DWord",
    "data": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "internet-time",
   "kind": "time",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "インターネット時刻サーバー",
   "what": "時刻サーバーを設定し、すぐに同期します。",
   "check": "コントロール パネル\u2192時計と地域\u2192日付と時刻\u2192インターネット時刻に、時刻がこのサーバーと正しく同期されたことが表示される。",
   "values": [
    {
     "label": "タイムサーバー",
     "value": "ntp.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "ntp-server",
    "topology-select",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.12-13"
   ],
   "asOf": null,
   "target": {
    "service": "W32Time"
   },
   "wanted": {
    "server": "ntp.base.oqs-pdl.org",
    "type": "NTP",
    "automatic": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "internet-time-answers",
   "kind": "clock",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "時刻の同期に失敗しないこと",
   "what": "時刻サーバーに問い合わせ、PCの時計が合っていることを確かめます。",
   "check": "時刻が同期している。次のエラーが出たときは、サーバー名の入力を確かめ、次に回線の設定を回線事業者の資料で確かめる。",
   "values": [
    {
     "label": "タイムサーバー",
     "value": "ntp.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "ntp-sync-fail"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.13"
   ],
   "asOf": null,
   "target": {
    "server": "ntp.base.oqs-pdl.org"
   },
   "wanted": {
    "synchronized": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "internet-time-addresses",
   "kind": "name",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "時刻サーバーの名前解決",
   "what": "時刻サーバーを設定した場合は、その名前が解決できることを確かめます。複数のアドレスが返るため、DNSラウンドロビンに対応していない機器では、別紙トラブルシューティングの補24に従います。",
   "check": "時刻サーバーの名前が解決でき、時刻が同期する。",
   "values": [
    {
     "label": "タイムサーバー",
     "value": "ntp.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "ntp-dns-rr"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.13"
   ],
   "asOf": null,
   "target": {
    "host": "ntp.base.oqs-pdl.org"
   },
   "wanted": {
    "minimumAddresses": 1
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "daily-restart",
   "kind": "task",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "再起動スケジュール「定刻に再起動」",
   "what": "タスク スケジューラに、毎日決まった時刻に Windows を再起動するタスクを登録します。OqsComApp のパスワードを、この PC の画面で尋ねます。",
   "check": "タスク スケジューラ ライブラリに「定刻に再起動」があり、状態が「準備完了」である。",
   "values": [
    {
     "label": "名前と説明",
     "value": "定刻に再起動"
    },
    {
     "label": "トリガー",
     "value": "毎日 01:47、間隔 1 日"
    },
    {
     "label": "プログラム",
     "value": "shutdown"
    },
    {
     "label": "引数の追加",
     "value": "/r /t 0"
    },
    {
     "label": "実行するユーザー",
     "value": "OqsComApp（ログオンしているかどうかにかかわらず実行する）"
    }
   ],
   "requirements": [
    "reboot-task",
    "reboot-task-principal",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.13-15",
    "資格確認端末のセットアップ 3.22版 P.15"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "定刻に再起動"
   },
   "wanted": {
    "xml": "<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\n  <RegistrationInfo>\n    <Description>定刻に再起動</Description>\n  </RegistrationInfo>\n  <Triggers>\n    <CalendarTrigger>\n      <StartBoundary>2024-01-01T01:47:00</StartBoundary>\n      <Enabled>true</Enabled>\n      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n    </CalendarTrigger>\n  </Triggers>\n  <Principals>\n    <Principal id=\"Author\">\n      <UserId>OqsComApp</UserId>\n      <LogonType>Password</LogonType>\n      <RunLevel>HighestAvailable</RunLevel>\n    </Principal>\n  </Principals>\n  <Settings>\n    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n    <StartWhenAvailable>false</StartWhenAvailable>\n    <Enabled>true</Enabled>\n    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>\n  </Settings>\n  <Actions Context=\"Author\">\n    <Exec>\n      <Command>%SystemRoot%\\System32\\shutdown.exe</Command>\n      <Arguments>/r /t 0</Arguments>\n    </Exec>\n  </Actions>\n</Task>"
   },
   "secrets": [
    "OqsComApp"
   ],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "daily-restart-hours",
   "kind": "task-time",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "再起動の時刻が診療時間外であること",
   "what": "再起動の時刻が、診療時間に入っていないことを確かめます。",
   "check": "タスク「定刻に再起動」のトリガーの時刻が、診療時間外である。",
   "values": [],
   "requirements": [
    "reboot-time-offhours"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.14"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "定刻に再起動"
   },
   "wanted": {
    "outside": [
     "08:30-18:00"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "daily-restart-congestion",
   "kind": "task-time",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "再起動の時刻が3:50～4:10でないこと",
   "what": "アクセスが集中する時間帯に、再起動の時刻が入っていないことを確かめます。",
   "check": "タスク「定刻に再起動」のトリガーの時刻が、3:50～4:10（両端を含む）でない。",
   "values": [
    {
     "label": "避ける時間帯",
     "value": "3:50～4:10"
    }
   ],
   "requirements": [
    "reboot-time-congestion"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.14"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "定刻に再起動"
   },
   "wanted": {
    "outside": [
     "03:50-04:10"
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "daily-restart-minute",
   "kind": "task-time",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "再起動の時刻の分の末尾が0と5でないこと",
   "what": "アクセスを分散させるため、再起動の時刻の分の末尾が0でも5でもないことを確かめます。",
   "check": "タスク「定刻に再起動」のトリガーの時刻の分の末尾が、0と5以外である。",
   "values": [
    {
     "label": "分の末尾",
     "value": "0と5以外"
    }
   ],
   "requirements": [
    "reboot-time-minute"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.14"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "定刻に再起動"
   },
   "wanted": {
    "minuteDigitsNot": [
     0,
     5
    ]
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "daily-restart-history",
   "kind": "task-history",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "再起動が実際に行われていること",
   "what": "配信アプリケーションによる自動更新は、再起動で反映されます。タスク「定刻に再起動」の前回の実行が成功し、その後にWindowsが起動していることを確かめます。",
   "check": "タスクの「前回の実行結果」が 0x0 で、「前回の実行時刻」の後にPCが起動している。登録した日には、まだ実行されていない。",
   "values": [],
   "requirements": [
    "reboot-why"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.13"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "定刻に再起動"
   },
   "wanted": {
    "lastResult": 0,
    "rebooted": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "windows-update",
   "kind": "policy",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "windows",
   "title": "Windows Update の自動化",
   "what": "ローカル グループ ポリシー「自動更新を構成する」を有効にし、毎日、再起動の後、診療の前の時刻にインストールするようにします。Windows Updateの実施は任意ですが、定期的な更新が推奨されています。",
   "check": "gpedit.msc\u2192コンピューターの構成\u2192管理用テンプレート\u2192Windows コンポーネント\u2192Windows Update\u2192エンドユーザー エクスペリエンスの管理\u2192「自動更新を構成する」が有効である。",
   "values": [
    {
     "label": "自動更新を構成する",
     "value": "有効"
    },
    {
     "label": "自動更新の構成",
     "value": "4 - 自動ダウンロードしインストール日時を指定"
    },
    {
     "label": "インストールを実行する日",
     "value": "0 - 毎日"
    },
    {
     "label": "インストールを実行する時間",
     "value": "03:00"
    }
   ],
   "requirements": [
    "wu-auto-policy",
    "wu-auto-day",
    "wu-auto-time",
    "wu-auto-already",
    "east-flow",
    "item-groups",
    "wu-optional"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.15-16",
    "NTT東日本 手順書A\u2013D",
    "資格確認端末のセットアップ 3.22版 P.16",
    "資格確認端末のセットアップ 3.22版 P.17"
   ],
   "asOf": null,
   "target": {
    "key": "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"
   },
   "wanted": {
    "values": {
     "NoAutoUpdate": {
      "type": "DWord",
      "data": 0
     },
     "AUOptions": {
      "type": "DWord",
      "data": 4
     },
     "ScheduledInstallDay": {
      "type": "DWord",
      "data": 0
     },
     "ScheduledInstallTime": {
      "type": "DWord",
      "data": 3
     }
    }
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "windows-update-mode",
   "kind": "update-mode",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "Windows Updateの自動・手動の判別",
   "what": "このPCのWindows Updateが自動か手動かを確かめます。",
   "check": "設定\u2192Windows Update に次の文言があれば手動、無ければ自動である。",
   "values": [
    {
     "label": "手動のときの表示",
     "value": "自動更新は組織によって無効にされています"
    }
   ],
   "requirements": [
    "wu-mode-detect"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "service": "update"
   },
   "wanted": {
    "mode": "automatic"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "windows-update-errors",
   "kind": "update-errors",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "Windows Updateのエラーが無いこと",
   "what": "最近のWindows Updateに失敗が無いことを確かめます。「エラーが発生しました」の原因は、配信期間の外か、サーバーの混雑です。",
   "check": "設定\u2192Windows Update にエラーが無い。あるときは、配信期間を確かめて「再試行」を押す。再試行している間は電源を切らない。終わるまで数日かかることがある。",
   "values": [
    {
     "label": "ボタン",
     "value": "再試行"
    }
   ],
   "requirements": [
    "wu-error"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "service": "update"
   },
   "wanted": {
    "recentErrors": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "windows-update-keeps-on",
   "kind": "power",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "windows",
   "title": "更新が終わるまで電源を切らないこと",
   "what": "更新は普通は数十分で終わりますが、数日かかることもあります。その間は電源を入れたままにします。",
   "check": "更新が終わるまで、PCがスリープに入らず、電源が入ったままである。",
   "values": [],
   "requirements": [
    "wu-keep-on"
   ],
   "source": [
    "NTT東日本 手順書A\u2013D"
   ],
   "asOf": null,
   "target": {
    "source": "ac"
   },
   "wanted": {
    "standby": 0,
    "hibernate": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "display-scale",
   "kind": "display",
   "scope": "user",
   "who": "everyone",
   "how": "apply",
   "area": "windows",
   "title": "表示の拡大/縮小を100%",
   "what": "画面がスクロールせずに収まるように、表示の拡大/縮小を100%にします。反映にはサインアウトが要ることがあります。",
   "check": "設定\u2192システム\u2192ディスプレイ\u2192「拡大/縮小」が100%である。",
   "values": [
    {
     "label": "拡大/縮小",
     "value": "100%"
    }
   ],
   "requirements": [
    "display-scale",
    "item-groups"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.18-19"
   ],
   "asOf": null,
   "target": {
    "displays": "all"
   },
   "wanted": {
    "percent": 100
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-place-face",
   "kind": "file",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "faceフォルダーの場所",
   "what": "faceフォルダーが、決めた場所にあることを確かめます。場所を変える場合と暗号化する場合のアプリの設定は、「顔認証DLL定義説明書」に従います。",
   "check": "そのフォルダーがあり、レセプトコンピューター等とアプリの設定が、この場所になっている。",
   "values": [
    {
     "label": "faceフォルダー",
     "value": "C:\\OQS\\face"
    }
   ],
   "requirements": [
    "share-other-location"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.23"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\OQS\\face"
   },
   "wanted": {
    "exists": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-place-req",
   "kind": "file",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "reqフォルダーの場所",
   "what": "reqフォルダーが、決めた場所にあることを確かめます。場所を変える場合と暗号化する場合のアプリの設定は、「連携アプリケーション導入手順書」に従います。",
   "check": "そのフォルダーがあり、レセプトコンピューター等とアプリの設定が、この場所になっている。",
   "values": [
    {
     "label": "reqフォルダー",
     "value": "C:\\OQS\\req"
    },
    {
     "label": "暗号化",
     "value": "しない"
    }
   ],
   "requirements": [
    "share-other-location"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.23"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\OQS\\req"
   },
   "wanted": {
    "exists": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-place-res",
   "kind": "file",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "resフォルダーの場所",
   "what": "resフォルダーが、決めた場所にあることを確かめます。場所を変える場合と暗号化する場合のアプリの設定は、「連携アプリケーション導入手順書」に従います。",
   "check": "そのフォルダーがあり、レセプトコンピューター等とアプリの設定が、この場所になっている。",
   "values": [
    {
     "label": "resフォルダー",
     "value": "C:\\OQS\\res"
    },
    {
     "label": "暗号化",
     "value": "しない"
    }
   ],
   "requirements": [
    "share-other-location"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.23"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\OQS\\res"
   },
   "wanted": {
    "exists": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-network",
   "kind": "network-category",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "ネットワークが「プライベート ネットワーク」であること",
   "what": "共有フォルダーを許可するファイアウォールの規則は、プライベート ネットワークだけで働きます。このPCがつながっているネットワークが、パブリックになっていないことを確かめます。設定は変えません。",
   "check": "パブリックのときは、院内LANであることを確かめ、設定\u2192ネットワークとインターネット\u2192プロパティで「プライベート ネットワーク」を選ぶ。それでも開けない古い機器は、Windows 11 24H2 以降が求める SMB 署名に対応しているか、ゲストとして開こうとしていないかを確かめる。Windows の設定は弱めない。",
   "values": [
    {
     "label": "ネットワーク プロファイルの種類",
     "value": "プライベート ネットワーク"
    }
   ],
   "requirements": [
    "share-trouble",
    "ext-firewall-on"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.49",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "networks": "all"
   },
   "wanted": {
    "public": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-works-face",
   "kind": "share-access",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "faceフォルダーをレセプトコンピューター等から読み書きできること",
   "what": "共有とフォルダーのアクセス許可、アカウントのグループとサインインの許可から、共有するアカウントがネットワーク経由でファイルを読み取り、作成し、削除できることを確かめます。パスワードは使いません。",
   "check": "できないときは、表示された理由を直す。結果のファイルが表示されない、または操作できないときは、別紙トラブルシューティングの補9に従う。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\OQS\\face"
    },
    {
     "label": "共有名",
     "value": "face"
    },
    {
     "label": "共有するアカウント",
     "value": "receiptcom"
    },
    {
     "label": "アクセス許可のレベル",
     "value": "読み取り/書き込み"
    }
   ],
   "requirements": [
    "share-trouble"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "name": "face",
    "path": "C:\\OQS\\face",
    "account": "receiptcom"
   },
   "wanted": {
    "enabled": true,
    "network": true,
    "read": true,
    "create": true,
    "delete": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-works-req",
   "kind": "share-access",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "reqフォルダーをレセプトコンピューター等から読み書きできること",
   "what": "共有とフォルダーのアクセス許可、アカウントのグループとサインインの許可から、共有するアカウントがネットワーク経由でファイルを読み取り、作成し、削除できることを確かめます。パスワードは使いません。",
   "check": "できないときは、表示された理由を直す。結果のファイルが表示されない、または操作できないときは、別紙トラブルシューティングの補9に従う。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\OQS\\req"
    },
    {
     "label": "共有名",
     "value": "req"
    },
    {
     "label": "共有するアカウント",
     "value": "receiptcom"
    },
    {
     "label": "アクセス許可のレベル",
     "value": "読み取り/書き込み"
    }
   ],
   "requirements": [
    "share-trouble"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "name": "req",
    "path": "C:\\OQS\\req",
    "account": "receiptcom"
   },
   "wanted": {
    "enabled": true,
    "network": true,
    "read": true,
    "create": true,
    "delete": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "share-works-res",
   "kind": "share-access",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "face-share",
   "title": "resフォルダーをレセプトコンピューター等から読み書きできること",
   "what": "共有とフォルダーのアクセス許可、アカウントのグループとサインインの許可から、共有するアカウントがネットワーク経由でファイルを読み取り、作成し、削除できることを確かめます。パスワードは使いません。",
   "check": "できないときは、表示された理由を直す。結果のファイルが表示されない、または操作できないときは、別紙トラブルシューティングの補9に従う。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\OQS\\res"
    },
    {
     "label": "共有名",
     "value": "res"
    },
    {
     "label": "共有するアカウント",
     "value": "receiptcom"
    },
    {
     "label": "アクセス許可のレベル",
     "value": "読み取り/書き込み"
    }
   ],
   "requirements": [
    "share-trouble"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.21",
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "name": "res",
    "path": "C:\\OQS\\res",
    "account": "receiptcom"
   },
   "wanted": {
    "enabled": true,
    "network": true,
    "read": true,
    "create": true,
    "delete": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "certificate-usable",
   "kind": "certificate-state",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "certificate",
   "title": "電子証明書が入っていること",
   "what": "「個人」の証明書ストアを調べ、発行者、有効期間、秘密キー、ルート証明書を確かめます。Edgeでは、設定\u2192プライバシー、検索、サービス\u2192セキュリティ\u2192証明書の管理\u2192個人で見られます。",
   "check": "発行者が次の名前の、有効で秘密キーのある証明書が、医療機関等コードごとに1枚ある。",
   "values": [
    {
     "label": "発行者",
     "value": "Online Billing NW Common Root CA"
    },
    {
     "label": "枚数",
     "value": "1枚"
    }
   ],
   "requirements": [
    "cert-verify",
    "login-no-cert-dialog",
    "ops-cert-not-deleted"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.26",
    "アルメックス 承継工事マニュアル \u2465",
    "資格確認端末のセットアップ 3.22版 P.28",
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "store": "My"
   },
   "wanted": {
    "count": 1
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "certificate-noted",
   "kind": "certificate-state",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "certificate",
   "title": "電子証明書を端末間で共用しないこと",
   "what": "電子証明書は端末ごとに1枚です。同じ証明書を複数の端末に入れません。1台の PC からほかの端末は見えないため、この端末の証明書の拇印を結果に書き残します。",
   "check": "この端末の結果にある拇印が、ほかの端末の結果にない。",
   "values": [],
   "requirements": [
    "cert-shared-forbidden"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "store": "My"
   },
   "wanted": {
    "noted": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "certificate-files-left",
   "kind": "certificate-file",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "certificate",
   "title": "電子証明書のファイルを残さないこと",
   "what": "デスクトップとダウンロードのフォルダーに *.p12 が残っていないかを、名前だけで調べます。残っていると、ほかの端末に取り込まれるおそれがあります。",
   "check": "お客様の媒体に保存した後、お客様の了解を得て削除し、この PC に *.p12 が残っていない。",
   "values": [],
   "requirements": [
    "cert-shared-forbidden"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "part": "rest",
    "code": "1419999053",
    "newer": false,
    "folder": "NTT東オン資端末_電子証明書"
   },
   "wanted": {
    "ready": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "certificate-expiry",
   "kind": "certificate-expiry",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "certificate",
   "title": "電子証明書の有効期限",
   "what": "電子証明書の有効期限を、この PC の日付と比べます。有効期間は3年3か月で、期限が切れた証明書や削除した証明書では、システムを使えません。期限の90日前からは、残りの日数を知らせます。",
   "check": "有効期限が過ぎていない。90日以内なら更新の手続きを始める。切れていたら、新しい証明書を申請する。",
   "values": [
    {
     "label": "有効期間の例",
     "value": "2021/03/10～2024/06/10（3年3か月）"
    },
    {
     "label": "更新を始める目安",
     "value": "有効期限の90日前"
    }
   ],
   "requirements": [
    "cert-expiry"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50",
    "アルメックス 承継工事マニュアル \u2460",
    "アルメックス 承継工事マニュアル \u2463"
   ],
   "asOf": null,
   "target": {
    "store": "My"
   },
   "wanted": {
    "count": 1
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "shortcuts-production",
   "kind": "desktop-links",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "connection",
   "title": "本番環境の画面であること",
   "what": "デスクトップに、本番環境ではないページを開くオンライン資格確認のショートカットが無いことを確かめます。開いた画面に「接続検証環境」や「医療情報閲覧用端末」と表示されたら、ショートカットのURLが違うので直します。",
   "check": "ショートカットを開くと、画面に「接続検証環境」も「医療情報閲覧用端末」も表示されない。",
   "values": [
    {
     "label": "正しいURL",
     "value": "https://hweb.oqs.onshikaku.org/web/"
    }
   ],
   "requirements": [
    "login-wrong-env"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.28"
   ],
   "asOf": null,
   "target": {
    "domain": "onshikaku.org"
   },
   "wanted": {
    "below": "https://hweb.oqs.onshikaku.org/web/"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "acct-default-passwords",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "portal-accounts",
   "title": "共通の初期パスワードを残さない",
   "what": "Windows、マスタ・管理・顔認証用・連携用のアカウントに、手順書などに印刷された全施設共通の初期パスワードが残っていたら、施設ごとに違うものへ変更します。この PC で入力するパスワードが共通の初期パスワードなら、受け付けないか、変更を勧めます。連携用を変えたら OQS_LOGIN_KEY を、顔認証用を変えたら顔認証機器のアカウント設定も同じものにします。",
   "check": "共通の初期パスワードのままのアカウントがない（パスワードそのものは記録しない）。",
   "values": [],
   "requirements": [
    "acct-default-passwords"
   ],
   "source": [
    "アルメックス 承継工事マニュアル"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "initial-password-pdf",
   "kind": "leftover",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "portal-accounts",
   "title": "初期パスワードの PDF の削除",
   "what": "アカウント登録で表示された初期パスワードの PDF は、「ダウンロード」フォルダーか Edge の一時フォルダーにあります。更新日時で該当のものを選んで使い、パスワードを変更したら削除します。このシステムからダウンロードされた PDF が残っていないことを、この PC が調べます。中は見ず、名前も記録しません。",
   "check": "両方のフォルダーに初期パスワードの PDF が残っていない。ごみ箱も空にした。",
   "values": [
    {
     "label": "保存先",
     "value": "C:\\Users\\OqsComApp\\Downloads"
    },
    {
     "label": "保存先（一時）",
     "value": "C:\\Users\\OqsComApp\\AppData\\Local\\Temp\\MicrosoftEdgeDownloads\\XXXXXX"
    }
   ],
   "requirements": [
    "acct-init-pdf"
   ],
   "source": [
    "アルメックス 承継工事マニュアル 補足\u2460"
   ],
   "asOf": null,
   "target": {
    "folders": [
     "person",
     "edge"
    ],
    "names": [
     "*.pdf"
    ],
    "depth": 1,
    "from": "onshikaku.org"
   },
   "wanted": {
    "files": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "C:\\Users\\OqsComApp\\Downloads"
  },
  {
   "id": "reader-mode-unattended",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "reader",
   "title": "無人運転モード",
   "what": "資格確認の画面の「顔認証付きカードリーダー操作」を開き、「無人運転」のボタンが緑色になっていることを見ます。緑色でなければ押します。",
   "check": "「無人運転」のボタンが緑色になっている。",
   "values": [
    {
     "label": "モード",
     "value": "無人運転"
    }
   ],
   "requirements": [
    "reader-mode-unattended"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.38"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "dns-latest-guide",
   "kind": "dns-guide",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "DNS サーバーのアドレスの確認",
   "what": "このチェックリストの DNS サーバーのアドレスがいつの時点のものかを見て、古いときは、そのサーバーがいまも応答するかを見ます。最新の「IP-VPN接続ガイド」と違っていれば、ガイドの値を使います。",
   "check": "最新の IP-VPN接続ガイドの値と照らし合わせた。",
   "values": [
    {
     "label": "値の時点",
     "value": "2022年6月30日"
    },
    {
     "label": "NTT東日本エリア 優先 DNS サーバー",
     "value": "2404:1a8:f583:d00::53:1"
    },
    {
     "label": "NTT東日本エリア 代替 DNS サーバー",
     "value": "2404:1a8:f583:d00::53:2"
    }
   ],
   "requirements": [
    "dns-latest-guide"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.6"
   ],
   "asOf": "2022-06-30",
   "target": {
    "asOf": 20220630,
    "servers": [
     "2404:1a8:f583:d00::53:1",
     "2404:1a8:f583:d00::53:2"
    ],
    "host": "hweb.oqs.onshikaku.org"
   },
   "wanted": {
    "usable": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "dns-router-ngn",
   "kind": "names",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "distribution",
   "title": "ルーターの DNS 転送の設定（NGN のドメイン）",
   "what": "ルーターの設定画面のローカルドメイン問合せテーブル（名称は機種による）に、施設のエリアのドメインと転送先を登録して保存します。",
   "check": "ルーターに登録したドメインの名前を、端末から解決できる。",
   "values": [
    {
     "label": "NTT東日本エリア ドメイン",
     "value": "flets-east.jp"
    },
    {
     "label": "NTT東日本エリア 転送先",
     "value": "2404:1a8:7f01:a::3"
    },
    {
     "label": "NTT東日本エリア 転送先",
     "value": "2404:1a8:7f01:b::3"
    }
   ],
   "requirements": [
    "dns-router-ngn"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.6"
   ],
   "asOf": "2022-06-30",
   "target": {
    "hosts": [
     "assv.asc.flets-east.jp"
    ]
   },
   "wanted": {
    "missing": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "dns-router-oqs",
   "kind": "names",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "distribution",
   "title": "ルーターの DNS 転送の設定（オンライン資格確認の6ドメイン）",
   "what": "ルーターの設定画面のローカルドメイン問合せテーブル（名称は機種による）に、次の6つのドメインを1つずつ、施設のエリアの転送先とともに登録して保存します。",
   "check": "6つのドメインがすべて登録され、onshikaku.org、lineauth.mnw、base.oqs-pdl.org、managedpki.ne.jp の名前を端末から解決できる。残りの2つは、ルーターの画面で見る。",
   "values": [
    {
     "label": "ドメイン 1",
     "value": "onshikaku.org"
    },
    {
     "label": "ドメイン 2",
     "value": "lineauth.mnw"
    },
    {
     "label": "ドメイン 3",
     "value": "base.oqs-pdl.org"
    },
    {
     "label": "ドメイン 4",
     "value": "managedpki.ne.jp"
    },
    {
     "label": "ドメイン 5",
     "value": "cybertrust.ne.jp"
    },
    {
     "label": "ドメイン 6",
     "value": "secomtrust.net"
    },
    {
     "label": "NTT東日本エリア 転送先",
     "value": "2404:1a8:f583:d00::53:1"
    },
    {
     "label": "NTT東日本エリア 転送先",
     "value": "2404:1a8:f583:d00::53:2"
    }
   ],
   "requirements": [
    "dns-router-oqs"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.6"
   ],
   "asOf": "2022-06-30",
   "target": {
    "hosts": [
     "hweb.oqs.onshikaku.org",
     "www.lineauth.mnw",
     "pweb.base.oqs-pdl.org",
     "cert.obn.managedpki.ne.jp"
    ]
   },
   "wanted": {
    "missing": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-icon",
   "kind": "desktop-icon",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "管理ツールのショートカットの確認",
   "what": "OqsComApp または全員のデスクトップに、配信アプリケーション管理ツールのアイコンがあることを、ツールが見ます。",
   "check": "アイコンがある。",
   "values": [
    {
     "label": "アイコン",
     "value": "オンライン資格確認配信アプリケーション管理ツール"
    }
   ],
   "requirements": [
    "distro-shortcut"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.32"
   ],
   "asOf": null,
   "target": {
    "name": "*オンライン資格確認配信アプリケーション管理ツール*.lnk",
    "brought": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
   },
   "wanted": {
    "present": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-advanced",
   "kind": "distribution-record",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "高度な設定を変更しない",
   "what": "「設定の変更」の高度な設定にある「拡張パス」と「開発者向けコード」は、指示がない限り何も入力しないでください。設定ファイルに書かれていれば、空であることをツールが見ます。",
   "check": "「拡張パス」と「開発者向けコード」が空のままになっている。",
   "values": [
    {
     "label": "拡張パス",
     "value": "（空）"
    },
    {
     "label": "開発者向けコード",
     "value": "（空）"
    }
   ],
   "requirements": [
    "distro-advanced-forbidden"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.33"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "part": "advanced"
   },
   "wanted": {
    "empty": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-task",
   "kind": "vendor-task",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "distribution",
   "title": "配信アプリケーション起動タスクの登録",
   "what": "配信アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します。実行するユーザーだけを OqsComApp に変え、繰り返し間隔などはそのまま残します。OqsComApp のパスワードを、この PC の画面で尋ねます。登録した後は Windows を再起動し、OqsComApp でサインインします。手で変えて OK を押すときも、OqsComApp とそのパスワードを入力します。",
   "check": "タスク スケジューラ ライブラリの OQS_exec_distroappstart が「準備完了」で、ユーザーが OqsComApp、「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。管理ツールに「管理ツールに異常が発生しました。」と出ない。",
   "values": [
    {
     "label": "XML",
     "value": "C:\\Program Files\\OQS\\OQSDistroApp\\tools\\OQS_exec_distroappstart.xml"
    },
    {
     "label": "ユーザー",
     "value": "OqsComApp（ログオンしているかどうかにかかわらず実行する）"
    },
    {
     "label": "遅延時間",
     "value": "1 分間"
    },
    {
     "label": "繰り返し間隔",
     "value": "1 時間（XML のまま）"
    },
    {
     "label": "状態",
     "value": "準備完了"
    }
   ],
   "requirements": [
    "task-distro",
    "task-distro-delay",
    "task-edit-password",
    "distro-err-tool",
    "ext-distro-repeat"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.33-35",
    "配信アプリケーションの確認について 1.06版 P.9",
    "配信アプリケーションの確認について 1.06版 P.10",
    "配信アプリケーションの確認について 1.06版 P.11",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_distroappstart",
    "file": "C:\\Program Files\\OQS\\OQSDistroApp\\tools\\OQS_exec_distroappstart.xml"
   },
   "wanted": {
    "account": "OqsComApp",
    "delay": "PT1M"
   },
   "secrets": [],
   "restart": true,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-task-ran",
   "kind": "task-run",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "再起動後の実行確認（配信アプリケーション起動タスク）",
   "what": "Windows が起動したときに動くタスクが、再起動の後に動き、成功したこと（動き続けるものは動いていること）を確かめます。再起動してから数分は、まだ動いていないことがあります。",
   "check": "タスク スケジューラのライブラリで、次のタスクの「前回の実行時刻」が再起動より後になっている。",
   "values": [
    {
     "label": "タスク",
     "value": "OQS_exec_distroappstart"
    }
   ],
   "requirements": [
    "task-run-after-reboot"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.11"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_distroappstart"
   },
   "wanted": {
    "sinceBoot": true,
    "succeeded": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-task-running-ran",
   "kind": "task-run",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "再起動後の実行確認（起動時のファイル削除）",
   "what": "Windows が起動したときに動くタスクが、再起動の後に動き、成功したこと（動き続けるものは動いていること）を確かめます。再起動してから数分は、まだ動いていないことがあります。",
   "check": "タスク スケジューラのライブラリで、次のタスクの「前回の実行時刻」が再起動より後になっている。",
   "values": [
    {
     "label": "タスク",
     "value": "OQS_exec_comappdelfile_running"
    }
   ],
   "requirements": [
    "task-run-after-reboot"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.11"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_comappdelfile_running"
   },
   "wanted": {
    "sinceBoot": true,
    "succeeded": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-task-start-ran",
   "kind": "task-run",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "再起動後の実行確認（連携アプリケーションの起動）",
   "what": "Windows が起動したときに動くタスクが、再起動の後に動き、成功したこと（動き続けるものは動いていること）を確かめます。再起動してから数分は、まだ動いていないことがあります。",
   "check": "タスク スケジューラのライブラリで、次のタスクの「前回の実行時刻」が再起動より後になっている。",
   "values": [
    {
     "label": "タスク",
     "value": "OQS_exec_comappstart"
    }
   ],
   "requirements": [
    "task-run-after-reboot"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.11"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_comappstart"
   },
   "wanted": {
    "sinceBoot": true,
    "succeeded": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "installed-versions",
   "kind": "versions",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "バージョン情報ファイル",
   "what": "導入した資材の版は、導入先の Version.Info（テキスト）に書かれています。ツールがすべて読み、版を結果に残します。",
   "check": "どの Version.Info もあり、版が読める。",
   "values": [
    {
     "label": "顔認証ライブラリ",
     "value": "C:\\Program Files\\OQS-Auth\\Version.Info"
    },
    {
     "label": "連携アプリケーション",
     "value": "C:\\Program Files\\OQS\\OQSComApp\\Version.info"
    },
    {
     "label": "配信アプリケーション",
     "value": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
    }
   ],
   "requirements": [
    "ver-files"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.3"
   ],
   "asOf": null,
   "target": {
    "applications": [
     {
      "name": "顔認証ライブラリ",
      "file": "C:\\Program Files\\OQS-Auth\\Version.Info"
     },
     {
      "name": "連携アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSComApp\\Version.info"
     },
     {
      "name": "配信アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
     }
    ]
   },
   "wanted": {
    "minimum": {
     "顔認証ライブラリ": "0.0",
     "連携アプリケーション": "0.0",
     "配信アプリケーション": "0.0"
    }
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "latest-versions-least",
   "kind": "versions",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "導入した版の確認",
   "what": "導入されている版を、この一式が持つ版の表（手順書の最低の版）と比べます。",
   "check": "どの版も、次の値以降である。",
   "values": [
    {
     "label": "顔認証ライブラリ",
     "value": "2.3.0 以降"
    },
    {
     "label": "連携アプリケーション",
     "value": "2.2.0 以降"
    },
    {
     "label": "配信アプリケーション",
     "value": "2.0.1 以降"
    }
   ],
   "requirements": [
    "ver-latest",
    "test-version"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.3",
    "資格確認端末のセットアップ 3.22版 P.36",
    "資格確認端末のセットアップ 3.22版 P.37"
   ],
   "asOf": "2026-11-21",
   "target": {
    "applications": [
     {
      "name": "顔認証ライブラリ",
      "file": "C:\\Program Files\\OQS-Auth\\Version.Info"
     },
     {
      "name": "連携アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSComApp\\Version.info"
     },
     {
      "name": "配信アプリケーション",
      "file": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
     }
    ]
   },
   "wanted": {
    "minimum": {
     "顔認証ライブラリ": "2.3.0",
     "連携アプリケーション": "2.2.0",
     "配信アプリケーション": "2.0.1"
    }
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "latest-versions",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "distribution",
   "title": "最新版との一致",
   "what": "ツールが開いたページ（移転しているときは医療機関等向け総合ポータルサイト）の「アプリケーションバージョン情報」で最新の版を調べ、配信アプリケーション、連携アプリケーション（使う施設）、顔認証ライブラリ、顔認証機器のアプリの4種類をこの端末の版と比べます。古いものがあれば更新を繰り返します。",
   "check": "4種類とも公開されている最新版と一致している。",
   "values": [
    {
     "label": "比べるもの",
     "value": "配信アプリケーション／連携アプリケーション／顔認証ライブラリ／顔認証機器（CR）アプリ"
    },
    {
     "label": "掲載ページ（資料に記載のもの。移転している場合は総合ポータルサイトで探す）",
     "value": "https://www.iryohokenjyoho-portalsite.jp/download/post-12.html"
    }
   ],
   "requirements": [
    "ver-latest"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.3",
    "資格確認端末のセットアップ 3.22版 P.36"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": "https://www.iryohokenjyoho-portalsite.jp/download/post-12.html"
  },
  {
   "id": "reader-versions-almex",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "distribution",
   "title": "顔認証機器の版（アルメックス）",
   "what": "マイナタッチ管理コンソール \u2192 ヘルプ \u2192 バージョン情報 を開き、次の版を控えて、公開されている最新版と比べます。",
   "check": "\u2460\u2461と、\u2462の全台分が最新版になっている。",
   "values": [
    {
     "label": "\u2460",
     "value": "管理コンソール"
    },
    {
     "label": "\u2461",
     "value": "アップデート管理ツール"
    },
    {
     "label": "\u2462",
     "value": "カードリーダー本体（台数分）"
    },
    {
     "label": "機器",
     "value": "アルメックス、顔認証用アカウントは1台に1つ"
    }
   ],
   "requirements": [
    "ver-almex"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.16"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "installers-left",
   "kind": "installer",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "残っているインストーラーの確認",
   "what": "端末にコピーしたインストーラーが残っていないかを見て、残っていれば場所を示します。",
   "check": "残っていない（残すときは理由を備考に書く）。",
   "values": [
    {
     "label": "対象",
     "value": "OQSFaceApp.zip と展開したフォルダー、OQSDistroApp.msi、連携アプリケーションのインストーラー"
    }
   ],
   "requirements": [
    "installers-cleanup"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.36"
   ],
   "asOf": null,
   "target": {
    "part": "rest",
    "names": [
     "OQSFaceApp*.zip",
     "OqsInstall.exe",
     "OQSComApp*.zip",
     "OQSDistroApp*.msi"
    ],
    "installed": ""
   },
   "wanted": {
    "absent": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "installers-deleted",
   "kind": "guided",
   "scope": "user",
   "who": "oqscomapp",
   "how": "guided",
   "area": "distribution",
   "title": "インストーラーの削除",
   "what": "導入と確認が終わったら、端末にコピーしたインストーラーは削除してもかまいません。残っている場所は、ツールが示します（USB メモリーのものは数えません）。",
   "check": "コピーしたインストーラーが残っていない（残すときは理由を備考に書く）。",
   "values": [
    {
     "label": "対象",
     "value": "OQSFaceApp.zip、OqsInstall.exe、OQSComApp.zip、OQSDistroApp.msi と、展開したフォルダー"
    }
   ],
   "requirements": [
    "installers-cleanup"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.36"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-wrong-server",
   "kind": "distribution-record",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "接続失敗のとき：接続先の誤り",
   "what": "配信アプリケーションの設定ファイルに書かれた接続先が、施設の構成と同じかをツールが見ます。書かれていないときは管理ツールの「設定の変更」で見て、違っていれば選び直して OK を押し、接続確認をやり直します。",
   "check": "「接続する配信サーバー」が施設の構成と合っている。",
   "values": [
    {
     "label": "構成",
     "value": "配信拠点起点"
    },
    {
     "label": "接続する配信サーバー",
     "value": "配信拠点(推奨)"
    }
   ],
   "requirements": [
    "distro-fail-wrong-server"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.4"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "part": "server"
   },
   "wanted": {
    "server": "base"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "winhttp-imported",
   "kind": "winhttp",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "接続失敗のとき：WinHTTP プロキシの未設定",
   "what": "WinHTTP プロキシが「直接アクセス」のままになっていないかを見ます。違うときは、この端末の 1_適用 をもう一度行い、接続確認をやり直します。",
   "check": "管理者として開いたコマンド プロンプトで netsh winhttp show proxy を実行すると、プロキシ サーバーと9つの例外が表示される。",
   "values": [
    {
     "label": "表示するコマンド",
     "value": "netsh winhttp show proxy"
    },
    {
     "label": "取り込むコマンド",
     "value": "netsh winhttp import proxy source=ie"
    },
    {
     "label": "プロキシ サーバー",
     "value": "proxy.base.oqs-pdl.org:8080"
    }
   ],
   "requirements": [
    "distro-fail-proxy-cmd",
    "topology-select"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.5"
   ],
   "asOf": null,
   "target": {
    "configuration": "default"
   },
   "wanted": {
    "server": "proxy.base.oqs-pdl.org:8080",
    "bypass": [
     "*.onshikaku.org",
     "*.flets-east.jp",
     "*.flets-west.jp",
     "*.lineauth.mnw",
     "*.obn.managedpki.ne.jp",
     "*.cybertrust.ne.jp",
     "*.secomtrust.net",
     "*.rece",
     "pweb.base.oqs-pdl.org"
    ],
    "exact": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "v6-option",
   "kind": "ipv6",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "接続失敗のとき：フレッツ・v6オプションの未契約",
   "what": "NTT東日本・西日本の IP-VPN では、フレッツ・v6オプションの契約が必要です。端末に、2 で始まる IPv6 アドレス（一時的なものを除く）があるかを見ます。ない場合は、施設と NTT に契約を確かめます。",
   "check": "フレッツ・v6オプションが契約済みで、コマンド プロンプトの ipconfig に 2 で始まる IPv6 アドレスがある。",
   "values": [
    {
     "label": "契約",
     "value": "フレッツ・v6オプション"
    },
    {
     "label": "コマンド",
     "value": "ipconfig"
    }
   ],
   "requirements": [
    "distro-fail-v6option"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.5"
   ],
   "asOf": null,
   "target": {
    "address": "global"
   },
   "wanted": {
    "global": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "connection-doctor",
   "kind": "first-fault",
   "scope": "user",
   "who": "oqscomapp",
   "how": "verify",
   "area": "distribution",
   "title": "「配信サーバーへの接続に失敗しました。」のとき",
   "what": "接続先の配信サーバーは配信アプリケーションの画面で確かめます。続いて、プロキシ（例外リストと WinHTTP を含む）、回線の契約、DNS、接続先の順に PC を調べ、最初に直すものを示します。直したら、接続確認をやり直します。",
   "check": "接続確認で「接続成功」と表示された。",
   "values": [
    {
     "label": "資料",
     "value": "配信アプリケーションの確認について P.4～7"
    }
   ],
   "requirements": [
    "distro-err-connect"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.9"
   ],
   "asOf": null,
   "target": {
    "checks": [
     {
      "title": "プロキシと例外リスト",
      "kind": "proxy",
      "target": {
       "connection": "lan"
      },
      "wanted": {
       "server": "proxy.base.oqs-pdl.org:8080",
       "bypass": [
        "*.onshikaku.org",
        "*.flets-east.jp",
        "*.flets-west.jp",
        "*.lineauth.mnw",
        "*.obn.managedpki.ne.jp",
        "*.cybertrust.ne.jp",
        "*.secomtrust.net",
        "*.rece",
        "pweb.base.oqs-pdl.org"
       ],
       "exact": false
      },
      "remedy": "プロキシ proxy.base.oqs-pdl.org:8080 と例外リストが設定されていません。この端末の 1_適用 をもう一度行ってください。"
     },
     {
      "title": "例外リストの書き方",
      "kind": "bypass-text",
      "target": {
       "connection": "lan"
      },
      "wanted": {
       "separated": true
      },
      "remedy": "例外がセミコロンで区切られていません。この端末の 1_適用 をもう一度行ってください。"
     },
     {
      "title": "WinHTTP プロキシ",
      "kind": "winhttp",
      "target": {
       "configuration": "default"
      },
      "wanted": {
       "server": "proxy.base.oqs-pdl.org:8080",
       "bypass": [
        "*.onshikaku.org",
        "*.flets-east.jp",
        "*.flets-west.jp",
        "*.lineauth.mnw",
        "*.obn.managedpki.ne.jp",
        "*.cybertrust.ne.jp",
        "*.secomtrust.net",
        "*.rece",
        "pweb.base.oqs-pdl.org"
       ],
       "exact": false
      },
      "remedy": "WinHTTP プロキシが違います。この端末の 1_適用 をもう一度行ってください。"
     },
     {
      "title": "フレッツ・v6オプションの契約",
      "kind": "ipv6",
      "target": {
       "address": "global"
      },
      "wanted": {
       "global": true
      },
      "remedy": "2 で始まる IPv6 アドレスがありません。契約を確かめてください。"
     },
     {
      "title": "DNS",
      "kind": "names",
      "target": {
       "hosts": [
        "www.lineauth.mnw",
        "assv.asc.flets-east.jp",
        "hweb.oqs.onshikaku.org",
        "cert.obn.managedpki.ne.jp",
        "crldownload.obn.managedpki.ne.jp",
        "pweb.base.oqs-pdl.org",
        "proxy.base.oqs-pdl.org",
        "ntp.base.oqs-pdl.org"
       ]
      },
      "wanted": {
       "missing": []
      },
      "remedy": "名前を解決できません。"
     },
     {
      "title": "接続先",
      "kind": "reach",
      "target": {
       "places": [
        {
         "host": "hweb.oqs.onshikaku.org",
         "port": 443,
         "proxy": ""
        },
        {
         "host": "cert.obn.managedpki.ne.jp",
         "port": 443,
         "proxy": ""
        },
        {
         "host": "crldownload.obn.managedpki.ne.jp",
         "port": 80,
         "proxy": ""
        },
        {
         "host": "proxy.base.oqs-pdl.org",
         "port": 8080,
         "proxy": ""
        }
       ]
      },
      "wanted": {
       "unreachable": []
      },
      "remedy": "つながらない接続先があります。"
     }
    ]
   },
   "wanted": {
    "fault": ""
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distro-err-ini",
   "kind": "installed-file",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "distribution",
   "title": "「配信実績管理ファイルが見つかりません。」のとき",
   "what": "次のファイルの有無を見ます。なければ配信アプリケーションを入れ直します。あるのにメッセージが出るときは、コールセンターまたは ONS障害報告に連絡します。",
   "check": "ファイルがあり、このメッセージが出ない。",
   "values": [
    {
     "label": "ファイル",
     "value": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini"
    }
   ],
   "requirements": [
    "distro-err-ini"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.9"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSDistroApp\\config\\OQSDistroApp.ini",
    "brought": "C:\\Program Files\\OQS\\OQSDistroApp\\Version.Info"
   },
   "wanted": {
    "present": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "ask-vendor",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "distribution",
   "title": "解消しないとき",
   "what": "ここまでの行で解消しないときは、端末をセットアップした事業者に、画面のメッセージ、発生した日時、確かめた行を伝え、ツールの結果のフォルダーを渡します。パスワードや患者の情報は伝えないでください。",
   "check": "連絡先と伝えた内容を備考に書いた（接続できているときは不要）。",
   "values": [
    {
     "label": "連絡先",
     "value": "端末をセットアップした事業者"
    },
    {
     "label": "結果のフォルダー（この一式の隣）",
     "value": "results\\1419999053_OQS-01"
    },
    {
     "label": "結果のフォルダー（端末）",
     "value": "%LocalAppData%\\oqsgen\\results"
    },
    {
     "label": "渡すファイル",
     "value": "result.json、log.txt（パスワードと患者の情報は入っていません）"
    }
   ],
   "requirements": [
    "distro-ask-vendor"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.4"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-task-periodic",
   "kind": "vendor-task",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "final-check",
   "title": "連携アプリケーションのタスクの登録（定期的なファイル削除）",
   "what": "連携アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します。実行するユーザーだけを OqsComApp に変えます。連携用アカウントを作り、資格情報を登録した後に行います。OqsComApp のパスワードを、この PC の画面で尋ねます。登録した後は Windows を再起動します。",
   "check": "タスク スケジューラ ライブラリの OQS_exec_comappdelfile_periodic が「準備完了」で、ユーザーが OqsComApp、「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。",
   "values": [
    {
     "label": "XML",
     "value": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappdelfile_periodic.xml"
    },
    {
     "label": "ユーザー",
     "value": "OqsComApp（ログオンしているかどうかにかかわらず実行する）"
    },
    {
     "label": "状態",
     "value": "準備完了"
    }
   ],
   "requirements": [
    "task-com-three",
    "com-needed",
    "com-order"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.48",
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_comappdelfile_periodic",
    "file": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappdelfile_periodic.xml"
   },
   "wanted": {
    "account": "OqsComApp",
    "delay": null
   },
   "secrets": [],
   "restart": true,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-task-running",
   "kind": "vendor-task",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "final-check",
   "title": "連携アプリケーションのタスクの登録（起動時のファイル削除）",
   "what": "連携アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します。実行するユーザーだけを OqsComApp に変えます。連携用アカウントを作り、資格情報を登録した後に行います。OqsComApp のパスワードを、この PC の画面で尋ねます。登録した後は Windows を再起動します。",
   "check": "タスク スケジューラ ライブラリの OQS_exec_comappdelfile_running が「準備完了」で、ユーザーが OqsComApp、「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。",
   "values": [
    {
     "label": "XML",
     "value": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappdelfile_running.xml"
    },
    {
     "label": "ユーザー",
     "value": "OqsComApp（ログオンしているかどうかにかかわらず実行する）"
    },
    {
     "label": "状態",
     "value": "準備完了"
    },
    {
     "label": "遅延時間",
     "value": "30 秒間"
    }
   ],
   "requirements": [
    "task-com-three",
    "task-comdel-delay",
    "com-needed",
    "com-order"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.48",
    "資格確認端末のセットアップ 3.22版 P.49",
    "配信アプリケーションの確認について 1.06版 P.11"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_comappdelfile_running",
    "file": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappdelfile_running.xml"
   },
   "wanted": {
    "account": "OqsComApp",
    "delay": "PT30S"
   },
   "secrets": [],
   "restart": true,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-task-start",
   "kind": "vendor-task",
   "scope": "machine",
   "who": "administrator",
   "how": "apply",
   "area": "final-check",
   "title": "連携アプリケーションのタスクの登録（起動）",
   "what": "連携アプリケーションのインストーラーが置いた XML のとおりに、タスク スケジューラへ登録します。実行するユーザーだけを OqsComApp に変えます。連携用アカウントを作り、資格情報を登録した後に行います。OqsComApp のパスワードを、この PC の画面で尋ねます。登録した後は Windows を再起動します。",
   "check": "タスク スケジューラ ライブラリの OQS_exec_comappstart が「準備完了」で、ユーザーが OqsComApp、「ユーザーがログオンしているかどうかにかかわらず実行する」になっている。",
   "values": [
    {
     "label": "XML",
     "value": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappstart.xml"
    },
    {
     "label": "ユーザー",
     "value": "OqsComApp（ログオンしているかどうかにかかわらず実行する）"
    },
    {
     "label": "状態",
     "value": "準備完了"
    }
   ],
   "requirements": [
    "task-com-three",
    "com-needed",
    "com-order"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.48",
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_comappstart",
    "file": "C:\\Program Files\\OQS\\OQSComApp\\tools\\OQS_exec_comappstart.xml"
   },
   "wanted": {
    "account": "OqsComApp",
    "delay": null
   },
   "secrets": [],
   "restart": true,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "test-login-user",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "final-check",
   "title": "テストに使うアカウント",
   "what": "テストの前に、一般利用者または管理者のアカウントでログインします。マスタアカウントではテストできません。",
   "check": "一般利用者または管理者のアカウントでログインしている。",
   "values": [
    {
     "label": "使えるアカウント",
     "value": "一般利用者、管理者"
    },
    {
     "label": "使えないアカウント",
     "value": "マスタアカウント"
    }
   ],
   "requirements": [
    "test-login-user"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.38-45"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "test-face",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "final-check",
   "title": "顔認証のテスト",
   "what": "同意を得たカードの持ち主（施設の担当者）に、顔認証機器へマイナンバーカードを置き、画面に従って顔認証と同意の操作をしてもらいます。実在する方の資格が表示されるので、画面を写真やメモに残さないでください。本番環境では、実在する方の資格情報が表示されます。画面の写真やメモを残しません。",
   "check": "顔認証機器に「確認が完了しました」と表示され、資格確認の画面に結果が出る。",
   "values": [
    {
     "label": "1",
     "value": "顔認証機器にマイナンバーカードを置く"
    },
    {
     "label": "2",
     "value": "機器の画面をタップし、顔認証と同意の操作をする"
    },
    {
     "label": "3",
     "value": "「確認が完了しました」と表示されたことを見る"
    },
    {
     "label": "4",
     "value": "カードを取り、資格確認の画面で結果を見る"
    }
   ],
   "requirements": [
    "test-face",
    "test-real-data"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.39",
    "アルメックス 承継工事マニュアル \u246b"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "test-paper",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "final-check",
   "title": "資格確認書・処方箋のテスト",
   "what": "資格確認の画面で「資格確認書／処方箋で確認」を開き、同意を得た方の条件を入力して「検索」を押します。何も表示されないときは、入力した条件が違っています。本番環境では、実在する方の資格情報が表示されます。画面の写真やメモを残しません。",
   "check": "入力した条件に合う資格情報が表示される。",
   "values": [
    {
     "label": "1",
     "value": "「資格確認書／処方箋で確認」を押す"
    },
    {
     "label": "2",
     "value": "同意を得た方の条件を入力する"
    },
    {
     "label": "3",
     "value": "「検索」を押す"
    },
    {
     "label": "4",
     "value": "結果が表示されたことを見る（表示されないときは条件を直す）"
    }
   ],
   "requirements": [
    "test-paper",
    "test-real-data"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.45",
    "資格確認端末のセットアップ 3.22版 P.46"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "test-his",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "final-check",
   "title": "既存システムからのテスト",
   "what": "電子カルテ、レセコンなどの既存システムから資格確認を行います。レセコン兼用の端末では、確認した結果が既存システムに取り込まれることも見ます。資格確認書などによる確認は、レセコンから施設の担当者に行ってもらいます。",
   "check": "既存システムに結果が取り込まれ、正しく表示される。",
   "values": [],
   "requirements": [
    "test-his"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.40",
    "資格確認端末のセットアップ 3.22版 P.49",
    "アルメックス 承継工事マニュアル \u246b"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "linkage-running",
   "kind": "linkage-running",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "final-check",
   "title": "連携アプリケーションが動いていること",
   "what": "再起動の後に、連携アプリケーションのプログラムか、それを起動するタスクが動いていて、3 つのタスクが有効であることを確かめます。動いていないときは、資格情報マネージャーで OQS_LOGIN_KEY と OQS_MEDICAL_INSTITUTION_CODE を確かめ、端末を再起動します。それでも動かないときは、別紙トラブルシューティングの補16によります。",
   "check": "3つのタスクが「準備完了」または「実行中」で、既存システムからの確認に応答がある。",
   "values": [
    {
     "label": "タスク",
     "value": "OQS_exec_comappdelfile_periodic、OQS_exec_comappdelfile_running、OQS_exec_comappstart"
    },
    {
     "label": "動作しないとき",
     "value": "別紙トラブルシューティング 補16"
    }
   ],
   "requirements": [
    "com-not-working"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.49"
   ],
   "asOf": null,
   "target": {
    "folder": "C:\\Program Files\\OQS\\OQSComApp",
    "start": "OQS_exec_comappstart",
    "tasks": [
     "OQS_exec_comappdelfile_periodic",
     "OQS_exec_comappdelfile_running",
     "OQS_exec_comappstart"
    ]
   },
   "wanted": {
    "running": true,
    "ready": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "person-language-seen",
   "kind": "user-locale",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "final-check",
   "title": "言語と地域（サインインしている人）",
   "what": "サインインしている人の地域が日本、形式が日本語（日本）で、優先する言語の一番上が日本語であるようになっているかを見ます。違うときは、別紙トラブルシューティングの補7によって直すか、任意の設定（options）に locale-ja を加えて作り直します。",
   "check": "設定\u2192時刻と言語\u2192言語と地域 で、優先する言語の一番上が「日本語」、国または地域が「日本」である。",
   "values": [
    {
     "label": "優先する言語",
     "value": "日本語（ja-JP）"
    },
    {
     "label": "国または地域",
     "value": "日本（GeoId 122）"
    }
   ],
   "requirements": [
    "test-mojibake"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.39"
   ],
   "asOf": null,
   "target": {
    "person": "current"
   },
   "wanted": {
    "culture": "ja-JP",
    "location": 122,
    "language": "ja"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "system-language-seen",
   "kind": "system-locale",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "final-check",
   "title": "システム ロケール",
   "what": "Unicode に対応していないプログラムの言語（システム ロケール）が日本語（日本）で、文字コードが 932 であるようになっているかを見ます。違うときは、別紙トラブルシューティングの補7によって直すか、任意の設定（options）に locale-ja を加えて作り直します。",
   "check": "設定\u2192時刻と言語\u2192言語と地域\u2192管理用の言語の設定\u2192「管理」タブで、システム ロケールが「日本語 (日本)」である。",
   "values": [
    {
     "label": "システム ロケール",
     "value": "日本語（日本）"
    },
    {
     "label": "コード ページ",
     "value": "932"
    }
   ],
   "requirements": [
    "test-mojibake"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.39"
   ],
   "asOf": null,
   "target": {
    "part": "system"
   },
   "wanted": {
    "locale": "0411",
    "ACP": "932"
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "display-language",
   "kind": "display-language",
   "scope": "user",
   "who": "everyone",
   "how": "verify",
   "area": "final-check",
   "title": "結果に「？」が表示されるとき",
   "what": "Windows の表示言語が「日本語」になっているかを見ます。違うときは、設定 \u2192 時刻と言語 \u2192 言語と地域 で直し、サインインし直します。直し方は、別紙トラブルシューティングの補7にあります。",
   "check": "氏名などが「？」にならずに表示される。",
   "values": [
    {
     "label": "Windows の表示言語",
     "value": "日本語（ja-JP）"
    }
   ],
   "requirements": [
    "test-mojibake"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.39"
   ],
   "asOf": null,
   "target": {
    "language": "ja"
   },
   "wanted": {
    "shown": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "untouched-face",
   "kind": "folder-untouched",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": "顔認証ライブラリのフォルダーが変更されていないこと",
   "what": "導入したアプリのフォルダーとファイルについて、所有者が Windows か管理者で、管理者以外が変更できず、拒否のアクセス許可が無く、署名されたプログラムが書き換えられていないことを確かめます。削除したり、名前やアクセス権を変えたりしてしまったときは、そのアプリのセットアップをやり直します。施設の担当者にも伝えます。",
   "check": "次のフォルダーがあり、ファイルの削除やアクセス権の変更をしていない。",
   "values": [
    {
     "label": "顔認証ライブラリ",
     "value": "C:\\Program Files\\OQS-Auth"
    }
   ],
   "requirements": [
    "ops-no-tamper"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\Program Files\\OQS-Auth"
   },
   "wanted": {
    "changed": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "untouched-distro",
   "kind": "folder-untouched",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": "配信アプリケーションのフォルダーが変更されていないこと",
   "what": "導入したアプリのフォルダーとファイルについて、所有者が Windows か管理者で、管理者以外が変更できず、拒否のアクセス許可が無く、署名されたプログラムが書き換えられていないことを確かめます。削除したり、名前やアクセス権を変えたりしてしまったときは、そのアプリのセットアップをやり直します。施設の担当者にも伝えます。",
   "check": "次のフォルダーがあり、ファイルの削除やアクセス権の変更をしていない。",
   "values": [
    {
     "label": "配信アプリケーション",
     "value": "C:\\Program Files\\OQS\\OQSDistroApp"
    }
   ],
   "requirements": [
    "ops-no-tamper"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\Program Files\\OQS\\OQSDistroApp"
   },
   "wanted": {
    "changed": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "untouched-com",
   "kind": "folder-untouched",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": "連携アプリケーションのフォルダーが変更されていないこと",
   "what": "導入したアプリのフォルダーとファイルについて、所有者が Windows か管理者で、管理者以外が変更できず、拒否のアクセス許可が無く、署名されたプログラムが書き換えられていないことを確かめます。削除したり、名前やアクセス権を変えたりしてしまったときは、そのアプリのセットアップをやり直します。施設の担当者にも伝えます。",
   "check": "次のフォルダーがあり、ファイルの削除やアクセス権の変更をしていない。",
   "values": [
    {
     "label": "連携アプリケーション",
     "value": "C:\\Program Files\\OQS\\OQSComApp"
    }
   ],
   "requirements": [
    "ops-no-tamper"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\Program Files\\OQS\\OQSComApp"
   },
   "wanted": {
    "changed": 0
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "ops-dotnet",
   "kind": "dotnet",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": ".NET Framework を無効にしない",
   "what": ".NET Framework 4.8 Advanced Services が有効で、レジストリーの Release があるかを見ます。無効にすると連携アプリケーションや配信アプリケーションが動かなくなります。",
   "check": "スタート \u2192「Windows の機能の有効化または無効化」で、.NET Framework 4.8 Advanced Services のチェック（\u25a0を含む）が付いている。",
   "values": [
    {
     "label": "機能",
     "value": ".NET Framework 4.8 Advanced Services"
    },
    {
     "label": "レジストリー",
     "value": "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full"
    },
    {
     "label": "値の名前",
     "value": "Release"
    }
   ],
   "requirements": [
    "ops-dotnet"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "feature": "NetFx4-AdvSrvs"
   },
   "wanted": {
    "minimumRelease": 461808
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "ports-open",
   "kind": "outbound-port",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": "通信ポートを閉じない",
   "what": "ルーター、セキュリティ製品、Windows のファイアウォールで、次の通信を止めないでください。通信機器やセキュリティ製品を入れ替えるときも同じです。Windows のファイアウォールの送信の規則と、各ポートの応答を見ます。",
   "check": "次のポートの外向きの通信が止められておらず、回線がつながっていれば応答がある。",
   "values": [
    {
     "label": "DNS",
     "value": "53（TCP・UDP）"
    },
    {
     "label": "HTTP（電子証明書の申請）",
     "value": "80（TCP・UDP）"
    },
    {
     "label": "NTP",
     "value": "123（TCP・UDP）"
    },
    {
     "label": "HTTPS",
     "value": "443（TCP・UDP）"
    },
    {
     "label": "プロキシ",
     "value": "8080（TCP・UDP）"
    }
   ],
   "requirements": [
    "ops-ports"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "web": "crldownload.obn.managedpki.ne.jp",
    "secure": "hweb.oqs.onshikaku.org",
    "time": "ntp.base.oqs-pdl.org",
    "proxy": "proxy.base.oqs-pdl.org:8080"
   },
   "wanted": {
    "blocked": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "ops-ac",
   "kind": "power-line",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "operation",
   "title": "バッテリーだけで使わない",
   "what": "ノート型の端末は、いつも AC アダプターをつないで使います。施設の担当者にも伝えます。",
   "check": "端末が電源に接続されている。",
   "values": [],
   "requirements": [
    "ops-ac"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.50"
   ],
   "asOf": null,
   "target": {
    "source": "ac"
   },
   "wanted": {
    "connected": true
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "checklist",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "operation",
   "title": "セットアップ後チェックリストの記入",
   "what": "すべての行に結果を書き、できなかった行と理由を備考に書きます。この PC で行った項目の結果は、result.html に1枚で残り、施設に渡せます。作業者と施設の担当者が確認し、控えを施設に渡します。",
   "check": "結果が空の行がなく、備考に未了の理由が書いてある。",
   "values": [
    {
     "label": "項目",
     "value": "ユーザーアカウント／ブラウザー拡張プラグイン（顔認証ライブラリ、拡張機能）／事前設定（プロキシ、スリープと高速スタートアップ、時刻、再起動、Windows Update、アクティブ時間、表示）／顔認証フォルダー共有／連携アプリケーション／電子証明書／アカウント／環境設定／顔認証機器／配信アプリケーション／動作確認"
    }
   ],
   "requirements": [
    "checklist"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.51"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "places-reached",
   "kind": "reach",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "接続先のアドレス一覧",
   "what": "端末が使う接続先に、例外リストのとおり直接、またはプロキシを通してつながるかを見ます。院内の機器でアドレスを制限している場合は、止められている接続先を許可してもらいます。時刻のサーバーは「インターネット時刻」で、ポータルサイトなど人が見るページは人が確かめます。",
   "check": "使う構成の接続先がすべて応答する。院内のファイアウォールやフィルターが、次の接続先を止めていない。",
   "values": [
    {
     "label": "hweb.oqs.onshikaku.org:443",
     "value": "直接つながる"
    },
    {
     "label": "cert.obn.managedpki.ne.jp:443",
     "value": "直接つながる"
    },
    {
     "label": "crldownload.obn.managedpki.ne.jp:80",
     "value": "直接つながる"
    },
    {
     "label": "proxy.base.oqs-pdl.org:8080",
     "value": "直接つながる"
    }
   ],
   "requirements": [
    "urls-all",
    "topology-select"
   ],
   "source": [
    "資格確認端末のセットアップ 3.22版 P.9",
    "資格確認端末のセットアップ 3.22版 P.12",
    "資格確認端末のセットアップ 3.22版 P.24",
    "資格確認端末のセットアップ 3.22版 P.27",
    "NTT東日本 手順書A\u2013D",
    "配信アプリケーションの確認について 1.06版 P.3"
   ],
   "asOf": null,
   "target": {
    "places": [
     {
      "host": "hweb.oqs.onshikaku.org",
      "port": 443,
      "proxy": ""
     },
     {
      "host": "cert.obn.managedpki.ne.jp",
      "port": 443,
      "proxy": ""
     },
     {
      "host": "crldownload.obn.managedpki.ne.jp",
      "port": 80,
      "proxy": ""
     },
     {
      "host": "proxy.base.oqs-pdl.org",
      "port": 8080,
      "proxy": ""
     }
    ]
   },
   "wanted": {
    "unreachable": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "names-resolve",
   "kind": "names",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "名前解決の一括確認",
   "what": "つながらないときの最初の確認です。端末が使う名前を、PC の DNS で一度に解決し、解決できない名前があれば示します。回線認証のサイトと assv は、NTTのIP-VPNの場合だけです。",
   "check": "次の名前のアドレスがすべて返る。返らない名前があれば、DNSの設定、次に回線を調べる。",
   "values": [
    {
     "label": "名前 1",
     "value": "www.lineauth.mnw"
    },
    {
     "label": "名前 2",
     "value": "assv.asc.flets-east.jp"
    },
    {
     "label": "名前 3",
     "value": "hweb.oqs.onshikaku.org"
    },
    {
     "label": "名前 4",
     "value": "cert.obn.managedpki.ne.jp"
    },
    {
     "label": "名前 5",
     "value": "crldownload.obn.managedpki.ne.jp"
    },
    {
     "label": "名前 6",
     "value": "pweb.base.oqs-pdl.org"
    },
    {
     "label": "名前 7",
     "value": "proxy.base.oqs-pdl.org"
    },
    {
     "label": "名前 8",
     "value": "ntp.base.oqs-pdl.org"
    }
   ],
   "requirements": [
    "net-resolve-set",
    "topology-select"
   ],
   "source": [
    "配信アプリケーションの確認について 1.06版 P.6",
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "hosts": [
     "www.lineauth.mnw",
     "assv.asc.flets-east.jp",
     "hweb.oqs.onshikaku.org",
     "cert.obn.managedpki.ne.jp",
     "crldownload.obn.managedpki.ne.jp",
     "pweb.base.oqs-pdl.org",
     "proxy.base.oqs-pdl.org",
     "ntp.base.oqs-pdl.org"
    ]
   },
   "wanted": {
    "missing": []
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "almex-power-order",
   "kind": "manual",
   "scope": "user",
   "who": "oqscomapp",
   "how": "manual",
   "area": "supplement",
   "title": "マイナタッチとPCの電源の順序",
   "what": "電源を切るときはカードリーダー、PCの順に切り、入れるときはカードリーダー、PCの順に入れます。施設の方に説明します。",
   "check": "この順序を施設の方に説明した。",
   "values": [
    {
     "label": "順序",
     "value": "カードリーダーを切る\u2192PCをシャットダウン\u2192カードリーダーを入れる\u2192PCを入れる"
    }
   ],
   "requirements": [
    "almex-power-order"
   ],
   "source": [
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": null,
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "no-plain-password",
   "kind": "registry",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "自動サインインと平文のパスワード",
   "what": "レジストリの Winlogon に、パスワードを平文で持つ DefaultPassword の値が無いかを見ます。あるときは、その値を消し、パスワードを変えます。",
   "check": "Winlogon のキーに DefaultPassword の値が無い。自動サインインを選んだ端末は、再起動すると OqsComApp でサインインした状態になる。",
   "values": [
    {
     "label": "キー",
     "value": "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon"
    },
    {
     "label": "無いこと",
     "value": "DefaultPassword"
    }
   ],
   "requirements": [
    "ext-autologon"
   ],
   "source": [
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "hive": "HKLM",
    "key": "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon",
    "name": "DefaultPassword"
   },
   "wanted": null,
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "everyone-oqs",
   "kind": "folder-everyone",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "Everyoneのフルコントロールが無いこと",
   "what": "フォルダーのアクセス許可に、Everyone の「フル コントロール」が無いことを、上のフォルダーから引き継いだものも含めて確かめます。変更はしません。",
   "check": "プロパティ\u2192セキュリティで、Everyone に「フル コントロール」が無い。あるときは、施設とベンダーに確かめてから直す。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\OQS"
    }
   ],
   "requirements": [
    "ext-everyone-acl"
   ],
   "source": [
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\OQS"
   },
   "wanted": {
    "full": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "everyone-output",
   "kind": "folder-everyone",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "Everyoneのフルコントロールが無いこと",
   "what": "フォルダーのアクセス許可に、Everyone の「フル コントロール」が無いことを、上のフォルダーから引き継いだものも含めて確かめます。変更はしません。",
   "check": "プロパティ\u2192セキュリティで、Everyone に「フル コントロール」が無い。あるときは、施設とベンダーに確かめてから直す。",
   "values": [
    {
     "label": "フォルダー",
     "value": "C:\\ProgramData\\OQS\\OQSComApp\\work\\output"
    }
   ],
   "requirements": [
    "ext-everyone-acl"
   ],
   "source": [
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "path": "C:\\ProgramData\\OQS\\OQSComApp\\work\\output"
   },
   "wanted": {
    "full": false
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  },
  {
   "id": "distribution-task-repetition",
   "kind": "task-repetition",
   "scope": "machine",
   "who": "administrator",
   "how": "verify",
   "area": "supplement",
   "title": "配信アプリ起動タスクの繰り返し",
   "what": "OQS_exec_distroappstart は、XML のとおりの繰り返し間隔で登録し、遅延時間を変えるときもトリガーを作り直さずに残します。手でトリガーを作り直すと、繰り返しが消えます。",
   "check": "OQS_exec_distroappstart のプロパティ\u2192トリガー\u2192編集で、「繰り返し間隔」にチェックが入り、1時間である。",
   "values": [
    {
     "label": "タスク",
     "value": "OQS_exec_distroappstart"
    },
    {
     "label": "繰り返し間隔",
     "value": "1時間"
    }
   ],
   "requirements": [
    "ext-distro-repeat"
   ],
   "source": [
    "現場の知見（公式文書にない項目）"
   ],
   "asOf": null,
   "target": {
    "path": "\\",
    "name": "OQS_exec_distroappstart"
   },
   "wanted": {
    "everySeconds": 3600
   },
   "secrets": [],
   "restart": false,
   "dropsNetwork": false,
   "after": [],
   "open": null
  }
 ]
}
'@

exit (Invoke-Terminal -Plan (ConvertFrom-Json $plan) -Mode $Mode -Scope $Scope -Run $Run -Root $PSScriptRoot -ReportOnly:$ReportOnly -UacDeclined:$UacDeclined)

# SIG # Begin signature block
# MIILygYJKoZIhvcNAQcCoIILuzCCC7cCAQExDzANBglghkgBZQMEAgEFADB5Bgor
# BgEEAYI3AgEEoGswaTA0BgorBgEEAYI3AgEeMCYCAwEAAAQQH8w7YFlLCE63JNLG
# KX7zUQIBAAIBAAIBAAIBAAIBADAxMA0GCWCGSAFlAwQCAQUABCA6cV5GFphm0d0l
# Bv0YqDOb8TLeAGwmhxMX7YWTOBBwDaCCCJUwggRGMIICrqADAgECAhQ0uiBt7Bb2
# x62gK3g96BxY1mFlIjANBgkqhkiG9w0BAQsFADAfMR0wGwYDVQQDDBRvcXNnZW4g
# cm9vdCBlYzU4MmU4NzAeFw0wMDAxMDEwMDAwMDBaFw00MTExMjQwMTAwMjFaMCQx
# IjAgBgNVBAMMGW9xc2dlbiBwdWJsaXNoZXIgZWM1ODJlODcwggGiMA0GCSqGSIb3
# DQEBAQUAA4IBjwAwggGKAoIBgQCmG50yfnNbmtqQfjZy/rMdPYnDfN0yLlkOBeQg
# dDNuDqp3JUZTxt8eK/YuP6yv/Jz1jDR8E48etL3h1mey96t/6NVpCdrbu4S1OWBx
# oMoc6tWqaaLOXlhqI2+ifKx6YrrUxoCroixqNhMFZD9W1hzqA0rbLthWEV9+LcW0
# mRfB6aqv+lyghTqcyUq6G5DZRSz+YONrb6n9yb4TaM9t3A68hrVedUYYYZZksTKd
# kf7yg/K7K6S5CYKuR0msNTXfGvqP4CH11aFcs4JrquLTooGkuyWCcvgdvQZWVsrC
# Jc1aoU2+Rhv4ofJ3/NLPc05+br6NRfO40cqCCCeQ+AkxW6+a4lTQ4PPNorCWDN5y
# 1fxhUg41Fz9/7I+0M2m5Q2hkwd/vM4pW1is1Rp46grwMUS71MYz9hWZ2XNEYauXY
# al9FSNYH7q6BN4Rye95PIyaIMuCuf1NLkSZgane6gfBBSiDbeGKER3i6q/trG+hN
# 7TdiERdlBvbXqFZzmusFrYk/OiMCAwEAAaN1MHMwDAYDVR0TAQH/BAIwADAOBgNV
# HQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYIKwYBBQUHAwMwHQYDVR0OBBYEFDKyBfOw
# fltDy6W9f0/FHgALanY7MB8GA1UdIwQYMBaAFPEVHnO7UxgJNZpehY/gUMU2Gj4W
# MA0GCSqGSIb3DQEBCwUAA4IBgQCp1Cs1rTD7ZDpF56/Bihxb+j/cdnNMMS0CXiJj
# qmIDYgFH/8pYrcdw9BHEbAh77raTTbT0LZUvOVf75VkEKg2bd3Zzk7OTKMLZK8q/
# y8XREhhVdJkOyEX1rQNUo88NDoqieg8RbOeHeFhNrimngY/JJbJqgpzW4PFyEuWB
# 2Ae0+KBhjqn+Ztrsbftv1xRqnfOPCXh6wuAk0hVNp0i+KZiLbr8x7ekijZHR6hMa
# ZUg5PO6C3NsQQP5HM+asBuBG7DUVxmJGlAoWO7Y6RAgGcDv3A74VPHYU6/gV1j0t
# E0gantUWYBoG2oi0Y+rcmftxkYuCv1dpHQfs0sWvoAAZ5nQBBJ2NHnss5bfcPH5/
# JNJHI1zFf04cWTJ3YH6jOpdwpc+s0CgMeQ+gpcdbJNm3J5QXnZ809vsbKQouJhhI
# jkD6xYX2VwPGwI+e/JowHED8XbjCghDsF/OvXcjezVpX+bmHWuxoMmjysw7aXOUW
# xyxljrIUBw7/ZjtwfUoQme+UEQ4wggRHMIICr6ADAgECAhRJGWGs6/nmu9ua87SU
# pIajnp0b/jANBgkqhkiG9w0BAQsFADAfMR0wGwYDVQQDDBRvcXNnZW4gcm9vdCBl
# YzU4MmU4NzAeFw0wMDAxMDEwMDAwMDBaFw00MTExMjQwMTAwMjFaMB8xHTAbBgNV
# BAMMFG9xc2dlbiByb290IGVjNTgyZTg3MIIBojANBgkqhkiG9w0BAQEFAAOCAY8A
# MIIBigKCAYEAt0kD20EtyXz4X2hAMG5/Gns5YzDlBZ/j1Vt2op6TXv64EACUFAN5
# VLmFNK9/NOmQAVUcjAPkF+gI48H8dkvsaBPhrorE8o8URDYYMAoG7lEWBawLpXXM
# V8l6Xq5UzUhGYsc7NKF/DXfX0TnrYpFqQkyDaxgO4YSkS/lv5HwR7kiDWCOugJgg
# Q+k+gwY5Ig/cbM/dC/nQLW3i+Ld+lYeR5lOM1FCshcT2u83bhlTb8DkuudWfmoqn
# 4Y//z0uI+f5evC0sDbvvy3x2NyNhD37o9YywkAMeWuIFXaH84H5FSnxRxok+OnrX
# NapWfemfGEl6YKnV8QJMlUnsmkhzr2LbhuSVjH8+/CU/ZPXaUQtYVHUCdDkrSIfj
# gbJAclAAKhkzMIUltxP/Hue6Ht1SV5LaSCjOvufZ2SkfEeVWpWvvHz59TR8uBLa0
# zE1Nca/FAi7qRZTdjH5wxHQUvLbzeGpwYyrcPsyOusNkixK8coB8Y9hQ/yJk+yxE
# Sji5eCkyuALDAgMBAAGjezB5MBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/
# BAQDAgEGMBMGA1UdJQQMMAoGCCsGAQUFBwMDMB0GA1UdDgQWBBTxFR5zu1MYCTWa
# XoWP4FDFNho+FjAfBgNVHSMEGDAWgBTxFR5zu1MYCTWaXoWP4FDFNho+FjANBgkq
# hkiG9w0BAQsFAAOCAYEACajnJkLga6abIkSVnqHkNVvZhi36N+eiie3daChmIEiz
# MTZKqE/CINhtKZ+JZaJPYU0T0Lt5MxxBskaqOAuBYEm6zV9/AYNoAaVS0yPxAdYE
# /WyzdzYavHoi/+TGGX11UEg5eW9rfN5INslJ4712ZLWcXtC4zz8jXD4Gdmlyjj1+
# Zfl73UX6tNNwt79nQelZdJ5hQv/b2eHmqBxfcM7fP9nm+dZxc2JiWLNueaRCpE9d
# /uilCBoVzCDAUxV99YX6TjUilRAmc3jdLQlWqvl559BC1Dz8f/IeYWTLBte2Iqo1
# 9QsWD97GohZL+hbd1Qb0EFcFapTZ22Fxf8hAGzCKozGqV5w5KeicYMFZFaRj6vW3
# 8+K8LHw59kL6kzl/MpZNB26czaA5yNstPB6RSheHLRYbwqvi5jthCyAH6y+4BUh/
# i5/PIYR0fsyE+BfoU/rAzCR2Yl9qON2XmYpesTk53/UWIg786+0zHxAASdxEWSzk
# xZGIdQRo2Db9ho3He3tsMYICizCCAocCAQEwNzAfMR0wGwYDVQQDDBRvcXNnZW4g
# cm9vdCBlYzU4MmU4NwIUNLogbewW9setoCt4PegcWNZhZSIwDQYJYIZIAWUDBAIB
# BQCggaYwGQYJKoZIhvcNAQkDMQwGCisGAQQBgjcCAQQwHAYKKwYBBAGCNwIBCzEO
# MAwGCisGAQQBgjcCARUwLwYJKoZIhvcNAQkEMSIEIDVEa3YHtKre/RSr/GcCOWyA
# q1+g7qE5BhHqSeq5l4rmMDoGCisGAQQBgjcCAQwxLDAqoCiAJjCqMPMw6TCkMPOM
# x2g8eLqKjQAgjMdoPHi6io1672crMG6KLVuaMA0GCSqGSIb3DQEBAQUABIIBgD/q
# jFZ8UiCHJVjJWZZ+GqeSsWJeCuDKi54PeZTswsWdNhYjnCzlRzVomXGzIQJ1j02F
# OrbwMGkl6T5SImC/D/Gwmc2gA6+k496i484C14KUs1JkSusnlwnx2+KH8wfG9OzQ
# 75ouzQKoH/zNV5pHULdTErcohSNHrRhZMir4sqcED5E4qyzowB0eXDXH6S5uhJVL
# LsqtQeMl74jJkAvA6EEnEYcBzjaMjVvQoM4Ovs7OPEVpFlZWzUvP5UMYnGsnurBQ
# 3hsXinmvQuzocxEqKko8896h0QB5bcZ9Ibj03vg9EK4I0dJ6kBaGkmSozQA+jp7B
# j58TrTIqTdBC1eVtupUAkH2mi4qWwIotgM/bVAZv/zz7qPiMrcdJvo+znML5F2XH
# DZt933jIcGWmTTJNtEyuqIiw42jNYXgZCjT7hXqcMg0YBLl4bPaFSf8aKBE4Jh7Z
# kYa6lgNTq/udLaYTV6MXHpEJcj9a8Kt7u7iRpOXajwqra/KUK+ngVDQFTqlD3Q==
# SIG # End signature block
