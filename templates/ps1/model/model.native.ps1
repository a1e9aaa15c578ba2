# What makers write of the model of the PC, and when what began after the start of Windows.

function Read-ModelText {
    # Every field in which makers write the name of a model.
    $product = Get-CimInstance -ClassName Win32_ComputerSystemProduct
    $system = Get-CimInstance -ClassName Win32_ComputerSystem
    return , @("$($product.Vendor) $($product.Version)", [string] $product.Name, [string] $system.SystemFamily, [string] $system.Model)
}

function Read-StartTime {
    # Seconds after the start of Windows: signIn (the last interactive one before the desktop), desktop, program (the first
    # whose file is below a folder, each that runs in this session). $null for what was not found.
    param([string] $Folder)
    $session = [Diagnostics.Process]::GetCurrentProcess().SessionId
    $processes = @(Get-CimInstance -ClassName Win32_Process | Where-Object { $_.SessionId -eq $session -or $_.ProcessId -eq 4 })
    $began = @($processes | Where-Object { $_.ProcessId -eq 4 })[0].CreationDate
    if ($null -eq $began) { $began = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
    $times = [ordered] @{ signIn = $null; desktop = $null; program = $null }
    $desktop = @($processes | Where-Object { $_.Name -eq 'explorer.exe' } | Sort-Object -Property CreationDate)
    if ($desktop.Length -gt 0) {
        $times.desktop = [int] ($desktop[0].CreationDate - $began).TotalSeconds
        # Interactive, remote interactive and cached interactive logons.
        $logons = @(Get-CimInstance -ClassName Win32_LogonSession |
            Where-Object { @(2, 10, 11) -contains $_.LogonType -and $_.StartTime -le $desktop[0].CreationDate } |
                Sort-Object -Property StartTime)
        if ($logons.Length -gt 0) { $times.signIn = [int] ($logons[-1].StartTime - $began).TotalSeconds }
    }
    $programs = @($processes | Where-Object { ([string] $_.ExecutablePath).StartsWith("$Folder\", [StringComparison]::OrdinalIgnoreCase) } |
        Sort-Object -Property CreationDate)
    if ($programs.Length -gt 0) { $times.program = [int] ($programs[0].CreationDate - $began).TotalSeconds }
    return [pscustomobject] $times
}
