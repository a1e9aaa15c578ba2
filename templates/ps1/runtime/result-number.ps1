# What result.json says of the numbers of the visit: a step is known by its id, and which number it belongs to, whose that is and
# what it needs from outside is the plan's, which nobody has who reads results of many terminals.

function Get-NumberJson {
    # Of each number that has steps: as the sheet names it, and whether anything of it is open.
    param([object] $Pass, [object] $Report)
    if ($Pass.mode -ceq 'Rollback' -or (Test-Refused $Report)) { return }
    # Of rounds the first stands for all.
    $open = @(Find-OpenNumber (Get-OpenId $Report) | ForEach-Object { $_.label; Get-Field $_ 'goesOn' })
    foreach ($number in @(Get-VisitNumber | Where-Object { @($_.steps).Length -gt 0 })) {
        [ordered] @{
            label = $number.label
            id = [string] (Get-Field $number 'id')
            title = $number.title
            person = Get-Field $number 'person'
            owner = Get-OwnerText $number
            outside = @(Get-Field $number 'outside' | ForEach-Object { $_ } | Where-Object { $_ })
            needs = @(Get-Field $number 'needs' | ForEach-Object { $_ } | Where-Object { $_ })
            steps = @($number.steps)
            open = ($open -ccontains $number.label)
        }
    }
}
