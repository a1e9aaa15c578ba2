BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    $script:Issuer = 'Online Billing NW Common Root CA'
    $script:Issuers = @([pscustomobject] @{ name = $script:Issuer; roots = @() })
    $script:Downloads = 'C:\Users\OqsComApp\Downloads'
    $script:Desktop = 'C:\Users\OqsComApp\Desktop'
    $script:Backup = 'NTT東オン資端末_電子証明書'

    function New-Certificate {
        # One that the issuer made: from and to as yyyy-MM-dd.
        param([string] $Id, [string] $From = '2026-11-01', [string] $To = '2030-02-01', [hashtable] $More = @{})
        $epoch = [DateTimeOffset]::new(1970, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
        $seconds = foreach ($day in $From, $To) { [long] ([DateTimeOffset]::Parse("${day}T00:00:00+09:00") - $epoch).TotalSeconds }
        $base = [ordered] @{
            thumbprint = $Id; subject = "CN=$Id, O=OBN"; name = $Id; issuer = $script:Issuer; selfIssued = $false; authority = $false
            from = $seconds[0]; to = $seconds[1]; key = $true; exportable = $false; strong = $false
        }
        foreach ($name in $More.Keys) { $base[$name] = $More[$name] }
        return [pscustomobject] $base
    }

    function New-Root { return New-Certificate 'ROOT' '2010-01-01' '2040-01-01' @{ name = $script:Issuer; selfIssued = $true; authority = $true; key = $false } }

    function New-File {
        # A .p12 of the fake.
        param([object[]] $Certificates, [string] $Password = '4821', [long] $Modified = 1795140000)
        return [pscustomobject] @{ modified = $Modified; text = (ConvertTo-Json @{ password = $Password; certificates = @($Certificates) } -Depth 5) }
    }

    function Initialize-Person {
        # A PC with files and with certificates in the stores of OqsComApp.
        param([hashtable] $Files = @{}, [object[]] $My = @(), [object[]] $Root = @(), [object[]] $Ca = @())
        Initialize-Pc @{ certificates = [pscustomobject] @{ OqsComApp = [pscustomobject] @{ My = @($My); CA = @($Ca); Root = @($Root) } } }
        Edit-Pc { param($machine) foreach ($path in $Files.Keys) { Set-FakeMember $machine.personFiles $path $Files[$path] } }
        $folder = "$env:OQSGEN_FAKE/Users/OqsComApp"
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
        Start-Pass
    }

    function Start-Pass {
        # The script is started again: what was typed is forgotten.
        param([string] $Mode = 'Apply', [object[]] $Replies = @(), [object[]] $Steps = @(), [int] $Codes = 1, [bool] $Renewals = $true)
        $Steps += [pscustomobject] @{ kind = 'certificate-state'; wanted = [pscustomobject] @{ count = $Codes; renewals = $Renewals } }
        $script:CertificateWork = $null
        $script:CertificateOldAgreed = $null
        $script:CertificateBackupChoice = $null
        $script:Secret = @{}
        $script:SecretRefusal = @{}
        $script:Pass = [pscustomobject] @{ mode = $Mode; root = 'E:\oqs\bundle'; beside = 'E:\oqs'; bundle = 'b'; boot = '1'; scope = 'user'; session = [pscustomobject] @{ name = 'OqsComApp'; role = 'account' }; journal = (Read-Journal $script:MediumJournal); plan = [pscustomobject] @{ steps = $Steps; deniedSecrets = @(); issuers = @($script:Issuers) } }
        $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $false; replies = $Replies }
        $script:FakeAnswer = 0
        $script:FakeDead = $false
        [IO.File]::WriteAllText("$env:OQSGEN_FAKE/console.txt", '')
    }

    $script:MediumJournal = "$env:OQSGEN_FAKE/medium.jsonl"

    function Set-Reply {
        param([string[]] $Pairs)
        $replies = @(for ($i = 0; $i -lt $Pairs.Length; $i += 2) { [pscustomobject] @{ prompt = $Pairs[$i]; answer = $Pairs[$i + 1] } })
        Set-FakeField $script:FakeSession 'replies' $replies
    }

    # A window in which each line is whole.
    $script:ScreenWidth = 2000
    function Get-Console { return [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") }

    function Invoke-Apply {
        # As the runtime does it: asks, then looks again, then sets. The state afterwards, or a marker.
        param([string] $Kind, [object] $Target, [object] $Wanted)
        $found = Get-State $Kind $Target
        if ($null -ne (Get-Field $found 'unknown') -or $null -ne (Get-Field $found 'not-applicable') -or (Test-Kind $Kind $Wanted $found)) { return $found }
        Read-Secret @(Get-NeededSecret $Kind -Target $Target -State $Wanted -Found $found -Default @())
        $found = Get-State $Kind $Target
        if ($null -ne (Get-Field $found 'unknown') -or $null -ne (Get-Field $found 'not-applicable')) { return $found }
        $missing = @(Get-NeededSecret $Kind -Target $Target -State $Wanted -Found $found -Default @() | Where-Object { -not (Test-SecretKnown (Get-SecretName $_)) })
        if ($missing.Length -gt 0) { return [pscustomobject] @{ skipped = $true } }
        Invoke-Set $Kind $Target $Wanted
        return Get-State $Kind $Target
    }

    $script:Import = ConvertFrom-Text '{"code": "1319999012"}'
    $script:One = ConvertFrom-Text '{"count": 1, "chosen": false}'
    $script:New = ConvertFrom-Text '{"count": 1, "chosen": true}'
    $script:RootTarget = ConvertFrom-Text '{"store": "Root"}'
    $script:RootWanted = ConvertFrom-Text '{"registered": true}'
    $script:OldWanted = ConvertFrom-Text '{"count": 0}'
    $script:BackupTarget = ConvertFrom-Json "{`"code`": `"1319999012`", `"folder`": `"$script:Backup`"}"
    $script:BackupWanted = ConvertFrom-Text '{"copied": true}'
}

AfterAll { $script:FakeSession = [pscustomobject] @{ as = 'OqsComApp'; elevated = $true } }

Describe 'certificate: a new terminal' {
    BeforeEach {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA'), (New-Root))) }
        Set-Reply '証明書パスワード', '4821'
    }

    It 'imports the file with its key, not exportable, and puts everything back' {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate' $script:Import)
        Test-Kind 'certificate' $script:One $before | Should -BeFalse
        $after = Invoke-Apply 'certificate' $script:Import $script:One
        Test-Kind 'certificate' $script:One $after | Should -BeTrue
        ConvertTo-Canonical $after.certificates[0] | Should -BeExactly '{"exportable":false,"from":20261101,"key":true,"strong":false,"subject":"CN=AA, O=OBN","thumbprint":"AA","to":20300201}'
        Test-Same $after (Copy-State (Get-State 'certificate' $script:Import)) | Should -BeTrue
        Start-Pass 'Rollback'
        Invoke-Set 'certificate' $script:Import $before
        Test-Same $before (Get-State 'certificate' $script:Import) | Should -BeTrue
        Test-Kind 'certificate' $before (Get-State 'certificate' $script:Import) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'never writes or says the password' {
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        Get-Console | Should -Not -Match '4821'
        foreach ($path in [IO.Directory]::GetFiles("$env:OQSGEN_FAKE/Users", '*', 'AllDirectories')) { [IO.File]::ReadAllText($path) | Should -Not -Match '4821' }
    }

    It 'takes what was imported by hand as it is' {
        Initialize-Person @{} @((New-Certificate 'HAND'))
        Test-Kind 'certificate' $script:One (Get-State 'certificate' $script:Import) | Should -BeTrue
    }

    It 'does not take <what>' -ForEach @(
        @{ what = 'one without its key'; more = @{ key = $false }; to = '2030-01-01' }
        @{ what = 'an expired one'; more = @{}; to = '2026-11-20' }
        @{ what = 'one of another issuer'; more = @{ issuer = 'Other CA' }; to = '2030-01-01' }
        @{ what = 'an intermediate'; more = @{ authority = $true }; to = '2030-01-01' }
    ) {
        Initialize-Person @{} @((New-Certificate 'X' '2023-01-01' $to $more))
        Test-Kind 'certificate' $script:One (Get-State 'certificate' $script:Import) | Should -BeFalse
    }

    It 'imports the intermediate too, and takes back only that' {
        $sub = New-Certificate 'SUB' '2015-01-01' '2035-01-01' @{ name = 'OBN Sub CA'; authority = $true; key = $false }
        $foreign = New-Certificate 'FOREIGN' '2015-01-01' '2035-01-01' @{ name = 'Foreign'; issuer = 'Foreign Root'; authority = $true; key = $false }
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA' -More @{ issuer = 'OBN Sub CA' }), $sub, (New-Root))) } -Ca @($foreign)
        Set-Reply '証明書パスワード', '4821'
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate' $script:Import)
        $after = Invoke-Apply 'certificate' $script:Import $script:One
        Test-Kind 'certificate' $script:One $after | Should -BeTrue
        $after.authorities | Should -Be @('SUB')
        Invoke-Set 'certificate' $script:Import $before
        Get-Pc | Should -BeExactly $pc
    }

    It 'says what is missing where there is no file, and waits' {
        Initialize-Person
        (Invoke-Apply 'certificate' $script:Import $script:One).unknown | Should -Match 'USB メモリー'
        Start-Pass
        Set-Reply 'Enter', 's'
        (Invoke-Apply 'certificate' $script:Import $script:One).unknown | Should -Match '\*\.p12'
    }

    It 'finds the file beside the bundle, and offers the newest first' {
        Initialize-Person @{
            'E:\oqs\stick.pfx' = (New-File @(New-Certificate 'STICK') -Modified 1795000000)
            "$script:Desktop\new.p12" = (New-File @(New-Certificate 'NEW') -Modified 1795100000)
            'E:\oqs\bundle\inside.p12' = (New-File @(New-Certificate 'INSIDE') -Modified 1795200000)
            "$script:Downloads\readme.txt" = (New-File @(New-Certificate 'TEXT') -Modified 1795200000)
        }
        @(Find-CertificateFile | ForEach-Object { $_.path }) | Should -Be @("$script:Desktop\new.p12", 'E:\oqs\stick.pfx')
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', '2'
        (Invoke-Apply 'certificate' $script:Import $script:One).certificates[0].thumbprint | Should -Be 'STICK'
    }

    It 'takes a file by its place' {
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'D:\usb\x.p12' (New-File @(New-Certificate 'USB')) }
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', '"D:\usb\x.p12"'
        (Invoke-Apply 'certificate' $script:Import $script:One).certificates[0].thumbprint | Should -Be 'USB'
    }

    It 'takes <typed> for the file in a folder in full width' -ForEach @(
        @{ typed = 'D:\証明書（本院）\Ａ.p12' }, @{ typed = '"D:\証明書（本院）\Ａ.p12"' }
    ) {
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'D:\証明書（本院）\Ａ.p12' (New-File @(New-Certificate 'USB')) }
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', $typed
        (Invoke-Apply 'certificate' $script:Import $script:One).certificates[0].thumbprint | Should -Be 'USB'
    }

    It 'takes a number or a place typed in full width' -ForEach @(@{ typed = '１' }, @{ typed = 'Ｃ：＼ａ．ｐ１２' }) {
        Edit-Pc { param($machine) $machine.personFiles = [pscustomobject] @{ 'C:\a.p12' = $machine.personFiles."$script:Downloads\a.p12"; "$script:Downloads\a.p12" = $machine.personFiles."$script:Downloads\a.p12" } }
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', $typed
        (Invoke-Apply 'certificate' $script:Import $script:One).certificates[0].thumbprint | Should -Be 'AA'
        Start-Pass
        Set-Reply 'ファイルの番号', 'ｓ'
        Select-CertificateFile 'x' | Should -BeNullOrEmpty
    }

    It 'does not copy as the backup what was declined' {
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'D:\x.p12' (New-File @(New-Certificate 'OTHER')) }
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', 'D:\x.p12', 'よければ Enter', 'n'
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        @(Get-CertificateBackupSource '1319999012').Length | Should -Be 0
        Start-Pass
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', 'D:\x.p12'
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        @(Get-CertificateBackupSource '1319999012' | ForEach-Object { $_.path }) | Should -Be @('D:\x.p12')
    }

    It 'leaves what was imported by hand after a try that failed, with its intermediate' {
        $sub = New-Certificate 'SUB' '2015-01-01' '2035-01-01' @{ name = 'OBN Sub CA'; authority = $true; key = $false }
        $before = Copy-State (Get-State 'certificate' $script:Import)
        Read-Secret @(Get-NeededSecret 'certificate' -Target $script:Import -State $script:One -Found $before -Default @())
        Mock Import-CertificateKey { throw 'the key set is full' }
        { Invoke-Set 'certificate' $script:Import $script:One } | Should -Throw '*full*'
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My = @(New-Certificate 'HAND' -More @{ issuer = 'OBN Sub CA' }); $machine.certificates.OqsComApp.CA = @($sub) }
        $pc = Get-Pc
        Start-Pass 'Rollback'
        Invoke-Set 'certificate' $script:Import $before
        $found = Get-State 'certificate' $script:Import
        Test-Kind 'certificate' $before $found | Should -BeTrue
        @($found.certificates | ForEach-Object { $_.thumbprint }) | Should -Be @('HAND')
        Get-Pc | Should -BeExactly $pc
    }

    It 'imports again where Windows cannot open the key any more' {
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My[0] | Add-Member lost $true }
        Start-Pass
        Set-Reply '証明書パスワード', '4821'
        $before = Copy-State (Get-State 'certificate' $script:Import)
        $before.certificates[0].key | Should -BeFalse
        Test-Kind 'certificate' $script:One $before | Should -BeFalse
        Test-Kind 'certificate' $script:One (Invoke-Apply 'certificate' $script:Import $script:One) | Should -BeTrue
    }

    It 'asks a wrong password three times, and changes nothing' {
        $pc = Get-Pc
        Set-Reply '証明書パスワード', '0000'
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        [regex]::Matches((Get-Console), '証明書パスワードが違います。（\d / 3）').Count | Should -Be 3
        Get-Pc | Should -BeExactly $pc
    }

    It 'changes nothing where nobody answers, or the person says no' {
        $pc = Get-Pc
        Set-Reply @()
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        Start-Pass
        Set-Reply '証明書パスワード', '4821', 'よければ Enter', 'n'
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'imports on "<answer>" too, where Enter alone is asked for' -ForEach @(@{ answer = 'はい' }, @{ answer = 'y' }, @{ answer = 'ＹＥＳ' }) {
        Set-Reply '証明書パスワード', '4821', 'よければ Enter', $answer
        (Invoke-Apply 'certificate' $script:Import $script:One).certificates[0].thumbprint | Should -Be 'AA'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'another issuer'; certificate = @{ issuer = 'Other CA' }; from = '2026-11-01'; to = '2030-01-01'; says = '発行者が Other CA の証明書はありますが、これには使えません。' }
        @{ what = 'no key'; certificate = @{ key = $false }; from = '2026-11-01'; to = '2030-01-01'; says = '証明書はありますが、秘密キーがありません' }
        @{ what = 'an expired one'; certificate = @{}; from = '2021-01-01'; to = '2024-06-10'; says = '2024/06/10 に期限が切れています' }
        @{ what = 'one of the future'; certificate = @{}; from = '2027-01-01'; to = '2030-06-10'; says = 'PC の日付' }
    ) {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'X' $from $to $certificate)) }
        Set-Reply '証明書パスワード', '4821'
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        Get-Console | Should -Match $says
        [regex]::Matches((Get-Console), $says).Count | Should -Be 1 -Because 'no other password makes it another file'
        Get-Console | Should -Not -Match '入力され'
        Get-NoSecretText @("電子証明書 $script:Downloads\a.p12") | Should -Match $says
    }

    It 'refuses what is no such file, and a file that has changed since' {
        Edit-Pc { param($machine) $machine.personFiles."$script:Downloads\a.p12".text = 'PK' }
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        Get-Console | Should -Match '読めません'
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'AA')) }
        Set-Reply '証明書パスワード', '4821'
        $found = Get-State 'certificate' $script:Import
        Read-Secret @(Get-NeededSecret 'certificate' -Target $script:Import -State $script:One -Found $found -Default @())
        Edit-Pc { param($machine) $machine.personFiles."$script:Downloads\a.p12".text += ' ' }
        { Invoke-Set 'certificate' $script:Import $script:One } | Should -Throw '*ファイルが変わりました*'
    }

    It 'warns of the password <password>: <warned>' -ForEach @(
        @{ password = '1111'; warned = $true }, @{ password = '4567'; warned = $true }, @{ password = '4321'; warned = $true }, @{ password = '4821'; warned = $false }
    ) {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'AA') -Password $password) }
        Set-Reply '証明書パスワード', $password
        Test-Kind 'certificate' $script:One (Invoke-Apply 'certificate' $script:Import $script:One) | Should -BeTrue
        (Get-Console) -match 'DEFAULT_SECRET' | Should -Be $warned
    }

    It 'takes a password that manuals print: it is that of the file' {
        $sha = [Security.Cryptography.SHA256]::Create()
        $script:Pass.plan.deniedSecrets = @([BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes('4821'))).Replace('-', '').ToLowerInvariant())
        Set-Reply '証明書パスワード', '4821'
        Test-Kind 'certificate' $script:One (Invoke-Apply 'certificate' $script:Import $script:One) | Should -BeTrue
        Get-Console | Should -Match 'DEFAULT_SECRET'
    }

    It 'imports one certificate a code, never one twice' {
        $two = ConvertFrom-Text '{"count": 2, "chosen": false}'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles "$script:Downloads\b.p12" (New-File @(New-Certificate 'BB') -Password '7350') }
        Set-Reply 'パスワード（a', '4821', 'パスワード（b', '7350'
        $after = Invoke-Apply 'certificate' $script:Import $two
        Test-Kind 'certificate' $two $after | Should -BeTrue
        $after.chosen | Should -Be @('AA', 'BB')
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'AA')); "$script:Downloads\copy.p12" = (New-File @(New-Certificate 'AA')) }
        Set-Reply '証明書パスワード', '4821'
        (Invoke-Apply 'certificate' $script:Import $two).skipped | Should -BeTrue
        Get-Console | Should -Match '同じ証明書です'
    }

    It 'asks for <count> files at once, and once whether they are meant' -ForEach @(
        @{ count = 'the two'; typed = ''; chosen = 'AA', 'BB' }
        @{ count = 'two of three'; typed = '１、3'; chosen = 'AA', 'OTHER' }
        @{ count = 'one here and one elsewhere, one by one,'; typed = 'D:\x.p12'; chosen = 'AA', 'OTHER' }
    ) {
        $two = ConvertFrom-Text '{"count": 2, "chosen": false}'
        $third = 'D:\x.p12'
        if ($typed -match '3$') { $third = "$script:Downloads\c.p12" }
        Edit-Pc { param($machine)
            Set-FakeMember $machine.personFiles "$script:Downloads\b.p12" (New-File @(New-Certificate 'BB') -Modified 1795139999)
            Set-FakeMember $machine.personFiles $third (New-File @(New-Certificate 'OTHER') -Modified 1795139998)
        }
        Set-Reply '証明書パスワード', '4821', '番号（コンマで区切る）か', $typed, 'ファイルの番号', '1'
        $after = Invoke-Apply 'certificate' $script:Import $two
        $after.chosen | Should -Be $chosen
        Get-Console | Should -Match '電子証明書: CN=\w+[\s\S]*電子証明書: CN=\w+'
        [regex]::Matches((Get-Console), 'よければ Enter').Count | Should -Be 1
    }

    It 'imports none of two where one is not meant' {
        $two = ConvertFrom-Text '{"count": 2, "chosen": false}'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles "$script:Downloads\b.p12" (New-File @(New-Certificate 'BB')) }
        $pc = Get-Pc
        Set-Reply '証明書パスワード', '4821', 'よければ Enter', 'n'
        (Invoke-Apply 'certificate' $script:Import $two).skipped | Should -BeTrue
        @(Get-CertificateBackupSource '1319999012').Length | Should -Be 0
        Get-Pc | Should -BeExactly $pc
    }

    It 'says how many are missing, and takes no more than are needed' {
        $two = ConvertFrom-Text '{"count": 2, "chosen": false}'
        Set-Reply '置いたら Enter', '4'
        (Invoke-Apply 'certificate' $script:Import $two).unknown | Should -Match 'まだありません'
        Get-Console | Should -Match 'あと 1 つ足りません'
        Get-Console | Should -Match '番号が違います'
        Edit-Pc { param($machine) foreach ($name in 'b', 'c') { Set-FakeMember $machine.personFiles "$script:Downloads\$name.p12" (New-File @(New-Certificate $name)) } }
        Start-Pass
        Set-Reply '番号（コンマ', '1,2,3'
        (Invoke-Apply 'certificate' $script:Import $two).unknown | Should -Match 'まだありません'
        Get-Console | Should -Match '合わせて 2 つ'
        Start-Pass
        Set-Reply '番号', "$script:Downloads\b.p12"
        (Invoke-Apply 'certificate' $script:Import $two).unknown | Should -Match 'まだありません'
        Get-Console | Should -Match 'もう選ばれています'
    }
}

Describe 'certificate: a succession' {
    BeforeEach {
        $old = New-Certificate 'OLD' '2024-05-01' '2027-08-01'
        Initialize-Person @{
            "$script:Downloads\new.p12" = (New-File @((New-Certificate 'NEW'), (New-Root)))
            "$script:Desktop\old.p12" = (New-File @($old, (New-Root)) -Modified 1714500000)
        } @($old) @(New-Root)
        Set-Reply '証明書パスワード', '4821', '取り除いてよければ', 'yes'
    }

    It 'is not content with the old one, imports the new one, then retires the old one, and undoes both' {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate' $script:Import)
        Test-Kind 'certificate' $script:New $before | Should -BeFalse
        (Get-State 'certificate-old' $script:Import).unknown | Should -Match '新しい電子証明書を取り込んだ後'
        $after = Copy-State (Invoke-Apply 'certificate' $script:Import $script:New)
        Test-Kind 'certificate' $script:New $after | Should -BeTrue
        $oldBefore = Copy-State (Get-State 'certificate-old' $script:Import)
        @($oldBefore.old | ForEach-Object { $_.thumbprint }) | Should -Be @('OLD')
        $oldAfter = Invoke-Apply 'certificate-old' $script:Import $script:OldWanted
        Test-Kind 'certificate-old' $script:OldWanted $oldAfter | Should -BeTrue
        @((Read-Machine).certificates.OqsComApp.My | ForEach-Object { $_.thumbprint }) | Should -Be @('NEW')

        Start-Pass 'Rollback'
        Invoke-Set 'certificate-old' $script:Import $oldBefore
        Test-Same $oldBefore (Get-State 'certificate-old' $script:Import) | Should -BeTrue
        Test-Same $after (Get-State 'certificate' $script:Import) | Should -BeTrue -Because 'the journal takes it for ours'
        Invoke-Set 'certificate' $script:Import $before
        Test-Same $before (Get-State 'certificate' $script:Import) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'never takes the old file' {
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', '2'
        $pc = Get-Pc
        (Invoke-Apply 'certificate' $script:Import $script:New).skipped | Should -BeTrue
        Get-Console | Should -Match '古い証明書です'
        Get-Pc | Should -BeExactly $pc
    }

    It 'takes a new one that was imported by hand, when the person says which' {
        Initialize-Person @{} @((New-Certificate 'NEW'), (New-Certificate 'OLD' '2024-05-01' '2027-08-01'))
        Set-Reply '番号か', '１'
        $after = Invoke-Apply 'certificate' $script:Import $script:New
        $after.chosen | Should -Be @('NEW')
        Test-Kind 'certificate' $script:New $after | Should -BeTrue
        Start-Pass
        Test-Kind 'certificate' $script:New (Get-State 'certificate' $script:Import) | Should -BeTrue
        Test-Kind 'certificate' $script:New (Get-State 'certificate' (ConvertFrom-Text '{"code": "2819999036"}')) | Should -BeFalse
    }

    It 'leaves what was imported by hand and is kept in use' {
        $before = Copy-State (Get-State 'certificate' $script:Import)
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My = @($machine.certificates.OqsComApp.My) + (New-Certificate 'HAND') }
        Set-Reply 'ファイルの番号', '3'
        (Invoke-Apply 'certificate' $script:Import $script:New).chosen | Should -Be @('HAND')
        Start-Pass 'Rollback'
        Invoke-Set 'certificate' $script:Import $before
        $found = Get-State 'certificate' $script:Import
        Test-Kind 'certificate' $before $found | Should -BeTrue
        @($found.certificates | ForEach-Object { $_.thumbprint }) | Should -Be @('HAND', 'OLD')
    }

    It 'knows its work again when certificate-old has brought back what was not there at a renewal' {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate' $script:Import)
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        $oldBefore = Copy-State (Get-State 'certificate-old' $script:Import)
        $null = Invoke-Apply 'certificate-old' $script:Import $script:OldWanted
        Edit-Pc { param($machine)
            $machine.certificates.OqsComApp.My[0].to = 1795132800
            Set-FakeMember $machine.personFiles "$script:Downloads\new.p12" (New-File @((New-Certificate 'NEXT' '2026-11-20'), (New-Root)))
        }
        Start-Pass
        Set-Reply '証明書パスワード', '4821'
        $after = Copy-State (Invoke-Apply 'certificate' $script:Import $script:New)
        @($after.certificates | ForEach-Object { $_.thumbprint }) | Should -Be @('NEW', 'NEXT')
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-old' $script:Import $oldBefore
        $found = Get-State 'certificate' $script:Import
        $item = [pscustomobject] @{ kind = 'certificate'; before = $before; after = $after; settled = $true }
        Test-OurWork $item $found | Should -BeTrue
        $found.certificates = @($found.certificates | Where-Object { $_.thumbprint -cne 'NEXT' })
        Test-OurWork $item $found | Should -BeFalse -Because 'somebody took it away'
        Invoke-Set 'certificate' $script:Import $before
        Test-Same $before (Get-State 'certificate' $script:Import) | Should -BeTrue
    }

    It 'imports the new one again where its key is lost, and does not retire the old one before' {
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My | Where-Object { $_.thumbprint -eq 'NEW' } | ForEach-Object { $_ | Add-Member lost $true } }
        Start-Pass
        $script:CertificateOldAgreed = $true
        (Get-State 'certificate-old' $script:Import).unknown | Should -Match '新しい電子証明書を取り込んだ後'
        { Invoke-Set 'certificate-old' $script:Import $script:OldWanted } | Should -Throw
        Set-Reply '証明書パスワード', '4821', 'ファイルの番号', '1'
        $after = Invoke-Apply 'certificate' $script:Import $script:New
        Test-Kind 'certificate' $script:New $after | Should -BeTrue
        $after.chosen | Should -Be @('NEW')
        @((Get-State 'certificate-old' $script:Import).old | ForEach-Object { $_.thumbprint }) | Should -Be @('OLD')
    }

    It 'does not check the number while the person wants to keep the old one for now' {
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        Set-Reply '取り除いてよければ', ''
        $null = Invoke-Apply 'certificate-old' $script:Import $script:OldWanted
        $store = ConvertFrom-Text '{"store": "My"}'
        (Get-State 'certificate-state' $store).unknown | Should -Match '古い電子証明書を取り除いた後'
        Start-Pass 'Verify' -Renewals $false
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 1}') (Get-State 'certificate-state' $store) | Should -BeFalse
    }

    It 'does not retire without yes, and asks once in a pass' {
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        $pc = Get-Pc
        Set-Reply '取り除いてよければ', ''
        (Invoke-Apply 'certificate-old' $script:Import $script:OldWanted).unknown | Should -Match '後で'
        $null = Invoke-Apply 'certificate-old' $script:Import $script:OldWanted
        [regex]::Matches((Get-Console), '取り除いてよければ').Count | Should -Be 1
        { Invoke-Set 'certificate-old' $script:Import $script:OldWanted } | Should -Throw
        Get-Pc | Should -BeExactly $pc
    }

    It 'does not retire where the new one has gone' {
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        $script:CertificateOldAgreed = $true
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My = @($machine.certificates.OqsComApp.My | Where-Object { $_.thumbprint -eq 'OLD' }) }
        { Invoke-Set 'certificate-old' $script:Import $script:OldWanted } | Should -Throw
        @((Read-Machine).certificates.OqsComApp.My | ForEach-Object { $_.thumbprint }) | Should -Be @('OLD')
    }

    It 'retires only certificates of this issuer' {
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My = @($machine.certificates.OqsComApp.My) + (New-Certificate 'BANK' -More @{ issuer = 'Bank CA' }) }
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        $null = Invoke-Apply 'certificate-old' $script:Import $script:OldWanted
        @((Read-Machine).certificates.OqsComApp.My | ForEach-Object { $_.thumbprint }) | Should -Be @('BANK', 'NEW')
    }
}

Describe 'certificate-root' {
    BeforeEach {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA'), (New-Root))) }
        Set-Reply '証明書パスワード', '4821'
    }

    It 'waits for the import, then adds the root of the file once, and takes it back' {
        (Get-State 'certificate-root' $script:RootTarget).unknown | Should -Match '取り込んだ後'
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate-root' $script:RootTarget)
        $after = Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted
        Test-Kind 'certificate-root' $script:RootWanted $after | Should -BeTrue
        $after.roots | Should -Be @('ROOT')
        [regex]::Matches((Get-Console), 'Enter: 今回は行わない').Count | Should -Be 1 -Because 'the password is asked for once'
        Get-Console | Should -Match '拇印: ROOT'
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-root' $script:RootTarget $before
        Test-Same $before (Get-State 'certificate-root' $script:RootTarget) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'asks again after No, and says so where it stays No' {
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        Set-Reply 'セキュリティ警告', 'いいえ', '証明書パスワード', '4821'
        { Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted } | Should -Throw '*「はい」と答えて*'
        [regex]::Matches((Get-Console), '「いいえ」が押された').Count | Should -Be 3
        @((Read-Machine).certificates.OqsComApp.Root).Count | Should -Be 0
        Start-Pass
        Set-Reply '証明書パスワード', '4821'
        Test-Kind 'certificate-root' $script:RootWanted (Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted) | Should -BeTrue -Because 'the next start asks for the file again'
    }

    It 'leaves a root of the computer alone' {
        Edit-Pc { param($machine) Set-FakeField $machine.certificates 'computer' ([pscustomobject] @{ Root = @(New-Root) }) }
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $pc = Get-Pc
        Test-Kind 'certificate-root' $script:RootWanted (Get-State 'certificate-root' $script:RootTarget) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'goes on where the file has none, as the manual does' {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'AA')) }
        Set-Reply '証明書パスワード', '4821'
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        (Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted).'not-applicable' | Should -Match '入っていません'
    }

    It 'is drift when the terminal is checked later' {
        Initialize-Person @{} @(New-Certificate 'AA')
        Start-Pass 'Verify'
        Test-Kind 'certificate-root' $script:RootWanted (Get-State 'certificate-root' $script:RootTarget) | Should -BeFalse
    }
}

# The name alone, or with a generation: one rule for everything.
Describe 'the issuer <issuer>' -ForEach @(
    @{ issuer = 'Online Billing NW Common Root CA' }, @{ issuer = 'Online Billing NW Common Root CA - G1' }, @{ issuer = 'Online Billing NW Common Root CA - G12' }
) {
    BeforeEach {
        $root = New-Certificate 'G' '2010-01-01' '2040-01-01' @{ name = $issuer; issuer = $issuer; selfIssued = $true; authority = $true; key = $false }
        $own = New-Certificate 'AA' -More @{ issuer = $issuer }
        $store = ConvertFrom-Text '{"store": "My"}'
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @($own, $root)) }
        Set-Reply '証明書パスワード', '4821', '取り除いてよければ', 'yes'
    }

    It 'is imported with its root, named in the question, copied, and in order' {
        Test-Kind 'certificate' $script:One (Invoke-Apply 'certificate' $script:Import $script:One) | Should -BeTrue
        Test-Kind 'certificate-root' $script:RootWanted (Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted) | Should -BeTrue
        Get-Console | Should -Match "発行者: $issuer(\r?\n|`$)"
        Test-Kind 'certificate-backup' $script:BackupWanted (Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted) | Should -BeTrue
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 1}') (Get-State 'certificate-state' $store) | Should -BeTrue
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 1}') (Get-State 'certificate-expiry' $store) | Should -BeTrue
    }

    It 'is retired as an old one, and undone with its root' {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate' $script:Import)
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $rootBefore = Copy-State (Get-State 'certificate-root' $script:RootTarget)
        $null = Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted
        Edit-Pc { param($machine) $machine.certificates.OqsComApp.My = @($machine.certificates.OqsComApp.My) + (New-Certificate 'OLD' '2024-05-01' '2027-08-01' @{ issuer = $script:Issuer }) }
        Test-Kind 'certificate-old' $script:OldWanted (Invoke-Apply 'certificate-old' $script:Import $script:OldWanted) | Should -BeTrue
        @((Read-Machine).certificates.OqsComApp.My | ForEach-Object { $_.thumbprint }) | Should -Be @('AA')
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-root' $script:RootTarget $rootBefore
        Invoke-Set 'certificate' $script:Import $before
        (Get-Pc) | Should -BeExactly $pc
    }
}

