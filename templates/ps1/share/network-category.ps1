# Whether Windows takes the networks for private ones from which the shares are opened. On a public one the rule for shares does
# not work. Those of other connections (the closed network's own line) are no business of the shares.

# Every address of a line: IANA, IPv6 Global Unicast.
$script:LineNetwork = '2000::/3'

Register-Kind 'network-category' -Format 1 -Get {
    param($Target)
    $networks = @(Get-NetConnectionProfile -ErrorAction SilentlyContinue)
    if ($networks.Length -eq 0) { return [pscustomobject] @{ unknown = 'ネットワークにつながっていないため、確かめられません。' } }
    $judged = @(Select-ShareNetwork $networks)
    $names = @($judged | ForEach-Object { [string] $_.InterfaceAlias })
    $public = @($networks | Where-Object { [string] $_.NetworkCategory -ceq 'Public' } | ForEach-Object { [string] $_.InterfaceAlias })
    $faulty = @($public | Where-Object { $names -ccontains $_ })
    $others = @($public | Where-Object { $names -cnotcontains $_ })
    $state = [ordered] @{ public = $faulty.Length }
    if ($faulty.Length -gt 0) {
        $state.message = "「パブリック ネットワーク」のため、レセコン等から共有フォルダーを開けません: $($faulty -join '、')。" +
            '設定→ネットワークとインターネットのプロパティで「プライベート ネットワーク」を選んでください。'
    }
    elseif ($others.Length -gt 0) {
        $state.warning = "$($others -join '、') は「パブリック ネットワーク」です。" +
            'レセコン等とつながっているのがこの接続なら、設定→ネットワークとインターネットのプロパティで「プライベート ネットワーク」を選んでください。'
    }
    return [pscustomobject] $state
}

function Select-ShareNetwork {
    # Of the networks that the PC is on, those in whose subnet the computers that open the shares can be: with a private address;
    # where there are several, not the one that is on the line as well. All of them where that leaves none.
    param([object[]] $Networks)
    $addresses = @(Get-NetIPAddress -ErrorAction SilentlyContinue)
    $inside = @($Networks | Where-Object { Test-ConnectionIn $_ $addresses $script:FacilityNetwork })
    if ($inside.Length -eq 0) { return $Networks }
    $beside = @($inside | Where-Object { -not (Test-ConnectionIn $_ $addresses @($script:LineNetwork)) })
    if ($beside.Length -eq 0) { return $inside }
    return $beside
}

function Test-ConnectionIn {
    # Whether a connection has an address in one of some networks.
    param([object] $Network, [object[]] $Addresses, [string[]] $Ranges)
    $own = @($Addresses | Where-Object { $_.InterfaceIndex -eq $Network.InterfaceIndex } | ForEach-Object { [string] $_.IPAddress })
    return (@($own | Where-Object { Test-AddressIn $_ $Ranges }).Length -gt 0)
}
