# Several checks in the order in which they are to be looked at: the first that is wrong, with what to do about it. Where
# none is wrong but one cannot be made yet, that one.

Register-Kind 'first-fault' -Format 1 -Checks { param($Target) $Target.checks } -Get {
    param($Target)
    $open = $null
    foreach ($check in @($Target.checks)) {
        $found = Get-State $check.kind $check.target
        $names = @(Get-FieldName $found)
        if ($null -ne $found -and $names.Length -eq 1 -and $names[0] -ceq 'not-applicable') { continue }
        if ($null -ne $found -and $names.Length -eq 1 -and $names[0] -ceq 'unknown') {
            if ($null -eq $open -and -not (Get-Field $check 'byPerson')) { $open = "$($check.title): $($found.unknown)" }
            continue
        }
        if (Test-State $check.kind -Wanted $check.wanted -Found $found) { continue }
        $why = [string] (Get-Field $found 'message')
        if (-not $why) { $why = $check.remedy }
        return [pscustomobject] @{ fault = $check.title; message = "最初に直すもの: $($check.title)。$why" }
    }
    if ($null -ne $open) { return [pscustomobject] @{ unknown = $open } }
    return [pscustomobject] @{ fault = '' }
}
