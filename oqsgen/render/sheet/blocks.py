"""The blocks of ``specs/sheet.yaml`` for one terminal, as ``templates/paper/sheet.typ`` reads them."""

from collections.abc import Iterator, Mapping
from typing import Any

from oqsgen.render.sheet.about import About, Text
from oqsgen.render.sheet.made import MADE, books, questions
from oqsgen.resources import spec

Block = dict[str, Any]


def blocks(about: About, entries: list[Mapping[str, Any]]) -> Iterator[Block]:
    """Those blocks that have something to say on this terminal."""
    for entry in entries:
        if "use" in entry:
            yield from blocks(about, spec("sheet")[entry["use"]])
        elif "made" in entry:
            yield from MADE[entry["made"]](about)
        else:
            yield from _written(about, entry)


def _written(about: About, entry: Mapping[str, Any]) -> Iterator[Block]:
    kind = next(iter(entry))
    if kind == "heading":
        yield {"kind": kind, "heading": about.runs(entry[kind])}
    elif kind == "flow":
        texts = [text for each in entry[kind] for text in _texts(about, each)]
        if any(about.there(text) for text in texts):
            yield {"kind": kind, "flow": about.runs(*texts)}
    elif kind == "list":
        yield {
            "kind": kind,
            "list": [about.runs(t) for each in entry[kind] for t in _lines(each) if about.there(t)],
        }
    else:
        yield _table(about, entry[kind])


def _texts(about: About, text: Text) -> list[Text]:
    if isinstance(text, str) or "made" not in text:
        return [text]
    return [books(about)] if text["made"] == "books" else list(questions(about))


def _lines(text: Text) -> Iterator[Text]:
    if isinstance(text, str) or "made" not in text:
        yield text
    else:
        for each in spec("visit")[text["made"]]:
            yield {**each, "text": f"・{each['text']}"}


def _table(about: About, table: Mapping[str, Any]) -> Block:
    header = table.get("header")
    return {
        "kind": "table",
        "columns": table["columns"],
        "header": header and [about.runs(cell) for cell in header],
        "rows": [
            [about.runs(*([cell] if isinstance(cell, str) else cell)) for cell in row["cells"]]
            for row in table["rows"]
            if about.there(row)
        ],
        "tall": table.get("tall", False),
    }
