"""Hearing sheets as somebody fills them in."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import openpyxl

from oqsgen.office.sheet_book import (
    KEY,
    READERS,
    READY,
    SITE,
    TERMINALS,
    workbook,
    workbook_of_many,
)

# Each is the same every time, and takes a while.
_empty = cache(workbook)
_empty_of_many = cache(workbook_of_many)


def filled(cells: Mapping[tuple[str, str], Any] | None = None, rooms: int = 1) -> Any:
    """The sheet with its own examples as answers, for ``rooms`` terminals; ``cells`` (page and cell → value) are changed."""
    book = openpyxl.load_workbook(io.BytesIO(_empty()))
    for row in book[SITE].iter_rows(min_row=4):
        row[2].value = row[4].value
    for page in (book[TERMINALS], book[READERS]):
        keys = next(cell.row for cell in page["A"] if cell.value == KEY)
        for number in range(rooms):
            for cell in page[keys + 2][1:]:
                page.cell(keys + 3 + number, cell.column).value = own(cell.value, number)
    for row in book[READY].iter_rows(min_row=4):
        row[2].value = "はい"
    # The date that is read to the office.
    book[READY]["C9"].value = "2027-01-31"
    for (name, place), value in (cells or {}).items():
        book[name][place] = value
    return book


def own(text: str | None, number: int) -> str | None:
    """An example that no other terminal has."""
    if text in ("OQS-01", "R0RENK01", "F0FACE01", "総合受付"):
        return text.replace("01", f"{number + 1:02}") if "01" in text else f"{text}{number + 1}"
    return text


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def many(rows: Sequence[Mapping[str, Any]]) -> Any:
    """The sheet of many clinics: in each row its own examples, but where ``rows`` (key → value) say something else.

    A row with an empty name goes on with the clinic above it: only what it says stands in it.
    """
    book = openpyxl.load_workbook(io.BytesIO(_empty_of_many()))
    page = book[SITE]
    keys, examples = ([cell.value for cell in page[row]] for row in (4, 6))
    for number, answers in enumerate(rows, start=7):
        goes_on = answers.get("facility.name", "") is None
        for column, (key, example) in enumerate(zip(keys, examples, strict=True), start=1):
            if column > 1:
                usual = None if goes_on else example
                page.cell(number, column).value = answers.get(key, usual)
        assert not answers.keys() - {*keys}
    return book
