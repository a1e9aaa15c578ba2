"""The hearing sheet: written, filled in, saved by other programs, broken, and hostile."""

import csv
import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from oqsgen.clinic import resolve
from oqsgen.input.yaml_reader import load
from oqsgen.office.from_sheet import clinics_of
from oqsgen.office.questions import by_name, questions
from oqsgen.office.sheet_book import (
    LISTS,
    READERS,
    READY,
    SITE,
    TERMINALS,
    csv_header,
    workbook,
    workbook_of_many,
)
from oqsgen.resources import spec
from tests.command import Run
from tests.office.hearing import filled, many, saved


def written(folder: Path, data: bytes, name: str = "hearing.xlsx") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_every_row_has_its_choices_its_note_and_its_key() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    assert book.sheetnames == ["はじめに", SITE, TERMINALS, READERS, READY, LISTS]
    assert book[LISTS].sheet_state == "hidden"
    for name in book.sheetnames[:-1]:
        assert book[name]["A1"].value == spec("hearing")["refused"]
    rules = {str(rule.sqref): rule for rule in book[SITE].data_validations.dataValidation}
    for row, question in enumerate(questions("site"), start=4):
        cells = [cell.value for cell in book[SITE][row]]
        assert cells[:3] == [question.number, question.asks, None] and cells[7] == question.id
        rule = rules[f"C{row}"]
        assert rule.prompt and (rule.type == "list") == bool(question.answers())
    assert [cell.value for cell in book[READY]["H"]][3:] == [row["id"] for row in _ready()]


def _ready() -> list[dict[str, Any]]:
    return [{"id": f"ready.{row['id']}"} for row in spec("visit")["ready"]]


def test_no_two_questions_have_one_name() -> None:
    scopes = ("site", "terminals", "readers", "staff", "ready")
    asked = [question for scope in scopes for question in questions(scope)]
    assert len({question.id for question in asked}) == len(asked)
    for question in asked:
        assert by_name()[question.id] == question


def test_a_filled_sheet_becomes_a_clinic_that_builds(run: Run, tmp_path: Path) -> None:
    written(tmp_path, saved(filled(rooms=2)))
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "1319999012.yaml"
    document, problems = load(file)
    assert document and problems == []
    profiles, problems = resolve(document)
    assert problems == []
    assert [profile.terminal.name for profile in profiles] == ["OQS-01", "OQS-02"]
    assert "OQS-01 訪問の準備: 12 のうち 12。" in done.stderr and "oqsgen build" in done.stderr
    assert profiles[1].his.login_key_user == "R0RENK02"
    assert profiles[0].readers[0].vendor == "panasonic" and profiles[0].visit.ready.medium is True
    again = run("new", "--from", "hearing.xlsx")
    assert again.returncode == 1 and "もうあります" in again.stderr


def test_what_is_empty_is_to_be_asked_and_check_names_it(run: Run, tmp_path: Path) -> None:
    empty = {(SITE, "C18"): None, (SITE, "C25"): None, (SITE, "C37"): None}
    book = filled(empty)
    assert [book[SITE].cell(row, 8).value for row in (18, 25, 37)] == [
        "power",
        "network.dns.where",
        "his.link",
    ]
    written(tmp_path, saved(book))
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 1
    assert "「施設」の C18: 値がありません" in done.stderr
    assert "まだ聞いていないこと 3 件:\n  10 夜、電源を切るか" in done.stderr
    assert "聞いたら 1319999012.yaml に書き、oqsgen check 1319999012.yaml で" in done.stderr
    checked = run("check", "1319999012.yaml").stdout
    assert "[power]" in checked and "[network.dns.where]" in checked


