"""Texts as runs, as ``templates/paper/paper.typ`` reads them: what a clinic wrote stays what it is."""

import re
from collections.abc import Iterator
from typing import Any

Run = dict[str, Any]
"""One of ``text``, ``exact`` (letters, digits and signs as they are typed or compared, in the pieces between which a line
may end), ``box`` (to tick) and ``line`` (of so many ems, to write on); ``bold`` with the first two."""

_ASCII = re.compile(r"[!-~]+|[^!-~]+")
_LONG = 18
"""What is longer may not fit into what is left of a line."""
_LONG_ASCII = re.compile(rf"[!-~]{{{_LONG},}}")


def shown(value: str) -> Iterator[Run]:
    """A value as it is, whatever it looks like."""
    for piece in _ASCII.finditer(value):
        yield {"exact": _pieces(piece[0])} if piece[0].isascii() else {"text": piece[0]}


def _pieces(text: str) -> list[str]:
    """A path ends a line after a folder, a list after an entry; what may not fit a line by itself, anywhere."""
    if len(text) < _LONG:
        return [text]
    pieces = re.findall(r"[^\\/;,&?=]+[\\/;,&?=]*|[\\/;,&?=]+", text)
    return [part for piece in pieces for part in (piece if len(piece) > 34 else [piece])]


def prose(text: str) -> list[Run]:
    """A text whose long addresses and paths may end a line where those do."""
    runs: list[Run] = []
    at = 0
    for long in _LONG_ASCII.finditer(text):
        runs += [{"text": text[at : long.start()]}] if long.start() > at else []
        runs.append({"exact": _pieces(long[0])})
        at = long.end()
    return [*runs, {"text": text[at:]}] if at < len(text) else runs
