"""Compare what two checkouts of oqsgen make of the examples of the second one.

    python tests/compare_bundles.py OLD NEW

For a change that moves code and changes nothing. Every file of every bundle has to be the same
bytes, but for ``terminal.ps1``, the manifest and the catalog over it. In ``terminal.ps1`` the plan
has to be the same text, and the code the same functions, assignments and commands in any order.
Needs ``pwsh``, whose parser finds them. Prints each difference; exit code 1 if there is one.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

DIFFER_WITH_THE_SCRIPT = {"bundle.json", "bundle.cat"}
SCRIPT = "terminal.ps1"

STATEMENTS = """
param([string] $Path)
$tree = [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $null)
$texts = foreach ($statement in $tree.EndBlock.Statements) { $statement.Extent.Text }
ConvertTo-Json @($texts)
"""

Tree = dict[str, bytes]


def build(checkout: Path, examples: Path, home: Path) -> Tree:
    """Path → bytes of every bundle that ``checkout`` builds of ``examples``."""
    scripts = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, function = scripts["oqsgen"].partition(":")
    code = f"import sys; from {module} import {function}; sys.exit({function}())"
    target = home / "dist"
    shutil.rmtree(target, ignore_errors=True)
    for example in sorted(examples.glob("*.yaml")):
        subprocess.run(
            [sys.executable, "-c", code, "build", example, "-o", target / example.stem],
            check=True,
            cwd=home,
            capture_output=True,
            env=os.environ
            | {"PYTHONPATH": str(checkout), "HOME": str(home), "XDG_DATA_HOME": str(home)},
        )
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


def statements(script: bytes, folder: Path) -> list[str]:
    """The top statements of a script, without its signature, in the order of their text."""
    path = folder / "statements.ps1"
    path.write_text(STATEMENTS, "utf-8")
    (folder / SCRIPT).write_bytes(script)
    pwsh = os.environ.get("PWSH", "pwsh")
    command = [pwsh, "-NoProfile", "-NonInteractive", "-File", str(path), str(folder / SCRIPT)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return sorted(json.loads(done.stdout))


def differences(old: Tree, new: Tree, folder: Path) -> list[str]:
    """One line for each difference."""
    found = [f"only in one: {path}" for path in sorted(old.keys() ^ new.keys())]
    code: dict[tuple[str, ...], str] = {}
    for path in sorted(old.keys() & new.keys()):
        name = path.rpartition("/")[2]
        if name == SCRIPT:
            before, after = (statements(tree[path], folder) for tree in (old, new))
            for label, texts, other in (("gone", before, after), ("new", after, before)):
                for text in texts:
                    if text not in other or texts.count(text) != other.count(text):
                        code.setdefault((label, text), path)
        elif name not in DIFFER_WITH_THE_SCRIPT and old[path] != new[path]:
            found.append(f"differs: {path}")
    found += [f"{path}: {label}: {text}" for (label, text), path in code.items()]
    return found


def main() -> int:
    """The exit code; see above."""
    old, new = (Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        trees = [build(checkout, new / "specs" / "examples", home) for checkout in (old, new)]
        found = differences(trees[0], trees[1], home)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(trees[1])} files, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
