# machine.json: files.<path> = {text, created (yyyy-MM-dd)}.

function ConvertFrom-FakeTime {
    param([string] $Text, [string] $Form = 'yyyy-MM-dd HH:mm')
    return [DateTime]::ParseExact($Text, $Form, [Globalization.CultureInfo]::InvariantCulture)
}

function Get-FileCreation {
    param([string] $Path)
    $file = Get-FakeFile $Path
    if ($null -eq $file) { return $null }
    return ConvertFrom-FakeTime (Get-FakeField $file 'created' '2020-04-01') 'yyyy-MM-dd'
}
