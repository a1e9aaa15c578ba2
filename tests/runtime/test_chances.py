"""Every command of the PC of data that changes something may be killed, and may fail (``tests/pc/machine.ps1``)."""

import re

import pytest

from tests import ROOT

CHANGES = re.compile(
    r"(Add|Clear|Disable|Enable|Grant|Import|Initialize|Invoke|New|Protect|Register|Remove|Rename|Resize"
    r"|Revoke|Set|Start|Stop|Sync|Unregister|Update|Write)-(?!Fake|Machine)"
)
FUNCTION = re.compile(r"^function ([\w-]+) (\{[^\n]*\}|\{.*?\n\})$", re.MULTILINE | re.DOTALL)
FUNCTIONS = {
    name: body
    for path in [
        ROOT / "tests/pc/machine.ps1",
        *sorted((ROOT / "tests/subjects").rglob("*.fake.ps1")),
    ]
    for name, body in FUNCTION.findall(path.read_text("utf-8"))
}
HARMLESS = {
    "Initialize-ModulePath": "a variable of our own process",
    "Initialize-Temp": "a variable of our own process",
    "Protect-OwnByte": "bytes in, bytes out",
    "Write-ConsoleLine": "shown, and nothing changed",
}


def calls(name: str) -> set[str]:
    """The functions that one calls, and those that these call."""
    found: set[str] = set()
    todo = {name}
    while todo:
        body = FUNCTIONS[todo.pop()]
        new = {word for word in re.findall(r"[A-Z]\w+-\w+", body) if word in FUNCTIONS} - found
        found |= new
        todo |= new
    return found


@pytest.mark.parametrize("name", sorted(filter(CHANGES.match, FUNCTIONS)))
def test_what_changes_is_a_chance(name: str) -> None:
    assert ("Test-Chance" in calls(name)) != (name in HARMLESS)