@pytest.mark.parametrize(
    ("cells", "place", "code"),
    [
        ({(SITE, "C5"): "131999901"}, (5, 3), "CODE_LENGTH"),
        ({(SITE, "C19"): "ケーブルテレビ"}, (19, 3), "BAD_VALUE"),
        ({(SITE, "C10"): "8:00"}, (10, 3), "BAD_VALUE"),
        ({(TERMINALS, "D7"): "Windows XP"}, (7, 4), "BAD_VALUE"),
        ({(READERS, "B7"): "OQS-09"}, (7, 2), "BAD_VALUE"),
        ({(READY, "C4"): "たぶん"}, (4, 3), "BAD_TYPE"),
        ({(SITE, "C4"): "=A1"}, (4, 3), "SHEET_FORMULA"),
        ({(SITE, "B70"): "ルーターのパスワード", (SITE, "C70"): "x"}, (70, 2), "SECRET_IN_PROFILE"),
        ({(TERMINALS, "N4"): "リクエストID", (TERMINALS, "N7"): "x"}, (4, 14), "SECRET_IN_PROFILE"),
        ({(TERMINALS, "N4"): "好きな色", (TERMINALS, "N7"): "x"}, (7, 14), "UNKNOWN_KEY"),
    ],
)
def test_a_problem_is_named_by_sheet_row_and_column(
    run: Run, tmp_path: Path, cells: dict[tuple[str, str], str], place: tuple[int, int], code: str
) -> None:
    file = written(tmp_path, saved(filled(cells)))
    clinics, problems = clinics_of(file)
    problems += (problem for clinic in clinics for problem in clinic.problems)
    errors = [p for p in problems if p.severity == "error"]
    assert [(p.code, p.line, p.column) for p in errors][:1] == [(code, *place)]
    assert f"「{next(iter(cells))[0]}」の " in errors[0].message
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 1 and code in done.stderr


def test_a_person_named_twice_has_one_account(tmp_path: Path) -> None:
    """In the terminal's row and on the page of the staff."""
    book = filled({(TERMINALS, "I7"): "uketsuke1; uketsuke2"})
    page = book[READERS]
    (keys,) = (cell for row in page.iter_rows() for cell in row if cell.value == "staff.account")
    for below, name in ((3, "Uketsuke1"), (4, "kango1")):
        page.cell(keys.row + below, keys.column).value = name
    (clinic,), problems = clinics_of(written(tmp_path, saved(book)))
    assert [p for p in (*problems, *clinic.problems) if p.severity == "error"] == []
    (profile,) = clinic.profiles
    assert profile.staff_accounts == ("uketsuke1", "uketsuke2", "kango1")


@pytest.mark.parametrize(
    ("where", "says", "yaml"),
    [
        (
            None,
            "DNS の設定場所: ルーター（設定画面に入れる人がいるとき）、資格確認端末（",
            "router",
        ),
        ("端末", "14b「DNS を端末に設定: Windows のネットワーク接続の名前」", "nic:"),
    ],
)
def test_a_problem_speaks_the_words_of_the_sheet(
    where: str | None, says: str, yaml: str, tmp_path: Path
) -> None:
    (clinic,), _ = clinics_of(written(tmp_path, saved(filled({(SITE, "C25"): where}))))
    told = " ".join(problem.message for problem in clinic.problems)
    assert says in told and yaml not in told, told


def test_a_secret_is_not_repeated_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    cells = {(TERMINALS, "N4"): "マスタアカウントのパスワード", (TERMINALS, "N7"): "hunter2"}
    written(tmp_path, saved(filled(cells)))
    done = run("new", "--from", "hearing.xlsx")
    assert "hunter2" not in done.stderr + done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["hearing.xlsx"]


