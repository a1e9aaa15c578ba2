"""Journals on a PC: those of an earlier version, changed as somebody's program or a dying disk would change them.

Reading one never ends the pass. Where PowerShell finds nothing strange in it, the targets that it would undo are
those that another reader of the same lines finds, in the same order: none is lost, and none comes from nowhere.
"""

import json
import random
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests import ROOT
from tests.fuzz.claims import change
from tests.fuzz.engine import several
from tests.pc.shell import Done, file_of, run_file

MADE_BY = ROOT / "tests" / "made-by"
EVENTS = [
    "before",
    "set",
    "restoring",
    "restored",
    "completed",
    "confirmed",
    "unconfirmed",
    "unable",
    "Before",
    "x",
    "",
]

READ = """
param([string] $Folder, [string] $Pc)
. $Pc
Initialize-Pc
$all = foreach ($file in [IO.Directory]::GetFiles($Folder, '*.jsonl')) {
    $answer = @{ name = [IO.Path]::GetFileName($file); error = ''; strange = @(); open = @() }
    try {
        $journal = Read-Journal $file
        $answer.strange = @($journal.strange | ForEach-Object { "$_" })
        $answer.open = @($journal.open.Keys | ForEach-Object { "$_" })
    }
    catch { $answer.error = "$_ $($_.ScriptStackTrace)" }
    $answer
}
ConvertTo-Json @($all) -Depth 4 -Compress
"""


@cache
def journals() -> list[list[str]]:
    """The lines of every journal that 0.1.0 left in the tests' PCs."""
    return [
        path.read_text("utf-8").splitlines()
        for path in sorted(MADE_BY.rglob("*.jsonl"))
        if path.stat().st_size
    ]


def changed(rng: random.Random) -> bytes:
    lines = list(rng.choice(journals()))
    for _ in several(rng, 4):
        at = rng.randrange(len(lines))
        what = rng.choice(["drop", "twice", "move", "other", "event", "value", "value", "key"])
        if what == "drop" and len(lines) > 1:
            del lines[at]
        elif what == "twice":
            lines.insert(rng.randrange(len(lines) + 1), lines[at])
        elif what == "move":
            rng.shuffle(lines)
        elif what == "other":
            lines.insert(at, rng.choice(rng.choice(journals())))
        else:
            entry = json.loads(lines[at])
            if not isinstance(entry, dict):
                continue
            if what == "event":
                entry["event"] = rng.choice(EVENTS)
            elif what == "key" and "key" in entry:
                entry["key"] = rng.choice(["", "a", "KEY", str(entry["key"]).upper(), "鍵"])
            else:
                change(entry, rng)
            lines[at] = json.dumps(entry, ensure_ascii=rng.random() < 0.5)
    data = bytearray("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    if rng.random() < 0.2:
        at = rng.randrange(len(data))
        data[at : at + 1] = rng.choice([b"", b"\n", b"\x00", b"\xff", b'"', b"{"])
    return bytes(data[: rng.randrange(len(data))] if rng.random() < 0.1 else data)


def open_targets(data: bytes) -> list[str] | None:
    """The targets that stand open in a journal; None where no such reader could say."""
    found: dict[str, None] = {}
    try:
        lines = data[: data.rfind(b"\n") + 1].decode("utf-8").split("\n")
        for line in filter(None, lines):
            entry: Any = json.loads(line)
            key = entry.get("key")
            if entry["event"] not in EVENTS[:6] or not isinstance(key, str | None):
                return None
            if entry["event"] == "before":
                found.setdefault(key or "")
            elif entry["event"] == "restored":
                found.pop(key or "", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return list(found)


def read(folder: Path) -> list[dict[str, Any]]:
    arguments = {"Folder": str(folder), "Pc": str(ROOT / "tests" / "pc" / "Pc.ps1")}
    with tempfile.TemporaryDirectory() as pc:
        done: Done = run_file(file_of(READ), arguments, {"OQSGEN_FAKE": pc})
    assert not done.errors and not done.exit, done
    answers: list[dict[str, Any]] = json.loads(done.output)
    return answers


def broken(seed: int, numbers: range) -> tuple[int, list[str]]:
    """How many of these cases were read without anything strange, and those that broke the rule."""
    bad, clean = [], 0
    with tempfile.TemporaryDirectory() as folder:
        data = {}
        for number in numbers:
            data[f"{number}.jsonl"] = changed(random.Random(f"journals {seed} {number}"))
        for name, one in data.items():
            (Path(folder) / name).write_bytes(one)
        answers = read(Path(folder))
    assert len(answers) == len(data)
    for answer in answers:
        wanted = open_targets(data[answer["name"]])
        if answer["error"]:
            bad.append(f"{seed} {answer['name']}: {answer['error']}")
        elif not answer["strange"]:
            clean += 1
            if wanted is not None and wanted != answer["open"]:
                bad.append(f"{seed} {answer['name']}: {answer['open']} and not {wanted}")
    return clean, bad
