"""The turn of one of the staff: OqsComApp signs out at that number, the person's own pass follows, and OqsComApp goes on."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.continuation import RUN_ONCE, continuation
from tests.pc.assemble import Outcome, Pc, account, needs_pwsh, plan, ready_machine

from .test_conversation import STAFF, number
from .test_copy import BUNDLES, ID
from .test_examples_run import signed_in
from .test_leaving import KEY, apply, left
from .test_runtime import made, statuses, thing, things

pytestmark = needs_pwsh

OWN = rf"HKU\uketsuke1\{RUN_ONCE}"
NUMBERS = [
    number("1", ["ask"]),
    number("2", ["staff"]) | {"id": "staff", "person": "uketsuke1", "minutes": 6, "wait": 3},
    number("3", ["tidy"], "2"),
    number("4", ["by-hand"]),
]
STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("colour", {"rgb": [1]}, person=True, who="everyone"),
    *({"id": id, "kind": "manual", "how": "manual"} for id in ("ask", "tidy", "by-hand")),
    STAFF | {"open": "ms-settings:otherusers"},
]


def pc(folder: Path, **machine: Any) -> Pc:
    """A PC with a copy, on which OqsComApp is signed in and uketsuke1 has an account."""
    data = ready_machine(things=things(), registry={KEY: {}, OWN: {}}, now="2026-11-21 12:00")
    data["accounts"]["uketsuke1"] = account(1003)
    computer = made(folder, data | machine)
    script = computer.bundle(
        plan(STEPS, siblings={}, numbers=NUMBERS, continuation=continuation("2026-11-21"))
    )
    assert computer.start(script).exit == 0
    return computer


def script_of(computer: Pc) -> Path:
    return computer.folder / BUNDLES / ID / "terminal.ps1"


def goes(computer: Pc, *answers: Any, run: str = "a", **session: Any) -> Outcome:
    return apply(computer, script_of(computer), *answers, run=run, **session)


def armed_by(computer: Pc) -> list[str]:
    """For whom something starts by itself at the next sign-in."""
    registry = computer.machine["registry"]
    return [name for name, key in (("OqsComApp", KEY), ("uketsuke1", OWN)) if registry.get(key)]


def turn(computer: Pc, **session: Any) -> Outcome:
    """uketsuke1 signs in, opens the Start menu's entry, and signs out at Enter."""
    assert signed_in(computer, "uketsuke1") == []
    return computer.run(script_of(computer), "Apply", "User", run="u", answers=[""], **session)


def back(computer: Pc, *answers: str, now: str = "2026-11-21 12:15") -> Outcome:
    """OqsComApp signs in again, and what is armed opens."""
    (command,) = signed_in(computer, "OqsComApp")
    assert command.endswith(' continue"')
    computer.machine |= {"now": now}
    done = computer.run(
        script_of(computer), "Apply", "User", run="b", options=["-Continued"], answers=answers
    )
    assert not done.errors, done
    return done


def test_the_number_says_who_signs_in_next_and_signs_out(tmp_path: Path) -> None:
    computer = pc(tmp_path)
    done = goes(computer, "", "")
    assert "次は uketsuke1 でサインインします" in done.console and done.exit == 5
    assert "Enter サインアウトする  n できない" in done.console and "Enter 済んだ" not in (
        done.console.split("2/4  作業2")[1]
    )
    # What comes after it waits, and nobody is asked for anything once more.
    assert left(computer) == "sign-out" and armed_by(computer) == ["OqsComApp"]
    result = computer.result()
    assert "next" not in result and statuses(result)["tidy"] == "manual"
    assert (
        "項目 by-hand ―――" not in done.console and "後日" not in done.console.split("\n番号: ")[1]
    )
    theirs = turn(computer)
    assert left(computer) == "sign-out" and armed_by(computer) == ["OqsComApp"], theirs
    again = back(computer, "", "")
    assert "Enter 続ける" not in again.console and "uketsuke1 ―――" not in again.console
    assert again.exit == 0 and armed_by(computer) == [] and "項目 tidy ―――" in again.console


def test_who_comes_back_late_is_asked_to_go_on(tmp_path: Path) -> None:
    """Longer than the turn takes."""
    computer = pc(tmp_path)
    goes(computer, "", "")
    turn(computer)
    assert "Enter 続ける" in back(computer, "q", now="2026-11-21 12:20").console
    assert armed_by(computer) == []


def test_what_the_turn_lacks_is_named_and_comes_again(tmp_path: Path) -> None:
    """Nothing was done in it; the number takes a word, too."""
    computer = pc(tmp_path)
    goes(computer, "", "")
    again = back(computer, "1", "1", "", "")
    assert "uketsuke1 の結果は、まだ USB メモリーにありません" in again.console
    assert again.exit == 0 and armed_by(computer) == []


def test_an_account_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    """The settings open for whoever makes it; nobody signs out before."""
    there = {"accounts": {"uketsuke1": account(1003)}}
    computer = pc(tmp_path)
    machine = computer.machine
    del machine["accounts"]["uketsuke1"]
    computer.machine = machine
    done = goes(computer, "", "", {"accounts": machine["accounts"] | there["accounts"]}, "")
    assert "uketsuke1 は、まだこの PC にありません。" in done.console
    assert done.console.count("Enter 追加した") >= 1 and left(computer) == "sign-out"
    assert "ms-settings:otherusers" in (tmp_path / "opened.txt").read_text("utf-8")


def test_an_installer_that_runs_is_not_cut_off(tmp_path: Path) -> None:
    computer = pc(tmp_path, programs=["OqsInstall.exe"])
    done = goes(computer, "", "", "s", "")
    # It stands on the screen that asks again, and not above it.
    screen = done.console.split("2/4  作業2")[-1].split("Enter サインアウトする")[0]
    assert screen.count("\n  × OqsInstall.exe が動いています。終わってから Enter\n") == 1
    assert done.console.count("が動いています") == 1
    assert left(computer) == "" and armed_by(computer) == [] and done.exit == 5


def test_a_refusal_of_windows_leads_on_by_hand(tmp_path: Path) -> None:
    computer = pc(tmp_path, shutdown=1115)
    done = goes(computer, "", "")
    assert "→ サインアウトし、uketsuke1 でサインインし、スタート メニューの" in done.console
    assert armed_by(computer) == []


@pytest.mark.parametrize("whose", ["account", "staff"])
def test_killed_at_any_write_of_it_the_next_start_goes_on(tmp_path: Path, whose: str) -> None:
    """From the Enter on, and in the person's own pass."""
    ready = pc(tmp_path / "ready")
    if whose == "staff":
        goes(ready, "", "")
    counted = ready.copy(tmp_path / "counted")
    last = (goes(counted, "", "") if whose == "account" else turn(counted)).chances
    assert last > 8
    for place in range(last - 8, last + 1):
        computer = ready.copy(tmp_path / f"{place}")
        if whose == "account":
            done = computer.run(script_of(computer), "Apply", "User", answers=["", ""], crash=place)
        else:
            done = turn(computer, crash=place)
        assert done.killed, place
        turn(computer)
        signed_in(computer, "OqsComApp")
        done = goes(computer, *["", "", ""], run="d")
        assert done.exit == 0 and armed_by(computer) == [], (place, done)
