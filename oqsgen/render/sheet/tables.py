"""Page 3: the values that a person types elsewhere or says on the phone, from the steps of the plan."""

from collections.abc import Iterator
from typing import Any

from oqsgen.render.runs import Run, shown
from oqsgen.render.sheet import rows as rows_of
from oqsgen.render.sheet.about import About, Text
from oqsgen.resources import spec

Block = dict[str, Any]

LONG = 12
"""So many rows of accounts stay on page 3; more have a page of their own."""


def router(about: About) -> Iterator[Block]:
    """表 A: the domains and the servers to which the router passes their names on."""
    rows = [list(row) for row in rows_of.router(about.steps)]
    if rows:
        yield from _table(about, "router", [6, 0, 62, 62], rows, box=True)


def accounts(about: About) -> Iterator[Block]:
    """表 B, where it has room on page 3."""
    if not long(about):
        yield from account_table(about)


def long(about: About) -> bool:
    """Whether 表 B has a page of its own."""
    return len(rows_of.accounts(about.steps)) > LONG


def account_table(about: About) -> Iterator[Block]:
    """表 B: what is made in the portal, one after another."""
    rows = [[str(turn), text, ""] for turn, text in enumerate(rows_of.accounts(about.steps), 1)]
    if rows:
        yield from _table(about, "accounts", [6, 9, 0, 52], rows, box=True)


def environment(about: About) -> Iterator[Block]:
    """表 C: what is chosen in 環境設定情報, two to a line."""
    pairs = rows_of.flags(about.steps)
    half = (len(pairs) + 1) // 2
    rows = [
        [*pairs[at], *(pairs[at + half] if at + half < len(pairs) else ("", ""))]
        for at in range(half)
    ]
    if rows:
        yield from _table(about, "environment", [44, 0, 44, 0], rows)


def phone(about: About) -> Iterator[Block]:
    """表 D: what is said on the phone; no secret is in it."""
    yield from _list(about, "phone", "phone-values")


def decided(about: About) -> Iterator[Block]:
    """表 E: what the PC has set, where somebody wants to compare."""
    yield from _list(about, "decided", "decided-values")


def persons(about: About) -> Iterator[Block]:
    """表 F: many staff accounts, a line each."""
    rows = [[n.label, n.person or "", ""] for n in about.numbers if n.person]
    yield from _table(about, "persons", [6, 14, 0, 40], rows, box=True)


def _list(about: About, table: str, values: str) -> Iterator[Block]:
    lines = [
        [*about.runs(f"**{label}** "), *about.runs(text)]
        for label, text in spec("sheet")[values]
        if about.there(text)
    ]
    if lines:
        yield _title(about, table)
        yield {"kind": "flow", "flow": _spaced(lines)}


def _spaced(lines: list[list[Run]]) -> list[Run]:
    runs = list(lines[0])
    for line in lines[1:]:
        runs += [{"text": "　"}, *line]
    return runs


def _title(about: About, table: str) -> Block:
    words = spec("sheet")["tables"][table]
    note: list[Text] = [words["note"]] if words.get("note") else []
    return {
        "kind": "heading",
        "heading": about.runs(f"表 {words['letter']}　{words['title']}"),
        "note": about.runs(*note),
    }


def _table(
    about: About, table: str, columns: list[int], rows: list[list[str]], box: bool = False
) -> Iterator[Block]:
    """Cells are values as they are; ``box``: before each row there is one to tick."""
    words = spec("sheet")["tables"][table]
    yield _title(about, table)
    yield {
        "kind": "table",
        "columns": columns,
        "header": [about.runs(cell) for cell in words["header"]],
        "rows": [
            [*([[{"box": True}]] if box else []), *(list(shown(cell)) for cell in row)]
            for row in rows
        ],
        "tall": False,
    }
    if after := words.get("after"):
        yield {"kind": "flow", "flow": about.runs(*after)}
