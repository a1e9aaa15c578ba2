function Write-ConsoleLine {
    param([string] $Text)
    Assert-Alive
    [IO.File]::AppendAllText([IO.Path]::Combine($script:FakeFolder, 'console.txt'), "$Text`n")
}

function Read-FakeAnswer {
    # What the person types; $null when there is nobody. session.json: answers, one after another, or
    # replies = [{prompt: a pattern, answer}], the first whose pattern is in the question, however often it is asked; once
    # more ("もう一度") it is what was typed before.
    param([string] $Prompt)
    $replies = Get-FakeField $script:FakeSession 'replies'
    if ($null -ne $replies) {
        $script:FakeAnswer++
        if ($script:FakeAnswer -gt 500) { throw "asked without end: $Prompt" }
        if ($Prompt -match 'もう一度') { return $script:FakeReply }
        $script:FakeReply = $null
        foreach ($reply in $replies) { if ($Prompt -match $reply.prompt) { $script:FakeReply = [string] $reply.answer; break } }
        return $script:FakeReply
    }
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