def test_values_of_excel_are_read_as_they_are_seen(tmp_path: Path) -> None:
    cells: dict[tuple[str, str], Any] = {
        (SITE, "C5"): 1319999012,
        (SITE, "C9"): time(9, 0),
        (SITE, "C15"): datetime(2026, 11, 27, 12, 30),
        (SITE, "C16"): time(15, 0),
        (READY, "C4"): date(2026, 11, 10),
        (READY, "C5"): True,
    }
    book = filled(cells)
    assert book[SITE]["H15"].value == "visit.from"
    clinics, problems = clinics_of(written(tmp_path, saved(book)))
    assert problems == [] and [p for c in clinics for p in c.problems] == []
    for line in ('code: "1319999012"', 'open: "09:00"', 'from: "2026-11-27 12:30"', "2026-11-10"):
        assert line in clinics[0].text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_each_clinic_of_a_csv_file_gets_its_own(run: Run, tmp_path: Path, encoding: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_header().decode("utf-8-sig"))))
    keys, example = rows[0], rows[3]
    first, second, third = list(example), [""] * len(keys), list(example)
    first[0] = third[0] = ""
    second[keys.index("facility.code")] = "1319999012"
    for key, text in (("name", "OQS-02"), ("os", "Windows 11 Pro"), ("certificate_for", "往診")):
        second[keys.index(f"terminals.{key}")] = text
    second[keys.index("readers.vendor")] = "キヤノン"
    third[keys.index("facility.code")] = "1319999020"
    third[keys.index("facility.name")] = "東京外科"
    lines = io.StringIO()
    csv.writer(lines).writerows([*rows, first, second, third])
    written(tmp_path, lines.getvalue().encode(encoding), "hearing.csv")
    done = run("new", "--from", "hearing.csv", tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == [
        "1319999012.yaml",
        "1319999020.yaml",
    ], done.stderr
    document, _ = load(tmp_path / "1319999012.yaml")
    assert document and [p.terminal.name for p in resolve(document)[0]] == ["OQS-01", "OQS-02"]


TOKYO: dict[str, Any] = {}
SECOND_ROOM: dict[str, Any] = {
    "facility.name": None,
    "facility.code": "１３１９９９９０１２",
    "terminals.name": "OQS-02",
    "terminals.os": "Windows 11 Pro",
    "terminals.certificate_for": "往診",
    "readers.vendor": "キヤノン",
    "readers.terminal": "ＯＱＳ－０２",
}
SURGERY: dict[str, Any] = {
    "facility.name": "東京外科",
    "facility.code": "1319999020",
    "his.link": None,
    "job.mode": "入替",
}


def of_many() -> Any:
    return many([TOKYO, SECOND_ROOM, SURGERY])


def test_the_sheet_of_many_asks_the_same_in_columns() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of_many()))
    assert book.sheetnames == ["はじめに", SITE, LISTS]
    page = book[SITE]
    scopes = ("site", "terminals", "readers", "ready")
    asked = [question for scope in scopes for question in questions(scope)]
    assert [cell.value for cell in page[4]][1:] == [question.id for question in asked]
    assert [cell.value for cell in page[2] if cell.value] == [SITE, TERMINALS, "機器", READY]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    for cell, question in zip(page[7][1:], asked, strict=True):
        rule = rules[cell.coordinate]
        assert rule.prompt and (rule.type == "list") == bool(question.answers())
    assert page["A1"].value == spec("hearing")["refused"] and page.freeze_panes == "D7"
    words = "".join(str(cell.value) for row in page.iter_rows(max_row=6) for cell in row)
    assert "（空なら、あとで聞く）" in words and "later" not in words and "must" not in words


def test_each_clinic_of_a_sheet_of_many_gets_its_own(run: Run, tmp_path: Path) -> None:
    """Two terminals of one clinic, whatever width somebody typed in; another one without an answer."""
    written(tmp_path, saved(of_many()))
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == [
        "1319999012.yaml",
        "1319999020.yaml",
    ]
    document, _ = load(tmp_path / "1319999012.yaml")
    assert document
    profiles, problems = resolve(document)
    assert [profile.terminal.name for profile in profiles] == ["OQS-01", "OQS-02"], problems
    assert [profile.readers[0].vendor for profile in profiles] == ["panasonic", "canon"]
    document, _ = load(tmp_path / "1319999020.yaml")
    assert document and resolve(document)[0][0].job.mode == "replace"
    checked = run("check", "1319999020.yaml").stdout
    assert "情報 TO_BE_ASKED [his.link]" in checked
    assert "「施設」の" in done.stderr and "TO_BE_ASKED" in done.stderr


def test_a_clinic_that_is_wrong_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    """A wrong code, and a row that has a name of its own and no code: neither is the clinic above it."""
    wrong = {**SURGERY, "facility.code": "131999902"}
    nameless = {**SURGERY, "facility.name": "東京小児科", "facility.code": None}
    other = {**nameless, "facility.name": "東京眼科"}
    written(tmp_path, saved(many([TOKYO, wrong, nameless, other])))
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 1
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == [
        "1319999012.yaml",
        "clinic-2.yaml",
        "clinic.yaml",
    ]
    assert "「施設」の C8: " in done.stderr and "131999902 は作っていません" in done.stderr
    assert "「施設」の C9: " in done.stderr


