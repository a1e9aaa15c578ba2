"""Passwords are tried in one place, which counts."""

import json
from pathlib import Path
from typing import Any

import pytest

from oqsgen.subjects.account.kinds import signs_in_by_itself
from oqsgen.subjects.common.kinds import administrator, task_registered
from oqsgen.subjects.restart.kinds import task_restarted_the_pc
from oqsgen.subjects.restart.task_xml import daily_restart
from tests import PARTS
from tests.pc.assemble import Pc, new_machine, pc, plan
from tests.test_rooms import RUNTIME, parts

pytestmark = pytest.mark.needs("pwsh")


def callers(function: str) -> set[str]:
    """The files that call a function."""
    return {str(part.path.relative_to(PARTS)) for part in parts() if function in part.uses}


def test_one_function_alone_tries_passwords() -> None:
    assert callers("Get-LogonCode") == {f"{RUNTIME}/logon.ps1"}
    assert callers("Invoke-LogonTry") == {f"{RUNTIME}/kind-api.ps1"}


def test_nothing_else_of_windows_tries_one() -> None:
    native = PARTS.rglob("*.native.ps1"), PARTS.rglob("*.cs")
    trying = {
        path.name
        for paths in native
        for path in paths
        for word in ("LogonUser", "ValidateCredentials", "NetUserChangePassword", "NetUseAdd")
        if word in path.read_text("utf-8")
    }
    assert trying == {"identity.cs"}


TASK = "定刻に再起動"


def set_up(folder: Path) -> tuple[Pc, Path]:
    """A PC whose OqsComApp is made, signed in by itself and restarts the PC, with the bundle that did it."""
    actions = {
        "account": administrator("OqsComApp"),
        "task": task_registered(TASK, daily_restart(TASK, "02:13", "OqsComApp")),
        "autologon": signs_in_by_itself("OqsComApp"),
        "history": task_restarted_the_pc(TASK),
    }
    steps: list[dict[str, Any]] = [
        {
            "id": name,
            "kind": action.kind,
            "scope": "machine",
            "how": "verify" if name == "history" else "apply",
            "target": action.target,
            "wanted": action.wanted,
        }
        for name, action in actions.items()
    ]
    computer = pc(folder, new_machine(registry={}, lsa={}, now="2026-11-21 12:00", uptime=300))
    script = computer.bundle(plan(steps))
    computer.run(script, "Apply", "Machine", replies=[{"prompt": "OqsComApp", "answer": "First-1"}])
    assert found(computer) == {"account": "changed", "task": "changed", "autologon": "changed"}
    return computer, script


def found(computer: Pc) -> dict[str, str]:
    """What became of each step in the last machine pass, but for what is not known yet."""
    return {step["id"]: step["status"] for step in results(computer) if step["status"] != "unknown"}


def results(computer: Pc) -> list[dict[str, Any]]:
    """The results of the last machine pass."""
    paths = (computer.folder / "ProgramData/oqsgen/results").glob("run-*.json")
    newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
    steps: list[dict[str, Any]] = json.loads(newest.read_text("utf-8"))["steps"]
    return steps


def change_password(computer: Pc) -> None:
    """Somebody gives OqsComApp another password; at night the task cannot start."""
    machine = computer.machine
    machine["accounts"]["OqsComApp"] |= {
        "password": "Second-2",
        "passwordSet": "2026-11-21 12:01",
        "profile": True,
    }
    machine["tasks"][f"\\{TASK}"] |= {"result": -2147023570, "at": "2026-11-22 02:13"}
    computer.machine = machine | {"now": "2026-11-22 08:00"}


def logons(computer: Pc) -> list[str]:
    """The code of each logon that was tried."""
    path = computer.folder / "logons.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line.rpartition("|")[2] for line in lines]


