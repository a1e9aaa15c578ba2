"""The shipped script on a fake PC, from the first verify to the last undo."""

import hashlib
import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import PARTS
from tests.answers import NO, YES
from tests.pc.assemble import (
    HERE,
    Pc,
    account,
    needs_pwsh,
    new_machine,
    opened,
    pc,
    plan,
    ready_machine,
)
from tests.pc.columns import unwrapped
from tests.pc.keys import CTRL_C, run_at_terminal
from tests.pc.shell import PWSH

pytestmark = needs_pwsh

THING = (HERE / "thing.ps1").read_text("utf-8")
NEW_SECRET = "Ima-Kimeta-3!"


def thing(name: str, wanted: Mapping[str, Any] | None, *, person: bool = False, **more: Any) -> Any:
    place = "person" if person else "pc"
    base: dict[str, Any] = {"id": f"{place}-{name}", "kind": "thing"}
    base |= {"target": {"name": name, "place": place}, "wanted": wanted}
    base |= {"scope": "user" if person else "machine"}
    return base | more


SIGN_IN = {
    "id": "sign-in",
    "kind": "sign-in",
    "how": "verify",
    "target": {"account": "OqsComApp"},
    "wanted": {"signedIn": True},
}
GUIDED = {"id": "guided", "kind": "guided", "how": "guided", "open": "ms-settings:about"}
MANUAL = {"id": "by-hand", "kind": "manual", "how": "manual"}
RESTART = {
    "id": "restart",
    "kind": "restart",
    "scope": "machine",
    "target": {"boot": "pc"},
    "wanted": {"done": True},
}

SMALL = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("list", {"data": ["一つ", "髙橋 'x' ‘y’ \" \\ <&>\t"]}),
    thing("new", {"type": "DWord", "data": 1}),
    thing("gone", None),
    thing("already", {"on": True}),
    SIGN_IN,
    thing("colour", {"rgb": [1, 2, 3]}, person=True, who="everyone"),
    thing("own", {"x": "y"}, person=True),
    GUIDED,
    MANUAL,
]


def things(**more: Any) -> dict[str, Any]:
    return {
        "pc": {
            "sleep": {"ac": 1800, "dc": 900},
            "list": {"data": ["一つ"]},
            "gone": {"x": [], "y": None},
            "already": {"on": True, "more": 1},
            "untouched": {"x": 1},
        },
        "person OqsComApp": {"colour": {"rgb": [9]}},
    } | more


def made(folder: Path, machine: Mapping[str, Any], *, whole: bool = False) -> Pc:
    return pc(folder, machine, more_kinds=THING, whole=whole)


def statuses(result: Mapping[str, Any]) -> dict[str, str]:
    return {step["id"]: step["status"] for step in result["steps"]}


def both(
    computer: Pc, script: Path, mode: str, *, run: str = "r", **session: Any
) -> list[int | None]:
    """Both passes as the launcher starts them; the codes in order."""
    order = ("User", "Machine") if mode == "Rollback" else ("Machine", "User")
    done = [computer.run(script, mode, scope, run=run, **session) for scope in order]
    assert not any(outcome.errors for outcome in done), done
    if mode == "Rollback":
        report = computer.run(script, mode, "User", run=run, options=["-ReportOnly"], **session)
        assert not report.errors
    return [outcome.exit for outcome in done]


def signed_in_as(name: str) -> dict[str, Any]:
    """Who a pass runs as, as an argument of Pc.run: the word belongs to Python."""
    return {"as": name}


def everything_written(computer: Pc) -> str:
    files = [path for path in computer.folder.rglob("*") if path.is_file()]
    skip = {"machine.json", "session.json", "terminal.ps1"}
    return "\n".join(p.read_text("utf-8-sig") for p in files if p.name not in skip)


def without_own_records(machine: dict[str, Any]) -> dict[str, Any]:
    """A machine without what our own folders add to it."""
    return {key: value for key, value in machine.items() if key != "security"}


def test_verify_apply_verify_apply_rollback(tmp_path: Path) -> None:
    before = ready_machine(things=things())
    computer = made(tmp_path, before)
    script = computer.bundle(plan(SMALL))

    assert both(computer, script, "Verify") == [6, 6]
    assert without_own_records(computer.machine) == before
    found = statuses(computer.result())
    assert found["pc-sleep"] == "drift" and found["pc-already"] == "ok"
    assert found["sign-in"] == "ok" and found["by-hand"] == found["guided"] == "manual"
    assert computer.result()["exit"] == 6

    assert both(computer, script, "Apply", answers=[""]) == [0, 0]
    result = computer.result()
    assert statuses(result) == {
        "pc-sleep": "changed",
        "pc-list": "changed",
        "pc-new": "changed",
        "pc-gone": "changed",
        "pc-already": "ok",
        "sign-in": "ok",
        "person-colour": "changed",
        "person-own": "changed",
        "guided": "manual",
        "by-hand": "manual",
    }
    assert list(result) == [
        "format",
        "run",
        "bundle",
        "computer",
        "account",
        "mode",
        "started",
        "finished",
        "exit",
        "steps",
        "numbers",
    ]
    for step in result["steps"]:
        fields = ["id", "kind", "scope", "status", "wanted", "found", "message"]
        # What another terminal of the clinic need not ask again.
        assert list(step) == fields + ["done"] * ("done" in step)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", result["started"])
    assert opened(tmp_path) == ["ms-settings:about"]
    applied = computer.machine

    assert both(computer, script, "Verify") == [0, 0]
    assert both(computer, script, "Apply") == [0, 0]
    assert set(statuses(computer.result()).values()) == {"ok", "manual"}
    assert computer.machine == applied

    assert both(computer, script, "Rollback") == [0, 0]
    assert without_own_records(computer.machine) == before
    undone = [step["id"] for step in computer.result()["steps"]]
    assert undone == ["person-own", "person-colour", "pc-gone", "pc-new", "pc-list", "pc-sleep"]
    assert set(statuses(computer.result()).values()) == {"changed"}
    assert both(computer, script, "Rollback") == [0, 0]
    assert computer.result()["steps"] == []


