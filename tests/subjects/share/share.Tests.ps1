BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"

    function Add-Share {
        # A share that somebody made by hand, and its folder.
        param([string] $Name, [string] $Path, [string] $Security, [object[]] $Entries = @())
        Edit-Pc { param($machine)
            Set-FakeMember $machine.folders $Path ([pscustomobject] @{ protected = $false; entries = @($Entries) })
            Set-FakeMember $machine.shares $Name ([pscustomobject] @{ path = $Path; security = $Security; caching = 'Manual' })
        }
    }

    function Get-EnabledRule { return (Get-SharingRule) -join ' ' }
}

Describe 'share' {
    BeforeEach {
        Initialize-Pc
        $sid = 'S-1-5-21-1-2-3-1010'
        Add-Account 'receiptcom' $sid
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\OQS' ([pscustomobject] @{ protected = $false; entries = @() }) }
        $face = ConvertFrom-Text '{"name": "face", "path": "C:\\OQS\\face"}'
        $wanted = ConvertFrom-Text '{"account": "receiptcom"}'
        $kind = Get-Kind 'share'
    }

    It 'makes the folder, its access list and the share, and takes all of it away again' {
        $after = Invoke-RoundTrip 'share' $face $wanted
        $after.share.path | Should -BeExactly 'C:\OQS\face'
        $after.share.caching | Should -BeExactly 'None'
        ConvertTo-Canonical (ConvertFrom-Sddl $after.share.security).entries |
            Should -BeExactly ('[{"flags":0,"rights":2032127,"sid":"S-1-5-32-544","type":0},{"flags":0,"rights":1245631,"sid":"' + $sid + '","type":0}]')
        ConvertTo-Canonical $after.access | Should -BeExactly ('{"entries":[{"flags":3,"rights":2032127,"sid":"S-1-5-18","type":0},{"flags":3,"rights":2032127,"sid":"S-1-5-32-544","type":0},' +
                '{"flags":3,"rights":1179817,"sid":"S-1-5-32-545","type":0},{"flags":0,"rights":1179839,"sid":"S-1-5-11","type":0},{"flags":11,"rights":1245631,"sid":"S-1-5-11","type":0},' +
                '{"flags":3,"rights":1245631,"sid":"' + $sid + '","type":0}],"protected":true}')
    }

    It 'makes and removes every folder on the way, and no other' {
        $deep = ConvertFrom-Text '{"name": "req", "path": "D:\\OQS\\a b\\req"}'
        $null = Invoke-RoundTrip 'share' $deep $wanted
    }

    It 'leaves a folder that was there, with its own entries as they stood' {
        $own = @([pscustomobject] @{ type = 1; flags = 0; rights = 2; sid = 'S-1-5-32-546' }, [pscustomobject] @{ type = 0; flags = 3; rights = 0x1200a9; sid = $sid }, [pscustomobject] @{ type = 0; flags = 0; rights = 0x1f01ff; sid = 'S-1-1-0' })
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\OQS\face' ([pscustomobject] @{ protected = $true; entries = $own }) }
        Add-File 'C:\OQS\face\result.xml'
        $after = Invoke-RoundTrip 'share' $face $wanted
        $after.access.protected | Should -BeTrue
        @($after.access.entries | Where-Object { $_.sid -ceq $sid }).Length | Should -Be 1
        @($after.access.entries).Length | Should -Be 3
    }

    It 'narrows a share that was open to Everyone, keeps others by name, and puts the same text back' {
        Add-Share 'face' 'C:\OQS\face' "O:SYG:SYD:(A;;FA;;;WD)(A;;0x1200a9;;;S-1-5-21-1-2-3-1001)(A;;FA;;;$sid)(A;;FR;;;BG)"
        $found = Get-State 'share' $face
        $found.message | Should -Match 'Everyone'
        $after = Invoke-RoundTrip 'share' $face $wanted
        $sids = @((ConvertFrom-Sddl $after.share.security).entries | ForEach-Object { $_.sid })
        $sids | Should -Not -Contain 'S-1-1-0'
        $sids | Should -Not -Contain 'S-1-5-32-546'
        $sids | Should -Contain 'S-1-5-21-1-2-3-1001'
        $sids | Should -Contain 'S-1-5-32-544'
    }

    It 'is not as wanted where <name>' -ForEach @(
        @{ name = 'the account may do more'; security = 'O:SYG:SYD:(A;;FA;;;BA)(A;;FA;;;S-1-5-21-1-2-3-1010)' }
        @{ name = 'the account may only read'; security = 'O:SYG:SYD:(A;;FA;;;BA)(A;;0x1200a9;;;S-1-5-21-1-2-3-1010)' }
        @{ name = 'the account is denied'; security = 'O:SYG:SYD:(D;;0x2;;;S-1-5-21-1-2-3-1010)(A;;FA;;;BA)(A;;0x1301bf;;;S-1-5-21-1-2-3-1010)' }
        @{ name = 'administrators are missing'; security = 'O:SYG:SYD:(A;;0x1301bf;;;S-1-5-21-1-2-3-1010)' }
        @{ name = 'Everyone may read'; security = 'O:SYG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;S-1-5-21-1-2-3-1010)(A;;0x1200a9;;;WD)' }
        @{ name = 'guests may read'; security = 'O:SYG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;S-1-5-21-1-2-3-1010)(A;;0x1200a9;;;S-1-5-21-1-2-3-501)' }
        @{ name = 'files are kept on other computers'; security = $null }
        @{ name = 'the folder grants it to itself alone'; security = ''; flags = 0 }
        @{ name = 'the folder only lets it read'; security = ''; rights = 0x1200a9 }
    ) {
        Invoke-Set 'share' $face $wanted
        Test-Kind 'share' $wanted (Get-State 'share' $face) | Should -BeTrue
        Edit-Pc { param($machine)
            if ($null -eq $security) { $machine.shares.face.caching = 'Manual' }
            elseif ($security -cne '') { $machine.shares.face.security = $security }
            elseif ($null -ne (Get-Variable 'flags' -ValueOnly -ErrorAction SilentlyContinue)) { $machine.folders.'C:\OQS\face'.entries[5].flags = $flags }
            else { $machine.folders.'C:\OQS\face'.entries[5].rights = $rights }
        }
        Test-Kind 'share' $wanted (Get-State 'share' $face) | Should -BeFalse
        Invoke-Set 'share' $face $wanted
        Test-Kind 'share' $wanted (Get-State 'share' $face) | Should -BeTrue
    }

    It 'never takes over a share of another folder, and says whose it is' {
        Add-Share 'face' 'D:\写真' 'O:SYG:SYD:(A;;FA;;;WD)'
        $pc = Get-Pc
        $before = Copy-State (Get-State 'share' $face)
        $before.message | Should -Match ([regex]::Escape('D:\写真'))
        Test-Kind 'share' $wanted $before | Should -BeFalse
        { Invoke-Set 'share' $face $wanted } | Should -Throw '*D:\写真*'
        Get-Pc | Should -BeExactly $pc
        Invoke-Set 'share' $face $before
        Get-Pc | Should -BeExactly $pc
    }

    It 'gives our share nothing of one of another folder, and says that it does not make that again' {
        Add-Share 'face' 'D:\face' 'O:SYG:SYD:(A;;FA;;;WD)'
        $before = Copy-State (Get-State 'share' $face)
        Remove-SmbShare -Name 'face' -Force
        $pc = Get-Pc
        Invoke-Set 'share' $face $wanted
        Invoke-Set 'share' $face $before
        Get-Pc | Should -BeExactly $pc
        Invoke-Set 'share' $face $wanted
        $answer = & $kind.undo $face $before (Copy-State (Get-State 'share' $face))
        $answer.reason | Should -Match ([regex]::Escape('D:\face'))
        Invoke-Set 'share' $face $answer.state
        Get-Pc | Should -BeExactly $pc
        $again = & $kind.undo $face $before (Copy-State (Get-State 'share' $face))
        Test-Same $again.state (Get-State 'share' $face) | Should -BeTrue
        Invoke-Set 'share' $face $wanted
        Add-File 'C:\OQS\face\result.xml'
        $answer = & $kind.undo $face $before (Copy-State (Get-State 'share' $face))
        $answer.reason | Should -Match 'フォルダーは残します: C:\\OQS\\face 前にあった'
        Invoke-Set 'share' $face $answer.state
        (Get-State 'share' $face).share | Should -BeNullOrEmpty
        @((Read-Machine).folders.'C:\OQS\face'.entries | ForEach-Object { $_.sid }) | Should -Not -Contain $sid
        # Shared by hand once more, it is as before.
        Add-Share 'face' 'D:\face' 'O:SYG:SYD:(A;;FA;;;WD)'
        (& $kind.undo $face $before (Copy-State (Get-State 'share' $face))).reason | Should -Not -Match '作り直しません'
    }

    It 'takes the same folder whatever its case and its end' {
        Invoke-Set 'share' $face $wanted
        Edit-Pc { param($machine) $machine.shares.face.path = 'c:\oqs\FACE\' }
        Test-Kind 'share' $wanted (Get-State 'share' $face) | Should -BeTrue
    }

    It 'shares with an account called <_>' -ForEach "o'hara", '受付 太郎', 'a(b)$c`d', 'x&y%TEMP%', 'ＡＢＣ' {
        Add-Account $_ 'S-1-5-21-1-2-3-1011'
        $odd = [pscustomobject] @{ account = $_ }
        $after = Invoke-RoundTrip 'share' $face $odd
        $after.share.security | Should -Match 'S-1-5-21-1-2-3-1011'
    }

    It 'shares with no group, though it has the name' {
        { Invoke-Set 'share' $face ([pscustomobject] @{ account = 'Users' }) } | Should -Throw '*「Users」は、この PC のグループの名前*'
        & $kind.secret $face ([pscustomobject] @{ account = 'users' }) $null | Should -BeNullOrEmpty -Because 'no password makes it an account'
        $right = ConvertFrom-Text '{"account": "Users", "right": "SeDenyInteractiveLogonRight"}'
        & (Get-Kind 'logon-right').secret $right ([pscustomobject] @{ granted = $true }) $null | Should -BeNullOrEmpty
    }

    It 'is undone though others have deleted the account' {
        $pc = Get-Pc
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        $after = Copy-State (Get-State 'share' $face)
        Remove-LocalUser -SID $sid
        Test-Same $after (Get-State 'share' $face) | Should -BeTrue
        & $kind.undo $face $before $after | Should -BeNullOrEmpty
        Invoke-Set 'share' $face $before
        Add-Account 'receiptcom' $sid
        Get-Pc | Should -BeExactly $pc
    }

    It 'asks for the password of an account that is yet to be made, and for none otherwise' {
        & $kind.secret $face $wanted $null | Should -BeNullOrEmpty
        & $kind.secret $face ([pscustomobject] @{ account = 'new' }) $null | Should -BeExactly 'new'
        & $kind.secret $face (Get-State 'share' $face) $null | Should -BeNullOrEmpty
    }

    It 'keeps a folder that holds files by now, without our account, and says so' {
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        Add-File 'C:\OQS\face\result.xml'
        $found = Copy-State (Get-State 'share' $face)
        $answer = & $kind.undo $face $before $found
        $answer.reason | Should -Match ([regex]::Escape('C:\OQS\face'))
        Invoke-Set 'share' $face $answer.state
        Test-Same $answer.state (Get-State 'share' $face) | Should -BeTrue
        $machine = Read-Machine
        $machine.files.'C:\OQS\face\result.xml' | Should -BeExactly 'x'
        $machine.shares.PSObject.Properties['face'] | Should -BeNullOrEmpty
        @($machine.folders.'C:\OQS\face'.entries | ForEach-Object { $_.sid }) | Should -Not -Contain $sid
        Test-Same (& $kind.undo $face $before (Copy-State (Get-State 'share' $face))).state (Get-State 'share' $face) | Should -BeTrue
    }

    It 'is still ours whatever else is shared, and no longer once its own access is another' {
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        $after = Copy-State (Get-State 'share' $face)
        $null = New-SmbShare -Name 'theirs' -Path 'C:\OQS' -SecurityDescriptor 'O:SYG:SYD:(A;;FA;;;BA)' -CachingMode 'Manual'
        Test-OurWork ([pscustomobject] @{ kind = 'share'; before = $before; after = $after; settled = $true }) (Get-State 'share' $face) | Should -BeTrue
        Edit-Pc { param($machine) $machine.shares.face.security += '(A;;FR;;;AU)' }
        Test-OurWork ([pscustomobject] @{ kind = 'share'; before = $before; after = $after; settled = $true }) (Get-State 'share' $face) | Should -BeFalse
    }

    It 'keeps a folder above that others use by now' {
        Edit-Pc { param($machine) $machine.folders.PSObject.Properties.Remove('C:\OQS') }
        $before = Copy-State (Get-State 'share' $face)
        $before.exists | Should -BeExactly 'C:\'
        Invoke-Set 'share' $face $wanted
        Add-File 'C:\OQS\other.txt'
        $answer = & $kind.undo $face $before (Get-State 'share' $face)
        $answer.state.exists | Should -BeExactly 'C:\OQS'
        Invoke-Set 'share' $face $answer.state
        Test-Same $answer.state (Get-State 'share' $face) | Should -BeTrue
        Test-FolderPresence -Path 'C:\OQS\face' | Should -BeFalse
    }

    It 'switches off what Windows opened for it, and no rule that was on' {
        Edit-Pc { param($machine) $machine.firewall.rules[4].enabled = $true }
        Invoke-Set 'share' $face $wanted
        Get-EnabledRule | Should -BeExactly 'FPS-ICMP4-ERQ-In-V2'
    }

    It 'narrows what Windows widened for it where it stands, and takes away the copy of a rule that it made' {
        Invoke-Set 'smb-firewall' (ConvertFrom-Text '{"rule": "FPS-SMB-In-TCP"}') (ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}')
        $rules = ConvertTo-Canonical (Read-Machine).firewall
        Invoke-Set 'share' $face $wanted
        ConvertTo-Canonical (Read-Machine).firewall | Should -BeExactly $rules
    }

    It 'closes at the next start what Windows opened for a share that was cut short' {
        Invoke-Set 'smb-firewall' (ConvertFrom-Text '{"rule": "FPS-SMB-In-TCP"}') (ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}')
        $before = Copy-State (Get-State 'share' $face)
        Mock Restore-Sharing { throw 'the PC is off' }
        $path = "$env:OQSGEN_FAKE/share-journal.jsonl"
        [IO.File]::WriteAllText($path, '')
        $step = [pscustomobject] @{ id = 'share-face'; kind = 'share'; title = 't'; how = 'apply'; target = $face; wanted = $wanted; secrets = @(); restart = $false }
        $script:Pass = [pscustomobject] @{ id = 'r'; bundle = 'b'; boot = '1'; scope = 'machine'; mode = 'Apply'; journal = (Read-Journal $path); next = (New-Object Collections.ArrayList) }
        try {
            (Invoke-ApplyStep $step $script:Pass).status | Should -BeExactly 'failed'
            Get-EnabledRule | Should -Match 'ICMP4'
            $script:Pass.journal = Read-Journal $path
            (Invoke-VerifyStep $step $script:Pass).message | Should -Match 'FPS-ICMP4-ERQ-In-V2'
            (Invoke-ApplyStep $step $script:Pass).status | Should -BeExactly 'changed'
            Get-EnabledRule | Should -BeExactly 'FPS-SMB-In-TCP'
            (Invoke-ApplyStep $step $script:Pass).status | Should -BeExactly 'ok'
            # Once it is made, what others open is theirs.
            Edit-Pc { param($machine) $machine.firewall.rules[2].enabled = $true }
            (Invoke-ApplyStep $step $script:Pass).status | Should -BeExactly 'ok'
        }
        finally { $script:Pass = $null }
    }

    It 'leaves what others opened in a rule since, when it is undone' {
        Edit-Pc { param($machine) $machine.firewall.rules[0].enabled = $true; $machine.firewall.rules[0].profile = 2 }
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('192.168.20.0/255.255.255.0', 'LocalSubnet') }
        Mock Test-OnceMade { $true }
        Invoke-Set 'share' $face $before
        @((Read-Machine).firewall.rules[0].remote) | Should -BeExactly @('192.168.20.0/255.255.255.0', 'LocalSubnet')
    }

    It 'switches off on an older Windows too' {
        Edit-Pc { param($machine) $machine.firewall.rules = @($machine.firewall.rules | Where-Object { $_.group -ceq '@FirewallAPI.dll,-28502' }) }
        $null = Invoke-RoundTrip 'share' $face $wanted
    }

    It 'leaves the rules while the PC shares something else' {
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        $null = New-SmbShare -Name 'theirs' -Path 'C:\OQS' -SecurityDescriptor 'O:SYG:SYD:(A;;FA;;;BA)' -CachingMode 'Manual'
        $rules = Get-EnabledRule
        $rules | Should -Not -BeNullOrEmpty
        Invoke-Set 'share' $face $before
        Get-EnabledRule | Should -BeExactly $rules
    }

    It 'follows no link and overwrites no file' {
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\OQS' ([pscustomobject] @{ protected = $false; entries = @(); reparse = $true }) }
        { Invoke-Set 'share' $face $wanted } | Should -Throw '*リンク*'
        Initialize-Pc
        Add-Account 'receiptcom' $sid
        Add-File 'C:\OQS\face'
        { Invoke-Set 'share' $face $wanted } | Should -Throw '*ファイル*'
        { Invoke-Set 'share' (ConvertFrom-Text '{"name": "req", "path": "E:\\OQS\\req"}') $wanted } | Should -Throw '*E:*'
    }

    It 'gives nothing to another folder, whenever <path> becomes a link to <to>' -ForEach @(@{ path = 'C:\OQS\face'; to = 'C:\Other\face' }, @{ path = 'C:\OQS'; to = 'C:\Other' }) {
        $own = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1200a9; sid = 'S-1-5-11' })
        foreach ($name in 'C:\Other', 'C:\Other\face', 'C:\OQS\face') { Edit-Pc { param($machine) Set-FakeMember $machine.folders $name ([pscustomobject] @{ protected = $true; entries = $own }) } }
        $free = Get-Pc
        $before = Copy-State (Get-State 'share' $face)
        Invoke-Set 'share' $face $wanted
        $made = Get-Pc
        foreach ($way in @(@{ pc = $free; state = $wanted }, @{ pc = $made; state = $before })) {
            $swapped = 0
            $refused = 0
            for ($moment = 1; $moment -le 60; $moment++) {
                Reset-Pc $way.pc
                $script:Looks = 0
                $script:Swapped = $null
                $script:FakeMeanwhile = {
                    $script:Looks++
                    if ($script:Looks -eq $moment) { $script:Swapped = Move-FakeFolder $path $to }
                }
                try { Invoke-Set 'share' $face $way.state } catch { "$_" | Should -Match 'リンク|nothing at|削除したため' }
                $script:FakeMeanwhile = $null
                if ($null -eq $script:Swapped) { break }
                if ($script:Swapped) { $swapped++ } else { $refused++ }
                @((Read-Machine).folders.'C:\Other\face'.entries | ForEach-Object { $_.sid }) | Should -Be @('S-1-5-11') -Because "moment $moment"
            }
            $swapped | Should -BeGreaterThan 2
            $refused | Should -BeGreaterThan 1 -Because 'it is held while it is changed'
            $script:FakeHeld.Count | Should -Be 0
        }
        Reset-Pc $made
        Invoke-Set 'share' $face $before
        Test-Same $before (Get-State 'share' $face) | Should -BeTrue
    }

    It 'takes the share away again where the empty folder was made a link while it was open' {
        Mock New-FolderShare {
            $null = New-SmbShare -Name 'face' -Path 'C:\OQS\face' -SecurityDescriptor 'O:SYG:SYD:(A;;FA;;;BA)' -CachingMode 'None'
            Edit-Pc { param($machine) Set-FakeMember $machine.folders.'C:\OQS\face' 'reparse' $true }
        }
        { Invoke-Set 'share' $face $wanted } | Should -Throw '*リンク*'
        (Read-Machine).shares.PSObject.Properties['face'] | Should -BeNullOrEmpty
    }

    It 'makes a folder that only administrators can rename, delete or make a link' {
        Invoke-Set 'share' (ConvertFrom-Text '{"name": "req", "path": "D:\\OQS\\req"}') $wanted
        foreach ($path in 'D:\OQS', 'D:\OQS\req') {
            foreach ($entry in (ConvertFrom-Sddl -Sddl (Read-PathAccess -Path $path).sddl).entries) {
                if ($script:TrustedSid -ccontains $entry.sid -or $entry.sid -ceq $sid -or ($entry.flags -band 8) -ne 0) { continue }
                # DELETE, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, WRITE_DAC, WRITE_OWNER
                ($entry.rights -band (0x10000 -bor 0x40 -bor 0x100 -bor 0x40000 -bor 0x80000)) | Should -Be 0 -Because "$path $($entry.sid)"
            }
        }
    }

    It 'shares a folder that <whose> owns: <ok>' -ForEach @(
        @{ whose = 'SYSTEM'; owner = 'S-1-5-18'; ok = $true }, @{ whose = 'an administrator'; owner = 'S-1-5-21-1-2-3-1003'; ok = $true }
        @{ whose = 'a user'; owner = 'S-1-5-21-1-2-3-1004'; ok = $false }, @{ whose = 'the account of the share'; owner = 'S-1-5-21-1-2-3-1010'; ok = $false }
    ) {
        Mock Get-GroupMember { return @('S-1-5-21-1-2-3-1003') }
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\OQS\face' ([pscustomobject] @{ protected = $false; entries = @(); owner = $owner }) }
        if ($ok) { Invoke-Set 'share' $face $wanted; Test-Kind 'share' $wanted (Get-State 'share' $face) | Should -BeTrue }
        else {
            $pc = Get-Pc
            { Invoke-Set 'share' $face $wanted } | Should -Throw '*所有者*'
            Get-Pc | Should -BeExactly $pc
        }
    }

    It 'changes no access list that it could not put back' {
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\OQS\face' ([pscustomobject] @{ protected = $false; entries = @([pscustomobject] @{ type = 9; flags = 0; rights = 1; sid = 'S-1-1-0' }) }) }
        { Get-State 'share' $face } | Should -Throw '*元に戻せない*'
    }

    It 'cannot know while the service does not run' {
        Edit-Pc { param($machine) $machine.services.LanmanServer.running = $false }
        (Get-State 'share' $face).unknown | Should -Match 'Server'
    }

    It 'is absent where that is wanted, and only there' {
        Test-Kind 'share' $null (Get-State 'share' $face) | Should -BeTrue
        Invoke-Set 'share' $face $wanted
        Test-Kind 'share' $null (Get-State 'share' $face) | Should -BeFalse
    }
}