def test_a_changed_password_is_seen_named_and_asked_for(tmp_path: Path) -> None:
    computer, script = set_up(tmp_path)
    computer.run(script, "Verify", "Machine")
    assert found(computer) == {"account": "ok", "task": "ok", "autologon": "ok"}
    change_password(computer)

    computer.run(script, "Verify", "Machine")
    seen = {step["id"]: (step["status"], step["message"]) for step in results(computer)}
    assert seen["account"][0] == "ok"
    for name in ("task", "history"):
        assert seen[name][0] == "drift", seen
        assert "OqsComApp のパスワードが、タスクを登録したときから変わっています" in seen[name][1]
    assert seen["autologon"][0] == "drift"
    assert "いまの OqsComApp のパスワードと違います" in seen["autologon"][1]

    done = computer.run(script, "Apply", "Machine", answers=[""])
    assert done.exit == 6 or done.exit == 5
    assert found(computer)["task"] == found(computer)["autologon"] == "skipped"

    computer.run(script, "Apply", "Machine", answers=["Second-2"])
    assert found(computer) == {"account": "ok", "task": "changed", "autologon": "changed"}
    assert computer.machine["lsa"]["DefaultPassword"] == "Second-2"
    assert computer.machine["tasks"][f"\\{TASK}"]["stored"] == "Second-2"
    computer.run(script, "Verify", "Machine")
    assert found(computer) == {"account": "ok", "task": "ok", "autologon": "ok"}


def test_ten_passes_never_lock_the_account(tmp_path: Path) -> None:
    computer, script = set_up(tmp_path)
    change_password(computer)
    before = len(logons(computer))
    for _ in range(10):
        computer.run(script, "Verify", "Machine")
    # The stored one, and the empty one of the account as it is now: once each, in ten passes.
    assert logons(computer)[before:] == ["1326", "1326"]
    for number in range(10):
        wrong = [f"wrong {number} {letter}" for letter in "abc"]
        computer.run(script, "Apply", "Machine", answers=wrong)
    assert logons(computer)[before:] == ["1326"] * 6
    kept = (computer.folder / "ProgramData/oqsgen/journal/logons.json").read_text("utf-8")
    assert "wrong" not in kept and "First" not in kept
    computer.machine = computer.machine | {"now": "2026-11-22 08:31"}
    computer.run(script, "Apply", "Machine", answers=["Second-2"])
    assert found(computer)["autologon"] == "changed"


def test_an_account_without_a_password_is_given_one_by_whoever_can(tmp_path: Path) -> None:
    computer, script = set_up(tmp_path)
    machine = computer.machine
    account = machine["accounts"]["OqsComApp"]
    account |= {"password": "", "passwordSet": "2026-11-21 12:01"}
    computer.machine = machine
    computer.run(script, "Verify", "Machine")
    step = results(computer)[0]
    assert (step["status"], "パスワードがありません。決めてください。" in step["message"]) == (
        "drift",
        True,
    )
    computer.run(script, "Apply", "Machine", replies=[{"prompt": "OqsComApp", "answer": "Third-3"}])
    assert found(computer)["account"] == found(computer)["autologon"] == "changed"
    account = computer.machine["accounts"]["OqsComApp"]
    assert account["password"] == "Third-3" and account["passwordRequired"]

    # Where somebody works as it, that person decides, and the others go on then.
    account |= {"password": "", "passwordSet": "2026-11-21 12:02", "profile": True}
    computer.machine = computer.machine | {
        "accounts": computer.machine["accounts"] | {"OqsComApp": account}
    }
    computer.run(script, "Apply", "Machine", answers=["", "", ""])
    assert found(computer)["account"] == "failed"
    assert "Ctrl+Alt+Delete" in results(computer)[0]["message"]
    account |= {"password": "Own-4", "passwordSet": "2026-11-21 12:03"}
    computer.machine = computer.machine | {
        "accounts": computer.machine["accounts"] | {"OqsComApp": account}
    }
    computer.run(script, "Apply", "Machine", answers=["Own-4"])
    assert found(computer) == {"account": "ok", "task": "ok", "autologon": "changed"}
