# machine.json: installedPrograms = [{name, version}]: the list of installed programs.

function Read-InstalledProgram { return Get-FakeField (Get-Machine) 'installedPrograms' @() | ForEach-Object { $_ } }
