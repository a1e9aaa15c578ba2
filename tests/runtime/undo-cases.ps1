# For each kind that sets: a PC that it is applied to, and what others may do to each of its fields afterwards. test_undo.py
# asks that no found field of any kind is left out, and says what has to become of each.
#
#   kind, name, target, wanted; prepare (of the PC), start (of the pass: folders, what is typed), person (a user pass)
#   derived  fields that come of the rest: what others change of the rest is their change
#   change   by field: a value that the kind's own Set makes, or a block. Further ones of a field have a word behind it:
#            "+" something that others added beside ours. A hashtable says more:
#              do       that value or block
#              after    in the place of `do`: what an older version would have journalled for the field
#              says     how the value is told; without it, as it stands
#              status   with which the undoing ends, where it is another one: "ok" (found as before us), "manual" (a person is
#                       told), "unknown" (it cannot be looked at)
#              stays    a block: others' change is still there, where Get does not tell
#              with     fields that cannot go back without it
#              back     a block that takes others' change back, so that Get tells what became of ours

function Add-CaseValue {
    param([string] $Key, [string] $Name, [object] $Data, [string] $Type = 'String', [string] $Hive = 'HKLM')
    Set-RegistryEntry -Hive $Hive -Key $Key -Name $Name -Type $Type -Data $Data
}

function Edit-PolicyRecord {
    # What gpedit does to a value in Registry.pol.
    param([string] $Key, [string] $Name, [int] $Data)
    $files = Read-PolicyFile
    $values = [pscustomobject] @{ $Name = [pscustomobject] @{ type = 'DWord'; data = $Data } }
    Write-PolicyFile -Pol (ConvertTo-PolicyByte (Merge-PolicyRecord (ConvertFrom-PolicyByte $files.pol) $Key $values)) -Gpt $files.gpt
}

function Edit-Task {
    # What somebody does in the window of the Task Scheduler.
    param([string] $Name, [scriptblock] $Rewrite)
    Edit-Pc { param($machine) $machine.tasks.$Name.xml = [string] (& $Rewrite $machine.tasks.$Name.xml) }
}

function Disable-CaseTask {
    # The same place: off, as the list of the Task Scheduler switches it.
    Edit-Task '\t' { param($xml) ($xml -replace '(?s)(<Settings>.*)<Enabled>true</Enabled>', '$1') -replace '</Settings>', '<Enabled>false</Enabled></Settings>' }
    Edit-Pc { param($machine) $machine.tasks.'\t'.enabled = $false }
}

function Test-CaseTask {
    # The task of before us is there, and off.
    $task = Get-FakeField (Read-Machine).tasks '\t'
    return ($null -eq $task -or (-not $task.enabled -and $task.xml -match '<Enabled>false</Enabled>' -and $task.xml -match 'restart-it'))
}

function ConvertTo-WrittenOut {
    # A task as the window registers it anew: the version of the schema raised, every setting written out.
    param([string] $Xml)
    $text = $Xml -replace '<Task version="1\.\d"', '<Task version="1.4"'
    $more = foreach ($name in $script:TaskDefault.Keys) {
        if ($text -notmatch "<$name>" -or ($name -ceq 'Enabled' -and $text -notmatch '(?s)<Settings>.*<Enabled>')) { "<$name>$($script:TaskDefault[$name])</$name>" }
    }
    return ($text -replace '<Settings\s*/>', '<Settings></Settings>').Replace('</Settings>', "$($more -join '')</Settings>")
}

function Add-CaseCredential {
    # The text of a credential that somebody registers.
    param([string] $Name, [string] $User, [string] $Text, [int] $Persist = 2)
    Set-Credential -Name $Name -UserName $User -Persist $Persist -Blob ([Text.Encoding]::Unicode.GetBytes($Text))
}

function New-CaseCertificate {
    param([string] $Id, [string] $Issuer = 'Online Billing NW Common Root CA', [hashtable] $More = @{})
    $base = [ordered] @{
        thumbprint = $Id; subject = "CN=$Id"; name = $Id; issuer = $Issuer; selfIssued = $false; authority = $false
        from = 1793458800; to = 1896015600; key = $true; exportable = $false; strong = $false
    }
    foreach ($name in $More.Keys) { $base[$name] = $More[$name] }
    return [pscustomobject] $base
}

function New-CaseRoot { param([string] $Id = 'ROOT') return (New-CaseCertificate $Id -More @{ name = 'Online Billing NW Common Root CA'; selfIssued = $true; authority = $true; key = $false; from = 1262271600; to = 2208956400 }) }

function Add-CaseCertificate { param([string] $Store, [object] $Certificate) Edit-Pc { param($machine) $machine.certificates.OqsComApp.$Store = @(@($machine.certificates.OqsComApp.$Store) + $Certificate) } }

function Remove-CaseCertificate { param([string] $Store, [string] $Id) Edit-Pc { param($machine) $machine.certificates.OqsComApp.$Store = @($machine.certificates.OqsComApp.$Store | Where-Object { $_.thumbprint -cne $Id }) } }

function Edit-CaseRecord {
    # A record of certificates of ours, which nobody else writes but a person with an editor.
    param([string] $Name, [string] $Field, [object] $Value)
    $path = [IO.Path]::Combine((Get-CertificateFolder), "$Name.json")
    $record = ConvertFrom-Json ([IO.File]::ReadAllText($path))
    $record.$Field = $Value
    [IO.File]::WriteAllText($path, (ConvertTo-JsonText $record))
}

