# What of a target is ours to undo, field by field, and in a field of entries entry by entry. Three states tell: the one
# before us, the one after us, and what is found now. What is found as we left it goes back; what others changed since stays.
# Where that is one of ours, the whole target stays, and its name and value are said.

function Get-OurField {
    # The fields of what we made that have to be as we left them: those that the kind calls ours, or all.
    param([object] $Kind, [object] $After)
    $told = @(@(Get-FieldName $After) + @($Kind.sometimes) | Where-Object { $script:SaidField -cnotcontains $_ } | Select-Object -Unique)
    if ($Kind.ours.Count -eq 0) { return $told }
    return @($Kind.ours.Keys | Where-Object { $told -ccontains $_ })
}

function Find-OthersChange {
    # What others changed of what is ours, each as its label and value; nothing where all is as we left it or was cut short.
    param([object] $Item, [object] $Found)
    if (-not $Item.settled -or ($null -eq $Item.after -and $null -eq $Found)) { return }
    if ($null -eq $Found) { return '設定したもの自体が、もうありません' }
    if ($null -eq $Item.after) { return '取り除いたものが、また作られています' }
    $kind = Get-Kind $Item.kind
    foreach ($name in @(Get-OurField $kind $Item.after)) {
        $was = Get-Field $Item.after $name
        $is = Get-Field $Found $name
        if ($null -ne $kind.entries[$name]) { Find-OthersEntry $kind -Name $name -Item $Item -Is $is; continue }
        if (Test-SameFieldOf $Item.after $Found $name) { continue }
        if (-not (Test-SameField $kind -Name $name -Was $was -Is $is -Item $Item)) {
            "$(Get-FieldLabel $kind $name): $(Get-ValueText $kind -Name $name -Was $was -Is $is)"
        }
    }
}

function Find-OthersEntry {
    # As Find-OthersChange, of the entries of a field that are ours: those that we made another.
    param([object] $Kind, [string] $Name, [object] $Item, [object] $Is)
    $by = $Kind.entries[$Name]
    $before = Get-EntryMap (Get-Field $Item.before $Name) $by
    $after = Get-EntryMap (Get-Field $Item.after $Name) $by
    $found = Get-EntryMap $Is $by
    foreach ($key in @(@($after.Keys) + @($before.Keys) | Select-Object -Unique)) {
        if (Test-SameEntry $Kind -Name $Name -Was $before[$key] -Is $after[$key] -Item $Item) { continue }
        # Hardware that is gone, and what it had with it.
        if (-not $found.Contains($key) -and $Kind.fleeting -ccontains $Name) { continue }
        if (Test-SameEntry $Kind -Name $Name -Was $after[$key] -Is $found[$key] -Item $Item) { continue }
        # What was there before us is there again.
        if ($before.Contains($key) -and (Test-Same $before[$key] $found[$key])) { continue }
        "$(Get-FieldLabel $Kind $Name)（$key）: $(Get-ValueText $Kind -Name $Name -Was $after[$key] -Is $found[$key])"
    }
}

function Test-SameFieldOf {
    # Whether two states have a field, with one value, or have it not.
    param([object] $First, [object] $Second, [string] $Name)
    if ((@(Get-FieldName $First) -ccontains $Name) -ne (@(Get-FieldName $Second) -ccontains $Name)) { return $false }
    return (Test-Same (Get-Field $First $Name) (Get-Field $Second $Name))
}

function Test-SameField {
    # Whether a field, or an entry of it, that is not equal is what the kind takes for the same.
    param([object] $Kind, [string] $Name, [object] $Was, [object] $Is, [object] $Item)
    $block = $Kind.same[$Name]
    if ($null -eq $block -or $null -eq $Was -or $null -eq $Is) { return $false }
    return [bool] (& $block $Was $Is $Item)
}

function Test-SameEntry {
    # Whether an entry is as we left it: equal, or the same to the kind.
    param([object] $Kind, [string] $Name, [object] $Was, [object] $Is, [object] $Item)
    if (Test-Same $Was $Is) { return $true }
    return (Test-SameField $Kind -Name $Name -Was (Get-Field $Was 'entry') -Is (Get-Field $Is 'entry') -Item $Item)
}

function Get-FieldLabel {
    param([object] $Kind, [string] $Name)
    if ($Kind.ours.Count -gt 0) { return [string] $Kind.ours[$Name] }
    return $Name
}

