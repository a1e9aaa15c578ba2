"""One elevated process a start: it stays, is told go and end, and whatever happens to it or to the other side, nothing is lost."""

import fcntl
import time
from pathlib import Path
from typing import Any

from tests.pc.assemble import PATIENCE, Beside, Outcome, Pc, needs_pwsh, plan, ready_machine
from tests.pc.columns import unwrapped

from .test_runtime import made, statuses, thing, things

pytestmark = needs_pwsh

STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("own", {"x": "y"}, person=True),
    thing("late", {"after": "own"}, after=["person-own"]),
    thing("colour", {"rgb": [1, 2, 3]}, person=True),
]


def first_start(folder: Path, **session: Any) -> tuple[Pc, Beside, Path]:
    """A PC whose elevated process has answered once; its copy's script."""
    computer = made(folder, ready_machine(things=things()))
    script = computer.bundle(plan(STEPS))
    beside = computer.launch(script, **session)
    return computer, beside, folder / "ProgramData/oqsgen/bundle" / ("b" * 16) / "terminal.ps1"


def user_pass(computer: Pc, script: Path, **session: Any) -> Outcome:
    done = computer.run(script, "Apply", "User", source=computer.script().parent, **session)
    assert not done.errors, done
    return done


def test_what_becomes_possible_is_done_in_the_same_start(tmp_path: Path) -> None:
    computer, beside, script = first_start(tmp_path)
    first = computer.answered("run-1")
    assert first and first["round"] == 1 and first["exit"] == 5
    assert statuses(first) == {"pc-sleep": "changed", "pc-late": "unknown"}
    done = user_pass(computer, script)
    assert done.exit == 0 and not beside.thread.is_alive(), done
    last = computer.answered("run-1")
    assert last and last["round"] == 2 and last["exit"] == 0 and last["next"] == []
    result = computer.result()
    assert result["exit"] == 0
    assert set(statuses(result).values()) == {"changed"}
    assert computer.machine["things"]["pc"]["late"] == {"after": "own"}


def test_the_window_that_goes_takes_nothing_from_what_the_other_shows(tmp_path: Path) -> None:
    """It may go later than the other pass goes on."""
    shown = tmp_path / "console.txt"
    shown.write_text("続きの画面\n")
    computer, _, script = first_start(tmp_path)
    until = time.monotonic() + PATIENCE
    while not (tmp_path / "windows.txt").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (tmp_path / "windows.txt").read_text() == "False\n"
    assert shown.read_text() == "続きの画面\n"
    assert user_pass(computer, script).exit == 0


def test_a_window_that_was_closed_by_hand_asks_windows_again(tmp_path: Path) -> None:
    """The process is gone when it is needed: the next one goes on where the first had answered."""
    computer, beside, script = first_start(tmp_path)
    beside.alive.unlink()
    done = user_pass(computer, script)
    last = computer.answered("run-1")
    assert done.exit == 0 and last and last["round"] == 2, (done, last)
    assert statuses(last) == {"pc-sleep": "changed", "pc-late": "changed"}


FACE = r"C:\OQS\face"
SIGNED: dict[str, Any] = {"id": "look", "kind": "guided", "how": "guided", "open": ""}
SIGNED |= {"sign": {"folder": FACE, "what": "結果のファイル"}}


