# A kind for tests alone: data in machine.json, things.<place>.<name>; place "person" is the person's own.
# Set writes field by field, so that it can be cut short between two.

function Get-ThingPlace {
    param([object] $Target)
    if ($Target.place -ceq 'person') { return "person $(Get-TokenName)" }
    return $Target.place
}

Register-Kind 'thing' -Format 2 -Sometimes 'more' -Watch @{ every = 2 } -Get {
    param($Target)
    $thing = Get-FakeField (Get-FakeField (Get-FakeField (Read-Machine) 'things') (Get-ThingPlace $Target)) $Target.name
    if ($null -ne (Get-FakeField $thing 'broken')) { throw 'こわれています' }
    return $thing
} -Set {
    param($Target, $State)
    $place = Get-ThingPlace $Target
    if ($null -ne $State -and $null -ne (Get-Field $State 'wished')) { $null = Get-Secret 'wish' }
    if ($null -ne $State -and $null -ne (Get-Field $State 'locked')) { if ((New-Object Net.NetworkCredential('', (Get-Secret $State.locked))).Password -ceq '') { throw 'no password' } }
    $machine = Read-Machine
    if ($null -eq (Get-FakeField $machine 'things')) { Set-FakeField $machine 'things' ([pscustomobject] @{}) }
    if ($null -eq (Get-FakeField $machine.things $place)) { Set-FakeField $machine.things $place ([pscustomobject] @{}) }
    $thing = Get-FakeField $machine.things.$place $Target.name
    if ($null -ne (Get-FakeField $thing 'stubborn')) { return }
    if ($null -ne (Get-FakeField $thing 'refuses')) { throw 'ことわります' }
    if ($null -eq $State) { $machine.things.$place.PSObject.Properties.Remove($Target.name); Write-Machine $machine; return }
    if ($null -eq $thing) { $thing = [pscustomobject] @{}; Set-FakeField $machine.things.$place $Target.name $thing }
    foreach ($name in @(Get-FieldName $thing)) { if ((Get-FieldName $State) -cnotcontains $name -and $null -ne (Get-Field $State 'whole')) { $thing.PSObject.Properties.Remove($name) } }
    $breaks = $null -ne (Get-FakeField $thing 'halfway') -and $null -eq (Get-Field $State 'halfway')
    foreach ($name in @(Get-FieldName $State)) {
        Set-FakeField $thing $name $State.$name
        Write-Machine $machine
        if ($breaks) { throw 'とちゅうです' }
    }
} -ConfirmText {
    param($Target, $Wanted)
    Get-Field $Wanted 'loses'
} -Undo {
    param($Target, $Before, $Found)
    if ($null -ne (Get-Field $Found 'sticky')) { return [pscustomobject] @{ state = $Found; reason = '人が元に戻します。' } }
    $others = @(Get-OpenUserJournal)
    if ($Target.name -ceq 'account' -and $others.Length -gt 0) { return [pscustomobject] @{ state = $Found; reason = "まだ: $($others -join ' ')" } }
} -Secret {
    param($Target, $State, $Found)
    Get-Field $State 'locked'
    if ($null -ne (Get-Field $State 'wished')) {
        [pscustomobject] @{
            name = 'wish'; prompt = 'ひみつ'; rule = [string] (Get-FakeField $State 'rule' '^[a-z0-9]{1,12}$'); ruleText = 'CRYPT_PASS_RULE: 半角英数字で、12 桁以内です。'; twice = $true
            test = { param($Secret) if ($Secret.Length -eq 2) { '短すぎます。' }; if ($Secret.Length -eq 3) { throw 'スティックを読めません' } }
        }
    }
}

# The same without a secret and without a question.
$things = $script:Kind['thing']
Register-Kind 'plain' -Format 2 -Watch @{ every = 2 } -Get $things.get -Set $things.set

# What the PC cannot tell, and a person can.
Register-Kind 'person-sees' -Format 1 -PersonSees -Get { param($Target) return [pscustomobject] @{ unknown = '人が見ます。' } }

# Guided steps whose own questions fail.
Register-Kind 'asks' -Format 1 -Typed @{ asks = { throw '問いを出せません' }; digits = { 1 } } -Get { param($Target) return [pscustomobject] @{ x = 0 } }
Register-Kind 'guides' -Format 1 -Conversation { throw '案内を出せません' } -Get { param($Target) return [pscustomobject] @{ x = 0 } }

# Waits for a person: open while things.pc.<name> is there.
Register-Kind 'gate' -Format 1 -WaitsForPerson '再起動してください。' -Get {
    param($Target)
    $thing = Get-FakeField (Get-FakeField (Get-FakeField (Read-Machine) 'things') 'pc') $Target.name
    return [pscustomobject] @{ passed = ($null -ne $thing) }
}

# Takes twenty minutes once a person has begun it; things.pc.<name> is there when it has ended.
$script:Begun = @{}
Register-Kind 'runs' -Format 1 -Get {
    param($Target)
    return Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine) 'things') 'pc') $Target.name
} -Conversation {
    param($Step, $Pass)
    $found = Invoke-VerifyStep $Step $Pass
    if ($found.status -ceq 'ok') { return $found }
    $asks = '始めた'
    if ($script:Begun.ContainsKey($Step.id)) { $asks = 'まだ' }
    if ($asks -ceq '始めた' -or (Test-ComeBack $Step)) {
        Show-Guidance $Step
        if ((Read-StepAnswer -Claim $asks) -ceq 's') { return New-StepResult $Step -Status 'manual' -Message '後で' }
        if ($asks -ceq '始めた') { $script:Begun[$Step.id] = Get-LocalTime }
    }
    return New-BehindResult $Step "$($Step.title) 動作中" -Since $script:Begun[$Step.id] -Minutes 20 -Look {
        param($Step)
        if ((Invoke-VerifyStep $Step $script:Pass).status -ceq 'ok') { return 'ended' }
    }
}

# Files that are left over: things.pc.<name> = path → why it is not deleted. One that is locked stays.
function Get-FakeLeft { param([string] $Name) return Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine) 'things') 'pc') $Name }
Register-Kind 'leaves' -Format 1 -Clear @{
    find = {
        param($Target)
        $left = Get-FakeLeft $Target.name
        foreach ($path in @(Get-FieldName $left)) { [pscustomobject] @{ path = $path; why = [string] $left.$path } }
    }
    delete = {
        param($Path)
        if ($Path -match 'locked') { throw (New-Object IO.IOException('使用中です。')) }
        $machine = Read-Machine
        foreach ($thing in @($machine.things.pc.PSObject.Properties)) { $thing.Value.PSObject.Properties.Remove($Path) }
        Write-Machine $machine
    }
} -Get {
    param($Target)
    if (@(Get-FieldName (Get-FakeLeft $Target.name)).Length -gt 0) { return [pscustomobject] @{ unknown = '残っています。' } }
    return [pscustomobject] @{ clear = $true }
} -Test { param($Wanted, $Found) return ($null -ne $Wanted -and $null -ne $Found) }