Describe 'a stranger with the right name' {
    It 'is never put into a store: <what>' -ForEach @(
        @{ what = 'a root'; forged = 'root'; sub = $false }, @{ what = 'an intermediate'; forged = 'sub'; sub = $true }, @{ what = 'the root above an intermediate'; forged = 'root'; sub = $true }
    ) {
        $root = New-Root
        $own = New-Certificate 'AA'
        $all = @($root)
        if ($sub) {
            $own = New-Certificate 'AA' -More @{ issuer = 'OBN Sub CA' }
            $between = New-Certificate 'SUB' '2015-01-01' '2035-01-01' @{ name = 'OBN Sub CA'; authority = $true; key = $false }
            $all += $between
            if ($forged -ceq 'sub') { Set-FakeMember $between 'forged' $true }
        }
        if ($forged -ceq 'root') { Set-FakeMember $root 'forged' $true }
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File (@($own) + $all)) }
        $file = ConvertTo-CertificateChoice ([pscustomobject] @{ path = "$script:Downloads\a.p12"; name = 'a.p12'; modified = 0 }) 'root'
        Confirm-CertificateFile (Get-TestSecret '4821') $file $file.request | Should -Match '署名していません'
        $file.root | Should -BeNullOrEmpty
        @($file.authorities | ForEach-Object { $_.thumbprint }) | Should -Be @(if ($sub -and $forged -ceq 'root') { 'SUB' })
    }

    It 'says where a thumbprint of a file can be compared, where none is published' {
        Initialize-Person
        Write-RootSource (New-Root)
        Get-Console | Should -Match 'この PC では確かめられません'
        Get-Console | Should -Match 'ほかの端末'
    }
}

