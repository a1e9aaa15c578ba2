# The rules of Windows' firewall that let other computers reach the shares (TCP 445). One rule is to do so, for private networks
# and their own subnet. `wide`: its successor of Windows 11 24H2 is on, which also opens public networks to every address.
# `others`: what else does; what Settings ticks for one network alone is such a rule, with a GUID for its name.

$script:SmbRule = 'FPS-SMB-In-TCP'
$script:SmbRuleWide = 'FPS-SMB-In-TCP-V2'
$script:SmbPort = 445
# NET_FW_PROFILE_TYPE2: 1 domain, 2 private, 4 public; 0 = any.
$script:SmbDomain = 1
$script:SmbPrivate = 2
$script:SmbPublic = 4

# Ours is that the rule is on; for whom, others may have decided anew, and what else lets computers in is their business.
Register-Kind 'smb-firewall' -Format 1 -Ours @{ enabled = 'TCP 445 を許可する規則（FPS-SMB-In-TCP）' } -Entries @{ others = 'name' } -Get {
    param($Target)
    $rule = Get-NetFirewallRule -Name $script:SmbRule -ErrorAction SilentlyContinue
    if ($null -eq $rule) { throw "ファイアウォールの規則がありません: $($script:SmbRule)" }
    $rules = Read-SmbRule
    $own = $script:SmbRule, $script:SmbRuleWide
    $texts = @($rules | ForEach-Object { Get-SmbRuleText $_.name $_.profile $_.remote })
    if ($texts.Length -eq 0) { $texts = @('なし') }
    return [pscustomobject] @{
        enabled = ([string] $rule.Enabled -ceq 'True')
        profile = [int] $rule.Profile
        remote = (Read-RuleAddress $rule)
        wide = (Test-WideRule)
        others = @($rules | Where-Object { $own -cnotcontains $_.name })
        message = "共有フォルダーへの接続（TCP 445）を許可している規則: $($texts -join '、')。"
    }
} -Set {
    param($Target, $State)
    [string[]] $remote = @($State.remote)
    $found = $null
    if ($null -ne (Get-Field $State 'exact')) {
        $found = Get-State 'smb-firewall' $Target
        if ($found.enabled) { $remote += @((Find-FurtherAddress $found.remote $State) | Where-Object { Test-AddressLeft $_ $State }) }
    }
    $enabled = ConvertTo-RuleSwitch $State.enabled
    $networks = ConvertTo-RuleProfile $State.profile
    Set-NetFirewallRule -Name $script:SmbRule -Enabled $enabled -Profile $networks -RemoteAddress $remote
    if ($State.wide -ne (Test-WideRule)) { Set-NetFirewallRule -Name $script:SmbRuleWide -Enabled (ConvertTo-RuleSwitch $State.wide) }
    if ($null -ne $found) { foreach ($rule in $found.others) { Limit-SmbRule $rule $State } }
    else {
        foreach ($rule in @(Get-EarlierSmbRule $State)) {
            foreach ($object in @(Find-SmbRuleToRestore $rule)) {
                Set-NetFirewallRule -InputObject $object -Enabled 'True' -Profile (ConvertTo-RuleProfile $rule.profile)
            }
        }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    # A state that was: what is others' is put back as far as it is still as we left it.
    if ($null -eq (Get-Field $Wanted 'exact')) {
        $left = @(Get-EarlierSmbRule $Wanted | ForEach-Object { Find-SmbRuleToRestore $_ })
        return ((Test-SameSmbRule $Wanted $Found) -and $left.Length -eq 0)
    }
    foreach ($name in 'enabled', 'profile', 'wide') {
        if (@(Get-FieldName $Wanted) -ccontains $name -and -not (Test-Same $Wanted.$name $Found.$name)) { return $false }
    }
    # By itself `exact` says nothing: it is about the addresses.
    if ($null -eq (Get-Field $Wanted 'remote')) { return $true }
    if (@($Wanted.remote | Where-Object { -not (Test-AddressIn $_ $Found.remote) }).Length -gt 0) { return $false }
    if (@((Find-FurtherAddress $Found.remote $Wanted) | Where-Object { -not (Test-AddressLeft $_ $Wanted) }).Length -gt 0) { return $false }
    return (@($Found.others | Where-Object { (Get-SmbNetwork $_.profile) -ne (Get-KeptNetwork $_ $Wanted) }).Length -eq 0)
} -Notice {
    # What is left open for further computers.
    param($Wanted, $Found)
    $own = [pscustomobject] @{ name = $script:SmbRule; profile = $Found.profile; remote = $Found.remote }
    $texts = @(foreach ($rule in @($own) + @($Found.others)) {
            $further = @(Find-FurtherAddress $rule.remote $Wanted)
            if (((Get-SmbNetwork $rule.profile) -band $script:SmbPrivate) -ne 0 -and $further.Length -gt 0) {
                Get-SmbRuleText $rule.name $rule.profile $further
            }
        })
    if ($texts.Length -eq 0) { return '' }
    return "共有フォルダーへの接続を、ほかのアドレスにも許可している規則があり、そのままにしています: $($texts -join '、')。" +
        '施設のほかのネットワークのためなら、施設のファイルの his.share_from に書いてください。心当たりがなければ、外すかどうかをベンダーに確かめてください。'
}

function Test-SameSmbRule {
    param([object] $First, [object] $Second)
    foreach ($name in @(Get-FieldName $First | Where-Object { @('enabled', 'profile', 'remote', 'wide') -ccontains $_ })) {
        if (-not (Test-Same (Get-Field $First $name) (Get-Field $Second $name))) { return $false }
    }
    return $true
}

function Read-SmbRule {
    # Every inbound rule that is on and allows TCP 445 to the system, whoever made it: name, sharing (one of Windows' own of file
    # sharing), profile, remote. All filters are read at once: to ask for those of each rule takes minutes.
    $ids = @{}
    foreach ($filter in @(Get-NetFirewallPortFilter)) {
        if (@('TCP', 'Any', '6') -notcontains [string] $filter.Protocol) { continue }
        $reached = @($filter.LocalPort | Where-Object { Test-PortText ([string] $_) $script:SmbPort })
        if ($reached.Length -gt 0) { $ids[[string] $filter.InstanceID] = 1 }
    }
    foreach ($filter in @(Get-NetFirewallApplicationFilter)) {
        $open = @('Any', 'System') -contains [string] $filter.Program -and -not [string] $filter.Package
        if ($open -and $ids.ContainsKey([string] $filter.InstanceID)) { $ids[[string] $filter.InstanceID] = 2 }
    }
    $rules = @(Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True -ErrorAction SilentlyContinue |
        Where-Object { $ids[[string] $_.InstanceID] -eq 2 } | Sort-Object -Property Name)
    return , @(foreach ($rule in $rules) {
            $service = [string] (Get-NetFirewallServiceFilter -AssociatedNetFirewallRule $rule).Service
            if (@('Any', 'LanmanServer') -notcontains $service) { continue }
            [pscustomobject] @{
                name = [string] $rule.Name
                sharing = ($script:SharingGroup -contains [string] $rule.Group)
                profile = [int] $rule.Profile
                remote = (Read-RuleAddress $rule)
            }
        })
}

function Read-RuleAddress {
    param([object] $Rule)
    $filter = Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $Rule
    return , @($filter.RemoteAddress | ForEach-Object { [string] $_ } | Sort-Object)
}

function Find-FurtherAddress {
    # What of some addresses is neither the subnet nor wanted.
    param([string[]] $Address, [object] $Wanted)
    $Address | Where-Object { $script:OwnSubnet -notcontains $_ -and -not (Test-AddressIn $_ @($Wanted.remote)) }
}

function Test-AddressLeft {
    # Whether a further address stays open: a private one may be another network of the facility, which its file does not name.
    param([string] $Address, [object] $Wanted)
    return (-not $Wanted.exact -and (Test-PrivateAddress $Address))
}

function Get-SmbNetwork {
    # The sorts of network of a profile, as bits.
    param([int] $Bits)
    $all = $script:SmbDomain -bor $script:SmbPrivate -bor $script:SmbPublic
    if (($Bits -band $all) -eq 0) { return $all }
    return ($Bits -band $all)
}

function Get-KeptNetwork {
    # For which sorts of network another rule stays: no public one; one of Windows' own not for private ones either, where it
    # lets in what FPS-SMB-In-TCP is not to let in.
    param([object] $Rule, [object] $Wanted)
    $kept = (Get-SmbNetwork $Rule.profile) -band (-bnot $script:SmbPublic)
    $further = @((Find-FurtherAddress $Rule.remote $Wanted) | Where-Object { -not (Test-AddressLeft $_ $Wanted) })
    if ($Rule.sharing -and $further.Length -gt 0) { $kept = $kept -band (-bnot $script:SmbPrivate) }
    return $kept
}

function Find-FirewallRule {
    # By its very name: Windows' command takes signs in it for wildcards.
    param([string] $Name)
    @(Get-NetFirewallRule -Direction Inbound -Action Allow -ErrorAction SilentlyContinue | Where-Object { $_.Name -ceq $Name })
}

function Limit-SmbRule {
    param([object] $Rule, [object] $Wanted)
    $kept = Get-KeptNetwork $Rule $Wanted
    if ($kept -eq (Get-SmbNetwork $Rule.profile)) { return }
    foreach ($object in @(Find-FirewallRule $Rule.name)) {
        if ($kept -eq 0) { Set-NetFirewallRule -InputObject $object -Enabled 'False' }
        else { Set-NetFirewallRule -InputObject $object -Profile (ConvertTo-RuleProfile $kept) }
    }
}

function Get-EarlierSmbRule {
    # The other rules of a state that was.
    param([object] $State)
    Get-Field $State 'others' | ForEach-Object { $_ } | Where-Object { $_ }
}

function Find-SmbRuleToRestore {
    # The rule, where it is off or lacks what we take away, and has nothing that it had not; nothing where others changed it.
    param([object] $Rule)
    $before = Get-SmbNetwork $Rule.profile
    foreach ($object in @(Find-FirewallRule $Rule.name)) {
        $on = [string] $object.Enabled -ceq 'True'
        $now = Get-SmbNetwork ([int] $object.Profile)
        $taken = $before -band (-bnot $now)
        if (($now -band (-bnot $before)) -ne 0 -or ($taken -band $script:SmbDomain) -ne 0 -or ($on -and $taken -eq 0)) { continue }
        $object
    }
}

function Test-WideRule {
    $rule = Get-NetFirewallRule -Name $script:SmbRuleWide -ErrorAction SilentlyContinue
    return ($null -ne $rule -and [string] $rule.Enabled -ceq 'True')
}

function ConvertTo-RuleSwitch {
    param([bool] $On)
    if ($On) { return 'True' }
    return 'False'
}

function ConvertTo-RuleProfile {
    param([int] $Bits)
    if (($Bits -band 7) -eq 0) { return 'Any' }
    $names = @{ 1 = 'Domain'; 2 = 'Private'; 4 = 'Public' }
    return (@(foreach ($bit in 1, 2, 4) { if ($Bits -band $bit) { $names[$bit] } }) -join ', ')
}

function Get-SmbRuleText {
    # A rule as a person is told of it.
    param([string] $Name, [int] $Bits, [string[]] $Address)
    $names = @{ 1 = 'ドメイン'; 2 = 'プライベート'; 4 = 'パブリック' }
    $bits = Get-SmbNetwork $Bits
    $networks = @(foreach ($bit in 1, 2, 4) { if ($bits -band $bit) { $names[$bit] } }) -join '・'
    return "$Name（$networks、$(@($Address | ForEach-Object { ConvertTo-AddressText $_ }) -join '、')）"
}