Describe 'shares-access' {
    BeforeEach {
        Initialize-Pc
        $sid = 'S-1-5-21-1-2-3-1010'
        Add-Account 'receiptcom' $sid
        $target = ConvertFrom-Text '{"shares": [{"name": "face", "path": "C:\\OQS\\face"}], "account": "receiptcom"}'
        $wanted = ConvertFrom-Text '{"enabled": true, "network": true, "read": true, "create": true, "delete": true}'
        Invoke-Set 'share' (ConvertFrom-Text '{"name": "face", "path": "C:\\OQS\\face"}') (ConvertFrom-Text '{"account": "receiptcom"}')
    }

    It 'says yes to what sharing makes' {
        Test-Kind 'shares-access' $wanted (Get-State 'shares-access' $target) | Should -BeTrue
    }

    It 'says <part> where <name>' -ForEach @(
        @{ name = 'the account is gone'; part = 'がありません'; work = { param($machine) $machine.accounts.PSObject.Properties.Remove('receiptcom') } }
        @{ name = 'nothing is shared'; part = '共有されていません'; work = { param($machine) $machine.shares.PSObject.Properties.Remove('face') } }
        @{ name = 'the folder is gone'; part = 'フォルダーがありません'; work = { param($machine) $machine.folders.PSObject.Properties.Remove('C:\OQS\face') } }
        @{ name = 'another folder is shared'; part = '別のフォルダー'; work = { param($machine) $machine.shares.face.path = 'C:\OQS' } }
        @{ name = 'the account is disabled'; part = '無効'; work = { param($machine) $machine.accounts.receiptcom.enabled = $false } }
        @{ name = 'local accounts may not come over the network'; part = 'ネットワークから'; work = { param($machine) Set-FakeMember $machine.logonRights 'SeDenyNetworkLogonRight' @('S-1-5-113') } }
        @{ name = 'nobody may come over the network'; part = 'ネットワークから'; work = { param($machine) $machine.logonRights.SeNetworkLogonRight = @('S-1-5-32-544') } }
        @{ name = 'the share only lets read'; part = '作成できません、ファイルを削除できません'; work = { param($machine) $machine.shares.face.security = "O:SYG:SYD:(A;;0x1200a9;;;S-1-5-21-1-2-3-1010)" } }
        @{ name = 'the share knows others only'; part = '読み取れません'; work = { param($machine) $machine.shares.face.security = 'O:SYG:SYD:(A;;FA;;;BA)' } }
        @{ name = 'a group of the account is denied writing'; part = '作成できません'; work = { param($machine) $machine.folders.'C:\OQS\face'.entries = @([pscustomobject] @{ type = 1; flags = 3; rights = 2; sid = 'S-1-5-32-545' }) + @($machine.folders.'C:\OQS\face'.entries) } }
        @{ name = 'nothing is handed down to files'; part = '読み取れません'; work = { param($machine) $machine.folders.'C:\OQS\face' = [pscustomobject] @{ protected = $true; entries = @([pscustomobject] @{ type = 0; flags = 0; rights = 0x1301bf; sid = 'S-1-5-21-1-2-3-1010' }) } } }
    ) {
        Edit-Pc $work
        $found = Get-State 'shares-access' $target
        $found.message | Should -Match ([regex]::Escape($part))
        Test-Kind 'shares-access' $wanted $found | Should -BeFalse
    }

    It 'looks at each of several shares, and names the one that does not work' {
        $target.shares += ConvertFrom-Text '{"name": "res", "path": "C:\\OQS\\res"}'
        $found = Get-State 'shares-access' $target
        $found.message | Should -Be 'フォルダーがありません: C:\OQS\res'
        Test-Kind 'shares-access' $wanted $found | Should -BeFalse
        Invoke-Set 'share' (ConvertFrom-Text '{"name": "res", "path": "C:\\OQS\\res"}') (ConvertFrom-Text '{"account": "receiptcom"}')
        Test-Kind 'shares-access' $wanted (Get-State 'shares-access' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.shares.res.security = 'O:SYG:SYD:(A;;FA;;;BA)' }
        (Get-State 'shares-access' $target).message | Should -Match '^共有「res」で: 読み取れません'
    }

    It 'knows the owner of a new file, and what an administrator is not over the network' {
        Edit-Pc { param($machine) $machine.folders.'C:\OQS\face' = [pscustomobject] @{ protected = $true; entries = @([pscustomobject] @{ type = 0; flags = 0; rights = 0x1301bf; sid = 'S-1-5-21-1-2-3-1010' }, [pscustomobject] @{ type = 0; flags = 11; rights = 0x10000000; sid = 'S-1-3-0' }) } }
        Test-Kind 'shares-access' $wanted (Get-State 'shares-access' $target) | Should -BeTrue
        Edit-Pc { param($machine)
            $machine.accounts.receiptcom.administrator = $true
            $machine.folders.'C:\OQS\face' = [pscustomobject] @{ protected = $true; entries = @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1f01ff; sid = 'S-1-5-32-544' }) }
        }
        Test-Kind 'shares-access' $wanted (Get-State 'shares-access' $target) | Should -BeFalse
    }
}

