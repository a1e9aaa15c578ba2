# A code that a person reads from paper or from a screen, typed here and compared: guided. Once it was right it is not
# asked for again; the journal remembers it as confirmed.

$script:TypedCode = @{}

Register-Kind 'typed-code' -Format 1 -Get {
    param($Target)
    $code = Get-TypedCode $Target.asks
    if ($null -eq $code) { return [pscustomobject] @{ unknown = "まだ入力されていません: $($Target.asks)" } }
    return [pscustomobject] @{ code = $code }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found -and $Found.code -ceq $Wanted.code)
} -Typed @{
    asks = { param($Target) $Target.asks }
    digits = { param($Wanted) $Wanted.code.Length }
    take = {
        param($Target, $Wanted, $Typed)
        $code = ConvertTo-TypedCode $Typed
        $script:TypedCode[$Target.asks] = $code
        if ($code -ceq $Wanted.code) { Save-TypedCode $Target.asks $code; return }
        Write-Line "$($Target.asks): 入力されたコードが違います。この端末に決められたコードは $($Wanted.code) です。違うままなら、作業を止めて確かめてください。"
    }
}

function ConvertTo-TypedCode {
    # Without the blanks and hyphens that paper has between groups of digits.
    param([string] $Text)
    return ($Text -replace '[\s\u2010-\u2015\u2212\u30fc-]', '')
}

function Get-TypedCodeMark {
    param([string] $Asks)
    return "typed-code $Asks"
}

function Save-TypedCode {
    # For this pass, and for later ones.
    param([string] $Asks, [string] $Code)
    $script:TypedCode[$Asks] = $Code
    Add-Confirmation -Step (Get-TypedCodeMark $Asks) -Of $Code
}

function Get-TypedCode {
    # What was typed in this pass, or was right in an earlier one; $null where nothing was.
    param([string] $Asks)
    if ($script:TypedCode.ContainsKey($Asks)) { return $script:TypedCode[$Asks] }
    $typed = @(Find-Confirmation -Step (Get-TypedCodeMark $Asks) | Sort-Object)
    if ($typed.Length -eq 0) { return $null }
    return $typed[-1]
}
