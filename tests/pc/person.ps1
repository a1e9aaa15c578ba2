# A person who sees the screen and answers (tests/on_site/site.py): each question waits for the answer that is its own, so that
# nothing that was typed before answers it.

function Read-Person {
    # The answer to a question: typed, and whether the power was cut. Way: line, secret, dialog, uac; pass: the code of a pass
    # that is to be run.
    param([string] $Folder, [string] $Prompt, [string] $Way)
    $number = [guid]::NewGuid().ToString()
    $asked = [IO.Path]::Combine($Folder, 'asked.json')
    $answered = [IO.Path]::Combine($Folder, "answered-$number.json")
    [IO.File]::WriteAllText("$asked.new", (ConvertTo-Json @{ number = $number; prompt = $Prompt; way = $Way }))
    [IO.File]::Move("$asked.new", $asked)
    $minutes = if ($Way -ceq 'pass') { 60 } else { 5 }
    $until = [DateTime]::UtcNow.AddMinutes($minutes)
    while ([DateTime]::UtcNow -lt $until) {
        if ([IO.File]::Exists($answered)) {
            $answer = ConvertFrom-Json ([IO.File]::ReadAllText($answered))
            [IO.File]::Delete($answered)
            return $answer
        }
        [Threading.Thread]::Sleep(5)
    }
    throw "nobody answered: $Prompt"
}
