"""What the PC sees of a member of the staff: the result that person's own pass has left on the stick."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from oqsgen.results.parts import parts_of
from oqsgen.results.read import read_result
from oqsgen.results.result import Result
from tests.pc.assemble import Outcome, Pc, account, needs_pwsh, plan, ready_machine
from tests.pc.columns import unwrapped

from .test_confirmed import JOURNAL, entries
from .test_conversation import STAFF, number
from .test_day import DECLINED, STICK, page, sign_in, words
from .test_runtime import SIGN_IN, both, made, thing, things

pytestmark = needs_pwsh

PEOPLE = ["uketsuke1", "uketsuke2"]
NUMBERS = [
    number(str(place), ["staff"]) | {"person": name, "id": "staff"}
    for place, name in enumerate(PEOPLE, 1)
]
STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    SIGN_IN,
    thing("colour", {"rgb": [1]}, person=True, who="everyone"),
    STAFF,
]
USABLE = [{"title": f"{name} での利用", "steps": ["staff"], "person": name} for name in PEOPLE]


@pytest.fixture
def site(tmp_path: Path) -> tuple[Pc, Path]:
    """Two of the staff, of whom OqsComApp put both off."""
    machine = ready_machine(things=things(), explorer="setup")
    for place in (1, 2):
        machine["accounts"][f"uketsuke{place}"] = account(1002 + place)
    computer = made(tmp_path / "pc", machine)
    script = computer.bundle(plan(STEPS, numbers=NUMBERS, usable=USABLE, staff=PEOPLE))
    both(computer, script, "Apply", run="r1")
    sign_in(computer, "OqsComApp")
    both(computer, script, "Apply", run="r2", answers=["s", "s"])
    return computer, script


def own(site: tuple[Pc, Path], name: str, mode: str) -> None:
    """A pass of that person's."""
    computer, script = site
    sign_in(computer, name)
    computer.run(script, mode, "User", run=f"{name}-{mode}", options=DECLINED)


def asked(site: tuple[Pc, Path], *answers: str) -> Outcome:
    computer, script = site
    sign_in(computer, "OqsComApp")
    done = computer.run(script, "Apply", "User", run=f"r{len(answers)}", answers=list(answers))
    assert not done.errors, done
    return done


def claims(computer: Pc) -> list[Any]:
    """Of what is confirmed, what the PC saw; empty where a person said so."""
    told = entries(computer.folder) if (computer.folder / JOURNAL).exists() else []
    return [entry.get("seen", "") for entry in told if entry["event"] == "confirmed"]


def uses(computer: Pc) -> dict[str, str]:
    """By whom the terminal can be used, as the page of the day says."""
    return {
        name: sign for sign, name in re.findall(r"([○△×]) (\w+) での利用", words(page(computer)))
    }


def results(computer: Pc, name: str) -> list[Path]:
    return sorted((computer.folder / STICK).glob(f"*_{name}/result.json"))


def test_who_has_it_by_their_own_result_is_not_asked_about(site: tuple[Pc, Path]) -> None:
    own(site, "uketsuke1", "Apply")
    done = asked(site, "s")
    assert "職員のアカウント uketsuke1 ―――" not in done.console
    assert "職員のアカウント uketsuke2 ―――" in done.console
    assert "uketsuke2 の結果は、まだ USB メモリーにありません" in done.console
    assert done.exit == 5 and "uketsuke1 での利用 ○" in done.console
    assert "uketsuke2 での利用 ×" in done.console
    computer, _ = site
    (seen,) = claims(computer)
    assert seen.startswith("uketsuke1 の結果、")
    # As well on the page, whoever writes it.
    own(site, "uketsuke2", "Verify")
    assert uses(computer) == {"uketsuke1": "○", "uketsuke2": "×"}


def test_a_result_says_the_numbers_of_the_visit(site: tuple[Pc, Path]) -> None:
    """As the sheet has them, and which of them are open: the office reads results without their plans."""
    computer, _ = site
    asked(site, "1", "s")
    path = results(computer, "OqsComApp")[-1]
    first, second = json.loads(path.read_text("utf-8"))["numbers"]
    assert (
        first | {"label": "2", "title": second["title"], "person": PEOPLE[1], "open": True}
        == second
    )
    assert (first["person"], first["open"], first["steps"]) == (PEOPLE[0], False, ["staff"])
    assert first["owner"] == "施設" and first["needs"] == []
    read = read_result(path, path.read_bytes(), datetime(2099, 1, 1))
    assert isinstance(read, Result)
    assert [(number.label, number.person) for number in parts_of(read).numbers] == [
        ("2", PEOPLE[1])
    ]


