# A folder of this PC that is shared with one account: the folder, its access list and the share are one thing, put back
# together. Everything goes by SID: the names of groups are localized, and an account may be gone when it is undone.

$script:FolderModify = 0x1301bf # What 変更 of a folder and Change of a share are: read, write, execute, delete, synchronize (winnt.h).
$script:FolderHandDown = 3 # OBJECT_INHERIT_ACE, CONTAINER_INHERIT_ACE (MS-DTYP 2.4.4.1).
$script:FolderInherited = 16 # INHERITED_ACE.
# What a folder that we make starts with: what a folder below C:\ gets from there, but that nobody except administrators may
# rename it, delete it or make it a link (DELETE 0x10000, FILE_WRITE_ATTRIBUTES 0x100 of Modify 0x1301bf, winnt.h). All the same for
# what is in it.
$script:OwnFolder = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;;0x1200bf;;;AU)(A;OICIIO;0x1301bf;;;AU)'
# Everyone, Anonymous, the group Guests: never for a share (setup P.20 wants an account that is chosen).
$script:FolderAnybody = 'S-1-1-0', 'S-1-5-7', 'S-1-5-32-546'
# ファイルとプリンターの共有, and its successor of Windows 11 24H2. Creating a share switches rules of them on, for public
# networks too. learn.microsoft.com/windows-server/storage/file-server/smb-secure-traffic
$script:SharingGroup = '@FirewallAPI.dll,-28502', '@FirewallAPI.dll,-28672'

