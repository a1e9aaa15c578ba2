# Whose certificates count: the issuers of the plan, each by its name alone or with a generation behind it (" - G1", " - G2" …;
# specs/issuers.yaml). Everything about certificates asks here.

function Get-Issuer {
    # name, roots of every issuer.
    @(Get-Field (Get-Field $script:Pass 'plan') 'issuers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
}

function Test-Issuer {
    # Whether a name is that of an issuer.
    param([string] $Name)
    $known = @(Get-Issuer | Where-Object { $Name -cmatch "^$([regex]::Escape($_.name))( - G[1-9][0-9]{0,2})?`$" })
    return ($known.Length -gt 0)
}

function Get-IssuerText {
    # The issuers as a person is told of them.
    $names = @(Get-Issuer | ForEach-Object { $_.name })
    return "$($names -join '、')（後ろに - G1 などの世代が付くこともあります）"
}

function Test-OwnCertificate {
    # Whether an issuer, or one of the intermediates of these names, has issued a certificate to somebody.
    param([object] $Certificate, [string[]] $Authorities)
    if ($Certificate.authority -or $Certificate.selfIssued) { return $false }
    return ((Test-Issuer $Certificate.issuer) -or $Authorities -ccontains $Certificate.issuer)
}

function Get-OtherIssuerText {
    # A sentence of the certificates that are no issuer's nor its intermediates'; empty where there are none.
    param([object[]] $Certificates, [object[]] $Authorities)
    $known = @($Authorities | ForEach-Object { $_.name })
    $names = @($Certificates |
        Where-Object { -not $_.authority -and -not $_.selfIssued -and -not (Test-OwnCertificate $_ $known) } |
        ForEach-Object { $_.issuer } | Sort-Object -Unique | Select-Object -First 3)
    if ($names.Length -eq 0) { return '' }
    return "発行者が $($names -join '、') の証明書はありますが、これには使えません。"
}

function Get-RootName {
    # The name of the root that a certificate needs, over the intermediates that are known.
    param([object] $Certificate, [object[]] $Authorities)
    $name = $Certificate.issuer
    for ($i = 0; $i -lt 5; $i++) {
        $above = @($Authorities | Where-Object { $_.name -ceq $name -and -not $_.selfIssued })
        if ($above.Length -eq 0) { break }
        $name = $above[0].issuer
    }
    return $name
}

function Get-PublishedRoot {
    # What is published of the root of a name: name, thumbprint, source.
    param([string] $Name)
    Get-Issuer | ForEach-Object { $_.roots } | Where-Object { $null -ne $_ -and $_.name -ceq $Name }
}

function Test-PublishedRoot {
    # Whether a root is what is published of its name; nothing published, nothing against it.
    param([object] $Root)
    $published = @(Get-PublishedRoot $Root.name | ForEach-Object { $_.thumbprint })
    return ($published.Length -eq 0 -or $published -contains $Root.thumbprint)
}
