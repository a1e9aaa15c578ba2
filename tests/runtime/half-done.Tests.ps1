BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"
    $script:Journal = "$env:OQSGEN_FAKE/half.jsonl"
    $script:Folder = "$env:OQSGEN_FAKE/Users/OqsComApp"

    function Start-Pass {
        # The script is started again: it knows what is on the disk, and what nobody typed it does not know.
        param([object[]] $Replies = @(), [bool] $Elevated = $true)
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $Elevated; replies = $Replies }
        $script:FakeDead = $false
        $script:FakeFailed = $false
        $script:FakeAnswer = 0
        $script:FakeChance = 0
        $journal = Read-Journal $script:Journal
        Repair-Journal $journal
        $journal.strange | Should -BeNullOrEmpty
        $script:Secret = @{}
        $script:SecretRefusal = @{}
        $script:LogonOutcome = @{}
        $script:CredentialUser = @{}
        $script:PortalChoice = $null
        $script:CertificateWork = $null
        $script:Pass = [pscustomobject] @{
            id = 'r'; bundle = 'b'; boot = '1'; scope = 'machine'; mode = 'Apply'; root = 'E:\oqs\bundle'; beside = 'E:\oqs'; journal = $journal; next = (New-Object Collections.ArrayList)
            plan = [pscustomobject] @{ steps = @([pscustomobject] @{ kind = 'certificate-state'; wanted = [pscustomobject] @{ count = 1; renewals = $true } }); deniedSecrets = @(); issuers = @([pscustomobject] @{ name = 'Online Billing NW Common Root CA'; roots = @() }) }
        }
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/console.txt", '')
    }

    function Invoke-Step {
        # Asks and applies, as the runtime does; killed, or with an error, at the n-th chance.
        param([object] $Step, [string] $How = '', [int] $Chance = 0)
        if ($How) { Set-FakeField $script:FakeSession $How $Chance; Set-FakeField $script:FakeSession 'kill' 'freeze' }
        try {
            Read-Secret @(Find-ApplySecret @($Step))
            return Invoke-ApplyStep $Step $script:Pass
        }
        catch { if (-not $script:FakeDead -and -not $script:FakeFailed) { throw } }
    }

    function Get-Copy {
        # The PC and what stands in the folders, to begin from once more.
        $files = [ordered] @{}
        foreach ($path in [IO.Directory]::GetFiles($env:OQSGEN_FAKE, '*', 'AllDirectories')) { $files[$path] = [IO.File]::ReadAllBytes($path) }
        return $files
    }

    function Set-Copy {
        param([object] $Copy)
        foreach ($path in [IO.Directory]::GetFiles($env:OQSGEN_FAKE, '*', 'AllDirectories')) { if (-not $Copy.Contains($path)) { [IO.File]::Delete($path) } }
        foreach ($path in $Copy.Keys) { [IO.File]::WriteAllBytes($path, $Copy[$path]) }
    }

    function Get-Lack {
        # What is in force without its secret: there must be nothing, at any time.
        $machine = Read-Machine
        foreach ($account in $machine.accounts.PSObject.Properties) {
            $one = $account.Value
            if ($one.password -ceq '' -and ($one.enabled -or $one.administrator)) { "account $($account.Name)" }
        }
        $winlogon = Get-FakeField $machine.registry 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
        if ([string] (Get-FakeField (Get-FakeField $winlogon 'AutoAdminLogon') 'data') -ceq '1' -and -not (Get-FakeField $machine.lsa 'DefaultPassword')) { 'autologon' }
        foreach ($task in (Get-FakeField $machine 'tasks' ([pscustomobject] @{})).PSObject.Properties) {
            if ($task.Value.xml -match '<LogonType>Password' -and -not (Get-FakeField $task.Value 'stored')) { "task $($task.Name)" }
        }
        foreach ($credential in (Get-FakeField (Get-FakeField $machine 'credentials') 'OqsComApp' ([pscustomobject] @{})).PSObject.Properties) {
            if ($credential.Value.blob -ceq '') { "credential $($credential.Name)" }
        }
        foreach ($own in @((Get-FakeField (Get-FakeField (Get-FakeField $machine 'certificates') 'OqsComApp') 'My' @()))) {
            if ($null -ne $own -and -not $own.key) { "certificate $($own.thumbprint)" }
        }
    }

    $script:Cases = @{
        user = @{
            target = '{"name": "OqsComApp2"}'; wanted = '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'
            ask = 'OqsComApp2 の新しいパスワード'; typed = 'New-Secret-Long-1'
            stored = { [string] (Get-FakeField (Get-FakeField (Read-Machine).accounts 'OqsComApp2') 'password') -ceq 'New-Secret-Long-1' }
        }
        task = @{
            target = '{"path": "\\", "name": "t"}'; xml = $true; ask = 'OqsComApp のパスワード'; typed = 'Oqs-1'
            stored = { [string] (Get-FakeField (Get-FakeField (Get-FakeField (Read-Machine) 'tasks') '\t') 'stored') -ceq 'Oqs-1' }
        }
        'vendor-task' = @{
            target = '{"path": "\\", "name": "t", "file": "C:\\Program Files\\tools\\t.xml"}'; wanted = '{"account": "OqsComApp", "delay": null}'; ask = 'OqsComApp のパスワード'; typed = 'Oqs-1'
            stored = { [string] (Get-FakeField (Get-FakeField (Get-FakeField (Read-Machine) 'tasks') '\t') 'stored') -ceq 'Oqs-1' }
        }
        autologon = @{
            target = '{"sessions": "console"}'; wanted = '{"user": "OqsComApp"}'; ask = 'OqsComApp のパスワード'; typed = 'Oqs-1'
            stored = { [string] (Get-FakeField (Read-Machine).lsa 'DefaultPassword') -ceq 'Oqs-1' }
        }
        credential = @{
            target = '{"name": "OQS_CRYPT_PASS"}'; wanted = '{"userName": "OQS_Admin", "prefixes": [], "code": null, "caseless": false}'; ask = 'OQS_CRYPT_PASS のパスワード'; typed = 'Crypt123'
            stored = { $found = Read-Credential -Name 'OQS_CRYPT_PASS'; $null -ne $found -and [Text.Encoding]::Unicode.GetString($found.blob) -ceq 'Crypt123' }
        }
        certificate = @{
            target = '{"code": "1319999012"}'; wanted = '{"count": 1, "chosen": false}'; ask = '証明書パスワード'; typed = '4821'; person = $true
            stored = { @(Read-CertificateStore -Store 'My' | Where-Object { $_.thumbprint -ceq 'AA' -and $_.key }).Length -eq 1 }
        }
        'portal-password' = @{
            target = '{"site": "portal"}'; wanted = '{"accounts": [{"account": "管理アカウント", "expires": true, "credential": null}]}'; ask = '管理アカウント の新しいパスワード'; typed = 'Abcdef1!Abcdef1!'; person = $true
            stored = { @((Read-PortalRecord).accounts | Where-Object { $_.how -ceq 'typed' }).Length -eq 1 }
        }
    }

    # Kinds that ask, and keep no secret: what they ask.
    $script:KeepsNone = @{
        'share' = 'its account, which another step makes'; 'logon-right' = 'its account, which another step makes'
        'certificate-root' = 'what the file holds, and the root has no secret'; 'certificate-backup' = 'which file to copy'; 'certificate-old' = 'whether to remove'
    }

    function Initialize-Case {
        # The PC before: OqsComApp is there, with what its installers and a person have brought.
        Initialize-Pc
        foreach ($path in $script:Folder, "$env:OQSGEN_FAKE/ProgramData/oqsgen/journal") { if ([IO.Directory]::Exists($path)) { [IO.Directory]::Delete($path, $true) } }
        $null = [IO.Directory]::CreateDirectory("$env:OQSGEN_FAKE/ProgramData/oqsgen/journal")
        [IO.File]::WriteAllText($script:Journal, '')
        Add-Account 'OqsComApp' 'S-1-5-21-1-2-3-1002' @{ password = 'Oqs-1'; administrator = $true; profile = $true }
        $certificate = [ordered] @{ thumbprint = 'AA'; subject = 'CN=AA'; name = 'AA'; issuer = 'Online Billing NW Common Root CA'; selfIssued = $false; authority = $false; from = 1793458800; to = 1896102000; key = $true; exportable = $false; strong = $false }
        $file = [pscustomobject] @{ modified = 1795140000; text = (ConvertTo-Json @{ password = '4821'; certificates = @($certificate) } -Depth 5) }
        Edit-Pc { param($machine)
            Set-FakeMember $machine.files 'C:\Program Files\tools\t.xml' ([pscustomobject] @{ base64 = [Convert]::ToBase64String([IO.File]::ReadAllBytes("$PSScriptRoot/../pc/vendor/OQS_exec_distroappstart.xml")) })
            Set-FakeMember $machine.personFiles 'C:\Users\OqsComApp\Downloads\a.p12' $file
            Set-FakeField $machine 'certificates' ([pscustomobject] @{ OqsComApp = [pscustomobject] @{ My = @(); CA = @(); Root = @() } })
        }
    }

    function Get-Step {
        param([string] $Kind, [hashtable] $Case)
        if ($Case.ContainsKey('xml')) { $wanted = [pscustomobject] @{ xml = (Get-TaskXml) } } else { $wanted = ConvertFrom-Json $Case.wanted }
        return [pscustomobject] @{ id = 's'; kind = $Kind; title = 't'; how = 'apply'; target = (ConvertFrom-Json $Case.target); wanted = $wanted; secrets = @(); restart = $false }
    }

    function Get-Reply {
        param([hashtable] $Case)
        return @([pscustomobject] @{ prompt = $Case.ask; answer = $Case.typed }, [pscustomobject] @{ prompt = 'どれにしますか'; answer = '2' })
    }

    function Assert-GoneOn {
        # Later passes: without anybody nothing comes into force, and where the secret is missing it is asked for; with somebody all is well.
        param([object] $Step, [hashtable] $Case, [string] $Because)
        $elevated = -not $Case.ContainsKey('person')
        Get-Lack | Should -BeNullOrEmpty -Because $Because
        $there = & $Case.stored
        # To decide elsewhere is an answer, too: later is none.
        Start-Pass @([pscustomobject] @{ prompt = 'どれにしますか'; answer = 's' }) $elevated
        $result = Invoke-Step $Step
        Get-Lack | Should -BeNullOrEmpty -Because "$Because, and nobody answered"
        if (-not $there) { $result.status | Should -BeIn 'skipped', 'failed', 'unknown' -Because "$Because, and nobody answered" }
        Start-Pass (Get-Reply $Case) $elevated
        $result = Invoke-Step $Step
        $result.status | Should -BeIn 'ok', 'changed' -Because "$Because, and somebody answered: $($result.message)"
        if (-not $there) { [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match ([regex]::Escape($Case.ask)) -Because $Because }
        & $Case.stored | Should -BeTrue -Because $Because
        Get-Lack | Should -BeNullOrEmpty -Because $Because
    }
}

