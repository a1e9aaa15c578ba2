"""What the clinic signs is there before it signs: the counts of the last screen, and the page that has them."""

import re
from pathlib import Path

import pytest

from tests.pc.assemble import Pc, needs_pwsh

from .test_conversation import ONE, TWO, answered, number
from .test_runtime import MANUAL, thing

pytestmark = needs_pwsh

STEPS = [thing("own", {"x": 1}, person=True), ONE, TWO, MANUAL]
NUMBERS = [number("1", ["person-own", "one"]), number("2", ["two"], later="")]
SIGNED = [*NUMBERS, number("3", ["by-hand"], later="") | {"id": "sign-off"}]


def counts(text: str) -> list[str]:
    """The headline and what is counted, as a screen says it."""
    return re.findall(r"^(■ (?:残り|要確認|問題なし).*|  (?:設定|確認|作業) \d+ 件.*)$", text, re.M)


def visit(folder: Path, *answers: str) -> tuple[Pc, str, str]:
    """What the screen of the signature shows, and the last one."""
    computer, done = answered(folder, STEPS, *answers, numbers=SIGNED)
    before, after = done.console.split("Enter 済んだ")[-2:]
    return computer, before.split("3/3  ")[-1], after


def shown_pages(computer: Pc) -> int:
    shown = (computer.folder / "opened.txt").read_text("utf-8").splitlines()
    return sum(page.endswith(".html") for page in shown)


@pytest.mark.parametrize(("first", "headline"), [("", "■ 問題なし"), ("s", "■ 残り 1 件")])
def test_it_says_there_what_the_last_screen_says(tmp_path: Path, first: str, headline: str) -> None:
    computer, before, after = visit(tmp_path, first, "", "")
    assert counts(before)[0] == headline and len(counts(before)) > 2
    assert counts(before) == counts(after)
    assert shown_pages(computer) == 1, "it says the same, so that it is not opened again"


def test_what_was_not_signed_is_shown_again(tmp_path: Path) -> None:
    computer, before, after = visit(tmp_path, "", "", "s")
    assert counts(before)[0] == "■ 問題なし" and counts(after)[0] == "■ 残り 1 件"
    assert shown_pages(computer) == 2


def test_what_nobody_has_signed_is_no_result(tmp_path: Path) -> None:
    """What is shown before stands where the next start clears it: the window may be closed at the question."""
    computer, _, _ = visit(tmp_path, "", "", "s")
    shown = (computer.folder / "opened.txt").read_text("utf-8").splitlines()
    before, after = (page for page in shown if page.endswith(".html"))
    assert Path(before).parent.name == "temp" and "results" in Path(after).parts
    assert "残り 1 件" in Path(after).read_text("utf-8")


def test_no_other_number_shows_it(tmp_path: Path) -> None:
    computer, done = answered(tmp_path, STEPS, "", "", "", numbers=SIGNED[:2])
    assert done.console.count("■ 問題なし") == 1 and shown_pages(computer) == 1
