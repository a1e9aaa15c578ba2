# The Windows Time service: which server it asks, and that it runs on a PC outside a domain, where by default it is
# stopped after each start of Windows (support.microsoft.com KB2385818; the triggers are its second way out).

$script:TimeParameters = 'SYSTEM\CurrentControlSet\Services\W32Time\Parameters'
$script:TimeClient = 'SYSTEM\CurrentControlSet\Services\W32Time\TimeProviders\NtpClient'
$script:TimeServers = 'SOFTWARE\Microsoft\Windows\CurrentVersion\DateTime\Servers'
# SERVICE_TRIGGER: when the first address arrives, start; when the last one goes, stop.
$script:TimeTriggers = @(
    [pscustomobject] @{ type = 2; action = 1; subtype = '4f27f2de-14e2-430b-a549-7cd48cbc8245'; data = @() }
    [pscustomobject] @{ type = 2; action = 2; subtype = 'cc4ba62a-162e-4648-847a-b6bdf993e335'; data = @() }
)

# How the service starts, and what else stands in the lists, others may have changed since.
Register-Kind 'time' -Format 2 -Ours ([ordered] @{
        server = '時刻のサーバー'; type = '時刻の合わせ方（Type）'; peers = '時刻のサーバー（NtpServer）'
    }) -Entries @{ servers = 'name' } -Get {
    param($Target)
    $service = Read-ServiceStart -Name $Target.service
    $peers = Read-TimeText $script:TimeParameters 'NtpServer'
    $client = Read-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled'
    $state = [ordered] @{
        server = Get-TimePeer $peers
        type = Read-TimeText $script:TimeParameters 'Type'
        automatic = Test-TimeAutomatic $service
        peers = $peers
        client = $null
        servers = $null
        selected = $null
        start = $service.start
        delayed = $service.delayed
        triggers = @($service.triggers)
    }
    if ($null -ne $client) { $state.client = $client.data }
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    if ($null -ne $list) {
        $state.servers = @(foreach ($value in $list) {
                if ($value.name -cne '') { [pscustomobject] @{ name = $value.name; host = [string] $value.data } }
            })
        $state.selected = @($list | Where-Object { $_.name -ceq '' } | ForEach-Object { [string] $_.data }) | Select-Object -First 1
    }
    return [pscustomobject] $state
} -Set {
    param($Target, $State)
    if ($null -eq (Get-Field $State 'start')) { $State = Get-TimeGoal $Target $State }
    Set-TimeText $script:TimeParameters 'NtpServer' $State.peers
    Set-TimeText $script:TimeParameters 'Type' $State.type
    if ($null -eq $State.client) { Remove-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled' }
    else { Set-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled' -Type 'DWord' -Data $State.client }
    Set-TimeServer $State
    Set-ServiceStart -Name $Target.service -StartType $State.start -Delayed $State.delayed -Trigger @($State.triggers)
    if ($State.start -eq 4) { Stop-Service -Name $Target.service -Force; return }
    if ($State.start -eq 2) { Start-Service -Name $Target.service }
    if ([string] (Get-Service -Name $Target.service).Status -ceq 'Running') {
        $code = Update-TimeConfig
        if ($code -ne 0) { throw "w32tm がエラーを返しました: $code" }
        # Without a line there is nobody to ask yet; whether the clock is right is another step's question.
        $null = Sync-Time
    }
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    # What was before: `server` and `automatic` come of the rest.
    if ($null -ne (Get-Field $Wanted 'start')) {
        $names = @(Get-FieldName $Wanted | Where-Object { @('server', 'automatic') -cnotcontains $_ })
        return (Test-Wanted (Select-Field $Wanted $names) $Found)
    }
    if ($Found.server -ne $Wanted.server -or $Found.type -ne $Wanted.type -or $Found.automatic -ne $Wanted.automatic) { return $false }
    return ($null -eq $Found.client -or $Found.client -ne 0)
} -ReadOlder {
    # Format 1 also told what a group policy says.
    param($State, $Format)
    if ($null -eq $State) { return $null }
    return [pscustomobject] (Select-Field $State @(Get-FieldName $State | Where-Object { $_ -cne 'policy' }))
}

function Read-TimeText {
    param([string] $Key, [string] $Name)
    $entry = Read-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name
    if ($null -eq $entry) { return $null }
    return [string] $entry.data
}

function Set-TimeText {
    param([string] $Key, [string] $Name, [object] $Text)
    if ($null -eq $Text) { Remove-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name }
    else { Set-RegistryEntry -Hive 'HKLM' -Key $Key -Name $Name -Type 'String' -Data $Text }
}

function Get-TimePeer {
    # The host of a list of peers that holds one, asked as a client (flag 8) or at an interval (1) and not only in need (2).
    param([string] $Peers)
    $all = @($Peers -split '\s+' | Where-Object { $_ -cne '' })
    if ($all.Length -ne 1) { return $null }
    $parts = $all[0].Split(',')
    $flags = 0
    if ($parts.Length -eq 2 -and $parts[1] -match '^0x([0-9a-fA-F]{1,4})$') { $flags = [Convert]::ToInt32($Matches[1], 16) }
    if (($flags -band 9) -eq 0 -or ($flags -band 2) -ne 0) { return $null }
    return $parts[0].ToLowerInvariant()
}

function Test-TimeAutomatic {
    # Started with Windows, and not stopped again because the PC is in no domain (trigger type 3, action 2).
    param([object] $Service)
    return ($Service.start -eq 2 -and @($Service.triggers | Where-Object { $_.type -eq 3 -and $_.action -eq 2 }).Length -eq 0)
}

function Get-TimeGoal {
    # The whole state that a plan's wanted state comes to on this PC.
    param([object] $Target, [object] $Wanted)
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    $servers = @(foreach ($value in $list) {
            if ($null -ne $value -and $value.name -cne '') { [pscustomobject] @{ name = $value.name; host = [string] $value.data } }
        })
    # The control panel's list: a number for each host, and the number of the chosen one.
    $same = @($servers | Where-Object { $_.host -eq $Wanted.server -and $_.name -match '^\d+$' })
    if ($same.Length -gt 0) { $selected = $same[0].name }
    else {
        $numbers = @($servers | Where-Object { $_.name -match '^\d{1,6}$' } | ForEach-Object { [int] $_.name }) + 0
        $selected = [string] (($numbers | Measure-Object -Maximum).Maximum + 1)
        $servers += [pscustomobject] @{ name = $selected; host = $Wanted.server }
    }
    $client = Read-RegistryEntry -Hive 'HKLM' -Key $script:TimeClient -Name 'Enabled'
    $enabled = $null
    if ($null -ne $client) { $enabled = 1 }
    $service = Read-ServiceStart -Name $Target.service
    return [pscustomobject] @{
        peers = "$($Wanted.server),0x9"; type = $Wanted.type; client = $enabled; servers = $servers; selected = $selected
        start = 2; delayed = $service.delayed; triggers = $script:TimeTriggers
    }
}

function Set-TimeServer {
    # Makes the control panel's list exactly that of the state.
    param([object] $State)
    $wanted = @(Get-Field $State 'servers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $list = Read-RegistryKey -Hive 'HKLM' -Key $script:TimeServers
    foreach ($value in $list) {
        if ($value.name -cne '' -and @($wanted | ForEach-Object { $_.name }) -notcontains $value.name) {
            Remove-RegistryEntry -Hive 'HKLM' -Key $script:TimeServers -Name $value.name
        }
    }
    foreach ($server in $wanted) {
        Set-RegistryEntry -Hive 'HKLM' -Key $script:TimeServers -Name $server.name -Type 'String' -Data $server.host
    }
    Set-TimeText $script:TimeServers '' $State.selected
    if ($null -eq $State.servers) { $null = Remove-EmptyRegistryKey -Hive 'HKLM' -Key $script:TimeServers }
}
