# A folder that an installer made under Program Files: owned by Windows or administrators, nobody else may change anything
# in it, nobody is denied anything, everybody at this PC may run it, and no program differs from what its maker signed.

Register-Kind 'folder-untouched' -Format 1 -Get {
    param($Target)
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $folder) { return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.path)" } }
    $changed = @(Find-ChangedPath $Target.path $folder)
    $state = [ordered] @{ changed = $changed.Length }
    if ($changed.Length -gt 0) {
        $named = @($changed | Select-Object -First 3)
        $state.message = "所有者やアクセス権、またはファイルの中身が、導入されたときのものではありません。アプリのセットアップをやり直してください: $($named -join '、')（$($changed.Length) 件）"
    }
    return [pscustomobject] $state
}

function Find-ChangedPath {
    # Paths at and below a folder whose owner, access list or signed content is not the installer's. Links are not followed.
    param([string] $Path, [object] $Access)
    if (Test-AccessChanged $Access) { $Path }
    # Only this answer means an alteration: an unsigned program, or one whose signer Windows does not know, may be as it came.
    elseif (-not $Access.folder -and $Path -match '\.(exe|dll|ocx)$' -and (Get-SignatureStatus -Path $Path) -ceq 'HashMismatch') { $Path }
    if (-not $Access.folder -or $Access.reparse) { return }
    foreach ($entry in (Get-FolderContent -Path $Path)) {
        $inner = Read-PathAccess -Path $entry
        if ($null -ne $inner) { Find-ChangedPath $entry $inner }
    }
}

function Test-AccessChanged {
    param([object] $Access)
    if ($script:TrustedSid -cnotcontains $Access.owner) { return $true }
    $entries = (ConvertFrom-Sddl -Sddl $Access.sddl).entries
    if ($null -eq $entries) { return $true }
    $runs = $false
    foreach ($entry in $entries) {
        if ($entry.type -ne 0) { return $true }
        $rights = Get-FileRight $entry.rights
        # What CREATOR OWNER hands down goes to the owner, who is trusted.
        if ($script:TrustedSid -ccontains $entry.sid -or $entry.sid -ceq 'S-1-3-0') { continue }
        if (($rights -band $script:WriteRight) -ne 0) { return $true }
        # Users, Authenticated Users, Everyone; 0x20: execute, or go through a folder.
        if (@('S-1-5-32-545', 'S-1-5-11', 'S-1-1-0') -ccontains $entry.sid -and ($rights -band 0x21) -eq 0x21) { $runs = $true }
    }
    return (-not $runs)
}
