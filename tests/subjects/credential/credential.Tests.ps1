BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function Get-Target { param([string] $Name) return [pscustomobject] @{ name = $Name } }

    function Add-Credential {
        # What somebody else has registered.
        param([string] $Name, [string] $User, [string] $Text, [int] $Persist = 3)
        Set-Credential -Name $Name -UserName $User -Persist $Persist -Blob ([Text.Encoding]::Unicode.GetBytes($Text))
    }

    function Get-Blob { param([string] $Name) return [Text.Encoding]::Unicode.GetString((Read-Credential -Name $Name).blob) }

    function Get-SecretFile {
        # Everything in the person's folder but the key of the marks, as text.
        $folder = Get-ProtectedFolder
        if (-not [IO.Directory]::Exists($folder)) { return @() }
        return @([IO.Directory]::GetFiles($folder) | Where-Object { [IO.Path]::GetFileName($_) -cne 'mark.kept' })
    }

    function Get-SecretRequest {
        param([string] $Name, [object] $State)
        return @(Get-NeededSecret 'credential' -Target (Get-Target $Name) -State $State -Found $null -Default @())
    }
}

Describe 'credential' {
    BeforeEach {
        Initialize-Pc
        if ([IO.Directory]::Exists((Get-ProtectedFolder))) { [IO.Directory]::Delete((Get-ProtectedFolder), $true) }
        $script:CredentialUser = @{}
        $script:Pass = $null
        $key = Get-Target 'OQS_LOGIN_KEY'
        $wanted = ConvertFrom-Text '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'
        $open = ConvertFrom-Text '{"userName": null, "prefixes": ["R0"], "code": null, "caseless": false}'
        $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'Renkei#2026-abcd'
        $place = Get-Target 'OQS_MEDICAL_INSTITUTION_CODE'
        $code = ConvertFrom-Text '{"userName": "OQS_Admin", "prefixes": [], "code": "1319999012", "caseless": false}'
    }

    It 'makes one that was not there and takes it away again' {
        $after = Invoke-RoundTrip 'credential' $key $wanted
        $after.userName | Should -BeExactly 'R0RENK01'
        $after.persist | Should -Be 2
        Get-SecretFile | Should -BeNullOrEmpty
    }

    It 'writes UTF-16LE without a NUL' {
        Invoke-Set 'credential' $key $wanted
        Get-Blob 'OQS_LOGIN_KEY' | Should -BeExactly 'Renkei#2026-abcd'
        (Read-Credential -Name 'OQS_LOGIN_KEY').blob.Length | Should -Be 32
    }

    It 'says nothing of a secret but whether it is still the same' {
        Invoke-Set 'credential' $key $wanted
        $state = ConvertTo-Canonical (Get-State 'credential' $key)
        foreach ($text in 'Renkei', '32', '16', [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes('Renkei#2026-abcd'))) { $state.Replace((Get-State 'credential' $key).mark, '') | Should -Not -Match ([regex]::Escape($text)) }
        $sha = [Security.Cryptography.SHA256]::Create()
        $plain = [BitConverter]::ToString($sha.ComputeHash((Read-Credential -Name 'OQS_LOGIN_KEY').blob)).Replace('-', '').ToLowerInvariant()
        $state | Should -Not -Match $plain.Substring(0, 32)
        $first = (Get-State 'credential' $key).mark
        Add-Credential 'OQS_LOGIN_KEY' 'R0RENK01' 'Renkei#2026-abce'
        (Get-State 'credential' $key).mark | Should -Not -BeExactly $first
        Add-Credential 'OQS_LOGIN_KEY' 'R0RENK01' 'Renkei#2026-abcd'
        (Get-State 'credential' $key).mark | Should -BeExactly $first
        # With another key the same secret has another mark: it cannot be looked up.
        Remove-ProtectedItem 'mark'
        (Get-State 'credential' $key).mark | Should -Not -BeExactly $first
    }

    It 'takes the place of another one, keeps its persistence and comment, and puts it back' {
        Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9' 3
        Edit-Pc { param($machine) $machine.credentials.OqsComApp.OQS_LOGIN_KEY.comment = '前の業者' }
        $before = ConvertTo-Canonical (Read-Machine).credentials
        $after = Invoke-RoundTrip 'credential' $key $wanted
        $after.persist | Should -Be 3
        Get-Blob 'OQS_LOGIN_KEY' | Should -BeExactly 'Old-Secret-9'
        ConvertTo-Canonical (Read-Machine).credentials | Should -BeExactly $before
        Get-SecretFile | Should -BeNullOrEmpty -Because 'what was kept is gone once it is put back'
    }

    It 'keeps the first secret through a second change, and no other' {
        Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9'
        $before = Copy-State (Get-State 'credential' $key)
        $open = New-Object Collections.Specialized.OrderedDictionary
        $open["credential $(ConvertTo-Canonical $key)"] = [pscustomobject] @{ before = $before }
        $script:Pass = [pscustomobject] @{ journal = [pscustomobject] @{ open = $open } }
        Invoke-Set 'credential' $key $wanted
        @(Get-SecretFile).Count | Should -Be 1
        Add-Credential 'OQS_LOGIN_KEY' 'R0WRONG' 'Somebody-Else-1'
        Invoke-Set 'credential' $key $wanted
        @(Get-SecretFile).Count | Should -Be 1
        Invoke-Set 'credential' $key $before
        Get-Blob 'OQS_LOGIN_KEY' | Should -BeExactly 'Old-Secret-9'
        Test-Same $before (Get-State 'credential' $key) | Should -BeTrue
    }

    It 'drops what an undoing that was cut short has left behind' {
        Write-ProtectedItem 'OQS_LOGIN_KEY-0123' (New-RandomByte 2)
        Write-ProtectedItem 'OQS_LOGIN_KEY_2-0123' (New-RandomByte 2)
        Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9'
        $mark = (Get-State 'credential' $key).mark
        Invoke-Set 'credential' $key $wanted
        @(Get-ProtectedName | Sort-Object) | Should -Be @('mark', "OQS_LOGIN_KEY-$mark", 'OQS_LOGIN_KEY_2-0123' | Sort-Object)
    }

    It 'leaves it to a person where the kept secret cannot be read any more' {
        Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9'
        $before = Copy-State (Get-State 'credential' $key)
        $undo = (Get-Kind 'credential').undo
        Invoke-Set 'credential' $key $wanted
        & $undo $key $before (Get-State 'credential' $key) | Should -BeNullOrEmpty
        foreach ($name in @(Get-ProtectedName)) { if ($name -cne 'mark') { [IO.File]::WriteAllText((Get-ProtectedPath $name), 'AAAA') } }
        $answer = & $undo $key $before (Get-State 'credential' $key)
        $answer.reason | Should -Match '入力し直'
        Test-Same $answer.state (Get-State 'credential' $key) | Should -BeTrue
        { Invoke-Set 'credential' $key $before } | Should -Throw '*控え*'
        Get-Blob 'OQS_LOGIN_KEY' | Should -BeExactly 'Renkei#2026-abcd'
        & $undo $key $null (Get-State 'credential' $key) | Should -BeNullOrEmpty
    }

    It 'keeps the key of the marks where it only cannot be opened now' {
        Add-Credential 'OQS_LOGIN_KEY' 'R0RENK01' 'x'
        $mark = (Get-State 'credential' $key).mark
        $path = Get-ProtectedPath 'mark'
        $held = [IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
        try { { Get-State 'credential' $key } | Should -Throw } finally { $held.Dispose() }
        (Get-State 'credential' $key).mark | Should -BeExactly $mark
        # What can never be read again is replaced.
        foreach ($text in 'AAAA', 'no base64!') {
            [IO.File]::WriteAllText($path, $text)
            (Get-State 'credential' $key).mark | Should -Not -BeExactly $mark
        }
    }

    It 'cannot be read by another account' {
        Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9'
        Invoke-Set 'credential' $key $wanted
        $name = @(Get-ProtectedName | Where-Object { $_ -cne 'mark' })[0]
        $path = Get-ProtectedPath $name
        Read-ProtectedItem $name | Should -Not -BeNullOrEmpty
        $script:FakeSession.as = 'setup'
        try { { Unprotect-OwnByte ([Convert]::FromBase64String([IO.File]::ReadAllText($path))) } | Should -Throw } finally { $script:FakeSession.as = 'OqsComApp' }
    }

    It 'sets the code of the clinic without asking, and puts the old one back' {
        Get-SecretRequest 'OQS_MEDICAL_INSTITUTION_CODE' $code | Should -BeNullOrEmpty
        Add-Credential 'OQS_MEDICAL_INSTITUTION_CODE' 'OQS_Admin' '1319999004'
        $after = Invoke-RoundTrip 'credential' $place $code
        $after.code | Should -BeExactly '1319999012'
        $after.mark | Should -BeNullOrEmpty
        Get-SecretFile | Should -BeNullOrEmpty -Because 'the code is no secret: it stands in the state'
    }

    It 'does not show what stands in the place of the code' {
        Add-Credential 'OQS_MEDICAL_INSTITUTION_CODE' 'OQS_Admin' 'Hunter2-Password'
        $state = Get-State 'credential' $place
        $state.code | Should -BeNullOrEmpty
        ConvertTo-Canonical $state | Should -Not -Match 'Hunter'
        $null = Invoke-RoundTrip 'credential' $place $code
        Get-Blob 'OQS_MEDICAL_INSTITUTION_CODE' | Should -BeExactly 'Hunter2-Password'
    }

    It 'takes the code "<text>" of "<user>" as <ok>' -ForEach @(
        @{ user = 'OQS_Admin'; text = '1319999012'; ok = $true }, @{ user = 'OQS_Admin'; text = '1319999013'; ok = $false }
        @{ user = 'OQS_admin'; text = '1319999012'; ok = $false }, @{ user = 'OQS_Admin'; text = "1319999012`0"; ok = $false }
        @{ user = 'OQS_Admin'; text = '１３１９９９９０１２'; ok = $false }, @{ user = 'OQS_Admin'; text = ''; ok = $false }
    ) {
        Add-Credential 'OQS_MEDICAL_INSTITUTION_CODE' $user $text
        Test-Kind 'credential' $code (Get-State 'credential' $place) | Should -Be $ok
    }

    It 'takes the user "<user>" as <ok>, where only the first characters are known as <begins>' -ForEach @(
        @{ user = 'R0RENK01'; ok = $true; begins = $true }, @{ user = 'R0RENK02'; ok = $false; begins = $true }
        @{ user = 'RORENK01'; ok = $false; begins = $false }, @{ user = 'R1RENK01'; ok = $false; begins = $false }
        @{ user = 'r0renk01'; ok = $false; begins = $false }, @{ user = ''; ok = $false; begins = $false }
    ) {
        Add-Credential 'OQS_LOGIN_KEY' $user 'x'
        $found = Get-State 'credential' $key
        Test-Kind 'credential' $wanted $found | Should -Be $ok
        Test-Kind 'credential' $open $found | Should -Be $begins
        [string] (Get-Field $found 'message') -match 'ID_LETTER_O' | Should -Be ($user -ceq 'RORENK01')
    }

    It 'knows that Windows does not heed the case of a share account' {
        $share = ConvertFrom-Text '{"userName": "receiptcom", "prefixes": [], "code": null, "caseless": true}'
        Add-Credential 'OQS_NAS_LOGIN_KEY' 'ReceiptCom' 'x'
        Test-Kind 'credential' $share (Get-State 'credential' (Get-Target 'OQS_NAS_LOGIN_KEY')) | Should -BeTrue
        $share.caseless = $false
        Test-Kind 'credential' $share (Get-State 'credential' (Get-Target 'OQS_NAS_LOGIN_KEY')) | Should -BeFalse
    }

    It 'finds that "<text>" cannot be the encryption password: <ok>' -ForEach @(
        @{ text = 'abcDEF123456'; ok = $true }, @{ text = 'a'; ok = $true }, @{ text = 'abcDEF1234567'; ok = $false }
        @{ text = 'with-symbol'; ok = $false }, @{ text = 'ａｂｃ'; ok = $false }, @{ text = ''; ok = $false }
    ) {
        $crypt = Get-Target 'OQS_CRYPT_PASS'
        $pass = ConvertFrom-Text '{"userName": "OQS_Admin", "prefixes": [], "code": null, "caseless": false}'
        Add-Credential 'OQS_CRYPT_PASS' 'OQS_Admin' $text
        $found = Get-State 'credential' $crypt
        Test-Kind 'credential' $pass $found | Should -Be $ok
        if (-not $ok) { $found.message | Should -Not -BeNullOrEmpty }
    }

    It 'goes on, or is undone, wherever it was cut short (there before: <there>, undoing: <back>)' -ForEach @(
        @{ there = $true; back = $false; places = 4 }
        @{ there = $true; back = $true; places = 2 }
        @{ there = $false; back = $false; places = 2 }
        @{ there = $false; back = $true; places = 2 }
    ) {
        $cut = 0
        for ($n = 1; $n -le 40; $n++) {
            Initialize-Pc
            if ($there) { Add-Credential 'OQS_LOGIN_KEY' 'R1OLD001' 'Old-Secret-9' }
            $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'Renkei#2026-abcd'
            $pc = Get-Pc
            $before = Copy-State (Get-State 'credential' $key)
            $goal = $wanted
            if ($back) { Invoke-Set 'credential' $key $wanted; $goal = $before }
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; crash = $n; kill = 'freeze' }
            $script:FakeChance = 0
            try { Invoke-Set 'credential' $key $goal } catch { if (-not $script:FakeDead) { throw } }
            $killed = $script:FakeDead
            $script:FakeDead = $false
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
            if (-not $killed) { break }
            $cut = $n
            if (-not $back -and $n % 2) { Invoke-Set 'credential' $key $wanted; Get-Blob 'OQS_LOGIN_KEY' | Should -BeExactly 'Renkei#2026-abcd' }
            # As the engine does: what is as before is not set again.
            if (-not (Test-Same $before (Get-State 'credential' $key))) { Invoke-Set 'credential' $key $before }
            Test-Same $before (Get-State 'credential' $key) | Should -BeTrue -Because "cut at $n"
            Get-Pc | Should -BeExactly $pc -Because "cut at $n"
        }
        $cut | Should -BeGreaterOrEqual $places -Because 'no place may go'
    }
}

