# What a machine needs to answer docs/first-pc.md. On a spare Windows, elevated, in Windows PowerShell 5.1:
# `. tests\pc\first-pc.ps1 C:\bundle` brings every function of the bundle's script, native layer included, and these.
param([Parameter(Mandatory = $true)] [string] $Bundle)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$script:Bundle = (Resolve-Path -LiteralPath $Bundle).ProviderPath
$script:BundleScript = [IO.Path]::Combine($script:Bundle, 'terminal.ps1')

function Get-ScriptPart {
    # The functions of the script as text, or its plan.
    param([switch] $Plan)
    $text = [IO.File]::ReadAllText($script:BundleScript)
    # Behind what the script makes of its own environment.
    $from = $text.IndexOf("`n", $text.LastIndexOf('$env:', $text.IndexOf("`nfunction ")))
    $to = $text.LastIndexOf('$plan = @''')
    if (-not $Plan) { return $text.Substring($from, $to - $from) }
    $begin = $text.IndexOf("`n", $to) + 1
    return ConvertFrom-Json $text.Substring($begin, $text.IndexOf("`n'@", $begin) - $begin)
}

. ([scriptblock]::Create((Get-ScriptPart)))

function Get-PlanStep {
    # A step of the bundle by its id.
    param([string] $Id)
    $found = @((Get-ScriptPart -Plan).steps | Where-Object { $_.id -ceq $Id })
    if ($found.Length -ne 1) { throw "this bundle has no step $Id" }
    return $found[0]
}

function Add-TypedSecret {
    # A password, as if it had been typed.
    param([string] $Name, [string] $Text)
    $secret = New-Object Security.SecureString
    foreach ($character in $Text.ToCharArray()) { $secret.AppendChar($character) }
    $script:Secret[$Name] = $secret
}

function Test-RoundTrip {
    # Get, Set wanted, Get, Set back, Get: whether it was as wanted in between, and is as before.
    param([string] $Id)
    $step = Get-PlanStep $Id
    $before = Get-State $step.kind $step.target
    Invoke-Set $step.kind -Target $step.target -State $step.wanted
    $after = Get-State $step.kind $step.target
    Invoke-Set $step.kind -Target $step.target -State $before
    $back = Get-State $step.kind $step.target
    return [pscustomobject] @{
        wanted = (Test-State $step.kind -Wanted $step.wanted -Found $after)
        back = (Test-SameState $step.kind $before $back)
        states = @($before, $after, $back)
    }
}

function Test-NativeType {
    # Compiles every native type, wherever its Add-Type stands; a line for each that does not compile.
    $text = [IO.File]::ReadAllText($script:BundleScript)
    foreach ($match in [regex]::Matches($text, "(?s)Add-Type -IgnoreWarnings -TypeDefinition @'\r?\n(.*?)\r?\n'@")) {
        $names = @([regex]::Matches($match.Groups[1].Value, '(?m)^    public (?:static )?class (\w+)') | ForEach-Object { $_.Groups[1].Value })
        # What a function compiled before is there already.
        if (@($names | Where-Object { -not ("OqsGen.$_" -as [type]) }).Length -eq 0) { continue }
        try { Add-Type -IgnoreWarnings -TypeDefinition $match.Groups[1].Value }
        catch { "$([regex]::Match($match.Groups[1].Value, 'class (\w+)').Groups[1].Value): $_" }
    }
}

function Invoke-Pass {
    # One pass of the script with nobody at the keyboard; its code last.
    param([string] $Mode, [string] $Scope)
    $policy = @('-NoProfile', '-ExecutionPolicy', 'Bypass')
    '' | powershell.exe @policy -File $script:BundleScript -Mode $Mode -Scope $Scope
    $LASTEXITCODE
}

function Invoke-Launcher {
    # A launcher with nobody at the keyboard; its code last.
    param([string] $Name)
    cmd.exe /d /c "`"`"$([IO.Path]::Combine($script:Bundle, "$Name.cmd"))`" < NUL`""
    $LASTEXITCODE
}
