"""Texts as runs, as ``templates/paper/paper.typ`` reads them: what a clinic wrote stays what it is."""

import re
from collections.abc import Iterator
from typing import Any

Run = dict[str, Any]
"""One of ``text``; ``exact``, letters, digits and signs as they are typed or compared, in the pieces between which a line
may end; ``box`` (to tick); ``line`` (of so many ems, to write on). ``bold`` with the first two."""

_LONG = 18
"""What is longer may not fit into what is left of a line."""
_LONG_RUN = re.compile(rf"[!-~]{{{_LONG},}}")
_ASCII = re.compile(r"[!-~]+")


def shown(value: str) -> Iterator[Run]:
    """A value as it is, whatever it looks like."""
    yield from _apart(value, _ASCII)


def prose(text: str) -> list[Run]:
    """A text whose long addresses and paths may end a line where those do."""
    return list(_apart(text, _LONG_RUN))


def _apart(text: str, exact: re.Pattern[str]) -> Iterator[Run]:
    at = 0
    for piece in exact.finditer(text):
        if piece.start() > at:
            yield {"text": text[at : piece.start()]}
        yield {"exact": _pieces(piece[0])}
        at = piece.end()
    if at < len(text):
        yield {"text": text[at:]}


def _pieces(text: str) -> list[str]:
    """A path ends a line after a folder, a list after an entry; what may not fit a line by itself, anywhere."""
    if len(text) < _LONG:
        return [text]
    pieces = re.findall(r"[^\\/;,&?=]+[\\/;,&?=]*|[\\/;,&?=]+", text)
    return [part for piece in pieces for part in (piece if len(piece) > 34 else [piece])]
