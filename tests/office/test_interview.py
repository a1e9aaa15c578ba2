"""The interview of ``oqsgen new``: every answer checked, the file accepted by ``check``, and no kill that loses one."""

import subprocess
import sys
from pathlib import Path
from threading import Timer

import click
import pytest

from oqsgen.cli import asking
from oqsgen.clinic import resolve
from oqsgen.clinic.schema import SCHEMA_FILE
from oqsgen.input.problems import has_errors
from oqsgen.input.yaml_reader import load
from oqsgen.office.clinic_yaml import clinic_yaml
from oqsgen.office.interview import (
    interview,
    meaning,
    next_question,
    problems_of,
    tree_of,
)
from oqsgen.office.questions import questions
from tests.command import OQSGEN, SECONDS, Run

GIVEN = {
    "facility.name": "東京内科",
    "facility.code": "1319999012",
    "his.link": "はい",
    "terminals": "2",
    "terminals[0].certificate_for": "総合受付",
    "terminals[0].staff_accounts": "uketsuke1; uketsuke2",
    "terminals[1].certificate_for": "往診用",
    "readers": "2",
    "readers[1].terminal": "OQS-02",
    "readers[1].vendor": "キヤノン",
    "vendor.company": "見本システム株式会社",
    "vendor.phone": "03-0000-0000",
}

posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def answered(given: dict[str, str]) -> dict[str, str]:
    """The answers of somebody who types ``given`` and else Enter."""
    answers: dict[str, str] = {}
    while asked := next_question(answers):
        text = meaning(asked, given.get(asked.key, ""))
        told = problems_of(asked, text, answers)
        assert [p for p in told if p.severity == "error"] == [], asked.key
        answers[asked.key] = text
    return answers


def refused(key: str, typed: str, given: dict[str, str] = GIVEN) -> str:
    """What is said of an answer, by its messages, with all others as in ``given``."""
    answers: dict[str, str] = {}
    while asked := next_question(answers):
        if asked.key == key:
            return " ".join(p.message for p in problems_of(asked, meaning(asked, typed), answers))
        answers[asked.key] = meaning(asked, given.get(asked.key, ""))
    raise AssertionError(f"{key} is not asked")


CLINICS = {
    "two terminals": GIVEN,
    "one terminal": {**GIVEN, "terminals": "1", "readers": "1"},
    "succession": {
        **GIVEN,
        "job.mode": "承継",
        "job.succession.previous_code": "1319999020",
        "job.succession.date": "令和8年10月1日",
    },
    "replacement": {
        **GIVEN,
        "terminals": "1",
        "readers": "1",
        "job.mode": "入れ替え",
        "his.link": "はい",
        "terminals[0].override.his.login_key_user": "R0RENK01",
        "readers[0].account": "F0FACE01",
    },
    "own proxy": {
        **GIVEN,
        "network.provider": "院内プロキシ",
        "network.proxy.server": "proxy.example.jp",
        "network.proxy.bypass": "*.example.jp; *.rece",
        "network.ntp.reason": "院内の時刻に合わせる",
    },
    "another carrier": {
        **GIVEN,
        "network.provider": "その他",
        "network.provider_name": "見本ネット",
        "network.method": "ip-vpn",
        "network.topology": "base",
    },
    "an odd code that is so on paper": {
        **GIVEN,
        "facility.code": "1319999013",
        "facility.code_unverified.reason": "通知書のとおり",
    },
    "no reader": {
        **GIVEN,
        "terminals": "1",
        "readers": "0",
        "terminals[0].override.generic_reader": "はい",
    },
}


