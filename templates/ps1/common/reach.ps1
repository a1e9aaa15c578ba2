# Whether endpoints can be reached as the terminal reaches them: straight, or by a proxy (empty text: straight).

$script:ReachRefusal = @{
    407 = 'プロキシがユーザー名とパスワードを求めています。認証なしで通すように、院内のネットワーク担当者に頼んでください。'
    403 = 'プロキシがこの接続先を許可していません。許可するように、院内のネットワーク担当者に頼んでください。'
}

Register-Kind 'reach' -Format 1 -Get {
    param($Target)
    $endpoints = @($Target.places)
    $direct = @($endpoints | Where-Object { $_.proxy -ceq '' })
    $problems = [ordered] @{}
    foreach ($endpoint in $endpoints) { $problems["$($endpoint.host):$($endpoint.port)"] = '応答がありません。' }
    # Names of endpoints behind a proxy are the proxy's to resolve.
    $hosts = @($direct | ForEach-Object { $_.host }) +
        @($endpoints | Where-Object { $_.proxy -cne '' } | ForEach-Object { Get-ReachHost $_.proxy })
    $known = @{}
    foreach ($answer in (Resolve-HostAddressList -HostName @($hosts | Select-Object -Unique))) {
        $known[$answer.host] = @($answer.addresses)
    }
    $named = @($direct | Where-Object { $known[$_.host].Length -gt 0 })
    foreach ($endpoint in $direct) {
        if ($known[$endpoint.host].Length -eq 0) { $problems["$($endpoint.host):$($endpoint.port)"] = '名前を解決できません。' }
    }
    if ($named.Length -gt 0) {
        $open = Test-TcpPortList -Endpoint @($named | ForEach-Object { [pscustomobject] @{ addresses = $known[$_.host]; port = $_.port } })
        for ($i = 0; $i -lt $named.Length; $i++) { if ($open[$i]) { $problems.Remove("$($named[$i].host):$($named[$i].port)") } }
    }
    $spoke = $problems.Count -lt $endpoints.Length
    foreach ($group in @($endpoints | Where-Object { $_.proxy -cne '' } | Group-Object -Property proxy)) {
        $addresses = $known[(Get-ReachHost $group.Name)]
        $goals = @($group.Group | ForEach-Object { "$($_.host):$($_.port)" })
        if ($addresses.Length -eq 0) { foreach ($goal in $goals) { $problems[$goal] = "プロキシ $($group.Name) の名前を解決できません。" }; continue }
        $answers = Test-ProxyTunnel -Address $addresses -Port ([int] $group.Name.Split(':')[-1]) -Goal $goals
        for ($i = 0; $i -lt $goals.Length; $i++) {
            if ($answers[$i] -ne 0) { $spoke = $true }
            if ($answers[$i] -ge 200 -and $answers[$i] -le 299) { $problems.Remove($goals[$i]) }
            elseif ($script:ReachRefusal.ContainsKey($answers[$i])) { $problems[$goals[$i]] = $script:ReachRefusal[$answers[$i]] }
            elseif ($answers[$i] -ne 0) { $problems[$goals[$i]] = "プロキシからの応答: $($answers[$i])" }
            else { $problems[$goals[$i]] = "プロキシ $($group.Name) から応答がありません。" }
        }
    }
    $texts = @($problems.Keys | ForEach-Object { "$_ … $($problems[$_])" })
    if (-not $spoke) {
        $text = 'どこにもつながりません。回線がまだつながっていないか、ネットワークの設定を確かめてください。'
        return [pscustomobject] @{ unknown = "$text$($texts -join ' ')$(Get-AuthenticationText)" }
    }
    $state = [ordered] @{ reached = ($endpoints.Length - $problems.Count); unreachable = @($problems.Keys) }
    if ($texts.Length -gt 0) { $state.message = "つながらない接続先があります。$($texts -join ' ')" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    $least = Get-Field $Wanted 'reached'
    if ($null -ne $least) { return ($Found.reached -ge $least) }
    return (@($Found.unreachable).Length -eq 0)
}

# Where an NTT line is authenticated (回線認証).
$script:AuthenticationSite = 'www.lineauth.mnw'

function Get-AuthenticationText {
    # What is looked at next where nothing answers: whether the line is authenticated, where it has to be. Then a step of the
    # plan asks its site.
    $steps = @(Get-Field (Get-Field $script:Pass 'plan') 'steps' | ForEach-Object { $_ } | Where-Object { $_ -and $_.kind -ceq 'reach' })
    $places = @($steps | ForEach-Object { $_.target.places } | Where-Object { $_.host -ceq $script:AuthenticationSite })
    if ($places.Length -eq 0) { return '' }
    return " 次に、回線認証を確かめてください。Microsoft Edge で $script:AuthenticationSite を開き、認証に成功していなければ、" +
        '「オンライン資格確認等システム接続ガイド（IP-VPN接続方式）」の3-1に従います。回線の工事の後は、認証がもう一度要ることがあります。'
}

function Get-ReachHost {
    # The host of "host:port".
    param([string] $Server)
    return $Server.Substring(0, $Server.LastIndexOf(':'))
}
