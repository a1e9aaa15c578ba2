BeforeAll {
    . "$PSScriptRoot/../pc/Pc.ps1"

    function Register-Lamp {
        # The kind of one version: a state is what machine.json's lamp has of these fields.
        param([string[]] $Field, [int] $Format = 1, [hashtable] $More = @{})
        $script:LampField = $Field
        Register-Kind 'lamp' -Format $Format @More -Get {
            return [pscustomobject] (Select-Field (Read-Machine).lamp $script:LampField)
        } -Set {
            param($Target, $State)
            $machine = Read-Machine
            foreach ($name in (Get-FieldName $State)) { Set-FakeField $machine.lamp $name (Get-Field $State $name) }
            Write-Machine $machine
        }
    }

    function Start-Pass {
        # Reads the journal, as each start of the script does.
        $script:Pass = [pscustomobject] @{ id = 'r'; bundle = 'b'; boot = '1'; scope = 'machine'; mode = 'Apply'; journal = (Read-Journal $script:Journal); next = (New-Object Collections.ArrayList) }
        return $script:Pass
    }

    function Invoke-Lamp {
        # Applies what is wanted; the status.
        param([string] $Wanted)
        $step = [pscustomobject] @{ id = 's'; kind = 'lamp'; title = 't'; how = 'apply'; target = (ConvertFrom-Text '{"name": "lamp"}'); wanted = (ConvertFrom-Text $Wanted); secrets = @(); restart = $false }
        return (Invoke-ApplyStep $step (Start-Pass)).status
    }

    function Undo-Lamp {
        $pass = Start-Pass
        $pass.journal.strange | Should -BeNullOrEmpty
        return (Invoke-UndoStep @(Get-OpenTarget $pass.journal)[0] $pass).status
    }

    function Set-Lamp {
        # What somebody else makes of it.
        param([string] $Json)
        Edit-Pc { param($machine) Set-FakeField $machine 'lamp' (ConvertFrom-Text $Json) }
    }

    function Initialize-Lamp {
        param([string] $Json)
        Initialize-Pc
        $script:Journal = "$env:OQSGEN_FAKE/journal.jsonl"
        [IO.File]::Delete($script:Journal)
        Set-Lamp $Json
    }

    function Get-Lamp { return ConvertTo-Canonical (Read-Machine).lamp }
}

Describe 'a Get that tells more than that of the journal' {
    BeforeEach {
        Initialize-Lamp '{"colour": {"red": 1}, "glow": null, "light": "off", "message": "暗い"}'
        Register-Lamp 'light', 'colour', 'glow', 'message'
        Invoke-Lamp '{"light": "on", "colour": {"red": 2}}' | Should -BeExactly 'changed'
        Register-Lamp 'light', 'colour', 'glow', 'message', 'height'
    }

    It 'undoes, and leaves what it tells besides' {
        Set-Lamp '{"colour": {"red": 2}, "glow": null, "height": 3, "light": "on", "message": "暗い"}'
        Undo-Lamp | Should -BeExactly 'changed'
        Get-Lamp | Should -BeExactly '{"colour":{"red":1},"glow":null,"height":3,"light":"off","message":"暗い"}'
        (Start-Pass).journal.open.Count | Should -Be 0
    }

    It 'knows that it has undone it, whatever its Test knows of such a state' {
        Register-Lamp 'light', 'colour', 'glow', 'message', 'height' -More @{ Test = { param($Wanted, $Found) $Wanted.light -ceq 'on' -and $Found.light -ceq 'on' } }
        Set-Lamp '{"colour": {"red": 2}, "glow": null, "height": 3, "light": "on", "message": "暗い"}'
        Undo-Lamp | Should -BeExactly 'changed'
    }

    It 'does what needs a person only once' {
        Register-Lamp 'light', 'colour', 'glow', 'message', 'height' -More @{ Undo = { [pscustomobject] @{ state = (ConvertFrom-Text '{"light": "dim"}'); reason = '少し残します。' } } }
        Set-Lamp '{"colour": {"red": 2}, "glow": null, "height": 3, "light": "on", "message": "暗い"}'
        Undo-Lamp | Should -BeExactly 'manual'
        $lines = [IO.File]::ReadAllText($script:Journal)
        Undo-Lamp | Should -BeExactly 'manual'
        [IO.File]::ReadAllText($script:Journal) | Should -BeExactly $lines
    }

    It 'sees what is as before already' {
        Set-Lamp '{"colour": {"red": 1}, "glow": null, "height": 3, "light": "off", "message": "暗い"}'
        Undo-Lamp | Should -BeExactly 'ok'
    }

    It 'may say it in other words' {
        Set-Lamp '{"colour": {"red": 2}, "glow": null, "light": "on", "message": "明るい"}'
        Undo-Lamp | Should -BeExactly 'changed'
    }

    It 'leaves alone what somebody else changed: <lamp>' -ForEach @(
        @{ lamp = '{"colour": {"red": 2}, "glow": null, "light": "broken"}' }
        @{ lamp = '{"colour": {"red": 2, "green": 0}, "glow": null, "light": "on"}' }
        @{ lamp = '{"glow": null, "light": "on"}' }
        @{ lamp = '{"colour": {"red": 2}, "light": "on"}' }
    ) {
        Set-Lamp $lamp
        $left = Get-Lamp
        Undo-Lamp | Should -BeExactly 'drift'
        Get-Lamp | Should -BeExactly $left
    }

    It 'leaves alone what the older Get would have told' {
        Register-Lamp 'light', 'colour', 'glow', 'height' -More @{ Sometimes = 'height' }
        Set-Lamp '{"colour": {"red": 2}, "glow": null, "height": 3, "light": "on"}'
        Undo-Lamp | Should -BeExactly 'drift'
    }
}

