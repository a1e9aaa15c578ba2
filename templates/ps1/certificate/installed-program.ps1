# A program in the list of installed apps, of the PC or of the person. Names there are product texts, so several are known.

Register-Kind 'installed-program' -Format 1 -Watch @{
    every = 5
    busy = { Find-Installing }
    mark = { param($Target) @(Read-InstalledProgram | ForEach-Object { "$($_.name) $($_.version)" }) -join '|' }
} -Get {
    param($Target)
    $found = @(Read-InstalledProgram | Where-Object { Test-ProgramName $_.name $Target.names } | Sort-Object -Property name)
    if ($found.Length -eq 0) { return [pscustomobject] @{ unknown = "まだ導入されていません: $(@($Target.names)[0])" } }
    return [pscustomobject] @{ installed = $true; name = $found[0].name; version = $found[0].version }
}

function Test-ProgramName {
    # A name that holds all words of one of the names.
    param([string] $Name, [string[]] $Names)
    foreach ($known in $Names) {
        if (@($known -split ' ' | Where-Object { $Name.IndexOf($_, [StringComparison]::OrdinalIgnoreCase) -lt 0 }).Length -eq 0) {
            return $true
        }
    }
    return $false
}