Describe 'what is no issuer' {
    It 'is "<name>", which is said' -ForEach @(
        @{ name = 'Online Billing NW Common Root CA - G' }, @{ name = 'Online Billing NW Common Root CA - G0' }, @{ name = 'Online Billing NW Common Root CA - G1 (Test)' }
        @{ name = 'Online Billing NW Common Root CA2' }, @{ name = 'My Online Billing NW Common Root CA' }, @{ name = 'online billing nw common root ca' }
    ) {
        Initialize-Person @{} @(New-Certificate 'X' -More @{ issuer = $name }) @(New-Root)
        Start-Pass 'Verify'
        $shown = [regex]::Escape("発行者が $name の証明書はありますが、これには使えません。")
        $found = Get-State 'certificate' $script:Import
        Test-Kind 'certificate' $script:One $found | Should -BeFalse
        $found.message | Should -Match $shown
        (Get-State 'certificate-state' (ConvertFrom-Text '{"store": "My"}')).message | Should -Match "NO_CERT_DIALOG.*$shown"
    }

    It 'is nobody where the plan names none' {
        Initialize-Person @{} @(New-Certificate 'X') @(New-Root)
        $script:Pass.plan.issuers = @()
        @(Get-OwnCertificate).Length | Should -Be 0
    }
}

