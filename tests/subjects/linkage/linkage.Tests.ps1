BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    $folder = 'C:\Program Files\OQS\OQSComApp'
    $tool = "$folder\tools\OQSComAppRestart"
    $target = [pscustomobject] @{ folder = $folder }
    $wanted = ConvertFrom-Text '{"restarted": true}'

    function Initialize-Linkage {
        # OqsComApp exists and is signed in; this is its machine pass.
        param([hashtable] $Files = @{ "$tool.exe" = 'MZ' })
        Initialize-Pc @{ boot = 'boot-1' }
        Edit-Pc { param($machine)
            $machine.accounts | Add-Member -NotePropertyName 'OqsComApp' -NotePropertyValue (ConvertFrom-Json '{"sid": "S-1-5-21-1-2-3-1002", "password": "Oqs-1", "profile": true, "enabled": true, "administrator": true, "passwordNeverExpires": true, "users": true}')
            foreach ($name in $Files.Keys) { $machine.files | Add-Member -NotePropertyName $name -NotePropertyValue $Files[$name] }
        }
        foreach ($path in (Get-OwnJournal), (Get-MachineJournal)) {
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
            [IO.File]::WriteAllText($path, '')
        }
        $script:LinkageRestarted = $false
        $script:Pass = [pscustomobject] @{
            mode = 'Apply'; bundle = 'b'; boot = 'boot-1'; journal = (Read-Journal (Get-MachineJournal))
            session = [pscustomobject] @{ account = 'S-1-5-21-1-2-3-1002' }
        }
    }

    function Get-OwnJournal { return "$env:OQSGEN_FAKE/Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl" }

    function Get-MachineJournal { return "$env:OQSGEN_FAKE/machine-journal.jsonl" }

    function Add-Change {
        # What a pass of ours has written: the target is changed.
        param([string] $Path, [string] $Kind, [string] $At, [string] $Boot = 'boot-1')
        $key = "$Kind {}"
        $before = [ordered] @{ event = 'before'; run = 'r'; bundle = 'b'; step = "$Kind-step"; title = 't'; key = $key; kind = $Kind; format = 1; target = @{}; before = $null; wanted = $null; restart = $false; boot = $Boot; at = $At }
        $set = [ordered] @{ event = 'set'; key = $key; after = $null; boot = $Boot; at = $At }
        [IO.File]::AppendAllText($Path, (ConvertTo-JsonText $before) + "`n" + (ConvertTo-JsonText $set) + "`n")
        $script:Pass.journal = Read-Journal (Get-MachineJournal)
    }
}

