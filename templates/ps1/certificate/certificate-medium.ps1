# The certificate's file on a medium of the customer's (almex ①, ④, ⑫). The PC copies what lies in the folder on the desktop to a drive
# that can be taken out and is not the bundle's, and compares; to what it cannot write to, such as a CD-R, a person copies it and says
# so. The journal remembers it:
#   confirmed: "<SHA-256 of the file> <when> <pc or person>"

$script:MediumTries = 5
# The drives that were in when it was asked.
$script:MediumBefore = @()
# Lines below its step.
$script:MediumBelow = 4

Register-Kind 'certificate-medium' -Format 1 -Get {
    param($Target)
    $copies = @((Read-CertificateBackup).saved)
    if ($copies.Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書のバックアップをデスクトップに作った後に保存します。' } }
    $kept = Get-MediumNote
    $missing = @($copies | Where-Object { -not $kept.ContainsKey($_) }).Length
    if ($missing -gt 0) { return [pscustomobject] @{ unknown = "施設の媒体にまだ保存していません（電子証明書のファイル $missing つ）。" } }
    $last = @($copies | ForEach-Object { $kept[$_] } | Sort-Object -Property at)[-1]
    return [pscustomobject] @{ saved = $true; at = $last.at; by = $last.by }
} -Test {
    param($Wanted, $Found)
    return ($null -ne $Wanted -and $null -ne $Found -and $Wanted.saved -eq (Get-Field $Found 'saved'))
} -Fact {
    param($Found)
    $who = '保存を確かめました'
    if ((Get-Field $Found 'by') -ceq 'person') { $who = '作業した人が保存しました' }
    return "電子証明書の保存先: 施設の媒体（$(([string] (Get-Field $Found 'at')).Replace('-', '/')) に$who）"
} -Conversation {
    param($Step, $Pass)
    $found = Invoke-VerifyStep $Step $Pass
    $copies = @((Read-CertificateBackup).saved)
    if ($found.status -ceq 'ok' -or $copies.Length -eq 0) { return $found }
    Show-Guidance $Step -Below $script:MediumBelow
    Write-Line 'ラベルを貼ってから、媒体を挿します。挿すと、この PC が写して比べ、次へ進みます（進まないときは Enter）。'
    Write-Line 'CD-R などに自分で写したときは、1 と入力してください。'
    for ($try = 1; $try -le $script:MediumTries; $try++) {
        # What was in by then is not what the person plugs in.
        $script:MediumBefore = @(Find-Medium)
        $look = { @(Find-Medium | Where-Object { $script:MediumBefore -cnotcontains $_ }).Length -gt 0 }
        $answer = (Read-StepAnswer -Claim '貼って挿した' -Typed '番号' -Without 'n' -Look $look).Normalize([Text.NormalizationForm]::FormKC).Trim()
        if ($answer -ceq 's') { break }
        if ($answer -ceq '1') { Add-MediumNote $copies 'person' }
        elseif (@('', 'seen') -ccontains $answer) { Save-ToMedium @(Get-CertificateBackupFile $Step.target.folder) }
        else { continue }
        $found = Invoke-VerifyStep $Step $Pass
        if ($found.status -ceq 'ok') { return $found }
    }
    return New-StepResult $Step -Status 'manual' -Found $found.found -Message "後で行うことになっています。$($found.message)"
}

function Get-MediumNote {
    # SHA-256 of a file → when it was saved (yyyy-MM-dd HH:mm), and by whom: the PC, or a person.
    $notes = @{}
    foreach ($note in @(Find-Confirmation -Step 'certificate-medium')) {
        if ($note -cmatch '^([0-9a-f]{64}) (\d{4}-\d\d-\d\d \d\d:\d\d) (pc|person)$') {
            $notes[$Matches[1]] = [pscustomobject] @{ at = $Matches[2]; by = $Matches[3] }
        }
    }
    return $notes
}

function Add-MediumNote {
    # Of files, by their SHA-256.
    param([string[]] $Hashes, [string] $By)
    $at = (Get-LocalTime).ToString('yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
    foreach ($hash in $Hashes) { Add-Confirmation -Step 'certificate-medium' -Of "$hash $at $By" }
}

function Find-Medium {
    # The drives that a person may mean: what the vendor has brought goes home with the vendor.
    $brought = Get-BroughtFolder
    @(Get-StickRoot) | Where-Object { -not $brought -or -not $brought.StartsWith($_, [StringComparison]::OrdinalIgnoreCase) }
}

function Save-ToMedium {
    # Copies files to the one medium that is there, says what came of it, and remembers it.
    param([object[]] $Files)
    $media = @(Find-Medium)
    if ($Files.Length -eq 0) {
        Write-Line 'デスクトップのフォルダーに *.p12 がありません。自分で媒体に移したときは、1 と入力してください。'
        return
    }
    if ($media.Length -ne 1) {
        $text = '媒体が見つかりません。挿して、少し待ってから Enter を押してください（一式の USB メモリーには写しません）。'
        if ($media.Length -gt 1) { $text = "媒体が $($media.Length) つあります（$($media -join '、')）。施設の媒体だけを挿してください。" }
        Write-Line $text
        return
    }
    try {
        foreach ($file in $Files) { Copy-ToMedium $file $media[0] }
        Add-MediumNote @($Files | ForEach-Object { $_.hash }) 'pc'
        Write-Line "$($media[0]) に写しました（$($Files.Length) つ。比べて同じでした）。取り外しの操作をしてから抜いてください。"
    }
    catch [IO.IOException], [UnauthorizedAccessException] {
        Write-Line "$($media[0]) に写せません: $(Get-ErrorText $_)"
    }
}

function Copy-ToMedium {
    # Copies a file, and compares it.
    param([object] $File, [string] $Drive)
    $place = Find-CopyPlace $File.name $File.hash $Drive
    if ($null -eq $place) { throw (New-Object IO.IOException('同じ名前のファイルが多すぎます。')) }
    if ($place.same) { return }
    Write-PersonFile -Path $place.path -Bytes (Read-PersonFile -Path $File.path)
    if ((Get-ByteHash (Read-PersonFile -Path $place.path)) -cne $File.hash) {
        throw (New-Object IO.IOException('写したファイルが元と違います。'))
    }
}
