# The window. Characters that the code page of the console lacks are shown as "?", never an error.

function Write-ConsoleLine {
    param([string] $Text)
    [Console]::Out.WriteLine($Text)
}

function Read-ConsoleLine {
    # $null when nobody can answer.
    param([string] $Prompt)
    [Console]::Out.Write($Prompt)
    return [Console]::In.ReadLine()
}

function Read-ConsoleSecret {
    # A SecureString that was typed without being shown.
    param([string] $Prompt)
    return Read-Host -Prompt $Prompt -AsSecureString
}