def test_what_somebody_has_changed_since_is_set_again_for_the_machine(tmp_path: Path) -> None:
    """By the elevated process that is there, without another question of Windows."""
    sleep = STEPS[0] | {"kind": "plain"}
    checks = [
        {"title": "スリープ", "step": "pc-sleep", "kind": "plain", "remedy": "電源を見てください。"}
    ]
    checks[0] |= {"target": STEPS[0]["target"], "wanted": STEPS[0]["wanted"]}
    doctor = {"id": "doctor", "kind": "first-fault", "how": "verify", "target": {"checks": checks}}
    number: dict[str, Any] = {
        "label": "1",
        "id": "one",
        "title": "接続",
        "person": None,
        "needs": [],
        "later": "施設",
    }
    computer = made(tmp_path, ready_machine(things=things()))
    steps = [sleep, SIGNED, doctor | {"wanted": {"fault": ""}}]
    script = computer.bundle(plan(steps, numbers=[number | {"steps": ["look", "doctor"]}]))
    computer.launch(script)
    copy = tmp_path / "ProgramData/oqsgen/bundle" / ("b" * 16) / "terminal.ps1"
    somebody = {"things": {"pc": {"sleep": {"ac": 30, "dc": 0}}}}
    done = user_pass(computer, copy, answers=[somebody, "n", "", "", ""], uac=["いいえ"])
    assert done.exit == 0, done
    shown = unwrapped(done.console)
    assert "原因    スリープ: " in shown and "には決められたとおりでした" in shown, shown
    assert "スリープ  ○ 直しました" in done.console and "許可" not in done.console
    assert computer.machine["things"]["pc"]["sleep"] == {"ac": 0, "dc": 0}
    last = computer.answered("run-1")
    assert last and last["round"] == 2 and statuses(last) == {"pc-sleep": "changed"}


def test_who_declines_is_asked_again_and_goes_on_only_by_s(tmp_path: Path) -> None:
    computer, beside, script = first_start(tmp_path)
    beside.alive.unlink()
    no = {"uac": ["いいえ", "いいえ"], "answers": ["", "x", "s"]}
    done = user_pass(computer, script, **no)
    assert done.exit == 5 and done.console.count("管理者の許可が得られませんでした") == 2, done
    assert statuses(computer.result())["pc-late"] == "unknown"
    # Where Windows is refused in a start from the copy, what is known of the machine stays known.
    refused = user_pass(computer, script, run="run-1b", uac=["いいえ"], answers=["s"])
    assert refused.exit == 5 and statuses(computer.result())["pc-sleep"] == "ok"
    # The next start from the copy has it done, by its one question.
    assert user_pass(computer, script, run="run-2", uac=["いいえ"], answers=[""]).exit == 0
    assert computer.machine["things"]["pc"]["late"] == {"after": "own"}
    # And one with nothing for the machine asks nothing.
    silent = user_pass(computer, script, run="run-3", uac=["いいえ"] * 9)
    assert silent.exit == 0 and "許可" not in silent.console and not computer.answered("run-3")


def test_a_round_that_finds_another_start_at_work_says_so_and_stays(tmp_path: Path) -> None:
    computer, beside, script = first_start(tmp_path)
    with (tmp_path / "ProgramData/oqsgen/journal/lock").open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = user_pass(computer, script)
    assert "oqsgen が別のところで動いている" in unwrapped(done.console)
    assert computer.result()["exit"] == 5
    answered = computer.answered("run-1")
    assert answered and answered["round"] > 1 and answered["exit"] == 5
    assert statuses(answered) == {"pc-sleep": "changed", "pc-late": "unknown"}
    assert not beside.thread.is_alive()
    assert user_pass(computer, script, run="run-2").exit == 0


def test_it_ends_when_nobody_holds_its_start_any_more(tmp_path: Path) -> None:
    computer, beside, script = first_start(tmp_path)
    done = computer.run(script, "Apply", "User", crash=3)
    assert done.killed and not beside.thread.is_alive()
    assert user_pass(computer, script, run="run-2").exit == 0


def test_killed_between_go_and_its_answer_the_next_one_of_the_start_goes_on(tmp_path: Path) -> None:
    ready, _, script = first_start(tmp_path / "ready")
    (chances,) = ready.folder.glob("chances-*.txt")
    first = len(chances.read_text())
    user_pass(ready, script)
    last = len(chances.read_text())
    assert last > first + 6, (first, last)
    for chance in (first + 1, first + 4):
        computer, beside, script = first_start(tmp_path / str(chance), crash=chance)
        computer.beside.clear()
        done = user_pass(computer, script, answers=[""])
        beside.thread.join()
        assert beside.done and "killed" in beside.done.errors
        assert done.exit == 0, (chance, done)
        assert computer.machine["things"]["pc"]["late"] == {"after": "own"}
        answered = computer.answered("run-1")
        assert answered and answered["exit"] == 0 and answered["next"] == []