def test_the_page_and_the_log(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    both(computer, computer.bundle(plan(SMALL)), "Verify")
    (profile,) = tmp_path.glob("Users/OqsComApp/AppData/Local/oqsgen/results/*/")
    (beside,) = tmp_path.glob("stick/results/1319999012_OQS-01/*/")
    assert (
        re.fullmatch(r"\d{8}-\d{6}_Verify_OqsComApp", profile.name) and beside.name == profile.name
    )
    for name in ("result.json", "result.html", "log.txt"):
        assert (profile / name).read_bytes() == (beside / name).read_bytes()
    page = (profile / "result.html").read_text("utf-8")
    assert re.search(">要確認 \\d+ 件</h1>", page) and "<script" not in page
    assert "東京内科 髙橋 &lt;b&gt;&amp;&#39;" in page and "<b>" not in page
    assert "某社" in page and "03-0000-0000" in page and "項目 pc-sleep" in page
    log = (profile / "log.txt").read_bytes()
    assert log.startswith(b"\xef\xbb\xbf") and b"\r\n" in log
    assert "この PC 全体の設定" in log.decode("utf-8-sig")


def test_a_new_pc_is_set_up_in_two_sessions(tmp_path: Path) -> None:
    steps = [
        thing("login", {"locked": "OqsComApp"}, secrets=["OqsComApp"]),
        *SMALL,
        thing("late", {"unknown": None}),
    ][:-1]
    computer = made(tmp_path, new_machine(things=things()))
    script = computer.bundle(plan(steps))
    answers = [NEW_SECRET, "typo", NEW_SECRET, NEW_SECRET]
    assert both(computer, script, "Apply", answers=answers) == [5, 4]
    result = computer.result()
    assert result["exit"] == 5 and result["account"] == "setup"
    found = statuses(result)
    assert found["pc-login"] == "changed" and found["sign-in"] == "restart"
    assert found["person-own"] == "unknown" and found["guided"] == "manual"
    assert not (tmp_path / "Users/setup/AppData/Local/oqsgen/journal.jsonl").exists()

    machine = computer.machine
    machine["accounts"]["OqsComApp"] = account(1002, password=NEW_SECRET)
    machine["explorer"] = "OqsComApp"
    computer.machine = machine
    assert both(computer, script, "Apply", run="r2", answers=[""]) == [0, 0]
    assert computer.result()["exit"] == 0

    computer.machine = computer.machine | {"explorer": "setup"}
    assert both(computer, script, "Apply", run="r3") == [0, 4]
    assert computer.result()["exit"] == 0
    assert statuses(computer.result())["sign-in"] == "unknown"
    assert NEW_SECRET not in everything_written(computer) and "typo" not in everything_written(
        computer
    )


def test_uac_declined(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    done = computer.run(script, "Apply", "User", options=["-UacDeclined"], answers=[""])
    assert done.exit == 5 and computer.result()["exit"] == 5
    found = statuses(computer.result())
    assert found["pc-sleep"] == "skipped" and found["person-own"] == "changed"
    computer.run(script, "Rollback", "User", options=[])
    done = computer.run(script, "Rollback", "User", options=["-ReportOnly", "-UacDeclined"])
    assert done.exit == 5 and statuses(computer.result())["pc-sleep"] == "skipped"

    machine = computer.machine
    machine["accounts"]["uketsuke1"] = account(1003)
    computer.machine = machine | {"explorer": "uketsuke1"}
    done = computer.run(script, "Apply", "User", options=["-UacDeclined"])
    assert done.exit == 0

    computer.machine = (
        machine
        | {"explorer": "setup"}
        | {"accounts": machine["accounts"] | new_machine()["accounts"]}
    )
    assert computer.run(script, "Apply", "User", options=["-UacDeclined"]).exit == 5


def test_a_staff_session_gets_what_is_for_everyone(tmp_path: Path) -> None:
    machine = ready_machine(things=things(), explorer="uketsuke1")
    machine["accounts"]["uketsuke1"] = account(1003)
    computer = made(tmp_path, machine)
    script = computer.bundle(plan(SMALL))
    assert both(computer, script, "Apply") == [5, 0], "OqsComApp has not been there yet"
    found = statuses(computer.result())
    assert found["person-colour"] == "changed" and found["person-own"] == "skipped"
    assert found["guided"] == "manual"
    computer.machine = computer.machine | {"explorer": "OqsComApp"}
    assert both(computer, script, "Apply", answers=[""]) == [0, 0]
    computer.machine = computer.machine | {"explorer": "uketsuke1"}
    assert both(computer, script, "Apply") == [0, 0]

    # Each person's own settings are undone in their own session, from any bundle.
    script = computer.bundle(plan([], staff=[]), "smaller")
    assert both(computer, script, "Rollback") == [0, 0]
    assert "colour" not in computer.machine["things"]["person uketsuke1"]
    assert computer.machine["things"]["person OqsComApp"]["colour"] == {"rgb": [1, 2, 3]}


def test_another_name(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things(), computer="OTHER-PC"))
    script = computer.bundle(plan(SMALL))
    before = computer.machine
    assert computer.run(script, "Apply", "Machine").exit == 2
    assert computer.run(script, "Apply", "Machine", answers=["OQS-01", "x", "y"]).exit == 2
    assert without_own_records(computer.machine) == before
    assert computer.run(script, "Apply", "User", options=["-ReportOnly"]).exit == 2
    assert computer.result()["exit"] == 2
    assert computer.run(script, "Apply", "Machine", answers=["ＯＴＨＥＲ-pc"]).exit == 0
    assert computer.run(script, "Apply", "User", answers=[""]).exit == 0
    assert both(computer, script, "Rollback", run="r2") == [0, 0]


def test_a_yes_is_the_same_everywhere() -> None:
    """No place decides by itself what agrees."""
    texts = [path.read_text("utf-8") for path in PARTS.rglob("*.ps1")]
    places = [text for text in texts if re.search("Test-Agreement|Read-Agreement", text)]
    assert len(places) == 8
    alone = re.compile(r"-[ic]?(?:eq|ne|match|notmatch|contains|like)\s+'[^']*(?:はい|yes)", re.I)
    found = {path.name: alone.findall(path.read_text("utf-8")) for path in PARTS.rglob("*.ps1")}
    assert {name: len(one) for name, one in found.items() if one} == {"kind-api.ps1": 1}


def test_who_is_asked_for_a_yes_is_told_what_else_agrees() -> None:
    """Where the console cannot take Japanese, nobody would know."""
    asked = [
        line.strip()
        for path in [*PARTS.rglob("*.ps1"), PARTS.parent / "launchers/launcher.txt"]
        for line in path.read_text("utf-8").splitlines()
        if re.search("Read-(?:Answer|Agreement) .*「はい」|「はい」.*入力", line)
    ]
    assert len(asked) == 5
    assert [
        line
        for line in asked
        if "「はい」（yes か y でも同じ）" not in re.sub("と入力して Enter", "", line)
    ] == []


def test_keys_are_read_in_one_place() -> None:
    """Which empties the window's buffer first. The one other line ends a pass in which nothing of ours may run.

    A key is waited for behind a prompt that emptied it. A launcher reads two answers itself, and empties it as well.
    """
    reads = re.compile(r"\bRead-Host\b|ReadKey|UI\.ReadLine|\[Console\]::(?:In\b(?!,)|Read)")
    found = {
        path.name: [
            line.strip() for line in path.read_text("utf-8").splitlines() if reads.search(line)
        ]
        for path in PARTS.rglob("*.*1*")
    }
    found = {name: [line for line in lines if line[0] != "#"] for name, lines in found.items()}
    assert {name: len(lines) for name, lines in found.items() if lines} == {
        "console.native.ps1": 3,
        "terminal.ps1.j2": 1,
    }
    launchers = PARTS.parent / "launchers"
    asked = [
        line
        for path in launchers.glob("*.j2")
        for line in path.read_text("utf-8").splitlines()
        if reads.search(line)
    ]
    assert len(asked) == 2
    assert all(line.index("Clear-Typed") < line.index("Read-Host") for line in asked)


def modes(computer: Pc) -> list[int]:
    """The flags that the window's input was given since the last call."""
    path = computer.folder / "modes.txt"
    text = path.read_text() if path.exists() else ""
    path.unlink(missing_ok=True)
    return [int(line) for line in text.split()]


def test_a_click_into_the_window_stops_no_pass(tmp_path: Path) -> None:
    """QuickEdit is off from before the first step on, and as it was when the pass has ended, however."""
    off_and_on = [0x1B7, 0x1F7]
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    for mode in ("Apply", "Verify", "Rollback"):
        for scope in ("Machine", "User"):
            computer.run(script, mode, scope)
            assert modes(computer) == off_and_on, (mode, scope)
    unreadable = planted({}, journal="no journal\nat all\n")(tmp_path / "unreadable")
    done = unreadable.run(unreadable.bundle(plan(SMALL)), "Apply", "Machine")
    assert done.exit in (2, 6) and modes(unreadable) == off_and_on
    refused = planted({"ProgramData/oqsgen": {"owner": FOREIGN}})(tmp_path / "refused")
    refused.run(refused.bundle(plan(SMALL)), "Apply", "Machine")
    assert modes(refused) == []


def test_the_name_that_was_asked_for_stands_in_the_log_and_no_other(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things(), computer="OTHER-PC"))
    script = computer.bundle(plan(SMALL))
    computer.run(script, "Apply", "User", answers=["Himitsu-2026", "other-pc", "s"])
    (log,) = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/log.txt")
    said = log.read_text("utf-8-sig")
    assert "この PC の名前: （入力あり）" in said and "この PC の名前: other-pc" in said
    assert "Himitsu" not in said and "q 中断: s" in said


def test_each_pass_leaves_one_entry_in_the_event_log(tmp_path: Path) -> None:
    """When, how it ended, which bundle; nobody's name and nothing of the clinic."""
    machine = ready_machine(things=things())
    computer = made(tmp_path, machine)
    script = computer.bundle(plan(SMALL))
    titles = ["適用（この PC 全体の設定）", "適用（サインインしている人の設定）"]
    codes = both(computer, script, "Apply")
    codes += both(computer, script, "Rollback", run="r2")
    titles += ["元に戻す（サインインしている人の設定）", "元に戻す（この PC 全体の設定）"]
    found = computer.events()
    assert [one["id"] for one in found] == [100 + (code or 0) for code in codes] + [100]
    for one, title in zip(found, [*titles, "元に戻す（結果のまとめ）"], strict=True):
        code = one["id"] - 100
        assert one["source"] == "oqsgen" and one["type"] == (2 if code == 6 else 4)
        head, when, end, bundle = one["text"]
        assert head == f"オンライン資格確認端末のセットアップ: {title}"
        assert re.fullmatch(f"開始 {TIME}、終了 {TIME}", when)
        assert end.startswith(f"終了コード {code}（") and bundle == f"一式の番号 {'b' * 16}"
    said = json.dumps(found, ensure_ascii=False)
    people = [*machine["accounts"], "東京内科", "1319999012", "OQS-01", "S-1-5-21", "Oqs-Secret"]
    assert not [word for word in people if word in said]


TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


def test_a_refused_pass_is_in_the_event_log_too(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL, siblings={"a.txt": "0" * 64}))
    assert computer.run(script, "Apply", "User").exit == 3
    (entry,) = computer.events()
    assert (entry["id"], entry["type"]) == (103, 1)


