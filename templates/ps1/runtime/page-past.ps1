# The end of a day's page, for the screen alone: the results before it, the newest first.

function Get-PastSection {
    # Folder: in which the page stands.
    param([object] $Pass, [string] $Folder)
    $items = @(foreach ($past in @(Find-Past $Pass $Folder)) {
            "<li><a href=`"$(ConvertTo-PageText $past.link)`">$(ConvertTo-PageText $past.text)</a></li>"
        })
    if ($items.Length -eq 0) { return '' }
    return "<div class=`"past`">`n<h2>これまでの結果</h2>`n<ul>`n$($items -join "`n")`n</ul>`n</div>`n"
}
