"""What the script is made of: every native function has its fake, and the linter has nothing to say."""

import json
import subprocess
from pathlib import Path

from .assemble import FAKE, PWSH, ROOT, needs_pwsh, script

pytestmark = needs_pwsh

PARTS = ROOT / "templates" / "ps1"

FUNCTIONS = """
$names = @{}
foreach ($file in $args) {
    $tree = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
    $found = $tree.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)
    $names[$file] = @($found | ForEach-Object { $_.Name })
}
ConvertTo-Json $names -Depth 3
"""

LINT = """
Import-Module PSScriptAnalyzer
$rules = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') } }
# A kind's block has the parameters of its contract, used or not.
$found = Invoke-ScriptAnalyzer -Path $args[0] -ExcludeRule PSReviewUnusedParameter -Severity Warning, Error, ParseError -Settings @{
    IncludeDefaultRules = $true; Rules = $rules
}
$found | ForEach-Object { "$($_.Line) $($_.RuleName) $($_.Message)" }
"""

CSHARP = """
# Windows PowerShell compiles C# 5.
foreach ($file in $args) {
    $tree = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
    $strings = { $args[0] -is [Management.Automation.Language.StringConstantExpressionAst] -and $args[0].Value -match 'namespace OqsGen' }
    foreach ($text in $tree.FindAll($strings, $true)) { Add-Type -TypeDefinition $text.Value -CompilerOptions '/langversion:5' }
}
"""


def pwsh(tmp_path: Path, text: str, *arguments: str | Path) -> str:
    """Runs a few lines of PowerShell; what they write."""
    path = tmp_path / "lines.ps1"
    path.write_text(text, "utf-8-sig")
    command = [str(PWSH), "-NoProfile", "-NonInteractive", "-File", str(path), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert not done.returncode and not done.stderr, done
    return done.stdout


def test_every_native_function_has_its_fake(tmp_path: Path) -> None:
    """Compilers of native types aside, which a fake does not need."""
    native = sorted((PARTS / "native").glob("*.ps1"))
    fakes = sorted(FAKE.glob("*.ps1"))
    found = json.loads(pwsh(tmp_path, FUNCTIONS, *native, *fakes))
    called = "\n".join(
        path.read_text("utf-8")
        for name in ("runtime", "kinds")
        for path in (PARTS / name).glob("*.ps1")
    )
    needed = {name for path in native for name in found[str(path)] if name in called}
    assert needed - {name for path in fakes for name in found[str(path)]} == set()
    shipped = [name for path in native for name in found[str(path)]]
    assert len(shipped) == len(set(shipped))


def test_the_linter_is_content(tmp_path: Path) -> None:
    path = tmp_path / "terminal.ps1"
    shipped = "\n".join(p.read_text("utf-8") for p in sorted((PARTS / "native").glob("*.ps1")))
    fake = "\n".join(p.read_text("utf-8").strip("\n") + "\n" for p in sorted(FAKE.glob("*.ps1")))
    text = script({"format": 1})
    assert fake in text
    path.write_text(text.replace(fake, shipped), "utf-8-sig")
    assert pwsh(tmp_path, LINT, path) == ""


def test_native_types_are_csharp_5(tmp_path: Path) -> None:
    pwsh(tmp_path, CSHARP, *sorted((PARTS / "native").glob("*.ps1")))