AfterAll {
    $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true }
    $script:Pass = $null
}

# Whatever was cut short or refused, the half that is missing may be the secret.
Describe 'half of a step, and the other half was the secret' {
    It '<kind>: <how> at every chance; outdated: <outdated>' -ForEach @(
        foreach ($way in 'crash', 'fail') {
            foreach ($name in 'user', 'task', 'vendor-task', 'autologon', 'credential', 'certificate', 'portal-password') { @{ kind = $name; how = $way; outdated = $false } }
            foreach ($name in 'task', 'vendor-task', 'autologon') { @{ kind = $name; how = $way; outdated = $true } }
        }
    ) {
        $case = $script:Cases[$kind]
        $step = Get-Step $kind $case
        Initialize-Case
        $copy = Get-Copy
        $seen = @{}
        if ($outdated) {
            # It was set up with another password, which the account has no more; the tasks have tried it since.
            Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Was-0' }
            Start-Pass @([pscustomobject] @{ prompt = $case.ask; answer = 'Was-0' })
            (Invoke-Step $step).status | Should -BeExactly 'changed'
            Edit-Pc { param($machine)
                $machine.accounts.OqsComApp.password = 'Oqs-1'
                Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:00'
                foreach ($task in (Get-FakeField $machine 'tasks' ([pscustomobject] @{})).PSObject.Properties) { Set-FakeField $task.Value 'result' (-2147023570); Set-FakeField $task.Value 'at' '2026-11-21 11:30' }
            }
            $copy = Get-Copy
        }
        for ($n = 1; $n -le 100; $n++) {
            Set-Copy $copy
            Start-Pass (Get-Reply $case) (-not $case.ContainsKey('person'))
            $result = Invoke-Step $step $how $n
            $broken = $script:FakeDead -or $script:FakeFailed
            if (-not $broken) { break }
            $script:FakeDead = $false
            $left = "$(Get-PcJson) $(([IO.File]::ReadAllText($script:Journal)) -replace '"at":"[^"]*"')"
            if ($seen.ContainsKey($left)) { continue }
            $seen[$left] = $true
            Assert-GoneOn $step $case "$how at $n"
        }
        $n - 1 | Should -BeGreaterOrEqual 4 -Because 'there are as many places at least'
        $result.status | Should -BeExactly 'changed'
        & $case.stored | Should -BeTrue
    }

    It 'user: a password that Windows refuses, as often as one is refused' {
        $case = $script:Cases.user
        $step = Get-Step 'user' $case
        Initialize-Case
        Edit-Pc { param($machine) Set-FakeField $machine 'passwordPolicy' ([pscustomobject] @{ minimum = 14 }) }
        foreach ($i in 1..3) {
            Start-Pass @([pscustomobject] @{ prompt = 'の新しいパスワード'; answer = 'short' })
            (Invoke-Step $step).status | Should -BeExactly 'failed'
            (Read-Machine).accounts.OqsComApp2.enabled | Should -BeFalse
            Get-Lack | Should -BeNullOrEmpty
        }
        Assert-GoneOn $step $case 'refused'
        # What undoing takes away is what we made, whole or not.
        Start-Pass
        $script:Pass.mode = 'Rollback'
        (Invoke-UndoStep @(Get-OpenTarget $script:Pass.journal)[0] $script:Pass).status | Should -BeExactly 'changed'
        (Read-Machine).accounts.PSObject.Properties.Name | Should -Not -Contain 'OqsComApp2'
    }

    It 'is tried for each kind that asks for a secret' {
        $asking = @($script:Kind.Keys | Where-Object { $null -ne $script:Kind[$_].secret } | Sort-Object)
        @(@($script:Cases.Keys) + @($script:KeepsNone.Keys) | Sort-Object) | Should -Be $asking
    }
}
