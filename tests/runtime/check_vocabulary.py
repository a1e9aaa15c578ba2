"""Checks ``vocabulary.json`` against the commands that a real Windows PowerShell 5.1 has.

``python tests/runtime/check_vocabulary.py commands.json``; the file maps each command to its ``parameters``
(and ``parameterAliases``). Exits 1 where a command or a parameter of ours is not in it, nor a command that
``docs/first-pc.md`` has a person or a machine run.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

if __package__:
    from tests.runtime.vocabulary import COMMON, ROOT, vocabulary
else:
    from vocabulary import COMMON, ROOT, vocabulary  # type: ignore[import-not-found, no-redef]


def differences(words: Mapping[str, Iterable[str]], commands: Mapping[str, Any]) -> list[str]:
    """What 5.1 does not have, or has under another name."""
    found = []
    for name, parameters in words.items():
        real = commands.get(name)
        if real is None or name.startswith("_"):
            found.append(f"{name}: Windows PowerShell 5.1 has no such command")
            continue
        names = set(real.get("parameters", ())) | COMMON
        aliases = real.get("parameterAliases", {})
        for parameter in parameters:
            if parameter in names:
                continue
            hint = f" (write -{aliases[parameter]})" if parameter in aliases else ""
            found.append(f"{name}: no parameter -{parameter}{hint}")
    return found


HOST = {"Start-VM", "Stop-VM"}
"""Hyper-V's, of the PC on which a virtual machine runs."""


def page_commands() -> dict[str, Iterable[str]]:
    """Windows' own commands in ``docs/first-pc.md``: those of its code that are no functions of ours."""
    text = (ROOT / "docs" / "first-pc.md").read_text("utf-8")
    files = [*(ROOT / "templates" / "ps1").rglob("*.ps1"), ROOT / "tests/pc/first-pc.ps1"]
    own = {
        name
        for file in files
        for name in re.findall(r"^function ([\w-]+)", file.read_text("utf-8-sig"), re.MULTILINE)
    }
    named = re.findall(
        r"(?<![\w\\/.-])[A-Z]\w+-[A-Z]\w+(?![\w\\.-])",
        " ".join(re.findall(r"`([^`]+)`", text)),
    )
    return {name: () for name in sorted(set(named) - own - HOST)}


def main(arguments: list[str]) -> int:
    """The exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    commands = json.loads(Path(arguments[0]).read_text("utf-8"))
    found = [*differences(vocabulary(), commands), *differences(page_commands(), commands)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
