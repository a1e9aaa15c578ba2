"""Tables for a terminal: columns as wide as what is in them, as far as the screen is wide."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from oqsgen.results.tables import Column, Row, Table
from oqsgen.text import columns

GAP = "  "
SAMPLE = 200
"""So many rows decide the widths; a longer text of a later one is cut."""
LEAST = 12
"""No column gets narrower."""


def as_text(table: Table, rows: Iterable[Row], width: int) -> Iterator[str]:
    """A heading and a line for each row; where there is none, what that means."""
    waiting = iter(rows)
    first = list(islice(waiting, SAMPLE))
    yield f"■ {table.title}"
    if not first:
        yield f"  {table.empty}"
        return
    visible_columns = [c for c in table.columns if c.screen and any(_text(row, c) for row in first)]
    widths = _widths(visible_columns, first, width - len(GAP))
    yield _line([column.title for column in visible_columns], visible_columns, widths)
    for row in chain(first, waiting):
        yield _line([_text(row, column) for column in visible_columns], visible_columns, widths)


def _text(row: Row, column: Column) -> str:
    value = row[column.id]
    return "" if value is None else str(value)


def _widths(visible_columns: Sequence[Column], rows: Sequence[Row], room: int) -> list[int]:
    """As wide as the widest text; where that is too much, the widest of those that may give way, one after the other."""
    widths = [
        max(columns(column.title), *(columns(_text(row, column)) for row in rows))
        for column in visible_columns
    ]
    give = [at for at, column in enumerate(visible_columns) if column.cut]
    room -= len(GAP) * (len(widths) - 1)
    while sum(widths) > room and (wide := [at for at in give if widths[at] > LEAST]):
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _line(texts: Sequence[str], visible_columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = [
        _cell(text, width, column.number)
        for text, column, width in zip(texts, visible_columns, widths, strict=True)
    ]
    return (GAP + GAP.join(cells)).rstrip()


def _cell(text: str, width: int, right: bool) -> str:
    text = _cut(text, width)
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks


def _cut(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while columns(text) > width - 2:
        text = text[:-1]
    return text + "…"
