"""The cells of a hearing sheet, as texts with their places; whoever filled it in, and whatever program saved it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from oqsgen.files import read_regular, reason
from oqsgen.input.problems import Problem
from oqsgen.limits import (
    MB,
    SHEET_BYTES,
    SHEET_COLUMNS,
    SHEET_CONTENTS,
    SHEET_PAGES,
    SHEET_PARTS,
    SHEET_ROWS,
)


@dataclass(frozen=True)
class Cell:
    """A cell that says something: where it stands, and its text. ``page`` is empty in a CSV file."""

    page: str
    row: int
    column: int
    text: str

    @property
    def place(self) -> str:
        """Its place for a person: 「施設」の C5."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return (
            f"「{self.page}」の {letters}{self.row}"
            if self.page
            else f"{self.row} 行 {self.column} 列"
        )

    def problem(self, file: str, code: str, message: str, path: str = "") -> Problem:
        """What is wrong with what it says."""
        return Problem(file, self.row, self.column, code, "error", path, f"{self.place}: {message}")


Row = dict[int, Cell]


class SheetError(Exception):
    """The file cannot be read as a hearing sheet; the text is Japanese."""


def cells_of(path: Path) -> tuple[list[list[Row]], list[Problem]]:
    """The rows of each page that say anything, and what is wrong with single cells.

    Never raises for what a file holds or where it stands.
    """
    problems: list[Problem] = []
    try:
        data = read_regular(path, SHEET_BYTES)
        pages = _of_csv(data) if path.suffix.lower() == ".csv" else _of_workbook(data)
        return [_readable(str(path), page, problems) for page in pages], problems
    except OSError as error:
        return [], [_unreadable(path, f"{reason(error)}。")]
    except SheetError as error:
        return [], [_unreadable(path, str(error))]


def _unreadable(path: Path, message: str) -> Problem:
    return Problem(
        str(path),
        0,
        0,
        "SHEET_UNREADABLE",
        "error",
        "",
        f"ヒアリングシートとして読めません。{message}",
    )


def _readable(file: str, cells: Iterable[Cell | Problem], problems: list[Problem]) -> list[Row]:
    rows: dict[int, Row] = {}
    for cell in cells:
        if isinstance(cell, Problem):
            problems.append(Problem(file, *_rest(cell)))
        elif cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell
    return [rows[number] for number in sorted(rows)]


def _rest(problem: Problem) -> tuple[Any, ...]:
    return (
        problem.line,
        problem.column,
        problem.code,
        problem.severity,
        problem.path,
        problem.message,
    )


def _of_csv(data: bytes) -> list[list[Cell | Problem]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp932")
        except UnicodeDecodeError:
            raise SheetError("文字コードを UTF-8 か Shift-JIS にしてください。") from None
    cells: list[Cell | Problem] = []
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            cells += _bounded("", row, list(enumerate(values, 1)))
    except csv.Error:
        raise SheetError('CSV の引用符（"）が閉じていないか、値が長すぎます。') from None
    return [cells]


def _of_workbook(data: bytes) -> list[list[Cell | Problem]]:
    _refuse_strange(data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        if len(book.worksheets) > SHEET_PAGES.value:
            raise SheetError(f"ページが多すぎます。{SHEET_PAGES.value} ページまでです。")
        return [list(_of_page(page)) for page in book.worksheets if page.sheet_state == "visible"]
    except (SheetError, MemoryError):
        raise
    except Exception as error:  # the library raises anything for a broken workbook
        raise SheetError("Excel のファイル（.xlsx）が壊れています。") from error


def _of_page(page: Any) -> Iterator[Cell | Problem]:
    # What a file says of its own size is not believed.
    page.reset_dimensions()
    rows = page.iter_rows(max_row=10 * SHEET_ROWS.value, max_col=SHEET_COLUMNS.value + 1)
    for row, cells in enumerate(rows, 1):
        values = [(column, cell) for column, cell in enumerate(cells, 1) if cell.value is not None]
        if values:
            yield from _bounded(page.title, row, values)


def _bounded(page: str, row: int, values: list[tuple[int, Any]]) -> Iterator[Cell | Problem]:
    filled = [(column, value) for column, value in values if getattr(value, "value", value) != ""]
    if filled and row > SHEET_ROWS.value:
        raise SheetError(f"行が多すぎます。{SHEET_ROWS.value} 行までです。")
    if filled and filled[-1][0] > SHEET_COLUMNS.value:
        raise SheetError(f"列が多すぎます。{SHEET_COLUMNS.value} 列までです。")
    for column, value in filled:
        if getattr(value, "data_type", "s") in ("f", "e"):
            empty = Cell(page, row, column, "")
            yield empty.problem("", "SHEET_FORMULA", "数式かエラーです。値を書いてください。")
        else:
            text = as_text(getattr(value, "value", value))
            yield Cell(page, row, column, text)


def as_text(value: Any) -> str:
    """A cell's value as somebody would have written it."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _refuse_strange(data: bytes) -> None:
    """Refuse what no hearing sheet is, before anything is unpacked as a whole. Raises SheetError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > SHEET_PARTS.value:
                raise SheetError("Excel のファイルの部品が多すぎます。")
            # A part is never longer than it says.
            if sum(part.file_size for part in parts) > SHEET_CONTENTS.value:
                raise SheetError(f"中身が大きすぎます（上限 {SHEET_CONTENTS.value // MB} MB）。")
            for part in parts:
                _refuse_part(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise SheetError("Excel のファイル（.xlsx）ではないか、壊れています。") from error
    except Exception as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError("Excel のファイル（.xlsx）ではないか、壊れています。") from error


def _refuse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if part.flag_bits & 1:
        raise SheetError("パスワードで保護されています。保護を外して保存してください。")
    if "externallink" in name or "/connections" in name:
        raise SheetError("ほかのファイルへのリンクがあります。リンクを解除して保存してください。")
    if "vbaproject" in name:
        raise SheetError("マクロがあります。マクロなしのブック（.xlsx）で保存してください。")
    if name.endswith((".xml", ".rels")):
        text = archive.read(part)
        # Entities grow without end, and UTF-16 would hide them.
        if b"<!" in text.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in text:
            raise SheetError(
                "使えない形の XML があります。Excel か LibreOffice で保存し直してください。"
            )
