# Whether an account could read, make and delete files in a share, worked out from both access lists, its groups and its
# right to come over the network. No password is needed, and nothing is written.

Register-Kind 'share-access' -Format 1 -Get {
    param($Target)
    $problem = Get-SharingProblem
    if ($problem) { return [pscustomobject] @{ unknown = $problem } }
    $state = [ordered] @{ enabled = $false; network = $false; read = $false; create = $false; delete = $false }
    $user = Find-LocalAccount $Target.account
    $share = Find-Share $Target.name
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $user) { $state.message = "アカウント $($Target.account) がありません。" }
    elseif ($null -eq $folder) { $state.message = "フォルダーがありません: $($Target.path)" }
    elseif ($null -eq $share) { $state.message = "「$($Target.name)」は共有されていません。" }
    elseif (-not (Test-SamePath $share.Path $Target.path)) { $state.message = Get-ShareElsewhereText $Target $share.Path }
    if ($null -ne (Get-Field $state 'message')) { return [pscustomobject] $state }
    $sid = [string] $user.SID
    $sids = Get-NetworkSid $sid
    $state.enabled = [bool] $user.Enabled
    $state.network = Test-NetworkLogon $sids
    $entries = (ConvertFrom-Sddl -Sddl $folder.sddl).entries
    $through = Get-GrantedRight (Get-ShareEntry $share.SecurityDescriptor) $sids
    $inside = $through -band (Get-GrantedRight $entries $sids)
    $file = $through -band (Get-GrantedRight (Get-HandedDown $entries $sid) $sids)
    # winnt.h: FILE_LIST_DIRECTORY and FILE_READ_DATA 1, FILE_ADD_FILE and FILE_WRITE_DATA 2, FILE_DELETE_CHILD 0x40, DELETE 0x10000.
    $state.read = (($inside -band 1) -ne 0 -and ($file -band 1) -ne 0)
    $state.create = (($inside -band 2) -ne 0 -and ($file -band 2) -ne 0)
    $state.delete = (($through -band 0x10000) -ne 0 -and (($file -band 0x10000) -ne 0 -or ($inside -band 0x40) -ne 0))
    $texts = @(
        if (-not $state.enabled) { 'アカウントが無効です' }
        if (-not $state.network) { 'ネットワークからのサインインが許可されていません' }
        if (-not $state.read) { '読み取れません' }
        if (-not $state.create) { 'ファイルを作成できません' }
        if (-not $state.delete) { 'ファイルを削除できません' }
    )
    if ($texts.Length -gt 0) { $state.message = "$($Target.account) は共有「$($Target.name)」で: $($texts -join '、')。" }
    return [pscustomobject] $state
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
