# The credential manager, looked at through CredReadW with the offsets of the documentation in the place of our structure, and
# DPAPI through .NET.

if (-not ('OqsCheck.Credential' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Runtime.InteropServices;
namespace OqsCheck
{
    public static class Credential
    {
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool CredReadW(string name, int type, int flags, out IntPtr found);
        [DllImport("advapi32.dll")] static extern void CredFree(IntPtr memory);
        [DllImport("advapi32.dll", SetLastError = true)] static extern bool CredWriteW(IntPtr credential, int flags);

        public static string Read(string name)
        {
            IntPtr found;
            if (!CredReadW(name, 1, 0, out found)) return "error " + Marshal.GetLastWin32Error();
            byte[] blob = new byte[Marshal.ReadInt32(found, 32)];
            Marshal.Copy(Marshal.ReadIntPtr(found, 40), blob, 0, blob.Length);
            string text = Marshal.PtrToStringUni(Marshal.ReadIntPtr(found, 72)) + " " + Marshal.ReadInt32(found, 48) + " " + BitConverter.ToString(blob);
            CredFree(found);
            return text;
        }

        public static bool Write(string name, string user, int persist, byte[] blob)
        {
            IntPtr memory = Marshal.AllocHGlobal(80);
            for (int i = 0; i < 80; i++) Marshal.WriteByte(memory, i, 0);
            Marshal.WriteInt32(memory, 4, 1);
            Marshal.WriteIntPtr(memory, 8, Marshal.StringToHGlobalUni(name));
            Marshal.WriteInt32(memory, 32, blob.Length);
            IntPtr bytes = Marshal.AllocHGlobal(blob.Length);
            Marshal.Copy(blob, 0, bytes, blob.Length);
            Marshal.WriteIntPtr(memory, 40, bytes);
            Marshal.WriteInt32(memory, 48, persist);
            Marshal.WriteIntPtr(memory, 72, Marshal.StringToHGlobalUni(user));
            return CredWriteW(memory, 0);
        }
    }
}
'@
}

Test-Native 'Set-Credential', 'Remove-Credential', 'Import-NativeType' {
    Set-Credential 'oqsgen-check' '利用者' 2 @(1, 0, 255)
    Assert-Same '利用者 2 01-00-FF' ([OqsCheck.Credential]::Read('oqsgen-check'))
    Remove-Credential 'oqsgen-check'
    Assert-Same 'error 1168' ([OqsCheck.Credential]::Read('oqsgen-check'))
    Remove-Credential 'oqsgen-check'
}

Test-Native 'Read-Credential' {
    Assert-Same $null (Read-Credential 'oqsgen-check')
    Assert-Same $true ([OqsCheck.Credential]::Write('oqsgen-check', '別の人', 3, [byte[]] @(9, 8)))
    $found = Read-Credential 'oqsgen-check'
    Assert-Same @('別の人', 3, '09-08') @($found.userName, $found.persist, [BitConverter]::ToString($found.blob))
    Remove-Credential 'oqsgen-check'
}

Test-Native 'Protect-OwnByte', 'Unprotect-OwnByte', 'Import-ProtectionType' {
    $person = 'CurrentUser'
    $kept = Protect-OwnByte @(1, 2, 3)
    Assert-Same $false ([BitConverter]::ToString($kept).Contains('01-02-03'))
    Assert-Same '01-02-03' ([BitConverter]::ToString([Security.Cryptography.ProtectedData]::Unprotect($kept, $null, $person)))
    $theirs = [Security.Cryptography.ProtectedData]::Protect([byte[]] @(4, 5), $null, $person)
    Assert-Same '04-05' ([BitConverter]::ToString((Unprotect-OwnByte $theirs)))
}

Test-Native 'Protect-MachineByte', 'Unprotect-MachineByte' {
    $kept = Protect-MachineByte @(1, 2, 3)
    Assert-Same $false ([BitConverter]::ToString($kept).Contains('01-02-03'))
    Assert-Same '01-02-03' ([BitConverter]::ToString([Security.Cryptography.ProtectedData]::Unprotect($kept, $null, 'LocalMachine')))
    $theirs = [Security.Cryptography.ProtectedData]::Protect([byte[]] @(4, 5), $null, 'LocalMachine')
    Assert-Same '04-05' ([BitConverter]::ToString((Unprotect-MachineByte $theirs)))
}