@pytest.mark.parametrize("state", ["stopped", "full"])
def test_no_pass_fails_for_its_entry_in_the_event_log(tmp_path: Path, state: str) -> None:
    codes, written = [], []
    for name, more in (("as it is", {}), ("refusing", {"eventLog": state})):
        computer = made(tmp_path / name, ready_machine(things=things(), **more))
        codes.append(both(computer, computer.bundle(plan(SMALL)), "Apply"))
        written.append(len(computer.events()))
    assert codes[0] == codes[1] and written == [2, 0]


def test_an_entry_that_fails_half_way_changes_no_code(tmp_path: Path) -> None:
    """It is the last thing that a pass does: its last two chances."""
    computer = made(tmp_path / "a", ready_machine(things=things()))
    done = computer.run(computer.bundle(plan(SMALL)), "Verify", "Machine")
    for number in (0, 1):
        other = made(tmp_path / str(number), ready_machine(things=things()))
        failed = other.run(
            other.bundle(plan(SMALL)), "Verify", "Machine", fail=done.chances - number
        )
        assert (failed.exit, failed.errors) == (done.exit, "")
        assert len(other.events()) == 1 - number


WAITS = """
Register-Kind 'waits' -Format 1 -Get {
    param($Target)
    [IO.File]::WriteAllText("$env:OQSGEN_FAKE/waits.txt", '')
    Start-Sleep -Seconds 60
    return [pscustomobject] @{ done = $true }
}
"""


@pytest.mark.parametrize("scope", ["Machine", "User"])
def test_ctrl_c_is_code_1(tmp_path: Path, scope: str) -> None:
    """``-File`` makes it 0 (PowerShell #13523, 5.1 too). A real process, and the key."""
    computer = pc(tmp_path, ready_machine(things=things()), more_kinds=THING + WAITS)
    waits = {"id": "waits", "kind": "waits", "how": "verify", "target": {"a": 1}}
    path = computer.bundle(plan([waits | {"wanted": {"done": True}, "scope": scope.lower()}]))
    computer.write_session(scope)
    code, _ = run_at_terminal(
        [PWSH, "-NoProfile", "-File", str(path), "-Mode", "Verify", "-Scope", scope],
        {"OQSGEN_FAKE": str(tmp_path)},
        (tmp_path / "waits.txt").exists,
        CTRL_C,
    )
    assert code == 1
    (entry,) = computer.events()
    assert (entry["id"], entry["type"]) == (101, 2)
    assert modes(computer)[-1] == 0x1F7


LEFT = "■ この PC に残っているものと、その消し方"


def remnants(log: str) -> list[tuple[str, str, str]]:
    """The list at the end of undoing, as the log has it: what, where, how."""
    _, head, text = log.partition(f"{LEFT}\n")
    assert head, log
    text = re.split(r"^[^ ]", text, flags=re.MULTILINE)[0]
    found = re.findall(r"^  \d+\. (.*)\n(?:     場所: (.*)\n)?     (.*)$", text, re.MULTILINE)
    assert len(found) == text.count("\n  ") + 1 - text.count("\n     ")
    return [(name, place, how) for name, place, how in found]


def undone(computer: Pc, script: Path, run: str, **session: Any) -> str:
    """Undoing as the launcher does it; what the last log says, after what the last window shows."""
    computer.run(script, "Rollback", "User", run=run, **session)
    computer.run(script, "Rollback", "Machine", run=run, **session)
    done = computer.run(script, "Rollback", "User", run=run, options=["-ReportOnly"], **session)
    assert not done.errors
    return done.console + last_log(computer)


def last_log(computer: Pc) -> str:
    """The newest log of a person."""
    logs = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/log.txt")
    newest = max(logs, key=lambda path: (path.stat().st_mtime_ns, path.parent.name))
    return newest.read_text("utf-8-sig")


