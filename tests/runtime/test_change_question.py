"""An update shows what it will change before it changes anything."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Pc, needs_pwsh, plan, ready_machine
from tests.pc.columns import width
from tests.runtime.test_runtime import made, statuses, thing, things

pytestmark = needs_pwsh

STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("already", {"on": True}),
    thing("new", {"type": "DWord", "data": 1}),
    thing("colour", {"rgb": [1, 2, 3]}, person=True, who="everyone"),
]


def start(folder: Path, *, mode: str = "update", steps: Any = None) -> tuple[Pc, Path]:
    computer = made(folder, ready_machine(things=things()))
    of = plan(STEPS if steps is None else steps)
    return computer, computer.bundle(of | {"bundle": of["bundle"] | {"mode": mode}})


def results(computer: Pc, run: str = "run-1") -> dict[str, Any]:
    path = computer.folder / "ProgramData/oqsgen/results" / f"{run}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_it_lists_what_it_changes_and_begins_with_enter(tmp_path: Path) -> None:
    computer, script = start(tmp_path)
    done = computer.run(script, "Apply", "Machine", answers=[""])
    asked = done.console[: done.console.index("Enter 直して進む")]
    assert done.exit == 0 and "変更した" not in asked
    assert "1  項目 pc-sleep" in asked and "2  項目 pc-new" in asked and "already" not in asked
    assert all(width(line) <= 78 for line in asked.splitlines()[4:])
    user = computer.run(script, "Apply", "User", answers=[""])
    assert user.exit == 0 and "1  項目 person-colour" in user.console
    assert set(statuses(computer.result()).values()) == {"changed", "ok"}
    again = computer.run(script, "Apply", "Machine", nobody=True)
    assert again.exit == 0 and "直して進む" not in again.console


@pytest.mark.parametrize("more", [{"answers": ["q"]}, {"answers": ["5", "Q"]}, {"nobody": True}])
def test_nothing_is_changed_without_a_yes(tmp_path: Path, more: dict[str, Any]) -> None:
    computer, script = start(tmp_path)
    before = computer.machine["things"]
    for scope in ("Machine", "User"):
        done = computer.run(script, "Apply", scope, **more)
        assert done.exit == 2 and not done.errors and "何も変更していません" in done.console
        assert computer.machine["things"] == before


def test_one_value_is_left_as_it_is_for_a_reason(tmp_path: Path) -> None:
    computer, script = start(tmp_path)
    why = "院長の希望で ３０分 のまま"
    done = computer.run(script, "Apply", "Machine", answers=["１", why, ""])
    assert f"1  項目 pc-sleep 直さない（{why}）" in done.console
    found = results(computer)
    assert done.exit == 5 and statuses(found)["pc-sleep"] == "skipped"
    (message,) = (step["message"] for step in found["steps"] if step["id"] == "pc-sleep")
    assert why in message and statuses(found)["pc-new"] == "changed"
    assert computer.machine["things"]["pc"]["sleep"] == {"ac": 1800, "dc": 900}
    journal = (tmp_path / "ProgramData/oqsgen/journal/machine.jsonl").read_text("utf-8")
    (left,) = [e for e in map(json.loads, journal.splitlines()) if e["event"] == "unable"]
    assert (left["step"], left["cause"]) == ("pc-sleep", why)
    user = computer.run(script, "Apply", "User", answers=[""])
    assert "■ 残り 1 件" in user.console


def test_it_is_changed_after_all_without_a_reason_or_on_second_thoughts(tmp_path: Path) -> None:
    computer, script = start(tmp_path)
    done = computer.run(script, "Apply", "Machine", answers=["1", "", "2", "x", "2", ""])
    assert done.exit == 0
    assert set(statuses(results(computer)).values()) == {"changed", "ok"}


def test_only_an_update_asks(tmp_path: Path) -> None:
    computer, script = start(tmp_path, mode="new")
    done = computer.run(script, "Apply", "Machine", nobody=True)
    assert done.exit == 0 and "直して進む" not in done.console


def test_what_is_left_asks_for_no_password(tmp_path: Path) -> None:
    locked = thing("locked", {"x": 1, "locked": "OqsComApp"})
    computer, script = start(tmp_path, steps=[locked])
    done = computer.run(script, "Apply", "Machine", answers=["1", "あとで", ""])
    assert done.exit == 5 and statuses(results(computer))["pc-locked"] == "skipped"
    assert "パスワード" not in done.console
