# Why a step is not as wanted, in words: of each field that differs its label, the value that is there and the one that it
# should have, and what to do. Labels and words are data of the plan (`kinds`, from each kind's declaration), so that a kind
# says so without code of its own.

# Several values are shown up to here, and a text that somebody else wrote.
$script:ValueLimit = 6
$script:ValueLength = 120

function Get-DriftText {
    # The differences, what the kind itself says, and what to do where that does not say it.
    param([object] $Step, [object] $Plan, [object] $Found)
    $declared = Get-Field (Get-Field $Plan 'kinds') $Step.kind
    $own = [string] (Get-Field $Found 'message')
    $said = Get-DifferenceText $Step $declared $Found $own
    $asked = $own -match 'ください|1_適用'
    $remedy = ''
    if (-not $asked) { $remedy = Get-RemedyText $Step $Plan $declared }
    return (@($said, $own, $remedy | Where-Object { $_ }) -join ' ')
}

function Get-StillText {
    # What is said where it was set, and is not as wanted all the same.
    param([object] $Step, [object] $Plan, [object] $Found)
    $own = [string] (Get-Field $Found 'message')
    return "設定しましたが、読み直すと値が違います。$(Get-DifferenceText $Step (Get-Field (Get-Field $Plan 'kinds') $Step.kind) $Found $own)$own"
}

function Get-DifferenceText {
    # The differences that Own does not name already. A state that cannot be put into words is no reason for another verdict.
    param([object] $Step, [object] $Declared, [object] $Found, [string] $Own)
    try { $differences = @(Get-Difference $Step $Declared $Found) }
    catch { return '' }
    $further = @($differences | Where-Object { -not ($Own.Contains($_.label) -and $Own.Contains($_.found)) })
    return (-join @($further | ForEach-Object { "$($_.label): $($_.found)（あるべき値: $($_.wanted)）。" }))
}

function Get-RemedyText {
    # What to do: the launcher where the PC sets it, else what the kind says, else the place where it is described.
    param([object] $Step, [object] $Plan, [object] $Declared)
    $audit = [string] (Get-Field (Get-Field $Plan 'bundle') 'mode') -ceq 'audit'
    if ($Step.how -ceq 'apply' -and -not $audit) { return '1_適用 で直せます。' }
    $remedy = [string] (Get-Field $Declared 'remedy')
    if ($remedy) { return $remedy }
    if ($audit) { return '直すかどうかを、施設の責任者とベンダーに確かめてください。' }
    return "付録の「$($Step.title)」のとおりに直してください。"
}

function Get-ShownDifference {
    # Of a result that is not as wanted, the differences that tell something: not of one that something else overrules.
    param([object] $Step, [object] $Result)
    if ($null -eq $Step -or $Result.status -cne 'drift') { return }
    $declared = Get-Field (Get-Field $script:Pass.plan 'kinds') $Step.kind
    try { $differences = @(Get-Difference (Resolve-OwnValue $Step) $declared $Result.found) } catch { return }
    $differences | Where-Object { $_.found -cne $_.wanted }
}

function Get-Difference {
    # Of each field that is not as wanted: label, found and wanted as text.
    param([object] $Step, [object] $Declared, [object] $Found)
    $kind = Get-Kind $Step.kind
    $wanted = Get-Field $Step 'wanted'
    if ($null -ne $kind.difference) {
        $own = @(& $kind.difference (Get-Field $Step 'target') $wanted $Found)
        $named = @($own | ForEach-Object { $_.label })
        $besides = @(Get-BesidesDifference $Declared $Found | Where-Object { $named -cnotcontains $_.label })
        if ($own.Length -gt 0) { return $own + $besides }
    }
    if ($null -eq $wanted -or $null -eq $Found) { return (Get-Absence $Step $Declared $Found) }
    $names = @(Get-FieldName $wanted)
    $fields = @(Get-Field $Declared 'fields' | ForEach-Object { $_ } | Where-Object { $null -ne $_ -and $names -ccontains $_.name })
    $all = @(foreach ($field in $fields) { Get-FieldDifference $Step $field $Found })
    $differing = @($all | Where-Object { $_.differs -and $_.found -cne $_.wanted })
    $differing = @($differing) + @(Get-BesidesDifference $Declared $Found)
    if ($differing.Length -eq 0) { $differing = @($all | Where-Object { $_.found -cne $_.wanted }) }
    # Whatever it is that differs, what was found is told.
    if ($differing.Length -eq 0 -and -not (Get-Field $Found 'message')) { $differing = $all }
    return $differing
}

function Get-Absence {
    # The thing is there and should not be, or the other way round.
    param([object] $Step, [object] $Declared, [object] $Found)
    $label = [string] (Get-Field $Declared 'thing')
    if (-not $label) { $label = $Step.title }
    $name = [string] (Get-Field (Get-Field $Step 'target') 'name')
    if ($name) { $label = "$label「$name」" }
    $words = @('なし', 'あり')
    if ($null -ne $Found) { $words = @('あり', 'なし') }
    return New-Difference $label $words[0] $words[1]
}

