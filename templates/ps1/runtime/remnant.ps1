# What of ours is still on the PC once a pass has undone what it could, and how it goes: an administrator looks for that at the
# end of 3_元に戻す. Each is what is there now: what (name), where (place), and how it is removed and what that means (how).

# What subjects know to stay (Register-Remnant).
$script:Remnant = New-Object Collections.ArrayList

# What the management of certificates calls the stores of 0_発行者を登録.cmd.
$script:StoreTitle = @{ Root = '信頼されたルート証明機関'; CA = '中間証明機関'; TrustedPublisher = '信頼された発行元' }

function Join-Remnant {
    # What all of these finders find. One that cannot look says so, and hides nothing of the others.
    param([scriptblock[]] $Finder, [object] $Pass)
    foreach ($block in $Finder) {
        try { & $block $Pass | Where-Object { $null -ne $_ } }
        catch { New-Remnant '調べられなかったもの' -Place '' -How "残っているかどうかを調べられませんでした: $(Get-ErrorText $_)" }
    }
}

function Get-MachineRemnant {
    # Of the PC, as far as this pass may look: only an elevated one sees the journal and other persons' folders.
    param([object] $Pass)
    Join-Remnant -Pass $Pass -Finder @(
        { Get-MachineFolderRemnant $args[0] }, { Get-OtherPersonRemnant $args[0] }, { Get-CopyRemnant $args[0] }
        { Get-PublisherRemnant $args[0] }, { Get-EventRemnant }
    )
}

function Get-PersonRemnant {
    # Of the person at work, and the bundle.
    param([object] $Pass)
    Join-Remnant -Pass $Pass -Finder (@({ Get-PersonFolderRemnant $args[0] }) + @($script:Remnant) + @({ Get-BundleRemnant $args[0] }))
}

function Get-StepRemnant {
    # What was not undone, of both passes.
    param([object[]] $Steps)
    $open = @($Steps | Where-Object { @('ok', 'changed', 'restart', 'not-applicable') -cnotcontains $_.status })
    if ($open.Length -eq 0) { return }
    $titles = @($open | ForEach-Object { $_.title } | Select-Object -Unique) -join '、'
    New-Remnant "元に戻していない設定（$($open.Length) 件）" -Place '' -How "理由と戻し方は、項目ごとの説明にあります: $titles"
}

function Get-FolderAdvice {
    # How a folder with a journal is removed. Open: how many changes are not undone; $null where this pass cannot see.
    param([object] $Open, [string] $Who)
    if ($null -eq $Open) { return "${Who}が、設定をすべて元に戻した後で、このフォルダーを削除します。先に消すと、元に戻せなくなります。" }
    if ($Open -gt 0) {
        return "元に戻していない設定が $Open 件あり、その控えが入っています。消すと、3_元に戻す では戻せなくなります。" +
            '今の値のままでよいと決めるまでは、残してください。'
    }
    return "元に戻すための控えは、もう要りません。${Who}が、このフォルダーを削除します。前の結果は読めなくなります。"
}

function Get-OpenCount {
    # How many changes of this pass's journal are not undone; $null where it could not be read.
    param([object] $Pass)
    if ($null -eq $Pass.journal) { return $null }
    return $Pass.journal.open.Count
}

function Get-MachineFolderRemnant {
    param([object] $Pass)
    $folder = (Get-MachineFolder).root
    if (-not [IO.Directory]::Exists($folder)) { return }
    $open = $null
    if ($Pass.scope -ceq 'machine') { $open = Get-OpenCount $Pass }
    New-Remnant 'PC 全体の設定の控えと結果' -Place $folder -How (Get-FolderAdvice $open '管理者')
}

function Get-OtherPersonRemnant {
    # Their own list is shown in their own session.
    param([object] $Pass)
    if ($Pass.scope -cne 'machine' -or $null -eq $Pass.session) { return }
    $waiting = @(Get-OpenUserJournal)
    foreach ($person in @(Get-ProfileFolder)) {
        $folder = [IO.Path]::Combine($person.path, 'oqsgen')
        if ((Test-OwnSession $person.sid) -or -not [IO.Directory]::Exists($folder)) { continue }
        $name = Get-AccountName $person.sid
        $how = Get-FolderAdvice 0 "$name か管理者"
        if ($waiting -ccontains $name) {
            $how = "先に $name でサインインして 3_元に戻す を開き、終わってから、このフォルダーを削除します。先に消すと、元に戻せなくなります。"
        }
        New-Remnant "$name の設定の控えと結果" -Place $folder -How $how
    }
}

