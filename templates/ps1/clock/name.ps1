# How many addresses a host name resolves to.

Register-Kind 'name' -Format 1 -Get {
    param($Target)
    $addresses = Resolve-HostAddress -HostName $Target.host
    if ($addresses.Length -eq 0) { return [pscustomobject] @{ unknown = "名前を解決できません: $($Target.host)。回線がまだつながっていないか、DNS の設定を確かめてください。" } }
    return [pscustomobject] @{ addresses = $addresses.Length }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'minimumAddresses'
    $most = Get-Field $Wanted 'maximumAddresses'
    return (($null -eq $least -or $Found.addresses -ge $least) -and ($null -eq $most -or $Found.addresses -le $most))
}
