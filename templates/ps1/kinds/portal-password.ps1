# Rules for the passwords of the portal's accounts. almex 補足①.

# 使える記号. + = : ` " \ are not among them.
$script:PortalSymbol = '~!@#$%^&*_{}[]|;''<>,.?-()/'

function Get-PortalPasswordRule {
    # 8 to 20 characters: digit, lower case, upper case and symbol, at least one of each, and nothing else.
    $symbols = $script:PortalSymbol -replace '[\[\]\\^-]', '\$0'
    return "^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])(?=.*[$symbols])[0-9A-Za-z$symbols]{8,20}\z"
}

function Get-PortalPasswordText {
    return "PORTAL_PW_RULE: 8～20 文字で、数字、英小文字、英大文字、記号をそれぞれ 1 文字以上使います。使える記号は $($script:PortalSymbol.ToCharArray() -join ' ') だけです。"
}