function Get-FieldDifference {
    # One wanted field, with differs: whether it is this one.
    param([object] $Step, [object] $Field, [object] $Found)
    $wanted = Get-Field $Step.wanted $Field.name
    $at = [string] (Get-Field $Field 'at')
    if (-not $at) { $at = $Field.name }
    $there = @(Get-FieldName $Found) -ccontains $at.Split('.')[0]
    $differs = Test-FieldDifference $Step $Field.name $Found
    if ($there) { $value = ConvertTo-ValueText (Get-ValueAt $Found $at) $Field }
    # The state only tells whether it is so.
    elseif ($wanted -is [bool]) { $value = ConvertTo-ValueText (-not $wanted) $Field }
    else { $value = 'なし' }
    $form = [string] (Get-Field $Field 'form')
    $as = $Field
    if (@('count', 'positive', 'first', 'set') -ccontains $form) { $as = Select-Field $Field @('name', 'label', 'words', 'unit', 'join') }
    $text = "$(Get-Field $Field 'lead')$(ConvertTo-ValueText $wanted $as)$(Get-Field $Field 'bound')"
    return [pscustomobject] @{ label = $Field.label; found = $value; wanted = $text; differs = $differs }
}

function Test-FieldDifference {
    # Whether a field is one of those that are not as wanted: asked for alone, or where the kind does not judge one alone,
    # among others that are as they were found.
    param([object] $Step, [string] $Name, [object] $Found)
    $alone = [pscustomobject] @{ $Name = (Get-Field $Step.wanted $Name) }
    try { return (-not (Test-State $Step.kind -Wanted $alone -Found $Found)) }
    catch { $among = Select-Field $Step.wanted @(Get-FieldName $Step.wanted) }
    $here = @(Get-FieldName $Found)
    foreach ($other in @($among.Keys)) { if ($other -cne $Name -and $here -ccontains $other) { $among[$other] = Get-Field $Found $other } }
    try { return (-not (Test-State $Step.kind -Wanted ([pscustomobject] $among) -Found $Found)) }
    catch { return ($here -ccontains $Name) }
}

function Get-BesidesDifference {
    # What is found and no step asks for, where it is not as it always has to be.
    param([object] $Declared, [object] $Found)
    foreach ($field in @(Get-Field $Declared 'besides' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })) {
        $always = Get-Field $field 'always'
        $at = [string] (Get-Field $field 'at')
        if (-not $at) { $at = $field.name }
        if ($null -eq $always -or @(Get-FieldName $Found) -cnotcontains $at.Split('.')[0]) { continue }
        $value = Get-ValueAt $Found $at
        if (@($always | Where-Object { Test-Same $_ $value }).Length -gt 0) { continue }
        $right = ConvertTo-ValueText $always[0] $field
        [pscustomobject] @{ label = $field.label; found = (ConvertTo-ValueText $value $field); wanted = $right; differs = $true }
    }
}

function Get-ValueAt {
    # What stands at a place of a state: names with dots, through lists.
    param([object] $Value, [string] $At)
    foreach ($name in $At.Split('.')) {
        if ($Value -is [array]) { $Value = @(foreach ($item in $Value) { Get-Field $item $name }) }
        else { $Value = Get-Field $Value $name }
    }
    return , $Value
}

function ConvertTo-ValueText {
    # A value as people read it, however it is declared (`Wording` of oqsgen/plan/kind.py), and whoever wrote it.
    param([object] $Value, [object] $Field)
    switch ([string] (Get-Field $Field 'form')) {
        'count' { $Value = @($Value | Where-Object { $null -ne $_ }).Length }
        'positive' { $Value = @($Value | Where-Object { $null -ne $_ -and $_ -gt 0 }).Length }
        'first' { $Value = @($Value) | Select-Object -First 1 }
        'set' { if ($null -ne $Value) { return 'あり' } }
        'result' { if ($null -ne $Value -and $Value -ne 0) { return ('0x{0:X8}' -f ([long] $Value -band 4294967295)) } }
        'day' { if ([string] $Value -match '^\d{8}$') { return ([string] $Value).Insert(6, '/').Insert(4, '/') } }
        'minutes' { if ($Value -is [int] -or $Value -is [long]) { $Value = [math]::Round($Value / 60, 1) } }
        'digits' { if ($null -ne $Value -and [string] $Value -notmatch '^\d+$') { return '（数字ではない入力）' } }
    }
    if ($Value -is [array]) {
        $texts = @($Value | Select-Object -First $script:ValueLimit | ForEach-Object { ConvertTo-OneText $_ $Field })
        if ($texts.Length -eq 0) { return 'なし' }
        $join = [string] (Get-Field $Field 'join')
        if (-not $join) { $join = '、' }
        $more = ''
        if ($Value.Length -gt $script:ValueLimit) { $more = " ほか $($Value.Length - $script:ValueLimit) 件" }
        return "$($texts -join $join)$more"
    }
    return ConvertTo-OneText $Value $Field
}

function ConvertTo-OneText {
    # One value: a word for it, a number with its unit, or the text itself.
    param([object] $Value, [object] $Field)
    $key = 'null'
    if ($Value -is [bool]) { $key = ([string] $Value).ToLowerInvariant() } elseif ($null -ne $Value) { $key = [string] $Value }
    $word = Get-Field (Get-Field $Field 'words') $key
    if ($null -ne $word) { return [string] $word }
    if ($null -eq $Value) { return 'なし' }
    if ($Value -is [bool]) { return @('いいえ', 'はい')[[int] $Value] }
    if ($Value -is [ValueType]) { return "$Value$(Get-Field $Field 'unit')" }
    if ($Value -isnot [string]) {
        $pairs = @(foreach ($name in @(Get-FieldName $Value) | Select-Object -First $script:ValueLimit) {
                "$name $(ConvertTo-ValueText (Get-Field $Value $name) $null)"
            })
        return ConvertTo-ShownText ($pairs -join ' ') $script:ValueLength
    }
    if ($Value.Trim() -ceq '') { return '空' }
    return ConvertTo-ShownText $Value $script:ValueLength
}
