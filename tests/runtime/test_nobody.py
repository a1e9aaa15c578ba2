"""Where nobody can answer, nothing counts as an answer: not Enter alone, not a yes, not a password."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import PARTS
from tests.pc.assemble import needs_pwsh, plan, ready_machine
from tests.pc.installed import with_installed
from tests.pc.shell import PWSH
from tests.runtime.test_examples_run import built, sign_in, start
from tests.runtime.test_runtime import GUIDED, machine_result, made, statuses, thing, things

pytestmark = needs_pwsh

CONSOLE = PARTS / "common" / "console.native.ps1"
JOURNAL = "Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl"


@pytest.mark.parametrize("options", [[], ["-NonInteractive"]])
@pytest.mark.parametrize("typed", ["", "\n"])
def test_the_shipped_console_says_that_nobody_answers(
    options: list[str], typed: str, tmp_path: Path
) -> None:
    """Input that is no console, at its end; and what stands in a file is no password that was typed hidden."""
    path = tmp_path / "ask.ps1"
    path.write_text(
        f". '{CONSOLE}'\n"
        "$null = Read-ConsoleLine 'a'; $line = Read-ConsoleLine 'b'; $secret = Read-ConsoleSecret 'c'\n"
        '[Console]::Out.WriteLine(); [Console]::Out.Write("$($null -eq $line) $($null -eq $secret)")'
    )
    done = subprocess.run(
        [PWSH, "-NoProfile", *options, "-File", str(path)],
        capture_output=True,
        encoding="utf-8",
        input=typed,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "True True"


def entries(folder: Path, event: str) -> list[str]:
    """The steps of such entries in the person's journal."""
    path = folder / JOURNAL
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [one["step"] for one in map(json.loads, lines) if one["event"] == event]


def test_what_is_asked_is_left_for_later_and_asked_again(tmp_path: Path) -> None:
    steps = [GUIDED, thing("seen", {"x": 1}, person=True, how="guided")]
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan(steps))
    for _ in range(2):
        done = computer.run(script, "Apply", "User", nobody=True)
        assert done.exit == 5 and not done.errors, done
        assert set(statuses(computer.result()).values()) == {"manual"}
        assert all("答える人がいない" in step["message"] for step in computer.result()["steps"])
        assert entries(tmp_path, "confirmed") == []
    done = computer.run(script, "Apply", "User", answers=["", "s"])
    assert entries(tmp_path, "confirmed") == ["guided"]


def test_nobody_agrees_and_nobody_knows_a_password(tmp_path: Path) -> None:
    steps = [
        thing("loses", {"x": 1, "loses": "消えます"}),
        thing("locked", {"x": 1, "locked": "OqsComApp"}),
    ]
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(steps))
    done = computer.run(script, "Apply", "Machine", nobody=True)
    assert done.exit == 5 and not done.errors, done
    assert statuses(machine_result(computer)) == {"pc-loses": "manual", "pc-locked": "skipped"}
    assert "loses" not in computer.machine["things"]["pc"]


def test_nobody_says_that_another_computer_is_meant(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(computer="OTHER"))
    script = computer.bundle(plan([]))
    done = computer.run(script, "Apply", "Machine", nobody=True)
    assert done.exit == 2 and not done.errors, done
    assert "思わぬ問題" not in done.console


def test_an_example_with_nobody_there_confirms_and_decides_nothing(tmp_path: Path) -> None:
    """Whatever a setting asks in its own way, and whatever Enter alone means there."""
    computer, script, steps = built(tmp_path, "clinic")
    assert start(computer, script, "Apply") == (5, 4)
    computer.machine = with_installed(computer.machine, steps)
    sign_in(computer, "OqsComApp")
    for scope in ("Machine", "User"):
        done = computer.run(script, "Apply", scope, nobody=True)
        assert done.exit == 5 and not done.errors, done
        assert "思わぬ問題" not in done.console
    asked = {step["id"] for step in steps["steps"] if step["how"] in ("guided", "manual")}
    assert asked & set(entries(tmp_path, "confirmed")) == set()
    found = statuses(computer.result())
    kinds = {step["id"]: step["kind"] for step in steps["steps"]}
    decided = {name for name, status in found.items() if status == "changed"}
    assert {kinds[name] for name in decided} & {
        "portal-password",
        "credential",
        "certificate",
    } == set()
    kept = tmp_path / "Users/OqsComApp/AppData/Local/oqsgen/keep"
    assert not (kept / "portal.kept").exists()
