# What kinds may call of the runtime: this, and no other of its functions. They may read $script:Pass, the pass that runs
# (New-Pass), and $script:Session, who is at work in it (Get-Session); each is $null while nothing runs.

# Being a kind.

function Register-Kind {
    <#
        .SYNOPSIS
            Makes a kind of its blocks. -Get and -Set are enough where equality of fields is what "as wanted" means.
            docs/kinds.md says what each block is given and gives.
        .PARAMETER Name
            As the plan calls it.
        .PARAMETER Format
            Of its states; one higher where -Get gives others than before, which then -ReadOlder reads.
        .PARAMETER Get
            The state of a target.
        .PARAMETER Set
            Makes a state; without it the kind only looks.
        .PARAMETER Test
            Whether what was found is as wanted.
        .PARAMETER Undo
            What undoing is to make, and why not all of it.
        .PARAMETER Ours
            The fields of what we made that have to be as we left them, each with what people call it. Once one is another,
            undoing leaves the target alone. Any other field goes back as well, but where others changed it since. Without
            any, all are.
        .PARAMETER Entries
            Fields that hold several things, each with the field by which one is told from another, or '' for a list of texts
            and for an object by names. Ours of them is what we made another; the rest is others'.
        .PARAMETER Fleeting
            Those of them whose things come and go with the hardware.
        .PARAMETER Same
            Of a field: whether what was found still is what we made, where that is not equality. It is given both, and the
            item of the journal.
        .PARAMETER Merge
            Of a field that is not ours: what it becomes where others changed it; given what it was before us, after us, and is.
        .PARAMETER Tell
            Of a field: how others changed it, in words; given what it was after us, and is.
        .PARAMETER ReadOlder
            A state of an older format as -Get would give it today.
        .PARAMETER Secret
            What -Set needs to be told.
        .PARAMETER Typed
            What is typed for a guided step, where that says whether it is done: `asks`, a block that is given the target and says
            what it is; `digits`, one that is given what is wanted and says how many; `take`, one that is given target, what is
            wanted, and what was typed, keeps it for -Get, and says what is wrong about it.
        .PARAMETER Conversation
            Leads a guided step and gives its result.
        .PARAMETER ConfirmText
            What is lost by it: the person is asked first.
        .PARAMETER LostText
            What nobody can bring back once undoing has made a state of the one that is found: the person is asked apart.
        .PARAMETER Difference
            What is not as wanted, each as New-Difference gives it, where the state does not hold it as one value.
        .PARAMETER Notice
            What people are told although all is as wanted, where that depends on what is wanted.
        .PARAMETER Checks
            Of a kind that looks at several things: each in its order, with title, step (the id of the plan's step that is about it)
            and remedy, given the target.
        .PARAMETER Fact
            What the end of a visit tells of what was found, in one line, where it is as wanted.
        .PARAMETER Sometimes
            Fields whose absence tells something too.
        .PARAMETER WaitsForPerson
            What a person has to do, where only a person can make it so.
        .PARAMETER Next
            What that is, in the words of Get-NextText.
        .PARAMETER Watch
            How the PC looks by itself while a guided step is asked about: `every`, seconds between two looks; `mark`, a block
            that is given the target, whose text is another once it is worth looking (runtime/watch.ps1); `busy`, a block that
            gives the names of programs that still work on it; `note`, what people are told; `row`, a block that is given
            target, a value that is shown, and what was found: seen, missing or person. Empty: it looks only after an answer.
        .PARAMETER Clear
            Of a guided step about files that are left over: `find`, a block that is given the target and gives each, path and why
            the PC does not delete it (empty: it may); `delete`, one that is given a path.
        .PARAMETER Further
            Whether the first of several rounds is over, given the target: what is left is of the number that goes on with it.
        .PARAMETER Begun
            Whether what takes the time of its number is under way by now, given the target and the pass: nobody is asked whether there
            is time to begin it.
        .PARAMETER Runs
            What takes the time that its number waits, once a person has begun it: it then runs behind the next thing.
        .PARAMETER AnyoneSees
            Whoever looks sees the same: it needs no administrator.
        .PARAMETER PersonSees
            What the PC does not see yet, a person's word tells: it is asked about along with the rest of its number.
        .PARAMETER ByPerson
            Only a person does it, and has a box on paper for it.
    #>
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [int] $Format,
        [Parameter(Mandatory = $true)] [scriptblock] $Get,
        [scriptblock] $Set,
        [scriptblock] $Test,
        [scriptblock] $Undo,
        [System.Collections.IDictionary] $Ours = @{},
        [hashtable] $Entries = @{},
        [string[]] $Fleeting = @(),
        [hashtable] $Same = @{},
        [hashtable] $Merge = @{},
        [hashtable] $Tell = @{},
        [scriptblock] $ReadOlder,
        [scriptblock] $Secret,
        [hashtable] $Typed = @{},
        [scriptblock] $Conversation,
        [scriptblock] $ConfirmText,
        [scriptblock] $LostText,
        [scriptblock] $Difference,
        [scriptblock] $Notice, [scriptblock] $Fact, [scriptblock] $Checks,
        [string[]] $Sometimes = @(),
        [string] $WaitsForPerson = '',
        # What a person does where this kind waits (the words of Get-NextText), and whether only a person does it at all.
        [string] $Next = 'restart',
        [hashtable] $Watch = @{}, [string] $Runs = '', [scriptblock] $Begun, [scriptblock] $Further, [hashtable] $Clear = @{},
        [switch] $AnyoneSees, [switch] $PersonSees, [switch] $ByPerson
    )
    $script:Kind[$Name] = [pscustomobject] @{
        name = $Name; format = $Format; get = $Get; set = $Set; test = $Test; undo = $Undo
        ours = $Ours; entries = $Entries; fleeting = $Fleeting; same = $Same; merge = $Merge; tell = $Tell; readOlder = $ReadOlder
        sometimes = $Sometimes; secret = $Secret; typed = $Typed; conversation = $Conversation
        confirmText = $ConfirmText; lostText = $LostText
        notice = $Notice; fact = $Fact; checks = $Checks; difference = $Difference; waitsForPerson = $WaitsForPerson; next = $Next
        watch = $Watch; runs = $Runs; begun = $Begun; further = $Further; clear = $Clear
        byPerson = [bool] $ByPerson; anyoneSees = [bool] $AnyoneSees; personSees = [bool] $PersonSees
    }
}

