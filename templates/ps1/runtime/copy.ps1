# The copy from which everything of a visit runs after the first look at the stick: %ProgramData%\oqsgen\bundle\<bundle id>, which
# only administrators write. The half of 1_適用.cmd with administrator rights has put this script alone into <run>.new there
# (half.j2); the rest of the bundle follows by the list that this script was signed with. No step: like the journal it is our own.

$script:SourceName = 'source.json'
# Path, length and time of a script that was read → its SHA-256. Only for finding the stick: what runs is read each time.
$script:ScriptHash = @{}
# So many seconds undoing waits for the windows that run from the copy.
$script:WindowWait = 3600

function Add-PassSource {
    # Says to a pass where its bundle was brought.
    # Digits: four hexadecimal ones for each unit of UTF-16, since the name of a folder of others is never PowerShell text.
    param([object] $Pass, [string] $Digits)
    $units = for ($i = 0; $i -lt $Digits.Length; $i += 4) { [char] [Convert]::ToUInt16($Digits.Substring($i, 4), 16) }
    $from = -join @($units)
    $brought = $Pass.root
    if ($from) { $brought = $from.TrimEnd('\', '/') }
    elseif (Test-InCopy $Pass) { $brought = Find-Source $Pass }
    $Pass.from = $from
    $Pass.beside = ''
    if ($brought) { $Pass.beside = [IO.Path]::GetDirectoryName($brought) }
}

function Save-Source {
    # Remembers where the bundle was brought, for the starts from the copy.
    param([object] $Pass)
    Write-TrustedJson $script:SourceName ([ordered] @{ format = 1; from = $Pass.from })
}

function Find-Source {
    # The folder in which the bundle of this copy was brought, on whatever letter its stick has now; empty while it is out.
    # Another: whatever bundle stands there by now.
    param([object] $Pass, [switch] $Another)
    $known = [string] (Get-Field (Read-TrustedJson $script:SourceName) 'from')
    if (-not $known) { return '' }
    try {
        $ours = Get-ScriptHash ([IO.Path]::Combine($Pass.root, 'terminal.ps1'))
        $path = $known.Substring([IO.Path]::GetPathRoot($known).Length)
    }
    catch { return '' }
    foreach ($folder in @($known) + @(foreach ($root in @(Get-StickRoot)) { [IO.Path]::Combine($root, $path) })) {
        $script = [IO.Path]::Combine($folder, 'terminal.ps1')
        if (-not [IO.File]::Exists($script)) { continue }
        try { $same = $Another -or (Get-ScriptHash $script) -ceq $ours } catch { continue }
        if ($same) { return $folder.TrimEnd('\', '/') }
    }
    return ''
}

function Get-ScriptHash {
    # Tells one bundle's script from another's. The stick is looked for every few seconds: a file that has not changed is not read again.
    param([string] $Path)
    $file = New-Object IO.FileInfo($Path)
    $mark = "$Path|$($file.Length)|$($file.LastWriteTimeUtc.Ticks)"
    if (-not $script:ScriptHash.ContainsKey($mark)) { $script:ScriptHash[$mark] = Get-SiblingHash (Read-PlainByte $Path 32MB) }
    return $script:ScriptHash[$mark]
}

function Get-CopyPlaceRefusal {
    # A script that is told of a stick runs from the folder that was made for this very start; one that begins from the copy
    # looks at all of it once more.
    param([object] $Pass)
    if (-not $Pass.from -and -not (Test-InCopy $Pass)) { return $null }
    if ($Pass.from) {
        if ($Pass.root -ieq [IO.Path]::Combine((Get-MachineFolder).bundle, "$($Pass.id).new")) { return $null }
        return New-Refusal 2 'この PC に写したものではないところから開かれました。ランチャー（.cmd）をダブルクリックして開いてください。'
    }
    $sha256 = Get-SiblingHash (Read-PlainByte ([IO.Path]::Combine($Pass.root, 'terminal.ps1')) 32MB)
    $problem = Get-CopyProblem $Pass.plan $Pass.root $sha256
    if (-not $problem) { return $null }
    return New-Refusal 2 "この PC に写した一式は使いません。$problem USB メモリーの 1_適用 から開くと、写し直します。"
}

function Complete-Copy {
    # Makes the copy whole and names it by the bundle; the pass goes on from there. A refusal, or $null.
    param([object] $Pass)
    $bundles = (Get-MachineFolder).bundle
    $new = $Pass.root
    $whole = [IO.Path]::Combine($bundles, $Pass.bundle)
    foreach ($path in @(Get-FolderEntry $bundles)) { if ($path -like '*.new' -and $path -ine $new) { Remove-OwnFolder $path } }
    $sha256 = Get-SiblingHash (Read-PlainByte ([IO.Path]::Combine($new, 'terminal.ps1')) 32MB)
    $there = [IO.Directory]::Exists($whole)
    if (-not $there -or (Get-CopyProblem $Pass.plan $whole $sha256)) {
        $refusal = Copy-Sibling $Pass.plan $Pass.from $new
        if ($null -ne $refusal) { return $refusal }
        $problem = Get-CopyProblem $Pass.plan $new $sha256
        if ($problem) { return New-Refusal 2 "この PC に写せませんでした。$problem" }
        if ($there) { Remove-OwnFolder $whole }
        Rename-OwnFolder $new $whole
    }
    else { Remove-OwnFolder $new }
    $Pass.root = $whole
    Write-Line '  この PC に写しました（USB メモリーは、抜いてもかまいません）'
    return $null
}

function Copy-Sibling {
    # Each file is read once: the bytes that were compared are those that are written. A refusal, or $null.
    param([object] $Plan, [string] $From, [string] $To)
    foreach ($name in @(Get-FieldName $Plan.siblings)) {
        $sibling = Read-Sibling $Plan $From $name
        if ($sibling.problem) { return New-SiblingRefusal $name $sibling.problem }
        $path = Get-SiblingPath $To $name
        Initialize-Folder ([IO.Path]::GetDirectoryName($path))
        Write-NewFile $path $sibling.bytes
    }
    return $null
}

function Get-CopyProblem {
    # Why a copy is not ours, or not whole; empty where it is. Sha256: of its script.
    param([object] $Plan, [string] $Folder, [string] $Sha256)
    $problem = Get-OwnerProblem $Folder $true
    if ($problem) { return $problem }
    $wanted = @('terminal.ps1') + @(Get-FieldName $Plan.siblings)
    $ahead = New-Object Collections.Queue
    $ahead.Enqueue($Folder)
    $seen = 0
    while ($ahead.Count -gt 0) {
        foreach ($path in @(Get-FolderEntry $ahead.Dequeue())) {
            $security = Get-PathSecurity $path
            $problem = Get-OwnerProblem $path $security.folder
            if ($problem) { return $problem }
            if (@(Get-ExtraAccess $path -Readable $true -Sddl '').Length -gt 0) { return "「$path」を、管理者のほかも書き換えられます。" }
            if ($security.folder) { $ahead.Enqueue($path); continue }
            $name = $path.Substring($Folder.Length + 1).Replace([string] [IO.Path]::DirectorySeparatorChar, '/')
            if ($wanted -cnotcontains $name) { return "「$path」は、一式のファイルではありません。" }
            if ($name -cne 'terminal.ps1') { $problem = (Read-Sibling $Plan $Folder $name).problem }
            elseif ((Get-SiblingHash (Read-PlainByte $path 32MB)) -ine $Sha256) { $problem = '作成された後に変更されています' }
            if ($problem) { return "「$path」が$problem。" }
            $seen++
        }
    }
    if ($seen -ne $wanted.Length) { return "「$Folder」がそろっていません。" }
    return ''
}

function Test-InCopy {
    # Whether this very pass runs from a copy.
    param([object] $Pass)
    $bundles = (Get-MachineFolder).bundle
    return ($Pass.root -ieq $bundles -or [IO.Path]::GetDirectoryName($Pass.root) -ieq $bundles)
}

function Test-CopyNeeded {
    # Whether something is left to undo.
    param([object] $Pass)
    return ($null -eq $Pass.journal -or $Pass.journal.open.Count -gt 0 -or @(Get-OpenUserJournal).Length -gt 0)
}

function Remove-Copy {
    # The last act of undoing. What stays is named (Get-CopyRemnant). From the copy itself the windows that run from it end before:
    # cmd.exe reads the launcher on from there. This process has read its script, and is the last.
    param([object] $Pass)
    $bundles = (Get-MachineFolder).bundle
    if (-not [IO.Directory]::Exists($bundles) -or (Test-CopyNeeded $Pass)) { return }
    if (Test-InCopy $Pass) {
        Write-Line 'もう一方の画面を閉じると、この PC に写した一式が消え、この画面も閉じます。'
        Show-ConsoleWindow $false
        if (-not (Wait-ProgramLine -Part $bundles -Seconds $script:WindowWait)) { return }
    }
    Remove-Door (Get-EntryPath)
    try { Remove-OwnFolder $bundles } catch { Write-Line "この PC に写した一式を削除できませんでした: $(Get-ErrorText $_)" }
}

function Remove-OldCopy {
    # Copies of bundles before this one; never under a window that is still open, nor while OqsComApp's icon and what it has armed
    # may lead there: until it opens this one.
    param([object] $Pass)
    if ($Pass.mode -cne 'Apply' -or -not (Test-InCopy $Pass)) { return }
    if ($Pass.session.role -cne 'account' -and $null -ne (Get-AccountJournal $Pass.session)) { return }
    foreach ($path in @(Get-FolderEntry (Get-MachineFolder).bundle)) {
        if ($path -ieq $Pass.root -or $path -like '*.new') { continue }
        try {
            if (Test-ProgramLine -Part $path) { Write-Line '前の一式の画面が開いたままです。閉じてください（前の一式は、次に開いたときに消えます）。' }
            else { Remove-OwnFolder $path }
        }
        catch { Write-Line "前の一式を削除できませんでした: $(Get-ErrorText $_)" }
    }
}

function Get-CopyRemnant {
    param([object] $Pass)
    if (Test-Door (Get-EntryPath)) {
        New-Remnant 'スタート メニューの項目' -Place (Get-EntryPath) -How 'この PC に写した一式と一緒に消えます。管理者が削除してもかまいません。'
    }
    $bundles = (Get-MachineFolder).bundle
    if (-not [IO.Directory]::Exists($bundles)) { return }
    if ($Pass.scope -ceq 'machine' -and (Test-InCopy $Pass) -and -not (Test-CopyNeeded $Pass)) {
        New-Remnant 'この PC に写した一式' -Place $bundles -How '元に戻す画面を閉じると消えます。残っていたら、管理者がフォルダーごと削除してもかまいません。'
        return
    }
    New-Remnant 'この PC に写した一式' -Place $bundles -How (
        '設定をすべて元に戻した後で、USB メモリーの 3_元に戻す をもう一度開くと消えます。管理者が、フォルダーごと削除してもかまいません。')
}
