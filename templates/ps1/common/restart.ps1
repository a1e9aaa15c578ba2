# Windows has been restarted since we last changed anything. The journal knows at which start that was.
Register-Kind 'restart' -Format 1 -WaitsForPerson 'Windows を再起動して、同じファイルをもう一度開いてください。' -Get {
    return [pscustomobject] @{ done = (-not (Test-ChangedSinceBoot $script:Pass.journal $script:Pass.boot)) }
}