def test_undoing_ends_with_what_is_left_on_the_pc_and_how_it_goes(tmp_path: Path) -> None:
    """As it is then: what is not there is not in the list."""
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    left = remnants(undone(computer, script, "r2"))
    assert [name for name, _, _ in left] == [
        "OqsComApp の設定の控えと結果",
        "結果の 1 枚",
        "この一式",
        "PC 全体の設定の控えと結果",
        "実行した記録",
    ]
    places = dict((name, place) for name, place, _ in left)
    assert places["PC 全体の設定の控えと結果"] == str(tmp_path / "ProgramData/oqsgen")
    assert places["OqsComApp の設定の控えと結果"].endswith("OqsComApp/AppData/Local/oqsgen")
    assert places["結果の 1 枚"] == str(tmp_path / "stick/results/1319999012_OQS-01")
    assert places["この一式"] == str(tmp_path / "stick/bundle")
    assert places["実行した記録"].endswith("Application（ソース oqsgen）")
    for name, place, how in left:
        if "控え" in name:
            assert "もう要りません" in how and "残してください" not in how
        assert place and how, name
    pages = sorted(computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/result.html"))
    page = max(pages, key=lambda path: path.stat().st_mtime_ns).read_text("utf-8")
    assert LEFT[2:] in page
    for name, _, how in left:
        assert f"<strong>{name}</strong>" in page and how in page
    (log,) = {path.read_text("utf-8-sig") for path in pages[-1].parent.glob("log.txt")}
    assert LEFT in log


def test_what_is_not_undone_keeps_its_journal(tmp_path: Path) -> None:
    """Deleting it would mean that it can never be undone: both folders say so."""
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    machine = computer.machine
    machine["things"]["pc"]["sleep"]["ac"] = 60
    machine["things"]["person OqsComApp"]["own"] = {"x": "z"}
    computer.machine = machine
    left = {name: (place, how) for name, place, how in remnants(undone(computer, script, "r2"))}
    assert left["元に戻していない設定（2 件）"][1].endswith(": 項目 person-own、項目 pc-sleep")
    for name in ("PC 全体の設定の控えと結果", "OqsComApp の設定の控えと結果"):
        assert "元に戻していない設定が 1 件" in left[name][1], left
        assert "残してください" in left[name][1]


def test_another_persons_folder_is_named_with_what_has_to_be_done_first(tmp_path: Path) -> None:
    machine = ready_machine(things=things())
    machine["accounts"]["uketsuke1"] = account(1003)
    computer = made(tmp_path, machine)
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    computer.run(script, "Apply", "User", run="r1", **signed_in_as("uketsuke1"))
    computer.machine = computer.machine | {"explorer": "uketsuke1"}
    assert computer.run(script, "Apply", "User", run="r2").exit in (0, 5)
    computer.machine = computer.machine | {"explorer": "OqsComApp"}
    left = {name: (place, how) for name, place, how in remnants(undone(computer, script, "r3"))}
    place, how = left["uketsuke1 の設定の控えと結果"]
    assert place.endswith("Users/uketsuke1/AppData/Local/oqsgen")
    assert "先に uketsuke1 でサインインして 3_元に戻す" in how
    computer.machine = computer.machine | {"explorer": "uketsuke1"}
    computer.run(script, "Rollback", "User", run="r4")
    computer.machine = computer.machine | {"explorer": "OqsComApp"}
    left = {name: (place, how) for name, place, how in remnants(undone(computer, script, "r5"))}
    assert "もう要りません" in left["uketsuke1 の設定の控えと結果"][1]


def test_the_list_is_the_same_in_an_administrators_session(tmp_path: Path) -> None:
    """Each person's folder is there once, whoever undoes."""
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    computer.machine = computer.machine | {"explorer": "setup"}
    left = {name: how for name, _, how in remnants(undone(computer, script, "r2"))}
    assert "先に OqsComApp でサインインして" in left["OqsComApp の設定の控えと結果"]
    assert "もう要りません" in left["setup の設定の控えと結果"]
    assert "PC 全体の設定の控えと結果" in left and "実行した記録" in left


def test_a_refused_machine_pass_says_to_keep_its_folder(tmp_path: Path) -> None:
    """It has read no journal: there may be something to undo."""
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    journal = tmp_path / "ProgramData/oqsgen/journal/machine.jsonl"
    journal.write_text(journal.read_text("utf-8") + '{"event": "strange"}\n', "utf-8")
    left = {name: how for name, _, how in remnants(undone(computer, script, "r2"))}
    assert "先に消すと、元に戻せなくなります" in left["PC 全体の設定の控えと結果"]
    assert "調べられなかったもの" not in left


def test_registered_publishers_are_named_with_what_was_added(tmp_path: Path) -> None:
    key = "HKLM\\SOFTWARE\\oqsgen\\publishers"
    added = ["Root\\AA", "TrustedPublisher\\BB"]
    registry = {
        f"{key}\\{'0F' * 32}": {"added": {"type": "MultiString", "data": added}},
        f"{key}\\{'1E' * 32}": {"uses": {"type": "MultiString", "data": added}},
    }
    computer = made(tmp_path, ready_machine(things=things(), registry=registry))
    own = plan(SMALL)
    own["bundle"]["publisher"] = "0f" * 32
    script = computer.bundle(own)
    left = {name: (place, how) for name, place, how in remnants(undone(computer, script, "r"))}
    place, how = left["登録した発行者 0F0F0F0F…"]
    assert key in place and place.startswith(
        "certlm.msc の「信頼されたルート証明機関」（拇印 AA）、certlm.msc の「信頼された発行元」（拇印 BB）、"
    )
    assert how.startswith("この一式の「0_発行者を登録.cmd」をもう一度")
    place, how = left["登録した発行者 1E1E1E1E…"]
    assert "certlm" not in place and how.startswith("この発行者の一式の")
    computer.machine = computer.machine | {"registry": {key: {}}}
    left = {name: (place, how) for name, place, how in remnants(undone(computer, script, "r2"))}
    assert "空になったレジストリのキー" in left and not [one for one in left if "発行者" in one]


def test_the_list_is_there_without_a_machine_pass(tmp_path: Path) -> None:
    """No click on はい: what the person can see, and that the PC's own part comes first."""
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    computer.run(script, "Rollback", "User", run="r2")
    done = computer.run(
        script, "Rollback", "User", run="r2", options=["-ReportOnly", "-UacDeclined"]
    )
    assert not done.errors
    left = {name: how for name, _, how in remnants(last_log(computer))}
    assert "先に消すと、元に戻せなくなります" in left["PC 全体の設定の控えと結果"]
    assert not [name for name in left if "元に戻していない設定" in name]


def test_what_cannot_be_looked_at_hides_nothing_else(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    both(computer, script, "Apply")
    computer.machine = computer.machine | {"eventLog": "stopped"}
    names = [name for name, _, _ in remnants(undone(computer, script, "r2"))]
    assert "調べられなかったもの" in names and "PC 全体の設定の控えと結果" in names


@pytest.mark.parametrize("mode", ["Apply", "Verify"])
def test_only_undoing_says_what_is_left(tmp_path: Path, mode: str) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    assert both(computer, script, mode)
    assert LEFT not in everything_written(computer) + computer.take_console()


def test_the_newest_results_of_machine_passes_are_kept(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things(), computer="OTHER-PC"))
    script = computer.bundle(plan(SMALL))
    folder = tmp_path / "ProgramData/oqsgen/results"
    assert computer.run(script, "Apply", "Machine", answers=["OTHER-PC"]).exit == 0
    for age in range(60):
        path = folder / (
            f"{age:032x}.json" if age % 2 else f"{age:08x}-0000-0000-0000-{age:012x}.json"
        )
        path.write_text("{}")
        os.utime(path, (1.7e9 - age, 1.7e9 - age))
    old = (folder / "names.json", folder / "run-1.json")
    for path in old:
        os.utime(path, (1e9, 1e9))
    assert computer.run(script, "Verify", "Machine", run="f" * 32).exit == 0
    kept = {path.name for path in folder.iterdir()} - {path.name for path in old}
    assert len(kept) == 50 and f"{'f' * 32}.json" in kept
    assert f"{47:032x}.json" in kept and f"{49:032x}.json" not in kept
    assert all(path.exists() for path in old)


def planted(security: Mapping[str, Any], **more: Any) -> Callable[[Path], Pc]:
    def build(folder: Path) -> Pc:
        base = "ProgramData/oqsgen"
        for name in ("journal", "results", "temp"):
            (folder / base / name).mkdir(parents=True)
        (folder / base / "journal/machine.jsonl").write_text(more.get("journal", ""))
        return made(folder, ready_machine(things=things(), security=security))

    return build


FOREIGN = "S-1-5-21-1-2-3-1001"
CONTINUE = {"sid": FOREIGN, "allow": True, "rights": 0x1F01FF, "inherited": False}
OURS = [
    {"sid": sid, "allow": True, "rights": 0x1F01FF, "inherited": False}
    for sid in ("S-1-5-18", "S-1-5-32-544")
]


@pytest.mark.parametrize(
    ("security", "says"),
    [
        ({"ProgramData/oqsgen": {"reparse": True}}, "リンク"),
        ({"ProgramData/oqsgen": {"owner": FOREIGN}}, "所有者"),
        ({"ProgramData/oqsgen/journal": {"reparse": True}}, "リンク"),
        ({"ProgramData/oqsgen/journal": {"owner": FOREIGN}}, "所有者"),
        ({"ProgramData/oqsgen/results": {"owner": FOREIGN}}, "所有者"),
        ({"ProgramData/oqsgen/journal/machine.jsonl": {"owner": FOREIGN}}, "所有者"),
        ({"ProgramData/oqsgen/journal/machine.jsonl": {"reparse": True}}, "リンク"),
        ({"ProgramData/oqsgen/journal": {"entries": [*OURS, CONTINUE]}}, "OqsComApp|setup|S-1-5"),
    ],
)
def test_a_planted_folder_is_refused(tmp_path: Path, security: Any, says: str) -> None:
    computer = planted(security)(tmp_path)
    script = computer.bundle(plan(SMALL))
    before = computer.machine
    done = computer.run(script, "Apply", "Machine")
    assert done.exit == 2 and re.search(says, done.console), done
    assert without_own_records(computer.machine) == without_own_records(before)


@pytest.mark.parametrize("yes", YES)
def test_an_extra_access_entry_is_taken_out_on_consent(tmp_path: Path, yes: str) -> None:
    where = "ProgramData/oqsgen/journal"
    computer = planted({where: {"entries": [*OURS, CONTINUE]}})(tmp_path)
    script = computer.bundle(plan(SMALL))
    done = computer.run(script, "Apply", "Machine", answers=[yes])
    assert done.exit == 0 and "余分なアクセス権" in done.console
    assert computer.machine["security"][where]["entries"] == OURS
    assert "余分なアクセス権" not in computer.run(script, "Verify", "Machine").console


def test_a_changed_sibling(tmp_path: Path) -> None:
    content = "<Task/>".encode("utf-16")
    computer = made(tmp_path, ready_machine(things=things()))
    name = "tasks/定刻に再起動.xml"
    script = computer.bundle(plan(SMALL, siblings={name: hashlib.sha256(content).hexdigest()}))
    before = computer.machine
    missing = [
        computer.run(script, "Apply", scope, answers=[""]).exit for scope in ("Machine", "User")
    ]
    assert missing == [3, 3] and computer.machine == before
    path = script.parent / name
    path.parent.mkdir()
    path.write_bytes(content + b" ")
    assert computer.run(script, "Apply", "Machine").exit == 3
    path.write_bytes(content)
    assert both(computer, script, "Apply", answers=[""]) == [0, 0]


@pytest.mark.parametrize(
    ("machine", "session"),
    [
        ({"windows": {"edition": "Core", "build": 26100}}, {}),
        ({"windows": {"edition": "IoTEnterpriseS", "build": 19044}}, {}),
        ({"uwf": True}, {}),
        ({}, {"bits32": True}),
        ({}, {"elevated": False}),
    ],
)
def test_preconditions(tmp_path: Path, machine: Any, session: Any) -> None:
    computer = made(tmp_path, ready_machine(things=things()) | machine)
    before = computer.machine
    script = computer.bundle(plan(SMALL))
    assert computer.run(script, "Apply", "Machine", **session).exit == 2
    assert without_own_records(computer.machine) == before


def test_the_user_pass_is_the_persons_own(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    computer.machine = computer.machine | {
        "accounts": computer.machine["accounts"] | {"boss": account(1009)}
    }
    script = computer.bundle(plan(SMALL))
    done = computer.run(script, "Apply", "User", **signed_in_as("boss"))
    assert done.exit == 2 and "boss" in done.console and not computer.results()
    computer.machine = computer.machine | {"explorer": None}
    assert computer.run(script, "Apply", "User", **signed_in_as("OqsComApp")).exit == 2


def test_constrained_language(tmp_path: Path) -> None:
    """The whole script is parsed and begun in Constrained Language."""
    computer = made(tmp_path, ready_machine(), whole=True)
    script = computer.bundle(plan(SMALL))
    computer.write_session("User")
    command = (
        "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage';"
        f"& '{script}' -Mode Apply -Scope User -Run x; exit $LASTEXITCODE"
    )
    done = subprocess.run(
        [PWSH, "-NoProfile", "-NonInteractive", "-Command", command],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"OQSGEN_FAKE": str(tmp_path)},
    )
    assert done.returncode == 2 and "制限されている" in done.stdout and not done.stderr, done


KILL_STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("new", {"type": "DWord"}),
    thing("gone", None),
]


