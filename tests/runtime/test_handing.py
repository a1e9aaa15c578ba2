"""Values that are handed over: what lies on the clipboard while a question stands, and what the window says of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, needs_pwsh, plan, ready_machine
from tests.pc.columns import width
from tests.runtime.test_conversation import ONE, TWO, confirmed
from tests.runtime.test_runtime import made, thing

pytestmark = needs_pwsh

GIVES = [
    {"label": "1 行目 ドメイン", "value": "onshikaku.org"},
    {"label": "1 行目 優先", "value": "2404:1a8:f583:d00::53:1"},
    {"label": "1 行目 代替", "value": "2404:1a8:f583:d00::53:2"},
]
GIVING = ONE | {"gives": GIVES}
PASTE, NEXT, BACK = ({"does": what} for what in ("paste", "next", "back"))


def handed(
    folder: Path, *answers: str | dict[str, Any], steps: Any = (GIVING,), **more: Any
) -> tuple[Pc, Outcome]:
    computer = made(folder, ready_machine(things=more.pop("things", {})))
    done = computer.run(
        computer.bundle(plan([*steps])), "Apply", "User", answers=list(answers), **more
    )
    assert not done.errors, done
    return computer, done


def now(done: Outcome) -> list[str]:
    """What the window says that comes now, as often as it is shown anew."""
    lines = [line for line in done.console.splitlines() if "Ctrl+V で順に" in line]
    return [re.split(r"  (?:いま: )?", line)[2] for line in lines]


def left(folder: Path) -> str:
    return (folder / "clipboard.txt").read_text()


@pytest.mark.parametrize(
    "does, label",
    [
        ([], "1 行目 ドメイン"),
        ([PASTE], "1 行目 優先"),
        ([PASTE, PASTE], "1 行目 代替"),
        ([PASTE, PASTE, PASTE], "すべて写しました"),
        ([NEXT], "1 行目 優先"),
        ([NEXT, NEXT, NEXT, NEXT], "1 行目 代替"),
        ([PASTE, BACK], "1 行目 ドメイン"),
        ([BACK], "1 行目 ドメイン"),
        ([PASTE, PASTE, PASTE, BACK], "1 行目 代替"),
        ([{"does": "copy", "text": "mine"}], "次: 1 行目 ドメイン"),
        ([PASTE, {"does": "copy", "text": "mine"}, NEXT], "1 行目 優先"),
        ([PASTE, {"does": "copy", "text": "mine"}, BACK], "1 行目 ドメイン"),
    ],
)
def test_the_window_says_what_comes_now(tmp_path: Path, does: list[Any], label: str) -> None:
    """In its place: nothing else of the screen is written anew."""
    _, done = handed(tmp_path, *does, "")
    assert done.exit == 0 and confirmed(tmp_path) == ["one"]
    assert now(done) == [label]
    assert "（F8 次、Shift+F8 前）" in done.console
    assert not any(one["value"] in done.console for one in GIVES)


@pytest.mark.parametrize("ends", [[""], ["s"], ["q"], ["n", "s"], ["n", "1"]])
def test_at_the_end_of_a_question_the_clipboard_is_empty(tmp_path: Path, ends: list[str]) -> None:
    handed(tmp_path, PASTE, *ends)
    assert left(tmp_path) == ""
    assert not (tmp_path / "handing.json").exists()


@pytest.mark.parametrize("ends", ["", "s"])
def test_what_somebody_has_copied_stays(tmp_path: Path, ends: str) -> None:
    handed(tmp_path, PASTE, {"does": "copy", "text": "mine"}, ends)
    assert left(tmp_path) == "mine"


def test_breaking_off_empties_it_all_the_same(tmp_path: Path) -> None:
    """Who breaks off goes away."""
    handed(tmp_path, {"does": "copy", "text": "mine"}, "q")
    assert left(tmp_path) == ""


def test_where_another_program_has_f8_nobody_names_it(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, "", hotKey=False)
    assert now(done) == ["1 行目 優先"] and "F8" not in done.console


def test_what_is_lost_then_does_not_come_again(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, {"does": "copy", "text": "mine"}, "", hotKey=False)
    assert now(done) == ["なし"]


def test_where_another_program_holds_the_clipboard_values_are_typed(tmp_path: Path) -> None:
    _, done = handed(tmp_path, "", clipboard=False)
    assert done.exit == 0 and now(done) == [] and "F8" not in done.console


def test_where_nobody_can_press_a_key_it_is_said_once(tmp_path: Path) -> None:
    _, done = handed(tmp_path, "", keys=False)
    assert done.exit == 0 and now(done) == ["1 行目 ドメイン"]


def test_after_an_aside_or_a_wrong_answer_it_is_still_said(tmp_path: Path) -> None:
    _, done = handed(tmp_path, PASTE, "i", "", PASTE, "x", PASTE, "")
    assert now(done) == ["1 行目 優先", "1 行目 代替", "すべて写しました"]


def test_each_question_has_its_own(tmp_path: Path) -> None:
    second = TWO | {"gives": GIVES[1:]}
    _, done = handed(tmp_path, PASTE, "", PASTE, "", steps=(GIVING, second))
    assert confirmed(tmp_path) == ["one", "two"]
    assert now(done) == ["1 行目 優先", "1 行目 代替"]


def test_it_goes_with_what_the_pc_sees_too(tmp_path: Path) -> None:
    seen = thing("seen", {"x": 1}, person=True, how="guided", gives=GIVES)
    there = {"things": {"person OqsComApp": {"seen": {"x": 1}}}}
    computer, done = handed(tmp_path, PASTE, PASTE, there, steps=(seen,))
    assert now(done)[0] == "1 行目 代替" and left(tmp_path) == ""
    assert [step["status"] for step in computer.result()["steps"]] == ["ok"]


def test_a_long_name_is_cut(tmp_path: Path) -> None:
    gives = [{"label": "とても長い名前の欄" * 5, "value": "x"}]
    _, done = handed(tmp_path, "", steps=(ONE | {"gives": gives},))
    assert now(done)[0].endswith("…")
    assert max(map(width, done.console.splitlines())) <= 78