Describe 'linkage-restart' {
    It 'waits for the installer, but is undone without it' {
        Initialize-Linkage @{}
        (Get-State 'linkage-restart' $target).unknown | Should -Match 'まだ導入されていません'
        $script:Pass.mode = 'Rollback'
        (Get-State 'linkage-restart' $target).restarted | Should -BeTrue
    }

    It 'has nothing to do while nothing was changed since Windows started' {
        Initialize-Linkage
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeTrue
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 06:00:00' 'boot-0'
        Add-Change (Get-OwnJournal) 'proxy' '2026-11-21 11:00:00'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeTrue
    }

    It 'runs the tool <extension> once after a credential was changed, and again after the next change' -ForEach @(@{ extension = 'exe' }, @{ extension = 'bat' }, @{ extension = 'cmd' }) {
        Initialize-Linkage @{ "$tool.$extension" = 'x' }
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:00:00'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
        Invoke-Set 'linkage-restart' $target $wanted
        (Read-Machine).ran | Should -Be 1
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeTrue
        # The next pass knows it from the journal.
        $script:LinkageRestarted = $false
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
        Add-Change (Get-MachineJournal) 'linkage-restart' '2026-11-21 11:00:30'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeTrue
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:05:00'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
    }

    It 'does not take a run that did not end for one' {
        Initialize-Linkage
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:00:00'
        Edit-Pc { param($machine) $machine | Add-Member -NotePropertyName 'programExit' -NotePropertyValue $null }
        { Invoke-Set 'linkage-restart' $target $wanted } | Should -Throw '*終わりません*'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
    }

    It 'runs nothing where <case>' -ForEach @(
        @{ case = 'somebody else owns the file'; place = 'file'; owner = 'S-1-5-21-1-2-3-1001'; sid = $null; type = 0; link = $false }
        @{ case = 'somebody else may change the file'; place = 'file'; owner = 'S-1-5-18'; sid = 'S-1-5-21-1-2-3-1001'; type = 0; link = $false }
        @{ case = 'users may write on a condition'; place = 'file'; owner = 'S-1-5-18'; sid = 'S-1-5-32-545'; type = 9; link = $false }
        @{ case = 'users may put files into its folder'; place = 'folder'; owner = 'S-1-5-32-544'; sid = 'S-1-5-32-545'; type = 0; link = $false }
        @{ case = 'a folder above leads elsewhere'; place = 'above'; owner = 'S-1-5-32-544'; sid = $null; type = 0; link = $true }
        @{ case = 'somebody else owns a folder above'; place = 'above'; owner = 'S-1-5-21-1-2-3-1001'; sid = $null; type = 0; link = $false }
    ) {
        Initialize-Linkage
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:00:00'
        Open-PathToOther "$tool.exe" $_
        { Invoke-Set 'linkage-restart' $target $wanted } | Should -Throw '*管理者以外*'
        Get-FakeField (Read-Machine) 'ran' | Should -BeNullOrEmpty
    }

    It 'does not take a run that failed for one' {
        Initialize-Linkage
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:00:00'
        Edit-Pc { param($machine) $machine | Add-Member -NotePropertyName 'programExit' -NotePropertyValue 3 }
        { Invoke-Set 'linkage-restart' $target $wanted } | Should -Throw '*終了コード 3*'
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
    }

    It 'takes a restart by somebody else, of all programs' {
        Initialize-Linkage
        Add-Change (Get-OwnJournal) 'credential' '2026-11-21 11:00:00'
        Edit-Pc { param($machine) $machine | Add-Member -NotePropertyName 'programs' -NotePropertyValue @(@{ path = "$folder\bin\a.exe"; began = '2026-11-21 11:01' }, @{ path = 'C:\other.exe'; began = '2026-11-21 07:00' }) }
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.programs = @($machine.programs) + @{ path = "$folder\bin\b.exe"; began = '2026-11-21 07:01' } }
        Test-Kind 'linkage-restart' $wanted (Get-State 'linkage-restart' $target) | Should -BeFalse
    }

    It 'has nothing to undo' {
        Initialize-Linkage
        $before = ConvertFrom-Text '{"restarted": false}'
        Invoke-Set 'linkage-restart' $target $before
        Get-FakeField (Read-Machine) 'ran' | Should -BeNullOrEmpty
        Test-Kind 'linkage-restart' $before (Get-State 'linkage-restart' $target) | Should -BeTrue
    }
}