Describe 'an older format' {
    BeforeEach {
        # Since format 2 the light is a number.
        $script:Reading = @{ ReadOlder = { param($State, $Format) [pscustomobject] @{ light = @{ off = 0; on = 100 * $Format }[$State.light] } } }
        Initialize-Lamp '{"light": "off"}'
        Register-Lamp 'light'
        Invoke-Lamp '{"light": "on"}' | Should -BeExactly 'changed'
        Set-Lamp '{"light": 100}'
        Register-Lamp 'light' -Format 2 -More $script:Reading
    }

    It 'is read' {
        Undo-Lamp | Should -BeExactly 'changed'
        Get-Lamp | Should -BeExactly '{"light":0}'
    }

    It 'is read where it stands in "before" alone, as 0.1.0 wrote it' {
        $lines = [IO.File]::ReadAllText($script:Journal)
        $lines | Should -BeLike '*"event":"set",*"format":1,*'
        [IO.File]::WriteAllText($script:Journal, ($lines -replace '("event":"set",.*?)"format":1,', '$1'))
        Undo-Lamp | Should -BeExactly 'changed'
        Get-Lamp | Should -BeExactly '{"light":0}'
    }

    It 'shows what somebody else changed' {
        Set-Lamp '{"light": 50}'
        Undo-Lamp | Should -BeExactly 'drift'
    }

    It 'comes first: undone is to what it found, whatever a later one made' {
        Invoke-Lamp '{"light": 50}' | Should -BeExactly 'changed'
        Undo-Lamp | Should -BeExactly 'changed'
        Get-Lamp | Should -BeExactly '{"light":0}'
    }

    It 'is not that of what was left when it was undone' {
        Register-Lamp 'light' -Format 2 -More ($script:Reading + @{ Undo = { [pscustomobject] @{ state = (ConvertFrom-Text '{"light": 1}'); reason = '少し残します。' } } })
        foreach ($time in 1, 2) { Undo-Lamp | Should -BeExactly 'manual' }
        Get-Lamp | Should -BeExactly '{"light":1}'
    }

    It 'makes the journal strange where nothing reads it' {
        Register-Lamp 'light' -Format 2
        (Start-Pass).journal.strange | Should -Contain '古い版の oqsgen が書いた、この版では読めない記録です: lamp'
    }

    It 'of a version to come does so too' {
        Invoke-Lamp '{"light": 50}' | Should -BeExactly 'changed'
        Register-Lamp 'light'
        (Start-Pass).journal.strange | Should -Contain 'もっと新しい版の oqsgen が書いた記録です: lamp'
    }
}

Describe 'what a kind tells only sometimes' {
    It '<kind>: <change>' -ForEach @(
        @{
            kind = 'dns'; target = '{"connection": "イーサネット"}'; change = 'IPv6 was switched off'
            edit = { Set-RegistryEntry -Hive 'HKLM' -Key 'SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters' -Name 'DisabledComponents' -Type 'DWord' -Data 0xff }
        }
        @{
            kind = 'user'; target = '{"name": "setup"}'; change = 'it has another name'
            edit = { Edit-Pc { param($machine) $account = $machine.accounts.setup; $machine.accounts.PSObject.Properties.Remove('setup'); Set-FakeField $machine.accounts 'Setup' $account } }
        }
        @{
            kind = 'policy'; target = '{"key": "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU"}'; change = 'gpt.ini names the registry no more'
            edit = { [IO.File]::WriteAllText("$env:OQSGEN_FAKE/GroupPolicy/gpt.ini", "[General]`r`nVersion=3`r`n") }
        }
    ) {
        Initialize-Pc
        $thing = ConvertFrom-Text $target
        if ($kind -ceq 'policy') { Invoke-Set 'policy' $thing (ConvertFrom-Text '{"values": {"AUOptions": {"type": "DWord", "data": 4}}}') }
        $journalled = Copy-State (Get-State $kind $thing)
        Test-SameState $kind $journalled (Get-State $kind $thing) | Should -BeTrue
        & $edit
        Test-SameState $kind $journalled (Get-State $kind $thing) | Should -BeFalse
    }
}
