"""Undoing lists what it undoes, and begins only once a person has typed the whole word."""

from pathlib import Path

import pytest

from tests.pc.assemble import UNDO, Pc, needs_pwsh, plan, ready_machine
from tests.pc.columns import unwrapped, width
from tests.runtime.test_runtime import both, made, thing, things

pytestmark = needs_pwsh

STEPS = [
    thing("sleep", {"ac": 0, "dc": 0}),
    thing("gone", None),
    thing("colour", {"rgb": [1, 2, 3]}, person=True, who="everyone"),
]
NOTHING = "元に戻していません。何も変更していません。"


def applied(folder: Path, steps: list[dict[str, object]] | None = None) -> tuple[Pc, Path]:
    computer = made(folder, ready_machine(things=things()))
    script = computer.bundle(plan(STEPS if steps is None else steps))
    assert both(computer, script, "Apply") == [0, 0]
    return computer, script


@pytest.mark.parametrize("typed", [[], [" "], ["はい", "y", ""], ["元に戻さない", ""], ["?", ""]])
def test_nothing_is_undone_without_the_word(tmp_path: Path, typed: list[str]) -> None:
    computer, script = applied(tmp_path)
    before = computer.machine
    for scope in ("User", "Machine"):
        done = computer.run(script, "Rollback", scope, undo=typed, run="r2")
        assert done.exit == 2 and not done.errors, done
        assert NOTHING in done.console
        assert computer.machine == before
    report = computer.run(script, "Rollback", "User", options=["-ReportOnly"], run="r2")
    assert report.exit == 2 and computer.result()["exit"] == 2
    assert "■ 要確認" in report.console and NOTHING in unwrapped(report.console)
    # It can be undone whenever a person wants it.
    assert both(computer, script, "Rollback", run="r3") == [0, 0]


def test_nothing_is_undone_where_nobody_is_there(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    before = computer.machine
    for scope in ("User", "Machine"):
        done = computer.run(script, "Rollback", scope, nobody=True)
        assert done.exit == 2 and not done.errors and computer.machine == before, done


@pytest.mark.parametrize("typed", [UNDO, "「元に戻す」", "　元に戻す ", "undo", "ＵＮＤＯ", "Undo"])
def test_the_word_undoes(tmp_path: Path, typed: str) -> None:
    computer, script = applied(tmp_path)
    for scope in ("User", "Machine"):
        assert computer.run(script, "Rollback", scope, undo=[typed]).exit == 0
    assert computer.machine["things"] == things()


def test_each_pass_lists_its_own_before_it_asks(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    done = computer.run(script, "Rollback", "User", undo=[])
    asked = done.console[: done.console.index("元に戻すときだけ")]
    assert "元に戻すもの 1 件" in asked and "項目 person-colour" in asked
    assert "PC 全体の設定についても" in asked and "pc-sleep" not in asked
    done = computer.run(script, "Rollback", "Machine", undo=[])
    asked = done.console[: done.console.index("元に戻すときだけ")]
    assert "元に戻すもの 2 件" in asked and "項目 pc-gone、項目 pc-sleep" in asked


def test_what_others_changed_is_not_listed(tmp_path: Path) -> None:
    computer, script = applied(tmp_path)
    machine = computer.machine
    machine["things"]["pc"]["sleep"] = {"ac": 7, "dc": 7}
    computer.machine = machine
    done = computer.run(script, "Rollback", "Machine", undo=[])
    assert "元に戻すもの 1 件" in done.console and "項目 pc-gone" in done.console
    assert "pc-sleep" not in done.console


def test_nothing_is_asked_where_there_is_nothing(tmp_path: Path) -> None:
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(STEPS))
    for scope in ("User", "Machine"):
        done = computer.run(script, "Rollback", scope, nobody=True)
        assert done.exit == 0 and "元に戻すものはありません。" in done.console


def test_a_long_list_fits_a_screen_and_all_of_it_stands_behind_a_key(tmp_path: Path) -> None:
    many = [thing(f"long-name-{number:03}", {"x": 1}) for number in range(120)]
    computer, script = applied(tmp_path, many)
    first = computer.run(script, "Rollback", "Machine", undo=[]).console
    screen = first[first.index("元に戻す（この PC 全体の設定）  東京内科") :].splitlines()
    assert "元に戻すもの 120 件" in first and "long-name-000" not in first
    assert all(width(line) <= 78 for line in screen)
    rules = [n for n, line in enumerate(screen) if line.startswith("-----")]
    assert rules[-1] - rules[-2] < 22
    every = computer.run(script, "Rollback", "Machine", undo=["?"]).console
    assert all(f"long-name-{number:03}" in every for number in range(120))


def test_what_nobody_can_bring_back_is_asked_apart(tmp_path: Path) -> None:
    user = {"id": "account", "kind": "user", "scope": "machine", "target": {"name": "receiptcom"}}
    user |= {"wanted": {"enabled": True, "administrator": False, "passwordNeverExpires": True}}
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan([user | {"secrets": []}, thing("gone", None)]))
    secret = "Reseputo-4!"
    assert computer.run(script, "Apply", "Machine", answers=[secret, secret]).exit == 0
    kept = computer.run(script, "Rollback", "Machine", undo=[UNDO])
    assert "取り返しのつかないもの 1 件" in kept.console
    assert "ユーザー receiptcom を削除します。パスワードも消えます。" in kept.console
    assert kept.exit == 5 and "receiptcom" in computer.machine["accounts"]
    assert computer.machine["things"]["pc"]["gone"] == {"x": [], "y": None}
    gone = computer.run(script, "Rollback", "Machine", undo=[UNDO, UNDO], run="r2")
    assert gone.exit == 0 and "receiptcom" not in computer.machine["accounts"]
