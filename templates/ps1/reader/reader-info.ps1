# The file in which a terminal keeps which 顔認証機器 is signed in with which account. One that was made before the
# clinic changed hands is set aside under another name, after a question: every reader has to be set up again.

# The readers are set up again after this, which makes a new file.
Register-Kind 'reader-info' -Format 1 -Watch @{ every = 2 } -Ours @{ aside = '別の名前にした ReaderInfo.ini（.bak）' } -ConfirmText {
    return 'この端末のすべての顔認証機器で、ID・パスワードの紐付けが消え、全台を設定し直すことになります。顔認証アプリを終了してから行います。' +
    '初期化ツール（C:\Work\InitializeFace.bat）がある端末では、ここでは行わずに、案内のとおりに初期化ツールを使います。'
} -Get {
    param($Target)
    $created = Get-FileCreation -Path $Target.path
    if ($null -ne $created) { $created = [int] $created.ToString('yyyyMMdd', [Globalization.CultureInfo]::InvariantCulture) }
    return [pscustomobject] @{ made = $created; aside = (Test-FilePresence -Path "$($Target.path).bak") }
} -Set {
    param($Target, $State)
    Assert-PlainFolder (Get-FolderAbove $Target.path)
    $aside = "$($Target.path).bak"
    # Back: what is wanted has no field `made`, a state of before has.
    if ($null -ne (Get-Field $State 'made')) {
        if ((Test-FilePresence -Path $aside) -and -not (Test-FilePresence -Path $Target.path)) {
            Rename-PlainFile $aside $Target.path
        }
        return
    }
    if (-not (Test-FilePresence -Path $Target.path)) { return }
    if (Test-FilePresence -Path $aside) { throw "$aside が既にあります。中身を確かめて別の名前に変えてから、もう一度開いてください。" }
    Rename-PlainFile $Target.path $aside
} -Test {
    param($Wanted, $Found)
    if ($null -eq (Get-Field $Wanted 'notBefore')) { return (Test-Wanted $Wanted $Found) }
    return ($null -eq $Found.made -or $Found.made -ge $Wanted.notBefore)
} -Undo {
    param($Target, $Before, $Found)
    if ($null -eq $Found.made -or $null -eq $Before.made) { return $null }
    return [pscustomobject] @{ state = $Found; reason = '顔認証機器が設定し直されているため、前の ReaderInfo.ini（.bak）は戻しません。' }
}

function Rename-PlainFile {
    # Within its folder. A link could have the administrator move a file of any place.
    param([string] $Path, [string] $NewPath)
    $held = Open-HeldPath -Path $Path -Rename
    try {
        Assert-HeldPath $held $Path
        Rename-HeldFile -Held $held -Name ($NewPath -replace '^.*\\', '')
    }
    finally { Close-HeldPath -Held $held }
}
