BeforeAll {
    . "$PSScriptRoot/../../pc/Pc.ps1"
    $wanted = ConvertFrom-Text '{"account": "OqsComApp", "delay": null}'
    $tools = 'C:\Program Files\OQS\OQSComApp\tools'

    function Get-Target { param([string] $Name) return [pscustomobject] @{ path = '\'; name = $Name; file = "$tools\$Name.xml" } }
}

Describe 'task-repetition and start-stopped' {
    BeforeEach {
        $name = 'OQS_exec_distroappstart'
        Initialize-Installed @{ "$tools\$name.xml" = (Get-VendorFile $name) }
        $target = [pscustomobject] @{ path = '\'; name = $name }
        function Edit-Run {
            # Windows was started at 07:00 (uptime 300 minutes at 12:00).
            param([string] $At, [int] $Result, [int] $Uptime = 300)
            Edit-Pc { param($machine)
                $machine.tasks."\$name" | Add-Member -NotePropertyName 'at' -NotePropertyValue $At -Force
                $machine.tasks."\$name" | Add-Member -NotePropertyName 'result' -NotePropertyValue $Result -Force
                $machine.uptime = $Uptime
            }
        }
    }

    It 'task-repetition: an hour, another time, none' {
        $wanted = ConvertFrom-Text '{"everySeconds": 3600}'
        (Get-State 'task-repetition' $target).unknown | Should -Match 'まだ登録されていません'
        Invoke-Set 'vendor-task' (Get-Target $name) (ConvertFrom-Text '{"account": "OqsComApp", "delay": null}')
        Test-Kind 'task-repetition' $wanted (Get-State 'task-repetition' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.tasks."\$name".xml = $machine.tasks."\$name".xml.Replace('PT1H', 'PT60M') }
        Test-Kind 'task-repetition' $wanted (Get-State 'task-repetition' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.tasks."\$name".xml = $machine.tasks."\$name".xml.Replace('PT60M', 'PT2H') }
        Test-Kind 'task-repetition' $wanted (Get-State 'task-repetition' $target) | Should -BeFalse
        Edit-Pc { param($machine) $machine.tasks."\$name".xml = $machine.tasks."\$name".xml -replace '<Repetition>[\s\S]*</Repetition>', '' }
        Test-Kind 'task-repetition' $wanted (Get-State 'task-repetition' $target) | Should -BeFalse
        (Get-State 'task-repetition' $target).message | Should -Match '作り直すと消えます'
    }

    It 'start-stopped: sees that the task is not there or off, and cannot see more' {
        $target = Get-Target $name
        $wanted = ConvertFrom-Text '{"enabled": false}'
        (Get-State 'start-stopped' (Get-Target 'other')).unknown | Should -Match 'まだ導入されていません'
        Test-Kind 'start-stopped' $wanted (Get-State 'start-stopped' $target) | Should -BeTrue
        Invoke-Set 'vendor-task' $target (ConvertFrom-Text '{"account": "OqsComApp", "delay": null}')
        (Get-State 'start-stopped' $target).unknown | Should -Match '有効です。補2'
        Edit-Pc { param($machine) $machine.tasks."\$name".enabled = $false }
        Test-Kind 'start-stopped' $wanted (Get-State 'start-stopped' $target) | Should -BeTrue
    }
}
