# The CSV file of アカウント一括登録, which the vendor gives and a person uploads: whether the portal can read it. It holds
# passwords: only its form is looked at. Shift-JIS whatever the 環境設定 says. almex 補足①.

Register-Kind 'account-csv' -Format 1 -Get {
    param($Target)
    $folder = [IO.Path]::GetDirectoryName($script:Current.root)
    $files = @(Find-FileBelow $folder '*.csv' 0 | Sort-Object)
    if ($files.Length -eq 0) { return [pscustomobject] @{ unknown = "一括登録の CSV がありません。この一式のフォルダーと同じ場所に置くと、形式を確かめられます。" } }
    $found = @(foreach ($path in $files) { Get-CsvForm ([IO.Path]::GetFileName($path)) (Read-FileByte -Path $path) })
    $state = [ordered] @{ files = $found }
    $wrong = @($found | Where-Object { -not $_.readable } | ForEach-Object { "「$($_.name)」$($_.problem)" })
    if ($wrong.Length -gt 0) { $state.message = "CSV_ENCODING: $($wrong -join '、')。Excel などで開き、「CSV（コンマ区切り）」、文字コード Shift-JIS で保存し直してください。" }
    else { $state.message = "行数が、この施設のアカウントの数と合いません: $(@($found | ForEach-Object { "$($_.name) $($_.rows) 行" }) -join '、')" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    # With or without a line of headings.
    return (@($Found.files | Where-Object { -not $_.readable -or @($Wanted.rows, ($Wanted.rows + 1)) -notcontains $_.rows }).Length -eq 0)
}

function Get-CsvForm {
    # name, whether the portal can read it, why not, and how many lines are not empty.
    param([string] $Name, [byte[]] $Bytes)
    $form = [ordered] @{ name = $Name; readable = $false; problem = ''; rows = 0 }
    $text = ConvertFrom-ShiftJisByte $Bytes
    if ($null -eq $text) { $form.problem = 'は Shift-JIS ではありません'; return [pscustomobject] $form }
    $form.rows = @($text -split "`r`n|`r|`n" | Where-Object { $_.Trim(' ', ',') -cne '' }).Length
    if ($text -match "(?<!`r)`n|`r(?!`n)") { $form.problem = 'の改行が CRLF ではありません'; return [pscustomobject] $form }
    $form.readable = $true
    return [pscustomobject] $form
}

function ConvertFrom-ShiftJisByte {
    # $null where the bytes are no Shift-JIS, or have a byte order mark, or are UTF-8 that Shift-JIS would misread.
    param([byte[]] $Bytes)
    if ($Bytes.Length -ge 3 -and $Bytes[0] -eq 0xef -and $Bytes[1] -eq 0xbb -and $Bytes[2] -eq 0xbf) { return $null }
    if ($Bytes.Length -ge 2 -and (($Bytes[0] -eq 0xff -and $Bytes[1] -eq 0xfe) -or ($Bytes[0] -eq 0xfe -and $Bytes[1] -eq 0xff))) { return $null }
    try { $text = [Text.Encoding]::GetEncoding(932, [Text.EncoderFallback]::ExceptionFallback, [Text.DecoderFallback]::ExceptionFallback).GetString($Bytes) }
    catch [ArgumentException] { return $null }
    if (@($Bytes | Where-Object { $_ -gt 0x7f }).Length -eq 0) { return $text }
    try { $null = (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes); return $null } catch [ArgumentException] { return $text }
}
