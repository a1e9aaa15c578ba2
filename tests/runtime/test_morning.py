"""The look of the next morning: armed when nothing else is left, silent, once after the restart, and gone after a week."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.continuation import continuation
from tests.pc.assemble import Pc, needs_pwsh, plan, ready_machine

from .test_copy import BUNDLES, ENTRY, ICON, ID, PAGE, doors
from .test_leaving import ASK, KEY, armed, journal, restarted
from .test_runtime import made, remnants, thing, things, undone

pytestmark = needs_pwsh

NIGHT = thing("night", {"restarted": True}, how="verify")
UPDATED = thing("updated", {"restarted": True}, how="verify")
OWN = thing("own", {"x": "y"}, person=True)
STEPS = [thing("sleep", {"ac": 0, "dc": 0}), OWN, ASK, NIGHT, UPDATED]
NUMBER: dict[str, Any] = {
    "label": "24",
    "id": "next-day",
    "title": "翌日",
    "steps": ["pc-night", "pc-updated"],
    "needs": [],
}
NUMBER |= {"later": "この PC が自分で", "person": None, "per": "terminal", "eachTerminal": []}
ASKED = NUMBER | {"label": "1", "id": "ask", "title": "聞く", "steps": ["ask"], "later": None}

CARE = [
    {"text": "いつも", "steps": []},
    {"text": "毎晩", "steps": ["pc-night"]},
    {"text": "眠らない", "steps": ["pc-sleep", "in-no-plan"]},
]


def evening(folder: Path, *answers: str) -> tuple[Pc, Path]:
    """The end of the day: everything is done but what the night brings, or what was answered otherwise."""
    night = {name: {"unknown": "まだ一度も実行されていません。"} for name in ("night", "updated")}
    start = things()
    machine = ready_machine(
        things=start | {"pc": start["pc"] | night}, registry={KEY: {}}, files={}
    )
    computer = made(folder, machine)
    numbers = [ASKED, NUMBER]
    steps = plan(STEPS, continuation=continuation("2026-11-21"), numbers=numbers, care=CARE)
    script = computer.bundle(steps)
    run = "0" * 32
    assert computer.start(script, run=run).exit == 0
    script = folder / BUNDLES / ID / "terminal.ps1"
    done = computer.run(script, "Apply", "User", run=run, answers=answers or [""])
    assert not done.errors, done
    return computer, script


def sign_in(computer: Pc, script: Path, run: str) -> str:
    """A sign-in, at which Windows starts what was armed and forgets it; the headline of the newest page."""
    assert '1_適用.cmd" morning' in armed(computer)["oqsgen"]
    restarted(computer)
    machine = computer.machine
    machine["registry"][KEY] = {}
    computer.machine = machine
    done = computer.run(script, "Apply", "User", run=run, options=["-Morning"], answers=["x"])
    assert not done.errors and ": x" not in done.console, done
    pages = computer.folder.glob("Users/OqsComApp/AppData/Local/oqsgen/results/*/result.html")
    newest = max(pages, key=lambda path: path.stat().st_mtime_ns).read_text("utf-8")
    return newest.split("<h1", 1)[1].split(">", 1)[1].split("<", 1)[0]


def bring_night(computer: Pc, state: dict[str, Any]) -> None:
    machine = computer.machine
    machine["things"]["pc"] |= {"night": state, "updated": {"restarted": True}}
    computer.machine = machine


@pytest.mark.parametrize(
    ("state", "headline"),
    [({"restarted": True}, "問題なし"), ({"restarted": False}, "要確認 1 件")],
)
def test_the_first_sign_in_after_the_restart_writes_the_last_headline(
    tmp_path: Path, state: dict[str, Any], headline: str
) -> None:
    computer, script = evening(tmp_path)
    assert 'start "" /min ' in armed(computer)["oqsgen"] and len(armed(computer)["oqsgen"]) <= 260
    # Nothing is left for a person: no icon but the page's.
    assert doors(computer).keys() == {ENTRY, PAGE}
    (page,) = computer.folder.glob("Users/OqsComApp/AppData/Local/oqsgen/results/*.html")
    evening_text = page.read_text("utf-8")
    assert ">残り 1 件</h1>" in evening_text and "この PC が自分で確かめます" in evening_text
    bring_night(computer, state)
    assert sign_in(computer, script, "b") == headline
    # Here the same day: the page that people know.
    assert f">{headline}</h1>" in page.read_text("utf-8")
    assert armed(computer) == {} and computer.machine["things"]["pc"]["sleep"] == {"ac": 0, "dc": 0}


def test_what_it_will_see_is_counted_as_in_the_headline(tmp_path: Path) -> None:
    """By number, also where the PC looks at more than one thing."""
    computer, _ = evening(tmp_path)
    (log,) = computer.folder.glob("Users/OqsComApp/AppData/Local/oqsgen/results/*/log.txt")
    said = log.read_text("utf-8-sig")
    assert "■ 残り 1 件" in said and "→ 翌日の 1 件は" in said


def test_the_last_screen_says_what_opens_by_itself_from_now_on(tmp_path: Path) -> None:
    computer, script = evening(tmp_path)
    logs = "Users/OqsComApp/AppData/Local/oqsgen/results/*/log.txt"
    (log,) = computer.folder.glob(logs)
    assert "次のサインインで開くのは、翌日の確認だけです" in log.read_text("utf-8-sig")
    bring_night(computer, {"restarted": True})
    restarted(computer)
    computer.machine = computer.machine | {"registry": {KEY: {}}}
    assert computer.run(script, "Apply", "Machine", run="d" * 32).exit == 0
    assert computer.run(script, "Apply", "User", run="d" * 32).exit == 0
    assert armed(computer) == {}
    newest = max(computer.folder.glob(logs), key=lambda path: path.stat().st_mtime_ns)
    said = newest.read_text("utf-8-sig")
    assert "続きはもう自動では開きません" in said and "翌日の確認だけ" not in said


def test_what_a_setting_makes_so_is_not_said_while_it_is_open(tmp_path: Path) -> None:
    computer, _ = evening(tmp_path)
    (page,) = computer.folder.glob("Users/OqsComApp/AppData/Local/oqsgen/results/*/result.html")
    told = re.findall("<li>([^<]*)</li>", page.read_text("utf-8").split("気をつけること")[1])
    assert told[0] == "いつも眠らない"


def test_before_the_restart_it_is_armed_again_for_a_week(tmp_path: Path) -> None:
    computer, script = evening(tmp_path)
    for day in range(3):
        assert sign_in(computer, script, str(day)) == "残り 1 件"
    path = computer.folder / "Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl"
    (said,) = {e["at"] for e in journal(computer) if e.get("step") == "morning"}
    old = datetime.fromisoformat(said) - timedelta(days=8)
    path.write_text(path.read_text("utf-8").replace(said, f"{old:%Y-%m-%d %H:%M:%S}"), "utf-8")
    assert sign_in(computer, script, "late") == "残り 1 件"
    assert armed(computer) == {}


def test_what_it_may_not_read_is_no_fault_and_not_called_fine(tmp_path: Path) -> None:
    computer, script = evening(tmp_path)
    bring_night(computer, {"broken": True})
    assert sign_in(computer, script, "b") == "残り 1 件"
    (night,) = (step for step in computer.result()["steps"] if step["id"] == "pc-night")
    assert "2_確認 を開くと確かめられます" in night["message"]


def test_while_a_person_has_work_left_it_is_not_armed(tmp_path: Path) -> None:
    computer, _ = evening(tmp_path, "s")
    assert armed(computer) == {} and ICON in doors(computer)


def test_undoing_takes_it_away(tmp_path: Path) -> None:
    computer, script = evening(tmp_path)
    report = undone(computer, computer.script(), "r")
    assert armed(computer) == {} and doors(computer) == {} and remnants(report)
    assert script and computer.machine["registry"] == {KEY: {}}
