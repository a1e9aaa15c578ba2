"""One page for a browser: it fetches nothing, and runs only the script that it came with.

``templates/page/``: ``report.html.j2`` with its style and scripts. Texts are escaped by the template; style and script are
allowed by their hashes alone, so that no text of a result is ever either of them.
"""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache

import jinja2

from oqsgen import __version__
from oqsgen.resources import folder
from oqsgen.results import tables
from oqsgen.results.gather import Gathered

SIGNS = {"要確認": "look", "残り": "more", "問題なし": "good", "元に戻した": "undone"}
"""State → the class of its colour and sign, as on the results page of the PC."""
FILES = {"css": "report.css", "early": "early.js", "js": "report.js"}
NEAR = 200
"""So many terminals are laid out at once."""
ROWS_A_PIECE = 200


def as_page(
    ledger: sqlite3.Connection, gathered: Gathered, today: date, days: int
) -> Iterator[str]:
    """The page piece by piece."""
    others = [table for table in tables.TABLES if table is not tables.TERMINALS]
    stream = _template().stream(
        style=_file("report.css"),
        early=_file("early.js"),
        script=_file("report.js"),
        hashes={name: _hash(_file(file)) for name, file in FILES.items()},
        near=NEAR,
        version=__version__,
        day=f"{today.year}年{today.month}月{today.day}日",
        days=days,
        gathered=gathered,
        states=_states(ledger),
        signs=SIGNS,
        choices={name: _choices(ledger, name) for name in ("owner", "cause")},
        terminals=tables.TERMINALS.rows(ledger, today, days),
        parts=[(table, table.rows(ledger, today, days)) for table in others],
    )
    stream.enable_buffering(ROWS_A_PIECE)
    yield from stream


def _states(ledger: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every state with the number of its terminals, the gravest first."""
    counts = dict(ledger.execute("SELECT state, count(*) FROM fleet GROUP BY state"))
    return [(state, counts.get(state, 0)) for state in SIGNS]


def _choices(ledger: sqlite3.Connection, name: str) -> list[str]:
    query = f"SELECT {name} FROM left_number GROUP BY {name} ORDER BY count(DISTINCT terminal) DESC, {name}"
    return [str(word) for (word,) in ledger.execute(query)]


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates") / "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _file(name: str) -> str:
    return (folder("templates") / "page" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """As a Content-Security-Policy names a text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
