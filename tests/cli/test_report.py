"""``oqsgen report`` as the office meets it."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from oqsgen.cli.program import oqsgen
from oqsgen.cli.report import FORMS, REFUSED_SHOWN, TABLES
from oqsgen.limits import REFUSED_FILES
from oqsgen.results import tables
from tests.cli.test_cli import assert_clear
from tests.command import Run
from tests.results.made import DIFFERENT, REAL, STOPPED, of_terminal, put, real


def test_a_table_on_the_terminal(run: Run) -> None:
    done = run("report", str(REAL))
    assert (done.returncode, done.stderr) == (0, "")
    assert "■ 端末\n" in done.stdout and "1319999012  東京内科" in done.stdout
    assert all(f"■ {table.title}\n" in done.stdout for table in tables.TABLES)


def test_each_form_on_the_screen_and_in_a_file(run: Run, tmp_path: Path) -> None:
    for form in FORMS:
        shown = run("report", str(REAL), "--format", form)
        target = tmp_path / f"r.{form}"
        done = run("report", str(REAL), "--format", form, "-o", str(target))
        assert (shown.returncode, done.returncode) == (0, 0) and str(target) in done.stderr
        assert target.read_bytes().decode() == shown.stdout.replace("\r\n", "\n").replace(
            "\n", "\r\n" if form == "csv" else "\n"
        )
    again = run("report", str(REAL), "-o", str(tmp_path / "r.text"))
    assert again.returncode == 1 and "--overwrite" in again.stderr
    assert json.loads((tmp_path / "r.json").read_bytes())["terminals"]
    lines = list(csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert len(lines) == 6 and lines[0][0] == "コード"


def test_a_text_waits_for_no_templates() -> None:
    """Nor does what only a page needs stand in the way of a table."""
    script = """
