"""The icon that opens the page of the day: made by applying, led on by each later day, gone with the undoing, and nobody else's."""

import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, needs_pwsh
from tests.pc.columns import unwrapped

from .test_copy import PAGE, doors
from .test_day import DECLINED, HOME, dated, pages, sign_in, visited
from .test_day import site as site
from .test_morning import bring_night, evening
from .test_morning import sign_in as next_morning
from .test_runtime import both, undone

pytestmark = needs_pwsh

SAID = "結果の 1 枚を開きました。デスクトップの「資格確認端末の設定の結果」です。"


def leads(computer: Pc, name: str = "OqsComApp") -> Path:
    """Where a person's icon leads; nowhere but to a whole page of that person."""
    note = doors(computer)[PAGE.replace("OqsComApp", name)]
    says, place = note.split(": ")
    assert says == "結果の 1 枚を開きます" and place.endswith(" ")
    path = Path(place.strip())
    assert path in pages(computer, HOME.format(name))
    assert path.read_text("utf-8").endswith("</html>\n")
    return path


def lead(computer: Pc, path: Path | None) -> None:
    """The icon as a pass of another day has left it, or none."""
    machine = computer.machine
    del machine["files"][PAGE]
    if path:
        note = f"結果の 1 枚を開きます: {path} ".encode("utf-16-le")
        machine["files"][PAGE] = {"base64": b64encode(note).decode()}
    computer.machine = machine


def days_later(computer: Pc) -> Path:
    """All that is there becomes another day's; where the icon leads then."""
    dated(computer, "2026-03-05")
    (before,) = pages(computer, HOME.format("OqsComApp"))
    lead(computer, before)
    assert leads(computer) == before
    return before


def test_at_the_end_it_leads_to_the_page_that_opens(site: tuple[Pc, Path]) -> None:
    computer, script = site
    # The administrator who has set the machine up has none.
    assert both(computer, script, "Apply", run="r1") == [5, 4]
    assert doors(computer) == {}
    sign_in(computer, "OqsComApp")
    done = computer.run(script, "Apply", "User", run="r2", answers=[""], options=DECLINED)
    # One line more below the screen, and one less: the place of what opens.
    assert done.console.split("\n").count(SAID) == 1
    assert "結果: %LocalAppData%" not in done.console and done.console.count("結果: ") == 1
    shown = (computer.folder / "opened.txt").read_text("utf-8").splitlines()
    assert shown[-1] == str(leads(computer))
    sign_in(computer, "uketsuke1")
    computer.run(script, "Apply", "User", run="r3", options=DECLINED)
    assert leads(computer, "uketsuke1") != leads(computer)


def test_looking_makes_none_and_leads_one_on(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    before = days_later(computer)
    done = computer.run(script, "Verify", "User", run="r3", options=DECLINED)
    assert leads(computer) != before and SAID in unwrapped(done.console)
    undone(computer, script, "r4")
    assert doors(computer) == {}
    done = computer.run(script, "Verify", "User", run="r5", options=DECLINED)
    assert doors(computer) == {} and "デスクトップ" not in done.console
    assert "結果: %LocalAppData%" in done.console


def test_the_look_of_the_next_morning_leads_it_on(tmp_path: Path) -> None:
    computer, script = evening(tmp_path)
    before = days_later(computer)
    bring_night(computer, {"restarted": True})
    assert next_morning(computer, script, "b") == "問題なし"
    assert leads(computer) != before
    assert ">問題なし</h1>" in leads(computer).read_text("utf-8")


def test_a_pass_that_is_refused_leads_it_nowhere(site: tuple[Pc, Path]) -> None:
    computer, script = site
    visited(site)
    before = days_later(computer)
    computer.machine = computer.machine | {"uwf": True}
    for mode in ("Verify", "Apply"):
        assert computer.run(script, mode, "User", run=mode, options=DECLINED).exit == 2
    assert leads(computer) == before


def test_what_somebody_else_called_so_stays(site: tuple[Pc, Path]) -> None:
    computer, script = site
    others = {PAGE: {"base64": "////"}}
    computer.machine = computer.machine | {"files": others}
    assert both(computer, script, "Apply", run="r1") == [5, 4]
    sign_in(computer, "OqsComApp")
    done = computer.run(script, "Apply", "User", run="r2", answers=[""], options=DECLINED)
    assert "同じ名前のファイルがある" in done.console and SAID not in unwrapped(done.console)
    assert "結果: %LocalAppData%" in done.console
    undone(computer, script, "r3")
    assert computer.machine["files"] == others


@pytest.mark.parametrize("mode", ["Apply", "Verify"], ids=["made", "led on"])
def test_killed_at_any_write_it_leads_to_a_page_or_is_not_there(
    site: tuple[Pc, Path], mode: str
) -> None:
    visited(site)
    ready = site[0]
    before = days_later(ready)
    if mode == "Apply":
        lead(ready, None)
    count = run_there(ready.copy(ready.folder.with_name("whole")), mode).chances
    seen = []
    for chance in range(1, count + 1):
        computer = ready.copy(ready.folder.with_name(str(chance)))
        assert run_there(computer, mode, crash=chance).killed
        there = frozenset(doors(computer))
        state = there, PAGE in there and leads(computer).name == before.name
        if state not in seen:
            seen.append(state)
            again = computer.copy(computer.folder.with_name(f"{chance} undone"))
            run_there(computer, "Apply", run="next")
            assert doors(computer).keys() == {PAGE} and leads(computer).name != before.name
            undone(again, again.script(), "r")
            assert doors(again) == {}
            shutil.rmtree(again.folder)
        shutil.rmtree(computer.folder)
    links = {"icon": {PAGE}, "new": {f"{PAGE}.new"}, "both": {PAGE, f"{PAGE}.new"}, "none": set()}
    led = [("icon", True), ("both", True), ("new", False), ("icon", False)]
    made = [("none", False), ("new", False), ("icon", False)]
    wanted = made if mode == "Apply" else led
    assert seen == [(frozenset(links[name]), old) for name, old in wanted]


def test_killed_while_undoing_the_next_undoing_takes_it(site: tuple[Pc, Path]) -> None:
    computer, _ = site
    visited(site, "q")
    seen = set()
    for chance in range(1, 9):
        again = computer.copy(computer.folder.with_name(str(chance)))
        assert again.run(again.script(), "Rollback", "User", run="r", crash=chance).killed
        seen.add(frozenset(doors(again)))
        undone(again, again.script(), "next")
        assert doors(again) == {}
    assert seen == {frozenset({PAGE}), frozenset()}


def run_there(computer: Pc, mode: str, run: str = "r3", **session: Any) -> Outcome:
    """One pass of the person alone."""
    return computer.run(computer.script(), mode, "User", run=run, options=DECLINED, **session)