@pytest.mark.parametrize("given", CLINICS.values(), ids=CLINICS)
def test_check_accepts_what_the_interview_writes(given: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(clinic_yaml(tree_of(answered(given))), "utf-8")
    document, problems = load(file)
    assert problems == [] and document
    profiles, problems = resolve(document)
    assert [
        p for p in problems if p.code not in ("SHARE_BY_HAND", "TO_BE_ASKED", "CODE_CHECK")
    ] == []
    assert not has_errors(problems)
    # What Enter has left open is named.
    open_keys = {p.path for p in problems if p.code == "TO_BE_ASKED"}
    assert open_keys == {key for key in ("visit.from", "visit.until") if not given.get(key)}
    assert len(profiles) == int(given["terminals"])


def test_all_questions_of_the_table_can_be_asked() -> None:
    told = [answered(given) for given in CLINICS.values()]
    told += [
        {**told[0], "readers[0].vendor": "other"},
        {**told[0], "network.dns.where": "terminal"},
    ]
    asked = {(a.question.scope, a.question.key) for t in told for a in interview(t) if a.question}
    scopes = ("site", "terminals", "readers")
    assert asked == {(q.scope, q.key) for scope in scopes for q in questions(scope) if q.ask}


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("facility.name", "", "書いてください"),
        ("facility.code", "131999901", "9桁"),
        ("facility.code", "1319999013", "検証番号（最後の 1 桁）が合いません。ふつうは 2 です"),
        ("visit.from", "12月10日", "2026-11-27 12:30 のように"),
        ("facility.hours.close", "08:00", "診療開始"),
        ("network.provider", "ケーブルテレビ", "使えません"),
        ("network.dns.where", "", ""),
        ("his.share_account", "OqsComApp", "共有できません"),
        ("terminals", "0", "1 から"),
        ("terminals[1].name", "oqs-01", "別の名前"),
        ("terminals[1].certificate_for", "総合受付", "通知書"),
        ("readers[1].terminal", "OQS-09", "という端末はありません"),
        (
            "readers[1].terminal",
            "OQS-01",
            "この機器を OQS-02 につなぐか、「戻る」で「顔認証機器の台数」を",
        ),
        ("readers", "1", "機器の要る端末は 2 台です。2 以上にするか、「戻る」で"),
    ],
)
def test_each_answer_is_checked_as_check_does(key: str, typed: str, message: str) -> None:
    said = refused(key, typed)
    assert (message in said) if message else said == ""


def test_a_choice_is_named_by_its_number_too() -> None:
    asked = next(each for each in interview(answered(GIVEN)) if each.key == "network.provider")
    assert meaning(asked, "2") == meaning(asked, "２") == meaning(asked, "NTT西日本") == "ntt-west"
    assert meaning(asked, "") == "ntt-east"


