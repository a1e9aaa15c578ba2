"""Credentials and passwords in the whole script: set, put back, killed on the way, and never written down."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Pc, needs_pwsh, pc, plan, ready_machine

pytestmark = needs_pwsh

OLD, NEW, CRYPT = "Mae-no-Himitsu-1", "Atarashii-Himitsu-2", "Ango2026"
REPLIES = [
    {"prompt": "OQS_CRYPT_PASS のパスワード", "answer": CRYPT},
    {"prompt": "どれにしますか", "answer": "2"},
    {"prompt": "パスワード", "answer": NEW},
]


def blob(text: str) -> str:
    return base64.b64encode(text.encode("utf-16-le")).decode()


def credential(name: str, user: str | None, *, code: str | None = None) -> dict[str, Any]:
    wanted: dict[str, Any] = {"userName": user, "prefixes": [], "code": code, "caseless": False}
    step = {"id": name.lower().replace("_", "-"), "kind": "credential", "target": {"name": name}}
    return step | {"wanted": wanted}


PORTAL = {
    "id": "portal",
    "kind": "portal-password",
    "target": {"site": "portal"},
    "wanted": {
        "accounts": [{"account": "連携用", "expires": False, "credential": "OQS_LOGIN_KEY"}]
    },
}
STEPS = [
    PORTAL,
    credential("OQS_LOGIN_KEY", "R0RENK01"),
    credential("OQS_MEDICAL_INSTITUTION_CODE", "OQS_Admin", code="1319999012"),
    credential("OQS_CRYPT_PASS", "OQS_Admin"),
]


def machine() -> dict[str, Any]:
    """A PC of another vendor: two entries are there, one of them with the right user name."""
    there = {
        "OQS_LOGIN_KEY": {"userName": "R0RENK01", "persist": 3, "blob": blob(OLD), "comment": "x"},
        "OQS_MEDICAL_INSTITUTION_CODE": {
            "userName": "OQS_Admin",
            "persist": 2,
            "blob": blob("1319999004"),
            "comment": None,
        },
    }
    return ready_machine(credentials={"OqsComApp": there})


def registered(computer: Pc) -> dict[str, str]:
    entries = computer.machine["credentials"]["OqsComApp"]
    return {
        name: base64.b64decode(entry["blob"]).decode("utf-16-le") for name, entry in entries.items()
    }


def kept(computer: Pc) -> set[str]:
    return {
        path.stem.partition("-")[0]
        for path in computer.folder.glob("Users/OqsComApp/AppData/Local/oqsgen/keep/*")
    }


def nothing_is_written_down(computer: Pc) -> None:
    for path in computer.folder.rglob("*"):
        if path.is_file() and path.name not in ("machine.json", "session.json", "terminal.ps1"):
            data = path.read_bytes()
            for secret in (OLD, NEW, CRYPT):
                for text in (secret.encode(), secret.encode("utf-16-le"), blob(secret).encode()):
                    assert text not in data, (path, secret)


def test_a_new_password_replaces_what_is_registered_and_undoing_brings_it_back(
    tmp_path: Path,
) -> None:
    computer = pc(tmp_path, machine())
    before = computer.machine
    script = computer.bundle(plan(STEPS))

    done = computer.run(script, "Apply", "User", replies=REPLIES)
    assert done.exit == 0 and not done.errors, done
    assert done.console.count("OQS_LOGIN_KEY のパスワード") == 0, "it was decided just before"
    assert registered(computer) == {
        "OQS_LOGIN_KEY": NEW,
        "OQS_MEDICAL_INSTITUTION_CODE": "1319999012",
        "OQS_CRYPT_PASS": CRYPT,
    }
    assert "OQS_LOGIN_KEY" in kept(computer)
    assert computer.run(script, "Verify", "User").exit == 0
    again = computer.run(script, "Apply", "User", replies=REPLIES)
    assert again.exit == 0 and "パスワード（" not in again.console
    nothing_is_written_down(computer)

    done = computer.run(script, "Rollback", "User")
    assert done.exit == 0 and not done.errors, done
    assert computer.machine == before
    # Of a long portal password no trace is kept.
    assert kept(computer) == {"mark"}
    nothing_is_written_down(computer)


def test_new_credentials_ask_for_a_restart_and_hold_up_nothing_that_comes_after_them(
    tmp_path: Path,
) -> None:
    """The application reads them when it starts, and the pass that could restart it is over."""
    computer = pc(tmp_path, machine())
    key = "SOFTWARE\\oqsgen-test"
    later = {
        "id": "later",
        "kind": "registry",
        "scope": "machine",
        "target": {"hive": "HKLM", "key": key, "name": "a"},
        "wanted": {"type": "DWord", "data": 1},
        "after": ["oqs-medical-institution-code"],
    }
    script = computer.bundle(plan([later, *({**step, "restart": True} for step in STEPS[2:])]))
    assert computer.run(script, "Apply", "Machine").exit == 5
    # One password is left open: this person's work is not through.
    nobody = [{"prompt": "パスワード", "answer": ""}]
    done = computer.run(script, "Apply", "User", replies=nobody)
    status = [s["status"] for s in computer.result()["steps"] if s["scope"] == "user"]
    assert done.exit == 5 and status == ["restart", "skipped"], done
    assert "Enter 再起動する" in done.console
    assert computer.run(script, "Apply", "Machine").exit == 0
    assert computer.machine["registry"][rf"HKLM\{key}"]["a"]["data"] == 1
    assert computer.run(script, "Apply", "User", run="b", replies=REPLIES).exit == 5
    assert computer.run(script, "Verify", "User").exit == 5
    computer.machine = computer.machine | {"boot": "2026-11-22 07:00:00.000"}
    for mode in ("Apply", "Verify"):
        assert computer.run(script, mode, "User").exit == 0


def test_what_somebody_else_has_registered_since_is_left_alone(tmp_path: Path) -> None:
    computer = pc(tmp_path, machine())
    script = computer.bundle(plan(STEPS))
    computer.run(script, "Apply", "User", replies=REPLIES)
    data = computer.machine
    data["credentials"]["OqsComApp"]["OQS_LOGIN_KEY"]["blob"] = blob("Hoka-no-Hito-3")
    computer.machine = data
    done = computer.run(script, "Rollback", "User")
    status = {step["id"]: step["status"] for step in computer.result()["steps"]}
    assert done.exit == 6 and status["oqs-login-key"] == "drift"
    assert registered(computer)["OQS_LOGIN_KEY"] == "Hoka-no-Hito-3"


def test_without_a_password_the_old_one_stays_and_is_asked_for_again(tmp_path: Path) -> None:
    computer = pc(tmp_path, machine())
    script = computer.bundle(plan(STEPS[:2]))
    nobody = [{"prompt": "どれにしますか", "answer": "3"}, {"prompt": "パスワード", "answer": ""}]
    done = computer.run(script, "Apply", "User", replies=nobody)
    assert done.exit == 5 and registered(computer)["OQS_LOGIN_KEY"] == OLD
    done = computer.run(script, "Apply", "User", run="b", replies=REPLIES)
    assert done.exit == 0 and registered(computer)["OQS_LOGIN_KEY"] == NEW


@pytest.mark.parametrize("mode", ["Apply", "Rollback"])
def test_killed_anywhere(tmp_path: Path, mode: str) -> None:
    """Ended at each third place on the way, it goes on or is undone; no secret stays behind."""
    start = pc(tmp_path / "start", machine())
    before = start.machine
    script = start.bundle(plan(STEPS))
    if mode == "Rollback":
        assert start.run(script, "Apply", "User", replies=REPLIES).exit == 0
    whole = start.copy(tmp_path / "whole")
    done = whole.run(whole.script(), mode, "User", run="w", replies=REPLIES)
    assert done.exit == 0
    assert done.chances >= {"Apply": 45, "Rollback": 33}[mode], "no place may go"
    wanted = {name for name in registered(whole)} if mode == "Apply" else set()
    for place in range(1, done.chances + 1, 3):
        computer = start.copy(tmp_path / str(place))
        cut = computer.run(computer.script(), mode, "User", run="k", replies=REPLIES, crash=place)
        assert cut.killed, place
        if mode == "Apply" and place % 2:
            again = computer.run(computer.script(), "Apply", "User", run="a", replies=REPLIES)
            assert again.exit == 0 and set(registered(computer)) == wanted, (place, again)
            assert registered(computer)["OQS_LOGIN_KEY"] == NEW, place
        last = computer.run(computer.script(), "Rollback", "User", run="r")
        assert last.exit == 0 and not last.errors, (place, last)
        assert computer.machine == before, place
        nothing_is_written_down(computer)
        assert json.dumps(computer.result()).count(NEW) == 0