Describe 'asking for a credential' {
    BeforeEach {
        Initialize-Pc
        $script:CredentialUser = @{}
        $open = ConvertFrom-Text '{"userName": null, "prefixes": ["R1"], "code": null, "caseless": false}'
        function Start-Typing {
            param([string[]] $Answers)
            $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true; answers = $Answers }
            $script:FakeAnswer = 0
        }
    }
    AfterEach { $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true } }

    It 'asks for the user name that only the clinic knows, once' {
        Start-Typing 'RORENK01', 'R0RENK01', 'Ｒ１ＲＥＮＫ０１'
        $script:Log.Clear()
        [IO.File]::Delete("$env:OQSGEN_FAKE/console.txt")
        (Get-SecretRequest 'OQS_LOGIN_KEY' $open)[0].prompt | Should -Match 'R1RENK01'
        @($script:Log | Where-Object { $_ -match 'ID_LETTER_O' }).Count | Should -Be 1
        @($script:Log | Where-Object { $_ -match 'LOGIN_KEY_PREFIX' }).Count | Should -Be 1
        # What stands there may be the password, typed one question too early.
        $script:Log -join '' | Should -Not -Match 'RORENK01|R0RENK01'
        $null = Get-SecretRequest 'OQS_LOGIN_KEY' $open
        $script:FakeAnswer | Should -Be 3
        $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'x'
        Invoke-Set 'credential' (Get-Target 'OQS_LOGIN_KEY') $open
        (Read-Credential -Name 'OQS_LOGIN_KEY').userName | Should -BeExactly 'R1RENK01'
    }

    It 'asks for no password without a user name' {
        Start-Typing ''
        $request = Get-SecretRequest 'OQS_LOGIN_KEY' $open
        $request[0].prompt | Should -BeExactly ''
        Read-Secret $request
        Test-SecretKnown 'cred OQS_LOGIN_KEY' | Should -BeFalse
        $script:FakeAnswer | Should -Be 1
    }

    It 'refuses "<text>" for <name>: <ok>' -ForEach @(
        @{ name = 'OQS_CRYPT_PASS'; text = 'abcDEF123456'; ok = $true }, @{ name = 'OQS_CRYPT_PASS'; text = 'abc-123'; ok = $false }
        @{ name = 'OQS_CRYPT_PASS'; text = 'abcDEF1234567'; ok = $false }, @{ name = 'OQS_CRYPT_PASS'; text = "abc`n"; ok = $false }
        @{ name = 'OQS_LOGIN_KEY'; text = 'Abcdef1#'; ok = $true }, @{ name = 'OQS_LOGIN_KEY'; text = 'Abcdef1+'; ok = $false }
        @{ name = 'OQS_NAS_LOGIN_KEY'; text = 'anything at all'; ok = $true }
    ) {
        $wanted = ConvertFrom-Text '{"userName": "OQS_Admin", "prefixes": [], "code": null, "caseless": false}'
        $script:Pass = [pscustomobject] @{ plan = [pscustomobject] @{}; journal = $null }
        $problem = Get-SecretProblem (Get-SecretRequest $name $wanted)[0] (Get-TestSecret $text)
        $problem -ceq '' | Should -Be $ok
        $problem | Should -Not -Match ([regex]::Escape($text.Trim()))
    }

    It 'takes a password that manuals print for <name>: <ok>' -ForEach @(
        @{ name = 'OQS_CRYPT_PASS'; ok = $true }, @{ name = 'OQS_NAS_LOGIN_KEY'; ok = $true }, @{ name = 'OQS_LOGIN_KEY'; ok = $false }
    ) {
        $wanted = ConvertFrom-Text '{"userName": "OQS_Admin", "prefixes": [], "code": null, "caseless": false}'
        $sha = [Security.Cryptography.SHA256]::Create()
        $denied = [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes('Printed1'))).Replace('-', '').ToLowerInvariant()
        $script:Pass = [pscustomobject] @{ plan = [pscustomobject] @{ deniedSecrets = @($denied) }; journal = $null }
        $request = (Get-SecretRequest $name $wanted)[0]
        if ($name -ceq 'OQS_LOGIN_KEY') { $request.rule = '' }
        $script:Log.Clear()
        (Get-SecretProblem $request (Get-TestSecret 'Printed1')) -ceq '' | Should -Be $ok
        @($script:Log | Where-Object { $_ -match 'DEFAULT_SECRET' }).Count | Should -Be ([int] $ok)
        $script:Log -join '' | Should -Not -Match 'Printed1'
    }

    It 'asks for nothing to put an earlier state back' {
        Get-SecretRequest 'OQS_LOGIN_KEY' (ConvertFrom-Text '{"userName": "a", "persist": 2, "code": null, "mark": "x", "usable": true}') | Should -BeNullOrEmpty
        Get-SecretRequest 'OQS_LOGIN_KEY' $null | Should -BeNullOrEmpty
    }
}

Describe 'login-key' {
    BeforeEach { Initialize-Pc; $target = ConvertFrom-Text '{"name": "OQS_LOGIN_KEY"}' }

    It 'knows nothing without the credential' { (Get-State 'login-key' $target).unknown | Should -Match 'OQS_LOGIN_KEY' }

    It 'takes "<user>" in a pharmacy as <ok>' -ForEach @(
        @{ user = 'R1RENK01'; ok = $true }, @{ user = 'R0RENK01'; ok = $false }, @{ user = 'RORENK01'; ok = $false }, @{ user = ''; ok = $false }
    ) {
        Set-Credential -Name 'OQS_LOGIN_KEY' -UserName $user -Persist 2 -Blob ([byte[]] @(65, 0))
        $found = Get-State 'login-key' $target
        Test-Kind 'login-key' (ConvertFrom-Text '{"prefixes": ["R1"]}') $found | Should -Be $ok
        [string] (Get-Field $found 'message') -match 'ID_LETTER_O' | Should -Be ($user -ceq 'RORENK01')
        ConvertTo-Canonical $found | Should -Not -Match 'blob'
    }
}
