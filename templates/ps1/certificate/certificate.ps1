# The client certificates of 操作6 in the signed-in person's own store, from a .p12 file that the person brings.
# What is chosen and imported is remembered in the person's folder for each 医療機関等コード: at a succession nothing in a
# certificate says for sure which one is the new one.

$script:CertificateTries = 3
# ERROR_INVALID_PASSWORD as an HRESULT.
$script:CertificateWrongPassword = -2147024810
# What the person has chosen in this pass: declined (why nothing can be done), kept (thumbprints), files.
$script:CertificateWork = $null

Register-Kind 'certificate' -Format 1 -Ours ([ordered] @{
        certificates = '電子証明書'; chosen = '選んだ電子証明書'; files = '取り込んだファイル'
    }) -Entries @{ certificates = 'thumbprint'; authorities = '' } -Same @{
        # Its key may be lost, or the certificate be back with certificate-old.
        certificates = { $true }
    } -Get {
    param($Target)
    if ($null -ne $script:CertificateWork -and $script:CertificateWork.declined) {
        return [pscustomobject] @{ unknown = $script:CertificateWork.declined }
    }
    $record = Read-CertificateRecord $Target.code
    return [pscustomobject] @{
        certificates = @(Get-OwnCertificate | ForEach-Object { ConvertTo-CertificateState $_ })
        authorities = @(Get-CertificateAuthority | ForEach-Object { $_.thumbprint } | Sort-Object)
        chosen = @($record.chosen); files = @($record.files)
        message = (Get-CertificateNeed $Target.code)
    }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'certificates')) { Restore-CertificateState $Target.code $State }
    else { Import-ChosenCertificate $Target.code }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'certificates')) { return (Test-CertificateThere $Wanted $Found) }
    $usable = @($Found.certificates | Where-Object { Test-CertificateUsable $_ })
    if ($Wanted.chosen) { $usable = @($usable | Where-Object { @($Found.chosen) -ccontains $_.thumbprint }) }
    return ($usable.Length -ge $Wanted.count)
} -LostText {
    param($Target, $State, $Found)
    $left = @($State.certificates | ForEach-Object { $_.thumbprint })
    $gone = @($Found.certificates | Where-Object { $left -cnotcontains $_.thumbprint })
    if ($gone.Length -eq 0) { return '' }
    return "電子証明書 $($gone.Length) 枚を取り除きます。使うには、*.p12 のファイルと証明書パスワードで取り込み直します。"
} -Secret {
    param($Target, $State, $Found)
    # Undoing needs no password.
    if ($null -eq (Get-Field $State 'count')) { return }
    if ($null -eq $script:CertificateWork) { $script:CertificateWork = Select-CertificateWork $Target.code $State $Found }
    foreach ($file in @($script:CertificateWork.files)) { $file.request }
}

Register-Remnant {
    # Copies of certificates that were taken out of the store, each with its key in the profile (Remove-OwnCertificate).
    param($Pass)
    $folder = Get-CertificateFolder
    $copies = @(Get-PersonFile -Folder $folder | Where-Object { $_.name -match '\.sst$' })
    if ($copies.Length -eq 0) { return }
    New-Remnant "取り除いた電子証明書の秘密鍵と控え（$($copies.Length) 件）" -Place "$folder、$($Pass.session.name) の鍵の保管場所" -How (
        '鍵だけでは使えず、エクスポートもできません。PC を廃棄したり譲ったりするときは、このユーザーのアカウントとデータを、Windows の設定から削除してください。')
}

function Test-CertificateThere {
    # Whether what a state has is there and was chosen. Others may have come since: by hand, or back with certificate-old.
    param([object] $State, [object] $Found)
    if ($null -eq $State -or $null -eq $Found) { return $false }
    $here = @($Found.certificates | ForEach-Object { $_.thumbprint })
    return ((Test-Same @($State.chosen) @($Found.chosen)) -and (Test-Same @($State.files) @($Found.files)) -and
        @($State.certificates | Where-Object { $here -cnotcontains $_.thumbprint }).Length -eq 0)
}

