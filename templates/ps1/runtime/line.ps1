# The verdict on the line, in one line, as early as it can be given: cable, address of the line, names. What it takes is looked at
# by a subject (Register-LineLook).

# Is given the plan; $null where no subject knows of a line.
$script:LineLook = $null

function Get-LineState {
    # What there is of the line now:
    #   cable    whether the PC is connected to anything
    #   address  whether it has an address of the line; $null where the plan asks for none
    #   found    how many of the names answer, and of how many: of
    #   steps    ids of the steps in which a person sees to the names
    # $null where that cannot be told.
    param([object] $Plan)
    if ($null -eq $script:LineLook) { return $null }
    try { return (& $script:LineLook $Plan) } catch { return $null }
}

function Test-LineUp {
    # Whether what needs the line can be tried: where nothing resolves it cannot.
    param([object] $Line)
    return ($null -eq $Line -or $Line.of -eq 0 -or $Line.found -gt 0)
}

function Format-LineState {
    # The verdict, and in a line of its own what to do about it.
    param([object] $Plan, [object] $Line)
    if ($null -eq $Line) { return }
    $sign = @{ $true = '○'; $false = '×' }
    $text = "  回線    LAN $($sign[[bool] $Line.cable])"
    if ($null -ne $Line.address) {
        $text += "   IPv6 アドレス $($sign[[bool] $Line.address])"
        if ($Line.address) { $text += '（2 で始まる）' } else { $text += '（2 で始まるものがない）' }
    }
    if ($Line.of -gt 0) { $text += "   名前 $($Line.found)/$($Line.of) $($sign[$Line.found -eq $Line.of])" }
    $text
    if (-not $Line.cable) { '          LAN ケーブルと、回線の機器の電源を確かめてください。' }
    elseif ($Line.address -is [bool] -and -not $Line.address) { '          フレッツ・v6オプションの契約と、回線の機器の配線を確かめてください。' }
    elseif ($Line.found -lt $Line.of) { "          $(Get-NameRemedy $Plan $Line)" }
}

function Get-NameRemedy {
    param([object] $Plan, [object] $Line)
    $numbers = @(Get-Field $Plan 'numbers' | ForEach-Object { $_ } | Where-Object { $null -ne $_ })
    $number = $numbers | Where-Object { @($_.steps | Where-Object { $Line.steps -ccontains $_ }).Length -gt 0 } | Select-Object -First 1
    if ($null -eq $number) { return '回線がまだ開通していないか、DNS の設定が違います。' }
    return "「$($number.title)」がまだです。番号 $($number.label) で設定します。"
}

function Write-LineState {
    # At the beginning of a start.
    param([object] $Pass)
    foreach ($text in @(Format-LineState $Pass.plan (Get-LineState $Pass.plan))) { Write-Line $text -Spaced }
}
