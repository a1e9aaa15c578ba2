# Shortcuts of ours. The doors to the copy (copy.ps1): an icon on OqsComApp's desktop while work is open, and an entry in the Start
# menu of all accounts as long as the copy is there. And an icon that opens the page of the day (day.ps1) which the person's passes
# wrote last. No steps: like the copy and the page they are our own. Ours is a shortcut whose note says that it leads into the
# folder of copies, or of that person's results; any other file of that name is somebody's and stays.

$script:IconName = '資格確認端末の設定の続き'
$script:PageName = '資格確認端末の設定の結果'
$script:EntryName = 'オンライン資格確認端末の設定'

function Get-IconPath { return (Get-DesktopFolder) + "\$($script:IconName).lnk" }

function Get-PageIconPath { return (Get-DesktopFolder) + "\$($script:PageName).lnk" }

function Get-EntryPath { return (Get-StartMenuFolder) + "\$($script:EntryName).lnk" }

function Get-DoorNote {
    # What is shown of a shortcut to a place; of one to any place of its folder only the beginning, without a place.
    param([string] $Path, [string] $Target = '')
    $says = '設定'
    $folder = (Get-MachineFolder).bundle
    if ($Path.EndsWith("\$script:PageName.lnk", [StringComparison]::Ordinal)) { $says, $folder = '結果の 1 枚', (Get-ResultHome) }
    $beginning = "${says}を開きます: $folder"
    if (-not $Target) { return $beginning }
    return $beginning + $Target.Substring($folder.Length) + ' '
}

function Test-Door {
    # Whether the file at a path is a shortcut of ours: to that place, or without one to any of its folder.
    param([string] $Path, [string] $Target = '')
    if (-not (Test-FilePresence -Path $Path)) { return $false }
    # A letter a byte: the note may begin at any.
    $bytes = [Text.Encoding]::GetEncoding(28591)
    try { $text = $bytes.GetString((Read-FileByte -Path $Path -Limit 64KB)) } catch { return $false }
    return $text.Contains($bytes.GetString([Text.Encoding]::Unicode.GetBytes((Get-DoorNote $Path $Target))))
}

function Set-Door {
    # Makes a shortcut, or leads it elsewhere. What cannot be done is said, and holds nothing up.
    param([string] $Path, [string] $Target)
    try {
        if (Test-Door $Path $Target) { return }
        if ((Test-FilePresence -Path $Path) -and -not (Test-Door $Path)) {
            Write-Line "同じ名前のファイルがあるため、ショートカットを作りませんでした: $Path"
            return
        }
        Write-ShellLink -Path $Path -Target $Target -Note (Get-DoorNote $Path $Target)
    }
    catch { Write-Line "ショートカットを作れませんでした: $(Get-ErrorText $_)" }
}

function Remove-Door {
    # With what is left of it where making it was cut short.
    param([string] $Path)
    try {
        if (Test-Door $Path) { Remove-ShellLink -Path $Path }
        if (Test-FilePresence -Path "$Path.new") { Remove-ShellLink -Path "$Path.new" }
    }
    catch { Write-Line "ショートカットを消せませんでした: $(Get-ErrorText $_)" }
}

function Update-Entry {
    # The machine's door, once the copy is there.
    param([object] $Pass)
    if ($Pass.mode -ceq 'Apply' -and (Test-InCopy $Pass)) { Set-Door (Get-EntryPath) $Pass.root }
}

function Update-Icon {
    # OqsComApp's door: there from the beginning of its pass, so that it is also there after a power cut; gone with the open work.
    param([object] $Pass, [bool] $Open)
    if ($Pass.mode -cne 'Apply' -or $Pass.session.role -cne 'account' -or -not (Test-InCopy $Pass)) { return }
    if ($Open) { Set-Door (Get-IconPath) ([IO.Path]::Combine($Pass.root, '1_適用.cmd')) } else { Remove-Door (Get-IconPath) }
}

function Update-PageIcon {
    # The door to the page that a pass of this person has just written: made by 1_適用, led on by what only looks, the next morning
    # too. Whether it leads there. A pass that was refused saw nothing to be shown.
    param([object] $Pass, [object] $Report, [string] $Page)
    if ($Pass.mode -ceq 'Rollback' -or @('account', 'staff') -cnotcontains $Pass.session.role) { return $false }
    if (-not $Page -or (Test-Refused $Report)) { return $false }
    $path = Get-PageIconPath
    if ($Pass.mode -ceq 'Verify' -and -not (Test-Door $path)) { return $false }
    Set-Door $path $Page
    return (Test-Door $path $Page)
}

function Remove-PersonDoor {
    # Undoing takes away what the person at work has of them.
    Remove-Door (Get-IconPath)
    Remove-Door (Get-PageIconPath)
}

function Test-WorkLeft {
    # Whether a person has something left to do: more than what the PC sees by itself another day.
    param([object] $Pass, [object] $Report)
    $itself = @(Get-NextDayStep $Pass)
    $left = @(Find-WrongResult $Report) + @($Report.open)
    if (@($left | Where-Object { $itself -cnotcontains $_.id }).Length -gt 0) { return $true }
    return ($left.Length -eq 0 -and $Report.exit -ne 0)
}

function Get-NextDayStep {
    # The ids of what the PC sees by itself the next morning.
    param([object] $Pass)
    foreach ($number in @(Get-Field $Pass.plan 'numbers' | ForEach-Object { $_ })) {
        if ([string] (Get-Field $number 'id') -ceq 'next-day') { @($number.steps) }
    }
}
