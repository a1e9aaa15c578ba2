# The devices of a class (a GUID, the same in every language) that are connected. A reader that is built in, or that a face
# reader brings, is of the class too: a person is told which they are.

Register-Kind 'device-class' -Format 1 -Get {
    param($Target)
    $names = @(Get-ClassDevice -Class $Target.class | ForEach-Object { Get-DeviceText $_ } | Sort-Object)
    $state = [ordered] @{ count = $names.Length; devices = $names; warning = '' }
    $state.message = '機器が接続されていません。ケーブルと、メーカーのドライバーを確かめてください。'
    if ($names.Length -gt 0) {
        $state.message = "つながっている機器: $($names -join '、')。足りないものをつないでください。"
        $state.warning = "見つかった機器: $($names -join '、')。PC に内蔵のものや顔認証機器のものも入るので、求める機器がこの中にあることを見てください。"
    }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return ($Found.count -ge $Wanted.minimum)
}

function Get-DeviceText {
    # A device as a person finds it on the desk: its name, its maker where Windows knows more than itself, and the number that
    # its maker has in USB.
    param([object] $Device)
    $parts = @()
    if ($Device.maker -and $Device.maker -cnotmatch '^(Microsoft|\()') { $parts += $Device.maker }
    if ($Device.id -match 'VID_([0-9A-F]{4})&PID_([0-9A-F]{4})') { $parts += "USB $($Matches[1]):$($Matches[2])" }
    if ($parts.Length -eq 0) { return $Device.name }
    return "$($Device.name)（$($parts -join '、')）"
}