def test_a_sheet_of_many_is_written_by_its_option(run: Run, tmp_path: Path) -> None:
    assert run("new", "--sheet", "many.xlsx", "--many").returncode == 0
    assert (tmp_path / "many.xlsx").read_bytes()[:2] == b"PK"
    assert run("new", "--sheet", "many.csv", "--many").returncode == 0
    assert (tmp_path / "many.csv").read_bytes() == csv_header()
    done = run("new", "--many")
    assert done.returncode == 2 and "--sheet と一緒に" in done.stderr


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not there")
@pytest.mark.parametrize("book", [lambda: filled(rooms=2), of_many], ids=["one", "many"])
def test_a_sheet_that_libreoffice_saved_says_the_same(
    tmp_path: Path, book: Callable[[], Any]
) -> None:
    file = written(tmp_path, saved(book()))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "saved", file],
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    clinics, problems = clinics_of(tmp_path / "saved" / "hearing.xlsx")
    assert problems == []
    assert [clinic.text for clinic in clinics] == [clinic.text for clinic in clinics_of(file)[0]]


def with_part(data: bytes, name: str, text: bytes) -> bytes:
    """A workbook with a part more, or another one in its place."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return target.getvalue()


BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one": (workbook, "xl/worksheets/sheet3.xml"),
    "many": (workbook_of_many, "xl/worksheets/sheet2.xml"),
}
"""A sheet as it is written, and a page of it that is filled in."""
WORKSHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<dimension ref='A1:XFD1048576'/><sheetData>%s</sheetData></worksheet>"
)
CELL = b"<row r='%d'><c r='%s%d' t='inlineStr'><is><t>x</t></is></c></row>"


@cache
def hostile(of: str) -> dict[str, bytes]:
    book, page = BOOKS[of][0](), BOOKS[of][1]
    many_rows = b"".join(CELL % (row, b"A", row) for row in range(1, 3000))
    return {
        "no zip": b"PK\x03\x04" + b"\0" * 100,
        "empty": b"",
        "too large": b"\0" * (5 << 20),
        "zip bomb": with_part(book, "xl/media/a.xml", b" " * (40 << 20)),
        "entities": with_part(
            book, page, b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
        ),
        "utf-16": with_part(book, page, "<!DOCTYPE a []><a/>".encode("utf-16")),
        "external link": with_part(book, "xl/externalLinks/externalLink1.xml", b"<a/>"),
        "macro": with_part(book, "xl/vbaProject.bin", b"x"),
        "rows": with_part(book, page, WORKSHEET % many_rows),
        "columns": with_part(book, page, WORKSHEET % (CELL % (1, b"XFC", 1))),
        "broken xml": with_part(book, page, b"<worksheet><sheetData><row r='x'>"),
        "no workbook": with_part(book, "xl/workbook.xml", b"<a/>"),
        "far row": with_part(book, page, WORKSHEET % (CELL % (10**9, b"A", 10**9))),
        "parts": _with_parts(book, 300),
    }


def _with_parts(data: bytes, count: int) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(count):
            archive.writestr(f"xl/media/{number}", b"")
    return target.getvalue()


@pytest.mark.parametrize("of", BOOKS)
@pytest.mark.parametrize("name", hostile("one"))
def test_a_hostile_workbook_ends_in_a_problem(run: Run, tmp_path: Path, name: str, of: str) -> None:
    written(tmp_path, hostile(of)[name])
    done = run("new", "--from", "hearing.xlsx")
    assert done.returncode == 1, done.stderr
    assert "エラー" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["hearing.xlsx"]


@pytest.mark.parametrize("data", [b"\x81", b'"open', b"a,b\n1,2\n", b"\0\0\0", "キー\n".encode()])
def test_a_strange_csv_file_ends_in_a_problem(run: Run, tmp_path: Path, data: bytes) -> None:
    written(tmp_path, data, "hearing.csv")
    done = run("new", "--from", "hearing.csv")
    assert done.returncode == 1 and "SHEET_UNREADABLE" in done.stderr
