# Whether some host names all resolve, asked at once of the PC's own resolver.

Register-Kind 'names' -Format 1 -Watch @{
    every = 15
    row = { param($Target, $Value, $Found) Get-NameState $Target $Value $Found }
} -Get {
    param($Target)
    $answers = Resolve-HostAddressList -HostName @($Target.hosts)
    $missing = @($answers | Where-Object { @($_.addresses).Length -eq 0 } | ForEach-Object { $_.host })
    if ($missing.Length -eq @($Target.hosts).Length) {
        $text = "どの名前も解決できません（$($missing -join '、')）。回線がまだつながっていないか、DNS の設定を確かめてください。"
        return [pscustomobject] @{ unknown = $text + (Get-AuthenticationText) }
    }
    $state = [ordered] @{ missing = $missing }
    if ($missing.Length -gt 0) { $state.message = "解決できない名前があります: $($missing -join '、')。その名前の DNS の転送や設定を確かめてください。" }
    return [pscustomobject] $state
}

function Get-NameState {
    # What is seen of a domain among the values of a step: seen, missing, or person where none of our names is in it. Empty for
    # what is no domain.
    param([object] $Target, [string] $Value, [object] $Found)
    if ($Value -cnotmatch '^[a-z0-9-]+(\.[a-z0-9-]+)+$') { return '' }
    $hosts = @($Target.hosts | Where-Object { $_ -ceq $Value -or $_.EndsWith(".$Value", [StringComparison]::Ordinal) })
    if ($hosts.Length -eq 0) { return 'person' }
    $missing = @($hosts)
    if ($null -ne $Found) { $missing = @($hosts | Where-Object { @($Found.missing) -ccontains $_ }) }
    if ($missing.Length -gt 0) { return 'missing' }
    return 'seen'
}
