"""A table as CSV for Excel: UTF-8 with BOM, and nothing in it that Excel would calculate."""

import csv
import io
from collections.abc import Iterable, Iterator

from oqsgen.results.tables import Row, Table
from oqsgen.text import BOM

CALCULATES = tuple("=+-@\t\r\n＝＋－＠|%")
"""How a text begins that a spreadsheet takes for a formula, also in full width, or hands to another program."""


def as_csv(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """A line of headings, and one for each row."""
    yield BOM + _line([column.title for column in table.columns])
    for row in rows:
        yield _line([_cell(row[column.id]) for column in table.columns])


def _cell(value: object) -> object:
    """What stands in a cell; before what would be calculated an apostrophe, which Excel shows."""
    if isinstance(value, str) and value.lstrip(" \u3000\xa0").startswith(CALCULATES):
        return f"'{value}"
    return "" if value is None else value


def _line(cells: list[object] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
