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

    Context 'and the outcome of its last run' {
        BeforeEach {
            Invoke-Set 'task' $target $wanted
            function Set-Run { param([string] $Hex) Edit-Pc { param($machine) Set-FakeField $machine.tasks.'\定刻に再起動' 'result' ([Convert]::ToInt32($Hex, 16)); Set-FakeField $machine.tasks.'\定刻に再起動' 'at' '2026-11-21 02:13' } }
        }

        It '<code>: is not as wanted, says why, asks for the password, and is registered anew' -ForEach @(
            @{ code = '8007052E'; said = 'OqsComApp のパスワードが、タスクを登録したときから変わっています' }
            @{ code = '8007052F'; said = 'パスワードがないか' }, @{ code = '80070532'; said = '有効期限' }
            @{ code = '80070773'; said = '次のサインイン' }, @{ code = '8004130F'; said = '失われています' }
        ) {
            $after = Copy-State (Get-State 'task' $target)
            Set-Run $code
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Other-2' }
            $found = Get-State 'task' $target
            Test-Kind 'task' $wanted $found | Should -BeFalse
            $found.message | Should -Match $said
            $found.message | Should -Match "0x$code"
            foreach ($kind in 'task-run', 'task-history') { (Get-State $kind $target).message | Should -BeExactly $found.message }
            (Get-Kind 'task').secret.Invoke($target, $wanted, $found) | Should -BeExactly 'OqsComApp'
            Test-OurWork ([pscustomobject] @{ kind = 'task'; settled = $true; after = $after }) $found | Should -BeTrue
            $script:Secret['OqsComApp'] = Get-TestSecret 'Other-2'
            Invoke-Set 'task' $target $wanted
            Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeTrue
            # Its last run stays with it, as on Windows; what comes of the next one counts.
            (Read-TaskRun '\' $target.name).at | Should -Not -BeNullOrEmpty
            Edit-Pc { param($machine) $machine.tasks.'\定刻に再起動'.at = '2026-11-22 02:13' }
            Test-Kind 'task' $wanted (Get-State 'task' $target) | Should -BeFalse
        }

        It 'is there at each moment while it is registered anew' {
            Set-Run '8007052E'
            Mock Register-Task { throw 'killed' }
            { Invoke-Set 'task' $target $wanted } | Should -Throw 'killed'
            Read-Task '\' $target.name | Should -Not -BeNullOrEmpty
        }

        It 'counts a run before <date> as it is: <refused>' -ForEach @(
            @{ date = '2026-11-21T02:14:00'; refused = $false }, @{ date = '2026-11-21T02:13:00.5'; refused = $false }
            @{ date = '2026-11-21T02:13:00'; refused = $true }, @{ date = '2026-11-21T23:00:00'; refused = $true }
            @{ date = 'yesterday'; refused = $true }, @{ date = ''; refused = $true }
        ) {
            Set-Run '8007052E'
            Edit-Pc { param($machine) $machine.tasks.'\定刻に再起動'.xml = $machine.tasks.'\定刻に再起動'.xml -replace '<RegistrationInfo>[\s\S]*</RegistrationInfo>', '' -replace '(<Task [^>]*>)', "`$1<RegistrationInfo><Date>$date</Date></RegistrationInfo>" }
            $null -ne (Get-Field (Get-State 'task' $target) 'refused') | Should -Be $refused
        }

        It '<code>: no other password would mend it, and it is named all the same' -ForEach @(
            @{ code = '80070533'; said = '無効' }, @{ code = '80070569'; said = 'バッチ ジョブ' }, @{ code = '80070701'; said = '有効期限' }, @{ code = '80070775'; said = 'ロック' }
        ) {
            Set-Run $code
            $found = Get-State 'task' $target
            Test-Kind 'task' $wanted $found | Should -BeTrue
            $found.warning | Should -Match $said
            (Get-State 'task-history' $target).message | Should -BeExactly $found.warning
        }

        It 'says nothing of other results, nor where no password is stored' {
            foreach ($code in '00000000', '00041303', '000004A7') { Set-Run $code; Get-FieldName (Get-State 'task' $target) | Should -Be @('xml', 'enabled') }
            Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml @{ 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' }) })
            Set-Run '8007052E'
            Get-FieldName (Get-State 'task' $target) | Should -Be @('xml', 'enabled')
        }

        It 'puts back what was there before, whatever its run said' {
            Set-Run '8007052E'
            $before = Copy-State (Get-State 'task' $target)
            Invoke-Set 'task' $target ([pscustomobject] @{ xml = (Get-TaskXml @{ 'T02:13:00' = 'T02:14:00' }) })
            Invoke-Set 'task' $target $before
            Test-Kind 'task' $before (Get-State 'task' $target) | Should -BeTrue
            Set-Run '8007052E'
            Test-Kind 'task' $before (Get-State 'task' $target) | Should -BeTrue
        }
    }

    It 'takes the password of another account for S4U too, and none for its own' {
        $s4u = [pscustomobject] @{ xml = (Get-TaskXml @{ '<LogonType>Password' = '<LogonType>S4U' }) }
        $script:FakeSession = [pscustomobject] @{ as = 'setup'; elevated = $true }
        & $kind.secret $target $s4u $null | Should -BeExactly 'OqsComApp'
        $script:Secret = @{}
        { Invoke-Set 'task' $target $s4u } | Should -Throw '*入力されていません*'
        $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'
        Invoke-Set 'task' $target $s4u
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
        Test-Kind 'task' $s4u (Get-State 'task' $target) | Should -BeTrue
        & $kind.secret $target $s4u $null | Should -BeNullOrEmpty
        $script:Secret = @{}
        Invoke-Set 'task' $target $s4u
    }
}
