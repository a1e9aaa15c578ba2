# machine.json: certificates.<account>.<My, CA or Root> = certificates as the native layer reads them, in My with exportable
# and strong, and lost where Windows cannot open the key; certificates.computer.<store> = those of the computer, which everybody sees too. A .p12 file is a text:
# {password, certificates: [...]}. Into and out of Root a person is asked; every answer but いいえ is yes.

function ConvertTo-FakeCertificate {
    param([object] $Certificate)
    $data = [ordered] @{}
    foreach ($name in 'thumbprint', 'subject', 'name', 'issuer', 'selfIssued', 'authority', 'from', 'to', 'key') { $data[$name] = $Certificate.$name }
    return [pscustomobject] $data
}

function Get-FakeStore {
    param([object] $Machine, [string] $Store, [string] $Owner = $script:FakeSession.as)
    return Get-FakeField (Get-FakeField (Get-FakeField $Machine 'certificates') $Owner) $Store @()
}

function Write-FakeStore {
    param([object] $Machine, [string] $Store, [object[]] $Certificates)
    if ($null -eq (Get-FakeField $Machine 'certificates')) { Set-FakeField $Machine 'certificates' ([pscustomobject] @{}) }
    $owner = $script:FakeSession.as
    if ($null -eq (Get-FakeField $Machine.certificates $owner)) { Set-FakeField $Machine.certificates $owner ([pscustomobject] @{ My = @(); CA = @(); Root = @() }) }
    Set-FakeField $Machine.certificates.$owner $Store @($Certificates | Sort-Object -Property thumbprint)
    Write-Machine $Machine
}

function Read-CertificateStore {
    param([string] $Store)
    $machine = Get-Machine
    $own = Get-FakeStore $machine $Store
    $all = Get-FakeStore $machine $Store 'computer'
    foreach ($one in @($own) + @($all)) { ConvertTo-FakeCertificate $one }
}

function Find-FakeCertificate {
    param([string] $Store, [string] $Thumbprint)
    $own = Get-FakeStore (Get-Machine) $Store
    return $own | Where-Object { $_.thumbprint -eq $Thumbprint } | Select-Object -First 1
}

function Read-CertificateKey {
    param([string] $Thumbprint)
    $found = Find-FakeCertificate 'My' $Thumbprint
    return [pscustomobject] @{ exportable = (Get-FakeField $found 'exportable'); strong = (Get-FakeField $found 'strong'); lost = (Get-FakeField $found 'lost' $false) }
}

function Read-FakePfx {
    param([byte[]] $Bytes)
    try { return ConvertFrom-Json ([Text.Encoding]::UTF8.GetString($Bytes)) } catch { return $null }
}

function Get-FakeSigner {
    # Whoever has the issuer's name has signed it, but for one that is said to be forged.
    param([object] $Certificate, [object[]] $All)
    $at = $Certificate
    for ($i = 0; $i -lt 5 -and -not $at.selfIssued; $i++) {
        $at = $All | Where-Object { $_.authority -and $_.name -ceq $at.issuer -and -not (Get-FakeField $_ 'forged' $false) } | Select-Object -First 1
        if ($null -eq $at) { return }
        $at.thumbprint
    }
}

function Read-CertificateFile {
    param([byte[]] $Bytes, [Security.SecureString] $Secret)
    $file = Read-FakePfx $Bytes
    if ($null -eq $file) { return [pscustomobject] @{ error = -2146881269; certificates = @() } }
    if ($file.password -cne (New-Object Net.NetworkCredential('', $Secret)).Password) { return [pscustomobject] @{ error = -2147024810; certificates = @() } }
    $certificates = @(foreach ($one in $file.certificates) {
            $data = ConvertTo-FakeCertificate $one
            $public = ConvertTo-FakeCertificate $one
            $public.key = $false
            Set-FakeField $data 'bytes' ([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $public)))
            Set-FakeField $data 'above' @(Get-FakeSigner $one $file.certificates)
            $data
        })
    return [pscustomobject] @{ error = 0; certificates = $certificates }
}

function Add-FakeCertificate {
    param([string] $Store, [object] $Certificate)
    $machine = Read-Machine
    $own = Get-FakeStore $machine $Store
    Write-FakeStore $machine $Store (@($own | Where-Object { $_.thumbprint -ne $Certificate.thumbprint }) + $Certificate)
}

function Import-CertificateKey {
    param([byte[]] $Bytes, [Security.SecureString] $Secret, [string] $Thumbprint)
    $file = Read-FakePfx $Bytes
    if ($file.password -cne (New-Object Net.NetworkCredential('', $Secret)).Password) { throw 'the password is wrong' }
    $data = ConvertTo-FakeCertificate ($file.certificates | Where-Object { $_.thumbprint -eq $Thumbprint })
    Set-FakeField $data 'exportable' $false
    Set-FakeField $data 'strong' $false
    Add-FakeCertificate 'My' $data
}

function Export-CertificateCopy {
    param([string] $Thumbprint)
    return , [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json (Find-FakeCertificate 'My' $Thumbprint)))
}

function Add-Certificate {
    param([string] $Store, [byte[]] $Bytes)
    if ($Store -eq 'Root' -and (Read-FakeAnswer 'セキュリティ警告') -ceq 'いいえ') { return $false }
    Add-FakeCertificate $Store (ConvertFrom-Json ([Text.Encoding]::UTF8.GetString($Bytes)))
    return $true
}

function Remove-Certificate {
    param([string] $Store, [string] $Thumbprint)
    if ($Store -eq 'Root' -and (Read-FakeAnswer 'セキュリティ警告') -ceq 'いいえ') { return $false }
    $machine = Read-Machine
    $own = Get-FakeStore $machine $Store
    Write-FakeStore $machine $Store @($own | Where-Object { $_.thumbprint -ne $Thumbprint })
    return $true
}
