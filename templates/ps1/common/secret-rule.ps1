# What several kinds ask of a secret: the rule of the portal's passwords (almex 補足①), and whether a credential's secret is
# out of date.

# 使える記号. + = : ` " \ are not among them.
$script:PortalSymbol = '~!@#$%^&*_{}[]|;''<>,.?-()/'

function Get-PortalPasswordRule {
    # 8 to 20 characters: digit, lower case, upper case and symbol, at least one of each, and nothing else.
    $symbols = $script:PortalSymbol -replace '[\[\]\\^-]', '\$0'
    return "^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])(?=.*[$symbols])[0-9A-Za-z$symbols]{8,20}\z"
}

function Get-PortalPasswordText {
    # What is said of it beforehand.
    return "8～20 文字で、数字、英小文字、英大文字、記号をそれぞれ 1 文字以上使います。使える記号は $($script:PortalSymbol.ToCharArray() -join ' ') だけです。"
}

function Get-PortalRefusal {
    # What is said where a password does not meet it.
    return "PORTAL_PW_RULE: $(Get-PortalPasswordText)"
}

function Get-CredentialSecretName {
    # Under which a pass keeps the secret of a credential that a person has typed.
    param([string] $Name)
    return "cred $Name"
}

# Mark of the secret of a credential that is out of date, because the account has been given a new password since.
$script:CredentialOutdated = 'outdated'

function Test-OutdatedSecret {
    # Whether this is the secret of an account that has been given a new password since.
    param([object] $Mark)
    if ($null -eq $Mark) { return $false }
    $bytes = Read-ProtectedItem $script:CredentialOutdated
    return ($null -ne $bytes -and [Text.Encoding]::ASCII.GetString($bytes) -ceq $Mark)
}

function Save-OutdatedSecret {
    # The account of this credential is given a new password: what is registered has to be replaced.
    param([string] $Name)
    $found = Read-Credential -Name $Name
    if ($null -eq $found) { return }
    try { Write-ProtectedItem $script:CredentialOutdated ([Text.Encoding]::ASCII.GetBytes((Get-KeyedHash $found.blob))) }
    finally { [array]::Clear($found.blob, 0, $found.blob.Length) }
}
