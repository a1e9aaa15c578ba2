# Rights to sign in. machine.json: logonRights.<right> = list of SIDs.

function Get-LogonRightHolder {
    param([string] $Right)
    Assert-Elevated
    return , @(Get-FakeField (Get-FakePart (Get-Machine) 'logonRights') $Right @() | ForEach-Object { $_ })
}

function Write-FakeLogonRight {
    param([string] $Right, [string[]] $Sids)
    Assert-Elevated
    if ($Right -cnotmatch '^Se(Deny)?(Interactive|Network|Batch|Service|RemoteInteractive)LogonRight$') { throw (New-Object ComponentModel.Win32Exception(1313, '指定された特権はありません。')) }
    $machine = Read-Machine
    $rights = Get-FakePart $machine 'logonRights'
    if ($Sids.Length -eq 0) { $rights.PSObject.Properties.Remove($Right) } else { Set-FakeMember $rights $Right @($Sids) }
    Write-Machine $machine
}

function Grant-LogonRight {
    param([string] $Sid, [string] $Right)
    Write-FakeLogonRight $Right @((Get-LogonRightHolder -Right $Right) + $Sid | Select-Object -Unique)
}

function Revoke-LogonRight {
    param([string] $Sid, [string] $Right)
    Write-FakeLogonRight $Right @((Get-LogonRightHolder -Right $Right) | Where-Object { $_ -cne $Sid })
}
