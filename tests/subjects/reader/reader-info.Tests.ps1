BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'reader-info' {
    BeforeAll {
        $ini = 'C:\ProgramData\OQS-Auth\ReaderInfo.ini'
        $file = [pscustomobject] @{ path = $ini }
        $since = ConvertFrom-Text '{"notBefore": 20261001}'
        function Initialize-Reader {
            param([string] $Created)
            Initialize-Pc
            Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName $ini -NotePropertyValue ([pscustomobject] @{ text = '[Reader]'; created = $Created }) }
        }
    }

    It 'sets a file of before the succession aside, and puts it back' {
        Initialize-Reader '2021-03-03'
        $after = Invoke-RoundTrip 'reader-info' $file $since
        $after.aside | Should -BeTrue
        $after.made | Should -BeNullOrEmpty
    }

    It 'leaves a file made on <day> alone: <ok>' -ForEach @(@{ day = '2026-10-01'; ok = $true }, @{ day = '2026-11-21'; ok = $true }, @{ day = '2026-09-30'; ok = $false }) {
        Initialize-Reader $day
        Test-Kind 'reader-info' $since (Get-State 'reader-info' $file) | Should -Be $ok
    }

    It 'is as wanted without a file' {
        Initialize-Pc
        Test-Kind 'reader-info' $since (Get-State 'reader-info' $file) | Should -BeTrue
        Invoke-Set 'reader-info' $file $since
    }

    It 'does not overwrite what was set aside earlier' {
        Initialize-Reader '2021-03-03'
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName "$ini.bak" -NotePropertyValue 'earlier' }
        { Invoke-Set 'reader-info' $file $since } | Should -Throw '*既にあります*'
        Test-FilePresence $ini | Should -BeTrue
    }

    It 'does not put the old file in the place of a new one' {
        Initialize-Reader '2021-03-03'
        $before = Copy-State (Get-State 'reader-info' $file)
        Invoke-Set 'reader-info' $file $since
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName $ini -NotePropertyValue ([pscustomobject] @{ text = 'new'; created = '2026-11-21' }) }
        Invoke-Set 'reader-info' $file $before
        (Get-FakeFile $ini).text | Should -BeExactly 'new'
    }

    It 'says that the old file stays aside once the readers were set up again, and undoes nothing else' {
        Initialize-Reader '2021-03-03'
        $before = Copy-State (Get-State 'reader-info' $file)
        Invoke-Set 'reader-info' $file $since
        $item = [pscustomobject] @{ key = 'k'; step = 'reader-info'; title = 't'; kind = 'reader-info'; target = $file; before = $before; after = (Copy-State (Get-State 'reader-info' $file)); settled = $true }
        $path = "$env:OQSGEN_FAKE/reader-journal.jsonl"
        [IO.File]::WriteAllText($path, '')
        $pass = [pscustomobject] @{ scope = 'machine'; boot = 'boot-1'; journal = (Read-Journal $path); next = (New-Object Collections.ArrayList) }
        Edit-Pc { param($machine) $machine.files | Add-Member -NotePropertyName $ini -NotePropertyValue ([pscustomobject] @{ text = 'new'; created = '2026-11-21' }) }
        $pc = Get-Pc
        $result = Invoke-UndoStep $item $pass
        $result.status | Should -BeExactly 'manual'
        $result.message | Should -Match '設定し直されている'
        Get-Pc | Should -BeExactly $pc
        # Somebody took the old file away: nothing of ours is left.
        Edit-Pc { param($machine) $machine.files.PSObject.Properties.Remove("$ini.bak") }
        (Invoke-UndoStep $item $pass).status | Should -BeExactly 'drift'
        Initialize-Reader '2021-03-03'
        Invoke-Set 'reader-info' $file $since
        (Invoke-UndoStep $item $pass).status | Should -BeExactly 'changed'
        (Get-FakeFile $ini).text | Should -BeExactly '[Reader]'
    }

    It 'moves nothing where the folder leads elsewhere, neither there nor back' {
        Initialize-Reader '2021-03-03'
        $before = Copy-State (Get-State 'reader-info' $file)
        Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\ProgramData\OQS-Auth' ([pscustomobject] @{ protected = $false; entries = @(); reparse = $true }) }
        $pc = Get-Pc
        foreach ($state in $since, $before) { { Invoke-Set 'reader-info' $file $state } | Should -Throw '*リンク*' }
        Get-Pc | Should -BeExactly $pc
    }

    It 'moves no file of another folder, whenever its own becomes a link' {
        foreach ($back in $false, $true) {
            for ($moment = 1; $moment -le 40; $moment++) {
                Initialize-Reader '2021-03-03'
                Edit-Pc { param($machine) Set-FakeMember $machine.folders 'C:\ProgramData\OQS-Auth' ([pscustomobject] @{ protected = $false; entries = @() })
                    foreach ($name in 'ReaderInfo.ini', 'ReaderInfo.ini.bak') { if ($back -eq ($name -like '*.bak')) { $machine.files | Add-Member -NotePropertyName "C:\Other\$name" -NotePropertyValue 'theirs' } }
                    Set-FakeMember $machine.folders 'C:\Other' ([pscustomobject] @{ protected = $false; entries = @() })
                }
                $before = Copy-State (Get-State 'reader-info' $file)
                $state = $since
                if ($back) { Invoke-Set 'reader-info' $file $since; $state = $before }
                $script:Looks = 0
                $script:Swapped = $null
                $script:FakeMeanwhile = {
                    $script:Looks++
                    if ($script:Looks -eq $moment) { $script:Swapped = Move-FakeFolder 'C:\ProgramData\OQS-Auth' 'C:\Other' }
                }
                try { Invoke-Set 'reader-info' $file $state } catch { "$_" | Should -Match 'リンク|nothing at' }
                $script:FakeMeanwhile = $null
                @((Read-Machine).files.PSObject.Properties | Where-Object { $_.Name -like 'C:\Other\*' } | ForEach-Object { $_.Name }) | Should -Be @("C:\Other\ReaderInfo.ini$(if ($back) { '.bak' })")
                if ($null -eq $script:Swapped) { break }
            }
            $moment | Should -BeGreaterThan 4
            $script:FakeHeld.Count | Should -Be 0
        }
    }

    It 'says what will be lost before it asks' {
        & (Get-Kind 'reader-info').confirmText $file $since | Should -Match 'すべての顔認証機器'
    }
}
