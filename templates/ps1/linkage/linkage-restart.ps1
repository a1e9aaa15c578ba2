# Restarts the linkage application, which reads its credentials when it starts. What counts is OqsComApp's own journal:
# a change that was made since Windows started, and that nothing has restarted the application after.

# Without an extension in the manual (almex ⑨).
$script:LinkageRestartName = 'tools\OQSComAppRestart'
$script:LinkageRestartSeconds = 120
$script:LinkageRestarted = $false

Register-Kind 'linkage-restart' -Format 1 -Ours @{ restarted = '連携アプリケーションの再起動' } -Get {
    param($Target)
    if (-not (Test-Undoing) -and $null -eq (Find-LinkageRestart $Target.folder)) {
        return [pscustomobject] @{ unknown = "まだ導入されていません: $($Target.folder)\$script:LinkageRestartName" }
    }
    return [pscustomobject] @{ restarted = (Test-LinkageRestarted $Target.folder) }
} -Set {
    param($Target, $State)
    # Nothing has to be undone: Windows is restarted anyway.
    if (-not $State.restarted) { return }
    $path = Find-LinkageRestart $Target.folder
    Assert-TrustedFile $path
    $exit = Invoke-HiddenProgram -Path $path -Seconds $script:LinkageRestartSeconds
    if ($null -eq $exit) { throw "OQSComAppRestart が $script:LinkageRestartSeconds 秒たっても終わりません。" }
    if ($exit -ne 0) { throw "OQSComAppRestart が失敗しました（終了コード $exit）。Windows を再起動してください。" }
    $script:LinkageRestarted = $true
} -Test {
    param($Wanted, $Found)
    return (-not $Wanted.restarted -or $Found.restarted)
}

function Find-LinkageRestart {
    param([string] $Folder)
    foreach ($extension in 'exe', 'bat', 'cmd') {
        $path = "$Folder\$script:LinkageRestartName.$extension"
        if (Test-FilePresence -Path $path) { return $path }
    }
    return $null
}

function Test-LinkageRestarted {
    param([string] $Folder)
    $changed = Get-CredentialChange
    if ($null -eq $changed -or $script:LinkageRestarted) { return $true }
    # By us, since then: our own journal says so.
    foreach ($item in @(Get-OpenTarget $script:Pass.journal)) {
        if ($item.kind -ceq 'linkage-restart' -and $item.settled -and
                [string]::CompareOrdinal($script:Pass.journal.times[$item.key], $changed) -ge 0) {
            return $true
        }
    }
    # By somebody, since then: all that runs is younger.
    $running = @(Get-RunningProgram -Folder $Folder)
    $old = @(foreach ($program in $running) {
            $began = $program.began.ToString('yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
            if ([string]::CompareOrdinal($began, $changed) -le 0) { $program }
        })
    return ($running.Length -gt 0 -and $old.Length -eq 0)
}

function Get-CredentialChange {
    # When a credential of OqsComApp's was last changed since Windows started; $null when none was.
    $journal = Get-AccountJournal $script:Pass.session
    if ($null -eq $journal) { return $null }
    $times = @(foreach ($key in $journal.changedAt.Keys) {
            if ($journal.changedAt[$key] -ceq $script:Pass.boot -and $key.StartsWith('credential ')) { $journal.times[$key] }
        })
    return ($times | Sort-Object -Descending | Select-Object -First 1)
}
