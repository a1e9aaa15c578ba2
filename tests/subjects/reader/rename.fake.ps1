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

function Rename-File {
    param([string] $Path, [string] $NewPath)
    Assert-FakePath $NewPath
    $machine = Read-Machine
    $file = Get-FakeField $machine.files $Path
    if ($null -eq $file) { throw (New-Object IO.FileNotFoundException("no file $Path")) }
    if ($null -ne (Get-FakeField $machine.files $NewPath)) { throw (New-Object IO.IOException("$NewPath exists")) }
    $machine.files.PSObject.Properties.Remove($Path)
    Set-FakeField $machine.files $NewPath $file
    Write-Machine $machine
}