Describe 'share-open' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"shares": "all"}'
        $wanted = ConvertFrom-Text '{"open": []}'
    }

    It 'finds none on a PC as it comes' {
        Test-Kind 'share-open' $wanted (Get-State 'share-open' $target) | Should -BeTrue
    }

    It 'names a share whose folder lets Everyone in too, and no other' {
        $everyone = [pscustomobject] @{ type = 0; flags = 3; rights = 0x1200a9; sid = 'S-1-1-0' }
        Add-Share 'b' 'C:\b' 'O:SYG:SYD:(A;;0x1200a9;;;WD)' @($everyone)
        Add-Share 'shared-wizard' 'C:\c' 'O:SYG:SYD:(A;;FA;;;WD)'
        Add-Share 'named' 'C:\d' 'O:SYG:SYD:(A;;FA;;;BA)' @($everyone)
        Add-Share 'print$' 'C:\e' 'O:SYG:SYD:(A;;0x1200a9;;;WD)' @($everyone)
        $found = Get-State 'share-open' $target
        @($found.open) | Should -BeExactly @('b')
        $found.message | Should -Match 'b'
        Test-Kind 'share-open' $wanted $found | Should -BeFalse
    }

    It 'takes a share without an access list for an open one, and passes over what has no folder' {
        Add-Share 'none' 'C:\b' '' @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1200a9; sid = 'S-1-1-0' })
        Add-Share 'null' 'C:\c' 'D:NO_ACCESS_CONTROL' @([pscustomobject] @{ type = 0; flags = 3; rights = 0x1200a9; sid = 'S-1-1-0' })
        Edit-Pc { param($machine) Set-FakeMember $machine.shares 'printer' ([pscustomobject] @{ path = '印刷,LocalsplOnly'; security = ''; caching = 'Manual' }) }
        @((Get-State 'share-open' $target).open) | Should -BeExactly @('none', 'null')
    }
}

