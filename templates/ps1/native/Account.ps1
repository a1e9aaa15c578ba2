# Local accounts beyond the LocalAccounts module: Get-LocalGroupMember fails on a group with an orphaned SID
# (github.com/PowerShell/PowerShell/issues/2996), and nothing in it tries a password.

function Import-AccountType {
    if ('Oqsgen.Account' -as [type]) { return }
    Add-Type -TypeDefinition @'
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Principal;
namespace Oqsgen
{
    public static class Account
    {
        const int NetworkLogon = 3, DefaultProvider = 0, EverythingAtOnce = -1;

        [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
        static extern int NetLocalGroupGetMembers(string server, string group, int level, out IntPtr buffer, int length, out int read, out int total, IntPtr resume);
        [DllImport("netapi32.dll")]
        static extern int NetApiBufferFree(IntPtr buffer);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LogonUserW(string user, string domain, IntPtr password, int type, int provider, out IntPtr token);
        [DllImport("kernel32.dll")]
        static extern bool CloseHandle(IntPtr handle);

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

        // 0, or Windows' error.
        public static int Logon(string name, SecureString secret)
        {
            IntPtr password = Marshal.SecureStringToGlobalAllocUnicode(secret);
            try
            {
                IntPtr token;
                if (!LogonUserW(name, ".", password, NetworkLogon, DefaultProvider, out token)) return Marshal.GetLastWin32Error();
                CloseHandle(token);
                return 0;
            }
            finally { Marshal.ZeroFreeGlobalAllocUnicode(password); }
        }
    }
}
'@
}

function Get-GroupMember {
    # The SIDs of the members of a local group, itself named by its SID.
    param([string] $Sid)
    Import-AccountType
    return , @([Oqsgen.Account]::Members($Sid))
}

function Test-AccountSecret {
    # True when this is the password of the local account. Throws where Windows will not say (a locked account).
    param([string] $Name, [Security.SecureString] $Secret)
    Import-AccountType
    $code = [Oqsgen.Account]::Logon($Name, $Secret)
    if ($code -eq 0) { return $true }
    # Right, but not allowed to sign in now: 1327 restriction, 1328 hours, 1329 workstation, 1330 expired password,
    # 1331 disabled, 1385 logon type not granted, 1793 expired account, 1907 must be changed first.
    if (@(1327, 1328, 1329, 1330, 1331, 1385, 1793, 1907) -contains $code) { return $true }
    if ($code -eq 1326) { return $false }
    throw (New-Object ComponentModel.Win32Exception($code))
}

function ConvertTo-AccountSid {
    # The SID of an account of this PC (or of a well-known one) by name or SID; $null where there is none.
    param([string] $Name)
    if ($Name -match '^S-1-\d+(-\d+)+$') { return $Name }
    $tries = @($Name)
    # A bare name is this PC's, whatever else is called so.
    if ($Name -notmatch '\\') { $tries = @("$env:COMPUTERNAME\$Name", $Name) }
    foreach ($try in $tries) {
        try { return (New-Object Security.Principal.NTAccount($try)).Translate([Security.Principal.SecurityIdentifier]).Value }
        catch [Security.Principal.IdentityNotMappedException] { continue }
    }
    return $null
}

function ConvertFrom-AccountSid {
    # PC\name of a SID; $null where nobody has it.
    param([string] $Sid)
    try { return (New-Object Security.Principal.SecurityIdentifier($Sid)).Translate([Security.Principal.NTAccount]).Value }
    catch [Security.Principal.IdentityNotMappedException] { return $null }
}
