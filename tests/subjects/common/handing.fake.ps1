# session.json: clipboard = false while another program holds it, hotKey = false where another program has F8. handing.json: what
# is handed over at this moment; clipboard.txt: what would be pasted; pasted.txt: what was.

$script:FakeHanding = $null

function Start-Handing {
    param([object[]] $Values, [int] $Seconds = 60)
    Assert-Alive
    if (-not (Get-FakeField $script:FakeSession 'clipboard' $true)) { return $null }
    $keys = [bool] (Get-FakeField $script:FakeSession 'hotKey' $true)
    $plain = @(foreach ($value in $Values) {
            if ($value -is [string]) { $value } else { (New-Object Net.NetworkCredential('', $value)).Password }
        })
    $script:FakeHanding = [pscustomobject] @{ values = $plain; place = 0; held = $true; waited = $true; keys = $keys }
    Write-FakeHanding
    return $script:FakeHanding
}

function Get-HandingState {
    param([object] $Handing)
    return [pscustomobject] @{ place = $Handing.place; held = $Handing.held; keys = $Handing.keys }
}

function Stop-Handing {
    param([object] $Handing)
    Assert-Alive
    if ($Handing.held) { Set-ClipboardText '' }
    [IO.File]::Delete([IO.Path]::Combine($script:FakeFolder, 'handing.json'))
    $script:FakeHanding = $null
}

function Write-FakeHanding {
    $handing = $script:FakeHanding
    if ($handing.held -and $handing.place -lt $handing.values.Length) { Set-ClipboardText $handing.values[$handing.place] }
    $state = ConvertTo-Json @{ keys = $handing.keys; left = $handing.values.Length - $handing.place }
    Write-FakeFile ([IO.Path]::Combine($script:FakeFolder, 'handing.json')) $state
}

function Invoke-FakeHand {
    # What somebody does while a question stands, as Windows and our native layer take it: paste into the window in front, F8,
    # Shift+F8, or copy something.
    param([string] $What, [string] $Text = '')
    $handing = $script:FakeHanding
    if ($What -ceq 'copy') {
        Set-ClipboardText $Text
        if ($null -ne $handing) { $handing.held = $false }
        return
    }
    if ($What -ceq 'paste') {
        $pasted = [IO.File]::ReadAllText([IO.Path]::Combine($script:FakeFolder, 'clipboard.txt'))
        [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'pasted.txt'), "$pasted`n")
    }
    if ($null -eq $handing) { throw "nothing is handed over: $What" }
    $last = $handing.values.Length - 1
    $by = @{ paste = 1; next = 1; back = -1 }[$What]
    if ($What -ceq 'paste') {
        # It may be what somebody has copied.
        if (-not $handing.held) { return }
        $last++
    }
    elseif (-not $handing.keys) { throw 'another program has F8' }
    elseif (($handing.waited -or -not $handing.held) -and $by -gt 0) { $by = 0 }
    $last = [math]::Max($last, $handing.place)
    $handing.place = [math]::Max(0, [math]::Min($last, $handing.place + $by))
    $handing.held = $true
    $handing.waited = $What -ceq 'paste'
    Write-FakeHanding
}
