"""A pass of one of the staff ends with words of its own: what that account has, and that its person signs out."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, account, needs_pwsh, plan, ready_machine
from tests.pc.columns import unwrapped

from .test_conversation import number
from .test_leaving import left
from .test_runtime import made, thing, things

pytestmark = needs_pwsh

STAFF = {"id": "staff", "kind": "manual", "how": "manual"}
NUMBERS = [
    number("20", ["person-own"]),
    number("21", ["staff"], "20") | {"title": "職員のアカウント uketsuke1", "person": "uketsuke1"},
    number("22", ["staff"], "20") | {"title": "職員のアカウント uketsuke2", "person": "uketsuke2"},
    number("23", ["tidy"]),
]
STEPS = [
    thing("own", {"x": "y"}, person=True),
    thing("colour", {"rgb": [1, 2, 3]}, person=True, who="everyone"),
    thing("seen", {"x": 1}, person=True, who="everyone", how="guided"),
    STAFF,
]


def ended(
    folder: Path, *answers: str | dict[str, Any], steps: Any = (*STEPS,), staff: int = 1
) -> tuple[Pc, Outcome]:
    """A pass in the session of uketsuke1."""
    machine = ready_machine(things=things(), explorer="uketsuke1")
    names = [f"uketsuke{n}" for n in range(1, staff + 1)]
    for at, name in enumerate(names):
        machine["accounts"][name] = account(1003 + at)
    computer = made(folder, machine)
    numbers = [one for one in NUMBERS if one["person"] in (None, *names)]
    script = computer.bundle(plan([*steps], numbers=numbers, staff=names))
    done = computer.run(script, "Apply", "User", answers=list(answers), options=["-UacDeclined"])
    assert not done.errors, done
    return computer, done


def last(done: Outcome) -> str:
    """The last screen."""
    return unwrapped(done.console[done.console.rindex("21/23  ") :])


THERE = {"things": {"person uketsuke1": {"seen": {"x": 1}, "colour": {"rgb": [1, 2, 3]}}}}


def test_what_is_there_and_where_the_work_goes_on(tmp_path: Path) -> None:
    """Nothing is said of what is OqsComApp's, which this person cannot do."""
    computer, done = ended(tmp_path, THERE, "")
    text = last(done)
    assert "21/23  職員のアカウント uketsuke1" in text
    assert "  uketsuke1 の作業は終わりました\n" in done.console
    assert "済んだもの" in text and "項目 person-colour、項目 person-seen" in text
    assert "サインアウトし、OqsComApp でサインインします。続きが開きます" in text
    assert "（開かないときは、デスクトップの「資格確認端末の設定の続き」）" in text
    assert "person-own" not in text and "自動で開きます" not in text
    assert "Enter サインアウトする" in text and left(computer) == "sign-out"


def test_others_of_the_staff_come_first(tmp_path: Path) -> None:
    _, done = ended(tmp_path, THERE, "s", staff=2)
    text = last(done)
    assert "サインアウトし、uketsuke2 でサインインして、同じことをします" in text
    assert text.count("今日しないときは、OqsComApp でサインインします。") == 2, "asked, and after s"


def test_what_is_left_is_named_and_how_it_goes_on(tmp_path: Path) -> None:
    computer, done = ended(tmp_path, "s", "s")
    text = last(done)
    assert (
        done.exit == 5
        and "  uketsuke1 の残り 1 件\n" in done.console
        and "△ 項目 person-seen: " in text
    )
    assert "uketsuke1 のまま、スタート メニューの" in text and left(computer) == ""


def test_what_is_wrong_is_no_end(tmp_path: Path) -> None:
    wrong = thing("wrong", {"x": 1}, person=True, who="everyone", how="verify")
    _, done = ended(tmp_path, THERE, "s", steps=(*STEPS, wrong))
    text = last(done)
    assert done.exit == 6 and "■ 要確認 1 件" in text and "× 項目 person-wrong" in text
    assert "終わりました" not in text and "03-0000-0000" in text


def test_whoever_breaks_off_is_not_signed_out(tmp_path: Path) -> None:
    computer, done = ended(tmp_path, "q")
    text = last(done)
    assert "  uketsuke1 の残り 1 件\n" in done.console and "クリップボードを空に" in text
    assert not re.search("Enter サインアウト", text) and left(computer) == ""


@pytest.mark.parametrize("mode", ["Verify", "Rollback"])
def test_only_applying_ends_so(tmp_path: Path, mode: str) -> None:
    computer, _ = ended(tmp_path, THERE, "s")
    done = computer.run(computer.script(), mode, "User", answers=["元に戻す"], run="b")
    assert "サインアウトする" not in done.console and left(computer) == ""