function Get-CertificateAuthority {
    # Intermediate certificates of the issuer in the person's CA store.
    foreach ($certificate in @(Read-CertificateStore -Store 'CA')) {
        if ($certificate.authority -and ((Test-Issuer $certificate.issuer) -or (Test-Issuer $certificate.name))) { $certificate }
    }
}

function Get-OwnCertificate {
    # Certificates of the issuer, or of an intermediate of it, by thumbprint.
    $authorities = @(Get-CertificateAuthority | ForEach-Object { $_.name })
    Read-CertificateStore -Store 'My' | Where-Object { Test-OwnCertificate $_ $authorities } | Sort-Object -Property thumbprint
}

function Get-CertificateNeed {
    # What a person is told where certificates are missing: what there is instead, too.
    param([string] $Code)
    $other = Get-OtherIssuerText @(Read-CertificateStore -Store 'My') @(Get-CertificateAuthority)
    return "使える電子証明書が足りません（コード $Code）。$other*.p12 を用意して、1_適用 で取り込んでください。"
}

function ConvertTo-CertificateState {
    # What stays the same: no count of days. `from` and `to` are days as yyyyMMdd.
    param([object] $Certificate)
    $key = [pscustomobject] @{ exportable = $null; strong = $null; lost = $false }
    if ($Certificate.key) { $key = Read-CertificateKey -Thumbprint $Certificate.thumbprint }
    return [pscustomobject] @{
        thumbprint = $Certificate.thumbprint
        subject = $Certificate.subject
        from = (ConvertTo-DayNumber $Certificate.from)
        to = (ConvertTo-DayNumber $Certificate.to)
        key = ($Certificate.key -and -not (Get-Field $key 'lost')); exportable = $key.exportable; strong = $key.strong
    }
}

function Test-CertificateKey {
    # Whether a certificate of My has a private key that can be opened.
    param([object] $Certificate)
    return (ConvertTo-CertificateState $Certificate).key
}

function ConvertTo-DayNumber {
    # Seconds since 1970 as the day in Japan: 20261121.
    param([long] $Seconds)
    $epoch = New-Object DateTime(1970, 1, 1)
    return [int] $epoch.AddSeconds($Seconds).AddHours(9).ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
}