function Get-PublisherRemnant {
    # What 0_発行者を登録.cmd has registered, as it says itself (publisher.cmd.j2).
    param([object] $Pass)
    $all = 'SOFTWARE\oqsgen\publishers'
    $ours = ([string] (Get-Field $Pass.plan.bundle 'publisher')) -replace '[^0-9A-Fa-f]', ''
    $names = @((Get-RegistryKeyName -Hive 'HKLM' -Key $all) | ForEach-Object { $_ })
    foreach ($name in $names) {
        $added = Read-RegistryEntry -Hive 'HKLM' -Key "$all\$name" -Name 'added'
        $places = @(foreach ($one in @(Get-Field $added 'data' | ForEach-Object { $_ } | Where-Object { $_ })) {
                $store, $thumbprint = ([string] $one) -split '\\', 2
                if ($script:StoreTitle.ContainsKey($store)) { $store = $script:StoreTitle[$store] }
                "certlm.msc の「$store」（拇印 $thumbprint）"
            })
        $places += "レジストリ HKLM\$all\$name"
        $bundle = 'この発行者の一式の'
        if ($name -ieq $ours) { $bundle = 'この一式の' }
        New-Remnant "登録した発行者 $($name.Substring(0, [math]::Min(8, $name.Length)))…" -Place ($places -join '、') -How (
            "$bundle「0_発行者を登録.cmd」をもう一度開いて、取り消します。取り消すと、この発行者の一式は実行できなくなります" +
            '（設定をすべて元に戻した後にしてください）。')
    }
    if ($names.Length -eq 0 -and (Test-RegistryKey -Hive 'HKLM' -Key 'SOFTWARE\oqsgen')) {
        New-Remnant '空になったレジストリのキー' -Place 'HKLM\SOFTWARE\oqsgen' -How '管理者が、レジストリ エディターで削除します。残っていても害はありません。'
    }
}

function Get-EventRemnant {
    if (-not (Test-Event $script:EventSource)) { return }
    New-Remnant '実行した記録' -Place "イベント ビューアー → Windows ログ → Application（ソース $script:EventSource）" -How (
        'いつ、どの一式で行ったかの記録で、消す必要はありません。古いものから自動で消えます。')
}

function Get-PersonFolderRemnant {
    param([object] $Pass)
    $folder = Get-UserFolder
    if (-not [IO.Directory]::Exists($folder)) { return }
    $how = Get-FolderAdvice (Get-OpenCount $Pass) "$($Pass.session.name) "
    New-Remnant "$($Pass.session.name) の設定の控えと結果" -Place $folder -How $how
}

function Get-BundleRemnant {
    param([object] $Pass)
    $results = Get-StickFolder $Pass
    if ($results -and [IO.Directory]::Exists($results)) {
        New-Remnant '結果の 1 枚' -Place $results -How '保管する分を控えてから、フォルダーごと削除します。'
    }
    New-Remnant 'この一式' -Place $Pass.root -How (
        'ほかの人の設定を戻すのにも、発行者を取り消すのにも使います。どちらも済んだら、フォルダーごと削除します。')
}

function Write-Remnant {
    # The list in the log.
    param([object[]] $Remnants)
    if ($Remnants.Length -eq 0) { return }
    Write-Line '■ この PC に残っているものと、その消し方' -Lines 0
    for ($i = 0; $i -lt $Remnants.Length; $i++) {
        Write-Line "  $($i + 1). $($Remnants[$i].name)" -Lines 0
        if ($Remnants[$i].place) { Write-Line "     場所: $($Remnants[$i].place)" -Lines 0 }
        Write-Line "     $($Remnants[$i].how)" -Lines 0
    }
}

function Format-Remnant {
    # What is there, in a few lines of the window.
    param([object[]] $Remnants)
    if ($Remnants.Length -eq 0) { return }
    "  この PC に残っているもの $($Remnants.Length) 件（場所と消し方は、結果の 1 枚）"
    Limit-Line @(Split-Text (@($Remnants | ForEach-Object { $_.name }) -join '、') '    ') 3 $script:SummaryMore
}