def conversation(monkeypatch: pytest.MonkeyPatch, typed: list[str]) -> tuple[list[str], str]:
    """The answers of somebody who types this, and what they were asked and told."""
    told: list[str] = []
    lines = iter(typed)

    def ask(prompt: str) -> str:
        told.append(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise click.Abort from None

    answers: dict[str, str] = {}
    monkeypatch.setattr(asking, "ask", ask)
    monkeypatch.setattr(asking, "say", lambda *lines: told.extend(lines))
    with pytest.raises(click.Abort):
        asking.ask_all(answers, lambda _: None)
    return [*answers.values()], "\n".join(told)


BEFORE_THE_DAY = ["東京内科", "1319999012", "", "", ""]
"""What is answered before visit.from."""


@pytest.mark.parametrize(
    ("again", "kept"),
    [("", "2026-12-10 13:00"), ("-", ""), ("2026-12-11 13:00", "2026-12-11 13:00")],
)
def test_enter_keeps_what_was_answered_before(
    again: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = [*BEFORE_THE_DAY, "2026-12-10 13:00", "15:00", "戻る", "戻る", again, ""]
    answers, told = conversation(monkeypatch, typed)
    assert answers[-2:] == [kept, "15:00"]
    assert "Enter = 2026-12-10 13:00（消すときは -） " in told


def test_a_question_mark_is_answered_with_what_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    _, told = conversation(monkeypatch, ["東京内科", "？", "1319999012"])
    assert "facility.code　10桁の医療機" in told and "書き方: 10 桁。頭の 0 も" in told
    assert told.count("[ 2]") == 1, "the question stands there as before"


def test_an_odd_code_is_asked_about_and_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, told = conversation(monkeypatch, ["東京内科", "1319999013", "", "通知書のとおり"])
    assert answers[1:3] == ["1319999013", "通知書のとおり"]
    assert "コードは書類のとおりですか" in told and "code_unverified" not in told


def typed_lines() -> list[str]:
    return [GIVEN.get(asked.key, "") for asked in interview(answered(GIVEN))]


def at_terminal(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*OQSGEN, "new", *options],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@posix
def test_a_kill_after_any_question_loses_no_answer(tmp_path: Path) -> None:
    """The state after a question is that of a killed interview; it goes on from there to the same file."""
    lines = typed_lines()
    states = killed_after_each(tmp_path / "killed", lines)
    assert len(states) == len(lines)
    whole = finished(tmp_path / "whole", lines)
    for number in {1, 2, len(lines) // 2, len(lines) - 1}:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "clinic.yaml.answers").write_bytes(states[number - 1])
        assert finished(folder, lines[number:], "--resume") == whole, number
        assert {path.name for path in folder.iterdir()} == {"clinic.yaml", SCHEMA_FILE}


def killed_after_each(folder: Path, lines: list[str]) -> list[bytes]:
    """Resume, answer one question, kill; again and again: what is kept each time."""
    folder.mkdir()
    kept = folder / "clinic.yaml.answers"
    states: list[bytes] = []
    for number, line in enumerate(lines[:-1]):
        process = at_terminal(folder, *(["--resume"] if number else []))
        assert process.stdin and process.stderr
        process.stdin.write(line + "\n")
        process.stdin.flush()
        overdue = Timer(SECONDS, process.kill)
        overdue.start()
        while character := process.stderr.read(1):
            # The next question stands there, so this answer was kept.
            is_next = kept.exists() and (not states or kept.read_bytes() != states[-1])
            if character == "[" and is_next:
                break
        overdue.cancel()
        assert character, "killed before the next question came"
        process.kill()
        process.communicate(timeout=SECONDS)
        states.append(kept.read_bytes())
        assert not (folder / "clinic.yaml").exists()
    return [*states, states[-1]]


def finished(folder: Path, lines: list[str], *options: str) -> bytes:
    folder.mkdir(exist_ok=True)
    process = at_terminal(folder, *options)
    _, said = process.communicate("\n".join(lines) + "\n", timeout=60)
    assert process.returncode == 0, said
    return (folder / "clinic.yaml").read_bytes()


def test_answers_take_the_place_of_questions(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("".join(f"{key}: {text}\n" for key, text in GIVEN.items()), "utf-8")
    target = tmp_path / "clinic.yaml"
    assert run("new", "--answers", str(answers), str(target)).returncode == 0
    assert target.read_text("utf-8") == clinic_yaml(tree_of(answered(GIVEN)))
    again = run("new", "--answers", str(answers), str(target))
    assert again.returncode == 1 and "もうあります" in again.stderr
    assert run("new", "--answers", str(answers), "--overwrite", str(target)).returncode == 0


def test_wrong_answers_are_told_with_their_place(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("facility.name: 東京内科\nfacility.code: 12\nmaster_password: x\n", "utf-8")
    done = run("new", "--answers", str(answers), str(tmp_path / "clinic.yaml"))
    assert done.returncode == 1 and not (tmp_path / "clinic.yaml").exists()
    assert "answers.yaml:3:1:\n  エラー SECRET_IN_PROFILE" in done.stderr
    answers.write_text("facility.name: 東京内科\nfacility.code: 12\nhis.nas: はい\n", "utf-8")
    done = run("new", "--answers", str(answers), str(tmp_path / "clinic.yaml"))
    assert "answers.yaml:2:16:\n  エラー CODE_LENGTH [facility.code]" in done.stderr
    assert "vendor.phone: 値 の形で書いてください" in done.stderr.replace("\n  ", "")
