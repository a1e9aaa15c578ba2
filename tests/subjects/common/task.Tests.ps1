BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

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
        Register-Task -Path '\' -Name $target.name -Xml $other -User '' -Secret $null -LogonType 5
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
        Mock Register-Task { }
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml @{ 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' }) })
        Should -Invoke Register-Task -Times 1 -ParameterFilter { $LogonType -eq 5 -and $User -eq '' -and $null -eq $Secret }
    }

    It 'never gives the service a document with a prolog' {
        Mock Register-Task { }
        Invoke-Set 'task' $target ([pscustomobject] @{ xml = '<?xml version="1.0" encoding="UTF-16"?>' + (Get-TaskXml) })
        Should -Invoke Register-Task -Times 1 -ParameterFilter { $Xml.StartsWith('<Task') -and $LogonType -eq 1 -and $User -ceq 'OQS-01\OqsComApp' }
    }
}
