"""Windows Update in a visit: a person begins it, and the visit goes on while it runs."""

from pathlib import Path
from typing import Any

from tests.pc.assemble import needs_pwsh, pc, plan, ready_machine
from tests.pc.columns import unwrapped
from tests.runtime.test_conversation import number

pytestmark = needs_pwsh

UPDATE: dict[str, Any] = {
    "id": "update",
    "kind": "updates",
    "how": "guided",
    "target": {"service": "update"},
    "wanted": {"pending": 0, "restart": False},
}
OTHER = {"id": "other", "kind": "guided", "how": "guided"}
RUNNING = {"pending": 2, "drivers": 0, "restart": False, "searched": "2026-11-21 11:00"}
DONE = RUNNING | {"pending": 0}
LATE = {"now": "2026-11-21 12:20"}
LINE = "  待ち  Windows Update  12:00 から 0 分（目安 20 分）"


def start(folder: Path, *answers: str | dict[str, Any], wait: int = 20) -> tuple[int, str, str]:
    """A visit with the update before another number: its code, the status of the update, the window."""
    computer = pc(folder, ready_machine(updates=RUNNING))
    numbers = [number("1", ["update"]) | {"wait": wait}, number("2", ["other"])]
    script = computer.bundle(plan([UPDATE, OTHER], numbers=numbers))
    done = computer.run(script, "Apply", "User", answers=list(answers))
    assert not done.errors and done.exit is not None, done
    return done.exit, computer.result()["steps"][0]["status"], done.console


def test_it_runs_behind_the_next_thing(tmp_path: Path) -> None:
    """The PC asks Windows Update no sooner than it should have ended: that takes minutes."""
    code, status, shown = start(tmp_path, "", "", LATE | {"updates": DONE})
    assert (code, status) == (0, "ok")
    assert "Enter 始めた  n " in shown and shown.count(LINE) >= 1
    assert "まだ確かめられません" not in shown


def test_a_restart_that_it_asks_for_is_told(tmp_path: Path) -> None:
    again = LATE | {"updates": RUNNING | {"restart": True}}
    code, status, shown = start(tmp_path, "", "", again, "", "s")
    assert (code, status) == (5, "manual")
    assert "再起動して、もう一度チェックしてください" in unwrapped(shown)


def test_somebody_says_that_it_has_ended(tmp_path: Path) -> None:
    """Nothing else is left to do."""
    code, status, shown = start(tmp_path, "", "", "", "s")
    assert (code, status) == (5, "manual") and "Enter 終わった" in shown
    assert "Enter 済んだ  n " in shown


def test_where_nothing_says_how_long_it_takes_it_is_asked_about_as_before(tmp_path: Path) -> None:
    code, status, shown = start(tmp_path, "s", "", wait=0)
    assert (code, status) == (5, "manual") and "始めた" not in shown
