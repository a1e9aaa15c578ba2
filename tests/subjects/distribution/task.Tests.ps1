BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $wanted = ConvertFrom-Text '{"account": "OqsComApp", "delay": null}'
    $tools = 'C:\Program Files\OQS\OQSComApp\tools'

    function Get-Target { param([string] $Name) return [pscustomobject] @{ path = '\'; name = $Name; file = "$tools\$Name.xml" } }
}

Describe 'start-stopped' {
    BeforeEach {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
    }

    It 'start-stopped: sees that the task is off, and cannot tell more' {
        $target = Get-Target $name
        $wanted = ConvertFrom-Text '{"enabled": false}'
        (Get-State 'start-stopped' (Get-Target 'other')).unknown | Should -Match 'まだ導入されていません'
        (Get-State 'start-stopped' $target).unknown | Should -Match '登録されていません。補2'
        Invoke-Set 'vendor-task' $target (ConvertFrom-Text '{"account": "OqsComApp", "delay": null}')
        (Get-State 'start-stopped' $target).unknown | Should -Match '有効です。補2'
        Edit-Pc { param($machine) $machine.tasks."\$name".enabled = $false }
        Test-Kind 'start-stopped' $wanted (Get-State 'start-stopped' $target) | Should -BeTrue
    }
}
