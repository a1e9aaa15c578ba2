# Values on the clipboard, one after another, while another program is in front.

function Start-Handing {
    # Begins with the first one; $null where another program does not let go of the clipboard. Values: strings and SecureStrings,
    # each of which stays there for so many seconds at most.
    param([object[]] $Values, [int] $Seconds = 60)
    Import-NativeType
    $texts = New-Object string[] $Values.Length
    $secrets = New-Object Security.SecureString[] $Values.Length
    for ($at = 0; $at -lt $Values.Length; $at++) {
        if ($Values[$at] -is [Security.SecureString]) { $secrets[$at] = $Values[$at] } else { $texts[$at] = [string] $Values[$at] }
    }
    $handing = New-Object OqsGen.Handing($texts, $secrets, $Seconds)
    if ($handing.Held) { return $handing }
    $handing.Dispose()
    return $null
}

function Get-HandingState {
    # place: which of the values comes now, from 0; as many as there are, once all have come. held: whether it is on the clipboard.
    # keys: whether F8 is ours.
    param([object] $Handing)
    return [pscustomobject] @{ place = $Handing.Place; held = $Handing.Held; keys = $Handing.Keys }
}

function Stop-Handing {
    # The clipboard is empty then, unless somebody else has put something there.
    param([object] $Handing)
    $Handing.Dispose()
}
