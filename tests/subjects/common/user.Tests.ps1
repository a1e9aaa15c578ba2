BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'user' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"name": "OqsComApp"}'
        $wanted = ConvertFrom-Text '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'
        $script:Secret['OqsComApp'] = Get-TestSecret 'New-Secret-1'
        $kind = Get-Kind 'user'
        function Add-Account {
            param([string] $Name, [string] $Json)
            $account = ConvertFrom-Json $Json
            Edit-Pc { param($machine) $machine.accounts | Add-Member -NotePropertyName $Name -NotePropertyValue $account }
        }
        $weak = '{"sid": "S-1-5-21-1-2-3-1002", "password": "Their-1", "profile": false, "enabled": false, "administrator": false, "passwordNeverExpires": false, "users": false, "accountExpires": 1800000000}'
    }

    It 'makes the account with the secret of its name, and takes it away again' {
        Get-State 'user' $target | Should -BeNullOrEmpty
        $null = Invoke-RoundTrip 'user' $target $wanted
        Invoke-Set 'user' $target $wanted
        $made = (Read-Machine).accounts.OqsComApp
        $made.password | Should -BeExactly 'New-Secret-1'
        $made.users | Should -BeTrue
    }

    It 'asks for a password only where the account is to be made' {
        & $kind.secret $target $wanted $null | Should -BeExactly 'OqsComApp'
        Add-Account 'OqsComApp' $weak
        & $kind.secret $target $wanted (Get-State 'user' $target) | Should -BeNullOrEmpty
        & $kind.secret $target $null (Get-State 'user' $target) | Should -BeNullOrEmpty
    }

    It 'asks for nothing and makes nothing where a group has the name, and says so' {
        Edit-Pc { param($machine) $machine | Add-Member groups @('受付') }
        foreach ($name in 'oqsgen users', '受付', 'USERS') {
            $named = [pscustomobject] @{ name = $name }
            $found = Get-State 'user' $named
            if ($name -ceq 'oqsgen users') { $found | Should -BeNullOrEmpty; continue }
            $found.unknown | Should -Match ([regex]::Escape("「$name」は、この PC のグループの名前です"))
            $step = [pscustomobject] @{ id = 's'; kind = 'user'; title = 't'; how = 'apply'; target = $named; wanted = $wanted; secrets = @(); restart = $false }
            $pass = [pscustomobject] @{ mode = 'Apply'; scope = 'machine'; next = (New-Object Collections.ArrayList) }
            (Invoke-ApplyStep $step $pass).status | Should -BeExactly 'unknown'
            @(Find-ApplySecret @($step)) | Should -BeNullOrEmpty
        }
    }

    It 'goes on with an account that was only half made' {
        $null = New-LocalUser -Name 'OqsComApp' -Password (Get-TestSecret 'x') -PasswordNeverExpires
        Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeFalse
        Invoke-Set 'user' $target $wanted
        Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeTrue
    }

    It 'lifts an existing account, leaves its password, and puts all of it back' {
        Add-Account 'OqsComApp' $weak
        $script:Secret = @{}
        $after = Invoke-RoundTrip 'user' $target $wanted
        $after.accountExpires | Should -BeNullOrEmpty
        (Read-Machine).accounts.OqsComApp.password | Should -BeExactly 'Their-1'
    }

    It 'neither calls a locked account one without a password nor lifts it' {
        Add-Account 'OqsComApp' $weak
        $now = (Get-LocalTime).ToString('yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)
        [IO.File]::WriteAllLines([IO.Path]::Combine($script:FakeFolder, 'logons.txt'), [string[]] @("$now|S-1-5-21-1-2-3-1002|1326") * 10)
        (Get-State 'user' $target).unknown | Should -Match 'いまは確かめられません'
        $pc = Get-Pc
        { Invoke-Set 'user' $target $wanted } | Should -Throw '*いまは確かめられません*'
        (Get-Pc) | Should -BeExactly $pc
    }

    It 'makes a standard user where that is wanted, and of an administrator nobody works as' {
        $standard = ConvertFrom-Text '{"enabled": true, "administrator": false, "passwordNeverExpires": true}'
        $null = Invoke-RoundTrip 'user' $target $standard
        Add-Account 'OqsComApp' ($weak -replace '"administrator": false', '"administrator": true')
        $null = Invoke-RoundTrip 'user' $target $standard
    }

    It 'takes no rights from an administrator who works at this PC' {
        $standard = ConvertFrom-Text '{"enabled": true, "administrator": false, "passwordNeverExpires": true}'
        Add-Account 'OqsComApp' ($weak -replace '"administrator": false', '"administrator": true')
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.profile = $true }
        $pc = Get-Pc
        { Invoke-Set 'user' $target $standard } | Should -Throw '*管理者*'
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.profile = $false }
        $script:Session = [pscustomobject] @{ sid = 'x'; owner = 'S-1-5-21-1-2-3-1002' }
        { Invoke-Set 'user' $target $standard } | Should -Throw '*管理者*'
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.profile = $true }
        Get-Pc | Should -BeExactly $pc
    }

    It 'makes nothing of an account of Windows, whatever it is called: <rid>, enabled <enabled>' -ForEach @(
        @{ rid = 500; enabled = $false }, @{ rid = 500; enabled = $true }, @{ rid = 501; enabled = $false }, @{ rid = 503; enabled = $false }, @{ rid = 504; enabled = $false }
    ) {
        # As staff: no question, no password tried, nothing changed.
        $staff = ConvertFrom-Text '{"enabled": true, "administrator": false, "passwordNeverExpires": true}'
        $account = ConvertFrom-Json ($weak -replace '-1002', "-$rid")
        $account.enabled = $enabled
        $account.administrator = $rid -eq 500
        $account.password = ''
        Edit-Pc { param($machine) $machine.accounts | Add-Member -NotePropertyName 'uketsuke1' -NotePropertyValue $account }
        $named = ConvertFrom-Text '{"name": "uketsuke1"}'
        $pc = Get-Pc
        $found = Get-State 'user' $named
        Test-Kind 'user' $staff $found | Should -BeFalse
        & $kind.secret $named $staff $found | Should -BeNullOrEmpty
        { Invoke-Set 'user' $named $staff } | Should -Throw '*uketsuke1 は Windows が使うアカウントです*'
        [IO.File]::Exists("$env:OQSGEN_FAKE/logons.txt") | Should -BeFalse
        Get-Pc | Should -BeExactly $pc
    }

    It 'reports another case of the name and makes nothing' {
        Add-Account 'oqscomapp' ($weak -replace 'false', 'true')
        $found = Get-State 'user' $target
        Test-Kind 'user' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'oqscomapp'
        $pc = Get-Pc
        { Invoke-Set 'user' $target $wanted } | Should -Throw '*大文字*'
        Invoke-Set 'user' $target (Copy-State $found)
        Get-Pc | Should -BeExactly $pc
    }

    It 'does not make an account anew that others deleted' {
        Add-Account 'OqsComApp' $weak
        $before = Copy-State (Get-State 'user' $target)
        Remove-LocalUser -SID 'S-1-5-21-1-2-3-1002'
        { Invoke-Set 'user' $target $before } | Should -Throw '*削除されている*'
    }

    It 'reads the flag itself: <what>' -ForEach @(
        @{ what = 'to be changed at the next sign-in'; more = @{ passwordNeverExpires = $false; mustChange = $true }; policy = $null; said = '次のサインイン' }
        @{ what = 'a PC where passwords last for ever'; more = @{ passwordNeverExpires = $false }; policy = @{ unlimited = $true }; said = '' }
    ) {
        Add-Account 'OqsComApp' ($weak -replace '"enabled": false', '"enabled": true')
        Edit-Pc { param($machine)
            foreach ($name in $more.Keys) { Set-FakeField $machine.accounts.OqsComApp $name $more[$name] }
            if ($null -ne $policy) { Set-FakeField $machine 'passwordPolicy' ([pscustomobject] $policy) }
        }
        (Find-LocalAccount 'OqsComApp').PasswordExpires | Should -BeNullOrEmpty
        $found = Get-State 'user' $target
        $found.passwordNeverExpires | Should -BeFalse
        [string] (Get-Field $found 'message') | Should -Match $said
        Invoke-Set 'user' $target ([pscustomobject] @{ enabled = $true; administrator = $true; passwordNeverExpires = $false })
        Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeFalse
        Invoke-Set 'user' $target $wanted
        Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeTrue
    }

    It 'undoes what was noted before the flag was read' {
        $older = ConvertFrom-Text '{"enabled": true, "administrator": true, "passwordNeverExpires": true, "users": true, "accountExpires": null, "sid": "S-1-5-21-1-2-3-1002"}'
        $read = & $kind.readOlder $older 1
        Get-FieldName $read | Should -Not -Contain 'passwordNeverExpires'
        & $kind.readOlder $null 1 | Should -BeNullOrEmpty
        (& $kind.readOlder ([pscustomobject] @{ passwordNeverExpires = $false }) 1).passwordNeverExpires | Should -BeFalse
        Add-Account 'OqsComApp' ($weak -replace 'false', 'true' -replace ', "accountExpires": 1800000000', '')
        Edit-Pc { param($machine) $machine.accounts.OqsComApp.passwordNeverExpires = $false; Set-FakeField $machine.accounts.OqsComApp 'mustChange' $true }
        Test-OurWork ([pscustomobject] @{ kind = 'user'; before = $null; after = $read; settled = $true }) (Get-State 'user' $target) | Should -BeTrue
        Invoke-Set 'user' $target $read
        (Read-Machine).accounts.OqsComApp.passwordNeverExpires | Should -BeFalse
    }

    Context 'without a password' {
        BeforeEach {
            $empty = ($weak -replace 'Their-1', '') -replace ', "accountExpires": 1800000000', ''
        }

        It 'is not as wanted, whatever else it is, and is asked for one and given it: <what>' -ForEach @(
            @{ what = 'an administrator'; is = 'true' }, @{ what = 'off'; is = 'false' }
        ) {
            Add-Account 'OqsComApp' (($empty -replace 'false', $is) -replace '"profile": true', '"profile": false')
            $found = Get-State 'user' $target
            $found.message | Should -Match 'パスワードがありません。決めてください。'
            Test-Kind 'user' $wanted $found | Should -BeFalse
            $request = & $kind.secret $target $wanted $found
            $request.name | Should -BeExactly 'OqsComApp'
            $request.twice | Should -BeTrue
            $script:Secret = @{}
            { Invoke-Set 'user' $target $wanted } | Should -Throw '*入力されていません*'
            (Read-Machine).accounts.OqsComApp.enabled | Should -Be ($is -ceq 'true')
            $script:Secret['OqsComApp'] = Get-TestSecret 'New-Secret-1'
            Invoke-Set 'user' $target $wanted
            $account = (Read-Machine).accounts.OqsComApp
            $account.password | Should -BeExactly 'New-Secret-1'
            $account.passwordRequired | Should -BeTrue
            Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeTrue
            # What undoing puts back is not that it had none.
            Invoke-Set 'user' $target (Copy-State $found)
            Test-Kind 'user' (Copy-State $found) (Get-State 'user' $target) | Should -BeTrue
            (Read-Machine).accounts.OqsComApp.password | Should -BeExactly 'New-Secret-1'
        }

        It 'is left to its person where there is one, and goes on once that person has decided it' {
            Add-Account 'OqsComApp' (($empty -replace '"profile": false', '"profile": true') -replace '"enabled": false', '"enabled": true')
            $found = Get-State 'user' $target
            $found.message | Should -Match 'Ctrl\+Alt\+Delete'
            & $kind.secret $target $wanted $found | Should -BeNullOrEmpty
            $pc = Get-Pc
            { Invoke-Set 'user' $target $wanted } | Should -Throw '*Ctrl+Alt+Delete*'
            Get-Pc | Should -BeExactly $pc
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Own-1'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 12:01' }
            Invoke-Set 'user' $target $wanted
            Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeTrue
            (Read-Machine).accounts.OqsComApp.password | Should -BeExactly 'Own-1'
        }

        It 'is what a refused password leaves behind, and is never switched on or lifted' {
            Edit-Pc { param($machine) Set-FakeField $machine 'passwordPolicy' ([pscustomobject] @{ minimum = 14 }) }
            { Invoke-Set 'user' $target $wanted } | Should -Throw '*ポリシー*'
            $found = Get-State 'user' $target
            $found.enabled | Should -BeFalse
            (& $kind.secret $target $wanted $found).name | Should -BeExactly 'OqsComApp'
            { Invoke-Set 'user' $target $wanted } | Should -Throw '*ポリシー*'
            $account = (Read-Machine).accounts.OqsComApp
            @($account.enabled, $account.administrator, $account.password) | Should -Be @($false, $false, '')
            $script:Secret['OqsComApp'] = Get-TestSecret 'New-Secret-Long-1'
            Invoke-Set 'user' $target $wanted
            Test-Kind 'user' $wanted (Get-State 'user' $target) | Should -BeTrue
        }

        It 'cannot be told while the account is locked, and undoing does not wait for that' {
            Add-Account 'OqsComApp' ($weak -replace 'false', 'true')
            foreach ($i in 1..10) { $null = Get-LogonCode -Name 'OqsComApp' -Secret (Get-TestSecret "x$i") }
            (Get-State 'user' $target).unknown | Should -Match '30 分'
            $script:Pass = [pscustomobject] @{ mode = 'Rollback'; journal = $null }
            (Get-State 'user' $target).enabled | Should -BeTrue
            $script:Pass = $null
        }
    }

    It 'says of an account that we make that it needs a password' {
        Invoke-Set 'user' $target $wanted
        (Read-Machine).accounts.OqsComApp.passwordRequired | Should -BeTrue
    }

    Context 'undoing' {
        BeforeEach {
            Invoke-Set 'user' $target $wanted
            $found = Get-State 'user' $target
        }

        It 'removes an account that nobody has used' {
            & $kind.undo $target $null $found | Should -BeNullOrEmpty
        }

        It 'disables one that has a profile' {
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.profile = $true }
            Test-Same $found (Get-State 'user' $target) | Should -BeTrue
            $answer = & $kind.undo $target $null $found
            $answer.reason | Should -Match '無効'
            Invoke-Set 'user' $target $answer.state
            Test-Same $answer.state (Get-State 'user' $target) | Should -BeTrue
            (Read-Machine).accounts.OqsComApp.enabled | Should -BeFalse
            $again = & $kind.undo $target $null (Get-State 'user' $target)
            Test-Same $again.state (Get-State 'user' $target) | Should -BeTrue
        }

        It 'leaves the account at work here' {
            $script:Session = [pscustomobject] @{ sid = 'x'; owner = $found.sid }
            $answer = & $kind.undo $target $null $found
            Test-Same $answer.state $found | Should -BeTrue
            $answer.reason | Should -Match 'サインインしている'
        }

        It 'leaves the last enabled administrator' {
            Edit-Pc { param($machine) $machine.accounts.setup.enabled = $false }
            $answer = & $kind.undo $target $null $found
            Test-Same $answer.state $found | Should -BeTrue
            $answer.reason | Should -Match '最後の管理者'
        }

        It 'waits for a person who has not undone yet' {
            $journal = [IO.Path]::Combine($env:OQSGEN_FAKE, 'Users', 'setup', 'AppData', 'Local', 'oqsgen')
            $null = [IO.Directory]::CreateDirectory($journal)
            [IO.File]::WriteAllText("$journal/journal.jsonl", "{`"event`":`"before`",`"key`":`"k`",`"kind`":`"proxy`",`"format`":1,`"step`":`"p`",`"title`":`"`",`"target`":{},`"before`":null,`"restart`":false}`n")
            try {
                $answer = & $kind.undo $target $null $found
                Test-Same $answer.state $found | Should -BeTrue
                $answer.reason | Should -Match 'setup'
                $network = ConvertFrom-Text '{"enabled": true, "administrator": false, "sid": "S-1-5-21-1-2-3-1002"}'
                Edit-Pc { param($machine) $machine.accounts.OqsComApp.administrator = $false }
                & $kind.undo $target $null $network | Should -BeNullOrEmpty
            }
            finally { [IO.Directory]::Delete([IO.Path]::Combine($env:OQSGEN_FAKE, 'Users'), $true) }
        }

        It 'asks nobody where no right is taken' {
            $before = Copy-State $found
            $before.passwordNeverExpires = $false
            & $kind.undo $target $before $found | Should -BeNullOrEmpty
            $before.administrator = $false
            $script:Session = [pscustomobject] @{ sid = $found.sid; owner = 'x' }
            (& $kind.undo $target $before $found).reason | Should -Match 'サインインしている'
        }
    }
}
