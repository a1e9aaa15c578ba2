"""The notation of ``specs/sheet.yaml``: a text as runs, in which what a clinic wrote stays what it is."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from oqsgen.render.runs import Run, shown

ValueOf = Callable[[str], str | None]

UNKNOWN = 6
"""So many ems are to write on what is not known."""

_MARKS = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|(?P<box>□)|(?P<line>＿+)|\{(?P<name>[^{}|]+)(?:\|(?P<other>[^{}]*))?\}"
)
_JOINED = ("→", "。", "（", "、")
"""What begins the continuation of a text, and no text of its own."""


def runs(text: str, value_of: ValueOf) -> list[Run]:
    """The runs of a text; ``value_of`` gives what its names stand for. Where it has nothing, a person writes it."""
    return list(_runs(text, value_of, {}))


def _runs(text: str, value_of: ValueOf, style: Run) -> Iterator[Run]:
    for mark in _marks(text):
        if isinstance(mark, str):
            yield {"text": mark, **style}
        elif mark["bold"]:
            yield from _runs(mark["bold"], value_of, {"bold": True})
        elif mark["box"]:
            yield {"box": True}
        elif mark["line"]:
            yield {"line": len(mark["line"])}
        elif (value := value_of(mark["name"])) is not None:
            yield from ({**run, **style} for run in shown(value))
        elif mark["other"] is not None:
            yield from _runs(mark["other"], value_of, style)
        else:
            yield {"line": UNKNOWN}


@cache
def _marks(text: str) -> tuple[str | re.Match[str], ...]:
    """The marks of a text and what stands between them."""
    parts: list[str | re.Match[str]] = []
    at = 0
    for mark in _MARKS.finditer(text):
        parts += [text[at : mark.start()], mark]
        at = mark.end()
    return tuple(part for part in (*parts, text[at:]) if part)


def joined(texts: Iterable[str]) -> str:
    """Texts one after another, apart by a blank where the next one is not the continuation."""
    line = ""
    for text in texts:
        line += (
            text
            if not line
            else (
                f" {text}"
                if text.startswith("→")
                else text if text.startswith(_JOINED) else f"　{text}"
            )
        )
    return line
