# The root of the client certificate among the roots that the signed-in person trusts: from the .p12 that was imported, as
# the manual has it (setup P.25-26). Windows itself asks before it is added and before it is taken away; its thumbprint
# stands in the question. Not in LocalMachine\Root, where nobody would be asked.

$script:CertificateRootTries = 3

Register-Kind 'certificate-root' -Format 1 -Ours @{ roots = 'ルート証明書' } -Entries @{ roots = '' } -Get {
    param($Target)
    $roots = @(Get-CertificateRoot | ForEach-Object { $_.thumbprint } | Sort-Object)
    $missing = @(Get-MissingRoot)
    if (($roots.Length -eq 0 -or $missing.Length -gt 0) -and $script:Pass.mode -cne 'Rollback') {
        $marker = Get-CertificateRootMarker
        if ($null -ne $marker) { return $marker }
    }
    return [pscustomobject] @{
        roots = $roots; missing = $missing
        message = "ルート証明書 $($missing -join '、') が登録されていません。1_適用 をもう一度開き、「セキュリティ警告」に「はい」と答えてください。"
    }
} -Set {
    param($Target, $State)
    if ($null -ne (Get-Field $State 'roots')) {
        foreach ($root in @(Get-CertificateRoot)) { if (@($State.roots) -cnotcontains $root.thumbprint) { Remove-CertificateRoot $root } }
        return
    }
    $missing = @(Get-MissingRoot)
    foreach ($root in @($script:CertificateWork.files | ForEach-Object { $_.root } | Where-Object { $null -ne $_ })) {
        if ($missing -ccontains $root.name -and @(Get-MissingRoot) -ccontains $root.name) { Add-CertificateRoot $root }
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    if ($null -ne (Get-Field $Wanted 'roots')) { return (Test-Same @($Wanted.roots | Sort-Object) @($Found.roots | Sort-Object)) }
    return (@($Found.roots).Length -gt 0 -and @($Found.missing).Length -eq 0)
} -Secret {
    param($Target, $State, $Found)
    if ($null -ne (Get-Field $State 'roots')) { return }
    if ($null -eq $script:CertificateWork) {
        $file = Select-CertificateFile 'ルート証明書を登録するため、取り込んだ電子証明書のファイル（*.p12）を選びます。'
        $script:CertificateWork = [pscustomobject] @{ declined = ''; kept = @(); files = @(); chosen = $false; present = @() }
        if ($null -eq $file) { $script:CertificateWork.declined = '電子証明書のファイル（*.p12）が選ばれなかったため、ルート証明書を登録していません。' }
        else { $script:CertificateWork.files = @(ConvertTo-CertificateChoice $file 'root') }
    }
    foreach ($chosenFile in @($script:CertificateWork.files)) { $chosenFile.request }
}

function Get-CertificateRoot {
    Read-CertificateStore -Store 'Root' | Where-Object { $_.selfIssued -and (Test-Issuer $_.name) -and (Test-PublishedRoot $_) }
}

function Get-MissingRoot {
    # Names of the roots that the own certificates need and that are not there: each generation has one of its own.
    $present = @(Get-CertificateRoot | ForEach-Object { $_.name })
    $authorities = @(Get-CertificateAuthority)
    $own = @(Get-OwnCertificate)
    $current = @($own | Where-Object { Test-CertificateCurrent $_ })
    # An old generation is needed no longer than a certificate of it.
    if ($current.Length -gt 0) { $own = $current }
    $needed = @($own | ForEach-Object { Get-RootName $_ $authorities })
    @($needed | Where-Object { $present -cnotcontains $_ } | Sort-Object -Unique)
}

function Get-CertificateRootMarker {
    # Why nothing can be said yet of a root that is missing; $null where it is simply missing.
    if (@(Get-OwnCertificate).Length -eq 0) { return [pscustomobject] @{ unknown = '電子証明書を取り込んだ後に登録します。' } }
    $work = $script:CertificateWork
    if ($null -eq $work) { return $null }
    if ($work.declined) { return [pscustomobject] @{ unknown = $work.declined } }
    $opened = @($work.files | Where-Object { $null -ne $_.own })
    if ($opened.Length -gt 0 -and @($opened | Where-Object { $null -ne $_.root }).Length -eq 0) {
        return [pscustomobject] @{ 'not-applicable' = '電子証明書のファイルにルート証明書が入っていません。「セキュリティ警告」が出ないときと同じで、そのまま進みます。' }
    }
    return $null
}

function Add-CertificateRoot {
    # Asked again after "No", as the manual says.
    param([object] $Root)
    for ($try = 1; $try -le $script:CertificateRootTries; $try++) {
        Write-Line ''
        Write-Line '「セキュリティ警告」の画面が出ます。発行者の名前と拇印（sha1）が次と同じことを見比べて、「はい」を押してください。'
        Write-Line "　発行者: $($Root.name)"
        Write-Line "　拇印: $($Root.thumbprint)"
        Write-RootSource $Root
        if (Add-Certificate -Store 'Root' -Bytes $Root.bytes) { return }
        Write-Line "「いいえ」が押されたため、登録されていません。（$try / $script:CertificateRootTries）"
    }
    throw 'ルート証明書が登録されていません。1_適用 をもう一度開き、「セキュリティ警告」に「はい」と答えてください。'
}

function Remove-CertificateRoot {
    param([object] $Root)
    Write-Line "ルート証明書を取り除きます。Windows の画面で、拇印 $($Root.thumbprint) を見比べて「はい」を押してください。"
    if (-not (Remove-Certificate -Store 'Root' -Thumbprint $Root.thumbprint)) { throw 'ルート証明書を取り除く画面で「いいえ」が押されました。' }
}

function Write-RootSource {
    # Where the thumbprint can be compared with. It is read from the same file as the question of Windows, so to compare those two
    # shows only that nothing was exchanged in between.
    param([object] $Root)
    $published = @(Get-PublishedRoot $Root.name)
    foreach ($one in $published) { Write-Line "　この拇印は、次の所で公開されているものと同じです: $($one.source)" }
    if ($published.Length -gt 0) { return }
    Write-Line '　この拇印は、取り込んだファイルから読んだものです。公開されている拇印が見つからないため、本物のルート証明書かどうかは、この PC では確かめられません。'
    Write-Line '　ほかの端末で使えているルート証明書や、以前の控えの拇印があれば、それとも見比べてください。'
    Write-Line '　なければ、ご自分で公式のサイトからダウンロードしたファイルのときだけ、「はい」を押してください。出所の分からないファイルなら「いいえ」です。'
}
