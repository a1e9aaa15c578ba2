Test-Native 'Get-ModuleUser' {
    # This program itself, whose library stands beside it.
    $program = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    $found = @(Get-ModuleUser ([IO.Path]::GetDirectoryName($program)))
    Assert-Same @("$program $([Security.Principal.WindowsIdentity]::GetCurrent().User.Value)") @($found | ForEach-Object { "$($_.image) $($_.sid)" })
    Assert-Same @() @(Get-ModuleUser $script:Folder)
}
