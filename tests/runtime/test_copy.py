"""The copy from which a visit runs: made whole or not at all, used only while it is whole, and gone at the end."""

import hashlib
import time
from base64 import b64decode
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, needs_pwsh, plan, ready_machine
from tests.pc.columns import unwrapped

from .test_runtime import (
    FOREIGN,
    GUIDED,
    made,
    remnants,
    thing,
    things,
    undone,
    without_own_records,
)

pytestmark = needs_pwsh

SIBLINGS = {
    "1_適用.cmd": b"@echo off\r\n",
    "tasks/定刻に再起動.xml": "<Task/>".encode("utf-16"),
}
STEPS = [thing("sleep", {"ac": 0, "dc": 0}), thing("own", {"x": "y"}, person=True)]
ID = "b" * 16
BUNDLES = "ProgramData/oqsgen/bundle"


def stick(folder: Path, **machine: Any) -> tuple[Pc, Path]:
    """A PC, and a whole bundle on its stick."""
    computer = made(folder, ready_machine(things=things(), **machine))
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in SIBLINGS.items()}
    script = computer.bundle(plan(STEPS, siblings=hashes))
    for name, data in SIBLINGS.items():
        path = script.parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return computer, script


def copies(computer: Pc) -> dict[str, dict[str, bytes]]:
    """Every file below the folder of copies, by the name of its copy."""
    folder = computer.folder / BUNDLES
    found: dict[str, dict[str, bytes]] = {path.name: {} for path in folder.glob("*")}
    for path in folder.rglob("*"):
        if path.is_file():
            name, _, rest = path.relative_to(folder).as_posix().partition("/")
            found[name][rest] = path.read_bytes()
    return found


def whole(script: Path) -> dict[str, dict[str, bytes]]:
    return {ID: SIBLINGS | {"terminal.ps1": script.read_bytes()}}


def test_a_start_leaves_a_whole_copy_and_goes_on_from_there(tmp_path: Path) -> None:
    computer, script = stick(tmp_path)
    done = computer.start(script)
    assert done.exit == 0 and not done.errors, done
    assert copies(computer) == whole(script)
    copied = tmp_path / BUNDLES / ID / "terminal.ps1"
    done = computer.run(copied, "Apply", "User", source=script.parent)
    assert done.exit == 0, done
    # Results go beside the bundle on the stick, not beside the copy.
    assert list(tmp_path.glob("stick/results/1319999012_OQS-01/*/result.json"))
    assert set(copies(computer)) == {ID}


def at_home(computer: Pc) -> list[str]:
    """Names of OqsComApp's results, the oldest first."""
    folder = "Users/OqsComApp/AppData/Local/oqsgen/results/*_OqsComApp"
    return sorted(path.name for path in computer.folder.glob(folder))


def brought(computer: Pc) -> list[str]:
    """Those on the stick."""
    folder = "stick/results/1319999012_OQS-01/*_OqsComApp"
    return sorted(path.parent.name for path in computer.folder.glob(f"{folder}/result.json"))


AWAY = "まだ USB メモリーに写していません"


def test_results_are_brought_once_the_stick_is_there_again(tmp_path: Path) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    copied = tmp_path / BUNDLES / ID / "terminal.ps1"
    (tmp_path / "stick").rename(tmp_path / "pocket")
    done = computer.run(copied, "Apply", "User", answers=["u", ""])
    assert done.exit == 0 and "この PC には残っています" in unwrapped(done.console), done
    (page,) = tmp_path.glob("Users/**/result.html")
    assert AWAY in page.read_text("utf-8")
    (tmp_path / "pocket").rename(tmp_path / "stick")
    time.sleep(1)  # folders of results are named by the second
    done = computer.run(copied, "Apply", "User")
    assert "前の結果 1 件も USB に写しました" in unwrapped(done.console), done
    assert brought(computer) == at_home(computer) and len(brought(computer)) == 2
    assert not any(AWAY in path.read_text("utf-8") for path in tmp_path.rglob("result.html"))


@pytest.mark.parametrize(
    ("machine", "code"),
    [
        ({"computer": "OTHER"}, 2),
        ({"uwf": True}, 2),
        ({"windows": {"edition": "Core", "build": 26100}}, 2),
    ],
)
def test_the_wrong_pc_is_told_before_anything_is_copied(
    tmp_path: Path, machine: Any, code: int
) -> None:
    computer, script = stick(tmp_path, **machine)
    assert computer.start(script, answers=[""]).exit == code
    assert copies(computer) == {}
    reads = tmp_path / "reads.txt"
    assert "stick/" not in (reads.read_text("utf-8") if reads.exists() else "")


