# What overrules a setting on this PC although its own value is right (specs/overrules.yaml): looked at beside the kind's Get,
# so that a value that does not hold is not called right. Nothing of it is part of a state: none is compared or put back.

$script:OverruledText = '（この項目の値そのものは、決めたとおりです。）'

function Find-Overrule {
    # Of the step's overrules those that are in force: text for people, and risk, where the setting may hold all the same.
    param([object] $Step)
    foreach ($overrule in @(Get-Field $Step 'overrules' | ForEach-Object { $_ })) {
        if ($null -eq $overrule) { continue }
        $found = @(Find-OverrulingValue $overrule)
        if ($found.Length -eq 0) { continue }
        $missing = @($overrule.also | ForEach-Object { $_ } | Where-Object { @(Find-OverrulingValue $_).Length -eq 0 })
        if ($missing.Length -gt 0) { continue }
        $texts = @($found | ForEach-Object { "「$($_.data)」（$($_.place)）" })
        [pscustomobject] @{
            text = "$($overrule.label)が$($texts -join 'と')です。$($overrule.effect)$($overrule.remedy)"
            risk = [bool] $overrule.risk
        }
    }
}

function Find-OverrulingValue {
    # Of a condition the values that meet it: place, data as text.
    param([object] $Condition)
    foreach ($key in @($Condition.at)) {
        $hive, $path = $key.Split([char[]] '\', 2)
        if ($null -eq $Condition.name) {
            $values = Read-RegistryKey -Hive $hive -Key $path
            $keys = Get-RegistryKeyName -Hive $hive -Key $path
            $names = @(foreach ($value in @($values)) { if ($null -ne $value) { $value.name } }) + $keys
            if ($names.Length -gt 0) { [pscustomobject] @{ place = $key; data = ($names -join '、') } }
            continue
        }
        $entry = Read-RegistryEntry -Hive $hive -Key $path -Name $Condition.name
        if ($null -eq $entry -or -not (Test-OverrulingData $Condition $entry.data)) { continue }
        [pscustomobject] @{ place = "$key の $($Condition.name)"; data = (ConvertTo-OverrulingText $entry.data) }
    }
}

function ConvertTo-OverrulingText {
    # A DWORD above 2^31-1 comes back negative: the same 32 bits.
    param([object] $Data)
    if (($Data -is [int] -or $Data -is [long]) -and $Data -lt 0 -and $Data -ge [int]::MinValue) { $Data = [long] $Data -band 4294967295 }
    return (@($Data) -join ' ')
}

function Test-OverrulingData {
    # Whether a value that is there meets the condition. A text that is empty says nothing.
    param([object] $Condition, [object] $Data)
    $text = ConvertTo-OverrulingText $Data
    if ($text.Trim([char] 0, [char] 32) -ceq '') { return $false }
    $wanted = @($Condition.data)
    switch ($Condition.test) {
        'is' { return ($wanted -icontains $text) }
        'unless' { return ($wanted -inotcontains $text) }
        'bits' { return (([long] $text -band [long] $wanted[0]) -ne 0) }
        'until' { return (Test-TimeToCome $text) }
        default { return $true }
    }
}

function Test-TimeToCome {
    # Whether a time as Windows writes it (ISO 8601, UTC) has not been yet. What is no time has passed.
    param([string] $Text)
    $time = [DateTime]::MinValue
    $style = [Globalization.DateTimeStyles]::AssumeUniversal
    if (-not [DateTime]::TryParse($Text, [Globalization.CultureInfo]::InvariantCulture, $style, [ref] $time)) { return $false }
    return ($time -gt (Get-LocalTime))
}

function Add-Notice {
    # What was found, with something that people are told though all is as wanted, after what the kind itself tells.
    param([object] $Found, [string] $Text)
    $said = @(([string] (Get-Field $Found 'warning')), $Text | Where-Object { $_ })
    if ($said.Length -eq 0) { return $Found }
    $fields = Select-Field $Found @(Get-FieldName $Found)
    $fields['warning'] = $said -join ' '
    return [pscustomobject] $fields
}

function Get-OverruleText {
    # What is said of some, in their order; empty where there are none.
    param([object[]] $Overrules)
    return (@($Overrules | Where-Object { $null -ne $_ } | ForEach-Object { $_.text }) -join ' ')
}