Describe 'a root of its own for each generation' {
    BeforeEach {
        $next = "$script:Issuer - G1"
        $nextRoot = New-Certificate 'ROOTG1' '2010-01-01' '2040-01-01' @{ name = $next; issuer = $next; selfIssued = $true; authority = $true; key = $false }
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA' -More @{ issuer = $next }), $nextRoot)) } @() @(New-Root)
        Set-Reply '証明書パスワード', '4821'
    }

    It 'is missing where only that of the one before is there, and is added beside it' {
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $before = Copy-State (Get-State 'certificate-root' $script:RootTarget)
        Test-Kind 'certificate-root' $script:RootWanted $before | Should -BeFalse
        $before.message | Should -Match ([regex]::Escape("ルート証明書 $next が登録されていません"))
        $state = Get-State 'certificate-state' (ConvertFrom-Text '{"store": "My"}')
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 1}') $state | Should -BeFalse
        $after = Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted
        Test-Kind 'certificate-root' $script:RootWanted $after | Should -BeTrue
        $after.roots | Should -Be @('ROOT', 'ROOTG1')
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-root' $script:RootTarget $before
        (Get-State 'certificate-root' $script:RootTarget).roots | Should -Be @('ROOT')
    }

    It 'counts by its fingerprint where one is published' {
        $script:Pass.plan.issuers = @([pscustomobject] @{ name = $script:Issuer; roots = @([pscustomobject] @{ name = $next; thumbprint = 'OTHER'; source = 'https://example.jp/root' }) })
        (Invoke-Apply 'certificate' $script:Import $script:One).skipped | Should -BeTrue
        Get-Console | Should -Match 'ROOTG1）は、公開されているものと違います'
        $script:Pass.plan.issuers[0].roots[0].thumbprint = 'rootg1'
        $script:CertificateWork = $null
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        Test-Kind 'certificate-root' $script:RootWanted (Invoke-Apply 'certificate-root' $script:RootTarget $script:RootWanted) | Should -BeTrue
        Get-Console | Should -Match '公開されているものと同じです: https://example.jp/root'
    }
}

