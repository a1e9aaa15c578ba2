"""The empty hearing sheet as an Excel workbook, of one clinic or of many, and as the header of a CSV file with one row a terminal."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from oqsgen.office.questions import Question, Scope, questions
from oqsgen.resources import spec
from oqsgen.text import columns

KEY = "キー"
ANSWER = "記入"
EXAMPLE = "例"
HOW = "書き方"
INTRO, SITE, TERMINALS, READERS, READY, LISTS = (
    "はじめに",
    "施設",
    "端末",
    "機器・職員",
    "訪問してよいか",
    "一覧",
)
ROOM: dict[Scope, int] = {"terminals": 12, "readers": 12, "staff": 20}
"""Rows to be filled in on the pages that are tables."""
ROOM_FOR_MANY = 120
FLAT: tuple[tuple[str, Scope], ...] = (
    (SITE, "site"),
    (TERMINALS, "terminals"),
    ("機器", "readers"),
    (READY, "ready"),
)
"""What lies beside each other where a row is a clinic or a terminal of it."""

_MUST, _LATER, _FREE, _GREY = "FFF2A8", "CFE4F7", "FFFFFF", "E4E4E4"
_THIN = Side(style="thin", color="999999")
_UPRIGHT = (5, 38, 26, 32, 22, 15, 20, 24)
_LINE = 15
"""Points of a line in a row."""
_TEXT = "@"
"""Cells of text: codes keep their first zero, and nothing becomes a date that is none."""


def workbook() -> bytes:
    """The hearing sheet of one clinic."""
    book, lists = _begun("intro")
    _upright(book.create_sheet(SITE), questions("site"), lists, ANSWER)
    _of_scope(book.create_sheet(TERMINALS), "terminals", 3, lists)
    readers = book.create_sheet(READERS)
    after = _of_scope(readers, "readers", 3, lists)
    _of_scope(readers, "staff", after + 1, lists)
    _upright(book.create_sheet(READY), questions("ready"), lists, "日付・はい")
    return _saved(book, lists)


def workbook_of_many() -> bytes:
    """The same questions for many clinics: one row a clinic, and a row more for each further terminal of it."""
    book, lists = _begun("intro_of_many")
    page = book.create_sheet(SITE)
    _table(page, _flat(), 3, ROOM_FOR_MANY, lists)
    column = 2
    for title, scope in FLAT:
        page.cell(2, column, title).font = Font(bold=True)
        column += len(questions(scope))
    # The number, and the clinic's name and code, stay where they are seen, and on each printed page.
    page.freeze_panes = "D7"
    page.sheet_properties.pageSetUpPr.fitToPage = False
    page.print_title_cols, page.print_title_rows = "A:C", "1:6"
    return _saved(book, lists)


def _begun(intro: str) -> tuple[Workbook, "_Lists"]:
    """A workbook with its first page, and the page of its lists."""
    book = Workbook()
    # The same sheet on any day.
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    book.properties.creator = "oqsgen"
    lists = _Lists(book)
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = INTRO
    _head(page)
    for number, line in enumerate(spec("hearing")[intro], start=3):
        page.cell(number, 1, line)
    page.column_dimensions["A"].width = 110
    return book, lists


def _saved(book: Workbook, lists: "_Lists") -> bytes:
    lists.move_to_end()
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _flat() -> list[Question]:
    return [question for _, scope in FLAT for question in questions(scope)]


def csv_header() -> bytes:
    """The same questions as columns: a row for each terminal, several rows with one code for one clinic."""
    all_questions = _flat()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([KEY, *(question.id for question in all_questions)])
    writer.writerow(["聞くこと", *(question.asks for question in all_questions)])
    writer.writerow([HOW, *(question.write for question in all_questions)])
    writer.writerow([EXAMPLE, *(question.example for question in all_questions)])
    return text.getvalue().encode("utf-8-sig")


class _Lists:
    """The hidden page with what can be chosen: one column for each list."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._page = book.create_sheet(LISTS)
        self._page.sheet_state = "hidden"
        self._columns: dict[tuple[str, ...], str] = {}

    def range_of(self, choices: tuple[str, ...]) -> str:
        if choices not in self._columns:
            column = len(self._columns) + 1
            for row, choice in enumerate(choices, start=1):
                self._page.cell(row, column, choice)
            letter = get_column_letter(column)
            self._columns[choices] = f"'{LISTS}'!${letter}$1:${letter}${len(choices)}"
        return self._columns[choices]

    def move_to_end(self) -> None:
        self._book.move_sheet(self._page, len(self._book.sheetnames))