# What else is shared, and the rules that are on, is others' business; so are entries of the folder's list besides ours.
Register-Kind 'share' -Format 1 -Ours ([ordered] @{
        exists = 'フォルダー'; access = 'フォルダーのアクセス許可'; share = '共有'
    }) -Same @{
        share = { param($Was, $Is) Test-SameShare $Was $Is }
        access = { param($Was, $Is, $Item) Test-OwnAccess (Get-Field $Item.before 'access') -After $Was -Found $Is }
    } -Merge @{ access = { param($Before, $After, $Found) Merge-FolderAccess $Before $After $Found } } -Tell @{
        share = { param($Was, $Is) "$($Is.path)、$($Is.security)" }
    } -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $exists = Find-FolderAncestor $Target.path
    $state = [ordered] @{ exists = $exists; access = $null; share = $null }
    if ($exists.Length -eq $Target.path.Length) { $state.access = Get-FolderExplicit $Target.path }
    $share = Find-Share $Target.name
    if ($null -eq $share) {
        # What an absent share needs to be absent again: the rules that Windows had on without it, and for which shares.
        $state.without = [pscustomobject] @{ rules = (Get-SharingRule); shares = (Get-OtherShare $Target.name) }
        $state.sharing = Read-Sharing
        return [pscustomobject] $state
    }
    $state.share = [pscustomobject] @{
        path = [string] $share.Path
        security = [string] $share.SecurityDescriptor
        caching = [string] $share.CachingMode
    }
    $opened = Find-OpenedRule $Target
    if ($opened.Length -gt 0) {
        $state.opened = $opened
        $state.message = "共有を作ったときに Windows が開けたファイアウォールの規則が、そのままです: $($opened -join '、')"
    }
    elseif (Test-ShareElsewhere $Target $state.share) { $state.message = Get-ShareElsewhereText $Target $share.Path }
    elseif (@((Get-ShareEntry $share.SecurityDescriptor) | Where-Object { $_.type -eq 0 -and (Test-AnybodySid $_.sid) }).Length -gt 0) {
        $state.message = "共有「$($Target.name)」のアクセス許可に、Everyone か Guest があります。"
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -eq (Get-Field $State 'exists')) { New-SharedFolder $Target $State.account }
    else { Restore-SharedFolder $Target $State }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Found) { return $false }
    if ($null -eq $Wanted) { return ($null -eq $Found.share) }
    if ($null -ne (Get-Field $Wanted 'exists')) { return (Test-FolderRestored $Wanted $Found) }
    $sid = Get-ShareAccountSid $Wanted.account
    if ($null -eq $sid -or $null -eq $Found.access -or $null -eq $Found.share -or $null -ne (Get-Field $Found 'message')) { return $false }
    return ((Test-FolderGranted $Found.access $sid) -and (Test-ShareGranted $Found.share $sid))
} -Undo {
    # A folder that we made and that holds files now stays, without our account. A share of another folder, which others
    # stopped before ours was made, is not made again. A person is told.
    param($Target, $Before, $Found)
    $kept = Find-FolderKept $Target.path $Before.exists
    $keeps = $kept.Length -gt $Before.exists.Length
    $foreign = (Test-ShareElsewhere $Target $Before.share) -and
        ($null -eq $Found.share -or -not (Test-SamePath $Found.share.path $Before.share.path))
    if (-not $keeps -and -not $foreign) { return $null }
    $reasons = @()
    $state = [ordered] @{ exists = $kept; access = $Before.access; share = $Before.share }
    if ($keeps) {
        $reasons += "共有とアクセス許可は取り消しますが、中にファイルがあるため、フォルダーは残します: $kept"
        $state.access = $null
        if ($kept.Length -eq $Target.path.Length) {
            $entries = @($Found.access.entries | Where-Object { -not (Test-OurFolderEntry $_) })
            $state.access = [pscustomobject] @{ protected = $Found.access.protected; entries = $entries }
        }
    }
    if ($foreign) {
        $reasons += "前にあった別のフォルダー（$($Before.share.path)）の共有「$($Target.name)」は、ほかの人が止めたため、作り直しません。必要なら、手で共有してください。"
        $state.share = $null
        # No rules were noted for it: those of now stay.
        $state.without = Get-Field $Found 'without'
        $state.sharing = Get-Field $Found 'sharing'
    }
    elseif ($null -eq $Before.share) {
        $state.without = $Before.without
        if ($null -ne (Get-Field $Before 'sharing')) { $state.sharing = $Before.sharing }
    }
    return [pscustomobject] @{ state = [pscustomobject] $state; reason = ($reasons -join ' ') }
} -Difference {
    param($Target, $Wanted, $Found)
    $label = "共有「$($Target.name)」"
    if ($null -eq $Wanted) { return (New-Difference $label (Get-Field $Found.share 'path') 'なし') }
    if ($null -eq (Get-Field $Found 'share')) { return (New-Difference $label 'なし' $Target.path) }
    if (-not (Test-SamePath $Found.share.path $Target.path)) { return (New-Difference $label $Found.share.path $Target.path) }
    $sid = Get-ShareAccountSid $Wanted.account
    if ($null -eq $sid) { return (New-Difference "アカウント「$($Wanted.account)」" 'なし' 'あり') }
    if ($null -eq $Found.access -or -not (Test-FolderGranted $Found.access $sid)) {
        New-Difference 'フォルダーのアクセス許可' (Get-AccessText (Get-Field $Found.access 'entries')) "$($Wanted.account) 変更"
    }
    if ($Found.share.caching -cne 'None') { New-Difference '共有のキャッシュ' $Found.share.caching 'なし' }
    elseif (-not (Test-ShareGranted $Found.share $sid)) {
        $access = @("$($Wanted.account) 変更", 'Administrators フル コントロール')
        New-Difference '共有のアクセス許可' (Get-AccessText (Get-ShareEntry $Found.share.security)) $access
    }
} -Secret {
    # The account must be there first: without its password nothing is shared.
    param($Target, $State, $Found)
    $account = Get-Field $State 'account'
    if ($null -ne $account -and $null -eq (Get-ShareAccountSid $account) -and -not (Get-GroupNameText $account)) { return $account }
}

function Get-SharingProblem {
    # Why this PC cannot say what it shares; empty where it can.
    if ([string] (Get-Service -Name 'LanmanServer').Status -cne 'Running') { return '共有のサービス（Server）が動いていないため、確かめられません。' }
    return ''
}

function Get-ShareAccountSid {
    # Of a user, never of a group of that name.
    param([string] $Name)
    $user = Find-LocalAccount $Name
    if ($null -eq $user) { return $null }
    return [string] $user.SID
}

function Find-Share {
    # Not by -Name, which is an error where there is none.
    param([string] $Name)
    $found = @(Get-SmbShare | Where-Object { $_.Name -eq $Name })
    if ($found.Length -eq 0) { return $null }
    return $found[0]
}

function Get-ShareEntry {
    # The entries of a share's access list. Without one it is open: as good as an entry for Everyone.
    param([string] $Sddl)
    $open = [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderFull; sid = 'S-1-1-0' }
    if ($Sddl -ceq '') { return , @($open) }
    $entries = (ConvertFrom-Sddl -Sddl $Sddl).entries
    if ($null -eq $entries) { return , @($open) }
    return , @($entries)
}

