"""The script of an example clinic, whole, on a PC as it comes: set up in two sessions, then undone."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from oqsgen.bundle import make_bundle
from oqsgen.document import load
from oqsgen.resources import folder
from oqsgen.site import resolve

from .assemble import HERE, Pc, needs_pwsh, pc, plan_of

pytestmark = needs_pwsh

SECRET = "Ima-Kimeta-3!"
EXAMPLES = sorted(path.stem for path in (folder("specs") / "examples").glob("*.yaml"))
AUDITS = ["p12-hyogo-ika-shika"]
SET_UP = [name for name in EXAMPLES if name not in AUDITS]


def machine_for(plan: dict[str, Any]) -> dict[str, Any]:
    """A PC of the example's Windows and name."""
    data: dict[str, Any] = json.loads((HERE / "kinds" / "pc.json").read_text("utf-8"))
    windows = plan["windows"]
    release = {"edition": windows["editions"][0], "build": windows["minimumBuild"]}
    for number, name in enumerate(plan["staff"]):
        data["accounts"][name] = data["accounts"]["setup"] | {
            "sid": f"S-1-5-21-1-2-3-{1100 + number}",
            "administrator": False,
        }
    return data | {"computer": plan["bundle"]["terminal"], "windows": release}


def both(computer: Pc, script: Path, mode: str, run: str, answers: list[str]) -> tuple[int, int]:
    order = ("User", "Machine") if mode == "Rollback" else ("Machine", "User")
    done = [computer.run(script, mode, scope, run=run, answers=answers) for scope in order]
    assert not any(outcome.errors for outcome in done), done
    report = computer.run(script, mode, "User", run=run, options=["-ReportOnly"])
    assert not report.errors
    codes = {scope: outcome.exit for scope, outcome in zip(order, done, strict=True)}
    assert codes["Machine"] is not None and codes["User"] is not None
    return codes["Machine"], codes["User"]


def trouble(computer: Pc) -> dict[str, str]:
    return {
        step["id"]: f"{step['status']} {step['message']} {step['found']}"
        for step in computer.result()["steps"]
        if step["status"] in ("failed", "drift")
    }


def built(tmp_path: Path, name: str) -> tuple[Pc, Path, dict[str, Any]]:
    """A PC as it comes with the first terminal's bundle of an example; and what the PC is like."""
    document, problems = load(folder("specs") / "examples" / f"{name}.yaml")
    assert document is not None, problems
    site = resolve(document)[0][0]
    files = dict(make_bundle(site, None).files)
    computer = pc(tmp_path, {})
    script = computer.built(files)
    before = machine_for(plan_of(files["terminal.ps1"]))
    computer.machine = before
    return computer, script, before


def sign_in(computer: Pc, name: str) -> None:
    """Somebody restarts the PC and signs in."""
    data = computer.machine
    data["accounts"][name]["profile"] = True
    boots = int(data.get("boots", 0)) + 1
    boot = f"2026-11-21 07:{boots:02}:00.000"
    computer.machine = data | {"explorer": name, "boot": boot, "boots": boots}


def settings(computer: Pc) -> dict[str, Any]:
    """What the PC is like, but for our own folders."""
    data = computer.machine
    data.pop("security", None)
    return data


def like_before(computer: Pc, before: dict[str, Any]) -> None:
    """The PC is as it began, but for what cannot be undone and what changes by itself."""
    after = settings(computer)
    # Somebody has signed in: the account is disabled rather than removed.
    assert after["accounts"].pop("OqsComApp")["enabled"] is False
    for data in (after, before):
        for name in ("explorer", "boot", "boots"):
            data.pop(name, None)
        data["services"]["W32Time"].pop("running")
        for account in data["accounts"].values():
            account.pop("profile")
    assert after == before


@pytest.mark.parametrize("name", SET_UP)
def test_an_example_is_set_up_and_undone(tmp_path: Path, name: str) -> None:
    computer, script, before = built(tmp_path, name)
    enter = [""] * 200

    assert both(computer, script, "Verify", "v0", []) == (6, 4)
    assert settings(computer) == before
    assert both(computer, script, "Apply", "a1", [SECRET, SECRET]) == (5, 4), trouble(computer)
    sign_in(computer, "OqsComApp")
    assert both(computer, script, "Apply", "a2", enter) == (0, 0), trouble(computer)
    applied = computer.machine
    assert both(computer, script, "Verify", "v1", []) == (0, 0), trouble(computer)
    assert both(computer, script, "Apply", "a3", []) == (0, 0), trouble(computer)
    assert "changed" not in {step["status"] for step in computer.result()["steps"]}
    assert computer.machine == applied

    assert both(computer, script, "Rollback", "r1", [])[1] == 0, trouble(computer)
    sign_in(computer, "setup")
    assert both(computer, script, "Rollback", "r2", []) == (0, 4), trouble(computer)
    kept = [step["id"] for step in computer.result()["steps"] if step["status"] == "manual"]
    assert kept == ["oqscomapp-account"]
    like_before(computer, before)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name not in ("machine.json", "session.json"):
            assert SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("name", AUDITS)
def test_an_audit_only_looks(tmp_path: Path, name: str) -> None:
    computer, script, before = built(tmp_path, name)
    assert both(computer, script, "Verify", "v", []) == (6, 4)
    assert settings(computer) == before


def test_killed_at_random_places(tmp_path: Path) -> None:
    """Ended at fifty places on the way, an example goes on, or undoes; nothing is left half done."""
    fresh, _, before = built(tmp_path / "fresh", "p02-osaka-shika")
    before["services"]["W32Time"].pop("running")
    ready = fresh.copy(tmp_path / "ready")
    whole = ready.run(ready.script(), "Apply", "Machine", answers=[SECRET, SECRET])
    assert whole.exit == 5 and not whole.errors
    applied = ready.machine
    undone = ready.copy(tmp_path / "undone")
    back = undone.run(undone.script(), "Rollback", "Machine", run="r")
    assert back.exit == 0 and not back.errors
    assert whole.chances > 30 and back.chances > 20

    pick = random.Random(4)
    places = [
        (mode, start, 1 + pick.randrange(chances))
        for mode, start, chances in (
            ("Apply", fresh, whole.chances),
            ("Rollback", ready, back.chances),
        )
        for _ in range(25)
    ]
    for number, (mode, start, place) in enumerate(places):
        computer = start.copy(tmp_path / str(number))
        script = computer.script()
        answers = [SECRET, SECRET] if mode == "Apply" else []
        assert computer.run(script, mode, "Machine", crash=place, answers=answers).killed, place
        if mode == "Apply" and number % 2:
            again = computer.run(script, "Apply", "Machine", run="b", answers=[SECRET, SECRET])
            assert again.exit == 5 and computer.machine == applied, (place, again)
        last = computer.run(script, "Rollback", "Machine", run="c")
        assert last.exit == 0 and not last.errors, (mode, place, last)
        after = settings(computer)
        after["services"]["W32Time"].pop("running")
        assert after == before, (mode, place)
