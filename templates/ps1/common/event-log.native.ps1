# The log Application of Windows, where whoever is signed in may write. System.Diagnostics.EventLog would make a source for
# itself in the registry, which would stay. https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-registereventsourcew

function Write-Event {
    # Type: 1 error, 2 warning, 4 information. The event viewer shows the texts one below the other.
    param([string] $Source, [int] $Type, [int] $Id, [string[]] $Text)
    Import-NativeType
    [OqsGen.EventLog]::Write($Source, $Type, $Id, $Text)
}

function Test-Event {
    # Whether an entry of a source stands in the log Application.
    param([string] $Source)
    $query = New-Object Diagnostics.Eventing.Reader.EventLogQuery(
        'Application', [Diagnostics.Eventing.Reader.PathType]::LogName, "*[System[Provider[@Name='$Source']]]")
    $reader = New-Object Diagnostics.Eventing.Reader.EventLogReader($query)
    try { return ($null -ne $reader.ReadEvent()) } finally { $reader.Dispose() }
}