def test_a_changed_sibling_makes_no_copy(tmp_path: Path) -> None:
    computer, script = stick(tmp_path)
    (script.parent / "1_適用.cmd").write_bytes(b"@echo on\r\n")
    before = without_own_records(computer.machine)
    done = computer.start(script)
    assert done.exit == 3 and "1_適用.cmd" in done.console and copies(computer) == {}
    assert without_own_records(computer.machine) == before


def test_a_whole_copy_is_used_as_it_is(tmp_path: Path) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    expected = copies(computer)
    (script.parent / "1_適用.cmd").unlink()
    assert computer.start(script, run="run-2").exit == 0
    assert copies(computer) == expected


def spoil_byte(folder: Path) -> None:
    (folder / "1_適用.cmd").write_bytes(b"@echo on\r\n")


def spoil_script(folder: Path) -> None:
    (folder / "terminal.ps1").write_bytes(b"# another one, of the same publisher")


def spoil_less(folder: Path) -> None:
    (folder / "1_適用.cmd").unlink()


def spoil_more(folder: Path) -> None:
    (folder / "tasks/version.dll").write_bytes(b"MZ")


@pytest.mark.parametrize("spoil", [spoil_byte, spoil_script, spoil_less, spoil_more])
def test_a_copy_that_is_not_whole_is_made_anew(tmp_path: Path, spoil: Any) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    spoil(tmp_path / BUNDLES / ID)
    assert computer.start(script, run="run-2").exit == 0
    assert copies(computer) == whole(script)


@pytest.mark.parametrize(
    "security",
    [
        {"owner": FOREIGN},
        {"reparse": True},
        {"entries": [{"sid": FOREIGN, "allow": True, "rights": 0x1F01FF, "inherited": False}]},
    ],
)
@pytest.mark.parametrize("part", ["tasks", "tasks/定刻に再起動.xml"])
def test_a_copy_that_others_can_write_is_made_anew(
    tmp_path: Path, security: Any, part: str
) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    machine = computer.machine
    machine["security"] |= {f"{BUNDLES}/{ID}/{part}": security}
    computer.machine = machine
    before = (tmp_path / BUNDLES / ID).stat().st_ino
    computer.start(script, run="run-2")
    assert not (tmp_path / BUNDLES / ID).exists() or (
        (tmp_path / BUNDLES / ID).stat().st_ino != before
    )


@pytest.mark.parametrize("spoil", [spoil_more, spoil_byte])
def test_what_begins_from_the_copy_looks_at_all_of_it(tmp_path: Path, spoil: Any) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    spoil(tmp_path / BUNDLES / ID)
    before = without_own_records(computer.machine)
    copied = tmp_path / BUNDLES / ID / "terminal.ps1"
    done = computer.run(copied, "Apply", "Machine", run="run-2")
    assert done.exit in (2, 3) and without_own_records(computer.machine) == before, done


def test_a_script_runs_only_from_the_folder_of_its_own_start(tmp_path: Path) -> None:
    """The place comes from Windows, not from a variable by which the half may have been led elsewhere."""
    computer, script = stick(tmp_path)
    done = computer.run(script, "Apply", "Machine", source=script.parent)
    assert done.exit == 2 and "写したものではない" in done.console
    assert copies(computer) == {}


def test_killed_at_every_chance_the_next_start_has_a_whole_copy(tmp_path: Path) -> None:
    fresh, script = stick(tmp_path / "fresh")
    count = fresh.copy(tmp_path / "count").start(script).chances
    # What is known without a copy comes before and after it.
    plain = fresh.copy(tmp_path / "plain").run(script, "Apply", "Machine").chances
    assert count - plain >= 8, "no place may go"
    for chance in range(1, count + 1):
        computer = fresh.copy(tmp_path / str(chance))
        script = computer.script()
        assert computer.start(script, run="killed", crash=chance).killed
        assert set(copies(computer)) <= {"killed.new", ID}
        if ID in copies(computer):
            assert copies(computer)[ID] == whole(script)[ID], "a folder of that name is whole"
        done = computer.start(script, run="next")
        assert done.exit == 0 and copies(computer) == whole(script), (chance, done)


def test_a_second_bundle_takes_the_place_of_the_first(tmp_path: Path) -> None:
    computer, script = stick(tmp_path)
    assert computer.start(script).exit == 0
    other = plan(STEPS)
    other["bundle"]["id"] = "c" * 16
    assert computer.start(computer.bundle(other, "other"), run="run-2").exit == 0
    assert set(copies(computer)) == {"c" * 16}


NAME = "この PC に写した一式"


