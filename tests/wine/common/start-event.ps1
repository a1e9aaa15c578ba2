# The events of one start, as .NET sees them; each look takes what it finds.

Test-Native 'Open-StartEvent', 'Send-StartEvent', 'Undo-StartEvent', 'Close-StartEvent', 'Wait-StartEvent', 'Get-StartEventName' {
    $run = [guid]::NewGuid().ToString('N')
    $seen = @(Wait-StartEvent $run 50)
    Open-StartEvent $run 'S-1-5-32-545'
    $seen += Wait-StartEvent $run 50
    $go = [Threading.EventWaitHandle]::OpenExisting((Get-StartEventName $run 'go'))
    $null = $go.Set()
    $seen += Wait-StartEvent $run 50
    Send-StartEvent 'go'
    $seen += $go.WaitOne(0)
    Send-StartEvent 'go'
    $seen += (Undo-StartEvent 'go'), (Undo-StartEvent 'go')
    Send-StartEvent 'go'
    Send-StartEvent 'end'
    $seen += (Wait-StartEvent $run 50), (Wait-StartEvent $run 50), (Wait-StartEvent $run 50)
    $go.Dispose()
    Close-StartEvent
    $seen += Wait-StartEvent $run 50
    Assert-Same @('gone', 'none', 'go', $true, $true, $false, 'end', 'go', 'none', 'gone') $seen
}
