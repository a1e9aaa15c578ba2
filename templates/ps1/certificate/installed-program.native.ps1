# The list of installed programs, of the PC in both views and of the signed-in person.

function Read-InstalledProgram {
    # name, version of every entry that has a name.
    $views = @(
        , @([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64)
        , @([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry32)
        , @([Microsoft.Win32.RegistryHive]::CurrentUser, [Microsoft.Win32.RegistryView]::Registry64)
    )
    foreach ($view in $views) {
        $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($view[0], $view[1])
        try {
            $list = $base.OpenSubKey('SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall')
            if ($null -eq $list) { continue }
            foreach ($id in $list.GetSubKeyNames()) {
                $key = $list.OpenSubKey($id)
                $name = [string] $key.GetValue('DisplayName')
                if ($name) { [pscustomobject] @{ name = $name; version = [string] $key.GetValue('DisplayVersion') } }
                $key.Dispose()
            }
            $list.Dispose()
        }
        finally { $base.Dispose() }
    }
}