Describe 'a certificate that was renewed' {
    BeforeEach { $store = ConvertFrom-Text '{"store": "My"}' }

    It 'stands beside the new one, and neither is a fault' {
        Initialize-Person @{} @((New-Certificate 'OLD' '2023-09-21' '2026-12-21'), (New-Certificate 'NEW' '2026-11-01' '2029-12-31')) @(New-Root)
        Start-Pass 'Verify'
        $said = '更新済みです。古い証明書（2026/12/21 まで）は、使い始めを確かめてから取り除けます。'
        $found = Get-State 'certificate-expiry' $store
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 1}') $found | Should -BeTrue
        $found.warning | Should -Match $said
        $found.warning | Should -Not -Match '更新の手続きを始めて'
        $found = Get-State 'certificate-state' $store
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 1}') $found | Should -BeTrue
        $found.warning | Should -Match $said
        $found.warning | Should -Match '2029/12/31 までのものを選びます'
    }

    It 'is still the one where the new one is <what>' -ForEach @(
        @{ what = 'without its key'; from = '2026-11-01'; to = '2029-12-31'; more = @{ key = $false } }
        @{ what = 'as old'; from = '2023-09-21'; to = '2026-12-21'; more = @{} }
    ) {
        Initialize-Person @{} @((New-Certificate 'OLD' '2023-09-21' '2026-12-21'), (New-Certificate 'NEW' $from $to $more)) @(New-Root)
        Start-Pass 'Verify'
        (Get-State 'certificate-expiry' $store).warning | Should -Match '更新の手続きを始めて'
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 1}') (Get-State 'certificate-state' $store) | Should -BeFalse
    }

    It 'is judged for each code: two in use, one of them renewed' {
        $a = New-Certificate 'A1' '2023-09-21' '2026-12-21'
        $b = New-Certificate 'B1' '2024-01-01' '2027-01-10'
        Initialize-Person @{} @($a, $b, (New-Certificate 'A2' '2026-11-01' '2029-12-31')) @(New-Root)
        Start-Pass 'Verify' -Codes 2
        (Get-State 'certificate-expiry' $store).warning | Should -Match 'あと 49 日です（2027/01/10）'
        Test-Kind 'certificate-state' (ConvertFrom-Text '{"count": 2}') (Get-State 'certificate-state' $store) | Should -BeTrue
        Initialize-Person @{} @($a, (New-Certificate 'A2' '2026-11-01' '2029-12-31'), (New-Certificate 'B2' '2026-11-02' '2030-01-01')) @(New-Root)
        Start-Pass 'Verify' -Codes 2
        (Get-State 'certificate-expiry' $store).warning | Should -Match '^更新済みです'
    }
}

Describe 'certificate-backup' {
    BeforeEach {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA'), (New-Root))) }
        Set-Reply '証明書パスワード', '4821'
    }

    It 'waits for the import, copies the file, compares it, and takes it back' {
        (Get-State 'certificate-backup' $script:BackupTarget).unknown | Should -Match '取り込んだ後'
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate-backup' $script:BackupTarget)
        $after = Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted
        Test-Kind 'certificate-backup' $script:BackupWanted $after | Should -BeTrue
        $files = (Read-Machine).personFiles
        $files."$script:Desktop\$script:Backup\a.p12".text | Should -BeExactly $files."$script:Downloads\a.p12".text
        & (Get-Kind 'certificate-backup').undo $script:BackupTarget $before $after | Should -BeNullOrEmpty
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-backup' $script:BackupTarget $before
        Test-Same $before (Get-State 'certificate-backup' $script:BackupTarget) | Should -BeTrue
        Get-Pc | Should -BeExactly $pc
    }

    It 'is still done when the customer has taken the file away, and never deletes the only copy' {
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $before = Copy-State (Get-State 'certificate-backup' $script:BackupTarget)
        $after = Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted
        Edit-Pc { param($machine) $machine.personFiles.PSObject.Properties.Remove("$script:Downloads\a.p12") }
        (& (Get-Kind 'certificate-backup').undo $script:BackupTarget $before $after).reason | Should -Match 'ただ 1 つ'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'E:\oqs\a.p12' $machine.personFiles."$script:Desktop\$script:Backup\a.p12" }
        @(Find-CertificateFile | ForEach-Object { $_.path }) | Should -Be @('E:\oqs\a.p12')
        (& (Get-Kind 'certificate-backup').undo $script:BackupTarget $before $after).reason | Should -Match 'ただ 1 つ' -Because 'the stick goes home with the vendor'
        Edit-Pc { param($machine) $machine.personFiles = [pscustomobject] @{} }
        Test-Kind 'certificate-backup' $script:BackupWanted (Get-State 'certificate-backup' $script:BackupTarget) | Should -BeTrue
        & (Get-Kind 'certificate-backup').undo $script:BackupTarget $before $after | Should -BeNullOrEmpty
    }

    It 'asks for the file where it was imported by hand, and waits where the person does' {
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @(New-Certificate 'AA')) } @(New-Certificate 'AA')
        Set-Reply 'ファイルの番号', 's'
        (Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted).unknown | Should -Match '選ばれていません'
        Start-Pass
        Set-Reply 'ファイルの番号', '1'
        Test-Kind 'certificate-backup' $script:BackupWanted (Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted) | Should -BeTrue
    }

    It 'leaves another file of the same name' {
        Edit-Pc { param($machine)
            $machine.personFolders = @("$script:Desktop\$script:Backup")
            Set-FakeMember $machine.personFiles "$script:Desktop\$script:Backup\a.p12" (New-File @(New-Certificate 'OLD'))
        }
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $pc = Get-Pc
        $before = Copy-State (Get-State 'certificate-backup' $script:BackupTarget)
        $null = Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted
        (Read-Machine).personFiles."$script:Desktop\$script:Backup\a (2).p12" | Should -Not -BeNullOrEmpty
        Start-Pass 'Rollback'
        Invoke-Set 'certificate-backup' $script:BackupTarget $before
        Get-Pc | Should -BeExactly $pc
    }
}

