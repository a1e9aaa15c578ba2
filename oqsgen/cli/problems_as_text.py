"""Problems for a person, as a compiler shows them: the place, the line with a mark under it, what is wrong and what to do.

Lines are made of spans, which a terminal may colour; nothing is written here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from oqsgen.input.problems import SEVERITY_JA, Problem, Severity
from oqsgen.text import columns, visible, wrapped

Style = Literal["plain", "place", "faint"] | Severity

TAB = "    "
CUT = "..."
"""Half as wide on every terminal, unlike the sign of one character."""


class Span(NamedTuple):
    """A piece of a line, and how it may be shown."""

    text: str
    style: Style = "plain"


Line = tuple[Span, ...]


def as_text(problems: Sequence[Problem], width: int) -> Iterator[Line]:
    """Every problem in lines of ``width`` columns, an empty line after each, and how many there are."""
    for problem in problems:
        yield from _head(problem, width)
        yield from _quoted(problem, width)
        for text in (problem.message, problem.source and f"出典: {problem.source}"):
            yield from ((Span(f"  {line}"),) for line in _wrapped(text or "", width - 2))
        yield ()
    if problems:
        yield (Span(counts(problems)),)


def counts(problems: Sequence[Problem]) -> str:
    """「エラー 12、警告 0、情報 1」"""
    of = Counter(problem.severity for problem in problems)
    return "、".join(f"{word} {of[severity]}" for severity, word in SEVERITY_JA.items())


def _head(problem: Problem, width: int) -> Iterator[Line]:
    """``file:line:column:``, the severity, the code and the key; what does not fit goes below."""
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    words = [
        Span(f"{place}:", "place"),
        Span(SEVERITY_JA[problem.severity], problem.severity),
        Span(problem.code),
        *([Span(f"[{problem.path}]")] if problem.path else []),
    ]
    line: list[Span] = []
    for word in words:
        span = Span(visible(word.text), word.style)
        blank = [Span(" ")] if line else []
        if line and columns("".join(each.text for each in (*line, *blank, span))) > width:
            yield tuple(line)
            line, blank = [], [Span("  ")]
        line += [*blank, span]
    yield tuple(line)


def _quoted(problem: Problem, width: int) -> Iterator[Line]:
    """The line of the file with its number, and below it a mark under the place."""
    if not problem.quote.strip():
        return
    gutter = f" {problem.line} | "
    text, before = window(problem.quote, problem.column - 1, width - len(gutter))
    yield Span(gutter, "faint"), Span(text)
    if problem.column - 1 > len(problem.quote):
        return  # behind what is not shown
    yield Span(f"{'| ':>{len(gutter)}}", "faint"), Span(" " * before + "^", problem.severity)


def window(line: str, at: int, width: int) -> tuple[str, int]:
    """So much of ``line`` around its character ``at`` as fits, and the columns before that character."""
    at = min(at, len(line))
    first = max(0, at - width)
    cells = [_cell(character) for character in line[first : at + width + 1]]
    at -= first
    if first == 0 and at + width >= len(cells) and columns("".join(cells)) <= width:
        return "".join(cells), columns("".join(cells[:at]))
    room = width - 2 * len(CUT)
    begin = end = at
    while begin > 0 and columns("".join(cells[begin - 1 : at])) <= room // 2:
        begin -= 1
    while end < len(cells) and columns("".join(cells[begin : end + 1])) <= room:
        end += 1
    begins = CUT if first + begin > 0 else ""
    ends = CUT if first + end < len(line) else ""
    before = columns(begins + "".join(cells[begin:at]))
    return begins + "".join(cells[begin:end]) + ends, before


def _cell(character: str) -> str:
    return TAB if character == "\t" else visible(character)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """``text`` in lines of at most ``width`` columns, also where it has no place to break."""
    for line in wrapped(visible(text), width):
        piece = ""
        for character in line.rstrip():
            if columns(piece + character) > width:
                yield piece
                piece = ""
            piece += character
        if piece:
            yield piece
