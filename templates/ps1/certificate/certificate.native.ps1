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
    $person = [Security.Cryptography.X509Certificates.StoreLocation]::CurrentUser
    $opened = New-Object Security.Cryptography.X509Certificates.X509Store($Store, $person)
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
    # an HRESULT: -2147024810 (0x80070056) for a wrong password. `above` of a certificate: the thumbprints of those that signed
    # it, and each other, up to the root.
    param([byte[]] $Bytes, [Security.SecureString] $Secret)
    $found = New-Object Security.Cryptography.X509Certificates.X509Certificate2Collection
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    # EphemeralKeySet, since .NET Framework 4.7.2: nothing is written.
    try {
        $flags = [Security.Cryptography.X509Certificates.X509KeyStorageFlags] 32
        $found.Import($Bytes, [Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory), $flags)
    }
    catch [Security.Cryptography.CryptographicException] {
        return [pscustomobject] @{ error = (Get-CertificateError $_.Exception); certificates = @() }
    }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
    $certificates = @(foreach ($certificate in $found) {
            $data = ConvertTo-CertificateData $certificate
            $above = [string[]] @(Get-SignerThumbprint $certificate $found)
            $data.PSObject.Properties.Add((New-Object Management.Automation.PSNoteProperty('above', $above)))
            $data
        })
    foreach ($certificate in $found) { $certificate.Reset() }
    return [pscustomobject] @{ error = 0; certificates = $certificates }
}

function Get-SignerThumbprint {
    # Of those, in a collection or a store, that lead up from a certificate, each by its signature: names alone are anybody's to
    # choose.
    param([object] $Certificate, [object] $Collection)
    for ($i = 0; $i -lt 5 -and $Certificate.SubjectName.Name -cne $Certificate.IssuerName.Name; $i++) {
        $Certificate = Find-CertificateSigner $Certificate $Collection
        if ($null -eq $Certificate) { return }
        $Certificate.Thumbprint
    }
}

function Find-CertificateSigner {
    # Whoever signed a certificate; $null where none of those with the issuer's name did. Each is tried alone. No revocation is
    # asked, and days are judged elsewhere.
    param([object] $Certificate, [object] $Collection)
    $broken = [Security.Cryptography.X509Certificates.X509ChainStatusFlags]::NotSignatureValid
    foreach ($candidate in $Collection) {
        if ($candidate.SubjectName.Name -cne $Certificate.IssuerName.Name) { continue }
        $chain = New-Object Security.Cryptography.X509Certificates.X509Chain
        $chain.ChainPolicy.RevocationMode = [Security.Cryptography.X509Certificates.X509RevocationMode]::NoCheck
        $chain.ChainPolicy.VerificationFlags = [Security.Cryptography.X509Certificates.X509VerificationFlags]::AllFlags
        # 0 would be Windows' own 15 seconds.
        $chain.ChainPolicy.UrlRetrievalTimeout = [TimeSpan]::FromMilliseconds(1)
        $null = $chain.ChainPolicy.ExtraStore.Add($candidate)
        $null = $chain.Build($Certificate)
        if ($chain.ChainElements.Count -lt 2) { continue }
        if (@($chain.ChainElements[0].ChainElementStatus | Where-Object { ($_.Status -band $broken) -ne 0 }).Length -gt 0) { continue }
        return $chain.ChainElements[1].Certificate
    }
    return $null
}

function Get-CertificateError {
    # The HRESULT of what was thrown in a method that PowerShell called.
    param([Exception] $Exception)
    while ($Exception -isnot [Security.Cryptography.CryptographicException] -and $null -ne $Exception.InnerException) {
        $Exception = $Exception.InnerException
    }
    return [int] $Exception.HResult
}

function Import-CertificateKey {
    # Puts one certificate of a .p12 with its private key into My of the person.
    param([byte[]] $Bytes, [Security.SecureString] $Secret, [string] $Thumbprint)
    Import-NativeType
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
    try {
        return , (Find-CertificateIn $opened $Thumbprint).Export([Security.Cryptography.X509Certificates.X509ContentType]::SerializedCert)
    }
    finally { $opened.Close() }
}

function Add-Certificate {
    # Puts a certificate, plain or serialized, into My, CA or Root. Into Root Windows asks the person: $false after "No".
    param([string] $Store, [byte[]] $Bytes)
    $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2(, $Bytes)
    if ($Store -eq 'My' -and -not $certificate.HasPrivateKey) {
        Import-NativeType
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

function Remove-Certificate {
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
