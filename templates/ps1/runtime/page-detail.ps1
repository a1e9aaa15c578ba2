# The folded part of the results page: every step by the work of the manual, with the plan's labels and values. It is not printed.

function Get-DetailSection {
    param([object] $Pass, [object] $Report)
    $areas = Get-Field $Pass.plan 'areas'
    $parts = @(foreach ($group in @($Report.steps | Group-Object { Get-AreaName $Pass $_ })) {
            $heading = [string] (Get-Field $areas $group.Name)
            if (-not $heading) { $heading = '項目' }
            $rows = @(foreach ($result in $group.Group) { Get-DetailRowSection $Pass $result })
            $head = '<tr><th>状態</th><th>項目</th><th>決めた値</th><th>いまの値、説明</th></tr>'
            "<h3>$(ConvertTo-PageText $heading)</h3>`n<table class=`"every`">`n$head`n$($rows -join "`n")`n</table>`n"
        })
    return "<details>`n<summary>くわしい結果（設置担当用。印刷されません）</summary>`n$($parts -join '')</details>`n"
}

function Get-AreaName {
    # The work of the manual that a step is of; empty of one that the plan does not have.
    param([object] $Pass, [object] $Result)
    return [string] (Get-Field (Get-PlanStep $Pass $Result.id) 'area')
}

function Get-DetailRowSection {
    # One step.
    param([object] $Pass, [object] $Result)
    $step = Get-PlanStep $Pass $Result.id
    $pairs = @(Get-Field $step 'values' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $wanted = @($pairs | ForEach-Object { "$($_.label): $($_.value)" }) -join '、'
    $found = @(Get-FoundText $Result $step) -join ' '
    return Get-RowSection @((Get-StatusText $Result.status), $Result.title, $wanted, $found)
}

function Get-FoundText {
    # What differs, and what is said of it.
    param([object] $Result, [object] $Step)
    foreach ($difference in @(Get-ShownDifference $Step $Result)) { "$($difference.label): $($difference.found)。" }
    if (@('ok', 'changed') -ccontains $Result.status) { '決めた値のとおり。' }
    $Result.message
}