def _head(page: Worksheet) -> None:
    """The line that holds for every page, and how it is printed."""
    page.cell(1, 1, spec("hearing")["refused"]).font = Font(bold=True, color="C00000")
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _upright(page: Worksheet, rows: Iterable[Question], lists: _Lists, answer: str) -> None:
    _head(page)
    titles = ("№", "聞くこと", answer, HOW, EXAMPLE, "だれに", "分からないとき", KEY)
    _line(page, 3, titles, _GREY)
    for row, question in enumerate(rows, start=4):
        fields = (
            question.number,
            question.asks,
            None,
            "／".join(question.answers()) or question.write,
            question.example,
            question.respondent,
            "必ず" if question.is_required else _when_empty(question),
            question.id,
        )
        _line(page, row, fields)
        page.cell(row, len(titles)).fill = _filled(_GREY)
        _to_fill_in(page, range(row, row + 1), 3, question, lists)
    _fit(page, _UPRIGHT)
    page.freeze_panes = "C4"
    page.page_setup.orientation = "landscape"
    page.print_title_rows = "1:3"


def _fit(page: Worksheet, widths: Sequence[int]) -> None:
    """Columns of these widths, and rows that are high enough for what stands in them."""
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    for row in page.iter_rows(min_row=3):
        lines = [
            -(-columns(str(cell.value or "")) // (width - 1))
            for cell, width in zip(row, widths, strict=False)
        ]
        page.row_dimensions[row[0].row].height = _LINE * max(1, *lines)


def _when_empty(question: Question) -> str:
    return "空なら、あとで聞く" if question.may_wait else question.empty


def _of_scope(page: Worksheet, scope: Scope, first: int, lists: _Lists) -> int:
    return _table(page, questions(scope), first, ROOM[scope], lists)


def _table(
    page: Worksheet, of_columns: Sequence[Question], first: int, room: int, lists: _Lists
) -> int:
    """Columns of questions from row ``first`` on, with ``room`` rows; the row after all that is to be filled in."""
    _head(page)
    _line(page, first, ("№", *(question.asks for question in of_columns)), _GREY)
    _line(page, first + 1, (KEY, *(question.id for question in of_columns)), _GREY)
    hows = (question.write + _in_brackets(_when_empty(question)) for question in of_columns)
    _line(page, first + 2, (HOW, *hows))
    _line(page, first + 3, (EXAMPLE, *(question.example for question in of_columns)))
    after = first + 4 + room
    for row in range(first + 4, after):
        _line(page, row, (str(row - first - 3), *(None for _ in of_columns)))
    for column, question in enumerate(of_columns, start=2):
        _to_fill_in(page, range(first + 4, after), column, question, lists)
    _fit(page, (8, *(24 for _ in of_columns)))
    page.page_setup.orientation = "landscape"
    return after


def _in_brackets(text: str) -> str:
    return "（必ず）" if text == "must" else f"（{text}）" if text else ""


def _line(page: Worksheet, row: int, texts: Sequence[str | None], colour: str = "") -> None:
    for column, text in enumerate(texts, start=1):
        cell = page.cell(row, column, text)
        cell.number_format = _TEXT
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        if colour:
            cell.fill = _filled(colour)


def _to_fill_in(
    page: Worksheet, rows: range, column: int, question: Question, lists: _Lists
) -> None:
    """The cells for an answer: their colour, what can be chosen, and a note that shows when one is selected."""
    colour = _MUST if question.is_required else _LATER if question.may_wait else _FREE
    for row in rows:
        page.cell(row, column).fill = _filled(colour)
    choices = question.answers()
    rule = DataValidation(
        type="list" if choices else None,
        formula1=lists.range_of(choices) if choices else None,
        allow_blank=True,
        # An answer in other words is read, too.
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle=question.asks[:32],
        prompt=(question.write + _in_brackets(_when_empty(question)))[:255],
    )
    letter = get_column_letter(column)
    rule.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
    page.add_data_validation(rule)


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)