class Kills:
    """A small plan on one PC, killed, or an error, at a chance, and then resumed or undone."""

    def __init__(self, folder: Path, *, whole: bool = False) -> None:
        self.before = ready_machine(things=things())
        self.folder = folder
        self.number = 0
        self.fresh = made(folder / "fresh", self.before, whole=whole)
        script = self.fresh.bundle(plan(KILL_STEPS))
        self.fresh.run(script, "Verify", "Machine")
        self.done = self.copy(self.fresh)
        self.in_apply = self.done.run(self.done.script(), "Apply", "Machine").chances
        self.applied = without_own_records(self.done.machine)
        undone = self.copy(self.done)
        self.in_rollback = undone.run(undone.script(), "Rollback", "Machine").chances
        assert without_own_records(undone.machine) == self.before

    def copy(self, computer: Pc) -> Pc:
        self.number += 1
        return computer.copy(self.folder / str(self.number))

    def check(self, computer: Pc, mode: str) -> None:
        done = computer.run(computer.script(), mode, "Machine")
        assert done.exit == 0, done
        wanted = self.applied if mode == "Apply" else self.before
        assert without_own_records(computer.machine) == wanted

    def kill(self, mode: str, chance: int, *, process: bool = False) -> None:
        """Killed in a pass: the next start goes on, or undoes, whichever is asked for."""
        computer = self.copy(self.fresh if mode == "Apply" else self.done)
        killed = computer.run(computer.script(), mode, "Machine", crash=chance, process=process)
        assert killed.killed, killed
        other = self.copy(computer)
        self.check(computer, "Apply")
        self.check(computer, "Rollback")
        self.check(other, "Rollback")

    def fail(self, mode: str, chance: int, failing: str) -> None:
        """A command failed in a pass that goes on: it says so, and the next start undoes."""
        computer = self.copy(self.fresh if mode == "Apply" else self.done)
        failed = computer.run(computer.script(), mode, "Machine", fail=chance, failing=failing)
        wanted = self.applied if mode == "Apply" else self.before
        assert failed.exit in (2, 6) or without_own_records(computer.machine) == wanted, failed
        if self.number % 2:
            self.check(computer, "Apply")
        self.check(computer, "Rollback")


def test_failed_at_random_chances(tmp_path: Path) -> None:
    """An error, or from then on nothing but errors (a full disk). Every chance of steps: failed.Tests.ps1."""
    kills = Kills(tmp_path)
    pick = random.Random(7)
    for mode, chances in (("Apply", kills.in_apply), ("Rollback", kills.in_rollback)):
        for number, chance in enumerate(pick.sample(range(1, chances + 1), 4)):
            kills.fail(mode, chance, ("once", "on")[number % 2])


@pytest.mark.parametrize("half", [0, 1])
def test_killed_at_every_chance(tmp_path: Path, half: int) -> None:
    kills = Kills(tmp_path)
    assert kills.in_apply >= 26 and kills.in_rollback >= 28, "no place may go"
    for chance in range(1 + half, kills.in_apply + 1, 2):
        kills.kill("Apply", chance)
    for chance in range(1 + half, kills.in_rollback + 1, 2):
        kills.kill("Rollback", chance)


def test_killed_for_real(tmp_path: Path) -> None:
    """A few places where the process really ends, torn lines among them."""
    kills = Kills(tmp_path, whole=True)
    for chance in random.Random(5).sample(range(1, kills.in_apply), 2):
        kills.kill("Apply", chance, process=True)
    kills.kill("Rollback", random.Random(6).randrange(1, kills.in_rollback), process=True)


def test_killed_after_set_and_changed_by_somebody_else(tmp_path: Path) -> None:
    """What was set and never journalled as set is settled by the next apply."""
    before = ready_machine(things=things())
    step = [thing("sleep", {"ac": 0, "dc": 0})]
    computer = made(tmp_path / "whole", before)
    script = computer.bundle(plan(step))
    chances = computer.run(script, "Apply", "Machine").chances
    computer = made(tmp_path / "killed", before)
    script = computer.bundle(plan(step))
    assert computer.run(script, "Apply", "Machine", crash=chances - 2).killed
    assert computer.machine["things"]["pc"]["sleep"] == {"ac": 0, "dc": 0}
    assert computer.run(script, "Apply", "Machine").exit == 0
    machine = computer.machine
    machine["things"]["pc"]["sleep"] = {"ac": 60, "dc": 0}
    computer.machine = machine
    assert computer.run(script, "Rollback", "Machine").exit == 6
    assert computer.machine["things"]["pc"]["sleep"] == {"ac": 60, "dc": 0}


def change_thing(computer: Pc, name: str, value: Mapping[str, Any], place: str = "pc") -> None:
    """What somebody else makes of a thing."""
    machine = computer.machine
    machine["things"][place][name] = value
    computer.machine = machine


def test_a_refused_change_leaves_nothing_to_undo(tmp_path: Path) -> None:
    """What the PC was like when it was refused is not what a later change is taken back to."""
    refusing = {"pc": {"new": {"refuses": 1, "x": 0}, "half": {"halfway": 1, "x": 0}}}
    computer = made(tmp_path, ready_machine(things=refusing))
    script = computer.bundle(plan([thing("new", {"x": 1}), thing("half", {"x": 1, "y": 1})]))
    assert computer.run(script, "Apply", "Machine").exit == 6
    messages = [step["message"] for step in machine_result(computer)["steps"]]
    assert messages == ["ことわります", "とちゅうです"]
    assert computer.machine["things"]["pc"]["half"] == {"halfway": 1, "x": 1}
    # What was done halfway is still ours.
    assert computer.run(script, "Rollback", "Machine").exit == 0
    assert statuses(machine_result(computer)) == {"pc-half": "changed"}
    assert computer.machine["things"] == refusing

    computer.bundle(plan([thing("new", {"x": 1})]))
    assert computer.run(script, "Apply", "Machine").exit == 6
    change_thing(computer, "new", {"x": 5})
    assert computer.run(script, "Apply", "Machine").exit == 0
    # A refusal of what we have changed before forgets nothing.
    change_thing(computer, "new", {"refuses": 1, "x": 7})
    assert computer.run(script, "Apply", "Machine").exit == 6
    change_thing(computer, "new", {"x": 7})
    assert computer.run(script, "Rollback", "Machine").exit == 0
    assert computer.machine["things"]["pc"]["new"] == {"x": 5}


def test_a_refused_change_takes_nobodys_answers_back(tmp_path: Path) -> None:
    steps = [thing("own", {"x": 1}, person=True), thing("done", {"x": 1}, person=True), GUIDED]
    computer = made(tmp_path, ready_machine(things={"person OqsComApp": {"own": {"refuses": 1}}}))
    script = computer.bundle(plan(steps))
    assert "Enter 済んだ" in computer.run(script, "Apply", "User", answers=[""]).console
    done = computer.run(script, "Apply", "User")
    assert statuses(computer.result())["person-own"] == "failed"
    assert "Enter 済んだ" not in done.console
    # Undoing a change of this person does.
    assert computer.run(script, "Rollback", "User").exit == 0
    assert "Enter 済んだ" in computer.run(script, "Apply", "User", answers=[""]).console


def test_an_account_in_another_case_is_undone_once_it_is_renamed(tmp_path: Path) -> None:
    user = {
        "id": "account", "kind": "user", "scope": "machine", "target": {"name": "OqsComApp"},
        "wanted": {"enabled": True, "administrator": True, "passwordNeverExpires": True},
        "secrets": ["OqsComApp"],
    }  # fmt: skip
    machine = new_machine()
    machine["accounts"]["oqscomapp"] = account(1002)
    computer = made(tmp_path, machine)
    script = computer.bundle(plan([user]))
    assert computer.run(script, "Apply", "Machine").exit == 6
    assert "大文字" in machine_result(computer)["steps"][0]["message"]
    machine = computer.machine
    machine["accounts"]["OqsComApp"] = machine["accounts"].pop("oqscomapp")
    computer.machine = machine
    before = machine["accounts"]
    assert computer.run(script, "Apply", "Machine").exit == 0
    assert computer.machine["accounts"]["OqsComApp"]["administrator"]
    assert computer.run(script, "Rollback", "Machine").exit == 0
    assert computer.machine["accounts"] == before


def machine_result(computer: Pc, run: str = "run-1") -> dict[str, Any]:
    path = computer.folder / f"ProgramData/oqsgen/results/{run}.json"
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def test_what_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    computer.run(script, "Apply", "Machine")
    machine = computer.machine
    machine["things"]["pc"]["list"] = {"data": ["foreign"]}
    machine["things"]["pc"]["new"]["more"] = 1
    computer.machine = machine
    assert computer.run(script, "Rollback", "Machine").exit == 6
    found = statuses(machine_result(computer))
    assert found == {
        "pc-gone": "changed",
        "pc-new": "drift",
        "pc-list": "drift",
        "pc-sleep": "changed",
    }
    assert computer.machine["things"]["pc"]["list"] == {"data": ["foreign"]}
    # Still remembered: once it is as we left it, it can be undone.
    machine = computer.machine
    machine["things"]["pc"]["list"] = {"data": SMALL[1]["wanted"]["data"]}
    del machine["things"]["pc"]["new"]["more"]
    computer.machine = machine
    assert computer.run(script, "Rollback", "Machine").exit == 0
    assert without_own_records(computer.machine)["things"] == things()


