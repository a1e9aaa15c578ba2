# machine.json: modules = [{folder, image, user: name of an account}].

function Get-ModuleUser {
    param([string] $Folder)
    foreach ($one in @(Get-FakeField (Get-Machine) 'modules' @() | ForEach-Object { $_ })) {
        if ($one.folder -ieq $Folder) { [pscustomobject] @{ image = $one.image; sid = (Get-FakeAccount $one.user).sid } }
    }
}
