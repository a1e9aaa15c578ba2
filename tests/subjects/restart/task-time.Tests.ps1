BeforeAll { . "$PSScriptRoot/../../pc/Pc.ps1" }

Describe 'task-time and task-history' {
    BeforeEach {
        Initialize-Pc
        $target = [pscustomobject] @{ path = '\'; name = '定刻に再起動' }
        function Add-Task {
            param([string] $Start, [hashtable] $Change = @{})
            $xml = Get-TaskXml (@{ '2024-01-01T02:13:00' = $Start; 'OqsComApp' = 'S-1-5-18'; '      <LogonType>Password</LogonType>' = '' } + $Change)
            Register-Task -Path '\' -Name $target.name -Xml $xml -User '' -Secret $null -LogonType 5
        }
    }

    It '<time> is <ok> for <wanted>' -ForEach @(
        @{ time = '02:13'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }, @{ time = '03:49'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }
        @{ time = '03:50'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $false }, @{ time = '04:10'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $false }
        @{ time = '04:11'; wanted = '{"outside": ["03:50-04:10"]}'; ok = $true }, @{ time = '09:00'; wanted = '{"outside": ["03:50-04:10", "09:00-18:30"]}'; ok = $false }
        @{ time = '23:30'; wanted = '{"outside": ["22:00-05:00"]}'; ok = $false }, @{ time = '05:01'; wanted = '{"outside": ["22:00-05:00"]}'; ok = $true }
        @{ time = '02:10'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $false }, @{ time = '02:15'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $false }
        @{ time = '02:13'; wanted = '{"minuteDigitsNot": [0, 5]}'; ok = $true }, @{ time = '23:59'; wanted = '{"outside": ["09:00-24:00"]}'; ok = $false }
    ) {
        Add-Task "2024-01-01T${time}:00"
        Test-Kind 'task-time' (ConvertFrom-Text $wanted) (Get-State 'task-time' $target) | Should -Be $ok
    }

    It 'finds no time in a task that is absent or not daily' {
        $wanted = ConvertFrom-Text '{"outside": ["03:50-04:10"]}'
        Get-State 'task-time' $target | Should -BeNullOrEmpty
        Test-Kind 'task-time' $wanted $null | Should -BeFalse
        Add-Task '2024-01-01T02:13:00' @{ '</Triggers>' = '<BootTrigger/></Triggers>' }
        Test-Kind 'task-time' $wanted (Get-State 'task-time' $target) | Should -BeFalse
    }

    It 'knows the last run' {
        $wanted = ConvertFrom-Text '{"lastResult": 0, "rebooted": true}'
        (Get-State 'task-history' $target).unknown | Should -Match 'まだ登録されていません'
        Add-Task '2024-01-01T02:13:00'
        (Get-State 'task-history' $target).unknown | Should -Match '実行されていません'
        Edit-Pc { param($machine)
            $task = $machine.tasks.'\定刻に再起動'
            $task | Add-Member -NotePropertyName 'at' -NotePropertyValue '2026-11-21 02:13'
            $task | Add-Member -NotePropertyName 'result' -NotePropertyValue 0
            $machine | Add-Member -NotePropertyName 'uptime' -NotePropertyValue 585 -Force
        }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeTrue
        Edit-Pc { param($machine) $machine.uptime = 700 }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeFalse
        (Get-State 'task-history' $target).message | Should -Match 'Windows が起動していません'
        Edit-Pc { param($machine) $machine.uptime = 585; $machine.tasks.'\定刻に再起動'.result = 1 }
        Test-Kind 'task-history' $wanted (Get-State 'task-history' $target) | Should -BeFalse
        (Get-State 'task-history' $target).message | Should -Match '0x1）'
        foreach ($refused in 1191, -2147023705) {
            Edit-Pc { param($machine) $machine.tasks.'\定刻に再起動'.result = $refused }
            $found = Get-State 'task-history' $target
            Test-Kind 'task-history' $wanted $found | Should -BeFalse
            $found.message | Should -Match '^ほかの人がサインインしたままのため.*帰る前に、全員のサインアウトが必要です'
        }
    }
}