function Test-SamePath {
    param([string] $First, [string] $Second)
    return ($First.TrimEnd('\') -eq $Second.TrimEnd('\'))
}

function Test-ShareElsewhere {
    # A share of the name that is of another folder. It is never ours.
    param([object] $Target, [object] $Share)
    return ($null -ne $Share -and -not (Test-SamePath $Share.path $Target.path))
}

function Test-AnybodySid {
    # A SID that stands for whoever comes; -501 is the account Guest.
    param([string] $Sid)
    return ($script:FolderAnybody -ccontains $Sid -or $Sid -cmatch '^S-1-5-21-.*-501$')
}

function Get-ShareElsewhereText {
    param([object] $Target, [string] $Path)
    return "共有「$($Target.name)」は、別のフォルダー（$Path）の共有として既にあります。変更しません。使っている人に確かめ、共有を止めるか、一式を作り直してください。"
}

function Get-OtherShare {
    # The names of what else is shared, but for the shares of Windows itself (C$).
    param([string] $Name)
    return , @(Get-SmbShare | Where-Object { -not $_.Special -and $_.Name -ne $Name } | ForEach-Object { [string] $_.Name } | Sort-Object)
}

function Find-SharingRule {
    # The rules of file sharing, as Windows has them.
    return , @(foreach ($group in $script:SharingGroup) {
            # A Windows older than a group answers with an error.
            Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue
        })
}

function Read-Sharing {
    # What there is of rules of file sharing: names, of all; reach, of those that are on: name, profile, remote.
    $rules = @((Find-SharingRule) | ForEach-Object { $_ } | Sort-Object -Property Name)
    return [pscustomobject] @{
        names = @($rules | ForEach-Object { [string] $_.Name })
        reach = @(foreach ($rule in $rules) {
                if ([string] $rule.Enabled -cne 'True') { continue }
                [pscustomobject] @{ name = [string] $rule.Name; profile = [int] $rule.Profile; remote = (Read-RuleAddress $rule) }
            })
    }
}

function Get-SharingRule {
    # The names of the rules of file sharing that are on.
    return , @((Find-SharingRule) | Where-Object { [string] $_.Enabled -ceq 'True' } | ForEach-Object { [string] $_.Name } | Sort-Object)
}

function Restore-SharingRule {
    # Switches off the rules that Windows has switched on beyond those of Before.
    param([string[]] $Before)
    foreach ($rule in (Find-SharingRule)) {
        if ([string] $rule.Enabled -cne 'True' -or $Before -ccontains [string] $rule.Name) { continue }
        Set-NetFirewallRule -InputObject $rule -Enabled 'False'
    }
}

function Restore-Sharing {
    # Takes away the copies of rules that Windows has made since, and narrows the rules that it has widened where they stand.
    param([object] $Before)
    $known = @{}
    foreach ($rule in $Before.reach) { $known[$rule.name] = $rule }
    foreach ($rule in (Find-SharingRule)) {
        $name = [string] $rule.Name
        if (@($Before.names) -cnotcontains $name) { Remove-NetFirewallRule -InputObject $rule }
        elseif ($known.ContainsKey($name) -and (Test-RuleWider $rule $known[$name])) {
            $was = $known[$name]
            Set-NetFirewallRule -InputObject $rule -Profile (ConvertTo-RuleProfile $was.profile) -RemoteAddress @($was.remote)
        }
    }
}

function Test-RuleWider {
    # Whether a rule lets in what it did not.
    param([object] $Rule, [object] $Before)
    if (((Get-SmbNetwork ([int] $Rule.Profile)) -band (-bnot (Get-SmbNetwork $Before.profile))) -ne 0) { return $true }
    return (@((Read-RuleAddress $Rule) | Where-Object { @($Before.remote) -cnotcontains $_ }).Length -gt 0)
}

function Find-OpenedRule {
    # Of a share that was cut short while it was made: the rules that are still on for it.
    param([object] $Target)
    $without = Get-Field (Get-OpenBefore 'share' $Target) 'without'
    if ($null -eq $without -or (Test-OnceMade 'share' $Target)) { return , @() }
    if (@((Get-OtherShare $Target.name) | Where-Object { @($without.shares) -cnotcontains $_ }).Length -gt 0) { return , @() }
    return , @((Get-SharingRule) | Where-Object { @($without.rules) -cnotcontains $_ })
}

function Get-FolderExplicit {
    param([string] $Path)
    return ConvertTo-FolderExplicit (Read-PathAccess -Path $Path).sddl $Path
}

function ConvertTo-FolderExplicit {
    # The entries of a folder's own, which can be put back exactly; what it inherits comes from the folder above.
    param([string] $Sddl, [string] $Path)
    $list = ConvertFrom-Sddl -Sddl $Sddl
    if ($null -eq $list.entries) { throw "アクセス許可の一覧が無いフォルダーは元に戻せないため、変更しません: $Path" }
    $own = @($list.entries | Where-Object { ($_.flags -band $script:FolderInherited) -eq 0 })
    foreach ($entry in $own) { if (@(0, 1) -notcontains $entry.type) { throw "この種類のアクセス許可は元に戻せないため、変更しません: $Path" } }
    return [pscustomobject] @{ protected = $list.protected; entries = $own }
}

function ConvertTo-Sddl {
    # An access list as text, rights and SIDs written out.
    param([bool] $Protected, [object[]] $Entries)
    $letters = @{ 1 = 'OI'; 2 = 'CI'; 4 = 'NP'; 8 = 'IO' }
    $text = 'D:'
    if ($Protected) { $text += 'P' }
    foreach ($entry in $Entries) {
        $sort = 'A'
        if ($entry.type -eq 1) { $sort = 'D' }
        $flags = -join @(foreach ($bit in 1, 2, 4, 8) { if ($entry.flags -band $bit) { $letters[$bit] } })
        $text += '({0};{1};0x{2:x};;;{3})' -f $sort, $flags, [long] $entry.rights, $entry.sid
    }
    return $text
}

function Get-AccessText {
    # The entries of an access list as people read them: who, and what.
    param([object[]] $Entries)
    foreach ($entry in @($Entries | Where-Object { $null -ne $_ })) {
        $rights = [long] $entry.rights
        $words = 'ほかの許可'
        if (($rights -band $script:FolderFull) -eq $script:FolderFull) { $words = 'フル コントロール' }
        elseif (($rights -band $script:FolderModify) -eq $script:FolderModify) { $words = '変更' }
        if ($entry.type -ne 0) { $words = '拒否' }
        "$(Get-AccountName $entry.sid) $words"
    }
}

function Test-FolderGranted {
    # The folder lets the account change what is in it and below, and denies it nothing.
    param([object] $Access, [string] $Sid)
    $mine = @($Access.entries | Where-Object { $_.sid -ceq $Sid })
    if (@($mine | Where-Object { $_.type -ne 0 }).Length -gt 0) { return $false }
    $enough = @($mine |
        Where-Object { ([long] $_.rights -band $script:FolderModify) -eq $script:FolderModify -and
            ($_.flags -band 15) -eq $script:FolderHandDown })
    return ($enough.Length -gt 0)
}

function Test-ShareGranted {
    # The share gives the account Change and no more, administrators everything, nobody else without a name anything.
    param([object] $Share, [string] $Sid)
    if ($Share.caching -cne 'None') { return $false }
    $entries = Get-ShareEntry $Share.security
    if (@($entries | Where-Object { Test-AnybodySid $_.sid }).Length -gt 0) { return $false }
    $mine = @($entries | Where-Object { $_.sid -ceq $Sid })
    $administrators = @($entries | Where-Object { $_.sid -ceq 'S-1-5-32-544' })
    if ($mine.Length -ne 1 -or $administrators.Length -ne 1) { return $false }
    return ($mine[0].type -eq 0 -and $mine[0].rights -eq $script:FolderModify -and
        $administrators[0].type -eq 0 -and $administrators[0].rights -eq $script:FolderFull)
}

function Test-FolderRestored {
    # What Windows makes of a text may be written otherwise: the entries count. `without` is not the share's own.
    param([object] $Wanted, [object] $Found)
    if ($Wanted.exists -cne $Found.exists -or -not (Test-Same $Wanted.access $Found.access)) { return $false }
    if ($null -eq $Wanted.share -or $null -eq $Found.share) { return ($null -eq $Wanted.share -and $null -eq $Found.share) }
    return (Test-SameShare $Wanted.share $Found.share)
}

function Test-SameShare {
    param([object] $Was, [object] $Is)
    if ($Was.path -ne $Is.path -or $Was.caching -cne $Is.caching) { return $false }
    return (Test-Same (Get-ShareEntry $Was.security) (Get-ShareEntry $Is.security))
}

function Test-OwnAccess {
    # Whether what we made of a folder's list still is so: the entries that we added, and those that we took away.
    param([object] $Before, [object] $After, [object] $Found)
    $earlier = Get-EntryMap (Get-Field $Before 'entries')
    $ours = Get-EntryMap $After.entries
    $now = Get-EntryMap $Found.entries
    foreach ($key in @(@($earlier.Keys) + @($ours.Keys))) {
        if ($earlier.Contains($key) -ne $ours.Contains($key) -and $ours.Contains($key) -ne $now.Contains($key)) { return $false }
    }
    return $true
}

function Merge-FolderAccess {
    # The list as it was before us, with what others changed of it since.
    param([object] $Before, [object] $After, [object] $Found)
    if ($null -eq $Before) { return $null }
    return [pscustomobject] @{
        protected = $Found.protected
        entries = (Merge-Entry $Before.entries -After $After.entries -Found $Found.entries)
    }
}

function New-SharedFolder {
    param([object] $Target, [string] $Account)
    $sid = Get-ShareAccountSid $Account
    if ($null -eq $sid) { throw "共有に使うアカウント $Account がありません。$(Get-GroupNameText $Account)" }
    $share = Find-Share $Target.name
    if ($null -ne $share -and -not (Test-SamePath $share.Path $Target.path)) { throw (Get-ShareElsewhereText $Target $share.Path) }
    Assert-PlainFolder $Target.path
    New-Folder -Path $Target.path -Sddl $script:OwnFolder
    $held = Open-HeldPath -Path $Target.path
    try {
        Assert-HeldPath $held $Target.path
        Assert-FolderOwner (Read-HeldPath -Held $held).owner $Target.path
        Grant-SharedFolder $held $Target.path $sid
        New-FolderShare $Target $share $sid
        # An empty folder can be made a link while it is open.
        try { Assert-HeldPath $held $Target.path }
        catch { if ($null -eq $share) { Remove-SmbShare -Name $Target.name -Force }; throw }
    }
    finally { Close-HeldPath -Held $held }
}

function Assert-FolderOwner {
    # Whoever owns a folder gives its entries to whom they like. One made by hand belongs to an administrator's account.
    param([string] $Owner, [string] $Path)
    if ($script:TrustedSid -ccontains $Owner -or (Get-GroupMember -Sid 'S-1-5-32-544') -contains $Owner) { return }
    throw "フォルダーの所有者が管理者ではなく $(Get-AccountName $Owner) のため、共有しません。フォルダーのプロパティの「セキュリティ」→「詳細設定」で、" +
        "所有者を Administrators に変えてから、もう一度開いてください: $Path"
}

function Grant-SharedFolder {
    # Lets an account change what is in a held folder.
    param([object] $Held, [string] $Path, [string] $Sid)
    $access = ConvertTo-FolderExplicit (Read-HeldPath -Held $Held).sddl $Path
    if (Test-FolderGranted $access $Sid) { return }
    $entries = @($access.entries | Where-Object { $_.sid -cne $Sid })
    $entries += [pscustomobject] @{ type = 0; flags = $script:FolderHandDown; rights = $script:FolderModify; sid = $Sid }
    Set-HeldAccess -Held $Held -Sddl (ConvertTo-Sddl $access.protected $entries)
}

function New-FolderShare {
    # Shares a folder, or gives the share that is there its entries.
    param([object] $Target, [object] $Share, [string] $Sid)
    $others = @()
    if ($null -ne $Share) {
        $others = @((Get-ShareEntry $Share.SecurityDescriptor) |
            Where-Object { $_.sid -cne $Sid -and $_.sid -cne 'S-1-5-32-544' -and -not (Test-AnybodySid $_.sid) })
    }
    $others += [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderFull; sid = 'S-1-5-32-544' }
    $others += [pscustomobject] @{ type = 0; flags = 0; rights = $script:FolderModify; sid = $Sid }
    # Owner and group as Windows gives them to every share.
    $security = 'O:SYG:SY' + (ConvertTo-Sddl $false $others)
    if ($null -ne $Share) {
        Set-SmbShare -Name $Target.name -SecurityDescriptor $security -CachingMode 'None' -Force
        foreach ($name in (Find-OpenedRule $Target)) { Set-NetFirewallRule -Name $name -Enabled 'False' }
        return
    }
    $rules = Get-SharingRule
    $sharing = Read-Sharing
    $null = New-SmbShare -Name $Target.name -Path $Target.path -SecurityDescriptor $security -CachingMode 'None'
    Restore-Sharing $sharing
    Restore-SharingRule $rules
}

function Restore-SharedFolder {
    param([object] $Target, [object] $State)
    $share = Find-Share $Target.name
    # The journalled share belonged to another folder: to restore ours means no share.
    if ($null -eq $State.share -or (Test-ShareElsewhere $Target $State.share)) {
        if ($null -ne $share -and (Test-SamePath $share.Path $Target.path)) { Remove-SmbShare -Name $Target.name -Force }
        $without = Get-Field $State 'without'
        if ($null -ne $without) {
            # Where the PC shares something that it did not then, the rules may be on for that.
            $new = @((Get-OtherShare $Target.name) | Where-Object { @($without.shares) -cnotcontains $_ })
            if ($new.Length -eq 0) {
                # What was widened or copied since our share was made was so by others.
                $sharing = Get-Field $State 'sharing'
                if ($null -ne $sharing -and -not (Test-OnceMade 'share' $Target)) { Restore-Sharing $sharing }
                Restore-SharingRule @($without.rules)
            }
        }
    }
    elseif ($null -eq $share) { throw "元の共有「$($Target.name)」は、ほかの人が止めたため、元に戻せません。" }
    elseif (Test-SamePath $share.Path $Target.path) {
        if ([string] $share.SecurityDescriptor -cne $State.share.security -or [string] $share.CachingMode -cne $State.share.caching) {
            Set-SmbShare -Name $Target.name -SecurityDescriptor $State.share.security -CachingMode $State.share.caching -Force
        }
    }
    if ($null -eq $State.access) { Remove-FolderBranch $Target.path $State.exists; return }
    if ($null -eq (Read-PathAccess -Path $Target.path)) { throw "元のフォルダーは、ほかの人が削除したため、元に戻せません: $($Target.path)" }
    if (-not (Test-Same (Get-FolderExplicit $Target.path) $State.access)) { Restore-FolderAccess $Target.path $State.access }
}

function Restore-FolderAccess {
    param([string] $Path, [object] $Access)
    Assert-PlainFolder $Path
    $held = Open-HeldPath -Path $Path
    try {
        Assert-HeldPath $held $Path
        Set-HeldAccess -Held $held -Sddl (ConvertTo-Sddl $Access.protected $Access.entries)
    }
    finally { Close-HeldPath -Held $held }
}

function Remove-FolderBranch {
    # Removes empty folders from Path upwards, down to but without Stop. Files are never removed.
    param([string] $Path, [string] $Stop)
    while ($Path.Length -gt [math]::Max(3, $Stop.Length)) {
        if ($null -ne (Read-PathAccess -Path $Path)) {
            $held = Open-HeldPath -Path $Path -Rename
            try {
                Assert-HeldPath $held $Path
                if (-not (Remove-HeldFolder -Held $held)) { return }
            }
            finally { Close-HeldPath -Held $held }
        }
        $Path = Get-FolderAbove $Path
    }
}

function Find-FolderKept {
    # The deepest folder that would stay once the empty ones above Stop are gone.
    param([string] $Path, [string] $Stop)
    $below = ''
    $path = Find-FolderAncestor $Path
    while ($path.Length -gt [math]::Max(3, $Stop.Length)) {
        $others = @((Get-FolderContent -Path $path) | Where-Object { $_ -ne $below })
        if ($others.Length -gt 0) { return $path }
        $below = $path
        $path = Get-FolderAbove $path
    }
    return $Stop
}

function Test-OurFolderEntry {
    # The entry that sharing makes, in a folder that we made ourselves.
    param([object] $Entry)
    return ($Entry.type -eq 0 -and $Entry.flags -eq $script:FolderHandDown -and
        $Entry.rights -eq $script:FolderModify -and $Entry.sid -cmatch '^S-1-5-21-')
}
