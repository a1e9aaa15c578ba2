# States are plain data. $null means "is not there". A wanted state names only the fields that matter;
# a found state may carry more: all that Set needs to put it back.

# What JSON cannot hold as it is; U+007F and the two line ends of Unicode are legal, but trouble to some readers.
$script:JsonSpecial = New-Object Text.RegularExpressions.Regex('["\\\x00-\x1f\x7f\u2028\u2029]')

function ConvertTo-JsonString {
    param([string] $Text)
    if (-not $script:JsonSpecial.IsMatch($Text)) { return '"' + $Text + '"' }
    $plain = $Text.Replace('\', '\\').Replace('"', '\"').Replace("`r", '\r').Replace("`n", '\n').Replace("`t", '\t')
    if ($plain -notmatch '[\x00-\x1f\x7f\u2028\u2029]') { return '"' + $plain + '"' }
    $escaped = foreach ($character in $plain.ToCharArray()) {
        $code = [int] $character
        if ($code -lt 0x20 -or $code -eq 0x7f -or $code -eq 0x2028 -or $code -eq 0x2029) { '\u{0:x4}' -f $code } else { $character }
    }
    return '"' + (-join $escaped) + '"'
}

function Add-JsonText {
    # One value at the end of a text. A call takes PowerShell far longer than what is done in it, so plain strings
    # and numbers, the most of any data, are written where they are met.
    param([object] $Builder, [object] $Value, [bool] $Canonical, [string] $Indent, [string] $Margin)
    if ($null -eq $Value) { $null = $Builder.Append('null'); return }
    if ($Value -is [bool] -or $Value -is [switch]) {
        if ($Value) { $null = $Builder.Append('true') } else { $null = $Builder.Append('false') }
        return
    }
    if ($Value -is [string] -or $Value -is [char] -or $Value -is [enum]) {
        $null = $Builder.Append((ConvertTo-JsonString ([string] $Value)))
        return
    }
    if ($Value -is [DateTime]) { throw 'a date is not data: write it as text' }
    if ($Value -is [System.Collections.IDictionary] -or $Value -is [System.Management.Automation.PSCustomObject]) {
        Add-JsonObject $Builder $Value $Canonical $Indent $Margin
        return
    }
    if ($Value -is [System.Collections.IEnumerable]) { Add-JsonList $Builder $Value $Canonical $Indent $Margin; return }
    if ($Value -is [IFormattable]) {
        $null = $Builder.Append($Value.ToString($null, [Globalization.CultureInfo]::InvariantCulture))
        return
    }
    throw "not data: $($Value.GetType().FullName)"
}

function Add-JsonObject {
    param([object] $Builder, [object] $Value, [bool] $Canonical, [string] $Indent, [string] $Margin)
    $dictionary = $Value -is [System.Collections.IDictionary]
    $properties = $Value.PSObject.Properties
    if ($dictionary) { [string[]] $names = @($Value.Keys) }
    else { [string[]] $names = @(foreach ($property in $properties) { $property.Name }) }
    if ($names.Length -eq 0) { $null = $Builder.Append('{}'); return }
    if ($Canonical) { [array]::Sort($names, [StringComparer]::Ordinal) }
    $inner = $Margin + $Indent
    $break = ''
    $close = ''
    $colon = ':'
    if ($Indent -cne '') { $break = "`n" + $inner; $close = "`n" + $Margin; $colon = ': ' }
    $comma = ''
    $null = $Builder.Append('{')
    foreach ($name in $names) {
        if ($script:JsonSpecial.IsMatch($name)) { $key = ConvertTo-JsonString $name } else { $key = '"' + $name + '"' }
        if ($dictionary) { $item = $Value[$name] } else { $item = $properties[$name].Value }
        if ($item -is [string] -and -not $script:JsonSpecial.IsMatch($item)) {
            $null = $Builder.Append($comma + $break + $key + $colon + '"' + $item + '"')
        }
        elseif ($item -is [int] -or $item -is [long]) { $null = $Builder.Append($comma + $break + $key + $colon + $item) }
        else {
            $null = $Builder.Append($comma + $break + $key + $colon)
            Add-JsonText $Builder $item $Canonical $Indent $inner
        }
        $comma = ','
    }
    $null = $Builder.Append($close + '}')
}

function Add-JsonList {
    param([object] $Builder, [object] $Value, [bool] $Canonical, [string] $Indent, [string] $Margin)
    $inner = $Margin + $Indent
    $break = ''
    $close = ''
    if ($Indent -cne '') { $break = "`n" + $inner; $close = "`n" + $Margin }
    $comma = ''
    $null = $Builder.Append('[')
    foreach ($item in $Value) {
        if ($item -is [string] -and -not $script:JsonSpecial.IsMatch($item)) {
            $null = $Builder.Append($comma + $break + '"' + $item + '"')
        }
        elseif ($item -is [int] -or $item -is [long]) { $null = $Builder.Append($comma + $break + $item) }
        else {
            $null = $Builder.Append($comma + $break)
            Add-JsonText $Builder $item $Canonical $Indent $inner
        }
        $comma = ','
    }
    if ($comma) { $null = $Builder.Append($close) }
    $null = $Builder.Append(']')
}

function ConvertTo-Canonical {
    param([object] $Value)
    return ConvertTo-JsonText $Value -Canonical
}

function Get-TimeText {
    # The time of the PC in one form whatever the region and its calendar (和暦) are.
    return [DateTime]::Now.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
}
