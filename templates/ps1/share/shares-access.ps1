# Whether an account could read, make and delete files in some shares, worked out from both access lists, its groups and its
# right to come over the network. No password is needed, and nothing is written.

Register-Kind 'shares-access' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $user = Find-LocalAccount $Target.account
    if ($null -eq $user) { return New-ShareAccess -Text "アカウント $($Target.account) がありません。" }
    $enabled = [bool] $user.Enabled
    $sid = [string] $user.SID
    $sids = Get-NetworkSid $sid
    $network = Test-NetworkLogon $sids
    [long] $rights = $script:ShareReads -bor $script:ShareCreates -bor $script:ShareDeletes
    $texts = @(
        if (-not $enabled) { 'アカウントが無効です。' }
        if (-not $network) { 'ネットワークからのサインインが許可されていません。' }
        foreach ($share in @($Target.shares)) {
            $found = Get-ShareRight $share $sid $sids
            $rights = $rights -band $found.rights
            $found.text
        }
    ) | Where-Object { $_ }
    return New-ShareAccess -Enabled $enabled -Network $network -Rights $rights -Text (@($texts) -join '')
}

# What an account can do with the files of a share.
$script:ShareReads = 1
$script:ShareCreates = 2
$script:ShareDeletes = 4

function New-ShareAccess {
    param([bool] $Enabled, [bool] $Network, [long] $Rights, [string] $Text)
    $state = [ordered] @{
        enabled = $Enabled
        network = $Network
        read = (($Rights -band $script:ShareReads) -ne 0)
        create = (($Rights -band $script:ShareCreates) -ne 0)
        delete = (($Rights -band $script:ShareDeletes) -ne 0)
    }
    if ($Text) { $state.message = $Text }
    return [pscustomobject] $state
}

function Get-ShareRight {
    # What the account Sid, which comes as Sids, can do with the files of a share, and in words what it cannot.
    param([object] $Wanted, [string] $Sid, [string[]] $Sids)
    $share = Find-Share $Wanted.name
    $folder = Read-PathAccess -Path $Wanted.path
    $text = $null
    if ($null -eq $folder) { $text = "フォルダーがありません: $($Wanted.path)" }
    elseif ($null -eq $share) { $text = "「$($Wanted.name)」は共有されていません。" }
    elseif (-not (Test-SamePath $share.Path $Wanted.path)) { $text = Get-ShareElsewhereText $Wanted $share.Path }
    if ($text) { return [pscustomobject] @{ rights = 0; text = $text } }
    $entries = (ConvertFrom-Sddl -Sddl $folder.sddl).entries
    $through = Get-GrantedRight (Get-ShareEntry $share.SecurityDescriptor) $Sids
    $inside = $through -band (Get-GrantedRight $entries $Sids)
    $file = $through -band (Get-GrantedRight (Get-HandedDown $entries $Sid) $Sids)
    # winnt.h: FILE_LIST_DIRECTORY and FILE_READ_DATA 1, FILE_ADD_FILE and FILE_WRITE_DATA 2, FILE_DELETE_CHILD 0x40, DELETE 0x10000.
    $rights = 0
    if (($inside -band 1) -ne 0 -and ($file -band 1) -ne 0) { $rights = $rights -bor $script:ShareReads }
    if (($inside -band 2) -ne 0 -and ($file -band 2) -ne 0) { $rights = $rights -bor $script:ShareCreates }
    if (($through -band 0x10000) -ne 0 -and (($file -band 0x10000) -ne 0 -or ($inside -band 0x40) -ne 0)) {
        $rights = $rights -bor $script:ShareDeletes
    }
    $missing = @(
        if (($rights -band $script:ShareReads) -eq 0) { '読み取れません' }
        if (($rights -band $script:ShareCreates) -eq 0) { 'ファイルを作成できません' }
        if (($rights -band $script:ShareDeletes) -eq 0) { 'ファイルを削除できません' }
    )
    if ($missing.Length -gt 0) { $text = "共有「$($Wanted.name)」で: $($missing -join '、')。" }
    return [pscustomobject] @{ rights = $rights; text = $text }
}

function Get-NetworkSid {
    # Who an account is when it comes over the network: itself, the groups that Windows adds, and the local groups with one
    # of these in them. Not an administrator: Windows takes that away from a local account (UAC remote restrictions,
    # learn.microsoft.com/troubleshoot/windows-server/windows-security/user-account-control-and-remote-restriction).
    param([string] $Sid)
    # Everyone, Authenticated Users, NETWORK, This Organization, Local account, NTLM Authentication (MS-DTYP 2.4.2.4).
    $sids = @($Sid, 'S-1-1-0', 'S-1-5-11', 'S-1-5-2', 'S-1-5-15', 'S-1-5-113', 'S-1-5-64-10')
    $groups = foreach ($group in @(Get-LocalGroup)) {
        $name = [string] $group.SID
        if ($name -ceq 'S-1-5-32-544') { continue }
        $members = Get-GroupMember -Sid $name
        if (@($members | Where-Object { $sids -ccontains $_ }).Length -gt 0) { $name }
    }
    return , @($sids + @($groups | Where-Object { $_ }))
}

function Test-NetworkLogon {
    param([string[]] $Sids)
    $allowed = @((Get-LogonRightHolder -Right 'SeNetworkLogonRight') | Where-Object { $Sids -ccontains $_ })
    $denied = @((Get-LogonRightHolder -Right 'SeDenyNetworkLogonRight') | Where-Object { $Sids -ccontains $_ })
    return ($allowed.Length -gt 0 -and $denied.Length -eq 0)
}

function Get-GrantedRight {
    # The rights that an access list gives, entry by entry in its order, as Windows goes through it (MS-DTYP 2.5.3.2).
    param([object] $Entries, [string[]] $Sids)
    # No list at all grants everything.
    if ($null -eq $Entries) { return [long] $script:FolderFull }
    [long] $granted = 0
    [long] $denied = 0
    foreach ($entry in @($Entries)) {
        # 8: INHERIT_ONLY_ACE, not for this folder itself.
        if (($entry.flags -band 8) -ne 0 -or $null -eq $entry.rights -or $Sids -cnotcontains $entry.sid) { continue }
        $rights = Get-FileRight $entry.rights
        if ($entry.type -eq 0) { $granted = $granted -bor ($rights -band (-bnot $denied)) }
        elseif ($entry.type -eq 1) { $denied = $denied -bor ($rights -band (-bnot $granted)) }
    }
    return $granted
}

function Get-HandedDown {
    # The entries that a file made by an account in a folder will have.
    param([object] $Entries, [string] $Owner)
    if ($null -eq $Entries) { return $null }
    return , @(foreach ($entry in @($Entries)) {
            # 1: OBJECT_INHERIT_ACE.
            if (($entry.flags -band 1) -eq 0) { continue }
            $sid = $entry.sid
            # CREATOR OWNER.
            if ($sid -ceq 'S-1-3-0') { $sid = $Owner }
            [pscustomobject] @{ type = $entry.type; flags = 0; rights = $entry.rights; sid = $sid }
        })
}
