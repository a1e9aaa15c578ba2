# Private data of the Local Security Authority: encrypted, readable by administrators and SYSTEM alone.

function Test-LsaSecret {
    param([string] $Name)
    Import-NativeType
    return [OqsGen.LsaSecret]::Exists($Name)
}

function Get-LsaSecret {
    # As a SecureString; $null where there is none.
    param([string] $Name)
    Import-NativeType
    return [OqsGen.LsaSecret]::Read($Name)
}

function Set-LsaSecret {
    param([string] $Name, [Security.SecureString] $Secret)
    Import-NativeType
    $text = [Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($Secret)
    try {
        [OqsGen.LsaSecret]::Store($Name, $text, $Secret.Length)
    }
    finally {
        [Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($text)
    }
}

function Remove-LsaSecret {
    # Nothing happens where there is none.
    param([string] $Name)
    Import-NativeType
    [OqsGen.LsaSecret]::Store($Name, [IntPtr]::Zero, 0)
}