def applied(folder: Path, **machine: Any) -> tuple[Pc, Path]:
    computer, script = stick(folder, **machine)
    assert computer.start(script).exit == 0
    copied = computer.folder / BUNDLES / ID / "terminal.ps1"
    assert computer.run(copied, "Apply", "User", source=script.parent).exit == 0
    return computer, script


def test_undoing_takes_the_copy_last(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    names = [name for name, _, _ in remnants(undone(computer, script, "r2"))]
    assert not (tmp_path / BUNDLES).exists() and NAME not in names


def test_while_something_is_left_to_undo_the_copy_stays(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    machine = computer.machine
    machine["things"]["pc"]["sleep"]["ac"] = 60
    computer.machine = machine
    left = {name: place for name, place, _ in remnants(undone(computer, script, "r2"))}
    assert left[NAME] == str(tmp_path / BUNDLES) and copies(computer) == whole(script)


def test_a_person_who_has_something_to_undo_keeps_the_copy(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    computer.run(script, "Rollback", "Machine", run="r2")
    assert copies(computer) == whole(script)
    undone(computer, script, "r3")
    assert copies(computer) == {}


def opened(computer: Pc, launcher: str) -> Path:
    """A launcher of the copy was opened: its window is there. Gives the copy's script."""
    script = computer.folder / BUNDLES / ID / "terminal.ps1"
    line = f'cmd.exe /c ""{script.parent}\\{launcher}" "'
    computer.machine = computer.machine | {"running": [line]}
    return script


def closed(computer: Pc) -> None:
    """Windows are closed while nothing asks for it."""
    computer.machine = computer.machine | {"running": []}


def test_undoing_from_the_copy_takes_it_once_its_window_is_closed(tmp_path: Path) -> None:
    """cmd.exe reads the launcher on from there."""
    computer, _ = applied(tmp_path)
    script = opened(computer, "3_元に戻す.cmd")
    computer.run(script, "Rollback", "User", run="r2")
    seen: list[bool] = []

    def close() -> None:
        answer: dict[str, Any] | None = None
        while answer is None:
            time.sleep(0.01)
            answer = computer.answered("r2")
        seen.append(ID in copies(computer) and ENTRY in doors(computer))
        closed(computer)

    window = Thread(target=close)
    window.start()
    done = computer.run(script, "Rollback", "Machine", run="r2")
    window.join()
    assert done.exit == 0 and seen == [True], done
    assert copies(computer) == {} and doors(computer) == {}


def test_a_window_that_stays_open_keeps_the_copy(tmp_path: Path) -> None:
    computer, _ = applied(tmp_path)
    script = opened(computer, "3_元に戻す.cmd")
    left = {name: how for name, _, how in remnants(undone(computer, script, "r2"))}
    assert "閉じると消えます" in left[NAME] and ID in copies(computer)
    assert ENTRY in doors(computer)
    # The next start finds nothing to undo but the copy.
    closed(computer)
    assert computer.run(script, "Rollback", "Machine", run="r3").exit == 0
    assert copies(computer) == {} and doors(computer) == {}


def test_killed_while_the_copy_goes_with_its_launcher_gone(tmp_path: Path) -> None:
    ready, stick_script = applied(tmp_path / "ready", files={})
    script = ready.folder / BUNDLES / ID / "terminal.ps1"
    ready.run(script, "Rollback", "User", run="r")

    def undo(folder: Path, **session: Any) -> tuple[Pc, Outcome]:
        computer = ready.copy(folder)
        own = computer.folder / BUNDLES / ID / "terminal.ps1"
        return computer, computer.run(own, "Rollback", "Machine", run="r", **session)

    counted, whole_way = undo(tmp_path / "count")
    assert copies(counted) == {}
    parts = 0
    for chance in range(whole_way.chances, 0, -1):
        computer, outcome = undo(tmp_path / str(chance), crash=chance)
        assert outcome.killed
        if copies(computer) == whole(stick_script):
            break
        parts += 1
        assert computer.run(computer.script(), "Rollback", "Machine", run="r2").exit == 0
        assert copies(computer) == {} and doors(computer) == {}
    assert parts > 2


def test_killed_while_undoing_the_copy_goes_after_everything_else(tmp_path: Path) -> None:
    ready, script = applied(tmp_path / "ready", files={})
    ready.run(script, "Rollback", "User", run="r")
    before = without_own_records(
        made(tmp_path / "x", ready_machine(things=things(), files={})).machine
    )
    count = ready.copy(tmp_path / "count").run(script, "Rollback", "Machine", run="r").chances
    for chance in range(1, count + 1):
        computer = ready.copy(tmp_path / str(chance))
        script = computer.script()
        assert computer.run(script, "Rollback", "Machine", run="r", crash=chance).killed
        if copies(computer) != whole(script):
            assert without_own_records(computer.machine) == before
        assert computer.run(script, "Rollback", "Machine", run="r2").exit == 0
        assert copies(computer) == {} and doors(computer) == {}


ENTRY = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs\オンライン資格確認端末の設定.lnk"
ICON = r"C:\Users\OqsComApp\Desktop\資格確認端末の設定の続き.lnk"
PAGE = r"C:\Users\OqsComApp\Desktop\資格確認端末の設定の結果.lnk"


def doors(computer: Pc) -> dict[str, str]:
    """The shortcuts to the copy and to the page of the day, and what is said of where they lead."""
    files = computer.machine.get("files", {})
    return {path: b64decode(files[path]["base64"]).decode("utf-16-le") for path in files}


def open_plan(computer: Pc, script: Path) -> Path:
    """The bundle with a step that only a person can do, once it was copied."""
    steps = [*STEPS, GUIDED]
    script = computer.bundle(plan(steps))
    assert computer.start(script).exit == 0
    return computer.folder / BUNDLES / ID / "terminal.ps1"


def test_doors_lead_to_the_copy_while_it_is_needed(tmp_path: Path) -> None:
    computer, script = stick(tmp_path, files={})
    copied = open_plan(computer, script)
    (entry,) = doors(computer).items()
    assert entry[0] == ENTRY and str(copied.parent) in entry[1]
    # Put off: the icon stays. Done: it goes, and the entry does not.
    assert computer.run(copied, "Apply", "User", answers=["s"]).exit == 5
    assert str(copied.parent / "1_適用.cmd") in doors(computer)[ICON]
    assert computer.run(copied, "Apply", "User", answers=[""]).exit == 0
    assert doors(computer).keys() == {ENTRY, PAGE}
    undone(computer, script, "r3")
    assert doors(computer) == {} and not (tmp_path / BUNDLES).exists()


def test_undoing_takes_the_icon(tmp_path: Path) -> None:
    computer, script = stick(tmp_path, files={})
    copied = open_plan(computer, script)
    computer.run(copied, "Apply", "User", answers=["q"])
    assert doors(computer).keys() == {ENTRY, ICON, PAGE}
    undone(computer, script, "r3")
    assert doors(computer) == {}


def test_what_somebody_else_called_so_stays(tmp_path: Path) -> None:
    others = {ENTRY: {"base64": "AAAA"}, ICON: {"base64": "////"}}
    computer, script = stick(tmp_path, files=others)
    copied = open_plan(computer, script)
    done = computer.run(copied, "Apply", "User", answers=["s"])
    assert "同じ名前のファイルがある" in done.console
    undone(computer, script, "r3")
    assert computer.machine["files"] == others


def test_a_second_bundle_takes_the_doors_over(tmp_path: Path) -> None:
    computer, script = stick(tmp_path, files={})
    copied = open_plan(computer, script)
    computer.run(copied, "Apply", "User", answers=["s"])
    other = plan([*STEPS, GUIDED])
    other["bundle"]["id"] = "c" * 16
    assert computer.start(computer.bundle(other, "other"), run="r2").exit == 0
    copied = tmp_path / BUNDLES / ("c" * 16) / "terminal.ps1"
    computer.run(copied, "Apply", "User", run="r2", answers=["s"])
    assert doors(computer).keys() == {ENTRY, ICON, PAGE}
    assert all(str(copied.parent) in doors(computer)[path] for path in (ENTRY, ICON))


def test_killed_while_the_icon_is_made_the_next_start_goes_on(tmp_path: Path) -> None:
    fresh, script = stick(tmp_path / "fresh", files={})
    open_plan(fresh, script)
    seen = set()
    for chance in range(1, 20):
        computer = fresh.copy(tmp_path / str(chance))
        copied = computer.folder / BUNDLES / ID / "terminal.ps1"
        assert computer.run(copied, "Apply", "User", answers=["s"], crash=chance).killed
        left = frozenset(doors(computer)) & {ICON, f"{ICON}.new"}
        if left in seen:
            continue
        seen.add(left)
        again = computer.copy(tmp_path / f"{chance} undone")
        assert computer.run(copied, "Apply", "User", run="r2", answers=["s"]).exit == 5
        assert doors(computer).keys() == {ENTRY, ICON, PAGE}
        undone(again, again.script(), "r3")
        assert doors(again) == {}
    assert seen == {frozenset(), frozenset({f"{ICON}.new"}), frozenset({ICON})}