def test_a_later_bundle_undoes_an_earlier_one(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    first = computer.bundle(plan(SMALL), "a")
    other = plan([thing("sleep", {"ac": 7, "dc": 0}), thing("b", {"x": 1})])
    other["bundle"] = other["bundle"] | {"id": "c" * 16}
    second = computer.bundle(other, "b")
    both(computer, first, "Apply", answers=[""])
    assert both(computer, second, "Apply", run="r2") == [0, 0]
    assert both(computer, second, "Rollback", run="r3") == [0, 0]
    assert computer.machine["things"]["pc"] == things()["pc"]
    assert computer.machine["things"]["person OqsComApp"] == things()["person OqsComApp"]


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ({"kind": "from-the-future", "format": 1}, "知らない種類"),
        ({"kind": "thing", "format": 3}, "新しい版"),
        ({"kind": "thing", "format": 2, "event": "moved"}, "知らない記録"),
        ("{not json}", "読めません"),
    ],
)
def test_a_journal_of_another_version_is_refused(tmp_path: Path, line: Any, refused: str) -> None:
    if isinstance(line, dict):
        base = {"event": "before", "step": "s", "title": "t", "key": "k", "target": {"name": "x"}}
        line = json.dumps(base | {"before": None, "wanted": None} | line)
    computer = planted({}, journal=line + "\n")(tmp_path)
    script = computer.bundle(plan(SMALL))
    before = computer.machine
    for mode in ("Apply", "Rollback"):
        done = computer.run(script, mode, "Machine")
        assert done.exit == 2 and refused in done.console
    assert without_own_records(computer.machine) == without_own_records(before)
    assert computer.run(script, "Verify", "Machine").exit == 6


def test_a_restart_is_not_forgotten(tmp_path: Path) -> None:
    steps = [thing("sleep", {"ac": 0}, restart=True), thing("new", {"x": 1}), RESTART]
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(steps))
    for mode in ("Apply", "Apply", "Verify"):
        assert computer.run(script, mode, "Machine").exit == 5
        found = statuses(machine_result(computer))
        assert found["pc-sleep"] == found["restart"] == "restart" and found["pc-new"] != "restart"
    computer.machine = computer.machine | {"boot": "2026-11-21 07:00:00.000"}
    assert computer.run(script, "Verify", "Machine").exit == 0
    assert computer.run(script, "Rollback", "Machine").exit == 5
    assert without_own_records(computer.machine)["things"] == things()
    computer.machine = computer.machine | {"boot": "2026-11-22 07:00:00.000"}
    assert computer.run(script, "Rollback", "Machine").exit == 0


def test_secrets(tmp_path: Path) -> None:
    locked = thing("login", {"locked": "OqsComApp"}, secrets=["OqsComApp"])
    machine = ready_machine(things=things())
    computer = made(tmp_path, machine)
    script = computer.bundle(plan([locked, thing("new", {"x": 1})]))
    done = computer.run(script, "Apply", "Machine", answers=["wrong-1", "wrong-2", "wrong-3"])
    assert done.exit == 5 and statuses(machine_result(computer))["pc-login"] == "skipped"
    assert computer.run(script, "Apply", "Machine", answers=[""]).exit == 5
    done = computer.run(script, "Apply", "Machine", answers=["wrong-4", "Oqs-Secret-2"])
    assert statuses(machine_result(computer))["pc-login"] == "changed"
    assert "パスワード" not in computer.run(script, "Apply", "Machine").console
    written = everything_written(computer)
    assert "wrong-" not in written and "Oqs-Secret-2" not in written

    # Putting back what needs a password asks for it, and waits where it is not given.
    things_now = things() | {"pc": things()["pc"] | {"login": {"locked": "OqsComApp", "old": 1}}}
    computer = made(tmp_path / "undo", ready_machine(things=things_now))
    script = computer.bundle(plan([thing("login", {"old": 2})]))
    assert computer.run(script, "Apply", "Machine").exit == 0
    assert computer.run(script, "Rollback", "Machine", answers=[""]).exit == 5
    assert statuses(machine_result(computer)) == {"pc-login": "manual"}
    assert computer.run(script, "Rollback", "Machine", answers=["Oqs-Secret-2"]).exit == 0
    assert statuses(machine_result(computer)) == {"pc-login": "changed"}
    assert computer.machine["things"] == things_now


def test_a_password_is_used_before_the_next_one_is_asked_for(tmp_path: Path) -> None:
    """If the power goes meanwhile, what was typed need not be typed again; nor what was given up, for another step."""

    def account(name: str) -> dict[str, Any]:
        wanted = {"enabled": True, "administrator": True, "passwordNeverExpires": True}
        return {
            "id": f"account-{name}", "title": f"アカウント {name}", "kind": "user", "scope": "machine",
            "target": {"name": name}, "wanted": wanted, "secrets": [name],
        }  # fmt: skip

    steps = [
        thing("first", {"x": 1}),
        account("OqsComApp"),
        thing("login", {"locked": "OqsComApp"}, secrets=["OqsComApp"]),
        account("receiptcom"),
        thing("share", {"locked": "receiptcom"}, secrets=["receiptcom"]),
    ]
    computer = made(tmp_path, new_machine() | {"things": {"pc": {}}})
    script = computer.bundle(plan(steps))
    fresh = computer.copy(tmp_path / "fresh")
    done = computer.run(script, "Apply", "Machine", answers=[NEW_SECRET, NEW_SECRET, ""])
    assert done.console.count("receiptcom の新しいパスワード") == 1
    asked = []
    for chance in range(1, done.chances + 1):
        cut = fresh.copy(tmp_path / f"cut-{chance}")
        killed = cut.run(
            cut.script(), "Apply", "Machine", answers=[NEW_SECRET, NEW_SECRET], crash=chance
        )
        if "receiptcom の新しいパスワード" in killed.console:
            asked.append(chance)
            assert "OqsComApp" in cut.machine["accounts"]
            assert "login" in cut.machine["things"]["pc"]
    assert asked
    answered = computer.answered("run-1")
    assert answered and statuses(answered)["pc-share"] == "skipped"
    done = computer.run(script, "Apply", "Machine", answers=[NEW_SECRET, NEW_SECRET])
    assert "OqsComApp の" not in done.console and computer.machine["accounts"]["receiptcom"]


def test_undoing_invents_no_password_for_an_account_that_is_gone(tmp_path: Path) -> None:
    before = {"pc": {"login": {"locked": "taishoku", "old": 1}}}
    computer = made(tmp_path, ready_machine(things=before))
    script = computer.bundle(plan([thing("login", {"old": 2})]))
    assert computer.run(script, "Apply", "Machine").exit == 0
    done = computer.run(script, "Rollback", "Machine", answers=[NEW_SECRET, NEW_SECRET])
    assert done.exit == 5 and "taishoku はこの PC にない" in done.console
    assert "新しいパスワード" not in done.console
    assert statuses(machine_result(computer)) == {"pc-login": "manual"}
    assert computer.machine["things"]["pc"]["login"] == {"locked": "taishoku", "old": 2}


def test_another_runs_machine_result_is_not_ours(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    computer.run(script, "Verify", "Machine", run="old")
    computer.run(script, "Verify", "User", run="now")
    assert statuses(computer.result())["pc-sleep"] == "unknown"
    computer.run(script, "Verify", "User", run="old")
    assert statuses(computer.result())["pc-sleep"] == "drift"
    path = tmp_path / "ProgramData/oqsgen/results"
    (path / "now.json").write_text((path / "old.json").read_text("utf-8"))
    computer.run(script, "Verify", "User", run="now")
    assert statuses(computer.result())["pc-sleep"] == "unknown"


def test_after_a_refusal_the_second_pass_only_reports(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things(), uwf=True))
    script = computer.bundle(plan(SMALL))
    before = computer.machine
    assert computer.run(script, "Apply", "Machine").exit == 2
    assert computer.run(script, "Apply", "User", options=["-ReportOnly"]).exit == 2
    assert computer.result()["exit"] == 2 and "UWF" in computer.result()["steps"][-1]["message"]
    computer.machine = before | {"uwf": False}
    before = computer.machine
    done = computer.run(script, "Apply", "User", run="r2", options=["-ReportOnly"])
    assert done.exit == 6 and computer.result()["exit"] == 1
    assert without_own_records(computer.machine) == without_own_records(before)
    assert opened(tmp_path) == []


