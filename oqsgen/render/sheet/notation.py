"""The notation of ``specs/sheet.yaml``: a text as runs, in which what a clinic wrote stays what it is."""

import re
from collections.abc import Callable, Iterable, Iterator

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
    at = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > at:
            yield {"text": text[at : mark.start()], **style}
        at = mark.end()
        if mark["bold"]:
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
    if at < len(text):
        yield {"text": text[at:], **style}


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
