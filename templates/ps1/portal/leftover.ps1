# Files with initial passwords that should be gone once the work is done: only looked for, by their names; nothing is opened,
# and nobody but the person deletes them. A downloaded file's name can be a patient's, so it is not said: only how many
# there are and where.

Register-Kind 'leftover' -Format 1 -Watch @{ every = 2 } -Get {
    param($Target)
    $names = New-Object Collections.ArrayList
    $withFiles = New-Object Collections.ArrayList
    foreach ($area in @($Target.folders)) {
        $count = 0
        foreach ($folder in @(Get-LeftoverFolder $area)) {
            foreach ($pattern in @($Target.names)) {
                foreach ($path in @(Find-FileBelow $folder $pattern $Target.depth)) {
                    if (-not (Test-LeftoverSource $Target.from $path)) { continue }
                    $count++
                    if ($null -eq $Target.from) { $null = $names.Add($path) }
                }
            }
        }
        if ($count -gt 0) { $null = $withFiles.Add([pscustomobject] @{ place = $area; files = $count }) }
    }
    $state = [ordered] @{ places = @($withFiles); names = @($names | Sort-Object) }
    if ($withFiles.Count -gt 0) {
        $parts = @($withFiles | ForEach-Object { "$(Get-LeftoverTitle $_.place) $($_.files) 件" })
        $code = 'LEFTOVER_PDF'
        if ($null -eq $Target.from) { $code = 'PLAINTEXT_SECRETS' }
        $state.message = "${code}: パスワードが書かれているおそれのあるファイルが残っています: $($parts -join '、')。中を確かめ、不要なら削除して、ごみ箱も空にしてください。"
    }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $count = 0
    foreach ($place in @($Found.places)) { $count += $place.files }
    return ($count -le $Wanted.files)
}

function Get-LeftoverFolder {
    param([string] $Place)
    switch ($Place) {
        'person' { Get-PersonFolder }
        'edge' { "$(Get-PersonTemp)\MicrosoftEdgeDownloads" }
        default { $Place }
    }
}

function Get-LeftoverTitle {
    param([string] $Place)
    switch ($Place) {
        'person' { return 'ダウンロードとデスクトップ' }
        'edge' { return 'Edge の一時フォルダー' }
        default { return $Place }
    }
}

function Test-LeftoverSource {
    # Whether a file comes from there, as its download mark says. A mark without an address (Edge saves a page's own file so)
    # may mean it, but for one that names a folder: what Explorer took out of a ZIP file. A file without a mark was not
    # downloaded.
    param([object] $From, [string] $Path)
    if ($null -eq $From) { return $true }
    $mark = Read-DownloadMark $Path
    if ($mark -ceq '') { return $false }
    $hosts = @([regex]::Matches($mark, '(?im)^(?:HostUrl|ReferrerUrl)=(?:blob:)?https?://([^/:\s]+)') |
        ForEach-Object { $_.Groups[1].Value })
    if ($hosts.Length -eq 0) { return ($mark -notmatch '(?im)^ReferrerUrl=([A-Z]:|\\)\\') }
    return (@($hosts | Where-Object { $_ -ieq $From -or $_.EndsWith(".$From", [StringComparison]::OrdinalIgnoreCase) }).Length -gt 0)
}