Describe 'logon-right' {
    BeforeEach {
        Initialize-Pc
        Add-Account 'receiptcom' 'S-1-5-21-1-2-3-1010'
        $target = ConvertFrom-Text '{"account": "receiptcom", "right": "SeDenyInteractiveLogonRight"}'
        $wanted = ConvertFrom-Text '{"granted": true}'
    }

    It 'denies, and takes that back, whoever else is denied' {
        $null = Invoke-RoundTrip 'logon-right' $target $wanted
        Grant-LogonRight -Sid 'S-1-5-21-1-2-3-501' -Right 'SeDenyInteractiveLogonRight'
        $null = Invoke-RoundTrip 'logon-right' $target $wanted
    }

    It 'leaves an account with which somebody works at this PC' {
        Edit-Pc { param($machine) $machine.accounts.receiptcom.profile = $true }
        (Get-State 'logon-right' $target).'not-applicable' | Should -Match 'receiptcom'
    }

    It 'can be undone once it is denied, profile or not' {
        Invoke-Set 'logon-right' $target $wanted
        Edit-Pc { param($machine) $machine.accounts.receiptcom.profile = $true }
        Test-Kind 'logon-right' $wanted (Get-State 'logon-right' $target) | Should -BeTrue
    }

    It 'is as before where somebody took the denial back and works with the account' {
        $before = Copy-State (Get-State 'logon-right' $target)
        Invoke-Set 'logon-right' $target $wanted
        Invoke-Set 'logon-right' $target $before
        Edit-Pc { param($machine) $machine.accounts.receiptcom.profile = $true }
        try {
            $script:Pass = [pscustomobject] @{ mode = 'Rollback' }
            Test-Same $before (Get-State 'logon-right' $target) | Should -BeTrue
            $script:Pass.mode = 'Apply'
            (Get-State 'logon-right' $target).'not-applicable' | Should -Match 'receiptcom'
        }
        finally { $script:Pass = $null }
    }

    It 'is as before once others have deleted the account' {
        $before = Copy-State (Get-State 'logon-right' $target)
        Invoke-Set 'logon-right' $target $wanted
        Remove-LocalUser -SID 'S-1-5-21-1-2-3-1010'
        Test-Same $before (Get-State 'logon-right' $target) | Should -BeTrue
        Invoke-Set 'logon-right' $target $before
        { Invoke-Set 'logon-right' $target $wanted } | Should -Throw '*receiptcom*'
        & (Get-Kind 'logon-right').secret $target $wanted $before | Should -BeExactly 'receiptcom'
        & (Get-Kind 'logon-right').secret $target $before $before | Should -BeNullOrEmpty
    }
}