def test_undoing_waits_for_other_people(tmp_path: Path) -> None:
    machine = ready_machine(things=things())
    machine["accounts"] |= new_machine()["accounts"]
    computer = made(tmp_path, machine)
    script = computer.bundle(plan([*SMALL, thing("account", {"on": True})]))
    both(computer, script, "Apply", answers=[""])
    computer.machine = computer.machine | {"explorer": "setup"}
    assert both(computer, script, "Rollback") == [4, 0]
    found = {step["id"]: step for step in computer.result()["steps"]}
    assert (
        found["pc-account"]["status"] == "manual" and "OqsComApp" in found["pc-account"]["message"]
    )
    assert computer.machine["things"]["pc"]["account"] == {"on": True}
    computer.machine = computer.machine | {"explorer": "OqsComApp"}
    assert both(computer, script, "Rollback", run="r2") == [0, 0]
    assert "account" not in computer.machine["things"]["pc"]


def test_failures_are_told_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    odd = {
        "broken": {"broken": 1},
        "stubborn": {"stubborn": 1},
        "line": {"unknown": "回線がありません"},
    }
    odd["none"] = {"not-applicable": "電池がありません"}
    computer = made(tmp_path, ready_machine(things=things(pc=odd)))
    steps = [thing(name, {"x": 1}) for name in (*odd, "last")]
    script = computer.bundle(plan(steps))
    assert computer.run(script, "Apply", "Machine").exit == 6
    assert statuses(machine_result(computer)) == {
        "pc-broken": "failed",
        "pc-stubborn": "failed",
        "pc-line": "unknown",
        "pc-none": "not-applicable",
        "pc-last": "changed",
    }
    script = computer.bundle(plan(steps[2:]), "rest")
    assert (
        computer.run(script, "Apply", "Machine").exit == 5
    ), "what cannot be looked at is not done"
    steps[2]["how"] = "verify"
    script = computer.bundle(plan(steps[2:]), "checks")
    assert computer.run(script, "Apply", "Machine").exit == 0
    assert computer.run(script, "Rollback", "Machine").exit == 0


