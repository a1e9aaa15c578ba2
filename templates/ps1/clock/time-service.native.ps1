# How a service starts, triggers included, through the service control manager: what is written to the registry behind
# its back counts only after a restart, and sc.exe answers in the language of the PC.
# https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_trigger

function Read-ServiceStart {
    # start: 2 automatic, 3 manual, 4 disabled; delayed; triggers: type, action (1 start, 2 stop), subtype GUID, data: type, bytes.
    param([string] $Name)
    Import-NativeType
    $triggers = @(foreach ($trigger in [OqsGen.ServiceStart]::ReadTriggers($Name)) {
            $data = @(for ($i = 0; $i -lt $trigger.Data.Count; $i++) {
                    [pscustomobject] @{ type = $trigger.DataTypes[$i]; bytes = @($trigger.Data[$i]) }
                })
            [pscustomobject] @{ type = $trigger.Type; action = $trigger.Action; subtype = $trigger.Subtype; data = $data }
        })
    return [pscustomobject] @{
        start = [OqsGen.ServiceStart]::Start($Name)
        delayed = [OqsGen.ServiceStart]::Delayed($Name)
        triggers = $triggers
    }
}

function Set-ServiceStart {
    # Takes what Read-ServiceStart gives.
    param([string] $Name, [int] $StartType, [bool] $Delayed, [object[]] $Trigger)
    Import-NativeType
    $triggers = @(foreach ($entry in @($Trigger)) {
            $native = New-Object OqsGen.ServiceTrigger
            $native.Type = [int] $entry.type
            $native.Action = [int] $entry.action
            $native.Subtype = [string] $entry.subtype
            foreach ($item in @($entry.data)) { $native.Add([int] $item.type, [byte[]] @($item.bytes)) }
            $native
        })
    [OqsGen.ServiceStart]::WriteTriggers($Name, [OqsGen.ServiceTrigger[]] $triggers)
    [OqsGen.ServiceStart]::ChangeStart($Name, $StartType, $Delayed)
}

function Update-TimeConfig {
    # Tells the running time service to read its configuration again; the exit code.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'w32tm.exe')
    $null = & $program '/config' '/update'
    return $LASTEXITCODE
}

function Sync-Time {
    # Has the running time service ask its server now, without waiting for the answer; the exit code.
    $program = [IO.Path]::Combine([Environment]::SystemDirectory, 'w32tm.exe')
    $null = & $program '/resync' '/rediscover' '/nowait'
    return $LASTEXITCODE
}
