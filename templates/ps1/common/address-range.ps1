# Addresses as the rules of Windows' firewall name them: one, a network ('192.0.2.0/24', '192.0.2.0/255.255.255.0', in which
# Windows answers), from one to another ('192.0.2.1-192.0.2.9'), or a word (LocalSubnet, Any).

# What a facility numbers its own networks with: RFC 1918, RFC 4193.
$script:FacilityNetwork = '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'
# Nobody outside has these, nor the addresses of one link (RFC 3927, RFC 4291).
$script:PrivateNetwork = $script:FacilityNetwork + @('169.254.0.0/16', 'fe80::/10')
# The subnet itself, and each family of it.
$script:OwnSubnet = 'LocalSubnet', 'LocalSubnet4', 'LocalSubnet6'

function ConvertTo-AddressRange {
    # The first and the last address, as digits that compare as text; $null for a word.
    param([string] $Text)
    $ends = $Text.Split('-')
    if ($ends.Length -eq 2) {
        $first = ConvertTo-AddressByte $ends[0]
        $last = ConvertTo-AddressByte $ends[1]
        if ($null -eq $first -or $null -eq $last -or $first.Length -ne $last.Length) { return $null }
        return [pscustomobject] @{ first = (ConvertTo-DigitText $first); last = (ConvertTo-DigitText $last) }
    }
    $parts = $Text.Split('/')
    $first = ConvertTo-AddressByte $parts[0]
    if ($null -eq $first) { return $null }
    $mask = ConvertTo-MaskByte ([string] (@($parts) + '')[1]) $first.Length
    if ($null -eq $mask) { return $null }
    $last = New-Object byte[] $first.Length
    for ($i = 0; $i -lt $first.Length; $i++) {
        $first[$i] = $first[$i] -band $mask[$i]
        $last[$i] = $first[$i] -bor (255 - $mask[$i])
    }
    return [pscustomobject] @{ first = (ConvertTo-DigitText $first); last = (ConvertTo-DigitText $last) }
}

function ConvertTo-AddressByte {
    # The bytes of one address; $null for anything else.
    param([string] $Text)
    $address = $null
    if ($Text -notmatch '[.:]' -or -not [Net.IPAddress]::TryParse($Text, [ref] $address)) { return $null }
    return , $address.GetAddressBytes()
}

function ConvertTo-MaskByte {
    # Of so many bytes: the mask that is written out, as a number of bits, or as nothing (one address).
    param([string] $Text, [int] $Length)
    if ($Text -match '[.:]') {
        $mask = ConvertTo-AddressByte $Text
        if ($null -eq $mask -or $mask.Length -ne $Length) { return $null }
        return , $mask
    }
    $bits = 8 * $Length
    if ($Text -cne '' -and (-not [int]::TryParse($Text, [ref] $bits) -or $bits -lt 0 -or $bits -gt 8 * $Length)) { return $null }
    $mask = New-Object byte[] $Length
    for ($i = 0; $i -lt $Length; $i++) {
        $ones = [math]::Min(8, [math]::Max(0, $bits - 8 * $i))
        $mask[$i] = 255 - ((1 -shl (8 - $ones)) - 1)
    }
    return , $mask
}

function ConvertTo-DigitText {
    param([byte[]] $Bytes)
    return [BitConverter]::ToString($Bytes).Replace('-', '')
}

function Test-AddressInside {
    # Whether a range, or the same word, is part of another one.
    param([string] $Inner, [string] $Outer)
    $small = ConvertTo-AddressRange $Inner
    $large = ConvertTo-AddressRange $Outer
    if ($null -eq $small -or $null -eq $large) { return ($Inner -eq $Outer) }
    return ($small.first.Length -eq $large.first.Length -and [string]::CompareOrdinal($small.first, $large.first) -ge 0 -and
        [string]::CompareOrdinal($small.last, $large.last) -le 0)
}

function Test-AddressIn {
    # Whether a range is part of one of some others.
    param([string] $Text, [string[]] $Ranges)
    return (@($Ranges | Where-Object { Test-AddressInside $Text $_ }).Length -gt 0)
}

function Test-PrivateAddress {
    param([string] $Text)
    return (Test-AddressIn $Text $script:PrivateNetwork)
}

function ConvertTo-AddressText {
    # As a person writes it: a word by its name, a mask as its number of bits.
    param([string] $Text)
    if ($Text -eq 'Any') { return 'すべて' }
    if ($script:OwnSubnet -contains $Text) { return 'ローカル サブネット' }
    $parts = $Text.Split('/')
    if ($parts.Length -ne 2 -or $parts[1] -notmatch '[.:]') { return $Text }
    $digits = ConvertTo-DigitText (ConvertTo-AddressByte $parts[1])
    $bits = -join @($digits.ToCharArray() | ForEach-Object { [Convert]::ToString([Convert]::ToInt32([string] $_, 16), 2).PadLeft(4, '0') })
    return "$($parts[0])/$($bits.TrimEnd('0').Length)"
}