Describe 'smb-firewall' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"rule": "FPS-SMB-In-TCP"}'
        $wanted = ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}'
    }

    It 'opens for private networks and their subnet, and closes again' {
        $null = Invoke-RoundTrip 'smb-firewall' $target $wanted
        Invoke-Set 'smb-firewall' $target $wanted
        Get-EnabledRule | Should -BeExactly 'FPS-SMB-In-TCP'
    }

    It 'narrows what was wide open, and puts it back' {
        Edit-Pc { param($machine) foreach ($rule in $machine.firewall.rules) { $rule.enabled = $true; $rule.profile = 0; $rule.remote = @('192.168.1.0/255.255.255.0', 'Any') } }
        $after = Invoke-RoundTrip 'smb-firewall' $target $wanted
        $after.wide | Should -BeFalse
    }

    It 'knows a Windows without the wide rule, and one without the rule' {
        Edit-Pc { param($machine) $machine.firewall.rules = @($machine.firewall.rules | Where-Object { $_.group -ceq '@FirewallAPI.dll,-28502' }) }
        $null = Invoke-RoundTrip 'smb-firewall' $target $wanted
        Edit-Pc { param($machine) $machine.firewall.rules = @() }
        { Get-State 'smb-firewall' $target } | Should -Throw '*FPS-SMB-In-TCP*'
    }
}