function Get-State {
    <#
        .SYNOPSIS
            Asks another kind for the state of a target.
        .OUTPUTS
            What its -Get gives; $null where the thing is absent.
    #>
    param([string] $Kind, [object] $Target)
    return , (& (Get-Kind $Kind).get $Target)
}

function Test-State {
    <#
        .SYNOPSIS
            Asks a kind whether a state is as wanted.
        .OUTPUTS
            [bool]
    #>
    param([string] $Kind, [object] $Wanted, [object] $Found)
    $block = (Get-Kind $Kind).test
    if ($null -eq $block) { return Test-Wanted $Wanted $Found }
    return [bool] (& $block $Wanted $Found)
}

# States.

function Get-Field {
    <#
        .SYNOPSIS
            A field of a hashtable or of an object, which strict mode lets nobody read where it is missing.
        .OUTPUTS
            Its value, a list as a list; $null where there is no such field.
    #>
    param([object] $Value, [string] $Name)
    if ($null -eq $Value) { return $null }
    # `return , $x` keeps an empty or one-element array an array: without the comma, return unrolls it.
    if ($Value -is [System.Collections.IDictionary]) { return , $Value[$Name] }
    $property = $Value.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return , $property.Value
}

function Get-FieldName {
    <#
        .SYNOPSIS
            The fields of a hashtable or of an object.
        .OUTPUTS
            Their names, in their order.
    #>
    param([object] $Value)
    if ($null -eq $Value) { return }
    if ($Value -is [System.Collections.IDictionary]) { foreach ($key in $Value.Keys) { [string] $key } }
    else { foreach ($property in $Value.PSObject.Properties) { $property.Name } }
}

function Select-Field {
    <#
        .SYNOPSIS
            Those of the named fields that there are.
        .OUTPUTS
            Them by name, in their order.
    #>
    param([object] $Value, [string[]] $Name)
    $fields = [ordered] @{}
    foreach ($field in @(Get-FieldName $Value)) { if ($Name -ccontains $field) { $fields[$field] = Get-Field $Value $field } }
    return $fields
}

function Test-Same {
    <#
        .SYNOPSIS
            Whether two states are equal, whatever the order of their fields.
        .OUTPUTS
            [bool]
    #>
    param([object] $First, [object] $Second)
    # Most of what is compared are plain values: no text of them is needed.
    if ($null -eq $First -or $null -eq $Second) { return ($null -eq $First -and $null -eq $Second) }
    if ($First -is [string] -and $Second -is [string]) { return $First -ceq $Second }
    return (ConvertTo-Canonical $First) -ceq (ConvertTo-Canonical $Second)
}

function Test-Wanted {
    <#
        .SYNOPSIS
            Whether every field that Wanted names has its value in Found; $null wants absence.
        .OUTPUTS
            [bool]
    #>
    param([object] $Wanted, [object] $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return ($null -eq $Wanted -and $null -eq $Found) }
    foreach ($name in @(Get-FieldName $Wanted)) {
        if (-not (Test-Same (Get-Field $Wanted $name) (Get-Field $Found $name))) { return $false }
    }
    return $true
}

function Get-EntryMap {
    <#
        .SYNOPSIS
            The entries of a list or of an object.
        .PARAMETER By
            The field by which an entry of a list is told from another; '' for a list of texts, and for an object.
        .OUTPUTS
            An ordered dictionary: name, and {entry}; of entries of one name the second is name#2.
    #>
    param([object] $Value, [string] $By)
    $map = New-Object Collections.Specialized.OrderedDictionary
    if ($null -eq $Value) { return , $map }
    if ($Value -is [System.Collections.IDictionary] -or $Value -is [System.Management.Automation.PSCustomObject]) {
        foreach ($name in @(Get-FieldName $Value)) { $map[$name] = [pscustomobject] @{ entry = (Get-Field $Value $name) } }
        return , $map
    }
    foreach ($entry in @($Value)) {
        if ($By -cne '') { $name = [string] (Get-Field $entry $By) }
        elseif ($entry -is [string]) { $name = $entry }
        else { $name = ConvertTo-JsonText $entry -Canonical }
        $key = $name
        for ($number = 2; $map.Contains($key); $number++) { $key = "$name#$number" }
        $map[$key] = [pscustomobject] @{ entry = $entry }
    }
    return , $map
}

