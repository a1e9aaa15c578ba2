"""1_適用 and 2_確認 count the same as left, in the same words: what one has put off the other does not find to be wrong."""

import json
import re
from pathlib import Path

import pytest

from tests.pc.assemble import Outcome, needs_pwsh, plan, ready_machine

from .test_conversation import ONE, messages, number
from .test_runtime import MANUAL, made, statuses, thing

pytestmark = needs_pwsh

STEPS = [
    thing("seen", {"x": 1}, person=True, how="guided"),
    ONE,
    thing("own", {"x": 1}, person=True),
    thing("look", {"x": 1}, person=True, how="verify"),
    MANUAL,
]
NUMBERS = [
    number("1", ["person-seen"]),
    number("2", ["one", "person-own"]),
    number("3", ["by-hand", "person-look"]),
]


def said(done: Outcome) -> tuple[str, list[str]]:
    """The headline and the numbers that are left, each with whose it is."""
    assert not done.errors, done
    headline = re.findall("^■ (.*)$", done.console, re.M)[-1]
    lines = re.findall(r"^    (\d+  .*)$", done.console.split(f"■ {headline}")[-1], re.M)
    return headline, lines


LATER, DONE, UNABLE = ("s",), ("",), ("n", "2")
ANSWERS = [
    (LATER, LATER, LATER),
    (LATER, DONE, UNABLE),
    (LATER, UNABLE, DONE),
    (UNABLE, LATER, DONE),
    (UNABLE, DONE, LATER),
]


@pytest.mark.parametrize(("seen", "one", "by_hand"), ANSWERS)
@pytest.mark.parametrize("look", [0, 1])
def test_looking_says_what_applying_said(
    tmp_path: Path, seen: tuple[str, ...], one: tuple[str, ...], by_hand: tuple[str, ...], look: int
) -> None:
    """Whatever was put off, was said to be done or could not be."""
    things = {"person OqsComApp": {"look": {"x": look}}}
    computer = made(tmp_path, ready_machine(things=things))
    script = computer.bundle(plan(STEPS, numbers=NUMBERS))
    first = computer.run(script, "Apply", "User", run="r", answers=[*seen, *one, *by_hand])
    kept = messages(computer)
    again = computer.run(script, "Verify", "User", run="r2")
    assert said(first) == said(again)
    assert again.exit == first.exit
    open_steps = ("person-seen", "one", "by-hand")
    assert {id: messages(computer)[id] for id in open_steps} == {id: kept[id] for id in open_steps}


def test_what_was_as_wanted_and_is_so_no_more_is_wrong(tmp_path: Path) -> None:
    """Neither left, however much else is."""
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan(STEPS, numbers=NUMBERS))
    computer.run(script, "Apply", "User", run="r", answers=["s", "", "s"])
    assert statuses(computer.result())["person-own"] == "changed"
    things = {"person OqsComApp": {"own": {"x": 2}, "look": {"x": 1}}}
    computer.machine = computer.machine | {"things": things}
    again = computer.run(script, "Verify", "User", run="r2")
    assert said(again)[0] == "要確認 1 件" and again.exit == 6
    assert statuses(computer.result())["person-own"] == "drift"


def test_a_refused_pass_in_between_changes_nothing(tmp_path: Path) -> None:
    """Nor one of another bundle, or one of which nothing can be read."""
    computer = made(tmp_path, ready_machine(things={"person OqsComApp": {"look": {"x": 1}}}))
    script = computer.bundle(plan(STEPS, numbers=NUMBERS))
    first = computer.run(script, "Apply", "User", run="r", answers=["s", "", "s"])
    (path,) = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/result.json")
    result = json.loads(path.read_text("utf-8"))
    later = {
        "20991231-000001": {**result, "steps": [], "exit": 2},
        "20991231-000002": {**result, "bundle": {**result["bundle"], "id": "another"}},
        "20991231-000003": {},
    }
    for when, content in later.items():
        folder = path.parent.with_name(f"{when}_Apply_OqsComApp")
        folder.mkdir()
        (folder / "result.json").write_text(json.dumps(content), "utf-8")
    again = computer.run(script, "Verify", "User", run="r2")
    assert said(first) == said(again) and again.exit == first.exit == 5


def test_what_was_said_after_the_last_result_counts(tmp_path: Path) -> None:
    """A window was closed before its result was written."""
    computer = made(tmp_path, ready_machine(things={}))
    script = computer.bundle(plan(STEPS, numbers=NUMBERS))
    computer.run(script, "Apply", "User", run="r", answers=["s", "", "n", "2"])
    assert statuses(computer.result())["by-hand"] == "failed"
    computer.run(script, "Apply", "User", run="r1", answers=["s", ""])
    for path in computer.folder.glob("**/results/*/result.json"):
        if json.loads(path.read_text("utf-8"))["run"] == "r1":
            path.unlink()
    computer.run(script, "Verify", "User", run="r2")
    assert statuses(computer.result())["by-hand"] == "manual"


def test_what_waits_for_a_restart_is_left(tmp_path: Path) -> None:
    waits = thing("wait", {"x": 1, "restart": True}, person=True)
    steps = [waits, thing("seen", {"x": 1}, person=True, how="guided", after=["person-wait"])]
    computer = made(tmp_path, ready_machine(things={}))
    script = computer.bundle(plan(steps, numbers=[number("1", ["person-wait", "person-seen"])]))
    computer.run(script, "Apply", "User", run="r", answers=["s"])
    assert statuses(computer.result())["person-seen"] in ("unknown", "manual")
    again = computer.run(script, "Verify", "User", run="r2")
    assert said(again)[0].startswith("残り"), again


def test_a_setting_that_was_left_is_wrong(tmp_path: Path) -> None:
    """Its password was not typed; what a person has still to do is left, beside it."""
    wish = thing("wish", {"x": 1, "locked": "receiptcom"}, secrets=["receiptcom"])
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan([wish, ONE], numbers=[number("1", ["pc-wish", "one"])]))
    for mode, run, status, code in (
        ("Apply", "r", "skipped", 5),
        ("Verify", "r2", "drift", 6),
    ):
        machine = computer.run(script, mode, "Machine", run=run, answers=[""])
        computer.run(script, mode, "User", run=run, answers=["s"])
        found = statuses(computer.result())
        assert (found["pc-wish"], found["one"], machine.exit) == (status, "manual", code)
