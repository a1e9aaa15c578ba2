BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'windows' {
    BeforeEach { Initialize-Pc }

    It 'windows: <wanted> is <ok>' -ForEach @(
        @{ wanted = '{"editions": ["Professional", "IoTEnterpriseS"], "minimumBuild": 26100, "maximumBuild": 26999}'; ok = $true }
        @{ wanted = '{"editions": ["Professional"], "minimumBuild": 26100}'; ok = $false }, @{ wanted = '{"editions": ["IoTEnterpriseS"], "minimumBuild": 26101}'; ok = $false }
        @{ wanted = '{"editions": ["IoTEnterpriseS"], "maximumBuild": 17763}'; ok = $false }, @{ wanted = '{"minimumBuild": 22000}'; ok = $true }
    ) {
        Test-Verify 'windows' '{"part": "edition"}' $wanted | Should -Be $ok
    }
}

Describe 'computer-name and dotnet' {
    BeforeEach { Initialize-Pc }

    It 'computer-name: upper and lower case are the same; another one was let pass by a person' {
        Test-Verify 'computer-name' '{"name": "oqs-01"}' '{"name": "oqs-01"}' | Should -BeTrue
        (Get-Found 'computer-name' '{"name": "OQS-02"}').unknown | Should -Match 'OQS-01.*OQS-02'
    }

    It 'dotnet: release <release>, feature <feature> is <ok>' -ForEach @(
        @{ release = 533320; feature = 1; ok = $true }, @{ release = 461808; feature = $null; ok = $true }, @{ release = 461807; feature = 1; ok = $false }
        @{ release = 533320; feature = 2; ok = $false }, @{ release = 533320; feature = 3; ok = $false }, @{ release = $null; feature = 1; ok = $false }
    ) {
        Edit-Pc { param($machine)
            $machine.features.'NetFx4-AdvSrvs' = $feature
            $key = $machine.registry.'HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full'
            if ($null -eq $release) { $key.PSObject.Properties.Remove('Release') } else { $key.Release.data = $release }
        }
        Test-Verify 'dotnet' '{"feature": "NetFx4-AdvSrvs"}' '{"minimumRelease": 461808}' | Should -Be $ok
    }
}
