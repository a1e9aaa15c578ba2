# The CSV file of アカウント一括登録, which the vendor gives and a person uploads: whether the portal can read it. It holds
# passwords: only its form is looked at. Shift-JIS whatever the 環境設定 says. almex 補足①. Other CSV files beside it can be
# about patients, in their names too: no name is said.

# A few accounts make some hundred bytes; a larger file is another one.
$script:AccountCsvBytes = 65536

Register-Kind 'account-csv' -Format 1 -Get {
    param($Target)
    $folder = Get-BroughtFolder
    $forms = @(foreach ($path in @(Find-FileBelow $folder '*.csv' 0)) { Get-CsvForm $path })
    if ($forms.Length -eq 0) { return [pscustomobject] @{ unknown = "一括登録の CSV がありません。この一式のフォルダーと同じ場所に置くと、形式を確かめられます。" } }
    $state = [ordered] @{ files = $forms.Length; forms = @($forms | Sort-Object -Property readable, problem, rows -Unique) }
    if ($forms.Length -gt 1) {
        $rows = @($script:Pass.plan.steps | Where-Object { $_.kind -ceq 'account-csv' } | ForEach-Object { $_.wanted.rows })
        if (@($forms | Where-Object { Test-CsvForm $_ $rows }).Length -gt 0) { return [pscustomobject] $state }
        $seen = @($state.forms | ForEach-Object { if ($_.readable) { "$($_.rows) 行" } else { $_.problem } } | Select-Object -First 5)
        return [pscustomobject] @{
            unknown = "この一式のフォルダーと同じ場所に CSV が $($forms.Length) 個あり、どれも合いません（$($seen -join '、')）。" +
                "この施設の一括登録の CSV（$($rows -join ' か ') 行、見出しがあれば 1 行多い）だけを置いてください。"
        }
    }
    if (-not $forms[0].readable) {
        $state.message = "CSV_ENCODING: 一括登録の CSV は、$($forms[0].problem)。Excel などで開き、「CSV（コンマ区切り）」、文字コード Shift-JIS で保存し直してください。"
    }
    else { $state.message = "CSV の行数が、この施設のアカウントの数と合いません: $($forms[0].rows) 行" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (@($Found.forms | Where-Object { Test-CsvForm $_ @($Wanted.rows) }).Length -gt 0)
}

function Test-CsvForm {
    # Whether it can be the file of so many accounts, with or without a line of headings.
    param([object] $Form, [int[]] $Rows)
    return ($Form.readable -and ($Rows -contains $Form.rows -or $Rows -contains ($Form.rows - 1)))
}

function Get-CsvForm {
    # Whether the portal can read the file, why not, and how many lines are not empty; nothing for a large file.
    param([string] $Path)
    $form = [ordered] @{ readable = $false; problem = ''; rows = 0 }
    # What Windows says of a file that cannot be opened has its name in it.
    try {
        if ((Get-FileSize -Path $Path) -gt $script:AccountCsvBytes) { return }
        $text = ConvertFrom-ShiftJisByte (Read-FileByte -Path $Path)
    }
    catch [IO.IOException], [UnauthorizedAccessException] {
        $form.problem = '今は読めません（ほかのアプリで開いているときは閉じてください）'
        return [pscustomobject] $form
    }
    if ($null -eq $text) { $form.problem = 'Shift-JIS ではありません'; return [pscustomobject] $form }
    $form.rows = @($text -split "`r`n|`r|`n" | Where-Object { $_.Trim(' ', ',') -cne '' }).Length
    if ($text -match "(?<!`r)`n|`r(?!`n)") { $form.problem = '改行が CRLF ではありません'; return [pscustomobject] $form }
    $form.readable = $true
    return [pscustomobject] $form
}

function ConvertFrom-ShiftJisByte {
    # $null where the bytes are no Shift-JIS, or have a byte order mark, or are UTF-8 that Shift-JIS would misread.
    param([byte[]] $Bytes)
    if ($Bytes.Length -ge 3 -and $Bytes[0] -eq 0xef -and $Bytes[1] -eq 0xbb -and $Bytes[2] -eq 0xbf) { return $null }
    if ($Bytes.Length -ge 2 -and (($Bytes[0] -eq 0xff -and $Bytes[1] -eq 0xfe) -or ($Bytes[0] -eq 0xfe -and $Bytes[1] -eq 0xff))) {
        return $null
    }
    try {
        $strict = [Text.Encoding]::GetEncoding(932, [Text.EncoderFallback]::ExceptionFallback, [Text.DecoderFallback]::ExceptionFallback)
        $text = $strict.GetString($Bytes)
    }
    catch [ArgumentException] { return $null }
    if (-not ([Text.Encoding]::GetEncoding(28591).GetString($Bytes) -cmatch '[\x80-\xff]')) { return $text }
    try { $null = (New-Object Text.UTF8Encoding($false, $true)).GetString($Bytes); return $null } catch [ArgumentException] { return $text }
}