$script:CaseDownloads = 'C:\Users\OqsComApp\Downloads'

function Add-CaseFile {
    # A .p12 in Downloads, with its root.
    param([string] $Id = 'AA')
    Edit-Pc { param($machine)
        $text = ConvertTo-Json @{ password = '4821'; certificates = @((New-CaseCertificate $Id), (New-CaseRoot)) } -Depth 5
        Set-FakeMember $machine.personFiles "$script:CaseDownloads\$Id.p12" ([pscustomobject] @{ modified = 1795140000; text = $text })
    }
}

function Add-CaseAccount { Add-Account 'OqsComApp' 'S-1-5-21-1-2-3-1002' @{ password = 'Oqs-1'; administrator = $true } }

$script:AuKey = 'SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
$script:CaseWinlogon = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
$script:CaseTime = 'SYSTEM\CurrentControlSet\Services\W32Time\Parameters'
$script:CaseServers = 'SOFTWARE\Microsoft\Windows\CurrentVersion\DateTime\Servers'
$script:CaseNls = 'SYSTEM\CurrentControlSet\Control\Nls'
$script:CaseHours = 'SOFTWARE\Microsoft\WindowsUpdate\UX\Settings'
$script:CaseDns = 'SYSTEM\CurrentControlSet\Services\{0}\Parameters\Interfaces\{{6F1B7A9C-0C5E-4B7B-9E54-0A1D2C3B4E5F}}'
$script:CaseScheme = '381b4222-f694-41f0-9685-ff5bb260df2e'

# What is found only where ours is not there, so that no change of others can be beside it.
$script:CaseNever = @{
    share = @{
        without = 'told only where there is no such share: once it is there, whoever stopped it has changed `share`'
        sharing = 'as `without`'
        opened = 'told only of a share whose making was cut short, which is ours whatever it looks like'
    }
}

function Get-UserChange {
    return [ordered] @{
        enabled = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.enabled = $false } }; says = '有効: いいえ' }
        administrator = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.administrator = $false } }; says = '管理者: いいえ' }
        passwordNeverExpires = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.passwordNeverExpires = $false } }; says = '無期限にする: いいえ' }
        sid = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.sid = 'S-1-5-21-1-2-3-1999' } }; says = 'S-1-5-21-1-2-3-1999' }
        unprotected = { Edit-Pc { param($machine) $machine.accounts.oqs.password = ''; Set-FakeField $machine.accounts.oqs 'passwordSet' '2026-11-21 11:00' } }
        users = { Edit-Pc { param($machine) $machine.accounts.oqs.users = -not $machine.accounts.oqs.users } }
        accountExpires = { Edit-Pc { param($machine) Set-FakeField $machine.accounts.oqs 'accountExpires' 1900000000 } }
        name = { Edit-Pc { param($machine) $one = $machine.accounts.oqs; $machine.accounts.PSObject.Properties.Remove('oqs'); Set-FakeMember $machine.accounts 'Oqs' $one } }
    }
}

function Get-TaskChangeCase {
    return [ordered] @{
        xml = @{ do = { Edit-Task '\t' { param($xml) $xml.Replace('shutdown.exe', 'notepad.exe') } }; says = 'notepad' }
        'xml written out' = @{ do = { Edit-Task '\t' { param($xml) ConvertTo-WrittenOut $xml } }; status = 'changed' }
        refused = { Edit-Pc { param($machine) Set-FakeField $machine.tasks.'\t' 'result' -2147023570; Set-FakeField $machine.tasks.'\t' 'at' '2026-11-21 02:00' } }
        enabled = @{ do = { Disable-CaseTask }; stays = { Test-CaseTask } }
    }
}

