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

    It 'makes nothing of an account of Windows, whatever it is called' {
        Add-Account 'OqsComApp' ($weak -replace '-1002', '-501')
        { Invoke-Set 'user' $target (ConvertFrom-Text '{"enabled": true, "administrator": false, "passwordNeverExpires": true}') } | Should -Throw '*Windows*'
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