function Get-Today {
    return [int] (Get-LocalTime).ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-DayText {
    param([int] $Day)
    return ('{0:0000}/{1:00}/{2:00}' -f [math]::Floor($Day / 10000), ([math]::Floor($Day / 100) % 100), ($Day % 100))
}

function Get-DayCount {
    # Days from one day to another, each as yyyyMMdd.
    param([int] $From, [int] $To)
    $invariant = [Globalization.CultureInfo]::InvariantCulture
    $first = [DateTime]::ParseExact([string] $From, 'yyyyMMdd', $invariant)
    $last = [DateTime]::ParseExact([string] $To, 'yyyyMMdd', $invariant)
    return [int] ($last - $first).TotalDays
}

function Test-CertificateUsable {
    # With its private key, and today within its days.
    param([object] $Certificate)
    $today = Get-Today
    return ($Certificate.key -and $Certificate.from -le $today -and $today -le $Certificate.to)
}

function Get-CertificateText {
    # A certificate as a person compares it.
    param([object] $Certificate)
    return "$($Certificate.subject)（有効期間 $(ConvertTo-DayText $Certificate.from)～$(ConvertTo-DayText $Certificate.to)、" +
        "拇印 $($Certificate.thumbprint)）"
}

function Get-CertificateFolder { return [IO.Path]::Combine((Get-UserFolder), 'certificates') }

function Read-CertificateRecord {
    # Of a code: chosen thumbprints, those of them that we import ourselves, files as SHA-256. Empty where there is none, or
    # half of one.
    param([string] $Code)
    $record = $null
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Code.json")
    try {
        $record = ConvertFrom-Json (Read-PlainText $path 32MB)
    }
    catch { $record = $null }
    return [pscustomobject] @{
        chosen = @(Get-Field $record 'chosen' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        imported = @(Get-Field $record 'imported' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
        files = @(Get-Field $record 'files' | ForEach-Object { $_ } | Where-Object { $_ } | Sort-Object)
    }
}

function Write-CertificateRecord {
    param([string] $Code, [string[]] $Chosen, [string[]] $Files, [string[]] $Imported = @())
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Code.json")
    if ($Chosen.Length -eq 0 -and $Files.Length -eq 0) { if ([IO.File]::Exists($path)) { Remove-PersonFile -Path $path }; return }
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    $text = ConvertTo-JsonText ([ordered] @{
            chosen = @($Chosen | Sort-Object -Unique)
            imported = @($Imported | Sort-Object -Unique)
            files = @($Files | Sort-Object -Unique)
        })
    Write-PersonFile -Path $path -Bytes ([Text.Encoding]::UTF8.GetBytes($text))
}

function Get-ByteHash {
    param([byte[]] $Bytes)
    $sha = [Security.Cryptography.SHA256]::Create()
    try { return [BitConverter]::ToString($sha.ComputeHash($Bytes)).Replace('-', '').ToLowerInvariant() } finally { $sha.Dispose() }
}

function Get-CertificateFileIn {
    # The .p12 and .pfx files directly in a folder, as Get-PersonFile gives them.
    param([string] $Folder)
    Get-PersonFile -Folder $Folder | Where-Object { $_.name -match '\.(p12|pfx)$' }
}

function Test-StaffSession { return ((Get-Field $script:Session 'role') -ceq 'staff') }

function Find-CertificateFile {
    # .p12 and .pfx files beside the bundle's folder on its stick, in Downloads and on the desktop; the newest first. One of the staff
    # has none there: theirs is on the customer's medium.
    $searchFolders = @((Get-BroughtFolder), (Get-KnownFolder -Name 'Downloads'), (Get-KnownFolder -Name 'Desktop'))
    if (Test-StaffSession) { $searchFolders += @(Find-Medium) }
    $files = @(foreach ($folder in @($searchFolders | Where-Object { $_ } | Select-Object -Unique)) {
            Get-CertificateFileIn $folder
        })
    $files | Sort-Object -Property @{ Expression = { $_.modified }; Descending = $true }, @{ Expression = { $_.path } }
}

function Read-ImportedHash {
    # SHA-256 of the files that OqsComApp has imported on this PC, for one of the staff.
    if (-not (Test-StaffSession)) { return }
    Read-AccountState 'certificate' | ForEach-Object { Get-Field $_ 'files' } | ForEach-Object { $_ } | Where-Object { $_ }
}

function Select-ImportedFile {
    # Those of some files that OqsComApp has imported; of equal ones the first.
    param([object[]] $Files)
    $left = @(Read-ImportedHash)
    foreach ($file in @(if ($left.Length -gt 0) { $Files })) {
        try { $hash = Get-ByteHash (Read-PersonFile -Path $file.path) } catch [IO.IOException], [UnauthorizedAccessException] { continue }
        if ($left -ccontains $hash) { $left = @($left | Where-Object { $_ -cne $hash }); $file }
    }
}

function Test-NewFile {
    # Whether a file was not there yet when this pass first looked for one.
    param([object] $File)
    return ($null -ne $script:CertificateBefore -and $script:CertificateBefore -cnotcontains $File.path)
}

function Select-CertificateFile {
    # The file that the person means; $null where the person wants to do it later.
    param([string] $Title)
    $selection = Select-Certificate $Title 1
    if ($null -ne $selection) { return $selection.files[0] }
}

function Select-Certificate {
    # What the person means, of the files that are at hand and the certificates that are there (Usable): so many of both together,
    # {files, kept}, kept by their thumbprints; $null where the person wants to do it later. About: what is said of those that are there.
    param([string] $Title, [int] $Count, [object[]] $Usable = @(), [string] $About = '')
    $selection = [pscustomobject] @{ files = @(); kept = @() }
    for ($try = 1; $try -le $script:CertificateTries; $try++) {
        $need = $Count - $selection.files.Length - $selection.kept.Length
        if ($need -le 0) { return $selection }
        $there = @($Usable | Where-Object { $selection.kept -cnotcontains $_.thumbprint })
        $chosen = @($selection.files | ForEach-Object { $_.path })
        # One digit each.
        $most = [math]::Max(1, 9 - $there.Length)
        $files = @(Find-CertificateFile | Where-Object { $chosen -cnotcontains $_.path } | Select-Object -First $most)
        # What has come in this pass is meant; whose it is, is asked once it is open. So is what OqsComApp has imported.
        $new = @($files | Where-Object { Test-NewFile $_ })
        if ($files.Length -eq $need -and $new.Length -eq $need) { $selection.files += $files; return $selection }
        $meant = @(Select-ImportedFile $files)
        if ($meant.Length -eq $need) { $selection.files += $meant; return $selection }
        $lines = @(Format-CertificateChoice $files $need)
        if ($there.Length -gt 0) { $lines += $About }
        $lines += @(for ($i = 0; $i -lt $there.Length; $i++) { "$($files.Length + $i + 1): $(Get-CertificateText $there[$i])" })
        $typed = Read-TypedAnswer $Title $lines (Get-CertificateChoiceText $files $there $need) -Raw
        $answer = $typed.Normalize([Text.NormalizationForm]::FormKC).Trim()
        if ($answer -ieq 's') { return $null }
        if ($answer -ceq '' -and $files.Length -ge $need) { $selection.files += @($files | Select-Object -First $need); return $selection }
        if ($answer -ceq '') { continue }
        $before = $selection.files.Length + $selection.kept.Length
        Add-CertificateChoice $selection $typed $files $there $need
        if ($selection.files.Length + $selection.kept.Length -gt $before) { $try = 0 }
    }
    return $null
}

function Add-CertificateChoice {
    # What was typed: numbers of what was shown, or the place of a file. Says what is wrong with it.
    param([object] $Selection, [string] $Typed, [object[]] $Files, [object[]] $There, [int] $Need)
    $answer = $Typed.Normalize([Text.NormalizationForm]::FormKC).Trim()
    if ($answer -cmatch '^[1-9]([,\s、]+[1-9])*$') {
        $numbers = @($answer -split '[,\s、]+' | ForEach-Object { [int] $_ } | Select-Object -Unique)
        $all = @($Files) + @($There)
        if (@($numbers | Where-Object { $_ -gt $all.Length }).Length -gt 0) { Write-Line '番号が違います。'; return }
        $new = @($numbers | Where-Object { $_ -le $Files.Length } | ForEach-Object { $all[$_ - 1] })
        if ($new.Length -gt 0 -and $numbers.Length -gt $Need) { Write-Line "選べるのは、合わせて $Need つです。"; return }
        $Selection.files += $new
        $Selection.kept += @($numbers | Where-Object { $_ -gt $Files.Length } | ForEach-Object { $all[$_ - 1].thumbprint })
        return
    }
    # As it was typed or dragged in: a folder may well be called （本院）. Then in half width: all of it may be typed in full width.
    foreach ($path in $Typed.Trim('"'), $answer.Trim('"')) {
        if ($path -match '\.(p12|pfx)$' -and (Test-PersonPath -Path $path)) {
            if (@($Selection.files | Where-Object { $_.path -ieq $path }).Length -gt 0) { Write-Line 'そのファイルは、もう選ばれています。'; return }
            $Selection.files += [pscustomobject] @{ path = $path; name = ($path -replace '^.*[\\/]', ''); modified = 0 }
            return
        }
    }
    Write-Line '入力された場所に、*.p12 のファイルはありません。'
}

function Format-CertificateChoice {
    # The files that there are to choose from, one number each, and how many are missing.
    param([object[]] $Files, [int] $Need)
    $medium = ''
    if (Test-StaffSession) { $medium = '施設の媒体を挿すか、' }
    if ($Files.Length -eq 0) { "*.p12 が見つかりません。${medium}USB メモリーのこの一式のフォルダーの隣、ダウンロード、デスクトップのどれかに置いてください。" }
    for ($i = 0; $i -lt $Files.Length; $i++) {
        $newest = ''
        if ($i -eq 0 -and $Files.Length -gt 1) { $newest = '　← 一番新しい' }
        "$($i + 1): $($Files[$i].path)（更新日 $(ConvertTo-DayText (ConvertTo-DayNumber $Files[$i].modified))）$newest"
    }
    if ($Files.Length -gt 0 -and $Files.Length -lt $Need) { "あと $($Need - $Files.Length) つ足りません。同じ所に置いてください。" }
}

function Get-CertificateChoiceText {
    # What is asked for, and what Enter alone says.
    param([object[]] $Files, [object[]] $There, [int] $Need)
    $asked = "番号（コンマで区切る）か *.p12 の場所（1～$Need は Enter だけでもよい）"
    if ($Need -eq 1) { $asked = 'ファイルの番号、または *.p12 の場所（1 は Enter だけでもよい）' }
    if ($Files.Length -lt $Need) { $asked = '置いたら Enter、または番号か *.p12 の場所を入力' }
    if ($Files.Length + $There.Length -eq 0) { $asked = '置いたら Enter、または *.p12 の場所を入力' }
    return $asked
}

function Select-CertificateWork {
    # Asks which certificates stay in use and which files are to be imported.
    param([string] $Code, [object] $Wanted, [object] $Found)
    $work = [pscustomobject] @{ declined = ''; kept = @(); files = @(); chosen = [bool] $Wanted.chosen; present = @() }
    # One that was chosen and has lost its key may be imported again.
    $work.present = @($Found.certificates | Where-Object { $_.key -or @($Found.chosen) -cnotcontains $_.thumbprint })
    $usable = @($Found.certificates | Where-Object { Test-CertificateUsable $_ })
    # At a succession nothing tells which of those that are there belong to the new code already.
    if (-not $Wanted.chosen) { $work.kept = @($usable | ForEach-Object { $_.thumbprint }); $usable = @() }
    $count = $Wanted.count - $work.kept.Length
    $title = '取り込む電子証明書のファイル（*.p12）を選びます。'
    if ($count -gt 1) { $title = "取り込む電子証明書のファイル（*.p12）を $count つ選びます。" }
    $about = "いま入っている電子証明書です。この中にこれから使うもの（コード $Code の新しい証明書など）があれば、その番号も選びます。"
    $selection = Select-Certificate $title $count $usable $about
    if ($null -eq $selection) {
        $work.declined = '電子証明書のファイル（*.p12）がまだありません。USB メモリーのこの一式のフォルダーの隣か、ダウンロード、デスクトップに置いて、もう一度開いてください。'
        return $work
    }
    $work.kept += $selection.kept
    $work.files = @($selection.files | ForEach-Object { ConvertTo-CertificateChoice $_ 'import' })
    return $work
}

function ConvertTo-CertificateChoice {
    # A chosen file, and the request for its password; what is in it is known once the password was right.
    param([object] $File, [string] $Purpose)
    $choice = [pscustomobject] @{
        path = $File.path
        purpose = $Purpose
        request = $null
        opened = ''
        hash = ''
        own = $null
        content = @()
        authorities = @()
        strangers = @()
        root = $null
    }
    $choice.request = [pscustomobject] @{
        name = "電子証明書 $($File.path)"; title = "電子証明書 $($File.name)"; digits = $true
        prompt = "証明書パスワード（$($File.name)）"; file = $choice; known = $true
        text = "$($File.name) の証明書パスワード（ダウンロードのときに決めた半角数字 4 桁）を入力してください。（何も入力せずに Enter: 今回は行わない）"
        test = { param($Secret, $Request) Confirm-CertificateFile $Secret $Request.file $Request }
        refusal = ''
    }
    return $choice
}

function Confirm-CertificateFile {
    # Opens the file in memory: a sentence where it is not one to import, is not meant, or the password is wrong. Where no password
    # would help, the request is told so.
    param([Security.SecureString] $Secret, [object] $File, [object] $Request)
    $bytes = Read-PersonFile -Path $File.path
    $opened = Read-CertificateFile -Bytes $bytes -Secret $Secret
    if ($opened.error -eq $script:CertificateWrongPassword) { return '証明書パスワードが違います。' }
    $problem = "電子証明書のファイルとして読めません: $($File.path)"
    if ($opened.error -eq 0) {
        Set-CertificateChoice $File @($opened.certificates)
        $problem = Get-CertificateFileProblem $File
    }
    if ($problem) { $Request.refusal = $problem; return $problem }
    $hash = Get-ByteHash $bytes
    if (Test-SecretRule $Secret '^(.)\1*$|^(0123|1234|2345|3456|4567|5678|6789|7890|9876|8765|7654|6543|5432|4321|3210)$') {
        Write-Line 'DEFAULT_SECRET: 証明書パスワードが、同じ数字か連番です。次に証明書を取得するときは、推測されない値にしてください。'
    }
    if ($File.purpose -cne 'import') {
        $File.hash = $hash
        return ''
    }
    $File.opened = $hash
    return Confirm-CertificateWork $Request
}

function Confirm-CertificateWork {
    # Once all files to import have been opened: asks whether they are meant.
    param([object] $Request)
    $files = @($script:CertificateWork.files)
    if (@($files | Where-Object { -not $_.opened }).Length -gt 0) { return '' }
    $known = @(Read-ImportedHash)
    $new = @($files | Where-Object { $known -cnotcontains $_.opened }).Length -gt 0
    if ($new) { Write-Line '名前（CN）は、この PC では照合できません。いま取得したファイルか、有効期間の終わりを見て、終わりを紙の同じ番号に書いてください。' }
    foreach ($file in $files) { Write-Line "取り込む電子証明書: $(Get-CertificateText $file.own)" }
    $answer = ''
    # It is this terminal's, as somebody has said before; only whoever knows its password has opened it.
    if (-not $new) { Write-Line 'OqsComApp で取り込んだものと同じです。' }
    else { $answer = Read-Answer 'この端末の証明書として取り込みます。よければ Enter、違う場合は n: ' }
    if ($answer -cne '' -and -not (Test-Agreement $answer)) {
        $Request.refusal = '取り込みませんでした。別のファイルを使う場合は、もう一度開いてください。'
        return $Request.refusal
    }
    # Only now: what was declined is not a file to import or to copy.
    foreach ($file in $files) { $file.hash = $file.opened }
    return ''
}

function Set-CertificateChoice {
    # Notes what is in a chosen file: the root, the intermediates, all of it and, $null where there is none with its key, the
    # newest own certificate.
    param([object] $File, [object[]] $Certificates)
    $File.content = $Certificates
    $File.authorities = @($Certificates | Where-Object { $_.authority -and -not $_.selfIssued })
    $names = @($File.authorities | ForEach-Object { $_.name })
    $own = @($Certificates | Where-Object { $_.key -and (Test-OwnCertificate $_ $names) } | Sort-Object -Property from -Descending)
    $File.own = $null
    $File.root = $null
    if ($own.Length -eq 0) { return }
    $rootName = Get-RootName $own[0] $File.authorities
    # What has the name and has not signed is somebody else's: none of it is put into a store.
    $File.strangers = @(Find-Stranger $own[0] $Certificates)
    $File.authorities = @($File.authorities | Where-Object { @($own[0].above) -ccontains $_.thumbprint })
    $File.root = $Certificates |
        Where-Object { $_.selfIssued -and $_.name -ceq $rootName -and @($own[0].above) -ccontains $_.thumbprint } | Select-Object -First 1
    $File.own = [pscustomobject] @{
        thumbprint = $own[0].thumbprint
        subject = $own[0].subject
        from = (ConvertTo-DayNumber $own[0].from)
        to = (ConvertTo-DayNumber $own[0].to)
    }
}

function Find-Stranger {
    # CA certificates of a file that are named as the issuer of the last one that is signed, and did not sign it.
    param([object] $Own, [object[]] $Certificates)
    $last = $Own
    $above = @($Own.above)
    if ($above.Length -gt 0) { $last = $Certificates | Where-Object { $_.thumbprint -ceq $above[-1] } | Select-Object -First 1 }
    # One of a store: nothing of the file is used in its place.
    if ($null -eq $last -or $last.selfIssued) { return }
    $Certificates | Where-Object { $_.authority -and $_.name -ceq $last.issuer }
}

function Get-ForeignFileText {
    # Why a file holds nothing to import: the issuer, or the key.
    param([object] $File)
    $authorities = @($File.authorities | ForEach-Object { $_.name })
    $keyless = @($File.content | Where-Object { Test-OwnCertificate $_ $authorities })
    if ($keyless.Length -gt 0) {
        return "このファイルには、発行者 $($keyless[0].issuer) の証明書はありますが、秘密キーがありません。ダウンロードした *.p12 を選んでください。"
    }
    return "このファイルには、$(Get-IssuerText) が発行した証明書と秘密キーがありません。$(Get-OtherIssuerText $File.content $File.authorities)オンライン資格確認の *.p12 を選んでください。"
}

function Get-CertificateFileProblem {
    # Why a file that was opened is not the one to import; empty where it is.
    param([object] $File)
    if ($null -eq $File.own) { return Get-ForeignFileText $File }
    if ($File.strangers.Length -gt 0) {
        return "このファイルの CA 証明書 $($File.strangers[0].name) は、このファイルの証明書に署名していません。取り込まずに、ファイルを取得し直してください。"
    }
    if ($null -ne $File.root -and -not (Test-PublishedRoot $File.root)) {
        return "このファイルのルート証明書 $($File.root.name) の拇印（$($File.root.thumbprint)）は、公開されているものと違います。取り込まずに、ファイルを取得し直してください。"
    }
    if ($File.purpose -cne 'import') { return '' }
    $today = Get-Today
    if ($File.own.to -lt $today) { return "このファイルの証明書は $(ConvertTo-DayText $File.own.to) に期限が切れています。新しい証明書を申請してください。" }
    if ($File.own.from -gt $today) { return "このファイルの証明書は $(ConvertTo-DayText $File.own.from) から有効です。PC の日付を確かめてください。" }
    $work = $script:CertificateWork
    if (@($work.kept) -ccontains $File.own.thumbprint) { return 'このファイルの証明書は、もう入っています。' }
    if (@($work.files |
            Where-Object { $_.path -cne $File.path -and $null -ne $_.own -and $_.own.thumbprint -ceq $File.own.thumbprint }).Length -gt 0) {
        return 'もう 1 つのファイルと同じ証明書です。'
    }
    if (-not $work.chosen) { return '' }
    foreach ($certificate in @($work.present | Where-Object { @($work.kept) -cnotcontains $_.thumbprint })) {
        if ($certificate.thumbprint -ceq $File.own.thumbprint -or $certificate.from -gt $File.own.from) {
            return "このファイルは古い証明書です（$(ConvertTo-DayText $File.own.from) から有効）。新しい *.p12 を使ってください。"
        }
    }
    return ''
}

function Import-ChosenCertificate {
    # From what the person has chosen; goes on where an earlier try was cut short. Written down first: undoing takes away
    # nothing else.
    param([string] $Code)
    $work = $script:CertificateWork
    if ($null -eq $work -or $work.declined) { throw '電子証明書のファイルが選ばれていません。' }
    $record = Read-CertificateRecord $Code
    $chosen = @($record.chosen) + @($work.kept)
    $imported = @($record.imported)
    $hashes = @($record.files)
    foreach ($file in @($work.files)) {
        $bytes = Read-PersonFile -Path $file.path
        if ((Get-ByteHash $bytes) -cne $file.hash) { throw "確かめた後にファイルが変わりました: $($file.path)" }
        $stored = @(Read-CertificateStore -Store 'CA' | ForEach-Object { $_.thumbprint })
        foreach ($authority in @($file.authorities)) {
            if ($stored -cnotcontains $authority.thumbprint) { $null = Add-Certificate -Store 'CA' -Bytes $authority.bytes }
        }
        $chosen += $file.own.thumbprint
        $hashes += $file.hash
        $present = @(Read-CertificateStore -Store 'My' | Where-Object { $_.thumbprint -ceq $file.own.thumbprint })
        if ($present.Length -eq 0) { $imported += $file.own.thumbprint }
        Write-CertificateRecord $Code $chosen $hashes $imported
        if (@($present | Where-Object { Test-CertificateKey $_ }).Length -eq 0) {
            Import-CertificateKey -Bytes $bytes -Secret (Get-Secret $file.request.name) -Thumbprint $file.own.thumbprint
        }
    }
    Write-CertificateRecord $Code $chosen $hashes $imported
}

function Save-CertificateCopy {
    # What a certificate needs to come back, in the person's folder, before it is taken away: its key stays where it is.
    param([string] $Thumbprint)
    Initialize-PersonFolder -Path (Get-CertificateFolder)
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Thumbprint.sst")
    $copy = Export-CertificateCopy -Thumbprint $Thumbprint
    Write-PersonFile -Path $path -Bytes $copy
    if ((Get-ByteHash (Read-PersonFile -Path $path)) -cne (Get-ByteHash $copy)) { throw "証明書の控えを書けませんでした: $path" }
}

function Remove-OwnCertificate {
    # Out of the store; the key and a copy of the certificate stay.
    param([string] $Thumbprint)
    Save-CertificateCopy $Thumbprint
    $null = Remove-Certificate -Store 'My' -Thumbprint $Thumbprint
}

function Restore-OwnCertificate {
    # From the copy, linked to its key again.
    param([string] $Thumbprint)
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Thumbprint.sst")
    if (-not (Test-PersonPath -Path $path)) { throw "証明書の控えがないため、元に戻せません: $Thumbprint" }
    $null = Add-Certificate -Store 'My' -Bytes (Read-PersonFile -Path $path)
    Remove-PersonFile -Path $path
}

function Restore-CertificateState {
    # Takes away only what we imported: what came by hand since stays, and the intermediates that it needs.
    param([string] $Code, [object] $State)
    $imported = @((Read-CertificateRecord $Code).imported)
    $wanted = @($State.certificates | ForEach-Object { $_.thumbprint })
    $present = @(Get-OwnCertificate | ForEach-Object { $_.thumbprint })
    foreach ($thumbprint in $present) {
        if ($wanted -cnotcontains $thumbprint -and $imported -ccontains $thumbprint) { Remove-OwnCertificate $thumbprint }
    }
    foreach ($thumbprint in $wanted) { if ($present -cnotcontains $thumbprint) { Restore-OwnCertificate $thumbprint } }
    $issuers = @(Get-OwnCertificate | ForEach-Object { $_.issuer })
    foreach ($authority in @(Get-CertificateAuthority)) {
        if (@($State.authorities) -cnotcontains $authority.thumbprint -and $issuers -cnotcontains $authority.name) {
            $null = Remove-Certificate -Store 'CA' -Thumbprint $authority.thumbprint
        }
    }
    Write-CertificateRecord $Code @($State.chosen) @($State.files) @($imported | Where-Object { @($State.chosen) -ccontains $_ })
}
