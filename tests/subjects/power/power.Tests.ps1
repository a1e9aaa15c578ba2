BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'power' {
    BeforeEach {
        Initialize-Pc
        $target = ConvertFrom-Text '{"source": "ac"}'
        $wanted = ConvertFrom-Text '{"standby": 0, "hibernate": 0}'
    }

    It 'changes one source of the active scheme and puts it back' {
        $after = Invoke-RoundTrip 'power' $target $wanted
        ConvertTo-Canonical $after | Should -BeExactly '{"hibernate":0,"scheme":"381b4222-f694-41f0-9685-ff5bb260df2e","standby":0}'
    }

    It 'leaves the other source and other schemes alone' {
        Invoke-Set 'power' $target $wanted
        $schemes = (Read-Machine).power.schemes
        $schemes.'381b4222-f694-41f0-9685-ff5bb260df2e'.dc.'29f6c1db-86da-48c5-9fdb-f2b67b1f44da' | Should -Be 900
        $schemes.'8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c'.ac.'29f6c1db-86da-48c5-9fdb-f2b67b1f44da' | Should -Be 60
    }

    It 'puts values back into the scheme that they came from' {
        $before = Copy-State (Get-State 'power' $target)
        Invoke-Set 'power' $target $wanted
        Edit-Pc { param($machine) $machine.power.scheme = '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c' }
        $answer = & (Get-Kind 'power').undo $target $before (Get-State 'power' $target)
        $answer.reason | Should -Match '電源プラン'
        Invoke-Set 'power' $target $answer.state
        (Read-Machine).power.scheme | Should -Be '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c'
        (Read-Machine).power.schemes.'381b4222-f694-41f0-9685-ff5bb260df2e'.ac.'29f6c1db-86da-48c5-9fdb-f2b67b1f44da' | Should -Be 1800
    }

    It 'reads what version 0.1.0 wrote while a policy was there' {
        $older = ConvertFrom-Text '{"scheme": "x", "standby": 0, "hibernate": 0, "policy": {"standby": 600}}'
        ConvertTo-Canonical (& (Get-Kind 'power').readOlder $older 1) | Should -BeExactly '{"hibernate":0,"scheme":"x","standby":0}'
        & (Get-Kind 'power').readOlder $null 1 | Should -BeNullOrEmpty
    }

    It 'takes a setting that the scheme does not know as never' {
        Edit-Pc { param($machine) $machine.power.schemes.'381b4222-f694-41f0-9685-ff5bb260df2e'.ac.PSObject.Properties.Remove('9d7815a6-7ee4-497e-8888-515a05f02364') }
        $after = Invoke-RoundTrip 'power' $target $wanted
        $after.hibernate | Should -BeNullOrEmpty
    }
}
