"""Restarting, signing out and coming back by itself: armed for one sign-in by the Enter that leaves, and never left behind."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.continuation import RUN_ONCE, continuation
from tests.pc.assemble import Outcome, Pc, needs_pwsh, plan, ready_machine

from .test_copy import BUNDLES, ID
from .test_examples_run import signed_in
from .test_runtime import RESTART, made, thing, things

pytestmark = needs_pwsh

KEY = rf"HKU\OqsComApp\{RUN_ONCE}"
ASK = {"id": "ask", "kind": "manual", "how": "manual"}
STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("own", {"x": "y"}, person=True, restart=True),
    ASK,
]


NUMBER = {"label": "9", "id": "ask", "title": "見る", "steps": ["ask"], "person": None, "needs": []}


def pc(
    folder: Path,
    steps: list[dict[str, Any]] = STEPS,
    numbers: list[dict[str, Any]] | None = None,
    **machine: Any,
) -> tuple[Pc, Path]:
    """A PC on which OqsComApp is signed in, with a copy; and the script in it."""
    computer = made(folder, ready_machine(things=things(), registry={KEY: {}}, **machine))
    more = {} if numbers is None else {"numbers": numbers}
    made_of = plan(steps, siblings={}, continuation=continuation("2026-11-21"), **more)
    script = computer.bundle(made_of)
    assert computer.start(script).exit == 0
    return computer, folder / BUNDLES / ID / "terminal.ps1"


def apply(computer: Pc, script: Path, *answers: str, run: str = "a", **session: Any) -> Outcome:
    done = computer.run(script, "Apply", "User", run=run, answers=answers, **session)
    assert not done.errors, done
    return done


def armed(computer: Pc) -> dict[str, Any]:
    """What Windows starts at the next sign-in."""
    values: dict[str, Any] = computer.machine["registry"].get(KEY, {})
    return {name: value["data"] for name, value in values.items()}


def left(computer: Pc) -> str:
    path = computer.folder / "left.txt"
    how = path.read_text("utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    return how


def restarted(computer: Pc, now: str = "2026-11-21 12:30") -> None:
    """Windows has started again, and OqsComApp signs in."""
    computer.machine |= {"boot": "2026-11-21 03:05:00.000", "now": now}
    signed_in(computer, "OqsComApp")


def journal(computer: Pc) -> list[dict[str, Any]]:
    path = computer.folder / "Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_enter_that_restarts_arms_one_sign_in_and_leaves_last(tmp_path: Path) -> None:
    computer, script = pc(tmp_path, numbers=[NUMBER])
    done = apply(computer, script, "", "")
    assert "再起動で有効になるもの" in done.console and "項目 person-own" in done.console
    assert "続きは自動で開きます" in done.console and left(computer) == "restart"
    launcher = script.with_name("1_適用.cmd")
    cmd = r"C:\Windows\System32\cmd.exe"
    assert armed(computer) == {
        "oqsgen": f'{cmd} /d /c start "" {cmd} /d /s /c ""{launcher}" continue"'
    }
    # The lock is free, and all that is to be known is on the disk.
    assert journal(computer)[-1]["event"] == "set"
    restarted(computer)
    again = computer.run(script, "Apply", "User", run="b", options=["-Continued"], answers=[""])
    assert "続きです" in again.console and again.exit == 0 and not again.errors, again
    assert re.search(r"\n  前回まで   9  見る   .*\d\d:\d\d  OqsComApp\n", again.console), again
    began = min(entry["at"] for entry in journal(computer) if "at" in entry)[11:16]
    assert f"{began} に始めました。" in again.console
    # What was said before is not asked again, and nothing is armed.
    assert "項目 ask ―――" not in again.console and armed(computer) == {}
    assert [e["event"] for e in journal(computer)].count("restored") == 1
    # Nothing opens when the same is fired again.
    silent = computer.run(script, "Apply", "User", run="c", options=["-Continued"])
    assert (silent.exit, silent.console, silent.errors) == (4, "", "")


@pytest.mark.parametrize(
    ("now", "asks"),
    [("12:00", False), ("12:10", False), ("12:11", True), ("11:59", True)],
    ids=["at once", "soon", "later", "by a lost clock"],
)
def test_whoever_has_just_said_so_is_not_asked_to_go_on(
    tmp_path: Path, now: str, asks: bool
) -> None:
    """Anybody else who sits there is told all the same."""
    computer, script = pc(tmp_path, now="2026-11-21 12:00")
    apply(computer, script, "", "")
    restarted(computer, f"2026-11-21 {now}")
    again = computer.run(script, "Apply", "User", run="b", options=["-Continued"], answers=[""])
    assert again.exit == 0 and not again.errors and armed(computer) == {}, again
    assert ("Enter 続ける" in again.console) == asks and "設置の担当でない方" in again.console


@pytest.mark.parametrize("key", ["s", "q"])
def test_whoever_does_not_restart_arms_nothing(tmp_path: Path, key: str) -> None:
    computer, script = pc(tmp_path)
    done = apply(computer, script, "", key)
    assert done.exit == 5
    assert "→ Windows を再起動してから、デスクトップの「資格確認端末の設定の続き」" in done.console
    assert left(computer) == "" and armed(computer) == {}


def test_what_would_be_cut_off_is_named_before_enter_restarts(tmp_path: Path) -> None:
    update = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate"
    waiting = rf"{update}\Auto Update\RebootRequired"
    more: dict[str, Any] = {"signedIn": ["uketsuke1"], "programs": ["OqsInstall.exe", "msedge.exe"]}
    computer, script = pc(tmp_path, **more)
    computer.machine |= {"registry": computer.machine["registry"] | {waiting: {}}}
    done = apply(computer, script, "", "", "s")
    for text in (
        "× OqsInstall.exe が動いています。終わってから Enter",
        "× uketsuke1 がサインインしたままです。サインアウトしてから Enter",
        "あり（再起動に 25 分ほどかかることがあります）",
        "Enter もう一度調べる",
    ):
        assert text in done.console, text
    assert "msedge" not in done.console and left(computer) == "" and armed(computer) == {}


def test_looking_again_restarts_nothing(tmp_path: Path) -> None:
    """The Enter that restarts is another one than that which looks whether the others have gone."""
    computer, script = pc(tmp_path, signedIn=["uketsuke1"], signedInLooks=1)
    done = apply(computer, script, "", "", "s")
    assert done.console.count("Enter もう一度調べる") == 1 and "Enter 再起動する" in done.console
    assert left(computer) == "" and armed(computer) == {}
    apply(computer, script, "", "", run="b")
    assert left(computer) == "restart"


@pytest.mark.parametrize(
    "machine", [{"stays": True}, {"shutdown": -1}], ids=["held up", "forbidden"]
)
def test_whoever_is_still_there_is_not_waited_for_at_the_next_sign_in(
    tmp_path: Path, machine: dict[str, Any]
) -> None:
    computer, script = pc(tmp_path, **machine)
    done = apply(computer, script, "", "")
    assert "再起動できませんでした" in done.console and not done.errors
    assert armed(computer) == {} and journal(computer)[-1]["event"] == "restored"


def test_a_refusal_of_windows_disarms_and_says_why(tmp_path: Path) -> None:
    computer, script = pc(tmp_path, shutdown=1115)
    done = apply(computer, script, "", "")
    assert "コード 1115" in done.console and "ほかの再起動が始まっています" in done.console
    assert armed(computer) == {} and journal(computer)[-1]["event"] == "restored"


def test_a_policy_that_keeps_it_from_opening_is_said(tmp_path: Path) -> None:
    policy = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Policies\Explorer"
    computer, script = pc(tmp_path)
    value = {"DisableLocalUserRunOnce": {"type": "DWord", "data": 1}}
    computer.machine |= {"registry": computer.machine["registry"] | {policy: value}}
    done = apply(computer, script, "", "")
    assert "続きは自動で" not in done.console and "1_適用 をもう一度開いて" in done.console
    assert left(computer) == "restart" and armed(computer) == {}


def test_the_first_screen_asks_nothing_of_others(tmp_path: Path) -> None:
    computer, script = pc(tmp_path)
    for answers, nobody, hour in ((["q"], False, 14), ([], True, 16)):
        apply(computer, script, "", "", run="a")
        computer.machine |= {"now": f"2026-11-21 {hour}:00"}
        signed_in(computer, "OqsComApp")
        session: dict[str, Any] = {"answers": answers, "nobody": nobody}
        done = computer.run(script, "Apply", "User", run="b", options=["-Continued"], **session)
        assert done.exit == 4 and "設置の担当でない方へ" in done.console and not done.errors, done
        assert (tmp_path / "rest.txt").read_text() == "30\n"
        (tmp_path / "rest.txt").unlink()
        assert armed(computer) == {}


def test_the_desktop_is_waited_for(tmp_path: Path) -> None:
    computer, script = pc(tmp_path, desktop=False)
    done = computer.run(script, "Apply", "User", options=["-Continued"])
    assert (done.exit, done.console, done.errors) == (4, "", "")


@pytest.mark.parametrize("mode", ["Apply", "Rollback"])
def test_killed_on_the_way_out_it_goes_on_or_undoes(tmp_path: Path, mode: str) -> None:
    """At each write from the arming on; and after each the next start by hand leaves nothing armed."""
    ready, _ = pc(tmp_path / "ready")
    before = ready.machine["registry"]
    counted = ready.copy(tmp_path / "counted")
    last = apply(counted, script_of(counted), "", "").chances
    for place in range(last - 7, last + 1):
        computer = ready.copy(tmp_path / f"{place}")
        done = computer.run(script_of(computer), "Apply", "User", answers=["", ""], crash=place)
        assert done.killed, place
        signed_in(computer, "OqsComApp") if place % 2 else None
        done = computer.run(script_of(computer), mode, "User", run="d", answers=["s", "s"])
        assert not done.errors and armed(computer) == {}, (place, done)
        if mode == "Rollback":
            assert computer.machine["registry"] == before, (place, done)


def script_of(computer: Pc) -> Path:
    return computer.folder / BUNDLES / ID / "terminal.ps1"


def test_the_first_change_of_person_is_a_sign_out(tmp_path: Path) -> None:
    """The machine's own wish for a restart waits for one that is needed anyway."""
    steps = [thing("sleep", {"ac": 0, "dc": 0}), RESTART, thing("own", {"x": "y"}, person=True)]
    computer = made(tmp_path, ready_machine(things=things(), explorer="setup"))
    machine = computer.machine
    machine["accounts"]["setup"] = machine["accounts"]["OqsComApp"] | {"sid": "S-1-5-21-1-2-3-1001"}
    computer.machine = machine
    script = computer.bundle(plan(steps, continuation=continuation("2026-11-21")))
    assert computer.start(script).exit == 5
    done = apply(computer, script_of(computer), run="run-1")
    assert "サインアウトしたら OqsComApp でサインインし" in done.console, done
    assert left(computer) == "sign-out"