def test_what_their_own_result_lacks_is_no_word_away(site: tuple[Pc, Path]) -> None:
    """Once it is said; who says again that it is done is taken at their word, and the page is not."""
    own(site, "uketsuke1", "Verify")
    done = asked(site, "1", "1", "s")
    told = "では、まだ 1 件あります: 項目 person-colour"
    shown = unwrapped(done.console)
    assert shown.count(told) == 2 and shown.count("もう一度 1 を入力してください") == 1
    computer, _ = site
    assert claims(computer) == [""]
    assert uses(computer) == {"uketsuke1": "×", "uketsuke2": "×"}


def test_what_only_a_person_said_is_told_as_that(site: tuple[Pc, Path]) -> None:
    """On the screen and on the page: without that person's result the PC has seen nothing."""
    done = asked(site, "1", "s")
    assert "いまから使えるもの" not in done.console
    shown = unwrapped(done.console)
    assert "uketsuke1 での利用 △" in shown and "PC は見ていません" in shown
    computer, _ = site
    assert uses(computer) == {"uketsuke1": "△", "uketsuke2": "×"}
    assert "PC は見ていません" in words(page(computer))


def test_the_screen_counts_what_the_page_counts(site: tuple[Pc, Path]) -> None:
    """Also where a person's word and that person's result differ."""
    own(site, "uketsuke1", "Apply")
    computer, _ = site
    (path,) = results(computer, "uketsuke1")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"steps": []}), "utf-8")
    done = asked(site, "1", "1", "s")
    (count,) = re.findall(r"■ (残り \d+ 件)", done.console)
    assert f'<h1 class="more">{count}</h1>' in page(computer)
    assert "uketsuke1 での利用 ×" in unwrapped(done.console)


def test_what_comes_meanwhile_is_seen_at_the_enter(site: tuple[Pc, Path]) -> None:
    """The account is made and the result becomes readable while the question stands: nobody signs out."""
    own(site, "uketsuke1", "Apply")
    computer, script = site
    sign_in(computer, "OqsComApp")
    (path,) = results(computer, "uketsuke1")
    hidden = path.relative_to(computer.folder).as_posix()
    machine = computer.machine
    there = {"accounts": {**machine["accounts"]}, "security": {hidden: {"reparse": False}}}
    del machine["accounts"]["uketsuke1"]
    computer.machine = machine | {"security": {hidden: {"reparse": True}}}
    answers: list[Any] = [there, "", "s"]
    done = computer.run(script, "Apply", "User", run="r9", answers=answers)
    assert not done.errors and "uketsuke1 の結果は、まだ USB メモリーにありません" in done.console
    (seen,) = claims(computer)
    assert seen.startswith("uketsuke1 の結果、")
    assert uses(computer)["uketsuke1"] == "○"


@pytest.mark.parametrize("change", ["id", "terminal", "code", "steps", "refused", "undone"])
def test_what_says_nothing_of_this_work_counts_for_nothing(
    site: tuple[Pc, Path], change: str
) -> None:
    own(site, "uketsuke1", "Apply")
    computer, _ = site
    (path,) = results(computer, "uketsuke1")
    result = json.loads(path.read_text("utf-8"))
    if change in ("id", "terminal"):
        result["bundle"][change] = "c" * 16
    elif change == "code":
        result["bundle"]["facility"]["code"] = "1319999020"
    elif change == "refused":
        result["exit"] = 2
    elif change == "undone":
        result["mode"] = "Rollback"
    else:
        result["steps"] = []
    path.write_text(json.dumps(result), "utf-8")
    done = asked(site, "s", "s")
    assert "職員のアカウント uketsuke1 ―――" in done.console and claims(computer) == []


def test_names_that_no_folder_tells_apart_are_two_people(site: tuple[Pc, Path]) -> None:
    """A folder of results names 受付 and 看護 alike."""
    own(site, "uketsuke1", "Apply")
    computer, _ = site
    (path,) = results(computer, "uketsuke1")
    other = json.loads(path.read_text("utf-8")) | {"account": "看護"}
    beside = path.parent.parent / "20991231-235959_Apply_uketsuke1"
    beside.mkdir()
    (beside / "result.json").write_text(json.dumps(other), "utf-8")
    done = asked(site, "s")
    assert "職員のアカウント uketsuke1 ―――" not in done.console and len(claims(computer)) == 1