Describe 'linkage-running' {
    BeforeEach {
        Initialize-Linkage
        $tasks = 'OQS_exec_comappdelfile_running', 'OQS_exec_comappstart'
        $look = [pscustomobject] @{ folder = $folder; start = $tasks[1]; tasks = $tasks }
        $good = ConvertFrom-Text '{"running": true, "ready": true}'
        function Add-StartedTask {
            param([string[]] $Names, [int] $Result = 0x41301)
            Edit-Pc { param($machine) foreach ($name in $Names) { $machine.tasks | Add-Member -NotePropertyName "\$name" -NotePropertyValue ([pscustomobject] @{ xml = '<Task/>'; enabled = $true; at = '2026-11-21 07:01'; result = $Result }) } }
        }
    }

    It 'cannot say before the tasks are registered and Windows has started them' {
        (Get-State 'linkage-running' $look).unknown | Should -Match 'まだ登録されていません'
        Add-StartedTask $tasks
        Edit-Pc { param($machine) $machine.tasks.'\OQS_exec_comappstart'.at = '2026-11-20 07:01' }
        (Get-State 'linkage-running' $look).unknown | Should -Match '再起動した後'
        # Registered anew after it ran: that run says nothing of it.
        $xml = '<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><Date>2026-11-21T07:02:00</Date></RegistrationInfo></Task>'
        Edit-Pc { param($machine) $machine.tasks.'\OQS_exec_comappstart'.at = '2026-11-21 07:01'; $machine.tasks.'\OQS_exec_comappstart'.xml = $xml }
        (Get-State 'linkage-running' $look).unknown | Should -Match '再起動した後'
    }

    It 'sees the task that goes on, or a program' {
        Add-StartedTask $tasks
        Test-Kind 'linkage-running' $good (Get-State 'linkage-running' $look) | Should -BeTrue
        Edit-Pc { param($machine) $machine.tasks.'\OQS_exec_comappstart'.result = 0 }
        $found = Get-State 'linkage-running' $look
        Test-Kind 'linkage-running' $good $found | Should -BeFalse
        $found.message | Should -Match '補16'
        Edit-Pc { param($machine) $machine | Add-Member -NotePropertyName 'programs' -NotePropertyValue @(@{ path = "$folder\bin\a.exe"; began = '2026-11-21 07:01' }) }
        Test-Kind 'linkage-running' $good (Get-State 'linkage-running' $look) | Should -BeTrue
    }

    It 'sees a task that is missing or off' {
        Add-StartedTask $tasks[1]
        Test-Kind 'linkage-running' $good (Get-State 'linkage-running' $look) | Should -BeFalse
        Add-StartedTask $tasks[0]
        Edit-Pc { param($machine) $machine.tasks.'\OQS_exec_comappdelfile_running'.enabled = $false }
        (Get-State 'linkage-running' $look).message | Should -Match '無効'
    }

    It 'warns of a second task under the name that one manual misspells' {
        Add-StartedTask ($tasks + 'OQS_exec_comappdelfine_running')
        $found = Get-State 'linkage-running' $look
        Test-Kind 'linkage-running' $good $found | Should -BeTrue
        $found.warning | Should -Match 'delfine'
    }
}

Describe 'encrypt-conf' {
    BeforeAll {
        $config = 'C:\ProgramData\OQS\OQSComApp\config'
        $look = [pscustomobject] @{ folder = $config; credential = 'OQS_CRYPT_PASS' }
    }

    It '<main> and <face>, credential <credential>, wanted <key>: <ok>' -ForEach @(
        @{ main = 'key=e'; face = $null; credential = $true; key = 'e'; ok = $true }, @{ main = 'key=e'; face = $null; credential = $false; key = 'e'; ok = $false }
        @{ main = "[a]`r`n KEY = E `r`n"; face = 'key=e'; credential = $true; key = 'e'; ok = $true }, @{ main = 'key=e'; face = 'key=n'; credential = $true; key = 'e'; ok = $false }
        @{ main = 'key=n'; face = $null; credential = $true; key = 'e'; ok = $false }, @{ main = 'key=n'; face = 'key=n'; credential = $false; key = 'n'; ok = $true }
        @{ main = 'key=e'; face = $null; credential = $true; key = 'n'; ok = $false }, @{ main = 'monkey=e'; face = $null; credential = $true; key = 'e'; ok = $false }
        @{ main = ''; face = $null; credential = $true; key = 'e'; ok = $false }
    ) {
        Mock Test-CredentialPresence { return $credential }
        Initialize-Pc
        Edit-Pc { param($machine)
            $machine.files | Add-Member -NotePropertyName "$config\encrypt.conf" -NotePropertyValue $main
            if ($null -ne $face) { $machine.files | Add-Member -NotePropertyName "$config\encrypt_face.conf" -NotePropertyValue $face }
        }
        Test-Kind 'encrypt-conf' ([pscustomobject] @{ key = $key }) (Get-State 'encrypt-conf' $look) | Should -Be $ok
    }

    It 'reads no file of more than 64 KB' {
        Initialize-Pc
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName "$config\encrypt.conf" -NotePropertyValue ("`n" * 65536 + 'key=e') }
        { Get-State 'encrypt-conf' $look } | Should -Throw '*大きすぎる*'
    }

    It 'cannot say while there is no file' {
        Initialize-Pc
        (Get-State 'encrypt-conf' $look).unknown | Should -Match '暗号化識別ファイル'
    }
}
