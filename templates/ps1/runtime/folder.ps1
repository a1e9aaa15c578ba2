# The folders of this PC: %ProgramData%\oqsgen. Anybody may have made them before us, so owner, access and links
# are looked at every time; what others could have written is never obeyed.

$script:Administrators = 'S-1-5-32-544'
$script:LocalSystem = 'S-1-5-18'
$script:Users = 'S-1-5-32-545'
$script:FullRights = 0x1f01ff
$script:ReadRights = 0x1200a9
$script:PrivateSddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
$script:ReadableSddl = $script:PrivateSddl + '(A;OICI;0x1200a9;;;BU)'

function Get-MachineFolder {
    $root = [IO.Path]::Combine((Get-ProgramDataFolder), 'oqsgen')
    return [pscustomobject] @{
        root = $root; journal = [IO.Path]::Combine($root, 'journal'); results = [IO.Path]::Combine($root, 'results')
        temp = [IO.Path]::Combine($root, 'temp'); bundle = [IO.Path]::Combine($root, 'bundle')
    }
}

function Initialize-MachineFolder {
    # Makes and checks the folders; the text of a refusal, or empty.
    param([bool] $Ask)
    $folder = Get-MachineFolder
    $extra = New-Object Collections.ArrayList
    $plan = @(
        @{ path = $folder.root; readable = $true; content = $false }
        @{ path = $folder.journal; readable = $false; content = $true }
        @{ path = $folder.results; readable = $true; content = $true }
        @{ path = $folder.temp; readable = $false; content = $false }
    )
    # Made by the launcher, where there is something to copy (half.j2).
    if ([IO.Directory]::Exists($folder.bundle)) { $plan += @{ path = $folder.bundle; readable = $true; content = $false } }
    foreach ($item in $plan) {
        $sddl = $script:PrivateSddl
        if ($item.readable) { $sddl = $script:ReadableSddl }
        if ($null -eq (Get-PathSecurity $item.path)) { Initialize-Folder $item.path $sddl }
        $problem = Get-OwnerProblem $item.path $true
        if ($problem) { return $problem }
        foreach ($entry in @(Protect-OwnPath $item.path -Readable $item.readable -Sddl $sddl)) { $null = $extra.Add($entry) }
        if (-not $item.content) { continue }
        foreach ($path in @(Get-FolderEntry $item.path)) {
            $problem = Get-OwnerProblem $path $false
            if ($problem) { return $problem }
            foreach ($entry in @(Protect-OwnPath $path -Readable $item.readable -Sddl $sddl.Replace('OICI', ''))) {
                $null = $extra.Add($entry)
            }
        }
    }
    if ($extra.Count -eq 0) { return '' }
    return Remove-ExtraAccess @($extra) $Ask
}

function Get-OwnerProblem {
    # Why a folder or file cannot be trusted at all, with the way out; empty when it can.
    param([string] $Path, [bool] $Folder)
    $security = Get-PathSecurity $Path
    $way = "エクスプローラーで「$Path」を別の名前に変えてから、もう一度開いてください。前に oqsgen を使った PC の場合は、" +
    '元に戻すための記録が入っていることがあるため、削除せずにベンダーへ連絡してください。'
    if ($security.reparse) { return "「$Path」が別の場所へのリンクになっているため、使いません。$way" }
    if ($Folder -and -not $security.folder) { return "「$Path」はフォルダーではありません。$way" }
    if (@($script:Administrators, $script:LocalSystem) -cnotcontains $security.owner) {
        return "「$Path」の所有者が管理者ではなく $(Get-AccountName $security.owner) のため、使いません。$way"
    }
    return ''
}

