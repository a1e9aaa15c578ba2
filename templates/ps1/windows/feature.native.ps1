# The features of Windows.

function Read-OptionalFeature {
    # InstallState of a feature of Windows; $null where Windows does not know it.
    param([string] $Name)
    $feature = @(Get-CimInstance -ClassName Win32_OptionalFeature -Filter "Name = '$Name'")
    if ($feature.Length -eq 0) { return $null }
    return [int] $feature[0].InstallState
}
