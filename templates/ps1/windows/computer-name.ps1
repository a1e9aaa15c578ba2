# The PC's name. Another one may have been let pass by a person at the start, so it is shown and no fault.

Register-Kind 'computer-name' -Format 1 -Get {
    param($Target)
    $name = Get-ComputerText
    if ($name -ieq $Target.name) { return [pscustomobject] @{ name = $Target.name } }
    return [pscustomobject] @{ unknown = "この PC の名前は $name です。この端末（$($Target.name)）の一式でよいと、はじめに確かめて続けています。チェックリストに PC の名前を書いてください。" }
}
