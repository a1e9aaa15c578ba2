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
        $text = ConvertFrom-FileByte (Read-FileByte -Path $path -Limit 65536)
        if ($text -match '(?im)^[ \t\u3000]*key[ \t\u3000]*=[ \t\u3000]*([a-z])\b') {
            $found[$name] = $Matches[1].ToLowerInvariant()
        }
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
} -Difference {
    param($Target, $Wanted, $Found)
    foreach ($name in $script:EncryptFile.Keys) {
        $key = Get-Field $Found $name
        if ($null -ne $key -and $key -cne $Wanted.key) { New-Difference "$($script:EncryptFile[$name]) の key" $key $Wanted.key }
    }
    if (-not $Found.credential) { New-Difference "資格情報 $($Target.credential)" 'なし' 'あり' }
}

function Test-CredentialPresence {
    # Whether this person has a credential; what is in it is cleared at once.
    param([string] $Name)
    $found = Read-Credential -Name $Name
    if ($null -eq $found) { return $false }
    [array]::Clear($found.blob, 0, $found.blob.Length)
    return $true
}
