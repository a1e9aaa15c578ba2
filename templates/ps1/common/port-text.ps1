# Ports as the rules of Windows' firewall name them.

function Test-PortText {
    # "Any", "443" or "400-500".
    param([string] $Text, [int] $Port)
    if ($Text -ceq 'Any') { return $true }
    if ($Text -notmatch '^(\d+)(?:-(\d+))?$') { return $false }
    $last = $Matches[1]
    if ($Matches.ContainsKey(2)) { $last = $Matches[2] }
    return ($Port -ge [int] $Matches[1] -and $Port -le [int] $last)
}