def first(folder: Path, **machine: Any) -> Pc:
    """A PC on which whoever has set up Windows is signed in, and OqsComApp has not begun."""
    computer = made(folder, ready_machine(things=things(), explorer="setup", **machine))
    data = computer.machine
    data["accounts"]["setup"] = data["accounts"]["OqsComApp"] | {"sid": "S-1-5-21-1-2-3-1001"}
    data["accounts"]["OqsComApp"]["profile"] = False
    data |= {
        "tasks": {},
        "taskFolders": {},
        "registry": {KEY: {}},
        "now": "2026-11-21 12:00",
    } | machine
    computer.machine = data
    computer.bundle(plan(FIRST, siblings={}, continuation=continuation("2026-11-21")))
    return computer


FIRST = [thing("sleep", {"ac": 0, "dc": 0}), thing("own", {"x": "y"}, person=True)]
TASK = "\\oqsgen\\続き"


def begin(computer: Pc, *answers: str, run: str = "m", **session: Any) -> Outcome:
    done = computer.start(computer.script(), run=run, answers=answers, **session)
    assert not done.errors, done
    return done


def test_the_first_sign_in_of_the_account_goes_on_by_itself_once(tmp_path: Path) -> None:
    computer = first(tmp_path)
    before = computer.machine
    done = begin(computer)
    assert "サインインの後に自動で始めますか" in done.console and done.exit == 5
    task = computer.machine["tasks"][TASK]
    sid = computer.machine["accounts"]["OqsComApp"]["sid"]
    security = f"O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1300a9;;;{sid})"
    assert task["sddl"] == security == computer.machine["taskFolders"]["\\oqsgen"]["sddl"]
    for part in ("<Priority>5<", "LeastPrivilege", "2026-11-28T12:00:00</EndBoundary>", "PT0S"):
        assert part in task["xml"], part
    # Asked once; the next pass of the machine makes it anew.
    again = begin(computer, run="n")
    assert "自動で始めますか" not in again.console and computer.machine["tasks"][TASK] == task
    done = apply(computer, script_of(computer), run="n", **{"as": "setup"})
    assert "続きは自動で開きます" in done.console and left(computer) == "sign-out"
    (command,) = signed_in(computer, "OqsComApp")
    launcher = script_of(computer).with_name("1_適用.cmd")
    assert command.endswith(f'/d /s /c ""{launcher}" continue"')
    done = computer.run(script_of(computer), "Apply", "User", options=["-Continued"], answers=["q"])
    assert done.exit == 4 and "続きです" in done.console and not done.errors, done
    # Its first screen takes it away, and another firing says nothing.
    assert computer.machine["tasks"] == {}
    silent = computer.run(script_of(computer), "Apply", "User", options=["-Continued"])
    assert (silent.exit, silent.console) == (4, "")
    # The folder goes with the next machine pass, and undoing leaves nothing.
    undone = computer.run(computer.script(), "Rollback", "Machine", run="u")
    assert undone.exit == 0 and "続きを開くこと" not in undone.console, undone
    for part in ("tasks", "taskFolders", "things"):
        assert computer.machine[part] == before[part], part