function Merge-Entry {
    <#
        .SYNOPSIS
            The entries as they were before us, but for those that others changed, added or took away since.
        .PARAMETER Same
            Whether two of them, as Get-EntryMap gives them, are the same; without it, equality.
        .OUTPUTS
            A list, or an object where they are of one; $null where there was none before and none is left.
    #>
    param(
        [object] $Before, [object] $After, [object] $Found, [string] $By = '',
        [scriptblock] $Same = { param($Was, $Is) Test-Same $Was $Is }
    )
    $was = Get-EntryMap $Before $By
    $ours = Get-EntryMap $After $By
    $now = Get-EntryMap $Found $By
    $merged = New-Object Collections.Specialized.OrderedDictionary
    foreach ($key in @(@($was.Keys) + @($now.Keys) | Select-Object -Unique)) {
        $entry = $now[$key]
        if (& $Same $ours[$key] $now[$key]) { $entry = $was[$key] }
        if ($null -ne $entry) { $merged[$key] = $entry.entry }
    }
    if ($null -eq $Before -and $merged.Count -eq 0) { return $null }
    foreach ($value in $Before, $Found) {
        if ($value -is [System.Management.Automation.PSCustomObject]) { return [pscustomobject] $merged }
    }
    return , @($merged.Values)
}

function ConvertTo-JsonText {
    <#
        .SYNOPSIS
            JSON, the same in every PowerShell: ConvertTo-Json of 5.1 cuts deep data and escapes in its own way.
        .PARAMETER Canonical
            Sorts the names: one text for one value, whatever made it.
        .PARAMETER Indent
            For people: what each level is indented with.
        .OUTPUTS
            [string]
    #>
    param([object] $Value, [switch] $Canonical, [string] $Indent = '')
    $builder = [Text.StringBuilder] ''
    Add-JsonText $builder $Value ([bool] $Canonical) $Indent ''
    return $builder.ToString()
}

# The person.

function Write-Line {
    <#
        .SYNOPSIS
            Says a line in the window, in as many as it takes there; it stands in the log too.
        .PARAMETER Spaced
            A line of a screen, whose blanks make columns.
        .PARAMETER Lines
            How many lines of the window it may take; 0: it is of the log alone.
    #>
    param([string] $Text, [switch] $Spaced, [int] $Lines = 99)
    $shown = ConvertTo-ShownText $Text -Spaced:$Spaced
    $null = $script:Log.Add($shown)
    if ($Lines -eq 0) { return }
    if ((Get-TextWidth $shown) -le $script:ScreenWidth) { Write-ScreenLine $shown; return }
    $indent = ' ' * ($shown.Length - $shown.TrimStart(' ').Length)
    foreach ($part in @(Limit-Line @(Split-Text $shown.TrimStart(' ') $indent "$indent  ") $Lines)) {
        Write-ScreenLine $part
    }
}

function ConvertTo-ShownText {
    <#
        .SYNOPSIS
            One line as it may be shown, whatever made it: what comes from files, certificates, the registry or another
            program's error could move the cursor, begin a line of its own, turn the order of letters round or push out of
            sight what stands behind it. All that is shown or logged goes through here.
        .PARAMETER Limit
            Of letters; of a longer text the beginning is shown.
        .PARAMETER Spaced
            Leaves blanks as they are, of a text that is no wider than the window.
        .OUTPUTS
            [string]
    #>
    param([object] $Text, [int] $Limit = 2000, [switch] $Spaced)
    $shown = [string] $Text
    $cut = $shown.Length -gt $Limit
    if ($cut) { $shown = $shown.Substring(0, $Limit) }
    $shown = $script:Unshown.Replace($shown.Replace("`t", ' '), [string] [char] 0xfffd)
    if (-not $Spaced) { $shown = $script:Blanks.Replace($shown, ' … ') }
    $shown = $script:Piled.Replace($shown, '$1')
    if ($cut) { $shown += '…' }
    return $shown
}

function Read-Answer {
    <#
        .SYNOPSIS
            What a person types, in half width and without surrounding blanks. In the log stands what is one of the answers
            that one expects, and of anything else only that it was typed: it may be a password at the wrong place.
        .PARAMETER Raw
            In the width in which it was typed, for names of files.
        .PARAMETER Expected
            What is expected besides a single letter or digit and what agrees.
        .PARAMETER Watch
            What the PC looks for meanwhile (runtime/watch.ps1); once it is seen the answer is empty.
        .OUTPUTS
            [string]. Where nobody can answer it throws (Test-Unanswered): nobody's answer would look like Enter alone, which
            means something at most questions. The step is left for later then.
    #>
    param([string] $Prompt, [switch] $Raw, [string] $Expected = '', [object] $Watch = $null)
    if (Get-Field $script:Pass 'morning') { $line = $null }
    elseif ($null -ne $Watch -or (Test-HandingLine)) { $line = Read-WatchedLine $Prompt $Watch }
    else { $line = Read-ConsoleLine (ConvertTo-ShownText $Prompt) }
    if ($null -eq $Watch -or -not $Watch.seen) { $script:Stands = 1; Hide-HandingLine }
    if ($null -eq $line) {
        $null = $script:Log.Add((ConvertTo-ShownText "$Prompt（答える人がいません）"))
        throw (New-Object OperationCanceledException($script:UnansweredText))
    }
    $typed = $line.Trim()
    $answer = $typed.Normalize([Text.NormalizationForm]::FormKC).Trim()
    $logged = '（入力あり）'
    if ($answer -cmatch '^[0-9A-Za-z]?$' -or $answer -ieq $Expected -or (Test-Agreement $answer)) { $logged = $answer }
    if ($null -ne $Watch -and $Watch.seen) { $logged = '（PC が確かめました）' }
    $null = $script:Log.Add((ConvertTo-ShownText "$Prompt$logged"))
    if ($Raw) { return $typed }
    return $answer
}

function Read-Agreement {
    <#
        .SYNOPSIS
            Asks for a yes (Test-Agreement).
        .OUTPUTS
            [bool]; nobody does not agree.
    #>
    param([string] $Prompt)
    try { return Test-Agreement (Read-Answer $Prompt) }
    catch { if (Test-Unanswered $_) { return $false }; throw }
}

