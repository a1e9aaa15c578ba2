"""What the script is made of: every native function has its fake."""

import json
import subprocess
from pathlib import Path

from .assemble import FAKE, ROOT, needs_pwsh
from .shell import PWSH

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


def pwsh(tmp_path: Path, text: str, *arguments: str | Path) -> str:
    """Runs a few lines of PowerShell; what they write."""
    path = tmp_path / "lines.ps1"
    path.write_text(text, "utf-8-sig")
    command = [PWSH, "-NoProfile", "-NonInteractive", "-File", str(path), *map(str, arguments)]
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