Describe 'smb-firewall: what else lets computers in' {
    BeforeAll {
        function Add-Rule {
            # A rule that somebody made, one that is on and lets every address reach TCP 445 but for what is said.
            param([hashtable] $More = @{})
            $rule = [ordered] @{ name = '{0A1D2C3B}'; group = ''; enabled = $true; profile = 6; remote = @('Any'); port = @('445'); program = 'Any' }
            foreach ($field in $More.Keys) { $rule[$field] = $More[$field] }
            Edit-Pc { param($machine) $machine.firewall.rules = @($machine.firewall.rules) + @([pscustomobject] $rule) }
        }
        function Get-Rule { param([string] $Name = '{0A1D2C3B}') return @((Read-Machine).firewall.rules | Where-Object { $_.name -ceq $Name })[0] }
        function Get-Notice { return [string] (& (Get-Kind 'smb-firewall').notice $wanted (Get-State 'smb-firewall' $target)) }
        $sharing = '@FirewallAPI.dll,-28502'
    }

    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"rule": "FPS-SMB-In-TCP"}'
        $wanted = ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false, "exact": false}'
        $exactly = ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet", "192.168.20.0/24"], "wide": false, "exact": true}'
    }

    It 'is not undone where another rule is not as it was' {
        Add-Rule
        $before = Copy-State (Get-State 'smb-firewall' $target)
        Invoke-Set 'smb-firewall' $target $wanted
        Mock Set-NetFirewallRule { } -ParameterFilter { $null -ne $InputObject }
        Invoke-Set 'smb-firewall' $target $before
        Test-Kind 'smb-firewall' $before (Get-State 'smb-firewall' $target) | Should -BeFalse
        # Deleted since, by somebody else: nothing can be put back.
        Edit-Pc { param($machine) $machine.firewall.rules = @($machine.firewall.rules | Where-Object { $_.name -cne '{0A1D2C3B}' }) }
        Test-Kind 'smb-firewall' $before (Get-State 'smb-firewall' $target) | Should -BeTrue
    }

    It 'closes to public networks <name>, and puts it back' -ForEach @(
        @{ name = 'a copy of the rule for them alone'; more = @{ group = '@FirewallAPI.dll,-28502'; profile = 4; remote = @('LocalSubnet'); program = 'System' }; enabled = $false; profile = 4 }
        @{ name = 'a rule of somebody else'; more = @{ profile = 6 }; enabled = $true; profile = 2 }
        @{ name = 'a rule for every network, every port and every protocol'; more = @{ profile = 0; port = @('Any'); protocol = 'Any' }; enabled = $true; profile = 3 }
        @{ name = 'a rule for a range of ports, and its name has signs'; more = @{ name = 'NAS [1]*'; port = @('137', '400-500'); profile = 4 }; enabled = $false; profile = 4 }
        @{ name = 'the rule of Windows without a scope'; more = @{ group = '@FirewallAPI.dll,-28672'; profile = 0 }; enabled = $true; profile = 1 }
        @{ name = 'a rule for the service'; more = @{ service = 'LanmanServer' }; enabled = $true; profile = 2 }
    ) {
        Invoke-Set 'smb-firewall' $target $wanted
        Add-Rule $more
        $rule = [string] $more['name']
        if (-not $rule) { $rule = '{0A1D2C3B}' }
        (Get-State 'smb-firewall' $target).message | Should -Match ([regex]::Escape($rule))
        $null = Invoke-RoundTrip 'smb-firewall' $target $wanted
        Invoke-Set 'smb-firewall' $target $wanted
        (Get-Rule $rule).enabled | Should -Be $enabled
        (Get-Rule $rule).profile | Should -Be $profile
    }

    It 'is as wanted beside <name>' -ForEach @(
        @{ name = 'a program of its own'; more = @{ program = 'C:\a\b.exe'; port = @('Any') } }, @{ name = 'an app'; more = @{ package = 'S-1-15-2-1' } }
        @{ name = 'another service'; more = @{ service = 'Spooler' } }, @{ name = 'UDP'; more = @{ protocol = 'UDP' } }, @{ name = 'another port'; more = @{ port = @('RPC', '139', '446-500') } }
        @{ name = 'a rule that is off'; more = @{ enabled = $false } }, @{ name = 'one that blocks'; more = @{ action = 'Block' } }, @{ name = 'one for what leaves'; more = @{ direction = 'Outbound' } }
        @{ name = 'a copy for private networks'; more = @{ group = '@FirewallAPI.dll,-28502'; profile = 2; remote = @('LocalSubnet4', 'LocalSubnet6') } }
        @{ name = 'a domain, which the PC is in'; more = @{ group = '@FirewallAPI.dll,-28502'; profile = 1 } }
    ) {
        Invoke-Set 'smb-firewall' $target $wanted
        Add-Rule $more
        Test-Kind 'smb-firewall' $wanted (Get-State 'smb-firewall' $target) | Should -BeTrue
        Get-Notice | Should -BeExactly ''
        $pc = Get-Pc
        Invoke-Set 'smb-firewall' $target $wanted
        Get-Pc | Should -BeExactly $pc
    }

    It 'leaves a rule of somebody else open for private networks, and names it' {
        Invoke-Set 'smb-firewall' $target $wanted
        Add-Rule @{ profile = 2; remote = @('Any') }
        Test-Kind 'smb-firewall' $wanted (Get-State 'smb-firewall' $target) | Should -BeTrue
        Get-Notice | Should -Match ([regex]::Escape('{0A1D2C3B}（プライベート、すべて）'))
    }

    It 'leaves private addresses that a vendor has opened, names them, and closes others' {
        Edit-Pc { param($machine)
            $machine.firewall.rules[0].enabled = $true
            $machine.firewall.rules[0].profile = 2
            $machine.firewall.rules[0].remote = @('192.168.20.0/255.255.255.0', 'LocalSubnet')
        }
        $found = Get-State 'smb-firewall' $target
        Test-Kind 'smb-firewall' $wanted $found | Should -BeTrue
        Get-Notice | Should -Match '192\.168\.20\.0/24）.*his\.share_from'
        Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('10.0.0.1-10.0.0.9', '192.168.20.0/255.255.255.0', '203.0.113.5', 'LocalSubnet') }
        $after = Invoke-RoundTrip 'smb-firewall' $target $wanted
        ConvertTo-Canonical $after.remote | Should -BeExactly '["10.0.0.1-10.0.0.9","192.168.20.0/255.255.255.0","LocalSubnet"]'
    }

    It 'says of each field by itself whether it is as wanted' {
        Invoke-Set 'smb-firewall' $target $wanted
        Edit-Pc { param($machine) $machine.firewall.rules[0].enabled = $false; $machine.firewall.rules[0].profile = 6 }
        $found = Get-State 'smb-firewall' $target
        $right = @('enabled', 'profile', 'remote', 'wide', 'exact' | Where-Object { Test-Kind 'smb-firewall' ([pscustomobject] @{ $_ = $wanted.$_ }) $found })
        $right -join ' ' | Should -BeExactly 'remote wide exact'
    }

    It 'opens nothing that was noted in a rule that is off' {
        Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('192.168.20.0/255.255.255.0') }
        Invoke-Set 'smb-firewall' $target $wanted
        @((Get-State 'smb-firewall' $target).remote) | Should -BeExactly @('LocalSubnet')
    }

    It 'lets in the networks of the file, and no private ones beside them' {
        Edit-Pc { param($machine) $machine.firewall.rules[0].enabled = $true; $machine.firewall.rules[0].remote = @('192.168.30.0/255.255.255.0', 'LocalSubnet') }
        Add-Rule @{ group = $sharing; profile = 2; remote = @('192.168.20.7', '192.168.30.0/255.255.255.0') }
        $after = Invoke-RoundTrip 'smb-firewall' $target $exactly
        ConvertTo-Canonical $after.remote | Should -BeExactly '["192.168.20.0/255.255.255.0","LocalSubnet"]'
        Invoke-Set 'smb-firewall' $target $exactly
        (Get-Rule).enabled | Should -BeFalse
        & (Get-Kind 'smb-firewall').notice $exactly (Get-State 'smb-firewall' $target) | Should -BeExactly ''
        Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('LocalSubnet') }
        Test-Kind 'smb-firewall' $exactly (Get-State 'smb-firewall' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine.firewall.rules[0].remote = @('192.168.16.0-192.168.20.255', 'LocalSubnet') }
        Test-Kind 'smb-firewall' $exactly (Get-State 'smb-firewall' $target) | Should -BeFalse -Because 'that is more'
    }

    It 'is undone whatever others did with their rules, and leaves what they changed since' {
        $kind = Get-Kind 'smb-firewall'
        Add-Rule @{ profile = 6 }
        Add-Rule @{ name = '{2}'; group = $sharing; profile = 4 }
        $before = Copy-State (Get-State 'smb-firewall' $target)
        Invoke-Set 'smb-firewall' $target $wanted
        $after = Copy-State (Get-State 'smb-firewall' $target)
        Edit-Pc { param($machine) @($machine.firewall.rules | Where-Object { $_.name -ceq '{0A1D2C3B}' })[0].profile = 1 }
        Add-Rule @{ name = '{3}'; profile = 4 }
        Test-OurWork ([pscustomobject] @{ kind = 'smb-firewall'; before = $before; after = $after; settled = $true }) (Get-State 'smb-firewall' $target) | Should -BeTrue
        Invoke-Set 'smb-firewall' $target $before
        Test-Kind 'smb-firewall' $before (Get-State 'smb-firewall' $target) | Should -BeTrue
        (Get-Rule).profile | Should -Be 1
        (Get-Rule '{2}').enabled | Should -BeTrue
        (Get-Rule '{3}').enabled | Should -BeTrue
    }

    It 'undoes what 0.1.0 has noted, which knew of no other rule' {
        $before = ConvertFrom-Text '{"enabled": false, "profile": 6, "remote": ["LocalSubnet"], "wide": true}'
        Invoke-Set 'smb-firewall' $target $wanted
        Add-Rule @{ profile = 2 }
        $rule = ConvertTo-Canonical (Get-Rule)
        $after = ConvertFrom-Text '{"enabled": true, "profile": 2, "remote": ["LocalSubnet"], "wide": false}'
        Test-OurWork ([pscustomobject] @{ kind = 'smb-firewall'; before = $before; after = $after; settled = $true }) (Get-State 'smb-firewall' $target) | Should -BeTrue
        Invoke-Set 'smb-firewall' $target $before
        Test-SameState 'smb-firewall' $before (Get-State 'smb-firewall' $target) | Should -BeTrue
        ConvertTo-Canonical (Get-Rule) | Should -BeExactly $rule
    }

    It '<inner> is part of <outer>: <ok>' -ForEach @(
        @{ inner = '192.168.20.0/24'; outer = '192.168.20.0/255.255.255.0'; ok = $true }, @{ inner = '192.168.20.7'; outer = '192.168.20.0/24'; ok = $true }
        @{ inner = '192.168.20.0/23'; outer = '192.168.20.0/24'; ok = $false }, @{ inner = '192.168.20.0-192.168.20.255'; outer = '192.168.20.0/24'; ok = $true }
        @{ inner = '10.255.255.255'; outer = '10.0.0.0/8'; ok = $true }, @{ inner = '172.32.0.0'; outer = '172.16.0.0/12'; ok = $false }
        @{ inner = 'fd12::1'; outer = 'fc00::/7'; ok = $true }, @{ inner = '2001:db8::/64'; outer = 'fc00::/7'; ok = $false }, @{ inner = 'fd00::-fd00::9'; outer = 'fd00::/64'; ok = $true }
        @{ inner = '192.168.20.7'; outer = '::/0'; ok = $false }, @{ inner = 'Any'; outer = '0.0.0.0/0'; ok = $false }, @{ inner = 'DNS'; outer = 'DNS'; ok = $true }
        @{ inner = '192.168.20.0/33'; outer = '0.0.0.0/0'; ok = $false }, @{ inner = '9'; outer = '0.0.0.0/0'; ok = $false }, @{ inner = '1.2.3.4'; outer = '0.0.0.0/0'; ok = $true }
    ) {
        Test-AddressInside $inner $outer | Should -Be $ok
    }
}

