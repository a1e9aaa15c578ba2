BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'the page of the router' {
    BeforeEach { Initialize-Pc }

    It 'is that of the default gateway: <gateways> → <page>' -ForEach @(
        @{ gateways = @('192.168.1.1'); page = 'http://192.168.1.1/' }, @{ gateways = @('10.0.0.254'); page = 'http://10.0.0.254/' }
        @{ gateways = @('203.0.113.1', '172.16.0.1'); page = 'http://172.16.0.1/' }
        @{ gateways = @(); page = '' }, @{ gateways = @('203.0.113.1'); page = '' }, @{ gateways = @('172.32.0.1', '192.169.0.1', '110.0.0.1'); page = '' }
    ) {
        Set-FakeField ($machine = Get-Machine) 'gateways' $gateways
        Write-Machine $machine
        $script:Turn.steps = @([pscustomobject] @{ open = 'router:page' })
        [string] (Get-Field (Get-AskedPage) 'page') | Should -BeExactly $page
    }

    It 'is nothing that any other step opens' {
        $script:Turn.steps = @([pscustomobject] @{ open = 'https://www.lineauth.mnw' }, [pscustomobject] @{ open = $null }, [pscustomobject] @{})
        Get-AskedPage | Should -BeNullOrEmpty
    }
}