def test_one_run_at_a_time(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(SMALL))
    computer.run(script, "Verify", "Machine")
    lock = tmp_path / "ProgramData/oqsgen/journal/lock"
    holder = subprocess.Popen(
        [PWSH, "-NoProfile", "-Command",
         f"$s = [IO.File]::Open('{lock}', 'Open', 'ReadWrite', 'None'); 'held'; $null = [Console]::In.ReadLine()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        done = computer.run(script, "Apply", "Machine")
        assert done.exit == 2 and "既に動いています" in done.console
    finally:
        holder.communicate("\n")


def test_guided_steps_are_asked_until_done(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan([GUIDED, GUIDED | {"id": "second", "open": "calc.exe"}]))
    computer.run(script, "Apply", "User", answers=["s", ""])
    messages = [step["message"] for step in computer.result()["steps"]]
    assert messages[0] != messages[1]
    console = computer.run(script, "Apply", "User", answers=[""]).console
    assert console.count("Enter 済んだ") == 1
    assert "calc" not in (tmp_path / "opened.txt").read_text()


def test_a_question_says_its_number_of_the_visit(tmp_path: Path) -> None:
    def number(label: str, title: str, steps: list[str], person: str | None = None) -> Any:
        base = {"label": label, "title": title, "steps": steps, "person": person}
        return base | {"needs": [], "later": None}

    numbers = [
        number("1", "ルーターの DNS", ["guided"]),
        number("2a", "顔認証の確認", ["other"]),
        number("2b", "レセコンからの確認", ["second"]),
        number("3", "職員のアカウント uketsuke1", [], "uketsuke1"),
        number("4a", "甲", []),
        number("4b", "乙", []),
    ]
    steps = [GUIDED, GUIDED | {"id": "second", "who": "everyone"}]
    machine = ready_machine()
    machine["accounts"]["uketsuke1"] = account(1003)
    computer = made(tmp_path, machine)
    script = computer.bundle(plan(steps, numbers=numbers))
    console = computer.run(script, "Apply", "User", answers=["", ""]).console.splitlines()
    assert console[console.index("――― 項目 guided ―――") - 2].startswith("1/4  ルーターの DNS  ")
    assert console[console.index("――― 項目 second ―――") - 2].startswith(
        "2b/4  レセコンからの確認  "
    )

    computer.machine = computer.machine | {"explorer": "uketsuke1"}
    console = computer.run(script, "Apply", "User", run="staff", answers=[""]).console.splitlines()
    assert console[console.index("――― 項目 second ―――") - 2].startswith(
        "3/4  職員のアカウント uketsuke1  "
    )


def test_a_guided_step_that_the_pc_can_see_is_looked_at_after_each_answer(tmp_path: Path) -> None:
    seen = thing("seen", {"x": 1}, person=True, how="guided", open="edge://extensions")
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan([seen]))
    done = computer.run(script, "Apply", "User", answers=["", "s"])
    assert done.exit == 5 and done.console.count("まだ確かめられません") == 1
    assert statuses(computer.result()) == {"person-seen": "manual"}
    assert computer.run(script, "Apply", "User", answers=[]).exit == 5, "nobody answers"
    assert opened(tmp_path) == ["edge://extensions"] * 2
    assert (tmp_path / "clipboard.txt").read_text() == "edge://extensions"
    assert "Ctrl+V で貼り付けて Enter" in done.console
    assert computer.run(script, "Verify", "User").exit == 5, "as it was left"

    computer.machine = computer.machine | {"things": {"person OqsComApp": {"seen": {"x": 1}}}}
    done = computer.run(script, "Apply", "User", answers=[])
    assert done.exit == 0 and "Enter 済んだ" not in done.console
    assert statuses(computer.result()) == {"person-seen": "ok"}


def test_what_waits_for_the_same_is_put_off_once(tmp_path: Path) -> None:
    missing, other = "まだ導入されていません", "回線がありません"
    reasons = {"first": missing, "second": missing, "third": other, "fourth": missing}
    data = {"person OqsComApp": {name: {"unknown": why} for name, why in reasons.items()}}
    computer = made(tmp_path, ready_machine(things=data))
    steps = [thing(name, {"x": 1}, person=True, how="guided") for name in reasons]
    script = computer.bundle(plan(steps))
    done = computer.run(script, "Apply", "User", answers=["s", "s"])
    assert done.exit == 5 and done.console.count("Enter 済んだ") == 2
    assert set(statuses(computer.result()).values()) == {"manual"}
    said = {step["id"]: step["message"] for step in computer.result()["steps"]}
    assert said["person-first"] == said["person-second"] == said["person-fourth"]
    assert missing in said["person-second"] and other in said["person-third"]
    # Asked again in the next pass; and one that was not put off does not stand for the others.
    done = computer.run(script, "Apply", "User", run="again", answers=["", "", "", "", "", "s"])
    assert "――― person-second" in done.console.replace("項目 ", ""), done.console


def test_a_question_that_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    look = {"how": "guided", "target": {"at": "pc"}, "wanted": {"x": 1}}
    steps = [
        {"id": "asks", "kind": "asks"} | look,
        {"id": "guides", "kind": "guides"} | look,
        thing("rule", {"wished": True, "rule": "("}, person=True),
        thing("wish", {"wished": True}, person=True),
        thing("last", {"x": 1}, person=True),
    ]
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    script = computer.bundle(plan(steps))
    done = computer.run(script, "Apply", "User", answers=["fine1", "abc", "fine1", "fine1"])
    assert done.exit == 6 and not done.errors
    assert statuses(computer.result()) == {
        "asks": "failed",
        "guides": "failed",
        "person-rule": "skipped",
        "person-wish": "changed",
        "person-last": "changed",
    }
    assert "スティックを読めません（1 / 3）" in done.console and "abc" not in done.console
    said = {step["id"]: step["message"] for step in computer.result()["steps"]}
    assert (said["asks"], said["guides"]) == ("問いを出せません", "案内を出せません")


@pytest.mark.parametrize(
    ("page", "window"),
    [
        ("certmgr", "certmgr.msc"),
        ("credentials", "control.exe /name Microsoft.CredentialManager"),
        ("edge://extensions", "edge://extensions"),
        ("edge://x --load-extension=y", None),
        ("calc", None),
        ("C:\\Windows\\System32\\calc.exe", None),
    ],
)
def test_only_known_windows_are_opened(tmp_path: Path, page: str, window: str | None) -> None:
    computer = made(tmp_path, ready_machine())
    computer.run(computer.bundle(plan([GUIDED | {"open": page}])), "Apply", "User", answers=["s"])
    assert opened(tmp_path) == ([window] if window else [])


def test_what_comes_after_a_restart_waits_for_it(tmp_path: Path) -> None:
    gate = {"id": "gate", "kind": "gate", "how": "verify", "target": {"name": "gate"}}
    gate |= {"wanted": {"passed": True}}
    steps = [
        thing("first", {"x": 1}, person=True),
        gate,
        thing("look", {"x": 1}, person=True, how="verify"),
        thing("login", {"locked": "OqsComApp"}, person=True, secrets=["OqsComApp"]),
        GUIDED,
    ]
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    script = computer.bundle(plan(steps))
    done = computer.run(script, "Apply", "User", answers=["Oqs-Secret-2"])
    assert done.exit == 5 and "パスワード" not in done.console
    assert statuses(computer.result()) == {
        "person-first": "changed",
        "gate": "restart",
        "person-look": "unknown",
        "person-login": "unknown",
        "guided": "unknown",
    }
    computer.machine = computer.machine | {
        "things": computer.machine["things"] | {"pc": {"gate": {"on": 1}}}
    }
    done = computer.run(script, "Apply", "User", answers=["Oqs-Secret-2", ""])
    assert statuses(computer.result())["person-login"] == "changed"


def test_the_line_is_dropped_after_all_other_changes_and_looked_at_last(tmp_path: Path) -> None:
    steps = [
        thing("check", {"x": 1}, how="verify"),
        thing("line", {"x": 1}, dropsNetwork=True),
        thing("early", {"x": 1}),
        thing("late", {"x": 1}),
    ]
    steps[0]["target"] = {"name": "line", "place": "pc"}
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    done = computer.run(computer.bundle(plan(steps)), "Apply", "Machine")
    assert done.exit == 0
    answered = computer.answered("run-1")
    assert answered
    assert [step["id"] for step in answered["steps"]] == [
        "pc-early", "pc-late", "pc-line", "pc-check",
    ]  # fmt: skip


def test_a_secret_has_to_meet_its_rule_and_is_none_that_manuals_print(tmp_path: Path) -> None:
    wish = thing("wish", {"wished": True}, person=True)
    denied = hashlib.sha256(b"printed1").hexdigest()
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    script = computer.bundle(plan([wish], deniedSecrets=[denied]))
    answers = ["With-Symbol", "printed1", "ab", "s"]
    done = computer.run(script, "Apply", "User", answers=answers)
    assert statuses(computer.result()) == {"person-wish": "manual"} and done.exit == 5
    for text in ("CRYPT_PASS_RULE", "DEFAULT_SECRET", "短すぎます"):
        assert len(re.findall(rf"{text}[^（]*（\d / 3）", unwrapped(done.console))) == 1
    # The reason is what was wrong with what was typed, not that nothing was.
    (result,) = computer.result()["steps"]
    assert result["message"] == "後で行うことになっています。短すぎます。"
    assert "入力されませんでした" not in done.console
    computer.run(script, "Apply", "User", answers=["fine1", "other", "fine1", "fine1"])
    assert statuses(computer.result()) == {"person-wish": "changed"}
    written = everything_written(computer)
    assert not any(secret in written for secret in ("With-Symbol", "printed1", "fine1"))


def test_a_new_account_gets_no_password_that_manuals_print(tmp_path: Path) -> None:
    user = {
        "id": "account", "kind": "user", "scope": "machine", "target": {"name": "OqsComApp"},
        "wanted": {"enabled": True, "administrator": True, "passwordNeverExpires": True},
        "secrets": ["OqsComApp"],
    }  # fmt: skip
    denied = hashlib.sha256(NEW_SECRET.encode()).hexdigest()
    computer = made(tmp_path, new_machine())
    script = computer.bundle(plan([user], deniedSecrets=[denied]))
    done = computer.run(script, "Apply", "Machine", answers=[NEW_SECRET, "", ""])
    assert "DEFAULT_SECRET" in done.console and "OqsComApp" not in computer.machine["accounts"]
    # One that is already in use goes on working; the person is told.
    computer.machine = ready_machine() | {"things": {"pc": {}}}
    data = computer.machine
    data["accounts"]["OqsComApp"]["password"] = NEW_SECRET
    computer.machine = data
    steps = [thing("login", {"locked": "OqsComApp"}, secrets=["OqsComApp"])]
    script = computer.bundle(plan(steps, deniedSecrets=[denied]), "known")
    done = computer.run(script, "Apply", "Machine", answers=[NEW_SECRET])
    assert done.exit == 0 and "DEFAULT_SECRET" in done.console


def test_what_a_person_types_is_compared_and_remembered(tmp_path: Path) -> None:
    typed = {"id": "typed", "kind": "typed-code", "how": "guided", "target": {"asks": "紙のコード"}}
    typed |= {"wanted": {"code": "1319999012"}}
    computer = made(tmp_path, ready_machine())
    script = computer.bundle(plan([typed]))
    done = computer.run(script, "Apply", "User", answers=["1319999013", "s"])
    assert done.exit == 5 and "入力されたコードが違います" in done.console
    assert (
        computer.run(
            script, "Apply", "User", replies=[{"prompt": "紙のコード", "answer": "1319999012"}]
        ).exit
        == 0
    )
    done = computer.run(script, "Apply", "User", answers=[])
    assert done.exit == 0 and "紙のコード" not in done.console
    assert statuses(computer.result()) == {"typed": "ok"}
    assert computer.run(script, "Verify", "User").exit == 0


def test_a_warning_is_shown_though_all_is_as_wanted(tmp_path: Path) -> None:
    seen = thing("seen", {"x": 1}, person=True, how="verify")
    warned = {"x": 1, "warning": "あと 80 日です。"}
    computer = made(tmp_path, ready_machine(things={"person OqsComApp": {"seen": warned}}))
    done = computer.run(computer.bundle(plan([seen])), "Verify", "User")
    assert done.exit == 0 and "△ 項目 person-seen: あと 80 日です。" in done.console
    assert computer.result()["steps"][0]["message"] == "あと 80 日です。"
    (page,) = computer.folder.glob("Users/*/AppData/Local/oqsgen/results/*/result.html")
    assert "<h2>気をつけること</h2>" in page.read_text("utf-8")


def test_a_machine_step_waits_for_what_oqscomapp_does_before(tmp_path: Path) -> None:
    """Named in ``after``: unknown, asks for nothing, until that person's journal says it is done."""
    first = thing("first", {"x": 1}, person=True)
    later = thing("later", {"locked": "OqsComApp"}, after=["person-first"], secrets=["OqsComApp"])
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    script = computer.bundle(plan([first, later]))
    for mode in ("Verify", "Apply"):
        done = computer.run(script, mode, "Machine")
        assert done.exit == 5 and "パスワード" not in done.console
        answered = computer.answered("run-1")
        assert answered and [(step["status"], step["message"]) for step in answered["steps"]] == [
            ("unknown", "OqsComApp で行う項目の後に行います: 項目 person-first")
        ]
    computer.run(script, "Apply", "User")
    assert computer.run(script, "Verify", "Machine").exit == 6
    done = computer.run(script, "Apply", "Machine", answers=["Oqs-Secret-2"])
    assert done.exit == 0 and not done.errors
    assert computer.machine["things"]["pc"]["later"] == {"locked": "OqsComApp"}
    # Found done rather than done: the same.
    data = {"pc": {}, "person OqsComApp": {"first": {"x": 1}}}
    found = made(tmp_path / "found", ready_machine(things=data))
    other = found.bundle(plan([first, later, thing("open", {"x": 1}, person=True, how="verify")]))
    assert found.run(other, "Apply", "User").exit == 6
    assert found.run(other, "Apply", "Machine", answers=["Oqs-Secret-2"]).exit == 0
    # Undone by the person, it is an open question again; what is there already is left as it is.
    computer.run(script, "Rollback", "User")
    assert computer.run(script, "Verify", "Machine").exit == 0


def test_what_cannot_be_taken_back_is_asked_about_each_time(tmp_path: Path) -> None:
    steps = [thing("old", {"x": 1, "loses": "全台を設定し直します。"}), thing("plain", {"x": 1})]
    computer = made(tmp_path, ready_machine(things={"pc": {}}))
    script = computer.bundle(plan(steps))
    for answers in [[], *([no] for no in NO if "\0" not in no)]:
        done = computer.run(script, "Apply", "Machine", answers=answers)
        assert done.exit == 5 and "全台を設定し直します。" in done.console
        assert "old" not in computer.machine["things"]["pc"]
    assert "plain" in computer.machine["things"]["pc"]
    for yes in YES:
        assert computer.run(script, "Apply", "Machine", answers=[yes]).exit == 0, yes
        assert "全台" not in computer.run(script, "Apply", "Machine").console
        assert computer.run(script, "Rollback", "Machine").exit == 0
        assert computer.machine["things"]["pc"] == {}