def test_there_is_no_task_where_nobody_wants_it_or_the_account_is_not_there(tmp_path: Path) -> None:
    computer = first(tmp_path / "no")
    assert begin(computer, "n").exit == 5 and computer.machine["tasks"] == {}
    assert "自動で始めますか" not in begin(computer, run="n").console
    assert computer.machine["tasks"] == {}
    computer = first(tmp_path / "none")
    machine = computer.machine
    del machine["accounts"]["OqsComApp"]
    computer.machine = machine
    begin(computer)
    assert computer.machine["tasks"] == {}


def test_by_a_lost_clock_the_task_has_no_end(tmp_path: Path) -> None:
    computer = first(tmp_path, now="2019-01-01 09:00")
    begin(computer)
    xml = computer.machine["tasks"][TASK]["xml"]
    assert "EndBoundary" not in xml and "DeleteExpiredTaskAfter" not in xml


def test_what_somebody_has_planted_is_made_anew(tmp_path: Path) -> None:
    planted = {"xml": "<Task/>", "enabled": True, "sddl": "O:S-1-5-21-9D:(A;;FA;;;WD)"}
    folder = {"\\oqsgen": {"sddl": "O:S-1-5-21-9D:(A;;FA;;;WD)"}}
    tasks = {TASK: planted, "\\oqsgen\\other": planted}
    computer = first(tmp_path, tasks=tasks, taskFolders=folder)
    begin(computer)
    machine = computer.machine
    assert list(machine["tasks"]) == [TASK] and "cmd.exe" in machine["tasks"][TASK]["xml"]
    for one in (machine["tasks"][TASK], machine["taskFolders"]["\\oqsgen"]):
        assert one["sddl"].startswith("O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1300a9;;;S-1-5-21-")


