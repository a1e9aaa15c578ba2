"""Whether what a run on the PC of data saw is what the kinds declare."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oqsgen.plan.kind import SAID, names
from oqsgen.subjects import KINDS
from tests.pc.assemble import Pc

Seen = tuple[str, str, str]
"""A kind, ``target``, ``wanted`` or ``found``, and a field that it had."""

RETIRED = {"name", "share-access", "task-repetition"}
"""Kinds of releases that only looked, so that no journal knows a thing by them, and that nothing asks for any more."""


def assert_declared(computer: Pc) -> None:
    """Every field in the results and journals of the PC is one that its kind declares."""
    found = undeclared({*_of_results(computer), *_of_journals(computer)})
    assert not found, found


def undeclared(seen: set[Seen]) -> list[str]:
    """Those of the fields that their kinds do not declare."""
    return sorted(
        f"{kind}: {part} {name}"
        for kind, part, name in seen
        if kind not in RETIRED and name not in _declared(kind, part)
    )


def found_in(path: Path) -> set[Seen]:
    """What ``Add-SeenField`` of ``Pc.ps1`` has left in a file, if it was called."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {(kind, "found", name) for kind, _, name in (line.partition(" ") for line in lines)}


def _declared(kind: str, part: str) -> set[str]:
    fields = names(getattr(KINDS[kind], part))
    return fields | names(SAID) if part == "found" else fields


def _of_results(computer: Pc) -> Iterator[Seen]:
    for result in computer.results():
        # What rolling back wants is what was there before.
        wanted = "found" if result["mode"] == "Rollback" else "wanted"
        for step in result["steps"]:
            yield from _fields(step["kind"], wanted, step["wanted"])
            yield from _fields(step["kind"], "found", step["found"])


def _of_journals(computer: Pc) -> Iterator[Seen]:
    for path in computer.folder.glob("**/*.jsonl"):
        kinds: dict[str, str] = {}
        for entry in map(json.loads, path.read_text("utf-8").splitlines()):
            if entry["event"] == "before":
                kind = kinds[entry["key"]] = entry["kind"]
                yield from _fields(kind, "target", entry["target"])
                yield from _fields(kind, "wanted", entry["wanted"])
                yield from _fields(kind, "found", entry["before"])
            if entry["event"] == "set":
                yield from _fields(kinds[entry["key"]], "found", entry["after"])


def _fields(kind: str, part: str, data: Mapping[str, Any] | None) -> Iterator[Seen]:
    yield from ((kind, part, name) for name in data or ())
