"""The script of an example clinic, whole, on a PC as it comes: set up in two sessions, then undone."""

import json
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
ROUND = ("smallest", "staff-accounts")


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


@pytest.mark.parametrize("name", ROUND)
def test_an_example_is_set_up_and_undone(tmp_path: Path, name: str) -> None:
    document, problems = load(folder("specs") / "examples" / f"{name}.yaml")
    assert document is not None, problems
    site = resolve(document)[0][0]
    files = dict(make_bundle(site, None).files)
    computer = pc(tmp_path, {})
    script = computer.built(files)
    before = machine_for(plan_of(files["terminal.ps1"]))
    computer.machine = before
    enter = [""] * 200

    machine, user = both(computer, script, "Apply", "a1", [SECRET, SECRET])
    assert (machine, user) in ((5, 4), (6, 4)), trouble(computer)
    assert not [t for t in trouble(computer).values() if t.startswith("failed")], trouble(computer)
    data = computer.machine
    data["accounts"]["OqsComApp"]["profile"] = True
    computer.machine = data | {"explorer": "OqsComApp"}
    both(computer, script, "Apply", "a2", enter)
    assert not [t for t in trouble(computer).values() if t.startswith("failed")], trouble(computer)
    applied = computer.machine
    both(computer, script, "Apply", "a3", enter)
    statuses = {step["status"] for step in computer.result()["steps"]}
    assert "changed" not in statuses and computer.machine == applied

    assert both(computer, script, "Rollback", "r1", [])[1] == 0, trouble(computer)
    computer.machine = computer.machine | {"explorer": "setup"}
    assert both(computer, script, "Rollback", "r2", []) == (0, 4), trouble(computer)
    after = computer.machine
    assert after["accounts"].pop("OqsComApp")["enabled"] is False
    for machine_data in (after, before):
        machine_data.pop("security", None)
        machine_data.pop("explorer")
        # Whether the time service runs at the moment is no setting.
        machine_data["services"]["W32Time"].pop("running")
    assert after == before
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name not in ("machine.json", "session.json"):
            assert SECRET.encode() not in path.read_bytes(), path
