"""The rounds of updating in the whole script: restarts between them, and what comes after waits."""

import json
import re
from pathlib import Path
from typing import Any

from oqsgen.subjects.distribution import kinds as distribution_kinds
from tests.pc.assemble import HERE, Pc, needs_pwsh, pc, plan, ready_machine
from tests.runtime.test_conversation import number

pytestmark = needs_pwsh

CYCLE = distribution_kinds.update_cycle_finished()
STEPS: list[dict[str, Any]] = [
    {
        "id": "distribution-update",
        "kind": CYCLE.kind,
        "how": "guided",
        "target": CYCLE.target,
        "wanted": CYCLE.wanted,
    },
    {"id": "test-later", "kind": "guided", "how": "guided"},
]
CLEAN, RESTART, LATER = "1", "3", "s"


def computer(folder: Path) -> tuple[Pc, Path]:
    power = json.loads((HERE / "pc.json").read_text("utf-8"))["power"]
    made = pc(folder, ready_machine(power=power))
    return made, made.bundle(plan(STEPS))


def start(made: Pc, script: Path, answer: str, mode: str = "Apply") -> tuple[int | None, list[Any]]:
    """The user pass of one start of the launcher; its code, and the status of each step."""
    replies = [{"prompt": "番号", "answer": answer}, {"prompt": "Enter 済んだ", "answer": ""}]
    outcome = made.run(script, mode, "User", replies=replies)
    assert not outcome.errors
    return outcome.exit, [step["status"] for step in made.result()["steps"]]


def restart(made: Pc) -> None:
    made.machine = made.machine | {"boot": made.machine["boot"] + "+"}


def test_three_rounds(tmp_path: Path) -> None:
    made, script = computer(tmp_path)
    assert start(made, script, RESTART) == (5, ["restart", "unknown"])
    assert start(made, script, CLEAN) == (5, ["restart", "unknown"]), "not restarted yet"
    restart(made)
    assert start(made, script, LATER) == (5, ["manual", "manual"])
    assert start(made, script, RESTART) == (5, ["restart", "manual"]), "what was confirmed stays so"
    restart(made)
    assert start(made, script, CLEAN) == (0, ["ok", "manual"])
    assert start(made, script, RESTART) == (0, ["ok", "manual"]), "asked nothing again"
    assert start(made, script, "", "Verify") == (0, ["ok", "manual"])


def test_no_end_after_three_restarts(tmp_path: Path) -> None:
    made, script = computer(tmp_path)
    for _ in range(3):
        assert start(made, script, RESTART) == (5, ["restart", "unknown"])
        restart(made)
    assert start(made, script, RESTART) == (6, ["drift", "manual"])
    assert "NOT_CONVERGED" in made.result()["steps"][0]["message"]
    assert start(made, script, "", "Verify")[0] == 6
    assert start(made, script, CLEAN) == (0, ["ok", "manual"]), "from the beginning, when asked"


def test_killed_in_between_it_asks_again(tmp_path: Path) -> None:
    made, _ = computer(tmp_path / "fresh")
    replies = [{"prompt": "番号", "answer": RESTART}, {"prompt": "Enter 済んだ", "answer": ""}]
    for place in range(1, 20):
        other = made.copy(tmp_path / str(place))
        if not other.run(other.script(), "Apply", "User", crash=place, replies=replies).killed:
            break
        code, status = start(other, other.script(), RESTART)
        assert (code, status) == (5, ["restart", "unknown"]), place
    assert place > 6, "no place may go"


ROUNDS = [
    number("12", ["distribution-update"]) | {"title": "更新 1 回目"},
    number("15", []) | {"title": "更新 2 回目（最大 3 回）", "goesOn": "12"},
]


def test_from_its_second_round_on_it_is_the_number_that_goes_on(tmp_path: Path) -> None:
    """On the screen, and where it says what is left."""
    made, _ = computer(tmp_path)
    script = made.bundle(plan(STEPS[:1], numbers=ROUNDS))
    first, second = "12  更新 1 回目", "15  更新 2 回目（最大 3 回）"
    for answer, headed, left in (
        (LATER, "12/15  更新 1 回目", [first, second]),
        (RESTART, "12/15  更新 1 回目", [second]),
        (LATER, "15/15  更新 2 回目（最大 3 回）", [second]),
    ):
        replies = [{"prompt": "番号", "answer": answer}]
        shown = made.run(script, "Apply", "User", replies=replies).console
        asked, told = shown.split(f"■ 残り {len(left)} 件")
        assert headed in asked, shown
        assert answer == RESTART or all(f"    {each} " in told for each in left), shown
        (page,) = tmp_path.rglob("stick/results/*/*.html")
        rows = re.findall(r"<tr><td>(\d+)</td>", page.read_text("utf-8"))
        assert rows == [each.split()[0] for each in left]
        restart(made)
