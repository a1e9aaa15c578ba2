BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $wanted = ConvertFrom-Text '{"account": "OqsComApp", "delay": null}'
    $delayed = ConvertFrom-Text '{"account": "OqsComApp", "delay": "PT30S"}'
    $small = '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers>{0}</Triggers><Principals><Principal id="Author">{1}</Principal></Principals><Settings/><Actions><Exec><Command>"C:\連携\表.exe"</Command></Exec></Actions></Task>'
    $author = '<UserId>S-1-5-21-9-9-9-1001</UserId><LogonType>Password</LogonType>'
    $tools = 'C:\Program Files\OQS\OQSComApp\tools'

    function ConvertTo-FileContent {
        # Text in some encoding as the fake keeps it.
        param([string] $Text, [Text.Encoding] $Encoding)
        return [pscustomobject] @{ base64 = [Convert]::ToBase64String(@($Encoding.GetPreamble()) + $Encoding.GetBytes($Text)) }
    }

    function Get-Target { param([string] $Name) return [pscustomobject] @{ path = '\'; name = $Name; file = "$tools\$Name.xml" } }
}

Describe 'vendor-task' {
    It '<name>: registers what the installer brought for OqsComApp, and deletes it again' -ForEach @(
        @{ name = 'OQS_exec_comappdelfile_periodic' }, @{ name = 'OQS_exec_comappdelfile_running' }
        @{ name = 'OQS_exec_comappstart' }, @{ name = 'OQS_exec_distroappstart' }
    ) {
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = Get-Target $name
        (Get-Kind 'vendor-task').secret.Invoke($target, $wanted, $null) | Should -BeExactly 'OqsComApp'
        $after = Invoke-RoundTrip 'vendor-task' $target $wanted
        $after.xml | Should -Match '<LogonType>Password</LogonType><RunLevel>HighestAvailable</RunLevel><UserId>S-1-5-21-1-2-3-1002</UserId>'
        $after.xml | Should -Not -Match '1111111111'
        $after.enabled | Should -BeTrue
    }

    It 'keeps the Repetition, with a delay and without' {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        foreach ($goal in $wanted, $delayed) {
            $after = Invoke-RoundTrip 'vendor-task' (Get-Target $name) $goal
            $after.xml | Should -Match '<Repetition><Interval>PT1H</Interval>'
            ($after.xml -match '<Enabled>true</Enabled><Delay>PT30S</Delay></BootTrigger>') | Should -Be ($goal -eq $delayed)
        }
    }

    It 'waits for the installer, but undoes without it' {
        Initialize-Installed @{}
        (Get-State 'vendor-task' (Get-Target 'x')).unknown | Should -Match 'まだ導入されていません'
        $script:Pass = [pscustomobject] @{ mode = 'Rollback' }
        Get-State 'vendor-task' (Get-Target 'x') | Should -BeNullOrEmpty
    }

    It 'finds the file by the name that one manual misspells' {
        $name = 'OQS_exec_comappdelfile_running'
        Initialize-Installed @{ "$tools\OQS_exec_comappdelfine_running.xml" = (Get-VendorFile $name) }
        $null = Invoke-RoundTrip 'vendor-task' (Get-Target $name) $wanted
    }

    It 'reads <name>' -ForEach @(
        @{ name = 'Shift_JIS'; prolog = '<?xml version="1.0" encoding="Shift_JIS"?>'; page = 932 }
        @{ name = 'UTF-8 without a mark'; prolog = '<?xml version="1.0" encoding="UTF-8"?>'; page = 0 }
        @{ name = 'UTF-8 without a prolog'; prolog = ''; page = 0 }
        @{ name = 'UTF-8 that says UTF-16'; prolog = '<?xml version="1.0" encoding="UTF-16"?>'; page = 0 }
        @{ name = 'UTF-8 with a mark'; prolog = '<?xml version="1.0"?>'; page = 65001 }
        @{ name = 'UTF-16'; prolog = '<?xml version="1.0" encoding="UTF-16"?>'; page = 1200 }
        @{ name = 'UTF-16, the other way round'; prolog = '<?xml version="1.0" encoding="UTF-16"?>'; page = 1201 }
    ) {
        $encoding = New-Object Text.UTF8Encoding($false)
        if ($page -ne 0) { $encoding = [Text.Encoding]::GetEncoding($page) }
        Initialize-Installed @{ "$tools\x.xml" = (ConvertTo-FileContent ($prolog + ($small -f '<BootTrigger/>', $author)) $encoding) }
        (Invoke-RoundTrip 'vendor-task' (Get-Target 'x') $wanted).xml | Should -Match '連携\\表\.exe'
    }

    It 'refuses <name>' -ForEach @(
        @{ name = 'entities'; text = '<!DOCTYPE Task [<!ENTITY a "b">]><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">&a;</Task>' }
        @{ name = 'what is outside'; text = '<!DOCTYPE Task SYSTEM "http://example.com/a.dtd"><Task/>' }
        @{ name = 'another document'; text = '<Other/>' }
        @{ name = 'no XML'; text = 'Task' }
        @{ name = 'nothing'; text = '' }
    ) {
        Initialize-Installed @{ "$tools\x.xml" = (ConvertTo-FileContent $text (New-Object Text.UTF8Encoding($false))) }
        { Invoke-Set 'vendor-task' (Get-Target 'x') $wanted } | Should -Throw '*読めません*'
        Read-Task '\' 'x' | Should -BeNullOrEmpty
    }

    It 'registers nothing where <case>' -ForEach @(
        @{ case = 'somebody else owns the file'; place = 'file'; owner = 'S-1-5-21-1-2-3-1001'; sid = $null; type = 0; link = $false }
        @{ case = 'somebody else may change the file'; place = 'file'; owner = 'S-1-5-18'; sid = 'S-1-5-21-1-2-3-1001'; type = 0; link = $false }
        @{ case = 'users may write on a condition'; place = 'file'; owner = 'S-1-5-18'; sid = 'S-1-5-32-545'; type = 9; link = $false }
        @{ case = 'users may put files into its folder'; place = 'folder'; owner = 'S-1-5-32-544'; sid = 'S-1-5-32-545'; type = 0; link = $false }
        @{ case = 'a folder above leads elsewhere'; place = 'above'; owner = 'S-1-5-32-544'; sid = $null; type = 0; link = $true }
        @{ case = 'somebody else owns a folder above'; place = 'above'; owner = 'S-1-5-21-1-2-3-1001'; sid = $null; type = 0; link = $false }
    ) {
        $name = 'OQS_exec_comappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        Open-PathToOther "$tools\$name.xml" $_
        { Invoke-Set 'vendor-task' (Get-Target $name) $wanted } | Should -Throw '*管理者以外*'
        Read-Task '\' $name | Should -BeNullOrEmpty
    }

    It 'puts OqsComApp in the place of <name>, and stores its password' -ForEach @(
        @{ name = 'a group'; principal = '<GroupId>S-1-5-32-545</GroupId>' }
        @{ name = 'the system'; principal = '<UserId>S-1-5-18</UserId>' }
        @{ name = 'a name of another PC'; principal = '<UserId>BUILD-PC\developer</UserId><LogonType>Password</LogonType>' }
        @{ name = 'nobody'; principal = '' }
    ) {
        Initialize-Installed @{ "$tools\x.xml" = (ConvertTo-FileContent ($small -f '<LogonTrigger><UserId>BUILD-PC\developer</UserId></LogonTrigger>', $principal) (New-Object Text.UTF8Encoding($false))) }
        $after = Invoke-RoundTrip 'vendor-task' (Get-Target 'x') $wanted
        [regex]::Matches($after.xml, '<UserId>S-1-5-21-1-2-3-1002</UserId>').Count | Should -Be 2
        $after.xml | Should -Match '<LogonType>Password</LogonType>'
        $after.xml | Should -Not -Match 'GroupId'
    }

    It 'keeps a logon that takes no password' {
        Initialize-Installed @{ "$tools\x.xml" = (ConvertTo-FileContent ($small -f '<BootTrigger/>', '<UserId>a</UserId><LogonType>InteractiveToken</LogonType>') (New-Object Text.UTF8Encoding($false))) }
        (Get-Kind 'vendor-task').secret.Invoke((Get-Target 'x'), $wanted, $null) | Should -BeNullOrEmpty
        $script:Secret = @{}
        (Invoke-RoundTrip 'vendor-task' (Get-Target 'x') $wanted).xml | Should -Match 'InteractiveToken'
    }

    It 'fails where no trigger can be delayed' {
        Initialize-Installed @{ "$tools\x.xml" = (ConvertTo-FileContent ($small -f '<TimeTrigger><StartBoundary>2020-01-01T00:00:00</StartBoundary></TimeTrigger>', $author) (New-Object Text.UTF8Encoding($false))) }
        { Invoke-Set 'vendor-task' (Get-Target 'x') $delayed } | Should -Throw '*遅延時間*'
        Read-Task '\' 'x' | Should -BeNullOrEmpty
    }

    It 'fails while the account does not exist, and without its password' {
        $name = 'OQS_exec_comappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $script:Secret = @{}
        { Invoke-Set 'vendor-task' (Get-Target $name) $wanted } | Should -Throw '*パスワード*'
        Remove-LocalUser -SID 'S-1-5-21-1-2-3-1002'
        { Invoke-Set 'vendor-task' (Get-Target $name) $wanted } | Should -Throw '*OqsComApp*ありません*'
    }

    It 'takes a delay that somebody has put in, but not the lack of one that is wanted, nor another' {
        $name = 'OQS_exec_comappdelfile_running'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = Get-Target $name
        Invoke-Set 'vendor-task' $target $wanted
        Test-Kind 'vendor-task' $delayed (Get-State 'vendor-task' $target) | Should -BeFalse
        Invoke-Set 'vendor-task' $target $delayed
        Test-Kind 'vendor-task' $wanted (Get-State 'vendor-task' $target) | Should -BeTrue
        Test-Kind 'vendor-task' (ConvertFrom-Text '{"account": "OqsComApp", "delay": "PT1M"}') (Get-State 'vendor-task' $target) | Should -BeFalse
    }

    It 'may be off where somebody stops its application, and nothing else may differ' {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = Get-Target $name
        $stopped = ConvertFrom-Text '{"account": "OqsComApp", "delay": null, "mayBeOff": true}'
        Test-Kind 'vendor-task' $stopped (Get-State 'vendor-task' $target) | Should -BeFalse
        Invoke-Set 'vendor-task' $target $stopped
        Test-Kind 'vendor-task' $stopped (Get-State 'vendor-task' $target) | Should -BeTrue
        Edit-Pc { param($machine)
            $task = $machine.tasks."\$name"
            $task.enabled = $false
            $task.xml = $task.xml -replace '<Enabled>true</Enabled>(\s*<Hidden>)', '<Enabled>false</Enabled>$1'
            $task.xml | Should -Match '<Enabled>false'
        }
        Test-Kind 'vendor-task' $stopped (Get-State 'vendor-task' $target) | Should -BeTrue
        Test-Kind 'vendor-task' $wanted (Get-State 'vendor-task' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine.tasks."\$name".xml = $machine.tasks."\$name".xml -replace 'HighestAvailable', 'LeastPrivilege' }
        Test-Kind 'vendor-task' $stopped (Get-State 'vendor-task' $target) | Should -BeFalse
    }

    It 'is not as wanted with <name>' -ForEach @(
        @{ name = 'no repetition'; old = '<Repetition>[\s\S]*</Repetition>\s*'; new = '' }
        @{ name = 'another program'; old = 'OQSDistroAppStart'; new = 'Other' }
        @{ name = 'fewer rights'; old = 'HighestAvailable'; new = 'LeastPrivilege' }
        @{ name = 'a logon without a password'; old = '<LogonType>Password'; new = '<LogonType>InteractiveToken' }
        @{ name = 'a task that is off'; old = '<Enabled>true</Enabled>(\s*<Hidden>)'; new = '<Enabled>false</Enabled>$1' }
        @{ name = 'another account'; old = 'S-1-5-21-1-2-3-1002'; new = 'S-1-5-21-1-2-3-1001' }
    ) {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = Get-Target $name
        Invoke-Set 'vendor-task' $target $wanted
        Edit-Pc { param($machine)
            $changed = $machine.tasks."\$name".xml -replace $old, $new
            if ($changed -ceq $machine.tasks."\$name".xml) { throw 'nothing to replace' }
            $machine.tasks."\$name".xml = $changed
            if ($changed -match '<Enabled>false') { $machine.tasks."\$name".enabled = $false }
            # Windows keeps the password of whoever the task works as, and none where it asks for none.
            if ($changed -notmatch '<LogonType>Password') { $machine.tasks."\$name".PSObject.Properties.Remove('stored') }
            elseif ($changed -match '1-2-3-1001') { $machine.tasks."\$name".stored = 'Old-Secret-1' }
        }
        $found = Copy-State (Get-State 'vendor-task' $target)
        Test-Kind 'vendor-task' $wanted $found | Should -BeFalse
        $script:Secret['setup'] = Get-TestSecret 'Old-Secret-1'
        $pc = Get-Pc
        Invoke-Set 'vendor-task' $target $wanted
        Test-Kind 'vendor-task' $wanted (Get-State 'vendor-task' $target) | Should -BeTrue
        # Back, as at a rollback: with the password of whoever it was.
        @((Get-Kind 'vendor-task').secret.Invoke($target, $found, $null)).Length | Should -Be ([int] ($found.xml -match '<LogonType>Password'))
        Invoke-Set 'vendor-task' $target $found
        Test-Kind 'vendor-task' $found (Get-State 'vendor-task' $target) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }
}

Describe 'task-run' {
    BeforeEach {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = [pscustomobject] @{ path = '\'; name = $name }
        function Edit-Run {
            # Windows was started at 07:00 (uptime 300 minutes at 12:00).
            param([string] $At, [int] $Result, [int] $Uptime = 300)
            Edit-Pc { param($machine)
                $machine.tasks."\$name" | Add-Member -NotePropertyName 'at' -NotePropertyValue $At -Force
                $machine.tasks."\$name" | Add-Member -NotePropertyName 'result' -NotePropertyValue $Result -Force
                $machine.uptime = $Uptime
            }
        }
    }

    It 'task-run: <at> with <result>, <uptime> minutes after the start of Windows: <ok>' -ForEach @(
        @{ at = '2026-11-21 07:01'; result = 0; uptime = 300; ok = $true }, @{ at = '2026-11-21 11:01'; result = 0; uptime = 300; ok = $true }
        @{ at = '2026-11-21 07:01'; result = 0x41301; uptime = 300; ok = $true }, @{ at = '2026-11-21 07:01'; result = 1; uptime = 300; ok = $false }
        @{ at = '2026-11-21 06:50'; result = 0; uptime = 300; ok = $false }, @{ at = '2026-11-20 07:01'; result = 0; uptime = 11; ok = $false }
        @{ at = '2026-11-20 07:01'; result = 0; uptime = 2; ok = $null }
    ) {
        $wanted = ConvertFrom-Text '{"sinceBoot": true, "succeeded": true}'
        (Get-State 'task-run' $target).unknown | Should -Match 'まだ登録されていません'
        Invoke-Set 'vendor-task' (Get-Target $name) (ConvertFrom-Text '{"account": "OqsComApp", "delay": null}')
        (Get-State 'task-run' $target).unknown | Should -Match '再起動した後'
        Edit-Run $at $result $uptime
        $found = Get-State 'task-run' $target
        if ($null -eq $ok) { $found.unknown | Should -Match '再起動した後' } else { Test-Kind 'task-run' $wanted $found | Should -Be $ok }
    }

    It 'is registered anew once its last run says that the password is another one; switched off or not' {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = Get-Target $name
        $mayBeOff = ConvertFrom-Text '{"account": "OqsComApp", "delay": null, "mayBeOff": true}'
        foreach ($goal in $wanted, $mayBeOff) {
            Invoke-Set 'vendor-task' $target $goal
            $after = Copy-State (Get-State 'vendor-task' $target)
            Edit-Pc { param($machine) Set-FakeField $machine.tasks."\$name" 'result' (-2147023570); Set-FakeField $machine.tasks."\$name" 'at' '2026-11-21 02:13' }
            $found = Get-State 'vendor-task' $target
            $found.message | Should -Match 'OqsComApp のパスワードが、タスクを登録したときから変わっています'
            Test-Kind 'vendor-task' $goal $found | Should -BeFalse
            Test-OurWork ([pscustomobject] @{ kind = 'vendor-task'; settled = $true; after = $after }) $found | Should -BeTrue
            (Get-Kind 'vendor-task').secret.Invoke($target, $goal, $found) | Should -BeExactly 'OqsComApp'
            Invoke-Set 'vendor-task' $target $goal
            Test-Kind 'vendor-task' $goal (Get-State 'vendor-task' $target) | Should -BeTrue
        }
    }

    It 'stays off where somebody switched it off, whatever it is registered anew for: settings in its file: <settings>' -ForEach @(@{ settings = $true }, @{ settings = $false }) {
        $name = 'OQS_exec_distroappstart'
        $file = Get-VendorFile $name
        if (-not $settings) { $file = ConvertTo-FileContent ((ConvertFrom-FileByte ([Convert]::FromBase64String($file.base64))) -replace '<Settings>[\s\S]*</Settings>', '') ([Text.Encoding]::Unicode) }
        Initialize-Installed @{ "$tools\$name.xml" = $file }
        $target = Get-Target $name
        $mayBeOff = ConvertFrom-Text '{"account": "OqsComApp", "delay": null, "mayBeOff": true}'
        Invoke-Set 'vendor-task' $target $mayBeOff
        Edit-Pc { param($machine)
            $machine.tasks."\$name".enabled = $false
            $machine.tasks."\$name".xml = $machine.tasks."\$name".xml -replace '<Enabled>true</Enabled>(\s*<Hidden>)', '<Enabled>false</Enabled>$1'
        }
        Edit-Pc { param($machine) Set-FakeField $machine.tasks."\$name" 'result' (-2147023570); Set-FakeField $machine.tasks."\$name" 'at' '2026-11-21 02:13' }
        Test-Kind 'vendor-task' $mayBeOff (Get-State 'vendor-task' $target) | Should -BeFalse
        Invoke-Set 'vendor-task' $target $mayBeOff
        $found = Get-State 'vendor-task' $target
        $found.enabled | Should -BeFalse
        Test-Kind 'vendor-task' $mayBeOff $found | Should -BeTrue
        # Where nobody may, it is switched on.
        Invoke-Set 'vendor-task' $target $wanted
        (Get-State 'vendor-task' $target).enabled | Should -BeTrue
    }

    It 'takes the password for a file that says S4U' {
        $s4u = '<UserId>S-1-5-21-9-9-9-1001</UserId><LogonType>S4U</LogonType>'
        Initialize-Installed @{ "$tools\t.xml" = (ConvertTo-FileContent ($small -f '', $s4u) ([Text.Encoding]::UTF8)) }
        $script:FakeSession = [pscustomobject] @{ as = 'setup'; elevated = $true }
        (Get-Kind 'vendor-task').secret.Invoke((Get-Target 't'), $wanted, $null) | Should -BeExactly 'OqsComApp'
        Invoke-Set 'vendor-task' (Get-Target 't') $wanted
        (Get-State 'vendor-task' (Get-Target 't')).xml | Should -Match 'S4U'
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
    }
}
