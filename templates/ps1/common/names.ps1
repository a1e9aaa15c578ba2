# Whether some host names all resolve, asked at once of the PC's own resolver.

Register-Kind 'names' -Format 1 -Watch @{ every = 15 } -Get {
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