import sys
from oqsgen.cli.program import oqsgen
oqsgen(sys.argv[1:], standalone_mode=False)
sys.exit("jinja2" in sys.modules)
"""
    for form in ("text", "json", "csv"):
        command = [sys.executable, "-c", script, "report", str(REAL), "--format", form]
        assert subprocess.run(command, stdout=subprocess.DEVNULL, timeout=60).returncode == 0, form


def test_one_table_alone(run: Run) -> None:
    assert [table.id for table in tables.TABLES] == list(TABLES)
    done = run("report", str(REAL), "--format", "csv", "--table", "staff")
    assert [line.split(",")[3] for line in done.stdout.splitlines()[1:]] == [
        "uketsuke1",
        "uketsuke2",
    ]
    assert run("report", str(REAL), "--format", "json", "--table", "staff").returncode == 2


def test_bad_files_are_named_and_stop_nothing(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "bad\x1b[2J", b"{")
    put(tmp_path, "good", real(DIFFERENT))
    (tmp_path / "settings.json").write_text("{}")
    done = run("report", str(tmp_path))
    assert done.returncode == 1 and "1319999012" in done.stdout
    assert "bad\\x1b[2J/result.json: JSON として読めません" in done.stderr
    assert "結果ではないファイル 1 件" in done.stderr and "\x1b" not in done.stderr
    data = json.loads(run("report", str(tmp_path), "--format", "json").stdout)
    assert (data["files"]["broken"], data["files"]["foreign"]) == (1, 1)


def test_broken_results_are_named_before_any_number_of_foreign_files(
    run: Run, tmp_path: Path
) -> None:
    """And every file is counted."""
    most, broken = REFUSED_FILES.value, REFUSED_SHOWN + 5
    for number in range(most + 7):
        (tmp_path / f"z{number}.json").write_text("{}")
    for number in range(broken):
        put(tmp_path, f"a{number:02}", b"{")
    put(tmp_path, "good", real(DIFFERENT))
    said = run("report", str(tmp_path)).stderr.splitlines()
    assert (
        len([line for line in said if "result.json: JSON として読めません" in line])
        == REFUSED_SHOWN
    )
    assert said[-2] == "ほか 5 件も読みませんでした（--format json）。"
    assert said[-1] == f"結果ではないファイル {most + 7} 件は読みませんでした。"
    files = json.loads(run("report", str(tmp_path), "--format", "json").stdout)["files"]
    assert (files["broken"], files["foreign"], len(files["refused"])) == (broken, most + 7, most)
    assert [each["foreign"] for each in files["refused"]] == [False] * broken + [True] * (
        most - broken
    )
    page = run("report", str(tmp_path), "--format", "html").stdout
    assert page.count("result.json</td>") == broken and f"ほか {broken + 7} 件。" in page


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["gone"], 1),
        (["--ledger", "gone.db"], 1),
        (["--persons"], 2),
        (["--forget", "1319999012"], 2),
        (["--support", "s.json"], 2),
        (["x", "--support", "s.json", "--ledger", "fleet.db"], 2),
        (["x", "--support", "s.json", "--format", "csv"], 2),
        (["x", "--ledger", "fleet.db", "-o", "fleet.db", "--overwrite"], 2),
        (["--ledger", "gone.db", "--persons", "--forget", "1319999012"], 2),
        (["--ledger", "gone.db", "--persons", "--format", "csv"], 2),
        (["--ledger", "gone.db", "--forget", "1319999012", "-o", "page.html"], 2),
        (["--stopped-days", "0", "x"], 2),
        (["--format", "xml", "x"], 2),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], code: int, run: Run, tmp_path: Path) -> None:
    done = run("report", *arguments, cwd=tmp_path)
    assert done.returncode == code and done.stderr
    assert list(tmp_path.iterdir()) == []
    if code == 1 and "--ledger" in arguments:
        assert_clear(done.stderr)


def test_a_ledger_alone_shows_the_fleet(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "fleet.db"
    first = run("report", str(REAL / DIFFERENT), "--ledger", str(ledger))
    assert "新しいもの 1 件" in first.stdout
    second = run("report", str(REAL), "--ledger", str(ledger))
    assert "前に読んだもの 1 件" in second.stdout
    alone = run("report", "--ledger", str(ledger))
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout.split("\n", 1)[1] == second.stdout.split("\n", 1)[1]
    page = run("report", "--ledger", str(ledger), "-o", str(ledger), "--overwrite")
    assert page.returncode == 2 and ledger.read_bytes().startswith(b"SQLite format 3")
    text = tmp_path / "notes.db"
    text.write_text("no ledger" * 99)
    refused = run("report", str(REAL), "--ledger", str(text))
    assert refused.returncode == 1 and "SQLite のファイルではありません" in refused.stderr


def typed(text: str, *arguments: str) -> Any:
    return CliRunner().invoke(oqsgen, ["report", *arguments], input=text, standalone_mode=False)


def test_a_clinic_goes_once_its_code_is_typed_again(tmp_path: Path) -> None:
    ledger = str(tmp_path / "fleet.db")
    assert typed("", str(REAL), "--ledger", ledger).return_value == 0

    def left() -> list[str]:
        with sqlite3.connect(ledger) as opened:
            return [
                code for (code,) in opened.execute("SELECT DISTINCT code FROM terminal ORDER BY 1")
            ]

    before = left()
    for word in ("", "y\n", "はい\n", "1319999012\n"):
        done = typed(word, "--ledger", ledger, "--forget", "1319999111")
        assert left() == before, word
        assert "浜田診療所（1319999111） 端末 1 台、結果 1 件" in done.stderr
    assert typed("1319999111\n", "--ledger", ledger, "--forget", "1319999111").return_value == 0
    assert left() == [code for code in before if code != "1319999111"]
    assert typed("", "--ledger", ledger, "--forget", "1319999012", "--yes").return_value == 0
    assert "1319999012" not in left()
    for code in ("1319999012", "x' OR 1=1"):
        assert typed("", "--ledger", ledger, "--forget", code, "--yes").exception


def test_what_a_ledger_holds_about_persons(run: Run, tmp_path: Path) -> None:
    ledger = str(tmp_path / "fleet.db")
    run("report", str(REAL), "--ledger", ledger)
    done = run("report", "--ledger", ledger, "--persons")
    assert "職員のアカウント（number.person） 3 件: uketsuke1、uketsuke2\n" in done.stdout
    data = json.loads(run("report", "--ledger", ledger, "--persons", "--format", "json").stdout)
    assert {one["where"] for one in data["persons"]} >= {"result.account", "terminal.facility"}


def test_a_masked_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "support.json"
    done = run("report", str(REAL / STOPPED), "--support", str(target))
    assert done.returncode == 0 and "結果 1 件" in done.stderr and done.stdout == ""
    assert "浜田" not in target.read_text("utf-8")


@pytest.mark.parametrize("arguments", [["--persons"], ["--forget", "1319999012", "--yes"]])
def test_a_ledger_that_is_damaged_is_said(arguments: list[str], run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "fleet.db"
    run("report", str(REAL), "--ledger", str(ledger))
    data = bytearray(ledger.read_bytes())
    # All but what says that it is a ledger, and its tables' names.
    data[4096 * 4 :] = b"\xff" * (len(data) - 4096 * 4)
    ledger.write_bytes(data)
    done = run("report", "--ledger", str(ledger), *arguments)
    assert done.returncode == 1 and "エラー: 台帳" in done.stderr
    assert_clear(done.stderr)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are bytes on Linux alone")
@pytest.mark.parametrize("form", FORMS)
def test_a_name_that_no_encoding_writes_is_listed(form: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\x8e\xff.json")).write_bytes(b'{"steps": [}')
    put(tmp_path, "good", real(DIFFERENT))
    target = tmp_path / "r"
    done = run("report", str(tmp_path), "--format", form, "-o", str(target))
    assert done.returncode in (0, 1) and "不具合" not in done.stderr
    assert form in ("csv", "text") or "\\udcff.json" in target.read_text("utf-8").replace(
        "\\\\", "\\"
    )


def test_a_stopped_visit_is_one_after_so_many_days(run: Run, tmp_path: Path) -> None:
    """By the office's own clock, which no test stops: a visit of 2020."""
    old = of_terminal(
        STOPPED, "1310000009", started="2020-01-01 09:00:00", finished="2020-01-01 10:00:00"
    )
    place = str(put(tmp_path, "o", old))
    only = ("--format", "csv", "--table", "stopped")
    assert len(run("report", place, *only).stdout.splitlines()) == 2
    assert len(run("report", place, *only, "--stopped-days", "3650").stdout.splitlines()) == 1