function Get-ExtraAccess {
    # Access entries that we did not give.
    param([string] $Path, [bool] $Readable, [string] $Sddl)
    $security = Get-PathSecurity $Path
    $extra = @(foreach ($entry in $security.entries) {
            if (-not $security.folder -and $entry.inherited) { continue }
            $ours = @($script:Administrators, $script:LocalSystem) -ccontains $entry.sid
            $reader = $Readable -and $entry.sid -ceq $script:Users -and ($entry.rights -band -bnot $script:ReadRights) -eq 0
            if ($entry.allow -and ($ours -or $reader)) { continue }
            [pscustomobject] @{ path = $Path; name = (Get-AccountName $entry.sid); sddl = $Sddl }
        })
    return $extra
}

function Protect-OwnPath {
    # The access entries that a person has to decide about. Where there are none, a folder is closed all the same against
    # what %ProgramData% hands down.
    param([string] $Path, [bool] $Readable, [string] $Sddl)
    $extra = @(Get-ExtraAccess $Path -Readable $Readable -Sddl $Sddl)
    $security = Get-PathSecurity $Path
    if ($extra.Length -eq 0 -and $security.folder -and -not $security.protected) { Protect-Path $Path $Sddl }
    return $extra
}

function Remove-ExtraAccess {
    # Names the entries that are too many and takes them out when a person agrees.
    param([object[]] $Extra, [bool] $Ask)
    Write-Line ''
    Write-Line 'oqsgen のフォルダーに、余分なアクセス権が付いています。'
    Write-Line '（エクスプローラーでフォルダーを開き、「続行」を押したときに付くことがあります）'
    foreach ($entry in $Extra) { Write-Line "　・$($entry.path) : $($entry.name)" }
    Write-Line '心当たりがないときは、外さずにベンダーへ連絡してください。'
    if (-not $Ask -or -not (Read-Agreement 'このアクセス権を外して続けるときだけ「はい」（yes か y でも同じ）と入力: ')) {
        return 'oqsgen のフォルダーに余分なアクセス権があります。心当たりがない場合は、記録が書き換えられているおそれがあるため、ベンダーへ連絡してください。'
    }
    foreach ($entry in $Extra) { Protect-Path $entry.path $entry.sddl }
    return ''
}

function Test-TrustedFolder {
    # For a reader without administrator: whether only administrators can have written here.
    param([string] $Path)
    $security = Get-PathSecurity $Path
    return ($null -ne $security -and -not $security.reparse -and @($script:Administrators, $script:LocalSystem) -ccontains $security.owner)
}

function Read-TrustedJson {
    # A file of the machine results; $null when it is not there or not the administrators'.
    param([string] $Name)
    $folder = Get-MachineFolder
    $path = [IO.Path]::Combine($folder.results, $Name)
    foreach ($part in $folder.root, $folder.results, $path) { if (-not (Test-TrustedFolder $part)) { return $null } }
    try { return ConvertFrom-Json (Read-PlainText $path 32MB) } catch { return $null }
}

function Write-TrustedJson {
    param([string] $Name, [object] $Value)
    $path = [IO.Path]::Combine((Get-MachineFolder).results, $Name)
    Initialize-File $path $script:ReadableSddl.Replace('OICI', '')
    Write-FileText $path ((ConvertTo-JsonText $Value -Indent '  ') + "`n")
}

function Get-JournalPath {
    param([string] $Scope)
    if ($Scope -ceq 'Machine') { return [IO.Path]::Combine((Get-MachineFolder).journal, 'machine.jsonl') }
    return [IO.Path]::Combine((Get-UserFolder), 'journal.jsonl')
}

$script:ResultsKept = 50

function Remove-OldResult {
    # Each start looks at who may write each of them. Names are run ids: names.json stays.
    $folder = (Get-MachineFolder).results
    $old = @(Get-FolderEntry $folder | Where-Object { [IO.Path]::GetFileName($_) -cmatch '^[0-9a-f-]{32,36}\.json$' } |
        Sort-Object -Property { [IO.File]::GetLastWriteTimeUtc($_) } -Descending | Select-Object -Skip $script:ResultsKept)
    foreach ($path in $old) { try { [IO.File]::Delete($path) } catch { continue } }
}
