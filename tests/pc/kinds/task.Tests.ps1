BeforeAll {
    . "$PSScriptRoot/Pc.ps1"

    function Get-TaskXml {
        # As the plan has it, with some text replaced.
        param([hashtable] $Change = @{})
        $xml = [IO.File]::ReadAllText("$PSScriptRoot/task.xml")
        foreach ($old in $Change.Keys) {
            if (-not $xml.Contains($old)) { throw "not in the task: $old" }
            $xml = $xml.Replace($old, $Change[$old])
        }
        return $xml
    }
}

Describe 'task' {
    BeforeEach {
        Initialize-Pc
        Edit-Pc { param($machine) $machine.accounts | Add-Member -NotePropertyName 'OqsComApp' -NotePropertyValue (ConvertFrom-Json '{"sid": "S-1-5-21-1-2-3-1002", "password": "Oqs-1", "profile": true, "enabled": true, "administrator": true, "passwordNeverExpires": true, "users": true}') }
        $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'
        $target = [pscustomobject] @{ path = '\'; name = '定刻に再起動' }
        $wanted = [pscustomobject] @{ xml = (Get-TaskXml) }
        $kind = Get-Kind 'task'
    }

    It 'registers with the SID and the password, and deletes again' {
        $after = Invoke-RoundTrip 'task' $target $wanted
        $after.xml | Should -Match '<UserId>S-1-5-21-1-2-3-1002</UserId>'
        $after.enabled | Should -BeTrue
    }

    It 'says whose password a task needs' {
        & $kind.secret $target $wanted $null | Should -BeExactly 'OqsComApp'
        & $kind.secret $target $null $null | Should -BeNullOrEmpty
        Invoke-Set 'task' $target $wanted
        & $kind.secret $target (Copy-State (Get-State 'task' $target)) $null | Should -BeExactly 'OqsComApp'
        & $kind.secret $target ([pscustomobject] @{ xml = (Get-TaskXml @{ 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' }) }) $null | Should -BeNullOrEmpty
    }

    It 'fails without the right password' {
        $script:Secret['OqsComApp'] = Get-TestSecret 'wrong'
        { Invoke-Set 'task' $target $wanted } | Should -Throw
        Get-State 'task' $target | Should -BeNullOrEmpty
        $script:Secret = @{}
        { Invoke-Set 'task' $target $wanted } | Should -Throw
    }

    It 'fails clearly while the account does not exist' {
        Remove-LocalUser -SID 'S-1-5-21-1-2-3-1002'
        { Invoke-Set 'task' $target $wanted } | Should -Throw '*OqsComApp*ありません*'
    }

    It 'replaces another task and puts it back word for word' {
        $other = Get-TaskXml @{
            '<Description>' = '<Date>2020-02-03T04:05:06</Date><Author>某社</Author><Description>'; 'T02:13:00' = 'T05:00:00'
            'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = ''; '<Enabled>true</Enabled>
    <ExecutionTimeLimit>' = '<Enabled>false</Enabled>
    <ExecutionTimeLimit>'
        }
        Write-Task -Path '\' -Name $target.name -Xml $other -User '' -Secret $null -LogonType 5
        $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'
        (Get-State 'task' $target).enabled | Should -BeFalse
        $null = Invoke-RoundTrip 'task' $target $wanted
        (Read-Task '\' $target.name).xml | Should -Match '2020-02-03T04:05:06'
    }

    It 'is as wanted with <name>' -ForEach @(
        @{ name = 'the command typed by hand'; change = @{ '%SystemRoot%\System32\shutdown.exe' = 'shutdown' } }
        @{ name = 'the full path'; change = @{ '%SystemRoot%\System32\shutdown.exe' = '"C:\Windows\system32\shutdown.exe"' } }
        @{ name = 'a first day that has come'; change = @{ '2024-01-01' = '2026-11-20' } }
        @{ name = 'defaults written out'; change = @{ '</Settings>' = '<AllowHardTerminate>true</AllowHardTerminate><IdleSettings><StopOnIdleEnd>true</StopOnIdleEnd></IdleSettings><Priority>7</Priority></Settings>' } }
        @{ name = 'defaults left out'; change = @{ '      <Enabled>true</Enabled>
' = ''; '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>' = ''; '<DaysInterval>1</DaysInterval>' = '' } }
        @{ name = 'sixty minutes for an hour'; change = @{ 'PT1H' = 'PT60M' } }
        @{ name = 'the account''s full name'; change = @{ 'OqsComApp' = 'OQS-01\OqsComApp' } }
        @{ name = 'another description'; change = @{ '定刻に再起動' = '再起動' } }
    ) {
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml $change) })
        Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeTrue
    }

    It 'is not as wanted with <name>' -ForEach @(
        @{ name = 'another time'; change = @{ 'T02:13:00' = 'T02:14:00' } }
        @{ name = 'a first day to come'; change = @{ '2024-01-01' = '2026-11-22' } }
        @{ name = 'UTC'; change = @{ 'T02:13:00' = 'T02:13:00Z' } }
        @{ name = 'every second day'; change = @{ '<DaysInterval>1' = '<DaysInterval>2' } }
        @{ name = 'a trigger that is off'; change = @{ '      <Enabled>true</Enabled>
' = '<Enabled>false</Enabled>' } }
        @{ name = 'a second trigger'; change = @{ '</Triggers>' = '<BootTrigger><Delay>PT1M</Delay></BootTrigger></Triggers>' } }
        @{ name = 'a random delay'; change = @{ '<ScheduleByDay>' = '<RandomDelay>PT5M</RandomDelay><ScheduleByDay>' } }
        @{ name = 'another program'; change = @{ 'System32\shutdown.exe' = 'Temp\shutdown.exe' } }
        @{ name = 'other arguments'; change = @{ '/r /t 0' = '/s /t 0' } }
        @{ name = 'fewer rights'; change = @{ 'HighestAvailable' = 'LeastPrivilege' } }
        @{ name = 'another logon'; change = @{ '<LogonType>Password' = '<LogonType>InteractiveToken' } }
        @{ name = 'battery rules'; change = @{ '<DisallowStartIfOnBatteries>false' = '<DisallowStartIfOnBatteries>true' } }
        @{ name = 'a start made up for'; change = @{ '<StartWhenAvailable>false' = '<StartWhenAvailable>true' } }
        @{ name = 'another limit'; change = @{ 'PT1H' = 'PT2H' } }
        @{ name = 'a task that is off'; change = @{ '<Enabled>true</Enabled>
    <ExecutionTimeLimit>' = '<Enabled>false</Enabled><ExecutionTimeLimit>' } }
    ) {
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml $change) })
        Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeFalse
    }

    It 'sees a task that somebody switched off' {
        Invoke-Set 'task' $target $wanted
        Edit-Pc { param($machine) $machine.tasks.'\定刻に再起動'.enabled = $false }
        Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeFalse
        Invoke-Set 'task' $target $wanted
        Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeTrue
    }

    It 'gives SYSTEM the logon of a service' {
        Mock Write-Task { }
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml @{ 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' }) })
        Should -Invoke Write-Task -Times 1 -ParameterFilter { $LogonType -eq 5 -and $User -eq '' -and $null -eq $Secret }
    }

    It 'never gives the service a document with a prolog' {
        Mock Write-Task { }
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = '<?xml version="1.0" encoding="UTF-16"?>' + (Get-TaskXml) })
        Should -Invoke Write-Task -Times 1 -ParameterFilter { $Xml.StartsWith('<Task') -and $LogonType -eq 1 -and $User -ceq 'OQS-01\OqsComApp' }
    }
}

Describe 'task-time and task-history' {
    BeforeEach {
        Initialize-Pc
        $target = [pscustomobject] @{ path = '\'; name = '定刻に再起動' }
        function Add-Task {
            param([string] $Start, [hashtable] $Change = @{})
            $xml = Get-TaskXml (@{ '2024-01-01T02:13:00' = $Start; 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' } + $Change)
            Write-Task -Path '\' -Name $target.name -Xml $xml -User '' -Secret $null -LogonType 5
        }
    }

    It '<time> is <ok> for <wanted>' -ForEach @(
        @{ time = '02:13'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }, @{ time = '03:49'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }
        @{ time = '03:50'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $false }, @{ time = '04:10'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $false }
        @{ time = '04:11'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }, @{ time = '09:00'; wanted = '{"outside": ["03:50-04:10", "09:00-18:30"]}'; ok = $false }
        @{ time = '23:30'; wanted = '{"outside": ["22:00-05:00"]}'; ok = $false }, @{ time = '05:01'; wanted = '{"outside": ["22:00-05:00"]}'; ok = $true }
        @{ time = '02:10'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $false }, @{ time = '02:15'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $false }
        @{ time = '02:13'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $true }, @{ time = '23:59'; wanted = '{"outside": ["09:00-24:00"]}'; ok = $false }
    ) {
        Add-Task "2024-01-01T${time}:00"
        Test-Kind 'task-time' (ConvertFrom-Text $wanted) (Get-State 'task-time' $target) | Should -Be $ok
    }

    It 'finds no time in a task that is absent or not daily' {
        $wanted = ConvertFrom-Text '{"outside": ["03:50-04:10"]}'
        Get-State 'task-time' $target | Should -BeNullOrEmpty
        Test-Kind 'task-time' $wanted $null | Should -BeFalse
        Add-Task '2024-01-01T02:13:00' @{ '</Triggers>' = '<BootTrigger/></Triggers>' }
        Test-Kind 'task-time' $wanted (Get-State 'task-time' $target) | Should -BeFalse
    }

    It 'knows the last run' {
        $wanted = ConvertFrom-Text '{"lastResult": 0, "rebooted": true}'
        Get-State 'task-history' $target | Should -BeNullOrEmpty
        Add-Task '2024-01-01T02:13:00'
        (Get-State 'task-history' $target).unknown | Should -Match '実行されていません'
        Edit-Pc { param($machine)
            $task = $machine.tasks.'\定刻に再起動'
            $task | Add-Member -NotePropertyName 'at' -NotePropertyValue '2026-11-21 02:13'
            $task | Add-Member -NotePropertyName 'result' -NotePropertyValue 0
            $machine | Add-Member -NotePropertyName 'uptime' -NotePropertyValue 585 -Force
        }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.uptime = 700 }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine.uptime = 585; $machine.tasks.'\定刻に再起動'.result = 1 }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeFalse
    }
}
