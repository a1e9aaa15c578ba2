"""Verbs mean what they do: what is called as if it only looked reaches nothing that changes the PC."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import PARTS
from tests.pc.code import json_of_code
from tests.runtime.vocabulary import vocabulary

LOOKING = ("Get", "Test", "Find", "Read", "ConvertTo", "ConvertFrom", "Select")
LOOKING_BLOCKS = ("Get", "Test", "Undo", "ReadOlder", "Secret", "ConfirmText", "Notice")

HARMLESS = {
    # Windows' commands.
    "Add-Type": "compiles a type for this process",
    "ForEach-Object": "the language's",
    "Group-Object": "the language's",
    "Invoke-CimMethod": "asks a process for its owner, and nothing else (vocabulary.json)",
    "Measure-Object": "the language's",
    "New-Object": "the language's",
    "New-WinUserLanguageList": "makes an object for Set-WinUserLanguageList",
    "Sort-Object": "the language's",
    "Start-Sleep": "waits",
    "Where-Object": "the language's",
    # Our native layer's.
    "Assert-PlainPath": "throws where a path leads elsewhere",
    "Clear-ConsoleInput": "throws away what was typed before anybody asked",
    "Clear-ConsoleScreen": "empties the window",
    "Connect-TaskService": "opens the service to ask it",
    "Export-CertificateCopy": "gives bytes",
    "Import-NativeType": "compiles types for this process",
    "Import-ProtectionType": "loads types into this process",
    "Open-CertificateStore": "opens a store to read it",
    "Open-ConsoleKey": "shows a question",
    "Open-PlainFile": "opens a file to read it",
    "Open-RegistryHive": "opens a hive to read it; who writes opens the key itself",
    "Open-TcpConnection": "opens a connection and says nothing over it",
    "Protect-MachineByte": "gives bytes",
    "Protect-OwnByte": "gives bytes",
    "Resolve-HostAddress": "asks DNS",
    "Resolve-HostAddressList": "asks DNS",
    "Send-DnsOverTcp": "asks DNS",
    "Unprotect-MachineByte": "gives bytes",
    "Unprotect-OwnByte": "gives bytes",
    "Wait-Beep": "beeps, and waits",
    "Push-ConsoleScreen": "empties the window",
    "Write-ConsoleAbove": "speaks in the window",
    "Write-ConsoleLine": "speaks in the window",
    "Write-ConsoleText": "speaks in the window",
}
"""Windows' commands and functions of the native layer that change nothing of the PC whatever their verb says."""

ALLOWED = {
    "Get-KeyedHash": "makes the key of this person's hashes when one is asked for the first time",
    "Get-MadePassword": "keeps what it makes before anybody is shown it, so that no power cut loses it",
    "Read-PortalRecord": "replaces what 0.1.0 kept, from which a password could be computed",
    "Open-AskedPage": "opens a page on the person's word, as any answer does something",
    "Get-SecretOutcome": "notes what was tried, so that looking ten times does not lock an account",
}
"""Functions that look, and may change something all the same. What calls them still only looks."""

READ = """
$calls = { param($body)
    $commands = Find-Code CommandAst $body | ForEach-Object { $_.GetCommandName() }
    # Methods of .NET that write files and folders.
    $methods = Find-Code InvokeMemberExpressionAst $body |
        Where-Object { $_.Static -and $_.Expression.Extent.Text -match '^\\[(System\\.)?IO\\.(File|Directory)\\]$' -and "$($_.Member)" -match '^(Append|Copy|Create|Delete|Move|Replace|Set|Write)' } |
        ForEach-Object { "$($_.Expression)::$($_.Member)" }
    @(@($commands) + @($methods) | Where-Object { $_ } | Select-Object -Unique)
}
$found = foreach ($file in ConvertFrom-Json '%s') {
    $tree = Read-Code $file
    foreach ($function in Find-Code FunctionDefinitionAst $tree) {
        @{ file = $file; name = $function.Name; calls = @(& $calls $function.Body) }
    }
    foreach ($kind in Find-Code CommandAst $tree | Where-Object { $_.GetCommandName() -eq 'Register-Kind' }) {
        foreach ($element in $kind.CommandElements) {
            if ($element -is [Management.Automation.Language.CommandParameterAst]) { $parameter = $element.ParameterName }
            elseif ($element -is [Management.Automation.Language.ScriptBlockExpressionAst]) {
                @{ file = $file; name = "$($kind.CommandElements[1].Value) -$parameter"; calls = @(& $calls $element) }
            }
        }
    }
}
ConvertTo-Json @($found) -Depth 4
"""


@dataclass(frozen=True)
class Code:
    """A function, or a block of a kind (``share -Get``), with what it calls."""

    name: str
    calls: tuple[str, ...]
    is_native: bool

    @property
    def only_looks(self) -> bool:
        """Whether its name says so."""
        kind, _, block = self.name.partition(" -")
        return block in LOOKING_BLOCKS if block else kind.partition("-")[0] in LOOKING


@cache
def codes() -> dict[str, Code]:
    """Name → code, of all parts."""
    paths = [str(path) for path in sorted(PARTS.glob("*/*.ps1"))]
    found: list[dict[str, Any]] = json_of_code(READ % json.dumps(paths))
    return {
        one["name"]: Code(
            one["name"], tuple(one["calls"]), Path(one["file"]).name.endswith(".native.ps1")
        )
        for one in found
    }


def changes(name: str) -> bool:
    """Whether a call of ``name`` by itself changes something: Windows' command, .NET's, or native."""
    code = codes().get(name)
    if "]::" in name:
        return True
    if name in HARMLESS or (code is None and name not in vocabulary()):
        return False
    return (code is None or code.is_native) and name.partition("-")[0] not in LOOKING


def way(name: str, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The calls by which ``name`` comes to something that changes the PC; empty where it does not."""
    if changes(name):
        return (name,)
    code = codes().get(name)
    if code is None or name in seen or (seen and name in ALLOWED) or name in HARMLESS:
        return ()
    for called in code.calls:
        rest = way(called, seen | {name})
        if rest:
            return (name, *rest)
    return ()


def looking() -> Iterator[str]:
    """What says by its name that it only looks."""
    yield from (name for name, code in codes().items() if code.only_looks)


@pytest.mark.needs("pwsh")
def test_what_only_looks_changes_nothing() -> None:
    assert sum(1 for _ in looking()) > 500
    wrong = [" → ".join(way(name)) for name in looking() if name not in ALLOWED and way(name)]
    assert wrong == []


@pytest.mark.needs("pwsh")
def test_what_changes_is_seen() -> None:
    """The way goes through functions of ours, and ends in the native layer, in Windows or in .NET."""
    assert way("Set-StaticDnsList")[-1] == "Set-StaticDnsList"
    assert way("share -Set")[-1] in ("New-Folder", "Remove-SmbShare")
    assert way("Invoke-MachinePass")
    assert way("Remove-ProtectedItem")[-1] == "[IO.File]::Delete"
    assert way("registry -Get") == ()


@pytest.mark.needs("pwsh")
def test_no_reason_is_left_over() -> None:
    called = {name for code in codes().values() for name in code.calls}
    assert HARMLESS.keys() <= called
    assert [name for name in ALLOWED if not way(name)] == []