Describe 'network-category and folder' {
    BeforeEach { Initialize-Pc }

    It 'the network is private' {
        $target = ConvertFrom-Text '{"networks": "all"}'
        $wanted = ConvertFrom-Text '{"public": 0}'
        Test-Kind 'network-category' $wanted (Get-State 'network-category' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.networks = @([pscustomobject] @{ alias = '院内'; category = 'DomainAuthenticated' }, [pscustomobject] @{ alias = 'イーサネット 2'; category = 'Public' }) }
        $found = Get-State 'network-category' $target
        Test-Kind 'network-category' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'イーサネット 2'
        Edit-Pc { param($machine) $machine.networks = @() }
        (Get-State 'network-category' $target).unknown | Should -Not -BeNullOrEmpty
    }

    It 'of two connections <name> counts, and the other one is named' -ForEach @(
        @{ name = 'the one of the facility'; lan = 'Private'; line = 'Public'; addresses = @('2409:10:1::5', 'fe80::2%2'); ok = $true }
        @{ name = 'the one of the facility, though both have private addresses,'; lan = 'Private'; line = 'Public'; addresses = @('192.168.24.2', '2001:a7ff::5'); ok = $true }
        @{ name = 'the one of the facility, which is public,'; lan = 'Public'; line = 'Private'; addresses = @('2409:10:1::5'); ok = $false }
        @{ name = 'each of the facility'; lan = 'Private'; line = 'Public'; addresses = @('172.16.5.5', '169.254.3.3'); ok = $false }
    ) {
        $target = ConvertFrom-Text '{"networks": "all"}'
        Edit-Pc { param($machine)
            $machine.networks = @([pscustomobject] @{ alias = '院内'; category = $lan; addresses = @('192.168.1.10', 'fe80::1%1') }, [pscustomobject] @{ alias = '回線'; category = $line; addresses = $addresses })
        }
        $found = Get-State 'network-category' $target
        Test-Kind 'network-category' (ConvertFrom-Text '{"public": 0}') $found | Should -Be $ok
        if ($ok) { $found.warning | Should -Match '回線 は「パブリック' } else { $found.message | Should -Match '共有フォルダーを開けません' }
    }

    It 'one connection for everything counts, whatever addresses it has' {
        $target = ConvertFrom-Text '{"networks": "all"}'
        foreach ($addresses in @('2409:10:1::5', '192.168.1.10'), @('2409:10:1::5', 'fe80::1%1'), @()) {
            Edit-Pc { param($machine) $machine.networks = @([pscustomobject] @{ alias = 'LAN'; category = 'Public'; addresses = $addresses }) }
            (Get-State 'network-category' $target).public | Should -Be 1
        }
    }

    It 'a folder is there, is missing, or is on another device' {
        $wanted = ConvertFrom-Text '{"exists": true}'
        Test-Kind 'folder' $wanted (Get-State 'folder' (ConvertFrom-Text '{"path": "C:\\Program Files"}')) | Should -BeTrue
        $found = Get-State 'folder' (ConvertFrom-Text '{"path": "D:\\OQS\\req"}')
        Test-Kind 'folder' $wanted $found | Should -BeFalse
        $found.message | Should -Match 'req'
        (Get-State 'folder' (ConvertFrom-Text '{"path": "\\\\nas\\oqs\\req"}')).unknown | Should -Match 'nas'
    }
}