function Test-Agreement {
    <#
        .SYNOPSIS
            Whether an answer of Read-Answer agrees: はい as typed, with the brackets of the question or in katakana; yes; y.
            Where a window cannot take Japanese, it takes those.
        .OUTPUTS
            [bool]
    #>
    param([string] $Answer)
    return ($Answer -match '^「?(はい|ハイ|yes|y)」?$')
}

function Show-Guidance {
    <#
        .SYNOPSIS
            Shows what a guided step asks for, and opens its window, page or folder.
        .PARAMETER Below
            How many lines the kind itself shows below.
        .PARAMETER Watch
            What the PC looks for meanwhile.
    #>
    param([object] $Step, [int] $Below = 0, [object] $Watch = $null)
    $steps = @($Step)
    $script:Turn.steps = $steps
    Open-Guidance ([string] (Get-Field $Step 'open'))
    $note = @(Get-WatchNote $Watch) + @(Format-AskedPage (Get-AskedPage))
    $guide = New-Guide @(Hide-SeenValue $Step $Watch) $Watch ((Get-ScreenRoom) - $Below - $note.Length)
    Show-Question (Get-NumberTitle $steps) (@($guide.lines) + $note) -Right (Get-WatchTitle $Watch) -Below ($Below + $script:ScreenBelow) `
        -Guide $guide
}

function Read-StepAnswer {
    <#
        .SYNOPSIS
            Asks what a person answers to a guided step. Whole text, phone values, a page that is opened on the person's word, going
            back and breaking off are done here; an answer that is none is asked for again.
        .PARAMETER Claim
            What Enter alone says; empty where it says nothing.
        .PARAMETER Typed
            What else is typed here.
        .PARAMETER Without
            Keys that do nothing here.
        .PARAMETER Raw
            What is typed is given back as it was typed.
        .PARAMETER Look
            Says whether it is seen by now; is asked every so many seconds where keys can be read one by one.
        .PARAMETER Watch
            What the PC looks for meanwhile, otherwise.
        .OUTPUTS
            Empty: it is done; n: it cannot be done; s: later; seen: the PC saw it; or, with Typed, what was typed. Going back
            and breaking off throw (Test-Left).
    #>
    param(
        [string] $Claim = (Get-StepClaim), [string] $Typed = '', [string[]] $Without = @(), [switch] $Raw,
        [scriptblock] $Look = $null, [int] $Every = 2, [object] $Watch = $null
    )
    $turn = $script:Turn
    $turn.asked = $true
    if ($null -ne $Look -and (Test-ConsoleKey)) { $Watch = New-Watch -Look $Look -Every $Every }
    $page = Get-AskedPage
    if ($null -eq $page) { $Without += 'o' }
    while ($true) {
        Show-HandingLine
        $prompt = Format-KeyLine $Claim ($turn.answered.Count -gt 0) $Without
        if ($Typed) { Write-Line $prompt; $prompt = $Typed }
        $answer = Read-Answer "${prompt}: " -Watch $Watch -Raw:$Raw
        if ($null -ne $Watch -and $Watch.seen) { return 'seen' }
        $key = ConvertTo-Key $answer.Normalize([Text.NormalizationForm]::FormKC).Trim()
        if ($key -ceq 'o' -and $null -eq $page) { $key = $null }
        if ($Typed -and ($null -eq $key -or $key -ceq '')) { return $answer }
        if ($Without -ccontains $key -or ($key -ceq 'b' -and $turn.answered.Count -eq 0)) { $key = $null }
        if ($null -eq $key -and $answer.Trim() -match '^[uｕ]$') { Write-Line '結果は、q か作業の後の、最後の画面で u を押すと USB メモリーに写せます。' }
        elseif ($null -eq $key) { Write-Line 'その答えはありません。行にあるキーを押してください。' }
        elseif ($key -ceq 'o') { Open-AskedPage $page }
        elseif ($key -ceq 'i') { Show-Aside '電話で伝える値（秘密は出ません）' @(Get-PhoneLine) }
        elseif ($key -ceq '?') { Show-Aside (Get-NumberTitle $turn.steps) (@($turn.whole) + @(Format-WholeText $turn.steps)) }
        elseif (@('b', 'q') -ccontains $key) { $turn.wish = $key; throw (New-Object OperationCanceledException($script:LeftText)) }
        else { return $key }
    }
}

function Read-TypedAnswer {
    <#
        .SYNOPSIS
            Shows on a screen of its own what is to be typed or chosen, and asks for it. Keys mean what they mean elsewhere.
        .PARAMETER Typed
            What is asked for.
        .PARAMETER Raw
            What is typed is given back as it was typed.
        .PARAMETER Shown
            Writes below it what stands in the window alone, and only until the answer.
        .OUTPUTS
            What was typed; empty for Enter alone; s: later. Going back and breaking off throw (Test-Left).
    #>
    param([string] $Title, [string[]] $Lines, [string] $Typed, [switch] $Raw, [scriptblock] $Shown = $null)
    $without = @('n')
    if (@($script:Turn.steps).Length -eq 0) { $without += '?' }
    Show-Question $Title @(Limit-Line @($Lines | ForEach-Object { Split-Text $_ '  ' '     ' }) (Get-ScreenRoom))
    if ($null -eq $Shown) { return Read-StepAnswer -Claim '' -Typed $Typed -Without $without -Raw:$Raw }
    try {
        & $Shown
        # What would show the screen again does not have it.
        return Read-StepAnswer -Claim '' -Typed $Typed -Without ($without + 'i', '?') -Raw:$Raw
    }
    finally { Clear-ConsoleScreen }
}

function Get-ErrorText {
    <#
        .SYNOPSIS
            What to say of an error: the message without PowerShell's own words around it.
        .OUTPUTS
            [string]
    #>
    param([object] $ErrorRecord)
    $exception = $ErrorRecord.Exception
    while ($exception -is [System.Management.Automation.MethodInvocationException] -and $null -ne $exception.InnerException) {
        $exception = $exception.InnerException
    }
    return $exception.Message
}

# The pass and its session.

function Test-Undoing {
    <#
        .SYNOPSIS
            Whether this pass undoes: then a -Get looks even where a new change would have to wait.
        .OUTPUTS
            [bool]
    #>
    return ($null -ne $script:Pass -and $script:Pass.mode -ceq 'Rollback')
}

function Test-OwnSession {
    <#
        .SYNOPSIS
            Whether an account is the one at work here.
        .PARAMETER Sid
            Of the account.
        .OUTPUTS
            [bool]
    #>
    param([string] $Sid)
    return ($script:Session.sid -ceq $Sid -or $script:Session.owner -ceq $Sid)
}

function Get-UserFolder {
    <#
        .SYNOPSIS
            The folder of oqsgen in the profile of the person at work.
        .OUTPUTS
            [string]
    #>
    return [IO.Path]::Combine((Get-LocalAppDataFolder), 'oqsgen')
}

function Get-BroughtFolder {
    <#
        .SYNOPSIS
            The folder in which the bundle was brought, on whatever letter its stick has now.
        .OUTPUTS
            A path; empty while the stick is out.
    #>
    return Find-Stick $script:Pass
}

function Read-AccountState {
    <#
        .SYNOPSIS
            What OqsComApp's newest pass of this bundle has found as wanted of a kind, by the result that it has left beside it. For the
            passes of others.
        .OUTPUTS
            A state for each step of that kind; nothing while the stick is out.
    #>
    param([string] $Kind)
    $pass = $script:Pass
    $stick = Get-StickFolder $pass
    $results = @(if ($stick) { Read-OtherResult $pass $stick | Where-Object { (Get-Field $_ 'account') -ieq $pass.plan.account } })
    if ($results.Length -eq 0 -or (Get-Field (Get-Field $results[0] 'bundle') 'id') -cne $pass.bundle) { return }
    $found = @{ $Kind = @() }
    foreach ($step in @(Restore-ResultStep $pass $results[0])) {
        if (@('ok', 'changed') -ccontains $step.status) { $found[$step.kind] = @($found[$step.kind]) + $step.found }
    }
    return $found[$Kind]
}

function Register-Opener {
    <#
        .SYNOPSIS
            Lets steps open what only the PC knows: `open: <scheme>:<rest>`.
        .PARAMETER Scheme
            What stands before the colon.
        .PARAMETER Block
            Is given the rest and returns a page or folder; empty where there is none.
        .PARAMETER Asked
            What a page is called that is opened on the person's word alone, past the proxy.
    #>
    param([string] $Scheme, [scriptblock] $Block, [string] $Asked = '')
    $script:Opener[$Scheme] = $Block
    if ($Asked) { $script:AskedOpener[$Scheme] = $Asked }
}

function Register-LineLook {
    <#
        .SYNOPSIS
            Lets a subject say what there is of the line, in the words of Get-LineState.
        .PARAMETER Block
            Is given the plan.
    #>
    param([scriptblock] $Block)
    $script:LineLook = $Block
}

function Register-Remnant {
    <#
        .SYNOPSIS
            Lets a subject name what stays of it on the PC though all was undone.
        .PARAMETER Finder
            Is given the pass that undoes and returns New-Remnant for each that is there.
    #>
    param([scriptblock] $Finder)
    $null = $script:Remnant.Add($Finder)
}

function New-Remnant {
    <#
        .SYNOPSIS
            Something of ours that stays on the PC.
        .PARAMETER Name
            What it is.
        .PARAMETER Place
            Where it is.
        .PARAMETER How
            How a person removes it, and what is lost by it.
    #>
    param([string] $Name, [string] $Place, [string] $How)
    return [pscustomobject] @{ name = $Name; place = $Place; how = $How }
}

function Invoke-VerifyStep {
    <#
        .SYNOPSIS
            Looks at a step.
        .OUTPUTS
            Its result (New-StepResult).
    #>
    param([object] $Step, [object] $Pass)
    if (Get-Field $Step 'leftOut') { return New-StepResult $Step -Status 'not-applicable' -Found $null -Message $Step.what }
    if (-not (Test-Checkable $Step)) { return New-StepResult $Step -Status 'manual' -Found $null -Message '人が行う作業です。' }
    try {
        $found = Get-State $Step.kind $Step.target
        $marker = Get-Marker $Step $found
        if ($null -ne $marker) { return $marker }
        if (Test-State $Step.kind -Wanted $Step.wanted -Found $found) {
            return Get-SettledResult $Step -Pass $Pass -Found $found -Status 'ok'
        }
        $early = Get-EarlyResult $Step -Pass $Pass -Found $found
        if ($null -ne $early) { return $early }
        $waits = (Get-Kind $Step.kind).waitsForPerson
        if ($waits) { return New-StepResult $Step -Status 'restart' -Found $found -Message $waits }
        $why = Get-DriftText $Step -Plan (Get-Field $Pass 'plan') -Found $found
        $said = @($why, (Get-OverruleText @(Find-Overrule $Step)) | Where-Object { $_ })
        return New-StepResult $Step -Status 'drift' -Found $found -Message ($said -join ' ')
    }
    catch { return New-StepResult $Step -Status 'failed' -Found $null -Message (Get-ErrorText $_) }
}

function New-Difference {
    <#
        .SYNOPSIS
            A value that is not as wanted, for people.
        .PARAMETER Label
            What people call it.
        .PARAMETER Found
            The value that is there: of any form, and by whomever.
        .PARAMETER Wanted
            The value that it should have.
    #>
    param([string] $Label, [object] $Found, [object] $Wanted)
    $texts = @(foreach ($value in $Found, $Wanted) { ConvertTo-ValueText $value $null })
    return [pscustomobject] @{ label = (ConvertTo-ShownText $Label); found = $texts[0]; wanted = $texts[1] }
}

function New-StepResult {
    <#
        .SYNOPSIS
            One line of the results. `title` and `how` are for people; result.json leaves them out.
        .PARAMETER Status
            One of Get-StatusText.
        .PARAMETER Message
            Why, for people.
    #>
    param([object] $Step, [string] $Status, [object] $Found = $null, [string] $Message = '')
    return [pscustomobject] @{
        id = [string] $Step.id; kind = [string] $Step.kind; scope = [string] (Get-Field $Step 'scope'); status = $Status
        wanted = (Get-Field $Step 'wanted'); found = $Found; message = $Message
        title = [string] (Get-Field $Step 'title'); how = [string] (Get-Field $Step 'how')
    }
}

function New-BehindResult {
    <#
        .SYNOPSIS
            Of a conversation that has begun something that only takes time: the walk goes on with what does not need it, and
            comes back once it has ended (runtime/behind.ps1). No result of a pass.
        .PARAMETER What
            What runs, for people.
        .PARAMETER Since
            When it was begun.
        .PARAMETER Minutes
            How long it takes.
        .PARAMETER Look
            Is given the step; says ended or running, nothing where the PC cannot see it: it has ended once it should have.
    #>
    param([object] $Step, [string] $What, [DateTime] $Since, [int] $Minutes, [scriptblock] $Look)
    return [pscustomobject] @{
        id = [string] $Step.id; status = 'behind'; what = $What; since = $Since; minutes = $Minutes; look = $Look
    }
}

function Test-ComeBack {
    <#
        .SYNOPSIS
            Whether the walk has come back to a step that ran behind: it has ended, should have, or somebody says so.
        .OUTPUTS
            [bool]
    #>
    param([object] $Step)
    return ($script:Turn.back -ceq [string] $Step.id)
}

function Invoke-Guidance {
    <#
        .SYNOPSIS
            Shows a guided step and asks whether it is done: for what only the person can see. What was said to be done is not
            asked again.
        .PARAMETER Step
            Of the plan.
        .PARAMETER Pass
            The one that runs.
        .OUTPUTS
            The step's result.
    #>
    param([object] $Step, [object] $Pass)
    return Invoke-Question @($Step) $Pass
}

# The journal.

function Add-Confirmation {
    <#
        .SYNOPSIS
            Writes to the journal of this pass what a person has said.
        .PARAMETER Step
            Of the plan, or what a kind calls it.
        .PARAMETER Of
            What it is of: it counts for that alone, in each bundle.
        .PARAMETER Seen
            What the PC saw of it, where no person said so.
    #>
    param([string] $Step, [string] $Of, [string] $Seen = '')
    $entry = [ordered] @{ event = 'confirmed'; bundle = $script:Pass.bundle; step = $Step; of = $Of; who = (Get-PassPerson) }
    if ($Seen) { $entry.seen = $Seen }
    Add-JournalEntry $script:Pass.journal $entry
}

function Find-Confirmation {
    <#
        .SYNOPSIS
            What the journal of this pass holds of what a kind has confirmed.
        .PARAMETER Step
            As it was given to Add-Confirmation.
        .PARAMETER Job
            Only what was said in this job: the rest of `Of` after the mark of the job (Get-JobMark).
        .OUTPUTS
            What it is of, one text each, in no order.
    #>
    param([string] $Step, [switch] $Job)
    $journal = $script:Pass.journal
    $new = "$Step "
    if ($Job) { $new += "$(Get-JobMark $script:Pass) " }
    # 0.1.0 had all of it in the step's name.
    foreach ($place in @($journal.claims, $new), @($journal.confirmed, "$($script:Pass.bundle) $Step ")) {
        foreach ($key in @($place[0].Keys)) {
            if ($key.StartsWith($place[1], [StringComparison]::Ordinal)) { $key.Substring($place[1].Length) }
        }
    }
}

function Find-ClinicState {
    <#
        .SYNOPSIS
            What other terminals of this clinic have found of a kind, as their results beside the bundle say. Whoever has had
            the stick can have written there: it may spare a question, and nothing else.
        .OUTPUTS
            States, the newest of each terminal first.
    #>
    param([string] $Kind)
    if ((Get-Field (Get-Field $script:Pass 'session') 'role') -cne 'account') { return }
    return Find-ClinicFound $script:Pass $Kind
}

function Add-JobConfirmation {
    <#
        .SYNOPSIS
            As Add-Confirmation, for this job alone (Find-Confirmation -Job).
    #>
    param([string] $Step, [string] $Of)
    Add-Confirmation -Step $Step -Of "$(Get-JobMark $script:Pass) $Of"
}

function Get-OpenBefore {
    <#
        .SYNOPSIS
            For a -Set: what the journal of this pass says was there before us.
        .OUTPUTS
            A state; $null where the target is not ours to undo yet.
    #>
    param([string] $Kind, [object] $Target)
    $item = Get-OpenItem $Kind $Target
    if ($null -eq $item) { return $null }
    return $item.before
}

function Test-OnceMade {
    <#
        .SYNOPSIS
            Whether the journal of this pass says that a target was made in full, and not put back: a change that was cut short
            was not.
        .OUTPUTS
            [bool]
    #>
    param([string] $Kind, [object] $Target)
    $item = Get-OpenItem $Kind $Target
    return ($null -ne $item -and $null -ne $item.after)
}

function Test-MadeHere {
    <#
        .SYNOPSIS
            For a -Set: whether the journal of this pass says that the thing was not there before us.
        .OUTPUTS
            [bool]
    #>
    param([string] $Kind, [object] $Target)
    $item = Get-OpenItem $Kind $Target
    return ($null -ne $item -and $null -eq $item.before)
}

function Get-OpenAfter {
    <#
        .SYNOPSIS
            For a -Get: what the journal of this pass says that we made.
        .OUTPUTS
            A state; $null where the target is not ours to undo, or was cut short.
    #>
    param([string] $Kind, [object] $Target)
    $item = Get-OpenItem $Kind $Target
    if ($null -eq $item) { return $null }
    return $item.after
}

function Get-OpenTarget {
    <#
        .SYNOPSIS
            What we have changed and not put back.
        .OUTPUTS
            Items of the journal, oldest first.
    #>
    param([object] $Journal)
    foreach ($item in $Journal.open.Values) { $item }
}

function Get-AccountJournal {
    <#
        .SYNOPSIS
            The journal in OqsComApp's profile, for the machine pass: good for the order of things, and to be trusted for nothing
            else.
        .PARAMETER Session
            Of the pass.
        .OUTPUTS
            A journal (Read-Journal); $null where that person has no profile yet.
    #>
    param([object] $Session)
    foreach ($person in @(Get-ProfileFolder)) {
        if ($person.sid -ceq $Session.account) {
            return Read-PersonJournal $person
        }
    }
    return $null
}

function Get-OpenUserJournal {
    <#
        .SYNOPSIS
            For an -Undo: the accounts in whose profile something of ours is not undone yet.
        .OUTPUTS
            Their names.
    #>
    foreach ($person in @(Get-ProfileFolder)) {
        $journal = Read-PersonJournal $person
        if ($journal.open.Count -gt 0 -or $journal.strange.Count -gt 0) { Get-AccountName $person.sid }
    }
}

function Test-ChangedSinceBoot {
    <#
        .SYNOPSIS
            Whether we have changed anything since Windows started.
        .PARAMETER Boot
            Which start of Windows this is: `boot` of the pass.
        .OUTPUTS
            [bool]
    #>
    param([object] $Journal, [string] $Boot)
    return (@($Journal.changedAt.Values) -ccontains $Boot)
}

# Secrets.

function Get-Secret {
    <#
        .SYNOPSIS
            For a -Set: the password of an account, or the secret of a request (Get-SecretName). An error where none was typed.
        .PARAMETER Name
            Of the account or request.
        .OUTPUTS
            [Security.SecureString], which stays the pass's: not to be disposed.
    #>
    param([string] $Name)
    if (-not $script:Secret.ContainsKey($Name)) { throw "パスワードが入力されていません: $Name" }
    return $script:Secret[$Name]
}

function Add-Secret {
    <#
        .SYNOPSIS
            Remembers for this pass a secret that nobody need type: the kind made it, or knows it from another one.
        .PARAMETER Name
            Under which Get-Secret finds it.
        .PARAMETER Secret
            Becomes the pass's.
    #>
    param([string] $Name, [Security.SecureString] $Secret)
    $script:Secret[$Name] = $Secret
}

function Find-Secret {
    <#
        .SYNOPSIS
            A secret that this pass knows: typed, made, or made in an earlier one and kept since (Save-Secret).
        .OUTPUTS
            [Security.SecureString], which stays the pass's; $null where it knows none of that name.
    #>
    param([string] $Name)
    return $script:Secret[$Name]
}

function Save-Secret {
    <#
        .SYNOPSIS
            As Add-Secret, for what nobody could type again after a power cut: kept for this person alone, for later passes, until
            it has been used (Remove-SavedSecret), the person's work is done, or is undone.
        .PARAMETER Name
            Under which Get-Secret finds it.
        .PARAMETER Secret
            Becomes the pass's.
    #>
    param([string] $Name, [Security.SecureString] $Secret)
    $bytes = ConvertTo-SecretByte $Secret
    try { Write-ProtectedItem "$script:SavedPrefix$Name" $bytes } finally { [array]::Clear($bytes, 0, $bytes.Length) }
    Add-Secret $Name $Secret
}

function Remove-SavedSecret {
    <#
        .SYNOPSIS
            Keeps a secret no longer; this pass goes on knowing it.
    #>
    param([string] $Name)
    Remove-ProtectedItem "$script:SavedPrefix$Name"
}

function Remove-Secret {
    <#
        .SYNOPSIS
            This pass knows a secret no longer; what is kept of it stays.
    #>
    param([string] $Name)
    if (-not $script:Secret.ContainsKey($Name)) { return }
    $script:Secret[$Name].Dispose()
    $script:Secret.Remove($Name)
}

function Get-SecretOutcome {
    <#
        .SYNOPSIS
            What Windows says to the password of a local account, tried as over the network: no profile is made. All tries of
            the program go through here, so that they never lock an account (logon.ps1).
        .PARAMETER Name
            Of the account.
        .PARAMETER Secret
            Its password; an empty one asks whether the account has none.
        .OUTPUTS
            right; restricted: right, but something else forbids the logon; wrong; wait: too many were wrong just now;
            unknown: no such account, or it is locked.
    #>
    param([string] $Name, [Security.SecureString] $Secret)
    $sid = Get-AccountSid $Name
    if ($null -eq $sid) { return 'unknown' }
    $record = Read-LogonRecord
    $mark = Get-LogonMark $record.key $sid (Get-AccountFlag -Name $Name).since $Secret
    if (-not $script:LogonOutcome.ContainsKey($mark)) {
        $outcome = Invoke-LogonTry $record -Name $Name -Sid $sid -Mark $mark -Secret $Secret
        if ($outcome -ceq 'wait') { return $outcome }
        $script:LogonOutcome[$mark] = $outcome
    }
    return $script:LogonOutcome[$mark]
}

function Test-SecretRule {
    <#
        .SYNOPSIS
            Whether a secret meets a regular expression.
        .OUTPUTS
            [bool]
    #>
    param([Security.SecureString] $Secret, [string] $Rule)
    $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
    try { return ([Runtime.InteropServices.Marshal]::PtrToStringBSTR($memory) -cmatch $Rule) }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) }
}

function ConvertTo-SecretByte {
    <#
        .SYNOPSIS
            The UTF-16LE bytes of a secret, for the caller to clear; it is never a text on the way.
        .OUTPUTS
            [byte[]]
    #>
    param([Security.SecureString] $Secret)
    $bytes = New-Object byte[] (2 * $Secret.Length)
    $memory = [IntPtr]::Zero
    try {
        $memory = [Runtime.InteropServices.Marshal]::SecureStringToBSTR($Secret)
        [Runtime.InteropServices.Marshal]::Copy($memory, $bytes, 0, $bytes.Length)
    }
    finally { if ($memory -ne [IntPtr]::Zero) { [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($memory) } }
    return , $bytes
}

# What a person's folder keeps, protected for that person alone.

function Get-ProtectedName {
    <#
        .SYNOPSIS
            What is kept.
        .OUTPUTS
            Names.
    #>
    $folder = Get-ProtectedFolder
    if (-not [IO.Directory]::Exists($folder)) { return }
    foreach ($path in @(Get-FolderFile $folder)) {
        if ([IO.Path]::GetExtension($path) -ieq '.kept') { [IO.Path]::GetFileNameWithoutExtension($path) }
    }
}

function Read-ProtectedItem {
    <#
        .SYNOPSIS
            What is kept under a name. A file that only cannot be opened now is an error: nothing may be put in its place.
        .OUTPUTS
            [byte[]]; $null where there are none, or where they cannot be read for this person any more.
    #>
    param([string] $Name)
    $path = Get-ProtectedPath $Name
    if (-not [IO.File]::Exists($path)) { return , $null }
    try { return , (Unprotect-OwnByte ([Convert]::FromBase64String([Text.Encoding]::ASCII.GetString((Read-PlainByte $path 1MB))))) }
    catch [Security.Cryptography.CryptographicException], [FormatException] { return , $null }
}

function Write-ProtectedItem {
    <#
        .SYNOPSIS
            Keeps bytes under a name; on the disk when this returns, whole or not at all.
    #>
    param([string] $Name, [byte[]] $Bytes)
    Initialize-Folder (Get-ProtectedFolder)
    $path = Get-ProtectedPath $Name
    $new = [IO.Path]::ChangeExtension($path, '.new')
    [IO.File]::Delete($new)
    Add-FileText $new ([Convert]::ToBase64String((Protect-OwnByte $Bytes)))
    if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) } else { [IO.File]::Move($new, $path) }
}

function Remove-ProtectedItem {
    <#
        .SYNOPSIS
            Forgets what is kept under a name.
    #>
    param([string] $Name)
    if (-not [IO.Directory]::Exists((Get-ProtectedFolder))) { return }
    $path = Get-ProtectedPath $Name
    [IO.File]::Delete([IO.Path]::ChangeExtension($path, '.new'))
    [IO.File]::Delete($path)
}

function Get-KeyedHash {
    <#
        .SYNOPSIS
            The same text for the same bytes, from which nothing can be guessed: its key is kept here. A plain hash of a short
            secret could be found by trying.
        .OUTPUTS
            [string]
    #>
    param([byte[]] $Bytes)
    $key = Read-ProtectedItem 'mark'
    if ($null -eq $key) {
        $key = New-RandomByte 32
        Write-ProtectedItem 'mark' $key
    }
    $hash = New-Object Security.Cryptography.HMACSHA256(, $key)
    try { return [BitConverter]::ToString($hash.ComputeHash($Bytes), 0, 16).Replace('-', '').ToLowerInvariant() }
    finally { $hash.Dispose(); [array]::Clear($key, 0, $key.Length) }
}

function New-RandomByte {
    <#
        .SYNOPSIS
            Random bytes.
        .OUTPUTS
            [byte[]]
    #>
    param([int] $Count)
    $bytes = New-Object byte[] $Count
    $random = New-Object Security.Cryptography.RNGCryptoServiceProvider
    try { $random.GetBytes($bytes) } finally { $random.Dispose() }
    return , $bytes
}

# What is at work on the PC.

# Programs that install, by their names; those that keep others up to date work at any time.
$script:InstallingName = 'install|setup'
$script:UpdatingName = 'update|onedrive'

function Find-Installing {
    <#
        .SYNOPSIS
            Installers that are at work in this session, whoever started them, or Windows' own.
        .OUTPUTS
            Their names, one each; none where nothing is being installed.
    #>
    $names = @(Get-SessionProgram | ForEach-Object { $_.name } | Sort-Object -Unique |
        Where-Object { $_ -match $script:InstallingName -and $_ -notmatch $script:UpdatingName })
    if ($names.Length -eq 0 -and (Test-Installing)) { return 'Windows インストーラー' }
    return $names
}
