"""Every command of the PC of data that changes something may be killed, and may fail; and refuses who may not.

``tests/pc/machine.ps1`` says how.
"""

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
    "Clear-ClipboardText": "nothing that stays",
    "Clear-ConsoleScreen": "our own window",
    "Initialize-ModulePath": "a variable of our own process",
    "Initialize-Temp": "a variable of our own process",
    "Protect-MachineByte": "bytes in, bytes out",
    "Protect-OwnByte": "bytes in, bytes out",
    "Push-ConsoleScreen": "our own window",
    "Set-ClipboardText": "nothing that stays; session.json lets it fail",
    "Set-ConsoleMode": "our own window",
    "Start-Handing": "the clipboard: nothing that stays; session.json lets it fail",
    "Start-WindowRest": "our own window",
    "Stop-Handing": "the clipboard: nothing that stays",
    "Stop-WindowRest": "our own window",
    "Write-ConsoleAbove": "shown, and nothing changed",
    "Write-ConsoleLine": "shown, and nothing changed",
    "Write-ConsoleText": "shown, and nothing changed",
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


OWN = {
    "Add-Certificate": "stores of the person",
    "Add-FileText": "our own files",
    "Clear-Folder": "our own files",
    "Enable-PowerScheme": "Windows lets everybody choose a plan",
    "Import-CertificateKey": "stores of the person",
    "Initialize-File": "our own files",
    "Initialize-Folder": "our own files",
    "Initialize-PersonFolder": "files of the person",
    "Invoke-Shutdown": "Windows lets everybody at the PC restart it",
    "New-Folder": "Windows lets everybody make folders in the root of a drive",
    "Protect-Path": "our own files",
    "Remove-Certificate": "stores of the person",
    "Remove-Credential": "credentials of the person",
    "Remove-DesktopFile": "the person's desktop",
    "Start-ElevatedPass": "Windows asks the person",
    "Remove-HeldFolder": "what New-Folder made",
    "Remove-PersonFile": "files of the person",
    "Remove-PersonFolder": "files of the person",
    "Remove-OwnFolder": "our own files",
    "Rename-HeldFile": "its folder says who may",
    "Rename-OwnFolder": "our own files",
    "Resize-File": "our own files",
    "Set-Credential": "credentials of the person",
    "Set-DisplayScale": "displays of the person",
    "Set-WinInetProxy": "the person's proxy",
    "Write-Event": "whoever is signed in may write into the log Application",
    "Write-FileText": "our own files",
    "Write-NewFile": "our own files",
    "Write-PersonFile": "files of the person",
}


@pytest.mark.parametrize("name", sorted(filter(CHANGES.match, FUNCTIONS)))
def test_what_changes_the_computer_is_refused_without_administrator_rights(name: str) -> None:
    """What a person may do without them is named, with the reason."""
    if name not in HARMLESS:
        assert ("Assert-Elevated" in calls(name)) != (name in OWN)