$script:UndoCases = @(
    @{
        kind = 'autologon'; name = 'new'; target = '{"sessions": "console"}'; wanted = '{"user": "OqsComApp"}'
        prepare = { Add-CaseAccount }; start = { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }
        change = [ordered] @{
            values = { Add-CaseValue $script:CaseWinlogon 'DefaultUserName' 'uketsuke'; Add-CaseValue $script:CaseWinlogon 'DefaultDomainName' 'OQS-09' }
            'values off' = { Add-CaseValue $script:CaseWinlogon 'AutoAdminLogon' '2' }
            passwordLess = @{ do = { Add-CaseValue $script:PasswordLessKey 'DevicePasswordLessBuildVersion' 2 'DWord' }; with = 'exists' }
            exists = { Remove-RegistryEntry -Hive 'HKLM' -Key $script:PasswordLessKey -Name 'DevicePasswordLessBuildVersion'; $null = Remove-EmptyRegistryKey -Hive 'HKLM' -Key $script:PasswordLessKey }
            refused = { Edit-Pc { param($machine) $machine.accounts.OqsComApp.password = 'Another-1'; Set-FakeField $machine.accounts.OqsComApp 'passwordSet' '2026-11-21 11:00' } }
            secret = @{ do = { Edit-Pc { param($machine) $machine.lsa.PSObject.Properties.Remove('DefaultPassword') } }; says = '保存したサインインのパスワード: いいえ' }
            plain = @{ do = { Add-CaseValue $script:CaseWinlogon 'DefaultPassword' 'x' }; says = '平文のパスワード: はい' }
            taken = @{ do = { Add-Account 'uketsuke' 'S-1-5-21-1-2-3-1009'; Set-LsaSecret -Name 'DefaultPassword' -Secret (Get-TestSecret 'Their-1'); Add-CaseValue $script:CaseWinlogon 'DefaultUserName' 'uketsuke' }; says = 'ほかの人の自動サインイン: uketsuke' }
        }
    }
    @{
        kind = 'certificate'; name = 'new'; target = '{"code": "1319999012"}'; wanted = '{"count": 1, "chosen": false}'; person = $true
        prepare = { Add-CaseFile }; start = { Set-CaseReply '証明書パスワード', '4821' }
        change = [ordered] @{
            certificates = @{ do = { Remove-CaseCertificate 'My' 'AA' }; says = '電子証明書（AA）: なし' }
            'certificates+' = { Add-CaseCertificate 'My' (New-CaseCertificate 'BY-HAND') }
            'certificates lost' = @{ do = { Edit-Pc { param($machine) $machine.certificates.OqsComApp.My[0] | Add-Member lost $true } }; status = 'changed' }
            authorities = { Add-CaseCertificate 'CA' (New-CaseCertificate 'SUB' -More @{ authority = $true; key = $false; name = 'SUB CA' }); Add-CaseCertificate 'My' (New-CaseCertificate 'BELOW' 'SUB CA') }
            chosen = @{ do = { Edit-CaseRecord '1319999012' 'chosen' @('BB') }; says = '選んだ電子証明書: BB' }
            files = @{ do = { Edit-CaseRecord '1319999012' 'files' @('cc') }; says = '取り込んだファイル: cc' }
        }
    }
    @{
        kind = 'certificate-backup'; name = 'new'; target = '{"code": "1319999012", "folder": "控え"}'; wanted = '{"copied": true}'; person = $true
        prepare = { Add-CaseFile; Add-CaseCertificate 'My' (New-CaseCertificate 'AA'); Edit-Pc { param($machine) Set-FakeMember $machine.personFiles 'C:\Users\OqsComApp\Desktop\own.p12' $machine.personFiles."$script:CaseDownloads\AA.p12" } }
        start = { $path = "$script:CaseDownloads\AA.p12"; Write-CertificateRecord '1319999012' @('AA') @((Get-ByteHash (Read-PersonFile -Path $path))) }
        change = [ordered] @{
            saved = @{ do = { Edit-CaseRecord 'backup' 'saved' @('ee') }; says = 'コピーしたファイル: ee' }
            names = @{ do = { Edit-CaseRecord 'backup' 'names' @('other.p12') }; says = 'コピーの名前: other.p12' }
            made = @{ do = { Edit-CaseRecord 'backup' 'made' $false }; says = 'フォルダーを作ったこと: いいえ' }
            files = { Edit-CaseRecord '1319999012' 'files' @('cc') }
        }
    }
    @{
        kind = 'certificate-old'; name = 'succession'; target = '{"code": "1319999012"}'; wanted = '{"count": 0}'; person = $true
        prepare = { foreach ($id in 'AA', 'OLD') { Add-CaseCertificate 'My' (New-CaseCertificate $id) } }
        start = { Write-CertificateRecord '1319999012' @('AA') @(); Set-CaseReply '取り除いて', 'はい' }
        change = [ordered] @{
            old = @{ do = { Add-CaseCertificate 'My' (New-CaseCertificate 'OLD' -More @{ exportable = $true }) }; says = '取り除いた電子証明書（OLD）' }
            'old+' = { Add-CaseCertificate 'My' (New-CaseCertificate 'BY-HAND') }
        }
    }
    @{
        kind = 'certificate-root'; name = 'new'; derived = 'missing'; target = '{"store": "Root"}'; wanted = '{"registered": true}'; person = $true
        prepare = { Add-CaseFile; Add-CaseCertificate 'My' (New-CaseCertificate 'AA'); Add-CaseCertificate 'Root' (New-CaseRoot 'OLDROOT') ; Edit-Pc { param($machine) $machine.certificates.OqsComApp.Root = @() } }
        start = { Set-CaseReply '証明書パスワード', '4821', 'ファイルの番号', '1' }
        change = [ordered] @{
            'roots+' = { Add-CaseCertificate 'Root' (New-CaseRoot 'BY-HAND') }
            roots = @{ do = { Remove-CaseCertificate 'Root' 'ROOT'; Add-CaseCertificate 'Root' (New-CaseRoot 'BY-HAND') }; says = 'ルート証明書（ROOT）: なし' }
            missing = @{ do = { Add-CaseCertificate 'CA' (New-CaseCertificate 'SUB' 'Online Billing NW Common Root CA - G2' -More @{ authority = $true; key = $false; name = 'SUB CA' }); Add-CaseCertificate 'My' (New-CaseCertificate 'BELOW' 'SUB CA') }; stays = { @((Read-Machine).certificates.OqsComApp.My).Length -eq 2 } }
        }
    }
    @{
        kind = 'time'; name = 'stand-alone'; target = '{"service": "W32Time"}'; wanted = '{"server": "ntp.base.oqs-pdl.org", "type": "NTP", "automatic": true}'
        change = [ordered] @{
            server = @{ do = { Add-CaseValue $script:CaseTime 'NtpServer' 'time.google.com,0x9' }; says = '時刻のサーバー: time.google.com' }
            peers = @{ do = { Add-CaseValue $script:CaseTime 'NtpServer' 'ntp.base.oqs-pdl.org,0x8' }; says = 'ntp.base.oqs-pdl.org,0x8' }
            type = @{ do = { Add-CaseValue $script:CaseTime 'Type' 'NT5DS' }; says = 'NT5DS' }
            automatic = { Edit-Pc { param($machine) $machine.services.W32Time.start = 4 } }
            client = { Add-CaseValue $script:TimeClient 'Enabled' 0 'DWord' }
            'servers+' = { Add-CaseValue $script:CaseServers '9' 'ntp.nict.jp' }
            selected = { Add-CaseValue $script:CaseServers '' '2' }
            start = { Edit-Pc { param($machine) $machine.services.W32Time.start = 4 } }
            delayed = { Edit-Pc { param($machine) $machine.services.W32Time.delayed = $true } }
            triggers = { Edit-Pc { param($machine) $machine.services.W32Time.triggers = @($machine.services.W32Time.triggers[0]) } }
        }
    }
    @{
        kind = 'policy'; name = 'set'; target = '{"key": "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"}'
        wanted = '{"values": {"NoAutoUpdate": {"type": "DWord", "data": 0}, "AUOptions": {"type": "DWord", "data": 4}}}'
        prepare = { Add-CaseValue $script:AuKey 'Theirs' 7 'DWord' }
        change = [ordered] @{
            registry = @{ do = { Add-CaseValue $script:AuKey 'AUOptions' 3 'DWord' }; says = 'レジストリの値（AUOptions）: 3' }
            'registry+' = { Add-CaseValue $script:AuKey 'Vendor' 1 'DWord' }
            file = @{ do = { Edit-PolicyRecord $script:AuKey 'AUOptions' 3 }; says = 'Registry.pol の値（AUOptions）: 別の内容' }
            'file+' = { Edit-PolicyRecord $script:AuKey 'Vendor' 1 }
            unread = { [IO.File]::WriteAllText("$env:OQSGEN_FAKE/GroupPolicy/gpt.ini", "[General]`r`nVersion=3`r`n") }
        }
    }
    @{
        kind = 'policy'; name = 'taken away'; target = '{"key": "SOFTWARE\\Policies\\Desk\\Lamp"}'; wanted = '{"values": {"On": null}}'
        prepare = { Write-PolicyFile -Pol (ConvertTo-PolicyByte @()) -Gpt (Update-PolicyVersion $null); Edit-PolicyRecord 'SOFTWARE\Policies\Desk\Lamp' 'On' 1 }
        change = [ordered] @{ exists = { Add-CaseValue 'SOFTWARE\Policies\Desk' 'x' 1 'DWord' } }
    }
    @{
        kind = 'registry'; name = 'changed'; target = '{"hive": "HKLM", "key": "SOFTWARE\\Lamp", "name": "On"}'; wanted = '{"type": "DWord", "data": 0}'
        prepare = { Add-CaseValue 'SOFTWARE\Lamp' 'On' 1 'DWord' }
        change = [ordered] @{
            type = @{ do = { Add-CaseValue 'SOFTWARE\Lamp' 'On' '0' }; says = '値の種類: String' }
            data = @{ do = { Add-CaseValue 'SOFTWARE\Lamp' 'On' 5 'DWord' }; says = '値: 5' }
        }
    }
    @{
        kind = 'registry'; name = 'taken away'; target = '{"hive": "HKLM", "key": "SOFTWARE\\Lamp\\Desk", "name": "On"}'; wanted = $null
        prepare = { Add-CaseValue 'SOFTWARE\Lamp\Desk' 'On' 1 'DWord' }
        change = [ordered] @{
            absent = @{ do = { Add-CaseValue 'SOFTWARE\Lamp\Desk' 'On' 2 'DWord' }; says = '値が無いこと: なし' }
            exists = { $null = Remove-EmptyRegistryKey -Hive 'HKLM' -Key 'SOFTWARE\Lamp\Desk' }
        }
    }
    @{
        kind = 'task'; name = 'new'; target = '{"path": "\\", "name": "t"}'; wanted = { [pscustomobject] @{ xml = (Get-TaskXml) } }
        prepare = { Add-CaseAccount }; start = { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }; change = Get-TaskChangeCase
    }
    @{
        kind = 'task'; name = 'existing'; target = '{"path": "\\", "name": "t"}'; wanted = { [pscustomobject] @{ xml = (Get-TaskXml) } }
        prepare = { Add-CaseAccount; $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'; Invoke-Set 'task' (ConvertFrom-Text '{"path": "\\", "name": "t"}') ([pscustomobject] @{ xml = (Get-TaskXml @{ 'shutdown' = 'restart-it' }) }) }
        start = { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }; change = Get-TaskChangeCase
    }
    @{
        kind = 'vendor-task'; name = 'new'; target = '{"path": "\\", "name": "t", "file": "C:\\Program Files\\tools\\t.xml"}'; wanted = '{"account": "OqsComApp", "delay": null, "mayBeOff": true}'
        prepare = { Add-CaseAccount; Edit-Pc { param($machine) Set-FakeMember $machine.files 'C:\Program Files\tools\t.xml' (Get-VendorFile 'OQS_exec_distroappstart') } }
        start = { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }
        change = [ordered] @{
            xml = @{ do = { Edit-Task '\t' { param($xml) $xml -replace '<Command>[^<]*', '<Command>notepad.exe' } }; says = 'notepad' }
            'xml written out' = @{ do = { Edit-Task '\t' { param($xml) ConvertTo-WrittenOut $xml } }; status = 'changed' }
            'xml delayed' = @{ do = { Edit-Task '\t' { param($xml) $xml -replace '</BootTrigger>', '<Delay>PT5M</Delay></BootTrigger>' } }; status = 'changed' }
            enabled = @{ do = { Disable-CaseTask }; stays = { Test-CaseTask } }
            refused = { Edit-Pc { param($machine) Set-FakeField $machine.tasks.'\t' 'result' -2147023570; Set-FakeField $machine.tasks.'\t' 'at' '2026-11-21 02:00' } }
            file = @{ after = 'C:\Program Files\old\t.xml' }
        }
    }
    @{
        kind = 'vendor-task'; name = 'existing'; target = '{"path": "\\", "name": "t", "file": "C:\\Program Files\\tools\\t.xml"}'; wanted = '{"account": "OqsComApp", "delay": "PT1M"}'
        prepare = {
            Add-CaseAccount
            Edit-Pc { param($machine) Set-FakeMember $machine.files 'C:\Program Files\tools\t.xml' (Get-VendorFile 'OQS_exec_distroappstart') }
            $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1'
            Invoke-Set 'task' (ConvertFrom-Text '{"path": "\\", "name": "t"}') ([pscustomobject] @{ xml = (Get-TaskXml @{ 'shutdown' = 'restart-it' }) })
        }
        start = { $script:Secret['OqsComApp'] = Get-TestSecret 'Oqs-1' }
        change = [ordered] @{
            xml = @{ do = { Edit-Task '\t' { param($xml) $xml -replace '<Command>[^<]*', '<Command>notepad.exe' } }; says = 'notepad' }
            enabled = @{ do = { Disable-CaseTask }; stays = { Test-CaseTask } }
        }
    }
    @{
        kind = 'user'; name = 'new'; target = '{"name": "oqs"}'; wanted = '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'
        start = { $script:Secret['oqs'] = Get-TestSecret 'New-Secret-1' }; change = Get-UserChange
    }
    @{
        kind = 'user'; name = 'existing'; target = '{"name": "oqs"}'; wanted = '{"enabled": true, "administrator": true, "passwordNeverExpires": true}'
        prepare = { Add-Account 'oqs' 'S-1-5-21-1-2-3-1005' @{ enabled = $false; passwordNeverExpires = $false; users = $false } }
        change = [ordered] @{
            enabled = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.enabled = $false } }; says = '有効: いいえ' }
            administrator = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.administrator = $false } }; says = '管理者: いいえ' }
            passwordNeverExpires = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.passwordNeverExpires = $false } }; says = '無期限にする: いいえ' }
            sid = @{ do = { Edit-Pc { param($machine) $machine.accounts.oqs.sid = 'S-1-5-21-1-2-3-1999' } }; says = 'S-1-5-21-1-2-3-1999' }
            'sid gone' = @{ do = { Edit-Pc { param($machine) $machine.accounts.PSObject.Properties.Remove('oqs') } }; says = 'もうありません' }
            accountExpires = { Edit-Pc { param($machine) Set-FakeField $machine.accounts.oqs 'accountExpires' 1900000000 } }
            name = { Edit-Pc { param($machine) $one = $machine.accounts.oqs; $machine.accounts.PSObject.Properties.Remove('oqs'); Set-FakeMember $machine.accounts 'Oqs' $one } }
        }
    }
    @{
        kind = 'credential'; name = 'new'; target = '{"name": "OQS_LOGIN_KEY"}'; wanted = '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'; person = $true
        start = { $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'Renkei#2026-abcd' }
        change = [ordered] @{
            userName = @{ do = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0OTHER1' 'Renkei#2026-abcd' }; says = 'ユーザー名: R0OTHER1' }
            mark = @{ do = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0RENK01' 'Another#2026-abcd' }; says = 'パスワード: 別のパスワード' }
            persist = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0RENK01' 'Renkei#2026-abcd' 3 }
            usable = @{ after = $false }
        }
    }
    @{
        kind = 'credential'; name = 'existing'; target = '{"name": "OQS_LOGIN_KEY"}'; wanted = '{"userName": "R0RENK01", "prefixes": ["R0"], "code": null, "caseless": false}'; person = $true
        prepare = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0BEFORE' 'Before#2026-abcd' }
        start = { $script:Secret['cred OQS_LOGIN_KEY'] = Get-TestSecret 'Renkei#2026-abcd' }
        change = [ordered] @{
            userName = @{ do = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0OTHER1' 'Renkei#2026-abcd' }; says = 'ユーザー名: R0OTHER1' }
            persist = { Add-CaseCredential 'OQS_LOGIN_KEY' 'R0RENK01' 'Renkei#2026-abcd' 3 }
            usable = @{ after = $false; stays = { $true } }
        }
    }
    @{
        kind = 'credential'; name = 'code'; target = '{"name": "OQS_MEDICAL_INSTITUTION_CODE"}'; wanted = '{"userName": "OQS_Admin", "prefixes": [], "code": "1319999012", "caseless": false}'; person = $true
        change = [ordered] @{ code = @{ do = { Add-CaseCredential 'OQS_MEDICAL_INSTITUTION_CODE' 'OQS_Admin' '1319999099' }; says = '医療機関等コード: 1319999099' } }
    }
    @{
        kind = 'display'; name = 'two'; target = '{"displays": "all"}'; wanted = '{"percent": 100}'; person = $true
        prepare = { Edit-Pc { param($machine) $machine.displays = @($machine.displays) + [pscustomobject] @{ path = 'B'; minimum = -2; relative = 0; maximum = 3 } } }
        change = [ordered] @{
            monitors = @{ do = { Edit-Pc { param($machine) $machine.displays[1].relative = 1 } }; says = '画面の拡大率（B）: 175%' }
            'monitors+' = { Edit-Pc { param($machine) $machine.displays = @($machine.displays) + [pscustomobject] @{ path = 'C'; minimum = -1; relative = 1; maximum = 3 } } }
            'monitors gone' = @{ do = { Edit-Pc { param($machine) $machine.displays = @($machine.displays[0]) } }; status = 'changed' }
            'monitors resolution' = @{ do = { Edit-Pc { param($machine) $machine.displays[1].minimum = -1 } }; status = 'changed'; stays = { (Read-Machine).displays[1].relative -eq 0 } }
            logPixels = @{ do = { Add-CaseValue $script:DisplayKey 'LogPixels' 120 'DWord' 'HKCU' }; says = '（LogPixels）: 120' }
            win8DpiScaling = @{ do = { Add-CaseValue $script:DisplayKey 'Win8DpiScaling' 1 'DWord' 'HKCU' }; says = '同じ拡大率を使う: 1' }
        }
    }
    @{
        kind = 'dns'; name = 'set'; target = '{"connection": "イーサネット"}'; wanted = '{"servers": ["2404:1a8:f583:d00::53:1"]}'
        change = [ordered] @{
            interface = @{ do = { Edit-Pc { param($machine) $machine.adapters[0].interface = '{00000000-0C5E-4B7B-9E54-0A1D2C3B4E5F}' } }; status = 'unknown'; says = 'イーサネット' }
            servers = @{ do = { Add-CaseValue ($script:CaseDns -f 'Tcpip6') 'NameServer' '2001:db8::9' }; says = 'IPv6 の DNS サーバー: 2001:db8::9' }
            bound = { Edit-Pc { param($machine) $machine.adapters[0].bindings.ms_tcpip6 = $false } }
            serversIPv4 = { Add-CaseValue ($script:CaseDns -f 'Tcpip') 'NameServer' '192.0.2.99' }
            off = { Add-CaseValue 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters' 'DisabledComponents' 0xff 'DWord' }
        }
    }
    @{
        kind = 'system-locale'; name = 'English'; target = '{"part": "system"}'; wanted = '{"locale": "0411", "ACP": "932"}'
        prepare = { Add-CaseValue "$script:CaseNls\Language" 'Default' '0409'; foreach ($pair in @('ACP', '1252'), @('OEMCP', '437'), @('MACCP', '10000')) { Add-CaseValue "$script:CaseNls\CodePage" $pair[0] $pair[1] } }
        change = [ordered] @{
            locale = @{ do = { Add-CaseValue "$script:CaseNls\Language" 'Default' '0412' }; says = 'システム ロケール: 0412' }
            ACP = @{ do = { Add-CaseValue "$script:CaseNls\CodePage" 'ACP' '65001' }; says = 'コード ページ（ACP）: 65001' }
            OEMCP = { Add-CaseValue "$script:CaseNls\CodePage" 'OEMCP' '850' }
            MACCP = { Add-CaseValue "$script:CaseNls\CodePage" 'MACCP' '10029' }
        }
    }
    @{
        kind = 'user-locale'; name = 'English'; target = '{"person": "current"}'; wanted = '{"culture": "ja-JP", "location": 122, "language": "ja"}'; person = $true
        prepare = {
            Edit-Pc { param($machine)
                $machine.languages.OqsComApp = @([pscustomobject] @{ tag = 'en-US'; methods = @('a', 'b') })
                $machine.registry.'HKU\OqsComApp\Control Panel\International' = ConvertFrom-Json '{"LocaleName": {"type": "String", "data": "en-US"}, "sShortDate": {"type": "String", "data": "my own"}}'
                $machine.registry.'HKU\OqsComApp\Control Panel\International\Geo'.Nation.data = '244'
            }
        }
        change = [ordered] @{
            culture = @{ do = { Add-CaseValue $script:InternationalKey 'LocaleName' 'de-DE' -Hive 'HKCU' }; says = '地域設定: de-DE' }
            location = @{ do = { Add-CaseValue "$script:InternationalKey\Geo" 'Nation' '94' -Hive 'HKCU' }; says = '国または地域: 94' }
            'languages+' = { Edit-Pc { param($machine) $machine.languages.OqsComApp = @($machine.languages.OqsComApp) + [pscustomobject] @{ tag = 'zh-Hans-CN'; methods = @('c') } } }
            'formats+' = { Add-CaseValue $script:InternationalKey 'sTheirs' 'x' -Hive 'HKCU' }
            'formats other' = { Add-CaseValue $script:InternationalKey 'sShortDate' 'gg yy' -Hive 'HKCU' }
        }
    }
    @{
        kind = 'linkage-restart'; name = 'run'; target = '{"folder": "C:\\Program Files\\OQS\\OQSComApp"}'; wanted = '{"restarted": true}'
        prepare = { Add-CaseAccount; Edit-Pc { param($machine) $machine.accounts.OqsComApp.profile = $true }; Add-File 'C:\Program Files\OQS\OQSComApp\tools\OQSComAppRestart.exe' }
        start = { Add-CaseChange '2000-01-01 00:00:00' }
        change = [ordered] @{ restarted = @{ do = { Add-CaseChange '2099-01-01 00:00:00' }; status = 'ok' } }
    }
    @{
        kind = 'adapter-keyword'; name = 'set'; target = '{"title": "有線", "device": "PCI\\VEN_10EC&DEV_8168", "description": "", "keyword": "*PMARPOffload"}'; wanted = '{"value": "0"}'
        change = [ordered] @{
            adapters = @{ do = { Edit-Pc { param($machine) $machine.adapters[0].keywords.'*PMARPOffload' = '2' } }; says = ': 2' }
            'adapters+' = {
                Edit-Pc { param($machine)
                    $new = Copy-State $machine.adapters[0]
                    $new.name = '2'; $new.interface = '{10000000-0C5E-4B7B-9E54-0A1D2C3B4E5F}'; $new.keywords.'*PMARPOffload' = '1'
                    $machine.adapters = @($machine.adapters) + $new
                }
            }
        }
    }
    @{
        kind = 'portal-password'; name = 'elsewhere'; target = '{"site": "portal"}'; wanted = '{"accounts": [{"account": "管理アカウント", "expires": true, "credential": null}]}'; person = $true
        start = { Set-CaseReply 'どれにしますか', '3' }
        change = [ordered] @{
            accounts = @{
                do = { $record = Read-PortalRecord; $record.accounts = @([pscustomobject] @{ account = '管理アカウント'; how = 'typed' }); Write-PortalRecord $record }
                says = 'typed'
            }
        }
    }
    @{
        kind = 'shortcut'; name = 'new'; target = '{"name": "資格確認"}'; wanted = '{"url": "https://hweb.oqs.onshikaku.org/web/"}'; person = $true
        change = [ordered] @{
            url = @{ do = { Write-DesktopFile (Get-ShortcutPath '資格確認') ([Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=https://example.jp/`r`n")) }; says = 'リンク先: https://example.jp/' }
            content = @{ do = { Write-DesktopFile (Get-ShortcutPath '資格確認') ([Text.Encoding]::ASCII.GetBytes("x`r`n")) }; says = 'ショートカットのファイル: 別の内容' }
            'content icon' = @{ do = { Write-DesktopFile (Get-ShortcutPath '資格確認') ([Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=https://hweb.oqs.onshikaku.org/web/`r`nIconIndex=0`r`n")) }; status = 'changed' }
        }
    }
    @{
        kind = 'shortcut'; name = 'existing'; target = '{"name": "資格確認"}'; wanted = '{"url": "https://hweb.oqs.onshikaku.org/web/"}'; person = $true
        prepare = { Write-DesktopFile 'C:\Users\OqsComApp\Desktop\資格確認.url' ([Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=https://old.example.jp/`r`nIconIndex=3`r`n")) }
        change = [ordered] @{
            'content icon' = @{ do = { Write-DesktopFile (Get-ShortcutPath '資格確認') ([Text.Encoding]::ASCII.GetBytes("[InternetShortcut]`r`nURL=https://hweb.oqs.onshikaku.org/web/`r`nIconIndex=0`r`n")) }; status = 'changed' }
        }
    }
    @{
        kind = 'power'; name = 'ac'; target = '{"source": "ac"}'; wanted = '{"standby": 0, "hibernate": 0}'
        change = [ordered] @{
            standby = @{ do = 600; says = 'スリープまでの時間（秒）: 600' }
            hibernate = @{ do = 900; says = '休止状態までの時間（秒）: 900' }
            scheme = @{
                do = { Edit-Pc { param($machine) $machine.power.scheme = '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c' } }
                stays = { (Get-PowerScheme) -ceq '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c' }
                back = { Edit-Pc { param($machine) $machine.power.scheme = $script:CaseScheme } }
            }
        }
    }
    @{
        kind = 'proxy'; name = 'set'; target = '{"connection": "lan"}'; wanted = '{"server": "proxy:8080", "bypass": ["*.jp"], "exact": false}'; person = $true
        prepare = { Set-WinInetProxy -Flags 1 -Server '' -Bypass 'old' -Pac '' }
        change = [ordered] @{
            flags = @{ do = 5; says = '（flags）: 5' }
            server = @{ do = 'other:8080'; says = 'プロキシ サーバー: other:8080' }
            bypass = @{ do = { $now = Read-WinInetProxy; Set-WinInetProxy -Flags $now.flags -Server $now.server -Bypass "$($now.bypass);theirs" -Pac $now.pac }; stays = { (Read-WinInetProxy).bypass -ceq 'old;theirs' } }
            pac = 'http://theirs/proxy.pac'
        }
    }
    @{
        kind = 'winhttp'; name = 'set'; target = '{"configuration": "default"}'; wanted = '{"server": "proxy:8080", "bypass": ["*.jp"], "exact": true}'
        prepare = { Set-WinHttpDefaultProxy -Access 3 -Proxy 'old:1' -Bypass 'old' }
        change = [ordered] @{
            access = @{ do = 1; says = 'WinHTTP のプロキシの使い方: 1' }
            proxy = @{ do = 'other:8080'; says = 'プロキシ サーバー: other:8080' }
            bypass = @{ do = { $now = Read-WinHttpProxy; Set-WinHttpDefaultProxy -Access 3 -Proxy $now.proxy -Bypass "$($now.bypass);theirs" }; stays = { (Read-WinHttpProxy).bypass -ceq 'old;theirs' } }
        }
    }
    @{
        kind = 'reader-info'; name = 'set aside'; target = '{"path": "C:\\ReaderInfo.ini"}'; wanted = '{"notBefore": 20261001}'
        prepare = { Edit-Pc { param($machine) Set-FakeMember $machine.files 'C:\ReaderInfo.ini' ([pscustomobject] @{ text = '[Reader]'; created = '2021-03-03' }) } }
        start = { Set-CaseReply '行うときは', 'はい' }
        change = [ordered] @{
            made = @{ do = { Edit-Pc { param($machine) Set-FakeMember $machine.files 'C:\ReaderInfo.ini' ([pscustomobject] @{ text = 'new'; created = '2026-11-21' }) } }; status = 'manual' }
            aside = @{ do = { Edit-Pc { param($machine) $machine.files.PSObject.Properties.Remove('C:\ReaderInfo.ini.bak') } }; says = '別の名前にした ReaderInfo.ini（.bak）: いいえ' }
        }
    }
    @{
        kind = 'logon-right'; name = 'denied'; target = '{"account": "weak", "right": "SeDenyInteractiveLogonRight"}'; wanted = '{"granted": true}'
        prepare = { Add-Account 'weak' 'S-1-5-21-1-2-3-1005' }
        change = [ordered] @{ granted = @{ do = $false; status = 'ok' } }
    }
    @{
        kind = 'share'; name = 'new'; target = '{"name": "face", "path": "C:\\OQS\\face"}'; wanted = '{"account": "weak"}'
        prepare = { Add-Account 'weak' 'S-1-5-21-1-2-3-1005' }
        change = [ordered] @{
            exists = @{ do = { Remove-SmbShare -Name 'face' -Force; Edit-Pc { param($machine) $machine.folders.PSObject.Properties.Remove('C:\OQS\face') } }; says = 'フォルダー: C:\OQS' }
            access = @{ do = { Edit-Pc { param($machine) foreach ($entry in $machine.folders.'C:\OQS\face'.entries) { $entry.rights = 0x1200a9 } } }; says = 'フォルダーのアクセス許可' }
            share = @{ do = { Edit-Pc { param($machine) $machine.shares.face.security += '(A;;FR;;;AU)' } }; says = '(A;;FR;;;AU)' }
        }
    }
    @{
        kind = 'share'; name = 'existing folder'; target = '{"name": "face", "path": "C:\\OQS\\face"}'; wanted = '{"account": "weak"}'
        prepare = { Add-Account 'weak' 'S-1-5-21-1-2-3-1005'; New-Folder -Path 'C:\OQS\face' }
        change = [ordered] @{
            'access theirs' = @{
                do = { Edit-Pc { param($machine) $machine.folders.'C:\OQS\face'.entries = @($machine.folders.'C:\OQS\face'.entries) + (ConvertFrom-Json '{"type": 0, "flags": 3, "rights": 1179817, "sid": "S-1-5-11"}') } }
                status = 'changed'; stays = { $list = @((Read-Machine).folders.'C:\OQS\face'.entries); $list.Length -eq 1 -and $list[0].sid -ceq 'S-1-5-11' }
            }
        }
    }
    @{
        kind = 'smb-firewall'; name = 'set'; target = '{"rule": "FPS-SMB-In-TCP"}'; wanted = '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}'
        prepare = { Edit-Pc { param($machine) $machine.firewall.rules[3].enabled = $true } }
        change = [ordered] @{
            enabled = @{ do = $false; says = '（FPS-SMB-In-TCP）: いいえ' }
            profile = 3
            remote = @{ do = { Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('192.168.9.0/255.255.255.0') } } }
            wide = { Set-NetFirewallRule -Name 'FPS-SMB-In-TCP-V2' -Enabled 'True' -Profile 'Private' }
            'others+' = { Edit-Pc { param($machine) $machine.firewall.rules = @($machine.firewall.rules) + (ConvertFrom-Json '{"name": "{3}", "group": "", "enabled": true, "profile": 4, "remote": ["Any"], "port": "445"}') } }
        }
    }
    @{
        kind = 'active-hours'; name = 'set'; target = '{"service": "wuauserv"}'; wanted = '{"start": 8, "end": 20}'
        prepare = { Add-CaseValue $script:CaseHours 'ActiveHoursStart' 7 'DWord'; Add-CaseValue $script:CaseHours 'ActiveHoursEnd' 17 'DWord' }
        change = [ordered] @{
            hours = @{ do = { Add-CaseValue $script:CaseHours 'ActiveHoursEnd' 19 'DWord' }; says = 'アクティブ時間: 8 時と 19 時' }
            choice = { Add-CaseValue $script:CaseHours 'UserChoiceActiveHoursEnd' 17 'DWord' }
            adjusted = { Add-CaseValue $script:CaseHours 'SmartActiveHoursState' 1 'DWord' }
            adjusts = { Edit-Pc { param($machine) $machine.windows.build = 17763 } }
            exists = @{ after = 'SOFTWARE\Microsoft'; stays = { $true } }
        }
    }
)