function Get-NotRestoredText {
    # Of each field that is not as undoing wanted it and has a label: what is there, and what should be.
    param([string] $Name, [object] $Wanted, [object] $Found)
    if ($null -eq $Wanted) { return '設定したものが残っています。' }
    if ($null -eq $Found) { return '元の設定がありません。' }
    $kind = Get-Kind $Name
    $declared = Get-Field (Get-Field (Get-Field $script:Pass 'plan') 'kinds') $Name
    $labelled = @('fields', 'besides' | ForEach-Object { Get-Field $declared $_ } | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    return (-join @(foreach ($field in @(Get-FieldName $Wanted | Where-Object { $script:SaidField -cnotcontains $_ })) {
                if (Test-SameFieldOf $Wanted $Found $field) { continue }
                $label = Get-FieldLabel $kind $field
                $said = @($labelled | Where-Object { $_.name -ceq $field })
                if (-not $label -and $said.Length -gt 0) { $label = $said[0].label }
                if (-not $label) { continue }
                $is = Get-ValueText $kind -Name $field -Was (Get-Field $Wanted $field) -Is (Get-Field $Found $field)
                # What a kind tells in its own words is told of the difference.
                if ($null -ne $kind.tell[$field]) { "${label}: $is。" }
                else { "${label}: $is（あるべき値: $(Get-ValueText $kind -Name $field -Was $null -Is (Get-Field $Wanted $field))）。" }
            }))
}

function Get-ValueText {
    # A value that others made, for people.
    param([object] $Kind, [string] $Name, [object] $Was, [object] $Is)
    $block = $Kind.tell[$Name]
    if ($null -ne $block -and $null -ne $Is) { return (ConvertTo-ShownText (& $block $Was $Is) -Limit $script:ValueLength) }
    if ($null -ne (Get-Field $Is 'entry')) { $Is = Get-Field $Is 'entry' }
    # A value of the registry.
    if ($null -ne (Get-Field $Is 'data')) { $Is = Get-Field $Is 'data' }
    return ConvertTo-ValueText $Is $null
}

function Get-UndoState {
    # What undoing makes of what is found: what was before us, but for what others changed since.
    param([object] $Item, [object] $Found)
    if (-not $Item.settled -or $null -eq $Item.before -or $null -eq $Item.after -or $null -eq $Found) { return $Item.before }
    $kind = Get-Kind $Item.kind
    if ($kind.ours.Count -eq 0) { return $Item.before }
    $fields = [ordered] @{}
    $kept = $false
    foreach ($name in @(@(Get-FieldName $Item.before) + @($kind.sometimes) | Select-Object -Unique)) {
        if ($script:SaidField -ccontains $name) { continue }
        $before = Get-Field $Item.before $name
        $value = Merge-UndoField $kind -Name $name -Item $Item -Found $Found
        if ((Get-FieldName $Item.before) -cnotcontains $name -and $null -eq $value) { continue }
        if (-not (Test-Same $before $value)) { $kept = $true }
        $fields[$name] = $value
    }
    if (-not $kept) { return $Item.before }
    return [pscustomobject] $fields
}

function Merge-UndoField {
    # What a field becomes: as before us, or as others made it since.
    param([object] $Kind, [string] $Name, [object] $Item, [object] $Found)
    $before = Get-Field $Item.before $Name
    $after = Get-Field $Item.after $Name
    $is = Get-Field $Found $Name
    $told = (Get-FieldName $Found) -ccontains $Name -or $Kind.sometimes -ccontains $Name
    # What an earlier version did not tell, or what is told of another shape of the thing only, is nobody's change.
    $known = (Get-FieldName $Item.after) -ccontains $Name -or $Kind.sometimes -ccontains $Name
    if (-not $told -or -not $known) { return , $before }
    if (Test-Same $after $is) { return , $before }
    if ($null -ne $Kind.merge[$Name]) { return , (& $Kind.merge[$Name] $before $after $is) }
    if ($null -ne $Kind.entries[$Name]) {
        $same = { param($Was, $Is) Test-SameEntry $Kind -Name $Name -Was $Was -Is $Is -Item $Item }
        return , (Merge-Entry $before -After $after -Found $is -By $Kind.entries[$Name] -Same $same)
    }
    if ($Kind.ours.Contains($Name) -or (Test-SameField $Kind -Name $Name -Was $after -Is $is -Item $Item)) { return , $before }
    return , $is
}
