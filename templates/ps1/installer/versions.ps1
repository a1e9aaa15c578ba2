# The versions of the installed applications, each from the file in which it states its own.

Register-Kind 'versions' -Format 1 -Get {
    param($Target)
    $versions = New-Object Collections.Specialized.OrderedDictionary
    $missing = @()
    $stated = @()
    foreach ($application in @($Target.applications)) {
        $version = $null
        if (Test-FilePresence -Path $application.file) { $version = Read-FileVersion $application.file }
        else { $missing += @($application.name); continue }
        $versions[$application.name] = $version
        if ($null -eq $version) { $stated += @("$($application.name) は版が読めません（$($application.file)）") }
        else { $stated += @("$($application.name) $version") }
    }
    $message = "この PC の版: $($stated -join '、')"
    if ($missing.Length -gt 0) {
        if ($stated.Length -eq 0) { $message = '' }
        return [pscustomobject] @{ unknown = "まだ導入されていません: $($missing -join '、')。$message" }
    }
    return [pscustomobject] @{ versions = [pscustomobject] $versions; message = $message }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    foreach ($name in @(Get-FieldName $Wanted.minimum)) {
        $version = Get-Field $Found.versions $name
        if ($null -eq $version) { return $false }
        if ((ConvertTo-FileVersion $version) -lt (ConvertTo-FileVersion (Get-Field $Wanted.minimum $name))) { return $false }
    }
    return $true
} -Fact {
    param($Found)
    $names = @(Get-FieldName $Found.versions)
    $stated = @(foreach ($name in $names) { "$($name -replace 'アプリケーション$', '') $(Get-Field $Found.versions $name)" })
    return "版  $($stated -join '、')"
}
