"""All tables as one JSON object, a row a line: docs/report.md has its fields."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from oqsgen import __version__
from oqsgen.results.gather import Gathered
from oqsgen.results.tables import Row, Table
from oqsgen.text import is_visible

FORMAT = 1


def as_json(
    tables: Iterable[tuple[Table, Iterable[Row]]], gathered: Gathered, today: date
) -> Iterator[str]:
    """The object piece by piece, so that no fleet is too large."""
    head = {
        "format": FORMAT,
        "tool": f"oqsgen {__version__}",
        "date": today.isoformat(),
        "files": gathered.as_json(),
    }
    yield json_text(head)[:-1]
    for table, rows in tables:
        yield f',\n"{table.id}": ['
        between = "\n"
        for row in rows:
            yield between + json_text(row)
            between = ",\n"
        yield "]"
    yield "}\n"


def json_text(value: object) -> str:
    """JSON with what is not visible as its own escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if is_visible(character) else json.dumps(character)[1:-1]
