# The signed-in person's proxy of the LAN connection: WinINET option 75, which writes the plain values and the blob of
# Internet Settings alike. Flags: 1 direct, 2 manual, 4 script, 8 automatic.
# https://learn.microsoft.com/windows/win32/api/wininet/ns-wininet-internet_per_conn_optionw

function Read-WinInetProxy {
    Import-NativeType
    $read = [OqsGen.WinInetProxy]::Read()
    return [pscustomobject] @{ flags = [int] $read[0]; server = $read[1]; bypass = $read[2]; pac = $read[3] }
}

function Set-WinInetProxy {
    param([int] $Flags, [string] $Server, [string] $Bypass, [string] $Pac)
    Import-NativeType
    [OqsGen.WinInetProxy]::Write($Flags, $Server, $Bypass, $Pac)
}