Describe 'certificate-medium' {
    BeforeEach {
        [IO.File]::Delete($script:MediumJournal)
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA'), (New-Root))) }
        Set-Reply '証明書パスワード', '4821'
        $null = Invoke-Apply 'certificate' $script:Import $script:One
        $null = Invoke-Apply 'certificate-backup' $script:BackupTarget $script:BackupWanted
        $script:Medium = [pscustomobject] @{ folder = $script:Backup }
        $script:MediumStep = [pscustomobject] @{
            id = 'medium'; kind = 'certificate-medium'; scope = 'user'; who = 'oqscomapp'; how = 'guided'; title = '媒体'; what = '挿します。'; check = ''
            values = @(); target = $script:Medium; wanted = (ConvertFrom-Text '{"saved": true}'); secrets = @(); after = @(); requirements = @(); source = @()
        }
        function Set-Medium { param([string[]] $Drives) Edit-Pc { param($machine) Set-FakeMember $machine 'drives' $Drives; $machine.personFolders = @($machine.personFolders) + @($Drives | ForEach-Object { $_.TrimEnd('\') }) } }
        function Invoke-Medium {
            # What is typed, one after another.
            param([string[]] $Typed)
            $script:Turn = New-Turn
            $script:FakeAnswer = 0
            Set-FakeField $script:FakeSession 'replies' $null
            Set-FakeField $script:FakeSession 'answers' $Typed
            return & (Get-Kind 'certificate-medium').conversation $script:MediumStep $script:Pass
        }
        function Get-Kept { return @(& (Get-Kind 'certificate-file').clear.find ([pscustomobject] @{ part = 'rest'; code = '1319999012'; folder = $script:Backup }) | ForEach-Object { $_.why }) }
    }

    It 'copies to the medium that is plugged in, compares, and then the PC may delete what is left' {
        Set-Medium 'G:\'
        Get-Kept | Should -Be @('施設の媒体への保存を、まだ確かめていないもの', '施設の媒体への保存を、まだ確かめていないもの')
        (Invoke-Medium '').status | Should -BeExactly 'ok'
        $files = (Read-Machine).personFiles
        $files.'G:\a.p12'.text | Should -BeExactly $files."$script:Downloads\a.p12".text
        (& (Get-Kind 'certificate-medium').fact (Get-State 'certificate-medium' $script:Medium)) | Should -Match '施設の媒体（.*保存を確かめました'
        Get-Kept | Should -Be @('', '')
    }

    It 'goes on by itself once a medium is plugged in' {
        Set-FakeField $script:FakeSession 'person' $false
        $script:Turn = New-Turn
        Set-FakeField $script:FakeSession 'replies' $null
        $folders = @((Read-Machine).personFolders) + 'G:'
        $script:FakeAnswer = 0
        Set-FakeField $script:FakeSession 'answers' @([pscustomobject] @{ drives = @('G:\'); personFolders = $folders })
        (& (Get-Kind 'certificate-medium').conversation $script:MediumStep $script:Pass).status | Should -BeExactly 'ok'
        (Read-Machine).personFiles.'G:\a.p12' | Should -Not -BeNullOrEmpty
    }

    It 'never copies to the stick of the bundle, nor to one of several, and takes a word for a CD-R' {
        Set-Medium 'E:\'
        (Invoke-Medium '', 's').status | Should -BeExactly 'manual'
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match '媒体が見つかりません'
        Set-Medium 'E:\', 'G:\', 'H:\'
        (Invoke-Medium '', '1').status | Should -BeExactly 'ok'
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match '媒体が 2 つあります'
        @(Get-FieldName (Read-Machine).personFiles | Where-Object { $_ -match '^[EGH]:' }).Length | Should -Be 0
        (Get-State 'certificate-medium' $script:Medium).by | Should -BeExactly 'person'
    }

    It 'takes a word for a file that was moved, and asks in vain for nothing' {
        Edit-Pc { param($machine) $machine.personFiles = [pscustomobject] @{} }
        Set-Medium 'G:\'
        (Invoke-Medium '', '1').status | Should -BeExactly 'ok'
        [IO.File]::ReadAllText("$env:OQSGEN_FAKE/console.txt") | Should -Match 'フォルダーに \*\.p12 がありません'
    }

    It 'leaves another file of that name, and says what it cannot write to' {
        Set-Medium 'G:\'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'G:\a.p12' (New-File @(New-Certificate 'OLD')) }
        (Invoke-Medium '').status | Should -BeExactly 'ok'
        (Read-Machine).personFiles.'G:\a (2).p12' | Should -Not -BeNullOrEmpty
    }

    It 'waits for the copy on the desktop, and knows another day what was saved' {
        Set-Medium 'G:\'
        $null = Invoke-Medium ''
        Start-Pass
        Test-Kind 'certificate-medium' $script:MediumStep.wanted (Get-State 'certificate-medium' $script:Medium) | Should -BeTrue
        Initialize-Person @{}
        (Get-State 'certificate-medium' $script:Medium).unknown | Should -Match 'デスクトップに作った後'
    }
}

Describe 'looking at certificates' {
    BeforeAll {
        $script:Store = ConvertFrom-Text '{"store": "My"}'
        function Test-Shown {
            # Whether the state is as wanted; and what is said.
            param([string] $Kind, [object] $Target, [string] $Wanted)
            $found = Get-State $Kind $Target
            return "$(Test-Kind $Kind (ConvertFrom-Text $Wanted) $found) $(Get-Field $found 'message')"
        }
    }

    It 'is content with one current certificate, its key and its root' {
        Initialize-Person @{} @((New-Certificate 'AA')) @(New-Root)
        Start-Pass 'Verify'
        Test-Shown 'certificate-state' $script:Store '{"count": 1}' | Should -Match '^True'
        Test-Shown 'certificate-state' $script:Store '{"noted": true}' | Should -Match '^True'
        (Get-State 'certificate-state' $script:Store).warning | Should -BeExactly ''
        Start-Pass 'Verify' -Codes 2
        Test-Shown 'certificate-state' $script:Store '{"count": 2}' | Should -Match '^False 有効な電子証明書が 1 枚'
        (Get-State 'certificate-state' $script:Store).warning | Should -BeExactly ''
    }

    It 'says <says>' -ForEach @(
        @{ my = @(); root = $true; says = 'NO_CERT_DIALOG: 発行者 Online' }
        @{ my = @(@{ key = $false }); root = $true; says = 'NO_CERT_DIALOG: 秘密キー' }
        @{ my = @(@{ lost = $true; exportable = $null; strong = $null }); root = $true; says = 'NO_CERT_DIALOG: 秘密キー' }
        @{ my = @(@{ exportable = $true }); root = $true; says = 'エクスポートできる' }
        @{ my = @(@{}); root = $false; says = 'ルート証明書' }
        @{ my = @(@{ to = 1623283200 }); root = $true; says = 'CERT_EXPIRED' }
        @{ my = @(@{}, @{ thumbprint = 'BB' }); root = $true; says = '2 枚あります' }
    ) {
        $certificates = @(foreach ($more in $my) { New-Certificate 'AA' -More $more })
        $roots = @(if ($root) { New-Root })
        Initialize-Person @{} $certificates $roots
        Start-Pass 'Verify'
        Test-Shown 'certificate-state' $script:Store '{"count": 1}' | Should -Match "^False .*$says"
    }

    It 'warns of a key that asks whenever it is used' {
        Initialize-Person @{} @(New-Certificate 'AA' -More @{ strong = $true }) @(New-Root)
        (Get-State 'certificate-state' $script:Store).warning | Should -Match '保護が強力'
    }

    It 'waits for the import only in a pass that imports' {
        Initialize-Person
        Start-Pass 'Apply' @() @([pscustomobject] @{ kind = 'certificate' })
        (Get-State 'certificate-state' $script:Store).unknown | Should -Match 'まだ取り込まれていません'
        Start-Pass 'Apply'
        Test-Shown 'certificate-state' $script:Store '{"count": 1}' | Should -Match '^False'
        Start-Pass 'Verify' @() @([pscustomobject] @{ kind = 'certificate' })
        Test-Shown 'certificate-state' $script:Store '{"count": 1}' | Should -Match '^False'
    }

    It 'ending on <to>: <ok>, says "<says>"' -ForEach @(
        @{ to = '2027-02-21'; ok = $true; says = '' }
        @{ to = '2027-02-20'; ok = $true; says = 'あと 90 日' }
        @{ to = '2026-11-22'; ok = $true; says = 'あと 0 日です（2026/11/22）' }
        @{ to = '2026-11-21'; ok = $false; says = '期限の切れた' }
    ) {
        Initialize-Person @{} @(New-Certificate 'AA' '2024-01-01' $to)
        $found = Get-State 'certificate-expiry' $script:Store
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 1}') $found | Should -Be $ok
        if ($says) { $found.warning | Should -Match $says } else { $found.warning | Should -BeExactly '' }
        $found.message | Should -Match $(if ($ok) { '^有効期限内の電子証明書は 1 枚' } else { '^CERT_EXPIRED' })
    }

    It 'calls none expired where one is missing' {
        Initialize-Person @{} @(New-Certificate 'AA')
        Start-Pass 'Verify' -Codes 2
        $found = Get-State 'certificate-expiry' $script:Store
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 2}') $found | Should -BeFalse
        $found.message | Should -Match '1 枚で、.*足りません'
        $found.message | Should -Not -Match 'EXPIRED|切れて'
    }

    It 'warns of an expired one beside a current one' {
        Initialize-Person @{} @((New-Certificate 'AA'), (New-Certificate 'ZZ' '2021-03-10' '2024-06-10'))
        $found = Get-State 'certificate-expiry' $script:Store
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 1}') $found | Should -BeTrue
        $found.warning | Should -Match '残っています（2024/06/10）'
        Start-Pass 'Verify' -Codes 2
        $found = Get-State 'certificate-expiry' $script:Store
        Test-Kind 'certificate-expiry' (ConvertFrom-Text '{"count": 2}') $found | Should -BeFalse
        $found.message | Should -Match '^CERT_EXPIRED: .*（2024/06/10）'
        Initialize-Person
        (Get-State 'certificate-expiry' $script:Store).unknown | Should -Not -BeNullOrEmpty
    }

    It 'counts down to <limit> <day>: <ok> <says>' -ForEach @(
        @{ limit = 'download'; day = 20261121; ok = $true; says = 'あと 0 日' }
        @{ limit = 'download'; day = 20261120; ok = $false; says = '' }
        @{ limit = 'succession'; day = 20270301; ok = $true; says = '2027/03/01 まで' }
        @{ limit = 'succession'; day = 20261120; ok = $false; says = '' }
    ) {
        Initialize-Person @{} @(New-Certificate 'OLD' '2024-05-01' '2027-08-01')
        $found = Get-State 'certificate-deadline' (ConvertFrom-Json "{`"limit`": `"$limit`", `"day`": $day, `"code`": `"1319999012`", `"newer`": true}")
        Test-Kind 'certificate-deadline' (ConvertFrom-Text '{"met": true}') $found | Should -Be $ok
        if ($says) { $found.warning | Should -Match $says } else { $found.warning | Should -BeExactly '' }
    }

    It 'asks for the day of the notice, and remembers one that has not passed' {
        $target = ConvertFrom-Text '{"limit": "download", "day": 0, "code": "1319999012", "newer": true}'
        $met = ConvertFrom-Text '{"met": true}'
        $path = "$env:OQSGEN_FAKE/day.jsonl"
        [IO.File]::Delete($path)
        $start = {
            $script:TypedCode = @{}
            Start-Pass
            Set-FakeField $script:Pass 'journal' (Read-Journal $path)
        }
        Initialize-Person @{} @(New-Certificate 'OLD' '2024-05-01' '2027-08-01')
        & $start
        (Get-State 'certificate-deadline' $target).unknown | Should -Match '入力されていません'
        foreach ($answer in 's', '来年', '20270231', '2026-11-20', '２０２７年０１月３１日') {
            Set-Reply '8 桁', $answer
            $said = Read-TypedLine @([pscustomobject] @{ kind = 'certificate-deadline'; target = $target; wanted = $met })
            ($said -ceq 's') | Should -Be ($answer -ceq 's')
            $found = Get-State 'certificate-deadline' $target
            $known = $null -eq (Get-Field $found 'unknown')
            $known | Should -Be ($answer -match '20|２０' -and $answer -ne '20270231') -Because $answer
            if ($answer -eq '2026-11-20') {
                Test-Kind 'certificate-deadline' $met $found | Should -BeFalse
                & $start
                (Get-State 'certificate-deadline' $target).unknown | Should -Not -BeNullOrEmpty
            }
        }
        & $start
        $found = Get-State 'certificate-deadline' $target
        Test-Kind 'certificate-deadline' $met $found | Should -BeTrue
        $found.left | Should -Be 71
        [IO.File]::Delete($path)
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles "$script:Downloads\new.p12" (New-File @(New-Certificate 'NEW')) }
        & $start
        Test-Kind 'certificate-deadline' $met (Get-State 'certificate-deadline' $target) | Should -BeTrue -Because 'it is downloaded'
        Edit-Pc { param($machine) $machine.personFiles = [pscustomobject] @{} }
        (Get-State 'certificate-deadline' $target).unknown | Should -Not -BeNullOrEmpty
        Write-CertificateRecord '1319999012' @('OLD') @()
        Test-Kind 'certificate-deadline' $met (Get-State 'certificate-deadline' $target) | Should -BeTrue -Because 'it is imported'
    }

    It 'no deadline is missed once the new certificate alone is there' {
        Initialize-Person @{} @(New-Certificate 'NEW')
        Write-CertificateRecord '1319999012' @('NEW') @()
        foreach ($limit in 'download', 'succession') {
            $found = Get-State 'certificate-deadline' (ConvertFrom-Json "{`"limit`": `"$limit`", `"day`": 20250101, `"code`": `"1319999012`", `"newer`": true}")
            Test-Kind 'certificate-deadline' (ConvertFrom-Text '{"met": true}') $found | Should -BeTrue
            $found.warning | Should -BeExactly ''
        }
    }

    It 'sees whether there is something to import' {
        $new = ConvertFrom-Text '{"part": "ready", "code": "1319999012", "newer": false, "folder": "x", "count": 1}'
        $next = ConvertFrom-Text '{"part": "ready", "code": "1319999012", "newer": true, "folder": "x", "count": 1}'
        Initialize-Person
        (Get-State 'certificate-file' $new).unknown | Should -Match '\*\.p12'
        $old = New-Certificate 'OLD' '2024-05-01' '2027-08-01'
        Initialize-Person @{ "$script:Desktop\old.p12" = (New-File @($old) -Modified ($old.from + 600)) } @($old)
        Test-Kind 'certificate-file' (ConvertFrom-Text '{"ready": true}') (Get-State 'certificate-file' $new) | Should -BeTrue
        (Get-State 'certificate-file' $next).unknown | Should -Match '\*\.p12' -Because 'the old file does not count'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles "$script:Downloads\new.p12" (New-File @(New-Certificate 'NEW')) }
        Test-Kind 'certificate-file' (ConvertFrom-Text '{"ready": true}') (Get-State 'certificate-file' $next) | Should -BeTrue
    }

    It 'waits for a file that another program still holds, and looks again once it is free' {
        $new = ConvertFrom-Text '{"part": "ready", "code": "1319999012", "newer": false, "folder": "x", "count": 1}'
        $path = "$script:Downloads\new.p12"
        Initialize-Person @{ $path = (New-File @(New-Certificate 'NEW')) }
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles.$path 'held' $true }
        $found = Get-State 'certificate-file' $new
        $found.unknown | Should -Match 'ほかのソフトがまだ使っています.*new\.p12$'
        Get-CertificateMark | Should -BeNullOrEmpty -Because 'it is in the middle of something'
        Edit-Pc { param($machine) $machine.personFiles.$path.held = $false }
        Test-Kind 'certificate-file' (ConvertFrom-Text '{"ready": true}') (Get-State 'certificate-file' $new) | Should -BeTrue
        Get-CertificateMark | Should -Match 'new\.p12'
    }

    It 'waits for one file a code, and counts what was imported once' {
        $two = ConvertFrom-Text '{"part": "ready", "code": "1319999012", "newer": true, "folder": "x", "count": 2}'
        Initialize-Person @{ "$script:Downloads\a.p12" = (New-File @((New-Certificate 'AA'), (New-Root))) } @() @(New-Root)
        (Get-State 'certificate-file' $two).unknown | Should -Match 'あと 1 つ足りません'
        Set-Reply '証明書パスワード', '4821'
        $null = Invoke-Apply 'certificate' $script:Import $script:New
        (Get-State 'certificate-file' $two).unknown | Should -Match 'あと 1 つ足りません' -Because 'its file is still there'
        Edit-Pc { param($machine) Set-FakeMember $machine.personFiles "$script:Downloads\b.p12" (New-File @(New-Certificate 'BB')) }
        (Get-State 'certificate-file' $two).imported | Should -BeFalse
    }

    It 'names what is left on the PC, and not what is on the stick' {
        $rest = ConvertFrom-Json "{`"part`": `"rest`", `"code`": `"1319999012`", `"newer`": false, `"folder`": `"$script:Backup`", `"count`": 0}"
        Initialize-Person @{ 'E:\oqs\a.p12' = (New-File @()) }
        Test-Kind 'certificate-file' (ConvertFrom-Text '{"ready": true}') (Get-State 'certificate-file' $rest) | Should -BeTrue
        Edit-Pc { param($machine) foreach ($path in "$script:Downloads\a.p12", "$script:Desktop\$script:Backup\b.pfx") { Set-FakeMember $machine.personFiles $path (New-File @()) } }
        (Get-State 'certificate-file' $rest).unknown | Should -Match 'a\.p12、.*b\.pfx$'
        @(& (Get-Kind 'certificate-file').clear.find $rest | ForEach-Object { $_.why } | Select-Object -Unique) | Should -Be 'この端末に取り込んだものか、分からないもの'
    }
}

Describe 'installed-program' {
    It 'finds "<name>": <there>' -ForEach @(
        @{ name = 'Cybertrust Managed PKI Client'; there = $true }, @{ name = 'Managed PKI クライアント 2.1'; there = $true }
        @{ name = 'Cybertrust Device ID'; there = $false }
    ) {
        Initialize-Pc @{ installedPrograms = @([pscustomobject] @{ name = 'Microsoft Edge'; version = '1' }, [pscustomobject] @{ name = $name; version = '2.2' }) }
        $found = Get-State 'installed-program' (ConvertFrom-Text '{"names": ["Cybertrust Managed PKI Client", "Managed PKI クライアント"]}')
        if ($there) { Test-Kind 'installed-program' (ConvertFrom-Text '{"installed": true}') $found | Should -BeTrue } else { $found.unknown | Should -Match 'Cybertrust Managed PKI Client' }
    }
}

# The rule of the journal: what was cut short is ours, and Set makes either state of it, whatever it looks like.
Describe 'a certificate kind that was cut short' {
    BeforeAll {
        function Initialize-Work {
            # As the pass before the cut left it.
            param([string] $Kind)
            $old = New-Certificate 'OLD' '2024-05-01' '2027-08-01'
            $sub = New-Certificate 'SUB' '2015-01-01' '2035-01-01' @{ name = 'OBN Sub CA'; authority = $true; key = $false }
            Initialize-Person @{ "$script:Downloads\new.p12" = (New-File @((New-Certificate 'NEW' -More @{ issuer = 'OBN Sub CA' }), $sub, (New-Root))) } @($old)
            Restart-Work
            if ($Kind -cne 'certificate') { $null = Invoke-Apply 'certificate' $script:Import $script:New }
        }

        function Restart-Work {
            Start-Pass
            Set-Reply '証明書パスワード', '4821', '取り除いてよければ', 'yes', 'ファイルの番号', '1'
        }

        function Invoke-Cut {
            param([string] $Kind, [object] $Target, [object] $State, [int] $Chance)
            if ($null -ne (Get-Field $State 'count') -or $null -ne (Get-Field $State 'copied') -or $null -ne (Get-Field $State 'registered')) {
                Read-Secret @(Get-NeededSecret $Kind -Target $Target -State $State -Found (Get-State $Kind $Target) -Default @())
            }
            Set-FakeField $script:FakeSession 'kill' 'freeze'
            Set-FakeField $script:FakeSession 'crash' $Chance
            $script:FakeChance = 0
            try { Invoke-Set $Kind $Target $State } catch { if (-not $script:FakeDead) { throw } }
            $killed = $script:FakeDead
            Restart-Work
            return $killed
        }
    }

    It '<kind>: goes on, or is undone' -ForEach @(
        @{ kind = 'certificate'; places = 8, 6 }
        @{ kind = 'certificate-root'; places = 2, 2 }
        @{ kind = 'certificate-backup'; places = 10, 4 }
        @{ kind = 'certificate-old'; places = 4, 2 }
    ) {
        $target = @{ certificate = $script:Import; 'certificate-root' = $script:RootTarget; 'certificate-backup' = $script:BackupTarget; 'certificate-old' = $script:Import }[$kind]
        $wanted = @{ certificate = $script:New; 'certificate-root' = $script:RootWanted; 'certificate-backup' = $script:BackupWanted; 'certificate-old' = $script:OldWanted }[$kind]
        for ($n = 1; $n -le 60; $n++) {
            Initialize-Work $kind
            $pc = Get-Pc
            $before = Copy-State (Get-State $kind $target)
            if (-not (Invoke-Cut $kind $target $wanted $n)) { break }
            Invoke-Set $kind $target $before
            Test-Same $before (Get-State $kind $target) | Should -BeTrue -Because "undone after $n"
            Get-Pc | Should -BeExactly $pc -Because "undone after $n"

            Initialize-Work $kind
            $null = Invoke-Cut $kind $target $wanted $n
            $after = Invoke-Apply $kind $target $wanted
            Test-Kind $kind $wanted $after | Should -BeTrue -Because "gone on after $n"
            Start-Pass 'Rollback'
            Invoke-Set $kind $target $before
            Get-Pc | Should -BeExactly $pc -Because "gone on and undone after $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[0] -Because 'no place may go'
        for ($n = 1; $n -le 60; $n++) {
            Initialize-Work $kind
            $pc = Get-Pc
            $before = Copy-State (Get-State $kind $target)
            $null = Invoke-Apply $kind $target $wanted
            if (-not (Invoke-Cut $kind $target $before $n)) { break }
            Start-Pass 'Rollback'
            Invoke-Set $kind $target $before
            Get-Pc | Should -BeExactly $pc -Because "undoing cut short at $n"
        }
        $n - 1 | Should -BeGreaterOrEqual $places[1] -Because 'no place may go'
    }
}

Describe 'what stays of a certificate' {
    BeforeEach {
        Initialize-Pc
        $script:Pass = [pscustomobject] @{ session = [pscustomobject] @{ name = 'OqsComApp' }; journal = $null; root = 'C:\bundle'; beside = 'C:\'; mode = 'Rollback' }
        $script:Folder = Get-CertificateFolder
        if ([IO.Directory]::Exists($script:Folder)) { [IO.Directory]::Delete($script:Folder, $true) }
    }

    AfterEach { $script:Pass = $null }

    It 'is its key, named where a copy of the certificate is kept, and not elsewhere' {
        $finders = @($script:Remnant)
        @(Join-Remnant -Pass $script:Pass -Finder $finders) | Should -HaveCount 0
        $null = [IO.Directory]::CreateDirectory($script:Folder)
        foreach ($name in 'AA.sst', 'BB.sst', '1319999012.json') { [IO.File]::WriteAllText("$script:Folder/$name", 'x') }
        $found = @(Join-Remnant -Pass $script:Pass -Finder $finders)
        $found | Should -HaveCount 1
        $found[0].name | Should -BeExactly '取り除いた電子証明書の秘密鍵と控え（2 件）'
        $found[0].place | Should -Match ([regex]::Escape($script:Folder))
        [IO.Directory]::Delete($script:Folder, $true)
    }
}
