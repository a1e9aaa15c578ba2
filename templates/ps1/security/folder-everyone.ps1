# Whether Everyone has full control of a folder, by an entry of its own or an inherited one.

Register-Kind 'folder-everyone' -Format 1 -AnyoneSees -Get {
    param($Target)
    $folder = Read-PathAccess -Path $Target.path
    if ($null -eq $folder) { return [pscustomobject] @{ unknown = "まだありません: $($Target.path)" } }
    $entries = (ConvertFrom-Sddl -Sddl $folder.sddl).entries
    # No list at all grants everybody everything.
    $full = $null -eq $entries
    foreach ($entry in @($entries | Where-Object { $null -ne $_ })) {
        if ($entry.type -eq 0 -and $entry.sid -ceq 'S-1-1-0' -and (Get-FileRight $entry.rights) -eq $script:FolderFull) { $full = $true }
    }
    $state = [ordered] @{ full = $full }
    if ($full) { $state.message = "Everyone に「フル コントロール」があります。施設とベンダーに確かめてから直してください: $($Target.path)" }
    return [pscustomobject] $state
}