def test_a_second_bundle_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """The copy first, then the task, then the old copy goes, but not under a window that is open."""
    computer = first(tmp_path)
    begin(computer)
    old = script_of(computer).parent
    second = plan(FIRST, siblings={}, continuation=continuation("2026-11-21"))
    second["bundle"]["id"] = "c" * 16
    computer.bundle(second)
    computer.machine |= {"running": [f'cmd.exe /d /s /c ""{old}/1_適用.cmd" continue"']}
    done = begin(computer, run="n")
    assert "前の一式の画面が開いたままです" in done.console and old.exists()
    assert "c" * 16 in computer.machine["tasks"][TASK]["xml"]
    computer.machine |= {"running": []}
    begin(computer, run="o")
    assert not old.exists() and "c" * 16 in computer.machine["tasks"][TASK]["xml"]


def test_killed_around_the_task_it_goes_on_or_undoes(tmp_path: Path) -> None:
    """Where it is made, at each write; and where the next pass takes it away, before it undoes."""
    fresh = first(tmp_path / "fresh")
    ready = fresh.copy(tmp_path / "ready")
    last = begin(ready).chances
    undone = ready.copy(tmp_path / "undone")
    # What was there before us, and the account that signs in.
    wanted = {part: fresh.machine[part] for part in ("tasks", "taskFolders", "things")}
    undoing = undone.run(undone.script(), "Rollback", "Machine", run="u").chances
    made = [("Apply", fresh, place) for place in range(last - 14, last - 1)]
    for mode, start, place in [*made, *[("Rollback", ready, place) for place in range(1, 12)]]:
        assert place < undoing or mode == "Apply"
        computer = start.copy(tmp_path / f"{mode}-{place}")
        if mode == "Apply":
            done = computer.start(computer.script(), run="k", answers=[], crash=place)
        else:
            done = computer.run(computer.script(), mode, "Machine", run="k", crash=place)
        assert done.killed, (mode, place)
        for path in (computer.folder / BUNDLES).glob("*.new"):
            shutil.rmtree(path)
        if place % 2 == 0:
            begin(computer, run="l")
            assert list(computer.machine["tasks"]) == [TASK], (mode, place)
        done = computer.run(computer.script(), "Rollback", "Machine", run="m")
        assert done.exit == 0 and not done.errors, (mode, place, done)
        assert {part: computer.machine[part] for part in wanted} == wanted, (mode, place)
