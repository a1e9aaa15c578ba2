function Write-ConsoleLine {
    param([string] $Text)
    Assert-Alive
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'console.txt'), "$Text`n")
}

function Read-FakeAnswer {
    # The next thing that the person types; $null when there is nobody.
    param([string] $Prompt)
    $answers = Get-FakeField $script:FakeSession 'answers' @()
    $answer = $null
    if ($script:FakeAnswer -lt $answers.Length) { $answer = [string] $answers[$script:FakeAnswer] }
    $script:FakeAnswer++
    return $answer
}

function Read-ConsoleLine {
    param([string] $Prompt)
    $answer = Read-FakeAnswer $Prompt
    Write-ConsoleLine "$Prompt$answer"
    return $answer
}

function Read-ConsoleSecret {
    param([string] $Prompt)
    Write-ConsoleLine "${Prompt}: "
    $answer = Read-FakeAnswer $Prompt
    $secret = New-Object Security.SecureString
    if ($null -ne $answer) { foreach ($character in $answer.ToCharArray()) { $secret.AppendChar($character) } }
    return $secret
}
