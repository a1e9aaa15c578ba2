"""Account, firewall and shares together: the machine's steps of an example, and what others do meanwhile."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.pc.assemble import Outcome, Pc, needs_pwsh
from tests.runtime.test_examples_run import built, settings

pytestmark = needs_pwsh

SECRET = "Kyoyu-Senyo-7!"
REPLIES = [{"prompt": "パスワード", "answer": SECRET}]
NAMES = ("face", "req", "res")


@pytest.fixture
def computer(tmp_path: Path) -> Pc:
    """A PC as it comes, with a bundle of nothing but the shares."""
    made, _, plan = built(tmp_path / "pc", "p01-tokyo-naika")
    steps = [
        step
        for step in plan["steps"]
        if step["id"].startswith("share-") and step["scope"] == "machine"
    ]
    assert [step["id"] for step in steps if step["how"] == "apply"] == [
        "share-account", "share-account-console", "share-firewall",
        "share-face", "share-req", "share-res",
    ]  # fmt: skip
    made.bundle(plan | {"steps": steps, "siblings": {}})
    return made


def run(computer: Pc, mode: str, replies: list[dict[str, str]] | None = None) -> Outcome:
    outcome = computer.run(
        computer.script(),
        mode,
        "Machine",
        run=mode,
        replies=REPLIES if replies is None else replies,
    )
    assert not outcome.errors, outcome
    return outcome


def results(computer: Pc, mode: str) -> dict[str, dict[str, Any]]:
    """The steps of the last pass of a mode, by their ids."""
    path = computer.folder / "ProgramData" / "oqsgen" / "results" / f"{mode}.json"
    return {step["id"]: step for step in json.loads(path.read_text("utf-8"))["steps"]}


def enabled_rules(computer: Pc) -> list[str]:
    return [rule["name"] for rule in computer.machine["firewall"]["rules"] if rule["enabled"]]


def test_all_is_made_works_and_is_undone(computer: Pc) -> None:
    before = settings(computer)
    run(computer, "Apply")
    assert {step["status"] for step in results(computer, "Apply").values()} <= {"changed", "ok"}
    assert set(NAMES) <= computer.machine["shares"].keys()
    assert enabled_rules(computer) == ["FPS-SMB-In-TCP"]
    assert run(computer, "Verify").exit in (0, 5)
    assert {step["status"] for step in results(computer, "Verify").values()} == {"ok"}
    assert run(computer, "Rollback").exit == 0
    assert settings(computer) == before


def test_without_the_password_nothing_is_shared(computer: Pc) -> None:
    before = settings(computer)
    run(computer, "Apply", [])
    found = results(computer, "Apply")
    for name in ("share-account", "share-account-console", "share-face", "share-res"):
        assert found[name]["status"] == "skipped", found[name]
    after = settings(computer)
    assert after["shares"] == before["shares"] and after["folders"] == before["folders"]
    assert run(computer, "Rollback").exit == 0
    assert settings(computer) == before


def test_a_share_of_another_folder_is_left_and_named(computer: Pc) -> None:
    data = computer.machine
    theirs = {"path": "D:\\写真", "security": "O:SYG:SYD:(A;;FA;;;WD)", "caching": "Manual"}
    data["shares"]["face"] = theirs
    data["folders"]["D:\\写真"] = {"protected": False, "entries": []}
    computer.machine = data
    before = settings(computer)
    assert run(computer, "Apply").exit == 6
    found = results(computer, "Apply")["share-face"]
    assert found["status"] == "failed" and "D:\\写真" in found["message"]
    assert computer.machine["shares"]["face"] == theirs
    run(computer, "Verify")
    found = results(computer, "Verify")["share-face"]
    assert found["status"] == "drift" and "D:\\写真" in found["message"]
    assert run(computer, "Rollback").exit == 0
    assert settings(computer) == before


def test_a_share_of_another_folder_that_others_stop_is_no_part_of_ours(computer: Pc) -> None:
    before = settings(computer)
    data = computer.machine
    theirs = {"path": "D:\\face", "security": "O:SYG:SYD:(A;;FA;;;WD)", "caching": "Manual"}
    data["shares"]["face"] = theirs
    computer.machine = data
    assert run(computer, "Apply").exit == 6
    data = computer.machine
    del data["shares"]["face"]
    computer.machine = data
    run(computer, "Apply")
    assert computer.machine["shares"]["face"]["path"] == "C:\\OQS\\face"
    assert run(computer, "Rollback").exit == 0
    assert settings(computer) == before


def test_an_account_that_others_deleted_does_not_stand_in_the_way(computer: Pc) -> None:
    before = settings(computer)
    run(computer, "Apply")
    data = computer.machine
    sid = data["accounts"].pop("receiptcom")["sid"]
    computer.machine = data
    run(computer, "Verify")
    assert "receiptcom" in results(computer, "Verify")["share-works-face"]["message"]
    assert run(computer, "Rollback").exit == 0
    after = settings(computer)
    # What Windows keeps for a SID that is never given again.
    assert after["logonRights"].pop("SeDenyInteractiveLogonRight") == [sid]
    assert after == before


def test_files_that_came_meanwhile_stay(computer: Pc) -> None:
    run(computer, "Apply")
    data = computer.machine
    data["files"]["C:\\OQS\\res\\kekka.xml"] = "x"
    computer.machine = data
    run(computer, "Rollback")
    found = results(computer, "Rollback")
    kept = {name: step["message"] for name, step in found.items() if step["status"] == "manual"}
    # share-face has made C:\\OQS, in which res is now.
    assert list(kept) == ["share-res", "share-face"]
    assert kept["share-res"].endswith("C:\\OQS\\res")
    after = computer.machine
    assert after["files"]["C:\\OQS\\res\\kekka.xml"] == "x" and set(after["shares"]) == {"C$"}
    left = {entry["sid"] for entry in after["folders"]["C:\\OQS\\res"]["entries"]}
    assert left and not any(sid.startswith("S-1-5-21-") for sid in left)
    assert "C:\\OQS\\req" not in after["folders"] and enabled_rules(computer) == []
    # Once the files are gone, so is the folder.
    after["files"].pop("C:\\OQS\\res\\kekka.xml")
    computer.machine = after
    assert run(computer, "Rollback").exit == 0
    assert "C:\\OQS" not in computer.machine["folders"]


def test_killed_at_random_places_it_is_undone_or_goes_on(computer: Pc, tmp_path: Path) -> None:
    before = settings(computer)
    whole = computer.copy(tmp_path / "whole")
    chances = {"Apply": run(whole, "Apply").chances}
    applied = settings(whole)
    ready = whole.copy(tmp_path / "ready")
    chances["Rollback"] = run(whole, "Rollback").chances
    assert chances["Apply"] >= 76 and chances["Rollback"] >= 56, "no place may go"
    pick = random.Random(5)
    for number in range(16):
        mode = ("Apply", "Rollback")[number % 2]
        place = 1 + pick.randrange(chances[mode])
        cut = (computer if mode == "Apply" else ready).copy(tmp_path / str(number))
        assert cut.run(cut.script(), mode, "Machine", crash=place, replies=REPLIES).killed
        if number % 4 == 0:
            run(cut, "Apply")
            again = settings(cut)
            assert again["shares"] == applied["shares"], place
            assert again["firewall"] == applied["firewall"], place
        assert run(cut, "Rollback").exit == 0, (mode, place)
        assert settings(cut) == before, (mode, place)
